package coder

import (
	"slices"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// party is one side of an event: the entities found, the token they were found
// at (also when no entity stands there), and the rule.
type party struct {
	ids  []casus.EntityID
	tok  casus.TokenID
	slot slot
	rule string
}

var nobody = party{tok: casus.None}

// entity gives the entity that a token names, by a mention headed there or, in
// a wrong tree, by the mention around it.
func (s *scratch) entity(t casus.TokenID) casus.EntityID {
	if e := s.doc.EntityOf(t); e != casus.None {
		return e
	}
	e := s.within[t]
	if e == casus.None || !s.doc.Tokens[t].UPOS.IsNominal() {
		return casus.None
	}
	return e
}

// isActor reports a word of an entity that can take part in an event.
func (s *scratch) isActor(t casus.TokenID) bool {
	e := s.entity(t)
	return e != casus.None && s.acts(e)
}

// acts reports an entity that can take part in an event. A bare place acts
// only where its name stands for those who live or rule there.
func (s *scratch) acts(e casus.EntityID) bool {
	ent := &s.doc.Entities[e]
	return ent.Code != "" || len(ent.Members) > 0 || ent.Kind == casus.Person || ent.Kind == casus.State ||
		ent.Kind == casus.Org || ent.Kind == casus.Group || ent.Kind == casus.Role
}

// anyActor reports whether the phrase names an actor.
func (s *scratch) anyActor(t casus.TokenID) bool {
	var ids []casus.EntityID
	return len(s.collect(ids, t, 0)) > 0
}

// collect adds the actors of a noun phrase: the entity headed there with its
// coordinated ones, or else those that belong to it: "forces of Chad", "the
// Danish proposal", "a group of Kenyan officers".
func (s *scratch) collect(ids []casus.EntityID, t casus.TokenID, depth int) []casus.EntityID {
	if s.doc.Tokens[t].Lemma == "counterpart" {
		return s.counterpart(ids, t)
	}
	if e := s.entity(t); e != casus.None && s.acts(e) {
		ids = s.coordinated(s.addEntity(ids, e), t)
		return s.conjuncts(ids, t, depth)
	}
	if n := len(ids); depth < 3 {
		if ids = s.agentOf(ids, t); len(ids) > n { // whoever did it, not whom it was done to
			return ids
		}
		ids = s.collectKids(ids, t, depth)
	}
	return s.conjuncts(ids, t, depth)
}

// coordinated adds the states of coordinated modifiers beside the one that the
// mention holds: "Greek and Turkish envoys" are two sides.
func (s *scratch) coordinated(ids []casus.EntityID, t casus.TokenID) []casus.EntityID {
	for k := range s.doc.Kids(t) {
		if r := s.doc.Tokens[k].Deprel; r != ud.Amod && r != ud.Compound && (r != ud.Nmod || s.prep(k) != s.tab.preps["of"] && s.prep(k) != s.tab.preps["from"]) || !s.doc.HasKid(k, ud.Conj) {
			continue // "Greek and Turkish envoys", "the envoys of Greece and Turkey"
		}
		ids = s.otherState(ids, k)
		for c := range s.doc.Kids(k) {
			if s.doc.Tokens[c].Deprel == ud.Conj {
				ids = s.otherState(ids, c)
			}
		}
	}
	return ids
}

func (s *scratch) otherState(ids []casus.EntityID, t casus.TokenID) []casus.EntityID {
	e := s.doc.EntityOf(t)
	if e == casus.None || s.doc.Entities[e].Country == "" || s.doc.Entities[e].Media.Is {
		return ids
	}
	for _, x := range ids {
		if s.doc.Entities[x].Country == s.doc.Entities[e].Country {
			return ids
		}
	}
	return s.addEntity(ids, e)
}

func (s *scratch) addEntity(ids []casus.EntityID, e casus.EntityID) []casus.EntityID {
	if m := s.doc.Entities[e].Members; len(m) > 0 && s.doc.Entities[e].Code == "" {
		for _, x := range m {
			if !slices.Contains(ids, x) {
				ids = append(ids, x)
			}
		}
		return ids
	}
	if !slices.Contains(ids, e) {
		ids = append(ids, e)
	}
	return ids
}

// conjuncts adds the coordinated actors: "Ankara, Baku and Tbilisi".
func (s *scratch) conjuncts(ids []casus.EntityID, t casus.TokenID, depth int) []casus.EntityID {
	if depth > 3 {
		return ids
	}
	for k := range s.doc.Kids(t) {
		switch r := s.doc.Tokens[k].Deprel; {
		case r == ud.Conj && s.doc.Tokens[k].UPOS != ud.VERB:
			ids = s.collect(ids, k, depth+1)
		case r == ud.Appos && s.within[k] == s.within[t] && s.within[k] != casus.None: // "leader Ali Diaz and president Sow", hung on the name
			ids = s.conjuncts(ids, k, depth+1)
		}
	}
	return ids
}

// collectKids looks for the actor that a noun without an entity belongs to.
// The nearest kind of tie that gives one decides: possessor before adjective,
// compound before "of".
func (s *scratch) collectKids(ids []casus.EntityID, t casus.TokenID, depth int) []casus.EntityID {
	for _, tie := range [...]ud.Deprel{ud.Appos, ud.NmodPoss, ud.Amod, ud.Compound, ud.Flat, ud.Nmod} {
		n := len(ids)
		for k := range s.doc.Kids(t) {
			if tie == ud.Nmod && s.prep(k) != s.tab.preps["by"] && s.byPhrase(t) { // "the arrest of the baker by the army": the army's
				continue
			}
			if s.doc.Tokens[k].Deprel.Universal() != tie.Universal() || tie == ud.Nmod && !s.belongs(t, k) || tie == ud.NmodPoss && s.doc.Tokens[k].Deprel != tie {
				continue
			}
			if e := s.entity(k); e != casus.None && s.acts(e) {
				ids = s.conjuncts(s.addEntity(ids, e), k, depth+1)
			} else if tie != ud.Amod {
				ids = s.collectKids(ids, k, depth+1)
			}
		}
		if len(ids) > n {
			return ids
		}
	}
	return s.fromRelative(ids, t)
}

// counterpart gives whom "his counterpart from Niger" and "his Nigerien
// counterpart" are of: the other side, never the possessor's.
func (s *scratch) counterpart(ids []casus.EntityID, t casus.TokenID) []casus.EntityID {
	for k := range s.doc.Kids(t) {
		switch r := s.doc.Tokens[k].Deprel; {
		case r == ud.Appos || r == ud.Flat || r == ud.Amod || r == ud.Compound, r == ud.Nmod && s.belongs(t, k) || r == ud.Nmod && s.prep(k) == s.tab.preps["in"]:
			if e := s.entity(k); e != casus.None && s.acts(e) {
				ids = s.addEntity(ids, e)
			}
		}
	}
	if k := t + 2; len(ids) == 0 && k < s.doc.Sentences[s.doc.Tokens[t].Sent].End { // "from Estonia", hung on the verb
		switch s.doc.Tokens[t+1].Lemma {
		case "from", "of", "in":
			if e := s.entity(k); e != casus.None && s.acts(e) {
				ids = s.addEntity(ids, e)
			}
		}
	}
	if e := s.doc.EntityOf(t); len(ids) == 0 && e != casus.None && !s.doc.HasKid(t, ud.NmodPoss) && s.acts(e) {
		ids = s.addEntity(ids, e)
	}
	return ids
}

// byPhrase reports a noun with an actor in a by-phrase.
func (s *scratch) byPhrase(t casus.TokenID) bool {
	for k := range s.doc.Kids(t) {
		if s.doc.Tokens[k].Deprel.Universal() == ud.Nmod && s.prep(k) == s.tab.preps["by"] && s.entity(k) != casus.None {
			return true
		}
	}
	return false
}

// agentOf gives the doer in a participle on a deed: "crimes committed by the
// army", "the raid carried out by Chad".
func (s *scratch) agentOf(ids []casus.EntityID, t casus.TokenID) []casus.EntityID {
	for v := range s.doc.Kids(t) {
		if r := s.doc.Tokens[v].Deprel; r != ud.Acl && (r != ud.AclRelcl || !s.passive(v)) { // "the motion, which was proposed by Chad"
			continue
		}
		for k := range s.doc.Kids(v) {
			if tok := &s.doc.Tokens[k]; tok.Deprel == ud.OblAgent || tok.Deprel == ud.Obl && s.prep(k) == s.tab.preps["by"] {
				return s.collect(ids, k, 1)
			}
		}
	}
	return ids
}

// fromRelative gives the subject of the clause on a deed: "the proposal, which
// Rabat had made", "the plan that Oslo drew up".
func (s *scratch) fromRelative(ids []casus.EntityID, t casus.TokenID) []casus.EntityID {
	if !s.isAnyLight(t, classDeed) {
		return ids
	}
	for k := range s.doc.Kids(t) {
		if s.doc.Tokens[k].Deprel != ud.AclRelcl {
			continue
		}
		sub := s.doc.Kid(k, ud.Nsubj)
		if sub == casus.None {
			continue
		}
		if e := s.entity(sub); e != casus.None && s.acts(e) {
			ids = s.addEntity(ids, e)
		}
	}
	return ids
}

// belongs reports prepositions that tie a group to its owner or home: "forces
// of Chad"; "in" ties people only, a fire in Chad is not Chadian.
func (s *scratch) belongs(t, k casus.TokenID) bool {
	switch s.prep(k) {
	case s.tab.preps["of"], s.tab.preps["from"], s.tab.preps["by"], s.tab.preps["between"], s.tab.preps["among"]:
		return true
	case s.tab.preps["in"]:
		return s.isAnyLight(t, classPerson)
	}
	return false
}

// side resolves a role: the first slot that names an actor gives it; without
// one the first slot that is filled at all gives a side without a code.
func (s *scratch) side(h *hit, slots []slot, not []casus.EntityID) party {
	first := nobody
	for _, k := range slots {
		if h.content >= 0 && isClause(k) {
			continue // the content itself says more
		}
		for _, a := range h.args {
			if a.slot != k && (k != slotClause || a.slot != slotThat && a.slot != slotPurpose) || a.tok == h.tok {
				continue
			}
			if k >= firstPrep && slices.Contains(h.used[:h.nused], a.tok) && s.argOf(h, slotObj) == a.tok {
				continue // "up to 400 troops" is no direction
			}
			p := s.partyAt(a, not)
			if len(p.ids) > 0 {
				return p
			}
			if first.tok == casus.None && p.tok != casus.None && s.peopled(k, a.tok) {
				first = p
			}
		}
	}
	return first
}

func isClause(k slot) bool { return k == slotClause || k == slotThat || k == slotPurpose }

// peopled reports an argument without an entity that may still be a party:
// "three men", "the worshippers".
func (s *scratch) peopled(k slot, t casus.TokenID) bool {
	return k != slotAmod && k != slotComp && s.doc.Tokens[t].UPOS.IsNominal()
}

// argOf gives the first argument in a slot.
func (s *scratch) argOf(h *hit, k slot) casus.TokenID {
	for _, a := range h.args {
		if a.slot == k {
			return a.tok
		}
	}
	return casus.None
}

func (s *scratch) partyAt(a arg, not []casus.EntityID) party {
	p := party{tok: a.tok, slot: a.slot, rule: s.tab.slotName(a.slot)}
	for _, e := range s.actorsAt(a, not) {
		if !slices.Contains(not, e) {
			p.ids = append(p.ids, e)
		}
	}
	return p
}

// actorsAt gives the actors of an argument: of a clause its subject ("demanded
// that Lima pay"), of a purpose the first that it names ("marched to condemn
// the raid by Chad").
func (s *scratch) actorsAt(a arg, not []casus.EntityID) []casus.EntityID {
	switch a.slot {
	case slotClause, slotThat:
		if sub := s.subjectOf(a.tok); sub != casus.None {
			return s.collect(nil, sub, 0)
		}
		return s.firstNamed(a.tok, not)
	case slotPurpose:
		return s.firstNamed(a.tok, not)
	}
	return s.collect(nil, a.tok, 0)
}

// firstNamed gives the first actor in the text of a clause.
func (s *scratch) firstNamed(v casus.TokenID, not []casus.EntityID) []casus.EntityID {
	first, last := s.doc.Edges(v)
	for t := first; t < s.doc.Sentences[s.doc.Tokens[v].Sent].End; t++ {
		if t > last && s.clauseBreak(t) { // the tree may lose the end of the clause, not more
			break
		}
		if e := s.doc.EntityOf(t); e != casus.None && s.doc.Entities[e].Country != "" && !s.doc.Entities[e].Media.Is && !slices.Contains(not, e) {
			return s.addEntity(nil, e)
		}
	}
	return nil
}

func (t *table) slotName(k slot) string {
	if k >= firstPrep && int(k-firstPrep) < len(t.prepsBy) {
		return t.prepsBy[k-firstPrep]
	}
	for n, v := range slotNames {
		if v == k {
			return n
		}
	}
	return ""
}

// sides resolves both sides of a hit.
func (s *scratch) sides(h *hit) (src, tgt party) {
	f := h.frame
	srcSlots, tgtSlots := f.src, f.tgt
	if h.quiet { // "the raids drew criticism from": the subject is criticised
		srcSlots, tgtSlots = s.tab.turnedSrc, s.tab.turnedTgt
	}
	src = s.side(h, srcSlots, nil)
	if len(src.ids) == 0 && f.pos == 'v' && f.objNeed && s.passive(h.tok) { // "sanctions against Niger by Chad were announced"
		src = pick(src, s.side(h, []slot{s.tab.preps["by"]}, nil))
	}
	tgt = s.side(h, tgtSlots, src.ids)
	if p := s.blowAt(h, src, tgt); len(p.ids) > 0 {
		tgt = p
	}
	if tgt.tok == src.tok {
		tgt = nobody
	}
	if f.recip {
		s.reciprocal(h, &src, &tgt)
	}
	if len(src.ids) > 1 && symmetric(f.typ) {
		tgt.ids = s.foreign(tgt.ids, src.ids)
	}
	return src, tgt
}

// blowAt gives whom a blow fell on that is told with its toll: "Chad's raid on
// Niger killed ten" is on Niger.
func (s *scratch) blowAt(h *hit, src, tgt party) party {
	if h.frame.typ != ontology.ASSAULT || h.frame.pos != 'v' || src.tok == casus.None || s.placed(tgt.ids) || !s.isAnyLight(src.tok, classDeed) {
		return nobody
	}
	for k := range s.doc.Kids(src.tok) {
		if p := s.prep(k); p != s.tab.preps["on"] && p != s.tab.preps["against"] && p != s.tab.preps["of"] {
			continue
		}
		if ids := without(party{ids: s.collect(nil, k, 0)}, src.ids).ids; len(ids) > 0 {
			return party{ids: ids, tok: k, rule: "blow"}
		}
	}
	return nobody
}

// symmetric reports types whose sides do the same to each other.
func symmetric(p ontology.Plover) bool {
	return p == ontology.AGREE || p == ontology.CONSULT || p == ontology.SUPPORT || p == ontology.COOPERATE
}

// reciprocal reads "talks between A and B" and "A and B met".
func (s *scratch) reciprocal(h *hit, src, tgt *party) {
	if len(src.ids) > 0 && len(tgt.ids) > 0 {
		return
	}
	for _, a := range h.args {
		if a.slot != s.tab.preps["between"] && a.slot != s.tab.preps["among"] {
			continue
		}
		if p := s.partyAt(a, nil); len(p.ids) > 1 || len(p.ids) == 1 && len(src.ids) == 0 {
			*src, *tgt = p, nobody
			return
		}
	}
}
