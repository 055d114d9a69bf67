package timex

import (
	"fmt"
	"strconv"

	"casus"
)

// relative resolves "last week", "that year", "the following month".
func (c *context) relative(e *expr) resolved {
	ref, step := c.now(), 0
	switch e.rel {
	case rLast:
		step = -1
	case rNext:
		step = 1
	case rThat:
		ref = c.told()
	case rPrev:
		ref, step = c.told(), -1
	case rFollow:
		ref, step = c.told(), 1
	}
	if c.bc && c.narrative && e.unit == uYear {
		b := expr{year: int(c.anchor.Year) - step}
		return bcDate(&b)
	}
	if c.bc && c.narrative {
		r := bcDate(&expr{year: int(c.anchor.Year)})
		r.value, r.date = r.value+"-XX", casus.Date{}
		return r
	}
	if ref.IsZero() {
		return resolved{value: "XXXX", typ: casus.TimeDATE}
	}
	if e.daypart != "" {
		if ref.Day == 0 {
			return unknownDate(e)
		}
		return finish(e, ref.AddDays(step), "")
	}
	return c.step(e, ref, step)
}

// step moves the reference by whole units and cuts it to the unit.
func (c *context) step(e *expr, ref casus.Date, n int) resolved {
	y := int(ref.Year)
	switch e.unit {
	case uYear:
		return finish(e, casus.Date{Year: int16(y + n)}, "")
	case uQuarter, uPeriod:
		return c.quarter(e, ref, n)
	case uMonth:
		if ref.Month == 0 {
			return resolved{value: ref.String() + "-XX", typ: casus.TimeDATE}
		}
		d := casus.NewDate(y, int(ref.Month)+n, 1)
		d.Day = 0
		return finish(e, d, "")
	case uDay:
		if ref.Day == 0 {
			return resolved{value: ref.String() + "-XX", typ: casus.TimeDATE}
		}
		return finish(e, ref.AddDays(n), "")
	case uWeek, uWeekend:
		if ref.Day == 0 {
			return resolved{value: ref.String()[:4] + "-WXX", typ: casus.TimeDATE}
		}
		if e.unit == uWeekend && e.rel == rBare && !c.narrative && isoWeekday(ref) < 5 {
			n-- // "over the weekend" in Monday's paper
		}
		return week(ref.AddDays(7*n), e.unit == uWeekend)
	case uDecade:
		return decade(&expr{year: (y/10 + n) * 10})
	case uCentury:
		return century(&expr{year: y/100 + n})
	}
	return resolved{value: "PXX", typ: casus.TimeDURATION}
}

func week(d casus.Date, end bool) resolved {
	y, w := d.Time().ISOWeek()
	v := fmt.Sprintf("%04d-W%02d", y, w)
	first := d.AddDays(1 - isoWeekday(d))
	if end {
		return resolved{value: v + "-WE", typ: casus.TimeDATE, gran: casus.Day,
			iv: casus.Interval{Start: first.AddDays(5), End: first.AddDays(6)}, date: first.AddDays(5)}
	}
	return resolved{value: v, typ: casus.TimeDATE, gran: casus.Week, iv: casus.Interval{Start: first, End: first.AddDays(6)}}
}

// quarter resolves "the quarter", "last quarter": the quarter told last when
// there is one, else the one in which the reference lies.
func (c *context) quarter(e *expr, ref casus.Date, n int) resolved {
	q, y := 0, int(ref.Year)
	switch {
	case len(c.part) == 2 && c.part[0] == 'Q' && e.rel != rLast && e.rel != rNext && e.rel != rThis:
		part, year := c.quarterTold()
		q, y = int(part[1]-'1'), int(year)
	case c.report != "" && e.rel != rLast && e.rel != rNext && (e.rel != rThis || e.unit == uPeriod) && !c.narrative:
		q, y = int(c.report[1]-'1'), int(c.reportYear)
	case ref.Month > 0:
		q = int(ref.Month-1) / 3
		if e.rel == rBare || e.rel == rThat || e.unit == uPeriod {
			n-- // firms report on the quarter that is over
		}
	default:
		return resolved{value: ref.String() + "-QX", typ: casus.TimeDATE}
	}
	t := y*4 + q + n
	return partValue(int16(t/4), "Q"+strconv.Itoa(t%4+1))
}

// shift resolves "two weeks ago", "ten days later". The answer is as fine as
// the unit; a year before a quarter is the same quarter ("earnings fell from a
// year earlier").
func (c *context) shift(e *expr) resolved {
	n := e.n
	ref := c.told()
	switch e.rel {
	case rAgo:
		ref, n = c.now(), -n
	case rEarlier:
		n = -n
		short := (e.unit == uDay || e.unit == uWeek) && ref.Day > 0 // "on April 3 ... two weeks earlier"
		if !c.narrative && len(c.part) != 2 && !short {
			ref = c.published
		}
	}
	if subDay := e.unit >= uSecond && e.unit <= uHour; subDay && (e.rel == rLater || e.rel == rEarlier) {
		// "half an hour later": no clock was told to count from, the length is
		// all that is known, and that it was on that day or about it.
		return resolved{value: period(e), typ: casus.TimeDURATION}
	}
	if e.vague || ref.IsZero() {
		if e.rel == rLater {
			return resolved{value: "FUTURE_REF", typ: casus.TimeDATE}
		}
		return resolved{value: "PAST_REF", typ: casus.TimeDATE}
	}
	if c.bc && c.narrative && e.unit == uYear {
		return bcDate(&expr{year: int(c.anchor.Year) - int(n)})
	}
	if e.part != "" { // "the year-ago third quarter"
		return partValue(ref.Year-1, e.part)
	}
	if e.unit == uYear && n == -1 && len(c.part) == 2 && c.part[0] == 'Q' && !c.narrative {
		part, year := c.quarterTold()
		r := partValue(year-1, part)
		r.date, r.part = casus.Date{}, ""
		return r
	}
	return c.shiftUnits(e, ref, n)
}

// quarterTold gives the last quarter told, or the one that the document reports on
// where the last is not over yet: "a fourth-quarter charge is expected. Earnings
// fell in the latest quarter".
func (c *context) quarterTold() (part string, year int16) {
	if !c.over(c.part, c.partYear) && c.over(c.report, c.reportYear) {
		return c.report, c.reportYear
	}
	return c.part, c.partYear
}

// over reports a quarter that has ended on the day of publication.
func (c *context) over(part string, year int16) bool {
	first, n := partMonths(part)
	return part != "" && !c.published.Before(casus.NewDate(int(year), first+n, 1))
}

func (c *context) shiftUnits(e *expr, ref casus.Date, n float64) resolved {
	whole := n == float64(int(n))
	k := int(n)
	switch e.unit {
	case uYear:
		if !whole {
			return finish(e, casus.Date{Year: ref.Year + int16(k)}, "")
		}
		return finish(e, casus.Date{Year: ref.Year + int16(k)}, "")
	case uMonth:
		if ref.Month == 0 {
			break
		}
		d := casus.NewDate(int(ref.Year), int(ref.Month)+k, 1)
		d.Day = 0
		return finish(e, d, "")
	case uWeek, uFortnight:
		if ref.Day == 0 {
			break
		}
		return week(ref.AddDays(int(7*n)*int(1+b2i(e.unit == uFortnight))), false)
	case uDay:
		if ref.Day == 0 {
			break
		}
		return finish(e, ref.AddDays(k), "")
	case uDecade:
		return decade(&expr{year: (int(ref.Year)/10 + k) * 10})
	case uCentury:
		return century(&expr{year: int(ref.Year)/100 + k})
	case uHour, uMinute, uSecond:
		if ref.Day > 0 {
			return resolved{value: ref.String() + "TXX", typ: casus.TimeTIME, iv: casus.Interval{Start: ref, End: ref}, gran: casus.Day}
		}
	}
	return resolved{value: ref.String() + "-XX", typ: casus.TimeDATE}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

var unitLetters = [...]string{"", "S", "M", "H", "D", "W", "M", "Q", "Y", "DE", "CE", "ML", "WE", "W", "M", "X"}

// duration writes the length: P3D, PT2H, PXW.
func (c *context) duration(e *expr) resolved {
	r := resolved{typ: casus.TimeDURATION, value: period(e)}
	return r
}

func period(e *expr) string {
	p, n := "P", e.n
	if e.unit >= uSecond && e.unit <= uHour {
		p = "PT"
	}
	if e.daypart != "" {
		return "P" + count2(e) + e.daypart
	}
	letter := unitLetters[e.unit]
	if e.unit == uFortnight {
		n *= 2
	}
	if e.vague {
		return p + "X" + letter
	}
	if e.unit == uDecade { // "two decades" are 20 years
		return p + strconv.Itoa(int(10*n)) + "Y"
	}
	if n == float64(int(n)) {
		return p + strconv.Itoa(int(n)) + letter
	}
	if sub := subPeriod(e.unit, n); sub != "" {
		return p + sub
	}
	return p + strconv.FormatFloat(n, 'f', -1, 64) + letter
}

func count2(e *expr) string {
	if e.vague {
		return "X"
	}
	return strconv.FormatFloat(e.n, 'f', -1, 64)
}

// subPeriod writes halves in the next smaller unit: two and a half years are
// 2Y6M, a minute and a half 1M30S.
func subPeriod(u unit, n float64) string {
	k := int(n)
	if n-float64(k) != 0.5 {
		return ""
	}
	whole := func(letter string) string {
		if k == 0 {
			return ""
		}
		return strconv.Itoa(k) + letter
	}
	switch u {
	case uYear:
		return whole("Y") + "6M"
	case uHour:
		return whole("H") + "30M"
	case uMinute:
		return whole("M") + "30S"
	}
	return ""
}

// set writes what repeats: P1D for every day, XXXX-WXX-4 for each Thursday.
func set(e *expr) resolved {
	r := resolved{typ: casus.TimeSET}
	switch {
	case e.weekday > 0:
		r.value = "XXXX-WXX-" + strconv.Itoa(e.weekday)
		if e.daypart != "" {
			r.value += "T" + e.daypart
		}
	case e.month > 0:
		r.value = "XXXX-" + two(e.month)
	case e.part != "":
		r.value = "XXXX-" + e.part
	case e.daypart != "":
		r.value = "XXXX-XX-XXT" + e.daypart
	default:
		r.value = period(e)
	}
	return r
}
