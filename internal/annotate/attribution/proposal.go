package attribution

import (
	"math"

	"casus"
)

// Where the accurate tier has read a sentence, its heads have judged every word
// as a cue, and every other word as a part of that cue's source or content
// (casus.Proposal). Here they are witnesses: features of the linear model, and
// borders to choose among. Sentences with such witnesses have weights of their
// own, learned in their presence; the rules and the statements inside a content,
// which PolNeAR does not mark, are the same for both tiers.

// readProposals ties proposals to their words, and marks the words inside the
// content of a likely statement. PolNeAR marks no second statement there, so
// neither the heads nor the weights learned with them know of any: inner cues
// are left to the weights of the fast tier.
func (w *work) readProposals() {
	n := len(w.doc.Tokens)
	w.hint, w.inner = resize(w.hint, n), resize(w.inner, n)
	for i := range w.doc.Proposals {
		p := &w.doc.Proposals[i]
		w.hint[p.Head] = int32(i + 1)
		if p.Probability < likely {
			continue
		}
		for _, r := range p.Content {
			for t := r.First; t < r.End; t++ {
				w.inner[t] = true
			}
		}
	}
	for i := range w.doc.Proposals {
		if p := &w.doc.Proposals[i]; p.Probability >= likely {
			w.inner[p.Head] = false
		}
	}
	w.chance = resize(w.chance, n)
	if len(w.doc.Readings) > 0 {
		for t := range casus.TokenID(n) {
			w.chance[t] = w.chanceOf(t)
		}
	}
}

// likely is the probability from which on a proposal is taken for a cue.
const likely = 0.5

// read reports that the accurate tier has read the word and judged it as a cue.
func (w *work) read(t casus.TokenID) bool {
	return len(w.doc.Readings) > 0 && w.doc.Readings[t].Probability > 0 && !w.inner[t]
}

// proposal gives what the heads say of a cue; nil without.
func (w *work) proposal(t casus.TokenID) *casus.Proposal {
	if n := w.hint[t]; n != 0 && !w.inner[t] {
		return &w.doc.Proposals[n-1]
	}
	return nil
}

// odds gives the class of the probability of a cue.
func (w *work) odds(t casus.TokenID) uint32 { return uint32(w.chance[t]) }

// chanceOf puts the probability of a cue into classes: 0 for an unread sentence,
// 1 for a word that nobody proposes.
func (w *work) chanceOf(t casus.TokenID) uint8 {
	if !w.read(t) {
		return 0
	}
	p := w.proposal(t)
	if p == nil {
		return 1
	}
	x := math.Log(float64(p.Probability) / max(1e-4, 1-float64(p.Probability)))
	return uint8(max(0, min(14, x*1.5+5))) + 2
}

// cueWitness adds what the heads say of a word as a cue.
func (w *work) cueWitness(t casus.TokenID, L, st uint32) {
	o := w.odds(t)
	if o == 0 {
		return
	}
	b, up := &w.bag, uint32(w.doc.Tokens[t].UPOS)
	b.add(200, o)
	b.add(201, o, up)
	b.add(202, o, st)
	b.add(203, o, L)
}

// growWitness tells whether the heads take the word into the cue.
func (w *work) growWitness(head, t casus.TokenID, link uint32) {
	if p := w.proposal(head); p != nil {
		in := flag(p.Cue.First <= t && t < p.Cue.End)
		w.bag.add(200, in)
		w.bag.add(201, in, link)
		w.bag.add(202, in, uint32(w.doc.Tokens[t].XPOS))
	}
}

// likeness puts the Dice coefficient of a range and of runs into classes, 0 to
// 10; 11 where there are no runs.
func likeness(runs []casus.Run, r tokens) uint32 {
	n, in := 0, 0
	for _, x := range runs {
		n += int(x.End - x.First)
		if o := (tokens{x.First, x.End}); o.overlaps(r) {
			in += int(min(o.end, r.end) - max(o.first, r.first))
		}
	}
	if n == 0 {
		return 11
	}
	return uint32(20 * in / (n + int(r.end-r.first)))
}

// sourceWitness compares a candidate with the source that the heads see.
func (w *work) sourceWitness(c *cue, k *candidate) {
	p := w.proposal(c.head)
	if p == nil {
		return
	}
	b, o := &w.bag, w.odds(c.head)
	if k.head == casus.None {
		b.add(200, flag(len(p.Source) == 0))
		b.add(201, flag(len(p.Source) == 0), o)
		return
	}
	d := likeness(p.Source, k.tokens)
	b.add(202, d)
	b.add(203, d, o)
	b.add(204, d, k.cut)
	if len(p.Source) > 0 {
		first, last := p.Source[0].First, p.Source[len(p.Source)-1].End
		b.add(205, flag(k.first == first), flag(k.end == last))
	}
}

// side gives the runs of the content on one side of the cue.
func side(p *casus.Proposal, c *cue, at decision) []casus.Run {
	i := 0
	for i < len(p.Content) && p.Content[i].First < c.head {
		i++
	}
	if at == pickLeft {
		return p.Content[:i]
	}
	return p.Content[i:]
}

// contentWitness compares a piece with the content that the heads see on that
// side.
func (w *work) contentWitness(c *cue, k *candidate, at decision) {
	p := w.proposal(c.head)
	if p == nil {
		return
	}
	b, o, runs := &w.bag, w.odds(c.head), side(p, c, at)
	if k.head == casus.None {
		b.add(200, flag(len(runs) == 0))
		b.add(201, flag(len(runs) == 0), o)
		return
	}
	d := likeness(runs, k.tokens)
	b.add(202, d)
	b.add(203, d, o)
	if len(runs) == 0 {
		return
	}
	first, last := runs[0].First, runs[len(runs)-1].End
	r := w.tidy(tokens{first, last})
	same := flag(k.first == r.first) | flag(k.end == r.end)<<1
	b.add(204, same)
	b.add(205, same, o)
	b.add(206, same, uint32(len(runs)))
	b.add(207, same, flag(k.first < r.first), flag(k.end > r.end))
	b.add(208, same, w.xposAt(k.end), flag(k.end > r.end))
}

// witnessBorders proposes the borders that the heads see.
func (w *work) witnessBorders(c *cue, at decision) {
	p := w.proposal(c.head)
	if p == nil {
		return
	}
	for _, r := range side(p, c, at) {
		w.starts = push(w.starts, r.First)
		w.ends = push(w.ends, r.End)
	}
}

// witnessSource proposes the source that the heads see.
func (w *work) witnessSource(c *cue) {
	p := w.proposal(c.head)
	if p == nil || len(p.Source) == 0 {
		return
	}
	r := w.trim(tokens{p.Source[0].First, p.Source[len(p.Source)-1].End})
	if r.empty() || r.overlaps(c.span) {
		return
	}
	head := w.doc.HeadOf(r.first, r.end)
	if !w.maySpeak(head) {
		return
	}
	h, n, ok := w.path(c.head, head)
	if !ok {
		h, n = 1, 9
	}
	w.pushSource(candidate{head: head, path: h, far: n}, r, cutWitness)
}
