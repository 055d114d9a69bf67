package neural

import "math"

// treeScratch is the memory of the tree search.
type treeScratch struct {
	score []float64
	seen  []int
}

// best gives the best tree over n words with exactly one root: heads[i] is the
// head of word i, counted from 1, 0 for the root. scores holds n rows of n+1
// scores of the heads 0 to n, of which the own one is never taken. Most
// sentences need no search: each word's best head makes a tree already.
func (t *treeScratch) best(scores []float32, n int, heads []int) []int {
	w := n + 1
	roots := 0
	for i := range n {
		scores[i*w+i+1] = float32(math.Inf(-1))
		heads[i] = argmax(scores[i*w : (i+1)*w])
		if heads[i] == 0 {
			roots++
		}
	}
	if roots == 1 && !t.cyclic(heads) {
		return heads
	}
	t.search(scores, n, heads)
	return heads
}

// cyclic reports heads that go round.
func (t *treeScratch) cyclic(heads []int) bool {
	seen := grow(&t.seen, len(heads)+1)
	clear(seen)
	for i := range heads {
		at := i + 1
		for at != 0 && seen[at] == 0 {
			seen[at] = i + 1
			at = heads[at-1]
		}
		if at != 0 && seen[at] == i+1 {
			return true
		}
	}
	return false
}

// rootCost keeps a second root out wherever one tree has a single root: it is
// larger than any sum of log probabilities of a sentence.
const rootCost = 1e6

// search runs Chu-Liu/Edmonds on log probabilities.
func (t *treeScratch) search(scores []float32, n int, heads []int) {
	w := n + 1
	m := grow(&t.score, w*w) // m[dep*w+head]
	for i := range n {
		row := scores[i*w : (i+1)*w]
		top, sum := float64(row[argmax(row)]), 0.0
		for _, x := range row {
			sum += math.Exp(float64(x) - top)
		}
		norm := top + math.Log(sum)
		for j, x := range row {
			m[(i+1)*w+j] = float64(x) - norm
		}
		m[(i+1)*w] -= rootCost
	}
	copy(heads, edmonds(m, w)[1:])
}

// edmonds gives the head of each node of the best tree rooted at node 0;
// score[dep*n+head], -Inf for an arc that is not there. Ties go to the lower
// index.
func edmonds(score []float64, n int) []int {
	head := make([]int, n)
	for d := 1; d < n; d++ {
		best := -1
		for h := range n {
			if h != d && (best < 0 || score[d*n+h] > score[d*n+best]) {
				best = h
			}
		}
		head[d] = best
	}
	cycle := findCycle(head)
	if cycle == nil {
		return head
	}
	return contract(score, n, head, cycle)
}

// findCycle gives for each node whether it lies on the first cycle met; nil
// without one.
func findCycle(head []int) []bool {
	n := len(head)
	seen := make([]int, n)
	for i := 1; i < n; i++ {
		at := i
		for at != 0 && seen[at] == 0 {
			seen[at] = i
			at = head[at]
		}
		if at != 0 && seen[at] == i {
			on := make([]bool, n)
			for !on[at] {
				on[at] = true
				at = head[at]
			}
			return on
		}
	}
	return nil
}

// contract makes one node of a cycle, solves the smaller graph, and opens the
// cycle where the solution enters it.
func contract(score []float64, n int, head []int, on []bool) []int {
	index, nodes := make([]int, n), make([]int, 0, n)
	for v := range n {
		if !on[v] {
			index[v] = len(nodes)
			nodes = append(nodes, v)
		}
	}
	c := len(nodes) // the cycle's node
	m := c + 1
	small := make([]float64, m*m)
	for i := range small {
		small[i] = math.Inf(-1)
	}
	enter, leave := make([]int, m), make([]int, m) // by outside node: the arc's end in the cycle
	total := 0.0
	for v := range n {
		if on[v] {
			total += score[v*n+head[v]]
		}
	}
	for i, v := range nodes {
		for j, u := range nodes {
			if v != u {
				small[i*m+j] = score[v*n+u]
			}
		}
		for u := range n {
			if !on[u] {
				continue
			}
			if x := score[v*n+u]; v != 0 && x > small[i*m+c] { // v hangs on the cycle
				small[i*m+c], leave[i] = x, u
			}
			if x := total - score[u*n+head[u]] + score[u*n+v]; x > small[c*m+i] { // the cycle hangs on v
				small[c*m+i], enter[i] = x, u
			}
		}
	}
	sub := edmonds(small, m)
	out := append([]int(nil), head...)
	for i, v := range nodes {
		if i == 0 {
			continue
		}
		if sub[i] == c {
			out[v] = leave[i]
		} else {
			out[v] = nodes[sub[i]]
		}
	}
	from := sub[c]
	out[enter[from]] = nodes[from]
	return out
}
