package pipeline

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/internal/demo"
	"casus/internal/nlp"
	"casus/ontology"
)

// english gives a pipeline of the fast tier.
func english(t testing.TB) *Pipeline { return tierOf(t, nlp.Fast) }

func tierOf(t testing.TB, tier nlp.Tier) *Pipeline {
	t.Helper()
	p, err := New(Options{Tier: tier})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func demoItems(t testing.TB, times int) Items {
	t.Helper()
	articles, err := demo.Articles()
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(casus.Raw, error) bool) {
		for range times {
			for _, a := range articles {
				d, _ := casus.ParseDate(a.Published)
				if !yield(casus.Raw{Where: a.ID, ID: a.ID, Title: a.Title, Outlet: a.Outlet, Lang: "en", Published: d, Body: []byte(a.Text), Exact: true}, nil) {
					return
				}
			}
		}
	}
}

func encode(doc *casus.Document, w *Worker) ([]byte, error) { return w.Encoder.Append(nil, doc) }

func TestSameOutputWithAnyNumberOfWorkers(t *testing.T) {
	for _, tier := range []nlp.Tier{nlp.Fast, nlp.Small, nlp.Accurate, nlp.Auto} {
		t.Run(tier.String(), func(t *testing.T) { sameOutput(t, tierOf(t, tier)) })
	}
}

func sameOutput(t *testing.T, p *Pipeline) {
	var want []byte
	for _, workers := range []int{1, 2, 7} {
		var got bytes.Buffer
		counts, err := p.Stream(context.Background(), demoItems(t, 1), StreamOptions{Workers: workers, Prepare: encode}, func(r Result) error {
			if r.Failure != nil {
				t.Errorf("failure: %v", r.Failure)
			}
			got.Write(r.Prepared)
			return nil
		})
		if err != nil || counts.Coded < 30 {
			t.Fatalf("%+v %v", counts, err)
		}
		if want == nil {
			want = got.Bytes()
		} else if !bytes.Equal(want, got.Bytes()) {
			t.Errorf("%d workers: other bytes than one worker", workers)
		}
	}
}

// checkDocument holds a coded document to the promises of the vocabulary.
func checkDocument(t *testing.T, doc *casus.Document) {
	t.Helper()
	span := func(what string, s casus.Span) {
		if s.Start < 0 || s.End < s.Start || int(s.End) > len(doc.Text) ||
			!border(doc.Text, s.Start) || !border(doc.Text, s.End) {
			t.Fatalf("%s: span %v of %d bytes", what, s, len(doc.Text))
		}
	}
	spans := func(what string, ss []casus.Span) {
		for _, s := range ss {
			span(what, s)
		}
	}
	id := func(what string, i, n int) {
		if i < casus.None || i >= n {
			t.Fatalf("%s: index %d of %d", what, i, n)
		}
	}
	checkTrees(t, doc)
	for _, e := range doc.Entities {
		id("entity of", int(e.Of), len(doc.Entities))
		for _, m := range e.Mentions {
			span("mention", m.Span)
		}
		if e.Code != "" && len(e.Code)%3 != 0 {
			t.Fatalf("actor code %q", e.Code)
		}
	}
	for _, x := range doc.Times {
		span("time", x.Span)
	}
	for _, x := range doc.Places {
		span("place", x.Span)
	}
	for _, x := range doc.Quantities {
		span("quantity", x.Span)
	}
	for i, s := range doc.Statements {
		spans("source", s.Source)
		spans("cue", s.Cue)
		spans("content", s.Content)
		id("speaker", int(s.Speaker), len(doc.Entities))
		for _, v := range s.Via {
			id("via", int(v), len(doc.Statements))
			if int(v) == i {
				t.Fatalf("statement %d carries itself", i)
			}
		}
	}
	for _, e := range doc.Events {
		checkEvent(t, doc, e, span, id)
	}
}

func checkEvent(t *testing.T, doc *casus.Document, e casus.Event, span func(string, casus.Span), id func(string, int, int)) {
	t.Helper()
	if e.Type == ontology.PloverNone || e.Status == casus.StatusNone || len(e.Trigger) == 0 || len(e.Evidence) == 0 {
		t.Fatalf("event without type, status, trigger or evidence: %+v", e)
	}
	for _, s := range e.Trigger {
		span("trigger", s)
	}
	for _, x := range e.Evidence {
		span("evidence", x.Span)
	}
	for _, a := range append(append([]casus.EntityID(nil), e.Source...), e.Target...) {
		if a < 0 {
			t.Fatal("a role without entity")
		}
		id("actor", int(a), len(doc.Entities))
	}
	id("place", int(e.Place), len(doc.Places))
	for _, s := range e.Attribution {
		id("attribution", int(s), len(doc.Statements))
	}
	if int(e.Sentence) < 0 || int(e.Sentence) >= len(doc.Sentences) {
		t.Fatalf("sentence %d", e.Sentence)
	}
}

func checkTrees(t *testing.T, doc *casus.Document) {
	t.Helper()
	end := casus.Pos(0)
	for i, tok := range doc.Tokens {
		if tok.Start < end || tok.End <= tok.Start {
			t.Fatalf("token %d at %v after byte %d", i, tok.Span, end)
		}
		if gap := doc.Text[end:tok.Start]; strings.TrimFunc(gap, blank) != "" {
			t.Fatalf("text %q belongs to no token", gap)
		}
		end = tok.End
		s := doc.Sentences[tok.Sent]
		if casus.TokenID(i) < s.First || casus.TokenID(i) >= s.End || tok.Head != casus.None && (tok.Head < s.First || tok.Head >= s.End) {
			t.Fatalf("token %d or its head %d lies outside sentence %d", i, tok.Head, tok.Sent)
		}
		steps := 0
		for h := casus.TokenID(i); h != casus.None; h = doc.Tokens[h].Head {
			if steps++; steps > len(doc.Tokens) {
				t.Fatalf("cycle at token %d", i)
			}
		}
	}
	for i, s := range doc.Sentences {
		if s.First < s.End && s.Root == casus.None {
			t.Fatalf("sentence %d has no root", i)
		}
	}
}

// blank reports white space and the characters without width, which belong to
// no token.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

func border(s string, p casus.Pos) bool { return int(p) == len(s) || utf8.RuneStart(s[p]) }

func TestDemoDocumentsKeepThePromises(t *testing.T) {
	for _, tier := range []nlp.Tier{nlp.Fast, nlp.Accurate} {
		t.Run(tier.String(), func(t *testing.T) { keepsPromises(t, tierOf(t, tier)) })
	}
}

func keepsPromises(t *testing.T, p *Pipeline) {
	events := 0
	_, err := p.Stream(context.Background(), demoItems(t, 1), StreamOptions{Workers: 1}, func(r Result) error {
		checkDocument(t, r.Doc)
		events += len(r.Doc.Events)
		return nil
	})
	if err != nil || events < 50 {
		t.Fatalf("%d events, %v", events, err)
	}
}

func FuzzCode(f *testing.F) {
	p := english(f)
	w := p.NewWorker()
	for _, s := range []string{"Chad expelled the envoy, he said on Monday.", "“We will strike,” Ana Ruiz said. “Twice.”", "A\n\nB: C’s 5 m.",
		"U.S. attacks on 3-4 May 2024 killed at least 20 people near Bari.", "((((", "\u202e‘“«", "1/2/3 4.5.6 7,8,9", "he who said that which said"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 4000 {
			return
		}
		doc := &casus.Document{ID: "f", Lang: "en", Text: text, Published: casus.NewDate(2024, 5, 7)}
		if _, err := p.Code(doc, w); err != nil {
			t.Fatal(err)
		}
		checkDocument(t, doc)
	})
}

// BenchmarkCode is the whole way from raw text to JSON lines.
func BenchmarkCode(b *testing.B) {
	p := english(b)
	w := p.NewWorker()
	var items []casus.Raw
	for it := range demoItems(b, 1) {
		items = append(items, it)
	}
	sentences, size := 0, 0
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		r := p.one(items[i%len(items)], nil, StreamOptions{Prepare: encode}, w)
		if r.Failure != nil {
			b.Fatal(r.Failure)
		}
		sentences += len(r.Doc.Sentences)
		size += len(r.Prepared)
	}
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkStages times every stage in one run over the demo articles, so that
// their figures can be compared: sentences a second of each.
func BenchmarkStages(b *testing.B) {
	p := english(b)
	w := p.NewWorker()
	var items []casus.Raw
	for it := range demoItems(b, 1) {
		items = append(items, it)
	}
	spent := make([]time.Duration, len(p.stages))
	sentences := 0
	for i := 0; i < b.N; i++ {
		doc, _, err := p.Extract(items[i%len(items)])
		if err != nil {
			b.Fatal(err)
		}
		for at := range p.stages {
			start := time.Now()
			if err := run(p.stages[at:at+1], doc, w); err != nil {
				b.Fatal(err)
			}
			spent[at] += time.Since(start)
		}
		sentences += len(doc.Sentences)
	}
	for at, st := range p.stages {
		b.ReportMetric(float64(sentences)/spent[at].Seconds(), st.Name+"/s")
	}
}

// BenchmarkTiers is the language stage alone over the demo articles, with each
// tier in one run, so that their figures can be compared.
func BenchmarkTiers(b *testing.B) {
	var docs []*casus.Document
	for it := range demoItems(b, 1) {
		doc, _, err := english(b).Extract(it)
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, doc)
	}
	for _, tier := range []nlp.Tier{nlp.Fast, nlp.Small, nlp.Auto, nlp.Accurate} {
		b.Run(tier.String(), func(b *testing.B) {
			p, err := New(Options{Tier: tier, ParseOnly: true})
			if err != nil {
				b.Fatal(err)
			}
			w, words := p.NewWorker(), 0
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				doc := docs[i%len(docs)]
				if _, err := p.Code(doc, w); err != nil {
					b.Fatal(err)
				}
				words += len(doc.Tokens)
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
