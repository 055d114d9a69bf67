package actor

import (
	"strings"

	"casus"
	"casus/ud"
)

// kindSet is a set of entry kinds.
type kindSet uint16

func (k kindSet) has(e entryKind) bool { return k&(1<<e) != 0 }

// hit is the longest run of tokens [first, end) that a table knows, with its
// readings.
type hit struct {
	first, end casus.TokenID
	kinds      kindSet
	state      int32 // for the readings as state, adjective, people, capital
	body       int32 // for body and medium
	person     int32
	noun       int32
	plural     bool // of the noun or people
	gender     byte // of a first name, 'm' or 'f'
}

// piece is a word of the lexicon and the token it is part of.
type piece struct {
	word int32
	tok  casus.TokenID
}

// scan finds all hits of the document, left to right, longest first, without
// overlap.
func (w *work) scan() {
	w.pieces, w.tokWord = w.pieces[:0], resize(w.tokWord, len(w.doc.Tokens))
	w.hits, w.hitAt = w.hits[:0], resize(w.hitAt, len(w.doc.Tokens))
	for i := range w.hitAt {
		w.hitAt[i], w.tokWord[i] = -1, 0
	}
	for s := range w.doc.Sentences {
		w.scanSentence(&w.doc.Sentences[s])
	}
}

func resize(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, n+n/2)
	}
	return s[:n]
}

func (w *work) scanSentence(sent *casus.Sentence) {
	w.pieces = w.pieces[:0]
	for t := sent.First; t < sent.End; t++ {
		w.cut(t)
	}
	for i := 0; i < len(w.pieces); {
		if n := w.match(i); n > i {
			i = n
		} else {
			i++
		}
	}
}

// cut appends the words of a token: "al-Sisi" may be one token or three, and
// is two words either way.
func (w *work) cut(t casus.TokenID) {
	form := w.doc.Form(t)
	if w.doc.Tokens[t].UPOS == ud.PART && (form == "'" || form == "’") {
		return // "Workers' Party"
	}
	start := 0
	for i := 0; i <= len(form); i++ {
		if i < len(form) && form[i] != '-' {
			continue
		}
		if i > start {
			id := w.lookup(form[start:i])
			w.pieces = append(w.pieces, piece{id, t})
			if start == 0 && i == len(form) {
				w.tokWord[t] = id
			}
		}
		start = i + 1
	}
}

func (w *work) lookup(form string) int32 {
	w.buf = appendFold(w.buf[:0], form)
	return w.t.lex.words[string(w.buf)]
}

// match finds the longest hit that begins at the piece and gives the piece
// after it; i itself when there is none.
func (w *work) match(i int) int {
	lex := w.t.lex
	word := w.pieces[i].word
	if word == 0 || i > 0 && w.pieces[i-1].tok == w.pieces[i].tok && !w.isEx(w.pieces[i].tok) {
		return i
	}
	node := lex.first[word]
	best, bestNode := i, int32(0)
	for j := i; node != 0; {
		j++
		if lex.head[node] >= 0 && (j == len(w.pieces) || w.pieces[j].tok != w.pieces[j-1].tok) && w.admits(node, i, j) {
			best, bestNode = j, node
		}
		if j == len(w.pieces) || w.pieces[j].word == 0 {
			break
		}
		node = lex.edges[uint64(node)<<32|uint64(w.pieces[j].word)]
	}
	if best > i {
		w.addHit(bestNode, w.pieces[i].tok, w.pieces[best-1].tok+1)
	}
	return best
}

// admits reports whether one of the readings fits the case of the text.
func (w *work) admits(node int32, i, j int) bool {
	for e := w.t.lex.head[node]; e >= 0; e = w.t.lex.entries[e].next {
		if w.fits(&w.t.lex.entries[e], w.pieces[i].tok, w.pieces[j-1].tok) {
			return true
		}
	}
	return false
}

func (w *work) fits(e *entry, first, last casus.TokenID) bool {
	a := w.doc.Form(first)
	if w.isEx(first) {
		a = a[3:] // "ex-Bolivian"
	}
	switch {
	case e.needAll:
		return allUpper(a)
	case e.needTwo && strings.ToLower(a[1:]) == a[1:]:
		return false
	case e.needFirst && !upperFirst(a):
		return false
	case e.needLast && last != first:
		f := w.doc.Form(last)
		return upperFirst(f[strings.LastIndexByte(f, '-')+1:]) // "e-Taiba" may be one token
	case e.kind == entNoun:
		if w.t.nouns[w.t.nounRow[e.ref]].capital && !upperFirst(a) {
			return false
		}
		return w.nounTag(last) || w.isEx(first)
	}
	return true
}

// isEx reports "ex-minister" in one token.
func (w *work) isEx(t casus.TokenID) bool {
	f := w.doc.Form(t)
	return len(f) > 5 && (f[0] == 'e' || f[0] == 'E') && f[1] == 'x' && f[2] == '-'
}

// nounTag reports a token that can head a noun phrase. "The wounded" are
// adjectives to the tagger, verbs never.
func (w *work) nounTag(t casus.TokenID) bool {
	switch w.doc.Tokens[t].UPOS {
	case ud.NOUN, ud.PROPN, ud.UPOSNone, ud.X:
		return true
	case ud.ADJ:
		return t+1 == w.endOf(t) || !w.nominal(t+1)
	case ud.VERB:
		// "the displaced", "Niger's displaced"
		return w.doc.Tokens[t].XPOS == ud.XVBN && t > w.firstOf(t) && (w.isThe(t-1) || w.isPossessiveMark(t-1)) &&
			(t+1 == w.endOf(t) || !w.nominal(t+1))
	}
	return false
}

func (w *work) nominal(t casus.TokenID) bool {
	switch w.doc.Tokens[t].UPOS {
	case ud.NOUN, ud.PROPN, ud.ADJ:
		return true
	}
	return false
}

// endOf gives the end of the token's sentence.
func (w *work) endOf(t casus.TokenID) casus.TokenID {
	return w.doc.Sentences[w.doc.Tokens[t].Sent].End
}

func (w *work) firstOf(t casus.TokenID) casus.TokenID {
	return w.doc.Sentences[w.doc.Tokens[t].Sent].First
}

func (w *work) addHit(node int32, first, end casus.TokenID) {
	h := hit{first: first, end: end, state: -1, body: -1, person: -1, noun: -1}
	for i := w.t.lex.head[node]; i >= 0; i = w.t.lex.entries[i].next {
		e := &w.t.lex.entries[i]
		if !w.fits(e, first, end-1) || e.kind == entBody && !w.bodyHolds(e.ref) {
			continue
		}
		h.kinds |= 1 << e.kind
		switch e.kind {
		case entState, entAdj, entPeople, entCapital:
			h.state = e.ref
		case entBody, entMedium:
			h.body = e.ref
		case entPerson:
			h.person = e.ref
		case entNoun:
			h.noun = e.ref
		case entFirst:
			h.gender = w.t.genders[e.ref]
		}
		h.plural = h.plural || e.plural
	}
	if h.kinds == 0 {
		return
	}
	for t := first; t < end; t++ {
		w.hitAt[t] = int32(len(w.hits))
	}
	w.hits = append(w.hits, h)
}

// bodyHolds reports whether the row of a body is the one for the day of
// publication; without a day the open row holds.
func (w *work) bodyHolds(ref int32) bool {
	b := &w.t.bodies[ref]
	if w.doc.Published.IsZero() {
		return b.end.IsZero()
	}
	return within(b.start, b.end, w.doc.Published)
}

// within reports a day from start to end, both of which may be open.
func within(start, end, day casus.Date) bool {
	return (start.IsZero() || !day.Before(start)) && (end.IsZero() || !end.Before(day))
}

// hitOf gives the hit that covers the token, nil without.
func (w *work) hitOf(t casus.TokenID) *hit {
	if w.hitAt[t] < 0 {
		return nil
	}
	return &w.hits[w.hitAt[t]]
}

// flag reports whether the token's word stands in one of the lists.
func (w *work) flag(t casus.TokenID, lists wordFlag) bool { return w.t.is(w.tokWord[t], lists) }
