package ner

import (
	"casus"
	"casus/ud"
)

const (
	numFeatures = 76
	lineBits    = 5
	lineSize    = 1 << lineBits
)

// key is what the features see of a word.
type key struct {
	w, f       uint32 // form as written; folded form
	shape      uint32
	pre, suf   uint32 // first and last three bytes
	suf2, suf4 uint32
	p, u       uint32
	c          uint32 // distributional class
	name       uint32 // as lists are looked up
	gaz        uint32 // lists that the word or a phrase with it is in
	upos       ud.UPOS
	class      shapeClass
}

// shapeClass is the coarse way a word is written.
type shapeClass uint8

const (
	shapeOther  shapeClass = iota // punctuation and signs
	shapeLower                    // port
	shapeTitle                    // Port
	shapeUpper                    // PORT
	shapeLetter                   // P
	shapeMixed                    // iPort, McPort, Port-based
	shapeDigit                    // 2014, F-16
	shapeHidden                   // #Port, @port
	numShapes
)

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

func hash(s string) uint32 {
	h := uint32(hashSeed)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * hashPrime
	}
	return h ^ h>>15
}

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

func scatter(n, salt uint32) uint32 {
	n = (n + salt) * 2654435761
	return n ^ n>>15
}

// shapeOf gives the coarse class of a word and a finer hash in which runs of
// one kind of letter are cut to two: "McDonald" is XxXxx, "F-16" X-dd.
func shapeOf(s string) (shapeClass, uint32) {
	var upper, lower, digit int
	h, last, run := uint32(hashSeed), byte(0), 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			upper++
			c = 'X'
		case 'a' <= c && c <= 'z' || c >= 0x80:
			lower++
			c = 'x'
		case '0' <= c && c <= '9':
			digit++
			c = 'd'
		}
		if c == last {
			run++
		} else {
			last, run = c, 1
		}
		if run <= 2 {
			h = (h ^ uint32(c)) * hashPrime
		}
	}
	return classOf(s, upper, lower, digit), h ^ h>>15
}

func classOf(s string, upper, lower, digit int) shapeClass {
	first := byte(0)
	if len(s) > 0 {
		first = s[0]
	}
	isUpper := 'A' <= first && first <= 'Z'
	switch {
	case upper+lower+digit == 0:
		return shapeOther
	case first == '#' || first == '@':
		return shapeHidden
	case digit > 0:
		return shapeDigit
	case upper == 0 && first < 0x80:
		return shapeLower
	case upper == 1 && lower == 0:
		return shapeLetter
	case lower == 0:
		return shapeUpper
	case isUpper && upper == 1:
		return shapeTitle
	default:
		return shapeMixed
	}
}

func makeKey(cl *classes, form string, u ud.UPOS, x ud.XPOS) key {
	n := len(form)
	k := key{w: hash(form), f: foldHash(form), p: scatter(uint32(x), 1000), u: scatter(uint32(u), 2000), upos: min(u, ud.NumUPOS-1)}
	k.class, k.shape = shapeOf(form)
	k.c, k.name = scatter(cl.of(k.f), 3000), nameHash(form)
	k.pre = foldHash(form[:min(3, n)])
	k.suf2, k.suf, k.suf4 = foldHash(form[max(0, n-2):]), foldHash(form[max(0, n-3):]), foldHash(form[max(0, n-4):])
	return k
}

// resources are what keys are made with beside the words.
type resources struct {
	classes *classes
	gaz     *gazetteer
}

const pad = 3 // keys before the first and after the last word

// reset makes room for n words with padding about them.
func (s *Scratch) reset(n int) {
	s.n = n
	if need := n + 2*pad; cap(s.key) < need {
		s.key = make([]key, need+need/2)
		s.emit = make([][numLabels]int32, need+need/2)
		s.back = make([][numLabels]label, need+need/2)
		s.mask = make([]uint32, need+need/2)
	}
	s.key = s.key[:n+2*pad]
	for i := range pad {
		s.key[i] = key{w: 11, f: 11, shape: 11, p: 11, u: 11, pre: 11, suf: 11}
		s.key[n+pad+i] = key{w: 12, f: 12, shape: 12, p: 12, u: 12, pre: 12, suf: 12}
	}
}

func (s *Scratch) loadSentence(t *Sentence, r *resources) {
	s.reset(len(t.Form))
	for i := range t.Form {
		s.key[i+pad] = makeKey(r.classes, t.Form[i], t.UPOS[i], t.XPOS[i])
	}
	s.survey(r.gaz)
}

func (s *Scratch) loadDocument(doc *casus.Document, first, end casus.TokenID, r *resources) {
	s.reset(int(end - first))
	for t := first; t < end; t++ {
		tok := &doc.Tokens[t]
		s.key[int(t-first)+pad] = makeKey(r.classes, doc.Form(t), tok.UPOS, tok.XPOS)
	}
	s.survey(r.gaz)
}

// survey looks at the sentence as a whole. In a headline ("Rebels Seize Port
// City") or a line in capitals, a capital letter says little.
func (s *Scratch) survey(g *gazetteer) {
	capital, small, loud := 0, 0, 0
	for i := pad; i < s.n+pad; i++ {
		switch s.key[i].class {
		case shapeTitle, shapeMixed:
			capital++
		case shapeUpper:
			loud++
		case shapeLower:
			small++
		}
	}
	s.style = 1
	switch {
	case loud > 2 && loud > 2*(capital+small):
		s.style = 2
	case capital > 2 && capital > small:
		s.style = 3
	}
	g.mark(s)
}

const (
	mulA = 0x9E3779B97F4A7C15
	mulB = 0xC2B2AE3D27D4EB4F
	mulC = 0x165667B19E3779F9
	mulD = 0x27D4EB2F165667C5
	mulT = 0xD6E8FEB86659FD93
)

func mix(t int, a, b, c, d uint32) uint64 {
	h := uint64(a)*mulA + uint64(b)*mulB + uint64(c)*mulC + uint64(d)*mulD + uint64(t)*mulT
	h ^= h >> 29
	return h * mulA
}

// extract fills s.feat for word i, counted from 0.
func (s *Scratch) extract(i int) {
	k := s.key[i : i+2*pad+1]
	a3, a2, a1, c, b1, b2, b3 := &k[0], &k[1], &k[2], &k[3], &k[4], &k[5], &k[6]
	first := uint32(min(i, 1))
	style := s.style
	f := &s.feat
	f[0] = mix(0, c.w, 0, 0, 0)
	f[1] = mix(1, c.f, 0, 0, 0)
	f[2] = mix(2, c.shape, first, style, 0)
	f[3] = mix(3, c.p, c.shape, 0, 0)
	f[4] = mix(4, c.u, uint32(c.class), first, style)
	f[5] = mix(5, c.pre, uint32(c.class), 0, 0)
	f[6] = mix(6, c.suf, uint32(c.class), 0, 0)
	f[7] = mix(7, c.suf2, uint32(c.class), 0, 0)
	f[8] = mix(8, c.suf4, uint32(c.class), 0, 0)
	f[9] = mix(9, a1.f, 0, 0, 0)
	f[10] = mix(10, b1.f, 0, 0, 0)
	f[11] = mix(11, a1.w, c.w, 0, 0)
	f[12] = mix(12, c.w, b1.w, 0, 0)
	f[13] = mix(13, a2.f, 0, 0, 0)
	f[14] = mix(14, b2.f, 0, 0, 0)
	f[15] = mix(15, a1.f, b1.f, uint32(c.class), 0)
	f[16] = mix(16, a2.f, a1.f, uint32(c.class), 0)
	f[17] = mix(17, b1.f, b2.f, uint32(c.class), 0)
	f[18] = mix(18, a1.p, c.p, 0, 0)
	f[19] = mix(19, c.p, b1.p, 0, 0)
	f[20] = mix(20, a1.p, c.p, b1.p, 0)
	f[21] = mix(21, a2.p, a1.p, c.p, 0)
	f[22] = mix(22, c.p, b1.p, b2.p, 0)
	f[23] = mix(23, a1.shape, c.shape, b1.shape, style)
	f[24] = mix(24, a1.shape, c.shape, 0, 0)
	f[25] = mix(25, c.shape, b1.shape, 0, 0)
	f[26] = mix(26, a2.shape, a1.shape, c.shape, 0)
	f[27] = mix(27, c.shape, b1.shape, b2.shape, 0)
	f[28] = mix(28, c.gaz, uint32(c.class), 0, 0)
	f[29] = mix(29, c.gaz, a1.gaz, 0, 0)
	f[30] = mix(30, c.gaz, b1.gaz, 0, 0)
	f[31] = mix(31, c.gaz, c.p, b1.p, 0)
	f[32] = mix(32, a1.gaz, uint32(a1.class), uint32(c.class), 0)
	f[33] = mix(33, b1.gaz, uint32(b1.class), uint32(c.class), 0)
	f[34] = mix(34, a1.f, c.shape, 0, 0)
	f[35] = mix(35, b1.f, c.shape, 0, 0)
	f[36] = mix(36, a1.suf, uint32(c.class), uint32(a1.class), 0)
	f[37] = mix(37, b1.suf, uint32(c.class), uint32(b1.class), 0)
	f[38] = mix(38, a1.f, c.f, b1.f, 0)
	f[39] = mix(39, a1.f, c.gaz, 0, 0)
	f[40] = mix(40, b1.f, c.gaz, 0, 0)
	f[41] = mix(41, a3.f, uint32(c.class), 0, 0)
	f[42] = mix(42, b3.f, uint32(c.class), 0, 0)
	f[43] = mix(43, a1.f, c.suf, 0, 0)
	f[44] = mix(44, b1.f, c.suf, 0, 0)
	f[45] = mix(45, c.suf, b1.suf, uint32(b1.class), 0)
	f[46] = mix(46, a1.p, b1.p, uint32(c.class), c.gaz)
	f[47] = mix(47, a2.f, a1.f, c.gaz, 0)
	f[48] = mix(48, a1.w, uint32(a1.class), uint32(c.class), first)
	f[49] = mix(49, b1.w, uint32(b1.class), uint32(c.class), 0)
	f[50] = mix(50, b1.f, b1.p, c.p, 0)
	f[51] = mix(51, a1.f, a1.p, c.p, 0)
	f[52] = mix(52, c.f, style, first, 0)
	f[53] = mix(53, a2.p, a1.p, c.p, b1.p)
	f[54] = mix(54, a1.gaz, c.gaz, b1.gaz, 0)
	f[55] = mix(55, c.pre, c.suf2, 0, 0)
	f[56] = mix(56, b2.f, b1.p, uint32(c.class), 0)
	f[57] = mix(57, a2.f, a1.p, uint32(c.class), 0)
	f[58] = mix(58, c.f, a1.p, 0, 0)
	f[59] = mix(59, c.f, b1.p, 0, 0)
	f[60] = mix(60, c.f, a1.shape, 0, 0)
	f[61] = mix(61, c.f, b1.shape, 0, 0)
	f[62] = mix(62, b1.gaz, b2.gaz, uint32(c.class), 0)
	f[63] = mix(63, a1.gaz, a2.gaz, uint32(c.class), 0)
	f[64] = mix(64, c.c, uint32(c.class), 0, 0)
	f[65] = mix(65, a1.c, uint32(c.class), uint32(a1.class), 0)
	f[66] = mix(66, b1.c, uint32(c.class), uint32(b1.class), 0)
	f[67] = mix(67, a1.c, c.c, uint32(c.class), 0)
	f[68] = mix(68, c.c, b1.c, uint32(c.class), 0)
	f[69] = mix(69, a1.c, uint32(c.class), b1.c, 0)
	f[70] = mix(70, a2.c, a1.c, uint32(c.class), 0)
	f[71] = mix(71, b1.c, b2.c, uint32(c.class), 0)
	f[72] = mix(72, c.c, c.gaz, 0, 0)
	f[73] = mix(73, a2.c, uint32(c.class), 0, 0)
	f[74] = mix(74, b2.c, uint32(c.class), 0, 0)
	f[75] = mix(75, c.c, c.shape, style, first)
}

func line(h uint64, shift uint) (start int, perm uint64) {
	return int(h>>shift) << lineBits, h & (lineSize - 1)
}
