// Package nlp is the language engine: from the text of a document to
// sentences, words with tags, features, lemmas and a dependency tree, and
// names. Analyze runs the parts one behind the other; each lives in a package
// of its own (token, tag, parse, ner) and learns from a model file (model).
//
// It needs Document.Text and fills "sentences", "tokens" and "names". It does
// not look at paragraphs' meaning, resolve names, or correct its input.
package nlp

import (
	_ "embed"
	"fmt"
	"sync"

	"casus"
	"casus/internal/nlp/model"
	"casus/internal/nlp/ner"
	"casus/internal/nlp/parse"
	"casus/internal/nlp/tag"
	"casus/internal/nlp/token"
)

// Needs and Fills name the layers.
var (
	Needs = []string{}
	Fills = []string{"sentences", "tokens", "names"}
)

// The sections of a model file that the engine reads.
const (
	SectionSplit = "split"
	SectionTag   = "tag"
	SectionParse = "parse"
	SectionNER   = "ner"
)

//go:embed model/en-fast.casus
var enFast []byte

// Engine is a loaded model. It is immutable and safe for concurrent use.
type Engine struct {
	split *token.Splitter
	tag   *tag.Tagger
	parse *parse.Parser // nil when the model has no parser
	ner   *ner.Tagger   // nil when the model has no name tagger
}

// Scratch is the memory of one worker. The zero value is ready.
type Scratch struct {
	token token.Scratch
	tag   tag.Scratch
	parse parse.Scratch
	ner   ner.Scratch
}

// English gives the embedded English model of the fast tier. It is loaded at
// the first call and shared.
func English() (*Engine, error) { return english() }

var english = sync.OnceValues(func() (*Engine, error) {
	f, err := EnglishModel()
	if err != nil {
		return nil, err
	}
	return New(f)
})

// EnglishModel opens the embedded model file without loading it.
func EnglishModel() (*model.File, error) { return model.Open(enFast) }

// New loads the parts of a model. Splitter and tagger must be there.
func New(f *model.File) (*Engine, error) {
	e := &Engine{}
	var err error
	if e.split, err = load(f, SectionSplit, token.LoadSplitter); err != nil {
		return nil, err
	}
	if e.tag, err = load(f, SectionTag, tag.Load); err != nil {
		return nil, err
	}
	if f.Has(SectionParse) {
		if e.parse, err = load(f, SectionParse, parse.Load); err != nil {
			return nil, err
		}
	}
	if f.Has(SectionNER) {
		if e.ner, err = load(f, SectionNER, ner.Load); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func load[T any](f *model.File, section string, read func([]byte) (T, error)) (T, error) {
	b, err := f.Section(section)
	if err != nil {
		var zero T
		return zero, fmt.Errorf("nlp: load: %w", err)
	}
	t, err := read(b)
	if err != nil {
		return t, fmt.Errorf("nlp: load section %q: %w", section, err)
	}
	return t, nil
}

// Analyze fills the sentences, tokens and names of doc from its Text and links
// the trees. s may be used for one document at a time.
func (e *Engine) Analyze(doc *casus.Document, s *Scratch) error {
	const most = 1 << 30
	if len(doc.Text) > most {
		return fmt.Errorf("nlp: a text of %d bytes, at most %d are analysed", len(doc.Text), most)
	}
	e.split.Cut(doc, &s.token)
	doc.Names = doc.Names[:0]
	for i := range doc.Sentences {
		id := casus.SentenceID(i)
		e.tag.Tag(doc, id, &s.tag)
		if e.parse != nil {
			e.parse.Parse(doc, id, &s.parse)
		}
		if e.ner != nil {
			e.ner.Tag(doc, id, &s.ner)
		}
	}
	if e.ner != nil {
		e.ner.Agree(doc, &s.ner)
	}
	doc.Link()
	if e.parse != nil {
		agree(doc)
	}
	return nil
}
