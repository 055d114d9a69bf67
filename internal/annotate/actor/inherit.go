package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// inherit gives a phrase the country of its possessive pronoun, or of the only
// state in the document: in an article about Chile alone "the army" is
// Chile's.
func (w *work) inherit(p *phrase, n *noun, c *coded) {
	if w.ofTheBody(p, n) {
		// "The secretary-general" is that of the body between states named last.
		c.code = ""
		if e := w.latest(func(x *ent) bool { return x.body >= 0 && w.international(x.body) != "" }); e >= 0 {
			c.code, c.rule = ontology.Actor(w.international(w.ents[e].body)), "actor.inherit.body"
		}
		return
	}
	if c.country != "" || c.body >= 0 || n.world {
		return
	}
	from, rule := int32(-1), ""
	if p.whose != casus.None && w.entAt[p.whose] >= 0 {
		from, rule = w.entAt[p.whose], "actor.inherit.pronoun"
	} else if w.only >= 0 && p.det == definite && n.sector != "CVL" && n.sector != "" {
		from, rule = w.stateOf[w.only], "actor.inherit.only-state"
	}
	if from < 0 && (n.sector == "MIL" || n.sector == "COP") && p.left == noOwner() && p.right == noOwner() {
		from, rule = w.sender(p), "actor.inherit.sender"
	}
	if from < 0 && c.code != "" {
		from, rule = w.lender(p, n)
	}
	if from < 0 && w.athome(p, n, c) {
		c.country = w.t.states[w.home].iso
		c.code = ontology.Actor(string(w.t.states[w.home].code) + strings.TrimPrefix(string(c.code), ontology.OpenCountry))
		c.rule = "actor.inherit.home"
		return
	}
	if s := w.beat(p, n); from < 0 && s >= 0 && c.code != "" {
		c.country = w.t.states[s].iso
		c.code = ontology.Actor(string(w.t.states[s].code) + strings.TrimPrefix(string(c.code), ontology.OpenCountry))
		c.rule = "actor.inherit.place"
		return
	}
	if from >= 0 && w.ents[from].Country == "" && w.ents[from].body >= 0 && p.whose != casus.None {
		// "the European Union and its envoy"
		if pre := w.international(w.ents[from].body); pre != "" {
			c.code, c.rule = ontology.Actor(pre), rule
		}
		return
	}
	if from < 0 || w.ents[from].Country == "" {
		return
	}
	x := &w.ents[from]
	sector := strings.TrimPrefix(string(c.code), ontology.OpenCountry)
	if sector == "" && governs(n) {
		sector = "GOV"
	}
	c.country = x.Country
	c.code = ontology.Actor(x.Country + sector)
	if x.state >= 0 && sector == "" {
		c.code = w.t.states[x.state].code
	}
	c.rule = rule
}

// beat gives the state where the police of a sentence work: that of its places,
// if they lie in one, "police broke up a rally in Lima"; -1 without.
func (w *work) beat(p *phrase, n *noun) int32 {
	if !localActor(n) || p.left != noOwner() || p.right != noOwner() {
		return -1
	}
	iso, sent := "", w.doc.Tokens[p.first].Sent
	for i := range w.doc.Places {
		pl := &w.doc.Places[i]
		if pl.Head < 0 || w.doc.Tokens[pl.Head].Sent != sent || pl.Country == "" || pl.AsActor {
			continue
		}
		if iso != "" && iso != pl.Country {
			return -1
		}
		iso = pl.Country
	}
	if iso == "" && n.family != "police" { // "Chadian police dispersed demonstrators": those of their own town
		if e := w.latest(func(x *ent) bool {
			return x.Country != "" && w.doc.Tokens[x.last].Sent == sent && slices.Contains(x.Code.Sectors(), "COP")
		}); e >= 0 {
			iso = w.ents[e].Country
		}
	}
	if s, ok := w.t.byISO[iso]; ok && iso != "" {
		return s
	}
	return -1
}

// localActor reports police and those they meet in the street, who are of the
// place.
func localActor(n *noun) bool {
	return n.family == "police" || n.family == "protesters" || n.family == "protester" || n.family == "followers"
}

// athome reports an actor of a sort that is at home where the report is about,
// in a document about one state: "rebels", "students", "President Diallo",
// the police; not refugees, soldiers or other people, who may be from
// anywhere.
func (w *work) athome(p *phrase, n *noun, c *coded) bool {
	if w.home < 0 || c.code == "" || p.left.other || p.right.other || p.left.body >= 0 || p.right.body >= 0 || p.left.person >= 0 || p.right.person >= 0 {
		return false
	}
	switch strings.TrimPrefix(string(c.code), ontology.OpenCountry) {
	case "OPP", "EDU", "LAB", "AGR", "LEG", "JUD", "REB", "COP", "PTY":
		return true
	case "GOV":
		return n.title && p.det != some && !p.plural || p.det == definite
	}
	return false
}

func (w *work) aboutHealth(p *phrase) bool {
	for t := p.first; t < p.ofEnd; t++ {
		if f := w.doc.Form(t); f == "health" || f == "Health" {
			return true
		}
	}
	return false
}

// ofState reports the sectors that speak for a state's own side.
func ofState(sector string) bool { return sector == "GOV" || sector == "MIL" || sector == "COP" }

// leadSubject gives the state, or the state's man or body, that is subject in
// this sentence before the token, else in the nearest of the two sentences
// before; ok is false where two countries are.
func (w *work) leadSubject(t casus.TokenID) (e int32, ok bool) {
	sent := w.doc.Tokens[t].Sent
	best, back := int32(-1), casus.SentenceID(3)
	clash := false
	for i := range w.ents {
		x := &w.ents[i]
		if x.subject < 0 || x.subject >= t || x.Country == "" || x.Media.Is || w.isAbroad(x) || x.Kind != casus.State && !slices.ContainsFunc(x.Code.Sectors(), ofState) {
			continue
		}
		switch d := sent - w.doc.Tokens[x.subject].Sent; {
		case d < back:
			best, back, clash = int32(i), d, false
		case d == back && d < 3 && w.ents[best].Country != x.Country:
			clash = true
		}
	}
	return best, !clash
}

// isAbroad reports diplomats: "the Foreign Ministry" is seldom theirs in a
// report on their host.
func (w *work) isAbroad(x *ent) bool { return x.row >= 0 && w.t.nouns[x.row].family == "diplomat" }

// sender gives the state's man or body that sends or loses troops which the
// text says nothing more of: in "Chad sent 1,500 marines" they are Chad's;
// -1 without.
func (w *work) sender(p *phrase) int32 {
	t := w.headIn(p.first, p.end, p.end-1)
	for n := 0; n < 4 && w.doc.Tokens[t].Deprel == ud.Conj && w.doc.Tokens[t].Head >= 0; n++ {
		t = w.doc.Tokens[t].Head
	}
	v := w.doc.Tokens[t].Head
	if w.doc.Tokens[t].Deprel != ud.Obj || v < 0 || !w.t.is(w.lookup(w.doc.Tokens[v].Lemma), isSend) {
		return -1
	}
	for n := 0; n < 3 && v >= 0; n++ {
		if k := w.doc.Kid(v, ud.Nsubj); k >= 0 {
			if e := w.entAt[k]; e >= 0 && w.ents[e].Country != "" && !w.ents[e].Media.Is {
				return e
			}
			return -1
		}
		switch w.doc.Tokens[v].Deprel { // "plans to send", "moved in and sent"
		case ud.Xcomp, ud.Conj, ud.Advcl:
			v = w.doc.Tokens[v].Head
		default:
			return -1
		}
	}
	return -1
}

// ofTheBody reports "the secretary-general" and "the secretary-general's
// spokesman" without the name of the body.
func (w *work) ofTheBody(p *phrase, n *noun) bool {
	const title = "secretary-general"
	o := w.ownerOf(p)
	if o.state >= 0 || o.body >= 0 || o.person >= 0 {
		return false
	}
	return n.words == title && o.noun < 0 || o.noun >= 0 && w.t.nouns[o.noun].words == title
}

// lender finds whose "the Defence Ministry" or "ministry spokeswoman" is where
// the phrase does not say: that of a ministry named in the two sentences
// before, or of the one state that is subject in this sentence before it:
// "Chad sent troops, the Defence Ministry said."
func (w *work) lender(p *phrase, n *noun) (int32, string) {
	family := n.family
	of := p.left.noun
	if of < 0 {
		of = p.right.noun
	}
	if of >= 0 {
		family = w.t.nouns[of].family
	}
	switch {
	case p.det == some && of < 0 || p.left.state >= 0 || p.left.body >= 0 || p.left.person >= 0 || p.left.other || p.right.state >= 0 || p.right.body >= 0 || p.right.person >= 0 || p.right.other:
		return -1, ""
	case family != "ministry" && family != "minister" && (family != "leader" || n.class != 'p' || !n.title) && !(n.title && governs(n) && w.beforeName(p)) && (!institution(n) || p.det != definite):
		return -1, ""
	}
	sent := w.doc.Tokens[p.first].Sent
	if e := w.latest(func(x *ent) bool {
		return x.row >= 0 && w.t.nouns[x.row].family == family && sent-w.doc.Tokens[x.last].Sent <= 2 && x.Country != ""
	}); e >= 0 && of >= 0 {
		return e, "actor.inherit.ministry"
	}
	if n.family == "spokesman" && of < 0 {
		// "the Foreign Ministry said ... Spokesman Lima": of whom it spoke last.
		if e := w.latest(func(x *ent) bool {
			return x.Kind == casus.Org && x.Country != "" && !x.Media.Is && sent-w.doc.Tokens[x.last].Sent <= 2 && slices.ContainsFunc(x.Code.Sectors(), ofState)
		}); e >= 0 {
			return e, "actor.inherit.house"
		}
	}
	if institution(n) {
		return w.sayerOf(p), "actor.inherit.sayer"
	}
	if w.aboutHealth(p) {
		return -1, "" // "Israel hit the town, the Health Ministry said": whose side says so?
	}
	found, ok := w.leadSubject(p.first)
	if !ok {
		return -1, ""
	}
	if found < 0 && w.dateline >= 0 {
		return w.stateOf[w.dateline], "actor.inherit.dateline"
	}
	return found, "actor.inherit.subject"
}

// sayerOf gives the state's man or body that says the clause of which the
// phrase is the subject: in "the minister said that the army was ready" the
// army is the minister's own; -1 without.
func (w *work) sayerOf(p *phrase) int32 {
	t := w.headIn(p.first, p.end, p.end-1)
	if !w.doc.Tokens[t].Deprel.IsSubject() {
		return -1
	}
	v := w.doc.Tokens[t].Head
	for n := 0; n < 3 && v >= 0 && w.doc.Tokens[v].Deprel == ud.Xcomp; n++ {
		v = w.doc.Tokens[v].Head
	}
	if v < 0 || w.doc.Tokens[v].Deprel != ud.Ccomp || w.doc.Tokens[v].Head < 0 {
		return -1
	}
	v = w.doc.Tokens[v].Head
	for n := 0; n < 3; n++ {
		if k := w.doc.Kid(v, ud.Nsubj); k >= 0 && k != t {
			if e := w.entAt[k]; e >= 0 && slices.ContainsFunc(w.ents[e].Code.Sectors(), ofState) {
				return e
			}
			return -1
		}
		h := w.doc.Tokens[v].Head
		if h < 0 {
			return -1
		}
		if w.doc.Tokens[v].XPOS == ud.XVBG && w.doc.Tokens[v].Lemma == "say" { // "quoted a general as saying"
			if k := w.doc.Kid(h, ud.Obj, ud.NsubjPass); k >= 0 && w.entAt[k] >= 0 && slices.ContainsFunc(w.ents[w.entAt[k]].Code.Sectors(), ofState) {
				return w.entAt[k]
			}
			return -1
		}
		if w.doc.Tokens[v].Deprel != ud.Conj {
			return -1
		}
		v = h
	}
	return -1
}

// beforeName reports a title in capitals right before a name: "Trade Adviser
// Rahman".
func (w *work) beforeName(p *phrase) bool {
	return p.end < w.endOf(p.first) && upperFirst(w.doc.Form(p.end-1)) && w.nameLabel(p.end) == casus.PER
}
