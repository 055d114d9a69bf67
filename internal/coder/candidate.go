package coder

import (
	"casus"
	"casus/ud"
)

// Candidates picks the sentences of a parsed document in which an event may be
// found: a frame fits in the tree, and somebody is there who could act. It
// needs tokens with trees and no other layer, so that a cascade can ask between
// two tiers of the language engine; who is an actor is not known yet and taken
// on trust. It adds to dst in text order.
func (a *Annotator) Candidates(doc *casus.Document, dst []casus.SentenceID) []casus.SentenceID {
	s := a.pool.Get().(*scratch)
	defer a.pool.Put(s)
	s.begin(doc)
	s.trusting = true
	for i := range doc.Sentences {
		if id := casus.SentenceID(i); s.candidate(id) {
			dst = append(dst, id)
		}
	}
	s.trusting, s.doc = false, nil
	return dst
}

func (s *scratch) candidate(id casus.SentenceID) bool {
	sent := &s.doc.Sentences[id]
	if sent.First == sent.End || sent.Role == casus.Dateline || sent.Role == casus.Byline || !s.someone(sent) || !s.find(sent) {
		return false
	}
	for i := range s.hits {
		if h := &s.hits[i]; !h.dead && !h.inside {
			return true
		}
	}
	return false
}

// someone reports a name, a personal pronoun, people or a force: who could act.
func (s *scratch) someone(sent *casus.Sentence) bool {
	for t := sent.First; t < sent.End; t++ {
		switch tok := &s.doc.Tokens[t]; tok.UPOS {
		case ud.PROPN:
			return true
		case ud.PRON:
			if tok.XPOS == ud.XPRP {
				return true
			}
		case ud.ADJ:
			if c := s.doc.Text[tok.Start]; 'A' <= c && c <= 'Z' && t > sent.First {
				return true
			}
		case ud.NOUN:
			if s.isAnyLight(t, classPerson) || s.isAnyLight(t, classForce) {
				return true
			}
		}
	}
	return false
}
