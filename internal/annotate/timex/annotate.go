package timex

import (
	"fmt"
	"sync"

	"casus"
)

// Annotator finds times. It is immutable after New and safe for concurrent
// use; the scratch memory of a call comes from a pool.
type Annotator struct {
	lex  lexicon
	pool *sync.Pool
}

// New reads the word table.
func New() (*Annotator, error) {
	lex, err := readLexicon(wordData)
	if err != nil {
		return nil, fmt.Errorf("timex: %w", err)
	}
	a := &Annotator{lex: lex}
	a.pool = &sync.Pool{New: func() any { return &grammar{scanner: scanner{lex: lex}} }}
	return a, nil
}

// Annotate fills doc.Times in text order. Published may be zero; relative
// dates then stay open ("XXXX-WXX-7").
func (a *Annotator) Annotate(doc *casus.Document) error {
	g := a.pool.Get().(*grammar)
	defer a.pool.Put(g)
	g.scan(doc.Text)
	g.pending = expr{}
	doc.Times = doc.Times[:0]
	exprs := g.all()
	c := &context{published: doc.Published, narrative: narrative(exprs, doc.Published)}
	for i := range exprs {
		e := &exprs[i]
		dir := dirUnknown
		if e.needsSide() {
			dir = g.side(doc, e.first, e.end)
			c.sure = g.sure
		}
		r := c.resolve(e, dir)
		if r.value == "" {
			continue
		}
		if i > 0 && dir != dirFuture && g.rangeOf(&exprs[i-1], e) {
			putBefore(doc, &r)
		} else if i > 0 && g.rangeOf(&exprs[i-1], e) {
			putBehind(doc, e, &r)
		}
		c.move(e, &r)
		doc.Times = append(doc.Times, g.time(doc, e, &r))
	}
	return nil
}

// rangeOf reports two lone weekdays that bound a stretch: "from Monday to
// Thursday".
func (g *grammar) rangeOf(a, b *expr) bool {
	lone := func(e *expr) bool {
		return e.kind == kDate && e.weekday > 0 && e.day == 0 && e.month == 0 && e.daypart == "" && !e.clock
	}
	if !lone(a) || !lone(b) || b.first != a.end+1 {
		return false
	}
	return g.has(a.end, cTo) || g.has(a.end, cUntil) || g.has(a.end, cAnd) && g.said(a.first-1, "between")
}

// putBefore moves the beginning of a stretch, resolved last, into the week
// before when it would fall behind its end.
func putBefore(doc *casus.Document, end *resolved) {
	begin := &doc.Times[len(doc.Times)-1]
	if begin.Granularity != casus.Day || end.date.Day == 0 || !end.date.Before(begin.Interval.Start) {
		return
	}
	day := begin.Interval.Start.AddDays(-7)
	begin.Value, begin.Interval = day.String(), whole(day)
}

// putBehind moves the end of a stretch ahead of us into the week after.
func putBehind(doc *casus.Document, e *expr, end *resolved) {
	begin := &doc.Times[len(doc.Times)-1]
	if begin.Granularity == casus.Day && end.date.Day != 0 && end.date.Before(begin.Interval.Start) {
		*end = finish(e, end.date.AddDays(7), end.rule)
	}
}

// needsSide reports that the value depends on the tense around.
func (e *expr) needsSide() bool {
	return (e.kind == kDate || e.kind == kPart || e.kind == kHoliday) && e.year == 0
}

// all matches the whole document.
func (g *grammar) all() []expr {
	var out []expr
	for i := 0; i < len(g.atoms); {
		e := g.match(i)
		if !e.found() || e.end <= i {
			i++
			continue
		}
		out = append(out, e)
		i = e.end
	}
	return out
}

// narrative reports a document that tells the past: full dates and years far
// from the day of publication clearly outnumber "yesterday", "last week" and
// lone weekdays. Without Published any date told serves as the reference.
func narrative(exprs []expr, published casus.Date) bool {
	if published.IsZero() {
		return true
	}
	old, news := 0, 0
	for i := range exprs {
		e := &exprs[i]
		switch {
		case e.kind == kDate && (e.bc || e.year != 0 && e.year < int(published.Year)):
			old++
		case e.kind == kDate && e.year != 0, e.kind == kDate && e.weekday > 0:
			news++
		case e.kind == kDayRef, e.kind == kRelative && (e.rel == rLast || e.rel == rNext || e.rel == rThis), e.kind == kShift && e.rel == rAgo:
			news += 2
		}
	}
	return old >= 8 && old > 3*news
}

// move makes a resolved date the new anchor.
func (c *context) move(e *expr, r *resolved) {
	if r.date.IsZero() || r.typ == casus.TimeSET || e.kind == kDayRef && e.daypart == "NI" && e.n < 0 { // "overnight" is said in passing
		return
	}
	if e.kind != kDate || e.day == 0 || e.year != 0 { // "the quarter ended Sept. 30" is still the quarter told
		c.part = ""
	}
	c.anchor = r.date
	c.bc = r.part == "BC"
	c.era = c.bc
	if !c.bc && r.part != "" {
		c.part, c.partYear = r.part, r.date.Year
		if c.report == "" && r.part[0] == 'Q' {
			c.report, c.reportYear = c.part, c.partYear
		}
	}
}

func (g *grammar) time(doc *casus.Document, e *expr, r *resolved) casus.Time {
	t := casus.Time{
		Span: casus.Span{Start: casus.Pos(g.atoms[e.first].start), End: casus.Pos(g.atoms[e.end-1].end)},
		Head: casus.None, Type: r.typ, Value: r.value, Mod: e.mod, Granularity: r.gran, Rule: e.rule,
	}
	if r.rule != "" {
		t.Rule = r.rule
	}
	t.Interval = narrow(r.iv, e.mod, r.gran)
	t.Historical = historical(r, doc.Published)
	if len(doc.Tokens) > 0 {
		first, end := doc.TokenRange(t.Span)
		t.Head = doc.HeadOf(first, end)
	}
	return t
}

// background is how long before the news a time counts as background.
const background = 366

func historical(r *resolved, published casus.Date) bool {
	if published.IsZero() || r.typ != casus.TimeDATE && r.typ != casus.TimeTIME {
		return false
	}
	if r.iv.IsZero() {
		return r.part == "BC" || len(r.value) > 2 && r.value[:2] == "BC"
	}
	return r.iv.End.Before(published.AddDays(-background))
}
