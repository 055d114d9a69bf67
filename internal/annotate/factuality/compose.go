package factuality

import (
	"casus"
	"casus/ud"
)

// compose takes a status outward through the statements that hold the
// predicate, the innermost first.
func (w *work) compose(t casus.TokenID, v verdict) verdict {
	doc, named := w.doc, false
	for s, n := doc.StatementOf(t), 0; s != casus.None && n < 16; s, n = doc.Statements[s].Parent(), n+1 {
		st := &doc.Statements[s]
		if st.CueHead == t {
			continue
		}
		if v.rule == "factuality.condition" && st.Stance == casus.Threaten {
			continue // "threatened to act if the embargo is not lifted"
		}
		inner := named
		named = st.CueHead != casus.None && doc.Tokens[st.CueHead].UPOS == ud.NOUN
		if to := w.through(st, t, v.status, inner); to != v.status {
			at := st.CueHead
			if at == casus.None {
				at = t
			}
			v = verdict{to, "factuality.stance", at}
		}
	}
	return v
}

// through gives the status of a predicate after one statement. A noun that a
// denial or a rebuke merely names is taken for granted: "condemned the attack"
// and "rejected the offer" presuppose both; "accused it of attacks" does not.
// Named says that the statement inside is told by a noun, "the allegation that".
func (w *work) through(st *casus.Statement, t casus.TokenID, s casus.Status, named bool) casus.Status {
	noun := w.doc.Tokens[t].UPOS == ud.NOUN
	if s == casus.Claimed && named && !noun && !st.Negated && (st.Stance == casus.Deny || st.Stance == casus.Retract) {
		return casus.Denied // "dismissed the allegation that it had armed ..."
	}
	if s != casus.Asserted && s != casus.Planned && s != casus.Hypothetical {
		return s
	}
	accuses := st.CueHead != casus.None && w.effect[st.CueHead] == claim
	switch st.Stance {
	case casus.Claim, casus.Believe:
		if s == casus.Asserted {
			return casus.Claimed
		}
	case casus.Accuse:
		if s == casus.Asserted && (accuses || !noun) {
			return casus.Claimed
		}
	case casus.Deny:
		if !st.Negated && !noun {
			return casus.Denied
		}
	case casus.Retract:
		if s == casus.Asserted && !st.Negated && !noun {
			return casus.Denied // who takes a report back says that it does not hold
		}
	case casus.Threaten:
		if s == casus.Planned || s == casus.Hypothetical {
			return casus.Threatened
		}
	}
	if st.Negated && s == casus.Asserted && (st.Stance == casus.Assert || st.Stance == casus.Decline) &&
		w.doc.Tokens[t].Deprel == ud.Ccomp && w.doc.Tokens[t].Head == st.CueHead {
		return casus.Hypothetical // "did not say that the bridge is closed"
	}
	return s
}
