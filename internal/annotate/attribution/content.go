package attribution

import (
	"math"
	"slices"

	"casus"
	"casus/ud"
)

// Content is found in two pieces, one before the cue and one behind it:
//
//	"The bridge is closed," the mayor said, "and will stay so."
//
// Either may be missing, not both. Where a piece begins and ends is chosen
// among borders that the tree and the quotation marks propose.

// obstacles are the parts of a statement that its content may not cover.
func (c *cue) touches(r tokens) bool {
	return r.overlaps(c.span) || !c.source.empty() && r.overlaps(c.source)
}

func push(s []casus.TokenID, t casus.TokenID) []casus.TokenID {
	for _, x := range s {
		if x == t {
			return s
		}
	}
	return append(s, t)
}

// contentCandidates proposes the pieces on one side of the cue. The first
// candidate is "nothing on this side".
func (w *work) contentCandidates(c *cue, side decision) {
	w.cands = append(w.cands[:0], candidate{head: casus.None})
	s := w.sentenceOf(c.head)
	w.starts, w.ends = w.starts[:0], w.ends[:0]
	if side == pickRight {
		w.rightBorders(c, s)
	} else {
		w.leftBorders(c, s)
	}
	if side == pickRight {
		w.nextQuotation(c, s)
	} else {
		w.quotationBefore(c, s)
	}
	w.witnessBorders(c, side)
	for _, a := range w.starts {
		for _, z := range w.ends {
			r := w.tidy(w.sameVoice(c, tokens{a, z}))
			if r.empty() || c.touches(r) || w.splitsQuotation(c, r, s) {
				continue
			}
			w.pushContent(r)
		}
	}
}

// sameVoice keeps the content of a cue inside a quotation within it, its marks
// left out.
func (w *work) sameVoice(c *cue, r tokens) tokens {
	n := w.voiceIn(c.head)
	if n == 0 {
		return r
	}
	q := &w.quotes[n-1]
	in := tokens{q.first, q.end}
	if w.mark[q.first] {
		in.first++
	}
	if in.end > in.first && w.mark[q.end-1] {
		in.end--
	}
	return tokens{max(r.first, in.first), min(r.end, in.end)}
}

// splitsQuotation reports a piece that a cue outside would cut out of the
// middle of a quotation. One that runs on beyond the sentence is no such thing:
// widen follows it.
func (w *work) splitsQuotation(c *cue, r tokens, s *casus.Sentence) bool {
	own := w.voiceIn(c.head)
	if n := w.voiceIn(r.first); n != 0 && n != own && r.first > s.First && w.quotes[n-1].first < r.first {
		return true
	}
	n := w.voiceIn(r.end - 1)
	return n != 0 && n != own && w.quotes[n-1].end > r.end && !w.reaches(r.end-1, min(w.quotes[n-1].end, s.End))
}

// quotationBefore proposes the quotation that ends right where the sentence of
// the cue begins: `"Who signed it?" the judge asked.` may be two sentences.
func (w *work) quotationBefore(c *cue, s *casus.Sentence) {
	if s.First == 0 || c.head-s.First > 12 {
		return
	}
	n := w.voiceIn(s.First - 1)
	if n == 0 || w.voiceIn(c.head) != 0 {
		return
	}
	q := &w.quotes[n-1]
	if b := w.sentenceOf(s.First - 1); q.done && q.end == s.First && b.Paragraph == s.Paragraph {
		w.pushContent(tokens{q.first, q.end})
	}
}

// nextQuotation proposes the quotation that opens the next sentence, where the
// cue ends its own: "The envoy went on:" and then a paragraph in quotation
// marks.
func (w *work) nextQuotation(c *cue, s *casus.Sentence) {
	if int(s.End) >= len(w.quote) || !w.reaches(c.span.end-1, s.End) && w.doc.Form(s.End-1) != ":" {
		return
	}
	n := w.quote[s.End]
	if n == 0 || w.quotes[n-1].first != s.End {
		return
	}
	q := &w.quotes[n-1]
	if w.reporterOf(q) != casus.None {
		return // it has a cue of its own
	}
	w.pushContent(tokens{q.first, q.end})
}

func (w *work) pushContent(r tokens) {
	for i := 1; i < len(w.cands); i++ {
		if w.cands[i].tokens == r {
			return
		}
	}
	w.cands = append(w.cands, candidate{tokens: r, head: w.doc.HeadOf(r.first, r.end)})
}

// rightBorders proposes borders behind the cue.
func (w *work) rightBorders(c *cue, s *casus.Sentence) {
	from := c.span.end
	if c.source.first >= from && c.source.first <= from+1 {
		w.starts = push(w.starts, c.source.end)
	}
	w.starts = push(w.starts, from)
	w.ends = push(w.ends, s.End)
	if c.source.first > from {
		w.ends = push(w.ends, c.source.first)
	}
	for h, n := c.head, 0; h != casus.None && n < 4; h, n = w.doc.Tokens[h].Head, n+1 {
		for k := range w.doc.Kids(h) {
			if k >= from {
				w.rightKid(k, n)
			}
		}
		if w.hi[h]+1 > from {
			w.ends = push(w.ends, w.hi[h]+1)
		}
	}
	w.quoteBorders(tokens{from, s.End})
	for t := from; t < s.End && len(w.ends) <= 28; t++ {
		tok := &w.doc.Tokens[t]
		if tok.Len() == 1 {
			switch w.doc.Text[tok.Start] {
			case ',', ';', '-', '(':
				w.ends = push(w.ends, t)
			}
		}
		switch {
		case tok.UPOS == ud.CCONJ, isDash(w.doc.Form(t)):
			w.ends = push(w.ends, t)
		case t < from+12 && len(w.starts) < 10 && (tok.Deprel.Universal() == ud.Mark || tok.UPOS == ud.SCONJ):
			// "responded to the question that ...": the addressee and the
			// occasion stand before the clause.
			w.starts = push(w.starts, t)
		}
	}
}

func (w *work) rightKid(k casus.TokenID, n int) {
	switch w.doc.Tokens[k].Deprel.Universal() {
	case ud.Punct, ud.Aux, ud.Det:
		return
	}
	if n <= 1 && len(w.starts) < 8 {
		w.starts = push(w.starts, w.lo[k])
	}
	w.ends = push(w.ends, w.hi[k]+1)
	for x := range w.doc.Kids(k) {
		if x > k && len(w.ends) < 24 {
			w.ends = push(w.ends, w.lo[x])
			w.ends = push(w.ends, w.hi[x]+1)
		}
	}
}

// leftBorders proposes borders before the cue.
func (w *work) leftBorders(c *cue, s *casus.Sentence) {
	to := c.span.first
	w.ends = push(w.ends, to)
	if !c.source.empty() && c.source.end <= to {
		w.ends = push(w.ends, c.source.first)
		w.starts = push(w.starts, c.source.end)
	}
	w.starts = push(w.starts, s.First)
	for h, n := c.head, 0; h != casus.None && n < 4; h, n = w.doc.Tokens[h].Head, n+1 {
		for k := range w.doc.Kids(h) {
			if k < to && w.lo[k] < to && len(w.starts) < 12 {
				w.starts = push(w.starts, w.lo[k])
				w.ends = push(w.ends, min(w.hi[k]+1, to))
			}
		}
		if w.lo[h] < to {
			w.starts = push(w.starts, w.lo[h])
			if h < to && h != c.head {
				w.ends = push(w.ends, h+1)
			}
		}
	}
	w.quoteBorders(tokens{s.First, to})
	for t := to - 1; t >= s.First && t > to-40 && len(w.starts) < 20; t-- {
		if f := w.doc.Tokens[t].Span; f.Len() == 1 {
			switch w.doc.Text[f.Start] {
			case ',', ';', ':', '-':
				w.starts = push(w.starts, t+1)
			}
		}
		if w.doc.Tokens[t].UPOS == ud.CCONJ {
			w.starts = push(w.starts, t+1)
		}
	}
}

// quoteBorders proposes where quotations begin and end.
func (w *work) quoteBorders(r tokens) {
	for t := r.first; t < r.end; {
		n := w.quote[t]
		if n == 0 {
			t++
			continue
		}
		q := &w.quotes[n-1]
		if len(w.starts) < 24 && q.first >= r.first {
			w.starts = push(w.starts, q.first)
		}
		if len(w.ends) < 32 && q.end <= r.end {
			w.ends = push(w.ends, q.end)
		}
		t = max(q.end, t+1)
	}
}

// tidy drops punctuation at the edges of a piece but keeps whole quotation
// marks, and a stop before the closing mark.
func (w *work) tidy(r tokens) tokens {
	for !r.empty() && w.punct(r.first) && !w.keepsOpen(r, r.first) {
		r.first++
	}
	for !r.empty() && w.punct(r.end-1) && !w.keepsClose(r, r.end-1) {
		r.end--
	}
	return r
}

// keepsOpen reports an opening mark whose quotation begins here, or a bracket
// or dash inside a quotation already begun.
func (w *work) keepsOpen(r tokens, t casus.TokenID) bool {
	n := w.quote[t]
	return n != 0 && w.mark[t] && w.quotes[n-1].first == t
}

// keepsClose reports a closing mark, a bracket that closes one inside, or a
// question mark.
func (w *work) keepsClose(r tokens, t casus.TokenID) bool {
	if n := w.quote[t]; n != 0 {
		q := &w.quotes[n-1]
		if w.mark[t] && q.end == t+1 && q.first >= r.first {
			return true
		}
		if !q.done && q.end == t+1 && q.first >= r.first {
			return true
		}
	}
	f := w.doc.Tokens[t].Span
	switch w.doc.Text[f.Start] {
	case '%', '$':
		return true
	case ')', ']':
		for x := r.first; x < t; x++ {
			if o := w.doc.Text[w.doc.Tokens[x].Start]; o == '(' || o == '[' {
				return true
			}
		}
	}
	return false
}

// contentFeatures describes a piece on one side of the cue.
func (w *work) contentFeatures(c *cue, k *candidate, side decision) {
	w.bag.reset(side)
	w.borderFeatures(c, k, side)
	w.leftOut(c, k, side)
}

// borderFeatures are those that look at no more than the borders and the head of
// a piece: half of all, at a fraction of the work.
func (w *work) borderFeatures(c *cue, k *candidate, side decision) {
	doc, b := w.doc, &w.bag
	w.contentWitness(c, k, side)
	head := &doc.Tokens[c.head]
	L, st := w.lemma[c.head], uint32(w.stance[c.head])
	up := uint32(head.UPOS)
	frame := w.frame(c.head)
	order := w.order(c)
	near := w.nearQuote(c.head)
	s := w.sentenceOf(c.head)
	if k.head == casus.None {
		b.add(1, up, order)
		b.add(2, L)
		b.add(3, L, order)
		b.add(4, frame, up)
		b.add(5, near, order, up)
		b.add(6, uint32(head.Deprel), order)
		b.add(7, bucket(int(s.End-c.span.end)), up)
		b.add(8, bucket(int(c.span.first-s.First)), order)
		b.add(9, uint32(head.Deprel), frame, near)
		b.add(10, st, frame, order)
		b.add(11, w.lemmaAt(c.span.end), order)
		b.add(12, w.xposAt(c.span.end), order, near)
		b.add(13, w.lemmaAt(c.span.first-1), order)
		b.add(14, w.lemmaAt(c.source.end), order)
		b.add(15, w.lemmaAt(s.First), order)
		return
	}
	ph, far, ok := w.path(c.head, k.head)
	if !ok {
		ph, far = 1, 9
	}
	R := uint32(doc.Tokens[k.head].Deprel)
	first, last := k.first, k.end-1
	b.add(20, ph, flag(k.head > c.head))
	b.add(21, ph, L)
	b.add(22, ph, st)
	b.add(23, uint32(far), R, up)
	b.add(24, ph, order)
	// The borders: whole constituents, the ends of the sentence, marks.
	loOK, hiOK := w.lo[k.head] == first, w.hi[k.head] == last
	shape := flag(loOK) | flag(hiOK)<<1 | flag(first == s.First)<<2 | flag(w.reaches(last, s.End))<<3
	b.add(25, shape, R)
	b.add(26, shape, up, order)
	b.add(27, shape, L)
	b.add(28, shape, near)
	qf, ql := w.edgeQuote(first), w.edgeQuote(last)
	b.add(29, qf, ql, near)
	b.add(30, qf, ql, L)
	b.add(31, qf, ql, st, shape)
	b.add(32, w.innerQuote(k.tokens), qf, ql)
	b.add(33, w.lemmaAt(first-1), w.lemma[first])
	b.add(34, w.xposAt(first-1), w.xposAt(first))
	b.add(35, w.lemma[first], L)
	b.add(36, w.lemma[first], R)
	b.add(37, w.xposAt(last), w.xposAt(last+1))
	b.add(38, w.lemmaAt(last+1), uint32(doc.Tokens[c.head].UPOS))
	b.add(39, w.lemmaAt(last+1), w.xposAt(last+2))
	b.add(40, w.lemmaAt(last+1), shape)
	if side == pickRight {
		b.add(41, bucket(int(first-c.span.end)), order)
		b.add(42, bucket(int(first-c.span.end)), L)
		b.add(43, bucket(int(s.End-1-last)), shape)
	} else {
		b.add(41, bucket(int(c.span.first-last-1)), order)
		b.add(42, bucket(int(c.source.first-last-1)), order)
		b.add(43, bucket(int(first-s.First)), shape)
	}
	if first < s.First || last >= s.End {
		// A quotation of the sentence before or behind.
		b.add(47, uint32(side), order)
		b.add(48, uint32(side), L)
		b.add(49, uint32(side), st, flag(c.span.first-s.First < 4))
	}
	b.add(44, bucket(int(k.end-k.first)), up)
	b.add(45, bucket(int(k.end-k.first)), L)
	b.add(46, w.xposAt(first), R, L)
}

// leftOut describes what hangs on the content's head but lies outside the
// piece, and what the next word outside is.
func (w *work) leftOut(c *cue, k *candidate, side decision) {
	if k.head == casus.None {
		return
	}
	doc, b, s := w.doc, &w.bag, w.sentenceOf(c.head)
	for x := range doc.Kids(k.head) {
		if x < k.first || x >= k.end {
			b.add(50, uint32(doc.Tokens[x].Deprel), flag(x > k.head))
		}
	}
	if t := k.end; t < s.End {
		if h := doc.Tokens[t].Head; h != casus.None {
			b.add(51, uint32(doc.Tokens[t].Deprel), flag(k.holds(h)), flag(c.span.holds(h)))
		}
		n := t
		if doc.Tokens[t].UPOS == ud.PUNCT && t+1 < s.End {
			n = t + 1
		}
		b.add(52, w.xposAt(n), w.lemmaAt(t))
		b.add(53, w.lemma[n], flag(n != t))
		// Does the rest of the sentence hang on the cue or on the content?
		rest := uint32(0)
		for r := n; r < s.End; r++ {
			if h := doc.Tokens[r].Head; h != casus.None && h < k.end {
				rest |= 1 << (flag(k.holds(h)) + 2*flag(c.span.holds(h)))
				b.add(54, uint32(doc.Tokens[r].Deprel), flag(k.holds(h)), flag(c.span.holds(h)))
			}
		}
		b.add(55, rest, uint32(side))
	}
	w.innerVoices(c, k)
	w.neighbours(c, k, s)
	w.inside(c, k)
	for t := k.first; t < k.end; t++ {
		h := doc.Tokens[t].Head
		if h == casus.None || !k.holds(h) && t != k.head {
			b.add(56, uint32(doc.Tokens[t].Deprel), flag(h != casus.None && c.span.holds(h)))
			if h != casus.None && c.span.holds(h) {
				b.add(57, uint32(doc.Tokens[t].Deprel), w.lemma[c.head])
			}
		}
	}
}

// neighbours describes the phrases on either side of a border: the one that the
// piece leaves out and the one that it ends or begins with. "Said the road was
// shut on Monday" may end before "on Monday", "said A while B" before "while".
func (w *work) neighbours(c *cue, k *candidate, s *casus.Sentence) {
	b := &w.bag
	L, st := w.lemma[c.head], uint32(w.stance[c.head])
	next := k.end
	for next < s.End && w.punct(next) {
		next++
	}
	if next < s.End {
		x := w.topmost(next, tokens{k.end, s.End})
		d, to := uint32(w.doc.Tokens[x].Deprel), w.hangsOn(x, c, k)
		b.add(70, d, w.lemma[next], to)
		b.add(71, d, to, L)
		b.add(72, d, to, uint32(w.doc.Tokens[x].UPOS), flag(next > k.end))
		b.add(73, d, to, bucket(int(w.hi[x]-next)))
		b.add(74, w.lemma[x], d, to)
	}
	last := k.end - 1
	for last > k.first && w.punct(last) {
		last--
	}
	x := w.topmost(last, tokens{k.first + 1, k.end})
	d, to := uint32(w.doc.Tokens[x].Deprel), w.hangsOn(x, c, k)
	b.add(75, d, w.lemma[max(w.lo[x], k.first)], to)
	b.add(76, d, to, L)
	b.add(77, d, to, st, flag(w.lo[x] <= k.first))
	b.add(78, d, to, w.lemma[x])
	from := max(w.lo[x], k.first)
	comma := uint32(0)
	if from > k.first && w.punct(from-1) {
		comma = w.lemma[from-1]
	}
	b.add(89, d, comma, uint32(w.doc.Tokens[x].UPOS), to)
	b.add(90, comma, w.lemma[from], bucket(int(k.end-from)))
	b.add(91, L, w.lemma[from], to)
	b.add(92, st, w.lemma[from], d)
	if before := k.first - 1; before >= s.First {
		for before > s.First && w.punct(before) {
			before--
		}
		x := w.topmost(before, tokens{s.First, k.first})
		d, to := uint32(w.doc.Tokens[x].Deprel), w.hangsOn(x, c, k)
		b.add(79, d, to, w.lemma[max(w.lo[x], s.First)])
		b.add(80, d, to, uint32(w.doc.Tokens[x].UPOS), flag(c.source.holds(x)), flag(c.span.holds(x)))
	}
}

// inside describes what a piece is made of: the phrases that hang on words
// outside of it, in order; where its "that" or "to" stands; and whether a clause
// joined to its head could as well be joined to the cue: in "said he had won and
// called it luck" the second verb is of the form of "said".
func (w *work) inside(c *cue, k *candidate) {
	doc, b := w.doc, &w.bag
	L, st := w.lemma[c.head], uint32(w.stance[c.head])
	tops, n, late := uint32(7), 0, uint32(0)
	for t := k.first; t < k.end; t++ {
		tok := &doc.Tokens[t]
		h := tok.Head
		if h != casus.None && k.holds(h) || tok.UPOS == ud.PUNCT {
			if r := tok.Deprel.Universal(); r == ud.Mark && h == k.head && late == 0 {
				late = 1 + flag(t > k.first) + 2*flag(tok.Lemma == "that") + 4*flag(tok.Lemma == "to")
			}
			continue
		}
		if n < 4 {
			tops = mix(tops*31, uint32(tok.Deprel)<<2+flag(h != casus.None && c.span.holds(h)))
		}
		n++
	}
	b.add(81, tops)
	b.add(82, tops, st)
	b.add(83, tops, L)
	b.add(84, uint32(min(n, 5)), st)
	b.add(85, late, st)
	b.add(86, late, uint32(doc.Tokens[k.head].Deprel))
	for x := range doc.Kids(k.head) {
		if doc.Tokens[x].Deprel.Universal() != ud.Conj || x < k.head {
			continue
		}
		like := flag(doc.Tokens[x].XPOS == doc.Tokens[c.head].XPOS) | flag(doc.Tokens[x].XPOS == doc.Tokens[k.head].XPOS)<<1 |
			flag(w.has(x, ud.Nsubj))<<2 | flag(w.stance[x] != casus.StanceNone)<<3 | flag(k.holds(x))<<4
		b.add(87, like)
		b.add(88, like, uint32(doc.Tokens[x].UPOS), flag(w.has(k.head, ud.Nsubj)), flag(w.has(k.head, ud.Aux)))
	}
}

// topmost gives the highest ancestor of t whose phrase stays in the range.
func (w *work) topmost(t casus.TokenID, r tokens) casus.TokenID {
	for range 64 {
		h := w.doc.Tokens[t].Head
		if h == casus.None || w.lo[h] < r.first || w.hi[h] >= r.end {
			break
		}
		t = h
	}
	return t
}

// hangsOn tells what a phrase depends on: the piece, the cue, the source,
// something else.
func (w *work) hangsOn(t casus.TokenID, c *cue, k *candidate) uint32 {
	switch h := w.doc.Tokens[t].Head; {
	case h == casus.None:
		return 0
	case h == k.head:
		return 1
	case k.holds(h):
		return 2
	case h == c.head:
		return 3
	case c.span.holds(h):
		return 4
	case c.source.holds(h):
		return 5
	}
	return 6
}

// innerVoices describes other reporting verbs in the piece by their tie to the
// cue: "X said A, while Y denied B" ends with A.
func (w *work) innerVoices(c *cue, k *candidate) {
	for t := k.first; t < k.end; t++ {
		if w.stance[t] == casus.StanceNone || w.doc.Tokens[t].UPOS != ud.VERB || !w.has(t, ud.Nsubj) {
			continue
		}
		ph, far, ok := w.path(c.head, t)
		if !ok {
			ph, far = 1, 9
		}
		w.bag.add(58, ph, uint32(w.stance[t]))
		w.bag.add(59, uint32(far), uint32(w.doc.Tokens[t].Deprel), flag(w.quote[t] != 0))
	}
}

// reaches reports that only punctuation stands between the token and the end.
func (w *work) reaches(last, end casus.TokenID) bool {
	for t := last + 1; t < end; t++ {
		if !w.punct(t) {
			return false
		}
	}
	return true
}

// edgeQuote tells how a border lies to quotations.
func (w *work) edgeQuote(t casus.TokenID) uint32 {
	n := w.quote[t]
	if n == 0 {
		return 0
	}
	q := &w.quotes[n-1]
	e := uint32(1)
	if q.first == t {
		e = 2
	} else if q.end == t+1 {
		e = 3
	}
	return e + 3*flag(q.scare)
}

// innerQuote tells whether a piece holds quotations: none, some, all.
func (w *work) innerQuote(r tokens) uint32 {
	in, n := 0, int(r.end-r.first)
	for t := r.first; t < r.end; t++ {
		if w.quote[t] != 0 {
			in++
		}
	}
	switch {
	case in == 0:
		return 0
	case in == n:
		return 2
	}
	return 1
}

// order tells how source and cue stand: source before, behind, or none; next
// to each other or not.
func (w *work) order(c *cue) uint32 {
	switch {
	case c.source.empty():
		return 0
	case c.source.end == c.span.first:
		return 1
	case c.source.first == c.span.end:
		return 2
	case c.source.end < c.span.first:
		return 3
	}
	return 4
}

// pickContent chooses the two pieces.
func (w *work) pickContent(c *cue) bool {
	right, rs := w.pickPiece(c, pickRight)
	left, ls := w.pickPiece(c, pickLeft)
	c.left, c.right = tokens{}, tokens{}
	if right.empty() && left.empty() {
		return false
	}
	// A score above zero says that the piece beats "nothing here".
	if ls > 0 {
		c.left = left
	}
	if rs > 0 {
		c.right = right
	}
	if ls <= 0 && rs <= 0 {
		if rs >= ls {
			c.right = right
		} else {
			c.left = left
		}
	}
	c.sure = max(ls, rs)
	return !c.left.empty() || !c.right.empty()
}

// pickPiece gives the best piece of a side and by how much it beats none.
func (w *work) pickPiece(c *cue, side decision) (r tokens, margin float32) {
	w.contentCandidates(c, side)
	best, margin := w.choose(c, side, w.borderFeatures, w.leftOut)
	if best == 0 {
		return tokens{}, -1e9
	}
	return w.cands[best].tokens, margin
}

// shortlist is how many candidates are looked at in full: those that the plain
// features like best. On PolNeAR dev eight give what all give but in two of 84
// articles, at four fifths of the time.
const shortlist = 8

// choose gives the best of the candidates but the first, which is none, and by how
// much it beats none; 0 where there are no others. Each is described by two sets of
// features, the second of which costs more.
func (w *work) choose(c *cue, of decision, plain, costly func(*cue, *candidate, decision)) (best int, margin float32) {
	if len(w.cands) == 1 {
		return 0, 0
	}
	m := w.model(c.head)
	sums := w.sums[:0]
	for i := range w.cands {
		w.bag.reset(of)
		plain(c, &w.cands[i], of)
		sums = append(sums, m.sum(w.bag.f))
	}
	w.sums = sums
	bar := w.shortlisted(sums[1:])
	for i := 1; i < len(sums); i++ {
		if sums[i] < bar {
			continue
		}
		w.bag.reset(of)
		costly(c, &w.cands[i], of)
		if sums[i] += m.sum(w.bag.f); best == 0 || sums[i] > sums[best] {
			best = i
		}
	}
	return best, float32(sums[best]-sums[0]) * m.scale
}

// shortlisted gives the sum that a candidate must have to be among the best.
func (w *work) shortlisted(sums []int32) int32 {
	if len(sums) <= shortlist {
		return math.MinInt32
	}
	w.sorted = append(w.sorted[:0], sums...)
	slices.Sort(w.sorted)
	return w.sorted[len(sums)-shortlist]
}
