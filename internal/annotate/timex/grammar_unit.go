package timex

import (
	"slices"
	"strings"
)

// part matches seasons, quarters and halves: "the spring of 1916", "summer
// 2007", "the third quarter", "fourth-quarter", "the first half of 1998".
func (g *grammar) part(i int) expr {
	j := i
	if _, ok := g.first(i, cThe); ok {
		j++
	}
	if e := g.season(i, j); e.found() {
		return e
	}
	j = g.fiscal(j)
	n, end := g.ordinal(j, 4)
	if n == 0 {
		if l, ok := g.first(j, cLast); ok && l == 0 {
			n, end = 4, j+1
		} else {
			return g.fiscalYear(i)
		}
	}
	end = g.fiscal(g.hyphen(end))
	e := expr{kind: kPart, rule: "timex.quarter"}
	u, isUnit := g.val(end, cUnit)
	switch {
	case isUnit && unit(u) == uQuarter && !g.has(j, cLast):
		e.part = [...]string{"", "Q1", "Q2", "Q3", "Q4"}[n]
	case g.has(end, cHalf) && (n <= 2 || g.has(j, cLast)):
		e.part = [...]string{"", "H1", "H2", "", "H2"}[n]
	default:
		return g.fiscalYear(i)
	}
	e.end = end + 1
	if g.glued(end-1) && j > i {
		if _, the := g.first(i, cThe); the { // "the third-quarter loss": the article is the loss's
			return expr{}
		}
	}
	return g.tailYear(g.tailFiscal(e))
}

func (g *grammar) fiscal(i int) int { return g.skip(i, cFiscal) }

// tailFiscal passes over "of fiscal" before a year.
func (g *grammar) tailFiscal(e expr) expr {
	k := g.skip(e.end, cOf)
	if g.has(k, cFiscal) {
		if y, end, ok := g.year(k + 1); ok {
			e.year, e.end = y, end
		}
	}
	return e
}

// fiscalYear matches "fiscal 1989".
func (g *grammar) fiscalYear(i int) expr {
	if _, ok := g.first(i, cFiscal); !ok {
		return expr{}
	}
	k := i + 1
	if g.isWordYear(k) {
		k++
	}
	if y, end, ok := g.year(k); ok {
		return expr{kind: kDate, year: y, end: end, rule: "timex.fiscal-year"}
	}
	return expr{}
}

// season matches a season; "fall" and "spring" are verbs and nouns too and
// need a year or a word before that shows the season.
func (g *grammar) season(i, j int) expr {
	v, ok := g.at(j).is(cSeason)
	if !ok || j > i && g.at(j).para {
		return expr{}
	}
	e := expr{kind: kPart, part: seasonParts[v], end: j + 1, rule: "timex.season"}
	if t := g.tailYear(e); t.end > e.end {
		return t
	}
	if v == 3 && g.has(j+1, cOf) {
		return expr{} // "the fall of the capital"
	}
	likely := v == 2 || v == 4 || g.has(i-1, cIn) || g.has(i-1, cEarly) || g.has(i-1, cLate) || g.has(i-1, cOf) || g.glued(i-1) || g.has(i-1, cMid)
	if g.at(j).entry.class[0] == cSeason && !likely && j > i {
		likely = g.has(i-1, cIn) || g.has(i-1, cOn)
	}
	if !likely {
		return expr{}
	}
	return e
}

// stretchOf passes over "the early", "late", "mid-" before a decade or a century:
// the part it names and the atom behind it.
func (g *grammar) stretchOf(i int) (mod string, j int) {
	j = i
	if _, ok := g.first(i, cThe); ok {
		j++
	}
	switch {
	case g.isAt(i, j, cEarly):
		mod = modStart
	case g.isAt(i, j, cLate):
		mod = modEnd
	case g.isAt(i, j, cMid):
		mod = modMid
	}
	if mod != "" {
		j = g.hyphen(j + 1)
	}
	return mod, j
}

// decade matches "the 1990s", "the '90s", "the nineties", "the 480s BC".
func (g *grammar) decade(i int) expr {
	mod, j := g.stretchOf(i)
	e := g.decadeCore(j)
	if e.found() && (j > i && g.at(j).para || g.age(j-1)) {
		return expr{}
	}
	e.mod = mod
	return e
}

// age reports whose age a decade is: "in his 30s", "in her early 40s".
func (g *grammar) age(i int) bool {
	if g.said(i, "early", "mid", "late", "-") || g.sign(i, '-') {
		return g.age(i - 1)
	}
	return g.said(i, "his", "her", "their", "my", "your", "our")
}

func (g *grammar) decadeCore(j int) expr {
	if g.sign(j, '\'') && !g.at(j+1).gap {
		if e := g.decadeCore(j + 1); e.found() {
			return e
		}
		return expr{}
	}
	a := g.at(j)
	if v, ok := a.is(cDecadeWord); ok && v >= 20 {
		return expr{kind: kDecade, year: 1900 + v, end: j + 1, rule: "timex.decade"}
	}
	if v, ok := a.is(cNum); ok && v == 19 {
		if w, ok := g.val(g.hyphen(j+1), cDecadeWord); ok {
			return expr{kind: kDecade, year: 1900 + w, end: g.hyphen(j+1) + 1, rule: "timex.decade"}
		}
	}
	if a.kind != aNum || a.commas || a.decimal || int(a.num)%10 != 0 {
		return expr{}
	}
	k := j + 1
	if g.sign(k, '\'') && !g.at(k).gap {
		k++
	}
	if !g.has(k, cS) || g.at(k).gap {
		return expr{}
	}
	e := expr{kind: kDecade, year: int(a.num), end: k + 1, rule: "timex.decade"}
	if end, bc, ok := g.era(e.end); ok {
		e.bc, e.end = bc, end
		return e
	}
	switch {
	case a.digits == 2 && a.num >= 20:
		e.year += 1900
	case a.digits != 4:
		return expr{}
	}
	return e
}

// century matches "the 19th century", "eighteenth-century", "the 5th century BC".
func (g *grammar) century(i int) expr {
	mod, j := g.stretchOf(i)
	n, end := g.ordinal(j, 40)
	k := g.hyphen(end)
	u, ok := g.val(k, cUnit)
	if n == 0 || !ok || unit(u) != uCentury {
		return expr{}
	}
	e := expr{kind: kCentury, year: n - 1, mod: mod, end: k + 1, rule: "timex.century"}
	if e.end, e.bc, ok = g.era(k + 1); !ok {
		e.end = k + 1
	}
	return e
}

// relative matches "last week", "the previous year", "this coming Sunday",
// "that same day", "the following month", "the quarter".
func (g *grammar) relative(i int) expr {
	j, rel := g.relation(i)
	if rel == rNone {
		return expr{}
	}
	j = g.skip(j, cFiscal)
	j = g.skip(j, cFull)
	j = g.skip(j, cFiscal)
	if e := g.relNamed(i, j, rel); e.found() {
		return e
	}
	if e := g.yearAgoPeriod(i); e.found() {
		return e
	}
	v, ok := g.val(j, cUnit)
	if ok && g.title(i, j) {
		return expr{}
	}
	e := expr{kind: kRelative, rel: rel, n: 1, rule: "timex.relative"}
	if ok {
		e.unit, e.end = unit(v), j+1
		return g.relUnit(i, j, e)
	}
	if g.has(j, cPeriod) && rel == rThat && g.has(j-1, cLatest) {
		e.unit, e.rel, e.end = uPeriod, rThis, j+1
		return e
	}
	return g.relMany(i, j, rel)
}

// title reports a name in quotation marks: the programme "This Week".
func (g *grammar) title(i, j int) bool {
	a := g.at(i)
	if !a.capital || !g.at(j).capital || a.start == 0 {
		return false
	}
	before := g.text[:a.start]
	return strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "``")
}

// relation reads the determiner part of a relative expression.
func (g *grammar) relation(i int) (end int, rel relation) {
	a := g.at(i)
	is := func(c class) bool { _, ok := a.is(c); return ok }
	switch {
	case is(cThis):
		if g.has(i+1, cComing) || g.has(i+1, cNext) {
			return i + 2, rNext
		}
		if g.has(i+1, cPast) {
			return i + 2, rLast
		}
		return g.skip(g.skip(i+1, cVery), cSame), rThis
	case is(cThat):
		return g.skip(g.skip(i+1, cVery), cSame), rThat
	case is(cLast), is(cPast):
		return i + 1, rLast
	case is(cNext), is(cComing):
		return i + 1, rNext
	case is(cPresentAdj):
		return i + 1, rThis
	case is(cPrevious):
		return i + 1, rPrev
	case is(cFollowing):
		return i + 1, rFollow
	case is(cLatest), is(cSame):
		return i + 1, rThat
	case is(cThe):
		if g.at(i + 1).para {
			return i, rNone
		}
		if end, rel = g.relation2(i + 1); rel != rNone {
			return end, rel
		}
		return i + 1, rBare
	}
	return i, rNone
}

func (g *grammar) relation2(i int) (end int, rel relation) {
	switch {
	case g.has(i, cLast), g.has(i, cPast):
		return i + 1, rLast
	case g.has(i, cNext):
		return i + 1, rFollow
	case g.has(i, cComing):
		return i + 1, rNext
	case g.has(i, cPresentAdj), g.has(i, cPresentNoun):
		return i + 1, rThis
	case g.has(i, cPrevious):
		return i + 1, rPrev
	case g.has(i, cFollowing):
		return i + 1, rFollow
	case g.has(i, cVery) && (g.has(i+1, cSame) || g.has(i+1, cNext)):
		if g.has(i+1, cNext) {
			return i + 2, rFollow
		}
		return i + 2, rThat
	case g.has(i, cSame), g.has(i, cLatest):
		return i + 1, rThat
	}
	return i, rNone
}

// relNamed matches a relation before a named stretch: "last November", "next
// Sunday", "this summer", "the previous April".
func (g *grammar) relNamed(i, j int, rel relation) expr {
	if g.at(j).para || rel == rBare {
		return expr{}
	}
	if m, end := g.month(j); m > 0 {
		e := expr{kind: kDate, month: m, end: end, rel: rel, rule: "timex.relative-month"}
		if d, dend := g.dayNumber(end); d > 0 && g.at(end).kind == aNum && !g.at(end).para {
			e.day, e.end = d, dend
		}
		if y, yend, ok := g.year(g.comma(e.end)); ok {
			e.year, e.end = y, yend
		}
		return e
	}
	if w, ok := g.val(j, cWeekday); ok && g.at(j).capital {
		e := expr{kind: kDate, weekday: w, end: j + 1, rel: rel, rule: "timex.relative-weekday"}
		if d := g.dateBehind(j + 1); d.found() {
			d.weekday, d.rule = w, "timex.weekday-date"
			return d
		}
		return g.withPart(e)
	}
	if v, ok := g.val(j, cSeason); ok {
		e := expr{kind: kPart, part: seasonParts[v], end: j + 1, rel: rel, rule: "timex.relative-season"}
		if t := g.tailYear(e); t.year != 0 {
			return t
		}
		return e
	}
	if v, ok := g.val(j, cDayPart); ok && v < 5 && rel != rPrev {
		e := expr{kind: kRelative, unit: uDay, rel: rel, daypart: dayParts[v], end: j + 1, rule: "timex.relative-daypart"}
		return e
	}
	return expr{}
}

// relUnit looks behind a unit in the singular: "this year's third quarter",
// "last week ago" and the like; and drops what is no time ("the second").
func (g *grammar) relUnit(i, j int, e expr) expr {
	if e.unit <= uMinute || e.unit == uHour && e.rel == rBare {
		return expr{}
	}
	if e.unit == uYear && g.sign(e.end, '\'') && !g.at(e.end).gap {
		k := e.end + 1
		if g.has(k, cS) {
			k++
		}
		if p := g.part(k); p.found() && p.year == 0 && p.yearRel == rNone {
			p.yearRel = e.rel
			return p
		}
	}
	if e.rel == rBare {
		return g.bareUnit(i, j, e)
	}
	if _, the := g.first(i, cThe); the && g.has(i+1, cPast) && e.unit >= uDay && e.unit != uQuarter { // "over the past year"
		e.kind, e.rule = kDuration, "timex.past-unit"
		return e
	}
	if e.rel == rLast && (e.unit == uWeek || e.unit == uMonth) {
		if o := g.ofCalendar(e); o.end > e.end {
			o.kind, o.rule = kDuration, "timex.week-of"
			return o
		}
	}
	if e.unit == uDay && e.rel == rLast || e.unit == uDay && e.rel == rThat && g.has(j-1, cLatest) {
		return expr{}
	}
	return e
}

// bareUnit keeps "the year", "the quarter", "the week", "the weekend" but not
// "the day" and "the second", which are rarely dates.
func (g *grammar) bareUnit(i, j int, e expr) expr {
	switch e.unit {
	case uYear, uQuarter, uWeek, uMonth, uWeekend, uDecade:
		if g.glued(e.end) {
			return expr{}
		}
		if e.unit == uYear && g.has(e.end, cEnded) { // "in the year ended March 31"
			e.kind, e.rule = kDuration, "timex.year-ended"
			return e
		}
		if d, _ := g.first(e.end, cEarlier); d == 0 && e.unit == uYear && g.has(e.end, cBefore) {
			e.rel, e.end = rPrev, e.end+1
		}
		return e
	case uDay:
		if v, ok := g.val(e.end+1, cDayRef); ok && v != 0 && (v < 0 && g.has(e.end, cBefore) || v > 0 && g.has(e.end, cAfter)) {
			return g.withPart(expr{kind: kDayRef, n: float64(2 * v), end: e.end + 2, rule: "timex.day"}) // "the day before yesterday"
		}
		switch {
		case g.has(e.end, cBefore):
			e.rel, e.end = rPrev, e.end+1
			return e
		case g.has(e.end, cAfter):
			e.rel, e.end = rFollow, e.end+1
			return e
		}
	}
	return expr{}
}

// yearEnd matches "year-end", "year end" and "year's end".
func (g *grammar) yearEnd(i int) expr {
	if v, ok := g.first(i, cUnit); !ok || unit(v) != uYear {
		return expr{}
	}
	j := g.hyphen(i + 1)
	if j == i+1 && g.sign(j, '\'') && g.has(j+1, cS) {
		j += 2
	}
	if !g.has(j, cEndOf) || g.has(j+1, cOf) {
		return expr{}
	}
	return expr{kind: kRelative, rel: rThis, unit: uYear, mod: modEnd, end: j + 1, rule: "timex.year-end"}
}

// yearAgoPeriod matches "the year-ago quarter", "the year-earlier period" and
// plain "year-earlier".
func (g *grammar) yearAgoPeriod(i int) expr {
	j := i
	if _, ok := g.first(i, cThe); ok {
		j++
	} else if _, ok := g.first(i, cA); ok {
		j++
	}
	v, ok := g.at(j).is(cUnit)
	if !ok || !g.glued(j+1) || !g.has(j+2, cAgo) && !g.has(j+2, cEarlier) {
		return expr{}
	}
	e := expr{kind: kShift, n: 1, unit: unit(v), rel: rEarlier, end: j + 3, rule: "timex.year-ago"}
	if p := g.part(e.end); p.found() && p.year == 0 && p.yearRel == rNone && p.part[0] == 'Q' && !g.has(e.end, cThe) {
		e.part, e.end = p.part, p.end
		return e
	}
	if p, ok := g.val(e.end, cUnit); ok && unit(p) == uQuarter || g.has(e.end, cPeriod) {
		e.end++
	} else if j > i {
		return expr{}
	}
	return e
}

// relMany matches a relation with a number of units: "the past three months",
// "the next few days", "recent years", "the first nine months".
func (g *grammar) relMany(i, j int, rel relation) expr {
	switch rel {
	case rLast, rNext, rPrev, rFollow, rBare, rThat, rThis:
	default:
		return expr{}
	}
	if rel == rBare {
		if n, end := g.ordinal(j, 1); n == 1 {
			j = end
		} else if g.has(j, cFinal) || g.has(j, cEarly) {
			j++
		} else if g.has(j, cRecent) {
			return expr{}
		}
	}
	q := g.quantity(j)
	if q.end == 0 {
		if v, ok := g.val(j, cUnits); ok && unit(v) >= uDay && unit(v) != uQuarter && (rel != rThat && rel != rThis) {
			return expr{kind: kDuration, unit: unit(v), vague: true, plural: true, end: j + 1, rel: rel, rule: "timex.relative-many"}
		}
		return expr{}
	}
	if q.n == 1 && rel == rBare && !q.vague && g.at(j).kind == aWord {
		return expr{}
	}
	v, ok := g.val(q.end, cUnits)
	if !ok {
		k := g.hyphen(q.end)
		if v, ok = g.val(k, cUnit); !ok || rel == rBare && (k == q.end || !g.has(k+1, cPeriod)) {
			return expr{}
		}
		q.end = k
	}
	if unit(v) == uQuarter && rel == rBare {
		return expr{}
	}
	e := expr{kind: kDuration, unit: unit(v), n: q.n, vague: q.vague, plural: true, end: q.end + 1, rel: rel, rule: "timex.relative-many"}
	if g.glued(e.end) {
		return expr{}
	}
	if g.has(e.end, cPeriod) {
		e.end++
	}
	return g.ofCalendar(e)
}

// ofCalendar takes in the stretch behind: "the first two months of 1939".
func (g *grammar) ofCalendar(e expr) expr {
	if !g.has(e.end, cOf) {
		return e
	}
	if c := g.date(e.end + 1); c.found() && c.weekday == 0 && c.day == 0 {
		e.end = c.end
	}
	return e
}

// count is a number in figures or words, read by quantity; end 0 when none.
type count struct {
	n     float64
	vague bool
	end   int
}

// quantity reads "three", "2.5", "a few", "several", "a dozen", "two and a
// half", "half a", "a hundred", "2 1/2", "a couple of", "another two".
func (g *grammar) quantity(i int) count {
	if g.isAt(i, i, cAnother) {
		if q := g.quantity(i + 1); q.end > 0 {
			return q
		}
		return count{n: 1, end: i + 1}
	}
	a := g.at(i)
	if a.kind == aNum {
		return g.figure(i)
	}
	if _, ok := a.is(cA); ok {
		return g.quantityA(i)
	}
	if _, ok := a.is(cCouple); ok && g.has(i+1, cOf) {
		return count{n: 2, end: i + 2}
	}
	if _, ok := a.is(cHalf); ok {
		if g.has(i+1, cA) {
			return count{n: 0.5, end: i + 2}
		}
		return count{}
	}
	if _, ok := a.is(cVague); ok {
		if _, some := a.is(cApproxSome); some {
			return count{}
		}
		end := i + 1
		if g.has(end, cMoreWord) {
			end++
		}
		return count{vague: true, end: end}
	}
	if _, ok := a.is(cScales); ok && g.has(i+1, cOf) {
		return count{vague: true, end: i + 2}
	}
	return g.numberWords(i)
}

func (g *grammar) figure(i int) count {
	a := g.at(i)
	if b := g.at(i + 1); b.kind == aNum && b.gap && b.num == 1 && g.sign(i+2, '/') && g.at(i+3).num == 2 {
		return count{n: a.num + 0.5, end: i + 4}
	}
	q := count{n: a.num, end: i + 1}
	if v, ok := g.val(i+1, cScale); ok {
		q.n, q.end = q.n*scale(v), i+2
	}
	return g.andHalf(q)
}

func scale(v int) float64 {
	if v == 30000 {
		return 1e6
	}
	return float64(v)
}

func (g *grammar) quantityA(i int) count {
	switch {
	case g.has(i+1, cVague):
		return count{vague: true, end: i + 2}
	case g.has(i+1, cCouple):
		return count{n: 2, end: g.skip(i+2, cOf)}
	case g.has(i+1, cScale):
		v, _ := g.val(i+1, cScale)
		return g.numberTail(scale(v), i+2)
	case g.has(i+1, cHalf):
		k := g.hyphen(i + 2)
		if k > i+2 {
			return count{n: 0.5, end: k}
		}
		return count{}
	}
	return count{n: 1, end: i + 1}
}

// numberWords reads "twenty-four", "three hundred and five", "two thousand".
func (g *grammar) numberWords(i int) count {
	v, ok := g.first(i, cNum)
	if !ok {
		return count{}
	}
	n, end := float64(v), i+1
	if v >= 20 {
		if w, ok := g.val(g.hyphen(end), cNum); ok && w > 0 && w < 10 {
			n, end = n+float64(w), g.hyphen(end)+1
		}
	}
	if s, ok := g.val(end, cScale); ok {
		return g.numberTail(n*scale(s), end+1)
	}
	return g.andHalf(count{n: n, end: end})
}

func (g *grammar) numberTail(n float64, i int) count {
	j := g.skip(i, cAnd)
	if w, end := g.tens(j); w > 0 {
		return count{n: n + float64(w), end: end}
	}
	return count{n: n, end: i}
}

// andHalf adds "and a half": "two and a half", "one-and-a-half".
func (g *grammar) andHalf(q count) count {
	j := g.hyphen(q.end)
	if !g.has(j, cAnd) {
		return q
	}
	j = g.hyphen(j + 1)
	j = g.hyphen(g.skip(j, cA))
	if g.has(j, cHalf) {
		q.n, q.end = q.n+0.5, j+1
	}
	return q
}

// duration matches stretches of time and their shifts: "three days", "a week",
// "10-year", "two weeks ago", "a year and a half", "years".
func (g *grammar) duration(i int) expr {
	if e := g.yearAgoPeriod(i); e.found() {
		return e
	}
	if v, ok := g.first(i, cUnits); ok {
		return g.bareUnits(i, unit(v))
	}
	if v, ok := g.first(i, cUnit); ok && g.glued(i+1) && g.has(i+2, cLong) { // "month-long"
		return expr{kind: kDuration, unit: unit(v), n: 1, end: i + 3, rule: "timex.duration"}
	}
	if _, ok := g.first(i, cRecent); ok {
		if v, ok := g.val(i+1, cUnits); ok {
			if unit(v) != uYear && unit(v) >= uDay {
				return expr{kind: kDuration, unit: unit(v), vague: true, end: i + 2, rule: "timex.recent"}
			}
			return expr{kind: kRef, value: "PAST_REF", unit: unit(v), end: i + 2, rule: "timex.recent"}
		}
		return expr{}
	}
	q := g.quantity(i)
	if q.end == 0 {
		return expr{}
	}
	j := q.end
	if g.has(j, cMoreWord) {
		j++
	}
	j = g.skip(j, cFull)
	h := g.hyphen(j)
	v, single := g.val(h, cUnit)
	if !single {
		var many bool
		if v, many = g.val(h, cUnits); !many {
			return g.dayPartCount(q, h)
		}
	}
	e := expr{kind: kDuration, unit: unit(v), n: q.n, vague: q.vague, plural: !single, end: h + 1, rule: "timex.duration"}
	if !g.durationOK(i, h > j, single, q, e) {
		return expr{}
	}
	e = g.shift(g.halfMore(e))
	if e.kind == kDuration && single && h == j && q.n == 1 && i+1 == j {
		if _, a := g.first(i, cA); a && g.rateBefore(i) {
			return expr{kind: kSet, unit: e.unit, n: 1, end: e.end, rule: "timex.rate"}
		}
	}
	return e
}

// durationOK rejects what only looks like a duration: "a second", "one day" of
// a story, "a quarter", "50 seconds-old".
func (g *grammar) durationOK(i int, hyphen, single bool, q count, e expr) bool {
	_, article := g.first(i, cA)
	switch {
	case article && g.glued(e.end) && g.has(e.end+1, cLong): // the article belongs to what is that long
		return false
	case e.unit == uSecond && single && !hyphen:
		return false
	case e.unit == uQuarter && single:
		return false
	case single && !hyphen && article && g.glued(e.end) && !g.has(e.end+1, cOld) && !g.has(e.end+1, cAnd):
		return false
	case e.unit == uQuarter && (hyphen || q.n == 3):
		return false
	case !hyphen && single && q.n != 1 && !q.vague && q.n != 0.5 && g.at(i).kind == aNum && e.unit == uDay && g.at(e.end-1).capital:
		return false
	}
	return true
}

func (g *grammar) dayPartCount(q count, h int) expr {
	if v, ok := g.val(h, cDayParts); ok && v < 7 {
		return expr{kind: kDuration, unit: uDay, n: q.n, vague: q.vague, daypart: dayParts[v], plural: true, end: h + 1, rule: "timex.duration"}
	}
	return expr{}
}

// halfMore adds "and a half" behind the unit: "a minute and a half".
func (g *grammar) halfMore(e expr) expr {
	j := g.hyphen(e.end)
	if g.has(j, cAnd) {
		k := g.hyphen(g.skip(g.hyphen(j+1), cA))
		if g.has(k, cHalf) && (g.has(k-1, cA) || g.glued(k-1)) {
			e.n, e.end = e.n+0.5, k+1
		}
	}
	return e
}

// shift turns a duration into a date when a word behind places it: "ago",
// "later", "earlier", "before", "-old".
func (g *grammar) shift(e expr) expr {
	j := g.hyphen(e.end)
	if g.said(j, "or") && g.said(j+1, "so") && (g.has(j+2, cAgo) || g.has(j+2, cEarlier) || g.has(j+2, cLater)) {
		j += 2 // "a week or so ago"
	}
	switch {
	case g.has(j, cAgo):
		e.kind, e.rel, e.end, e.rule = kShift, rAgo, j+1, "timex.ago"
	case g.has(j, cEarlier):
		e.kind, e.rel, e.end, e.rule = kShift, rEarlier, j+1, "timex.earlier"
	case g.has(j, cLater):
		e.kind, e.rel, e.end, e.rule = kShift, rLater, j+1, "timex.later"
	case g.has(j, cBefore) && g.closesClause(j+1):
		e.kind, e.rel, e.end, e.rule = kShift, rEarlier, j+1, "timex.earlier"
	case g.has(j, cOld): // ages are no times
		return expr{}
	case j > e.end && g.has(j, cLong):
		e.end = j + 1
	}
	return e
}

func (g *grammar) closesClause(i int) bool {
	a := g.at(i)
	return a.para || a.kind == aSign && (a.sign == '.' || a.sign == ',' || a.sign == ';')
}

// bareUnits matches "years", "days later", "months ago".
func (g *grammar) bareUnits(i int, u unit) expr {
	if u == uSecond || u == uQuarter || g.said(i-1, "by", "on") || g.said(i-1, "of") && g.said(i-2, "matter") || g.said(i+1, "apart") {
		return expr{} // "by decades", "on days when", "a matter of days", "minutes apart"
	}
	e := expr{kind: kDuration, unit: u, vague: true, plural: true, end: i + 1, rule: "timex.units"}
	return g.shift(e)
}

// said reports one of some words, in any case.
func (g *grammar) said(i int, words ...string) bool {
	a := g.at(i)
	return a.kind == aWord && slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(g.text[a.start:a.end], w) })
}

// rateBefore reports a sum or a rate before "a year": "$5 million a year", "7%
// a year", "twice a day".
func (g *grammar) rateBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4 && !g.at(j+1).para; j-- {
		a := g.at(j)
		if a.kind == aNum && j < i-1 || a.kind == aSign && (a.sign == '%' || a.sign == '$') {
			return true
		}
		if _, ok := a.is(cOnce); ok {
			return true
		}
		if a.kind == aSign || a.entry.class[0] != cNone && a.entry.class[0] != cCounted && a.entry.class[0] != cScale && a.entry.class[0] != cNum {
			return false
		}
	}
	return false
}

// set matches what repeats: "every day", "each Thursday", "daily", "per month".
func (g *grammar) set(i int) expr {
	a := g.at(i)
	if v, ok := a.is(cFreq); ok {
		if a.capital && g.at(i+1).capital && i > 0 {
			return expr{}
		}
		return expr{kind: kSet, unit: unit(v), n: 1, end: i + 1, rule: "timex.frequency"}
	}
	if _, ok := a.is(cPer); ok {
		if v, ok := g.val(i+1, cUnit); ok {
			return expr{kind: kSet, unit: unit(v), n: 1, end: i + 2, rule: "timex.rate"}
		}
		return expr{}
	}
	if v, ok := a.is(cWeekdays); ok && a.capital {
		return expr{kind: kSet, weekday: v, end: i + 1, rule: "timex.every"}
	}
	if _, ok := a.is(cEvery); !ok {
		return expr{}
	}
	return g.every(i)
}

func (g *grammar) every(i int) expr {
	j := i + 1
	e := expr{kind: kSet, n: 1, rule: "timex.every"}
	if v, ok := g.val(j, cUnit); ok {
		e.unit, e.end = unit(v), j+1
		if v, ok := g.val(e.end, cDayPart); ok && e.unit == uDay {
			e.daypart, e.end = dayParts[v], e.end+1
		}
		return e
	}
	if v, ok := g.val(j, cWeekday); ok {
		e.weekday, e.end = v, j+1
		if v, ok := g.val(e.end, cDayPart); ok {
			e.daypart, e.end = dayParts[v], e.end+1
		}
		return e
	}
	if m, end := g.month(j); m > 0 {
		e.month, e.end = m, end
		return e
	}
	if v, ok := g.val(j, cSeason); ok {
		e.part, e.end = seasonParts[v], j+1
		return e
	}
	if v, ok := g.val(j, cDayPart); ok && v < 6 {
		e.daypart, e.end = dayParts[v], j+1
		return e
	}
	if q := g.quantity(j); q.end > 0 {
		if v, ok := g.val(q.end, cUnits); ok {
			e.unit, e.n, e.vague, e.end = unit(v), q.n, q.vague, q.end+1
			return e
		}
	}
	return expr{}
}
