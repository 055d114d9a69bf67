package attribution

import (
	"casus"
	"casus/ud"
)

// candidate is a span that may fill a role of a cue.
type candidate struct {
	tokens
	head casus.TokenID
	path uint32 // hash of the relations between cue and head
	far  int    // number of edges
	cut  uint32 // how the span was shortened
	flat bool   // all words from a comma to the cue
}

// path describes the way through the tree from one token to another as a hash
// of relations up and down; ok is false when it is too long to mean anything.
func (w *work) path(from, to casus.TokenID) (h uint32, edges int, ok bool) {
	toks := w.doc.Tokens
	up := from
	for range 5 {
		if down, n, ok := w.down(up, to); ok {
			return mix(h*31, down), edges + n, true
		}
		if toks[up].Head == casus.None {
			break
		}
		h = mix(h*0x9e3779b1, uint32(toks[up].Deprel.Universal())+100)
		up = toks[up].Head
		edges++
	}
	return 0, 0, false
}

// down describes the way from an ancestor to a token, at most three edges.
func (w *work) down(from, to casus.TokenID) (h uint32, edges int, ok bool) {
	toks := w.doc.Tokens
	for t := to; edges <= 3; edges++ {
		if t == from {
			return h, edges, true
		}
		if toks[t].Head == casus.None {
			break
		}
		h = mix(h*0x85ebca6b, uint32(toks[t].Deprel)+7)
		t = toks[t].Head
	}
	return 0, 0, false
}

// The ways a source span is cut down.
const (
	cutNone     = iota
	cutClause   // without relative clauses and what follows them
	cutConj     // without coordinated heads
	cutHere     // up to the head only
	cutGenitive // without 's
	growName    // up to the end of a name that the tree broke off
	growCue     // all the way between head and cue
	growRest    // from the cue to the end of the clause
	growComma   // from a comma, or the start of the sentence, to the cue
	cutWitness  // as the accurate tier proposes
)

// sourceCandidates proposes the nominals of the sentence, each in a few
// lengths. The first candidate is "no source".
func (w *work) sourceCandidates(c *cue) {
	w.cands = append(w.cands[:0], candidate{head: casus.None})
	s := w.sentenceOf(c.head)
	for t := s.First; t < s.End; t++ {
		if c.span.holds(t) || !w.maySpeak(t) || t == c.span.end && w.doc.Tokens[t].Lemma == "that" || w.voiceIn(t) != w.voiceIn(c.head) {
			continue
		}
		h, n, ok := w.path(c.head, t)
		if !ok {
			continue
		}
		w.addSource(c, candidate{head: t, path: h, far: n})
	}
	w.witnessSource(c)
	w.flatSource(c, s)
}

// flatSource proposes all words between a comma, or the start of the sentence,
// and the cue: "..., three people with knowledge of the talks said" whatever the
// tree makes of it.
func (w *work) flatSource(c *cue, s *casus.Sentence) {
	from := c.span.first
	for from > s.First && c.span.first-from < 16 && w.voiceIn(from-1) == w.voiceIn(c.head) {
		tok := &w.doc.Tokens[from-1]
		if w.punct(from-1) || tok.UPOS == ud.VERB || tok.UPOS == ud.AUX || tok.UPOS == ud.SCONJ || tok.UPOS == ud.CCONJ {
			break
		}
		from--
	}
	if r := (tokens{from, c.span.first}); r.end-r.first > 1 && (from == s.First || w.punct(from-1)) {
		h := w.doc.HeadOf(r.first, r.end)
		for t := r.first; t < r.end && !w.doc.Tokens[h].UPOS.IsNominal(); t++ {
			if w.doc.Tokens[t].UPOS.IsNominal() {
				h = t
			}
		}
		if u := w.doc.Tokens[h].UPOS; u == ud.NOUN || u == ud.PROPN {
			p, n, ok := w.path(c.head, h)
			if !ok {
				p, n = 1, 9
			}
			w.pushSource(candidate{head: h, path: p, far: n}, r, growComma)
		}
	}
}

// maySpeak reports words that can head a source.
func (w *work) maySpeak(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	switch tok.UPOS {
	case ud.NOUN, ud.PROPN, ud.PRON:
		switch tok.Deprel.Universal() {
		case ud.Flat, ud.Fixed, ud.Goeswith:
			// `... a grave error," Ruiz said`: a tree may tie the name to words
			// of the quotation.
			h := tok.Head
			return h != casus.None && w.voiceIn(h) != w.voiceIn(t)
		case ud.Compound:
			return tok.UPOS == ud.PROPN
		}
		return true
	case ud.DET, ud.NUM, ud.ADJ:
		u := tok.Deprel.Universal()
		return u == ud.Nsubj || u == ud.Nmod || u == ud.Obl || u == ud.Conj || u == ud.Obj || tok.Deprel == ud.NmodPoss ||
			tok.UPOS == ud.ADJ && u == ud.Amod && w.name[t] != casus.NameNone
	}
	return false
}

// addSource adds the lengths of a source: the whole subtree, then cut.
func (w *work) addSource(c *cue, base candidate) {
	whole := w.trim(w.clip(tokens{w.lo[base.head], w.hi[base.head] + 1}, c.span, base.head))
	whole = w.dropLeading(w.clipQuotes(whole, base.head), base.head)
	w.pushSource(base, whole, cutNone)
	end, endConj, endKid := whole.end, whole.end, base.head+1
	for k := range w.doc.Kids(base.head) {
		if k < base.head {
			continue
		}
		kid := &w.doc.Tokens[k]
		switch u := kid.Deprel.Universal(); {
		case u == ud.Conj || u == ud.Cc:
			endConj = min(endConj, w.lo[k])
		case u == ud.Acl || u == ud.Appos || u == ud.Parataxis || u == ud.Advcl || u == ud.Dep || u == ud.Punct:
			end = min(end, w.lo[k])
		}
		if u := kid.Deprel.Universal(); u == ud.Flat || u == ud.Fixed || u == ud.Compound || kid.XPOS == ud.XPOX {
			endKid = max(endKid, w.hi[k]+1)
		}
	}
	w.pushSource(base, w.trim(tokens{whole.first, min(end, whole.end)}), cutClause)
	w.pushSource(base, w.trim(tokens{whole.first, min(endConj, whole.end)}), cutConj)
	w.pushSource(base, w.trim(tokens{whole.first, min(endKid, whole.end)}), cutHere)
	w.growSource(c, base, whole)
	if last := whole.end - 1; last > base.head && w.doc.Tokens[last].XPOS == ud.XPOX {
		w.pushSource(base, w.trim(tokens{whole.first, last}), cutGenitive)
	}
}

// growSource proposes more than the tree gives: trees break names ("Gen." and
// "Ana Diaz") and long appositions apart, which commas and the cue hold
// together.
func (w *work) growSource(c *cue, base candidate, whole tokens) {
	s := w.sentenceOf(base.head)
	end := whole.end
	for end < s.End && !c.span.holds(end) && (w.doc.Tokens[end].UPOS == ud.PROPN || w.doc.Tokens[end].Len() == 1 && w.doc.Text[w.doc.Tokens[end].Start] == '.' && end+1 < s.End && w.doc.Tokens[end+1].UPOS == ud.PROPN) {
		end++
	}
	if end > whole.end {
		w.pushSource(base, tokens{whole.first, end}, growName)
	}
	if to := c.span.first; base.head < to && to-base.head < 30 {
		w.pushSource(base, w.trim(w.clipQuotes(tokens{whole.first, to}, base.head)), growCue)
	} else if from := c.span.end; base.head >= from && whole.first-from <= 1 {
		end := w.clauseEnd(whole.end, s.End)
		w.pushSource(base, w.trim(w.clipQuotes(tokens{whole.first, end}, base.head)), growRest)
	}
}

// clauseEnd gives the next stop, quotation or end of the sentence.
func (w *work) clauseEnd(t, end casus.TokenID) casus.TokenID {
	for ; t < end; t++ {
		if f := w.doc.Tokens[t].Span; w.mark[t] || f.Len() == 1 && (w.doc.Text[f.Start] == ';' || w.doc.Text[f.Start] == ':') {
			break
		}
	}
	return t
}

// clipQuotes keeps a source from reaching over one end of a quotation only.
func (w *work) clipQuotes(r tokens, head casus.TokenID) tokens {
	if n := w.voiceIn(head); n != 0 {
		q := &w.quotes[n-1]
		return tokens{max(r.first, q.first), min(r.end, q.end)}
	}
	for t := head; t > r.first; t-- {
		if n := w.quote[t-1]; n != 0 && w.quote[head] != n && w.quotes[n-1].first < r.first {
			r.first = t
			break
		}
	}
	for t := head + 1; t < r.end; t++ {
		if n := w.quote[t]; n != 0 && w.quote[head] != n && w.quotes[n-1].end > r.end {
			r.end = t
			break
		}
	}
	return r
}

func (w *work) pushSource(base candidate, r tokens, cut uint32) {
	if !r.holds(base.head) {
		return
	}
	for i := range w.cands {
		if w.cands[i].head == base.head && w.cands[i].tokens == r {
			if cut == growComma {
				w.cands[i].flat = true
			}
			return
		}
	}
	base.tokens, base.cut, base.flat = r, cut, cut == growComma
	w.cands = append(w.cands, base)
}

// wholePhrase mends a source that a tree has cut out of a phrase: in "people
// close to the chancellor expect" it is not the chancellor who expects.
func (w *work) wholePhrase(c *cue) {
	r := c.source
	s := w.sentenceOf(c.head)
	if r.end != c.span.first || r.first <= s.First || w.doc.Tokens[r.first-1].UPOS != ud.ADP || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return
	}
	for i := range w.cands {
		if k := &w.cands[i]; k.flat && k.end == r.end && k.first < r.first && w.doc.Tokens[k.first].UPOS != ud.ADP {
			c.source, c.speaks = k.tokens, k.head
			return
		}
	}
}

// dropDateline drops "LJUBLJANA, May 6 -" before who speaks in the sentence that
// opens a story.
func (w *work) dropDateline(c *cue) {
	r := c.source
	if r.empty() || r.first != w.sentenceOf(r.first).First || !inCapitals(w.doc.Form(r.first)) || w.doc.Tokens[r.first].Len() < 4 {
		return
	}
	for t := r.first + 1; t+1 < r.end && t < r.first+9; t++ {
		if isDash(w.doc.Form(t)) {
			c.source = tokens{t + 1, r.end}
			if !c.source.holds(c.speaks) {
				c.speaks = w.doc.HeadOf(t+1, r.end)
			}
			return
		}
	}
}

// clip cuts a range so that it keeps t and loses the cue.
func (w *work) clip(r, cut tokens, t casus.TokenID) tokens {
	if !r.overlaps(cut) {
		return r
	}
	if t < cut.first {
		r.end = min(r.end, cut.first)
	} else {
		r.first = max(r.first, cut.end)
	}
	return r
}

// trim drops punctuation at the edges.
func (w *work) trim(r tokens) tokens {
	for !r.empty() && w.punct(r.first) {
		r.first++
	}
	for !r.empty() && w.punct(r.end-1) {
		r.end--
	}
	return r
}

// dropLeading drops a preposition, conjunction or mark that opens the phrase:
// "by the ministry", "according to two officials".
func (w *work) dropLeading(r tokens, head casus.TokenID) tokens {
	for r.first < head {
		switch w.doc.Tokens[r.first].Deprel.Universal() {
		case ud.Case, ud.Cc, ud.Mark, ud.Fixed, ud.Punct:
			r.first++
			continue
		}
		break
	}
	return r
}

// sourceFeatures describes a candidate for the source of a cue.
func (w *work) sourceFeatures(c *cue, k *candidate) {
	w.bag.reset(pickSource)
	w.headFeatures(c, k, pickSource)
	w.sourceCut(c, k, pickSource)
}

// headFeatures look at the head and the borders of a source.
func (w *work) headFeatures(c *cue, k *candidate, _ decision) {
	doc, b := w.doc, &w.bag
	w.sourceWitness(c, k)
	L, st, cp := w.lemma[c.head], uint32(w.stance[c.head]), uint32(doc.Tokens[c.head].XPOS)
	cr := uint32(doc.Tokens[c.head].Deprel)
	up := uint32(doc.Tokens[c.head].UPOS)
	if k.head == casus.None {
		b.add(1, up)
		b.add(2, L)
		b.add(3, cp, cr)
		b.add(4, w.frame(c.head), up)
		subj, steps := w.subjectOf(c.head)
		b.add(5, flag(subj != casus.None), uint32(steps), up)
		b.add(6, st, up)
		b.add(7, flag(w.has(c.head, ud.AuxPass)), up)
		b.add(8, flag(w.has(c.head, ud.NmodPoss)), up)
		return
	}
	tok := &doc.Tokens[k.head]
	side := flag(k.head > c.head)
	kind := w.kindOf(k.head)
	dist := uint32(0)
	if side == 1 {
		dist = bucket(int(k.first - c.span.end))
	} else {
		dist = bucket(int(c.span.first - k.end))
	}
	pr := w.caseLemma(k.head)
	voice := flag(w.has(c.head, ud.AuxPass))
	b.add(10, k.path, side)
	b.add(11, k.path, L)
	b.add(12, k.path, cp)
	b.add(13, k.path, pr, side)
	b.add(14, k.path, voice, pr)
	b.add(15, kind, side)
	b.add(16, kind, k.path)
	b.add(17, w.lemma[k.head])
	b.add(18, w.lemma[k.head], st)
	b.add(19, uint32(tok.Deprel), side, dist)
	b.add(20, dist, side, up)
	b.add(21, uint32(k.far), side, up)
	inq := flag(w.quote[k.head] != 0)
	b.add(22, inq, flag(w.quote[c.head] != 0), side)
	b.add(23, L, pr, side)
	b.add(24, st, k.path)
	b.add(25, cr, k.path)
	b.add(26, dist, side, kind)
	b.add(27, w.lemmaAt(k.first-1), side)
	b.add(28, w.lemmaAt(k.end), side)
}

// sourceCut describes the length chosen for a source.
func (w *work) sourceCut(c *cue, k *candidate, _ decision) {
	if k.head == casus.None {
		return
	}
	b, side := &w.bag, flag(k.head > c.head)
	cut := k.cut
	last := k.end - 1
	b.add(40, cut)
	b.add(53, flag(k.flat), cut, side)
	b.add(54, flag(k.flat), w.xposAt(k.first-1), uint32(w.doc.Tokens[k.head].UPOS))
	b.add(41, cut, w.xposAt(k.end), side)
	b.add(42, cut, w.lemmaAt(k.end))
	b.add(43, cut, w.xposAt(last), w.xposAt(k.end))
	b.add(44, cut, bucket(int(k.end-k.head)))
	b.add(45, bucket(int(k.end-k.first)), side)
	b.add(46, w.xposAt(k.first), w.xposAt(k.first-1))
	b.add(47, cut, uint32(w.doc.Tokens[k.head].UPOS), uint32(w.name[k.head]))
	// What the cut has left out, or what the whole phrase still holds.
	for x := range w.doc.Kids(k.head) {
		if x > k.head {
			r := uint32(w.doc.Tokens[x].Deprel)
			b.add(48, r, flag(k.holds(x)), side)
			b.add(49, r, flag(k.holds(x)), w.xposAt(w.lo[x]-1))
			b.add(50, r, flag(k.holds(x)), bucket(int(w.hi[x]-w.lo[x])))
		}
	}
	comma := uint32(0)
	for t := k.first; t < k.end; t++ {
		if f := w.doc.Tokens[t].Span; f.Len() == 1 && w.doc.Text[f.Start] == ',' {
			comma++
		}
	}
	b.add(51, comma, cut, side)
	b.add(52, comma, w.xposAt(k.end), side)
}
