package parse

import (
	"math/bits"

	"casus/ud"
)

const (
	numLabelFeatures = 56
	lineBits         = 6
	lineSize         = 1 << lineBits // one cache line of byte weights
)

// labelScratch is the part of Scratch that names the arcs.
type labelScratch struct {
	feat  [numLabelFeatures]uint64
	rel   []ud.Deprel // by node
	first []int32     // leftmost dependent by node; 0 without
	next  []int32     // next dependent of the same head
	order []int32     // nodes, heads before dependents
}

// candidates is the set of relations that an arc may have, as bits, by side of
// the dependent and by tags of head and dependent. It is taken from training
// data; the set of the dependent's tag alone is used for pairs never met.
type candidates struct {
	pair [2][ud.NumUPOS][ud.NumUPOS]uint64
}

func (c *candidates) of(side int, h, d ud.UPOS) uint64 {
	if m := c.pair[side][h][d]; m != 0 {
		return m
	}
	return c.pair[side][ud.UPOSNone][d]
}

// add notes a relation.
func (c *candidates) add(side int, h, d ud.UPOS, r ud.Deprel) {
	c.pair[side][h][d] |= 1 << r
	c.pair[0][ud.UPOSNone][d] |= 1 << r
	c.pair[1][ud.UPOSNone][d] |= 1 << r
}

// plan lists the dependents of each node and an order from the root down.
func (s *Scratch) plan() {
	l, n := &s.label, s.n+2
	if cap(l.rel) < n {
		l.rel, l.first, l.next = make([]ud.Deprel, n+n/2), make([]int32, n+n/2), make([]int32, n+n/2)
		l.order = make([]int32, 0, n+n/2)
	}
	l.rel, l.first, l.next = l.rel[:n], l.first[:n], l.next[:n]
	clear(l.rel)
	clear(l.first)
	for d := int32(s.n); d > 0; d-- {
		h := s.head[d]
		l.next[d], l.first[h] = l.first[h], d
	}
	l.order = append(l.order[:0], int32(s.n+1))
	for i := 0; i < len(l.order); i++ {
		for d := l.first[l.order[i]]; d != 0; d = l.next[d] {
			l.order = append(l.order, d)
		}
	}
}

// arc is what the features see of the surroundings of one arc, gathered once
// per head.
type arc struct {
	aux, auxPos    uint32 // lemma of the last auxiliary or copula before the head
	sibling        int32  // dependent of the head before this one; 0 without
	siblings       uint64 // relations already given to dependents of the head
	sameSideBefore uint32 // number of earlier dependents on the same side, capped
}

// coreRelations are the relations whose presence on a head changes what a
// further dependent can be: a verb with an object seldom gets a second one.
const coreRelations = 1<<ud.Nsubj | 1<<ud.NsubjPass | 1<<ud.Obj | 1<<ud.Iobj | 1<<ud.Ccomp | 1<<ud.Xcomp | 1<<ud.Cop |
	1<<ud.AuxPass | 1<<ud.Expl | 1<<ud.Conj | 1<<ud.Csubj | 1<<ud.Mark | 1<<ud.NsubjOuter

// extractLabel fills s.label.feat for the arc from h to d.
func (s *Scratch) extractLabel(h, d int32, a *arc) {
	l := &s.label
	kh, kd := &s.key[h], &s.key[d]
	side, dist := uint32(1), uint32(0)
	if d > h {
		side, dist = 2, distance(h, d)
	} else {
		dist = distance(d, h)
	}
	punct := s.between(min(h, d), max(h, d))
	k1 := l.first[d]
	var k2, kr int32
	if k1 != 0 {
		k2 = l.next[k1]
		for k := k1; k != 0; k = l.next[k] {
			if k > d {
				kr = k
				break
			}
		}
	}
	if k1 > d {
		k1 = 0
	}
	if k2 > d {
		k2 = 0
	}
	c1, c2, cr := &s.key[k1], &s.key[k2], &s.key[kr]
	prev, next := &s.key[d-1], &s.key[d+1]
	g := s.head[h]
	kg := &s.key[g]
	hr := uint32(l.rel[h]) + 1
	sib := &s.key[a.sibling]
	sibRel := uint32(l.rel[a.sibling]) + 1
	core := uint32(a.siblings&coreRelations) ^ uint32((a.siblings&coreRelations)>>32)*31
	nextKid := &s.key[l.next[d]]

	f := &l.feat
	f[0] = mix(100, kd.w, kd.p, side, 0)
	f[1] = mix(101, kd.l, side, 0, 0)
	f[2] = mix(102, kd.p, kh.p, side, 0)
	f[3] = mix(103, kh.l, kd.p, side, 0)
	f[4] = mix(104, kh.w, kh.p, kd.p, side)
	f[5] = mix(105, kh.l, kd.l, side, 0)
	f[6] = mix(106, kh.p, kd.l, side, 0)
	f[7] = mix(107, kh.p, kd.p, side, dist)
	f[8] = mix(108, kh.p, kd.p, side, punct+1)
	f[9] = mix(109, kd.p, c1.l, side, kh.p)
	f[10] = mix(110, kd.p, c1.p, c2.p, side)
	f[11] = mix(111, kd.p, c1.l, kh.l, side)
	f[12] = mix(112, kd.l, c1.l, side, 0)
	f[13] = mix(113, kd.p, c2.l, side, kh.p)
	f[14] = mix(114, kd.p, cr.l, side, kh.p)
	f[15] = mix(115, kd.p, cr.p, c1.p, kh.p)
	f[16] = mix(116, kd.p, prev.p, next.p, side)
	f[17] = mix(117, kd.p, prev.l, side, 0)
	f[18] = mix(118, kd.p, next.l, side, 0)
	f[19] = mix(119, kd.l, prev.p, next.p, side)
	f[20] = mix(120, kd.p, kh.p, core, side)
	f[21] = mix(121, kd.p, kh.l, core, side)
	f[22] = mix(122, kd.p, sib.p, sibRel, side)
	f[23] = mix(123, kd.p, sib.l, sibRel, kh.p)
	f[24] = mix(124, kd.p, kh.p, hr, side)
	f[25] = mix(125, kd.p, kg.p, kh.p, hr)
	f[26] = mix(126, kd.p, kh.l, hr, side)
	f[27] = mix(127, kd.p, a.aux, kh.p, side)
	f[28] = mix(128, kd.p, a.auxPos, kh.p, core)
	f[29] = mix(129, kd.x, kh.p, side, 0)
	f[30] = mix(130, kd.x, kh.x, side, 0)
	f[31] = mix(131, kd.p, nextKid.p, kh.p, side)
	f[32] = mix(132, kd.l, nextKid.p, core, 0)
	f[33] = mix(133, kh.l, c1.l, side, 0)
	f[34] = mix(134, kd.p, a.sameSideBefore+1, kh.p, side)
	f[35] = mix(135, kd.u, kh.u, c1.u, side)
	f[36] = mix(136, kd.p, kh.p, prev.p, side)
	f[37] = mix(137, kd.p, kh.p, next.p, side)
	f[38] = mix(138, kd.l, hr, kh.p, 0)
	f[39] = mix(139, kh.l, core, c1.l, side)
	f[40] = mix(140, kd.l, core, side, 0)
	f[41] = mix(141, kh.p, kd.p, s.key[max(h-1, 0)].l, side)
	f[42] = mix(142, kd.p, c1.p, cr.p, hr)
	f[43] = mix(143, kd.p, kh.l, c1.p, dist)
	f[44] = mix(144, kg.l, kd.p, kh.p, 0)
	f[45] = mix(145, kd.w, kh.w, side, 0)
	f[46] = mix(146, kd.l, kh.p, a.aux, 0)
	f[47] = mix(147, kd.u, kh.u, side, sibRel)
	f[48] = mix(148, kd.c, kh.c, side, 0)
	f[49] = mix(149, kd.c, kh.p, side, 0)
	f[50] = mix(150, kd.p, kh.c, side, 0)
	f[51] = mix(151, kd.c, c1.l, side, 0)
	f[52] = mix(152, kh.c, c1.l, kd.p, side)
	f[53] = mix(153, kd.c, kh.p, core, side)
	f[54] = mix(154, kh.c, kd.p, core, side)
	f[55] = mix(155, kd.c, c1.c, kh.p, side)
}

// eachArc visits the arcs below the root from the top down, dependents from
// left to right, with features extracted; pick gives the relation.
func (s *Scratch) eachArc(pick func(s *Scratch, h, d int32) ud.Deprel) {
	s.plan()
	l := &s.label
	for _, h := range l.order {
		a := arc{}
		if int(h) <= s.n {
			s.auxiliary(h, &a)
		}
		for d := l.first[h]; d != 0; d = l.next[d] {
			if int(h) == s.n+1 {
				l.rel[d] = ud.Root
				continue
			}
			if a.sibling != 0 && a.sibling < h && d > h {
				a.sameSideBefore = 0
			}
			s.extractLabel(h, d, &a)
			r := pick(s, h, d)
			l.rel[d] = r
			a.sibling, a.siblings = d, a.siblings|1<<r
			a.sameSideBefore = min(a.sameSideBefore+1, 3)
		}
	}
}

// auxiliary finds the last auxiliary that hangs before h: "was" in "was sent"
// tells that the subject is passive.
func (s *Scratch) auxiliary(h int32, a *arc) {
	for d := s.label.first[h]; d != 0 && d < h; d = s.label.next[d] {
		if s.key[d].upos == ud.AUX {
			a.aux, a.auxPos = s.key[d].l, s.key[d].p
		}
	}
}

// allowed gives the candidate relations of an arc as bits.
func (s *Scratch) allowed(c *candidates, h, d int32) uint64 {
	side := 0
	if d > h {
		side = 1
	}
	m := c.of(side, s.key[h].upos, s.key[d].upos) &^ (1<<ud.Root | 1<<ud.DeprelNone)
	if m == 0 {
		return 1 << ud.Dep
	}
	return m
}

// line gives the place of a feature's weights: the line they share, and the
// number that permutes the relations inside it. Features that share a line
// then seldom share the byte of a relation that matters to both.
func line(h uint64, shiftBy uint) (start int, perm uint64) {
	return int(h>>shiftBy) << lineBits, h & (lineSize - 1)
}

// nameArc scores the candidates and takes the best; of equals the first.
func (p *Parser) nameArc(s *Scratch, h, d int32) ud.Deprel {
	mask := s.allowed(&p.cand, h, d)
	if mask&(mask-1) == 0 {
		return ud.Deprel(bits.TrailingZeros64(mask))
	}
	var list [lineSize]uint8
	n := 0
	for m := mask; m != 0; m &= m - 1 {
		list[n] = uint8(bits.TrailingZeros64(m))
		n++
	}
	var score [lineSize]int32
	for _, f := range s.label.feat {
		start, perm := line(f, p.labelShift)
		w := (*[lineSize]int8)(p.labels[start : start+lineSize])
		for i, r := range list[:n] {
			score[i] += int32(w[(uint64(r)^perm)&(lineSize-1)])
		}
	}
	best := 0
	for i := 1; i < n; i++ {
		if score[i] > score[best] {
			best = i
		}
	}
	return ud.Deprel(list[best])
}
