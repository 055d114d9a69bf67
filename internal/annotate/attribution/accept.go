package attribution

import (
	"slices"

	"casus"
	"casus/ud"
)

// The cue model sees a word before its roles are known. Once they are, a last
// judgement drops what does not add up: a verb without a speaker, a content
// that is a scrap, a cue whose roles were chosen without conviction.

// lowest is the score below which a word is not even tried as a cue.
const lowest = -1.8

// step puts a score into classes of half a point.
func step(x float32) uint32 { return uint32(int32(max(-8, min(8, x))*2) + 32) }

// acceptFeatures describes a cue with its roles.
func (w *work) acceptFeatures(c *cue) {
	b := &w.bag
	b.reset(accept)
	head := &w.doc.Tokens[c.head]
	L, st, up := w.lemma[c.head], uint32(w.stance[c.head]), uint32(head.UPOS)
	score := step(c.score)
	order := w.order(c)
	speaks := w.kindOf(c.speaks)
	shape := flag(!c.left.empty()) | flag(!c.right.empty())<<1
	if o := w.odds(c.head); o != 0 {
		b.add(200, o, score)
		b.add(201, o, up)
		b.add(202, o, step(c.sure))
		b.add(203, o, flag(c.covered))
	}
	b.add(1)
	b.add(2, score)
	b.add(3, score, up)
	b.add(4, score, order, shape)
	b.add(5, step(c.sure), up)
	b.add(6, step(c.sureSource), order)
	b.add(7, score, step(c.sure))
	b.add(8, speaks, up)
	b.add(9, speaks, st)
	b.add(10, L)
	b.add(11, L, order)
	b.add(12, L, shape)
	b.add(13, st, order, shape)
	if c.speaks != casus.None {
		b.add(14, w.lemma[c.speaks])
		b.add(15, w.lemma[c.speaks], st)
		b.add(16, uint32(w.doc.Tokens[c.speaks].Deprel), up)
	}
	b.add(29, uint32(head.Deprel), order, score)
	for t := c.span.first; t < c.span.end; t++ {
		if t != c.head {
			b.add(30, w.lemma[t], up)
			b.add(31, w.lemma[t], L)
		}
	}
	b.add(32, uint32(c.span.end-c.span.first), up)
	b.add(33, flag(w.quote[c.head] != 0), score)
	b.add(36, flag(c.covered), score)
	b.add(39, flag(c.framed), score)
	b.add(40, flag(c.framed), flag(w.thatClause(c.head)), st)
	b.add(41, flag(w.labels(c.head)), up)
	b.add(37, flag(c.covered), up, order)
	b.add(38, uint32(w.sentenceOf(c.head).Role), score)
	w.acceptContent(c, shape, score, order)
}

// acceptContent describes the main piece of the content.
func (w *work) acceptContent(c *cue, shape, score, order uint32) {
	b := &w.bag
	L, st, up := w.lemma[c.head], uint32(w.stance[c.head]), uint32(w.doc.Tokens[c.head].UPOS)
	main := c.right
	if main.empty() {
		main = c.left
	}
	n := bucket(int(main.end - main.first))
	b.add(17, n, shape, up)
	b.add(18, n, score)
	b.add(19, L, n)
	inq := w.innerQuote(main)
	b.add(20, inq, shape, st)
	b.add(21, inq, score)
	b.add(22, w.lemma[main.first], up)
	b.add(23, w.lemma[main.first], L)
	h := w.doc.HeadOf(main.first, main.end)
	b.add(24, uint32(w.doc.Tokens[h].Deprel), up, shape)
	b.add(25, uint32(w.doc.Tokens[h].UPOS), st, shape)
	b.add(26, L, uint32(w.doc.Tokens[h].UPOS))
	b.add(27, w.lemma[h], up)
	b.add(28, w.lemma[h], L)
	verbs := uint32(0)
	for t := main.first; t < main.end; t++ {
		if u := w.doc.Tokens[t].UPOS; u == ud.VERB || u == ud.AUX {
			verbs = 1
		}
	}
	b.add(34, verbs, up, shape)
	b.add(35, verbs, n, order)
}

// cover marks cues that lie in the content of a surer one.
func (w *work) cover() {
	for i := range w.cues {
		c := &w.cues[i]
		from, to := w.near(i)
		for j := from; j < to; j++ {
			o := &w.cues[j]
			if i != j && o.score > c.score && (o.left.holds(c.head) || o.right.holds(c.head)) {
				c.covered = true
			}
		}
	}
}

// settle keeps the cues that hold up. One that lies in the content of a kept
// statement needs less: PolNeAR, from which the judgement is learned, marks
// outermost statements only.
func (w *work) settle() {
	w.cover()
	for i := range w.cues {
		w.judge(&w.cues[i])
	}
	for i := range w.cues { // what only a doubtful statement covers is not covered
		if c := &w.cues[i]; c.covered && c.worth < 0 && !w.insideKept(i) {
			c.covered = false
			w.judge(c)
		}
	}
	for i := range w.cues {
		c := &w.cues[i]
		c.dropped = c.worth < 0 && !w.plainAct(c)
		if c.dropped && c.score >= w.model(c.head).thresholds[cueThreshold] && w.insideKept(i) {
			c.dropped = false
		}
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
	for i := range w.cues {
		w.cues[i].dropped = w.partOf(i) || w.tellsTelling(i) || w.tellsNothing(i)
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
	w.pairVerbs()
}

// tellsNothing reports a noun with a clause that is not what it says: in "an allegation
// that Cotonou denied" nothing is alleged by "that", and "called on its supporters to
// gather" characterises nobody.
func (w *work) tellsNothing(i int) bool {
	c := &w.cues[i]
	if w.doc.Tokens[c.head].UPOS != ud.NOUN || !c.left.empty() || c.right.empty() {
		return false
	}
	return w.onlyRelative(c.right) || w.doc.Tokens[c.right.first].Lemma == "to" && w.followers(c.head)
}

// followers reports those for or against somebody.

func (w *work) followers(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Lemma {
	case "supporter", "opponent", "critic", "backer", "follower", "ally":
		return true
	}
	return false
}

// pairVerbs makes one cue of two verbs that share a complement: "agrees or
// disagrees with the plan", "denied and condemned the raid". The second stands
// right behind the first and its conjunction and has no subject of its own.
func (w *work) pairVerbs() {
	for i := range w.cues {
		c := &w.cues[i]
		tok := &w.doc.Tokens[c.head]
		if tok.UPOS != ud.VERB || tok.Deprel.Universal() != ud.Conj || tok.Head == casus.None || c.right.empty() || w.has(c.head, ud.Nsubj) {
			continue
		}
		from, to := w.near(i)
		for j := from; j < to; j++ {
			o := &w.cues[j]
			if j == i || o.head != tok.Head || o.dropped || c.head != o.span.end+1 || w.doc.Tokens[o.span.end].UPOS != ud.CCONJ {
				continue
			}
			o.span.end, o.right, c.dropped = c.span.end, c.right, true
			break
		}
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
}

// partOf reports a cue whose word another cue with the same content has taken
// in: the report of "withdrew its report that ..." is no second statement. Of two
// that have taken each other in, the surer stays.
func (w *work) partOf(i int) bool {
	c := &w.cues[i]
	from, to := w.near(i)
	for j := from; j < to; j++ {
		o := &w.cues[j]
		if j != i && !o.dropped && o.span.holds(c.head) && !c.right.empty() && o.right == c.right && (!c.span.holds(o.head) || o.worth >= c.worth) {
			return true
		}
	}
	return false
}

// tellsTelling reports a cue whose content is no more than who says it and that
// they do: in "Chad has a plan, the paper reported" nobody has said "the paper
// reported".
func (w *work) tellsTelling(i int) bool {
	c := &w.cues[i]
	r := c.right
	if r.empty() == c.left.empty() {
		return false
	}
	if r.empty() {
		r = c.left
	}
	from, to := w.near(i)
	for j := from; j < to; j++ {
		o := &w.cues[j]
		if j == i || o.dropped || o.source.empty() || !o.left.holds(c.head) && !o.right.holds(c.head) {
			continue
		}
		if r.first >= min(o.source.first, o.span.first) && r.end <= max(o.source.end, o.span.end) && r.holds(o.head) {
			return true
		}
	}
	return false
}

// judge says what a cue with its roles is worth: log odds above the threshold.
func (w *work) judge(c *cue) {
	m := w.model(c.head)
	w.acceptFeatures(c)
	c.worth = m.score(w.bag.f) - m.thresholds[acceptThreshold]
}

// clearly is how far below the threshold a plain act of speech may lie.
const clearly = -1.6

// plainAct keeps what the judgement, learned from the loose annotation of one
// corpus, doubts: an act of speech by its word ("threatened", "denies",
// "condemned") of somebody who can speak, with something said.
func (w *work) plainAct(c *cue) bool {
	if c.worth < clearly || c.covered {
		return false
	}
	if w.thatClause(c.head) {
		return true
	}
	if c.speaks == casus.None {
		return false
	}
	return c.framed || w.labels(c.head) || (w.actVerb(c.head) || w.intends(c.head)) && w.somebody(c.speaks) ||
		speaks(w.stance[c.head]) && w.demonstrative(c.head) != casus.None
}

// intends reports a word of plan or decision with an infinitive or a gerund:
// "the miners seek to stop the sale", "intent on leaving", "decided against
// leaving".
func (w *work) intends(t casus.TokenID) bool {
	if u := w.doc.Tokens[t].UPOS; u != ud.VERB && u != ud.ADJ || w.stance[t] != casus.Plan {
		return false
	}
	for k := range w.doc.Kids(t) {
		switch w.doc.Tokens[k].Deprel.Universal() {
		case ud.Xcomp, ud.Advcl:
			if m := w.doc.Kid(k, ud.Mark, ud.Case); k > t && m > t {
				switch l := w.doc.Tokens[m].Lemma; l {
				case "to":
					return w.doc.Tokens[t].UPOS == ud.VERB && w.doc.Tokens[k].Deprel.Universal() == ud.Xcomp
				case "on", "against":
					return w.doc.Tokens[k].XPOS == ud.XVBG
				}
			}
		}
	}
	return false
}

// labels reports a verb that gives its object a name with "as": "regards the
// drilling as a breach of its rights"; or a figure: "put the toll at four".
func (w *work) labels(t casus.TokenID) bool {
	prep := hashAs
	switch {
	case w.stance[t] == casus.Characterise:
		if k := w.doc.Kid(t, ud.Xcomp); k > t && w.doc.Tokens[k].UPOS.IsNominal() && (w.has(t, ud.Obj) || w.has(k, ud.Nsubj)) {
			return true // "termed the inspection a pretext"
		}
	case w.doc.Tokens[t].Lemma == "put":
		if w.putsFigure(t) {
			return true
		}
		prep = hashAt
	default:
		return false
	}
	for k := range w.doc.Kids(t) {
		if k <= t {
			continue
		}
		if w.lemma[k] == prep {
			return true
		}
		switch w.doc.Tokens[k].Deprel.Universal() {
		case ud.Obl, ud.Advcl, ud.Xcomp, ud.Nmod, ud.Obj, ud.Ccomp:
			for x := range w.doc.Kids(k) {
				if prep == hashAs && x > k && w.asOf(x) != casus.None {
					return true // a tree may hang "as a breach" on the object
				}
				if w.lemma[x] == prep && x < k && (prep == hashAs || w.doc.Tokens[k].UPOS == ud.NUM || w.has(k, ud.Nummod)) {
					return true
				}
			}
		}
	}
	return false
}

// putsFigure reports "put the army's losses at six dead" by the words, as a tree may
// hang the figure anywhere.
func (w *work) putsFigure(t casus.TokenID) bool {
	k := w.doc.Kid(t, ud.Obj)
	if k == casus.None || k < t {
		return false
	}
	switch w.doc.Tokens[k].Lemma {
	case "toll", "loss", "casualty", "figure", "number", "cost", "damage", "count", "total", "death", "price", "value":
	default:
		return false
	}
	end := w.sentenceOf(k).End
	for at := k + 1; at+1 < end && at < k+8; at++ {
		if w.lemma[at] == hashAt {
			u := w.doc.Tokens[at+1].UPOS
			return u == ud.NUM || u == ud.ADV || u == ud.SYM || u == ud.ADP || w.doc.Tokens[at+1].Lemma == "dozen"
		}
	}
	return false
}

// actVerb reports a verb that is by its meaning an act of speech.
func (w *work) actVerb(t casus.TokenID) bool {
	if w.doc.Tokens[t].UPOS != ud.VERB {
		return false
	}
	st := w.stance[t]
	if p := w.phrasal(t); p != casus.StanceNone {
		st = p // "took back its claim"
	}
	switch st {
	case casus.Deny, casus.Threaten, casus.Accuse, casus.Confirm, casus.Decline, casus.Warn, casus.Ask, casus.Evade, casus.Retract, casus.Announce:
		return true
	}
	return w.labels(t)
}

// somebody reports a word that names or stands for people or a body.
func (w *work) somebody(t casus.TokenID) bool {
	t = w.antecedent(t)
	return w.voice(t) || w.name[t] == casus.LOC || w.doc.Tokens[t].XPOS == ud.XPRP
}

func (w *work) insideKept(i int) bool {
	from, to := w.near(i)
	for j := from; j < to; j++ {
		o := &w.cues[j]
		if j != i && o.worth >= 0 && (o.left.holds(w.cues[i].head) || o.right.holds(w.cues[i].head)) {
			return true
		}
	}
	return false
}
