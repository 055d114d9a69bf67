//go:build !amd64 && !arm64

package kernel

func supported(i isa) bool { return i == portable }

func (s *Set) linear(dst []float32, q []uint8, scale []float32, n int, w *Weights, act Activation, residual []float32) {
	linearPortable(dst, q, scale, n, w, act, residual)
}

func (s *Set) absMax(x []float32) float32 { return absMaxPortable(x) }

func (s *Set) toBytes(q []uint8, x []float32, inv float32) { toBytesPortable(q, x, inv) }

func (s *Set) sum(x []float32) float32 { return sumPortable(x) }

func (s *Set) squares(x []float32, mean float32) float32 { return squaresPortable(x, mean) }

func (s *Set) normalise(x, g, b []float32, mean, inv float32) {
	normalisePortable(x, g, b, mean, inv)
}

func (s *Set) attention(ctx, qkv []float32, n, hidden, heads int, tmp []float32) {
	attentionPortable(ctx, qkv, n, hidden, heads, tmp)
}

func (s *Set) matMul(c, a, b []float32, m, n, k int) { matMulPortable(c, a, b, m, n, k) }
