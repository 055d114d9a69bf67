package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
)

// Gap is the white space before a piece.
type Gap uint8

// The kinds of gaps, from none to a blank line. The first piece of a text
// stands behind a Blank.
const (
	Joined Gap = iota
	Space
	Line
	Blank
)

// Piece is a word with its place. Words is the number of words in the surface
// token that begins here, 0 at the later ones (as casus.Token).
type Piece struct {
	casus.Span
	Gap   Gap
	Words uint8
}

// Scan appends the words of text to dst. Every byte that is no white space is
// in exactly one of them.
func Scan(text string, dst []Piece) []Piece {
	s := scanner{text: text, out: dst, lists: loadLists(), gap: Blank}
	for s.at < len(text) {
		s.step()
	}
	return s.out
}

type scanner struct {
	text  string
	at    int
	gap   Gap
	out   []Piece
	lists *lists
}

// class sorts the first byte of a rune; what is not ASCII needs decoding.
type class uint8

const (
	other class = iota
	space
	letter
	digit
	wide
)

var classes = func() (t [256]class) {
	for c := range 256 {
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			t[c] = space
		case c >= '0' && c <= '9':
			t[c] = digit
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			t[c] = letter
		case c >= utf8.RuneSelf:
			t[c] = wide
		}
	}
	return t
}()

// classAt gives the class and the size of the rune at i; other and 0 at the
// end.
func (s *scanner) classAt(i int) (class, int) {
	if i >= len(s.text) {
		return other, 0
	}
	if c := classes[s.text[i]]; c != wide {
		return c, 1
	}
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter, n
	case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		return space, n
	case unicode.IsDigit(r):
		return digit, n
	}
	return other, n
}

func (s *scanner) isWord(i int) bool {
	c, _ := s.classAt(i)
	return c == letter || c == digit
}

func (s *scanner) isLetter(i int) bool { c, _ := s.classAt(i); return c == letter }
func (s *scanner) isDigit(i int) bool {
	return i >= 0 && i < len(s.text) && classes[s.text[i]] == digit
}
func (s *scanner) isUpper(i int) bool {
	if i >= len(s.text) {
		return false
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return unicode.IsUpper(r)
}

func (s *scanner) byteAt(i int) byte {
	if i < 0 || i >= len(s.text) {
		return 0
	}
	return s.text[i]
}

func (s *scanner) emit(end int) {
	s.out = append(s.out, Piece{Span: casus.Span{Start: casus.Pos(s.at), End: casus.Pos(end)}, Gap: s.gap, Words: 1})
	s.at, s.gap = end, Joined
}

// emitTwo emits one surface token of two words.
func (s *scanner) emitTwo(cut, end int) {
	s.emit(cut)
	s.out[len(s.out)-1].Words = 2
	s.emit(end)
	s.out[len(s.out)-1].Words = 0
}

func (s *scanner) step() {
	c, n := s.classAt(s.at)
	switch c {
	case space:
		s.space(n)
	case letter:
		s.word()
	case digit:
		s.number()
	default:
		s.mark(n)
	}
}

func (s *scanner) space(n int) {
	g := Space
	if s.text[s.at] == '\n' || s.text[s.at] == '\r' && s.byteAt(s.at+1) != '\n' {
		if g = Line; s.gap >= Line {
			g = Blank
		}
	}
	s.gap = max(s.gap, g)
	s.at += n
}

// wordEnd runs over letters, digits and underscores.
func (s *scanner) wordEnd(i int) int {
	for {
		c, n := s.classAt(i)
		if c != letter && c != digit && s.byteAt(i) != '_' {
			return i
		}
		i += n
	}
}

// apostrophe gives the size of ' or ’ at i, or 0.
func (s *scanner) apostrophe(i int) int {
	switch {
	case s.byteAt(i) == '\'' || s.byteAt(i) == '`':
		return 1
	case strings.HasPrefix(s.text[min(i, len(s.text)):], "’"):
		return len("’")
	}
	return 0
}

func (s *scanner) word() {
	if end := s.address(); end > 0 {
		s.emit(end)
		return
	}
	end := s.wordEnd(s.at)
	for {
		next := s.joined(end)
		if next == end {
			break
		}
		end = next
	}
	if end = s.stop(end); s.clitic(end) {
		return
	}
	if cut := s.contraction(end); cut > 0 {
		s.emitTwo(cut, end)
		return
	}
	s.emit(end)
}

// contraction gives the place to cut a word that is two, or 0: do|nt. "Its"
// and "lets" are so only beside certain words ("its not so", "Lets go").
func (s *scanner) contraction(end int) int {
	var buf [16]byte
	w := lower(s.text[s.at:end], &buf)
	switch string(w) {
	case "its":
		if !s.lists.afterIts[s.nextWord(end)] {
			return 0
		}
	case "lets":
		if s.byteAt(s.at) != 'L' || s.isUpper(s.at+1) {
			return 0
		}
	}
	if cut := s.lists.contract[string(w)]; cut > 0 {
		return s.at + cut
	}
	return 0
}

// nextWord gives the word behind one space.
func (s *scanner) nextWord(end int) string {
	if s.byteAt(end) != ' ' {
		return ""
	}
	return s.text[end+1 : s.wordEnd(end+1)]
}

// joined prolongs a word over an inner mark: pro-Beijing, AT&T, w/o, O'Hara.
func (s *scanner) joined(end int) int {
	switch c := s.byteAt(end); {
	case c == '-' && s.isWord(end+1) && s.keepsHyphen(end):
		return s.wordEnd(end + 1)
	case c == '&' && s.isUpper(end+1) && s.isUpper(s.at) && end-s.at <= 4:
		if e := s.wordEnd(end + 1); e-end <= 4 {
			return e
		}
	case c == '/' && end-s.at == 1 && s.isLetter(end+1) && s.wordEnd(end+1) == end+2:
		return end + 2
	case c == '.' && s.isLetter(end+1):
		return s.innerStop(end)
	case c == '$' && s.isDigit(end+1) && end-s.at <= 3 && s.isUpper(end-1):
		return end + 1
	}
	if n := s.apostrophe(end); n > 0 && s.isLetter(end+n) && s.byteAt(end) != '`' && (!s.isClitic(end+n) || s.closesWord(end, end+n)) {
		return s.wordEnd(end + n)
	}
	return end
}

// keepsHyphen reports whether the word before the hyphen at end is a prefix.
func (s *scanner) keepsHyphen(end int) bool {
	var buf [16]byte
	w := lower(s.text[s.at:end], &buf)
	return w != nil && s.isLetter(end+1) && s.lists.prefix[string(w)]
}

// innerStop prolongs over a stop between letters: U.S, Ph.D, plan.doc. Two
// sentences that were typed together ("came.Then") are cut.
func (s *scanner) innerStop(end int) int {
	next := s.wordEnd(end + 1)
	if next-end == 2 && (end-s.at <= 2 || s.byteAt(end-2) == '.') {
		return next
	}
	if _, ok := s.lists.stop[s.text[s.at:next]]; ok {
		return next
	}
	last, stops := next, 1
	for ; stops < 16 && s.byteAt(last) == '.' && s.isLetter(last+1); stops++ {
		last = s.wordEnd(last + 1)
	}
	if stops > 1 && !hasUpper(s.text[s.at:last]) {
		return last // a group or a package: alt.example.news
	}
	var buf [16]byte
	if s.lists.suffix[string(lower(s.text[strings.LastIndexByte(s.text[:last], '.')+1:last], &buf))] &&
		!(s.isUpper(end+1) && !s.isUpper(end-1)) {
		return last
	}
	return end
}

// closesWord reports a "t" behind an apostrophe that is no "n't": gov't.
func (s *scanner) closesWord(end, t int) bool {
	c := s.byteAt(end - 1)
	return (s.byteAt(t) == 't' || s.byteAt(t) == 'T') && (c != 'n' && c != 'N' || end-s.at < 3)
}

// isClitic reports that the letters behind an apostrophe make a word of their
// own: Peru|'s, we|'ll; the n of "does|n't" goes with them.
func (s *scanner) isClitic(i int) bool {
	end := s.wordEnd(i)
	var buf [16]byte
	switch string(lower(s.text[i:end], &buf)) {
	case "s", "m", "d", "t", "re", "ve", "ll":
		return true
	}
	return false
}

// clitic emits a word with the clitic behind it; false when there is none.
func (s *scanner) clitic(end int) bool {
	n := s.apostrophe(end)
	if n == 0 {
		return false
	}
	last := end + n
	if s.isLetter(last) && s.isClitic(last) && !s.closesWord(end, last) {
		cut := end
		if l := s.byteAt(last); l == 't' || l == 'T' {
			cut--
		}
		s.emitTwo(cut, s.wordEnd(last))
		return true
	}
	// The bare apostrophe of a plural: "the troops' families". A quotation
	// mark may stand there too: 'for the troops'.
	if c := s.byteAt(end - 1); (c == 's' || c == 'S') && !s.isWord(last) && s.byteAt(end) != '`' && s.byteAt(last) != s.byteAt(end) &&
		s.byteAt(last) == ' ' && s.isLetter(last+1) && !s.openQuote() {
		s.emitTwo(end, last)
		return true
	}
	return false
}

// openQuote reports a single quotation mark that opened a little before.
func (s *scanner) openQuote() bool {
	for i := len(s.out) - 1; i >= max(0, len(s.out)-40); i-- {
		switch s.text[s.out[i].Start:s.out[i].End] {
		case "'", "‘":
			return i+1 < len(s.out) && s.out[i+1].Gap == Joined || i == len(s.out)-1
		case "’":
			return false
		}
		if s.out[i].Gap >= Line {
			break
		}
	}
	return false
}

// stop takes the full stop behind an abbreviation into the word.
func (s *scanner) stop(end int) int {
	if s.byteAt(end) != '.' || s.byteAt(end+1) == '.' {
		return end
	}
	word := s.text[s.at:end]
	rule := s.lists.stop[word]
	if rule == stopNever && len(word) == 1 && s.isUpper(s.at) && word != "I" {
		rule = stopName
	}
	if rule == stopNever && strings.IndexByte(word, '.') > 0 && len(word)-strings.LastIndexByte(word, '.') == 2 {
		rule = stopAlways
	}
	if s.stopBelongs(rule, end+1) {
		return end + 1
	}
	return end
}

func (s *scanner) stopBelongs(rule stopRule, i int) bool {
	if rule == stopNever || rule == stopAlways {
		return rule == stopAlways
	}
	gap := i
	for i < len(s.text) {
		c, n := s.classAt(i)
		if c != space {
			break
		}
		i += n
	}
	ended := i >= len(s.text) || strings.Count(s.text[gap:i], "\n") > 1
	switch rule {
	case stopName:
		return !ended && (s.isUpper(i) || gap == i && !s.isWord(i))
	case stopNumber:
		return !ended && s.isDigit(i)
	}
	return !ended && (gap == i || !s.isUpper(i) || gap < i && s.isProbablyName(i))
}

// isProbablyName guesses that a capital behind "Inc." or "Oct." goes on the
// sentence: another abbreviation or a single letter does.
func (s *scanner) isProbablyName(i int) bool {
	end := s.wordEnd(i)
	return s.byteAt(end) == '.' && (end-i == 1 || s.lists.stop[s.text[i:end]] != stopNever)
}
