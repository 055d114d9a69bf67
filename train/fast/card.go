package main

import (
	"bytes"
	"fmt"

	"casus/internal/nlp/model"
)

func header(o options, scores []model.Score) model.Header {
	return model.Header{
		Name: "en-fast", Language: "en", Date: o.date, Licence: "CC BY-SA 4.0",
		TagSets: map[string]string{"UPOS": "Universal Dependencies 2", "XPOS": "Penn Treebank, as in UD English-EWT",
			"Deprel": "Universal Dependencies 2 with English subtypes", "Names": "PER LOC ORG MISC"},
		Training: training, Scores: scores,
		Command: "go run ./train/fast -data ../shared/data -out internal/nlp/model/en-fast.casus -card docs/model-card-en-fast.md",
	}
}

var training = []model.Training{
	{Name: "UD English-EWT 2.16, train", Licence: "CC BY-SA 4.0", Use: "sentences, tags, lemmas, trees"},
	{Name: "GUM 11.1, open part, train", Licence: "annotations CC BY 4.0, texts CC BY, CC BY-SA 3.0 and public domain", Use: "sentences, tags, lemmas, trees, names (derived)"},
	{Name: "PolNeAR 1.0.0, train, with its automatic tags", Licence: "no licence stated; no text is in the model", Use: "which tags and lemmas a form may have, word classes"},
	{Name: "EventCorefBank+, train (stories)", Licence: "CC BY 3.0", Use: "word classes"},
	{Name: "Universal NER English-EWT, train", Licence: "CC BY-SA 4.0", Use: "names"},
	{Name: "WikiGold", Licence: "CC BY 4.0", Use: "names"},
	{Name: "Broad Twitter Corpus, sections G and E, train", Licence: "CC BY 4.0", Use: "names"},
	{Name: "CrossNER politics, train", Licence: "MIT, texts CC BY-SA", Use: "names"},
}

// card gives the model card in Markdown.
func card(f *model.File, size int) []byte {
	var b bytes.Buffer
	h := f.Header
	fmt.Fprintf(&b, "# Model card: %s\n\n", h.Name)
	fmt.Fprintf(&b, "English, fast tier: sentence splitter, tagger and lemmatiser, dependency parser, name tagger; linear models with\nhashed features. Written by `train/fast` on %s; do not edit.\n\n", h.Date)
	fmt.Fprintf(&b, "- File: `internal/nlp/model/en-fast.casus`, %d bytes, format `docs/format/model.md`\n", size)
	fmt.Fprintf(&b, "- SHA-256 of the sections: `%s`\n- Licence of the weights: %s\n- Command: `%s`\n\n", f.SHA256(), h.Licence, h.Command)
	fmt.Fprintf(&b, "## Learned from\n\n| set | licence | used for |\n| --- | --- | --- |\n")
	for _, t := range h.Training {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", t.Name, t.Licence, t.Use)
	}
	fmt.Fprintf(&b, "\n## Scores\n\nF1 in percent, from raw text (the documents of the set with a blank line between paragraphs).\n\n| set | metric | F1 |\n| --- | --- | ---: |\n")
	for _, s := range h.Scores {
		fmt.Fprintf(&b, "| %s | %s | %.2f |\n", s.Set, s.Metric, s.Value)
	}
	fmt.Fprintf(&b, "\n## Sections\n\n| name | bytes |\n| --- | ---: |\n")
	for _, s := range h.Sections {
		fmt.Fprintf(&b, "| %s | %d |\n", s.Name, s.Size)
	}
	fmt.Fprintf(&b, "\n## Limits\n\nThe treebanks are mostly web text of 2000 to 2015, interviews, encyclopedia and some news: long news sentences with\nnested apposition are parsed less well than the figures say. Names of peoples (\"Peruvian\") are adjectives or MISC.\n")
	return b.Bytes()
}
