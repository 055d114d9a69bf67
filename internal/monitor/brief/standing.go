package brief

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// standing is the status under which the page tells an event: that of the
// coder, lowered where the text around it leaves no doubt. What stands under
// "whether" is open; what one party accuses another of, and what somebody answers
// with a denial or could not confirm, is a claim; with "no" before it nothing happened.
func (t *telling) standing() casus.Status {
	if t.ev.Status != casus.Asserted {
		return t.ev.Status
	}
	switch {
	case t.questioned():
		return casus.Hypothetical
	case t.without():
		return casus.Negated
	}
	at := t.head()
	for i := range t.v.doc.Statements {
		st := &t.v.doc.Statements[i]
		if st.Negated || !holds(st.Content, at) {
			continue
		}
		switch st.Stance {
		case casus.Claim, casus.Accuse:
			return casus.Claimed
		case casus.Deny:
			return casus.Denied
		}
		if t.v.answered(casus.StatementID(i)) {
			return casus.Claimed
		}
	}
	return casus.Asserted
}

// answered reports a statement that another of the document denies, or could not
// confirm, by naming it: "a claim that the rebels rejected", "The report could not
// be verified".
func (v *view) answered(id casus.StatementID) bool {
	return slices.ContainsFunc(v.doc.Statements, func(st casus.Statement) bool {
		return (st.Stance == casus.Deny && !st.Negated || st.Stance == casus.Decline) && slices.Contains(st.Answers, id)
	})
}

// head gives the span of the event's main word.
func (t *telling) head() casus.Span {
	if t.v.token(t.ev.Head) {
		return t.v.doc.Tokens[t.ev.Head].Span
	}
	if len(t.ev.Trigger) > 0 {
		return t.ev.Trigger[0]
	}
	return casus.Span{}
}

// questioned reports an event that the sentence only asks about: "Whether a
// mine sank the ferry is still unclear", "it is not known whether ...".
func (t *telling) questioned() bool {
	d := t.v.doc
	if !t.v.token(t.ev.Head) {
		s := t.ev.Sentence
		if s < 0 || int(s) >= len(d.Sentences) || t.head().Start < d.Sentences[s].Span.Start {
			return false
		}
		before := d.Text[d.Sentences[s].Span.Start:t.head().Start]
		return strings.Contains(" "+strings.ToLower(before), " whether ")
	}
	for h, n := t.ev.Head, 0; t.v.token(h) && n < 8; h, n = d.Tokens[h].Head, n+1 {
		for k := range d.Kids(h) {
			if k < t.ev.Head && strings.EqualFold(d.Form(k), "whether") {
				return true
			}
		}
	}
	return false
}

// without reports an event under the determiner "no": "has received no request
// for drones". A refusal is told by its negation and stays what it is.
func (t *telling) without() bool {
	d := t.v.doc
	if !t.v.token(t.ev.Head) || t.ev.Type == ontology.REJECT {
		return false
	}
	for _, s := range t.ev.Trigger {
		first, end := d.TokenRange(s)
		for w := first; w < end; w++ {
			if k := d.KidLemma(w, ud.Det, "no"); k != casus.None {
				return true
			}
		}
	}
	return false
}

// dull reports an event that is no news of its own: what stands in a heading
// of the same text, what only describes a source ("a diplomat, who asked not
// to be named, said ..."), and the act of saying something that is told as a
// statement.
func (t *telling) dull() bool {
	d := t.v.doc
	if s := t.ev.Sentence; s >= 0 && int(s) < len(d.Sentences) && d.Sentences[s].Role != casus.Body && t.v.hasBody() {
		return true
	}
	if !t.v.correction(t.ev.Sentence).Empty() {
		return true // told as a correction
	}
	if t.v.token(t.ev.Head) {
		u := t.v.unit(t.ev.Head)
		if s := d.Kid(u, ud.Nsubj, ud.NsubjPass); u != t.ev.Head && s != casus.None && strings.EqualFold(d.Form(s), "this") {
			return true // "this is stated in a note of the ministry"
		}
		if d.KidLemma(u, ud.Obj, "this") != casus.None && d.Tokens[u].UPOS == ud.VERB {
			return true // "the minister said this on Friday, commenting on ..."
		}
	}
	at := t.head()
	for i := range d.Statements {
		st := &d.Statements[i]
		if holds(st.Source, at) && len(st.Content) > 0 && !holds(st.Content, at) && t.v.clausal(t.ev.Head) {
			return true
		}
		if plainSaying[st.Stance] && t.v.token(t.ev.Head) && st.CueHead == t.ev.Head {
			return true
		}
	}
	return false
}

// plainSaying are the stances of mere saying: an event of that verb adds
// nothing to the statement.
var plainSaying = map[casus.Stance]bool{casus.Assert: true, casus.Quote: true, casus.Believe: true, casus.Know: true, casus.Want: true}

// clausal reports a verb inside a source: it belongs to a relative clause
// there. A noun is the source itself.
func (v *view) clausal(head casus.TokenID) bool {
	return v.token(head) && v.doc.Tokens[head].UPOS == ud.VERB
}

func (v *view) hasBody() bool {
	return slices.ContainsFunc(v.doc.Sentences, func(s casus.Sentence) bool { return s.Role == casus.Body })
}

// unit climbs from an event to the clause that can stand alone and tells it:
// from "killing two" to "boats opened fire, killing two".
func (v *view) unit(head casus.TokenID) casus.TokenID {
	t := head
	for range 12 {
		if v.standsAlone(t) {
			return t
		}
		if !v.token(v.doc.Tokens[t].Head) {
			return t
		}
		t = v.doc.Tokens[t].Head
	}
	return t
}

// standsAlone reports the verb of a clause that loses nothing when it is taken
// out of its sentence: a main clause, what somebody says, a clause joined to
// one of them.
func (v *view) standsAlone(t casus.TokenID) bool {
	tok := &v.doc.Tokens[t]
	if tok.UPOS != ud.VERB && !v.doc.HasKid(t, ud.Cop) {
		return false
	}
	for k := range v.doc.Kids(t) {
		if m := &v.doc.Tokens[k]; m.Deprel == ud.Mark && m.Lemma != "that" && m.Lemma != "to" {
			return false
		}
	}
	subject := v.doc.HasKid(t, ud.Nsubj, ud.Csubj, ud.NsubjPass, ud.Expl)
	switch tok.Deprel.Universal() {
	case ud.Root:
		return true
	case ud.Ccomp:
		// A complement that nobody says is more often a slip of the parser than
		// a sentence of its own.
		return subject && v.innermost(tok.Span) != casus.None
	case ud.Parataxis:
		return subject
	case ud.Conj:
		return v.token(tok.Head) && (v.doc.Tokens[tok.Head].UPOS == ud.VERB || v.doc.HasKid(tok.Head, ud.Cop)) && v.standsAlone(tok.Head)
	}
	return false
}

// core reports a word that is subject or object of a verb: what it names is
// what the clause tells.
func (v *view) core(t, of casus.TokenID) bool {
	if v.doc.Tokens[t].Head != of {
		return false
	}
	u := v.doc.Tokens[t].Deprel.Universal()
	return u == ud.Nsubj || u == ud.Obj
}
