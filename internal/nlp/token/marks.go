package token

import "strings"

// number scans what begins with a figure: 4.5, 10:30, 9/11, 20th, 1990s, 5|km.
func (s *scanner) number() {
	if end := s.address(); end > 0 {
		s.emit(end)
		return
	}
	if end := s.dialled(); end > 0 {
		s.emit(end)
		return
	}
	end := s.figures(s.at)
	tail := s.wordEnd(end)
	var buf [16]byte
	switch {
	case tail == end:
	case s.lists.unit[string(lower(s.text[end:tail], &buf))]:
		s.emit(end)
		if s.gap == Joined && s.byteAt(tail) == '.' && s.byteAt(tail+1) == 'm' {
			tail = s.wordEnd(tail + 1)
		}
		s.emit(tail)
		return
	default:
		end = tail
	}
	if !s.clitic(end) {
		s.emit(end)
	}
}

// figures runs over digits and the marks between them, and nothing else.
func (s *scanner) figures(i int) int {
	for {
		c, n := s.classAt(i)
		switch b := s.byteAt(i); {
		case c == digit:
			i += n
		case (b == '.' || b == ',' || b == ':' || b == '/') && s.isDigit(i+1) && i > s.at:
			i++
		default:
			return i
		}
	}
}

// dialled gives the end of a telephone number or a date with hyphens
// (713-853-3989, 2025-11-02), or 0. A span of years (1914-18) is no such.
func (s *scanner) dialled() int {
	i, group := s.at, [5]int{}
	n := 0
	for ; n < len(group); n++ {
		from := i
		for s.isDigit(i) {
			i++
		}
		group[n] = i - from
		if s.byteAt(i) != '-' || !s.isDigit(i+1) {
			break
		}
		i++
	}
	if n == len(group) || s.isWord(i) {
		return 0
	}
	g := group[:n+1]
	switch {
	case len(g) >= 3 && g[len(g)-1] == 4 && g[len(g)-2] == 3,
		len(g) == 2 && g[0] == 3 && g[1] == 4,
		len(g) == 3 && g[0] == 4 && g[1] <= 2 && g[2] <= 2,
		len(g) == 3 && g[0] <= 2 && g[1] <= 2:
		return i
	}
	return 0
}

// address gives the end of a URL, a mail address or a host name that begins
// here, or 0.
func (s *scanner) address() int {
	rest := s.text[s.at:]
	if !hasAddress(rest) {
		return 0
	}
	end := 0
	for end < len(rest) {
		c, n := s.classAt(s.at + end)
		if b := rest[end]; c == space || b == '<' || b == '>' || b == '"' || b == '|' || strings.HasPrefix(rest[end:], "”") {
			break
		}
		end += n
	}
	for end > 0 && strings.IndexByte(".,;:!?)]}'\"*", rest[end-1]) >= 0 {
		if rest[end-1] == ')' && strings.IndexByte(rest[:end], '(') >= 0 {
			break
		}
		end--
	}
	return s.at + end
}

// hasAddress looks a few letters ahead for the marks of an address, so that
// plain words cost next to nothing.
func hasAddress(s string) bool {
	for i := range min(len(s), 64) {
		c := s[i]
		switch {
		case classes[c] == letter || classes[c] == digit || c == '.' || c == '-' || c == '_' || c == '+':
		case c == ':':
			return i > 2 && strings.HasPrefix(s[i:], "://") && i+3 < len(s) && classes[s[i+3]] != space
		case c == '@':
			return i > 0 && i+1 < len(s) && (classes[s[i+1]] == letter || classes[s[i+1]] == digit)
		case c == '/':
			return strings.HasPrefix(s, "www.")
		default:
			return strings.HasPrefix(s, "www.")
		}
	}
	return strings.HasPrefix(s, "www.") && len(s) > 4
}

const smileyMarks = ":;=()DP-^_*"

var smileys = []string{":-)", ":-(", ";-)", ":)", ":(", ";)", "=)", "=(", "(:", "^_^", ":D", ":P", ":-D", ":-P"}

// mark scans what begins with neither letter nor figure.
func (s *scanner) mark(n int) {
	c := s.text[s.at]
	switch {
	case c == '.' && s.isDigit(s.at+1) && s.gap != Joined:
		s.emit(s.figuresFrom(s.at + 1))
	case c == '#' && s.isLetter(s.at+1), c == '@' && s.gap != Joined && s.isLetter(s.at+1), c == '+' && s.gap != Joined && s.isDigit(s.at+1):
		s.emit(s.wordEnd(s.at + 1))
	case strings.IndexByte(smileyMarks, c) >= 0 && s.gap != Joined && s.smiley():
	case s.shortened():
	case strings.IndexByte(".!?-=_*+~'`<>/$", c) >= 0:
		s.emit(s.run(c))
	case strings.HasPrefix(s.text[s.at:], "’’"), strings.HasPrefix(s.text[s.at:], "‘’"):
		s.emit(s.at + 2*n)
	default:
		s.emit(s.at + max(n, 1))
	}
}

func (s *scanner) figuresFrom(i int) int {
	for s.isDigit(i) {
		i++
	}
	return i
}

func (s *scanner) smiley() bool {
	for _, f := range smileys {
		if strings.HasPrefix(s.text[s.at:], f) && !s.isWord(s.at+len(f)) {
			s.emit(s.at + len(f))
			return true
		}
	}
	return false
}

// shortened scans a word that begins with an apostrophe: a clitic written
// apart ("Bush 's"), a year ('72), 'em.
func (s *scanner) shortened() bool {
	n := s.apostrophe(s.at)
	if n == 0 {
		return false
	}
	if s.isDigit(s.at+n) && s.isDigit(s.at+n+1) && (!s.isWord(s.at+n+2) || s.byteAt(s.at+n+2) == 's') {
		s.emit(s.wordEnd(s.at + n))
		return true
	}
	if !s.isLetter(s.at + n) {
		return false
	}
	end := s.wordEnd(s.at + n)
	var buf [16]byte
	switch string(lower(s.text[s.at+n:end], &buf)) {
	case "s", "re", "ve", "ll", "em", "til", "cause", "tis", "twas", "m", "d":
		if s.apostrophe(end) > 0 {
			return false
		}
		s.emit(end)
		return true
	}
	return false
}

// run runs over a repeated mark: ..., --, !!?.
func (s *scanner) run(c byte) int {
	i := s.at + 1
	for i < len(s.text) && (s.text[i] == c || c != '-' && ended(c) && ended(s.text[i])) {
		i++
	}
	if (c == '\'' || c == '`') && i-s.at > 2 {
		return s.at + 2
	}
	if c == '<' || c == '>' || c == '/' {
		return s.at + min(i-s.at, 2)
	}
	return i
}

func hasUpper(s string) bool {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return true
		}
	}
	return false
}

func ended(c byte) bool { return c == '.' || c == '!' || c == '?' }
