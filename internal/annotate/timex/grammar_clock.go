package timex

import "strings"

// clock matches a time of day with the date behind it: "10 p.m. Wednesday",
// "noon on Friday", "0600 GMT", "10:57".
func (g *grammar) clock(i int) expr {
	c := g.clockOnly(i)
	if !c.found() {
		j := i
		if _, ok := g.first(i, cThe); ok {
			j++
		}
		if v, ok := g.at(j).is(cDayPart); ok && v != 5 && v != 6 && (j == i || !g.at(j).para) {
			return g.partOf(j, v)
		}
		return expr{}
	}
	c.rule = "timex.clock"
	j := c.end
	if g.has(j, cOn) {
		j++
	}
	d := g.clockDate(j)
	if !d.found() && g.sign(j, ',') {
		d = g.clockDate(j + 1)
	}
	if !d.found() || d.clock {
		return c
	}
	d.clock, d.hour, d.min, d.sec, d.zone, d.rule = true, c.hour, c.min, c.sec, c.zone, "timex.clock-date"
	return d
}

// clockDate matches the day behind a time of day.
func (g *grammar) clockDate(j int) expr {
	if g.at(j).para {
		return expr{}
	}
	if v, ok := g.val(j, cDayRef); ok {
		return expr{kind: kDayRef, n: float64(v), end: j + 1}
	}
	d := g.date(j)
	if d.found() && (d.weekday > 0 || d.day > 0) {
		return d
	}
	return expr{}
}

// partOf matches "the morning of May 2"; other lone parts of the day are no
// dates ("in the morning").
func (g *grammar) partOf(i, v int) expr {
	if !g.has(i+1, cOf) {
		return expr{}
	}
	d := g.clockDate(i + 2)
	if d.found() && d.day > 0 {
		d.daypart, d.rule = dayParts[v], "timex.daypart-date"
		return d
	}
	return expr{}
}

// clockOnly matches the time of day alone.
func (g *grammar) clockOnly(i int) expr {
	a := g.at(i)
	e := expr{kind: kDate, clock: true, sec: -1, rule: "timex.clock"}
	if v, ok := a.is(cClockWord); ok {
		if v < 0 {
			return expr{}
		}
		e.hour, e.end = v/100, i+1
		return e
	}
	if a.kind != aNum || a.commas || a.decimal && a.digits > 2 || g.sign(i-1, ':') && !a.gap || g.sign(i-1, '$') {
		if v, ok := a.is(cNum); !ok || v < 1 || v > 12 {
			return expr{}
		}
		return g.wordHour(i, e)
	}
	b := g.at(i + 2)
	colon := g.sign(i+1, ':') && !g.at(i+1).gap && b.kind == aNum && !b.gap && b.digits == 2 && b.num < 60 && a.digits <= 2 && a.num < 25
	e.hour, e.end = int(a.num), i+1
	if colon {
		e.min, e.end = int(b.num), i+3
		if c := g.at(i + 4); g.sign(i+3, ':') && c.kind == aNum && c.digits == 2 && !c.gap {
			e.sec, e.end = int(c.num), i+5
		}
	}
	if end, add, ok := g.ampm(e.end); ok && e.hour <= 12 && e.hour > 0 {
		e.hour, e.end = e.hour%12+add, end
		return g.tailZone(e)
	}
	switch {
	case colon:
		if g.has(e.end, cHourMark) { // "05:30hrs"
			e.end++
		}
		return g.tailZone(e)
	case a.digits == 4 && a.num < 2400 && int(a.num)%100 < 60 && (g.has(i+1, cZone) && g.at(i+1).capital || g.has(i+1, cHourMark)):
		e.hour, e.min = int(a.num)/100, int(a.num)%100
		if g.has(i+1, cHourMark) {
			e.end++
			return e
		}
		return g.tailZone(e)
	}
	if h, end := g.hourInPart(i, int(a.num)); end > 0 && a.digits <= 2 {
		e.hour, e.end = h, end
		return e
	}
	return g.oclock(i, e)
}

// hourInPart reads the rest of "at 4 in the morning", "around nine in the
// evening", and gives the hour of the day and the end; 0 without. Only a
// preposition before makes the number an hour: "killed 4 in the morning".
func (g *grammar) hourInPart(i, hour int) (h, end int) {
	if hour < 1 || hour > 12 || !g.said(i-1, "at", "around", "about", "by", "until", "till", "before", "after", "since") {
		return 0, 0
	}
	if g.said(i+1, "at") && g.said(i+2, "night") {
		return (hour%12 + 12*b2i(hour > 5 && hour < 12)) % 24, i + 3
	}
	v, ok := g.val(i+3, cDayPart)
	if !ok || !g.has(i+1, cIn) || !g.has(i+2, cThe) {
		return 0, 0
	}
	switch dayParts[v] {
	case "MO":
		return hour % 12, i + 4
	case "AF", "EV":
		return hour%12 + 12, i + 4
	}
	return 0, 0
}

func (g *grammar) wordHour(i int, e expr) expr {
	v, _ := g.first(i, cNum)
	e.hour, e.end = v, i+1
	if end, add, ok := g.ampm(e.end); ok {
		e.hour, e.end = v%12+add, end
		return g.tailZone(e)
	}
	if h, end := g.hourInPart(i, v); end > 0 {
		e.hour, e.end = h, end
		return e
	}
	return g.oclock(i, e)
}

// oclock matches "ten o'clock".
func (g *grammar) oclock(i int, e expr) expr {
	if l, ok := g.val(i+1, cLetter); ok && l == 'o' && g.sign(i+2, '\'') && g.has(i+3, cClock) {
		e.end = i + 4
		return e
	}
	return expr{}
}

// ampm steps over "a.m.", "PM".
func (g *grammar) ampm(i int) (end, add int, ok bool) {
	if v, ok := g.val(i, cAmpm); ok {
		return i + 1, v, true
	}
	l, ok := g.val(i, cLetter)
	if !ok || l != 'a' && l != 'p' || !g.sign(i+1, '.') {
		return i, 0, false
	}
	if m, ok := g.val(i+2, cLetter); !ok || m != 'm' {
		return i, 0, false
	}
	end = i + 3
	if g.sign(end, '.') && !g.at(end).gap {
		end++
	}
	if l == 'p' {
		add = 12
	}
	return end, add, true
}

// tailZone steps over a zone: "GMT", "EST", "local time".
func (g *grammar) tailZone(e expr) expr {
	if g.has(e.end, cZone) && g.at(e.end).capital {
		if v, _ := g.val(e.end, cZone); v == 1 {
			e.zone = "Z" // other offsets are not part of the value
		}
		e.end++
	}
	return e
}

// ref matches what points to the present, past or future as such.
func (g *grammar) ref(i int) expr {
	a := g.at(i)
	switch {
	case is(a, cDayRef), is(a, cTonight):
		return g.dayRef(i)
	case is(a, cRight) && g.has(i+1, cNow):
		return expr{kind: kRef, value: "PRESENT_REF", end: i + 2, rule: "timex.present"}
	case is(a, cThese) && g.isUnits(i+1, uDay):
		return expr{kind: kRef, value: "PRESENT_REF", end: i + 2, rule: "timex.present"}
	case is(a, cNow):
		return expr{kind: kRef, value: "PRESENT_REF", end: i + 1, rule: "timex.present"}
	case is(a, cPresentRef), is(a, cPresentAdj):
		return expr{kind: kRef, value: "PRESENT_REF", end: i + 1, rule: "timex.present"}
	case is(a, cPastRef):
		return expr{kind: kRef, value: "PAST_REF", end: i + 1, rule: "timex.past"}
	case is(a, cFormer):
		return expr{kind: kRef, value: "PAST_REF", end: i + 1, rule: "timex.former"}
	case is(a, cThe):
		return g.theRef(i)
	}
	return expr{}
}

func (g *grammar) isUnits(i int, u unit) bool {
	v, ok := g.val(i, cUnits)
	return ok && unit(v) == u
}

func is(a *atom, c class) bool { _, ok := a.is(c); return ok }

// theRef matches "the past", "the future", "the present" as nouns.
func (g *grammar) theRef(i int) expr {
	closed := g.at(i+2).kind == aSign || g.at(i+2).para || g.has(i+2, cIn) || g.has(i+2, cAnd) || g.has(i+2, cTo) || g.has(i+2, cOf) || g.has(i+2, cOr) || g.has(i+2, cIt)
	switch {
	case g.has(i+1, cPast) && (g.has(i-1, cIn) || g.has(i-1, cOf)) && closed:
		return expr{kind: kRef, value: "PAST_REF", end: i + 2, rule: "timex.past"}
	case g.has(i+1, cNear) && g.has(i+2, cFuture):
		return expr{kind: kRef, value: "FUTURE_REF", end: i + 3, rule: "timex.future"}
	case g.has(i+1, cFuture):
		return expr{kind: kRef, value: "FUTURE_REF", end: i + 2, rule: "timex.future"}
	case g.has(i+1, cPresentNoun) && closed && g.has(i-1, cIn):
		return expr{kind: kRef, value: "PRESENT_REF", end: i + 2, rule: "timex.present"}
	}
	return expr{}
}

// allCaps reports a word of two capital letters or more.
func allCaps(text string, a *atom) bool {
	if a.kind != aWord || a.end-a.start < 2 {
		return false
	}
	w := text[a.start:a.end]
	return strings.ToUpper(w) == w
}

func (g *grammar) dayRef(i int) expr {
	a := g.at(i)
	if a.capital && !a.para && allCaps(g.text, g.at(i-1)) && !allCaps(g.text, a) {
		return expr{} // "USA Today"
	}
	if v, ok := a.is(cTonight); ok { // "overnight" is the night before
		return expr{kind: kDayRef, n: float64(v), daypart: "NI", end: i + 1, rule: "timex.day"}
	}
	v, _ := a.is(cDayRef)
	return g.withPart(expr{kind: kDayRef, n: float64(v), end: i + 1, rule: "timex.day"})
}
