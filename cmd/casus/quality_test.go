package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/ud"
)

var update = flag.Bool("update", false, "rewrite the golden figures")

const shared = "../../../shared"

// A quality set is a command of ours over development data, a scorer over what
// it writes, and the lines of the scorer that are kept as golden figures in
// testdata/quality/NAME.txt.
type qualitySet struct {
	name   string
	input  func(t *testing.T) []byte // JSON lines for standard input
	args   []string
	out    string   // name of the output file
	scorer []string // shared/eval/..., then arguments; OUT stands for the output
	keep   string   // expression over the scorer's lines
}

func qualitySets() []qualitySet {
	data := func(p string) string { return filepath.Join(shared, "data", p) }
	parse := []string{"parse", "--input", "jsonl", "--lang", "en", "-j", "2", "-"}
	code := []string{"code", "--input", "jsonl", "--lang", "en", "-j", "2", "-"}
	trees := func(p string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return rawTrees(t, data(p)) }
	}
	lines := func(p string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return unpack(t, data(p)) }
	}
	return []qualitySet{
		{"parse-ewt-dev", trees("ud/en_ewt-dev.conllu.gz"), parse, "out.conllu",
			[]string{"score-parse", "GOLD", "OUT"}, `^(Tokens|Sentences|Words|UPOS|XPOS|UFeats|Lemmas|UAS|LAS)\b`},
		{"parse-gum-open-dev", trees("ud/en_gum_open-dev.conllu.gz"), parse, "out.conllu",
			[]string{"score-parse", "GOLD", "OUT"}, `^(Tokens|Sentences|Words|UPOS|XPOS|UFeats|Lemmas|UAS|LAS)\b`},
		{"attribution-dev", lines("attribution/dev.jsonl.gz"), code, "out.jsonl",
			[]string{"score-attribution", data("attribution/dev.jsonl.gz"), "OUT"}, `.`},
		{"time-news-dev", lines("time/news-dev.jsonl.gz"), code, "out.jsonl",
			[]string{"score-time", data("time/news-dev.jsonl.gz"), "--pred", "OUT"}, `.`},
		{"time-wikiwars-dev", lines("time/wikiwars-dev.jsonl.gz"), code, "out.jsonl",
			[]string{"score-time", data("time/wikiwars-dev.jsonl.gz"), "--pred", "OUT"}, `.`},
		{"place-tr-news", lines("place/tr-news.jsonl.gz"), code, "out.jsonl",
			[]string{"score-place", data("place/tr-news.jsonl.gz"), "--pred", "OUT"}, `.`},
		{"events-gsr", lines("events/gsr.jsonl"), code, "out.jsonl",
			[]string{"score-events", data("events/gsr.jsonl"), "OUT"}, `.`},
		{"events-osorio-a", lines("events/osorio-a.jsonl"), code, "out.jsonl",
			[]string{"score-events", data("events/osorio-a.jsonl"), "OUT"}, `.`},
		{"factuality-uds-dev", lines("factuality/uds.dev.jsonl.gz"), append([]string{"code", "--predicates"}, code[1:]...), "out.jsonl",
			[]string{"score-factuality", data("factuality/uds.dev.jsonl.gz"), "OUT"}, `.`},
		{"factuality-meantime-dev", lines("factuality/meantime.dev.jsonl.gz"), append([]string{"code", "--predicates"}, code[1:]...), "out.jsonl",
			[]string{"score-factuality", data("factuality/meantime.dev.jsonl.gz"), "OUT"}, `.`},
	}
}

// TestQuality runs each set where the shared data is present and holds the
// figures against the golden ones: none may fall by more than a tenth of a
// point. `go test ./cmd/casus -run Quality -update` rewrites them.
func TestQuality(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ../shared: the golden figures are not checked")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no python3 for the scorers")
	}
	for _, set := range qualitySets() {
		t.Run(set.name, func(t *testing.T) { set.run(t) })
	}
}

func (s qualitySet) run(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, s.out)
	casusTo(t, out, bytes.NewReader(s.input(t)), s.args...)
	args := []string{filepath.Join(shared, "eval", s.scorer[0])}
	for _, a := range s.scorer[1:] {
		switch a {
		case "OUT":
			a = out
		case "GOLD":
			a = s.gold(t, dir)
		}
		args = append(args, a)
	}
	report, err := exec.Command("python3", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", s.scorer[0], err, report)
	}
	compareGolden(t, s.name, filter(string(report), s.keep, dir))
}

// casusTo runs a command line in this process, its output going to a file.
func casusTo(t *testing.T, path string, in io.Reader, args ...string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var msgs bytes.Buffer
	if code := run(context.Background(), env{in, f, &msgs}, args); code != exitOK {
		t.Fatalf("casus %s: exit %d\n%s", strings.Join(args, " "), code, msgs.String())
	}
}

// gold unpacks the gold file that a scorer cannot read packed.
func (s qualitySet) gold(t *testing.T, dir string) string {
	p := map[string]string{"parse-ewt-dev": "ud/en_ewt-dev.conllu.gz", "parse-gum-open-dev": "ud/en_gum_open-dev.conllu.gz"}[s.name]
	path := filepath.Join(dir, "gold.conllu")
	if err := os.WriteFile(path, unpack(t, filepath.Join(shared, "data", p)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func unpack(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rawTrees gives the running text of a treebank as JSON lines, one a document;
// paragraphs are divided by an empty line, sentences by the space that the
// file says follows them.
func rawTrees(t *testing.T, path string) []byte {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	var text strings.Builder
	n := 0
	flush := func() {
		if text.Len() > 0 {
			n++
			_ = enc.Encode(map[string]string{"id": fmt.Sprintf("d%04d", n), "text": text.String()})
			text.Reset()
		}
	}
	r := ud.NewReader(bytes.NewReader(unpack(t, path)))
	for s, err := range r.All() {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Comment("newdoc id"); ok {
			flush()
		}
		if _, ok := s.Comment("newpar"); ok && text.Len() > 0 {
			text.WriteString("\n\n")
		} else if _, ok := s.Comment("newpar id"); ok && text.Len() > 0 {
			text.WriteString("\n\n")
		}
		line, _ := s.Comment("text")
		text.WriteString(line)
		if !strings.Contains(s.Words[len(s.Words)-1].Misc, "SpaceAfter=No") {
			text.WriteByte(' ')
		}
	}
	flush()
	return out.Bytes()
}

func filter(report, keep, dir string) string {
	re := regexp.MustCompile(keep)
	var out strings.Builder
	for line := range strings.Lines(report) {
		if re.MatchString(line) && strings.TrimSpace(line) != "" {
			out.WriteString(strings.ReplaceAll(strings.TrimRight(line, " \n")+"\n", dir, "."))
		}
	}
	return out.String()
}

var decimal = regexp.MustCompile(`-?\d+\.\d+`)

// compareGolden holds the figures of a report against the golden file, line by
// line; a figure that fell by more than a tenth fails, any other change asks
// for -update.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("../../testdata/quality", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (make it with -update)", err)
	}
	if got == "" {
		t.Fatal("the scorer printed no figure")
	}
	gl, wl := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	if len(gl) != len(wl) {
		t.Fatalf("report changed:\n%s\nwant:\n%s", got, want)
	}
	for i := range wl {
		if fell(gl[i], wl[i]) {
			t.Errorf("fell:\n got %s\nwant %s", gl[i], wl[i])
		}
	}
}

func fell(got, want string) bool {
	g, w := decimal.FindAllString(got, -1), decimal.FindAllString(want, -1)
	if len(g) != len(w) {
		return true
	}
	for i := range w {
		a, _ := strconv.ParseFloat(g[i], 64)
		b, _ := strconv.ParseFloat(w[i], 64)
		if a < b-0.1 {
			return true
		}
	}
	return false
}
