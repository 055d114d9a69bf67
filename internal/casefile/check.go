package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
)

// Outcome says what became of a line.
type Outcome uint8

// The outcomes that Check reports; a line that holds is not reported.
const (
	Failed    Outcome = iota // the line does not hold
	KnownMiss                // it does not hold, and the case says so
	Fixed                    // it is marked as a known miss, and holds
)

var outcomes = []string{"failed", "known miss", "fixed"}

// String gives the outcome in words.
func (o Outcome) String() string { return outcomes[min(int(o), len(outcomes)-1)] }

// Miss is a line that deserves a look.
type Miss struct {
	Case    string
	Line    int
	Want    string // the line as written
	Outcome Outcome
	Why     string // what was found in its place; empty when fixed
}

// String gives the miss on one line.
func (m Miss) String() string {
	s := fmt.Sprintf("%s:%d: %s: %s", m.Case, m.Line, m.Outcome, m.Want)
	if m.Why != "" {
		s += ": " + m.Why
	}
	return s
}

// Check holds a coded document against a case: misses in the order of the
// lines, want before never. It does not change the document.
func Check(c *Case, doc *casus.Document) []Miss {
	var out []Miss
	add := func(l *Line, why string) {
		switch {
		case why == "" && l.Known:
			out = append(out, Miss{c.Name, l.No, l.Raw, Fixed, ""})
		case why != "" && l.Known:
			out = append(out, Miss{c.Name, l.No, l.Raw, KnownMiss, why})
		case why != "":
			out = append(out, Miss{c.Name, l.No, l.Raw, Failed, why})
		}
	}
	for i := range c.Want {
		add(&c.Want[i], c.Want[i].missing(doc))
	}
	for i := range c.Never {
		add(&c.Never[i], c.Never[i].present(doc))
	}
	return out
}

// missing says why nothing of the document fits the line; "" when something
// does. Of several candidates the nearest is explained.
func (l *Line) missing(doc *casus.Document) string {
	best, passed := "", -1
	for i := range l.layer.len(doc) {
		failed, n, anchored := l.try(doc, i)
		if len(failed) == 0 {
			return ""
		}
		if anchored && n > passed {
			best, passed = l.layer.label(doc, i)+": "+strings.Join(failed, "; "), n
		}
	}
	if passed < 0 {
		return "no " + l.layer.name + l.anchors()
	}
	return best
}

// present says what fits a line of never; "" when nothing does.
func (l *Line) present(doc *casus.Document) string {
	for i := range l.layer.len(doc) {
		if failed, _, _ := l.try(doc, i); len(failed) == 0 {
			return "found " + l.layer.label(doc, i)
		}
	}
	return ""
}

func (l *Line) try(doc *casus.Document, i int) (failed []string, passed int, anchored bool) {
	anchored = true
	for k := range l.checks {
		ck := &l.checks[k]
		if ck.holds(doc, i) {
			passed++
			continue
		}
		failed = append(failed, ck.explain(doc, i))
		anchored = anchored && !ck.anchor
	}
	return failed, passed, anchored
}

func (l *Line) anchors() string {
	var parts []string
	for k := range l.checks {
		if l.checks[k].anchor {
			parts = append(parts, show(l.checks[k].groups))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " at " + strings.Join(parts, ", ")
}

// layer is one layer of the document as candidates for a line.
type layer struct {
	name  string
	len   func(*casus.Document) int
	label func(*casus.Document, int) string
}

// reach tells how the spans of a candidate must meet a phrase.
type reach uint8

const (
	touch reach = iota // share text with it
	cover              // hold all of its letters
	equal              // be it
)

// check is one field of an expectation: either values or spans are set.
type check struct {
	field  string
	anchor bool // without it a candidate is not near enough to be explained
	groups [][]atom
	values func(doc *casus.Document, i int, a atom) []string
	fits   func(a atom, value string) bool
	spans  func(doc *casus.Document, i int) []casus.Span
	reach  reach
	wide   func(doc *casus.Document, i int) []casus.Span // one that holds the whole phrase is enough
}

func (ck *check) holds(doc *casus.Document, i int) bool {
	for _, g := range ck.groups {
		if !ck.any(doc, i, g) {
			return false
		}
	}
	return true
}

func (ck *check) any(doc *casus.Document, i int, alternatives []atom) bool {
	for _, a := range alternatives {
		if ck.spans != nil && meets(doc, ck.spans(doc, i), a, ck.reach) {
			return true
		}
		if ck.wide != nil && slices.ContainsFunc(ck.wide(doc, i), func(s casus.Span) bool {
			return meets(doc, []casus.Span{s}, a, cover)
		}) {
			return true
		}
		if ck.values != nil && fitsAny(a, ck.values(doc, i, a), ck.fits) {
			return true
		}
	}
	return false
}

// fitsAny handles the two words that mean the same in every field: "-" asks
// for nothing, "*" for something.
func fitsAny(a atom, values []string, fits func(atom, string) bool) bool {
	something := false
	for _, v := range values {
		something = something || v != ""
		if v != "" && fits(a, v) {
			return true
		}
	}
	if a.quoted {
		return false
	}
	return a.text == "*" && something || a.text == "-" && !something
}

func (ck *check) explain(doc *casus.Document, i int) string {
	var got []string
	if ck.spans != nil {
		for _, s := range ck.spans(doc, i) {
			got = append(got, strconv.Quote(doc.String(s)))
		}
	} else {
		got = ck.values(doc, i, ck.groups[0][0])
	}
	return fmt.Sprintf("%s is %s, not %s", ck.field, orNothing(got), show(ck.groups))
}

func orNothing(got []string) string {
	if s := strings.Join(got, " "); strings.TrimSpace(s) != "" {
		return s
	}
	return "nothing"
}

func show(groups [][]atom) string {
	var all []string
	for _, g := range groups {
		var alt []string
		for _, a := range g {
			s := a.text
			if a.quoted {
				s = strconv.Quote(s)
			}
			if a.nth > 0 {
				s += "#" + strconv.Itoa(a.nth)
			}
			alt = append(alt, s)
		}
		all = append(all, strings.Join(alt, "|"))
	}
	return strings.Join(all, ",")
}

// occurrences gives the spans of a phrase in the text: all of them, or the
// nth.
func occurrences(text string, a atom) []casus.Span {
	var out []casus.Span
	for from, n := 0, 0; a.text != ""; {
		at := strings.Index(text[from:], a.text)
		if at < 0 {
			break
		}
		n++
		s := casus.Span{Start: casus.Pos(from + at), End: casus.Pos(from + at + len(a.text))}
		if a.nth == 0 || a.nth == n {
			out = append(out, s)
		}
		from = int(s.End)
	}
	return out
}

func meets(doc *casus.Document, spans []casus.Span, a atom, r reach) bool {
	for _, want := range occurrences(doc.Text, a) {
		if r == cover {
			if covers(doc.Text, spans, want) {
				return true
			}
			continue
		}
		for _, s := range spans {
			if r == touch && s.Overlaps(want) || r == equal && s == want {
				return true
			}
		}
	}
	return false
}

// covers reports whether every letter and digit of want lies in one of the
// spans: a content in two pieces may leave its quotation marks outside.
func covers(text string, spans []casus.Span, want casus.Span) bool {
	for p := want.Start; p < want.End; p++ {
		if isLetter(text[p]) && !inside(spans, p) {
			return false
		}
	}
	return true
}

// isLetter is true for bytes of words; bytes above ASCII count only when they
// are no quotation marks or dashes, which all begin with 0xE2.
func isLetter(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

func inside(spans []casus.Span, p casus.Pos) bool {
	for _, s := range spans {
		if s.Start <= p && p < s.End {
			return true
		}
	}
	return false
}
