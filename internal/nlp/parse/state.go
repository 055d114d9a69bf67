package parse

// action is a transition of the arc-hybrid system. With s0 the top of the
// stack, s1 the word under it and b0 the first word of the buffer:
//
//	left   makes b0 the head of s0 and pops s0
//	right  makes s1 the head of s0 and pops s0
//	shift  moves b0 to the stack
//
// The root of the tree is an extra node after the last word. It takes a
// dependent only when a single word is left, so a tree has exactly one root.
type action uint8

const (
	shift action = iota
	left
	right
	numActions
)

// node is what is known of a word while its sentence is parsed. Words are
// numbered from 1; node 0 stands for "no such word".
type node struct {
	head   int32
	l1, l2 int32 // leftmost dependent, and the one before it
	r1, r2 int32 // rightmost dependent, and the one before it
	lv, rv uint8 // number of dependents on each side, capped
}

// config is one configuration of the transition system.
type config struct {
	node  []node
	stack []int32
	b     int32 // first word of the buffer
	end   int32 // the root node, one after the last word
	score float32
}

const maxValency = 5

// start puts the configuration at the beginning of a sentence of n words.
func (c *config) start(n int) {
	c.grow(n)
	clear(c.node)
	c.stack, c.b, c.end, c.score = c.stack[:0], 1, int32(n+1), 0
}

// grow makes room for n words.
func (c *config) grow(n int) {
	if need := n + 2; cap(c.node) < need {
		c.node, c.stack = make([]node, need+need/2), make([]int32, 0, need+need/2)
	}
	c.node = c.node[:n+2]
}

// become makes c a copy of d.
func (c *config) become(d *config) {
	c.grow(len(d.node) - 2)
	copy(c.node, d.node)
	c.stack = append(c.stack[:0], d.stack...)
	c.b, c.end, c.score = d.b, d.end, d.score
}

// done reports that every word has a head.
func (c *config) done() bool { return len(c.stack) == 0 && c.b == c.end }

// legal reports whether an action may be taken.
func (c *config) legal(a action) bool {
	switch a {
	case shift:
		return c.b < c.end
	case left:
		return len(c.stack) == 1 || len(c.stack) > 1 && c.b < c.end
	default:
		return len(c.stack) > 1
	}
}

// forced gives the only legal action, if there is only one.
func (c *config) forced() (action, bool) {
	switch {
	case len(c.stack) == 0:
		return shift, true
	case c.b == c.end && len(c.stack) == 1:
		return left, true
	case c.b == c.end:
		return right, true
	}
	return 0, false
}

// top gives the i-th word of the stack from the top; 0 without.
func (c *config) top(i int) int32 {
	if i >= len(c.stack) {
		return 0
	}
	return c.stack[len(c.stack)-1-i]
}

// ahead gives the word i places after the front of the buffer; 0 past the
// root.
func (c *config) ahead(i int32) int32 {
	if j := c.b + i; j <= c.end {
		return j
	}
	return 0
}

func (c *config) apply(a action) {
	switch a {
	case shift:
		c.stack = append(c.stack, c.b)
		c.b++
	case left:
		c.attachLeft(c.b, c.pop())
	case right:
		d := c.pop()
		c.attachRight(c.top(0), d)
	}
}

func (c *config) pop() int32 {
	d := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	return d
}

func (c *config) attachLeft(h, d int32) {
	c.node[d].head = h
	n := &c.node[h]
	n.l2, n.l1 = n.l1, d
	n.lv = min(n.lv+1, maxValency)
}

func (c *config) attachRight(h, d int32) {
	c.node[d].head = h
	n := &c.node[h]
	n.r2, n.r1 = n.r1, d
	n.rv = min(n.rv+1, maxValency)
}
