package tag

// context is where features look.
type context struct {
	words []word
	tags  []uint8 // of the words before
	style style

	// Of the second pass only: the tags of the first, and how many finite
	// verbs it found up to each word.
	first  []uint8
	finite []uint8
}

// ahead gives the first pass's tag of a word.
func (c *context) ahead(i int) uint32 {
	if i >= len(c.first) {
		return maxTags
	}
	return uint32(c.first[i])
}

// verbs tells whether the first pass found a finite verb before and behind
// word i: "raced" in "the horse raced past the barn fell" has one behind.
func (c *context) verbs(i int) uint32 {
	var before, through, all uint8
	if i > 0 {
		before = c.finite[i-1]
	}
	through, all = c.finite[i], c.finite[len(c.finite)-1]
	return uint32(min(before, 2))*4 + uint32(min(all-through, 2))
}

var edge = word{exact: 11, lower: 11, shape: shapeMark}

func (c *context) at(i int) *word {
	if i < 0 || i >= len(c.words) {
		return &edge
	}
	return &c.words[i]
}

func (c *context) tag(i int) uint32 {
	if i < 0 {
		return maxTags
	}
	return uint32(c.tags[i])
}

func mix(template uint32, a, b uint32) uint32 {
	h := a*0x85EBCA6B + template*0x9E3779B1
	h = (h ^ h>>15) + b*0xC2B2AE35
	h *= 0x2C1B3C6D
	return h ^ h>>14
}

// features appends the hashes of what is seen at word i.
func (c *context) features(i int, f []uint32) []uint32 {
	w, p1, p2, n1, n2 := c.at(i), c.at(i-1), c.at(i-2), c.at(i+1), c.at(i+2)
	t1, t2 := c.tag(i-1), c.tag(i-2)
	low, prev, next := uint32(w.lower), uint32(p1.lower), uint32(n1.lower)
	first := uint32(0)
	if i == 0 || i == 1 && p1.shape == shapeMark {
		first = 1
	}
	look := uint32(w.shape)<<8 | uint32(c.style)<<4 | first<<3 | uint32(w.joined)
	look1 := uint32(n1.shape)<<8 | uint32(c.style)<<4
	look0 := uint32(p1.shape)<<8 | uint32(c.style)<<4
	cl, cl1, cl0, cl2 := uint32(w.entry.class), uint32(n1.entry.class), uint32(p1.entry.class), uint32(n2.entry.class)
	k, k1, k0 := uint32(w.entry.cluster), uint32(n1.entry.cluster), uint32(p1.entry.cluster)
	f = append(f,
		mix(1, low, 0), mix(2, prev, 0), mix(3, next, 0), mix(4, uint32(p2.lower), 0), mix(5, uint32(n2.lower), 0),
		mix(6, t1, 0), mix(7, t1, t2), mix(8, low, t1), mix(9, next, t1), mix(10, low, prev), mix(11, low, next),
		mix(12, look, 0), mix(13, look, t1), mix(14, look, look1), mix(15, look, look0), mix(16, look, low),
		mix(17, cl, t1), mix(18, cl, cl1), mix(19, cl1, t1), mix(20, cl1, cl2), mix(21, cl1<<16|cl2, cl), mix(22, cl<<16|cl1, t1),
		mix(23, cl0, cl), mix(24, k, 0), mix(25, k1, 0), mix(26, k0, 0), mix(27, k, t1), mix(28, k1, t1), mix(29, k<<16|k1, t1),
		mix(30, prev, next), mix(31, low, t1<<8|t2), mix(32, k, k1), mix(33, n1.suffix[1], cl), mix(34, n1.suffix[2], t1))
	f = append(f, mix(40, uint32(w.exact), 0), mix(47, w.suffix[2], t1), mix(48, w.suffix[1], look), mix(49, w.suffix[2], look), mix(50, w.suffix[2], cl1))
	for n, h := range w.suffix {
		f = append(f, mix(41, h, uint32(n)))
	}
	for n, h := range w.prefix {
		f = append(f, mix(42, h, uint32(n)))
	}
	if c.first != nil {
		return c.second(i, f)
	}
	return f
}

// second appends what only the second pass sees.
func (c *context) second(i int, f []uint32) []uint32 {
	w, low := c.at(i), uint32(c.at(i).lower)
	t1, t2, r1, r2 := c.tag(i-1), c.tag(i-2), c.ahead(i+1), c.ahead(i+2)
	look, cl, v := uint32(w.shape)<<8|uint32(c.style)<<4, uint32(w.entry.class), c.verbs(i)
	return append(f,
		mix(60, r1, 0), mix(61, r1, r2), mix(62, low, r1), mix(63, t1, r1), mix(64, t1<<8|t2, r1), mix(65, t1, r1<<8|r2),
		mix(66, low, t1<<8|r1), mix(67, w.suffix[2], r1), mix(68, look, r1), mix(69, cl, t1<<8|r1), mix(70, v, cl), mix(71, v, low),
		mix(72, cl, r1<<8|r2), mix(73, v<<8|t1, r1), mix(74, w.suffix[1], v), mix(75, w.suffix[2], t1<<8|r1))
}
