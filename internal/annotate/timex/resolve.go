package timex

import (
	"strconv"
	"time"

	"casus"
)

// context is what relative expressions are resolved against while a document
// is read from its beginning.
type context struct {
	published  casus.Date
	narrative  bool
	anchor     casus.Date // the last date told, as finely as it was told
	part       string     // the last quarter or season told; "" after another kind of date
	partYear   int16      // the year of part
	report     string     // the first quarter told: what the document reports on
	reportYear int16
	bc         bool // the anchor's year counts before our era
	era        bool // the anchor's year is known to be BC
	sure       bool // the past around the expression is certain
}

// now is the day against which "last week" counts.
func (c *context) now() casus.Date {
	if c.narrative && !c.anchor.IsZero() {
		return c.anchor
	}
	return c.published
}

// told is the date against which "the next day" counts.
func (c *context) told() casus.Date {
	if !c.anchor.IsZero() {
		return c.anchor
	}
	return c.published
}

// direction is the side of the reference on which a date is looked for.
type direction int8

const (
	dirPast    direction = -1
	dirUnknown direction = 0
	dirFuture  direction = 1
)

// resolved is a value with the stretch of the calendar it covers.
type resolved struct {
	value string
	typ   casus.TimeType
	iv    casus.Interval
	gran  casus.Granularity
	date  casus.Date // the new anchor; zero to keep the old one
	part  string
	rule  string // replaces the rule when set
}

// resolve gives the value of an expression.
func (c *context) resolve(e *expr, dir direction) resolved {
	switch e.kind {
	case kDate:
		return c.date(e, dir)
	case kPart:
		return c.partOfYear(e, dir)
	case kDecade:
		return decade(e)
	case kCentury:
		return century(e)
	case kRelative:
		return c.relative(e)
	case kShift:
		return c.shift(e)
	case kDayRef:
		return c.dayRef(e)
	case kHoliday:
		return c.holiday(e, dir)
	case kRef:
		if (e.rule == "timex.former") != c.narrative && e.rule == "timex.former" {
			return resolved{}
		}
		return resolved{value: e.value, typ: casus.TimeDATE}
	case kDuration:
		return c.duration(e)
	case kSet:
		return set(e)
	}
	return resolved{}
}

func (c *context) date(e *expr, dir direction) resolved {
	if e.bc {
		return bcDate(e)
	}
	rule := ""
	d := casus.Date{Year: int16(e.year), Month: uint8(e.month), Day: uint8(e.day)}
	switch {
	case e.value == "period" && len(c.part) == 2:
		return partValue(d.Year, c.part)
	case e.clock && e.month == 0 && e.weekday == 0 && e.year == 0:
		d = c.told()
		if d.Day == 0 {
			d = casus.Date{}
		}
	case e.value == "short":
		d.Year = int16(c.shortYear(e.year % 100))
	case e.yearRel != rNone:
		d.Year = c.relYear(e.yearRel)
	case e.year == 0 && e.month > 0:
		d.Year = c.yearFor(e, dir)
	case e.month == 0 && e.weekday > 0:
		d = c.weekday(e, dir)
	}
	if c.bc && c.era && e.year == 0 && e.month > 0 && c.narrative {
		e2 := *e
		e2.year, e2.bc = int(c.anchor.Year), true
		return bcDate(&e2)
	}
	if d.Year == 0 {
		return unknownDate(e)
	}
	if d.Day > 0 && !exists(d) {
		return resolved{value: d.String(), typ: casus.TimeDATE, rule: "timex.no-such-day"}
	}
	if e.weekday > 0 && d.Day > 0 && isoWeekday(d) != e.weekday {
		rule = "timex.weekday-contradicts"
	}
	return finish(e, d, rule)
}

// finish gives a date its time of day.
func finish(e *expr, d casus.Date, rule string) resolved {
	r := resolved{value: d.String(), typ: casus.TimeDATE, iv: whole(d), gran: granularity(d), date: d, rule: rule}
	if d.Day == 0 {
		return r
	}
	if e.clock || e.daypart != "" {
		r.typ, r.value = casus.TimeTIME, r.value+clockValue(e)
	}
	if e.clock {
		r.gran = casus.Hour
	}
	return r
}

func clockValue(e *expr) string {
	if !e.clock {
		return "T" + e.daypart
	}
	v := "T" + two(e.hour) + ":" + two(e.min)
	if e.sec >= 0 {
		v += ":" + two(e.sec)
	}
	return v + e.zone
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// unknownDate writes what is known with X for the rest: XXXX-05-02.
func unknownDate(e *expr) resolved {
	r := resolved{typ: casus.TimeDATE, value: "XXXX-XX-XX"}
	if e.weekday > 0 && e.month == 0 {
		r.value = "XXXX-WXX-" + strconv.Itoa(e.weekday)
	}
	if e.month > 0 {
		r.value = "XXXX-" + two(e.month)
		if e.day > 0 {
			r.value += "-" + two(e.day)
		}
	}
	if e.clock || e.daypart != "" {
		r.typ, r.value = casus.TimeTIME, r.value+clockValue(e)
	}
	return r
}

// bcDate writes years before our era as the WikiWars guidelines do: BC0218. The
// calendar of that time is not ours, so there is no interval.
func bcDate(e *expr) resolved {
	v := strconv.Itoa(e.year)
	for len(v) < 4 {
		v = "0" + v
	}
	v = "BC" + v
	g := casus.Year
	if e.month > 0 {
		v, g = v+"-"+two(e.month), casus.Month
	}
	if e.day > 0 {
		v, g = v+"-"+two(e.day), casus.Day
	}
	return resolved{value: v, typ: casus.TimeDATE, gran: g, date: casus.Date{Year: int16(e.year), Month: uint8(e.month), Day: uint8(e.day)}, part: "BC"}
}

// shortYear gives the full year of two figures: the last such year that is not
// after the time told.
func (c *context) shortYear(n int) int {
	ref := int(c.told().Year)
	if ref == 0 {
		ref = 1999
	}
	y := ref/100*100 + n
	if y > ref+10 {
		y -= 100
	}
	return y
}

func (c *context) relYear(r relation) int16 {
	now, told := c.now().Year, c.told().Year
	switch r {
	case rLast:
		return now - 1
	case rNext:
		return now + 1
	case rThis:
		return now
	case rPrev:
		return told - 1
	case rFollow:
		return told + 1
	}
	return told
}

// yearFor finds the year of a month, or of a day of a month, told without one.
func (c *context) yearFor(e *expr, dir direction) int16 {
	ref := c.now()
	if ref.IsZero() {
		return 0
	}
	if c.narrative {
		return c.yearTold(e, ref)
	}
	d := casus.Date{Year: ref.Year, Month: uint8(e.month), Day: uint8(e.day)}
	if e.weekday > 0 && e.day > 0 {
		if y := nearestYear(e, ref); y != 0 {
			return y
		}
	}
	switch e.rel {
	case rLast, rPrev:
		dir = dirPast
		if e.rel == rLast && d.Month == ref.Month && d.Day == 0 {
			return ref.Year - 1
		}
	case rNext, rFollow:
		dir = dirFuture
		if d.Month == ref.Month && d.Day == 0 {
			return ref.Year + 1
		}
	case rThis:
		return ref.Year
	}
	if e.rel != rNone && e.rel != rThat {
		return hardYear(d, ref, dir)
	}
	return sideYear(d, ref, dir, c.sure)
}

// hardYear puts a month strictly on one side: "last May".
func hardYear(d, ref casus.Date, dir direction) int16 {
	switch {
	case dir == dirPast && d.Month > ref.Month:
		return ref.Year - 1
	case dir == dirFuture && d.Month < ref.Month:
		return ref.Year + 1
	}
	return ref.Year
}

// sideYear puts a month or day on the side of ref that dir asks for, if that is
// not much further away; without a side it takes the nearest. A sure past lies
// in no later month than ref.
func sideYear(d, ref casus.Date, dir direction, sure bool) int16 {
	diff := int(d.Month) - int(ref.Month)
	past, future := 6, -looseMonths
	switch dir {
	case dirPast:
		past, future = sureMonths, -12
		if sure {
			past = 0
		}
	case dirFuture:
		past, future = 12, -sureMonths
	}
	switch {
	case diff > past:
		return ref.Year - 1
	case diff < future:
		return ref.Year + 1
	}
	return ref.Year
}

// sureMonths is how near a month must lie to outweigh the tense around it: in
// October "declared a dividend payable in December" is this year's December.
const (
	sureMonths  = 3
	looseMonths = 9
)

// nearestYear gives the year nearest to the reference in which weekday and day
// agree; 0 when none does within six years.
func nearestYear(e *expr, ref casus.Date) int16 {
	for _, k := range [...]int16{0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6} {
		d := casus.Date{Year: ref.Year + k, Month: uint8(e.month), Day: uint8(e.day)}
		if exists(d) && isoWeekday(d) == e.weekday && days(d, ref) < 400 {
			return d.Year
		}
	}
	return 0
}

func days(a, b casus.Date) int {
	n := int(a.Time().Sub(b.Time()).Hours() / 24)
	if n < 0 {
		return -n
	}
	return n
}

// yearTold finds the year inside a narrative, which mostly goes forward: after
// "in December 1942", "January" is the next one.
func (c *context) yearTold(e *expr, ref casus.Date) int16 {
	y := ref.Year
	switch e.rel {
	case rPrev, rLast:
		if ref.Month == 0 || uint8(e.month) >= ref.Month {
			y--
		}
	case rFollow, rNext:
		if ref.Month != 0 && uint8(e.month) <= ref.Month {
			y++
		}
	case rNone:
		if ref.Month >= 11 && e.month <= 2 {
			y++
		}
	}
	return y
}

func (c *context) weekday(e *expr, dir direction) casus.Date {
	ref := c.now()
	if e.rel == rPrev || e.rel == rFollow || e.rel == rThat {
		ref = c.told()
	}
	if ref.Day == 0 {
		return casus.Date{}
	}
	diff := e.weekday - isoWeekday(ref) // -6..6
	switch e.rel {
	case rLast, rPrev:
		if diff >= 0 {
			diff -= 7
		}
	case rNext, rFollow:
		if diff <= 0 {
			diff += 7
		}
	case rThis:
		if diff < 0 && dir != dirPast {
			diff += 7
		}
	default:
		switch {
		case c.narrative && diff < 0:
			diff += 7
		case c.narrative:
		case dir == dirFuture && diff < 0:
			diff += 7
		case dir != dirFuture && diff > 0:
			diff -= 7
		}
	}
	return ref.AddDays(diff)
}

func isoWeekday(d casus.Date) int {
	if w := d.Weekday(); w != time.Sunday {
		return int(w)
	}
	return 7
}

func exists(d casus.Date) bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.AddDays(0) == d
}

// partOfYear resolves seasons, quarters and halves. A quarter told without a
// year is the last one begun: firms report on what is behind them.
func (c *context) partOfYear(e *expr, dir direction) resolved {
	if e.bc || c.bc && e.year == 0 && c.narrative {
		e2 := *e
		if e.year == 0 {
			e2.year = int(c.anchor.Year)
		}
		r := bcDate(&e2)
		r.value += "-" + e.part
		return r
	}
	y := int16(e.year)
	ref := c.now()
	switch {
	case y != 0:
	case e.yearRel != rNone:
		y = c.relYear(e.yearRel)
	case ref.IsZero():
		return resolved{value: "XXXX-" + e.part, typ: casus.TimeDATE}
	default:
		y = ref.Year
		if first, _ := partMonths(e.part); ref.Month > 0 && !c.narrative {
			y = partYear(e, ref, first, dir)
		} else if c.narrative && e.rel == rPrev || e.rel == rLast {
			y--
		} else if c.narrative && e.rel == rFollow {
			y++
		}
	}
	return partValue(y, e.part)
}

func partYear(e *expr, ref casus.Date, first int, dir direction) int16 {
	m := int(ref.Month)
	switch {
	case e.rel == rLast || e.rel == rPrev:
		if m < first+3 || e.part == "WI" {
			return ref.Year - 1
		}
	case e.rel == rNext || e.rel == rFollow:
		if m >= first {
			return ref.Year + 1
		}
	case e.rel == rThis:
	case dir == dirPast && (m < first || e.mod == modEnd && e.part[0] != 'Q' && m < first+2): // in October, "in late autumn it had been open" is last year's
		return ref.Year - 1
	case dir == dirFuture && e.part[0] == 'S' && m >= first+3:
		return ref.Year + 1
	case dir != dirFuture && e.part[0] != 'S' && e.part[0] != 'F' && m < first:
		return ref.Year - 1
	}
	return ref.Year
}

func partValue(y int16, part string) resolved {
	first, n := partMonths(part)
	iv := casus.Interval{Start: casus.NewDate(int(y), first, 1), End: casus.NewDate(int(y), first+n, 0)}
	gran := casus.Season
	return resolved{value: casus.Date{Year: y}.String() + "-" + part, typ: casus.TimeDATE, iv: iv, gran: gran,
		date: casus.Date{Year: y}, part: part}
}

// partMonths gives the first month and the number of months of a part of the
// year; seasons are those of the northern hemisphere, winter beginning in
// December of its year.
func partMonths(part string) (first, n int) {
	switch part {
	case "Q1":
		return 1, 3
	case "Q2":
		return 4, 3
	case "Q3":
		return 7, 3
	case "Q4":
		return 10, 3
	case "H1":
		return 1, 6
	case "H2":
		return 7, 6
	case "SP":
		return 3, 3
	case "SU":
		return 6, 3
	case "FA":
		return 9, 3
	}
	return 12, 3
}

func decade(e *expr) resolved {
	v := strconv.Itoa(e.year / 10)
	r := resolved{value: v, typ: casus.TimeDATE, gran: casus.Decade}
	if e.bc {
		for len(r.value) < 3 {
			r.value = "0" + r.value
		}
		r.value = "BC" + r.value
		return r
	}
	r.iv = casus.Interval{Start: casus.NewDate(e.year, 1, 1), End: casus.NewDate(e.year+9, 12, 31)}
	return r
}

func century(e *expr) resolved {
	r := resolved{value: two(e.year), typ: casus.TimeDATE, gran: casus.Century}
	if e.bc {
		r.value = "BC" + r.value
		return r
	}
	r.iv = casus.Interval{Start: casus.NewDate(e.year*100+1, 1, 1), End: casus.NewDate(e.year*100+100, 12, 31)}
	return r
}

func (c *context) dayRef(e *expr) resolved {
	if c.narrative && !c.published.IsZero() && e.n == 0 && e.daypart == "" && !e.clock {
		return resolved{value: "PRESENT_REF", typ: casus.TimeDATE} // "today the fort is a museum"
	}
	ref := c.now()
	if ref.Day == 0 {
		ref = c.published
	}
	if ref.IsZero() {
		return unknownDate(e)
	}
	return finish(e, ref.AddDays(int(e.n)), "")
}

func (c *context) holiday(e *expr, dir direction) resolved {
	h := *e
	h.kind = kDate
	if e.n < 0 { // the fourth Thursday of November
		h.month = 11
		y := int16(e.year)
		if y == 0 {
			y = c.yearFor(&h, dir)
		}
		d := casus.NewDate(int(y), 11, 1)
		return finish(e, d.AddDays((4-isoWeekday(d)+7)%7+21), "")
	}
	h.month, h.day = int(e.n)/100, int(e.n)%100
	return c.date(&h, dir)
}
