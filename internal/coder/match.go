package coder

import (
	"slices"

	"casus"
	"casus/ud"
)

// hit is a frame found at a trigger.
type hit struct {
	frame   *frame
	tok     casus.TokenID
	light   casus.TokenID // verb that carries an event noun; None without
	args    []arg
	used    [4]casus.TokenID // tokens that the needs matched
	nused   int
	content int // hit that an operator works on; -1 without
	dead    bool
	inside  bool // swallowed by an operator
	op      operator
	opTok   casus.TokenID // auxiliary that works as an operator, None without
	quiet   bool          // provoke: roles turned round
}

// find collects the hits of a sentence in text order and lets operators work
// on them; false when there is none.
func (s *scratch) find(sent *casus.Sentence) bool {
	s.hits, s.args = s.hits[:0], s.args[:0]
	s.frames(sent)
	s.demands(sent)
	slices.SortStableFunc(s.hits, func(a, b hit) int { return int(a.tok - b.tok) })
	if len(s.hits) == 0 {
		return false
	}
	s.consume()
	s.auxiliaries()
	s.operators()
	s.prune()
	return true
}

func (s *scratch) frames(sent *casus.Sentence) {
	for t := sent.First; t < sent.End; t++ {
		w := s.info[t]
		if w == nil {
			continue
		}
		switch u := s.doc.Tokens[t].UPOS; {
		case len(w.verb) > 0 && (u == ud.VERB || u == ud.AUX):
			n := len(s.hits)
			s.match(t, casus.None, w.verb)
			if len(s.hits) == n { // "was prepared for war": participle or adjective
				s.participial(t, w)
			}
		case u == ud.NOUN && s.opposes(t) && s.doc.KidLemma(t, ud.Case, "in") != casus.None: // "in protest of": to be against
		case len(w.noun) > 0 && (u == ud.NOUN || u == ud.PROPN && sent.Role == casus.Headline):
			s.match(t, s.lightOf(t), w.noun)
		case len(w.adj) > 0 && (u == ud.ADJ || u == ud.VERB || u == ud.NOUN || u == ud.ADV):
			s.match(t, casus.None, w.adj)
		case len(w.verb) > 0 && u == ud.ADJ && (s.doc.HasKid(t, ud.AuxPass, ud.OblAgent) || s.perfectOf(t) != casus.None):
			s.match(t, casus.None, w.verb)
		}
	}
}

// demands adds a demand for each "must" that somebody says to others, over a
// verb that no frame knows: "said that Oslo must drop its barriers".
func (s *scratch) demands(sent *casus.Sentence) {
	if s.tab.must == nil {
		return
	}
	for t := sent.First; t < sent.End; t++ {
		tok := &s.doc.Tokens[t]
		if tok.Lemma != "must" || tok.Deprel.Universal() != ud.Aux || tok.Head == casus.None {
			continue
		}
		v := tok.Head
		if s.doc.Tokens[v].UPOS != ud.VERB || s.doc.HasKid(v, ud.AuxPass) || s.hitAt(v) || !s.reported(v) {
			continue
		}
		from := len(s.args)
		h := hit{frame: s.tab.must, tok: v, light: casus.None, content: -1, opTok: t, op: opDemand}
		h.args = slices.Clone(s.verbArgs(v))
		h.used[0], h.nused = t, 1
		s.args = s.args[:from]
		if o := s.argOf(&h, slotSubj); o == casus.None || !s.isKind(doerArg, o) && !s.anyActor(o) {
			continue // "science must serve as the foundation"
		}
		s.hits = append(s.hits, h)
	}
}

func (s *scratch) hitAt(t casus.TokenID) bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool { return h.tok == t })
}

// participial tries a participle as the adjective that it spells: the frames of
// "prepared" stand under that word, those of the verb under "prepare".
func (s *scratch) participial(t casus.TokenID, w *word) {
	if a := s.tab.words[s.doc.Form(t)]; len(w.adj) == 0 && a != nil {
		w = a
	}
	if len(w.adj) > 0 {
		s.match(t, casus.None, w.adj)
	}
}

// lightOf gives the light verb over an event noun: "carried out a raid", "a
// raid was launched"; also over "a series of raids". None without.
func (s *scratch) lightOf(t casus.TokenID) casus.TokenID {
	if v := s.carrierBefore(t); v != casus.None {
		return v
	}
	n := t
	for range 3 {
		tok := &s.doc.Tokens[n]
		if tok.Head == casus.None {
			return casus.None
		}
		switch r := tok.Deprel; {
		case r == ud.Obj || r == ud.NsubjPass || r == ud.Obl || r == ud.Xcomp:
			return s.lightVerb(n, tok.Head)
		case r == ud.Acl || r == ud.AclRelcl:
			return casus.None
		case r == ud.Conj && s.doc.Tokens[tok.Head].UPOS.IsNominal():
		case r == ud.Nmod && s.isAnyLight(tok.Head, classMeasure):
		default:
			return casus.None
		}
		n = tok.Head
	}
	return casus.None
}

// carrierBefore gives a finite light verb right before the phrase of the noun,
// where the tree has hung the noun on another: "raids on the camp ... have
// drawn criticism".
func (s *scratch) carrierBefore(t casus.TokenID) casus.TokenID {
	first := s.doc.Sentences[s.doc.Tokens[t].Sent].First
	v := t - 1
	for v >= first && (s.doc.Tokens[v].UPOS == ud.ADJ || s.doc.Tokens[v].UPOS == ud.DET) {
		v--
	}
	if v < first || s.doc.Tokens[v].UPOS != ud.VERB || s.doc.Tokens[t].Head == v || !s.isAnyLight(v, classProvoke) {
		return casus.None
	}
	if k := s.doc.Kid(v, ud.Aux); s.doc.Tokens[v].XPOS != ud.XVBD && (k == casus.None || s.doc.Tokens[k].Lemma != "have") {
		return casus.None
	}
	return v
}

func (s *scratch) lightVerb(n, v casus.TokenID) casus.TokenID {
	if s.doc.Tokens[n].Deprel == ud.Obl {
		if w := s.info[v]; w == nil || !s.engages(v, n) {
			return casus.None
		}
		return v
	}
	if s.isAnyLight(v, classLight) || s.isAnyLight(v, classDecree) || s.isAnyLight(v, classProvoke) {
		return v
	}
	return casus.None
}

// engages reports verbs that take the event noun behind a preposition: "took
// part in exercises", "engaged in talks", "resorted to force".
func (s *scratch) engages(v, n casus.TokenID) bool {
	switch s.doc.Tokens[v].Lemma {
	case "engage", "participate", "take", "resort", "enter", "embark", "meet", "go", "join":
		p := s.prep(n)
		return p != slotNone && (p == s.tab.preps["in"] || p == s.tab.preps["to"] || p == s.tab.preps["into"] || p == s.tab.preps["on"] || p == s.tab.preps["for"])
	}
	return false
}

func (s *scratch) isAnyLight(t casus.TokenID, class int) bool {
	w := s.info[t]
	return w != nil && w.classes.has(s.tab.named[class])
}

// match tries the frames of a trigger, the most specific first.
func (s *scratch) match(t, light casus.TokenID, frames []*frame) {
	from := len(s.args)
	var args []arg
	if s.doc.Tokens[t].UPOS.IsNominal() && frames[0].pos == 'n' {
		args = s.nounArgs(t, light)
	} else {
		args = s.verbArgs(t)
	}
	if frames[0].pos == 'a' { // "was prepared": who is prepared is no object
		for i := range args {
			if a := &args[i]; a.slot == slotObj && s.doc.Tokens[a.tok].Deprel == ud.NsubjPass {
				a.slot = slotSubj
			}
		}
	}
	h := hit{tok: t, light: light, content: -1, opTok: casus.None}
	for _, f := range frames {
		h.nused = 0
		if s.fits(f, args, &h) {
			h.frame, h.args = f, slices.Clone(args)
			h.op = f.op
			s.hits = append(s.hits, h)
			break
		}
	}
	s.args = s.args[:from]
}

func (s *scratch) fits(f *frame, args []arg, h *hit) bool {
	if f.pos == 'v' && s.otherVerb(f, h.tok) {
		return false
	}
	for i := range f.needs {
		tok, ok := s.meets(&f.needs[i], args, h.tok)
		if ok == f.needs[i].not {
			return false
		}
		if ok && tok != casus.None && h.nused < len(h.used) {
			h.used[h.nused] = tok
			h.nused++
		}
	}
	return true
}

// otherVerb reports a verb made another by a particle that the frame does not
// ask for: to kick off a drive is not to kick.
func (s *scratch) otherVerb(f *frame, v casus.TokenID) bool {
	k := s.doc.Kid(v, ud.CompoundPrt)
	if k == casus.None {
		return false
	}
	switch s.doc.Tokens[k].Lemma {
	case "off", "on", "away", "back", "along", "around":
	default:
		return false
	}
	for i := range f.needs {
		if slices.Contains(f.needs[i].slots, slotPrt) {
			return false
		}
	}
	return true
}

// meets looks for an argument that a need asks for.
func (s *scratch) meets(n *need, args []arg, trigger casus.TokenID) (casus.TokenID, bool) {
	for _, k := range n.slots {
		for _, a := range args {
			if a.slot != k && (k != slotClause || a.slot != slotThat) || a.surface && n.kind == noArg {
				continue
			}
			if t := s.filler(n, a.tok); t != casus.None {
				return t, true
			}
		}
		if k == slotPrt {
			if t := s.nextParticle(n, trigger); t != casus.None {
				return t, true
			}
		}
	}
	return casus.None, false
}

// nextParticle finds a particle that the tree has put elsewhere: directly
// behind the verb, or behind a short object ("called the strike off").
func (s *scratch) nextParticle(n *need, v casus.TokenID) casus.TokenID {
	end := s.doc.Sentences[s.doc.Tokens[v].Sent].End
	for t := v + 1; t < end && t <= v+4; t++ {
		tok := &s.doc.Tokens[t]
		if slices.Contains(n.words, tok.Lemma) && (t == v+1 || tok.Head == v) {
			return t
		}
	}
	return casus.None
}

// filler gives the token that satisfies the need in the phrase headed by t:
// the head, what a measure noun counts, or a coordinated head.
func (s *scratch) filler(n *need, t casus.TokenID) casus.TokenID {
	if n.kind == noArg {
		return t
	}
	for range 3 {
		if s.fills(n, t) {
			return t
		}
		if c := s.doc.Kid(t, ud.Conj); c != casus.None && s.fills(n, c) {
			return c
		}
		next := s.counted(t)
		if next == casus.None {
			break
		}
		t = next
	}
	return casus.None
}

func (s *scratch) fills(n *need, t casus.TokenID) bool {
	if n.kind != anyArg {
		return s.isKind(n.kind, t) || s.wordIn(n, t) || s.classesOf(t).meets(n.classes)
	}
	if n.words == nil && n.pairs == nil && n.classes.zero() {
		return true
	}
	if s.paired(n, t) {
		return true
	}
	if s.wordIn(n, t) {
		return true
	}
	return s.classesOf(t).meets(n.classes)
}

func (s *scratch) wordIn(n *need, t casus.TokenID) bool {
	return n.words != nil && s.info[t] != nil && slices.Contains(n.words, s.info[t].lemma)
}

func (s *scratch) isKind(k argKind, t casus.TokenID) bool {
	if s.trusting {
		return s.doc.Tokens[t].UPOS.IsNominal()
	}
	switch k {
	case actorArg:
		return s.anyActor(t)
	case humanArg:
		e := s.entity(t)
		return s.isAnyLight(t, classPerson) || e != casus.None && (s.doc.Entities[e].Kind == casus.Person || s.doc.Entities[e].Kind == casus.Role || s.doc.Entities[e].Kind == casus.Group)
	case doerArg:
		e := s.doc.EntityOf(t)
		return e != casus.None && s.acts(e) || s.isAnyLight(t, classPerson) || s.isAnyLight(t, classForce)
	}
	if s.isAnyLight(t, classPerson) {
		return true
	}
	e := s.entity(t)
	return e == casus.None && (s.plural(t) || s.owned(t)) && s.anyActor(t) || e != casus.None && s.acts(e) && s.doc.Entities[e].Kind != casus.State && s.doc.Entities[e].Kind != casus.PlaceEntity
}

// plural reports a noun in the plural: "Danish landowners" are people, "the
// imagination of men" is not.
func (s *scratch) plural(t casus.TokenID) bool {
	x := s.doc.Tokens[t].XPOS
	return x == ud.XNNS || x == ud.XNPS
}

// owned reports a noun with an owner before it: a Chadian ship.
func (s *scratch) owned(t casus.TokenID) bool {
	for k := range s.doc.Kids(t) {
		if r := s.doc.Tokens[k].Deprel; k < t && (r == ud.Amod || r == ud.Compound || r == ud.NmodPoss) && s.doc.EntityOf(k) != casus.None {
			return true
		}
	}
	return false
}

// paired reports a noun with a modifier that the need names.
func (s *scratch) paired(n *need, t casus.TokenID) bool {
	for _, p := range n.pairs {
		if s.doc.Tokens[t].Lemma != p[1] {
			continue
		}
		for k := range s.doc.Kids(t) {
			if r := s.doc.Tokens[k].Deprel; s.doc.Tokens[k].Lemma == p[0] && (r == ud.Amod || r == ud.Compound) {
				return true
			}
		}
	}
	return false
}

// counted steps from a measure to what is measured: "thousands of troops".
func (s *scratch) counted(t casus.TokenID) casus.TokenID {
	if !s.isAnyLight(t, classMeasure) && s.doc.Tokens[t].UPOS != ud.NUM {
		return casus.None
	}
	for k := range s.doc.Kids(t) {
		if s.doc.Tokens[k].Deprel.Universal() == ud.Nmod && k > t {
			return k
		}
	}
	if int(t)+1 < len(s.doc.Tokens) && s.doc.Tokens[t+1].Lemma == "of" && s.doc.Tokens[t+1].Sent == s.doc.Tokens[t].Sent {
		return s.nextNoun(t + 1) // "a series of bombs", the bombs hung elsewhere
	}
	return casus.None
}

// classesOf gives the classes of a noun, those it has together with a modifier
// included: a group is people, a naval group is force.
func (s *scratch) classesOf(t casus.TokenID) bits {
	var b bits
	if w := s.info[t]; w != nil {
		b = w.classes
	}
	for k := range s.doc.Kids(t) {
		if r := s.doc.Tokens[k].Deprel; r != ud.Amod && r != ud.Compound {
			continue
		}
		if m := s.tab.mods[s.doc.Tokens[k].Lemma]; m != nil {
			b = b.or(m[s.doc.Tokens[t].Lemma])
		}
	}
	return b
}
