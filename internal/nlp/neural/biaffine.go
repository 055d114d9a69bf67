package neural

import "casus/internal/nlp/encoder"

// biaffine scores pairs of words: score(l, a, b) = [a;1] U_l [b;1].
type biaffine struct {
	a, b   block // where the two vectors lie in the output of the layer "mlp"
	n      int   // size of a vector
	labels int
	// core holds U_l[d][e] for d, e < n, label by label, with U_l[d][n] for
	// bias; left U_l[n][e], with U_l[n][n].
	core, left *encoder.Linear
}

func (f *biaffine) load(t *encoder.Tensors, name string, a, b block, labels int) error {
	n := a.n
	u, err := t.F32(name+".u", labels, n+1, n+1)
	if err != nil {
		return err
	}
	*f = biaffine{a: a, b: b, n: n, labels: labels}
	return f.fill(u)
}

// fill takes U apart.
func (f *biaffine) fill(u []float32) error {
	n := f.n
	var core, right, left, corner []float32
	for l := range f.labels {
		m := u[l*(n+1)*(n+1):]
		for d := range n {
			core = append(core, m[d*(n+1):d*(n+1)+n]...)
			right = append(right, m[d*(n+1)+n])
		}
		left = append(left, m[n*(n+1):n*(n+1)+n]...)
		corner = append(corner, m[n*(n+1)+n])
	}
	var err error
	if f.core, err = encoder.NewLinear(core, right, n, f.labels*n); err != nil {
		return err
	}
	f.left, err = encoder.NewLinear(left, corner, n, f.labels)
	return err
}

// project gives, for each of the m vectors b and each label, the vector that
// is multiplied with [a;1]: rows of labels*n values, and labels values for
// the 1.
func (f *biaffine) project(dst, one, b []float32, m int, s *encoder.Scratch) {
	f.core.Apply(dst, b, m, encoder.None, s)
	f.left.Apply(one, b, m, encoder.None, s)
}

func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

func argmax(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
