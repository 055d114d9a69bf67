package neural

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// edit makes a lemma of a form: small letters or not, letters off the end,
// others on. "l3:y" makes "party" of "Parties".
type edit struct {
	lower bool
	strip int // in code points
	add   string
}

func parseEdit(s string) (edit, error) {
	n, add, ok := strings.Cut(s, ":")
	if !ok || len(n) < 2 || n[0] != 'k' && n[0] != 'l' {
		return edit{}, fmt.Errorf("no edit: %q", s)
	}
	strip, err := strconv.Atoi(n[1:])
	if err != nil || strip < 0 {
		return edit{}, fmt.Errorf("no edit: %q", s)
	}
	return edit{n[0] == 'l', strip, add}, nil
}

// apply gives the lemma, interned where it is not a part of the form. A form
// shorter than what is to be taken off is its own lemma.
func (e *edit) apply(form string, s *Scratch) string {
	base := form
	if e.lower && hasUpper(form) {
		base = s.lower(form)
	}
	end := len(base)
	for range e.strip {
		_, n := utf8.DecodeLastRuneInString(base[:end])
		if n == 0 {
			return form
		}
		end -= n
	}
	if e.add == "" {
		if end == 0 {
			return form
		}
		return base[:end]
	}
	s.buf = append(append(s.buf[:0], base[:end]...), e.add...)
	return s.string()
}

func hasUpper(s string) bool {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

func (s *Scratch) lower(form string) string {
	s.buf = s.buf[:0]
	for i := range len(form) {
		c := form[i]
		if c >= utf8.RuneSelf {
			return strings.ToLower(form)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		s.buf = append(s.buf, c)
	}
	return s.string()
}

// maxIntern bounds the memory of one worker; news repeats itself long before.
const maxIntern = 1 << 16

func (s *Scratch) string() string {
	if v, ok := s.intern[string(s.buf)]; ok {
		return v
	}
	if s.intern == nil || len(s.intern) >= maxIntern {
		s.intern = make(map[string]string, 1024)
	}
	v := string(s.buf)
	s.intern[v] = v
	return v
}
