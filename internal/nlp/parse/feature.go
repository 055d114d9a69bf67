package parse

// numFeatures is the number of action features of a configuration.
const numFeatures = 96

const (
	mulA = 0x9E3779B97F4A7C15
	mulB = 0xC2B2AE3D27D4EB4F
	mulC = 0x165667B19E3779F9
	mulD = 0x27D4EB2F165667C5
	mulT = 0xD6E8FEB86659FD93
)

// mix hashes a template number with up to four values.
func mix(t int, a, b, c, d uint32) uint64 {
	h := uint64(a)*mulA + uint64(b)*mulB + uint64(c)*mulC + uint64(d)*mulD + uint64(t)*mulT
	h ^= h >> 29
	return h * mulA
}

// distance puts the distance of two words into a few classes.
func distance(a, b int32) uint32 {
	switch d := b - a; {
	case d <= 5:
		return uint32(d)
	case d <= 8:
		return 6
	case d <= 14:
		return 7
	default:
		return 8
	}
}

// extract fills s.feat for a configuration. The templates are those of Zhang
// and Nivre (2011) for words and tags, with lemmas beside forms, tags of the
// dependents in place of their labels, and the punctuation passed over: in
// "the minister, a former general, said", the commas tell that "said" goes
// back to "minister".
func (s *Scratch) extract(c *config) {
	i0, i1, i2, j0 := c.top(0), c.top(1), c.top(2), c.b
	j1, j2, j3 := c.ahead(1), c.ahead(2), c.ahead(3)
	n0, n1, m0 := &c.node[i0], &c.node[i1], &c.node[j0]
	s0, s1, s2 := &s.key[i0], &s.key[i1], &s.key[i2]
	b0, b1, b2, b3 := &s.key[j0], &s.key[j1], &s.key[j2], &s.key[j3]
	s0l, s0r := &s.key[n0.l1], &s.key[n0.r1]
	s0l2, s0r2 := &s.key[n0.l2], &s.key[n0.r2]
	s1l, s1r := &s.key[n1.l1], &s.key[n1.r1]
	s1r2 := &s.key[n1.r2]
	b0l, b0l2 := &s.key[m0.l1], &s.key[m0.l2]
	prev, next := &s.key[max(i0-1, 0)], &s.key[min(i0+1, int32(s.n+1))]

	dsb, dss := distance(i0, j0), distance(i1, i0)
	psb, pss := s.between(i0, j0)+1, s.between(i1, i0)+1

	f := &s.feat
	// single words
	f[0] = mix(0, s0.w, s0.p, 0, 0)
	f[1] = mix(1, s0.l, 0, 0, 0)
	f[2] = mix(2, s0.p, 0, 0, 0)
	f[3] = mix(3, s1.w, s1.p, 0, 0)
	f[4] = mix(4, s1.l, 0, 0, 0)
	f[5] = mix(5, s1.p, s2.p, 0, 0)
	f[6] = mix(6, s2.l, s2.p, 0, 0)
	f[7] = mix(7, b0.w, b0.p, 0, 0)
	f[8] = mix(8, b0.l, 0, 0, 0)
	f[9] = mix(9, b0.p, 0, 0, 0)
	f[10] = mix(10, b1.w, b1.p, 0, 0)
	f[11] = mix(11, b1.p, b2.p, 0, 0)
	f[12] = mix(12, b2.w, b2.p, 0, 0)
	f[13] = mix(13, s0.x, b0.x, 0, 0)
	// top of the stack and front of the buffer
	f[14] = mix(14, s0.w, s0.p, b0.w, b0.p)
	f[15] = mix(15, s0.l, b0.l, 0, 0)
	f[16] = mix(16, s0.w, s0.p, b0.p, 0)
	f[17] = mix(17, s0.p, b0.w, b0.p, 0)
	f[18] = mix(18, s0.p, b0.p, dsb, 0)
	f[19] = mix(19, s0.l, b0.p, dsb, 0)
	f[20] = mix(20, s0.p, b0.l, dsb, 0)
	f[21] = mix(21, s0.p, b0.p, psb, 0)
	f[22] = mix(22, s0.p, b0.p, b1.p, 0)
	f[23] = mix(23, s0.p, b0.p, b1.p, b2.p)
	f[24] = mix(24, s0.l, b0.p, b1.p, 0)
	f[25] = mix(25, s0.p, b0.l, b1.p, 0)
	f[26] = mix(26, s0.p, b0.p, b1.l, 0)
	f[27] = mix(27, b0.p, b1.p, b2.p, b3.p)
	f[28] = mix(28, b0.l, b1.p, 0, 0)
	f[29] = mix(29, b0.p, b1.l, 0, 0)
	// the two words of the stack
	f[30] = mix(30, s1.w, s1.p, s0.w, s0.p)
	f[31] = mix(31, s1.l, s0.l, 0, 0)
	f[32] = mix(32, s1.w, s1.p, s0.p, 0)
	f[33] = mix(33, s1.p, s0.w, s0.p, 0)
	f[34] = mix(34, s1.p, s0.p, dss, 0)
	f[35] = mix(35, s1.l, s0.p, dss, 0)
	f[36] = mix(36, s1.p, s0.l, dss, 0)
	f[37] = mix(37, s1.p, s0.p, pss, 0)
	f[38] = mix(38, s2.p, s1.p, s0.p, 0)
	f[39] = mix(39, s2.p, s1.p, s0.p, b0.p)
	// stack and buffer
	f[40] = mix(40, s1.p, s0.p, b0.p, 0)
	f[41] = mix(41, s1.l, s0.p, b0.p, 0)
	f[42] = mix(42, s1.p, s0.l, b0.p, 0)
	f[43] = mix(43, s1.p, s0.p, b0.l, 0)
	f[44] = mix(44, s1.l, s0.l, b0.p, 0)
	f[45] = mix(45, s1.p, s0.p, b0.p, b1.p)
	f[46] = mix(46, s1.l, b0.l, s0.p, 0)
	f[47] = mix(47, s1.p, b0.p, pss, psb)
	f[48] = mix(48, s0.l, b0.l, s1.p, 0)
	f[49] = mix(49, s1.l, s0.l, b0.l, 0)
	// dependents of the top
	f[50] = mix(50, s0.p, s0l.p, b0.p, 0)
	f[51] = mix(51, s0.p, s0r.p, b0.p, 0)
	f[52] = mix(52, s1.p, s0.p, s0l.p, 0)
	f[53] = mix(53, s1.p, s0.p, s0r.p, 0)
	f[54] = mix(54, s0.p, s0l.l, s1.p, 0)
	f[55] = mix(55, s0.p, s0l.l, b0.p, 0)
	f[56] = mix(56, s0.l, s0r.l, 0, 0)
	f[57] = mix(57, s0.l, s0r.p, b0.p, 0)
	f[58] = mix(58, s0.p, s0r.p, s0r2.p, 0)
	f[59] = mix(59, s0.p, s0l.p, s0l2.p, 0)
	f[60] = mix(60, s0.l, s0l.l, 0, 0)
	f[61] = mix(61, s0.p, s0l.l, s0l2.l, b0.p)
	f[62] = mix(62, s0.p, s0l.p, s0r.p, b0.p)
	// dependents of the second
	f[63] = mix(63, s1.p, s1r.p, s0.p, 0)
	f[64] = mix(64, s1.p, s1l.p, s0.p, 0)
	f[65] = mix(65, s1.l, s1r.p, s0.p, 0)
	f[66] = mix(66, s1.p, s1r.l, s0.p, 0)
	f[67] = mix(67, s1.p, s1r.p, s1r2.p, s0.p)
	f[68] = mix(68, s1.l, s1r.l, s0.p, 0)
	f[69] = mix(69, s1.p, s1r.p, s0.p, b0.p)
	// dependents of the front of the buffer
	f[70] = mix(70, b0.p, b0l.p, s0.p, 0)
	f[71] = mix(71, b0.p, b0l.p, b0l2.p, s0.p)
	f[72] = mix(72, b0.p, b0l.l, s0.p, 0)
	f[73] = mix(73, b0.l, b0l.p, s0.p, 0)
	// number of dependents
	f[74] = mix(74, s0.l, uint32(n0.lv), uint32(n0.rv), 0)
	f[75] = mix(75, s0.p, uint32(n0.lv), uint32(n0.rv), b0.p)
	f[76] = mix(76, s1.l, uint32(n1.rv), s0.p, 0)
	f[77] = mix(77, s1.p, uint32(n1.lv), uint32(n1.rv), s0.p)
	f[78] = mix(78, b0.l, uint32(m0.lv), s0.p, 0)
	f[79] = mix(79, b0.p, uint32(m0.lv), s0.p, b1.p)
	// neighbours of the top in the sentence
	f[80] = mix(80, prev.p, s0.p, next.p, b0.p)
	f[81] = mix(81, next.p, s0.p, dsb, b0.p)
	f[82] = mix(82, s0.p, b0.p, uint32(min(len(c.stack), 6)), 0)
	f[83] = mix(83, uint32(s.punct[i0].quotes)+1, uint32(s.punct[j0].quotes), s0.p, b0.p)
	// distributional classes
	f[84] = mix(84, s0.c, b0.c, 0, 0)
	f[85] = mix(85, s1.c, s0.c, 0, 0)
	f[86] = mix(86, s0.c, b0.p, b1.p, 0)
	f[87] = mix(87, s0.p, b0.c, b1.p, 0)
	f[88] = mix(88, s1.c, s0.p, b0.p, 0)
	f[89] = mix(89, s1.p, s0.c, b0.p, 0)
	f[90] = mix(90, s0.p, b0.p, b1.c, 0)
	f[91] = mix(91, s0.c, b0.c, s1.p, dsb)
	f[92] = mix(92, s1.c, s0.c, b0.p, dss)
	f[93] = mix(93, s1.c, s0.c, b0.c, 0)
	f[94] = mix(94, s0.c, s0l.c, b0.p, 0)
	f[95] = mix(95, s1.c, b0.c, s0.p, 0)
}
