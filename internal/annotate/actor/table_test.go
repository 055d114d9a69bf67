package actor

import (
	"fmt"
	"strings"
	"testing"

	"casus"
)

// tenure is one line of people.tsv.
type tenure struct {
	post, name string
	start, end casus.Date
	shared     bool
}

func tenures(t *testing.T) (out []tenure) {
	t.Helper()
	err := eachRow("people.tsv", 7, func(f []string) error {
		start, end, err := dates(f[3], f[4])
		if err != nil {
			return err
		}
		if f[5] != "hand" && f[5] != "hand*" {
			return fmt.Errorf("origin %q", f[5])
		}
		if f[3] == "" || f[2] == "" || len(f[0]) < 3 || f[1] != "m" && f[1] != "f" {
			return fmt.Errorf("incomplete: %s", strings.Join(f, " | "))
		}
		name, _, _ := strings.Cut(f[6], ";")
		out = append(out, tenure{f[0] + " " + f[2], name, start, end, f[5] == "hand*"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTenures holds the table of office holders against itself: dates in
// order, and no two holders of one post at once unless the table says that
// several hold it.
func TestTenures(t *testing.T) {
	rows := tenures(t)
	if len(rows) < 1500 {
		t.Errorf("got %d dated lines, want 1500 or more", len(rows))
	}
	byPost := map[string][]tenure{}
	for _, r := range rows {
		if !r.end.IsZero() && !r.start.Before(r.end) && r.start != r.end {
			t.Errorf("%s %s: ends %s before it starts %s", r.post, r.name, r.end, r.start)
		}
		byPost[r.post] = append(byPost[r.post], r)
	}
	for _, v := range byPost {
		checkPost(t, v)
	}
	t.Logf("%d dated lines, %d posts", len(rows), len(byPost))
}

func checkPost(t *testing.T, v []tenure) {
	t.Helper()
	for i, a := range v {
		for _, b := range v[i+1:] {
			if a.shared && b.shared || month(a.start) >= month(b.end) || month(b.start) >= month(a.end) {
				continue
			}
			t.Errorf("%s: %s from %s to %s and %s from %s to %s", a.post, a.name, a.start, a.end, b.name, b.start, b.end)
		}
	}
}

// month orders dates by year and month: many tenures are known to the month.
func month(d casus.Date) int {
	if d.IsZero() {
		return 1 << 30
	}
	return int(d.Year)*12 + int(d.Month)
}

// TestSorted keeps the tables as sorted text.
func TestSorted(t *testing.T) {
	for _, file := range []string{"people.tsv", "bodies.tsv", "media.tsv", "states.tsv", "nouns.tsv", "cues.tsv", "words.tsv", "foreign.tsv", "members.tsv"} {
		last := ""
		err := eachLine(file, func(line string) {
			if line < last {
				t.Errorf("%s: %.60q stands behind %.60q", file, line, last)
			}
			last = line
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func eachLine(file string, f func(line string)) error {
	b, err := data.ReadFile("data/" + file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			f(line)
		}
	}
	return nil
}
