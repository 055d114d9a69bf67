package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// halfOf ties "the North" and "the South" to the Koreas in a document that
// names them.
func (w *work) halfOf(t casus.TokenID) bool {
	iso := ""
	switch w.doc.Form(t) {
	case "North":
		iso = "PRK"
	case "South":
		iso = "KOR"
	default:
		return false
	}
	s, ok := w.t.byISO[iso]
	if !ok || w.stateOf[s] < 0 || t == w.firstOf(t) || !w.isThe(t-1) || t+1 < w.endOf(t) && (w.doc.Tokens[t+1].UPOS == ud.PROPN || w.doc.Form(t+1) == "of") {
		return false
	}
	w.mention(w.stateOf[s], t-1, t+1, casus.MentionName, "actor.state.half")
	return true
}

// coordinated reads the first country of "US and British forces" as the forces
// of that country.
func (w *work) coordinated(h *hit) bool {
	end := w.endOf(h.first)
	if h.end+2 >= end || w.doc.Tokens[h.end].UPOS != ud.CCONJ && w.doc.Form(h.end) != "," {
		return false // headlines write a comma: "Chadian, Malian troops clash"
	}
	g := w.hitOf(h.end + 1)
	if g == nil || g.first != h.end+1 || g.kinds&(1<<entState|1<<entAdj) == 0 || !w.nominal(g.end) {
		return false
	}
	for i := range w.nps {
		p := &w.nps[i]
		if p.first != g.first || p.used || p.part || p.left.state != g.state || !p.plural && w.t.nouns[p.row].class == 'p' {
			continue
		}
		q := *p
		q.left.state, q.det = h.state, bare
		c := w.code(&q)
		e := w.newPhraseEnt(&q, &w.t.nouns[p.row], &c)
		w.ents[e].Name = w.doc.String(w.doc.TokenSpan(h.first, h.end)) + " " + w.doc.String(w.doc.TokenSpan(g.end, p.end))
		w.mention(e, h.first, h.end, casus.MentionNominal, "actor.coordination")
		return true
	}
	return false
}

// insideName reports a hit that is only part of a person's name: "Paris
// Hilton", "Michael Jordan".
func (w *work) insideName(h *hit) bool {
	i := w.nameAt[h.first]
	if i < 0 || w.labels[i] != casus.PER {
		return false
	}
	first, end := w.trim(&w.doc.Names[i])
	return first <= h.first && h.end <= end && end-first > h.end-h.first
}

// elsewhere reports a state's name that the gazetteer has placed in another
// country: Georgia of the United States.
func (w *work) elsewhere(h *hit) bool {
	i := w.placeAt[h.first]
	if i < 0 {
		return false
	}
	c := w.doc.Places[i].Country
	return c != "" && c != w.t.states[h.state].iso && w.doc.Places[i].FCode != "" && strings.HasPrefix(w.doc.Places[i].FCode, "A.ADM")
}

// modifies reports a hit that stands before its noun: "US threats".
func (w *work) modifies(h *hit) bool {
	head := w.doc.HeadOf(h.first, h.end)
	switch w.doc.Tokens[head].Deprel.Universal() {
	case ud.Compound, ud.Amod:
		return true
	}
	return false
}

// addDemonym adds "Chilean" before a noun as the state, "Chileans" as a group
// of people. A singular demonym that heads its phrase is a person without
// name: "a Chilean was arrested".
func (w *work) addDemonym(h *hit, span casus.Span) {
	last := h.end - 1
	tok := &w.doc.Tokens[last]
	before := h.end < w.endOf(last) && (w.nominal(h.end) || w.doc.Form(h.end) == "-")
	if h.kinds.has(entAdj) && (before || tok.UPOS == ud.ADJ && !h.kinds.has(entPeople) || !h.kinds.has(entPeople)) {
		if tok.UPOS == ud.ADJ || tok.UPOS == ud.PROPN || before {
			w.mention(w.stateEnt(h.state, span), h.first, h.end, casus.MentionAdj, "actor.demonym.adjective")
		}
		return
	}
	s := &w.t.states[h.state]
	key := groupKey{row: -2, country: s.iso}
	if iso := w.ethnicIn(h); iso != "" {
		key.country = iso
	}
	e := w.groupEnt(key)
	if e < 0 {
		x := blank(casus.Group)
		if !h.plural && tok.XPOS != ud.XNNS && tok.XPOS != ud.XNPS && !w.isThe(max(h.first-1, 0)) {
			x.Kind, x.Anon = casus.Role, true // "a Chilean was arrested"
		}
		x.Name, x.Code, x.Country, x.row, x.plural = w.doc.String(span), s.code, s.iso, -2, x.Kind == casus.Group
		e = w.newEnt(x)
		if iso := w.ethnicIn(h); iso != "" {
			// "ethnic Albanians in Serbia" are Serbia's civilians.
			w.ents[e].Country, w.ents[e].Code = iso, ontology.Actor(iso+"CVL")
		} else if x.plural {
			w.ents[e].Code += ontology.Actor(w.peopleSector(h))
		}
		w.evidence(e, "code", "actor.demonym.people", span, "")
	}
	w.mention(e, w.withArticle(h.first), h.end, casus.MentionName, "actor.demonym.people")
}

// ethnicIn gives the country where "ethnic Albanians in Serbia" live, "" where
// the words are others.
func (w *work) ethnicIn(h *hit) string {
	t := h.end
	if h.first == w.firstOf(h.first) || !strings.EqualFold(w.doc.Form(h.first-1), "ethnic") || t >= w.endOf(h.first) || w.doc.Form(t) != "in" {
		return ""
	}
	for t++; t < w.endOf(h.first) && t <= h.end+4; t++ {
		if o := w.hitOf(t); o != nil && o.kinds.has(entState) {
			return w.t.states[o.state].iso
		}
		if i := w.placeAt[t]; i >= 0 && w.doc.Places[i].Country != "" {
			return w.doc.Places[i].Country
		}
	}
	return ""
}

// peopleSector gives what the word before a people says of them: counted or
// ordinary ones are civilians, as in "two hundred Liberians", "displaced
// Liberians" are refugees; "" where it says nothing.
func (w *work) peopleSector(h *hit) string {
	t := h.first - 1
	if t < w.firstOf(h.first) {
		return ""
	}
	if w.doc.Tokens[t].UPOS == ud.NUM || w.flag(t, isOrdinary) {
		return "CVL"
	}
	if u := w.doc.Tokens[t].UPOS; u == ud.ADJ || u == ud.VERB || u == ud.NOUN {
		return w.t.cue(w.tokWord[t])
	}
	return ""
}

func (w *work) withArticle(t casus.TokenID) casus.TokenID {
	if t > w.firstOf(t) && w.flag(t-1, isDefinite|isSome) {
		return t - 1
	}
	return t
}

// groupKey tells groups and roles apart within a document.
type groupKey struct {
	row     int32
	country string
}

func (w *work) groupEnt(k groupKey) int32 {
	for i := len(w.ents) - 1; i >= 0; i-- {
		if x := &w.ents[i]; x.row == k.row && x.Country == k.country && x.Kind == casus.Group {
			return int32(i)
		}
	}
	return -1
}

// actsAsState decides whether a capital stands for its government: as a
// subject, a possessor, or beside "with", "against", "between"; never after a
// preposition of place.
func (w *work) actsAsState(h *hit) bool {
	if h.end < w.endOf(h.first) && w.datelineAhead(h) {
		w.dateline = h.state
		return false
	}
	if i := w.placeAt[h.first]; i >= 0 && w.doc.Places[i].AsActor {
		return true
	}
	if w.insideName(h) || w.partOfName(h) || w.doc.Sentences[w.doc.Tokens[h.first].Sent].Role == casus.Dateline {
		return false
	}
	from := w.firstOf(h.first)
	head := w.doc.HeadOf(h.first, h.end)
	tok := &w.doc.Tokens[head]
	if h.first > from && w.flag(h.first-1, isPlace) {
		return w.doc.Form(h.first-1) == "to" && h.first-2 >= from && w.t.is(w.lookup(w.doc.Tokens[h.first-2].Lemma), isApply)
	}
	if h.first > from && w.flag(h.first-1, isToward) && !w.conjunctOfPlace(head) {
		return true
	}
	switch tok.Deprel {
	case ud.Nsubj:
		return !w.isPlainCopula(tok.Head)
	case ud.OblAgent, ud.NmodPoss:
		return true
	case ud.Obj, ud.Iobj:
		return tok.Head != casus.None && w.t.is(w.lookup(w.doc.Tokens[tok.Head].Lemma), isAddress)
	case ud.Root:
		return h.first == from && w.endOf(h.first)-h.end <= 1 // a text that is only the name
	case ud.Conj:
		return tok.Head != casus.None && w.entAt[tok.Head] >= 0 && w.ents[w.entAt[tok.Head]].Kind == casus.State
	}
	return h.end < w.endOf(h.first) && w.isPossessiveMark(h.end)
}

// conjunctOfPlace: "in Lima and Quito".
func (w *work) conjunctOfPlace(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if tok.Deprel != ud.Conj || tok.Head == casus.None {
		return false
	}
	c := w.doc.Kid(tok.Head, ud.Case)
	return c != casus.None && w.flag(c, isPlace)
}

// isPlainCopula: "Lima is the capital" is about the town.
func (w *work) isPlainCopula(t casus.TokenID) bool {
	return t != casus.None && w.doc.HasKid(t, ud.Cop) && w.doc.Tokens[t].UPOS.IsNominal()
}

// partOfName reports a capital inside a longer name of another thing, as
// "Tehran Times" or "Berlin Marathon".
func (w *work) partOfName(h *hit) bool {
	i := w.nameAt[h.first]
	return i >= 0 && (w.doc.Names[i].First < h.first || w.doc.Names[i].End > h.end) && w.labels[i] != casus.LOC
}

// datelineAhead: "LIMA, Nov 2 (Agency) - ..." or "LIMA -- ..." at the head of
// the text.
func (w *work) datelineAhead(h *hit) bool {
	if !allUpper(w.doc.Form(h.first)) {
		return false
	}
	switch w.doc.Form(h.end) {
	case "-", "--", "–", "—", "(":
		return h.first == w.firstOf(h.first)
	case ",":
	default:
		return false
	}
	return h.first == w.firstOf(h.first) || h.end+1 < w.endOf(h.first) && w.timeAt[h.end+1] >= 0
}

// countryNoun ties "the country" to the state mentioned last, and "both
// countries" to the last two.
func (w *work) countryNoun(p *phrase) {
	if p.det != definite {
		return
	}
	if p.plural {
		w.sides(p)
		return
	}
	if len(w.order) == 0 || p.whose != casus.None {
		return
	}
	if strings.EqualFold(w.doc.Form(p.first), "this") {
		// "this country" is the one that the text is about.
		w.mention(w.chief(), p.first, p.end, casus.MentionNominal, "actor.country.chief")
		return
	}
	w.mention(w.order[len(w.order)-1], p.first, p.end, casus.MentionNominal, "actor.country.latest")
}

// chief gives the state with most mentions so far, the latest of several.
func (w *work) chief() int32 {
	best := w.order[len(w.order)-1]
	for _, e := range w.order {
		if len(w.ents[e].Mentions) > len(w.ents[best].Mentions) {
			best = e
		}
	}
	return best
}

// sides makes the compound of "both countries", "the two sides", "the three
// nations" out of the states mentioned last, of two where no number is given.
func (w *work) sides(p *phrase) bool {
	n := w.number(p)
	if !w.flag(p.end-1, isSide) || p.left != noOwner() || p.det == bare || p.det == some && n == 0 {
		return false
	}
	n = max(n, 2)
	if len(w.order) < n {
		return false
	}
	last := slices.Clone(w.order[len(w.order)-n:])
	slices.Sort(last)
	w.compound(last, p)
	return true
}

// number gives the number in the phrase, 0 without: "both" is two.
func (w *work) number(p *phrase) int {
	for t := p.first; t < p.end; t++ {
		if w.flag(t, isBoth) {
			return 2
		}
		switch strings.ToLower(w.doc.Form(t)) {
		case "three", "3":
			return 3
		case "four", "4":
			return 4
		case "five", "5":
			return 5
		}
	}
	return 0
}

func (w *work) compound(states []int32, p *phrase) {
	members := make([]casus.EntityID, len(states))
	names := make([]string, len(states))
	for i, s := range states {
		members[i], names[i] = casus.EntityID(s), w.ents[s].Name
	}
	e := int32(-1)
	for i := range w.ents {
		if slices.Equal(w.ents[i].Members, members) {
			e = int32(i)
		}
	}
	if e < 0 {
		x := blank(casus.Group)
		x.Name = strings.Join(names, " and ")
		x.Members, x.plural, x.row = members, true, -3
		e = w.newEnt(x)
	}
	w.mention(e, p.first, p.end, casus.MentionNominal, "actor.compound.latest")
}
