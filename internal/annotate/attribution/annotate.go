package attribution

import (
	"fmt"
	"sync"

	"casus"
)

// Annotator finds statements. It is immutable and safe for concurrent use.
type Annotator struct {
	cues  map[cueWord]casus.Stance
	model *model
	pool  sync.Pool
}

// New loads the embedded tables and weights.
func New() (*Annotator, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, err
	}
	return newAnnotator(m)
}

func newAnnotator(m *model) (*Annotator, error) {
	cues, err := readCues(cueFile)
	if err != nil {
		return nil, err
	}
	a := &Annotator{cues: cues, model: m}
	a.pool.New = func() any { return &work{} }
	return a, nil
}

// Annotate fills doc.Statements in the order of their cues and indexes them.
func (a *Annotator) Annotate(doc *casus.Document) error {
	for i := range doc.Tokens {
		if h := doc.Tokens[i].Head; h != casus.None && (h < 0 || int(h) >= len(doc.Tokens)) {
			return fmt.Errorf("attribution: token %d has head %d of %d tokens", i, h, len(doc.Tokens))
		}
	}
	w := a.pool.Get().(*work)
	defer a.pool.Put(w)
	w.a = a
	w.prepare(doc)
	w.findCues()
	w.finish()
	doc.IndexStatements()
	w.doc = nil
	return nil
}

// findCues judges every word and fills the roles of the cues.
func (w *work) findCues() {
	w.cues = w.cues[:0]
	limit := w.a.model.thresholds[cueThreshold]
	for i := range w.doc.Tokens {
		t := casus.TokenID(i)
		if !w.mayCue(t) {
			continue
		}
		w.cueFeatures(t)
		s := w.a.model.score(w.bag.f)
		if s < limit {
			continue
		}
		c := cue{head: t, score: s, speaks: casus.None, parent: -1, entity: casus.None, rule: "attribution.cue"}
		c.span = w.growCue(t)
		w.pickSource(&c)
		if w.pickContent(&c) {
			w.cues = append(w.cues, c)
		}
	}
}

// pickSource chooses the source of a cue, or none.
func (w *work) pickSource(c *cue) {
	w.sourceCandidates(c)
	best, _ := w.bestCandidate(c, w.sourceFeatures)
	if best > 0 {
		c.source, c.speaks = w.cands[best].tokens, w.cands[best].head
	}
}
