package attribution

import (
	"slices"

	"casus"
	"casus/ud"
)

// finish turns cues into statements.
func (w *work) finish() {
	doc := w.doc
	doc.Statements = doc.Statements[:0]
	w.patterns()
	w.turns()
	w.bylines()
	w.sharedSources()
	w.ownQuotations()
	w.doubledQuotations()
	w.dropNarration()
	w.widenQuotations()
	w.nounClauses()
	w.wholeClauses()
	w.secondClauses()
	w.halfTimes()
	w.parallelClauses()
	w.otherVoices()
	w.applyRules()
	w.continueQuotations()
	w.cutTrailing()
	w.nest()
	for i := range w.cues {
		doc.Statements = append(doc.Statements, w.statement(&w.cues[i]))
	}
	for i := range w.cues {
		doc.Statements[i].Via = w.via(i)
		for _, id := range w.cues[i].answers {
			if j := w.numbered(id); j >= 0 && j != i {
				doc.Statements[i].Answers = append(doc.Statements[i].Answers, casus.StatementID(j))
			}
		}
	}
}

func (w *work) span(r tokens) []casus.Span {
	if r.empty() {
		return nil
	}
	return []casus.Span{w.doc.TokenSpan(r.first, r.end)}
}

func (w *work) statement(c *cue) casus.Statement {
	w.closeSource(c)
	st := casus.Statement{Source: w.span(c.source), Cue: w.span(c.span), CueHead: c.head, Speaker: w.speaker(c)}
	for _, r := range w.contentOf(c) {
		st.Content = append(st.Content, w.span(r)...)
	}
	st.Kind = w.kind(c)
	st.Stance, st.Negated = w.meaning(c)
	w.detail(c, &st)
	st.Evidence = []casus.Evidence{{Rule: c.rule, Span: w.doc.Tokens[c.head].Span}}
	return st
}

// closeSource takes in what closes a parenthesis of the source: the comma or
// dash behind "Alba Ruiz, the minister," and the bracket of "Lee (D)".
func (w *work) closeSource(c *cue) {
	r := c.source
	if r.empty() || int(r.end) >= len(w.doc.Tokens) || c.span.holds(r.end) {
		return
	}
	next := w.doc.Form(r.end)
	for t := r.first; t < r.end; t++ {
		switch f := w.doc.Form(t); {
		case f == "(" && next == ")", f == "[" && next == "]":
			c.source.end = r.end + 1
			return
		case f == "(" && next == "." && r.end+1 < casus.TokenID(len(w.doc.Tokens)) && r.end+1 < c.span.first && w.doc.Form(r.end+1) == ")":
			c.source.end = r.end + 2 // "Ann Lee (D-Ore.)"
			return
		case f == next && (f == "," || f == "--" || f == "—" || f == "–") && r.end+1 == c.span.first:
			if t > w.doc.HeadOf(r.first, r.end) {
				c.source.end = r.end + 1
			}
			return
		}
	}
}

// contentOf gives the pieces of the content in text order.
func (w *work) contentOf(c *cue) []tokens {
	var out []tokens
	for _, r := range append([]tokens{c.left, c.right}, c.more...) {
		if !r.empty() {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b tokens) int { return int(a.first - b.first) })
	merged := out[:0]
	for _, r := range out {
		if n := len(merged); n > 0 && r.first <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, r.end)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

// nounClauses gives a noun of saying the clause in "that" behind it where the ranker
// has taken words before it: "denied accusations by the union that guards had shot".
func (w *work) nounClauses() {
	for i := range w.cues {
		c := &w.cues[i]
		if w.doc.Tokens[c.head].UPOS != ud.NOUN || c.left.empty() || !c.right.empty() {
			continue
		}
		if n, ok := w.nounClause(c.head); ok && !c.touches(n.right) {
			c.left, c.right = tokens{}, n.right
		}
	}
}

// wholeClauses carries a clause in "that" on to the end of the sentence where
// the piece found has no verb: a long sentence may tie the verb to another word,
// but "claimed that the leader of the country" is not all that was claimed.
func (w *work) wholeClauses() {
	for i := range w.cues {
		c := &w.cues[i]
		r := c.right
		if r.empty() || w.doc.Form(r.first) != "that" || w.doc.Tokens[r.first].UPOS != ud.SCONJ || w.voiceIn(c.head) != 0 {
			continue
		}
		verb := false
		for t := r.first; t < r.end; t++ {
			u := w.doc.Tokens[t].UPOS
			verb = verb || u == ud.VERB || u == ud.AUX
		}
		if grown := w.tidy(tokens{r.first, w.sentenceOf(c.head).End}); !verb && !c.touches(grown) {
			c.right = grown
		}
	}
}

// halfTimes drops the beginning of a time that a content ends with: "said it had
// fired at the port, hours | after the raid".
func (w *work) halfTimes() {
	for i := range w.cues {
		r := &w.cues[i].right
		t := r.end
		if r.empty() || int(t) >= len(w.doc.Tokens) || w.doc.Tokens[t].Lemma != "after" && w.doc.Tokens[t].Lemma != "before" {
			continue
		}
		switch w.doc.Tokens[t-1].Lemma {
		case "hour", "day", "week", "month", "minute", "year", "moment":
		default:
			continue
		}
		for c := t - 2; c > r.first && c > t-5; c-- {
			if w.doc.Form(c) == "," {
				*r = w.tidy(tokens{r.first, c})
				break
			}
		}
	}
}

// secondClauses carries a clause in "that" on over others in "that" joined to it:
// "said that the plan was dead, but that talks would go on" is one statement. A
// clause in which somebody else speaks before is left out.
func (w *work) secondClauses() {
	for i := range w.cues {
		c := &w.cues[i]
		if c.right.empty() || !w.opensClause(c.right.first) {
			continue
		}
		s := w.sentenceOf(c.head)
		for {
			t := c.right.end
			for t < s.End && w.punct(t) && !w.mark[t] {
				t++
			}
			if t+2 >= s.End || w.doc.Tokens[t].UPOS != ud.CCONJ || !w.opensClause(t+1) || w.voiceIn(t) != w.voiceIn(c.head) {
				break
			}
			h := w.doc.Tokens[t+1].Head
			if h == casus.None || h < t || w.doc.Tokens[h].Deprel.Universal() != ud.Conj {
				break
			}
			grown := w.tidy(tokens{c.right.first, w.hi[h] + 1})
			if up := w.doc.Tokens[h].Head; up != c.head && !c.right.holds(up) || grown.end <= c.right.end || c.touches(grown) {
				break
			}
			c.right = grown
		}
	}
}

// parallelClauses ends a content before a clause in "that" which goes on with
// what an outer statement says: in "reported that the firm is considering a sale
// and that its owner has left" the owner's leaving is reported, not considered.
func (w *work) parallelClauses() {
	for i := range w.cues {
		c := &w.cues[i]
		r := c.right
		if r.empty() || w.opensClause(r.first) {
			continue
		}
		for t := r.first + 1; t+1 < r.end; t++ {
			if w.opensClause(t) {
				break // the two are said by one
			}
			if w.doc.Tokens[t].UPOS == ud.CCONJ && w.opensClause(t+1) {
				if w.thatBefore(c.span.first) && w.voiceIn(t) == w.voiceIn(c.head) {
					c.right = w.tidy(tokens{r.first, t})
				}
				break
			}
		}
	}
}

// otherVoices ends a content before "as" or "while" and somebody else's act of
// speech: "Chad says it retook the town as rebels deny losing it" has two voices
// beside each other, not one in the other.
func (w *work) otherVoices() {
	for i := range w.cues {
		o := &w.cues[i]
		if w.doc.Tokens[o.head].Deprel.Universal() != ud.Advcl || !w.actVerb(o.head) {
			continue
		}
		m, k := w.doc.Kid(o.head, ud.Mark), w.doc.Kid(o.head, ud.Nsubj)
		if m == casus.None || k == casus.None || w.doc.Tokens[k].UPOS == ud.PRON || !w.somebody(k) {
			continue
		}
		if l := w.doc.Tokens[m].Lemma; l != "as" && l != "while" {
			continue
		}
		from, to := w.near(i)
		for j := from; j < to; j++ {
			c := &w.cues[j]
			if j == i || !c.right.holds(o.head) || !c.right.holds(m) || !w.reaches(w.hi[o.head], c.right.end) || w.voiceIn(m) != w.voiceIn(c.head) {
				continue
			}
			if r := w.tidy(tokens{c.right.first, m}); w.hasVerb(r) {
				c.right = r
			}
		}
	}
}

// opensClause reports "that" as a conjunction.
func (w *work) opensClause(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	return tok.Lemma == "that" && tok.UPOS == ud.SCONJ
}

// thatBefore reports a clause in "that" which holds the token.
func (w *work) thatBefore(t casus.TokenID) bool {
	s := w.sentenceOf(t)
	for k := s.First; k < t; k++ {
		if h := w.doc.Tokens[k].Head; w.opensClause(k) && h != casus.None && w.hi[h] >= t {
			return true
		}
	}
	return false
}

// dropNarration drops what a cue has taken from behind itself where all that is
// said stands in a quotation before it: in `"It is over," she said of the siege, in
// which her house had burnt, and went in` the quotation is all. In PolNeAR one in
// a hundred such quotations has a content outside of marks behind the cue.
func (w *work) dropNarration() {
	for i := range w.cues {
		c := &w.cues[i]
		if c.left.empty() || c.right.empty() || !w.outside(c) || w.innerQuote(c.left) != 2 || w.innerQuote(c.right) != 0 {
			continue
		}
		if q := &w.quotes[w.quote[c.left.end-1]-1]; q.end != c.left.end || w.stopBefore(q) == 0 || !w.narrates(c) {
			continue
		}
		c.right = tokens{}
		if last := c.span.end - 1; last > c.head && w.doc.Tokens[last].UPOS == ud.ADP {
			c.span.end--
		}
	}
}

// narrates reports that what stands behind a cue is what the words are about
// ("said of ..."), or a new clause of the article.
func (w *work) narrates(c *cue) bool {
	for _, t := range []casus.TokenID{c.span.end - 1, c.right.first} {
		if l := w.doc.Tokens[t].Lemma; t > c.head && (l == "of" || l == "about") {
			return true
		}
	}
	t := c.right.first
	for t > c.span.end && w.punct(t-1) {
		t--
	}
	and := w.doc.Tokens[c.right.first].UPOS == ud.CCONJ || t > c.span.end && w.doc.Tokens[t-1].UPOS == ud.CCONJ
	if !and {
		return false
	}
	h := w.doc.HeadOf(c.right.first, c.right.end)
	return w.has(h, ud.Nsubj) && !w.opensClause(c.right.first) && !w.opensClause(min(c.right.first+1, c.right.end-1))
}

// doubledQuotations leaves a quotation to the verb of saying right before it where
// another word of the sentence has taken it too: in `was defensive, saying, "..."`.
func (w *work) doubledQuotations() {
	for i := range w.cues {
		c := &w.cues[i]
		if c.right.empty() || !w.outside(c) || w.handsOn(c.head) || w.innerQuote(c.right) != 2 {
			continue
		}
		from, to := w.near(i)
		for j := from; j < to; j++ {
			if o := &w.cues[j]; o.right == c.right && o.head > c.head && w.handsOn(o.head) {
				c.dropped = c.left.empty() && len(c.more) == 0
				c.right = tokens{}
				break
			}
		}
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
}

// widenQuotations carries a piece of content that touches a quotation over to
// the sentences that the quotation also holds:
//
//	"We met twice. Nothing was signed," the envoy said.
func (w *work) widenQuotations() {
	for i := range w.cues {
		c := &w.cues[i]
		if !c.left.empty() {
			c.left = w.widen(c, c.left)
		}
		if !c.right.empty() {
			c.right = w.widen(c, c.right)
		}
	}
}

func (w *work) widen(c *cue, r tokens) tokens {
	s := w.sentenceOf(c.head)
	if w.voiceIn(c.head) != 0 {
		return r // said inside a quotation: its words end within
	}
	if n := w.quote[r.first]; n != 0 && r.first == s.First {
		q := &w.quotes[n-1]
		grown := tokens{min(q.first, r.first), r.end}
		for grown.end < q.end && w.doc.Tokens[grown.end].UPOS == ud.PUNCT {
			grown.end++ // the comma and the mark that close it
		}
		if q.first < s.First && !c.touches(grown) {
			r = grown
		}
	}
	if n := w.quote[r.end-1]; n != 0 && w.reaches(r.end-1, s.End) {
		q := &w.quotes[n-1]
		if grown := (tokens{r.first, max(q.end, r.end)}); q.end > s.End && !c.touches(grown) {
			r = grown
		}
	}
	return r
}

// cutTrailing ends what is said inside a statement where the statement's own
// cue follows: in "the witness said the order was void, according to the report"
// the report is not what the witness said.
func (w *work) cutTrailing() {
	for i := range w.cues {
		c := &w.cues[i]
		from, to := w.near(i)
		for j := from; j < to; j++ {
			o := &w.cues[j]
			if j != i && o.left.holds(c.head) && c.right.holds(o.head) && o.left.end <= o.head && o.left.first <= c.span.first {
				if r := w.tidy(tokens{c.right.first, min(c.right.end, o.left.end)}); !r.empty() {
					c.right = r
				}
			}
		}
	}
}

// nest finds for each cue the statement whose content holds it most tightly.
func (w *work) nest() {
	for i := range w.cues {
		if w.cues[i].by != 0 {
			w.cues[i].parent = w.numbered(w.cues[i].by)
			continue
		}
		best, size := -1, casus.TokenID(0)
		from, to := w.near(i)
		for j := from; j < to; j++ {
			if j == i {
				continue
			}
			n, holds := w.holdsCue(j, i)
			if !holds || best >= 0 && !w.tighter(j, n, best, size) {
				continue
			}
			if m, back := w.holdsCue(i, j); back && (m > n || m == n && i < j) {
				continue // each lies in the other: the longer is the outer one
			}
			best, size = j, n
		}
		w.cues[i].parent = best
	}
	for i := range w.cues {
		w.cutCircle(i)
	}
}

// tighter reports that statement j, of size n, holds a cue more closely than
// statement best: one inside the other is closer, else the shorter.
func (w *work) tighter(j int, n casus.TokenID, best int, size casus.TokenID) bool {
	_, in := w.holdsCue(best, j)
	_, out := w.holdsCue(j, best)
	if in != out {
		return in
	}
	return n < size || n == size && w.cues[j].by != 0
}

// cutCircle makes statement i an outermost one when its parents lead back to
// it, as they can where quotations are broken.
func (w *work) cutCircle(i int) {
	for p, n := w.cues[i].parent, 0; p >= 0 && n < len(w.cues); p, n = w.cues[p].parent, n+1 {
		if p == i {
			w.cues[i].parent = -1
			return
		}
	}
}

func (w *work) numbered(id int) int {
	return slices.IndexFunc(w.cues, func(c cue) bool { return c.id == id })
}

// holdsCue reports that the cue of statement i lies in the content of j, and
// the length of that content.
func (w *work) holdsCue(j, i int) (size casus.TokenID, holds bool) {
	c, t := &w.cues[j], w.cues[i].head
	size = c.left.end - c.left.first + c.right.end - c.right.first
	holds = c.left.holds(t) || c.right.holds(t)
	for _, r := range c.more {
		size += r.end - r.first
		holds = holds || r.holds(t)
	}
	return size, holds
}

// via gives the statements that carry statement i, outermost first.
func (w *work) via(i int) []casus.StatementID {
	var up []casus.StatementID
	for p := w.cues[i].parent; p >= 0 && len(up) < len(w.cues); p = w.cues[p].parent {
		if slices.Contains(up, casus.StatementID(p)) {
			break
		}
		up = append(up, casus.StatementID(p))
	}
	slices.Reverse(up)
	return up
}

// kind tells by the share of words in quotation marks how the content is told.
func (w *work) kind(c *cue) casus.StatementKind {
	in, n := 0, 0
	for _, r := range w.contentOf(c) {
		for t := r.first; t < r.end; t++ {
			f := w.doc.Tokens[t].Span
			if ch := w.doc.Text[f.Start]; ch < 0x80 && !(ch >= '0' && ch <= '9' || ch|32 >= 'a' && ch|32 <= 'z') {
				continue
			}
			n++
			if w.quote[t] != 0 {
				in++
			}
		}
	}
	switch {
	case in == 0:
		return casus.Indirect
	case 10*in >= 9*n:
		return casus.Direct
	}
	return casus.Mixed
}
