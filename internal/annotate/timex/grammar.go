package timex

// grammar matches expressions on the atoms of one document. pending carries
// the part of a range that was told before: after "6" of "6-7 May 1916" the
// second day needs nothing, but "7" in "April 6-7" needs its month.
type grammar struct {
	scanner
	pendingAt int
	pending   expr
	sure      bool // what side found
}

func (g *grammar) at(i int) *atom {
	if i < 0 || i >= len(g.atoms) {
		return &noAtom
	}
	return &g.atoms[i]
}

var noAtom = atom{kind: aSign, para: true, gap: true}

// has reports whether atom i has the class and belongs to the same paragraph.
func (g *grammar) has(i int, c class) bool { _, ok := g.val(i, c); return ok }

func (g *grammar) val(i int, c class) (int, bool) {
	a := g.at(i)
	if a.para && i > 0 {
		return 0, false
	}
	return a.is(c)
}

// word and sign look at atom i whatever paragraph it begins.
func (g *grammar) first(i int, c class) (int, bool) { return g.at(i).is(c) }

func (g *grammar) sign(i int, c byte) bool {
	a := g.at(i)
	return a.kind == aSign && a.sign == c && (!a.para || i == 0)
}

// glued reports a hyphen between i-1 and i+1 without white space around it.
func (g *grammar) glued(i int) bool {
	return g.sign(i, '-') && !g.at(i).gap && !g.at(i+1).gap
}

// hyphen steps over a glued hyphen.
func (g *grammar) hyphen(i int) int {
	if g.glued(i) {
		return i + 1
	}
	return i
}

// comma steps over a comma.
func (g *grammar) comma(i int) int {
	if g.sign(i, ',') {
		return i + 1
	}
	return i
}

func (g *grammar) skip(i int, c class) int {
	if g.has(i, c) {
		return i + 1
	}
	return i
}

// match gives the longest expression that begins at atom i.
func (g *grammar) match(i int) expr {
	a := g.at(i)
	if a.kind == aSign && a.sign != '\'' || a.kind == aWord && !a.starts() {
		return expr{}
	}
	if g.pending.found() && g.pendingAt == i {
		e := g.pending
		g.pending = expr{}
		e.first = i
		return e
	}
	e := g.modified(i)
	if e.kind == kDuration && e.end == i+2 && g.said(i, "one") && g.said(i+1, "day") && g.said(i-1, modals...) {
		e = expr{kind: kRef, value: "FUTURE_REF", end: e.end, rule: "timex.future"} // "they will one day return"
	}
	e = longer(e, g.clock(i))
	e = longer(e, g.set(i))
	if h := g.hyphen(e.end); e.plural && h > e.end && g.has(h, cOld) { // "centuries-old"
		return expr{}
	}
	e.first = i
	return e
}

// modals stand before a day that is not counted.
var modals = []string{"will", "would", "may", "might", "could", "can", "should", "shall", "must"}

// never lists the classes of common words that begin no expression.
var never = [numClass]bool{cNone: true, cAnd: true, cAs: true, cBe: true, cBefore: true, cCounted: true, cEnded: true,
	cFor: true, cIn: true, cIt: true, cOf: true, cOn: true, cOr: true, cPart: true, cThan: true, cNumCtx: true, cTo: true,
	cUntil: true, cVFut: true, cBy: true, cCan: true, cHad: true, cNear: true, cIsWas: true, cSince: true, cVSched: true, cVOpen: true, cVTo: true, cVPast: true, cVPlan: true, cVPres: true, cWith: true, cLetter: true, cZone: true, cS: true,
	cTime: true, cOld: true, cLong: true, cModalMay: true, cPeriod: true, cAgo: true, cAhead: true, cRest: true}

// starts reports that the word has a class that may begin an expression.
func (a *atom) starts() bool {
	for _, c := range a.entry.class {
		if !never[c] {
			return true
		}
	}
	return false
}

// modified matches a core expression behind words that narrow it: "the end of
// August", "early 1942", "more than three years".
func (g *grammar) modified(i int) expr {
	best := g.core(i)
	best = longer(best, g.endOf(i))
	best = longer(best, g.earlyLate(i))
	return longer(best, g.bounded(i))
}

// core matches an expression without modifiers in front.
func (g *grammar) core(i int) expr {
	best := g.date(i)
	best = longer(best, g.part(i))
	best = longer(best, g.decade(i))
	best = longer(best, g.century(i))
	best = longer(best, g.relative(i))
	best = longer(best, g.yearEnd(i))
	best = longer(best, g.ref(i))
	best = longer(best, g.duration(i))
	return best
}

// calendar is core without durations and references, for modifiers that need
// a stretch of the calendar.
func (g *grammar) calendar(i int) expr {
	best := g.date(i)
	best = longer(best, g.part(i))
	best = longer(best, g.decade(i))
	best = longer(best, g.century(i))
	return longer(best, g.relative(i))
}

// endOf matches "the end of August", "the beginning of this year".
func (g *grammar) endOf(i int) expr {
	j := i
	if _, ok := g.first(i, cThe); ok {
		j++
	}
	mod := ""
	switch {
	case g.isAt(i, j, cEndOf):
		mod = modEnd
	case g.isAt(i, j, cStartOf):
		mod = modStart
	case g.isAt(i, j, cMidOf):
		mod = modMid
	case j > i && g.has(j, cLate) && g.has(j+1, cPart):
		mod, j = modEnd, j+1
	case j > i && g.has(j, cLast) && g.has(j+1, cPart):
		mod, j = modEnd, j+1
	case j > i && g.has(j, cEarly) && g.has(j+1, cPart):
		mod, j = modStart, j+1
	}
	if mod == "" || !g.has(j+1, cOf) {
		return expr{}
	}
	e := g.calendar(j + 2)
	if !e.found() || e.kind == kRelative && e.plural {
		return expr{}
	}
	e.mod, e.rule = mod, "timex.end-of"
	return e
}

// isAt is has, but the atom at the very start of the match may begin a
// paragraph.
func (g *grammar) isAt(start, i int, c class) bool {
	if start == i {
		_, ok := g.first(i, c)
		return ok
	}
	return g.has(i, c)
}

// earlyLate matches "early 1942", "mid-June", "late last year", "earlier this
// month", "early in 1914".
func (g *grammar) earlyLate(i int) expr {
	j, mod := i, ""
	if _, ok := g.first(i, cThe); ok {
		j++
	}
	switch {
	case g.isAt(i, j, cEarly), g.isAt(i, j, cEarlier):
		mod = modStart
	case g.isAt(i, j, cLate), g.isAt(i, j, cLater):
		mod = modEnd
	case g.isAt(i, j, cMid):
		mod = modMid
	default:
		return expr{}
	}
	k := g.hyphen(j + 1)
	if k > j+1 {
		// "mid-to-late June" and "early-to-mid 1990s"
		if g.has(k, cTo) {
			if k2 := g.hyphen(k + 1); k2 > k+1 && (g.has(k2, cLate) || g.has(k2, cMid)) {
				k = k2 + 1
			}
		}
	}
	if g.has(k, cIn) || g.has(k, cOn) {
		k++
	}
	h := k
	if g.has(h, cDayPart) { // "the early morning hours of April 30"
		h++
	}
	if mod == modStart && g.isUnits(h, uHour) && g.has(h+1, cOf) {
		return g.earlyHours(h + 2)
	}
	e := g.calendar(k)
	if !e.found() || e.kind == kRelative && e.plural {
		e = g.dayword(k)
	}
	if e.found() && j > i && (e.kind == kDate && e.year == 0 && e.month == 0) {
		return expr{}
	}
	if e.found() {
		e.mod = mod
	}
	return e
}

// earlyHours matches the day of "the early hours of Monday".
func (g *grammar) earlyHours(i int) expr {
	e := g.clockDate(i)
	if !e.found() || e.clock || e.kind == kDate && e.weekday == 0 && e.day == 0 {
		return expr{}
	}
	if e.daypart == "" {
		e.daypart = "MO"
	}
	e.mod, e.rule = modStart, "timex.early-hours"
	return e
}

// dayword matches "yesterday" and parts of the day for a modifier.
func (g *grammar) dayword(i int) expr {
	if v, ok := g.val(i, cDayRef); ok {
		e := expr{kind: kDayRef, n: float64(v), end: i + 1, rule: "timex.day"}
		return g.withPart(e)
	}
	if v, ok := g.val(i, cDayPart); ok && v != 5 {
		return expr{kind: kRelative, rel: rThis, unit: uDay, daypart: dayParts[v], end: i + 1, rule: "timex.daypart"}
	}
	return expr{}
}

// bounded matches durations and numbers of units behind "more than", "about",
// "at least", "up to", "nearly".
func (g *grammar) bounded(i int) expr {
	j, mod := g.bound(i)
	if mod == "" {
		return expr{}
	}
	e := g.duration(j)
	if e.kind == kDuration || e.kind == kShift {
		e.mod = mod
		return e
	}
	if mod != modApprox {
		return expr{}
	}
	if d := g.date(j); d.found() && (d.month > 0 || d.bc) && !g.at(j).para {
		d.mod = mod
		return d
	}
	if e = g.clock(j); e.found() && e.clock {
		e.mod = mod
		return e
	}
	return expr{}
}

func (g *grammar) bound(i int) (int, string) {
	a := func(j int, c class) bool { return g.isAt(i, j, c) }
	switch {
	case a(i, cMoreWord) && g.has(i+1, cThan):
		return i + 2, modMore
	case a(i, cLessWord) && g.has(i+1, cThan):
		return i + 2, modLess
	case (a(i, cNot)) && g.has(i+1, cMoreWord) && g.has(i+2, cThan):
		return i + 3, modAtMost
	case (a(i, cNot)) && g.has(i+1, cLessWord) && g.has(i+2, cThan):
		return i + 3, modAtLeas
	case a(i, cAt) && g.has(i+1, cLeast):
		return i + 2, modAtLeas
	case a(i, cAt) && g.has(i+1, cMost):
		return i + 2, modAtMost
	case a(i, cUp) && g.has(i+1, cTo):
		return i + 2, modAtMost
	case a(i, cMore) && !a(i, cA):
		return i + 1, modMore
	case a(i, cLessThan):
		return i + 1, modLess
	case a(i, cLess):
		return i + 1, modLess
	case a(i, cApprox), a(i, cApproxSome):
		return i + 1, modApprox
	}
	return i, ""
}
