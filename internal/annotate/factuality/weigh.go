package factuality

import (
	"casus"
	"casus/ud"
)

// Rules read the frame of a predicate, the value reads all of its sentence. A
// rule wins, but for two cases: no rule speaks and the value says that it did
// not happen, or a rule that holds only as a rule (a modal verb tells what may
// be) speaks against a high value.
const (
	doubtful     = -0.5 // below, a predicate that no rule speaks about is not taken as told to have happened
	doubtfulNoun = -1   // the same of a noun, which is oftener taken for granted
	evident      = 1    // above, a weak rule gives way
	unrealised   = -1   // below, an infinitive tells an aim, not a fact
)

// weigh holds the verdict of the rules against the value. Read says that the
// accurate tier gave the value; the weights of the fast tier are not sure
// enough to overrule anything.
func (w *work) weigh(t casus.TokenID, v verdict, value float32, read bool) verdict {
	switch {
	case v.rule == "factuality.plain":
		return w.doubt(t, v, value)
	case read && value >= evident && w.givesWay(t, v):
		return verdict{casus.Asserted, "factuality.value", t}
	case v.rule == "factuality.infinitive" && value < unrealised:
		return verdict{casus.Planned, "factuality.purpose", t} // "a contract to supply trucks"
	}
	return v
}

// doubt judges what no rule speaks about. When it hardly happened, it is of the
// world of its clause: in "the first flight will take off from Lima" the flight
// is as planned as the taking off.
func (w *work) doubt(t casus.TokenID, v verdict, value float32) verdict {
	if value >= doubtful {
		return v
	}
	for h, n := w.doc.Tokens[t].Head, 0; h != casus.None && n < 3; h, n = w.doc.Tokens[h].Head, n+1 {
		if u := w.doc.Tokens[h].UPOS; u != ud.VERB && u != ud.AUX && u != ud.ADJ && !w.doc.HasKid(h, ud.Cop) {
			continue
		}
		if g := w.own(h); g.status == casus.Planned || g.status == casus.Threatened || g.status == casus.Hypothetical {
			return verdict{g.status, "factuality.value", h}
		}
		break
	}
	if value >= doubtfulNoun && w.doc.Tokens[t].UPOS == ud.NOUN {
		return v
	}
	return verdict{casus.Hypothetical, "factuality.value", t}
}

// givesWay reports verdicts of weak rules. "Who fired?" takes the firing for
// granted, "allows users to record" records, "can carry 290 passengers"
// carries, "will discuss the attack" knows of one. A purpose and an attempt stay
// what they are, however well they may have ended.
func (w *work) givesWay(t casus.TokenID, v verdict) bool {
	noun := w.doc.Tokens[t].UPOS == ud.NOUN
	switch v.rule {
	case "factuality.infinitive", "factuality.timed", "factuality.question", "factuality.modal":
		return true
	case "factuality.governor":
		if v.status == casus.Hypothetical {
			return !noun && w.doc.HasKid(v.at, ud.Obj)
		}
		return v.status == casus.Planned
	case "factuality.attribute":
		return v.status != casus.Negated // "through the next phase of testing"
	case "factuality.future", "factuality.to-be":
		return noun
	}
	return false
}
