// Command attribution learns the weights of internal/annotate/attribution from
// PolNeAR, and writes what the annotator finds on a set for the scorer.
//
//	go run ./train/attribution -out internal/annotate/attribution/data/model.bin
//	go run ./train/attribution -tier accurate -out internal/annotate/attribution/data/model-accurate.bin
//	go run ./train/attribution -predict dev > pred.jsonl
//
// The trees come from the engine, or with -corenlp from the parses that the
// PolNeAR snapshot brings along.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"casus"
	"casus/internal/annotate/attribution"
)

func main() {
	data := flag.String("data", "../shared/data/attribution", "folder with train.jsonl.gz and dev.jsonl.gz")
	out := flag.String("out", "", "write the weights learned from train here")
	predict := flag.String("predict", "", "code this set (dev, nested.dev, train) and write JSON lines")
	corenlp := flag.Bool("corenlp", false, "use the parses beside the data, not the engine")
	epochs := flag.Int("epochs", 6, "passes over train")
	rate := flag.Float64("rate", 0.05, "learning rate")
	accept := flag.Float64("accept", 0.15, "log odds from which on a cue with its roles is kept")
	decay := flag.Float64("decay", 0.002, "decay of weights a step")
	most := flag.Int("most", 0, "use this many documents only")
	cache := flag.String("cache", "", "keep the parsed documents in files of this folder")
	tier := flag.String("tier", "fast", "tier of the engine: fast, or accurate for data/model-accurate.bin")
	flag.Parse()
	if err := run(*data, *out, *predict, *tier, *cache, *corenlp, attribution.LearnOptions{Epochs: *epochs, Rate: *rate, Decay: *decay, Accept: *accept,
		Log: func(f string, a ...any) { fmt.Fprintf(os.Stderr, f+"\n", a...) }}, *most); err != nil {
		fmt.Fprintln(os.Stderr, "attribution:", err)
		os.Exit(1)
	}
}

func run(data, out, predict, tier, cache string, corenlp bool, opts attribution.LearnOptions, most int) error {
	set := predict
	if set == "" {
		set = "train"
	}
	trees, err := newTrees(filepath.Join(data, set), tier, corenlp)
	if err != nil {
		return err
	}
	articles, err := readArticles(filepath.Join(data, set+".jsonl.gz"), most)
	if err != nil {
		return err
	}
	if err := trees.parseAll(articles, cache, set); err != nil {
		return err
	}
	if predict != "" {
		return writePredictions(articles)
	}
	var lessons []attribution.Lesson
	for i := range articles {
		if articles[i].doc != nil {
			lessons = append(lessons, articles[i].lesson())
		}
	}
	model, err := attribution.Learn(lessons, opts)
	if err != nil {
		return err
	}
	return os.WriteFile(out, model, 0o644)
}

func writePredictions(articles []article) error {
	a, err := attribution.New()
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range articles {
		ar := &articles[i]
		if ar.doc == nil {
			continue
		}
		ar.doc.IndexMentions()
		if err := a.Annotate(ar.doc); err != nil {
			return err
		}
		if err := enc.Encode(ar.wire()); err != nil {
			return err
		}
	}
	return w.Flush()
}

type wireSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type wireStatement struct {
	ID      string     `json:"id"`
	Source  []wireSpan `json:"source"`
	Cue     []wireSpan `json:"cue"`
	Content []wireSpan `json:"content"`
	Via     []string   `json:"via"`
	Stance  string     `json:"stance"`
	Rule    string     `json:"rule"`
}

type wireDocument struct {
	ID         string          `json:"id"`
	Text       string          `json:"text"`
	Statements []wireStatement `json:"statements"`
}

func (ar *article) wire() wireDocument {
	at := ar.runes()
	spans := func(in []casus.Span) []wireSpan {
		out := []wireSpan{}
		for _, s := range in {
			out = append(out, wireSpan{at[s.Start], at[s.End]})
		}
		return out
	}
	d := wireDocument{ID: ar.ID, Text: ar.Text, Statements: []wireStatement{}}
	for i := range ar.doc.Statements {
		st := &ar.doc.Statements[i]
		via := []string{}
		for _, v := range st.Via {
			via = append(via, fmt.Sprintf("s%d", v+1))
		}
		d.Statements = append(d.Statements, wireStatement{fmt.Sprintf("s%d", i+1), spans(st.Source), spans(st.Cue),
			spans(st.Content), via, st.Stance.String(), st.Evidence[0].Rule})
	}
	return d
}
