package kernel

import "math"

// LayerNorm normalises n rows of x, h values each, in place: to mean nought
// and variance one (eps added), times g, plus b.
func (s *Set) LayerNorm(x []float32, n, h int, g, b []float32, eps float32) {
	for r := range n {
		row := x[r*h : (r+1)*h]
		mean := s.sum(row) / float32(h)
		inv := 1 / float32(math.Sqrt(float64(s.squares(row, mean)/float32(h)+eps)))
		s.normalise(row, g[:h], b[:h], mean, inv)
	}
}

// AttentionScratch gives the floats that Attention needs for a sequence of n.
func AttentionScratch(n, hidden, heads int) int {
	padded := (n + 15) &^ 15
	return padded * (n + hidden/heads)
}

// Attention computes for one sequence of n rows what each head gathers:
// softmax(Q K^T / sqrt(d)) V. qkv has rows of 3*hidden: queries, keys, values,
// each head after head; ctx gets rows of hidden. tmp holds at least
// AttentionScratch floats.
func (s *Set) Attention(ctx, qkv []float32, n, hidden, heads int, tmp []float32) {
	if n == 0 {
		return
	}
	_, _, _ = ctx[n*hidden-1], qkv[n*3*hidden-1], tmp[AttentionScratch(n, hidden, heads)-1]
	s.attention(ctx, qkv, n, hidden, heads, tmp)
}

// MatMul computes c[m][n] = a[m][k] * b[n][k]^T.
func (s *Set) MatMul(c, a, b []float32, m, n, k int) {
	if m == 0 || n == 0 {
		return
	}
	c = c[:m*n]
	if k == 0 {
		clear(c)
		return
	}
	_, _ = a[m*k-1], b[n*k-1]
	s.matMul(c, a, b, m, n, k)
}
