package timex

import (
	"unicode"
	"unicode/utf8"
)

// atomKind tells words, numbers and single signs apart.
type atomKind uint8

const (
	aWord atomKind = iota
	aNum
	aSign
)

// atom is the smallest piece of text the grammar sees. Signs are folded to
// ASCII: every dash is '-', every single quote '\”, every double quote '"'.
type atom struct {
	start, end int32
	kind       atomKind
	sign       byte
	digits     uint8 // of a number, before its decimal point
	gap        bool  // white space stands before
	para       bool  // a blank line stands before
	capital    bool  // the word begins with a capital
	commas     bool  // the number has thousands marks
	decimal    bool
	num        float64
	entry      entry
}

// is gives the value of the class when the atom has it.
func (a *atom) is(c class) (int, bool) {
	for i, k := range a.entry.class {
		if k == c {
			return int(a.entry.value[i]), true
		}
		if k == cNone {
			break
		}
	}
	return 0, false
}

// scanner cuts text into atoms.
type scanner struct {
	lex   lexicon
	text  string
	atoms []atom
}

// scan replaces the atoms by those of the text.
func (s *scanner) scan(text string) {
	s.text, s.atoms = text, s.atoms[:0]
	gap, lines := true, 2
	for i := 0; i < len(text); {
		c := text[i]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			if c == '\n' {
				lines++
			}
			gap = true
			i++
			continue
		}
		a := atom{start: int32(i), gap: gap, para: lines >= 2}
		gap, lines = false, 0
		switch {
		case c >= '0' && c <= '9':
			i = s.number(&a, i)
		case isLetter(c):
			i = s.word(&a, i)
		default:
			var ok bool
			if i, ok = s.sign(&a, i); !ok {
				gap = true
				continue
			}
		}
		a.end = int32(i)
		s.atoms = append(s.atoms, a)
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// word reads a run of letters and looks it up. A run with letters beyond ASCII
// is no word of the table.
func (s *scanner) word(a *atom, i int) int {
	a.kind, a.capital = aWord, s.text[i] < 'a'
	var buf [longestWord]byte
	from, ascii := i, true
	for i < len(s.text) {
		c := s.text[i]
		if !isLetter(c) {
			if c < utf8.RuneSelf {
				break
			}
			r, n := utf8.DecodeRuneInString(s.text[i:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			ascii = false
			i += n
			continue
		}
		if i-from < len(buf) {
			buf[i-from] = c | 0x20
		}
		i++
	}
	if n := i - from; ascii && n <= len(buf) {
		a.entry = s.lex[string(buf[:n])]
	}
	return i
}

// number reads digits with thousands marks and a decimal part: "4,500", "2.5".
func (s *scanner) number(a *atom, i int) int {
	a.kind = aNum
	t, v := s.text, 0.0
	from := i
	for i < len(t) && t[i] >= '0' && t[i] <= '9' {
		v = v*10 + float64(t[i]-'0')
		i++
	}
	a.digits = uint8(min(i-from, 255))
	for i-from <= 20 && i+3 < len(t) && t[i] == ',' && isDigits(t[i+1:i+4]) && (i+4 == len(t) || !isDigits(t[i+4:i+5])) {
		v = v*1000 + float64(int(t[i+1]-'0')*100+int(t[i+2]-'0')*10+int(t[i+3]-'0'))
		a.commas = true
		i += 4
	}
	if i+1 < len(t) && t[i] == '.' && isDigits(t[i+1:i+2]) && !dotted(t[i+1:]) && (from == 0 || t[from-1] != '.') {
		a.decimal = true
		i++
		for f := 0.1; i < len(t) && t[i] >= '0' && t[i] <= '9'; i++ {
			v += f * float64(t[i]-'0')
			f /= 10
		}
	}
	a.num = v
	return i
}

// dotted reports digits followed by a dot and another digit: the rest of
// "02.11.2025", which is no decimal number.
func dotted(s string) bool {
	i := 0
	for i < len(s) && isDigits(s[i:i+1]) {
		i++
	}
	return i+1 < len(s) && s[i] == '.' && isDigits(s[i+1:i+2])
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// sign reads one sign, folding typographic ones; false for a space beyond
// ASCII, which is passed over. A letter beyond ASCII begins a word that no
// table knows.
func (s *scanner) sign(a *atom, i int) (int, bool) {
	a.kind = aSign
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case unicode.IsSpace(r):
		return i + n, false
	case unicode.IsLetter(r):
		end := s.word(a, i)
		a.kind, a.capital = aWord, unicode.IsUpper(r)
		return max(end, i+n), true
	}
	a.sign = foldSign(r)
	return i + n, true
}

func foldSign(r rune) byte {
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '‘', '’', '‛', 'ʼ':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	}
	if r < utf8.RuneSelf {
		return byte(r)
	}
	return 0
}
