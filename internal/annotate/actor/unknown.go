package actor

import (
	"casus"
	"casus/ud"
)

// Unknown gives, in text order, the names of subjects and agents for which the
// document has no entity, or one whose code is open: what the tables should
// learn next. It needs tokens, names and the entity layer.
func Unknown(doc *casus.Document) []casus.Span {
	var out []casus.Span
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		if tok.UPOS != ud.PROPN || !tok.Deprel.IsSubject() && tok.Deprel != ud.OblAgent || elsewhere(doc, tok) {
			continue
		}
		if e := doc.EntityOf(casus.TokenID(i)); e == casus.None || doc.Entities[e].Code == "" {
			out = append(out, nameAround(doc, casus.TokenID(i)))
		}
	}
	return out
}

// elsewhere reports a token of a place or time, or of a dateline: no actor.
func elsewhere(doc *casus.Document, tok *casus.Token) bool {
	if doc.Sentences[tok.Sent].Role == casus.Dateline {
		return true
	}
	for i := range doc.Times {
		if s := doc.Times[i].Span; s.Start <= tok.Start && tok.End <= s.End {
			return true
		}
	}
	for i := range doc.Places {
		if s := doc.Places[i].Span; s.Start <= tok.Start && tok.End <= s.End {
			return true
		}
	}
	for i := range doc.Names {
		if n := &doc.Names[i]; n.Label == casus.LOC && n.Span.Start <= tok.Start && tok.End <= n.Span.End {
			return true
		}
	}
	return false
}

// nameAround gives the name of the tagger that holds the token, else the
// token with the proper nouns beside it.
func nameAround(doc *casus.Document, t casus.TokenID) casus.Span {
	for i := range doc.Names {
		if n := &doc.Names[i]; n.First <= t && t < n.End {
			return n.Span
		}
	}
	sent := &doc.Sentences[doc.Tokens[t].Sent]
	first, end := t, t+1
	for first > sent.First && doc.Tokens[first-1].UPOS == ud.PROPN {
		first--
	}
	for end < sent.End && doc.Tokens[end].UPOS == ud.PROPN {
		end++
	}
	return doc.TokenSpan(first, end)
}
