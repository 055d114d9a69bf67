package ner

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"casus"
	"casus/ud"

	"github.com/google/go-cmp/cmp"
)

// corpus holds own sentences: words with their Penn tag and IOB2 tag.
var corpus = []string{
	"Ivan/NNP/B-PER Petrov/NNP/I-PER visited/VBD/O Lima/NNP/B-LOC ./././O",
	"The/DT/O Harbour/NNP/B-ORG Guild/NNP/I-ORG said/VBD/O no/DT/O ./././O",
	"In/IN/O Lima/NNP/B-LOC ,/,/O Ivan/NNP/B-PER Petrov/NNP/I-PER met/VBD/O the/DT/O guard/NN/O ./././O",
	"The/DT/O guard/NN/O left/VBD/O ./././O",
	"The/DT/O Harbour/NNP/B-ORG Guild/NNP/I-ORG met/VBD/O in/IN/O Lima/NNP/B-LOC ./././O",
}

func readCorpus(t testing.TB) []Sentence {
	t.Helper()
	var out []Sentence
	for _, row := range corpus {
		var s Sentence
		var tags []string
		for _, f := range strings.Fields(row) {
			i := strings.LastIndexByte(f, '/')
			word, tag := f[:i], f[i+1:]
			i = strings.LastIndexByte(word, '/')
			word, penn := word[:i], word[i+1:]
			x, err := ud.ParseXPOS(penn)
			if err != nil {
				t.Fatal(err)
			}
			u := ud.NOUN
			if penn == "NNP" {
				u = ud.PROPN
			}
			s.Form, s.XPOS, s.UPOS, tags = append(s.Form, word), append(s.XPOS, x), append(s.UPOS, u), append(tags, tag)
		}
		runs, err := RunsOfIOB2(tags, map[string]casus.NameLabel{"PER": casus.PER, "LOC": casus.LOC, "ORG": casus.ORG})
		if err != nil {
			t.Fatal(err)
		}
		s.Names = runs
		out = append(out, s, s, s)
	}
	return out
}

func document(sents []Sentence) *casus.Document {
	doc := &casus.Document{}
	var text strings.Builder
	for i := range sents {
		first := casus.TokenID(len(doc.Tokens))
		for j, form := range sents[i].Form {
			start := casus.Pos(text.Len())
			text.WriteString(form)
			doc.Tokens = append(doc.Tokens, casus.Token{Span: casus.Span{Start: start, End: casus.Pos(text.Len())},
				Sent: casus.SentenceID(i), Head: casus.None, UPOS: sents[i].UPOS[j], XPOS: sents[i].XPOS[j]})
			text.WriteByte(' ')
		}
		doc.Sentences = append(doc.Sentences, casus.Sentence{First: first, End: casus.TokenID(len(doc.Tokens))})
	}
	doc.Text = text.String()
	return doc
}

func small() TrainOptions { return TrainOptions{Epochs: 8, LineBits: 10} }

func trained(t testing.TB) *Tagger {
	t.Helper()
	b, err := Train(readCorpus(t), small()).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}

func TestTaggerLearnsItsCorpus(t *testing.T) {
	sents := readCorpus(t)
	doc, tagger := document(sents), trained(t)
	var s Scratch
	var want []Run
	for i := range sents {
		tagger.Tag(doc, casus.SentenceID(i), &s)
		for _, r := range sents[i].Names {
			off := int(doc.Sentences[i].First)
			want = append(want, Run{r.First + off, r.End + off, r.Label})
		}
	}
	var got []Run
	for _, n := range doc.Names {
		got = append(got, Run{int(n.First), int(n.End), n.Label})
		if n.Margin <= 0 {
			t.Errorf("%q has margin %v", doc.String(n.Span), n.Margin)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("names (-want +got):\n%s", d)
	}
}

func TestRunsOfIOB2(t *testing.T) {
	classes := map[string]casus.NameLabel{"PER": casus.PER, "LOC": casus.LOC}
	for _, c := range []struct {
		tags string
		want []Run
		bad  bool
	}{
		{tags: "O O"},
		{tags: "B-PER I-PER B-PER O B-LOC", want: []Run{{0, 2, casus.PER}, {2, 3, casus.PER}, {4, 5, casus.LOC}}},
		{tags: "B-SHIP I-SHIP B-LOC", want: []Run{{2, 3, casus.LOC}}},
		{tags: "O I-PER", bad: true},
		{tags: "B-PER I-LOC", bad: true},
		{tags: "PER", bad: true},
	} {
		got, err := RunsOfIOB2(strings.Fields(c.tags), classes)
		if (err != nil) != c.bad {
			t.Errorf("%s: error %v", c.tags, err)
		}
		if d := cmp.Diff(c.want, got); d != "" && len(c.want)+len(got) > 0 {
			t.Errorf("%s (-want +got):\n%s", c.tags, d)
		}
	}
}

// TestViterbiFindsTheBestPath compares with trying every sequence.
func TestViterbiFindsTheBestPath(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var trans [numLabels][numLabels]int32
	var begin [numLabels]int32
	for range 200 {
		for a := range trans {
			begin[a] = forbidden
			if mayFollow(outside, label(a)) {
				begin[a] = int32(rng.IntN(40) - 20)
			}
			for b := range trans[a] {
				trans[a][b] = forbidden
				if mayFollow(label(a), label(b)) {
					trans[a][b] = int32(rng.IntN(40) - 20)
				}
			}
		}
		var s Scratch
		s.reset(1 + rng.IntN(3))
		for i := range s.n {
			s.mask[i] = rng.Uint32()&(1<<numLabels-1) | 1<<outside
			for l := range s.emit[i] {
				s.emit[i][l] = int32(rng.IntN(100) - 50)
			}
		}
		s.viterbi(&trans, &begin)
		if got, want := pathScore(&s, s.path, &trans, &begin), bruteForce(&s, &trans, &begin); got != want {
			t.Fatalf("path %v scores %d, the best %d", s.path, got, want)
		}
	}
}

func pathScore(s *Scratch, path []label, trans *[numLabels][numLabels]int32, begin *[numLabels]int32) int32 {
	v := begin[path[0]]
	for i, l := range path {
		if s.mask[i]>>l&1 == 0 {
			return -1 << 30
		}
		v += s.emit[i][l]
		if i > 0 {
			v += trans[path[i-1]][l]
		}
	}
	if last := path[len(path)-1]; !mayFollow(last, outside) {
		return -1 << 30
	}
	return v
}

func bruteForce(s *Scratch, trans *[numLabels][numLabels]int32, begin *[numLabels]int32) int32 {
	best, path := int32(-1<<30), make([]label, s.n)
	var try func(i int)
	try = func(i int) {
		if i == s.n {
			best = max(best, pathScore(s, path, trans, begin))
			return
		}
		for l := range label(numLabels) {
			path[i] = l
			try(i + 1)
		}
	}
	try(0)
	return best
}

// TestAnyInputGivesOrderedNames tags words put together at random.
func TestAnyInputGivesOrderedNames(t *testing.T) {
	tagger, rng := trained(t), rand.New(rand.NewPCG(1, 2))
	words := []string{"Ivan", "PETROV", "Lima", "the", "", "ß", "#Lima", "U.S.", "1,200", ".", "Harbour"}
	var used Scratch
	for n := range 80 {
		var sent Sentence
		for range n {
			sent.Form = append(sent.Form, words[rng.IntN(len(words))])
			sent.UPOS = append(sent.UPOS, ud.UPOS(rng.IntN(int(ud.NumUPOS))))
			sent.XPOS = append(sent.XPOS, ud.XPOS(rng.IntN(ud.NumXPOS())))
		}
		doc, again := document([]Sentence{sent}), document([]Sentence{sent})
		tagger.Tag(doc, 0, &used)
		tagger.Tag(again, 0, new(Scratch))
		if d := cmp.Diff(again.Names, doc.Names); d != "" {
			t.Fatalf("a used and a fresh scratch differ:\n%s", d)
		}
		end := casus.TokenID(0)
		for _, name := range doc.Names {
			if name.First < end || name.End <= name.First || int(name.End) > n || name.Label == casus.NameNone || name.Label > casus.MISC {
				t.Fatalf("name %+v in %d words after %d", name, n, end)
			}
			end = name.End
		}
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	a, _ := Train(readCorpus(t), small()).AppendBinary(nil)
	b, _ := Train(readCorpus(t), small()).AppendBinary(nil)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Fatal("two trainings on the same sentences differ")
	}
}

func TestLoadRefusesOtherFiles(t *testing.T) {
	good, err := Train(readCorpus(t), small()).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty":         nil,
		"short":         good[:100],
		"cut":           good[:len(good)-1],
		"longer":        append(bytes.Clone(good), 0),
		"other magic":   append([]byte("CPRS"), good[4:]...),
		"other version": append(append(bytes.Clone(good[:4]), 99), good[5:]...),
	} {
		if _, err := Load(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	good, err := Train(readCorpus(f), small()).AppendBinary(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:headerSize])
	sents := readCorpus(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		tagger, err := Load(b)
		if err != nil {
			return
		}
		doc := document(sents)
		var s Scratch
		for i := range doc.Sentences {
			tagger.Tag(doc, casus.SentenceID(i), &s)
		}
	})
}

func BenchmarkTag(b *testing.B) {
	doc, tagger := document(readCorpus(b)), trained(b)
	var s Scratch
	b.ReportAllocs()
	for b.Loop() {
		doc.Names = doc.Names[:0]
		for i := range doc.Sentences {
			tagger.Tag(doc, casus.SentenceID(i), &s)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
