package factuality

import (
	"casus"
	"casus/ud"
)

// own gives the status of a predicate by rules, within its sentence: its own
// small words first, then what its governor does to it. Answers are kept, so
// that a chain ("may refuse to try to sign") is walked once.
func (w *work) own(t casus.TokenID) verdict {
	if w.state[t].rule != "" {
		return w.state[t]
	}
	if w.depth > 40 {
		return verdict{casus.Asserted, "factuality.plain", t}
	}
	w.depth++
	v := w.governed(t, w.alone(t))
	w.depth--
	w.state[t] = v
	return v
}

// alone reads the status from the word's own auxiliaries, negation and marks.
func (w *work) alone(t casus.TokenID) verdict {
	m := w.marksOf(t)
	tok := &w.doc.Tokens[t]
	if m.mark != casus.None {
		switch w.doc.Tokens[m.mark].Lemma {
		case "if", "unless", "whether", "lest", "provided":
			return verdict{casus.Hypothetical, "factuality.condition", m.mark}
		case "without":
			return verdict{casus.Negated, "factuality.without", m.mark}
		}
	}
	if m.modal != casus.None {
		if v, ok := w.modal(t, m); ok {
			return v
		}
	}
	if m.negated {
		return verdict{casus.Negated, "factuality.negation", m.negAt}
	}
	if m.infin && w.toBe(t) {
		return verdict{casus.Planned, "factuality.to-be", t}
	}
	if w.goingTo(t) {
		return verdict{casus.Planned, "factuality.going-to", t}
	}
	if v, ok := w.adverb(t); ok {
		return v
	}
	if k := w.scheduled(t); k != casus.None && m.present && !m.past && !m.perfect {
		return verdict{casus.Planned, "factuality.scheduled", k}
	}
	if m.question {
		return verdict{casus.Hypothetical, "factuality.question", t}
	}
	if m.imper {
		return verdict{casus.Planned, "factuality.imperative", t}
	}
	if tok.UPOS == ud.NOUN {
		if v, ok := w.attribute(t); ok {
			return v
		}
	}
	return verdict{casus.Asserted, "factuality.plain", t}
}

// modal reads a modal verb. "Would have signed" did not happen; "would" in
// reported speech is a future of the past.
func (w *work) modal(t casus.TokenID, m *marks) (verdict, bool) {
	switch w.doc.Tokens[m.modal].Lemma {
	case "will", "shall", "'ll", "wo", "ca":
		if m.question && !w.talks(t) {
			return verdict{casus.Hypothetical, "factuality.question", t}, true // "Will the council approve it?"
		}
		if m.negated {
			return verdict{casus.Negated, "factuality.negation", m.negAt}, true
		}
		return verdict{casus.Planned, "factuality.future", m.modal}, true
	case "would", "could", "should", "might":
		if m.perfect {
			return verdict{casus.Negated, "factuality.counterfactual", m.modal}, true
		}
		if !m.negated && w.doc.Tokens[m.modal].Lemma == "would" && w.reported(t) {
			return verdict{casus.Planned, "factuality.future", m.modal}, true
		}
	}
	if l := w.doc.Tokens[m.modal].Lemma; m.negated && l != "may" && l != "might" { // "may not come" leaves it open
		return verdict{casus.Negated, "factuality.negation", m.negAt}, true
	}
	return verdict{casus.Hypothetical, "factuality.modal", m.modal}, true
}

// talks reports a subject that speaks or is spoken to: "Will you come?" asks for
// what it names.
func (w *work) talks(t casus.TokenID) bool {
	if k := w.doc.Kid(t, ud.Nsubj); k != casus.None {
		switch w.doc.Tokens[k].Lemma {
		case "I", "i", "you", "we":
			return true
		}
	}
	return false
}

// toBe reports "the talks are to begin" and the headline "Talks To Begin": an
// infinitive that heads a clause of its own.
func (w *work) toBe(t casus.TokenID) bool {
	switch r := w.doc.Tokens[t].Deprel; r.Universal() {
	case ud.Root, ud.Parataxis:
		return true
	case ud.Ccomp, ud.Conj, ud.Acl:
		return w.doc.HasKid(t, ud.Nsubj) && (r.Universal() == ud.Ccomp || r == ud.AclRelcl || r.Universal() == ud.Conj)
	}
	return w.doc.Tokens[t].Head == casus.None
}

// reported reports "would" as the future of a clause that somebody told:
// "she said the army would leave".
func (w *work) reported(t casus.TokenID) bool {
	r := w.doc.Tokens[t].Deprel.Universal()
	if r == ud.Conj && w.doc.Tokens[t].Head != casus.None {
		r = w.doc.Tokens[w.doc.Tokens[t].Head].Deprel.Universal()
	}
	if r != ud.Ccomp && r != ud.Acl {
		return false
	}
	// A future of the past needs a past: "says that a strike would be ..." is
	// a condition.
	h := w.doc.Tokens[t].Head
	if w.doc.Tokens[t].Deprel.Universal() == ud.Conj {
		h = w.doc.Tokens[h].Head
	}
	if h != casus.None && r == ud.Ccomp {
		if m := w.marksOf(h); m.present && !m.perfect && !m.past {
			return false
		}
	}
	for k := range w.doc.Kids(t) {
		if w.doc.Tokens[k].Deprel.Universal() == ud.Advcl {
			if m := w.marksOf(k); m.mark != casus.None && (w.doc.Tokens[m.mark].Lemma == "if" || w.doc.Tokens[m.mark].Lemma == "unless") {
				return false
			}
		}
	}
	return true
}

// goingTo reports "is going to strike", where "going" heads the clause.
func (w *work) goingTo(t casus.TokenID) bool {
	h := w.doc.Tokens[t].Head
	return h != casus.None && w.doc.Tokens[t].Deprel == ud.Xcomp && w.doc.Tokens[h].Lemma == "go" &&
		w.doc.Tokens[h].XPOS == ud.XVBG && w.marksOf(t).infin
}

// attribute reads the words before a noun: "no attack", "a possible attack".
func (w *work) attribute(t casus.TokenID) (verdict, bool) {
	for k := range w.doc.Kids(t) {
		tok := &w.doc.Tokens[k]
		switch tok.Deprel.Universal() {
		case ud.Amod, ud.Det:
			if e := w.a.govern[governor{tok.Lemma, 'm'}]; e != noEffect {
				return verdict{effectStatus[e], "factuality.attribute", k}, true
			}
			if tok.XPOS == ud.XVBN || tok.XPOS == ud.XVBG {
				if form := w.a.govern[governor{lower(w.doc.Form(k)), 'm'}]; form != noEffect {
					return verdict{effectStatus[form], "factuality.attribute", k}, true
				}
			}
		}
	}
	return verdict{}, false
}

// adverb reads a word that keeps a clause at arm's length: "the vault had
// allegedly been emptied".
func (w *work) adverb(t casus.TokenID) (verdict, bool) {
	for k := range w.doc.Kids(t) {
		if w.doc.Tokens[k].Deprel.Universal() == ud.Advmod {
			if e := w.a.govern[governor{w.doc.Tokens[k].Lemma, 'd'}]; e != noEffect {
				return verdict{effectStatus[e], "factuality.adverb", k}, true
			}
		}
	}
	return verdict{}, false
}

// scheduled finds a time to come beside a verb in the present: "the envoy
// travels to Quito on Monday". None without.
func (w *work) scheduled(t casus.TokenID) casus.TokenID {
	for k := range w.doc.Kids(t) {
		if w.coming[k] && w.doc.Tokens[k].Deprel.Universal() != ud.Nsubj {
			return k
		}
	}
	return casus.None
}

// effectStatus is what an effect makes of a plain governed predicate.
var effectStatus = [numEffects]casus.Status{noEffect: casus.Asserted, fact: casus.Asserted, plan: casus.Planned,
	negate: casus.Negated, deny: casus.Denied, maybe: casus.Hypothetical, threaten: casus.Threatened, claim: casus.Claimed}

// governed applies the word that governs t, if any, to its own status.
func (w *work) governed(t casus.TokenID, v verdict) verdict {
	tok := &w.doc.Tokens[t]
	h := tok.Head
	if h == casus.None {
		return v
	}
	m := w.marksOf(t)
	switch tok.Deprel.Universal() {
	case ud.Xcomp:
		if m.infin && v.status == casus.Asserted && w.a.govern[governor{w.doc.Tokens[h].Lemma, 'r'}] == fact {
			return w.own(h)
		}
		if m.infin && w.tooMuch(h) {
			return verdict{casus.Negated, "factuality.too", t}
		}
		if p := w.a.govern[governor{w.doc.Tokens[h].Lemma, 'p'}]; p != noEffect && m.infin && w.marksOf(h).passive {
			return w.applyEffect(p, h, v, t) // "are said to have fled"
		}
		return w.apply(h, v, t)
	case ud.Ccomp:
		// A report is the statement's business; a finite clause keeps its own
		// tense also behind a plan: "announced that it had left".
		if e := w.effect[h]; e == noEffect || e == fact || e == plan && (m.past || m.present || m.perfect) {
			return v
		}
		return w.apply(h, v, t)
	case ud.Csubj:
		return w.apply(h, v, t)
	case ud.Advcl:
		if w.effect[h] == claim && tok.XPOS == ud.XVBG {
			return w.apply(h, v, t) // "accused it of arming rebels"
		}
		if m.infin && w.tooMuch(h) {
			return verdict{casus.Negated, "factuality.too", t}
		}
		if m.infin && v.status == casus.Asserted {
			if w.a.govern[governor{w.doc.Tokens[h].Lemma, 'r'}] == fact && t > h {
				return w.own(h) // "the index fell 5% to close at its lowest"
			}
			return w.purpose(h, t)
		}
		if k := w.timeMark(t, m); v.rule == "factuality.plain" && k != casus.None {
			return w.timed(h, v, k)
		}
	case ud.Acl:
		if tok.Deprel == ud.AclRelcl {
			return v
		}
		if m.infin && w.singledOut(h) {
			return w.own(h) // "the first woman to lead the navy" leads it
		}
		if m.infin {
			if m.passive && v.status == casus.Asserted && (w.effect[h] == noEffect || w.a.events[w.doc.Tokens[h].Lemma]) {
				return verdict{casus.Planned, "factuality.to-be", t} // "a meeting to be held in May"
			}
			return w.apply(h, v, t)
		}
		if e := w.effect[h]; m.mark != casus.None && w.doc.Tokens[m.mark].Lemma == "that" && (e == maybe || e == negate) {
			return w.apply(h, v, t) // "fears that the dam will break"
		}
	case ud.Conj:
		if v.rule != "factuality.plain" {
			return v
		}
		if !w.hasOwnFrame(t) {
			return w.own(h)
		}
		if g := w.own(h); g.rule == "factuality.condition" && m.mark == casus.None {
			return g // "whether he resigned or was forced out": one mark for both
		}
	case ud.Obj, ud.Obl, ud.Nmod, ud.Iobj:
		return w.nominal(h, v, t)
	case ud.Nsubj:
		if e := w.a.govern[governor{w.doc.Tokens[h].Lemma, 's'}]; e != noEffect && tok.UPOS == ud.NOUN && v.status == casus.Asserted {
			return w.takesPlace(e, h, v, t)
		}
		if tok.Deprel.IsPassiveSubject() {
			return w.nominal(h, v, t)
		}
	case ud.Compound, ud.Amod:
		if e := w.effect[h]; e != noEffect && e != fact && tok.UPOS == ud.NOUN {
			return verdict{effectStatus[e], "factuality.compound", h}
		}
	}
	return v
}

// tooMuch reports "too weak", "too early": what it is too much for is not done.
func (w *work) tooMuch(t casus.TokenID) bool {
	if u := w.doc.Tokens[t].UPOS; u != ud.ADJ && u != ud.ADV {
		return false
	}
	k := w.doc.KidLemma(t, ud.Advmod, "too")
	return k != casus.None && k < t
}

// singledOut reports "the first", "the last", "the only", "the youngest".
func (w *work) singledOut(t casus.TokenID) bool {
	for k := range w.doc.Kids(t) {
		if k > t {
			continue
		}
		switch w.doc.Tokens[k].Lemma {
		case "first", "second", "third", "last", "only", "latest", "sole":
			return true
		}
		if w.doc.Tokens[k].XPOS.String() == "JJS" {
			return true
		}
	}
	return false
}

// hasOwnFrame reports a conjunct with an auxiliary or subject of its own, or a
// finite form after a form that is not: it does not share its partner's status.
func (w *work) hasOwnFrame(t casus.TokenID) bool {
	m := w.marksOf(t)
	return m.modal != casus.None || m.past || m.present || m.infin || w.doc.HasKid(t, ud.Nsubj)
}

// timeMark finds the word that makes a clause one of time: a mark, or "when"
// as the adverb that treebanks take it for. None without.
func (w *work) timeMark(t casus.TokenID, m *marks) casus.TokenID {
	if m.mark != casus.None {
		return m.mark
	}
	for k := range w.doc.Kids(t) {
		if tok := &w.doc.Tokens[k]; k < t && tok.XPOS.String() == "WRB" && tok.Deprel.Universal() == ud.Advmod {
			return k
		}
	}
	return casus.None
}

// timed gives a clause of time the status of a main clause still to come:
// "the bridge will open when the ice melts".
func (w *work) timed(h casus.TokenID, v verdict, mark casus.TokenID) verdict {
	switch w.doc.Tokens[mark].Lemma {
	case "when", "before", "after", "until", "till", "once", "while", "whenever":
		if g := w.own(h); g.status == casus.Planned || g.status == casus.Hypothetical || g.status == casus.Threatened {
			return verdict{g.status, "factuality.timed", mark}
		}
	}
	return v
}

// purpose is the aim of an action: "sent ships to fight piracy" says nothing of
// a fight; with an action that did not happen, neither did its aim.
func (w *work) purpose(h, t casus.TokenID) verdict {
	if g := w.own(h); g.status == casus.Negated || g.status == casus.Denied || g.status == casus.Hypothetical {
		return g
	}
	return verdict{casus.Planned, "factuality.purpose", t}
}

// apply composes the effect of governor h, in the status h itself has, with
// the status of what it governs.
func (w *work) apply(h casus.TokenID, v verdict, t casus.TokenID) verdict {
	return w.applyEffect(w.effect[h], h, v, t)
}

func (w *work) applyEffect(e effect, h casus.TokenID, v verdict, t casus.TokenID) verdict {
	g := w.own(h)
	switch e {
	case noEffect, fact:
		if g.status != casus.Asserted && v.status == casus.Asserted {
			return g
		}
		if e == noEffect && v.status == casus.Asserted && w.marksOf(t).infin {
			if w.doc.Tokens[h].UPOS == ud.VERB {
				return verdict{casus.Planned, "factuality.purpose", t} // "were sent to guard the dam"
			}
			return verdict{casus.Hypothetical, "factuality.infinitive", t}
		}
		return v
	case negate, deny:
		if g.status == casus.Negated && v.status == casus.Asserted {
			return verdict{casus.Asserted, "factuality.double-negation", h}
		}
		if v.status == casus.Negated {
			return v
		}
		if e == negate && (g.status == casus.Planned || g.status == casus.Hypothetical) && w.doc.Tokens[t].UPOS == ud.NOUN {
			return verdict{casus.Hypothetical, "factuality.governor", h} // "to prevent a collapse"
		}
	case plan, maybe, threaten:
		if g.status == casus.Negated {
			return verdict{casus.Negated, "factuality.governor", h}
		}
		if v.status == casus.Negated {
			return v
		}
		if g.status == casus.Hypothetical && e == plan {
			return verdict{casus.Hypothetical, "factuality.governor", h}
		}
	}
	return verdict{effectStatus[e], "factuality.governor", h}
}

// nominal applies a governor to an event noun: "called for a strike", "may sign
// the deal". A subject is taken for granted and never comes here.
func (w *work) nominal(h casus.TokenID, v verdict, t casus.TokenID) verdict {
	if v.status != casus.Asserted || w.doc.Tokens[t].UPOS != ud.NOUN {
		return v
	}
	u := w.doc.Tokens[t].Deprel.Universal()
	e := w.effect[h]
	hu := w.doc.Tokens[h].UPOS
	if hu == ud.VERB {
		if o := w.a.govern[governor{w.doc.Tokens[h].Lemma, 'o'}]; o != noEffect {
			if e = o; e == plan && w.effect[t] == plan {
				return v // "announced plans": the plans are there
			}
		}
	}
	if f := w.a.govern[governor{w.doc.Tokens[h].Lemma, 'f'}]; f != noEffect && w.of(t, "for") {
		e = f // "filed for bankruptcy", while who filed a lawsuit did file it
	}
	if hu == ud.NOUN && !w.of(t, "of", "for", "to", "on") {
		return v
	}
	if u == ud.Obl && !w.of(t, "for", "to", "from", "with", "against", "in", "into", "of") {
		return v
	}
	if u == ud.Obl && (e == noEffect || e == fact) {
		return v
	}
	if hu == ud.VERB && e == noEffect && u != ud.Obj && !w.doc.Tokens[t].Deprel.IsPassiveSubject() {
		return v
	}
	if (e == noEffect || e == fact) && w.definite(t) {
		return v // "did not discuss the attack": there was one
	}
	return w.applyEffect(e, h, v, t)
}

// takesPlace gives an event the status of the verb that says it takes place:
// "the talks will begin", "no talks were held".
func (w *work) takesPlace(e effect, h casus.TokenID, v verdict, t casus.TokenID) verdict {
	if w.doc.Tokens[h].Lemma == "take" && w.doc.KidLemma(h, ud.DeprelNone, "place") == casus.None {
		return v
	}
	if e != fact && !w.doc.Tokens[t].Deprel.IsPassiveSubject() {
		return v // "the talks cancelled ..." is no cancelled talk
	}
	return w.applyEffect(e, h, v, t)
}

// of reports that a noun stands behind one of the prepositions.
func (w *work) of(t casus.TokenID, preps ...string) bool {
	k := w.doc.Kid(t, ud.Case)
	if k == casus.None {
		return false
	}
	for _, p := range preps {
		if w.doc.Tokens[k].Lemma == p {
			return true
		}
	}
	return false
}

// definite reports a noun with "the", "this" or a possessor.
func (w *work) definite(t casus.TokenID) bool {
	if w.doc.HasKid(t, ud.NmodPoss) {
		return true
	}
	d := w.doc.Kid(t, ud.Det)
	if d == casus.None {
		return false
	}
	switch w.doc.Tokens[d].Lemma {
	case "the", "this", "that", "these", "those":
		return true
	}
	return false
}
