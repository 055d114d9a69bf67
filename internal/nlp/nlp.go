// Package nlp is the language engine: from the text of a document to
// sentences, words with tags, features, lemmas and a dependency tree, and
// names. Analyze runs the parts one behind the other; each lives in a package
// of its own and learns from a model file (model). The fast tier is linear
// (token, tag, parse, ner); the others read the same words with a transformer
// (neural, encoder).
//
// It needs Document.Text and fills "sentences", "tokens" and "names". It does
// not look at paragraphs' meaning, resolve names, or correct its input.
package nlp

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"casus"
	"casus/internal/nlp/model"
	"casus/internal/nlp/ner"
	"casus/internal/nlp/neural"
	"casus/internal/nlp/parse"
	"casus/internal/nlp/tag"
	"casus/internal/nlp/token"
)

// Needs and Fills name the layers.
var (
	Needs = []string{}
	Fills = []string{"sentences", "tokens", "names", "fine names", "proposals", "readings"}
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

	first  *neural.Tier // reads every sentence; nil in the fast tier
	second *neural.Tier // reads those that choose names again; nil without a cascade
	choose Chooser
}

// Scratch is the memory of one worker. The zero value is ready.
type Scratch struct {
	token  token.Scratch
	tag    tag.Scratch
	parse  parse.Scratch
	ner    ner.Scratch
	neural neural.Scratch
	chosen []casus.SentenceID
	ends   []casus.TokenID
	now    []bool // by sentence: a transformer is reading it
	read   []bool // by sentence: a transformer has read it
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

// Analyze fills the sentences, tokens, names and proposals of doc from its
// Text and links the trees. s may be used for one document at a time.
func (e *Engine) Analyze(doc *casus.Document, s *Scratch) error {
	const most = 1 << 30
	if len(doc.Text) > most {
		return fmt.Errorf("nlp: a text of %d bytes, at most %d are analysed", len(doc.Text), most)
	}
	e.split.Cut(doc, &s.token)
	doc.Names, doc.FineNames, doc.Proposals, doc.Readings = doc.Names[:0], doc.FineNames[:0], doc.Proposals[:0], doc.Readings[:0]
	s.chosen, s.read = s.chosen[:0], s.read[:0]
	for i := range doc.Sentences {
		if id := casus.SentenceID(i); e.first != nil {
			s.chosen = append(s.chosen, id)
		} else {
			e.fast(doc, id, s)
		}
	}
	if e.first != nil {
		s.read = append(s.read, make([]bool, len(doc.Sentences))...)
		e.readWith(e.first, doc, s)
	}
	if e.second != nil {
		doc.Link()
		if s.chosen = e.choose(doc, s.chosen[:0]); len(s.chosen) > 0 {
			e.readWith(e.second, doc, s)
		}
	}
	if e.ner != nil {
		e.ner.Agree(doc, &s.ner)
	}
	doc.Link()
	if e.parse != nil {
		agree(doc, s.read)
	}
	return nil
}

// readWith gives the chosen sentences to a transformer, and those that are too
// long for it to the fast tier. What was read of them before is dropped.
func (e *Engine) readWith(t *neural.Tier, doc *casus.Document, s *Scratch) {
	now, ends := append(s.now[:0], make([]bool, len(doc.Sentences))...), s.ends[:0]
	for _, id := range s.chosen {
		now[id] = true
	}
	in := func(t casus.TokenID) bool { return now[doc.Tokens[t].Sent] }
	doc.Names = slices.DeleteFunc(doc.Names, func(n casus.Name) bool { return in(n.First) })
	doc.FineNames = slices.DeleteFunc(doc.FineNames, func(n casus.FineName) bool { return in(n.First) })
	doc.Proposals = slices.DeleteFunc(doc.Proposals, func(p casus.Proposal) bool { return in(p.Head) })
	for i := range doc.Sentences {
		ends = append(ends, doc.Sentences[i].End)
	}
	long := t.Annotate(doc, s.chosen, &s.neural)
	if len(doc.Sentences) > len(ends) {
		now, s.read = stretch(doc, ends, now), stretch(doc, ends, s.read)
	}
	for _, id := range long {
		now[id] = false
		e.fast(doc, id, s)
	}
	for i, again := range now {
		if !again {
			continue
		}
		s.read[i] = true
		for w := doc.Sentences[i].First; w < doc.Sentences[i].End; w++ {
			tok := &doc.Tokens[w]
			tok.Lemma = e.tag.Lemma(doc.Form(w), tok.UPOS, tok.XPOS, &s.tag)
		}
	}
	s.now, s.ends = now, ends
	slices.SortStableFunc(doc.Names, func(a, b casus.Name) int { return cmp.Compare(a.First, b.First) })
	slices.SortStableFunc(doc.FineNames, func(a, b casus.FineName) int { return cmp.Compare(a.First, b.First) })
	slices.SortStableFunc(doc.Proposals, func(a, b casus.Proposal) int { return cmp.Compare(a.Head, b.Head) })
}

// stretch gives the flags of sentences, which ended at the given words, to the
// sentences that they were cut into.
func stretch(doc *casus.Document, ends []casus.TokenID, flags []bool) []bool {
	out := make([]bool, len(doc.Sentences))
	old := 0
	for i := range doc.Sentences {
		for ends[old] < doc.Sentences[i].End {
			old++
		}
		out[i] = flags[old]
	}
	return out
}

// fast reads a sentence with the fast tier.
func (e *Engine) fast(doc *casus.Document, id casus.SentenceID, s *Scratch) {
	e.tag.Tag(doc, id, &s.tag)
	if e.parse != nil {
		e.parse.Parse(doc, id, &s.parse)
	}
	if e.ner != nil {
		e.ner.Tag(doc, id, &s.ner)
	}
}
