package kernel

// Quantise turns n rows of x, `in` values each, into bytes, stride(in) apart,
// and gives each row's scale: x is about (q-128)*scale. A row whose largest
// magnitude is below tiny becomes zeros.
func (s *Set) Quantise(q []uint8, scale, x []float32, n, in int) {
	st := stride(in)
	for r := range n {
		row, to := x[r*in:(r+1)*in], q[r*st:(r+1)*st]
		m := s.absMax(row)
		if !(m >= tiny) {
			scale[r] = 0
			for i := range to {
				to[i] = 128
			}
			continue
		}
		scale[r] = m / 127
		s.toBytes(to[:in], row, 127/m)
		for i := in; i < st; i++ {
			to[i] = 128
		}
	}
}

// tiny keeps 127/max finite.
const tiny = 1e-30

// Linear computes n rows of dst, w.Out() values each, from quantised rows:
// act(sums*scale + bias), and adds residual where it is not nil. residual may
// be dst.
func (s *Set) Linear(dst []float32, q []uint8, scale []float32, n int, w *Weights, act Activation, residual []float32) {
	if n == 0 {
		return
	}
	_, _, _ = dst[n*w.out-1], q[n*w.Stride()-1], scale[n-1]
	if residual != nil {
		_ = residual[n*w.out-1]
	}
	s.linear(dst, q, scale, n, w, act, residual)
}
