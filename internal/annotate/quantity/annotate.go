package quantity

import (
	"fmt"
	"math"

	"casus"
	"casus/ud"
)

// Annotator finds quantities. It is immutable after New and safe for
// concurrent use.
type Annotator struct{ tables *tables }

// New reads the word tables.
func New() (*Annotator, error) {
	t, err := load()
	if err != nil {
		return nil, fmt.Errorf("quantity: %w", err)
	}
	return &Annotator{t}, nil
}

// Annotate fills doc.Quantities in text order; they do not overlap each other
// or doc.Times.
func (a *Annotator) Annotate(doc *casus.Document) error {
	r := &reader{tables: a.tables, doc: doc}
	doc.Quantities = doc.Quantities[:0]
	time := 0
	for t := casus.TokenID(0); int(t) < len(doc.Tokens); t++ {
		tok := &doc.Tokens[t]
		for time < len(doc.Times) && doc.Times[time].End <= tok.Start {
			time++
		}
		if time < len(doc.Times) && doc.Times[time].Overlaps(tok.Span) || tok.Span.Empty() {
			continue
		}
		limit := casus.Pos(len(doc.Text))
		if time < len(doc.Times) {
			limit = doc.Times[time].Start
		}
		if q, end, ok := r.quantity(t, limit); ok {
			doc.Quantities = append(doc.Quantities, q)
			t = end - 1
		} else if end > t+1 {
			t = end - 1
		}
	}
	return nil
}

// quantity reads the quantity at t, which must end before limit; end is where
// reading goes on.
func (r *reader) quantity(t casus.TokenID, limit casus.Pos) (q casus.Quantity, end casus.TokenID, ok bool) {
	n, ok := r.read(t)
	if !ok || r.doc.Tokens[n.end-1].End > limit {
		return q, t + 1, false
	}
	if r.label(&n) {
		return q, n.end, false
	}
	if !n.article && !n.none {
		r.bounds(&n)
		r.share(&n)
	}
	if q, end, ok = r.measured(&n, limit); ok {
		return q, end, true
	}
	return r.count(&n, limit)
}

// label reports a number that names rather than counts: "Resolution 1701",
// "F-16", "No. 5", "two-state", an age between commas.
func (r *reader) label(n *number) bool {
	d := r.doc
	if r.glue(n.first) && r.is(n.first-1, "-", "–") && n.first >= 2 && r.glue(n.first-1) {
		return true
	}
	if r.is(n.first-1, "#", "no.", "nos.", ":") && r.glue(n.first) || r.is(n.first-1, "no.", "article", "chapter", "page", "flight", "route", "type") {
		return true
	}
	if r.is(n.first, "one") && r.is(n.first-1, "no") || r.is(n.end, "+") && r.glue(n.end) || r.is(n.first-1, "+") && r.glue(n.first) {
		return true // "no one", "the 5+1 group"
	}
	if r.is(n.first-1, "/") && r.glue(n.first) || r.is(n.end, "/") && r.glue(n.end) || r.is(n.end, "another") && r.is(n.first, "one") {
		return true // "PS/2", "3/day", "one another"
	}
	if r.is(n.first-1, "in") && r.sameSent(n.first-2, n.first) && d.Tokens[n.first-2].UPOS == ud.NUM && n.value < 100 {
		return true // "three in four voters"
	}
	h := d.HeadOf(n.first, n.end)
	if h == casus.None {
		return false
	}
	g := d.Tokens[h].Head
	if g == n.first-1 && g != casus.None && (d.Tokens[g].UPOS == ud.PROPN || d.Tokens[g].UPOS == ud.NOUN) && n.unit == "" && n.glued == "" &&
		d.Tokens[h].Deprel.Universal() != ud.Obj && !r.nominalBehind(n) {
		return true
	}
	return r.is(n.first-1, ",") && n.first >= 2 && d.Tokens[n.first-2].UPOS == ud.PROPN && (r.is(n.end, ",", ".", ")")) && n.unit == ""
}

func (r *reader) nominalBehind(n *number) bool { return r.noun(n) != casus.None }

// measured reads money, percentages and measures: "$1.2bn", "3 billion euros",
// "60%", "20 km".
func (r *reader) measured(n *number, limit casus.Pos) (casus.Quantity, casus.TokenID, bool) {
	if n.none || n.article && !r.measureNext(n) {
		return casus.Quantity{}, 0, false
	}
	if n.unit != "" {
		end := n.end
		if m, ok := r.measureAt(end); ok && m.class == "money" && r.sameSent(n.first, end) && r.doc.Tokens[end].End <= limit {
			end++
		}
		return r.make(n, end-1, end, n.unit, n.class, n.rule), end, true
	}
	if n.glued != "" {
		m := r.measures[n.glued]
		return r.make(n, n.end-1, n.end, m.unit, m.class, "quantity.measure"), n.end, true
	}
	t := n.end
	if r.is(t, "-") && r.glue(t) && r.glue(t+1) {
		t++
	}
	if r.is(t, "per") && r.is(t+1, "cent") && r.sameSent(n.first, t+1) {
		return r.make(n, t+1, t+2, "percent", "percent", "quantity.percent"), t + 2, true
	}
	m, ok := r.measureAt(t)
	if !ok && int(t) < len(r.doc.Tokens) && r.doc.Tokens[t].UPOS == ud.ADJ {
		if m, ok = r.measureAt(t + 1); ok { // "3 billion US dollars", "200 nautical miles", "50 square km"
			t++
		}
	} else if !ok && r.doc.Tokens[min(int(t), len(r.doc.Tokens)-1)].UPOS == ud.PROPN {
		if m, ok = r.measureAt(t + 1); ok && m.class == "money" {
			t++
		} else {
			ok = false
		}
	}
	if !ok || !r.sameSent(n.first, t) || r.doc.Tokens[t].End > limit {
		return casus.Quantity{}, 0, false
	}
	unit := m.unit
	switch {
	case r.is(t-1, "square"):
		unit, m.class = "square "+unit, "area"
	case r.is(t-1, "cubic"):
		unit, m.class = "cubic "+unit, "volume"
	case r.is(t-1, "nautical"):
		unit = "nautical " + unit
	}
	return r.make(n, t, t+1, unit, m.class, "quantity.measure"), t + 1, true
}

func (r *reader) measureNext(n *number) bool {
	m, ok := r.measureAt(n.end)
	return ok && m.class != "money" && m.class != "temperature" && !r.is(n.end, "percentage")
}

func (r *reader) measureAt(t casus.TokenID) (measure, bool) {
	if t < 0 || int(t) >= len(r.doc.Tokens) {
		return measure{}, false
	}
	switch r.doc.Tokens[t].UPOS {
	case ud.VERB, ud.AUX, ud.ADP, ud.DET, ud.PRON:
		return measure{}, false
	}
	m, ok := r.measures[r.lemma(t)]
	if !ok {
		m, ok = r.measures[singular(lowered(r.doc.Form(t)))]
	}
	return m, ok
}

// count reads a number of things or persons.
func (r *reader) count(n *number, limit casus.Pos) (casus.Quantity, casus.TokenID, bool) {
	if r.is(n.end, "-") && r.glue(n.end) && r.glue(n.end+1) { // "two-state"
		return r.strong(n)
	}
	if q, ok := r.part(n); ok {
		return q, n.end, true
	}
	head := r.noun(n)
	if head == casus.None {
		head = r.tree(n)
	}
	if head != casus.None && r.doc.Tokens[head].End > limit {
		head = casus.None
	}
	if head == casus.None {
		return r.bare(n)
	}
	unit, u := r.unit(head)
	class, rule := r.class(n, head, unit, u)
	if d, c, last := r.designation(head); d != "" && u.class == "" {
		unit, class, head = d, c, last
		if next := last + 1; r.sameSent(last, next) && r.doc.Tokens[next].UPOS == ud.NOUN { // "MiG-29 jets"
			if l, u := r.unit(next); u.class != "" {
				unit, class, head = l, u.class, next
			}
		}
	}
	if n.vague && class == "" {
		return casus.Quantity{}, n.end, false // "several reasons"
	}
	if n.article && !r.plainRun(n.end, head) {
		return casus.Quantity{}, n.end, false
	}
	if n.article && !u.one || n.none && u.class != "casualties" && !u.toll && u.class != "missing" {
		return casus.Quantity{}, n.end, false
	}
	if n.article && u.person && class == u.class && peaceful(class) {
		return casus.Quantity{}, n.end, false // "a student" is one of many words for someone, not a count
	}
	if head >= n.end && !r.plainRun(n.end, head) && rule != "quantity.order" {
		return r.make(n, head, n.end, unit, class, rule), n.end, true
	}
	return r.make(n, head, head+1, unit, class, rule), head + 1, true
}

// class gives the class of those counted: the noun's own, unless the text says
// what befell them, what they belong to, or that they are soldiers.
func (r *reader) class(n *number, head casus.TokenID, unit string, u noun) (class, rule string) {
	if !u.person && u.class != "" || u.toll {
		return u.class, n.rule
	}
	if t := r.before(n); t > 0 && r.is(t, "of") { // "the bodies of 909 soldiers"
		if b := r.nouns[r.lemma(t-1)]; b.toll && u.person {
			return b.class, n.rule
		}
	}
	if !r.total(n) {
		if c := r.toll(head, n); c != "" && (c != "protesters" || peaceful(u.class)) {
			return c, n.rule
		}
		if c := r.included(n); c != "" && u.person {
			return c, "quantity.including"
		}
	}
	if (unit == "man" || unit == "woman" || unit == "personnel") && r.soldiers(n, head) {
		return "troops", n.rule
	}
	return u.class, n.rule
}

// peaceful tells the classes of persons that an indefinite article does not
// make a count.
func peaceful(class string) bool { return class == "people" || class == "officials" || class == "" }

// bare reads a number whose noun is left out but whose verb tells the toll:
// "20 were killed", "killed 12 and wounded 30".
func (r *reader) bare(n *number) (casus.Quantity, casus.TokenID, bool) {
	if n.article || n.none {
		return casus.Quantity{}, n.end, false
	}
	if q, ok := r.group(n); ok {
		return q, n.end, true
	}
	h := r.doc.HeadOf(n.first, n.end)
	if h == casus.None || n.value != math.Trunc(n.value) { // no 6.4 persons
		return casus.Quantity{}, n.end, false
	}
	class := r.toll(h, n)
	if class == "" && r.sameSent(n.first, n.end) {
		class = r.stateOf(n.end)
	}
	if class == "" {
		if class = r.tollNoun(n); class != "" {
			return r.make(n, h, n.end, "", class, "quantity.toll"), n.end, true
		}
		return casus.Quantity{}, n.end, false
	}
	return r.make(n, h, n.end, "", class, "quantity.bare"), n.end, true
}

func (r *reader) make(n *number, head, end casus.TokenID, unit, class, rule string) casus.Quantity {
	q := casus.Quantity{
		Span: casus.Span{Start: r.doc.Tokens[n.first].Start, End: r.doc.Tokens[end-1].End},
		Head: head, Value: n.value, Low: n.low, High: n.high, Unit: unit, Class: class,
		Approx: n.approx, AtLeast: n.atLeast, AtMost: n.atMost, Rule: rule,
	}
	if q.Low == 0 && q.High == 0 {
		q.Low, q.High = q.Value, q.Value
	}
	if q.AtLeast {
		q.High = 0
	}
	if q.AtMost {
		q.Low = 0
	}
	return q
}
