package attribution

import (
	"casus"
	"casus/ud"
)

// The rules of this file find cues that the learned judgement, trained on
// political news, passes over: nouns with a clause ("the claim by the governor
// that ..."), views ("in the opinion of the court, ..."), and "as the poet put
// it". They add a cue only where the model has kept none.

// patterns runs them over the words that are no cue yet.
func (w *work) patterns() {
	w.held = resize(w.held, len(w.doc.Tokens))
	for i := range w.cues {
		for t := w.cues[i].span.first; t < w.cues[i].span.end; t++ {
			w.held[t] = true
		}
	}
	for t := range casus.TokenID(len(w.doc.Tokens)) {
		var c cue
		var ok bool
		switch w.doc.Tokens[t].UPOS {
		case ud.NOUN:
			if c, ok = w.nounClause(t); !ok {
				c, ok = w.viewOf(t)
			}
		case ud.VERB:
			if c, ok = w.asPut(t); !ok {
				c, ok = w.withholds(t)
			}
			if !ok {
				c, ok = w.quotesAside(t)
			}
			if !ok {
				c, ok = w.aside(t)
			}
			if !ok {
				c, ok = w.unverified(t)
			}
		case ud.ADP:
			c, ok = w.perWhom(t)
		default:
			continue
		}
		if ok && !w.held[t] {
			w.cues = append(w.cues, c)
		}
	}
	w.sortCues()
}

func (w *work) newCue(t casus.TokenID, rule string) cue {
	return cue{head: t, span: tokens{t, t + 1}, speaks: casus.None, parent: -1, entity: casus.None, rule: rule}
}

// nounClause reads a noun of saying with its clause: "the insistence of Chad
// that the oil is its own", "reports that the consul had fled", "his promise to
// rebuild".
func (w *work) nounClause(t casus.TokenID) (cue, bool) {
	if w.stance[t] == casus.StanceNone || w.stance[t] == casus.Know {
		return cue{}, false
	}
	at, that := w.clauseOf(t)
	if at == casus.None || !that && w.followers(t) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.noun")
	w.nounSource(&c, at)
	if !that && c.source.empty() {
		return cue{}, false
	}
	end := w.hi[w.doc.Tokens[at].Head] + 1
	if w.lo[w.doc.Tokens[at].Head] <= t { // a tree that hangs the whole sentence on the clause
		end = w.commaAfter(at)
	}
	c.right = w.tidy(w.sameVoice(&c, tokens{at, end}))
	return c, c.right.end-c.right.first > 2 && !c.touches(c.right)
}

// commaAfter gives the next comma, or the end of the sentence.
func (w *work) commaAfter(t casus.TokenID) casus.TokenID {
	s := w.sentenceOf(t)
	for ; t < s.End; t++ {
		if w.doc.Form(t) == "," {
			break
		}
	}
	return t
}

// clauseOf finds the "that" or "to" which opens the clause of a noun: right
// behind it, or behind "by the governor", "of the court". "That" is told from
// the relative pronoun by its tag, trees err.
func (w *work) clauseOf(t casus.TokenID) (at casus.TokenID, that bool) {
	s := w.sentenceOf(t)
	for x := t + 1; x < s.End && x < t+10; x++ {
		tok := &w.doc.Tokens[x]
		h := tok.Head
		switch {
		case tok.Lemma == "that" && tok.XPOS == ud.XIN && h > x:
			return x, true
		case tok.Lemma == "to" && tok.Deprel.Universal() == ud.Mark && h > x:
			if up := w.doc.Tokens[h].Head; up == t || up > t && up < x && w.within(up, t) {
				return x, false
			}
			return casus.None, false
		case tok.UPOS == ud.VERB, tok.UPOS == ud.AUX, w.punct(x):
			return casus.None, false
		}
	}
	return casus.None, false
}

// within reports that b is a, or an ancestor of it a few steps up.
func (w *work) within(a, b casus.TokenID) bool {
	for n := 0; a != casus.None && n < 4; a, n = w.doc.Tokens[a].Head, n+1 {
		if a == b {
			return true
		}
	}
	return false
}

// nounSource finds whose claim it is: a possessor, "by", "of" or "from".
func (w *work) nounSource(c *cue, end casus.TokenID) {
	for k := range w.doc.Kids(c.head) {
		tok := &w.doc.Tokens[k]
		switch {
		case tok.Deprel == ud.NmodPoss:
			r := w.trim(tokens{w.lo[k], w.hi[k] + 1})
			if last := r.end - 1; last > k && w.doc.Tokens[last].XPOS == ud.XPOX {
				r.end--
			}
			c.source, c.speaks = r, k
			return
		case tok.Deprel.Universal() == ud.Nmod && k < end:
			switch p := w.doc.Kid(k, ud.Case); {
			case p == casus.None:
			case w.doc.Tokens[p].Lemma == "by", w.doc.Tokens[p].Lemma == "from", w.doc.Tokens[p].Lemma == "of" && w.voice(k):
				r := w.dropLeading(w.trim(tokens{w.lo[k], min(w.hi[k]+1, end)}), k)
				for int(r.end) < len(w.doc.Tokens) && r.end < end && w.doc.Tokens[r.end].UPOS == ud.PROPN {
					r.end++ // "of the banker | Emre Kaya"
				}
				if r.holds(k) {
					c.source, c.speaks = r, k
					return
				}
			}
		}
	}
}

// viewOf reads "in the view of the court, the contract was void" and "in their
// words".
func (w *work) viewOf(t casus.TokenID) (cue, bool) {
	switch w.doc.Tokens[t].Lemma {
	case "view", "opinion", "word", "judgment", "judgement", "eye", "telling", "assessment", "estimation", "reading":
	default:
		return cue{}, false
	}
	p := w.doc.Kid(t, ud.Case)
	if p == casus.None || w.doc.Tokens[p].Lemma != "in" && w.doc.Tokens[p].Lemma != "by" {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.view")
	c.span.first = w.lo[p]
	s := w.sentenceOf(t)
	w.nounSource(&c, s.End)
	if c.source.empty() || c.span.holds(c.speaks) && c.source.end > t {
		return cue{}, false
	}
	if c.source.first >= c.span.first && c.source.first < t { // "in their words": the cue is "in", as PolNeAR has it
		c.span.end = c.source.first
		c.head = w.lo[p]
	}
	end := max(t+1, c.source.end)
	c.stance = casus.Believe
	if l := w.doc.Tokens[t].Lemma; l == "word" || l == "telling" {
		c.stance = casus.Assert
	}
	w.restOf(&c, tokens{c.span.first, end}, s)
	return c, !c.left.empty() || !c.right.empty()
}

// perWhom reads "nine people died, per the health ministry", set off by commas or
// brackets. "Per month" and "per hospital" name nobody.
func (w *work) perWhom(t casus.TokenID) (cue, bool) {
	h := w.doc.Tokens[t].Head
	if w.doc.Tokens[t].Lemma != "per" || w.doc.Tokens[t].Deprel != ud.Case || h < t || w.doc.Tokens[h].UPOS != ud.PROPN && (!w.voice(h) || !w.has(h, ud.Det)) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.per")
	c.source, c.speaks = w.trim(tokens{t + 1, w.hi[h] + 1}), h
	s := w.sentenceOf(t)
	end := c.source.end
	if t > s.First && !w.punct(t-1) || end < s.End && !w.punct(end) {
		return cue{}, false
	}
	w.restOf(&c, tokens{t, end}, s)
	return c, w.hasVerb(c.left) || w.hasVerb(c.right)
}

// asPut reads "as the poet put it, the city had learned to whisper".
func (w *work) asPut(t casus.TokenID) (cue, bool) {
	if w.stance[t] == casus.StanceNone {
		return cue{}, false
	}
	s := w.sentenceOf(t)
	subj := w.doc.Kid(t, ud.Nsubj)
	if subj == casus.None || subj > t || w.lo[subj] == s.First && s.First == t {
		return cue{}, false
	}
	as := w.lo[subj] - 1
	if as < s.First || w.lemma[as] != hashAs || as > s.First && !w.punct(as-1) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.as")
	for c.span.first > w.hi[subj]+1 && w.doc.Tokens[c.span.first-1].Head == t {
		c.span.first--
	}
	if n := t + 1; n < s.End && w.doc.Tokens[n].Lemma == "it" {
		c.span.end++
	}
	c.source, c.speaks = w.trim(tokens{w.lo[subj], w.hi[subj] + 1}), subj
	end := c.span.end
	for end < s.End && !w.punct(end) { // "as he said on Sunday, ..."
		end++
	}
	if end == s.End && as == s.First {
		return cue{}, false
	}
	w.restOf(&c, tokens{as, end}, s)
	return c, !c.left.empty() || !c.right.empty()
}

// withholds reads who says nothing: "did not respond to questions", "would not
// be drawn on when ...".
func (w *work) withholds(t casus.TokenID) (cue, bool) {
	switch w.doc.Tokens[t].Lemma {
	case "respond", "reply", "answer", "comment", "draw", "specify", "elaborate", "explain", "disclose":
	default:
		return cue{}, false
	}
	neg := w.doc.Kid(t, ud.Advmod)
	for neg != casus.None && !negates(w.doc.Tokens[neg].Lemma) {
		neg = w.doc.Tokens[neg].NextKid
	}
	subj, _ := w.subjectOf(t)
	if neg == casus.None || w.doc.Tokens[neg].Deprel.Universal() != ud.Advmod || subj == casus.None || !w.somebody(subj) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.withheld")
	c.span.first = w.growCue(t).first
	w.pickSource(&c)
	for k := range w.doc.Kids(t) {
		switch w.doc.Tokens[k].Deprel.Universal() {
		case ud.Obl, ud.Obj, ud.Advcl, ud.Ccomp:
			if k > t {
				c.right = w.tidy(tokens{max(w.lo[k], c.span.end), w.hi[k] + 1})
			}
		}
	}
	return c, !c.right.empty() && !c.touches(c.right)
}

// unverified reads "The claim could not be independently verified": nobody is named
// who could not.
func (w *work) unverified(t casus.TokenID) (cue, bool) {
	if tok := &w.doc.Tokens[t]; tok.XPOS != ud.XVBN || w.stance[t] != casus.Confirm || !w.has(t, ud.AuxPass) {
		return cue{}, false
	}
	k := w.doc.Kid(t, ud.NsubjPass)
	if k == casus.None || k > t || !w.sayingNoun(k) && w.doc.Tokens[k].Lemma != "it" {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.unverified")
	c.span.first = w.growCue(t).first
	if _, negated := w.meaning(&c); !negated {
		return cue{}, false
	}
	w.agent(&c)
	c.left = w.trim(tokens{w.lo[k], min(w.hi[k]+1, c.span.first)})
	return c, !c.left.empty() && !c.touches(c.left)
}

// quotesAside reads "quoting the chief of staff" beside a statement; carried then
// finds what he said.
func (w *work) quotesAside(t casus.TokenID) (cue, bool) {
	k := w.doc.Kid(t, ud.Obj)
	if !w.quoting(t) || w.doc.Tokens[t].XPOS != ud.XVBG || k == casus.None || !w.voice(k) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.cue")
	c.right = w.trim(tokens{max(w.lo[k], t+1), w.hi[k] + 1})
	w.pickSource(&c)
	return c, !c.right.empty() && !c.touches(c.right)
}

// aside reads a clause of saying between commas that interrupts what is said:
// "The tanker, the owners maintain, was full."
func (w *work) aside(t casus.TokenID) (cue, bool) {
	s := w.sentenceOf(t)
	if !w.handsOn(t) || w.voiceIn(t) != 0 || t+2 >= s.End || w.doc.Form(t+1) != "," || w.doc.Tokens[t].XPOS == ud.XVBG || w.has(t, ud.Ccomp) {
		return cue{}, false
	}
	c := w.newCue(t, "attribution.aside")
	c.span.first = w.growCue(t).first
	who, comma := w.namedBefore(c.span.first, s)
	if who.empty() || who.end != c.span.first {
		return cue{}, false
	}
	head := w.doc.HeadOf(who.first, who.end)
	if !w.somebody(head) && w.doc.Tokens[head].Deprel.Universal() != ud.Nsubj {
		return cue{}, false
	}
	c.source, c.speaks = who, head
	w.restOf(&c, tokens{comma, t + 2}, s)
	c.right = w.tidy(w.sameVoice(&c, tokens{t + 2, s.End}))
	return c, !c.left.empty() && !w.hasVerb(c.left) && w.hasVerb(c.right)
}

// restOf makes the rest of the sentence the content of an aside: what follows
// where the aside opens the sentence, what stands around it otherwise.
func (w *work) restOf(c *cue, aside tokens, s *casus.Sentence) {
	after := w.tidy(w.sameVoice(c, tokens{aside.end, s.End}))
	before := w.tidy(w.sameVoice(c, tokens{s.First, aside.first}))
	if aside.first <= s.First+1 {
		c.right = after
		return
	}
	c.left = before
	if aside.end < s.End && w.punct(aside.end) && w.doc.Form(aside.end) == "," {
		c.right = after
	} else if !after.empty() && w.innerQuote(after) == 2 {
		c.right = after // `in the words of the banker, "a gift"`
	}
}
