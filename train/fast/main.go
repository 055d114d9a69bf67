// Command fast trains the English model of the fast tier: sentence splitter,
// tagger and lemmatiser, parser, name tagger. It takes the data folder of the
// project, gives one model file and its card, and prints the scores on the
// development sets.
//
//	go run ./train/fast -data ../shared/data -out internal/nlp/model/en-fast.casus
//
// The parser and the name tagger meet tags that were predicted by taggers that
// had not seen the sentence (jackknifing), as they will at work.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"casus"
	"casus/internal/nlp"
	"casus/internal/nlp/model"
)

type options struct {
	data, out, card, scorer, keep, stage, eval, date, cache, tagger, parser string
	folds, epochs, classes                                                  int
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", "../shared/data", "data `folder` with ud/ and ner/")
	flag.StringVar(&o.out, "out", "", "model `file` to write")
	flag.StringVar(&o.card, "card", "", "model card `file` to write")
	flag.StringVar(&o.scorer, "scorer", "../shared/eval/score-parse", "scoring `program`; empty for none")
	flag.StringVar(&o.keep, "keep", "", "`folder` to keep the analysed development sets in")
	flag.StringVar(&o.stage, "stage", "all", "how far to train: split, tag, parse, all")
	flag.StringVar(&o.eval, "eval", "", "measure this model `file` and train nothing")
	flag.StringVar(&o.cache, "cache", "", "`file` that keeps the jackknifed tags between runs, for work on the parser")
	flag.StringVar(&o.tagger, "tagger", "", "take the tagger of this model `file` instead of training one")
	flag.StringVar(&o.parser, "parser", "", "take the parser of this model `file` instead of training one")
	flag.StringVar(&o.date, "date", time.Now().UTC().Format(time.DateOnly), "date for the header")
	flag.IntVar(&o.folds, "folds", 5, "number of jackknife folds")
	flag.IntVar(&o.epochs, "epochs", 0, "epochs of the tagger; 0 for the default")
	flag.IntVar(&o.classes, "classes", 200, "number of word classes")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.eval != "" {
		return measure(o)
	}
	t := &trainer{opts: o, start: time.Now()}
	if err := t.train(); err != nil {
		return err
	}
	e, err := t.engine()
	if err != nil {
		return err
	}
	t.say("measuring")
	scores, err := evaluate(e, o)
	if err != nil {
		return err
	}
	return t.write(scores)
}

func measure(o options) error {
	b, err := os.ReadFile(o.eval)
	if err != nil {
		return err
	}
	f, err := model.Open(b)
	if err != nil {
		return err
	}
	e, err := nlp.New(f)
	if err != nil {
		return err
	}
	_, err = evaluate(e, o)
	return err
}

// fold tells in which fold a document lies.
func fold(i, folds int) int { return i % folds }

// split parts documents into those of a fold and the others.
func split(docs []*casus.Document, k, folds int) (in, others []*casus.Document) {
	for i, d := range docs {
		if fold(i, folds) == k {
			in = append(in, d)
		} else {
			others = append(others, d)
		}
	}
	return in, others
}
