package tag

import (
	"bytes"
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

// treebank is a few own sentences, repeated for training, but not so often
// that its words count as frequent.
const treebank = `1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	troops	troops	NOUN	NNS	Number=Plur	3	nsubj	_	_
3	left	leave	VERB	VBD	Tense=Past	0	root	_	_
4	Lima	Lima	PROPN	NNP	Number=Sing	3	obj	_	SpaceAfter=No
5	.	.	PUNCT	.	_	3	punct	_	_

1	She	she	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	Tense=Past	4	aux	_	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	leave	leave	VERB	VB	VerbForm=Inf	0	root	_	_
5	the	the	DET	DT	Definite=Def|PronType=Art	6	det	_	_
6	cities	city	NOUN	NNS	Number=Plur	4	obj	_	SpaceAfter=No
7	.	.	PUNCT	.	_	4	punct	_	_

1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	armies	army	NOUN	NNS	Number=Plur	3	nsubj	_	_
3	walked	walk	VERB	VBD	Tense=Past	0	root	_	_
4	and	and	CCONJ	CC	_	5	cc	_	_
5	talked	talk	VERB	VBD	Tense=Past	3	conj	_	SpaceAfter=No
6	.	.	PUNCT	.	_	3	punct	_	_

`

func documents(t testing.TB, text string, times int) []*casus.Document {
	t.Helper()
	var trees []ud.Sentence
	for s, err := range ud.NewReader(strings.NewReader(strings.Repeat(text, times))).All() {
		if err != nil {
			t.Fatal(err)
		}
		trees = append(trees, s)
	}
	var out []*casus.Document
	for len(trees) > 0 {
		doc, err := casus.FromTrees(trees[:3])
		if err != nil {
			t.Fatal(err)
		}
		out, trees = append(out, doc), trees[3:]
	}
	return out
}

func small(t testing.TB) *Model {
	return Train(documents(t, treebank, 8), TrainOptions{Epochs: 5, Bits: 14, Voices: 2, Seed: 1})
}

func tagged(t testing.TB, tg *Tagger, text string) string {
	t.Helper()
	var s ud.Sentence
	for f := range strings.FieldsSeq(text) {
		s.Words = append(s.Words, ud.Word{Form: f, Head: -1})
	}
	doc, err := casus.FromTrees([]ud.Sentence{s})
	if err != nil {
		t.Fatal(err)
	}
	tg.Tag(doc, 0, &Scratch{})
	var b strings.Builder
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		b.WriteString(doc.Form(casus.TokenID(i)) + "/" + tok.Lemma + "/" + tok.UPOS.String() + "/" + tok.XPOS.String() + " ")
	}
	return strings.TrimSpace(b.String())
}

func TestTaggerLearnsItsTreebank(t *testing.T) {
	for _, doc := range documents(t, treebank, 1) {
		want := append([]casus.Token(nil), doc.Tokens...)
		tg, s := small(t).Tagger(), &Scratch{}
		for id := range doc.Sentences {
			tg.Tag(doc, casus.SentenceID(id), s)
		}
		for i, w := range want {
			if g := doc.Tokens[i]; g.UPOS != w.UPOS || g.XPOS != w.XPOS || g.Feats != w.Feats || g.Lemma != w.Lemma {
				t.Errorf("%q: got %v %v %q %q, want %v %v %q %q", doc.Form(casus.TokenID(i)), g.UPOS, g.XPOS, g.Feats, g.Lemma, w.UPOS, w.XPOS, w.Feats, w.Lemma)
			}
		}
	}
}

func TestLemmas(t *testing.T) {
	tg := small(t).Tagger()
	for _, c := range []struct {
		form, lemma string
		xpos        ud.XPOS
	}{
		{"parties", "party", ud.XNNS}, // unseen, by its ending
		{"Armies", "army", ud.XNNS},
		{"troops", "troops", ud.XNNS}, // an exception to its ending
		{"talked", "talk", ud.XVBD},
		{"LEFT", "leave", ud.XVBD},
		{"Lima", "Lima", ud.XNNP},
		{"Quito", "Quito", ud.XNNP},
	} {
		_, lower := hashes(c.form)
		if got := tg.lemmas.lemma(c.form, lower, pair{xpos: c.xpos}, &Scratch{}); got != c.lemma {
			t.Errorf("%s as %v: %q, want %q", c.form, c.xpos, got, c.lemma)
		}
	}
}

func TestBothApostrophes(t *testing.T) {
	_, straightHash := hashes("n't")
	_, curly := hashes("n’t")
	if straightHash != curly {
		t.Error("n't and n’t are two words")
	}
	rb, err := ud.ParseXPOS("RB")
	if err != nil {
		t.Fatal(err)
	}
	tg := small(t).Tagger()
	if got := tg.lemmas.lemma("n’t", curly, pair{xpos: rb}, &Scratch{}); got != "not" {
		t.Errorf("lemma of n’t: %q", got)
	}
}

func TestShape(t *testing.T) {
	for word, want := range map[string]shape{"army": shapeLower, "Lima": shapeCapital, "NATO": shapeUpper, "A": shapeInitial,
		"McKay": shapeMixed, "1,250": shapeFigure, "20th": shapeFigureLetters, "U.S.": shapeStops, "--": shapeMark,
		"pro-Peru": shapeHyphen, "me@example.org": shapeAddress, "Élan": shapeCapital, "été": shapeLower, "“": shapeMark, "ÉTÉ": shapeUpper} {
		if got := shapeOf(word); got != want {
			t.Errorf("%s: shape %d, want %d", word, got, want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct{ form, lemma string }{{"cities", "city"}, {"left", "leave"}, {"The", "the"}, {"Lima", "Lima"},
		{"WALKED", "walk"}, {"n't", "not"}, {"is", "be"}, {"Élan", "élan"}} {
		e, ok := editOf(c.form, c.lemma)
		if !ok {
			t.Errorf("%s: no edit", c.form)
			continue
		}
		if got := e.apply(c.form, &Scratch{}); got != c.lemma {
			t.Errorf("%s: %+v gives %q, want %q", c.form, e, got, c.lemma)
		}
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	if a, b := small(t).AppendBinary(nil), small(t).AppendBinary(nil); !bytes.Equal(a, b) {
		t.Error("two trainings gave two models")
	}
}

func TestLoad(t *testing.T) {
	b := small(t).AppendBinary(nil)
	tg, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	const text = "The parties did n't walk ."
	if got, want := tagged(t, tg, text), tagged(t, small(t).Tagger(), text); got != want {
		t.Errorf("loaded: %s, trained: %s", got, want)
	}
	for _, n := range []int{0, 3, 20, len(b) / 2, len(b) - 1} {
		if _, err := Load(b[:n]); err == nil {
			t.Errorf("the first %d bytes load", n)
		}
	}
}

func TestTagDoesNotAllocate(t *testing.T) {
	tg, s := small(t).Tagger(), &Scratch{}
	doc := documents(t, treebank, 1)[0]
	run := func() {
		for id := range doc.Sentences {
			tg.Tag(doc, casus.SentenceID(id), s)
		}
	}
	run()
	if n := testing.AllocsPerRun(20, run); n > 0 {
		t.Errorf("%v allocations a document", n)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(Train(documents(f, treebank, 4), TrainOptions{Epochs: 1, Bits: 8, Voices: 1}).AppendBinary(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if tg, err := Load(b); err == nil {
			tagged(t, tg, "The parties did n't walk .")
		}
	})
}

func BenchmarkTag(b *testing.B) {
	tg, s := small(b).Tagger(), &Scratch{}
	docs := documents(b, treebank, 40)
	words := 0
	for b.Loop() {
		for _, doc := range docs {
			for id := range doc.Sentences {
				tg.Tag(doc, casus.SentenceID(id), s)
			}
			words += len(doc.Tokens)
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
