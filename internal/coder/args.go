package coder

import (
	"slices"

	"casus"
	"casus/ud"
)

// arg is one argument of a trigger: the slot and the token that heads it.
type arg struct {
	slot    slot
	tok     casus.TokenID
	surface bool // read off the order of words, not off the tree
}

// verbArgs collects the arguments of a verb or predicate adjective, those it
// shares with a governing or coordinated verb included. Of two arguments in
// one slot the nearer in the tree comes first.
func (s *scratch) verbArgs(t casus.TokenID) []arg {
	from := len(s.args)
	s.kidArgs(t)
	if s.postnominal(t) {
		s.add(slotObj, t-1)
	}
	s.sharedArgs(t, from)
	passive := s.passive(t)
	if !passive && !s.has(slotObj, from) {
		s.raised(t)
		s.reducedRelative(t, from)
	}
	if h := s.perfectOf(t); h != casus.None {
		s.perfectArgs(t, h)
		return s.args[from:]
	}
	if !s.has(slotClause, from) {
		s.add(slotClause, s.infinitive(t))
	}
	if s.misread(t) {
		s.add(slotObj, s.doc.Tokens[t].Head)
		s.add(slotSubj, s.phraseHead(t-1, t))
		s.surfaceArgs(t, false)
		return s.args[from:]
	}
	if passive && !s.has(slotObj, from) {
		s.add(slotObj, s.coordinatedSubject(t))
	}
	if n := s.nextNoun(t); !passive && n != casus.None {
		s.args = append(s.args, arg{slotObj, n, true})
	}
	if !s.has(slotSubj, from) && !passive {
		s.add(slotSubj, s.nounBefore(t))
	}
	s.surfaceArgs(t, passive)
	return s.args[from:]
}

// reducedRelative adds the noun that a relative clause without a pronoun is on:
// "the rebels it is fighting".
func (s *scratch) reducedRelative(t casus.TokenID, from int) {
	tok := &s.doc.Tokens[t]
	if tok.Deprel == ud.AclRelcl && s.has(slotSubj, from) && !s.relativeKid(t) && tok.Head < t && !s.temporal(tok.Head) {
		s.add(slotObj, tok.Head)
	}
}

// raised adds what a verb without an object shares with the verb coordinated
// behind it: "seized and later sold the boats to Chad".
func (s *scratch) raised(t casus.TokenID) {
	v := s.doc.Kid(t, ud.Conj)
	if v == casus.None || s.doc.Tokens[v].UPOS != ud.VERB || s.doc.HasKid(v, ud.Nsubj, ud.NsubjPass) || s.passive(v) {
		return
	}
	for k := t + 1; k < v; k++ { // nothing but adverbs, auxiliaries and a lone preposition between
		switch s.doc.Tokens[k].UPOS {
		case ud.CCONJ, ud.ADV, ud.AUX, ud.ADP, ud.PUNCT:
		default:
			return
		}
	}
	for k := range s.doc.Kids(v) {
		if r := s.doc.Tokens[k].Deprel; k > v && (r == ud.Obj || r == ud.Iobj || r == ud.Obl) {
			s.add(s.verbSlot(k, false), k)
		}
	}
}

// coordinatedSubject gives the subject that "and was attacked" shares with the
// clause before, where the tree does not show it.
func (s *scratch) coordinatedSubject(v casus.TokenID) casus.TokenID {
	first := s.doc.Sentences[s.doc.Tokens[v].Sent].First
	if v < first+3 || s.doc.Tokens[v-1].UPOS != ud.AUX || s.doc.Tokens[v-2].UPOS != ud.CCONJ {
		return casus.None
	}
	for t := v - 3; t >= first; t-- {
		if s.doc.Tokens[t].Deprel.IsSubject() {
			return s.antecedent(t)
		}
	}
	return casus.None
}

// nounBefore gives the noun that stands right before a finite verb and its
// auxiliaries, where the tree has no subject.
func (s *scratch) nounBefore(v casus.TokenID) casus.TokenID {
	if x := s.doc.Tokens[v].XPOS; x != ud.XVBD && x != ud.XVBZ && x != ud.XVBP && !s.doc.HasKid(v, ud.Aux) && s.doc.Tokens[v].Deprel != ud.Root {
		return casus.None
	}
	first := s.doc.Sentences[s.doc.Tokens[v].Sent].First
	for t := v - 1; t >= first; t-- {
		switch tok := &s.doc.Tokens[t]; tok.UPOS {
		case ud.AUX, ud.ADV, ud.PART:
		case ud.NOUN, ud.PROPN:
			if s.temporal(t) { // "Iran today threatened"
				continue
			}
			return s.phraseHead(t, v)
		case ud.PRON:
			return s.antecedent(t)
		default:
			return casus.None
		}
	}
	return casus.None
}

// temporal reports a token of a time expression.
func (s *scratch) temporal(t casus.TokenID) bool {
	sp := s.doc.Tokens[t].Span
	from, to := inSentence(s.doc, s.doc.Tokens[t].Sent, s.doc.Times, func(tm *casus.Time) casus.Pos { return tm.Start })
	return slices.ContainsFunc(s.doc.Times[from:to], func(tm casus.Time) bool { return tm.Span.Overlaps(sp) })
}

// phraseHead climbs from the last noun before a verb to the head of its
// phrase: in "police in Oslo seized" from Oslo to the police.
func (s *scratch) phraseHead(t, v casus.TokenID) casus.TokenID {
	for range 4 {
		h := s.doc.Tokens[t].Head
		if h == casus.None || h > v || !s.doc.Tokens[h].UPOS.IsNominal() || s.temporal(h) {
			break
		}
		if s.doc.Tokens[t].Deprel == ud.Appos && s.doc.HasKid(h, ud.Case) { // "with the end of hostilities, the rebels agreed"
			break
		}
		t = h
	}
	return t
}

// surfaceArgs adds the prepositional phrases that follow the trigger and hold
// a mention, wherever the tree has hung them: "sent arms to Peru last year".
// They stand behind the arguments of the tree and are taken only where it
// gives none.
func (s *scratch) surfaceArgs(t casus.TokenID, passive bool) {
	end := min(s.doc.Sentences[s.doc.Tokens[t].Sent].End, t+16)
	for k := t + 1; k < end; k++ {
		tok := &s.doc.Tokens[k]
		if s.clauseBreak(k) {
			return
		}
		if tok.UPOS != ud.ADP && tok.Deprel != ud.Case || tok.Deprel == ud.Fixed { // "up to 400 men" is no direction
			continue
		}
		p, ok := s.tab.preps[tok.Lemma]
		if !ok {
			continue
		}
		if passive && tok.Lemma == "by" {
			p = slotSubj
		}
		if tok.Lemma == "by" && s.ofOtherDeed(t, tok.Head) {
			continue
		}
		s.add(p, s.mentionAfter(k, end))
	}
}

// ofOtherDeed reports a phrase that the tree hangs on an event noun behind the
// trigger: in "rallies against the violations by the army" the army violates.
func (s *scratch) ofOtherDeed(t, n casus.TokenID) bool {
	if n == casus.None || s.doc.Tokens[n].Head == casus.None {
		return false
	}
	h := s.doc.Tokens[n].Head
	return h > t && s.doc.Tokens[h].UPOS == ud.NOUN && s.info[h] != nil && (len(s.info[h].noun) > 0 || !s.info[h].classes.zero())
}

// clauseBreak reports a token that begins another clause.
func (s *scratch) clauseBreak(k casus.TokenID) bool {
	tok := &s.doc.Tokens[k]
	switch tok.XPOS {
	case ud.XVBD, ud.XVBZ, ud.XVBP, ud.XMD:
		return true
	}
	return tok.UPOS == ud.SCONJ || tok.UPOS == ud.PRON && isRelative(tok.Lemma)
}

// mentionAfter gives the last noun of the mention that begins within three
// tokens of the preposition.
func (s *scratch) mentionAfter(k, end casus.TokenID) casus.TokenID {
	for j := k + 1; j < end && j <= k+4; j++ {
		e := s.within[j]
		if e == casus.None {
			if u := s.doc.Tokens[j].UPOS; u == ud.DET || u == ud.ADJ || u == ud.NUM || u == ud.PRON {
				continue
			}
			return casus.None
		}
		last := casus.TokenID(casus.None)
		for ; j < end && s.within[j] == e; j++ {
			if s.doc.Tokens[j].UPOS.IsNominal() {
				last = j
			}
		}
		return last
	}
	return casus.None
}

// misread reports a finite verb that the tree takes for a participle on its
// object: "the court cancelled restrictions" is no "court of cancelled
// restrictions" when the noun before belongs elsewhere.
func (s *scratch) misread(t casus.TokenID) bool {
	tok := &s.doc.Tokens[t]
	if tok.Deprel != ud.Amod || tok.UPOS != ud.VERB || t == 0 || tok.Head < t {
		return false
	}
	prev := &s.doc.Tokens[t-1]
	return prev.Sent == tok.Sent && (prev.UPOS == ud.NOUN || prev.UPOS == ud.PROPN) && prev.Head != tok.Head
}

// perfectOf gives the verb that governs one which the tree takes for a
// modifier of its own object: "rebels have seized boats" as a having of boats
// that were seized, "began collecting signatures" and "failed to reach
// agreement" as a beginning of signatures and a failing of agreement. None
// where the tree is whole.
func (s *scratch) perfectOf(t casus.TokenID) casus.TokenID {
	tok := &s.doc.Tokens[t]
	if tok.Deprel != ud.Amod && (tok.Deprel != ud.Compound || tok.XPOS != ud.XVB) || tok.Head < t || tok.UPOS != ud.VERB && tok.UPOS != ud.ADJ {
		return casus.None
	}
	first := s.doc.Sentences[tok.Sent].First
	if v := t - 2; v >= first && (tok.XPOS == ud.XVB || tok.XPOS == ud.XVBG) && s.doc.Tokens[t-1].Lemma == "to" && s.doc.Tokens[v].UPOS == ud.VERB {
		return v
	}
	if v := t - 1; v >= first && tok.XPOS == ud.XVBG && s.begins(v) {
		return v
	}
	for k := t - 1; k >= first && k >= t-3; k-- {
		switch p := &s.doc.Tokens[k]; {
		case p.Lemma == "have":
			return k
		case p.Lemma == "be" && tok.XPOS == ud.XVBG:
			if s.doc.Form(k) != "been" { // "is investigating abuses"
				return k
			}
		case p.XPOS == ud.XMD: // "would free prisoners"
			return k
		case p.UPOS != ud.ADV:
			return casus.None
		}
	}
	return casus.None
}

// infinitive gives "reach" right behind "failed to", wherever the tree has hung
// it.
func (s *scratch) infinitive(v casus.TokenID) casus.TokenID {
	if t := v + 2; t < s.doc.Sentences[s.doc.Tokens[v].Sent].End && s.doc.Tokens[t].XPOS == ud.XVB && s.doc.Tokens[v+1].Lemma == "to" {
		return t
	}
	return casus.None
}

// begins reports a verb that leaves its complement what it is: begin, try.
func (s *scratch) begins(v casus.TokenID) bool {
	w := s.info[v]
	return w != nil && s.doc.Tokens[v].UPOS == ud.VERB && slices.ContainsFunc(w.verb, func(f *frame) bool { return f.op == opBegin })
}

// perfectArgs reads the arguments of such a verb: before "have" its subject,
// behind the verb its object.
func (s *scratch) perfectArgs(t, have casus.TokenID) {
	obj := s.nextNoun(t)
	if obj == casus.None {
		obj = s.doc.Tokens[t].Head
	}
	s.add(slotObj, obj)
	if sub := s.subjectOf(have); sub != casus.None {
		s.add(slotSubj, sub)
	} else if first := s.doc.Sentences[s.doc.Tokens[t].Sent].First; have > first && s.doc.Tokens[have-1].UPOS.IsNominal() {
		s.add(slotSubj, s.phraseHead(have-1, have))
	} else if have > first && s.doc.Tokens[have-1].UPOS == ud.PRON {
		s.add(slotSubj, s.antecedent(have-1))
	} else if up := s.doc.Tokens[have].Head; up != casus.None && s.doc.Tokens[have].Deprel == ud.Advcl { // "..., having accused Niger"
		s.add(slotSubj, s.subjectOf(up))
	}
	s.phraseArgs(obj)
	s.infinitiveAfter(t, obj)
	s.surfaceArgs(t, false)
}

// infinitiveAfter adds "to cancel" right behind the object as the clause:
// "pressed the workers to cancel the strike".
func (s *scratch) infinitiveAfter(t, obj casus.TokenID) {
	for k := range s.doc.Kids(obj) {
		if r := s.doc.Tokens[k].Deprel; k > t && (r == ud.Acl || r == ud.Advcl) && s.doc.KidLemma(k, ud.Mark, "to") != casus.None {
			s.add(slotClause, k)
		}
	}
}

// isParticle reports the words that make another verb of a verb.
func isParticle(lemma string) bool {
	return lemma == "off" || lemma == "up" || lemma == "down" || lemma == "out" || lemma == "over"
}

// nextNoun gives the head of the noun phrase that follows a verb directly. A
// tree that takes an object for the subject of what comes next ("expelled two
// envoys saying ...") leaves it there.
func (s *scratch) nextNoun(v casus.TokenID) casus.TokenID {
	end, last := s.doc.Sentences[s.doc.Tokens[v].Sent].End, casus.TokenID(casus.None)
	from := v + 1
	if from < end && isParticle(s.doc.Tokens[from].Lemma) { // called off the strike
		from++
	}
	for t := from; t < end; t++ {
		if s.temporal(t) { // "opened an inquiry last month": the month is no part of it
			return last
		}
		switch tok := &s.doc.Tokens[t]; tok.UPOS {
		case ud.NOUN, ud.PROPN:
			last = t
		case ud.DET, ud.ADJ, ud.NUM, ud.SYM:
		case ud.PRON:
			if tok.Deprel != ud.NmodPoss {
				return last
			}
		default:
			if tok.UPOS == ud.ADV && last == casus.None {
				continue
			}
			return last
		}
	}
	return last
}

func (s *scratch) add(k slot, t casus.TokenID) {
	if t != casus.None && k != slotNone {
		s.args = append(s.args, arg{slot: k, tok: t})
	}
}

// kidArgs adds what hangs on the verb itself, then the prepositional phrases
// that hang on its object or agent: "launched a raid on the camp" is parsed both
// ways.
func (s *scratch) kidArgs(t casus.TokenID) {
	passive := s.passive(t)
	for k := range s.doc.Kids(t) {
		s.add(s.verbSlot(k, passive), s.antecedent(k))
	}
	from := len(s.args)
	for i := range s.args[:from] {
		if a := s.args[i]; (a.slot == slotObj || passive && a.slot == slotSubj) && s.doc.Tokens[a.tok].Head == t {
			s.phraseArgs(a.tok)
			s.add(slotIobj, s.receiver(t, a))
		}
	}
}

// receiver gives the state right behind the verb that the tree takes for a
// part of the thing given: "offered Latvia cooperation".
func (s *scratch) receiver(v casus.TokenID, obj arg) casus.TokenID {
	k := v + 1
	if obj.slot != slotObj || k >= obj.tok || s.doc.Tokens[k].Head != obj.tok || s.doc.Tokens[k].Deprel != ud.Compound || s.doc.Tokens[k].UPOS != ud.PROPN {
		return casus.None
	}
	if e := s.doc.EntityOf(k); e == casus.None || s.doc.Entities[e].Kind != casus.State {
		return casus.None
	}
	return k
}

// phraseArgs adds the prepositional phrases of a noun.
func (s *scratch) phraseArgs(n casus.TokenID) {
	for k := range s.doc.Kids(n) {
		if s.doc.Tokens[k].Deprel == ud.Amod && k > n && s.doc.Tokens[k].UPOS == ud.ADJ { // "found the general guilty", hung on him
			s.add(slotClause, k)
			continue
		}
		if r := s.doc.Tokens[k].Deprel; r == ud.Nmod || r == ud.Obl || r == ud.Acl {
			if p := s.prep(k); p != slotNone {
				s.add(p, k)
			} else if r == ud.Acl && s.doc.KidLemma(k, ud.Mark, "to") != casus.None {
				s.add(slotClause, k) // "allowed the party to meet", hung on the party
			}
		}
	}
}

// passive reports a passive verb by its subject, its auxiliary, or its being a
// participle that modifies a noun: "troops deployed to the border".
func (s *scratch) passive(t casus.TokenID) bool {
	tok := &s.doc.Tokens[t]
	if k := s.doc.Kid(t, ud.Aux); tok.Deprel == ud.Acl && k != casus.None && s.doc.Tokens[k].Lemma == "have" {
		return false // "attacks ... have provoked", whatever it hangs on
	}
	if tok.Deprel == ud.Acl && (tok.Feats.Has("VerbForm", "Part") && tok.Feats.Has("Tense", "Past") || tok.XPOS == ud.XVBN) {
		return true
	}
	if s.doc.HasKid(t, ud.AuxPass) || s.bareParticiple(t) || s.postnominal(t) {
		return true
	}
	return s.doc.HasKid(t, ud.NsubjPass, ud.CsubjPass) && !s.perfect(t)
}

// postnominal reports a participle right behind the noun it modifies that the
// tree takes for a past: "released two priests kidnapped last week".
func (s *scratch) postnominal(t casus.TokenID) bool {
	tok := &s.doc.Tokens[t]
	if tok.XPOS != ud.XVBD || t == 0 || s.doc.HasKid(t, ud.Obj, ud.Nsubj, ud.Aux, ud.Cc) {
		return false
	}
	prev := &s.doc.Tokens[t-1]
	if prev.Sent != tok.Sent || !prev.UPOS.IsNominal() {
		return false
	}
	return tok.Deprel == ud.Acl && tok.Head == t-1 || tok.Deprel == ud.Conj && prev.Head == tok.Head && prev.Deprel == ud.Obj
}

// bareParticiple reports a participle that the tree takes for a past: "Niger,
// warned by Chad, asked for help". An actor by whom follows at once.
func (s *scratch) bareParticiple(t casus.TokenID) bool {
	end := s.doc.Sentences[s.doc.Tokens[t].Sent].End
	if x := s.doc.Tokens[t].XPOS; x != ud.XVBD && x != ud.XVBN || t+2 >= end || s.doc.Tokens[t+1].Lemma != "by" || s.doc.HasKid(t, ud.Obj, ud.Aux) {
		return false
	}
	m := s.mentionAfter(t+1, end)
	return m != casus.None && s.isActor(m) && !s.temporal(m)
}

// perfect reports "has summoned", which a tree may take for a passive: it has
// an auxiliary of the perfect and none of the passive.
func (s *scratch) perfect(t casus.TokenID) bool {
	k := s.doc.Kid(t, ud.Aux)
	return k != casus.None && s.doc.Tokens[k].Lemma == "have" && s.doc.HasKid(t, ud.Obj)
}

// verbSlot gives the slot of a dependent of a verb.
func (s *scratch) verbSlot(k casus.TokenID, passive bool) slot {
	if s.doc.KidLemma(k, ud.Mark, "whether") != casus.None {
		return slotNone // "asked whether she would support it": a question is no appeal
	}
	switch tok := &s.doc.Tokens[k]; tok.Deprel {
	case ud.Nsubj, ud.NsubjOuter:
		if passive && s.doc.Tokens[tok.Head].Deprel == ud.Acl {
			return slotNone
		}
		if passive && s.bareParticiple(tok.Head) {
			return slotObj
		}
		return slotSubj
	case ud.NsubjPass:
		if !passive {
			return slotSubj
		}
		return slotObj
	case ud.Obj:
		return slotObj
	case ud.Iobj:
		return slotIobj
	case ud.OblAgent:
		return slotSubj
	case ud.CompoundPrt:
		return slotPrt
	case ud.Xcomp:
		return slotClause
	case ud.Csubj:
		if k > tok.Head { // "is prepared to lift the ban", the clause taken for a subject put last
			return slotClause
		}
	case ud.Ccomp:
		return slotThat
	case ud.Advcl:
		return s.adverbialSlot(k)
	case ud.Obl, ud.Nmod, ud.Advmod:
		if tok.Deprel == ud.Advmod && !s.loneParticle(k) {
			return slotNone
		}
		if tok.Deprel == ud.Advmod {
			return slotPrt
		}
		p := s.prep(k)
		if passive && p == s.tab.preps["by"] {
			return slotSubj
		}
		if p != slotNone && s.temporal(k) {
			return slotNone // "fired rockets on Wednesday" is on no town
		}
		return p
	}
	return slotNone
}

// adverbialSlot tells an infinitive right behind the verb, which a tree often
// takes for a purpose ("agreed to meet"), from other adverbial clauses.
func (s *scratch) adverbialSlot(k casus.TokenID) slot {
	h := s.doc.Tokens[k].Head
	if to := s.doc.KidLemma(k, ud.Mark, "to"); to != casus.None && (to == h+1 || s.isAnyLight(h, classObjCtrl)) {
		return slotClause
	}
	return slotPurpose
}

// loneParticle reports a lone preposition-like adverb: "the talks broke down".
func (s *scratch) loneParticle(k casus.TokenID) bool {
	x := s.doc.Tokens[k].XPOS.String()
	return x == "RP" || x == "IN"
}

// prep gives the slot of the preposition that introduces the phrase. Of
// several ("from inside the town", "out of the country") the first that the
// table knows decides.
func (s *scratch) prep(k casus.TokenID) slot {
	for c := range s.doc.Kids(k) {
		tok := &s.doc.Tokens[c]
		if tok.Deprel != ud.Case && tok.Deprel != ud.Mark || c > k {
			continue
		}
		if p, ok := s.tab.preps[tok.Lemma]; ok {
			if s.opposes(k) {
				return s.tab.preps["against"]
			}
			return p
		}
	}
	return slotNone
}

// opposes reports "in protest of", "in defiance of": to be against.
func (s *scratch) opposes(k casus.TokenID) bool {
	switch s.doc.Tokens[k].Lemma {
	case "protest", "defiance", "opposition":
		return s.doc.HasKid(k, ud.Case)
	}
	return false
}

// antecedent gives the noun that a relative pronoun stands for: in "the group
// which seized the port" the group.
func (s *scratch) antecedent(k casus.TokenID) casus.TokenID {
	tok := &s.doc.Tokens[k]
	if tok.UPOS != ud.PRON && tok.UPOS != ud.DET || !isRelative(tok.Lemma) {
		return k
	}
	for v := tok.Head; v != casus.None; v = s.doc.Tokens[v].Head {
		if r := s.doc.Tokens[v].Deprel; r == ud.AclRelcl || r == ud.Acl {
			return s.doc.Tokens[v].Head
		}
	}
	first := s.doc.Sentences[tok.Sent].First
	p := k - 1
	if p >= first && s.doc.Tokens[p].UPOS == ud.PUNCT {
		p--
	}
	if p >= first && s.doc.Tokens[p].UPOS.IsNominal() && tok.Lemma != "that" { // "said Chad, which attacked Niger", hung on the saying
		return p
	}
	return k
}

func isRelative(lemma string) bool {
	return lemma == "who" || lemma == "which" || lemma == "that" || lemma == "whom"
}

// has tells whether an argument in the slot was found since from.
func (s *scratch) has(k slot, from int) bool {
	for _, a := range s.args[from:] {
		if a.slot == k {
			return true
		}
	}
	return false
}

// sharedArgs adds the subject and object that the verb has from elsewhere in
// the tree:
//
//	relative clause  "the rebels who hold the town", "troops deployed there"
//	coordination     "The army shelled and then stormed the camp"
//	control          "agreed to pull out", "urged Kyiv to sign"
//	adverbial        "..., killing three"
func (s *scratch) sharedArgs(t casus.TokenID, from int) {
	passive := s.passive(t)
	at := t
	for range 6 {
		subj, obj := s.has(slotSubj, from), s.has(slotObj, from)
		if obj && passive || subj && !passive {
			break
		}
		tok := &s.doc.Tokens[at]
		h := tok.Head
		if h == casus.None {
			break
		}
		if s.fromGovernor(at, h, passive, from) || !s.sharing(tok.Deprel) {
			break
		}
		at = h
	}
}

// sharing reports a relation over which a subject may be looked for further
// up.
func (s *scratch) sharing(r ud.Deprel) bool {
	switch r {
	case ud.Conj, ud.Xcomp, ud.Advcl, ud.Parataxis, ud.Acl:
		return true
	}
	return false
}

// fromGovernor adds the argument that the governor h lends to the verb at;
// true ends the search.
func (s *scratch) fromGovernor(at, h casus.TokenID, passive bool, from int) bool {
	want := slotSubj
	if passive {
		want = slotObj
	}
	if s.isAnyLight(h, classPerceive) && s.doc.Tokens[at].Deprel.Universal() != ud.Conj && s.doc.Tokens[at].Deprel.Universal() != ud.Acl {
		// "heard shelling", "saw soldiers shoot two men"
		if o := s.doc.Kid(h, ud.Obj, ud.NsubjPass); o != casus.None && o != at {
			s.add(want, s.antecedent(o))
		}
		return true
	}
	switch s.doc.Tokens[at].Deprel {
	case ud.AclRelcl:
		if !s.relativeKid(at) {
			if passive || s.has(slotSubj, from) {
				s.add(slotObj, h)
			}
		}
		return true
	case ud.Acl:
		return s.fromNoun(at, h, passive)
	case ud.Xcomp, ud.Ccomp, ud.Advcl:
		if o := s.controller(at, h); o != casus.None {
			s.add(want, o)
			return true
		}
	case ud.Conj:
		if !s.doc.Tokens[h].UPOS.IsContent() {
			return true
		}
	}
	if sub := s.subjectOf(h); sub != casus.None && s.doc.Tokens[at].Deprel != ud.Ccomp {
		s.add(want, sub)
		return true
	}
	return false
}

// fromNoun serves a participle or infinitive that modifies a noun: "ships
// carrying arms" does, "ships seized" suffers, "a plan to attack" leaves the
// doer open but for the noun's possessor.
func (s *scratch) fromNoun(at, h casus.TokenID, passive bool) bool {
	tok := &s.doc.Tokens[at]
	switch {
	case passive:
		s.add(slotObj, h)
	case tok.XPOS == ud.XVBG:
		s.add(slotSubj, h)
	default:
		if p := s.doc.Kid(h, ud.NmodPoss); p != casus.None {
			s.add(slotSubj, p)
			return true
		}
		return false
	}
	return true
}

func (s *scratch) relativeKid(v casus.TokenID) bool {
	for k := range s.doc.Kids(v) {
		if isRelative(s.doc.Tokens[k].Lemma) {
			return true
		}
	}
	return false
}

// controller gives the object of a verb that makes its object do something:
// "urged Ankara to reopen the border". Other verbs leave it to their subject.
func (s *scratch) controller(at, h casus.TokenID) casus.TokenID {
	w := s.info[h]
	if w == nil || !w.classes.has(s.tab.named[classObjCtrl]) || s.doc.Tokens[at].Deprel == ud.Ccomp {
		return casus.None
	}
	if o := s.doc.Kid(h, ud.Obj, ud.Iobj, ud.NsubjPass); o != casus.None {
		return s.antecedent(o)
	}
	for k := range s.doc.Kids(h) { // call on the sides to meet, appeal to, work with
		if tok := &s.doc.Tokens[k]; tok.Deprel == ud.Obl && k < at && s.prep(k) != slotNone {
			return k
		}
	}
	return casus.None
}

// subjectOf gives the subject of a verb, of a passive one too.
func (s *scratch) subjectOf(v casus.TokenID) casus.TokenID {
	if k := s.doc.Kid(v, ud.Nsubj); k != casus.None {
		return s.antecedent(k)
	}
	if tok := &s.doc.Tokens[v]; tok.Deprel == ud.AclRelcl && !s.relativeKid(v) {
		return tok.Head
	}
	return casus.None
}

// nounArgs collects what stands around an event noun: possessor, adjectives,
// compounds, prepositional phrases; and with a light verb ("launched", "was
// carried out by") the arguments of that verb.
func (s *scratch) nounArgs(t, light casus.TokenID) []arg {
	from := len(s.args)
	for k := range s.doc.Kids(t) {
		switch tok := &s.doc.Tokens[k]; tok.Deprel {
		case ud.Nsubj: // the subject of a copula: "Oslo is the largest donor"
			s.add(slotSubj, s.antecedent(k))
		case ud.NmodPoss:
			s.add(slotPoss, k)
		case ud.Amod:
			s.add(slotAmod, k)
		case ud.Compound, ud.Flat, ud.NmodDesc:
			s.add(slotComp, k)
		case ud.Nmod, ud.Obl, ud.NmodUnmarked:
			s.add(s.prep(k), k)
		case ud.Acl:
			s.add(slotClause, k)
			if tok.XPOS == ud.XVBN {
				s.participle(k)
			}
		case ud.Advcl:
			s.add(slotClause, k)
		}
	}
	if light != casus.None {
		s.lightArgs(t, light)
	} else if tok := &s.doc.Tokens[t]; (tok.Deprel == ud.Xcomp || tok.Deprel == ud.Obj) && tok.Head != casus.None && s.remains(tok.Head) {
		s.add(slotSubj, s.subjectOf(tok.Head))
	}
	s.surfaceArgs(t, false)
	return s.args[from:]
}

// remains reports a verb that says of its subject that it is something:
// "remains the largest donor".
func (s *scratch) remains(v casus.TokenID) bool {
	switch s.doc.Tokens[v].Lemma {
	case "remain", "become", "stay":
		return true
	}
	return false
}

// participle adds the agent of a participle on the noun: "strikes carried out
// by the air force".
func (s *scratch) participle(v casus.TokenID) {
	for k := range s.doc.Kids(v) {
		tok := &s.doc.Tokens[k]
		if tok.Deprel == ud.OblAgent || tok.Deprel == ud.Obl && s.prep(k) == s.tab.preps["by"] {
			s.add(slotSubj, k)
		} else if tok.Deprel == ud.Obl {
			s.add(s.prep(k), k)
		}
	}
}

// lightArgs adds the arguments of the light verb but the noun itself.
func (s *scratch) lightArgs(noun, light casus.TokenID) {
	from := len(s.args)
	s.verbArgs(light)
	kept := s.args[:from]
	for _, a := range s.args[from:] {
		if a.tok != noun {
			kept = append(kept, a)
		}
	}
	s.args = kept
}
