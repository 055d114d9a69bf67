package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"casus"
	"casus/internal/nlp"
	"casus/internal/nlp/model"
	"casus/ud"
)

// analyse cuts, tags and parses the raw text of each document and writes the
// trees.
func analyse(e *nlp.Engine, docs []*casus.Document, w io.Writer) (words int, took time.Duration, err error) {
	var s nlp.Scratch
	out := ud.NewWriter(w)
	for _, gold := range docs {
		doc := &casus.Document{ID: gold.ID, Text: gold.Text}
		from := time.Now()
		if err := e.Analyze(doc, &s); err != nil {
			return 0, 0, err
		}
		took += time.Since(from)
		words += len(doc.Tokens)
		for _, t := range casus.ToTrees(doc) {
			if err := out.Write(&t); err != nil {
				return 0, 0, err
			}
		}
	}
	return words, took, out.Flush()
}

// devSets are measured after training.
var devSets = []struct {
	name, file string
	ner        string
}{
	{"EWT dev", "en_ewt-dev", "uner_en_ewt-dev"},
	{"GUM open dev", "en_gum_open-dev", "gum_open_derived-dev"},
}

// evaluate runs the model over the raw text of the dev sets and asks the
// scorer; it gives the scores that it prints.
func evaluate(e *nlp.Engine, opts options) ([]model.Score, error) {
	if opts.scorer == "" {
		return nil, nil
	}
	tmp, err := os.MkdirTemp("", "casus-eval")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	var all []model.Score
	for _, set := range devSets {
		trees, err := treebank(dataPath(opts.data, "ud", set.file+".conllu.gz"))
		if err != nil {
			return nil, err
		}
		docs, err := documents(trees)
		if err != nil {
			return nil, err
		}
		got := filepath.Join(tmp, set.file+".system.conllu")
		if opts.keep != "" {
			got = filepath.Join(opts.keep, set.file+".system.conllu")
		}
		f, err := os.Create(got)
		if err != nil {
			return nil, err
		}
		words, took, err := analyse(e, docs, f)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		fmt.Printf("%s: %d words, %.0f words a second\n", set.name, words, float64(words)/took.Seconds())
		scores, err := score(opts.scorer, dataPath(opts.data, "ud", set.file+".conllu.gz"), filepath.Join(tmp, set.file+".conllu"), got, set.name)
		if err != nil {
			return nil, err
		}
		all = append(all, scores...)
		names := filepath.Join(tmp, set.file+".system.iob2")
		if err := writeIOB2(got, names); err != nil {
			return nil, err
		}
		if scores, err = score(opts.scorer, dataPath(opts.data, "ner", set.ner+".iob2.gz"), filepath.Join(tmp, set.file+".iob2"), names, set.name); err != nil {
			return nil, err
		}
		all = append(all, scores...)
	}
	return all, nil
}

// writeIOB2 turns trees with NER= into words with tags. The scorer takes the
// span of a word inside a surface token to be that of the token ("Peru" in
// "Peru's"), so names must be compared word by word.
func writeIOB2(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	var b strings.Builder
	for s, err := range ud.NewReader(r).All() {
		if err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		for _, w := range s.Words {
			tag, ok := ud.MiscValue(w.Misc, "NER")
			if !ok {
				tag = "O"
			}
			b.WriteString(w.Form + "\t" + tag + "\n")
		}
		b.WriteByte('\n')
	}
	return os.WriteFile(to, []byte(b.String()), 0o644)
}

// shown are the metrics kept in the model file.
const shown = " Tokens Sentences Words UPOS XPOS UFeats Lemmas UAS LAS LAS+ CLAS NER NER_PER NER_LOC NER_ORG NER_unlabelled "

func score(scorer, goldGz, gold, got, name string) ([]model.Score, error) {
	if err := unpack(goldGz, gold); err != nil {
		return nil, err
	}
	cmd := exec.Command(scorer, gold, got)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", scorer, err)
	}
	var scores []model.Score
	for line := range strings.Lines(string(out)) {
		if len(line) < 50 {
			continue
		}
		metric := strings.ReplaceAll(strings.TrimSpace(line[:16]), " ", "_")
		c := strings.Fields(line[16:])
		f1, err := strconv.ParseFloat(c[2], 64)
		if err != nil || !strings.Contains(shown, " "+metric+" ") {
			continue
		}
		fmt.Printf("  %-16s %6.2f\n", metric, f1)
		scores = append(scores, model.Score{Set: name + ", raw text", Metric: metric, Value: f1})
	}
	return scores, nil
}

func unpack(from, to string) error {
	r, err := open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}
