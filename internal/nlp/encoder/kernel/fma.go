package kernel

import "math"

// The vector kernels multiply and add with one rounding. Plain Go does the
// same through float64, where the product of two floats is exact and only the
// sum is rounded, to 53 bits; rounding that again to 24 goes wrong only where
// the 53 bits lie half way between two floats, and there the sum is moved to
// its true side first. (Below 2^-126 the half way lies elsewhere: no sum here
// is so small and matters.)

// fma is a*b+c rounded once.
func fma(a, b, c float32) float32 {
	p, d := float64(a)*float64(b), float64(c)
	s := p + d
	if halfWay(s) {
		s = trueSide(p, d)
	}
	return float32(s)
}

// halfWay says whether s lies half way between two floats.
func halfWay(s float64) bool { return math.Float64bits(s)<<35 == 1<<63 }

// trueSide is p+c, moved to the next float64 on the side of the exact sum.
func trueSide(p, c float64) float64 {
	s := p + c
	// Knuth's TwoSum: s + lost is the exact sum.
	t := s - p
	lost := (p - (s - t)) + (c - t)
	switch {
	case lost > 0:
		return math.Nextafter(s, math.Inf(1))
	case lost < 0:
		return math.Nextafter(s, math.Inf(-1))
	}
	return s
}

// dots adds to each of four sums the products of a with a row of b: one chain
// of fma a sum.
func dots(sums *[4]float32, a, b0, b1, b2, b3 []float32) {
	b0, b1, b2, b3 = b0[:len(a)], b1[:len(a)], b2[:len(a)], b3[:len(a)]
	s0, s1, s2, s3 := float64(sums[0]), float64(sums[1]), float64(sums[2]), float64(sums[3])
	for i, v := range a {
		x := float64(v)
		p0, p1, p2, p3 := x*float64(b0[i]), x*float64(b1[i]), x*float64(b2[i]), x*float64(b3[i])
		t0, t1, t2, t3 := p0+s0, p1+s1, p2+s2, p3+s3
		if halfWay(t0) {
			t0 = trueSide(p0, s0)
		}
		if halfWay(t1) {
			t1 = trueSide(p1, s1)
		}
		if halfWay(t2) {
			t2 = trueSide(p2, s2)
		}
		if halfWay(t3) {
			t3 = trueSide(p3, s3)
		}
		s0, s1, s2, s3 = float64(float32(t0)), float64(float32(t1)), float64(float32(t2)), float64(float32(t3))
	}
	sums[0], sums[1], sums[2], sums[3] = float32(s0), float32(s1), float32(s2), float32(s3)
}

// addScaled adds x*v to to, value by value.
func addScaled(to []float32, x float32, v []float32) {
	v = v[:len(to)]
	w := float64(x)
	for i, t := range to {
		p := w * float64(v[i])
		s := p + float64(t)
		if halfWay(s) {
			s = trueSide(p, float64(t))
		}
		to[i] = float32(s)
	}
}

// horner evaluates a polynomial of x, coefficients from the constant up.
func horner(coef []float32, x float32) float32 {
	y, p := float64(x), float64(coef[len(coef)-1])
	for i := len(coef) - 2; i >= 0; i-- {
		m, c := p*y, float64(coef[i])
		s := m + c
		if halfWay(s) {
			s = trueSide(m, c)
		}
		p = float64(float32(s))
	}
	return float32(p)
}
