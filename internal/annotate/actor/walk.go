package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// walk goes through the document once, from left to right, and ties each
// naming, phrase and pronoun to an entity.
func (w *work) walk() {
	for t := casus.TokenID(0); int(t) < len(w.doc.Tokens); t++ {
		if i := w.named[t]; i >= 0 {
			w.addPerson(&w.people[i])
			t = w.people[i].end - 1
			continue
		}
		if h := w.hitOf(t); h != nil && h.first == t {
			w.addHitMention(h)
			t = h.end - 1
			continue
		}
		if len(w.aliases) > 0 && w.addAlias(t) || w.halfOf(t) {
			continue
		}
		if w.flag(t, isHe|isShe|isThey|isIt) {
			w.pronoun(t)
		} else if i := w.nameAt[t]; i >= 0 && w.doc.Names[i].First == t && (w.labels[i] == casus.ORG || w.isOutlet(w.doc.String(w.doc.Names[i].Span))) {
			w.addUnknownOrg(&w.doc.Names[i])
		}
	}
}

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

// addHitMention ties a hit to its entity, by the reading that fits.
func (w *work) addHitMention(h *hit) {
	if h.kinds.has(entBlock) {
		return
	}
	if i := w.npAt[w.hitAt[h.first]]; i >= 0 {
		w.addPhrase(&w.nps[i])
		return
	}
	span := w.doc.TokenSpan(h.first, h.end)
	switch {
	case h.kinds&(1<<entState|1<<entAdj) != 0 && w.coordinated(h):
	case h.kinds&(1<<entBody|1<<entMedium) != 0 && !w.insideName(h):
		w.addBodyMention(h, span)
	case h.kinds.has(entState) && !w.insideName(h) && !w.elsewhere(h):
		kind, rule := casus.MentionName, "actor.state.name"
		if w.modifies(h) {
			kind, rule = casus.MentionAdj, "actor.state.modifier"
		}
		w.mention(w.stateEnt(h.state, span), h.first, h.end, kind, rule)
	case h.kinds&(1<<entAdj|1<<entPeople) != 0 && !w.insideName(h):
		w.addDemonym(h, span)
	case h.kinds.has(entCapital) && w.actsAsState(h):
		w.mention(w.stateEnt(h.state, span), h.first, h.end, casus.MentionMetonym, "actor.capital")
	}
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

// addBodyMention adds a named body. One used as a person's title ("Wagner
// chief") is a mention of its own all the same.
func (w *work) addBodyMention(h *hit, span casus.Span) {
	kind := casus.MentionName
	b := &w.t.bodies[h.body]
	rule := "actor.body.name"
	if b.medium {
		rule = "actor.medium.name"
	}
	first := h.first
	if first > w.firstOf(first) && w.isThe(first-1) {
		first--
	}
	e := int32(-1)
	if w.homonym(h) {
		e = w.homonymEnt(h, span)
	} else {
		e = w.bodyEnt(h.body, span)
	}
	w.mention(e, first, h.end, kind, rule)
	w.acronym(e, h.end)
}

// homonym reports a party, parliament or armed group with a name made of common
// words, in a document about other countries only: not every Democratic Party
// is America's.
func (w *work) homonym(h *hit) bool {
	b := &w.t.bodies[h.body]
	if slices.Contains(b.code.Sectors(), "PTY") && w.partyOf(h) >= 0 || w.namesake(h) >= 0 {
		return true
	}
	if b.country == "" || len(w.countries) == 0 || h.end-h.first < 2 || slices.Contains(w.countries, b.country) {
		return false
	}
	if !slices.ContainsFunc(b.code.Sectors(), func(s string) bool { return s == "PTY" || s == "REB" || s == "OPP" || s == "LEG" }) {
		return false
	}
	for t := h.first; t < h.end; t++ {
		if !w.flag(t, isGeneric) && !w.t.common[fold(w.doc.Form(t))] || w.saysCountry(t) {
			return false
		}
	}
	return true
}

// namesake gives the state that owns a body of common words in the text, where
// it is not the one of the table: "Armenia's Investigative Committee"; -1
// without.
func (w *work) namesake(h *hit) int32 {
	if h.end-h.first < 2 || w.t.bodies[h.body].country == "" || !w.t.common[fold(w.doc.Form(h.end-1))] || !w.ownedElsewhere(h) {
		return -1
	}
	for t := h.first; t < h.end; t++ {
		if w.saysCountry(t) {
			return -1
		}
	}
	t := h.first - 1
	if w.isPossessiveMark(t) {
		t--
	}
	return w.hitOf(t).state
}

// partyOf gives the state of a demonym one or two words before a party's name
// that is not the party's own: "the Slovak Social Democrats"; -1 without.
func (w *work) partyOf(h *hit) int32 {
	for t := h.first - 1; t >= w.firstOf(h.first) && t >= h.first-2; t-- {
		o := w.hitOf(t)
		if o == nil && w.doc.Tokens[t].UPOS != ud.ADJ && w.doc.Tokens[t].UPOS != ud.PROPN {
			return -1
		}
		if o != nil {
			if o.kinds.has(entAdj) && w.t.states[o.state].iso != w.t.bodies[h.body].country {
				return o.state
			}
			return -1
		}
	}
	return -1
}

// saysCountry reports a word that is a demonym or state by itself: the "US" of
// "US Congress".
func (w *work) saysCountry(t casus.TokenID) bool {
	node := w.t.lex.first[w.tokWord[t]]
	for e := w.t.lex.head[node]; node != 0 && e >= 0; e = w.t.lex.entries[e].next {
		if k := w.t.lex.entries[e].kind; k == entAdj || k == entState {
			return true
		}
	}
	return false
}

// homonymEnt makes the body of a homonym: of the only country of the document,
// else of an open one.
func (w *work) homonymEnt(h *hit, span casus.Span) int32 {
	name := w.doc.String(span)
	for i := range w.ents {
		if w.ents[i].Name == name && w.ents[i].Kind == casus.Org {
			return int32(i)
		}
	}
	b := &w.t.bodies[h.body]
	x := blank(casus.Org)
	x.Name = name
	sector := strings.TrimPrefix(string(b.code), b.country)
	of := w.partyOf(h)
	if of < 0 {
		of = w.namesake(h)
	}
	if of < 0 {
		of = w.only
	}
	if x.Code = ontology.Actor(ontology.OpenCountry + sector); of >= 0 {
		x.Country = w.t.states[of].iso
		x.Code = ontology.Actor(x.Country + sector)
	}
	e := w.newEnt(x)
	w.evidence(e, "code", "actor.body.homonym", span, "")
	return e
}

func (w *work) isThe(t casus.TokenID) bool {
	f := w.doc.Form(t)
	return f == "the" || f == "The"
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

// addUnknownOrg adds a body that only the tagger knows; its code stays open.
func (w *work) addUnknownOrg(n *casus.Name) {
	for t := n.First; t < n.End; t++ {
		if w.hitAt[t] >= 0 || w.named[t] >= 0 {
			return
		}
	}
	name := w.doc.String(n.Span)
	e := w.introduced(n)
	if e >= 0 {
		w.ents[e].Name, w.ents[e].proper = name, true
	}
	for i := range w.ents {
		x := &w.ents[i]
		if e < 0 && x.Kind == casus.Org && x.body < 0 && (x.row == -1 || x.proper) && (x.Name == name || w.initials(x.Name, name)) {
			e = int32(i)
			break
		}
	}
	if e < 0 {
		x := blank(casus.Org)
		x.Name = name
		if w.isOutlet(name) {
			x.Media.Is = true
		}
		e = w.newEnt(x)
	}
	w.mention(e, w.withArticle(n.First), n.End, casus.MentionName, "actor.org.tagged")
	w.acronym(e, n.End)
}

// introduced gives the entity of a common noun right before a name: "the
// British newspaper The Harbour Post".
func (w *work) introduced(n *casus.Name) int32 {
	t := w.withArticle(n.First) - 1
	if t < w.firstOf(n.First) {
		return -1
	}
	h := w.hitOf(t)
	if h == nil || h.end != t+1 || w.npAt[w.hitAt[t]] < 0 || h.plural {
		return -1
	}
	p := &w.nps[w.npAt[w.hitAt[t]]]
	e := w.entAt[t]
	if c := w.t.nouns[p.row].class; e < 0 || c != 'm' && c != 'o' || w.ents[e].row != p.row || len(w.ents[e].Mentions) != 1 || w.ents[e].proper {
		return -1
	}
	return e
}

// isOutlet reports the name of the document's own outlet, or its first words.
func (w *work) isOutlet(name string) bool {
	out := strings.TrimPrefix(w.doc.Outlet, "The ")
	rest, ok := strings.CutPrefix(out, strings.TrimPrefix(name, "The "))
	return ok && len(name) > 3 && (rest == "" || rest[0] == ' ')
}

// initials reports an acronym of a longer name: "ABC" of "Alpha Beta Council".
func (w *work) initials(long, short string) bool {
	if len(short) < 2 || !allUpper(short) {
		return false
	}
	i := 0
	for f := range strings.FieldsSeq(long) {
		if !upperFirst(f) {
			continue
		}
		if i >= len(short) || f[0] != short[i] {
			return false
		}
		i++
	}
	return i == len(short)
}

// addPhrase ties a phrase without a name to an entity.
func (w *work) addPhrase(p *phrase) {
	n := &w.t.nouns[p.row]
	switch {
	case p.used || p.part && (n.class == 'p' || n.owned):
		return
	case n.family == "source" && w.noVoice(p), n.class == 't' && (w.inTitle(p) || w.civil(p)):
		return
	case w.sortOf(p):
		h := w.hitOf(w.hits[p.hit].first - 1)
		e := w.bodyEnt(h.body, w.doc.TokenSpan(h.first, h.end))
		if m := w.ents[e].Mentions; len(m) > 0 && m[len(m)-1].First >= p.first && m[len(m)-1].End == h.end {
			w.ents[e].Mentions = m[:len(m)-1] // one mention, not two
		}
		w.mention(e, p.first, p.end, casus.MentionName, "actor.body.sort")
		return
	case n.class != 'p' && w.namesNext(p):
		return // "the militant group Hamas": the name says it
	case n.country:
		w.countryNoun(p)
		return
	}
	if (p.det == definite || p.modifier && p.end-p.first == 1) && (!p.plural || n.class == 'g') && p.whose == casus.None && p.left == noOwner() && n.class != 'p' {
		if e := w.namedAfter(p, n); e >= 0 {
			w.mentionAt(e, p.first, p.end, w.headIn(p.first, p.end, p.end-1), casus.MentionNominal, "actor.body.match")
			return
		}
	}
	if n.owned && (p.modifier || !w.owned(p, n) && (n.family != "group" || w.cueSector(p) == "")) && !w.properName(p) {
		return
	}
	if p.plural && w.sides(p) {
		return
	}
	c := w.code(p)
	w.inherit(p, n, &c)
	e, rule := w.resolve(p, n, &c)
	if e >= 0 && n.class == 'p' && w.ents[e].Country == "" && c.country != "" && !p.former {
		// "President Sarr ... The Malian president": now his country is known.
		w.setCode(e, c.code, c.country, "actor.title.match", w.doc.TokenSpan(p.first, p.ofEnd), "")
	}
	kind := casus.MentionNominal
	if n.class == 'p' {
		kind = casus.MentionTitle
	}
	if e < 0 {
		if n.class == 'p' && n.sector == "" && c.code == "" && (p.det == bare || n.family != "leader" && n.family != "official") && !p.counted {
			return // "head injuries", "the chief aim"
		}
		if n.class == 'g' && n.sector == "" && c.code == "" && p.det == bare && !p.counted && p.left == noOwner() {
			return // "partners", "critics": of whom?
		}
		e = w.newPhraseEnt(p, n, &c)
		rule = c.rule
	}
	w.mentionAt(e, p.first, p.ofEnd, w.headIn(p.first, p.ofEnd, p.end-1), kind, rule)
	if t := p.ofEnd + 1; t < w.endOf(p.first) && strings.HasPrefix(w.ents[e].Name, w.doc.Form(t)[:1]) {
		w.acronym(e, p.ofEnd)
	}
}

// noVoice reports a source that nobody speaks through: "a source of income",
// "energy sources".
func (w *work) noVoice(p *phrase) bool {
	if p.end < w.endOf(p.first) && w.doc.Form(p.end) == "of" {
		return true
	}
	h := w.hits[p.hit].first
	return h > w.firstOf(h) && w.flag(h-1, isStuff)
}

// civil reports a jet or ship that no army has: "passenger jets", "an Airbus
// jet".
func (w *work) civil(p *phrase) bool {
	if p.left.body >= 0 && slices.Contains(w.t.bodies[p.left.body].code.Sectors(), "BUS") {
		return true
	}
	for t := p.first; t < w.hits[p.hit].first; t++ {
		if w.flag(t, isCivil) {
			return true
		}
	}
	return false
}

// sortOf reports a noun right behind a body's name that only says what the body
// is: "the Hamas movement", "China Eastern Airlines".
func (w *work) sortOf(p *phrase) bool {
	n := &w.t.nouns[p.row]
	first := w.hits[p.hit].first
	if n.class == 'p' || n.class == 't' || p.plural && !upperFirst(w.doc.Form(p.end-1)) || p.counted || p.former ||
		first == w.firstOf(first) || !w.flag(p.end-1, isSort) {
		return false
	}
	h := w.hitOf(first - 1)
	return h != nil && h.kinds&(1<<entBody|1<<entMedium) != 0 && h.end == first && h.first >= p.first && !w.homonym(h)
}

// inTitle reports a thing that is the last word of a name, as in "Shark Tank".
func (w *work) inTitle(p *phrase) bool {
	h := w.hits[p.hit].first
	return upperFirst(w.doc.Form(h)) && h > w.firstOf(h) && upperFirst(w.doc.Form(h-1)) && w.hitAt[h-1] < 0 && !allUpper(w.doc.Form(h))
}

// namesNext reports a named body right behind the phrase.
func (w *work) namesNext(p *phrase) bool {
	if p.end >= w.endOf(p.first) {
		return false
	}
	h := w.hitOf(p.end)
	return h != nil && h.first == p.end && h.kinds&(1<<entBody|1<<entMedium) != 0 && w.npAt[w.hitAt[p.end]] < 0
}

// acronym remembers the short name in "the Council for Peace (CP)".
func (w *work) acronym(e int32, t casus.TokenID) {
	if t+2 >= w.endOf(t-1) || w.doc.Form(t) != "(" || w.doc.Form(t+2) != ")" || w.hitAt[t+1] >= 0 {
		return
	}
	if s := w.doc.Form(t + 1); len(s) > 1 && allUpper(s) && upperFirst(s) {
		w.aliases = append(w.aliases, alias{s, e})
	}
}

// alias is a short name that the document introduces.
type alias struct {
	name string
	ent  int32
}

// addAlias ties a short name introduced before to its entity.
func (w *work) addAlias(t casus.TokenID) bool {
	for _, a := range w.aliases {
		if a.name == w.doc.Form(t) {
			w.mention(a.ent, w.withArticle(t), t+1, casus.MentionName, "actor.acronym")
			return true
		}
	}
	return false
}

// owned reports a phrase with an owner good enough for a noun that is no actor
// alone: "the Danish party" is one, "his office party" is not.
func (w *work) owned(p *phrase, n *noun) bool {
	if n.family == "party" {
		return p.left.state >= 0 || p.left.body >= 0 || p.right.state >= 0 || p.right.body >= 0
	}
	return p.left != noOwner() || p.right != noOwner()
}

// properName reports a phrase in capitals of two words or more: "the National
// Council", "the Council for Peace".
func (w *work) properName(p *phrase) bool {
	if !upperFirst(w.doc.Form(p.end - 1)) {
		return false
	}
	caps := 0
	for t := p.first; t < p.ofEnd; t++ {
		if upperFirst(w.doc.Form(t)) && !w.flag(t, isDefinite|isSome) {
			caps++
		}
	}
	return caps > 1
}

// namedAfter finds the body that a bare noun takes up: "the council" is the
// Security Council named before, "the alliance" the last international body,
// "the rebels" the last armed group.
func (w *work) namedAfter(p *phrase, n *noun) int32 {
	word := w.doc.Form(p.end - 1)
	best := w.latest(func(x *ent) bool {
		return (x.body >= 0 || x.Kind == casus.Org && (x.row == -1 || x.proper || x.Country != "")) && p.end-p.first <= 2 &&
			(x.row < 0 && lastWordIs(x.Name, word) || x.row >= 0 && strings.EqualFold(x.head, word))
	})
	if best >= 0 {
		return best
	}
	switch {
	case n.family == "group" && p.end-p.first <= 2:
		return w.latest(func(x *ent) bool {
			return x.body >= 0 && (x.Country == "" && !x.Media.Is || x.Kind == casus.Group) && w.doc.Tokens[p.first].Sent-w.doc.Tokens[x.last].Sent <= 3
		})
	case armed(n.sector):
		return w.latest(func(x *ent) bool {
			return x.Kind == casus.Group && x.body >= 0 && slices.ContainsFunc(x.Code.Sectors(), armed)
		})
	}
	return -1
}

// armed reports the sectors that news words use for one another: the army's
// rebels are their friends' militia.
func armed(sector string) bool {
	return sector == "REB" || sector == "PRM" || sector == "UAF" || sector == "IMG"
}

func lastWordIs(name, word string) bool {
	return len(name) > len(word) && strings.EqualFold(name[len(name)-len(word):], word) && name[len(name)-len(word)-1] == ' '
}

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

// resolve finds the entity of the document that a phrase takes up again; -1
// for a new one.
func (w *work) resolve(p *phrase, n *noun, c *coded) (e int32, rule string) {
	switch {
	case n.class == 'p' && !p.plural:
		if p.det == some || p.former {
			return -1, ""
		}
		if p.left.other && c.country == "" {
			return -1, ""
		}
		return w.holder(p, n, c), "actor.title.match"
	case n.class == 'm' && n.own == "" && p.det == some:
		return -1, ""
	}
	if p.counted {
		return -1, ""
	}
	bare := c.country == "" && p.left == noOwner() && p.right == noOwner()
	for i := len(w.ents) - 1; i >= 0; i-- {
		x := &w.ents[i]
		if !w.sameGroup(x, p, n) {
			continue
		}
		if bare && p.det != definite {
			if x.Name == w.phraseName(p) {
				return int32(i), "actor.group.same"
			}
		} else if x.Country == c.country && x.Code == c.code || bare {
			return int32(i), "actor.group.match"
		}
	}
	return -1, ""
}

// sameGroup reports an entity under a noun of the same family: "the troops"
// are "Chilean soldiers".
func (w *work) sameGroup(x *ent, p *phrase, n *noun) bool {
	if x.row < 0 || x.Kind == casus.Person || x.Kind == casus.Role && !x.plural {
		return false
	}
	if same := strings.EqualFold(x.Name, w.phraseName(p)); same && x.row == p.row {
		return true
	} else if w.properName(p) && !same || x.proper && !institution(n) {
		return false
	}
	o := &w.t.nouns[x.row]
	if !synonymous(n) {
		return x.row >= 0 && sameNoun(w.t.nounOf[x.noun], w.t.nounOf[w.hits[p.hit].noun])
	}
	if x.row == p.row {
		return true
	}
	return n.family != "newspaper" && n.family != "" && o.family == n.family && o.class == n.class && n.class != 'p'
}

// synonymous reports a family of nouns that news uses one for another: troops
// are soldiers, insurgents rebels. Teachers are not students.
func synonymous(n *noun) bool {
	switch n.family {
	case "army", "navy", "air force", "military", "forces", "police", "rebels", "protesters", "government", "parliament", "authorities",
		"gunmen", "militia", "intelligence", "refugees", "ministry", "opposition", "fighters", "aircraft", "ship", "unit", "media", "group", "guard":
		return true
	}
	return institution(n)
}

// sameNoun compares nouns without their number.
func sameNoun(a, b string) bool { return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") }

// institution reports a noun of which a country has but one, so that "the Malian
// army" is the Malian Army.
func institution(n *noun) bool {
	switch n.family {
	case "army", "navy", "air force", "military", "police", "government", "parliament", "authorities", "opposition":
		return true
	}
	return false
}

// holder finds the person or role that a singular title means: "the Kremlin
// spokesman" is whoever was introduced as the Russian president's press
// secretary.
func (w *work) holder(p *phrase, n *noun, c *coded) int32 {
	best := int32(-1)
	for i := range w.ents {
		x := &w.ents[i]
		if x.Kind != casus.Person && x.Kind != casus.Role || x.plural || x.Anon || len(x.Mentions) == 0 {
			continue
		}
		if x.Country != "" && c.country != "" && x.Country != c.country || !w.holds(x, p, n) || !w.compatible(x, p) {
			continue
		}
		if x.Country == "" && c.country != "" && w.doc.Tokens[p.first].Sent-w.doc.Tokens[x.last].Sent > 3 {
			continue
		}
		if best < 0 || w.ents[best].last < x.last {
			best = int32(i)
		}
	}
	return best
}

// holds reports whether the person bears the title or one like it.
func (w *work) holds(x *ent, p *phrase, n *noun) bool {
	for _, r := range x.titles {
		if w.alike(r, p) {
			return true
		}
	}
	if x.person < 0 || w.doc.Published.IsZero() {
		return false
	}
	for i := range w.t.people[x.person].offices {
		if o := &w.t.people[x.person].offices[i]; within(o.start, o.end, w.doc.Published) {
			for _, r := range w.t.titleNouns(o.title) {
				if w.alike(r, p) {
					return true
				}
			}
		}
	}
	return false
}

// alike compares a title noun with that of a phrase: the same word, or words
// of one family when they are synonyms or one is the general word. "The
// minister" may be the foreign minister, "the defence minister" is not.
func (w *work) alike(a int32, p *phrase) bool {
	b := w.hits[p.hit].noun
	if a == b || w.t.nounOf[a] == w.t.nounOf[b] {
		return true
	}
	n, m := &w.t.nouns[p.row], &w.t.nouns[w.t.nounRow[a]]
	if w.t.nounOf[b] == "diplomat" && p.det == definite { // the ministry's spokesman or head is one
		switch m.family {
		case "spokesman", "minister", "adviser":
			return true
		}
	}
	if n.family == "" || m.family != n.family {
		return false
	}
	switch n.family {
	case "spokesman", "diplomat", "lawmaker", "cleric", "adviser", "policeman", "official":
		return true
	case "leader":
		return general(w.t.nounOf[a]) || general(w.t.nounOf[b])
	case "minister", "officer", "chief":
		return strings.HasSuffix(w.t.nounOf[a], w.t.nounOf[b]) || strings.HasSuffix(w.t.nounOf[b], w.t.nounOf[a])
	}
	return false
}

// general reports a word for any head of a state or movement.
func general(title string) bool {
	switch title {
	case "leader", "strongman", "ruler", "head of state", "head of government":
		return true
	}
	return false
}

// compatible compares whom two titles serve: a ministry's spokeswoman is not
// the president's.
func (w *work) compatible(x *ent, p *phrase) bool {
	o := w.ownerOf(p)
	if x.owner == noOwner() || o == noOwner() {
		return true
	}
	if o.body >= 0 && x.owner.body >= 0 {
		return w.t.bodies[o.body].same == w.t.bodies[x.owner.body].same
	}
	if o.noun >= 0 && x.owner.noun >= 0 && o.noun != x.owner.noun {
		return false
	}
	ministry := func(o *owner) bool {
		return o.noun >= 0 && w.t.nouns[o.noun].family != "leader" && w.t.nouns[o.noun].family != "government"
	}
	if o.body >= 0 && ministry(&x.owner) || x.owner.body >= 0 && ministry(&o) {
		return false
	}
	if ministry(&o) && x.owner.noun < 0 && w.t.nouns[o.noun].class == 'p' {
		return false // "the secretary-general's spokesman" is no country's
	}
	return true
}

// newPhraseEnt makes the entity of a phrase: a role, a group or a body without
// a name.
func (w *work) newPhraseEnt(p *phrase, n *noun, c *coded) int32 {
	kind := casus.Group
	switch {
	case n.class == 'p' && !p.plural:
		kind = casus.Role
	case n.class == 'o' && !p.plural, n.class == 'm' && !p.plural:
		kind = casus.Org
	}
	x := blank(kind)
	x.Name = w.phraseName(p)
	x.Code, x.Country, x.row, x.state, x.plural = c.code, c.country, p.row, c.state, p.plural
	x.head, x.noun = w.headWord(p), w.hits[p.hit].noun
	x.owner, x.gender, x.proper = w.ownerOf(p), w.titleGender(p), w.properName(p)
	if n.class == 'p' {
		x.titles = []int32{w.hits[p.hit].noun}
		x.Title = w.titleText(p)
		x.Anon = p.plural || p.det == some || n.family == "source"
	}
	if n.class == 'm' {
		x.Media = casus.Media{Is: true, Ownership: n.own}
	}
	e := w.newEnt(x)
	if c.code != "" {
		w.evidence(e, "code", c.rule, w.doc.TokenSpan(p.first, p.ofEnd), "")
	}
	if c.body >= 0 {
		for i := range w.ents {
			if r := w.ents[i].body; r >= 0 && int32(i) != e && w.t.bodies[r].same == w.t.bodies[c.body].same {
				w.ents[e].Of = casus.EntityID(i)
			}
		}
	}
	return e
}

// headWord gives the noun proper: "Ministry" of "Ministry of Defence".
func (w *work) headWord(p *phrase) string {
	first := w.hits[p.hit].first
	if p.end-first > 1 && w.doc.Form(first+1) == "of" {
		return w.doc.Form(first)
	}
	return w.doc.Form(p.end - 1)
}

// phraseName gives the words of the phrase without its determiner.
func (w *work) phraseName(p *phrase) string {
	first := p.first
	for first < p.end-1 && w.flag(first, isDefinite|isSome) && w.hitOf(first) == nil && w.doc.Tokens[first].UPOS != ud.NUM {
		first++
	}
	return w.doc.String(w.doc.TokenSpan(first, p.ofEnd))
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

func (w *work) latest(ok func(*ent) bool) int32 {
	best := int32(-1)
	for i := range w.ents {
		if x := &w.ents[i]; len(x.Mentions) > 0 && ok(x) && (best < 0 || w.ents[best].last < x.last) {
			best = int32(i)
		}
	}
	return best
}
