package parse

import (
	"casus"
	"casus/ud"
)

// Sentence is a sentence of a treebank as Train takes it. Head holds positions
// in the sentence, counted from 0, and -1 at the root. Tags should be those a
// tagger predicts, not the gold ones: the parser then learns what they are
// worth.
type Sentence struct {
	Form, Lemma []string
	UPOS        []ud.UPOS
	XPOS        []ud.XPOS
	Head        []int
	Deprel      []ud.Deprel
}

// Len gives the number of words.
func (s *Sentence) Len() int { return len(s.Form) }

// key is what the features see of a word: hashes of its form and lemma, its
// tags, and its shape.
type key struct {
	w, l uint32 // folded form; lemma
	p, u uint32 // Penn tag, universal tag, scattered
	x    uint32 // shape and affix
	c    uint32 // distributional class
	upos ud.UPOS
	mark mark
}

// mark tells the punctuation that features count.
type mark uint8

const (
	noMark mark = iota
	comma
	quote
	bracket
	stop // sentence-final or dash-like
)

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

// scatter turns a small number into a hash.
func scatter(n, salt uint32) uint32 {
	n = (n + salt) * 2654435761
	return n ^ n>>15
}

// foldHash hashes a word without regard to case and to the value of digits:
// "1,250" and "3,718" are one word.
func foldHash(s string) uint32 {
	h := uint32(hashSeed)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case '0' <= c && c <= '9':
			c = '0'
		}
		h = (h ^ uint32(c)) * hashPrime
	}
	return h ^ h>>15
}

// shapeHash describes how a word is written: its first letter's case, whether
// it is all capitals, has digits or a hyphen, and its last two bytes.
func shapeHash(s string) uint32 {
	var upper, lower, digit, other uint32
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			upper++
		case 'a' <= c && c <= 'z' || c >= 0x80:
			lower++
		case '0' <= c && c <= '9':
			digit++
		default:
			other++
		}
	}
	h := min(upper, 2) | min(lower, 2)<<2 | min(digit, 1)<<4 | min(other, 1)<<5
	if len(s) > 0 && 'A' <= s[0] && s[0] <= 'Z' {
		h |= 1 << 6
	}
	if n := len(s); n > 3 {
		h |= uint32(s[n-1])<<8 | uint32(s[n-2])<<16
	}
	return scatter(h, 77)
}

func markOf(form string) mark {
	if len(form) == 0 || len(form) > 3 {
		return noMark
	}
	switch form {
	case ",":
		return comma
	case `"`, "'", "''", "``", "“", "”", "‘", "’", "«", "»":
		return quote
	case "(", ")", "[", "]":
		return bracket
	case ".", "?", "!", ":", ";", "-", "–", "—", "--", "...", "…":
		return stop
	}
	return noMark
}

func makeKey(v *vocabulary, form, lemma string, u ud.UPOS, x ud.XPOS) key {
	k := key{
		w: foldHash(form), p: scatter(uint32(x), 1000), u: scatter(uint32(u), 2000),
		x: shapeHash(form), upos: min(u, ud.NumUPOS-1), mark: markOf(form),
	}
	k.l = k.w
	if lemma != "" && lemma != "_" {
		k.l = foldHash(lemma)
	}
	k.c, k.w = v.classOf(k.w, form)
	if _, known := v.find(k.l); !known {
		k.l = k.w
	}
	return k
}

// loadSentence readies the scratch for a sentence of a treebank.
func (s *Scratch) loadSentence(v *vocabulary, t *Sentence) {
	s.reset(t.Len())
	for i := range t.Form {
		s.key[i+1] = makeKey(v, t.Form[i], t.Lemma[i], t.UPOS[i], t.XPOS[i])
	}
	s.countPunct()
}

// loadDocument readies the scratch for a sentence of a document.
func (s *Scratch) loadDocument(v *vocabulary, doc *casus.Document, first, end casus.TokenID) {
	s.reset(int(end - first))
	for t := first; t < end; t++ {
		tok := &doc.Tokens[t]
		s.key[t-first+1] = makeKey(v, doc.Form(t), tok.Lemma, tok.UPOS, tok.XPOS)
	}
	s.countPunct()
}

// FromUD takes the words of a CoNLL-U sentence with the tags they carry.
func FromUD(u *ud.Sentence) Sentence {
	var t Sentence
	for i := range u.Words {
		w := &u.Words[i]
		t.Form, t.Lemma = append(t.Form, w.Form), append(t.Lemma, w.Lemma)
		t.UPOS, t.XPOS = append(t.UPOS, w.UPOS), append(t.XPOS, w.XPOS)
		t.Head, t.Deprel = append(t.Head, w.Head-1), append(t.Deprel, w.Deprel)
	}
	return t
}
