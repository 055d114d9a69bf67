package kernel

import "math"

// The plain Go kernels: the fallback, and what the others are checked against.
//
// Products of integers go three to a 64-bit multiplication: a word holds the
// weights of three outputs, 64 added to each, in fields of 21 bits. A field
// takes 64 products of at most 255*127 before it overflows.
const (
	fieldBits  = 21
	fieldMask  = 1<<fieldBits - 1
	fieldSteps = 64
)

func packTriples(w []int8, in, out int) []uint64 {
	p := make([]uint64, (out+2)/3*in)
	for o := range out {
		for i, v := range w[o*in : (o+1)*in] {
			p[o/3*in+i] |= uint64(int(v)+64) << (o % 3 * fieldBits)
		}
	}
	return p
}

func linearPortable(dst []float32, q []uint8, scale []float32, n int, w *Weights, act Activation, residual []float32) {
	st := w.Stride()
	var sums [4][3]int32
	for r := 0; r < n; r += 4 {
		// A tail shorter than four rows computes its last row again.
		var rows [4][]uint8
		var ones [4]int32
		m := min(4, n-r)
		for i := range rows {
			at := (r + min(i, m-1)) * st
			rows[i] = q[at : at+w.in]
			for _, v := range rows[i] {
				ones[i] += int32(v)
			}
		}
		for o := 0; o < w.out; o += 3 {
			tripleSums(&sums, &rows, w.triples[o/3*w.in:(o/3+1)*w.in])
			for i := range m {
				for j := 0; j < 3 && o+j < w.out; j++ {
					at := (r+i)*w.out + o + j
					sum := float32(sums[i][j] - 64*ones[i] - w.corr[o+j])
					v := activate(fma(sum, scale[r+i]*w.scale[o+j], w.bias[o+j]), act)
					if residual != nil {
						v += residual[at]
					}
					dst[at] = v
				}
			}
		}
	}
}

// tripleSums gives the sums of four rows for three outputs.
func tripleSums(sums *[4][3]int32, rows *[4][]uint8, w []uint64) {
	*sums = [4][3]int32{}
	for k := 0; k < len(w); k += fieldSteps {
		var s [4]uint64
		if k+fieldSteps <= len(w) {
			s[0], s[1], s[2], s[3] = fourSums((*[fieldSteps]uint64)(w[k:]), (*[fieldSteps]uint8)(rows[0][k:]),
				(*[fieldSteps]uint8)(rows[1][k:]), (*[fieldSteps]uint8)(rows[2][k:]), (*[fieldSteps]uint8)(rows[3][k:]))
		} else {
			for i, v := range w[k:] {
				for r := range s {
					s[r] += v * uint64(rows[r][k+i])
				}
			}
		}
		for i, v := range s {
			sums[i][0] += int32(v & fieldMask)
			sums[i][1] += int32(v >> fieldBits & fieldMask)
			sums[i][2] += int32(v >> (2 * fieldBits))
		}
	}
}

// fourSums is the loop that counts. It is apart, and takes arrays, so that the
// compiler keeps all of it in registers.
//
//go:noinline
func fourSums(w *[fieldSteps]uint64, a, b, c, d *[fieldSteps]uint8) (sa, sb, sc, sd uint64) {
	// A slice of an array is known to be no nil pointer in every round.
	ws, as, bs, cs, ds := w[:], a[:], b[:], c[:], d[:]
	for i, v := range ws {
		sa += v * uint64(as[i])
		sb += v * uint64(bs[i])
		sc += v * uint64(cs[i])
		sd += v * uint64(ds[i])
	}
	return sa, sb, sc, sd
}

func activate(v float32, act Activation) float32 {
	switch act {
	case GELU:
		return gelu(v)
	case ReLU:
		return max(v, 0)
	}
	return v
}

// gelu is x*Phi(x) with Phi(x) = 1/2 + x*P(x*x) on [-4.2, 4.2] and constant
// beyond; P was fitted by weighted least squares so that the largest error of
// x*Phi(x) is smallest: 9.2e-5.
func gelu(x float32) float32 {
	c := min(max(x, -geluLimit), geluLimit)
	return x * fma(horner(geluCoef[:], c*c), c, 0.5)
}

const geluLimit = 4.2

var geluCoef = [8]float32{0.39846587, -0.0655282, 0.00929823, -0.0009506576, 6.689071e-05, -3.0379322e-06, 7.941342e-08, -9.0175356e-10}

func absMaxPortable(x []float32) float32 {
	var m float32
	for _, v := range x {
		m = max(m, math.Float32frombits(math.Float32bits(v)&^(1<<31)))
	}
	return m
}

// toBytesPortable rounds x*inv to the nearest even integer and adds 128.
func toBytesPortable(q []uint8, x []float32, inv float32) {
	q = q[:len(x)]
	for i, v := range x {
		// Adding 1.5*2^23 leaves the rounded integer in the low bits.
		q[i] = uint8(math.Float32bits(float32(v*inv)+12582912)) ^ 0x80
	}
}

// sumPortable keeps sixteen partial sums, as the vector kernels do.
func sumPortable(x []float32) float32 {
	var l [16]float32
	for ; len(x) >= 16; x = x[16:] {
		for i := range l {
			l[i] += x[i]
		}
	}
	for i, v := range x {
		l[i] += v
	}
	return reduce(&l)
}

// squaresPortable gives the sum of the squared distances to the mean.
func squaresPortable(x []float32, mean float32) float32 {
	var l [16]float32
	for ; len(x) >= 16; x = x[16:] {
		for i := range l {
			d := x[i] - mean
			l[i] = fma(d, d, l[i])
		}
	}
	for i, v := range x {
		d := v - mean
		l[i] = fma(d, d, l[i])
	}
	return reduce(&l)
}

func reduce(l *[16]float32) float32 {
	for step := 8; step > 0; step /= 2 {
		for i := range step {
			l[i] += l[i+step]
		}
	}
	return l[0]
}

func normalisePortable(x, g, b []float32, mean, inv float32) {
	g, b = g[:len(x)], b[:len(x)]
	for i, v := range x {
		x[i] = fma((v-mean)*inv, g[i], b[i])
	}
}

// exp2 is 2^t for t <= 0, relative error below 2e-7; below 2^-126 it stays
// there.
func exp2(t float32) float32 {
	t = max(t, -126)
	r := float32(t+12582912) - 12582912
	p := horner(expCoef[:], t-r)
	return math.Float32frombits(math.Float32bits(p) + uint32(int32(r))<<23)
}

var expCoef = [6]float32{1.0000001, 0.69314694, 0.2402212, 0.05550713, 0.009675541, 0.0013276472}

// softmaxPortable turns a row of scores into shares; scale holds log2(e).
func softmaxPortable(row []float32, scale float32) {
	m := row[0]
	for _, v := range row[1:] {
		m = max(m, v)
	}
	var l [16]float32
	for i, v := range row {
		row[i] = exp2(float32((v - m) * scale))
		l[i&15] += row[i]
	}
	inv := 1 / reduce(&l)
	for i := range row {
		row[i] *= inv
	}
}

func matMulPortable(c, a, b []float32, m, n, k int) {
	for i := range m {
		products(c[i*n:(i+1)*n], a[i*k:(i+1)*k], b, k)
	}
}

// products fills to with the products of a and the rows of b, st apart.
func products(to, a, b []float32, st int) {
	for j := 0; j < len(to); j += 4 {
		// Where fewer than four rows remain, the last stands in.
		var sums [4]float32
		last := len(to) - 1
		dots(&sums, a, b[j*st:], b[min(j+1, last)*st:], b[min(j+2, last)*st:], b[min(j+3, last)*st:])
		copy(to[j:], sums[:])
	}
}

func attentionPortable(ctx, qkv []float32, n, hidden, heads int, scores []float32) {
	dim, st := hidden/heads, 3*hidden
	scale := attentionScale(dim)
	clear(ctx[:n*hidden])
	row := scores[:n]
	for h := range heads {
		for i := range n {
			products(row, qkv[i*st+h*dim:][:dim], qkv[hidden+h*dim:], st)
			softmaxPortable(row, scale)
			out := ctx[i*hidden+h*dim:][:dim]
			for j, p := range row {
				addScaled(out, p, qkv[j*st+2*hidden+h*dim:])
			}
		}
	}
}

// attentionScale is log2(e)/sqrt(dim): exponentials are taken to base two.
func attentionScale(dim int) float32 { return float32(math.Log2E / math.Sqrt(float64(dim))) }
