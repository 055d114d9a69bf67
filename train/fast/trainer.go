package main

import (
	"fmt"
	"os"
	"slices"
	"time"

	"casus"
	"casus/internal/nlp"
	"casus/internal/nlp/model"
	"casus/internal/nlp/ner"
	"casus/internal/nlp/parse"
	"casus/internal/nlp/tag"
	"casus/internal/nlp/token"
	"casus/ud"
)

// trainer holds what the stages hand on.
type trainer struct {
	opts   options
	start  time.Time
	trees  []ud.Sentence     // all training sentences
	docs   []*casus.Document // the same, by document, gold
	tagged []*casus.Document // the same with predicted tags
	file   model.Writer

	known    map[string]map[ud.XPOS]int
	lemmas   []tag.Lemma
	clusters map[string]uint16
}

func (t *trainer) say(format string, args ...any) {
	fmt.Printf("%6.1fs %s\n", time.Since(t.start).Seconds(), fmt.Sprintf(format, args...))
}

func (t *trainer) train() error {
	for _, name := range []string{"en_ewt-train", "en_gum_open-train"} {
		trees, err := treebank(dataPath(t.opts.data, "ud", name+".conllu.gz"))
		if err != nil {
			return err
		}
		docs, err := documents(trees)
		if err != nil {
			return err
		}
		t.docs = append(t.docs, docs...)
		t.trees = slices.AppendSeq(t.trees, func(yield func(ud.Sentence) bool) {
			for _, d := range trees {
				for _, s := range d {
					if !yield(s) {
						return
					}
				}
			}
		})
	}
	t.say("%d documents, %d sentences", len(t.docs), len(t.trees))
	t.file.Add(nlp.SectionSplit, token.Train(t.docs, 8, 1).AppendBinary(nil))
	t.say("splitter trained")
	tagger, err := t.tagger()
	if err != nil {
		return err
	}
	t.say("tagger trained")
	if t.opts.stage == "tag" || t.opts.stage == "split" {
		return nil
	}
	if err := t.retagAll(); err != nil {
		return err
	}
	if err := t.parser(); err != nil {
		return err
	}
	if t.opts.stage == "parse" {
		return nil
	}
	return t.names(tagger)
}

// tagger trains one, or takes that of the model given by -tagger.
func (t *trainer) tagger() (*tag.Tagger, error) {
	if t.opts.stage != "tag" || t.opts.tagger == "" {
		if err := t.unlabelled(); err != nil {
			return nil, err
		}
	}
	if t.opts.tagger == "" {
		m := tag.Train(t.docs, t.tagOptions())
		t.file.Add(nlp.SectionTag, m.AppendBinary(nil))
		return m.Tagger(), nil
	}
	b, err := t.reuse(t.opts.tagger, nlp.SectionTag)
	if err != nil {
		return nil, err
	}
	return tag.Load(b)
}

// reuse takes a section from another model.
func (t *trainer) reuse(path, section string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, err
	}
	if b, err = f.Section(section); err != nil {
		return nil, err
	}
	t.file.Add(section, b)
	return b, nil
}

func (t *trainer) tagOptions() tag.TrainOptions {
	return tag.TrainOptions{Seed: 1, Epochs: t.opts.epochs, Known: t.known, Lemmas: t.lemmas, Clusters: t.clusters}
}

// unlabelled learns of words from text without gold tags.
func (t *trainer) unlabelled() error {
	var err error
	if t.known, t.lemmas, err = knownWords(dataPath(t.opts.data, "attribution", "train.conll.gz")); err != nil {
		return err
	}
	var words []string
	for _, f := range []string{"attribution/train.jsonl.gz", "stories/coref-ecb-train.docs.jsonl.gz"} {
		if words, err = rawWords(words, dataPath(t.opts.data, f)); err != nil {
			return err
		}
	}
	for _, d := range t.docs {
		words = append(words, "")
		for i := range d.Tokens {
			words = append(words, tag.Fold(d.Form(casus.TokenID(i))))
		}
	}
	t.clusters = clusters(words, t.opts.classes, 3, 12)
	t.say("%d words of raw text, %d in %d classes", len(words), len(t.clusters), t.opts.classes)
	return nil
}

// retagAll makes t.tagged by jackknife, or from the cache of an earlier run.
func (t *trainer) retagAll() error {
	t.tagged = make([]*casus.Document, len(t.docs))
	for i, d := range t.docs {
		t.tagged[i] = retag(d)
	}
	if t.opts.cache != "" && t.readCache() == nil {
		t.say("tags read from %s", t.opts.cache)
		return nil
	}
	t.jackknife()
	t.say("tagged by %d folds", t.opts.folds)
	if t.opts.cache == "" {
		return nil
	}
	return t.writeCache()
}

// jackknife tags every document with a tagger trained on the other folds.
func (t *trainer) jackknife() {
	done := make(chan bool)
	for k := range t.opts.folds {
		go func() {
			_, others := split(t.docs, k, t.opts.folds)
			opts := t.tagOptions()
			opts.Voices = 1
			tg := tag.Train(others, opts).Tagger()
			var s tag.Scratch
			in, _ := split(t.tagged, k, t.opts.folds)
			for _, d := range in {
				for id := range d.Sentences {
					tg.Tag(d, casus.SentenceID(id), &s)
				}
			}
			done <- true
		}()
	}
	for range t.opts.folds {
		<-done
	}
}

// retag copies a document so that its tags can be replaced.
func retag(d *casus.Document) *casus.Document {
	return &casus.Document{ID: d.ID, Text: d.Text, Sentences: d.Sentences, Tokens: slices.Clone(d.Tokens)}
}

func (t *trainer) parser() error {
	if t.opts.parser != "" {
		_, err := t.reuse(t.opts.parser, nlp.SectionParse)
		return err
	}
	var train []parse.Sentence
	for _, d := range t.tagged {
		for _, s := range d.Sentences {
			train = append(train, parseSentence(d, &s))
		}
	}
	m := parse.Train(train, parse.TrainOptions{Seed: 1, Clusters: t.clusters, Progress: func(stage string, epoch int, acc float64) {
		t.say("parser: %s, pass %d: %.2f", stage, epoch, 100*acc)
	}})
	b, err := m.AppendBinary(nil)
	if err != nil {
		return err
	}
	t.file.Add(nlp.SectionParse, b)
	return nil
}

func parseSentence(d *casus.Document, s *casus.Sentence) parse.Sentence {
	var p parse.Sentence
	for i := s.First; i < s.End; i++ {
		tok := &d.Tokens[i]
		p.Form, p.Lemma = append(p.Form, d.Form(i)), append(p.Lemma, tok.Lemma)
		p.UPOS, p.XPOS = append(p.UPOS, tok.UPOS), append(p.XPOS, tok.XPOS)
		head := -1
		if tok.Head != casus.None {
			head = int(tok.Head - s.First)
		}
		p.Head, p.Deprel = append(p.Head, head), append(p.Deprel, tok.Deprel)
	}
	return p
}

// nameSets are the sets that the name tagger learns from, beside UNER on EWT
// and GUM, whose sentences are those of the treebanks.
var nameSets = []string{"wikigold-train", "btc_g-train", "btc_e-train", "crossner_politics-train"}

// nameLabels maps the labels of all sets. What a set does not mark is outside.
var nameLabels = map[string]casus.NameLabel{
	"PER": casus.PER, "LOC": casus.LOC, "ORG": casus.ORG, "MISC": casus.MISC, "OTH": casus.MISC, "EVENT": casus.MISC,
	"person": casus.PER, "politician": casus.PER, "location": casus.LOC, "country": casus.LOC,
	"organisation": casus.ORG, "politicalparty": casus.ORG, "event": casus.MISC, "election": casus.MISC, "misc": casus.MISC,
}

func (t *trainer) names(tg *tag.Tagger) error {
	var train []ner.Sentence
	uner, err := t.treebankNames()
	if err != nil {
		return err
	}
	train = append(train, uner...)
	for _, name := range nameSets {
		sents, err := readIOB2(dataPath(t.opts.data, "ner", name+".iob2.gz"))
		if err != nil {
			return err
		}
		var s tag.Scratch
		for _, x := range sents {
			doc, err := plainDocument(x.forms)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			tg.Tag(doc, 0, &s)
			n, err := nameSentence(doc, 0, x.tags)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			train = append(train, n)
		}
	}
	t.say("names: %d sentences", len(train))
	m := ner.Train(train, ner.TrainOptions{Seed: 1, Clusters: t.clusters, Progress: func(epoch int, acc float64) {
		t.say("names: pass %d: %.2f", epoch, 100*acc)
	}})
	b, err := m.AppendBinary(nil)
	if err != nil {
		return err
	}
	t.file.Add(nlp.SectionNER, b)
	return nil
}

// treebankNames joins the names of UNER and GUM with the jackknifed tags by
// sentence; sentences whose words differ are left out.
func (t *trainer) treebankNames() ([]ner.Sentence, error) {
	byID := map[string]iob2{}
	for _, name := range []string{"uner_en_ewt-train", "gum_open_derived-train"} {
		sents, err := readIOB2(dataPath(t.opts.data, "ner", name+".iob2.gz"))
		if err != nil {
			return nil, err
		}
		for _, s := range sents {
			byID[s.id] = s
		}
	}
	var out []ner.Sentence
	k := 0
	for _, d := range t.tagged {
		for i := range d.Sentences {
			id, _ := t.trees[k].Comment("sent_id")
			k++
			s, ok := byID[id]
			if n := int(d.Sentences[i].End - d.Sentences[i].First); !ok || len(s.tags) != n {
				continue
			}
			n, err := nameSentence(d, i, s.tags)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			out = append(out, n)
		}
	}
	return out, nil
}

func nameSentence(d *casus.Document, i int, tags []string) (ner.Sentence, error) {
	var n ner.Sentence
	s := &d.Sentences[i]
	for k := s.First; k < s.End; k++ {
		n.Form = append(n.Form, d.Form(k))
		n.UPOS, n.XPOS = append(n.UPOS, d.Tokens[k].UPOS), append(n.XPOS, d.Tokens[k].XPOS)
	}
	var err error
	n.Names, err = ner.RunsOfIOB2(tags, nameLabels)
	return n, err
}

func (t *trainer) engine() (*nlp.Engine, error) {
	b, err := t.file.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, err
	}
	return nlp.New(f)
}

// write writes the model with its scores, and the card.
func (t *trainer) write(scores []model.Score) error {
	if t.opts.out == "" {
		return nil
	}
	t.file.Header = header(t.opts, scores)
	b, err := t.file.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(t.opts.out, b, 0o644); err != nil {
		return err
	}
	f, err := model.Open(b)
	if err != nil {
		return err
	}
	t.say("%s: %d bytes, sections' SHA-256 %s", t.opts.out, len(b), f.SHA256())
	if t.opts.card == "" {
		return nil
	}
	return os.WriteFile(t.opts.card, card(f, len(b)), 0o644)
}
