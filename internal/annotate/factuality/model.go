package factuality

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"

	"casus"
	"casus/ud"
)

// The model gives the value of a predicate. Its features are hashed into one
// table of byte weights.
const (
	tableBits = 18
	tableSize = 1 << tableBits
	tableMask = tableSize - 1

	modelMagic = "CASUSFA2"
	headerSize = len(modelMagic) + 4 + 4
)

//go:embed data/model.bin
var modelFile []byte

// model is immutable; scale turns a sum of weights into a value.
type model struct {
	weights []byte
	scale   float32
}

func readModel(b []byte) (*model, error) {
	if len(b) != headerSize+tableSize || string(b[:len(modelMagic)]) != modelMagic {
		return nil, errors.New("factuality: not a weight file of this version")
	}
	b = b[len(modelMagic):]
	sum, body := binary.LittleEndian.Uint32(b), b[4:]
	if got := crc32.ChecksumIEEE(body); got != sum {
		return nil, fmt.Errorf("factuality: weight file has checksum %08x, not %08x", got, sum)
	}
	return &model{scale: math.Float32frombits(binary.LittleEndian.Uint32(body)), weights: body[4:]}, nil
}

// writeModel rounds the weights to bytes, the largest to 127.
func writeModel(w []float32) []byte {
	most := float32(1e-6)
	for _, x := range w {
		most = max(most, x, -x)
	}
	scale := most / 127
	body := binary.LittleEndian.AppendUint32(nil, math.Float32bits(scale))
	for _, x := range w {
		body = append(body, byte(int8(math.Round(float64(x/scale)))))
	}
	out := binary.LittleEndian.AppendUint32([]byte(modelMagic), crc32.ChecksumIEEE(body))
	return append(out, body...)
}

// squash bends a sum of weights into the scale: most predicates lie at its
// ends, and evidence beyond "certain" adds nothing.
func squash(s float32) float32 { return 3 * float32(math.Tanh(float64(s))) }

// value gives the value of a predicate with these features.
func (m *model) value(f []uint32) float32 {
	sum := int32(0)
	for _, x := range f {
		sum += int32(int8(m.weights[x&tableMask]))
	}
	return squash(float32(sum) * m.scale)
}

func mix(h, v uint32) uint32 {
	h ^= v
	h *= 0x85ebca6b
	return h ^ h>>15
}

func hashString(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 32
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func (w *work) add(template uint32, values ...uint32) {
	h := mix(0x9e3779b1, template*0xc2b2ae35+1)
	for _, v := range values {
		h = mix(h, v+0x27d4eb2f) * 0xc2b2ae3d
		h ^= h >> 13
	}
	w.f = append(w.f, h)
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func (w *work) lemmaOf(t casus.TokenID) uint32 {
	if t == casus.None {
		return 0
	}
	return w.lemma[t]
}

// code packs the small words of a clause into one value.
func (w *work) code(m *marks) uint32 {
	return flag(m.negated) | flag(m.question)<<1 | flag(m.infin)<<2 | flag(m.perfect)<<3 | flag(m.progress)<<4 |
		flag(m.past)<<5 | flag(m.present)<<6 | flag(m.imper)<<7 | flag(m.passive)<<8
}

// features describes a predicate for the model: the rules' verdict first, then
// the evidence they looked at.
func (w *work) features(t casus.TokenID) {
	doc := w.doc
	tok := &doc.Tokens[t]
	w.f = w.f[:0]
	m := w.marksOf(t)
	v := w.own(t)
	L, P, R := w.lemma[t], uint32(tok.XPOS), uint32(tok.Deprel)
	rule := hashString(v.rule)
	st := uint32(v.status)
	code, modal := w.code(m), w.lemmaOf(m.modal)
	w.add(1)
	w.add(2, st)
	w.add(3, st, rule)
	w.add(4, st, L)
	w.add(5, L)
	w.add(6, L, P)
	w.add(7, P, R)
	w.add(8, code, modal)
	w.add(9, code, uint32(tok.UPOS), R)
	w.add(10, modal, flag(m.perfect), flag(m.negated))
	w.add(11, modal, L)
	w.add(12, w.lemmaOf(m.mark), flag(m.infin), R)
	w.add(13, st, P, R)
	w.add(14, code, L)
	w.add(15, modal, st, R)
	w.neighbours(t, st)
	w.chain(t, st)
	w.kids(t, st)
	s := &doc.Sentences[tok.Sent]
	if s.End > s.First {
		w.add(70, w.lemma[s.End-1], flag(tok.Head == casus.None), st)
		w.add(71, w.lemma[s.First], R)
		w.add(72, w.lemma[s.First], w.lemma[s.End-1])
	}
	w.genre(s, st)
}

// genre tells narrative from talk: the words of the sentence that mark whose
// world it is in ("I", "you", "please") and its tenses.
func (w *work) genre(s *casus.Sentence, st uint32) {
	seen := uint32(0)
	for t := s.First; t < s.End; t++ {
		tok := &w.doc.Tokens[t]
		switch tok.XPOS {
		case ud.XMD:
			w.add(75, w.lemma[t], st)
			seen |= 1
		case ud.XVBD:
			seen |= 2
		case ud.XPRP:
			w.add(76, w.lemma[t], st)
		}
		if tok.UPOS == ud.SCONJ || tok.UPOS == ud.INTJ || tok.UPOS == ud.PUNCT && w.doc.Text[tok.Start] == '?' {
			w.add(77, w.lemma[t], st)
		}
	}
	w.add(78, seen, st)
}

func (w *work) neighbours(t casus.TokenID, st uint32) {
	n := casus.TokenID(len(w.lemma))
	s := &w.doc.Sentences[w.doc.Tokens[t].Sent]
	for d := casus.TokenID(1); d <= 3; d++ {
		var before, after, bx, ax uint32
		if t-d >= s.First {
			before, bx = w.lemma[t-d], uint32(w.doc.Tokens[t-d].XPOS)
		}
		if t+d < s.End && t+d < n {
			after, ax = w.lemma[t+d], uint32(w.doc.Tokens[t+d].XPOS)
		}
		w.add(20+uint32(d), before)
		w.add(24+uint32(d), after)
		if d <= 2 {
			w.add(28+uint32(d), bx, st)
			w.add(32+uint32(d), ax, st)
		}
		if d == 1 {
			w.add(36, before, w.lemma[t])
			w.add(37, bx, uint32(w.doc.Tokens[t].XPOS), ax)
		}
	}
}

// chain describes the words above the predicate.
func (w *work) chain(t casus.TokenID, st uint32) {
	path := uint32(17)
	for d, x := uint32(0), t; d < 4; d++ {
		h := w.doc.Tokens[x].Head
		r := uint32(w.doc.Tokens[x].Deprel)
		path = mix(path, r)
		if h == casus.None {
			w.add(40, d, path)
			return
		}
		hm := w.marksOf(h)
		e := uint32(w.effect[h])
		w.add(41, d, r, w.lemma[h])
		w.add(42, d, r, e, w.code(hm))
		w.add(43, d, r, w.lemmaOf(hm.modal), flag(hm.negated))
		w.add(44, d, path, e)
		w.add(45, path, uint32(w.doc.Tokens[h].XPOS))
		w.add(46, path, flag(hm.negated), w.lemmaOf(hm.modal), w.lemmaOf(hm.mark))
		w.add(47, d, st, w.lemma[h])
		w.add(48, r, uint32(w.own(h).status), d, e)
		if d == 0 {
			w.add(49, w.lemma[h], w.lemma[t])
			w.add(50, w.lemma[h], r, w.code(w.marksOf(t)))
			w.add(51, w.lemma[h], r, w.code(hm))
		}
		x = h
	}
}

func (w *work) kids(t casus.TokenID, st uint32) {
	for k := range w.doc.Kids(t) {
		tok := &w.doc.Tokens[k]
		r := uint32(tok.Deprel)
		w.add(60, r, w.lemma[k])
		w.add(61, r, st)
		switch tok.Deprel.Universal() {
		case ud.Advmod, ud.Aux, ud.Mark, ud.Det, ud.Amod, ud.Cc, ud.Nsubj:
			w.add(62, w.lemma[k], st)
			w.add(63, w.lemma[k], w.lemma[t])
			w.add(64, w.lemma[k], uint32(tok.XPOS), uint32(w.doc.Tokens[t].XPOS))
		case ud.Ccomp, ud.Xcomp, ud.Advcl:
			km := w.marksOf(k)
			w.add(65, r, w.lemmaOf(km.mark), flag(km.infin))
			w.add(66, r, w.code(km), st)
		case ud.Obl, ud.Obj:
			w.add(67, r, uint32(tok.UPOS), uint32(tok.XPOS))
			if c := w.doc.Kid(k, ud.Case); c != casus.None {
				w.add(68, w.lemma[c], st)
			}
		}
	}
}
