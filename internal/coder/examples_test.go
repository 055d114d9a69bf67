package coder_test

import (
	"os"
	"strings"
	"testing"

	"casus"
	"casus/internal/pipeline"
	"casus/ontology"
)

// TestExamplesThroughEngine codes the example of every frame from raw text,
// through the whole pipeline, and holds it to its line: the type must be among
// those coded, and a frame that says "no event" must give none. The engine
// errs on some trees, so a share may fail; they are listed with -v.
func TestExamplesThroughEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the language engine")
	}
	p, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Skipf("the pipeline does not load: %v", err)
	}
	b, err := os.ReadFile("data/frames.tsv")
	if err != nil {
		t.Fatal(err)
	}
	w := p.NewWorker()
	right, all := 0, 0
	for l := range strings.Lines(string(b)) {
		rec := strings.Split(strings.TrimSpace(l), "\t")
		if len(rec) != 6 || strings.HasPrefix(rec[3], "02") { // appeals are no events by default
			continue
		}
		doc := &casus.Document{ID: "example", Lang: "en", Text: rec[5], Published: casus.NewDate(2024, 5, 6)}
		if _, err := p.Code(doc, w); err != nil {
			t.Fatalf("%q: %v", rec[5], err)
		}
		all++
		if asLine(rec, doc.Events) {
			right++
		} else {
			t.Logf("%s %s %s: %q gives %v", rec[0], rec[1], rec[3], rec[5], types(doc.Events))
		}
	}
	t.Logf("%d of %d examples are coded as their line says", right, all)
	if all < 500 || right*100 < all*88 {
		t.Errorf("%d of %d examples are coded as their line says: less than 88%%", right, all)
	}
}

func asLine(rec []string, events []casus.Event) bool {
	if strings.Contains(rec[2], "op=nothing") {
		return len(events) == 0
	}
	want, _, _ := strings.Cut(rec[4], ";")
	want, _, _ = strings.Cut(want, "/")
	if want == "" || want == "-" {
		x, _ := ontology.FromCAMEO(rec[3])
		want = x.Type.String()
	}
	for _, ev := range events {
		if ev.Type.String() == want {
			return true
		}
	}
	// An operator or a frame for contents changes the type by its partner.
	partner := strings.Contains(rec[2], "op=") && !strings.Contains(rec[2], "op=absorb") || strings.Contains(rec[2], "content") || strings.Contains(rec[2], "dep")
	return partner && len(events) > 0
}

func types(events []casus.Event) (out []string) {
	for _, ev := range events {
		out = append(out, ev.Type.String())
	}
	return out
}
