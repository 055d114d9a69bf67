package nlp

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/internal/nlp/model"
	"casus/ud"
)

// choosy picks every second sentence.
func choosy(doc *casus.Document, dst []casus.SentenceID) []casus.SentenceID {
	for i := 0; i < len(doc.Sentences); i += 2 {
		dst = append(dst, casus.SentenceID(i))
	}
	return dst
}

func engineOf(t testing.TB, tier Tier) *Engine {
	t.Helper()
	e, err := EnglishTier(tier, choosy)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func analyzeWith(t testing.TB, tier Tier, text string, s *Scratch) *casus.Document {
	t.Helper()
	doc := &casus.Document{Text: text}
	if err := engineOf(t, tier).Analyze(doc, s); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestParseTier(t *testing.T) {
	for _, tier := range []Tier{Fast, Accurate, Auto, Small} {
		if got, err := ParseTier(tier.String()); err != nil || got != tier {
			t.Errorf("%v is read as %v, %v", tier, got, err)
		}
	}
	if _, err := ParseTier("slow"); err == nil {
		t.Error("an unknown tier was read")
	}
	if _, err := EnglishTier(Auto, nil); err == nil {
		t.Error("a cascade without a chooser was made")
	}
}

func TestAccurateTierReadsAnArticle(t *testing.T) {
	doc := analyzeWith(t, Accurate, article, &Scratch{})
	check(t, doc)
	if len(doc.Readings) != len(doc.Tokens) {
		t.Fatalf("%d readings for %d tokens", len(doc.Readings), len(doc.Tokens))
	}
	cues := map[string]bool{}
	for _, p := range doc.Proposals {
		if p.Probability > 0.5 && len(p.Content) > 0 {
			cues[doc.Form(p.Head)] = true
		}
	}
	for _, want := range []string{"told", "said", "according"} {
		if !cues[want] {
			t.Errorf("%q is not proposed as a cue; proposed are %v", want, cues)
		}
	}
	names := map[string]casus.NameLabel{}
	for _, n := range doc.Names {
		names[doc.String(n.Span)] = n.Label
	}
	for name, want := range map[string]casus.NameLabel{"Ana Gil": casus.PER, "Pedro Ruiz": casus.PER, "Lima": casus.LOC, "Peru": casus.LOC, "Chile": casus.LOC} {
		if names[name] != want {
			t.Errorf("%s is %v, want %v", name, names[name], want)
		}
	}
	for i := range doc.Tokens {
		if doc.Form(casus.TokenID(i)) == "detained" && !doc.HasKid(casus.TokenID(i), ud.NsubjPass) {
			t.Error("detained has no passive subject")
		}
	}
}

// What is read of a document depends on it alone, not on what the worker read
// before.
func TestDocumentIsReadTheSameByAWornScratch(t *testing.T) {
	var worn Scratch
	for i, text := range []string{"Rain.", strings.Repeat(article+"\n\n", 4), article, article} {
		got := analyzeWith(t, Accurate, text, &worn)
		want := analyzeWith(t, Accurate, text, &Scratch{})
		if d := cmp.Diff(casus.ToTrees(want), casus.ToTrees(got)); d != "" {
			t.Errorf("text %d: a fresh and a worn scratch differ:\n%s", i, d)
		}
		if d := cmp.Diff(want.Proposals, got.Proposals); d != "" {
			t.Errorf("text %d: proposals of a fresh and a worn scratch differ:\n%s", i, d)
		}
	}
}

// A signature and the next greeting stand on one line without a stop: the
// splitter sees no gap, the encoder does.
func TestAccurateTierCutsWhatTheSplitterRanTogether(t *testing.T) {
	const text = "Participants: Maria Lopez Pedro Ruiz met the delegation. Thanks Carla Dear Jonas, the talks in Lima have begun."
	fast, accurate := analyzeWith(t, Fast, text, &Scratch{}), analyzeWith(t, Accurate, text, &Scratch{})
	check(t, accurate)
	if len(accurate.Sentences) <= len(fast.Sentences) {
		t.Errorf("%d sentences, the splitter alone gives %d", len(accurate.Sentences), len(fast.Sentences))
	}
	for i := range accurate.Sentences {
		if accurate.Readings[accurate.Sentences[i].First].Probability == 0 {
			t.Errorf("sentence %d was not read by the accurate tier", i)
		}
	}
}

// The cascade gives what the small tier gives but for the sentences chosen, which
// are read again whole, names and proposals with them.
func TestCascadeTakesWholeSentences(t *testing.T) {
	var s Scratch
	auto, small := analyzeWith(t, Auto, article, &s), analyzeWith(t, Small, article, &s)
	check(t, auto)
	check(t, small)
	a, f := casus.ToTrees(auto), casus.ToTrees(small)
	if len(a) != len(f) {
		t.Fatalf("%d sentences, the small tier gives %d", len(a), len(f))
	}
	differ := 0
	for i := range a {
		if i%2 == 0 {
			for _, w := range auto.Readings[auto.Sentences[i].First:auto.Sentences[i].End] {
				if !slices.Contains(small.Readings, w) {
					differ++
				}
			}
			continue
		}
		for j, want := range f[i].Words {
			got := a[i].Words[j]
			if got.Head != want.Head || got.Deprel != want.Deprel || got.XPOS != want.XPOS || got.Lemma != want.Lemma {
				t.Errorf("sentence %d word %d: %+v, want %+v", i, j, got, want)
			}
		}
	}
	if differ == 0 {
		t.Error("no sentence was read again")
	}
	for name, sorted := range map[string]bool{
		"names":     slices.IsSortedFunc(auto.Names, func(a, b casus.Name) int { return int(a.End - 1 - b.First) }),
		"proposals": slices.IsSortedFunc(auto.Proposals, func(a, b casus.Proposal) int { return int(a.Head) - int(b.Head) }),
	} {
		if !sorted {
			t.Errorf("%s are not in the order of the text, or overlap", name)
		}
	}
	heads := map[casus.TokenID]bool{}
	for _, p := range auto.Proposals {
		if heads[p.Head] {
			t.Errorf("two proposals for %q", auto.Form(p.Head))
		}
		heads[p.Head] = true
	}
}

func TestOddTextsInEveryTier(t *testing.T) {
	var s Scratch
	for _, text := range []string{"", " \n\n ", ".", "\x00", "a\xffb", strings.Repeat("(", 1500), "é", "\u200b", "汉字没有空格", strings.Repeat("x", 100000),
		"’s", "n't", strings.Repeat("the ministers of ", 200) + "Peru met. They agreed."} {
		for _, tier := range []Tier{Accurate, Auto, Small} {
			check(t, analyzeWith(t, tier, text, &s))
		}
	}
}

// A sentence too long for the accurate tier is read by the fast one.
func TestLongSentenceGoesToTheFastTier(t *testing.T) {
	text := "Peru met Chile. " + strings.Repeat("the ministers of ", 200) + "Peru met. They agreed."
	doc := analyzeWith(t, Accurate, text, &Scratch{})
	check(t, doc)
	long := 0
	for _, s := range doc.Sentences {
		read := doc.Readings[s.First].Probability > 0
		if s.End-s.First > 300 {
			if long++; read {
				t.Error("a sentence of more than 300 words was read by the accurate tier")
			}
		} else if !read {
			t.Errorf("%q was not read by the accurate tier", doc.String(s.Span))
		}
	}
	if long != 1 {
		t.Errorf("%d long sentences, want 1", long)
	}
}

func TestModelsDescribeThemselves(t *testing.T) {
	for name, c := range map[string]struct {
		open func() (*model.File, error)
		data []byte
	}{"accurate": {EnglishAccurateModel, enAccurate}, "small": {EnglishSmallModel, enSmall}} {
		f, err := c.open()
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Verify(); err != nil {
			t.Error(err)
		}
		h := f.Header
		if h.Name == "" || h.Language != "en" || h.Licence == "" || h.Date == "" || len(h.Training) == 0 || len(h.Scores) == 0 || len(h.TagSets) == 0 {
			t.Errorf("%s: the header is not complete: %+v", name, h)
		}
		if len(c.data) > 25<<20 {
			t.Errorf("%s: the model has %d bytes, at most 25 MB are allowed", name, len(c.data))
		}
	}
}

// BenchmarkTiers reads one article with each tier in one run: words a second.
func BenchmarkTiers(b *testing.B) {
	for _, tier := range []Tier{Fast, Small, Accurate} {
		b.Run(tier.String(), func(b *testing.B) {
			e := engineOf(b, tier)
			var s Scratch
			doc := &casus.Document{Text: article}
			words := 0
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Analyze(doc, &s); err != nil {
					b.Fatal(err)
				}
				words += len(doc.Tokens)
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
