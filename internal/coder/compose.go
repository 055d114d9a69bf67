package coder

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// sentence codes one sentence: find the frames, let operators take their
// complements, drop what is no event of its own, resolve and write the rest.
func (s *scratch) sentence(id casus.SentenceID) {
	sent := &s.doc.Sentences[id]
	if sent.First == sent.End || sent.Role == casus.Dateline || sent.Role == casus.Byline {
		return
	}
	if !s.find(sent) {
		return
	}
	for i := range s.hits {
		h := &s.hits[i]
		if h.dead || h.inside {
			continue
		}
		s.code(h, id)
		if h.frame.op == opAccuse && h.content >= 0 {
			s.codeClaim(&s.hits[h.content], id)
		}
	}
}

// codeClaim writes the deed that somebody is accused of, where the statements
// hold it: "accused Chad of bombing the town" claims the bombing.
func (s *scratch) codeClaim(c *hit, id casus.SentenceID) {
	if c.frame.pos != 'v' || s.doc.StatementOf(c.tok) == casus.None {
		return
	}
	n := len(s.events)
	s.code(c, id)
	if len(s.events) > n {
		if ev := &s.events[n]; ev.Status == casus.Asserted {
			ev.Status = casus.Claimed
			s.evidence(ev, "status", "coder.status.accused", s.doc.Tokens[c.tok].Span, "an accusation")
		}
	}
}

// consume kills the noun hits that another frame has taken for its need: in
// "called off the strike" the strike is part of the trigger.
func (s *scratch) consume() {
	for i := range s.hits {
		h := &s.hits[i]
		for _, u := range h.used[:h.nused] {
			for j := range s.hits {
				if o := &s.hits[j]; j != i && o.tok == u && !s.contentOf(h, o) {
					o.dead = true
				}
			}
		}
		if h.light != casus.None {
			h.quiet = s.isAnyLight(h.light, classProvoke) && s.doc.Tokens[h.tok].Deprel != ud.NsubjPass
			for j := range s.hits { // the light verb is no event beside its noun
				if o := &s.hits[j]; o.tok == h.light && !h.dead {
					s.yield(h, o)
				}
			}
		}
	}
}

// contentOf reports an operator whose need is the very event it works on.
func (s *scratch) contentOf(h, o *hit) bool {
	return h.frame.op != opNone && h.frame.op != opAbsorb && o.frame.op != opAppeal && o.frame.op != opDemand
}

// yield decides between a noun and the verb that carries it: a frame of the
// verb that asks for such a noun wins, else the noun.
func (s *scratch) yield(noun, verb *hit) {
	if slices.Contains(verb.used[:verb.nused], noun.tok) || verb.frame.op != opNone {
		return
	}
	verb.dead = true
}

// auxiliaries marks the hits under "will", "would", "must".
func (s *scratch) auxiliaries() {
	for i := range s.hits {
		h := &s.hits[i]
		v := h.tok
		if h.light != casus.None {
			v = h.light
		}
		if h.frame == s.tab.must {
			continue
		}
		h.op, h.opTok = s.modal(v)
		if h.op == opNone {
			h.op = h.frame.op
		}
	}
}

// modal gives the operator that an auxiliary of the verb amounts to. A
// coordinated verb shares it: "will visit Oslo and sign a treaty".
func (s *scratch) modal(v casus.TokenID) (operator, casus.TokenID) {
	if k := s.perfectOf(v); k != casus.None && s.doc.Tokens[k].XPOS == ud.XMD && isFuture(s.doc.Tokens[k].Lemma) {
		return opIntent, k
	}
	for range 3 {
		neg, aux := false, casus.TokenID(casus.None)
		own := false
		for k := range s.doc.Kids(v) {
			tok := &s.doc.Tokens[k]
			switch {
			case tok.Deprel.Universal() == ud.Aux:
				own = true
				if isFuture(tok.Lemma) {
					aux = k
				}
				if tok.Lemma == "must" && s.reported(v) {
					return opDemand, k
				}
			case tok.Lemma == "not" || tok.Lemma == "never" || tok.Lemma == "n't":
				neg = true
			}
		}
		if aux != casus.None && neg && s.doc.Tokens[aux].Lemma != "would" {
			return opRefuse, aux
		}
		if aux != casus.None {
			return opIntent, aux
		}
		if tok := &s.doc.Tokens[v]; own || tok.Deprel != ud.Conj || tok.Head == casus.None || s.doc.HasKid(v, ud.Nsubj) {
			break
		}
		v = s.doc.Tokens[v].Head
	}
	return opNone, casus.None
}

// reported reports a clause that somebody says: "declared that Oslo must pay".
func (s *scratch) reported(v casus.TokenID) bool {
	if st := s.doc.StatementOf(v); st != casus.None {
		return s.doc.Statements[st].Speaker != casus.None
	}
	return s.doc.Tokens[v].Deprel == ud.Ccomp && s.doc.Tokens[v].Head != casus.None && s.doc.HasKid(s.doc.Tokens[v].Head, ud.Nsubj)
}

func isFuture(lemma string) bool {
	return lemma == "will" || lemma == "shall" || lemma == "would" || lemma == "'ll" || lemma == "wo"
}

// operators gives each operator its content: of the hits in its complement the
// nearest. Inner operators go first, so that "agreed to urge them to leave"
// composes from the inside out.
func (s *scratch) operators() {
	for i := len(s.hits) - 1; i >= 0; i-- {
		h := &s.hits[i]
		if h.dead || h.frame.op == opNone {
			s.swallowUsed(i)
			continue
		}
		if h.frame.op == opDemand && s.assures(h) {
			s.swallow(i)
			h.dead = true
			continue
		}
		if h.frame.op == opNothing || h.frame.op == opAppeal && s.questions(h.tok) {
			if !s.tellsOf(h) {
				s.swallow(i)
			}
			h.dead = true
			continue
		}
		if c := s.content(i); c >= 0 {
			h.content = c
			s.hits[c].inside = true
		} else if !h.frame.bare {
			h.dead = true
			continue
		}
		s.swallow(i)
	}
}

// questions reports a verb with a clause in "whether": who is asked whether he will
// help is asked for no help.
func (s *scratch) questions(t casus.TokenID) bool {
	for k := range s.doc.Kids(t) {
		if s.doc.KidLemma(k, ud.Mark, "whether") != casus.None {
			return true
		}
	}
	return false
}

// tellsOf reports an object with a clause of its own: who "denied claims that rebels
// had shelled the port" denies the shelling.
func (s *scratch) tellsOf(h *hit) bool {
	o := s.argOf(h, slotObj)
	if o == casus.None {
		return false
	}
	for k := range s.doc.Kids(o) {
		if r := s.doc.Tokens[k].Deprel.Universal(); k > o && (r == ud.Acl || r == ud.Ccomp) && s.doc.HasKid(k, ud.Nsubj, ud.NsubjPass) && s.doc.KidLemma(k, ud.Mark, "that") != casus.None {
			return true
		}
	}
	return false
}

// assures reports "insisted that he was ill": with a finite clause that holds
// no "must" it is a claim; "insisted that he leave" demands.
func (s *scratch) assures(h *hit) bool {
	if s.doc.Tokens[h.tok].Lemma != "insist" {
		return false
	}
	c := s.argOf(h, slotThat)
	if c == casus.None {
		return false
	}
	finite := s.finite(c)
	for k := range s.doc.Kids(c) {
		if tok := &s.doc.Tokens[k]; tok.Deprel.Universal() == ud.Aux || tok.Deprel == ud.Cop {
			if tok.Lemma == "must" || tok.Lemma == "should" {
				return false
			}
			finite = finite || s.finite(k) || tok.XPOS == ud.XMD
		}
	}
	return finite
}

func (s *scratch) finite(t casus.TokenID) bool {
	switch s.doc.Tokens[t].XPOS {
	case ud.XVBD, ud.XVBZ, ud.XVBP:
		return true
	}
	return false
}

// content finds the hit that the operator works on.
func (s *scratch) content(i int) int {
	h, best, depth := &s.hits[i], -1, 100
	for j := range s.hits {
		o := &s.hits[j]
		if j == i || o.dead || o.inside || s.qualifies(o) && !slices.Contains(h.used[:h.nused], o.tok) {
			continue // "agreed to give tariff concessions" is about no tariff
		}
		if d := s.complementDepth(h, o.tok); d >= 0 && d < depth && (d <= 4 || o.frame.pos == 'v') {
			best, depth = j, d
		}
	}
	return best
}

// qualifies reports an event noun that only says what kind of thing another is:
// a tariff concession; but the dialogue process is the dialogue.
func (s *scratch) qualifies(o *hit) bool {
	tok := &s.doc.Tokens[o.tok]
	if o.frame.pos != 'n' || tok.Deprel != ud.Compound || tok.Head == casus.None {
		return false
	}
	switch s.doc.Tokens[tok.Head].Lemma {
	case "process", "programme", "program", "campaign", "effort", "session", "round":
		return false
	}
	return !s.isAnyLight(tok.Head, classMeasure)
}

// complementDepth counts the steps from a token up to the operator; -1 when it
// does not stand in a complement: it must not be in the subject, in a relative
// clause, or in an adverbial clause other than of purpose.
func (s *scratch) complementDepth(h *hit, t casus.TokenID) int {
	left := t < h.tok
	for d := 0; t != casus.None && d < 12; d++ {
		if t == h.tok {
			return d
		}
		tok := &s.doc.Tokens[t]
		if left && tok.Head == h.tok && !tok.Deprel.IsPassiveSubject() && tok.Deprel != ud.Obj && tok.Deprel != ud.Amod && tok.Deprel != ud.Compound && tok.Deprel != ud.Ccomp {
			return -1
		}
		if tok.Head == h.tok && tok.Deprel == ud.Conj && tok.XPOS == ud.XVBG && s.doc.Tokens[h.tok].XPOS != ud.XVBG {
			return d + 1 // "accused them of lying, hiding the facts and shelling the town"
		}
		if tok.Head == h.tok && (tok.Deprel.IsSubject() && !tok.Deprel.IsPassiveSubject() && !slices.Contains(h.used[:h.nused], t) || tok.Deprel == ud.Conj || tok.Deprel == ud.Parataxis) {
			return -1
		}
		if tok.Deprel == ud.AclRelcl || tok.Deprel == ud.Advcl && s.adverbial(t) {
			return -1
		}
		if h.frame.op == opIntent && tok.Deprel == ud.Nmod && s.doc.KidLemma(t, ud.Case, "about") != casus.None { // "offered no details about the arrests"
			return -1
		}
		t = tok.Head
	}
	return -1
}

// adverbial reports a clause of time, reason or condition, which is no
// complement: "if", "after", "because".
func (s *scratch) adverbial(v casus.TokenID) bool {
	for k := range s.doc.Kids(v) {
		tok := &s.doc.Tokens[k]
		if tok.Deprel != ud.Mark && tok.Deprel != ud.Advmod && tok.Deprel != ud.Case {
			continue
		}
		switch tok.Lemma {
		case "if", "when", "after", "before", "because", "since", "while", "as", "until", "unless", "although", "though", "once",
			"whereas", "following", "despite", "by", "without":
			return true
		}
	}
	return false
}

// swallow takes the other hits of the complement out: what is demanded,
// promised or condemned is told once, by the operator.
func (s *scratch) swallow(i int) {
	h := &s.hits[i]
	for j := range s.hits {
		if o := &s.hits[j]; j != i && !o.dead && s.complementDepth(h, o.tok) >= 0 {
			o.inside = true
		}
	}
}

// swallowUsed takes out what stands in a clause that the frame itself asked
// for: "urged Rome to support Oslo" is one event.
func (s *scratch) swallowUsed(i int) {
	h := &s.hits[i]
	for _, u := range h.used[:h.nused] {
		if r := s.doc.Tokens[u].Deprel; h.dead || r != ud.Xcomp && r != ud.Ccomp && r != ud.Advcl {
			continue
		}
		for j := range s.hits {
			if o := &s.hits[j]; j != i && s.doc.Dominates(u, o.tok) {
				o.inside = true
			}
		}
	}
}

// prune kills the hits that are no events of their own.
func (s *scratch) prune() {
	for i := range s.hits {
		h := &s.hits[i]
		if h.dead || h.inside {
			continue
		}
		switch {
		case h.frame.dep && h.light == casus.None || h.frame.content:
			h.dead = true
		case s.modifier(h.tok) || s.conditional(h.tok):
			h.dead = true
		case h.frame.pos == 'n' && h.light == casus.None && !s.standsAlone(h):
			h.dead = true
		case h.frame.op == opIntent && h.content < 0 && s.doc.Tokens[h.tok].Deprel == ud.AclRelcl: // "the motion which Chad had proposed"
			h.dead = true
		case s.purpose(h.tok) || s.alleged(i) || s.toHimself(h):
			h.dead = true
		}
	}
}

// modifier reports a verb that only qualifies a noun: "the occupied valley",
// "Danish-backed rebels".
func (s *scratch) modifier(t casus.TokenID) bool {
	tok := &s.doc.Tokens[t]
	return tok.UPOS != ud.NOUN && !s.misread(t) && s.perfectOf(t) == casus.None && (tok.Deprel == ud.Amod || tok.Deprel == ud.Compound)
}

// conditional reports a trigger in a clause that has not come true: "if they
// attack", "unless he resigns", "before they disarm".
func (s *scratch) conditional(t casus.TokenID) bool {
	for range 4 {
		tok := &s.doc.Tokens[t]
		if tok.Deprel == ud.Advcl {
			for k := range s.doc.Kids(t) {
				switch s.doc.Tokens[k].Lemma {
				case "if", "unless", "until", "before", "whether":
					return true
				}
			}
		}
		if tok.Head == casus.None {
			return false
		}
		t = tok.Head
	}
	return false
}

// purpose reports an infinitive that only says what for: "a plan to fight
// smugglers", "came to attack". It is nobody's deed yet.
func (s *scratch) purpose(t casus.TokenID) bool {
	for range 3 {
		tok := &s.doc.Tokens[t]
		if (tok.Deprel == ud.Advcl || tok.Deprel == ud.Acl) && tok.XPOS != ud.XVBG && s.doc.KidLemma(t, ud.Mark, "to") != casus.None {
			return true
		}
		if tok.Deprel != ud.Conj && tok.Deprel != ud.Xcomp || tok.Head == casus.None {
			return false
		}
		t = tok.Head
	}
	return false
}

// toHimself reports violence that one does to oneself: "hanged himself" is no
// killing of anybody else. A frame may ask for it ("blew himself up").
func (s *scratch) toHimself(h *hit) bool {
	if h.frame.typ != ontology.ASSAULT && h.frame.typ != ontology.COERCE {
		return false
	}
	o := s.argOf(h, slotObj)
	if o == casus.None || slices.Contains(h.used[:h.nused], o) {
		return false
	}
	switch s.doc.Form(o) {
	case "himself", "herself", "itself", "themselves", "myself", "yourself":
		return true
	}
	return false
}

// alleged reports what somebody is held, charged or blamed for: in "was arrested
// for shelling the village" nobody says that the village was shelled.
func (s *scratch) alleged(i int) bool {
	t := s.hits[i].tok
	tok := &s.doc.Tokens[t]
	if tok.XPOS != ud.XVBG || tok.Deprel != ud.Advcl && tok.Deprel != ud.Acl || s.doc.KidLemma(t, ud.Mark, "for") == casus.None {
		return false
	}
	for j := range s.hits {
		if o := &s.hits[j]; o.tok == tok.Head && !o.dead {
			switch o.frame.typ {
			case ontology.ACCUSE, ontology.COERCE, ontology.SANCTION:
				return true
			}
		}
	}
	return false
}

// standsAlone reports an event noun that tells an event without a verb: it
// must name an actor ("Danish strikes on the port"), and not be a mere
// modifier ("strike aircraft").
func (s *scratch) standsAlone(h *hit) bool {
	switch s.doc.Tokens[h.tok].Deprel {
	case ud.Compound, ud.Flat, ud.Amod, ud.NmodDesc:
		return false
	}
	if s.isAnyLight(h.tok, classNoEvent) {
		return false
	}
	src, tgt := s.sides(h)
	if verbal(h.frame.typ) && h.frame.typ != ontology.THREATEN && h.frame.typ != ontology.CONSULT {
		return len(src.ids) > 0 && len(tgt.ids) > 0 || len(src.ids) > 1
	}
	if h.frame.typ == ontology.CONSULT && len(src.ids) == 0 {
		return len(tgt.ids) > 0 && len(s.experiencer(h, tgt).ids) > 0
	}
	return len(src.ids) > 0 || len(tgt.ids) > 0 && src.tok != casus.None
}

// code writes the event of a hit.
func (s *scratch) code(h *hit, id casus.SentenceID) {
	m := s.meaning(h)
	if m.typ == ontology.PloverNone {
		return
	}
	src, tgt := s.roles(h)
	if s.mereAppeal(&m) {
		return
	}
	if m.typ == ontology.PROTEST && s.diplomatic(h, src) {
		x, _ := ontology.FromCAMEO("114")
		m.typ, m.mode, m.code, m.contexts = ontology.ACCUSE, "disapprove", "114", union(slices.Clone(x.Contexts), []string{"diplomatic"})
	}
	if !s.enough(h, &m, src, tgt) {
		return
	}
	if (m.code == "114" || m.code == "166") && len(src.ids) > 0 && s.sameCountry(src.ids, tgt.ids) { // whose envoy is summoned or expelled is not the host
		tgt.ids = nil
	}
	if len(tgt.ids) == 0 {
		tgt = pick(tgt, s.earlierDoer(h, &m, src, id))
	}
	if len(tgt.ids) == 0 && src.tok != casus.None {
		tgt = pick(tgt, s.addressee(h, &m, src, id))
	}
	if len(tgt.ids) == 0 && len(src.ids) > 0 {
		tgt = pick(tgt, s.about(h, &m, src))
	}
	if len(src.ids) == 2 && len(tgt.ids) == 0 && !symmetric(m.typ) && (h.frame.recip || s.eachOther(h)) {
		for i := range 2 { // "exchanged fire": each at the other
			a, b := src, src
			a.ids, b.ids = src.ids[i:i+1:i+1], src.ids[1-i:2-i:2-i]
			s.write(h, &m, a, b, id)
		}
		return
	}
	s.write(h, &m, src, tgt, id)
}

// diplomatic reports a protest of states: "Chad protests over the raid" marches
// nowhere, it complains.
func (s *scratch) diplomatic(h *hit, src party) bool {
	if s.doc.Tokens[h.tok].Lemma != "protest" || len(src.ids) == 0 || src.slot != slotSubj && src.slot != slotPoss && src.slot != slotComp || s.doc.Tokens[src.tok].UPOS != ud.PROPN {
		return false
	}
	return !slices.ContainsFunc(src.ids, func(e casus.EntityID) bool { return s.doc.Entities[e].Kind != casus.State })
}

// eachOther reports an object that sends the deed back: "accused each other".
func (s *scratch) eachOther(h *hit) bool {
	for _, a := range h.args {
		if s.isReciprocal(a.tok) || a.tok > 0 && s.isReciprocal(a.tok-1) {
			return true
		}
	}
	return false
}

// isReciprocal reports the first word of "each other" and "one another".
func (s *scratch) isReciprocal(t casus.TokenID) bool {
	if int(t)+1 >= len(s.doc.Tokens) {
		return false
	}
	a, b := s.doc.Tokens[t].Lemma, s.doc.Tokens[t+1].Lemma
	return a == "each" && b == "other" || a == "one" && b == "another"
}

// earlier is how many sentences back a deed may be told that "the raid" takes
// up.
const earlier = 6

// earlierDoer gives the target of words about a deed told before: in "Chile
// condemned the raid" and "rejected the ultimatum" whoever did it, if that was
// told in this sentence or the two before.
func (s *scratch) earlierDoer(h *hit, m *meaning, src party, id casus.SentenceID) party {
	o := s.argOf(h, slotObj)
	if m.typ != ontology.ACCUSE && m.typ != ontology.REJECT || o == casus.None || !s.isAnyLight(o, classDeed) || s.doc.KidLemma(o, ud.Det, "the") == casus.None {
		return nobody
	}
	for i := len(s.events) - 1; i >= 0 && s.events[i].Sentence >= id-earlier; i-- {
		ev := &s.events[i]
		doer := ev.Source
		switch {
		case ev.Type == ontology.ACCUSE:
			doer = ev.Target // whoever is blamed for it
		case ev.Type == ontology.REJECT, ev.Type.Quad() != ontology.VerbalConflict && ev.Type.Quad() != ontology.MaterialConflict && ev.Type != ontology.AGREE:
			continue
		}
		if ids := s.foreign(slices.Clone(doer), src.ids); len(ids) > 0 {
			return party{ids: ids, tok: o, rule: "earlier-event"}
		}
	}
	return nobody
}

// addressee gives the other side of a threat or an apology that does not name
// it: whom the same side has just moved against, or who has just complained of
// it. "Chad moved tanks to the border of Niger. It warned that it would shoot."
func (s *scratch) addressee(h *hit, m *meaning, src party, id casus.SentenceID) party {
	threat, sorry := m.typ == ontology.THREATEN, m.typ == ontology.CONCEDE && m.code == "055"
	if !threat && !sorry {
		return nobody
	}
	if p := s.conditionOn(h, src); threat && len(p.ids) > 0 {
		return p
	}
	for i := len(s.events) - 1; i >= 0 && s.events[i].Sentence >= id-2; i-- {
		ev := &s.events[i]
		from, to := ev.Source, ev.Target
		if sorry {
			from, to = to, from
		}
		if q := ev.Type.Quad(); q != ontology.VerbalConflict && q != ontology.MaterialConflict || !s.sameCountry(from, src.ids) {
			continue
		}
		if ids := s.foreign(slices.Clone(to), src.ids); len(ids) > 0 {
			return party{ids: ids, tok: h.tok, rule: "earlier-event"}
		}
	}
	return nobody
}

// about gives the foreign country that words are about where they address
// nobody: "agreed to build a road in Niger", "rejected a call for sanctions on
// Chad".
func (s *scratch) about(h *hit, m *meaning, src party) party {
	switch m.typ {
	case ontology.AGREE, ontology.REJECT, ontology.REQUEST, ontology.ACCUSE:
	default:
		return nobody
	}
	for _, a := range h.args {
		if a.tok < h.tok || a.slot != slotObj && !isClause(a.slot) {
			continue
		}
		if ids := s.foreign(s.firstNamed(a.tok, src.ids), src.ids); len(ids) > 0 {
			return party{ids: ids, tok: a.tok, rule: "about"}
		}
	}
	return nobody
}

// conditionOn gives whom a threat wants to do something: "warned that sanctions
// would follow if Chad did not comply".
func (s *scratch) conditionOn(h *hit, src party) party {
	sent := &s.doc.Sentences[s.doc.Tokens[h.tok].Sent]
	for t := h.tok + 1; t < sent.End; t++ {
		tok := &s.doc.Tokens[t]
		if tok.Deprel != ud.Mark || tok.Lemma != "if" && tok.Lemma != "unless" || tok.Head == casus.None {
			continue
		}
		if sub := s.subjectOf(tok.Head); sub != casus.None {
			if ids := s.foreign(s.collect(nil, sub, 0), src.ids); len(ids) > 0 {
				return party{ids: ids, tok: sub, rule: "condition"}
			}
		}
	}
	return nobody
}

// sameCountry reports a country that both sides share.
func (s *scratch) sameCountry(a, b []casus.EntityID) bool {
	return slices.ContainsFunc(a, func(e casus.EntityID) bool {
		return s.homeOf(b, s.doc.Entities[e].Country) && s.doc.Entities[e].Country != ""
	})
}

// mereAppeal reports an appeal (CAMEO 02) for anything but help. It is words
// about what others should do and stays a statement; to ask for arms, money or
// troops is something that happens between two.
func (s *scratch) mereAppeal(m *meaning) bool {
	return m.typ == ontology.REQUEST && m.code[:2] == "02" && m.mode != "assist" && !s.opts.Appeals
}

// meaning is what an event is, after the operators.
type meaning struct {
	typ      ontology.Plover
	mode     string
	contexts []string
	code     string
	rule     string
	userType string
}

func (s *scratch) meaning(h *hit) meaning {
	f := h.frame
	m := meaning{f.typ, f.mode, slices.Clone(f.contexts), f.code, f.id, f.userType}
	if h.content >= 0 {
		c := &s.hits[h.content]
		op := f.op
		if op == opIntent && s.negated(c.tok) { // "vowed not to return the islands"
			op = opRefuse
		}
		m = s.apply(op, m, s.meaning(c))
	}
	if h.op != f.op && h.opTok != casus.None {
		op := h.op
		if op == opIntent && s.unless(h.tok) {
			op = opThreaten
		}
		if op == opIntent && s.nobodys(h, &m) {
			return m
		}
		m = s.apply(op, meaning{rule: "coder.modal"}, m)
	}
	return m
}

// nobodys reports a harm to come that nobody is said to intend: "will be
// arrested if he stays" is an arrest planned or possible, no threat.
func (s *scratch) nobodys(h *hit, m *meaning) bool {
	q := m.typ.Quad()
	return q == ontology.MaterialConflict && h.light == casus.None && s.passive(h.tok) && s.argOf(h, slotSubj) == casus.None
}

// unless reports a condition that the other side is to meet: "will pull out
// unless Chad pays" threatens, whatever is to be done.
func (s *scratch) unless(v casus.TokenID) bool {
	for k := range s.doc.Kids(v) {
		if s.doc.Tokens[k].Deprel == ud.Advcl && s.doc.KidLemma(k, ud.Mark, "unless") != casus.None {
			return true
		}
	}
	return false
}

// negated reports a verb with a negation of its own.
func (s *scratch) negated(v casus.TokenID) bool {
	for k := range s.doc.Kids(v) {
		if l := s.doc.Tokens[k].Lemma; l == "not" || l == "never" || l == "n't" {
			return true
		}
	}
	return false
}

// apply lets an operator work on a content.
func (s *scratch) apply(op operator, own, c meaning) meaning {
	if op == opAbsorb {
		return own
	}
	if op == opRefuse && c.typ == ontology.ACCUSE { // a denial is a statement
		return meaning{}
	}
	if op == opDecide {
		switch c.typ {
		case ontology.CONSULT, ontology.SUPPORT, ontology.COOPERATE, ontology.AID:
			return s.apply(opIntent, own, c)
		}
	}
	if through(op) {
		c.rule = own.rule + "+" + c.rule
		return c
	}
	code := s.tab.operate(op, c.code)
	if code == "" && op == opThreaten && own.typ == ontology.PloverNone {
		code = "130"
	}
	if code == "" {
		if own.typ == ontology.PloverNone {
			own.typ, own.mode, own.code = c.typ, c.mode, c.code
		}
		own.contexts = union(own.contexts, c.contexts)
		own.rule += "+" + c.rule
		return own
	}
	x, _ := ontology.FromCAMEO(code)
	if _, ok := x.Type.Mode(c.mode); ok && x.Type == ontology.THREATEN { // CAMEO has no code for a threat of arrest
		x.Mode = c.mode
	}
	return meaning{x.Type, x.Mode, union(union(own.contexts, c.contexts), x.Contexts), code, own.rule + "+" + c.rule, own.userType}
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// roles resolves the sides of a hit and fills what is open from its content:
// "agreed to lend Chad money" has its target inside.
func (s *scratch) roles(h *hit) (src, tgt party) {
	src, tgt = s.sides(h)
	if h.op == opDemand && h.opTok != casus.None { // who must do it is asked, by who says so
		src, tgt = s.sayer(h.tok), src
	}
	if len(src.ids) == 0 {
		src = pick(src, s.byPronoun(src, h.tok))
	}
	if len(src.ids) == 0 && h.frame.typ == ontology.THREATEN && h.frame.pos != 'v' { // "all options are on the table": who says it threatens
		src = pick(src, s.sayer(h.tok))
	}
	if h.frame.pos == 'n' && h.frame.typ == ontology.CONSULT && len(src.ids) == 0 { // "freed them after talks with Oslo"
		src = pick(src, s.experiencer(h, tgt))
	}
	if h.quiet && len(tgt.ids) == 0 {
		tgt = pick(tgt, s.doerBefore(h, src))
	}
	for c := h.content; c >= 0; c = s.hits[c].content {
		in := &s.hits[c]
		isrc, itgt := s.sides(in)
		if len(src.ids) == 0 && (h.frame.pos == 'n' || through(h.frame.op)) {
			src = pick(src, isrc)
		}
		if h.frame.op == opAccuse || h.frame.op == opAbsorb && !mutual(h.frame) { // "complained that a boat of Chad had crossed": the doer is to blame
			tgt = pick(tgt, s.foreignOnly(isrc, src.ids, len(tgt.ids) > 0))
		}
		if asks(h.frame.op) { // "demanded that Lima free the crew of Chile": the doer is asked
			isrc, itgt = itgt, isrc
		}
		if len(tgt.ids) == 0 {
			tgt = pick(tgt, without(itgt, src.ids))
		}
		if len(tgt.ids) == 0 && !through(h.frame.op) && h.frame.op != opIntent && h.frame.op != opThreaten && !mutual(h.frame) {
			tgt = pick(tgt, without(isrc, src.ids))
		}
	}
	return src, tgt
}

// mutual reports frames whose sides do it together, as the signing of a treaty:
// who drew the treaty up is no side of it.
func mutual(f *frame) bool { return symmetric(f.typ) && !slices.Contains(f.tgt, slotObj) }

// foreignOnly gives the party without those of the given countries; nobody
// where the place is taken already.
func (s *scratch) foreignOnly(p party, not []casus.EntityID, taken bool) party {
	if taken {
		return nobody
	}
	p.ids = s.foreign(slices.Clone(p.ids), not)
	return p
}

// doerBefore gives the doer of the deed told before in the sentence: what
// "has drawn criticism" stands there, even where the tree has lost the thread.
func (s *scratch) doerBefore(h *hit, src party) party {
	for i := len(s.hits) - 1; i >= 0; i-- {
		o := &s.hits[i]
		if o.tok >= h.tok || o.dead {
			continue
		}
		if p := s.side(o, o.frame.src, src.ids); len(p.ids) > 0 {
			p.rule = "deed-before"
			return p
		}
	}
	return nobody
}

// sayer gives who says the clause of the token.
func (s *scratch) sayer(t casus.TokenID) party {
	if st := s.doc.StatementOf(t); st != casus.None && s.doc.Statements[st].Speaker != casus.None {
		return party{ids: []casus.EntityID{s.doc.Statements[st].Speaker}, tok: t, rule: "speaker"}
	}
	for v := t; v != casus.None; v = s.doc.Tokens[v].Head {
		if tok := &s.doc.Tokens[v]; tok.Deprel == ud.Ccomp && tok.Head != casus.None {
			if sub := s.subjectOf(tok.Head); sub != casus.None {
				return party{ids: s.collect(nil, sub, 0), tok: sub, rule: "sayer"}
			}
			return nobody
		}
	}
	return nobody
}

// byPronoun lets "it", "he", "they" without an antecedent stand for the
// speaker of the statement: "Minsk said it would pay".
func (s *scratch) byPronoun(p party, t casus.TokenID) party {
	if p.tok == casus.None || s.doc.Tokens[p.tok].UPOS != ud.PRON {
		return nobody
	}
	switch s.doc.Tokens[p.tok].Lemma {
	case "it", "he", "she", "they", "we", "I":
		return s.sayer(t)
	}
	return nobody
}

func asks(op operator) bool { return op == opAppeal || op == opDemand }

// through reports operators that leave the complement what it is.
func through(op operator) bool { return op == opDecree || op == opBegin || op == opDecide }

func pick(old, p party) party {
	if len(p.ids) > 0 || old.tok == casus.None {
		return p
	}
	return old
}

func without(p party, ids []casus.EntityID) party {
	out := p
	out.ids = nil
	for _, e := range p.ids {
		if !slices.Contains(ids, e) {
			out.ids = append(out.ids, e)
		}
	}
	return out
}

// enough reports whether the participants carry an event. Words need an actor
// who speaks; deeds need at least one side that is named or is people.
func (s *scratch) enough(h *hit, m *meaning, src, tgt party) bool {
	if m.typ == ontology.CONSULT && len(src.ids) == 0 { // "Talk to a doctor"
		return false
	}
	if private(m.typ) && len(src.ids)+len(tgt.ids) > 0 && s.unknown(src.ids) && s.unknown(tgt.ids) {
		return false
	}
	if m.code == "042" && !s.placed(tgt.ids) { // "visited the church"
		return false
	}
	if len(src.ids) == 0 && s.mute(h, m, src) {
		return false
	}
	if len(src.ids) > 0 || len(tgt.ids) > 0 {
		return true
	}
	if s.subordinate(h.tok) && len(s.hits) > 1 {
		return false
	}
	if (m.typ == ontology.ASSAULT || m.typ == ontology.COERCE) && s.convoy(src.tok, tgt.tok) { // "the convoy was attacked"
		return true
	}
	if m.typ == ontology.MOBILIZE && s.people(s.argOf(h, slotObj)) { // "soldiers had been moved", by whom is not said
		return true
	}
	if symmetric(m.typ) && src.tok != casus.None && s.isAnyLight(src.tok, classPolity) { // "the three countries signed"
		return true
	}
	return s.people(src.tok) || s.people(tgt.tok)
}

// mute reports words whose subject cannot speak: "the ruling, which rejected the
// claims", "her death sparked outrage".
func (s *scratch) mute(h *hit, m *meaning, src party) bool {
	return verbal(m.typ) && h.frame.pos == 'v' && src.tok != casus.None && s.doc.Tokens[src.tok].UPOS == ud.NOUN &&
		!s.people(src.tok) && !s.isAnyLight(src.tok, classPolity) && !s.isAnyLight(src.tok, classVoice) && !s.passive(h.tok)
}

// private reports types that two people without an office do every day: a
// friend who helps is no event.
func private(p ontology.Plover) bool {
	switch p {
	case ontology.CONSULT, ontology.SUPPORT, ontology.COOPERATE:
		return true
	}
	return false
}

// unknown reports a side of nobody but people without an actor code.
func (s *scratch) unknown(ids []casus.EntityID) bool {
	return !slices.ContainsFunc(ids, func(e casus.EntityID) bool {
		return s.doc.Entities[e].Code != "" || s.doc.Entities[e].Kind != casus.Person
	})
}

// placed reports a side of which somebody has a country or is international.
func (s *scratch) placed(ids []casus.EntityID) bool {
	return slices.ContainsFunc(ids, func(e casus.EntityID) bool {
		c := s.doc.Entities[e].Code
		return c != "" && !strings.HasPrefix(string(c), ontology.OpenCountry)
	})
}

// convoy reports force as a party without a name: a convoy, a tanker.
func (s *scratch) convoy(toks ...casus.TokenID) bool {
	return slices.ContainsFunc(toks, func(t casus.TokenID) bool { return t != casus.None && s.isAnyLight(t, classForce) })
}

// subordinate reports a trigger in a relative, adverbial or participial clause.
func (s *scratch) subordinate(t casus.TokenID) bool {
	for range 3 {
		switch s.doc.Tokens[t].Deprel {
		case ud.AclRelcl, ud.Acl, ud.Advcl:
			return true
		case ud.Conj, ud.Xcomp:
			t = s.doc.Tokens[t].Head
			continue
		}
		break
	}
	return false
}

func (s *scratch) people(t casus.TokenID) bool {
	if t == casus.None {
		return false
	}
	if s.isAnyLight(t, classPerson) || s.doc.Tokens[t].UPOS == ud.NUM { // "killed at least 20"
		return true
	}
	c := s.counted(t)
	return c != casus.None && s.isAnyLight(c, classPerson)
}
