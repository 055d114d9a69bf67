package attribution

import (
	"fmt"
	"sync"

	"casus"
	"casus/ud"
)

// Annotator finds statements. It is immutable and safe for concurrent use.
type Annotator struct {
	cues    map[cueWord]casus.Stance
	phrases map[phrasal]casus.Stance
	opens   map[string]bool // verbs of phrases
	voices  map[string]bool
	model   *model // for sentences of the fast tier
	sure    *model // for those that the accurate tier has read
	pool    sync.Pool
}

// New loads the embedded tables and weights.
func New() (*Annotator, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, err
	}
	sure, err := readModel(sureFile)
	if err != nil {
		return nil, err
	}
	a, err := newAnnotator(m)
	if err != nil {
		return nil, err
	}
	a.sure = sure
	return a, nil
}

func newAnnotator(m *model) (*Annotator, error) {
	cues, phrases, err := readCues(cueFile)
	if err != nil {
		return nil, err
	}
	a := &Annotator{cues: cues, phrases: phrases, opens: map[string]bool{}, voices: readVoices(voiceFile), model: m, sure: m}
	for p := range phrases {
		a.opens[p.lemma] = true
	}
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
	w.findCues(lowest)
	w.settle()
	w.finish()
	doc.IndexStatements()
	w.doc = nil
	return nil
}

// findCues judges every word and fills the roles of the cues.
func (w *work) findCues(limit float32) {
	w.cues = w.cues[:0]
	for i := range w.doc.Sentences {
		s := &w.doc.Sentences[i]
		if s.End-s.First > longest {
			continue
		}
		for t := s.First; t < s.End; t++ {
			w.tryCue(t, limit)
		}
	}
}

// longest is the number of tokens above which a sentence is a table or a list
// that nobody says; it bounds the work on one sentence.
const longest = 400

// tryCue judges one word and, when it may be a cue, fills its roles.
func (w *work) tryCue(t casus.TokenID, limit float32) {
	if !w.mayCue(t) {
		return
	}
	w.cueFeatures(t)
	score := w.model(t).score(w.bag.f)
	if w.plainlyInner(t) {
		score = max(score, 1)
	}
	if score < limit && !w.actVerb(t) && !w.thatClause(t) && !w.quoting(t) {
		return
	}
	c := cue{head: t, score: score, speaks: casus.None, parent: -1, entity: casus.None, rule: "attribution.cue"}
	c.span = w.growCue(t)
	w.pickSource(&c)
	if found := w.pickContent(&c); found || w.handsOn(t) {
		w.trailing(&c)
	}
	w.withinClause(&c)
	w.interrupted(&c)
	w.parenthetical(&c)
	if !c.left.empty() || !c.right.empty() {
		w.cues = append(w.cues, c)
	}
}

// plainlyInner reports a verb of the table inside the content of a statement,
// with a subject and a clause of its own: "said that he believed the border
// would open". Nothing more is needed there, and the weights, learned where no
// such word is marked, know no better.
func (w *work) plainlyInner(t casus.TokenID) bool {
	if w.stance[t] == casus.StanceNone || w.doc.Tokens[t].UPOS != ud.VERB {
		return false
	}
	if w.inner[t] || w.complement(t) {
		return w.has(t, ud.Nsubj) && (w.has(t, ud.Ccomp) || w.sidesWith(t)) || w.thatClause(t) || w.innerAct(t)
	}
	return w.besideComplement(t) && w.innerAct(t)
}

// besideComplement reports a clause that hangs on such a complement: "said that it
// held the town as the rebels denied its loss".
func (w *work) besideComplement(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Deprel.Universal() {
	case ud.Advcl, ud.Conj:
		return w.complement(w.doc.Tokens[t].Head)
	}
	return false
}

// innerAct reports an act of speech of somebody with what it is about, inside the
// content of a statement: "said that it was watching and threatened new measures".
func (w *work) innerAct(t casus.TokenID) bool {
	if !w.actVerb(t) || !w.has(t, ud.Obj, ud.Xcomp) {
		return false
	}
	k, steps := w.subjectOf(t)
	return k != casus.None && steps <= 1 && !w.doc.Tokens[k].Deprel.IsPassiveSubject() && w.somebody(k)
}

// complement reports the head of a clause that a verb of the table takes.
func (w *work) complement(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	return tok.Deprel.Universal() == ud.Ccomp && tok.Head != casus.None && w.stance[tok.Head] != casus.StanceNone
}

// sidesWith reports a verb that confirms or denies, with what it does so "with":
// "he disagrees with the ruling".
func (w *work) sidesWith(t casus.TokenID) bool {
	if st := w.stance[t]; st != casus.Confirm && st != casus.Deny {
		return false
	}
	for k := range w.doc.Kids(t) {
		if w.doc.Tokens[k].Deprel.Universal() == ud.Obl && w.doc.KidLemma(k, ud.Case, "with") != casus.None {
			return true
		}
	}
	return false
}

// pickSource chooses the source of a cue, or none.
func (w *work) pickSource(c *cue) {
	w.sourceCandidates(c)
	best, margin := w.choose(c, pickSource, w.headFeatures, w.sourceCut)
	if c.sureSource = margin; margin > 0 {
		c.source, c.speaks = w.cands[best].tokens, w.cands[best].head
		w.dropDateline(c)
		w.wholePhrase(c)
	}
}
