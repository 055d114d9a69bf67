package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
)

// quotation is a stretch between quotation marks, marks included. Tokens are
// [first, end). A quotation that nobody closes ends with its paragraph; when
// the next paragraph opens with a mark again, as newspapers do to carry a
// voice on, that one has chain set.
type quotation struct {
	casus.Span
	first, end casus.TokenID
	open, done bool // begins and ends with a mark of its own
	chain      bool
	scare      bool // a word or two held at arm's length: the so-called "operation"
}

// markKind says what a mark may do.
type markKind uint8

const (
	noMark      markKind = iota
	opens                // “ « „ and `` in transcripts
	closes               // ” »
	straight             // " and ''
	opensOne             // ‘
	closesOne            // ’, also an apostrophe
	straightOne          // '
)

// markAt gives the kind of the mark at the head of s and its length.
func markAt(s string) (markKind, int) {
	switch s[0] {
	case '"':
		return straight, 1
	case '\'':
		if len(s) > 1 && s[1] == '\'' {
			return straight, 2
		}
		return straightOne, 1
	case '`':
		if len(s) > 1 && s[1] == '`' {
			return opens, 2
		}
		return opensOne, 1
	case 0xC2:
		if strings.HasPrefix(s, "«") {
			return opens, 2
		}
		if strings.HasPrefix(s, "»") {
			return closes, 2
		}
	case 0xE2:
		switch {
		case strings.HasPrefix(s, "“"), strings.HasPrefix(s, "„"):
			return opens, 3
		case strings.HasPrefix(s, "”"):
			return closes, 3
		case strings.HasPrefix(s, "‘"):
			return opensOne, 3
		case strings.HasPrefix(s, "’"):
			return closesOne, 3
		}
	}
	return noMark, 0
}

// quoteScan walks a text once and collects its quotations.
type quoteScan struct {
	text    string
	out     []quotation
	double  int // where the open double quotation began, -1 without
	single  int
	carried bool // the paragraph before ended inside a quotation
}

// findQuotations appends the quotations of text in order of their beginnings;
// a single-quoted stretch inside a double-quoted one is left out.
func findQuotations(out []quotation, text string) []quotation {
	s := quoteScan{text: text, out: out[:0], double: -1, single: -1}
	for i := 0; i < len(text); {
		c := text[i]
		if c == '\n' {
			s.endParagraph(i)
			i++
			continue
		}
		if c != '"' && c != '\'' && c != '`' && c < 0x80 {
			i++
			continue
		}
		k, n := markAt(text[i:])
		if k == noMark {
			_, n = utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		s.mark(i, n, k)
		i += n
	}
	s.endParagraph(len(text))
	return s.out
}

func (s *quoteScan) mark(i, n int, k markKind) {
	switch k {
	case opens:
		if s.double >= 0 && s.wrongWay(i, n) {
			s.closeDouble(i + n)
			return
		}
		s.openDouble(i)
	case closes:
		s.closeDouble(i + n)
	case straight:
		if s.double >= 0 && !(s.boundBefore(i) && !s.boundAfter(i+n)) {
			s.closeDouble(i + n)
		} else if s.double < 0 {
			s.openDouble(i)
		}
	case opensOne:
		if s.boundBefore(i) && s.double < 0 && s.single < 0 && s.closesLater(i+n) {
			s.single = i
		}
	case closesOne, straightOne:
		switch {
		case s.single >= 0 && !s.boundBefore(i) && s.boundAfter(i+n) && !s.possessive(i, i+n):
			s.add(s.single, i+n, true)
			s.single = -1
		case k == straightOne && s.single < 0 && s.double < 0 && s.boundBefore(i) && !s.boundAfter(i+n) && s.closesLater(i+n):
			s.single = i
		}
	}
}

// wrongWay reports an opening mark that closes, as automatic quotation marks
// and other customs have it: “We are ready,“ she said; „Ja“.
func (s *quoteScan) wrongWay(i, n int) bool {
	if s.boundBefore(i) || !strings.HasPrefix(s.text[i:], "“") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.text[i+n:])
	return i+n >= len(s.text) || unicode.IsSpace(r) || unicode.IsPunct(r)
}

// openDouble begins a quotation; a second opening mark without a close between
// is taken as nested and passed over.
func (s *quoteScan) openDouble(i int) {
	if s.double < 0 {
		s.double, s.single = i, -1
	}
}

func (s *quoteScan) closeDouble(end int) {
	if s.double >= 0 {
		s.add(s.double, end, true)
	}
	s.double = -1
}

func (s *quoteScan) add(from, to int, done bool) {
	q := quotation{Span: casus.Span{Start: casus.Pos(from), End: casus.Pos(to)}, open: true, done: done}
	q.chain = s.carried && strings.TrimSpace(s.text[s.lineStart(from):from]) == ""
	s.out = append(s.out, q)
}

func (s *quoteScan) lineStart(i int) int { return strings.LastIndexByte(s.text[:i], '\n') + 1 }

// endParagraph closes what is open at a line break.
func (s *quoteScan) endParagraph(i int) {
	if strings.TrimSpace(s.text[s.lineStart(i):i]) == "" {
		return
	}
	open := s.double >= 0
	if open {
		to := len(strings.TrimRight(s.text[:i], " \t\r"))
		if to > s.double {
			s.add(s.double, to, false)
		}
	}
	s.double, s.single, s.carried = -1, -1, open
}

func (s *quoteScan) boundBefore(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.text[:i])
	return i == 0 || unicode.IsSpace(r) || strings.ContainsRune("([{—–-/“\"‘", r)
}

func (s *quoteScan) boundAfter(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return i >= len(s.text) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// possessive reports "the workers’ demands" inside single quotes: an s before,
// a small letter after, and another closing mark still to come.
func (s *quoteScan) possessive(i, end int) bool {
	if i == 0 || s.text[i-1] != 's' || end+1 >= len(s.text) || s.text[end] != ' ' {
		return false
	}
	c := s.text[end+1]
	return c >= 'a' && c <= 'z' && s.closesLater(end)
}

// closesLater reports a closing single mark in the same paragraph, within the
// length of a long sentence.
func (s *quoteScan) closesLater(i int) bool {
	for j := i; j < len(s.text) && j < i+400 && s.text[j] != '\n'; j++ {
		if c := s.text[j]; c != '\'' && c != 0xE2 {
			continue
		}
		if k, n := markAt(s.text[j:]); (k == closesOne || k == straightOne) && !s.boundBefore(j) && s.boundAfter(j+n) {
			return j > i
		}
	}
	return false
}
