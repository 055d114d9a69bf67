package timex

import (
	"sync"
	"time"

	"casus"
)

// The years in which YearsByWeekday looks for an agreement.
const (
	firstYear = 1950
	lastYear  = 2060
)

// WeekdayYear is a day named with its weekday but without its year ("Sunday,
// November 2") and the years of 1950 to 2060 in which the two agree. Years is
// empty when they never do ("Sunday, February 30").
type WeekdayYear struct {
	casus.Span
	Weekday    time.Weekday
	Month, Day int
	Years      []int
}

var defaultLexicon = sync.OnceValues(func() (lexicon, error) { return readLexicon(wordData) })

// YearsByWeekday gives every day of the text that is named with weekday, month
// and day but without a year, in text order. Of an article that does not tell
// its date, the years that fit all of them are the candidates for Published.
func YearsByWeekday(doc *casus.Document) []WeekdayYear {
	lex, err := defaultLexicon()
	if err != nil {
		return nil // the embedded table is read by New too, which reports it
	}
	g := &grammar{scanner: scanner{lex: lex}}
	g.scan(doc.Text)
	var out []WeekdayYear
	for _, e := range g.all() {
		if e.kind != kDate || e.weekday == 0 || e.day == 0 || e.month == 0 || e.year != 0 || e.yearRel != rNone {
			continue
		}
		w := WeekdayYear{Weekday: time.Weekday(e.weekday % 7), Month: e.month, Day: e.day,
			Span: casus.Span{Start: casus.Pos(g.atoms[e.first].start), End: casus.Pos(g.atoms[e.end-1].end)}}
		for y := firstYear; y <= lastYear; y++ {
			if d := (casus.Date{Year: int16(y), Month: uint8(e.month), Day: uint8(e.day)}); exists(d) && d.Weekday() == w.Weekday {
				w.Years = append(w.Years, y)
			}
		}
		out = append(out, w)
	}
	return out
}

// PublishedFrom gives the latest day that the text names with its weekday and
// that agrees with the year: the earliest day on which the article can have
// been written. Zero when no such day agrees.
func PublishedFrom(doc *casus.Document, year int) casus.Date {
	var last casus.Date
	for _, w := range YearsByWeekday(doc) {
		d := casus.Date{Year: int16(year), Month: uint8(w.Month), Day: uint8(w.Day)}
		if exists(d) && d.Weekday() == w.Weekday && last.Before(d) {
			last = d
		}
	}
	return last
}
