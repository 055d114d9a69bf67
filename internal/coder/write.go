package coder

import (
	"slices"
	"sort"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// write makes the event of a hit and adds it to the document's.
func (s *scratch) write(h *hit, m *meaning, src, tgt party, id casus.SentenceID) {
	if speaks(m) {
		src.ids = s.withoutMedia(src.ids)
	}
	if tgt.tok == casus.None || len(tgt.ids) == 0 {
		tgt = s.impliedTarget(h, m, src, tgt)
	}
	if src.tok == casus.None {
		src = s.authority(h, m)
	}
	if len(src.ids) > 0 && slices.Equal(src.ids, tgt.ids) { // nobody asks or attacks himself: who did it is not known
		src = nobody
	}
	ev := casus.Event{Type: m.typ, Mode: m.mode, CAMEO: m.code, UserType: m.userType, Source: src.ids, Target: tgt.ids,
		Head: h.tok, Sentence: id, Place: casus.None}
	ev.Reciprocal = s.mutualDeed(h, m, src, tgt)
	ev.Trigger = s.trigger(h)
	s.evidence(&ev, "type", m.rule, s.triggerCover(&ev), "")
	if m.userType != "" {
		s.evidence(&ev, "user_type", m.rule, s.triggerCover(&ev), "")
	}
	s.sideEvidence(&ev, "source", src)
	s.sideEvidence(&ev, "target", tgt)
	s.status(&ev, h)
	s.time(&ev, h)
	s.place(&ev, h)
	s.magnitude(&ev, h)
	s.ground(&ev)
	ev.Contexts = s.contexts(&ev, m)
	if st := s.doc.StatementOf(h.tok); st != casus.None {
		ev.Attribution = []casus.StatementID{st}
	}
	s.events = append(s.events, ev)
}

// mutualDeed reports that the sides do it to each other: "Chad and Niger
// clashed", "met with Niger", "talks between the two". The frame says so, the
// words, or the code.
func (s *scratch) mutualDeed(h *hit, m *meaning, src, tgt party) bool {
	code, _ := ontology.MutualOf(m.code)
	switch {
	case len(src.ids) > 1 && len(tgt.ids) == 0:
		return h.frame.recip || code.Among || s.eachOther(h) || src.rule == "between" || src.rule == "among"
	case len(src.ids) > 0 && len(tgt.ids) > 0:
		return h.frame.recip || s.eachOther(h) || code.Back != "" && code.Back == m.code
	}
	return false
}

func (s *scratch) evidence(ev *casus.Event, field, rule string, at casus.Span, note string) {
	ev.Evidence = append(ev.Evidence, casus.Evidence{Field: field, Rule: rule, Span: at, Note: note})
}

func (s *scratch) sideEvidence(ev *casus.Event, field string, p party) {
	if p.tok != casus.None && len(p.ids) > 0 {
		s.evidence(ev, field, "coder.role."+p.rule, s.doc.Tokens[p.tok].Span, "")
	}
}

// ground gives talks the mode that their sides and place make: of three
// countries or more, or in a summit, multilateral; of two on the ground of a
// third, third-party (CAMEO 044).
func (s *scratch) ground(ev *casus.Event) {
	if ev.Type != ontology.CONSULT || ev.Mode != "" || ev.CAMEO != "040" && ev.CAMEO != "046" {
		return
	}
	countries := s.countries(ev)
	switch place := ev.Place; {
	case len(countries) > 2:
		ev.Mode = "multilateral"
		s.evidence(ev, "mode", "coder.mode.sides", s.triggerCover(ev), "three countries or more")
	case len(countries) == 2 && place != casus.None && s.doc.Places[place].Country != "" && !slices.Contains(countries, s.doc.Places[place].Country):
		ev.Mode, ev.CAMEO = "third-party", "044"
		s.evidence(ev, "mode", "coder.mode.place", s.doc.Places[place].Span, "on the ground of neither side")
	}
}

// countries gives those of both sides, sorted.
func (s *scratch) countries(ev *casus.Event) []string {
	var out []string
	for _, side := range [2][]casus.EntityID{ev.Source, ev.Target} {
		for _, e := range side {
			if c := s.doc.Entities[e].Country; c != "" && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	slices.Sort(out)
	return out
}

// speaks reports events that are words, which an outlet may only pass on; a
// paper that breaks a ban (CAMEO 128) has done it itself.
func speaks(m *meaning) bool {
	q := m.typ.Quad()
	return (q == ontology.VerbalCooperation || q == ontology.VerbalConflict) && m.code != "128"
}

// withoutMedia drops outlets from the doers: the paper that reports a request
// did not make it.
func (s *scratch) withoutMedia(ids []casus.EntityID) []casus.EntityID {
	return slices.DeleteFunc(ids, func(e casus.EntityID) bool { return s.doc.Entities[e].Media.Is })
}

// trigger gives the words that make the event: operator, light verb, head, and
// what the needs matched, in text order.
func (s *scratch) trigger(h *hit) []casus.Span {
	toks := s.triggerTokens(nil, h)
	slices.Sort(toks)
	toks = slices.Compact(toks)
	var out []casus.Span
	for i, t := range toks {
		sp := s.doc.Tokens[t].Span
		if i > 0 && toks[i-1] == t-1 {
			out[len(out)-1].End = sp.End
			continue
		}
		out = append(out, sp)
	}
	return out
}

func (s *scratch) triggerTokens(toks []casus.TokenID, h *hit) []casus.TokenID {
	toks = append(toks, h.tok)
	toks = append(toks, h.used[:h.nused]...)
	if h.light != casus.None {
		toks = append(toks, h.light)
	}
	if h.content >= 0 {
		toks = s.triggerTokens(toks, &s.hits[h.content])
	}
	return toks
}

func (s *scratch) triggerCover(ev *casus.Event) casus.Span {
	var sp casus.Span
	for _, t := range ev.Trigger {
		sp = sp.Cover(t)
	}
	return sp
}

// impliedTarget reads the other side off the clause where no argument gives
// it: whoever lives where force is moved or used ("sent ships to the shores of
// Chile"), or the clause's subject for a threat in an adjunct ("Chile, amid
// Danish threats, asked for help").
func (s *scratch) impliedTarget(h *hit, m *meaning, src, tgt party) party {
	if m.typ.Quad() != ontology.MaterialConflict && m.typ != ontology.THREATEN {
		return tgt
	}
	if p := s.experiencer(h, src); len(p.ids) > 0 {
		return p
	}
	if p := s.ownSide(h, m, src, tgt); len(p.ids) > 0 {
		return p
	}
	if slices.Contains(h.frame.tgt, slotPlace) || m.typ == ontology.MOBILIZE || m.typ == ontology.THREATEN || m.typ == ontology.ASSAULT {
		if p := s.placeTarget(h, src); len(p.ids) > 0 {
			return p
		}
	}
	return tgt
}

// authority gives the state on whose ground the law takes hold of somebody and
// nobody is named who did it: "was arrested in Lima" by Peru.
func (s *scratch) authority(h *hit, m *meaning) party {
	switch m.mode {
	case "arrest", "deport", "convict", "seize", "restrict", "censor":
	default:
		return nobody
	}
	for _, a := range h.args {
		if a.slot != s.tab.preps["in"] || a.surface {
			continue
		}
		for _, e := range s.collect(nil, a.tok, 0) {
			if ent := &s.doc.Entities[e]; ent.Kind == casus.State && ent.Country != "" {
				return party{ids: []casus.EntityID{e}, tok: a.tok, rule: "authority"}
			}
		}
	}
	return nobody
}

// ownSide gives the state of the speaker who reports a foreign blow at a thing
// without an owner: in "a post was shelled by Chadian troops, Niger's army
// said" the post is Niger's.
func (s *scratch) ownSide(h *hit, m *meaning, src, tgt party) party {
	st := s.doc.StatementOf(h.tok)
	if m.typ != ontology.ASSAULT || len(src.ids) == 0 || tgt.tok == casus.None || st == casus.None || s.people(tgt.tok) {
		return nobody
	}
	who := s.doc.Statements[st].Speaker
	if who == casus.None || s.doc.Entities[who].Country == "" || s.homeOf(src.ids, s.doc.Entities[who].Country) || s.doc.Entities[who].Media.Is {
		return nobody
	}
	e := s.state(s.doc.Entities[who].Country)
	if e == casus.None {
		e = who
	}
	return party{ids: []casus.EntityID{e}, tok: tgt.tok, rule: "speaker-side"}
}

// experiencer gives the subject of the clause around an adjunct.
func (s *scratch) experiencer(h *hit, src party) party {
	if h.frame.pos != 'n' || h.light != casus.None {
		return nobody
	}
	t := h.tok
	for range 4 {
		tok := &s.doc.Tokens[t]
		if tok.Head == casus.None {
			return nobody
		}
		if s.isAnyLight(t, classAdjunct) && s.doc.Tokens[tok.Head].UPOS.IsNominal() {
			ids := s.foreign(s.collect(nil, tok.Head, 0), src.ids)
			return party{ids: ids, tok: tok.Head, rule: "adjunct"}
		}
		if tok.Deprel.Universal() == ud.Obl || tok.Deprel.Universal() == ud.Nmod && s.doc.Tokens[tok.Head].UPOS == ud.VERB {
			sub := s.subjectOf(tok.Head)
			if sub == casus.None || s.isAnyLight(tok.Head, classOnlook) { // "is watching Niger, amid pressure from Chad"
				return nobody
			}
			ids := s.foreign(s.collect(nil, sub, 0), src.ids)
			return party{ids: ids, tok: sub, rule: "clause-subject"}
		}
		if tok.Deprel == ud.Obj && s.afterwards(h.tok) { // "freed the crew after talks with Oslo", hung on the crew
			if sub := s.subjectOf(tok.Head); sub != casus.None {
				return party{ids: s.foreign(s.collect(nil, sub, 0), src.ids), tok: sub, rule: "clause-subject"}
			}
		}
		if tok.Deprel.Universal() != ud.Nmod {
			return nobody
		}
		t = tok.Head
	}
	return nobody
}

// afterwards reports a noun behind a preposition of time.
func (s *scratch) afterwards(n casus.TokenID) bool {
	for k := range s.doc.Kids(n) {
		switch s.doc.Tokens[k].Lemma {
		case "after", "following", "during", "before", "amid":
			return s.doc.Tokens[k].Deprel == ud.Case
		}
	}
	return false
}

// foreign keeps the entities of another country than any of the given.
func (s *scratch) foreign(ids, not []casus.EntityID) []casus.EntityID {
	return slices.DeleteFunc(ids, func(e casus.EntityID) bool {
		c := s.doc.Entities[e].Country
		return c == "" || slices.ContainsFunc(not, func(n casus.EntityID) bool { return s.doc.Entities[n].Country == c })
	})
}

// placeTarget gives the state of the nearest place in the clause, when the
// document names that state.
func (s *scratch) placeTarget(h *hit, src party) party {
	best, dist := casus.PlaceID(casus.None), casus.TokenID(1000)
	from, to := s.places(s.doc.Tokens[h.tok].Sent)
	for i := from; i < to; i++ {
		pl := &s.doc.Places[i]
		if pl.Country == "" || pl.Head == casus.None || s.doc.Tokens[pl.Head].Sent != s.doc.Tokens[h.tok].Sent || s.homeOf(src.ids, pl.Country) || s.ownsActor(pl.Head) {
			continue
		}
		d := pl.Head - h.tok
		if d < 0 {
			d = -d * 2 // places stand behind what happens there
		}
		if d < dist {
			best, dist = casus.PlaceID(i), d
		}
	}
	if best == casus.None {
		return nobody
	}
	pl := &s.doc.Places[best]
	e := s.state(pl.Country)
	if e == casus.None {
		return nobody
	}
	return party{ids: s.foreign([]casus.EntityID{e}, src.ids), tok: pl.Head, rule: "place"}
}

// ownsActor reports the state of a person or body named in passing: "a week before
// U.S. President Sow visits", "the South Korean military said".
func (s *scratch) ownsActor(t casus.TokenID) bool {
	tok := &s.doc.Tokens[t]
	switch tok.Deprel.Universal() {
	case ud.Compound, ud.Amod, ud.Nmod:
		return tok.Head != casus.None && s.isActor(tok.Head) && !s.inPlace(tok.Head, t)
	}
	return false
}

// inPlace reports a word of a place other than that of a token: the region of
// "Russia's Belgorod region".
func (s *scratch) inPlace(t, but casus.TokenID) bool {
	from, to := s.places(s.doc.Tokens[t].Sent)
	return slices.ContainsFunc(s.doc.Places[from:to], func(p casus.Place) bool {
		return p.Head != casus.None && p.Head != but && (p.Head == t || s.doc.Tokens[p.Head].Head == t)
	})
}

func (s *scratch) homeOf(ids []casus.EntityID, country string) bool {
	return slices.ContainsFunc(ids, func(e casus.EntityID) bool { return s.doc.Entities[e].Country == country })
}

// state gives the document's entity for a country.
func (s *scratch) state(country string) casus.EntityID {
	for e := range s.doc.Entities {
		if string(s.doc.Entities[e].Code) == country {
			return casus.EntityID(e)
		}
	}
	return casus.None
}

// contexts adds to those of the frame what the words of the clause say.
func (s *scratch) contexts(ev *casus.Event, m *meaning) []string {
	out := slices.Clone(m.contexts)
	first, last := s.doc.Edges(ev.Head)
	for t := first; t <= last && t < first+60; t++ {
		if c := s.tab.ctx[s.doc.Tokens[t].Lemma]; c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// status takes status and phase from the predicate of the trigger, and sets
// planned where an operator leaves the deed open.
func (s *scratch) status(ev *casus.Event, h *hit) {
	at := h.tok
	p := s.doc.PredicateOf(at)
	if p == nil && h.light != casus.None {
		at = h.light
		p = s.doc.PredicateOf(at)
	}
	if p != nil && p.Status != casus.StatusNone {
		ev.Status, ev.Phase, ev.Historical = p.Status, p.Phase, p.Historical
		rule := "coder.status.predicate"
		if len(p.Evidence) > 0 {
			rule = p.Evidence[0].Rule
		}
		s.evidence(ev, "status", rule, s.doc.Tokens[at].Span, "")
	} else {
		s.ownStatus(ev, h, at)
	}
	s.speechAct(ev, h)
}

// speechAct corrects the status of events that are done by saying: the promise
// has been made although the thing promised is to come, and "will meet" is an
// agreement to meet.
func (s *scratch) speechAct(ev *casus.Event, h *hit) {
	switch {
	case h.content >= 0 && (h.frame.op == opIntent || h.frame.op == opDecide) && ev.Status == casus.Asserted && ev.Type == s.hits[h.content].frame.typ:
		ev.Status, ev.Phase = casus.Planned, casus.Future // "plans to deploy" troops: no word of its own for the plan
		s.evidence(ev, "status", "coder.status.plan", s.doc.Tokens[h.tok].Span, "planned, not yet done")
	case h.frame.pos == 'a' && ev.Status == casus.Asserted:
		ev.Status, ev.Phase = casus.Planned, casus.Future
		s.evidence(ev, "status", "coder.status.ready", s.doc.Tokens[h.tok].Span, "ready to, not yet done")
	case h.opTok != casus.None && h.op == opDemand && (ev.Status == casus.Hypothetical || ev.Status == casus.Planned):
		ev.Status, ev.Phase = casus.Asserted, casus.Past // "must" is the demand, and it has been made
		s.evidence(ev, "status", "coder.status.demand", s.doc.Tokens[h.opTok].Span, "the demand has been made")
	case h.opTok != casus.None && ev.Status == casus.Negated && h.op == opRefuse:
		ev.Status, ev.Phase = casus.Asserted, casus.Future
	case (h.frame.op == opDecree || h.frame.op == opDecide) && (ev.Status == casus.Asserted || ev.Status == casus.StatusNone) && h.content >= 0:
		ev.Status, ev.Phase = casus.Planned, casus.Future
		s.evidence(ev, "status", "coder.status.decree", s.doc.Tokens[h.tok].Span, "ordered, not yet done")
	case h.light != casus.None && s.isAnyLight(h.light, classDecree) && ev.Status == casus.Asserted && ev.Type.Quad() == ontology.MaterialConflict:
		ev.Status = casus.Planned
		s.evidence(ev, "status", "coder.status.decree", s.doc.Tokens[h.light].Span, "announced, not yet done")
	}
}

// ownStatus is a cautious reading where no predicate is known.
func (s *scratch) ownStatus(ev *casus.Event, h *hit, at casus.TokenID) {
	ev.Status, ev.Phase = casus.Asserted, casus.Past
	rule := "coder.status.plain"
	for v, n := at, 0; v != casus.None && n < 4; v, n = s.doc.Tokens[v].Head, n+1 {
		if st, r := s.clauseStatus(v); st != casus.StatusNone {
			ev.Status, rule = st, r
			break
		}
		if d := s.doc.Tokens[v].Deprel; d != ud.Conj && d != ud.Xcomp && d != ud.Advcl && d != ud.Acl && d != ud.Obj {
			break
		}
	}
	if ev.Status == casus.Planned || ev.Status == casus.Hypothetical {
		ev.Phase = casus.Future
	}
	s.evidence(ev, "status", rule, s.doc.Tokens[at].Span, "")
}

func (s *scratch) clauseStatus(v casus.TokenID) (casus.Status, string) {
	for k := range s.doc.Kids(v) {
		tok := &s.doc.Tokens[k]
		switch {
		case tok.Lemma == "not" || tok.Lemma == "never" || tok.Lemma == "n't":
			return casus.Negated, "coder.status.not"
		case tok.Deprel == ud.Mark && (tok.Lemma == "if" || tok.Lemma == "unless"):
			return casus.Hypothetical, "coder.status.if"
		case tok.Deprel == ud.Aux && (tok.Lemma == "may" || tok.Lemma == "might" || tok.Lemma == "could"):
			return casus.Hypothetical, "coder.status.may"
		case tok.Deprel == ud.Aux && isFuture(tok.Lemma):
			return casus.Planned, "coder.status.will"
		}
	}
	return casus.StatusNone, ""
}

// time gives the event the time expression that governs it: one in its own
// clause, the nearest first, then of the clauses above; else the day of
// publication, and says so.
func (s *scratch) time(ev *casus.Event, h *hit) {
	best, cost := casus.TimeID(casus.None), 1000
	dateline := s.dateline(ev.Sentence)
	from, to := inSentence(s.doc, ev.Sentence, s.doc.Times, func(t *casus.Time) casus.Pos { return t.Start })
	for i := from; i < to; i++ {
		tm := &s.doc.Times[i]
		if tm.Head == casus.None || s.doc.Tokens[tm.Head].Sent != ev.Sentence || tm.Head < dateline || tm.Type == casus.TimeDURATION || tm.Type == casus.TimeSET || tm.Value == "" || s.forNoun(tm.Head) {
			continue
		}
		if c := min(s.clauseDistance(h, tm.Head), s.wordDistance(h, tm.Head)); c < cost {
			best, cost = casus.TimeID(i), c
		}
	}
	if best != casus.None && cost < 100 {
		tm := &s.doc.Times[best]
		ev.Time = casus.EventTime{Value: tm.Value, Interval: tm.Interval, Granularity: tm.Granularity, Time: best, Reason: "clause"}
		ev.Historical = ev.Historical || tm.Historical
		s.evidence(ev, "time", "coder.time.clause", tm.Span, "")
		return
	}
	ev.Time = casus.EventTime{Time: casus.None, Reason: "unknown"}
	if pub := s.doc.Published; !pub.IsZero() && !ev.Historical { // background is not of the day
		ev.Time = casus.EventTime{Value: pub.String(), Interval: casus.Interval{Start: pub, End: pub}, Granularity: casus.Day,
			Time: casus.None, Reason: "published"}
		s.evidence(ev, "time", "coder.time.published", casus.Span{}, "no time in the clause")
	}
}

// forNoun reports a time that only describes what something is for: "money for
// winter heating".
func (s *scratch) forNoun(t casus.TokenID) bool {
	if s.doc.Tokens[t].Deprel != ud.Compound || s.doc.Tokens[t].Head == casus.None {
		return false
	}
	for k := range s.doc.Kids(s.doc.Tokens[t].Head) {
		if s.doc.Tokens[k].Deprel == ud.Case && s.doc.Tokens[k].Lemma == "for" {
			return true
		}
	}
	return false
}

// dateline gives the token at which the text of a sentence begins behind a
// dateline, "LAGOS, May 3 (Herald) -", else its first: that day is of the
// report.
func (s *scratch) dateline(id casus.SentenceID) casus.TokenID {
	sent := &s.doc.Sentences[id]
	if f := s.doc.Form(sent.First); len(f) < 3 || f != strings.ToUpper(f) {
		return sent.First
	}
	for t := sent.First + 1; t < min(sent.End, sent.First+15); t++ {
		switch s.doc.Form(t) {
		case "-", "--", "–", "—":
			return t
		}
	}
	return sent.First
}

// clauseDistance says how far a phrase is from the trigger: 0 in its own
// subtree, then by steps up to the clause that holds both; 100 and more for
// one in another clause, as the time of a saying is not the time of the deed.
func (s *scratch) clauseDistance(h *hit, t casus.TokenID) int {
	cost := 0
	top := h.tok
	if h.light != casus.None {
		top = h.light
	}
	for range 8 {
		if s.doc.Dominates(top, t) && !s.inOtherClause(t, top) {
			return cost*20 + min(9, absDist(h.tok, t)/4)
		}
		tok := &s.doc.Tokens[top]
		if tok.Head == casus.None || tok.Deprel == ud.Ccomp || tok.Deprel == ud.AclRelcl || tok.Deprel == ud.Parataxis {
			break
		}
		top = tok.Head
		cost++
	}
	return 1000
}

// wordDistance measures the same by the order of words: a phrase with no
// finite verb between it and the trigger belongs to it even where the tree has
// hung it elsewhere, as in "expelled two envoys on Friday, the ministry said".
func (s *scratch) wordDistance(h *hit, t casus.TokenID) int {
	a, b := min(h.tok, t), max(h.tok, t)
	if b-a > 30 {
		return 1000
	}
	for k := a + 1; k < b; k++ {
		if s.clauseBreak(k) && s.doc.Tokens[k].UPOS != ud.AUX {
			return 1000
		}
	}
	return 50 + int(b-a)
}

func absDist(a, b casus.TokenID) int { return max(int(a-b), int(b-a)) }

// inOtherClause reports a token below a clause of its own under top.
func (s *scratch) inOtherClause(t, top casus.TokenID) bool {
	for t != top && t != casus.None {
		switch s.doc.Tokens[t].Deprel {
		case ud.AclRelcl, ud.Acl, ud.Ccomp, ud.Advcl, ud.Parataxis:
			return true
		case ud.Conj:
			if s.doc.Tokens[t].UPOS == ud.VERB {
				return true
			}
		}
		t = s.doc.Tokens[t].Head
	}
	return false
}

// place gives the event the place of its clause: one that hangs on the trigger
// by a preposition of place before any other, never one that only names an
// actor.
func (s *scratch) place(ev *casus.Event, h *hit) {
	best, cost := casus.PlaceID(casus.None), 60
	from, to := s.places(ev.Sentence)
	for i := from; i < to; i++ {
		pl := &s.doc.Places[i]
		left := ev.Type == ontology.RETREAT && s.left(pl, h)
		if !scene(pl) && !left || s.doc.Tokens[pl.Head].Sent != ev.Sentence {
			continue
		}
		c := s.clauseDistance(h, pl.Head)
		if s.ofDoer(pl.Head, h.tok) { // "rebels in the east killed 60 people in Ituri"
			c += 15
		}
		if left {
			c = 0
		}
		if w := s.wordDistance(h, pl.Head) - 10; pl.Head > h.tok && w < c {
			c = w
		}
		if c < cost && (pl.Relation != "" || s.local(pl.Head)) {
			best, cost = casus.PlaceID(i), c
		}
	}
	rule := "coder.place.clause"
	if hit := s.placeHit(ev); hit != casus.None {
		best, rule = hit, "coder.place.object"
	}
	if best == casus.None {
		best = s.placeBelow(ev, h)
	}
	if best != casus.None {
		ev.Place = best
		span, note := s.between(best)
		s.evidence(ev, "place", rule, span, note)
	}
}

// left reports the place that those who withdraw go from.
func (s *scratch) left(pl *casus.Place, h *hit) bool {
	return pl.Head != casus.None && pl.Relation == "from" && pl.Rule != "geo.inside-name" && s.doc.Tokens[pl.Head].Head == h.tok
}

// ofDoer reports a word inside the subject of the trigger.
func (s *scratch) ofDoer(t, top casus.TokenID) bool {
	for range 12 {
		tok := &s.doc.Tokens[t]
		if tok.Head == casus.None || t == top {
			return false
		}
		if tok.Head == top {
			return tok.Deprel == ud.Nsubj
		}
		t = tok.Head
	}
	return false
}

// placeHit gives the town that a blow itself befalls: "shelled Nikopol", "Kyiv
// was struck", "seized the city of Goma".
func (s *scratch) placeHit(ev *casus.Event) casus.PlaceID {
	if ev.Type != ontology.ASSAULT && ev.Type != ontology.COERCE {
		return casus.None
	}
	from, to := s.places(ev.Sentence)
	for i := from; i < to; i++ {
		pl := &s.doc.Places[i]
		if pl.Head == casus.None || pl.Rule == "geo.inside-name" || !strings.HasPrefix(pl.FCode, "P.") && !strings.HasPrefix(pl.FCode, "A.ADM") {
			continue
		}
		t, named := pl.Head, false
		if k := s.doc.Tokens[t].Head; s.doc.Tokens[t].Deprel.Universal() == ud.Nmod && k != casus.None && s.settlement(k) {
			t, named = k, true
		}
		tok := &s.doc.Tokens[t]
		if tok.Head != ev.Head || tok.Deprel != ud.Obj && !tok.Deprel.IsPassiveSubject() {
			continue
		}
		if named || ev.Type == ontology.ASSAULT {
			return casus.PlaceID(i)
		}
	}
	return casus.None
}

// settlement reports a noun for a kind of place.
func (s *scratch) settlement(t casus.TokenID) bool {
	switch s.doc.Tokens[t].Lemma {
	case "city", "town", "village", "port", "district", "province", "region", "suburb", "neighborhood", "neighbourhood", "settlement", "area",
		"capital", "island", "camp":
		return true
	}
	return false
}

// between gives the words of a place for the evidence; of the two ends of "the
// road between Gao and Ansongo" the first is the event's place, and the note
// names both.
func (s *scratch) between(id casus.PlaceID) (casus.Span, string) {
	pl := &s.doc.Places[id]
	if pl.Relation == "between" && int(id)+1 < len(s.doc.Places) {
		if next := &s.doc.Places[id+1]; next.Relation == "between" && next.Start-pl.End < 30 {
			return pl.Span.Cover(next.Span), "between " + pl.Name + " and " + next.Name
		}
	}
	return pl.Span, ""
}

// placeBelow gives a place inside a clause that hangs on the trigger: "sent
// troops to fight bandits in the north".
func (s *scratch) placeBelow(ev *casus.Event, h *hit) casus.PlaceID {
	top := h.tok
	from, to := s.places(ev.Sentence)
	for i := from; i < to; i++ {
		pl := &s.doc.Places[i]
		if scene(pl) && s.doc.Tokens[pl.Head].Sent == ev.Sentence && pl.Head > top && s.doc.Dominates(top, pl.Head) &&
			(pl.Relation != "" || s.local(pl.Head)) && !s.finiteBetween(pl.Head, top) {
			return casus.PlaceID(i)
		}
	}
	return casus.None
}

// scene reports a place where something can happen: no actor, no part of a
// body's name, no origin ("ships from Malta").
func scene(pl *casus.Place) bool {
	return pl.Head != casus.None && !pl.AsActor && pl.Relation != "from" && pl.Rule != "geo.inside-name"
}

func (s *scratch) places(sent casus.SentenceID) (from, to int) {
	return inSentence(s.doc, sent, s.doc.Places, func(p *casus.Place) casus.Pos { return p.Start })
}

// inSentence gives the entries [from, to) of a layer in text order that begin
// in a sentence, by halving: long documents have thousands of them.
func inSentence[T any](doc *casus.Document, sent casus.SentenceID, layer []T, start func(*T) casus.Pos) (from, to int) {
	span := doc.Sentences[sent].Span
	from = sort.Search(len(layer), func(i int) bool { return start(&layer[i]) >= span.Start })
	to = from + sort.Search(len(layer)-from, func(i int) bool { return start(&layer[from+i]) >= span.End })
	return from, to
}

// finiteBetween reports a finite verb on the way from a token up to top.
func (s *scratch) finiteBetween(t, top casus.TokenID) bool {
	for ; t != top && t != casus.None; t = s.doc.Tokens[t].Head {
		switch s.doc.Tokens[t].XPOS {
		case ud.XVBD, ud.XVBZ, ud.XVBP:
			return true
		}
	}
	return false
}

// local reports a toponym that stands behind a preposition of place, itself or
// by the noun it belongs to: "in Oslo", "off the coast of Peru".
func (s *scratch) local(t casus.TokenID) bool {
	if s.doc.Tokens[t].Deprel == ud.NmodPoss { // "in Libya's Sirte": the place is Sirte
		return false
	}
	for range 4 {
		switch s.prep(t) {
		case slotNone:
		case s.tab.preps["in"], s.tab.preps["at"], s.tab.preps["near"], s.tab.preps["off"], s.tab.preps["on"], s.tab.preps["to"],
			s.tab.preps["into"], s.tab.preps["across"], s.tab.preps["around"], s.tab.preps["over"], s.tab.preps["through"], s.tab.preps["toward"], s.tab.preps["towards"], s.tab.preps["from"]:
			return true
		}
		tok := &s.doc.Tokens[t]
		if tok.Head == casus.None || tok.Deprel.Universal() != ud.Nmod && tok.Deprel != ud.Compound && tok.Deprel != ud.Flat && tok.Deprel != ud.Appos && tok.Deprel != ud.Conj {
			return false
		}
		t = tok.Head
	}
	return false
}

// magnitude takes the figures of the event's own clause.
func (s *scratch) magnitude(ev *casus.Event, h *hit) {
	from, to := inSentence(s.doc, ev.Sentence, s.doc.Quantities, func(q *casus.Quantity) casus.Pos { return q.Start })
	for i := from; i < to; i++ {
		q := &s.doc.Quantities[i]
		if q.Head == casus.None || s.doc.Tokens[q.Head].Sent != ev.Sentence || !s.measures(ev, q) {
			continue
		}
		if s.doc.Dominates(h.tok, q.Head) && !s.inOtherClause(q.Head, h.tok) || s.subtreeOfContent(h, q.Head) {
			ev.Magnitude = append(ev.Magnitude, casus.Magnitude{Quantity: casus.QuantityID(i), Value: q.Value, Low: q.Low, High: q.High,
				Unit: q.Unit, Class: q.Class})
			s.evidence(ev, "magnitude", "coder.magnitude.clause", q.Span, "")
		}
	}
}

// measures reports a figure that says how large the event is. A distance does
// not, nor does the number of those who act or talk: "two countries agreed",
// "four ministers met". Whom a blow or an expulsion meets is counted, and so
// are soldiers and ships.
func (s *scratch) measures(ev *casus.Event, q *casus.Quantity) bool {
	if s.wholeOf(q) {
		return false
	}
	switch q.Class {
	case "distance", "temperature", "parties", "attacks":
		return false
	case "munitions": // "a bomb killed six" is no measure of itself
		return q.Value != 1
	case "", "officials", "people":
	default:
		return true
	}
	switch ev.Type {
	case ontology.CONSULT, ontology.AGREE, ontology.SUPPORT, ontology.COOPERATE, ontology.CONCEDE, ontology.REQUEST, ontology.ACCUSE,
		ontology.REJECT, ontology.THREATEN:
		return !s.acting(ev.Source, q.Head) && !s.acting(ev.Target, q.Head)
	}
	return true
}

// wholeOf reports the whole that a figure before it is a part of: the ten of
// "six of the ten sailors".
func (s *scratch) wholeOf(q *casus.Quantity) bool {
	t := s.doc.TokenAt(q.Start) - 1
	if t > 0 && s.doc.Tokens[t].UPOS != ud.ADP {
		t-- // "the", "its"
	}
	if t < 1 || s.doc.Form(t) != "of" || s.doc.Tokens[t-1].UPOS != ud.NUM { // "a brigade of 2,400 men" is no part
		return false
	}
	_, found := slices.BinarySearchFunc(s.doc.Quantities, s.doc.Tokens[t-1].End, func(p casus.Quantity, end casus.Pos) int { return int(p.End - end) })
	return found
}

// acting reports that the token is the head of a mention of one of the actors.
func (s *scratch) acting(ids []casus.EntityID, t casus.TokenID) bool {
	return slices.ContainsFunc(ids, func(e casus.EntityID) bool {
		return slices.ContainsFunc(s.doc.Entities[e].Mentions, func(m casus.Mention) bool { return m.Head == t })
	})
}

func (s *scratch) subtreeOfContent(h *hit, t casus.TokenID) bool {
	return h.content >= 0 && s.doc.Dominates(s.hits[h.content].tok, t) && !s.inOtherClause(t, s.hits[h.content].tok)
}

// merge joins tellings of one event: the same type, compatible sides, the same
// word or family, the same status and voice. The first telling keeps its
// fields and takes what it lacks from the later ones.
func (s *scratch) merge() []casus.Event {
	var out []casus.Event
next:
	for _, ev := range s.events {
		for i := range out {
			if s.same(&out[i], &ev) {
				join(&out[i], &ev, s.doc.Tokens[ev.Head].Span)
				continue next
			}
		}
		out = append(out, ev)
	}
	return out
}

func (s *scratch) same(a, b *casus.Event) bool {
	if s.outcome(a, b) {
		return true
	}
	if a.Type != b.Type || a.Status != b.Status || !slices.Equal(a.Attribution, b.Attribution) && !s.sameVoice(a, b) {
		return false
	}
	if symmetric(a.Type) { // talks of two and talks of three are not the same
		if x, y := s.countries(a), s.countries(b); len(x) > 1 && len(y) > 1 && !slices.Equal(x, y) {
			return false
		}
	}
	if !s.compatible(a.Source, b.Source) || !s.compatible(a.Target, b.Target) || len(a.Source)+len(a.Target) == 0 || len(b.Source)+len(b.Target) == 0 {
		return false
	}
	if a.Time.Time != casus.None && b.Time.Time != casus.None && !sameTime(a.Time.Value, b.Time.Value) {
		return false
	}
	if s.apart(a.Place, b.Place) {
		return false
	}
	return a.Sentence == b.Sentence || s.root(a.Head) == s.root(b.Head) || s.takesUp(b) || s.sharedNoun(a, b) || s.headlineOf(a, b)
}

// sharedNoun reports two triggers with a noun in common: "foiled the attack"
// and "an attack was thwarted".
func (s *scratch) sharedNoun(a, b *casus.Event) bool {
	for _, x := range a.Trigger {
		first, end := s.doc.TokenRange(x)
		for t := first; t < end; t++ {
			if s.doc.Tokens[t].UPOS == ud.NOUN && s.isAnyLight(t, classDeed) && s.triggerHas(b, s.doc.Tokens[t].Lemma) {
				return true
			}
		}
	}
	return false
}

func (s *scratch) triggerHas(ev *casus.Event, noun string) bool {
	for _, x := range ev.Trigger {
		first, end := s.doc.TokenRange(x)
		for t := first; t < end; t++ {
			if s.doc.Tokens[t].Lemma == noun {
				return true
			}
		}
	}
	return false
}

// headlineOf reports a headline that tells in other words what the text tells:
// a side known in both is the same.
func (s *scratch) headlineOf(a, b *casus.Event) bool {
	if s.doc.Sentences[a.Sentence].Role != casus.Headline {
		return false
	}
	return len(a.Source) > 0 && len(b.Source) > 0 && len(a.Target) > 0 && len(b.Target) > 0 || a.Type == ontology.PROTEST && len(a.Source) > 0 && len(b.Source) > 0
}

// sameTime reports two values one of which says the other less exactly: a day
// and an hour of it, a month and its day.
func sameTime(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// takesUp reports words for a deed told before by another name: "shelled the
// town ... The attack killed two".
func (s *scratch) takesUp(ev *casus.Event) bool {
	if !s.isAnyLight(ev.Head, classDeed) || s.doc.Tokens[ev.Head].UPOS != ud.NOUN {
		return false
	}
	k := s.doc.Kid(ev.Head, ud.Det)
	if k == casus.None {
		return false
	}
	switch s.doc.Tokens[k].Lemma {
	case "the", "this", "that", "these", "those":
		return true
	}
	return false
}

// outcome reports the toll of an attack told in a participle: "opened fire on
// the crowd, killing two" is one event, the dead are its magnitude.
func (s *scratch) outcome(a, b *casus.Event) bool {
	if a.Sentence != b.Sentence || a.Type != ontology.ASSAULT || b.Type != a.Type || b.CAMEO != "180" || a.CAMEO == "180" || a.Status != b.Status {
		return false
	}
	tok := &s.doc.Tokens[b.Head]
	if tok.XPOS != ud.XVBG || len(a.Source) > 0 && len(b.Source) > 0 && !s.compatible(a.Source, b.Source) {
		return false
	}
	for range 3 {
		switch tok.Deprel {
		case ud.Advcl, ud.Conj, ud.Acl, ud.Xcomp, ud.Parataxis:
		default:
			return false
		}
		if tok.Head == a.Head || s.doc.Dominates(tok.Head, a.Head) && !s.inOtherClause(a.Head, tok.Head) {
			return true
		}
		tok = &s.doc.Tokens[tok.Head]
	}
	return false
}

// apart reports two places that cannot be one scene: of different countries,
// or two towns.
func (s *scratch) apart(x, y casus.PlaceID) bool {
	if x == casus.None || y == casus.None {
		return false
	}
	a, b := &s.doc.Places[x], &s.doc.Places[y]
	if !a.Located() || !b.Located() || a.Country == "" || b.Country == "" {
		return false
	}
	if a.Country != b.Country {
		return true
	}
	return strings.HasPrefix(a.FCode, "P.") && strings.HasPrefix(b.FCode, "P.") && a.GeoNameID != b.GeoNameID
}

// root is a crude key for a word and its relatives: attack, attacked, attacks.
func (s *scratch) root(t casus.TokenID) string {
	l := strings.ToLower(s.doc.Tokens[t].Lemma)
	return l[:min(len(l), 5)]
}

func (s *scratch) sameVoice(a, b *casus.Event) bool {
	return s.speaker(a) == s.speaker(b)
}

func (s *scratch) speaker(ev *casus.Event) casus.EntityID {
	if len(ev.Attribution) == 0 {
		return casus.None
	}
	if sp := s.doc.Statements[ev.Attribution[0]].Speaker; sp != casus.None {
		return sp
	}
	return -2 - casus.EntityID(ev.Attribution[0]) // an unknown speaker is nobody else
}

func (s *scratch) compatible(a, b []casus.EntityID) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
		for _, y := range b {
			if s.alike(&s.doc.Entities[x], &s.doc.Entities[y]) {
				return true
			}
		}
	}
	return false
}

// alike reports two entities that may be one: the same code, or none and the
// same last word of the name: "two bakers" and "the bakers".
func (s *scratch) alike(x, y *casus.Entity) bool {
	if x.Code != y.Code {
		return false
	}
	return x.Code != "" || x.Kind == y.Kind && strings.EqualFold(lastWord(x.Name), lastWord(y.Name))
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func isTime(e casus.Evidence) bool { return e.Field == "time" }

func disjoint(a, b []casus.EntityID) bool {
	return !slices.ContainsFunc(a, func(e casus.EntityID) bool { return slices.Contains(b, e) })
}

// takeEvidence adds to a the evidence of a field that it takes from b.
func takeEvidence(a, b *casus.Event, field string) {
	for _, x := range b.Evidence {
		if x.Field == field {
			a.Evidence = append(a.Evidence, x)
		}
	}
}

// mainPiece gives the piece of a trigger that holds its main word: one span for
// each telling.
func mainPiece(trigger []casus.Span, head casus.Span) casus.Span {
	for _, t := range trigger {
		if t.Overlaps(head) {
			return t
		}
	}
	return trigger[0]
}

// join takes a later telling into the first; headAt is the main word of the
// later.
func join(a, b *casus.Event, headAt casus.Span) {
	if len(b.Trigger) > 0 && !overlap(a.Trigger, b.Trigger) {
		a.Mentions = append(a.Mentions, mainPiece(b.Trigger, headAt))
	}
	if len(a.Source) == 0 && disjoint(a.Target, b.Source) {
		a.Source = b.Source
		takeEvidence(a, b, "source")
	}
	if len(a.Target) == 0 && disjoint(a.Source, b.Target) {
		a.Target = b.Target
		takeEvidence(a, b, "target")
	}
	if a.Place == casus.None && b.Place != casus.None {
		a.Place = b.Place
		takeEvidence(a, b, "place")
	}
	if a.Time.Time == casus.None && b.Time.Time != casus.None { // the headline has no day of its own
		a.Time, a.Historical = b.Time, a.Historical || b.Historical
		a.Evidence = append(slices.DeleteFunc(a.Evidence, isTime), b.Evidence[slices.IndexFunc(b.Evidence, isTime)])
	}
	if len(b.CAMEO) > len(a.CAMEO) && strings.HasPrefix(b.CAMEO, a.CAMEO) || a.Mode == "" && b.Mode != "" {
		a.CAMEO, a.Mode = b.CAMEO, b.Mode
	}
	for _, m := range b.Magnitude {
		if !slices.Contains(a.Magnitude, m) {
			if len(a.Magnitude) == 0 {
				takeEvidence(a, b, "magnitude")
			}
			a.Magnitude = append(a.Magnitude, m)
		}
	}
	a.Contexts = union(a.Contexts, b.Contexts)
}
