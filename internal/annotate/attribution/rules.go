package attribution

import (
	"slices"
	"strings"

	"casus"
	"casus/ud"
)

// The rules of this file read ties that a corpus of outermost statements does
// not teach: a pronoun that stands for the sentence before, and one voice that
// carries another.

// applyRules runs them over the accepted cues; it may add cues.
func (w *work) applyRules() {
	for i := range w.cues {
		w.cues[i].id = i + 1
	}
	for i, n := 0, len(w.cues); i < n; i++ {
		w.anaphora(i)
		w.carried(i)
	}
	w.sortCues()
	for i := range w.cues {
		w.saidAs(i)
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
}

// anaphora gives "The minister stated this on Monday" the sentence before as
// its content.
func (w *work) anaphora(i int) {
	c := &w.cues[i]
	if !speaks(w.stance[c.head]) || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return
	}
	k := w.demonstrative(c.head)
	if k == casus.None {
		return
	}
	r, ok := w.sentenceBefore(c)
	if !ok {
		return
	}
	// "She announced this on Monday. She said this to reporters." Both stand
	// for what was announced.
	for j := max(0, i-reach); j < i; j++ {
		if o := &w.cues[j]; o.rule == "attribution.anaphora" && r.holds(o.head) && len(o.more) > 0 {
			r = o.more[0]
		}
	}
	c.left, c.right, c.more = tokens{}, tokens{}, []tokens{r}
	c.rule = "attribution.anaphora"
	if c.source.holds(k) { // "this was announced by the ministry"
		c.source, c.speaks = tokens{}, casus.None
	}
	if c.source.empty() {
		w.agent(c)
	}
}

// speaks reports stances that hand on a content as such.
func speaks(st casus.Stance) bool {
	switch st {
	case casus.Assert, casus.Claim, casus.Confirm, casus.Announce, casus.Warn, casus.Quote:
		return true
	}
	return false
}

// demonstrative finds "this" or "that" as what is said: the bare object, or the
// subject of a passive.
func (w *work) demonstrative(head casus.TokenID) casus.TokenID {
	if w.doc.HasKid(head, ud.Ccomp) {
		return casus.None
	}
	passive := w.doc.HasKid(head, ud.AuxPass) || w.doc.HasKid(head, ud.NsubjPass)
	for k := range w.doc.Kids(head) {
		tok := &w.doc.Tokens[k]
		if tok.Lemma != "this" && tok.Lemma != "that" || tok.FirstKid != casus.None || tok.UPOS != ud.PRON && tok.UPOS != ud.DET {
			continue
		}
		u := tok.Deprel.Universal()
		if u == ud.Obj && k > head || u == ud.Nsubj && passive && k < head {
			return k
		}
	}
	return casus.None
}

// sentenceBefore gives the words of the sentence before, when it is running
// text of the same or the preceding paragraph.
func (w *work) sentenceBefore(c *cue) (tokens, bool) {
	id := w.doc.Tokens[c.head].Sent
	if id == 0 {
		return tokens{}, false
	}
	s, b := &w.doc.Sentences[id], &w.doc.Sentences[id-1]
	if b.Role != casus.Body || s.Paragraph-b.Paragraph > 1 {
		return tokens{}, false
	}
	r := w.tidy(tokens{b.First, b.End})
	return r, r.end-r.first >= 3
}

// agent looks for "by the ministry" behind a passive cue.
func (w *work) agent(c *cue) {
	for k := range w.doc.Kids(c.head) {
		tok := &w.doc.Tokens[k]
		if tok.Deprel == ud.OblAgent || tok.Deprel.Universal() == ud.Obl && w.doc.KidLemma(k, ud.Case, "by") != casus.None {
			r := w.dropLeading(w.trim(tokens{w.lo[k], w.hi[k] + 1}), k)
			if !r.empty() {
				c.source, c.speaks = r, k
			}
			return
		}
	}
}

// carried reads one voice inside another: "state radio quoted the general",
// "the agency reported, citing two diplomats". The words of the one quoted are
// a statement of his own, carried by the other's.
func (w *work) carried(i int) {
	c := &w.cues[i]
	lemma := w.doc.Tokens[c.head].Lemma
	if lemma != "quote" && lemma != "cite" || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return
	}
	k := w.doc.Kid(c.head, ud.Obj)
	if k == casus.None || !w.voice(k) || w.asSaying(c.head) != casus.None {
		return
	}
	who := w.shorten(w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, c.span, k)), k)
	if outer := w.governing(i); outer >= 0 {
		o := &w.cues[outer]
		if o.right.first >= w.lo[c.head] && o.right.first <= w.hi[k] {
			// "reported, citing a diplomat, that ...": the aside is no content.
			o.right = w.tidy(tokens{min(max(w.hi[k]+1, who.end), o.right.end), o.right.end})
		}
		c.source, c.speaks, c.left, c.right, c.more = who, k, o.left, o.right, o.more
		c.by, c.rule = o.id, "attribution.citing"
		return
	}
	q := w.quotationFor(c)
	if q == nil {
		return
	}
	c.left, c.right, c.more = tokens{}, tokens{}, []tokens{{q.first, q.end}}
	c.rule = "attribution.quoted"
	inner := *c
	inner.source, inner.speaks, inner.rule = who, k, "attribution.quoted-voice"
	inner.id, inner.by = len(w.cues)+1, c.id
	inner.stance = casus.Assert
	inner.more = []tokens{{q.first, q.end}}
	w.cues = append(w.cues, inner)
}

// voice reports a noun that can speak: a name of a person or body, or a word
// such as "official".
func (w *work) voice(t casus.TokenID) bool {
	if w.name[t] == casus.PER || w.name[t] == casus.ORG || w.doc.EntityOf(t) != casus.None {
		return true
	}
	return w.a.voices[strings.ToLower(w.doc.Tokens[t].Lemma)]
}

// shorten drops what the parser hung on a name by mistake: "quoted the general
// on Monday".
func (w *work) shorten(r tokens, head casus.TokenID) tokens {
	for k := range w.doc.Kids(head) {
		u := w.doc.Tokens[k].Deprel.Universal()
		if k > head && (u == ud.Nmod || u == ud.Obl) && w.doc.KidLemma(k, ud.Case, "of") == casus.None {
			r.end = min(r.end, max(w.lo[k], head+1))
		}
	}
	return w.trim(r)
}

// governing finds the cue that "citing ..." is said along with: the verb it
// hangs on.
func (w *work) governing(i int) int {
	c := &w.cues[i]
	if w.doc.Tokens[c.head].XPOS != ud.XVBG {
		return -1
	}
	h := w.doc.Tokens[c.head].Head
	from, to := max(0, i-reach), min(len(w.cues), i+reach+1)
	for j := from; j < to; j++ {
		if j != i && w.cues[j].head == h && (!w.cues[j].left.empty() || !w.cues[j].right.empty()) {
			return j
		}
	}
	return -1
}

// quotationFor gives the last quotation before a cue without a content clause that
// reaches into its sentence.
func (w *work) quotationFor(c *cue) *quotation {
	for t := c.span.first - 1; t >= w.sentenceOf(c.head).First; t-- {
		if n := w.quote[t]; n != 0 && !w.quotes[n-1].scare && w.quotes[n-1].end <= c.span.first {
			return &w.quotes[n-1]
		}
	}
	return nil
}

var hashAs = hashString("as")

// asSaying finds "saying" in "quoted the general as saying".
func (w *work) asSaying(head casus.TokenID) casus.TokenID {
	for k := range w.doc.Kids(head) {
		if w.doc.Tokens[k].XPOS == ud.XVBG && w.stance[k] != casus.StanceNone && w.lemmaAt(w.lo[k]) == hashAs {
			return k
		}
	}
	return casus.None
}

// saidAs gives "saying" in "the agency quoted the general as saying" the one
// quoted as its source: the object of the active, the subject of the passive.
func (w *work) saidAs(i int) {
	c := &w.cues[i]
	tok := &w.doc.Tokens[c.head]
	if tok.Head == casus.None || tok.XPOS != ud.XVBG {
		return
	}
	h := &w.doc.Tokens[tok.Head]
	if h.Lemma != "quote" && h.Lemma != "cite" || w.asSaying(tok.Head) != c.head {
		return
	}
	k := w.doc.Kid(tok.Head, ud.NsubjPass)
	if k != casus.None {
		w.absorb(i, tok.Head)
	} else {
		k = w.doc.Kid(tok.Head, ud.Obj)
	}
	if k == casus.None {
		return
	}
	if r := w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, tokens{w.lo[c.head], w.hi[c.head] + 1}, k)); r.holds(k) {
		c.source, c.speaks, c.rule = r, k, "attribution.quoted-as-saying"
	}
}

// absorb makes "was quoted as saying" one cue: who quotes is not told.
func (w *work) absorb(i int, quote casus.TokenID) {
	from, to := w.near(i)
	for j := from; j < to; j++ {
		if o := &w.cues[j]; o.head == quote {
			c := &w.cues[i]
			c.span.first = min(c.span.first, o.span.first)
			o.dropped = true
		}
	}
}
