package encoder

import (
	"bytes"
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// WordPiece cuts words into the pieces of an uncased BERT vocabulary, as
// BERT's own tokeniser does: control characters dropped, accents stripped
// (NFD without category Mn), lower case; cut at white space, around
// punctuation and around Chinese characters; then the longest piece first,
// pieces inside a word marked "##". It is immutable and safe for concurrent
// use.
type WordPiece struct {
	cls, sep, unk, pad int32
	// A trie: its edges in an open-addressed table, and the piece that ends at
	// each node (-1: none). Node rootFirst begins words, rootInner goes on.
	edges []edge
	shift uint8
	piece []int32
}

type edge struct {
	key uint32 // node<<8 | byte, plus one; 0 is free
	to  uint32
}

const (
	rootFirst = iota
	rootInner
)

// maxWordRunes is BERT's: a longer word is unknown as a whole.
const maxWordRunes = 100

// LoadWordPiece reads a vocabulary: one piece a line, its id the number of the
// line from 0. [CLS], [SEP], [UNK] and [PAD] must be there.
func LoadWordPiece(vocab []byte) (*WordPiece, error) {
	if len(vocab) == 0 {
		return nil, errors.New("word pieces: the vocabulary is empty")
	}
	lines := bytes.Split(bytes.TrimSuffix(vocab, []byte("\n")), []byte("\n"))
	ids := make(map[string]int32, len(lines))
	for i, line := range lines {
		p := string(line)
		if p == "" || p == "##" || !utf8.ValidString(p) || bytes.ContainsAny(line, " \r\t") {
			return nil, fmt.Errorf("word pieces: line %d: %q is no piece", i+1, p)
		}
		if first, twice := ids[p]; twice {
			return nil, fmt.Errorf("word pieces: line %d: %q stands in line %d already", i+1, p, first+1)
		}
		ids[p] = int32(i)
	}
	w := &WordPiece{}
	for name, id := range map[string]*int32{"[CLS]": &w.cls, "[SEP]": &w.sep, "[UNK]": &w.unk, "[PAD]": &w.pad} {
		var ok bool
		if *id, ok = ids[name]; !ok {
			return nil, fmt.Errorf("word pieces: the vocabulary lacks %s", name)
		}
	}
	return w, w.build(lines)
}

// Special gives the ids of [CLS], [SEP], [UNK] and [PAD].
func (w *WordPiece) Special() (cls, sep, unk, pad int32) { return w.cls, w.sep, w.unk, w.pad }

// build makes the trie.
func (w *WordPiece) build(lines [][]byte) error {
	size := 0
	for _, l := range lines {
		size += len(l)
	}
	if size >= 1<<24-2 {
		return fmt.Errorf("word pieces: %d bytes of pieces; at most %d", size, 1<<24-3)
	}
	bits := 8
	for 1<<bits < 2*size {
		bits++
	}
	w.edges, w.shift = make([]edge, 1<<bits), uint8(32-bits)
	w.piece = []int32{rootFirst: -1, rootInner: -1}
	for id, l := range lines {
		node, inner := uint32(rootFirst), false
		if l, inner = bytes.CutPrefix(l, []byte("##")); inner {
			node = rootInner
		}
		for _, c := range l {
			e := w.slot(node, c)
			if e.key == 0 {
				*e = edge{node<<8 | uint32(c) + 1, uint32(len(w.piece))}
				w.piece = append(w.piece, -1)
			}
			node = e.to
		}
		w.piece[node] = int32(id)
	}
	return nil
}

// slot finds the edge, or the free place where it would stand.
func (w *WordPiece) slot(node uint32, c byte) *edge {
	key := node<<8 | uint32(c) + 1
	mask := uint32(len(w.edges) - 1)
	for i := key * 2654435769 >> w.shift; ; i++ {
		if e := &w.edges[i&mask]; e.key == key || e.key == 0 {
			return e
		}
	}
}

// Append appends the pieces of a word, at least one: what leaves nothing (or
// can not be built from pieces) is [UNK].
func (w *WordPiece) Append(dst []int32, word string) []int32 {
	before := len(dst)
	var t wordBuffer
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			// Once more from the beginning: a mark may alter what precedes it.
			t.n, t.runes = 0, 0
			dst = w.appendUnicode(dst[:before], word, &t)
			break
		}
		switch ascii[c] {
		case letter:
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			t.addByte(c)
		case punct:
			dst = w.flush(dst, &t)
			t.addByte(c)
			dst = w.flush(dst, &t)
		case space:
			dst = w.flush(dst, &t)
		}
	}
	dst = w.flush(dst, &t)
	if len(dst) == before {
		dst = append(dst, w.unk)
	}
	return dst
}

// appendUnicode takes the canonical decomposition of each character on its
// own, and so without memory. The order of marks matters only where a mark
// stays that is not dropped (some musical signs); such words go the long way.
func (w *WordPiece) appendUnicode(dst []int32, word string, t *wordBuffer) []int32 {
	before := len(dst)
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		p := norm.NFD.PropertiesString(word[i:])
		d := p.Decomposition()
		switch {
		case r < utf8.RuneSelf:
			dst = w.rune(dst, r, t)
		case p.CCC() != 0 && !unicode.Is(unicode.Mn, r):
			t.n, t.runes = 0, 0
			dst = dst[:before]
			for _, r := range norm.NFD.String(word) {
				dst = w.rune(dst, r, t)
			}
			return w.flush(dst, t)
		case r >= hangulBase && r < hangulBase+hangulCount:
			dst = w.hangul(dst, r-hangulBase, t)
		case d != nil:
			for len(d) > 0 {
				part, n := utf8.DecodeRune(d)
				dst, d = w.rune(dst, part, t), d[n:]
			}
		default:
			dst = w.rune(dst, r, t)
		}
		i += size
	}
	return w.flush(dst, t)
}

// The arithmetic of Hangul syllables: The Unicode Standard, section 3.12.
const (
	hangulBase, hangulCount       = 0xAC00, 11172
	leadBase, vowelBase, tailBase = 0x1100, 0x1161, 0x11A7
	vowels, tails                 = 21, 28
)

// hangul adds the two or three letters of a syllable.
func (w *WordPiece) hangul(dst []int32, syllable rune, t *wordBuffer) []int32 {
	dst = w.rune(dst, leadBase+syllable/(vowels*tails), t)
	dst = w.rune(dst, vowelBase+syllable/tails%vowels, t)
	if tail := syllable % tails; tail > 0 {
		dst = w.rune(dst, tailBase+tail, t)
	}
	return dst
}

// rune takes one character of decomposed text.
func (w *WordPiece) rune(dst []int32, r rune, t *wordBuffer) []int32 {
	switch classify(r) {
	case letter:
		t.add(unicode.ToLower(r))
	case punct:
		dst = w.flush(dst, t)
		t.add(r)
		dst = w.flush(dst, t)
	case space:
		dst = w.flush(dst, t)
	}
	return dst
}

// wordBuffer gathers a normalised word.
type wordBuffer struct {
	b        [maxWordRunes * utf8.UTFMax]byte
	n, runes int
}

func (t *wordBuffer) addByte(c byte) {
	if t.runes < maxWordRunes {
		t.b[t.n] = c
		t.n++
	}
	t.runes++
}

func (t *wordBuffer) add(r rune) {
	if t.runes < maxWordRunes {
		t.n += utf8.EncodeRune(t.b[t.n:], r)
	}
	t.runes++
}

// flush appends the pieces of the gathered word and empties the buffer.
func (w *WordPiece) flush(dst []int32, t *wordBuffer) []int32 {
	n, runes, before := t.n, t.runes, len(dst)
	t.n, t.runes = 0, 0
	if runes > maxWordRunes {
		return append(dst, w.unk)
	}
	root := uint32(rootFirst)
	for at := 0; at < n; root = rootInner {
		id, end, node := int32(-1), at, root
		for i := at; i < n; i++ {
			e := w.slot(node, t.b[i])
			if e.key == 0 {
				break
			}
			node = e.to
			if p := w.piece[node]; p >= 0 {
				id, end = p, i+1
			}
		}
		if id < 0 {
			return append(dst[:before], w.unk)
		}
		dst, at = append(dst, id), end
	}
	return dst
}

// class is what BERT's tokeniser does with a character.
type class uint8

const (
	dropped class = iota // control characters, U+FFFD, combining marks
	letter               // anything that words are made of
	punct                // punctuation, symbols of ASCII, Chinese characters: a word each
	space
)

var ascii = func() (t [utf8.RuneSelf]class) {
	for r := range rune(utf8.RuneSelf) {
		t[r] = classify(r)
	}
	return t
}()

func classify(r rune) class {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return space
	case r < utf8.RuneSelf:
		switch {
		case r < ' ' || r == 0x7f:
			return dropped
		case r == ' ':
			return space
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			return letter
		}
		return punct
	case r == utf8.RuneError || unicode.In(r, unicode.C, unicode.Mn):
		return dropped
	case unicode.Is(unicode.Z, r):
		return space
	case unicode.IsPunct(r) || isChinese(r):
		return punct
	}
	return letter
}

// isChinese is BERT's list of CJK blocks: ideographs, not kana or hangul.
func isChinese(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF ||
		r >= 0x20000 && r <= 0x2A6DF || r >= 0x2A700 && r <= 0x2B73F ||
		r >= 0x2B740 && r <= 0x2B81F || r >= 0x2B820 && r <= 0x2CEAF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}
