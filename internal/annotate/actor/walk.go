package actor

import (
	"math"
	"slices"
	"strings"

	"casus"
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

func (w *work) isThe(t casus.TokenID) bool {
	f := w.doc.Form(t)
	return f == "the" || f == "The"
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
	} else if kind == casus.Group {
		x.Anon = w.unnamed(p)
	}
	if p.plural {
		x.Count = w.countOf(p)
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

// countOf gives the number in a phrase: "three officials". A number of others
// inside it ("envoys of two states") does not count them.
func (w *work) countOf(p *phrase) casus.Count {
	at := w.doc.Tokens[p.first].Start
	i, _ := slices.BinarySearchFunc(w.doc.Quantities, at, func(q casus.Quantity, at casus.Pos) int { return int(q.Start - at) })
	for ; i < len(w.doc.Quantities); i++ {
		q := &w.doc.Quantities[i]
		if q.Start >= w.doc.Tokens[p.end-1].End {
			break
		}
		if q.Head < p.first || q.Head >= p.end || q.Low < 1 || q.High > math.MaxInt32 {
			continue
		}
		n := casus.Count{Low: int(q.Low), High: int(q.High)}
		if q.AtLeast {
			n.High = 0
		}
		return n
	}
	return casus.Count{}
}

// unnamed reports people who are told of as a source that is not to be named:
// "people familiar with the matter", "residents who spoke on condition of
// anonymity".
func (w *work) unnamed(p *phrase) bool {
	end := min(w.endOf(p.first), p.end+16)
	form := func(t casus.TokenID) string {
		if t >= end {
			return ""
		}
		return w.doc.Form(t)
	}
	switch t := p.end; form(t) {
	case "familiar":
		return form(t+1) == "with"
	case "close":
		return form(t+1) == "to"
	case "briefed":
		return form(t+1) == "on" || form(t+1) == "about"
	case "with":
		for t++; t < end && t < p.end+4; t++ {
			if form(t) == "knowledge" {
				return true
			}
		}
		return false
	case "who", ",", "speaking", "on":
		for ; t < end; t++ {
			if f := form(t); f == "anonymity" || f == "anonymously" || (f == "named" || f == "identified") && form(t-1) == "be" {
				return true
			}
		}
	}
	return false
}

// headWord gives the noun proper: "Ministry" of "Ministry of Defence".
func (w *work) headWord(p *phrase) string {
	first := w.hits[p.hit].first
	if p.end-first > 1 && w.doc.Form(first+1) == "of" {
		return w.doc.Form(first)
	}
	return w.doc.Form(p.end - 1)
}

// phraseName gives the words of the phrase without its determiner, with the
// place that tells whose it is: "people in Chile".
func (w *work) phraseName(p *phrase) string {
	first := p.first
	for first < p.end-1 && w.flag(first, isDefinite|isSome) && w.hitOf(first) == nil && w.doc.Tokens[first].UPOS != ud.NUM {
		first++
	}
	return w.doc.String(w.doc.TokenSpan(first, p.inEnd))
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
