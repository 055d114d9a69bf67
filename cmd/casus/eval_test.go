package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEvalAgainstReference holds the figures of casus eval to those of the
// reference scorer, but for the intervals, which are drawn by another
// generator, and the order of equals.
func TestEvalAgainstReference(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ../shared: no reference")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no python3 for the reference")
	}
	for _, set := range []string{"gsr", "osorio-a", "petr-unit"} {
		t.Run(set, func(t *testing.T) {
			dir := t.TempDir()
			gold, coded, got := data("events/"+set+".jsonl"), filepath.Join(dir, "coded"), filepath.Join(dir, "got")
			casusTo(t, coded, bytes.NewReader(unpack(t, gold)), codeArgs...)
			casusTo(t, got, nil, "eval", gold, "--pred", coded)
			want, err := exec.Command("python3", filepath.Join(shared, "eval", "score-events"), gold, coded).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, want)
			}
			g, w := scorerLines(string(unpack(t, got))), scorerLines(string(want))
			if len(w) < 4 {
				t.Fatalf("the reference prints %d figures:\n%s", len(w), want)
			}
			if !slices.Equal(g, w) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(g, "\n"), strings.Join(w, "\n"))
			}
		})
	}
}

var interval = regexp.MustCompile(`\s+95% of F1.*`)

// scorerLines gives the lines of a report sorted and without intervals. The
// reference shows the twelve most frequent confusions only.
func scorerLines(report string) []string {
	var out []string
	for line := range strings.Lines(report) {
		if l := interval.ReplaceAllString(strings.TrimRight(line, " \n"), ""); l != "" && !strings.HasPrefix(l, "  gold ") {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}
