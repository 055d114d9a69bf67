package parse

// oracle knows the gold heads of one sentence and tells what each action would
// cost: how many gold arcs that can still be made would be lost for good
// (Goldberg and Nivre 2013, section 4.2). Heads and words are numbered as in
// Scratch; the root's head is n+1.
type oracle struct {
	head []int32
	// kids of h are kid[first[h]:first[h+1]], from left to right.
	kid, first []int32
}

func newOracle(heads []int) *oracle {
	n := len(heads)
	o := &oracle{head: make([]int32, n+2), first: make([]int32, n+3), kid: make([]int32, 0, n)}
	for i, h := range heads {
		o.head[i+1] = int32(h + 1)
		if h < 0 {
			o.head[i+1] = int32(n + 1)
		}
	}
	for h := range int32(n + 2) {
		o.first[h] = int32(len(o.kid))
		for d := int32(1); d <= int32(n); d++ {
			if o.head[d] == h {
				o.kid = append(o.kid, d)
			}
		}
	}
	o.first[n+2] = int32(len(o.kid))
	return o
}

func (o *oracle) kids(h int32) []int32 { return o.kid[o.first[h]:o.first[h+1]] }

// kidsFrom counts the gold dependents of h at or after b.
func (o *oracle) kidsFrom(h, b int32) int {
	n := 0
	for _, d := range o.kids(h) {
		if d >= b {
			n++
		}
	}
	return n
}

// costs gives the cost of each action; the cost of an illegal one is
// meaningless.
func (o *oracle) costs(c *config) (cost [numActions]int) {
	if s0 := c.top(0); s0 != 0 {
		h, stranded := o.head[s0], o.kidsFrom(s0, c.b)
		cost[left], cost[right] = stranded, stranded
		ahead := h >= c.b && (h < c.end || len(c.stack) == 1)
		if s1 := c.top(1); ahead && h != c.b || h == s1 {
			cost[left]++
		}
		if ahead {
			cost[right]++
		}
	}
	if c.b < c.end {
		cost[shift] = o.shiftCost(c)
	}
	return cost
}

// shiftCost counts the arcs of b0 that shifting it loses: its dependents on
// the stack; its head there, unless that is s0, which becomes its neighbour;
// and the arc from the root, which only the lowest word of the stack can get.
func (o *oracle) shiftCost(c *config) int {
	lost := 0
	for i, w := range c.stack {
		if o.head[w] == c.b || o.head[c.b] == w && i < len(c.stack)-1 {
			lost++
		}
	}
	if o.head[c.b] == c.end && len(c.stack) > 0 {
		lost++
	}
	return lost
}

// projective lifts crossing arcs until none is left, always the shortest
// first, each to the head of its head (Nivre and Nilsson 2005). The heads are
// positions from 0, -1 at the root.
func projective(heads []int) []int {
	heads = append([]int(nil), heads...)
	for {
		worst, length := -1, 1<<30
		for d, h := range heads {
			if h >= 0 && abs(h-d) < length && crosses(heads, d) {
				worst, length = d, abs(h-d)
			}
		}
		if worst < 0 {
			return heads
		}
		heads[worst] = heads[heads[worst]]
	}
}

// crosses reports whether a word between d and its head hangs on a word that
// the head does not dominate.
func crosses(heads []int, d int) bool {
	h := heads[d]
	for w := min(d, h) + 1; w < max(d, h); w++ {
		a := w
		for a >= 0 && a != h {
			a = heads[a]
		}
		if a < 0 {
			return true
		}
	}
	return false
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
