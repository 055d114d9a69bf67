// Command factuality learns the weights of internal/annotate/factuality from
// UDS "It Happened", and writes what the annotator finds on a set
// for the scorer.
//
//	go run ./train/factuality -out internal/annotate/factuality/data/model.bin
//	go run ./train/factuality -predict uds.dev > pred.jsonl
//
// The engine parses the text; with -statements the predictions pass through
// the attribution stage as they do in casus code.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"casus"
	"casus/internal/annotate/attribution"
	"casus/internal/annotate/factuality"
	"casus/internal/nlp"
)

type config struct {
	data, out, predict string
	statements         bool
	opts               factuality.LearnOptions
}

func main() {
	var c config
	flag.StringVar(&c.data, "data", "../shared/data/factuality", "folder with the sets")
	flag.StringVar(&c.out, "out", "", "write the weights learned from the train sets here")
	flag.StringVar(&c.predict, "predict", "", "code this set (uds.dev, meantime.dev) and write JSON lines")
	flag.BoolVar(&c.statements, "statements", false, "find statements first, as casus code does")
	flag.IntVar(&c.opts.Epochs, "epochs", 12, "passes over train")
	flag.Float64Var(&c.opts.Rate, "rate", 0.008, "learning rate")
	flag.Float64Var(&c.opts.Decay, "decay", 0.0001, "decay of weights a step")
	flag.Parse()
	c.opts.Log = func(f string, a ...any) { fmt.Fprintf(os.Stderr, f+"\n", a...) }
	if err := c.run(); err != nil {
		fmt.Fprintln(os.Stderr, "factuality:", err)
		os.Exit(1)
	}
}

// record is one line of a set. Offsets are code points.
type record struct {
	ID         string      `json:"id"`
	Text       string      `json:"text"`
	Published  string      `json:"published,omitempty"`
	Predicates []predicate `json:"predicates"`
}

type predicate struct {
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Status string   `json:"status"`
	Value  *float32 `json:"value,omitempty"`
	Rule   string   `json:"rule,omitempty"`
}

func (c *config) run() error {
	e, err := nlp.English()
	if err != nil {
		return err
	}
	p := parser{engine: e}
	if c.predict != "" {
		return c.write(&p)
	}
	var lessons []factuality.Lesson
	for _, set := range []string{"uds.train"} {
		recs, err := read(filepath.Join(c.data, set+".jsonl.gz"))
		if err != nil {
			return err
		}
		for i := range recs {
			doc, err := p.parse(&recs[i])
			if err != nil {
				return err
			}
			lessons = append(lessons, recs[i].lesson(doc))
		}
	}
	b, err := factuality.Learn(lessons, c.opts)
	if err != nil {
		return err
	}
	return os.WriteFile(c.out, b, 0o644)
}

type parser struct {
	engine  *nlp.Engine
	scratch nlp.Scratch
}

func (p *parser) parse(r *record) (*casus.Document, error) {
	doc := &casus.Document{ID: r.ID, Text: r.Text, Lang: "en"}
	if err := p.engine.Analyze(doc, &p.scratch); err != nil {
		return nil, fmt.Errorf("parse %s: %w", r.ID, err)
	}
	doc.IndexMentions()
	doc.IndexStatements()
	return doc, nil
}

func read(path string) ([]record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	dec := json.NewDecoder(z)
	var out []record
	for {
		var r record
		if err := dec.Decode(&r); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("read %s: record %d: %w", path, len(out)+1, err)
		}
		out = append(out, r)
	}
}

// offsets gives the byte offset of every code point.
func offsets(text string) []casus.Pos {
	var at []casus.Pos
	for i := range text {
		at = append(at, casus.Pos(i))
	}
	return append(at, casus.Pos(len(text)))
}

func (r *record) lesson(doc *casus.Document) factuality.Lesson {
	at := offsets(r.Text)
	les := factuality.Lesson{Doc: doc}
	for _, p := range r.Predicates {
		first, end := doc.TokenRange(casus.Span{Start: at[p.Start], End: at[p.End]})
		h := doc.HeadOf(first, end)
		if h == casus.None {
			continue
		}
		if p.Value != nil {
			les.Gold = append(les.Gold, factuality.Gold{Head: h, Value: *p.Value})
		}
	}
	return les
}

func (c *config) write(p *parser) error {
	a, err := factuality.New()
	if err != nil {
		return err
	}
	at, err := attribution.New()
	if err != nil {
		return err
	}
	recs, err := read(filepath.Join(c.data, c.predict+".jsonl.gz"))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	enc := json.NewEncoder(w)
	for i := range recs {
		doc, err := p.parse(&recs[i])
		if err != nil {
			return err
		}
		if c.statements {
			if err := at.Annotate(doc); err != nil {
				return err
			}
		}
		if err := a.Annotate(doc); err != nil {
			return err
		}
		recs[i].fill(doc)
		if err := enc.Encode(&recs[i]); err != nil {
			return err
		}
	}
	return w.Flush()
}

// fill replaces the gold predicates by those of the document.
func (r *record) fill(doc *casus.Document) {
	rune_ := make([]int, len(r.Text)+1)
	n := 0
	for i := range r.Text {
		rune_[i] = n
		n++
	}
	rune_[len(r.Text)] = n
	r.Predicates = []predicate{}
	for i := range doc.Predicates {
		p := &doc.Predicates[i]
		s := doc.Tokens[p.Head].Span
		v := p.Value
		r.Predicates = append(r.Predicates, predicate{rune_[s.Start], rune_[s.End], p.Status.String(), &v, p.Evidence[0].Rule})
	}
}
