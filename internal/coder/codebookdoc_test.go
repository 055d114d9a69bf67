package coder_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casus"
	"casus/internal/pipeline"
	"casus/ontology"
)

// TestCodebookExamples codes every example of docs/codebook.md from raw text
// and holds it to the row it stands in (-v lists those that fail), and the book
// to the types and modes there are.
func TestCodebookExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the language engine")
	}
	text, err := os.ReadFile("../../docs/codebook.md")
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, seen := p.NewWorker(), map[string]bool{}
	typ := ontology.PloverNone
	all, wrong := 0, 0
	for line := range strings.Lines(string(text)) {
		if h, ok := strings.CutPrefix(strings.TrimSpace(line), "## "); ok {
			typ, _ = ontology.ParsePlover(h)
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if typ == ontology.PloverNone || len(cells) != 5 || !strings.Contains(cells[4], "->") {
			continue
		}
		mode := strings.Trim(cells[0], " `")
		seen[typ.String()], seen[typ.String()+"/"+mode] = true, true
		doc := &casus.Document{ID: "example", Lang: "en", Text: strings.TrimSpace(cells[3]), Published: casus.NewDate(2024, 5, 6)}
		if _, err := p.Code(doc, w); err != nil {
			t.Fatalf("%q: %v", doc.Text, err)
		}
		want := strings.TrimSpace(strings.ReplaceAll(cells[4], "`", ""))
		all++
		if got := coded(doc, typ, mode); got != want {
			wrong++
			t.Logf("%v/%s: %q is coded %q, not %q", typ, mode, doc.Text, got, want)
		}
	}
	if all < 80 || wrong*20 > all {
		t.Errorf("%d of %d examples are not coded as the book says: more than one in twenty", wrong, all)
	}
	for p := ontology.AGREE; p < ontology.NumPlover; p++ {
		if !seen[p.String()] {
			t.Errorf("the book has no example of %v", p)
		}
		for _, m := range p.Modes() {
			if !seen[p.String()+"/"+m.Name] {
				t.Errorf("the book has no example of %v/%s", p, m.Name)
			}
		}
	}
}

// coded gives the first event of the type and mode as the book writes it.
func coded(doc *casus.Document, p ontology.Plover, mode string) string {
	for i := range doc.Events {
		if ev := &doc.Events[i]; ev.Type == p && ev.Mode == mode {
			return fmt.Sprintf("%s: %s -> %s", ev.CAMEO, codes(doc, ev.Source), codes(doc, ev.Target))
		}
	}
	return "as no such event"
}

func codes(doc *casus.Document, ids []casus.EntityID) string {
	var out []string
	for _, e := range ids {
		c := string(doc.Entities[e].Code)
		if c == "" {
			c = "?"
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, ", ")
}
