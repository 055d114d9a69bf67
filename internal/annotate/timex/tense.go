package timex

import (
	"strings"

	"casus"
	"casus/ud"
)

// reach is how many atoms around an expression are searched for a verb.
const reach = 14

// side says whether the verb nearest to atoms [first, end) speaks of the past
// or of the future: "on Sunday the paper quoted him" is last Sunday, "they
// will meet on Sunday" the next. The left side goes first, as the verb mostly
// precedes ("met on Sunday"); a sentence border ends the search.
//
// It leaves in g.sure whether the past is certain even for a month that is near
// ahead: "opened in May" is behind us, "announced a vote in May" need not be.
func (g *grammar) side(doc *casus.Document, first, end int) direction {
	g.sure = is(g.at(first-1), cSince)
	if g.sure {
		return dirPast
	}
	tok := casus.TokenID(len(doc.Tokens))
	if len(doc.Tokens) > 0 {
		tok = doc.TokenAt(casus.Pos(g.atoms[first].start))
	}
	lo, hi := g.window(doc, tok, first, end)
	if g.ahead(first, lo, hi) {
		return dirFuture
	}
	if g.sign(end, '\'') && !g.at(end).gap && is(g.at(end+1), cS) {
		return g.possessed(first, end+2, hi)
	}
	t := tok
	open := false
	for i := first - 1; i >= lo; i-- {
		t = before(doc, t, g.atoms[i].start)
		open = open || g.open(i)
		if d := g.verb(doc, i, t); d != dirUnknown {
			g.sure = d == dirPast && !open && !g.present(i-1)
			return d
		}
		if d := g.timetable(doc, i, t); d != dirUnknown {
			return d
		}
	}
	t = tok
	for i := end; i < hi; i++ {
		t = behind(doc, t, g.atoms[i].start)
		if d := g.verb(doc, i, t); d != dirUnknown {
			return d
		}
	}
	return dirUnknown
}

// open reports a word behind which a date may lie ahead although the verb is
// past: "scheduled", "payable", "to".
func (g *grammar) open(i int) bool {
	a := g.at(i)
	return is(a, cVOpen) || is(a, cVPlan) || is(a, cVTo) || is(a, cTo) || a.kind == aWord && strings.HasSuffix(g.text[a.start:a.end], "able")
}

// present reports the auxiliary of a present passive: "the case is heard in
// May".
func (g *grammar) present(i int) bool {
	a := g.at(i)
	if a.kind != aWord {
		return false
	}
	switch g.text[a.start:a.end] {
	case "is", "are", "be", "being", "get", "gets":
		return true
	}
	return false
}

// window gives the atoms [lo, hi) around [first, end) that belong to the same
// sentence, at most reach on either side.
func (g *grammar) window(doc *casus.Document, tok casus.TokenID, first, end int) (lo, hi int) {
	from, to := int32(0), int32(len(g.text))
	known := len(doc.Sentences) > 0 && int(tok) < len(doc.Tokens)
	if known {
		s := &doc.Sentences[doc.Tokens[tok].Sent]
		from, to = int32(s.Start), int32(s.End)
	}
	for lo = first; lo > 0 && lo > first-reach && !g.at(lo).para && g.at(lo-1).start >= from; lo-- {
		if !known && g.stops(lo-1) {
			break
		}
	}
	for hi = end; hi < len(g.atoms) && hi < end+reach && !g.at(hi).para && g.at(hi).end <= to; hi++ {
		if !known && g.stops(hi) {
			break
		}
	}
	return lo, hi
}

// possessed gives the side of a day that owns something: "Friday's ruling" is
// out, unless a word before or right behind looks forward ("ahead of Friday's
// vote", "Friday's vote will").
func (g *grammar) possessed(first, behind, hi int) direction {
	if is(g.at(first-1), cBefore) || is(g.at(first-1), cFor) || is(g.at(first-1), cOf) && is(g.at(first-2), cAhead) {
		return dirFuture
	}
	for i := behind; i < hi && i < behind+4; i++ {
		if is(g.at(i), cVFut) || is(g.at(i), cVPlan) || is(g.at(i), cIsWas) && is(g.at(i+1), cTo) {
			return dirFuture
		}
	}
	return dirPast
}

// ahead reports words right before a date that look forward: "until Friday",
// "by Friday", "beyond June", "as early as Tuesday". What had not been done
// until Friday lies behind, and so does "By Friday, the town had fallen", whose
// own verb decides.
func (g *grammar) ahead(first, lo, hi int) bool {
	p := g.at(first - 1)
	if is(p, cAs) && is(g.at(first-3), cAs) && first >= 3 {
		return true
	}
	if !is(p, cUntil) && !is(p, cBy) || p.capital {
		return false
	}
	for i := lo; i < hi; i++ {
		if is(g.at(i), cHad) {
			return false
		}
	}
	return true
}

// stops reports the end of a sentence: a full stop before white space that no
// abbreviation of one or three letters carries.
func (g *grammar) stops(i int) bool {
	a := g.at(i)
	if a.kind != aSign {
		return false
	}
	switch a.sign {
	case ';', '?', '!':
		return true
	case '.':
		n := g.at(i + 1)
		p := g.at(i - 1)
		return n.gap && n.capital && p.end-p.start > 4
	}
	return false
}

func before(doc *casus.Document, t casus.TokenID, pos int32) casus.TokenID {
	for t > 0 && int(t) <= len(doc.Tokens) && (int(t) == len(doc.Tokens) || int32(doc.Tokens[t].Start) > pos) {
		t--
	}
	return t
}

func behind(doc *casus.Document, t casus.TokenID, pos int32) casus.TokenID {
	for int(t)+1 < len(doc.Tokens) && int32(doc.Tokens[t].End) <= pos {
		t++
	}
	return t
}

// verb reads the time of atom i from its tag, or from its form when the
// document has no tags.
func (g *grammar) verb(doc *casus.Document, i int, t casus.TokenID) direction {
	a := g.at(i)
	if a.kind != aWord {
		return dirUnknown
	}
	if is(a, cVFut) {
		if is(g.at(i+1), cNot) && is(a, cCan) { // "could not be reached on Sunday" tells of the past
			return dirPast
		}
		return dirFuture
	}
	if is(a, cVPlan) || is(a, cVTo) && (is(g.at(i+1), cTo) || is(g.at(i+1), cFor) || is(g.at(i+1), cA)) {
		return g.unfulfilled(i)
	}
	if is(a, cIsWas) && is(g.at(i+1), cTo) { // "the envoy is to visit on Thursday"
		return dirFuture
	}
	if is(g.at(i-1), cBe) { // "will be paid in January", "is to be opened"
		if is(g.at(i-2), cNot) && is(g.at(i-3), cCan) {
			return dirPast
		}
		return dirFuture
	}
	if is(a, cVPast) {
		return dirPast
	}
	if int(t) < len(doc.Tokens) && doc.Tokens[t].UPOS != ud.UPOSNone {
		return tagged(doc, t)
	}
	n := a.end - a.start
	if n > 4 && !a.capital && strings.HasSuffix(g.text[a.start:a.end], "ed") && g.text[a.end-3] != 'e' {
		return dirPast
	}
	return dirUnknown
}

// unfulfilled tells a plan that holds from one that lies behind: "is due to
// expire on Friday", but "had been due to expire on Friday".
func (g *grammar) unfulfilled(i int) direction {
	for j := i; j > i-7 && j >= 0 && !g.at(j).para; j-- {
		if is(g.at(j), cHad) {
			return dirPast
		}
	}
	return dirFuture
}

// timetable reports a present tense that speaks of what is fixed: "parliament
// meets on Monday".
func (g *grammar) timetable(doc *casus.Document, i int, t casus.TokenID) direction {
	if is(g.at(i), cVSched) && int(t) < len(doc.Tokens) {
		if x := doc.Tokens[t].XPOS.String(); x == "VBZ" || x == "VBP" {
			return dirFuture
		}
	}
	return dirUnknown
}

func tagged(doc *casus.Document, t casus.TokenID) direction {
	tok := &doc.Tokens[t]
	if tok.UPOS != ud.VERB && tok.UPOS != ud.AUX {
		return dirUnknown
	}
	switch tok.XPOS.String() {
	case "VBD":
		return dirPast
	case "VBN":
		if k := doc.Kid(t, ud.AuxPass, ud.Aux); k != casus.None && strings.EqualFold(doc.Form(k), "be") {
			return dirUnknown
		}
		return dirPast
	}
	if tok.Feats.Has("Tense", "Past") && tok.Feats.Has("VerbForm", "Fin") {
		return dirPast
	}
	return dirUnknown
}
