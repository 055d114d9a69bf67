package pipeline

import (
	"casus"
	"casus/internal/annotate/actor"
	"casus/internal/annotate/timex"
)

// latestYear is the last year that findPublished takes for a guess without
// office holders: the year of this version's tables. The clock is not asked,
// so that the same input gives the same output in any year.
const latestYear = 2026

// How the day of publication was found, as the JSON lines say it.
const (
	byWeekday = "weekday"             // of several years that fit the latest was taken
	byOffice  = "weekday and offices" // the office holders named in the text decide
)

// findPublished sets the day of publication of a document that does not say
// it, from dates whose weekday is named: "on Sunday, November 2" was a Sunday
// in 2025, 2014 and 2008, and of these years only 2025 has the office holders
// that the text names. Where no weekday is named, or the dates fit no year,
// Published stays unset.
func (p *Pipeline) findPublished(doc *casus.Document) error {
	if !doc.Published.IsZero() {
		return nil
	}
	dated := timex.YearsByWeekday(doc)
	if len(dated) == 0 {
		return nil
	}
	year, reason := chooseYear(dated, p.actors.YearsByOffice(doc))
	if year == 0 {
		return nil
	}
	if d := timex.PublishedFrom(doc, year); !d.IsZero() {
		doc.Published, doc.PublishedReason = d, reason
	}
	return nil
}

// chooseYear gives the year that most dates fit, of those the one in which most
// of the offices were held so, of those the latest. 0 without any.
func chooseYear(dated []timex.WeekdayYear, offices []actor.OfficeYears) (year int, reason string) {
	fits, held := map[int]int{}, map[int]int{}
	for _, w := range dated {
		for _, y := range w.Years {
			fits[y]++
		}
	}
	for _, o := range offices {
		for _, y := range o.Years {
			held[y]++
		}
	}
	for y := latestYear; y >= 1950; y-- {
		if fits[y] > fits[year] || fits[y] == fits[year] && held[y] > held[year] {
			year = y
		}
	}
	if fits[year] == 0 {
		return 0, ""
	}
	if held[year] > 0 {
		return year, byOffice
	}
	return year, byWeekday
}
