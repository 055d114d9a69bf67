package brief

import (
	"slices"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ontology"
	"casus/ud"
)

// telling is one document's coding of an event, ready for comparing.
type telling struct {
	v        *view
	ev       *casus.Event
	status   casus.Status  // under which the page tells it
	unit     casus.TokenID // the clause that tells it; None without tokens
	day      casus.Date    // of the event, else of publication
	src, tgt string        // parties as countries, sorted
	cue      string        // stem of the trigger's main word
	words    map[string]bool
}

// matter is what several outlets tell of one thing: events of one type and
// dyad, at most a day apart, in similar words. It keeps every telling; this is
// a rough merge for one page, the incidents of internal/merge are the real one.
type matter struct{ tellings []*telling }

// gather groups the events of all documents, in the order of publication.
func (w *writer) gather() (out []*matter) {
	for _, v := range w.views {
		for i := range v.doc.Events {
			t := newTelling(v, &v.doc.Events[i])
			if t.condition() || t.dull() {
				continue
			}
			if m := find(out, t); m != nil {
				m.tellings = append(m.tellings, t)
			} else {
				out = append(out, &matter{[]*telling{t}})
			}
		}
	}
	return out
}

func newTelling(v *view, ev *casus.Event) *telling {
	t := &telling{v: v, ev: ev, day: ev.Time.Interval.Start, src: v.parties(ev.Source), tgt: v.parties(ev.Target), unit: casus.None}
	t.status = t.standing()
	if t.day.IsZero() {
		t.day = v.doc.Published
	}
	if ev.Type == ontology.CONSULT && t.src > t.tgt {
		t.src, t.tgt = t.tgt, t.src
	}
	if v.token(ev.Head) {
		t.unit = v.unit(ev.Head)
		t.cue = stem(strings.ToLower(v.doc.Tokens[ev.Head].Lemma))
		t.words = v.words(v.doc.SubtreeSpan(ev.Head))
	} else if ev.Sentence >= 0 && int(ev.Sentence) < len(v.doc.Sentences) {
		t.words = v.words(v.doc.Sentences[ev.Sentence].Span)
	}
	return t
}

// parties gives the countries of the actors, or their names where no country
// is known, sorted: the government and the army of a state are one party here.
func (v *view) parties(ids []casus.EntityID) string {
	var out []string
	for _, id := range ids {
		ent := v.entity(id)
		if ent == nil {
			continue
		}
		p := ent.Country
		if p == "" {
			p = ent.Code.Country()
		}
		if p == "" {
			p = ent.Name
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "+")
}

func find(all []*matter, t *telling) *matter {
	for _, m := range all {
		if m.tellings[0].same(t) {
			return m
		}
	}
	return nil
}

func (t *telling) same(o *telling) bool {
	if t.ev.Type != o.ev.Type || !near(t.day, o.day, 1) || !agree(t.src, o.src) || !agree(t.tgt, o.tgt) {
		return false
	}
	if t.v == o.v && t.ev.Sentence == o.ev.Sentence && (t.src == o.src || t.v.token(t.ev.Head) && t.v.doc.Dominates(o.ev.Head, t.ev.Head)) {
		return true // "fired on the boat, killing two": one deed
	}
	like := overlap(t.words, o.words)
	if t.src != o.src || t.tgt != o.tgt {
		return like >= 0.6
	}
	return like >= 0.5 || t.cue != "" && t.cue == o.cue && like >= 0.2
}

// agree reports parties that are equal, or of which one is not known.
func agree(a, b string) bool { return a == b || a == "" || b == "" }

// near reports two days at most n apart; an unknown day is near to none.
func near(a, b casus.Date, n int) bool {
	if a.IsZero() || b.IsZero() {
		return a == b
	}
	if b.Before(a) {
		a, b = b, a
	}
	return !a.AddDays(n).Before(b)
}

// has reports whether a telling has one of the statuses.
func (m *matter) has(statuses ...casus.Status) bool {
	return slices.ContainsFunc(m.tellings, func(t *telling) bool { return slices.Contains(statuses, t.status) })
}

// with gives the tellings of some statuses, the best spokesman first: the
// outlet itself before others, running text before headlines, then the order
// of publication.
func (m *matter) with(statuses ...casus.Status) (out []*telling) {
	for _, t := range m.tellings {
		if len(statuses) == 0 || slices.Contains(statuses, t.status) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b *telling) int { return a.rank() - b.rank() })
	return out
}

func (t *telling) rank() int {
	n := 0
	if len(t.ev.Attribution) > 0 {
		n++
	}
	if s := t.ev.Sentence; s >= 0 && int(s) < len(t.v.doc.Sentences) && t.v.doc.Sentences[s].Role != casus.Body {
		n += 4
	}
	if len(t.ev.Source) == 0 {
		n++
	}
	if h := t.ev.Head; t.v.token(h) && (t.unit != h || !t.v.doc.HasKid(h, ud.Nsubj, ud.Csubj)) {
		n += 2 // a noun or a participle reads worse than a sentence
	}
	return n
}

// weight orders matters for a page that has no room for all.
func (m *matter) weight() float64 {
	t := m.tellings[0]
	n := severity[min(t.ev.Type, ontology.NumPlover-1)] + 1.5*float64(min(len(m.outlets()), 4))
	if t.src != "" && t.tgt != "" {
		n += 2
	}
	if t.ev.Historical {
		n -= 6
	}
	return n
}

func (m *matter) outlets() (out []string) {
	for _, t := range m.tellings {
		if name := t.v.doc.Outlet; name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// attribution gives the innermost statement that holds the event; None when
// the outlet says so.
func (t *telling) attribution() casus.StatementID {
	if len(t.ev.Attribution) > 0 && t.v.statement(t.ev.Attribution[0]) != nil {
		return t.ev.Attribution[0]
	}
	return casus.None
}

func (t *telling) cite() (cite.Support, error) { return t.v.cite(t.ev.Sentence, t.attribution()) }

// minWords is the length below which a clause is too bare to be read alone:
// "US threats" needs its parties spelled out.
const minWords = 4

// maxAround is the length up to which the clause around a noun tells the event
// better than its code: "Chile protested against [the blockade]".
const maxAround = 16

// wording tells the event: by the clause that holds it, when that can stand
// alone; a noun deep in a clause about something else by the code with the
// words of the text behind it.
func (t *telling) wording() string {
	if t.unit == casus.None || len(t.v.doc.Tokens) == 0 {
		return t.untreed()
	}
	if t.coded() {
		return t.v.plain(t.ev) + ": “" + t.phrase() + "”"
	}
	if c := t.v.clause(t.unit, t.subject(), t.dated()...); len(strings.Fields(c)) >= minWords && !dangling(c) && !t.questioned() {
		return c
	}
	return t.v.sentence(t.ev.Sentence)
}

// dangling reports a clause that begins with a word that points back: "its
// envoy left" is read together with what stands before it.
func dangling(s string) bool {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch first {
	case "its", "his", "her", "their", "he", "she", "they", "it":
		return true
	}
	return false
}

// coded reports an event that is better told by its code: a noun that is
// neither subject nor object of its clause, in a clause long enough to be about
// something else, with both parties known.
func (t *telling) coded() bool {
	d := t.v.doc
	if u := d.Tokens[t.ev.Head].UPOS; u == ud.VERB || u == ud.AUX || t.ev.Head == t.unit || t.v.core(t.ev.Head, t.unit) {
		return false
	}
	return len(t.ev.Source) > 0 && len(t.ev.Target) > 0 && len(strings.Fields(t.v.clause(t.unit, t.subject()))) > maxAround && t.phrase() != ""
}

// phrase gives the noun of the event with what belongs to it.
func (t *telling) phrase() string {
	keep := t.v.subtree(t.ev.Head, aboutClause)
	return shorten(tidy(t.v.render(keep)), 14)
}

// untreed tells an event of a document without trees: the words of whoever is
// behind it when they hold the event, else the sentence.
func (t *telling) untreed() string {
	if st := t.v.statement(t.attribution()); st != nil && st.Kind == casus.Indirect && len(st.Content) == 1 && holds(st.Content, t.head()) {
		if c := t.v.content(st); len(strings.Fields(c)) >= minWords {
			return c
		}
	}
	if s := t.v.sentence(t.ev.Sentence); s != "" {
		return s
	}
	return t.v.plain(t.ev)
}

// condition reports what stands after "if": part of a threat, no matter of its
// own.
func (t *telling) condition() bool {
	return t.ev.Status == casus.Hypothetical && t.v.token(t.ev.Head) && t.v.conditional(t.ev.Head)
}

// conditional reports a clause under "if" or its like.
func (v *view) conditional(head casus.TokenID) bool {
	for k := range v.doc.Kids(head) {
		if tok := &v.doc.Tokens[k]; tok.Deprel == ud.Mark && conditional[tok.Lemma] {
			return true
		}
	}
	return false
}

var conditional = map[string]bool{"if": true, "unless": true, "whether": true}

// subject names who should stand before a clause without subject: that of the
// clause it is joined to; else the source of the event, when its own word heads
// the clause. Of "it will be confiscated" the parties do not tell what "it" is.
func (t *telling) subject() party {
	d := t.v.doc
	p := party{must: t.ev.Head}
	if s := d.Kid(t.unit, ud.Nsubj, ud.NsubjPass); s != casus.None {
		if d.Tokens[s].Deprel == ud.NsubjPass || strings.EqualFold(d.Form(s), "it") && t.unit != t.ev.Head {
			return p
		}
		if id, ok := t.v.entityAt[s]; ok {
			p.name, p.ids = t.v.actors([]casus.EntityID{id}), []casus.EntityID{id}
		}
		return p
	}
	if p.name = t.v.subject(t.unit); p.name != "" {
		return p
	}
	if t.unit == t.ev.Head && !d.HasKid(t.unit, ud.AuxPass) {
		p.name, p.ids = t.v.actors(t.ev.Source), t.ev.Source
	}
	return p
}

// dated gives the words of the text that name the day with which the line
// begins, when they name nothing finer: "on Wednesday morning" stays.
func (t *telling) dated() []casus.Span {
	id := t.ev.Time.Time
	if t.v.when(t.ev) == "" || id < 0 || int(id) >= len(t.v.doc.Times) {
		return nil
	}
	tm := &t.v.doc.Times[id]
	possessive := strings.HasPrefix(t.v.doc.Text[tm.Span.End:], "'s") || strings.HasPrefix(t.v.doc.Text[tm.Span.End:], "’s")
	if n := len(tm.Value); !possessive && (n == len("2006-01-02") || n == len("2006-01")) {
		return []casus.Span{tm.Span}
	}
	return nil
}
