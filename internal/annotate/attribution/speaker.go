package attribution

import (
	"casus"
	"casus/ud"
)

// speaker gives the entity behind the source. "Which claimed that ..." is
// spoken by what "which" stands for.
func (w *work) speaker(c *cue) casus.EntityID {
	if c.entity != casus.None {
		return c.entity
	}
	if e := w.wholeSource(c.source); e != casus.None {
		return e
	}
	if c.speaks == casus.None {
		return casus.None
	}
	speaks := w.headSpeaker(c)
	if a := w.antecedent(speaks); a != casus.None {
		if e := w.entityOf(a); e != casus.None {
			return e
		}
		if e := w.authorOf(a); a != speaks && e != casus.None {
			return e
		}
	}
	return w.entityIn(c.source)
}

// headSpeaker gives the word that heads the whole source, where the one it was
// found by is a possessor inside it: "Chad's water minister, Ana Ruiz, said" is no
// saying of Chad's.
func (w *work) headSpeaker(c *cue) casus.TokenID {
	if w.doc.Tokens[c.speaks].Deprel != ud.NmodPoss {
		return c.speaks
	}
	h := w.doc.HeadOf(c.source.first, c.source.end)
	if c.source.holds(h) && w.maySpeak(h) && w.within(c.speaks, h) {
		return h
	}
	return c.speaks
}

// authorOf gives the entity from which a thing that speaks comes: "a report by
// the Daily Mail, which claims that ...", "a letter from the ministry that says".
func (w *work) authorOf(t casus.TokenID) casus.EntityID {
	for k := range w.doc.Kids(t) {
		if w.doc.Tokens[k].Deprel.Universal() != ud.Nmod {
			continue
		}
		for _, p := range []string{"by", "from", "in", "of"} {
			if e := w.entityOf(k); e != casus.None && w.doc.KidLemma(k, ud.Case, p) != casus.None {
				return e
			}
		}
	}
	return casus.None
}

// wholeSource gives the entity whose mention is the whole source, or most of
// it, whatever the tree says of its head: in "Chad's defence minister Ana Ruiz
// said" a wrong tree may head the source at Chad.
func (w *work) wholeSource(r tokens) casus.EntityID {
	n := r.end - r.first
	for t := r.first; t < r.end; t = max(t+1, w.named[t].end) {
		m := w.named[t]
		if size := m.end - m.first; size > 1 && 3*size >= 2*n && m.first+1 >= r.first && m.end <= r.end+1 {
			return m.entity
		}
	}
	return casus.None
}

// antecedent gives the noun that a relative pronoun stands for, or the token.
func (w *work) antecedent(t casus.TokenID) casus.TokenID {
	doc := w.doc
	if u := doc.Tokens[t].UPOS; u != ud.PRON && u != ud.DET {
		return t
	}
	switch doc.Tokens[t].Lemma {
	case "who", "which", "that", "whom", "whose":
	default:
		return t
	}
	for h, n := doc.Tokens[t].Head, 0; h != casus.None && n < 5; h, n = doc.Tokens[h].Head, n+1 {
		if r := doc.Tokens[h].Deprel; r.Universal() == ud.Acl {
			return doc.Tokens[h].Head
		}
	}
	// No relative clause in the tree: the nearest noun before the comma.
	for k := t - 1; k >= w.sentenceOf(t).First && k > t-6; k-- {
		if u := doc.Tokens[k].UPOS; u == ud.NOUN || u == ud.PROPN {
			return k
		}
	}
	return t
}

// entityOf gives the entity headed at the token, or at a name beside it: "the
// spokesman Karim Aziz" may be headed by either noun.
func (w *work) entityOf(t casus.TokenID) casus.EntityID {
	if t == casus.None {
		return casus.None
	}
	if e := w.doc.EntityOf(t); e != casus.None {
		return e
	}
	for k := range w.doc.Kids(t) {
		switch w.doc.Tokens[k].Deprel.Universal() {
		case ud.Appos, ud.Flat, ud.Compound:
			if e := w.doc.EntityOf(k); e != casus.None {
				return e
			}
		}
	}
	return casus.None
}

// entityIn gives the entity of the first mention headed in the source by a
// word that is no attribute of another.
func (w *work) entityIn(r tokens) casus.EntityID {
	for t := r.first; t < r.end; t++ {
		switch w.doc.Tokens[t].Deprel.Universal() {
		case ud.Nmod, ud.Amod, ud.Compound, ud.Obl, ud.Conj, ud.Det:
			continue
		}
		if e := w.doc.EntityOf(t); e != casus.None {
			return e
		}
	}
	return casus.None
}
