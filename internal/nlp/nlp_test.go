package nlp

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/ud"
)

// article is written for the tests; people and matters in it are invented.
const article = `Peru Rejects Chile's Offer On Fishing Rights

The government of Peru rejected an offer from Chile on Monday, a spokesman said. Foreign Minister Ana Gil told reporters in Lima that the offer "isn't serious."

Chile hasn't answered. Its navy sent two ships to the disputed area last week, according to Gen. Pedro Ruiz of the U.N. mission. “We do not want a conflict,” he said.

A long dispute

Both countries signed a treaty in 1998, but fishermen from Arica were detained by the Peruvian coast guard in May.`

func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := English()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func analyze(t testing.TB, text string) *casus.Document {
	t.Helper()
	doc := &casus.Document{Text: text}
	if err := engine(t).Analyze(doc, &Scratch{}); err != nil {
		t.Fatal(err)
	}
	return doc
}

// check looks at what must hold of every analysed document.
func check(t testing.TB, doc *casus.Document) {
	t.Helper()
	at := casus.Pos(0)
	next := casus.TokenID(0)
	for i, s := range doc.Sentences {
		if s.First != next || s.End <= s.First {
			t.Fatalf("sentence %d has tokens %d to %d, want from %d", i, s.First, s.End, next)
		}
		next = s.End
		checkTree(t, doc, casus.SentenceID(i))
	}
	if int(next) != len(doc.Tokens) {
		t.Fatalf("sentences end at token %d of %d", next, len(doc.Tokens))
	}
	for i, tok := range doc.Tokens {
		if tok.Start < at || tok.End <= tok.Start || int(tok.End) > len(doc.Text) {
			t.Fatalf("token %d at %v behind %d", i, tok.Span, at)
		}
		if utf8.ValidString(doc.Text) && !utf8.ValidString(doc.Text[tok.Start:tok.End]) {
			t.Fatalf("token %d cuts a letter", i)
		}
		if strings.TrimSpace(doc.Text[at:tok.Start]) != "" && utf8.ValidString(doc.Text) && strings.Trim(doc.Text[at:tok.Start], " \t\r\n\u200b\ufeff\u00a0") != "" {
			t.Fatalf("text %q is in no token", doc.Text[at:tok.Start])
		}
		at = tok.End
	}
	last := casus.TokenID(0)
	for _, n := range doc.Names {
		if n.First < last || n.End <= n.First || doc.Tokens[n.First].Sent != doc.Tokens[n.End-1].Sent || n.Span != doc.TokenSpan(n.First, n.End) {
			t.Fatalf("name %+v", n)
		}
		last = n.End
	}
}

func checkTree(t testing.TB, doc *casus.Document, id casus.SentenceID) {
	s := doc.Sentences[id]
	roots := 0
	for i := s.First; i < s.End; i++ {
		tok := &doc.Tokens[i]
		if tok.Sent != id || tok.UPOS == ud.UPOSNone || tok.Deprel == ud.DeprelNone {
			t.Fatalf("token %d is incomplete: %+v", i, tok)
		}
		if tok.Head == casus.None {
			roots++
			continue
		}
		if tok.Head < s.First || tok.Head >= s.End || tok.Head == i {
			t.Fatalf("token %d of sentence %d to %d has head %d", i, s.First, s.End, tok.Head)
		}
		steps := 0
		for h := i; h != casus.None; h = doc.Tokens[h].Head {
			if steps++; steps > int(s.End-s.First) {
				t.Fatalf("token %d lies on a cycle", i)
			}
		}
	}
	if roots != 1 {
		t.Fatalf("sentence %d has %d roots", id, roots)
	}
}

func TestArticle(t *testing.T) {
	doc := analyze(t, article)
	check(t, doc)
	if len(doc.Sentences) != 8 {
		for _, s := range doc.Sentences {
			t.Logf("%q", doc.String(s.Span))
		}
		t.Fatalf("%d sentences, want 8", len(doc.Sentences))
	}
	for i, want := range map[int]casus.SentenceRole{0: casus.Headline, 1: casus.Body, 6: casus.Subhead, 7: casus.Body} {
		if got := doc.Sentences[i].Role; got != want {
			t.Errorf("sentence %d has role %d, want %d", i, got, want)
		}
	}
	if p := doc.Sentences[3].Paragraph; p != 2 {
		t.Errorf("the fourth sentence is in paragraph %d, want 2", p)
	}
	// The headline's verb is a verb although it is capitalised.
	if tok := doc.Tokens[1]; tok.UPOS != ud.VERB || tok.Lemma != "reject" {
		t.Errorf("headline: Rejects is %v, %q", tok.UPOS, tok.Lemma)
	}
	names := map[string]casus.NameLabel{}
	for _, n := range doc.Names {
		names[doc.String(n.Span)] = n.Label
	}
	for name, want := range map[string]casus.NameLabel{"Ana Gil": casus.PER, "Lima": casus.LOC} {
		if names[name] != want {
			t.Errorf("%s is %v, want %v", name, names[name], want)
		}
	}
	body := doc.Sentences[1]
	root := doc.Tokens[body.Root]
	if root.Lemma != "reject" && root.Lemma != "say" {
		t.Errorf("the second sentence hangs on %q", root.Lemma)
	}
	for i := body.First; i < body.End; i++ {
		if doc.Form(i) == "rejected" && !doc.HasKid(i, ud.Nsubj) {
			t.Error("rejected has no subject")
		}
	}
}

func TestSameInputSameOutput(t *testing.T) {
	a, b := analyze(t, article), analyze(t, article)
	if d := cmp.Diff(casus.ToTrees(a), casus.ToTrees(b)); d != "" {
		t.Error(d)
	}
	// A worker's memory leaves no trace.
	var s Scratch
	for _, text := range []string{strings.ToUpper(article), article} {
		b = &casus.Document{Text: text}
		if err := engine(t).Analyze(b, &s); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(casus.ToTrees(a), casus.ToTrees(b)); d != "" {
		t.Error(d)
	}
}

func TestOddTexts(t *testing.T) {
	for _, text := range []string{"", " \n\n ", ".", "\x00", "a\xffb", strings.Repeat("word ", 2000), strings.Repeat("(", 1500), "é", "\u200b",
		"汉字没有空格", strings.Repeat("a-", 800), strings.Repeat("x", 100000), "’s", "n't"} {
		check(t, analyze(t, text))
	}
}

func TestModelDescribesItself(t *testing.T) {
	f, err := EnglishModel()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(); err != nil {
		t.Error(err)
	}
	h := f.Header
	if h.Name == "" || h.Language != "en" || h.Licence == "" || h.Date == "" || h.Command == "" || len(h.Training) == 0 || len(h.Scores) == 0 || len(h.TagSets) == 0 {
		t.Errorf("header is not complete: %+v", h)
	}
	if len(enFast) > 15<<20 {
		t.Errorf("the model has %d bytes, at most 15 MB are allowed", len(enFast))
	}
	for _, s := range []string{SectionSplit, SectionTag, SectionParse, SectionNER} {
		if !f.Has(s) {
			t.Errorf("no section %q", s)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	f.Add(article)
	f.Add("“No,” she can't—U.S.\x80 $4.5bn\n\nBy A. Gil\nx\n")
	e := engine(f)
	var s Scratch
	f.Fuzz(func(t *testing.T, text string) {
		doc := &casus.Document{Text: text}
		if err := e.Analyze(doc, &s); err != nil {
			t.Fatal(err)
		}
		check(t, doc)
	})
}

func BenchmarkAnalyze(b *testing.B) {
	e := engine(b)
	var s Scratch
	doc := &casus.Document{Text: article}
	words, sentences := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		if err := e.Analyze(doc, &s); err != nil {
			b.Fatal(err)
		}
		words += len(doc.Tokens)
		sentences += len(doc.Sentences)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		f, err := EnglishModel()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := New(f); err != nil {
			b.Fatal(err)
		}
	}
}
