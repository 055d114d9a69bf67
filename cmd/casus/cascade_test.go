package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/internal/coder"
	"casus/internal/nlp"
	"casus/ud"
)

// TestCascadeWhereItMatters holds the labelled attachment score of each tier on
// the sentences that the cascade chooses, those that may tell of an event
// (testdata/quality/cascade.txt): over the words of the gold trees in them that
// the tier cuts alike, from raw text.
func TestCascadeWhereItMatters(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ../shared: the golden figures are not checked")
	}
	cd, err := coder.New()
	if err != nil {
		t.Fatal(err)
	}
	var report strings.Builder
	for _, set := range []string{"en_ewt-dev", "en_gum_open-dev"} {
		path := data("ud/" + set + ".conllu.gz")
		gold := goldArcs(t, path)
		texts := rawTexts(t, path)
		var chosen [][]casus.Span
		choose := func(doc *casus.Document, dst []casus.SentenceID) []casus.SentenceID {
			dst = cd.Candidates(doc, dst)
			var spans []casus.Span
			for _, id := range dst {
				spans = append(spans, doc.Sentences[id].Span)
			}
			chosen = append(chosen, spans)
			return dst
		}
		line, words := "", 0
		for _, tier := range []nlp.Tier{nlp.Auto, nlp.Accurate, nlp.Small, nlp.Fast} { // auto first: it chooses
			e, err := nlp.EnglishTier(tier, choose)
			if err != nil {
				t.Fatal(err)
			}
			right, all, n := 0, 0, 0
			var s nlp.Scratch
			for d, text := range texts {
				doc := &casus.Document{Text: text}
				if err := e.Analyze(doc, &s); err != nil {
					t.Fatal(err)
				}
				n += len(doc.Tokens)
				r, a := attached(doc, gold[d], chosen[d])
				right, all = right+r, all+a
			}
			line += fmt.Sprintf("  %s %.1f", tier, 100*float64(right)/float64(all))
			if tier == nlp.Auto {
				words = 100 * all / n
			}
		}
		fmt.Fprintf(&report, "%-16s %d%% of words chosen, LAS there:%s\n", set, words, line)
	}
	compareGolden(t, "cascade", report.String())
}

// arc is a word of a tree by the characters it and its head cover, white space
// not counted; the head of a root is empty.
type arc struct {
	first, end, headFirst, headEnd int
	rel                            ud.Deprel
}

// goldArcs reads the arcs of a treebank by document.
func goldArcs(t *testing.T, path string) [][]arc {
	t.Helper()
	var docs [][]arc
	at := 0
	for s, err := range ud.NewReader(bytes.NewReader(unpack(t, path))).All() {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Comment("newdoc id"); ok {
			docs, at = append(docs, nil), 0
		}
		spans := make([][2]int, len(s.Words)+1)
		for i, w := range s.Words {
			n := len(strings.Join(strings.Fields(w.Form), ""))
			spans[i+1] = [2]int{at, at + n}
			at += n
		}
		for i, w := range s.Words {
			docs[len(docs)-1] = append(docs[len(docs)-1], arc{spans[i+1][0], spans[i+1][1], spans[w.Head][0], spans[w.Head][1], w.Deprel.Universal()})
		}
	}
	return docs
}

// rawTexts gives the running texts of a treebank by document.
func rawTexts(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	for line := range bytes.Lines(rawTrees(t, path)) {
		var d struct{ Text string }
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d.Text)
	}
	return out
}

// attached counts the gold words inside the spans that the document cuts alike,
// and those whose head and universal relation are right.
func attached(doc *casus.Document, gold []arc, in []casus.Span) (right, all int) {
	before := make([]int, len(doc.Text)+1) // characters that are no space before a byte
	for i := range len(doc.Text) {
		before[i+1] = before[i]
		if !strings.ContainsRune(" \t\n\u00a0", rune(doc.Text[i])) {
			before[i+1]++
		}
	}
	place := func(id casus.TokenID) [2]int {
		s := doc.Tokens[id].Span
		return [2]int{before[s.Start], before[s.End]}
	}
	words := map[[2]int]casus.TokenID{}
	for i := range doc.Tokens {
		id := casus.TokenID(i)
		if slices.ContainsFunc(in, func(s casus.Span) bool { return s.Start <= doc.Tokens[i].Start && doc.Tokens[i].End <= s.End }) {
			words[place(id)] = id
		}
	}
	for _, g := range gold {
		id, ok := words[[2]int{g.first, g.end}]
		if !ok {
			continue
		}
		all++
		head, tok := [2]int{}, &doc.Tokens[id]
		if tok.Head != casus.None {
			head = place(tok.Head)
		}
		if head == [2]int{g.headFirst, g.headEnd} && tok.Deprel.Universal() == g.rel {
			right++
		}
	}
	return right, all
}
