package timex

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"casus"
)

type goldDoc struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Published string `json:"published"`
	Times     []struct {
		Start, End  int
		Type, Value string
	} `json:"times"`
}

// shared finds a development file of the project; the test is skipped where
// it is absent, as the data may not be shipped.
func shared(t testing.TB, name string) string {
	for _, dir := range []string{"../../../../shared", "/work/shared"} {
		p := filepath.Join(dir, "data", "time", name)
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Skip("development data not here: ", name)
	return ""
}

func readGold(t testing.TB, name string) []goldDoc {
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldDoc
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d goldDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (d *goldDoc) document(t testing.TB) *casus.Document {
	p, err := casus.ParseDate(d.Published[:min(10, len(d.Published))])
	if err != nil {
		t.Fatal(err)
	}
	return &casus.Document{ID: d.ID, Text: d.Text, Published: p}
}

// measure counts exact, overlapping and right-valued times.
func measure(t testing.TB, name string) (strict, relaxed, value float64) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	out := writer(t, name)
	var gold, pred, s, r, v int
	for _, d := range readGold(t, name) {
		doc := d.document(t)
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		out(doc)
		gold, pred = gold+len(d.Times), pred+len(doc.Times)
		used := make([]bool, len(doc.Times))
		starts, ends := make([]int, len(doc.Times)), make([]int, len(doc.Times))
		for i, p := range doc.Times {
			starts[i], ends[i] = utf8.RuneCountInString(doc.Text[:p.Start]), utf8.RuneCountInString(doc.Text[:p.End])
		}
		for _, g := range d.Times {
			for i, p := range doc.Times {
				start, end := starts[i], ends[i]
				if used[i] || start >= g.End || end <= g.Start {
					continue
				}
				used[i] = true
				r++
				if start == g.Start && end == g.End {
					s++
				}
				if g.Value != "" && g.Value == p.Value {
					v++
				}
				break
			}
		}
	}
	f := func(n int) float64 { return 200 * float64(n) / float64(gold+pred) }
	return f(s), f(r), f(v)
}

// writer writes predictions for eval/score-time into the folder that
// CASUS_TIMES_OUT names.
func writer(t testing.TB, name string) func(*casus.Document) {
	dir := os.Getenv("CASUS_TIMES_OUT")
	if dir == "" {
		return func(*casus.Document) {}
	}
	f, err := os.Create(filepath.Join(dir, name+".pred.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	enc := json.NewEncoder(f)
	return func(doc *casus.Document) {
		type wire struct {
			Start int    `json:"start"`
			End   int    `json:"end"`
			Type  string `json:"type"`
			Value string `json:"value"`
			Mod   string `json:"mod,omitempty"`
		}
		times := []wire{}
		for _, p := range doc.Times {
			times = append(times, wire{utf8.RuneCountInString(doc.Text[:p.Start]), utf8.RuneCountInString(doc.Text[:p.End]), p.Type.String(), p.Value, p.Mod})
		}
		if err := enc.Encode(map[string]any{"id": doc.ID, "times": times}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMarks holds the quality on the development sets; they are for measuring
// only and nothing of them is copied here.
func TestMarks(t *testing.T) {
	for _, m := range []struct {
		set                    string
		strict, relaxed, value float64
	}{
		{"news-dev.jsonl.gz", 86, 93, 79},
		{"wikiwars-dev.jsonl.gz", 88, 94, 83},
	} {
		s, r, v := measure(t, m.set)
		t.Logf("%s strict %.1f relaxed %.1f value %.1f", m.set, s, r, v)
		if s < m.strict || r < m.relaxed || v < m.value {
			t.Errorf("%s: strict %.1f relaxed %.1f value %.1f, want at least %.1f %.1f %.1f", m.set, s, r, v, m.strict, m.relaxed, m.value)
		}
	}
}
