package factuality

import (
	"casus"
	"casus/ud"
)

// verdict is a status with the rule and the word that decided it.
type verdict struct {
	status casus.Status
	rule   string
	at     casus.TokenID
}

// work is the scratch memory of one document.
type work struct {
	a      *Annotator
	doc    *casus.Document
	lemma  []uint32
	effect []effect
	state  []verdict // by token: what the rules say; rule "" when not asked yet
	local  []marks
	coming []bool // by token: heads a time after the day of publication
	dated  []news // by token: what times say of the predicate
	depth  int
	f      []uint32
}

// marks are what a clause says by its own small words.
type marks struct {
	done     bool
	negated  bool
	question bool
	infin    bool          // to + infinitive
	modal    casus.TokenID // may, could, will...; None
	negAt    casus.TokenID
	mark     casus.TokenID // if, that, because...; None
	perfect  bool          // have + participle
	progress bool          // be + -ing
	passive  bool
	past     bool // finite past
	present  bool // finite present
	imper    bool
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func (w *work) prepare(doc *casus.Document) {
	n := len(doc.Tokens)
	w.doc = doc
	w.lemma, w.effect = resize(w.lemma, n), resize(w.effect, n)
	w.state, w.local = resize(w.state, n), resize(w.local, n)
	w.coming = resize(w.coming, n)
	for i := range doc.Times {
		tm := &doc.Times[i]
		if !doc.Published.IsZero() && tm.Head >= 0 && int(tm.Head) < n && doc.Published.Before(tm.Interval.Start) {
			w.coming[tm.Head] = true
		}
	}
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		w.lemma[i] = hashString(tok.Lemma)
		if tok.UPOS == ud.VERB || tok.UPOS == ud.NOUN || tok.UPOS == ud.ADJ {
			w.effect[i] = w.a.effectOf(tok)
		}
	}
}

// marksOf reads the auxiliaries, negations and marks of a predicate once.
func (w *work) marksOf(t casus.TokenID) *marks {
	m := &w.local[t]
	if m.done {
		return m
	}
	*m = marks{done: true, modal: casus.None, negAt: casus.None, mark: casus.None}
	tok := &w.doc.Tokens[t]
	w.finite(m, tok.XPOS)
	subject := false
	for k := tok.FirstKid; k != casus.None; k = w.doc.Tokens[k].NextKid {
		w.kidMark(m, t, k)
		subject = subject || w.doc.Tokens[k].Deprel.IsSubject()
	}
	s := &w.doc.Sentences[tok.Sent]
	if s.End > s.First && w.doc.Form(s.End-1) == "?" && (tok.Head == casus.None || tok.Deprel.Universal() == ud.Conj) {
		m.question = true
	}
	m.imper = tok.XPOS == ud.XVB && !subject && m.modal == casus.None && !m.infin && (tok.Head == casus.None || tok.Deprel.Universal() == ud.Parataxis)
	return m
}

func (w *work) finite(m *marks, x ud.XPOS) {
	switch x {
	case ud.XVBD:
		m.past = true
	case ud.XVBZ, ud.XVBP:
		m.present = true
	}
}

func (w *work) kidMark(m *marks, t, k casus.TokenID) {
	kid := &w.doc.Tokens[k]
	switch kid.Deprel.Universal() {
	case ud.Aux, ud.Cop:
		w.finite(m, kid.XPOS)
		switch kid.Lemma {
		case "have":
			m.perfect = true
		case "be":
			if kid.Deprel.Universal() == ud.Aux && w.doc.Tokens[t].XPOS == ud.XVBG {
				m.progress = true
			}
			if kid.Deprel == ud.AuxPass {
				m.passive = true
			}
		default:
			if kid.XPOS == ud.XMD && m.modal == casus.None {
				m.modal = k
			}
		}
	case ud.Mark:
		if kid.Lemma == "to" {
			m.infin = true
		} else if m.mark == casus.None {
			m.mark = k
		}
	case ud.Case:
		if kid.Lemma == "without" {
			m.negated, m.negAt = true, k
		}
	case ud.Advmod, ud.Det, ud.Cc, ud.Nsubj, ud.Obj, ud.Obl:
		switch kid.Lemma {
		case "not", "never", "n't", "no", "neither", "nobody", "none", "hardly", "scarcely", "nothing", "nowhere", "n’t":
			m.negated, m.negAt = true, k
			return
		}
		if u := kid.Deprel.Universal(); u == ud.Nsubj || u == ud.Obj {
			if d := w.doc.Kid(k, ud.Det, ud.Advmod); d != casus.None && w.doc.Tokens[d].Lemma == "no" {
				m.negated, m.negAt = true, d
			}
		}
	}
}
