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
	"strings"
	"testing"

	"casus/internal/nlp"
	"casus/ud"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden figures")

const shared = "../../../shared"

// A quality set is a command of ours over development data, a scorer over what
// it writes, and the lines of the scorer that are kept as golden figures in
// testdata/quality/NAME.txt.
type qualitySet struct {
	name   string
	input  func(t *testing.T) []byte // for standard input
	args   []string
	scorer []string // shared/eval/..., then arguments; OUT stands for the output, GOLD for the unpacked gold
	gold   string   // under shared/data, for GOLD
	keep   string   // expression over the scorer's lines
}

var (
	parseArgs = []string{"parse", "-q", "--input", "jsonl", "--lang", "en", "-j", "2", "-"}
	codeArgs  = []string{"code", "-q", "--input", "jsonl", "--lang", "en", "-j", "2", "-"}
	predArgs  = append([]string{"code", "--predicates"}, codeArgs[1:]...)
	seedArgs  = []string{"code", "-q", "--published", "2025-11-03", "-"}
)

const (
	keepTrees  = `^(Tokens|Sentences|Words|UPOS|XPOS|UFeats|Lemmas|UAS|LAS)\b`
	keepNames  = `^NER`
	keepVoices = `^(role|triple|kind|nested)`
	keepTimes  = `^(all|aquaint|timebank|wikiwars)\b`
	keepPlaces = `^(tr-news|lgl)\b`
	keepEvents = `^[abcde]  |^documents without event|^actor phrases`
	keepFacts  = `^(covered|all|value)`
)

func data(p string) string { return filepath.Join(shared, "data", p) }

// qualitySets are the sets of each tier; auto lies between small and accurate
// (TestCascadeWhereItMatters).
func qualitySets() []qualitySet {
	sets := tierSets(nlp.Fast)
	for _, tier := range []nlp.Tier{nlp.Small, nlp.Accurate} {
		for _, s := range tierSets(tier) {
			s.name += "-" + tier.String()
			sets = append(sets, s)
		}
	}
	return append(sets, fineNameSet())
}

// fineNameSet is the nine classes of CrossNER politics, which only the accurate
// tier finds. The set is words without spacing: they are joined by spaces.
func fineNameSet() qualitySet {
	const file = "ner/crossner_politics-dev.iob2.gz"
	input := func(t *testing.T) []byte {
		sents := strings.Split(strings.TrimSpace(string(unpack(t, data(file)))), "\n\n")
		for i, s := range sents {
			var words []string
			for line := range strings.Lines(s) {
				if form, _, ok := strings.Cut(line, "\t"); ok {
					words = append(words, form)
				}
			}
			sents[i] = strings.Join(words, " ")
		}
		b, err := json.Marshal(map[string]string{"id": "politics", "text": strings.Join(sents, "\n\n")})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	args := withTier(append([]string{"parse", "--names", "fine"}, parseArgs[1:]...), nlp.Accurate)
	return qualitySet{"names-crossner-politics-dev-accurate", input, args, []string{"score-parse", "GOLD", "OUT"}, file, keepNames}
}

// withTier adds --tier behind the name of the command.
func withTier(args []string, t nlp.Tier) []string {
	return append([]string{args[0], "--tier", t.String()}, args[1:]...)
}

// tierSets are the sets of one tier.
func tierSets(tier nlp.Tier) []qualitySet {
	parseArgs, codeArgs, predArgs, seedArgs := withTier(parseArgs, tier), withTier(codeArgs, tier), withTier(predArgs, tier), withTier(seedArgs, tier)
	packed := func(p string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return unpack(t, data(p)) }
	}
	trees := func(p string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return rawTrees(t, data(p)) }
	}
	seed := func(t *testing.T) []byte { return theSeed(t) }
	sets := []qualitySet{
		{"seed", seed, seedArgs, []string{"check-seed", "OUT"}, "", `points`},
		{"seed-without-date", seed, withTier([]string{"code", "-q", "-"}, tier), []string{"check-seed", "OUT"}, "", `points`},
		{"parse-ewt-dev", trees("ud/en_ewt-dev.conllu.gz"), parseArgs, []string{"score-parse", "GOLD", "OUT"}, "ud/en_ewt-dev.conllu.gz", keepTrees},
		{"parse-gum-open-dev", trees("ud/en_gum_open-dev.conllu.gz"), parseArgs, []string{"score-parse", "GOLD", "OUT"}, "ud/en_gum_open-dev.conllu.gz", keepTrees},
		{"names-uner-ewt-dev", trees("ud/en_ewt-dev.conllu.gz"), parseArgs, []string{"score-parse", "GOLD", "OUT"}, "ner/uner_en_ewt-dev.iob2.gz", keepNames},
		{"factuality-uds-dev", packed("factuality/uds.dev.jsonl.gz"), predArgs, []string{"score-factuality", data("factuality/uds.dev.jsonl.gz"), "OUT"}, "", keepFacts},
		{"factuality-meantime-dev", packed("factuality/meantime.dev.jsonl.gz"), predArgs, []string{"score-factuality", data("factuality/meantime.dev.jsonl.gz"), "OUT"}, "", keepFacts},
	}
	for _, s := range []struct{ name, file, scorer, keep string }{
		{"attribution-dev", "attribution/dev.jsonl.gz", "score-attribution", keepVoices},
		{"attribution-nested-dev", "attribution/nested.dev.jsonl.gz", "score-attribution", `^nested`},
		{"events-gsr", "events/gsr.jsonl", "score-events", keepEvents},
		{"events-osorio-a", "events/osorio-a.jsonl", "score-events", keepEvents},
		{"events-coped", "events/coped-train.jsonl", "score-events", keepEvents},
		{"actors-ngec", "events/actors-ngec.jsonl", "score-events", keepEvents},
		{"time-news-dev", "time/news-dev.jsonl.gz", "score-time --pred", keepTimes},
		{"time-wikiwars-dev", "time/wikiwars-dev.jsonl.gz", "score-time --pred", keepTimes},
		{"place-tr-news", "place/tr-news.jsonl.gz", "score-place --pred", keepPlaces},
		{"place-lgl", "place/lgl.jsonl.gz", "score-place --pred", keepPlaces},
	} {
		scorer := strings.Fields(s.scorer)
		scorer = append(append([]string{scorer[0], data(s.file)}, scorer[1:]...), "OUT")
		sets = append(sets, qualitySet{s.name, packed(s.file), codeArgs, scorer, "", s.keep})
	}
	return sets
}

// theSeed reads the founding article.
func theSeed(t *testing.T) []byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(shared, "seed", "*.txt"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("the seed: %v %v", paths, err)
	}
	return unpack(t, paths[0])
}

// TestQuality runs each set where the shared data is present and holds the
// figures against the golden ones. `go test ./cmd/casus -run Quality -update`
// rewrites them.
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

// TestActorPhrases holds the figures of whole actor codes, which the scorer of the
// set does not print: casus eval does.
func TestActorPhrases(t *testing.T) {
	set := data("events/actors-ngec.jsonl")
	if _, err := os.Stat(set); err != nil {
		t.Skip("no ../shared: the golden figures are not checked")
	}
	out := filepath.Join(t.TempDir(), "out")
	casusTo(t, out, strings.NewReader(""), "eval", set)
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	compareGolden(t, "actors-ngec-code", filter(string(b), "actor phrases"))
}

func (s qualitySet) run(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	casusTo(t, out, bytes.NewReader(s.input(t)), s.args...)
	args := []string{filepath.Join(shared, "eval", s.scorer[0])}
	for _, a := range s.scorer[1:] {
		switch a {
		case "OUT":
			a = out
		case "GOLD":
			a = filepath.Join(dir, strings.TrimSuffix(filepath.Base(s.gold), ".gz"))
			if err := os.WriteFile(a, unpack(t, data(s.gold)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		args = append(args, a)
	}
	report, err := exec.Command("python3", args...).CombinedOutput()
	// check-seed leaves with 1 when a point is missing; its figure is golden all the same.
	if err != nil && s.scorer[0] != "check-seed" {
		t.Fatalf("%s: %v\n%s", s.scorer[0], err, report)
	}
	compareGolden(t, s.name, filter(string(report), s.keep))
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

// filter keeps the lines that fit.
func filter(report, keep string) string {
	re := regexp.MustCompile(keep)
	var out strings.Builder
	for line := range strings.Lines(report) {
		if re.MatchString(line) {
			out.WriteString(strings.TrimRight(line, " \n") + "\n")
		}
	}
	return out.String()
}

// compareGolden holds a report against the golden file. Every change of a
// figure fails, a gain too: the new file goes into the commit that made it, and
// the commit says why.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if got == "" {
		t.Fatal("the scorer printed no figure")
	}
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
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("figures changed (-update rewrites them):\n%s", d)
	}
}
