package neural

import "casus/internal/nlp/encoder"

// biaffine scores pairs of words: score(l, a, b) = [a;1] U_l [b;1].
type biaffine struct {
	a, b   block // where the two vectors lie in the output of the layer "mlp"
	n      int   // size of a vector
	labels int
	// core holds U_l[d][e] for d, e < n, row-major, label by label; right
	// U_l[d][n], left U_l[n][e], corner U_l[n][n].
	core, right, left, corner []float32
}

func (f *biaffine) load(t *encoder.Tensors, name string, a, b block, labels int) error {
	n := a.n
	u, err := t.F32(name+".u", labels, n+1, n+1)
	if err != nil {
		return err
	}
	*f = biaffine{a: a, b: b, n: n, labels: labels}
	f.fill(u)
	return nil
}

// fill takes U apart.
func (f *biaffine) fill(u []float32) {
	n := f.n
	for l := range f.labels {
		m := u[l*(n+1)*(n+1):]
		for d := range n {
			f.core = append(f.core, m[d*(n+1):d*(n+1)+n]...)
			f.right = append(f.right, m[d*(n+1)+n])
		}
		f.left = append(f.left, m[n*(n+1):n*(n+1)+n]...)
		f.corner = append(f.corner, m[n*(n+1)+n])
	}
}

// project gives, for each of the m vectors b and each label, the vector that
// is multiplied with [a;1]: rows of labels*n values, and labels values for
// the 1.
func (f *biaffine) project(dst, one, b []float32, m int) {
	w := f.labels * f.n
	encoder.MatMulF32(dst, b, f.core, m, w, f.n)
	encoder.MatMulF32(one, b, f.left, m, f.labels, f.n)
	for i := range m {
		row := dst[i*w : (i+1)*w]
		for j, r := range f.right {
			row[j] += r
		}
		for l, c := range f.corner {
			one[i*f.labels+l] += c
		}
	}
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
