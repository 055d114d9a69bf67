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
func (g *grammar) side(doc *casus.Document, first, end int) direction {
	tok := casus.TokenID(len(doc.Tokens))
	if len(doc.Tokens) > 0 {
		tok = doc.TokenAt(casus.Pos(g.atoms[first].start))
	}
	if g.ahead(first) {
		return dirFuture
	}
	t := tok
	for i := first - 1; i >= 0 && i >= first-reach; i-- {
		if g.at(i+1).para || g.stops(i) {
			break
		}
		t = before(doc, t, g.atoms[i].start)
		if d := g.verb(doc, i, t); d != dirUnknown {
			return d
		}
	}
	t = tok
	for i := end; i < len(g.atoms) && i < end+reach; i++ {
		if g.at(i).para || g.stops(i) {
			break
		}
		t = behind(doc, t, g.atoms[i].start)
		if d := g.verb(doc, i, t); d != dirUnknown {
			return d
		}
	}
	return dirUnknown
}

// ahead reports words right before a date that look forward: "until Friday",
// "as early as Tuesday".
func (g *grammar) ahead(first int) bool {
	if is(g.at(first-1), cUntil) {
		return true
	}
	return is(g.at(first-1), cAs) && is(g.at(first-3), cAs) && first >= 3
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
	if is(a, cVFut) || is(a, cVPlan) {
		return dirFuture
	}
	if is(g.at(i-1), cBe) { // "will be paid in January", "is to be opened"
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
