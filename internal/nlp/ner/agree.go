package ner

import (
	"slices"

	"casus"
	"casus/ud"
)

// ballot counts, for one word or name of a document, the labels given to it.
type ballot [casus.MISC + 1]float32

// winner gives the label with most votes, and its lead over the second; the
// first label of equals.
func (b *ballot) winner() (casus.NameLabel, float32) {
	best, second := casus.NameNone, float32(0)
	for l := casus.PER; l <= casus.MISC; l++ {
		if v := b[l]; v > b[best] {
			best, second = l, b[best]
		} else {
			second = max(second, v)
		}
	}
	return best, b[best] - second
}

// Agree makes the names of a document agree, once all its sentences are
// tagged. A writer names a person in full and then by the family name alone:
// after "Ivan Petrov" has been met, a bare "Petrov" is the same man, though
// "Petrov fell to rebels" taken by itself might be a town. Names stay in text
// order; those it adds have a margin of zero.
func (t *Tagger) Agree(doc *casus.Document, s *Scratch) {
	if s.votes == nil {
		s.votes = map[string]ballot{}
	}
	clear(s.votes)
	for i := range doc.Names {
		s.vote(doc, &doc.Names[i])
	}
	for i := range doc.Names {
		s.overrule(doc, &doc.Names[i])
	}
	s.complete(doc)
	clear(s.votes) // its keys hold the document's text
}

// fullName is what a name of several words weighs for its last word: it shows
// the class by itself, a bare family name does not.
const fullName = 2

func (s *Scratch) vote(doc *casus.Document, n *casus.Name) {
	whole := doc.String(n.Span)
	b := s.votes[whole]
	b[n.Label]++
	s.votes[whole] = b
	if n.Label == casus.PER && n.End-n.First > 1 {
		last := doc.Form(n.End - 1)
		b := s.votes[last]
		b[casus.PER] += fullName
		s.votes[last] = b
	}
}

// overrule gives a name the label that the document gives the same words
// elsewhere, if the others are clearly more.
func (s *Scratch) overrule(doc *casus.Document, n *casus.Name) {
	b := s.votes[doc.String(n.Span)]
	if l, lead := b.winner(); l != n.Label && lead >= 1 && b[l] >= 2*b[n.Label] {
		n.Label = l
	}
}

// complete adds single words that were taken for no name, but are one
// elsewhere in the document.
func (s *Scratch) complete(doc *casus.Document) {
	s.found = s.found[:0]
	next := 0
	for i := range doc.Tokens {
		id := casus.TokenID(i)
		for next < len(doc.Names) && doc.Names[next].End <= id {
			next++
		}
		if next < len(doc.Names) && doc.Names[next].First <= id || !alone(doc, id) {
			continue
		}
		b, ok := s.votes[doc.Form(id)]
		if !ok {
			continue
		}
		if l, lead := b.winner(); lead >= 2 {
			s.found = append(s.found, casus.Name{Span: doc.Tokens[i].Span, First: id, End: id + 1, Label: l})
		}
	}
	if len(s.found) > 0 {
		doc.Names = append(doc.Names, s.found...)
		slices.SortFunc(doc.Names, func(a, b casus.Name) int { return int(a.First - b.First) })
	}
}

// alone reports a capitalised proper noun that is no part of a longer run of
// them.
func alone(doc *casus.Document, id casus.TokenID) bool {
	tok := &doc.Tokens[id]
	if tok.UPOS != ud.PROPN || !capital(doc.Form(id)) {
		return false
	}
	se := &doc.Sentences[tok.Sent]
	for _, near := range [2]casus.TokenID{id - 1, id + 1} {
		if near >= se.First && near < se.End && doc.Tokens[near].UPOS == ud.PROPN {
			return false
		}
	}
	return true
}

func capital(form string) bool { return len(form) > 2 && 'A' <= form[0] && form[0] <= 'Z' }
