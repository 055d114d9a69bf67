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
	head     int32
	l1, l2   int32  // leftmost dependent, and the one before it
	r1, r2   int32  // rightmost dependent, and the one before it
	lv, rv   uint8  // number of dependents on each side, capped
	commas   uint16 // commas before this word in the sentence
	inQuotes uint16 // quotation marks before this word, modulo 2
}

// Scratch is the working memory of one goroutine. The zero value is ready; it
// grows to the longest sentence met and is then used again without allocation.
type Scratch struct {
	n     int // words; the root node is n+1
	key   []key
	node  []node
	stack []int32
	b     int32 // first word of the buffer; n+1 when only the root is left
	feat  [numFeatures]uint64
	label labelScratch
}

const maxValency = 5

// reset makes room for n words and forgets the sentence before.
func (s *Scratch) reset(n int) {
	s.n = n
	if need := n + 2; cap(s.key) < need {
		s.key, s.node = make([]key, need+need/2), make([]node, need+need/2)
		s.stack = make([]int32, 0, need+need/2)
	}
	s.key, s.node = s.key[:n+2], s.node[:n+2]
	s.key[0] = key{w: 1, l: 1, p: 1, u: 1, x: 1}
	s.key[n+1] = key{w: 2, l: 2, p: 2, u: 2, x: 2}
}

// start puts the system into its first configuration.
func (s *Scratch) start() {
	clear(s.node)
	commas, quotes := uint16(0), uint16(0)
	for i := range s.node {
		s.node[i].commas, s.node[i].inQuotes = commas, quotes
		switch s.key[i].mark {
		case comma:
			commas++
		case quote:
			quotes ^= 1
		}
	}
	s.stack = s.stack[:0]
	s.b = 1
}

// done reports that every word has a head.
func (s *Scratch) done() bool { return len(s.stack) == 0 && int(s.b) == s.n+1 }

// legal reports whether an action may be taken.
func (s *Scratch) legal(a action) bool {
	atRoot := int(s.b) == s.n+1
	switch a {
	case shift:
		return !atRoot
	case left:
		return len(s.stack) > 0 && (!atRoot || len(s.stack) == 1)
	default:
		return len(s.stack) > 1
	}
}

// top gives the i-th word of the stack from the top; 0 without.
func (s *Scratch) top(i int) int32 {
	if i >= len(s.stack) {
		return 0
	}
	return s.stack[len(s.stack)-1-i]
}

func (s *Scratch) apply(a action) {
	switch a {
	case shift:
		s.stack = append(s.stack, s.b)
		s.b++
	case left:
		s.attachLeft(s.b, s.pop())
	case right:
		d := s.pop()
		s.attachRight(s.top(0), d)
	}
}

func (s *Scratch) pop() int32 {
	d := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	return d
}

func (s *Scratch) attachLeft(h, d int32) {
	s.node[d].head = h
	n := &s.node[h]
	n.l2, n.l1 = n.l1, d
	n.lv = min(n.lv+1, maxValency)
}

func (s *Scratch) attachRight(h, d int32) {
	s.node[d].head = h
	n := &s.node[h]
	n.r2, n.r1 = n.r1, d
	n.rv = min(n.rv+1, maxValency)
}
