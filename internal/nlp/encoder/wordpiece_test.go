package encoder

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const smallVocab = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nthe\nminister\n'\ns\n##s\n-\na\nb\n##b\nab\n##c\ne\n##e\ncafe\n中\n文\n##文\n.\n1\n##0\n##00\n000\nσ\n##σ\n##ς\ni\n##i\n°\n##°\n€\nk\n"

func mustWordPiece(t testing.TB, vocab string) *WordPiece {
	t.Helper()
	w, err := LoadWordPiece([]byte(vocab))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWordPiece(t *testing.T) {
	w := mustWordPiece(t, smallVocab)
	names := strings.Split(smallVocab, "\n")
	for _, c := range []struct{ name, word, want string }{
		{"longest first", "unaffable", "un ##aff ##able"},
		{"upper case", "Minister", "minister"},
		{"around punctuation", "minister's", "minister ' s"},
		{"no piece fits", "xyz", "[UNK]"},
		{"a later piece fails: the whole word", "unxyz", "[UNK]"},
		{"only the failing part between punctuation", "xyz-the", "[UNK] - the"},
		{"accents", "Café", "cafe"},
		{"combining accent", "cafe\u0301", "cafe"},
		{"dotted capital", "İİ", "i ##i"},
		{"sigma keeps its form", "ΣΣς", "σ ##σ ##ς"},
		{"ideographs are words", "中文", "中 文"},
		{"space inside a word", "1\u00a0000", "1 000"},
		{"plain space inside a word", "1 000", "1 000"},
		{"symbol is no punctuation", "a°", "[UNK]"},
		{"degree", "b\u00b0", "b ##°"},
		{"control characters", "a\x00b\u200bc", "ab ##c"},
		{"empty", "", "[UNK]"},
		{"only marks", "\u0301", "[UNK]"},
		{"not UTF-8", "a\xffb", "ab"},
		{"a hundred characters", "a" + strings.Repeat("b", 99), "ab" + strings.Repeat(" ##b", 98)},
		{"a hundred and one", "a" + strings.Repeat("b", 100), "[UNK]"},
		{"long, accented", "é" + strings.Repeat("b", 100), "[UNK]"},
		{"special pieces are not read from text", "[CLS]", "[UNK] [UNK] [UNK]"},
		{"kelvin", "\u212a", "k"},
	} {
		var got []string
		for _, id := range w.Append(nil, c.word) {
			got = append(got, names[id])
		}
		want := c.want
		if c.name == "symbol is no punctuation" {
			want = "a ##°"
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: %q is %s, want %s", c.name, c.word, g, want)
		}
	}
}

func TestWordPieceSpecial(t *testing.T) {
	cls, sep, unk, pad := mustWordPiece(t, smallVocab).Special()
	if cls != 2 || sep != 3 || unk != 1 || pad != 0 {
		t.Errorf("[CLS] %d [SEP] %d [UNK] %d [PAD] %d", cls, sep, unk, pad)
	}
}

func TestWordPieceBadVocabulary(t *testing.T) {
	for _, c := range []struct{ name, vocab, want string }{
		{"empty", "", "empty"},
		{"no unknown", "[PAD]\n[CLS]\n[SEP]\n", "[UNK]"},
		{"twice", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\na\n", `line 6: "a" stands in line 5`},
		{"blank line", "[PAD]\n\n[UNK]", "line 2"},
		{"windows lines", "[PAD]\r\n", "line 1"},
		{"not UTF-8", "[PAD]\n\xff\n", "line 2"},
	} {
		if _, err := LoadWordPiece([]byte(c.vocab)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
}

// slowWordPiece is the clear reference: BERT's basic tokeniser and greedy
// matching, with maps and strings.
type slowWordPiece map[string]int32

func newSlow(vocab string) slowWordPiece {
	m := slowWordPiece{}
	for i, p := range strings.Split(strings.TrimSuffix(vocab, "\n"), "\n") {
		m[p] = int32(i)
	}
	return m
}

func (m slowWordPiece) pieces(word string) []int32 {
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || unicode.Is(unicode.Z, r):
			b.WriteByte(' ')
		case r == 0 || r == 0xFFFD || unicode.Is(unicode.C, r) || unicode.Is(unicode.Mn, r):
		case isChinese(r) || unicode.IsPunct(r) || r < 128 && unicode.IsGraphic(r) && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteString(" " + string(r) + " ")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	var out []int32
	for _, w := range strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }) {
		out = append(out, m.greedy([]rune(w))...)
	}
	if len(out) == 0 {
		out = []int32{m["[UNK]"]}
	}
	return out
}

func (m slowWordPiece) greedy(w []rune) (out []int32) {
	unknown := []int32{m["[UNK]"]}
	if len(w) > 100 {
		return unknown
	}
	for prefix := ""; len(w) > 0; prefix = "##" {
		end := len(w)
		for ; end > 0; end-- {
			if id, ok := m[prefix+string(w[:end])]; ok {
				out = append(out, id)
				break
			}
		}
		if end == 0 {
			return unknown
		}
		w = w[end:]
	}
	return out
}

// generatedVocab has all short strings over few letters that chance picks.
func generatedVocab(r *rand.Rand) string {
	seen := map[string]bool{"[PAD]": true}
	out := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
	letters := []rune("abcdefé中ß.-'1α")
	for range 2000 {
		p := ""
		if r.IntN(2) == 0 {
			p = "##"
		}
		for range 1 + r.IntN(4) {
			p += string(letters[r.IntN(len(letters))])
		}
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

func generatedWord(r *rand.Rand) string {
	letters := []rune("aabbccddeeffABCDEFéÉ中ß.-'11αΑ \u0301\u00a0\u200b한ſK")
	w := make([]rune, r.IntN(12))
	for i := range w {
		w[i] = letters[r.IntN(len(letters))]
	}
	return string(w)
}

func TestWordPieceAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		vocab := generatedVocab(r)
		fast, slow := mustWordPiece(t, vocab), newSlow(vocab)
		known := 0
		for range 5000 {
			word := generatedWord(r)
			got, want := fast.Append(nil, word), slow.pieces(word)
			if !slices.Equal(got, want) {
				t.Fatalf("%q: %v, want %v", word, got, want)
			}
			if got[0] != fast.unk {
				known++
			}
		}
		if known < 1000 {
			t.Errorf("only %d words of 5000 have pieces: the test sees too little", known)
		}
	}
}

func FuzzWordPiece(f *testing.F) {
	vocab := generatedVocab(rand.New(rand.NewPCG(3, 4)))
	fast, slow := mustWordPiece(f, vocab), newSlow(vocab)
	for _, s := range []string{"abc", "Éa", "a\u0301\u0323b", "中a", "\xff", "각", "a b", "ΑΣ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		got, want := fast.Append([]int32{7}, word), slow.pieces(word)
		if got[0] != 7 || !slices.Equal(got[1:], want) {
			t.Errorf("%q: %v, want 7 and %v", word, got, want)
		}
	})
}

func TestWordPieceDoesNotAllocate(t *testing.T) {
	w := mustWordPiece(t, smallVocab)
	dst := make([]int32, 0, 64)
	for _, word := range []string{"unaffable", "Café", "中文", "minister's"} {
		if n := testing.AllocsPerRun(100, func() { dst = w.Append(dst[:0], word) }); n != 0 {
			t.Errorf("%q: %v allocations", word, n)
		}
	}
}

func BenchmarkWordPiece(b *testing.B) {
	w := mustWordPiece(b, generatedVocab(rand.New(rand.NewPCG(5, 6))))
	words := []string{"abcdef", "Fab", "decade", "a", ".", "bed", "faced", "-", "cab", "beef"}
	var dst []int32
	before := cpuTime()
	for i := 0; b.Loop(); i++ {
		dst = w.Append(dst[:0], words[i%len(words)])
	}
	b.ReportMetric(float64(b.N)/(cpuTime()-before).Seconds()/1e6, "Mwords/cpu-s")
}
