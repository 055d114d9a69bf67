package token

import (
	"encoding/binary"
	"errors"
	"unicode"
	"unicode/utf8"
)

// Splitter decides where sentences end. It is immutable and safe for
// concurrent use.
type Splitter struct {
	weights []int8 // indexed by hash; len is a power of two
	bias    int32
}

const splitMagic = 0x31747073 // "spt1"

// AppendBinary appends the model's bytes to b.
func (s *Splitter) AppendBinary(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, splitMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s.weights)))
	b = binary.LittleEndian.AppendUint32(b, uint32(s.bias))
	for _, w := range s.weights {
		b = append(b, byte(w))
	}
	return b
}

// LoadSplitter reads what AppendBinary wrote.
func LoadSplitter(b []byte) (*Splitter, error) {
	if len(b) < 12 || binary.LittleEndian.Uint32(b) != splitMagic {
		return nil, errors.New("token: not a sentence splitter")
	}
	n := binary.LittleEndian.Uint32(b[4:])
	if n == 0 || n&(n-1) != 0 || uint64(len(b)) != uint64(n)+12 {
		return nil, errors.New("token: sentence splitter cut short")
	}
	s := &Splitter{weights: make([]int8, n), bias: int32(binary.LittleEndian.Uint32(b[8:]))}
	for i, c := range b[12:] {
		s.weights[i] = int8(c)
	}
	return s, nil
}

// margin is the score for a boundary before piece i: positive for yes.
func (s *Splitter) margin(f []uint32) int32 {
	sum, mask := s.bias, uint32(len(s.weights)-1)
	for _, h := range f {
		sum += int32(s.weights[h&mask])
	}
	return sum
}

// shape of a piece, as far as boundaries care.
type shape uint8

const (
	shapeLower shape = iota
	shapeCapital
	shapeUpper
	shapeInitial // one capital letter
	shapeFigure
	shapeAbbreviation // ends in its own stop
	shapeStop         // . ... ! ?
	shapeColon        // : ;
	shapeComma
	shapeDash
	shapeOpen // ( [ “
	shapeShut // ) ] ”
	shapeQuote
	shapeMark
)

func shapeOf(w string) shape {
	c := w[0]
	switch classes[c] {
	case letter, wide:
		r, n := utf8.DecodeRuneInString(w)
		return letterShape(w, r, n)
	case digit:
		return shapeFigure
	}
	switch c {
	case '.', '!', '?':
		if len(w) > 1 && classes[w[1]] == digit {
			return shapeFigure
		}
		return shapeStop
	case ':', ';':
		return shapeColon
	case ',':
		return shapeComma
	case '-', '_', '=', '*':
		return shapeDash
	case '(', '[', '{', '<':
		return shapeOpen
	case ')', ']', '}', '>':
		return shapeShut
	case '"', '\'', '`':
		return shapeQuote
	}
	return shapeMark
}

func letterShape(w string, r rune, n int) shape {
	switch r {
	case '“', '‘', '«':
		return shapeOpen
	case '”', '’', '»':
		return shapeShut
	case '…':
		return shapeStop
	case '—', '–', '•', '·':
		return shapeDash
	}
	if !unicode.IsLetter(r) {
		return shapeMark
	}
	upper := unicode.IsUpper(r)
	switch {
	case w[len(w)-1] == '.' && len(w) > 1:
		return shapeAbbreviation
	case !upper:
		return shapeLower
	case len(w) == n:
		return shapeInitial
	case allUpper(w):
		return shapeUpper
	}
	return shapeCapital
}

func allUpper(w string) bool {
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// hashLower hashes a word without regard to ASCII case.
func hashLower(w string) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func mix(template, a, b uint32) uint32 {
	h := template*0x9E3779B1 ^ a*0x85EBCA6B ^ (b*0xC2B2AE35)<<7
	h ^= h >> 15
	h *= 0x2C1B3C6D
	return h ^ h>>13
}

// seen is what the splitter knows of a piece, computed once.
type seen struct {
	shape shape
	hash  uint32
}

// around holds the pieces of a text with what was seen of them.
type around struct {
	text   string
	pieces []Piece
	seen   []seen
}

func (a *around) look() {
	a.seen = a.seen[:0]
	for _, p := range a.pieces {
		w := a.text[p.Start:p.End]
		a.seen = append(a.seen, seen{shapeOf(w), hashLower(w)})
	}
}

// possible is the cheap question before the model's: a sentence hardly ever
// ends between a plain word and a lower-case one.
func (a *around) possible(i int) bool {
	if a.pieces[i].Words == 0 || i == 0 {
		return false
	}
	p, n := a.seen[i-1].shape, a.seen[i].shape
	if n == shapeLower && p == shapeShut && a.insertion(i-1) {
		return false
	}
	if a.pieces[i].Gap == Joined {
		return p == shapeStop && n != shapeStop && n != shapeShut && n != shapeComma
	}
	return p >= shapeAbbreviation && p != shapeComma || n != shapeLower && n != shapeComma && n != shapeStop
}

// nextVoice reports a line that opens with a quotation mark or a bracket where the
// line before has ended with a stop.
func (a *around) nextVoice(start, i int) bool {
	n := a.seen[i].shape
	return a.pieces[i].Gap == Line && (n == shapeOpen || n == shapeQuote) && a.lastMark(start, i) == shapeStop
}

// insertion reports a closing bracket whose opening one stands a few pieces
// before, within a sentence: a stop inside belongs to an abbreviation, as in
// "Rep. Ann Lee (D-Ore.) said".
func (a *around) insertion(shut int) bool {
	if c := a.text[a.pieces[shut].Start]; c != ')' && c != ']' {
		return false
	}
	for j := shut - 1; j > 0 && j > shut-8; j-- {
		if c := a.text[a.pieces[j].Start]; c == '(' || c == '[' {
			return a.seen[j-1].shape <= shapeFigure
		}
	}
	return false
}

// block is a stretch between hard boundaries with figures of its own.
type block struct {
	from, to  int
	title     uint32 // share of capitalised words in quarters, 0 to 4
	ends      uint32 // 1 when the last piece is a stop
	size      uint32 // bucket of the length
	separated uint32 // inner stops, capped
}

func (a *around) block(from, to int) block {
	words, capitals, stops := 0, 0, 0
	for i := from; i < to; i++ {
		switch s := a.seen[i].shape; s {
		case shapeLower:
			words++
		case shapeCapital, shapeUpper:
			words++
			capitals++
		case shapeStop:
			stops++
		}
	}
	b := block{from: from, to: to, size: bucket(to - from), separated: uint32(min(stops, 3))}
	if words > 0 {
		b.title = uint32(4 * capitals / words)
	}
	if last := a.lastMark(from, to); last == shapeStop {
		b.ends = 1
	}
	return b
}

// lastMark gives the shape that ends the block, closing marks aside.
func (a *around) lastMark(from, to int) shape {
	i := to - 1
	for i > from && (a.seen[i].shape == shapeShut || a.seen[i].shape == shapeQuote) {
		i--
	}
	return a.seen[i].shape
}

func bucket(n int) uint32 {
	switch {
	case n < 6:
		return uint32(n)
	case n < 10:
		return 6
	case n < 15:
		return 7
	case n < 25:
		return 8
	case n < 40:
		return 9
	}
	return 10
}

// features appends the hashes for the gap before piece i; start is where the
// sentence began.
func (a *around) features(b *block, start, i int, f []uint32) []uint32 {
	at := func(j int) seen {
		if j < b.from || j >= b.to {
			return seen{shapeMark + 1, 77}
		}
		return a.seen[j]
	}
	p1, p2, p3, n1, n2, n3 := at(i-1), at(i-2), at(i-3), at(i), at(i+1), at(i+2)
	sp1, sp2, sn1, sn2 := uint32(p1.shape), uint32(p2.shape), uint32(n1.shape), uint32(n2.shape)
	gap := uint32(min(a.pieces[i].Gap, Space))
	far, left := bucket(i-start), bucket(b.to-i)
	form := b.title*8 + b.ends*4 + b.separated
	pair := sp1*32 + sn1
	return append(f,
		mix(1, p1.hash, gap), mix(2, n1.hash, gap), mix(3, p2.hash, sp1), mix(4, n2.hash, sn1),
		mix(5, pair, gap), mix(6, pair, sn2), mix(7, pair, sp2), mix(8, pair, far), mix(9, pair, form),
		mix(10, p1.hash, sn1), mix(11, n1.hash, sp1), mix(12, p1.hash, n1.hash), mix(13, pair, b.size),
		mix(14, pair, left), mix(15, p2.hash, n1.hash), mix(16, pair*32+sp2, sn2), mix(17, p3.hash, sp1), mix(18, n3.hash, sn1),
		mix(19, pair*64+far, form), mix(20, n1.hash, form), mix(21, p1.hash, form), mix(22, sp2*32+uint32(p3.shape), pair),
		mix(23, sn2*32+uint32(n3.shape), pair), mix(24, n1.hash, n2.hash), mix(25, p1.hash, p2.hash), mix(26, far*16+left, pair))
}
