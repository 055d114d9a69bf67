package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// ent is an entity in the making.
type ent struct {
	casus.Entity
	state, body, person int32    // rows of the tables, -1 without
	row                 int32    // noun of a role or group, -1 without
	noun                int32    // the very noun, where row is not negative
	titles              []int32  // refs of nouns
	proper              bool     // named in capitals
	words               []string // of a person's fullest name
	gender              byte
	plural              bool
	last                casus.TokenID // head of the last mention
	lastSubject         bool
	subject             casus.TokenID // head of the last mention that is a subject
	head                string        // noun of a phrase, in the words of the text
	fixed               bool          // the code comes from the text itself
	owner               owner
}

func (w *work) newEnt(e ent) int32 {
	e.last, e.subject = casus.None, casus.None
	w.ents = append(w.ents, e)
	return int32(len(w.ents) - 1)
}

func blank(kind casus.EntityKind) ent {
	return ent{Entity: casus.Entity{Kind: kind, Of: casus.None}, state: -1, body: -1, person: -1, row: -1, owner: noOwner()}
}

// mention adds tokens [first, end) as a mention and remembers the entity as
// the latest one.
func (w *work) mention(e int32, first, end casus.TokenID, kind casus.MentionKind, rule string) {
	w.mentionAt(e, first, end, w.headIn(first, end, end-1), kind, rule)
}

// headIn climbs from the token as far as the span reaches: the head of the
// phrase by the tree, though the tree may tear the phrase apart.
func (w *work) headIn(first, end, t casus.TokenID) casus.TokenID {
	for n := 0; n < 32; n++ {
		h := w.doc.Tokens[t].Head
		if h < first || h >= end {
			break
		}
		t = h
	}
	return t
}

func (w *work) mentionAt(e int32, first, end, head casus.TokenID, kind casus.MentionKind, rule string) {
	x := &w.ents[e]
	x.Mentions = append(x.Mentions, casus.Mention{Span: w.doc.TokenSpan(first, end), First: first, End: end, Head: head, Kind: kind, Rule: rule})
	x.last, x.lastSubject = head, w.isSubject(head)
	w.entAt[head] = e
	if x.lastSubject {
		x.subject = head
	}
	if x.Kind == casus.State && x.state >= 0 {
		w.touchState(e)
	}
}

// touchState keeps the states in the order of their latest mention.
func (w *work) touchState(e int32) {
	if i := slices.Index(w.order, e); i >= 0 {
		w.order = append(w.order[:i], w.order[i+1:]...)
	}
	w.order = append(w.order, e)
}

// isSubject reports the head of a subject, or of a conjunct of one.
func (w *work) isSubject(t casus.TokenID) bool {
	for n := 0; n < 4; n++ {
		tok := &w.doc.Tokens[t]
		if tok.Deprel.IsSubject() {
			return true
		}
		if tok.Deprel != ud.Conj && tok.Deprel != ud.Appos && tok.Deprel != ud.Flat || tok.Head == casus.None {
			return false
		}
		t = tok.Head
	}
	return false
}

func (w *work) evidence(e int32, field, rule string, span casus.Span, note string) {
	w.ents[e].Evidence = append(w.ents[e].Evidence, casus.Evidence{Field: field, Rule: rule, Span: span, Note: note})
}

// stateEnt gives the entity of a state, made at its first mention.
func (w *work) stateEnt(ref int32, span casus.Span) int32 {
	if w.stateOf[ref] >= 0 {
		return w.stateOf[ref]
	}
	s := &w.t.states[ref]
	x := blank(casus.State)
	x.Name, x.Code, x.Country, x.state = s.name, s.code, s.iso, ref
	e := w.newEnt(x)
	w.stateOf[ref] = e
	w.evidence(e, "code", "actor.state", span, "")
	return e
}

// bodyEnt gives the entity of a named body.
func (w *work) bodyEnt(ref int32, span casus.Span) int32 {
	b := &w.t.bodies[ref]
	for i := range w.ents {
		if r := w.ents[i].body; r >= 0 && w.ents[i].row < 0 && w.t.bodies[r].same == b.same {
			return int32(i)
		}
	}
	x := blank(casus.Org)
	if b.group {
		x.Kind = casus.Group
	}
	x.Name, x.Code, x.Country, x.body = b.name, b.code, b.country, ref
	if b.medium {
		x.Media = casus.Media{Is: true, Ownership: b.ownership}
	}
	e := w.newEnt(x)
	rule := "actor.body"
	if b.medium {
		rule = "actor.medium"
	}
	w.evidence(e, "code", rule, span, "")
	w.belongTo(e, b.country)
	return e
}

// belongTo points Of at the state when the document names it.
func (w *work) belongTo(e int32, country string) {
	if country == "" || w.ents[e].Of != casus.None {
		return
	}
	if s, ok := w.t.byISO[country]; ok && w.stateOf[s] >= 0 && w.stateOf[s] != e {
		w.ents[e].Of = casus.EntityID(w.stateOf[s])
	}
}

// entities gives the finished layer: entities in order of their first
// mention, mentions in text order.
func (w *work) entities() []casus.Entity {
	order := make([]int32, 0, len(w.ents))
	for i := range w.ents {
		x := &w.ents[i]
		if len(x.Mentions) == 0 || w.onlyInTitles(x) {
			continue
		}
		w.belongTo(int32(i), x.Country)
		w.asGovernment(int32(i))
		slices.SortStableFunc(x.Mentions, func(a, b casus.Mention) int {
			if a.First != b.First {
				return int(a.First - b.First)
			}
			return int(b.End - a.End)
		})
		order = append(order, int32(i))
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return int(w.ents[a].Mentions[0].First - w.ents[b].Mentions[0].First)
	})
	return w.renumber(order)
}

// onlyInTitles reports a state that the text names only inside the title of
// a person: the "US" of "US Senator Ana Diaz" does nothing and nothing is done
// to it, and the senator's code says whose she is.
func (w *work) onlyInTitles(x *ent) bool {
	if x.Kind != casus.State {
		return false
	}
	for i := range x.Mentions {
		if m := &x.Mentions[i]; m.Kind != casus.MentionAdj || !w.inPerson(m) {
			return false
		}
	}
	return true
}

// inPerson reports a mention within that of a person whose title it belongs to.
func (w *work) inPerson(m *casus.Mention) bool {
	for i := range w.ents {
		x := &w.ents[i]
		if x.Kind != casus.Person {
			continue
		}
		for j := range x.Mentions {
			if o := &x.Mentions[j]; o.First <= m.First && m.End < o.End {
				return true
			}
		}
	}
	return false
}

// asGovernment codes a state that the document calls only by its capital, and
// which acts: "Jakarta rejected the plan" is its government. A state that is
// named as well is one entity, and keeps its bare code.
func (w *work) asGovernment(e int32) {
	x := &w.ents[e]
	if x.Kind != casus.State || x.state < 0 || len(x.Code) != 3 {
		return
	}
	for i := range x.Mentions {
		if k := x.Mentions[i].Kind; k != casus.MentionMetonym && k != casus.MentionPronoun {
			return
		}
	}
	m := &x.Mentions[0]
	x.Code += "GOV"
	w.evidence(e, "code", "actor.capital.government", m.Span, "")
}

func (w *work) renumber(order []int32) []casus.Entity {
	to := make([]casus.EntityID, len(w.ents))
	for i := range to {
		to[i] = casus.None
	}
	for n, e := range order {
		to[e] = casus.EntityID(n)
	}
	out := make([]casus.Entity, len(order))
	for n, e := range order {
		out[n] = w.ents[e].Entity
		if of := out[n].Of; of != casus.None {
			out[n].Of = to[of]
		}
		members := make([]casus.EntityID, 0, len(out[n].Members))
		for _, m := range out[n].Members {
			if to[m] != casus.None {
				members = append(members, to[m])
			}
		}
		if out[n].Members = members; len(members) == 0 {
			out[n].Members = nil
		}
	}
	return out
}

// personEnt finds the person of the document that a name stands for, or makes
// one. "Diaz" is the Ana Diaz named before; "Luis Diaz" is not.
func (w *work) personEnt(p *named) int32 {
	for i := len(w.ents) - 1; i >= 0; i-- {
		x := &w.ents[i]
		if x.Kind != casus.Person || len(x.words) == 0 {
			continue
		}
		if p.ref >= 0 && x.person >= 0 {
			// "George Bush" is one row, "George W. Bush" another.
			if p.ref == x.person || p.end-p.first > 1 && len(x.words) > 1 && w.sameName(x, p) {
				return int32(i)
			}
			continue
		}
		if w.sameName(x, p) {
			return int32(i)
		}
	}
	x := blank(casus.Person)
	x.person, x.gender = p.ref, p.gender
	return w.newEnt(x)
}

// sameName reports a name whose words are all in the other, surname first of
// all.
func (w *work) sameName(x *ent, p *named) bool {
	n := int(p.end - p.first)
	long, short := len(x.words), n
	if short > long {
		long, short = short, long
	}
	if x.gender != 0 && p.gender != 0 && x.gender != p.gender {
		return false
	}
	last := w.doc.Form(p.end - 1)
	if short == 1 {
		if n == 1 {
			return containsFold(x.words[len(x.words)-1:], last) || long > 1 && len(last) > 3 && containsFold(x.words[:1], last)
		}
		one := x.words[0]
		return strings.EqualFold(one, last) || len(one) > 3 && strings.EqualFold(one, w.doc.Form(p.first))
	}
	same := 0
	for t := p.first; t < p.end; t++ {
		if containsFold(x.words, w.doc.Form(t)) {
			same++
		}
	}
	return same >= short && same >= 2
}

func containsFold(words []string, s string) bool {
	for _, w := range words {
		if strings.EqualFold(w, s) {
			return true
		}
	}
	return false
}

// addPerson adds the mention of a named person and what its title says.
func (w *work) addPerson(p *named) {
	e := w.personEnt(p)
	x := &w.ents[e]
	if n := int(p.end - p.first); n > len(x.words) {
		x.words = x.words[:0]
		for t := p.first; t < p.end; t++ {
			x.words = append(x.words, w.doc.Form(t))
		}
		x.Name = w.doc.String(w.doc.TokenSpan(p.first, p.end))
	}
	if p.ref >= 0 && x.person < 0 {
		x.person = p.ref
	}
	if p.gender != 0 && x.gender == 0 {
		x.gender = p.gender
	}
	first, kind, rule := p.first, casus.MentionName, "actor.person.name"
	if p.honorific {
		first--
	}
	if x.Country == "" {
		if x.Country = p.country; x.Country == "" && p.title < 0 {
			x.Country = w.countryBefore(p.first)
		} else if x.Country == "" {
			x.Country = w.countryAfter(p.end)
		}
	}
	if p.title >= 0 {
		w.entitle(e, p)
		if np := &w.nps[p.title]; !p.apposed {
			first = np.first
		} else {
			w.addApposed(e, np)
		}
	}
	w.codePerson(e, p)
	w.mention(e, first, p.end, kind, rule)
	// Trees often hang the name under the title; the bare name is a second
	// way to reach the person.
	if head := w.headIn(p.first, p.end, p.end-1); w.entAt[head] != e {
		subject := w.ents[e].lastSubject
		w.mentionAt(e, p.first, p.end, head, kind, rule)
		w.ents[e].lastSubject = subject
	}
}

// countryBefore gives the country of "Chile's Ana Diaz" or "Chilean Ana Diaz".
func (w *work) countryBefore(t casus.TokenID) string {
	from := w.firstOf(t)
	if t--; t > from && w.isPossessiveMark(t) {
		t--
	}
	if t < from {
		return ""
	}
	if h := w.hitOf(t); h != nil && h.end == t+1 && h.kinds&(1<<entState|1<<entAdj) != 0 && (h.kinds.has(entAdj) || w.isPossessiveMark(t+1)) {
		return w.t.states[h.state].iso
	}
	return ""
}

// countryAfter gives the country of "King Hassan of Morocco".
func (w *work) countryAfter(t casus.TokenID) string {
	if t+1 < w.endOf(t-1) && w.doc.Form(t) == "of" {
		if h := w.hitOf(t + 1); h != nil && h.first == t+1 && h.kinds.has(entState) {
			return w.t.states[h.state].iso
		}
	}
	return ""
}

func (w *work) addApposed(e int32, np *phrase) {
	w.mention(e, np.first, np.ofEnd, casus.MentionTitle, "actor.person.apposition")
}

// entitle records the title phrase of a person.
func (w *work) entitle(e int32, p *named) {
	np := &w.nps[p.title]
	x := &w.ents[e]
	if ref := w.hits[np.hit].noun; !slices.Contains(x.titles, ref) {
		x.titles = append(x.titles, ref)
	}
	if p.rank >= 0 {
		x.titles = append(x.titles, p.rank)
	}
	if x.Title == "" {
		x.Title = w.titleText(np)
	}
	if x.gender == 0 {
		x.gender = w.titleGender(np)
	}
	c := w.code(np)
	if x.state < 0 {
		x.state = c.state
	}
	if x.owner == noOwner() {
		x.owner = w.ownerOf(np)
	}
}

// titleText gives the office in the words of the text, without owner and
// article: "defence minister".
func (w *work) titleText(np *phrase) string {
	first := w.hits[np.hit].first
	for t := first - 1; t >= np.first; t-- {
		h := w.hitOf(t)
		if w.isPossessiveMark(t) || h != nil && h.kinds&ownerKinds != 0 || w.flag(t, isDefinite|isSome) || w.doc.Tokens[t].UPOS == ud.PUNCT {
			break
		}
		first = t
	}
	return w.doc.String(w.doc.TokenSpan(first, np.end))
}

func (w *work) titleGender(np *phrase) byte {
	head := fold(w.doc.Form(np.end - 1))
	switch {
	case strings.HasSuffix(head, "woman"), head == "queen", head == "princess", head == "empress", head == "nun":
		return 'f'
	case strings.HasSuffix(head, "man"), head == "king", head == "prince", head == "pope", head == "emperor":
		return 'm'
	}
	return 0
}

// codePerson sets the code: the office that the table knows for the day, else
// the title in the text, which also wins where the table knows no office for
// the day.
func (w *work) codePerson(e int32, p *named) {
	x := &w.ents[e]
	if x.fixed {
		return
	}
	var fromTable ontology.Actor
	var of *office
	rule := ""
	if x.person >= 0 {
		fromTable, of, rule = w.officeCode(x.person)
		x.Country = w.t.people[x.person].offices[0].code.Country()
	}
	if p.title >= 0 {
		np := &w.nps[p.title]
		c := w.code(np)
		if x.Country == "" {
			w.inherit(np, &w.t.nouns[np.row], &c)
			x = &w.ents[e]
		}
		if c.country == "" && c.code != "" && x.Country != "" {
			c.country = x.Country
			c.code = ontology.Actor(x.Country + strings.TrimPrefix(string(c.code), ontology.OpenCountry))
		}
		inOffice := of != nil && rule != "actor.office.latest"
		if w.decisive(c, np) && (!inOffice || np.former || c.country != "" && fromTable.Country() != c.country && fromTable.Country() != "") {
			w.setCode(e, c.code, c.country, c.rule+".title", w.doc.TokenSpan(np.first, np.ofEnd), "")
			w.ents[e].fixed = true
			return
		}
	}
	if fromTable != "" && x.Code == "" {
		note := ""
		if of != nil {
			note = of.title + " from " + of.start.String()
		}
		w.setCode(e, fromTable, fromTable.Country(), rule, w.doc.TokenSpan(p.first, p.end), note)
	}
}

// decisive reports a title that says both whose and what.
func (w *work) decisive(c coded, np *phrase) bool {
	return c.code != "" && !strings.HasPrefix(string(c.code), ontology.OpenCountry) || c.code != "" && np.left.state < 0 && c.country == "" && w.t.nouns[np.row].title
}

func (w *work) setCode(e int32, code ontology.Actor, country, rule string, span casus.Span, note string) {
	x := &w.ents[e]
	x.Code = code
	if country != "" {
		x.Country = country
	}
	w.evidence(e, "code", rule, span, note)
}
