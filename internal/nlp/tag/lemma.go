package tag

import (
	"errors"
	"strings"
	"unicode/utf8"

	"casus/ud"
)

// edit makes a lemma of a form: take the last bytes off, put others on.
type edit struct {
	strip int
	add   string
	lower bool // in lower case first; names keep their capitals
}

// maxEnding is the longest ending in bytes that rules look at.
const maxEnding = 6

// lemmatiser holds exceptions by word and rules by ending; both depend on the
// Penn tag: "saw" is see as a verb and saw as a noun.
type lemmatiser struct {
	edits []edit
	words *table
	ends  *table
}

// byUPOS is the salt of exceptions that only hold under one universal tag:
// "United" is an adjective and itself in one treebank, a form of "unite" in
// the other; "'s" is be as an auxiliary and let's us as a pronoun.
const byUPOS = 100

func lemmaKey(h uint64, x ud.XPOS, salt uint64) uint64 {
	return (h ^ (uint64(x)+1)*0xD1B54A32D192ED03 ^ salt*0x9E3779B97F4A7C15) * prime64
}

// endingHash hashes the last n bytes of a form, folded; ok is false when it is
// shorter.
func endingHash(form string, n int) (h uint64, ok bool) {
	if n > len(form) {
		return 0, false
	}
	h = seed64
	for k := 1; k <= n; k++ {
		c, _ := fold(form, len(form)-k)
		h = (h ^ uint64(c)) * prime64
	}
	return h ^ h>>32, true
}

// Lemma gives the lemma of a form under tags found elsewhere.
func (t *Tagger) Lemma(form string, u ud.UPOS, x ud.XPOS, s *Scratch) string {
	_, lower := hashes(form)
	return t.lemmas.lemma(form, lower, pair{u, x}, s)
}

func (l *lemmatiser) lemma(form string, lower uint64, p pair, s *Scratch) string {
	e, ok := l.words.get(lemmaKey(lower, p.xpos, byUPOS+uint64(p.upos)))
	if !ok {
		e, ok = l.words.get(lemmaKey(lower, p.xpos, 0))
	}
	if !ok {
		for n := min(maxEnding, len(form)); n >= 0 && !ok; n-- {
			h, _ := endingHash(form, n)
			e, ok = l.ends.get(lemmaKey(h, p.xpos, uint64(n)+1))
		}
	}
	if !ok {
		return form
	}
	return l.edits[e].apply(straight(form, s), s)
}

// straight gives the form with straight apostrophes, as edits were learned:
// one edit makes "not" of both ways to write "n't".
func straight(form string, s *Scratch) string {
	if len(form) < 4 || strings.IndexByte(form, 0xE2) < 0 || !strings.Contains(form, "’") {
		return form
	}
	s.buf = append(s.buf[:0], strings.ReplaceAll(form, "’", "'")...)
	return s.string()
}

// apply makes the lemma without a new string where it can: a part of the form,
// or one that was made before.
func (e *edit) apply(form string, s *Scratch) string {
	n := len(form) - e.strip
	if n < 0 || n == 0 && e.add == "" || n < len(form) && e.add == "" && !utf8.RuneStart(form[n]) {
		return form
	}
	if e.add == "" && (!e.lower || !hasUpper(form[:n])) {
		return form[:n]
	}
	s.buf = s.buf[:0]
	for i := range n {
		c := form[i]
		if e.lower && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		s.buf = append(s.buf, c)
	}
	if s.buf = append(s.buf, e.add...); !utf8.Valid(s.buf) {
		return form
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

func hasUpper(s string) bool {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return true
		}
	}
	return false
}

func (l *lemmatiser) read(r *reader) {
	for _, line := range r.strings() {
		if len(line) < 2 {
			r.err = errors.New("tag: model has a broken edit")
			return
		}
		l.edits = append(l.edits, edit{strip: int(line[1] - '0'), add: line[2:], lower: line[0] == 'l'})
	}
	l.words, l.ends = r.table(), r.table()
}

func (l *lemmatiser) write(w *writer) {
	var ss []string
	for _, e := range l.edits {
		c := "k"
		if e.lower {
			c = "l"
		}
		ss = append(ss, c+string(rune('0'+e.strip))+e.add)
	}
	w.strings(ss)
	w.table(l.words)
	w.table(l.ends)
}

func (l *lemmatiser) check() error {
	for _, t := range []*table{l.words, l.ends} {
		for _, v := range t.vals {
			if int(v) >= max(len(l.edits), 1) {
				return errors.New("tag: model has an edit out of range")
			}
		}
		if len(t.keys) > 0 && len(l.edits) == 0 {
			return errors.New("tag: model has no edits")
		}
	}
	return nil
}

// editOf finds the edit from form to lemma; ok is false when they share too
// little.
func editOf(form, lemma string) (edit, bool) {
	if strings.ContainsAny(lemma, "\n") {
		return edit{}, false
	}
	if len(form) == 1 && form != lemma || lemma == "I" {
		return edit{strip: len(form), add: lemma}, true // "i" is I, too
	}
	e := edit{lower: false}
	if !strings.HasPrefix(lemma, form) && hasUpper(form) {
		if common(form, lemma) < common(asciiLower(form), lemma) {
			form, e.lower = asciiLower(form), true
		}
	} else if !hasUpper(form) {
		e.lower = true
	}
	n := common(form, lemma)
	e.strip, e.add = len(form)-n, lemma[n:]
	// Figures are folded where lemmas are looked up: what one number becomes,
	// another must not.
	return e, e.strip < 60 && !strings.ContainsAny(e.add, "0123456789")
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
