package attribution

import (
	"casus"
	"casus/ud"
)

// meaning gives the stance of a cue: that of its word, turned by what the word
// is governed by ("refused to say") and by negation ("did not confirm").
func (w *work) meaning(c *cue) (st casus.Stance, negated bool) {
	doc := w.doc
	if c.stance != casus.StanceNone {
		return c.stance, false
	}
	st = w.stance[c.head]
	if p := w.phrasal(c.head); p != casus.StanceNone {
		st = p
	}
	if tok := &doc.Tokens[c.head]; st == casus.StanceNone && tok.XPOS == ud.XVBN {
		st = w.a.cues[cueWord{lowered("", doc.Form(c.head)), adjCue}] // "is convinced that"
	}
	if st == casus.StanceNone {
		st = casus.Assert
	}
	for t := c.span.first; t < c.span.end; t++ {
		tok := &doc.Tokens[t]
		if t != c.head && tok.UPOS == ud.VERB {
			switch g := w.stance[t]; g {
			case casus.Decline, casus.Evade, casus.Deny:
				st = g
			}
		}
		negated = negated || negates(tok.Lemma)
	}
	for k := range doc.Kids(c.head) {
		if r := doc.Tokens[k].Deprel.Universal(); r == ud.Advmod || r == ud.Cc || r == ud.Nsubj {
			negated = negated || negates(doc.Tokens[k].Lemma) || r == ud.Nsubj && w.doc.Tokens[w.lo[k]].Lemma == "neither"
		}
	}
	if w.has(c.head, ud.Conj) || doc.Tokens[c.head].Deprel.Universal() == ud.Conj {
		negated = negated || w.neitherNor(c.head)
	}
	if doc.Tokens[c.head].Lemma == "consider" && w.regards(c.head) {
		st = casus.Characterise
	}
	if negated {
		st = w.withheld(c, st)
	}
	return st, negated
}

func negates(lemma string) bool {
	switch lemma {
	case "not", "never", "n't", "n’t", "no", "nor", "neither", "nobody", "none":
		return true
	}
	return false
}

// neitherNor reports "neither confirmed nor denied".
func (w *work) neitherNor(t casus.TokenID) bool {
	s := w.sentenceOf(t)
	for x := max(s.First, t-3); x < t; x++ {
		if l := w.doc.Tokens[x].Lemma; l == "neither" || l == "nor" {
			return true
		}
	}
	return false
}

// withheld gives the stance of a negated cue: who does not confirm, reply or
// specify declines; who does not deny asserts nothing either.
func (w *work) withheld(c *cue, st casus.Stance) casus.Stance {
	switch w.doc.Tokens[c.head].Lemma {
	case "respond", "reply", "answer", "comment", "draw", "reach", "explain", "give", "name":
		return casus.Decline
	case "specify", "elaborate", "clarify", "detail", "disclose", "reveal", "identify":
		return casus.Evade
	}
	switch st {
	case casus.Confirm:
		return casus.Decline
	case casus.Deny:
		if w.neitherNor(c.head) || w.bothWays(c) {
			return casus.Decline
		}
		return casus.Assert
	}
	return st
}

// bothWays reports a cue that confirms and denies: "could not confirm or deny".
func (w *work) bothWays(c *cue) bool {
	confirms, denies := false, false
	for t := c.span.first; t < c.span.end; t++ {
		confirms = confirms || w.stance[t] == casus.Confirm
		denies = denies || w.stance[t] == casus.Deny
	}
	return confirms && denies
}

// regards reports "considers the matter closed": no verb follows.
func (w *work) regards(t casus.TokenID) bool {
	k := w.doc.Kid(t, ud.Xcomp)
	if k == casus.None {
		return w.has(t, ud.Obj)
	}
	return w.doc.Tokens[k].UPOS != ud.VERB || w.doc.Tokens[k].XPOS == ud.XVBN && !w.has(k, ud.Mark)
}

// phrasal gives the stance of a verb with its small word: a particle, or the
// preposition of its complement or right behind it.
func (w *work) phrasal(t casus.TokenID) casus.Stance {
	tok := &w.doc.Tokens[t]
	if tok.UPOS != ud.VERB || !w.a.opens[tok.Lemma] {
		return casus.StanceNone
	}
	look := func(x casus.TokenID) casus.Stance { return w.a.phrases[phrasal{tok.Lemma, w.doc.Tokens[x].Lemma}] }
	if n := t + 1; n < w.sentenceOf(t).End {
		if st := look(n); st != casus.StanceNone {
			return st
		}
	}
	for k := range w.doc.Kids(t) {
		switch w.doc.Tokens[k].Deprel.Universal() {
		case ud.CompoundPrt.Universal(), ud.Advmod, ud.Case:
			if st := look(k); st != casus.StanceNone {
				return st
			}
		case ud.Obl, ud.Advcl, ud.Ccomp:
			for x := range w.doc.Kids(k) {
				if r := w.doc.Tokens[x].Deprel.Universal(); x-t <= 2 && x > t && (r == ud.Case || r == ud.Mark) {
					if st := look(x); st != casus.StanceNone {
						return st
					}
				}
			}
		}
	}
	return casus.StanceNone
}
