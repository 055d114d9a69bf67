// Package coder turns annotated sentences into events: who did what to whom,
// by the frames of data/frames.tsv over the dependency tree.
//
// It takes a document with tokens (trees), entities, times, places,
// quantities, statements and predicates, and fills the events. A trigger is
// more than a verb: "sent troops" mobilises, "sent aid" helps, "sent a letter"
// consults. Operators compose: "agreed to lift the embargo" is the lifting
// (CAMEO 085) under an intent (0354), so one frame for lifting serves
// promises, demands, refusals and threats of it.
//
// It does not decide truth (status comes from the predicates), does not find
// actors, and gives no event to a statement, a comment, a wish or a general
// need, unless Options.LegacySpeech asks for it.
package coder

import (
	"fmt"
	"sync"

	"casus"
	"casus/ud"
)

// Needs and Fills name the layers the package reads and writes.
var (
	Needs = []string{"sentences", "tokens", "entities", "times", "places", "quantities", "statements", "predicates"}
	Fills = []string{"events"}
)

// Annotator codes events. It is immutable after New and safe for concurrent
// use; the scratch memory of a call comes from a pool.
type Annotator struct {
	tab  *table
	pool sync.Pool
}

// Options says what is coded. The zero value is the default.
type Options struct {
	// Appeals codes appeals of every kind (CAMEO 02) as REQUEST. Without it
	// only appeals for help are events, the others stay statements.
	Appeals bool
	// LegacySpeech codes words as the older coders do: statements as CAMEO 01,
	// appeals as with Appeals, and a deed told by another as an accusation.
	LegacySpeech bool
	// Codebook gives events the types of a user's own code book; nil for none.
	Codebook *Codebook
}

// New compiles the embedded frame table.
func New() (*Annotator, error) { return NewWith(Options{}) }

// NewWith is New with options.
func NewWith(o Options) (*Annotator, error) {
	if o.Codebook != nil {
		return newAnnotator(o.Codebook.tab, o), nil
	}
	tab, err := embeddedTable()
	if err != nil {
		return nil, fmt.Errorf("coder: %w", err)
	}
	return newAnnotator(tab, o), nil
}

func newAnnotator(tab *table, o Options) *Annotator {
	o.Appeals = o.Appeals || o.LegacySpeech
	a := &Annotator{tab: tab}
	a.pool.New = func() any { return &scratch{tab: tab, opts: o} }
	return a
}

// Annotate fills doc.Events.
func (a *Annotator) Annotate(doc *casus.Document) error {
	s := a.pool.Get().(*scratch)
	defer a.pool.Put(s)
	s.begin(doc)
	for i := range doc.Sentences {
		s.sentence(casus.SentenceID(i))
	}
	doc.Events = s.merge()
	if s.opts.LegacySpeech {
		doc.Events = s.legacy(doc.Events)
	}
	if b := s.opts.Codebook; b != nil {
		doc.Events = s.assign(b, doc.Events)
	}
	s.doc = nil
	return nil
}

// scratch is the working memory of one document at a time.
type scratch struct {
	tab       *table
	opts      Options
	doc       *casus.Document
	info      []*word          // by token: what the tables say of its lemma, nil for most
	within    []casus.EntityID // by token: the entity of the longest mention that holds it
	withinLen []casus.TokenID  // the length of that mention in tokens
	hits      []hit
	events    []casus.Event
	args      []arg // arena of the hits' arguments
	trusting  bool  // entities are not known yet: any noun may be an actor
}

func (s *scratch) begin(doc *casus.Document) {
	s.doc, s.events = doc, nil
	n := len(doc.Tokens)
	s.info = grow(s.info, n)
	s.within, s.withinLen = grow(s.within, n), grow(s.withinLen, n)
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		verb := tok.UPOS == ud.VERB || tok.UPOS == ud.ADJ || tok.UPOS == ud.ADV
		s.info[i] = s.tab.find(doc.Form(casus.TokenID(i)), tok.Lemma, verb)
		s.within[i] = casus.None
	}
	s.cover()
}

// cover notes for each token the longest mention around it. A wrong tree often
// heads "King Hassan of Morocco" elsewhere than the mention does.
func (s *scratch) cover() {
	for e := range s.doc.Entities {
		for _, m := range s.doc.Entities[e].Mentions {
			for t := max(m.First, 0); t < m.End && int(t) < len(s.within); t++ {
				if s.within[t] == casus.None || s.withinLen[t] < m.End-m.First {
					s.within[t], s.withinLen[t] = casus.EntityID(e), m.End-m.First
				}
			}
		}
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
