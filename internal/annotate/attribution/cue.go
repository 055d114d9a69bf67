package attribution

import (
	"slices"

	"casus"
	"casus/ud"
)

// cue is one word that reports, with all that is found around it. Token
// ranges are half open; a range with first == end is empty.
type cue struct {
	head   casus.TokenID
	span   tokens
	score  float32 // log odds that the word is a cue
	source tokens
	// speaks is the token that heads the source; None without.
	speaks      casus.TokenID
	left, right tokens   // content before and after the cue
	more        []tokens // content in other sentences, in text order
	rule        string
	stance      casus.Stance
	entity      casus.EntityID // speaker given by a rule; None: that of speaks
	id, by      int            // number of the cue; number of one that a rule says carries it, 0 without
	answers     []int          // numbers of the cues whose statements it denies or confirms
	parent      int            // index of the carrying cue, -1 without
	dropped     bool
	framed      bool    // source, cue and content stand in a frame that needs no tree
	outer       bool    // its head lies in a quotation and speaks for all of it
	covered     bool    // lies in the content of a surer cue
	sure        float32 // by how much the content beats none
	sureSource  float32 // by how much the source beats none
	worth       float32 // what settle thinks of the whole
}

// tokens is a half-open range of tokens.
type tokens struct{ first, end casus.TokenID }

func (r tokens) empty() bool                { return r.end <= r.first }
func (r tokens) holds(t casus.TokenID) bool { return r.first <= t && t < r.end }
func (r tokens) overlaps(o tokens) bool     { return r.first < o.end && o.first < r.end }

// mayCue reports whether the token is worth asking the model. Any verb may
// report ("the envoy bristled that ..."); other classes only by the table.
func (w *work) mayCue(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if w.deed(t) {
		return false
	}
	if p := w.proposal(t); p != nil && p.Probability >= 0.3 && !w.mark[t] {
		return true
	}
	switch tok.UPOS {
	case ud.VERB:
		return true
	case ud.NOUN, ud.ADJ, ud.ADP, ud.SCONJ:
		return w.stance[t] != casus.StanceNone
	case ud.PUNCT:
		return tok.Len() == 1 && w.doc.Text[tok.Start] == ':'
	}
	return false
}

// deed tells deeds from words done by the same verbs: an envoy is recalled, a day
// too; a camp is attacked with weapons, a plan with words; troops are withdrawn, or
// a claim.
func (w *work) deed(t casus.TokenID) bool {
	switch tok := &w.doc.Tokens[t]; tok.Lemma {
	case "withdraw", "withdrawal":
		return w.pullsOut(t)
	case "take": // "took back the town"
		return w.phrasal(t) == casus.Retract && w.pullsOut(t)
	case "recall":
		return tok.UPOS == ud.VERB && w.envoy(w.undergoer(t))
	case "attack":
		return w.ground(w.undergoer(t))
	}
	return false
}

// undergoer gives the object of a verb, and what a noun is "on".
func (w *work) undergoer(t casus.TokenID) casus.TokenID {
	switch w.doc.Tokens[t].UPOS {
	case ud.VERB:
		return w.doc.Kid(t, ud.Obj, ud.NsubjPass)
	case ud.NOUN:
		for k := range w.doc.Kids(t) {
			if w.doc.Tokens[k].Deprel.Universal() == ud.Nmod && w.doc.KidLemma(k, ud.Case, "on") != casus.None {
				return k
			}
		}
	}
	return casus.None
}

// pullsOut tells withdrawing troops from withdrawing a word: only what is itself
// a word of saying ("the claim", "his promise") or nothing but "it" is taken back.
func (w *work) pullsOut(t casus.TokenID) bool {
	for k := range w.doc.Kids(t) {
		tok := &w.doc.Tokens[k]
		switch r := tok.Deprel.Universal(); {
		case r == ud.Obj, tok.Deprel.IsPassiveSubject(), r == ud.Nmod && w.doc.KidLemma(k, ud.Case, "of") != casus.None:
			return w.stance[k] == casus.StanceNone && tok.UPOS != ud.PRON
		case r == ud.Ccomp:
			return false
		}
	}
	return true
}

// ground reports what is attacked with weapons, not with words: a place, a building,
// a vehicle, people who fight.
func (w *work) ground(t casus.TokenID) bool {
	if t == casus.None {
		return false
	}
	if w.name[t] == casus.LOC {
		return true
	}
	switch w.doc.Tokens[t].Lemma {
	case "camp", "base", "town", "city", "village", "post", "outpost", "convoy", "patrol", "position", "checkpoint", "barracks", "ship", "tanker", "vessel", "boat",
		"airport", "airfield", "port", "hospital", "school", "church", "mosque", "temple", "market", "station", "building", "house", "home", "depot", "refinery", "plant",
		"pipeline", "bridge", "vehicle", "bus", "car", "truck", "train", "soldier", "troop", "force", "garrison", "policeman", "guard", "peacekeeper", "villager", "civilian",
		"area", "district", "region", "embassy", "consulate", "prison", "settlement", "site", "target", "facility", "aircraft", "plane", "drone", "tank":
		return true
	}
	return false
}

// envoy reports somebody whom a state calls back.
func (w *work) envoy(t casus.TokenID) bool {
	if t == casus.None {
		return false
	}
	switch w.doc.Tokens[t].Lemma {
	case "ambassador", "envoy", "diplomat", "consul", "delegation", "negotiator", "attache", "attaché", "representative", "staff", "troop", "force", "soldier", "reservist":
		return true
	}
	return false
}

// frame sums up which complements a word has, in bits.
func (w *work) frame(t casus.TokenID) uint32 {
	doc, f := w.doc, uint32(0)
	for k := doc.Tokens[t].FirstKid; k != casus.None; k = doc.Tokens[k].NextKid {
		switch doc.Tokens[k].Deprel.Universal() {
		case ud.Ccomp:
			f |= 1
			if k < t {
				f |= 2
			}
		case ud.Xcomp:
			f |= 4
		case ud.Obj:
			f |= 8
		case ud.Parataxis:
			f |= 16
		case ud.Nsubj, ud.Csubj:
			f |= 32
			if doc.Tokens[k].Deprel.IsPassiveSubject() {
				f |= 64
			}
		case ud.Obl, ud.Nmod:
			f |= 128
		case ud.Acl, ud.Advcl:
			f |= 256
		}
	}
	return f
}

// subjectOf gives the subject of a word, looking through xcomp, conj and
// copulas: "he refused to comment", "Moscow denied it and said ...".
func (w *work) subjectOf(t casus.TokenID) (subj casus.TokenID, steps int) {
	doc := w.doc
	for steps = 0; steps < 4 && t != casus.None; steps++ {
		if s := doc.Kid(t, ud.Nsubj, ud.Csubj); s != casus.None {
			return s, steps
		}
		switch doc.Tokens[t].Deprel.Universal() {
		case ud.Xcomp, ud.Conj, ud.Advcl:
			t = doc.Tokens[t].Head
		case ud.Acl:
			return doc.Tokens[t].Head, steps + 1
		default:
			return casus.None, steps
		}
	}
	return casus.None, steps
}

// kindOf says what sort of speaker a token may be: its class, name label.
func (w *work) kindOf(t casus.TokenID) uint32 {
	if t == casus.None {
		return 0
	}
	return uint32(w.doc.Tokens[t].UPOS)<<4 | uint32(w.name[t]) + 1
}

func (w *work) lemmaAt(t casus.TokenID) uint32 {
	if t < 0 || int(t) >= len(w.lemma) {
		return 1
	}
	return w.lemma[t]
}

func (w *work) xposAt(t casus.TokenID) uint32 {
	if t < 0 || int(t) >= len(w.lemma) {
		return 1
	}
	return uint32(w.doc.Tokens[t].XPOS) + 2
}

// nearQuote tells where quotations stand from the token: inside one, right
// before, right after, elsewhere in the sentence.
func (w *work) nearQuote(t casus.TokenID) uint32 {
	if q := w.quote[t]; q != 0 {
		if w.quotes[q-1].scare {
			return 1
		}
		return 2
	}
	s, out := w.sentenceOf(t), uint32(0)
	for k := t + 1; k < s.End && k < t+8; k++ {
		if q := w.quote[k]; q != 0 {
			out = 4
			if k <= t+2 {
				out = 5
			}
			if w.quotes[q-1].scare {
				out += 2
			}
			break
		}
	}
	for k := t - 1; k >= s.First && k > t-8; k-- {
		if q := w.quote[k]; q != 0 {
			out |= 16
			if k >= t-3 {
				out |= 32
			}
			if w.quotes[q-1].scare {
				out |= 64
			}
			break
		}
	}
	return out
}

// cueFeatures describes a word that may be a cue.
func (w *work) cueFeatures(t casus.TokenID) {
	doc, b := w.doc, &w.bag
	tok, sent := &doc.Tokens[t], w.sentenceOf(t)
	b.reset(isCue)
	L, P, R := w.lemma[t], uint32(tok.XPOS), uint32(tok.Deprel)
	frame, quoted := w.frame(t), w.nearQuote(t)
	st := uint32(w.stance[t])
	w.cueWitness(t, L, st)
	b.add(1)
	b.add(2, L)
	b.add(3, L, P)
	b.add(4, L, R)
	b.add(5, P, R)
	b.add(6, L, frame)
	b.add(7, P, frame)
	b.add(8, st, frame)
	b.add(9, quoted, uint32(tok.UPOS))
	b.add(10, L, quoted)
	b.add(11, st, quoted)
	b.add(12, quoted, frame)
	b.add(13, L, w.lemmaAt(t+1))
	b.add(14, L, w.lemmaAt(t-1))
	b.add(15, w.lemmaAt(t+1), uint32(tok.UPOS))
	b.add(16, w.lemmaAt(t-1), uint32(tok.UPOS))
	b.add(17, w.xposAt(t-1), P, w.xposAt(t+1))
	b.add(18, L, w.xposAt(t+1), w.xposAt(t+2))
	b.add(19, L, w.lemmaAt(t+1), w.lemmaAt(t+2))
	subj, steps := w.subjectOf(t)
	kind := w.kindOf(subj)
	b.add(20, kind, uint32(steps), uint32(tok.UPOS))
	b.add(21, L, kind)
	b.add(22, st, kind, uint32(steps))
	if subj != casus.None {
		b.add(23, w.lemma[subj])
		b.add(24, w.lemma[subj], st)
	}
	w.cueKids(t, L, st)
	w.cueHeads(t, L, st)
	b.add(40, uint32(sent.Role), uint32(tok.UPOS), st)
	b.add(41, bucket(int(t-sent.First)), uint32(tok.UPOS))
	b.add(42, bucket(int(sent.End-t)), uint32(tok.UPOS))
	b.add(43, L, bucket(int(t-sent.First)))
	if tok.UPOS == ud.PUNCT {
		w.colonFeatures(t, sent)
	}
}

func (w *work) cueKids(t casus.TokenID, L, st uint32) {
	doc, b := w.doc, &w.bag
	for k := range doc.Kids(t) {
		kid := &doc.Tokens[k]
		r, side := uint32(kid.Deprel), flag(k > t)
		b.add(25, L, r, side)
		b.add(26, st, r, side)
		switch kid.Deprel.Universal() {
		case ud.Ccomp, ud.Xcomp, ud.Acl, ud.Advcl:
			m := uint32(0)
			if x := doc.Kid(k, ud.Mark); x != casus.None {
				m = w.lemma[x]
			}
			b.add(27, r, m, st)
			b.add(28, L, r, m)
			b.add(29, r, w.lemma[k])
		case ud.Obl, ud.Nmod:
			c := w.caseLemma(k)
			b.add(30, L, c)
			b.add(31, st, c)
			b.add(44, L, c, w.kindOf(k))
		case ud.Obj:
			b.add(32, L, w.kindOf(k))
			b.add(33, L, w.lemma[k])
			b.add(45, st, w.kindOf(k))
			b.add(46, w.lemma[k], uint32(doc.Tokens[t].UPOS))
		case ud.Aux, ud.Cop, ud.Advmod, ud.Mark, ud.CompoundPrt.Universal(), ud.Case, ud.Det:
			b.add(34, w.lemma[k], uint32(doc.Tokens[t].UPOS))
			b.add(35, L, w.lemma[k])
			b.add(47, st, w.lemma[k])
		}
	}
}

func (w *work) cueHeads(t casus.TokenID, L, st uint32) {
	doc, b := w.doc, &w.bag
	tok := &doc.Tokens[t]
	h := tok.Head
	if h == casus.None {
		b.add(36, 0)
		return
	}
	R := uint32(tok.Deprel)
	b.add(37, R, w.lemma[h])
	b.add(38, L, w.lemma[h])
	b.add(39, R, uint32(w.stance[h]), st)
	b.add(48, R, uint32(doc.Tokens[h].UPOS), w.frame(h))
	if w.inner[t] {
		return // known to be no outermost cue, and asked whether it is one all the same
	}
	// Inside the complement of a word that reports, a cue is not outermost.
	for steps := 0; h != casus.None && steps < 6; steps++ {
		r := doc.Tokens[t].Deprel.Universal()
		if r == ud.Ccomp || r == ud.Xcomp || r == ud.Parataxis {
			b.add(49, uint32(r), uint32(w.stance[h]), flag(h < t))
			b.add(50, uint32(r), w.lemma[h])
			return
		}
		t, h = h, doc.Tokens[h].Head
	}
}

// colonFeatures describes a colon: "Minister: Border Will Reopen".
func (w *work) colonFeatures(t casus.TokenID, sent *casus.Sentence) {
	b := &w.bag
	name := casus.NameNone
	verb := uint32(0)
	for k := sent.First; k < t; k++ {
		name = max(name, w.name[k])
		if u := w.doc.Tokens[k].UPOS; u == ud.VERB || u == ud.AUX {
			verb = 1
		}
	}
	last := casus.TokenID(len(w.lemma)) - 1
	next := min(t+1, last)
	b.add(60, uint32(name), verb, uint32(sent.Role))
	b.add(61, flag(t+1 >= sent.End), flag(w.quote[next] != 0), verb)
	b.add(62, bucket(int(t-sent.First)), verb, flag(t+1 >= sent.End))
	b.add(63, uint32(w.name[max(t-1, 0)]), w.xposAt(t-1), flag(w.quote[next] != 0))
	b.add(64, flag(w.doc.Tokens[t].Sent == 0), uint32(name), verb)
	b.add(65, flag(w.doc.Tokens[t].Sent == 0), bucket(int(t-sent.First)))
	b.add(66, w.xposAt(t+1), flag(w.name[next] != 0))
}

// growCue finds the run of words that belongs to the cue: auxiliaries,
// negation, adverbs on the left, particle and preposition on the right.
func (w *work) growCue(head casus.TokenID) tokens {
	s := w.sentenceOf(head)
	r := tokens{head, head + 1}
	for r.first > s.First && head-r.first < 8 && w.grows(growLeft, head, r, r.first-1) {
		r.first--
	}
	for r.end < s.End && r.end-head < 8 && w.grows(growRight, head, r, r.end) {
		r.end++
	}
	return r
}

func (w *work) grows(side decision, head casus.TokenID, r tokens, t casus.TokenID) bool {
	if w.doc.Tokens[t].UPOS == ud.NUM {
		return false // "spoke of | 22 wounded"
	}
	if tok := &w.doc.Tokens[t]; side == growRight && w.stance[head] == casus.Warn && tok.Head == head && tok.Deprel.Universal() == ud.Obl {
		return false // "cautioned against | travel to the border"
	}
	w.growFeatures(side, head, r, t)
	return w.model(head).score(w.bag.f) > 0
}

// growFeatures describes the next word t beside the run r.
func (w *work) growFeatures(side decision, head casus.TokenID, r tokens, t casus.TokenID) {
	doc, b := w.doc, &w.bag
	b.reset(side)
	tok := &doc.Tokens[t]
	beyond := t - 1
	if side == growRight {
		beyond = t + 1
	}
	L, T := w.lemma[head], w.lemma[t]
	size := uint32(r.end - r.first)
	up := doc.Tokens[head].UPOS
	// How the word hangs on the cue: a dependent, the cue's own head, a
	// preposition of a dependent, or not at all.
	link := uint32(0)
	switch h := tok.Head; {
	case h == head:
		link = 1
	case t == doc.Tokens[head].Head:
		link = 2
	case h != casus.None && doc.Tokens[h].Head == head:
		link = 3 + uint32(doc.Tokens[h].Deprel)
	case h != casus.None && r.holds(h):
		link = 90
	}
	R := uint32(tok.Deprel)
	w.growWitness(head, t, link)
	b.add(1, size)
	b.add(2, T, size)
	b.add(3, T, link)
	b.add(4, T, L)
	b.add(5, R, link, uint32(up))
	b.add(6, uint32(tok.XPOS), link, size)
	b.add(7, R, L)
	b.add(8, T, w.lemmaAt(beyond))
	b.add(9, T, w.xposAt(beyond), uint32(up))
	b.add(10, uint32(tok.XPOS), w.xposAt(beyond), link)
	b.add(11, R, uint32(doc.Tokens[head].Deprel), link)
	b.add(12, uint32(tok.XPOS), uint32(w.stance[head]), R)
	b.add(13, w.lemmaAt(r.first), w.lemmaAt(r.end-1), T)
	b.add(14, flag(w.quote[t] != 0), R)
	b.add(15, uint32(w.name[t]), R)
	b.add(16, L, w.xposAt(t), w.xposAt(beyond))
	b.add(17, uint32(w.stance[t]), link, uint32(up))
	b.add(18, w.frame(head), R, link)
}

// reach is how many cues before and behind a statement may have to do with it.
// It bounds the work on a text of any length.
const reach = 48

// near gives the cues around cue i, [from, to).
func (w *work) near(i int) (from, to int) { return max(0, i-reach), min(len(w.cues), i+reach+1) }

// around gives the cues around a token; the cues must be in order.
func (w *work) around(t casus.TokenID) (from, to int) {
	i, _ := slices.BinarySearchFunc(w.cues, t, func(c cue, t casus.TokenID) int { return int(c.head - t) })
	return w.near(i)
}

func (w *work) sortCues() {
	slices.SortStableFunc(w.cues, func(a, b cue) int { return int(a.head - b.head) })
}
