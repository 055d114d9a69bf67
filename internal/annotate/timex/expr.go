package timex

// kind says what sort of expression was matched, which is how it is resolved.
type kind uint8

const (
	kNone     kind = iota
	kDate          // year, month, day, weekday: whatever is known
	kPart          // a season, quarter or half, with or without a year
	kDecade        // the 1990s
	kCentury       // the 19th century
	kRelative      // last week, that year, the quarter
	kShift         // two weeks ago, ten days later
	kDayRef        // yesterday
	kRef           // now, recently, in the future: value is fixed
	kDuration      // three days
	kSet           // every Monday, daily
	kHoliday       // Christmas Day
)

// unit is a stretch of the calendar or the clock, in the order of the table.
type unit uint8

const (
	uNone unit = iota
	uSecond
	uMinute
	uHour
	uDay
	uWeek
	uMonth
	uQuarter
	uYear
	uDecade
	uCentury
	uMillennium
	uWeekend
	uFortnight
	uSemester
	uPeriod // "the latest period": what the context counts in
)

// relation places a relative expression against its reference time.
type relation uint8

const (
	rNone   relation = iota
	rLast            // against now: last week
	rNext            // against now
	rThis            // this week, the current quarter
	rThat            // against the last time told: that year, the same day
	rPrev            // the previous year, a year earlier
	rFollow          // the following year, a year later
	rBare            // the year
	rAgo
	rLater
	rEarlier
	rHence // in two weeks
)

// The modifiers of TIMEX3.
const (
	modStart  = "START"
	modMid    = "MID"
	modEnd    = "END"
	modApprox = "APPROX"
	modLess   = "LESS_THAN"
	modMore   = "MORE_THAN"
	modAtMost = "EQUAL_OR_LESS"
	modAtLeas = "EQUAL_OR_MORE"
)

// expr is a matched expression before it is resolved. Atoms [first, end).
type expr struct {
	first, end int
	kind       kind
	bc         bool
	year       int
	month, day int
	weekday    int    // 1 Monday .. 7 Sunday
	part       string // SP SU FA WI Q1..Q4 H1 H2
	unit       unit
	rel        relation
	n          float64
	vague      bool // several days: n is not known
	plural     bool // the unit stands in the plural
	clock      bool
	hour, min  int
	sec        int // -1 without
	zone       string
	daypart    string // MO AF EV NI DT
	mod        string
	value      string // fixed value
	yearRel    relation
	rule       string
}

func (e *expr) found() bool { return e.kind != kNone }

// longer gives the expression that reaches further; the first on a tie.
func longer(a, b expr) expr {
	if !a.found() || b.found() && b.end > a.end {
		return b
	}
	return a
}

var dayParts = [...]string{"", "MO", "AF", "EV", "NI", "DT", "MI", "", ""}
var seasonParts = [...]string{"", "SP", "SU", "FA", "WI"}
