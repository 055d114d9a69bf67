package coder

import (
	"cmp"
	"slices"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// legacy rewrites events as coders of the TABARI and PETRARCH line have them,
// for comparison with their data: words are events of their own (CAMEO 01), and
// "Chad says that Niger shelled a village" is no shelling but an accusation
// (112) of Niger by Chad. What was said and by whom is lost with it, which is
// why it is not the default.
func (s *scratch) legacy(events []casus.Event) []casus.Event {
	spoken := map[casus.StatementID]bool{} // statements that are told by an event already
	var out []casus.Event
	for i := range events {
		ev := events[i]
		if st, who, ok := s.rewritable(&ev); ok {
			ev = s.accusation(ev, who)
			spoken[st] = true
			if slices.ContainsFunc(out, func(o casus.Event) bool { return toldBefore(&o, &ev) }) {
				continue
			}
		}
		out = append(out, ev)
	}
	for id := range s.doc.Statements {
		if ev, ok := s.comment(casus.StatementID(id), out); ok && !spoken[casus.StatementID(id)] {
			out = append(out, ev)
		}
	}
	slices.SortStableFunc(out, func(a, b casus.Event) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(start(&a), start(&b)))
	})
	return out
}

func start(ev *casus.Event) casus.Pos {
	if len(ev.Trigger) == 0 {
		return 0
	}
	return ev.Trigger[0].Start
}

// toldBefore reports an accusation of the same sentence and sides: "accused
// Niger of shelling" needs no second record.
func toldBefore(a, b *casus.Event) bool {
	return a.Type == b.Type && a.Sentence == b.Sentence && slices.Equal(a.Source, b.Source) && slices.Equal(a.Target, b.Target)
}

// rewritable gives the statement and its speaker for a deed of material
// conflict that somebody else than the doer tells.
func (s *scratch) rewritable(ev *casus.Event) (casus.StatementID, casus.EntityID, bool) {
	if ev.Type.Quad() != ontology.MaterialConflict || len(ev.Source) == 0 || len(ev.Attribution) == 0 {
		return casus.None, casus.None, false
	}
	st := ev.Attribution[0]
	who := s.doc.Statements[st].Speaker
	if who == casus.None || !s.voice(who) || slices.Contains(ev.Source, who) || s.sameCountry(ev.Source, []casus.EntityID{who}) {
		return casus.None, casus.None, false
	}
	return st, who, true
}

// voice reports a speaker that a record can name as its source.
func (s *scratch) voice(e casus.EntityID) bool { return s.acts(e) && !s.doc.Entities[e].Media.Is }

// accusation makes the old record of a deed told by another.
func (s *scratch) accusation(ev casus.Event, who casus.EntityID) casus.Event {
	doer := ev.Source
	ev.Type, ev.Mode, ev.CAMEO, ev.Contexts = ontology.ACCUSE, "allege", "112", nil
	ev.Source, ev.Target, ev.Magnitude = []casus.EntityID{who}, doer, nil
	ev.Status, ev.Attribution = casus.Asserted, nil
	ev.Evidence = slices.DeleteFunc(slices.Clone(ev.Evidence), func(e casus.Evidence) bool {
		return e.Field != "time" && e.Field != "place"
	})
	s.evidence(&ev, "type", "coder.legacy.accuse", s.triggerCover(&ev), "a deed told by another than its doer")
	return ev
}

// comment makes the event of a statement, unless its cue is the trigger of an
// event: whoever accuses or threatens is coded so already.
func (s *scratch) comment(id casus.StatementID, events []casus.Event) (casus.Event, bool) {
	st := &s.doc.Statements[id]
	if st.Speaker == casus.None || st.CueHead == casus.None || st.Negated || !s.voice(st.Speaker) {
		return casus.Event{}, false
	}
	cue := s.doc.Tokens[st.CueHead].Span
	for i := range events {
		if overlap(events[i].Trigger, st.Cue) {
			return casus.Event{}, false
		}
	}
	code := commentCode(st.Stance)
	ev := casus.Event{CAMEO: code, Source: []casus.EntityID{st.Speaker}, Target: s.addressed(st), Trigger: slices.Clone(st.Cue),
		Head: st.CueHead, Sentence: s.doc.Tokens[st.CueHead].Sent, Place: casus.None, Status: casus.Asserted, Phase: casus.Past}
	if n := len(st.Via); n > 0 {
		ev.Attribution = []casus.StatementID{st.Via[n-1]}
	}
	s.evidence(&ev, "type", "coder.legacy.comment", s.triggerCover(&ev), "")
	s.evidence(&ev, "source", "coder.legacy.speaker", cue, "")
	s.time(&ev, &hit{frame: &frame{}, tok: st.CueHead, light: casus.None, content: -1, opTok: casus.None})
	return ev, true
}

func overlap(a, b []casus.Span) bool {
	return slices.ContainsFunc(a, func(x casus.Span) bool {
		return slices.ContainsFunc(b, func(y casus.Span) bool { return x.Overlaps(y) })
	})
}

// commentCode gives the CAMEO code of a stance: 011 for a refusal to comment,
// 016 for a denial, 010 for every other statement.
func commentCode(st casus.Stance) string {
	switch st {
	case casus.Decline, casus.Evade:
		return "011"
	case casus.Deny:
		return "016"
	}
	return "010"
}

// addressed gives whom the words are said to: "told the envoy that ...", "said
// to the envoy".
func (s *scratch) addressed(st *casus.Statement) []casus.EntityID {
	for k := range s.doc.Kids(st.CueHead) {
		switch r := s.doc.Tokens[k].Deprel; {
		case r == ud.Obj || r == ud.Iobj, r == ud.Obl && s.prep(k) == s.tab.preps["to"]:
			e := s.doc.EntityOf(k)
			if e != casus.None && e != st.Speaker && s.voice(e) {
				return []casus.EntityID{e}
			}
		}
	}
	return nil
}
