package pipeline

import (
	"os"
	"strings"
	"testing"

	"casus"
)

// TestActorPhrases counts how many bare phrases get their code, read by the
// whole engine: titles, countries, bodies and groups of all sectors.
// `go test -run ActorPhrases -v ./internal/pipeline` prints the share and the
// wrong ones.
func TestActorPhrases(t *testing.T) {
	const want = 0.92
	b, err := os.ReadFile("testdata/phrases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	p := english(t)
	w := p.NewWorker()
	right, all := 0, 0
	for line := range strings.Lines(string(b)) {
		phrase, code, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(phrase, "#") {
			continue
		}
		doc := &casus.Document{ID: "phrase", Text: phrase, Lang: "en"}
		if _, err := p.Code(doc, w); err != nil {
			t.Fatal(err)
		}
		all++
		if got := longest(doc); sameCode(got, code) {
			right++
		} else {
			t.Logf("wrong: %q: got %q, want %q", phrase, got, code)
		}
	}
	share := float64(right) / float64(max(all, 1))
	t.Logf("actor phrases right: %d of %d (%.1f%%)", right, all, 100*share)
	if all < 300 || share < want {
		t.Errorf("got %d of %d right, want %.0f%% of 300 or more", right, all, 100*want)
	}
}

// longest gives the code of the entity with the longest mention.
func longest(doc *casus.Document) string {
	code, n := "", casus.Pos(0)
	for i := range doc.Entities {
		for _, m := range doc.Entities[i].Mentions {
			if k := m.Span.End - m.Span.Start; k > n {
				code, n = string(doc.Entities[i].Code), k
			}
		}
	}
	return code
}

// sameCode compares whole codes; of bodies between states the slot only.
func sameCode(got, want string) bool {
	switch want {
	case "UNO", "IGO", "EUR", "NGO", "IMG":
		return strings.HasPrefix(got, want)
	}
	return got == want
}
