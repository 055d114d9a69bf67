package factuality

import (
	"fmt"
	"strings"
	"sync"

	"casus"
	"casus/ud"
)

// Annotator tells the status of predicates. It is immutable and safe for
// concurrent use.
type Annotator struct {
	govern map[governor]effect
	events map[string]bool
	model  *model
	pool   sync.Pool
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
	g, err := readGovernors(governorFile)
	if err != nil {
		return nil, err
	}
	a := &Annotator{govern: g, events: readEvents(eventFile), model: m}
	a.pool.New = func() any { return &work{} }
	return a, nil
}

// Annotate fills doc.Predicates in text order and indexes them.
func (a *Annotator) Annotate(doc *casus.Document) error {
	for i := range doc.Tokens {
		if h := doc.Tokens[i].Head; h != casus.None && (h < 0 || int(h) >= len(doc.Tokens)) {
			return fmt.Errorf("factuality: token %d has head %d of %d tokens", i, h, len(doc.Tokens))
		}
	}
	w := a.pool.Get().(*work)
	defer a.pool.Put(w)
	w.a = a
	w.prepare(doc)
	doc.Predicates = doc.Predicates[:0]
	for i := range doc.Tokens {
		if t := casus.TokenID(i); w.predicate(t) {
			doc.Predicates = append(doc.Predicates, w.predicateAt(t))
		}
	}
	doc.IndexPredicates()
	w.background()
	w.doc = nil
	return nil
}

// predicate reports words that tell of something that is or happens.
func (w *work) predicate(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if (tok.XPOS == ud.XNNP || tok.XPOS == ud.XNPS) && !w.doc.HasKid(t, ud.Cop) {
		return false // a piece of a name: United, Rising Sun
	}
	switch tok.UPOS {
	case ud.VERB:
		return true
	case ud.NOUN:
		return w.a.eventNoun(tok.Lemma) || w.doc.HasKid(t, ud.Cop)
	case ud.ADJ, ud.ADV, ud.PRON, ud.PROPN, ud.NUM, ud.DET:
		if w.doc.HasKid(t, ud.Cop) {
			return true
		}
		r := tok.Deprel.Universal()
		return tok.UPOS == ud.ADJ && (r == ud.Xcomp || r == ud.Root || r == ud.Ccomp || r == ud.Advcl || r == ud.Acl)
	case ud.AUX:
		return tok.Deprel.Universal() == ud.Cop || tok.Deprel.Universal() == ud.Root
	}
	return false
}

// predicateAt judges one predicate.
func (w *work) predicateAt(t casus.TokenID) casus.Predicate {
	at := t
	if tok := &w.doc.Tokens[t]; tok.UPOS == ud.AUX && tok.Deprel.Universal() == ud.Cop && tok.Head != casus.None {
		at = tok.Head // "was" of "was ready": as the whole
	}
	v := w.own(at)
	value, read := w.valueOf(at)
	v = w.weigh(at, v, value, read)
	out := w.compose(at, v)
	p := casus.Predicate{Head: t, Own: v.status, Status: out.status, Value: value}
	p.Phase = w.phase(at, v)
	p.Evidence = []casus.Evidence{{Field: "status", Rule: out.rule, Span: w.doc.Tokens[out.at].Span}}
	return p
}

// valueOf gives the value of a predicate on the scale of UDS: what the accurate
// tier read, or what the weights say.
func (w *work) valueOf(t casus.TokenID) (value float32, read bool) {
	if r := w.doc.Readings; len(r) > 0 && r[t].Probability > 0 {
		return r[t].Value, true
	}
	w.features(t)
	return w.a.model.value(w.f), false
}

// phase places a predicate in time by its tense.
func (w *work) phase(t casus.TokenID, v verdict) casus.Phase {
	if v.status == casus.Planned || v.status == casus.Threatened {
		return casus.Future
	}
	for x, n := t, 0; x != casus.None && n < 6; n++ {
		m := w.marksOf(x)
		switch {
		case m.modal != casus.None:
			return casus.Future
		case m.perfect && m.progress, m.present && m.progress:
			return casus.Ongoing
		case m.past, m.perfect:
			return casus.Past
		case m.present:
			return casus.Ongoing
		}
		if w.continuing(x) {
			return casus.Ongoing
		}
		x = w.doc.Tokens[x].Head
	}
	return casus.Past
}

// continuing reports "continued attacks", "ongoing talks".
func (w *work) continuing(t casus.TokenID) bool {
	for k := range w.doc.Kids(t) {
		if w.doc.Tokens[k].Deprel.Universal() == ud.Amod {
			switch lower(w.doc.Form(k)) {
			case "continued", "continuing", "ongoing", "continuous", "current", "present", "daily", "unabated":
				return true
			}
		}
	}
	return false
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}
