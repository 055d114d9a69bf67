package timex

// date matches what names a point of the calendar by its own numbers and
// names: "Sunday, November 2", "2 Nov 2025", "2025-11-02", "1776", "218 BC".
func (g *grammar) date(i int) expr {
	best := g.weekday(i)
	best = longer(best, g.monthFirst(i))
	best = longer(best, g.dayFirst(i))
	best = longer(best, g.numeric(i))
	best = longer(best, g.yearAlone(i))
	return longer(best, g.holiday(i))
}

// month gives the number of the month named at i and the atom behind it
// ("Sept." takes its dot).
func (g *grammar) month(i int) (m, end int) {
	a := g.at(i)
	if !a.capital {
		return 0, i
	}
	if v, ok := a.is(cMonth); ok {
		return v, i + 1
	}
	if v, ok := a.is(cMonthAbbr); ok {
		if g.sign(i+1, '.') && !g.at(i+1).gap {
			return v, i + 2
		}
		return v, i + 1
	}
	return 0, i
}

// dayNumber reads the day of a month at i: "2", "2nd", "second", "twenty-first".
func (g *grammar) dayNumber(i int) (day, end int) {
	a := g.at(i)
	if a.kind == aNum {
		if a.commas || a.decimal || a.digits > 2 || a.num < 1 || a.num > 31 {
			return 0, i
		}
		end = i + 1
		if b := g.at(end); !b.gap && b.kind == aWord {
			if !g.has(end, cOrdSuffix) {
				return 0, i
			}
			end++
		}
		return int(a.num), end
	}
	return g.ordinal(i, 31)
}

// ordinal reads an ordinal in words or figures: "third", "twenty-first", "19th".
func (g *grammar) ordinal(i, most int) (n, end int) {
	a := g.at(i)
	if a.kind == aNum {
		if b := g.at(i + 1); !a.decimal && !a.commas && !b.gap && g.has(i+1, cOrdSuffix) && int(a.num) <= most {
			return int(a.num), i + 2
		}
		return 0, i
	}
	if v, ok := a.is(cOrd); ok {
		return v, i + 1
	}
	if v, ok := a.is(cNum); ok && v >= 20 && v%10 == 0 {
		if w, ok := g.val(g.hyphen(i+1), cOrd); ok && w < 10 && v+w <= most {
			return v + w, g.hyphen(i+1) + 1
		}
	}
	return 0, i
}

// year reads a year at i in any spelling; ok is false for numbers that only a
// context makes years.
func (g *grammar) year(i int) (year, end int, ok bool) {
	a := g.at(i)
	if a.kind == aNum {
		if a.digits != 4 || a.commas || a.decimal || a.num < 1000 || a.num >= 2200 {
			return 0, i, false
		}
		if b := g.at(i + 1); !b.gap && (b.kind == aWord && !b.para || b.kind == aSign && b.sign == '%') {
			return 0, i, false
		}
		return int(a.num), i + 1, true
	}
	return g.yearWords(i)
}

// yearWords reads "nineteen ninety-six" and "two thousand and five".
func (g *grammar) yearWords(i int) (year, end int, ok bool) {
	v, isNum := g.first(i, cNum)
	if !isNum {
		return 0, i, false
	}
	if s, scaled := g.val(i+1, cScale); scaled && v == 2 && s == 1000 {
		j := g.skip(i+2, cAnd)
		if n, end := g.tens(j); n > 0 && n < 30 {
			return 2000 + n, end, true
		}
		return 0, i, false
	}
	if v < 15 || v > 20 {
		return 0, i, false
	}
	j := g.hyphen(i + 1)
	n, end := g.tens(j)
	if n < 10 {
		return 0, i, false
	}
	return v*100 + n, end, true
}

// tens reads 1 to 99 in words.
func (g *grammar) tens(i int) (n, end int) {
	v, ok := g.val(i, cNum)
	if !ok {
		return 0, i
	}
	if v >= 20 {
		if w, ok := g.val(g.hyphen(i+1), cNum); ok && w > 0 && w < 10 {
			return v + w, g.hyphen(i+1) + 1
		}
	}
	return v, i + 1
}

// era steps over "BC", "B.C.", "BCE", "AD".
func (g *grammar) era(i int) (end int, bc, found bool) {
	a := g.at(i)
	if !a.capital {
		return i, false, false
	}
	if g.has(i, cBC) {
		return i + 1, true, true
	}
	if g.has(i, cAD) {
		return i + 1, false, true
	}
	if l, ok := g.val(i, cLetter); ok && (l == 'b' || l == 'a') && g.sign(i+1, '.') {
		if m, ok := g.val(i+2, cLetter); ok && (l == 'b' && m == 'c' || l == 'a' && m == 'd') {
			end = i + 3
			if g.sign(end, '.') {
				end++
			}
			return end, l == 'b', true
		}
	}
	return i, false, false
}

// tailYear adds the year behind a month or a day: "2 May 1982", "May 2, 1982",
// "October of that year", "June last year".
func (g *grammar) tailYear(e expr) expr {
	j := g.comma(e.end)
	k := g.skip(j, cOf)
	if g.at(k).para {
		return e
	}
	if y, end, ok := g.year(k); ok && !(j > e.end && e.day == 0 && e.month == 0) {
		e.year, e.end = y, end
		if end2, bc, ok := g.era(end); ok {
			e.end, e.bc = end2, bc
		}
		return e
	}
	if a := g.at(k); a.kind == aNum && !a.commas && !a.decimal && a.digits <= 3 {
		if end, bc, ok := g.era(k + 1); ok {
			e.year, e.bc, e.end = int(a.num), bc, end
			return e
		}
	}
	if g.sign(k, '\'') && g.at(k+1).kind == aNum && g.at(k+1).digits == 2 && !g.at(k+1).gap {
		e.year, e.end = 1900+int(g.at(k+1).num), k+2
		return e
	}
	return g.tailRelYear(e, j, k)
}

func (g *grammar) tailRelYear(e expr, j, k int) expr {
	if j > e.end {
		return e
	}
	r := rNone
	the := g.skip(k, cThe)
	switch {
	case g.has(k, cLast):
		r = rLast
	case g.has(k, cNext):
		r = rNext
	case g.has(k, cThis):
		r = rThis
	case k > j && g.has(k, cThat), the > k && g.has(the, cSame):
		r = rThat
	case the > k && g.has(the, cPrevious):
		r = rPrev
	case the > k && g.has(the, cFollowing), the > k && g.has(the, cNext):
		r = rFollow
	}
	if u, ok := g.val(the+1, cUnit); r != rNone && ok && unit(u) == uYear && !g.sign(the+2, '\'') {
		e.yearRel, e.end = r, the+2
	}
	return e
}

// monthFirst matches "March", "March 12", "March 12th, 1999", "Jan. 2003". Bare
// "May" and "March" are also a verb, so they need a word before or behind that
// shows the month ("in May", "since March").
func (g *grammar) monthFirst(i int) expr {
	m, end := g.month(i)
	if m == 0 {
		return expr{}
	}
	e := expr{kind: kDate, month: m, end: end, rule: "timex.month"}
	j := g.skip(end, cThe)
	if d, dend := g.dayNumber(j); d > 0 && !g.at(j).para && !g.monthDayFails(j, dend) {
		e.day, e.end, e.rule = d, dend, "timex.month-day"
		e = g.tailYear(e)
		return g.withPart(g.rangeAfter(e, j, dend))
	}
	t := g.tailYear(e)
	if t.end > end {
		t.rule = "timex.month-year"
		return t
	}
	if _, abbr := g.first(i, cMonthAbbr); abbr && !g.at(end-1).isDot() && m != 5 {
		return expr{} // "Mar", "Dec" alone are names as often as months
	}
	if !g.monthLikely(i, m) {
		return expr{}
	}
	return e
}

func (a *atom) isDot() bool { return a.kind == aSign && a.sign == '.' }

// monthDayFails rejects "March 15 people" style counts and clock times.
func (g *grammar) monthDayFails(j, end int) bool {
	return g.sign(end, ':') && !g.at(end).gap && g.at(end+1).kind == aNum && !g.at(end+1).gap || g.at(j).kind == aWord && !g.has(j, cOrd) && end == j+1 ||
		g.has(end, cUnits) || g.sign(end, '%')
}

func (g *grammar) monthLikely(i, m int) bool {
	if m != 5 && m != 3 {
		return true
	}
	p := g.at(i - 1)
	if i == 0 || g.at(i).para || p.kind == aSign && p.sign != ',' && p.sign != '-' && p.sign != '(' {
		return false
	}
	for _, c := range [...]class{cIn, cOf, cLast, cNext, cThis, cEarly, cLate, cMid, cTo, cAnd, cOr, cEvery, cThe, cPrevious, cFollowing, cFor, cThat, cUp} {
		if _, ok := p.is(c); ok {
			return true
		}
	}
	return p.kind == aSign && (p.sign == '-' || p.sign == '(')
}

// rangeAfter prepares the second day of "April 6-7" and "May 5 to 9, 1918" and
// lends the year told there to the first.
func (g *grammar) rangeAfter(e expr, from, end int) expr {
	k := 0
	switch {
	case g.sign(end, '-'), g.has(end, cTo) && g.at(end).kind == aWord, g.has(end, cAnd):
		k = end + 1
	default:
		return e
	}
	if e.end != end || g.has(end, cAnd) && g.at(k).kind != aNum {
		return e
	}
	d, dend := g.dayNumber(k)
	if d == 0 || d <= e.day || g.at(k).kind != aNum {
		return e
	}
	if m, _ := g.month(dend); m != 0 || g.has(dend, cOf) || g.has(dend, cCounted) || g.has(dend, cUnits) || g.has(dend, cNum) ||
		g.has(dend, cScale) || g.sign(dend, ':') || g.sign(dend, '%') {
		return e
	}
	if g.has(end, cAnd) && !g.closes(dend) {
		return e
	}
	p := g.tailYear(expr{kind: kDate, month: e.month, day: d, end: dend, rule: "timex.range"})
	e.year, e.bc = p.year, p.bc
	g.pendingAt, g.pending = k, p
	return e
}

// closes reports that atom i cannot go on a number phrase: a sign, the end, a
// year or a small word.
func (g *grammar) closes(i int) bool {
	a := g.at(i)
	if a.para || a.kind == aSign {
		return true
	}
	_, _, year := g.year(i)
	return year || g.has(i, cIn) || g.has(i, cTo) || g.has(i, cOn) || g.has(i, cOf)
}

// dayFirst matches "2 Nov 2025", "the 2nd of November", "the 20 September", and
// the first day of "6-7 January 1916".
func (g *grammar) dayFirst(i int) expr {
	j := i
	if _, ok := g.first(i, cThe); ok {
		j++
	}
	d, end := g.dayNumber(j)
	if d == 0 || j > i && g.at(j).para {
		return expr{}
	}
	if j == i && (g.sign(i-1, '$') || g.sign(i-1, ',') && !g.at(i).gap) {
		return expr{}
	}
	k := g.skip(end, cOf)
	m, mend := g.month(k)
	if m != 0 && !g.at(k).para {
		if k > end && g.at(j).kind == aWord && j == i {
			return expr{}
		}
		if _, abbr := g.first(k, cMonthAbbr); abbr && g.at(j).kind == aWord {
			return expr{}
		}
		e := g.tailYear(expr{kind: kDate, day: d, month: m, end: mend, rule: "timex.day-month"})
		return g.withPart(e)
	}
	return g.rangeBefore(i, j, d, end)
}

// rangeBefore matches the "6" of "6-7 January 1916" and of "15 to 22 February".
func (g *grammar) rangeBefore(i, j, d, end int) expr {
	if g.at(j).kind != aNum || !(g.sign(end, '-') || g.has(end, cTo) || g.has(end, cAnd) || g.sign(end, '/') || g.has(end, cOr)) {
		return expr{}
	}
	d2, end2 := g.dayNumber(end + 1)
	if d2 <= d || g.at(end+1).kind != aNum {
		return expr{}
	}
	m, mend := g.month(g.skip(end2, cOf))
	if m == 0 {
		return expr{}
	}
	e := g.tailYear(expr{kind: kDate, day: d, month: m, end: mend})
	e.end, e.rule = end, "timex.range"
	return e
}

// numeric matches ISO dates and dates with slashes or dots. Of 3/4/2025 the
// month comes first unless it cannot (American use), with dots the day does.
func (g *grammar) numeric(i int) expr {
	a, b, c := g.at(i), g.at(i+2), g.at(i+4)
	sep := g.at(i + 1)
	if a.kind != aNum || b.kind != aNum || sep.kind != aSign || sep.gap || b.gap || a.commas || a.decimal || b.commas || b.decimal {
		return expr{}
	}
	third := c.kind == aNum && !c.gap && g.sign(i+3, sep.sign) && !g.at(i+3).gap && !c.commas && !c.decimal
	e := expr{kind: kDate, rule: "timex.iso"}
	x, y, z := int(a.num), int(b.num), int(c.num)
	switch {
	case sep.sign == '-' && a.digits == 4 && b.digits == 2 && third && c.digits == 2:
		e.year, e.month, e.day, e.end = x, y, z, i+5
	case sep.sign == '/' && a.digits == 4 && third && c.digits <= 2:
		e.year, e.month, e.day, e.end = x, y, z, i+5
	case sep.sign == '/' && third && (c.digits == 4 || c.digits == 2) && a.digits <= 2 && b.digits <= 2:
		e.month, e.day, e.year, e.end, e.rule = x, y, z, i+5, "timex.slashes"
		if x > 12 {
			e.month, e.day = y, x
		}
	case (sep.sign == '.' || sep.sign == '-') && third && c.digits == 4 && a.digits <= 2 && b.digits <= 2:
		e.day, e.month, e.year, e.end, e.rule = x, y, z, i+5, "timex.dots"
		if y > 12 {
			e.month, e.day = x, y
		}
	default:
		return expr{}
	}
	if e.year < 100 && c.digits == 2 && e.rule == "timex.slashes" {
		e.year += 1900
		if e.year < 1950 {
			e.year += 100
		}
	}
	if e.month < 1 || e.month > 12 || e.day < 1 || e.day > 31 {
		return expr{}
	}
	return e
}

// yearAlone matches a year without month. A number of four figures is a year
// unless something shows a count: "2000 people", "$1990", "than 1800".
func (g *grammar) yearAlone(i int) expr {
	j := i
	if _, ok := g.first(i, cThe); ok && (g.isWordYear(i + 1)) {
		j = i + 2
	} else if _, ok := g.first(i, cThe); ok && g.at(i+1).kind == aNum {
		if e := g.yearAlone(i + 1); e.found() && (e.kind == kPart || e.value == "period") {
			return e
		}
		return expr{}
	} else if l, ok := g.first(i, cAD); ok && l == 0 && g.at(i).capital && g.at(i+1).kind == aNum {
		a := g.at(i + 1)
		return expr{kind: kDate, year: int(a.num), end: i + 2, rule: "timex.year"}
	}
	if e := g.bcYear(j); e.found() {
		return e
	}
	if e := g.shortYear(i); e.found() {
		return e
	}
	y, end, ok := g.year(j)
	if !ok {
		if j > i { // "the year two thousand"
			if v, isNum := g.val(j, cNum); isNum && v == 2 && g.has(j+1, cScale) {
				return expr{kind: kDate, year: 2000, end: j + 2, rule: "timex.year"}
			}
		}
		return expr{}
	}
	if j == i && g.at(i).kind == aNum && !g.yearLikely(i, y) {
		return expr{}
	}
	e := expr{kind: kDate, year: y, end: end, rule: "timex.year"}
	if end2, bc, ok := g.era(end); ok {
		e.end, e.bc = end2, bc
	}
	g.yearRange(e)
	return g.yearPart(e)
}

// yearPart matches a part behind its year: "the 1988 second quarter", "1982
// summer", "the 1988 period" (as long as the one told before).
func (g *grammar) yearPart(e expr) expr {
	if v, ok := g.val(e.end, cSeason); ok {
		e.kind, e.part, e.rule, e.end = kPart, seasonParts[v], "timex.season", e.end+1
		return e
	}
	if p := g.part(e.end); p.found() && p.kind == kPart && p.year == 0 && p.yearRel == rNone && !g.at(e.end).para && !g.has(e.end, cThe) {
		p.year = e.year
		return p
	}
	u, isUnit := g.val(e.end, cUnit)
	if isUnit && unit(u) == uQuarter || g.has(e.end, cPeriod) {
		e.value, e.end, e.rule = "period", e.end+1, "timex.year-period"
	}
	return e
}

func (g *grammar) isWordYear(i int) bool {
	u, ok := g.val(i, cUnit)
	return ok && unit(u) == uYear
}

// bcYear matches "218 BC" and lends the era to the first of "499-493 BC".
func (g *grammar) bcYear(i int) expr {
	a := g.at(i)
	if a.kind != aNum || a.commas || a.decimal || a.digits > 4 {
		return expr{}
	}
	if end, bc, ok := g.era(i + 1); ok {
		return expr{kind: kDate, year: int(a.num), bc: bc, end: end, rule: "timex.year"}
	}
	if b := g.at(i + 2); (g.sign(i+1, '-') || g.has(i+1, cTo) || g.has(i+1, cAnd) || g.has(i+1, cOr)) && b.kind == aNum && !b.commas {
		if _, bc, ok := g.era(i + 3); ok && bc && a.num > b.num {
			return expr{kind: kDate, year: int(a.num), bc: true, end: i + 1, rule: "timex.year"}
		}
	}
	return expr{}
}

// shortYear matches "'89".
func (g *grammar) shortYear(i int) expr {
	a, b := g.at(i), g.at(i+1)
	if a.kind != aSign || a.sign != '\'' || b.kind != aNum || b.gap || b.digits != 2 || b.decimal || !a.gap {
		return expr{}
	}
	if c := g.at(i + 2); !c.gap && c.kind == aWord {
		return expr{}
	}
	return expr{kind: kDate, year: 1900 + int(b.num), end: i + 2, rule: "timex.year", value: "short"}
}

// yearRange prepares the second year of "1995-96" and "1915-17".
func (g *grammar) yearRange(e expr) {
	b := g.at(e.end + 1)
	if !g.glued(e.end) && !g.sign(e.end, '/') || b.kind != aNum || b.gap || b.digits != 2 || b.commas || b.decimal || e.bc {
		return
	}
	if g.sign(e.end+2, '-') || g.sign(e.end+2, '/') {
		return
	}
	y := e.year/100*100 + int(b.num)
	if y <= e.year {
		return
	}
	g.pendingAt = e.end + 1
	g.pending = expr{kind: kDate, year: y, end: e.end + 2, rule: "timex.range"}
}

func (g *grammar) yearLikely(i, y int) bool {
	p, n := g.at(i-1), g.at(i+1)
	if p.kind == aSign && (p.sign == '$' || p.sign == '#' || p.sign == '/' && i > 1 && g.at(i-2).kind != aNum) || p.kind == aSign && p.sign == 0 && !g.at(i).gap {
		return false
	}
	if p.kind == aSign && p.sign == '.' && !g.at(i).gap || n.kind == aSign && n.sign == ':' && !n.gap {
		return false
	}
	if g.has(i+1, cCounted) || g.has(i+1, cUnits) || g.has(i+1, cScale) || g.has(i+1, cZone) || g.has(i+1, cHourMark) {
		return false
	}
	if glued := g.glued(i + 1); glued && g.at(i+2).kind == aWord && y < 1900 {
		return false
	}
	if g.glued(i-1) && g.at(i-2).kind == aWord && !g.has(i-2, cMid) {
		if m, _ := g.month(i - 2); m == 0 {
			return false
		}
	}
	if _, ok := p.is(cNumCtx); ok && i > 0 {
		return false
	}
	context := g.yearContext(i)
	if g.has(i-1, cApprox) && !g.has(i-1, cIn) || g.has(i-1, cLess) {
		return false
	}
	if y >= 1900 && y < 2100 {
		return true
	}
	return context && y >= 1000
}

// yearContext reports a word or sign before that years like: "in 1776", "(1812".
func (g *grammar) yearContext(i int) bool {
	p := g.at(i - 1)
	for _, c := range [...]class{cIn, cOf, cEarly, cLate, cMid, cAnd, cOr, cTo, cThe} {
		if _, ok := p.is(c); ok {
			return true
		}
	}
	if m, _ := g.month(i - 1); m > 0 {
		return true
	}
	if _, ok := p.is(cSeason); ok {
		return true
	}
	return i == 0 || g.at(i).para || p.kind == aSign && (p.sign == '(' || p.sign == ',' || p.sign == '-' || p.sign == '/')
}

// weekday matches "Sunday", "Sunday, November 2", "Sunday night", "Sun., 2 Nov".
func (g *grammar) weekday(i int) expr {
	a := g.at(i)
	w, ok := a.is(cWeekday)
	if !a.capital {
		return expr{}
	}
	end := i + 1
	if !ok {
		if w, ok = a.is(cWeekdayAbbr); !ok {
			return expr{}
		}
		end = g.dot(end)
		if d := g.dateBehind(end); !d.found() {
			return expr{}
		}
	}
	if d := g.dateBehind(end); d.found() {
		d.weekday, d.rule = w, "timex.weekday-date"
		return d
	}
	return g.withPart(expr{kind: kDate, weekday: w, end: end, rule: "timex.weekday"})
}

func (g *grammar) dot(i int) int {
	if g.sign(i, '.') && !g.at(i).gap {
		return i + 1
	}
	return i
}

// dateBehind matches the day of a month behind a weekday.
func (g *grammar) dateBehind(i int) expr {
	j := g.skip(g.comma(i), cThe)
	if g.at(j).para {
		return expr{}
	}
	e := longer(g.monthFirst(j), g.dayFirst(j))
	if e.found() && e.day > 0 {
		return e
	}
	return expr{}
}

// withPart adds a part of the day and a time on the clock behind a day:
// "Sunday night", "Friday at 10 p.m.", "May 2 around noon".
func (g *grammar) withPart(e expr) expr {
	if e.clock || e.daypart != "" {
		return e
	}
	if v, ok := g.val(e.end, cDayPart); ok && v != 5 && v != 6 {
		e.daypart = dayParts[v]
		e.end++
		return e
	}
	j := e.end
	if g.has(j, cAt) || g.has(j, cApprox) {
		j++
	}
	if g.has(j, cApprox) {
		j++
	}
	if c := g.clockOnly(j); c.found() && !g.at(j).para {
		e.clock, e.hour, e.min, e.sec, e.zone, e.end = true, c.hour, c.min, c.sec, c.zone, c.end
	}
	return e
}

// holiday matches "Christmas Eve", "Thanksgiving Day", "New Year's Day".
func (g *grammar) holiday(i int) expr {
	a := g.at(i)
	if !a.capital {
		return expr{}
	}
	if v, ok := a.is(cHoliday); ok {
		e := expr{kind: kHoliday, n: float64(v), end: i + 1, rule: "timex.holiday"}
		switch {
		case g.has(i+1, cEve) && v > 0:
			e.n--
			e.end++
		case g.has(i+1, cDayWord):
			e.end++
		}
		return g.tailYear(e)
	}
	if _, ok := a.is(cNew); ok && g.isWordYear(i+1) && g.at(i+1).capital && g.sign(i+2, '\'') {
		j := i + 3
		if g.has(j, cS) {
			j++
		}
		switch {
		case g.has(j, cEve):
			return g.tailYear(expr{kind: kHoliday, n: 1231, end: j + 1, rule: "timex.holiday"})
		case g.has(j, cDayWord):
			return g.tailYear(expr{kind: kHoliday, n: 101, end: j + 1, rule: "timex.holiday"})
		}
	}
	return expr{}
}
