package attribution

import (
	"strings"

	"casus"
	"casus/ud"
)

// work is the scratch memory of one document.
type work struct {
	a      *Annotator
	doc    *casus.Document
	lemma  []uint32        // hash of the lemma in small letters
	lo, hi []casus.TokenID // edges of the subtree of each token
	quote  []int32         // number of the quotation that holds the token, from 1
	mark   []bool          // the token is a quotation mark
	name   []casus.NameLabel
	stance []casus.Stance // of the token as a cue, by the table
	quotes []quotation
	bag    bag
	cands  []candidate
	sums   []int32 // by candidate: the sum of its weights
	sorted []int32
	cues   []cue
	held   []bool // by token: lies in a cue
	extra  []cue  // found for quotations that no cue had
	ends   []casus.TokenID
	starts []casus.TokenID
	named  []covering // by token: the longest mention around it
	hint   []int32    // by token: number of the proposal that it leads, from 1
	inner  []bool     // by token: inside the content of a likely proposal
	chance []uint8    // by token: class of the probability that it is a cue
}

// covering is the longest mention that holds a token.
type covering struct {
	entity     casus.EntityID
	first, end casus.TokenID
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// prepare computes what the features look at more than once.
func (w *work) prepare(doc *casus.Document) {
	n := len(doc.Tokens)
	w.doc = doc
	w.lemma, w.lo, w.hi = resize(w.lemma, n), resize(w.lo, n), resize(w.hi, n)
	w.quote, w.mark = resize(w.quote, n), resize(w.mark, n)
	w.name, w.stance = resize(w.name, n), resize(w.stance, n)
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		w.lemma[i] = hashString(lowered(tok.Lemma, doc.Text[tok.Start:tok.End]))
		w.lo[i], w.hi[i] = casus.TokenID(i), casus.TokenID(i)
		if c := classOf(tok); c != 0 {
			w.stance[i] = w.a.cues[cueWord{tok.Lemma, c}]
		}
	}
	w.findEdges()
	for _, nm := range doc.Names {
		for t := nm.First; t < nm.End; t++ {
			w.name[t] = nm.Label
		}
	}
	w.coverMentions()
	w.readProposals()
	w.quotes = findQuotations(w.quotes, doc.Text)
	w.placeQuotations()
}

// coverMentions notes the longest mention around each token.
func (w *work) coverMentions() {
	w.named = resize(w.named, len(w.doc.Tokens))
	for e := range w.doc.Entities {
		for _, m := range w.doc.Entities[e].Mentions {
			for t := max(m.First, 0); t < m.End && int(t) < len(w.named); t++ {
				if c := &w.named[t]; m.End-m.First > c.end-c.first {
					*c = covering{casus.EntityID(e), m.First, m.End}
				}
			}
		}
	}
}

// lowered gives the lemma in small letters; the form where there is no lemma.
func lowered(lemma, form string) string {
	if lemma == "" {
		lemma = form
	}
	for i := 0; i < len(lemma); i++ {
		if c := lemma[i]; c >= 'A' && c <= 'Z' {
			return strings.ToLower(lemma)
		}
	}
	return lemma
}

// findEdges carries each token's place up to its ancestors.
func (w *work) findEdges() {
	toks := w.doc.Tokens
	for i := range toks {
		t := casus.TokenID(i)
		for h, steps := toks[i].Head, 0; h != casus.None && steps < 256; h, steps = toks[h].Head, steps+1 {
			if w.lo[h] <= t && t <= w.hi[h] {
				break // an earlier token, or a kid, has already been here
			}
			w.lo[h], w.hi[h] = min(w.lo[h], t), max(w.hi[h], t)
		}
	}
	w.closeEdges()
}

// closeEdges makes edges hold for non-projective trees, where the early break
// of findEdges may have stopped below an ancestor that does not reach so far.
func (w *work) closeEdges() {
	toks := w.doc.Tokens
	for changed, rounds := true, 0; changed && rounds < 8; rounds++ {
		changed = false
		for i := range toks {
			if h := toks[i].Head; h != casus.None && (w.lo[i] < w.lo[h] || w.hi[i] > w.hi[h]) {
				w.lo[h], w.hi[h] = min(w.lo[i], w.lo[h]), max(w.hi[i], w.hi[h])
				changed = true
			}
		}
	}
}

// placeQuotations ties tokens to quotations, both ways.
func (w *work) placeQuotations() {
	doc := w.doc
	t := casus.TokenID(0)
	n := casus.TokenID(len(doc.Tokens))
	for i := range w.quotes {
		q := &w.quotes[i]
		for t < n && doc.Tokens[t].End <= q.Start {
			t++
		}
		q.first = t
		for t < n && doc.Tokens[t].Start < q.End {
			w.quote[t] = int32(i + 1)
			s := doc.Tokens[t].Span
			if k, m := markAt(doc.Text[s.Start:s.End]); k != noMark && m == s.Len() && (s.Start == q.Start || s.End == q.End) {
				w.mark[t] = true
			}
			t++
		}
		q.end = t
		q.scare = w.isScare(q)
	}
}

// isScare tells quotation marks that hold a word at arm's length from those
// that give what somebody said: short, without a verb, no comma or stop
// inside, within a clause.
func (w *work) isScare(q *quotation) bool {
	if q.end-q.first > 6 || !q.done {
		return false
	}
	for t := q.first; t < q.end; t++ {
		switch tok := &w.doc.Tokens[t]; {
		case w.mark[t]:
		case tok.UPOS == ud.PUNCT, tok.UPOS == ud.AUX:
			return false
		case tok.UPOS == ud.VERB && tok.XPOS != ud.XVBG && tok.XPOS != ud.XVBN:
			return false
		}
	}
	return true
}

// voiceIn gives the number of the quotation that holds the token, when it
// gives somebody's words; 0 outside of quotations and for a word or two held at
// arm's length. Who speaks and what is said outside of a quotation is not found
// inside it, and the other way round.
func (w *work) voiceIn(t casus.TokenID) int32 {
	n := w.quote[t]
	if n != 0 && w.quotes[n-1].scare {
		return 0
	}
	return n
}

// punct reports punctuation, and quotation marks that the tagger took for
// something else.
func (w *work) punct(t casus.TokenID) bool { return w.doc.Tokens[t].UPOS == ud.PUNCT || w.mark[t] }

func (w *work) has(t casus.TokenID, rels ...ud.Deprel) bool {
	return w.doc.Kid(t, rels...) != casus.None
}

// caseLemma gives the hash of the preposition of a nominal; 0 without.
func (w *work) caseLemma(t casus.TokenID) uint32 {
	if k := w.doc.Kid(t, ud.Case); k != casus.None {
		return w.lemma[k]
	}
	return 0
}

// sentenceOf gives the token range of the sentence of t.
func (w *work) sentenceOf(t casus.TokenID) *casus.Sentence {
	return &w.doc.Sentences[w.doc.Tokens[t].Sent]
}
