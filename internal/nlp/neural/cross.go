package neural

// crossing is what an arc that crosses another must be worth, in the scores of
// arcs, over the best one that crosses none. English has few: 1 in 200 words
// of the treebanks. Chosen among 1, 2, 4, 8 and "never" on EWT and GUM dev
// (decision 016).
const crossing = 2

// uncross looks at the words whose arc crosses another, left to right, and moves
// those that have a head without crossing at nearly the score. heads and scores
// are those of best.
func uncross(heads []int, scores []float32, n int) {
	for i := range heads {
		h := heads[i]
		if h == 0 || !crosses(heads, i, h) {
			continue
		}
		row := scores[i*(n+1) : (i+1)*(n+1)]
		to := -1
		for c := 1; c <= n; c++ {
			if c != i+1 && c != h && row[h]-row[c] < crossing && (to < 0 || row[c] > row[to]) && !hangsOn(heads, c, i+1) && !crosses(heads, i, c) {
				to = c
			}
		}
		if to > 0 {
			heads[i] = to
		}
	}
}

// crosses reports that the arc from head h to word i would cross an arc of
// another word.
func crosses(heads []int, i, h int) bool {
	lo, hi := min(i+1, h), max(i+1, h)
	for j, g := range heads {
		if j == i || g == 0 {
			continue
		}
		a, b := min(j+1, g), max(j+1, g)
		if a < lo && lo < b && b < hi || lo < a && a < hi && hi < b {
			return true
		}
	}
	return false
}
