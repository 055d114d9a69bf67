package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

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
