package kernel

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// each runs a test with every kernel of this machine.
func each(t *testing.T, f func(t *testing.T, s *Set)) {
	t.Helper()
	for _, name := range Available() {
		s, err := Choose(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { f(t, s) })
	}
}

func normals(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func TestChoose(t *testing.T) {
	for _, name := range Available() {
		if s, err := Choose(name); err != nil || s.String() != name {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
	if !slices.Contains(Available(), "portable") {
		t.Error("portable is not available")
	}
	fastest := Available()[len(Available())-1]
	if s, err := Choose(""); err != nil || s.String() != fastest {
		t.Errorf("without a name: %v, %v, want %s", s, err, fastest)
	}
	if _, err := Choose("sse9"); err == nil || !strings.Contains(err.Error(), "there are portable, avx2, avx512vnni, neon") {
		t.Errorf("unknown: %v", err)
	}
	for _, name := range names {
		if slices.Contains(Available(), name) {
			continue
		}
		if _, err := Choose(name); err == nil || !strings.Contains(err.Error(), "lacks its instructions; it can run portable") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// layer is a linear layer in the clear.
type layer struct {
	in, out     int
	w           []int8
	scale, bias []float32
}

func randomLayer(r *rand.Rand, in, out int, extreme bool) layer {
	l := layer{in, out, make([]int8, in*out), make([]float32, out), normals(r, out)}
	for i := range l.w {
		l.w[i] = int8(r.IntN(127) - 63)
		if extreme {
			l.w[i] = int8(126*(r.IntN(8)/7) - 63)
		}
	}
	for i := range l.scale {
		l.scale[i] = float32(0.5 + r.Float64())
	}
	return l
}

// sums is what every kernel must give, exactly.
func (l layer) sums(q []uint8, n int) []int32 {
	out := make([]int32, n*l.out)
	for r := range n {
		for o := range l.out {
			for i := range l.in {
				out[r*l.out+o] += int32(l.w[o*l.in+i]) * (int32(q[r*stride(l.in)+i]) - 128)
			}
		}
	}
	return out
}

func randomBytes(r *rand.Rand, n int, extreme bool) []uint8 {
	q := make([]uint8, n)
	for i := range q {
		q[i] = uint8(r.IntN(256))
		if extreme {
			q[i] = uint8(255 * (r.IntN(8)/7 ^ 1))
		}
	}
	return q
}

// sizes go around every edge: groups of four, blocks of 3, 16 and 64 outputs,
// tiles of 4 and 6 rows, fields of 64 products.
var sizes = []struct{ in, out, n int }{
	{1, 1, 1}, {3, 2, 2}, {4, 16, 6}, {5, 17, 7}, {16, 15, 3}, {30, 90, 13}, {64, 64, 6}, {65, 63, 5}, {66, 80, 4},
	{128, 129, 11}, {384, 3, 12}, {384, 192, 1}, {1536, 64, 8}, {47, 145, 9},
}

func TestLinearSums(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(1, 1))
		for _, c := range sizes {
			for _, extreme := range []bool{false, true} {
				l := randomLayer(r, c.in, c.out, extreme)
				ones, noughts := make([]float32, max(c.out, c.n)), make([]float32, c.out)
				for i := range ones {
					ones[i] = 1
				}
				w, err := s.Pack(l.w, ones[:c.out], noughts, c.in, c.out)
				if err != nil {
					t.Fatal(err)
				}
				q := randomBytes(r, c.n*stride(c.in), extreme)
				got := make([]float32, c.n*c.out+1)
				got[c.n*c.out] = 7
				s.Linear(got[:c.n*c.out], q, ones[:c.n], c.n, w, None, nil)
				for i, want := range l.sums(q, c.n) {
					if got[i] != float32(want) {
						t.Fatalf("%+v extreme %v: row %d, output %d: %v, want %d", c, extreme, i/c.out, i%c.out, got[i], want)
					}
				}
				if got[c.n*c.out] != 7 {
					t.Fatalf("%+v: wrote beyond the end", c)
				}
			}
		}
	})
}

func exactGELU(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }

func TestLinearFinish(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(2, 1))
		for _, c := range sizes {
			l := randomLayer(r, c.in, c.out, false)
			w, err := s.Pack(l.w, l.scale, l.bias, c.in, c.out)
			if err != nil {
				t.Fatal(err)
			}
			q, scale, residual := randomBytes(r, c.n*stride(c.in), false), make([]float32, c.n), normals(r, c.n*c.out)
			for i := range scale {
				scale[i] = float32(r.Float64() / float64(63*127*c.in) * 50)
			}
			sums := l.sums(q, c.n)
			for _, act := range []Activation{None, GELU, ReLU} {
				for _, res := range [][]float32{nil, residual} {
					got := slices.Clone(residual) // also the residual, where there is one
					if res != nil {
						res = got
					}
					s.Linear(got, q, scale, c.n, w, act, res)
					for i, sum := range sums {
						o := i % c.out
						want := float64(sum)*float64(scale[i/c.out])*float64(l.scale[o]) + float64(l.bias[o])
						switch act {
						case GELU:
							want = exactGELU(want)
						case ReLU:
							want = max(want, 0)
						}
						if res != nil {
							want += float64(residual[i])
						}
						if d := math.Abs(float64(got[i]) - want); !(d <= 1e-4+1e-6*math.Abs(want)) {
							t.Fatalf("%+v act %d: %d: %v, want %v", c, act, i, got[i], want)
						}
					}
				}
			}
		}
	})
}

func TestPackRefuses(t *testing.T) {
	s := &Set{}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"weight", second(s.Pack([]int8{1, 2, 3, -64}, make([]float32, 2), make([]float32, 2), 2, 2)), "weight -64 of output 1, input 1"},
		{"count", second(s.Pack([]int8{1, 2, 3}, make([]float32, 2), make([]float32, 2), 2, 2)), "have 3 weights"},
		{"nothing", second(s.Pack(nil, nil, nil, 0, 0)), "0 inputs"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, c.err, c.want)
		}
	}
}

func second(_ *Weights, err error) error { return err }

func TestQuantise(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(3, 1))
		for _, in := range []int{1, 3, 15, 16, 17, 32, 48, 80, 384, 390} {
			x := normals(r, 5*in)
			for i := range in {
				x[2*in+i] = 0              // nothing
				x[3*in+i] = float32(i) / 2 // ties
				x[4*in+i] = 1e-35          // too small
			}
			x[3*in] = 127
			st := stride(in)
			q, scale := make([]uint8, 5*st), make([]float32, 5)
			s.Quantise(q, scale, x, 5, in)
			for row := range 5 {
				m := float32(0)
				for _, v := range x[row*in : (row+1)*in] {
					m = max(m, float32(math.Abs(float64(v))))
				}
				if m < tiny {
					m = 0
				}
				if scale[row] != m/127 {
					t.Fatalf("%d values, row %d: scale %v, want %v", in, row, scale[row], m/127)
				}
				for i := range st {
					want := 128
					if i < in && m > 0 {
						want += int(math.RoundToEven(float64(x[row*in+i] * (127 / m))))
					}
					if int(q[row*st+i]) != want {
						t.Fatalf("%d values, row %d: byte %d is %d, want %d", in, row, i, q[row*st+i], want)
					}
				}
			}
		}
	})
}

func TestLayerNorm(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(4, 1))
		for _, h := range []int{1, 7, 16, 30, 48, 256, 384} {
			x, g, b := normals(r, 3*h), normals(r, h), normals(r, h)
			for i := range h {
				x[2*h+i] = 5 // no variance
			}
			got := slices.Clone(x)
			s.LayerNorm(got, 3, h, g, b, 1e-6)
			for row := range 3 {
				mean, vari := 0.0, 0.0
				for _, v := range x[row*h : (row+1)*h] {
					mean += float64(v) / float64(h)
				}
				for _, v := range x[row*h : (row+1)*h] {
					vari += (float64(v) - mean) * (float64(v) - mean) / float64(h)
				}
				for i := range h {
					at := row*h + i
					want := (float64(x[at])-mean)/math.Sqrt(vari+1e-6)*float64(g[i]) + float64(b[i])
					if d := math.Abs(float64(got[at]) - want); !(d < 2e-5) {
						t.Fatalf("%d values, row %d, %d: %v, want %v", h, row, i, got[at], want)
					}
				}
			}
		}
	})
}

func TestAttention(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(5, 1))
		for _, c := range []struct{ n, hidden, heads int }{
			{1, 32, 1}, {2, 64, 2}, {7, 64, 2}, {12, 32, 1}, {13, 64, 4}, {16, 64, 2}, {17, 96, 2}, {31, 64, 2}, {33, 64, 2}, {48, 32, 1}, {61, 64, 2}, {130, 32, 1}, {9, 30, 3},
		} {
			qkv := normals(r, 3*c.n*c.hidden)
			ctx := make([]float32, c.n*c.hidden+1)
			ctx[c.n*c.hidden] = 7
			tmp := make([]float32, AttentionScratch(c.n, c.hidden, c.heads))
			for i := range tmp {
				tmp[i] = float32(math.NaN()) // what lay there before does not matter
			}
			s.Attention(ctx[:c.n*c.hidden], qkv, c.n, c.hidden, c.heads, tmp)
			for i, want := range slowAttention(qkv, c.n, c.hidden, c.heads) {
				if d := math.Abs(float64(ctx[i]) - want); !(d < 1e-5) {
					t.Fatalf("%+v: %d: %v, want %v", c, i, ctx[i], want)
				}
			}
			if ctx[c.n*c.hidden] != 7 {
				t.Fatalf("%+v: wrote beyond the end", c)
			}
		}
	})
}

func slowAttention(qkv []float32, n, hidden, heads int) []float64 {
	dim, out := hidden/heads, make([]float64, n*hidden)
	for h := range heads {
		for i := range n {
			share, total := make([]float64, n), 0.0
			for j := range n {
				s := 0.0
				for d := range dim {
					s += float64(qkv[i*3*hidden+h*dim+d]) * float64(qkv[j*3*hidden+hidden+h*dim+d])
				}
				share[j] = math.Exp(s / math.Sqrt(float64(dim)))
				total += share[j]
			}
			for j := range n {
				for d := range dim {
					out[i*hidden+h*dim+d] += share[j] / total * float64(qkv[j*3*hidden+2*hidden+h*dim+d])
				}
			}
		}
	}
	return out
}

// Scores far apart must not overflow.
func TestAttentionOfLargeScores(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		const n, hidden = 5, 16
		qkv := make([]float32, 3*n*hidden)
		for i := range n {
			for d := range hidden {
				qkv[i*3*hidden+d] = 100
				qkv[i*3*hidden+hidden+d] = 100 * float32(i)
				qkv[i*3*hidden+2*hidden+d] = float32(i)
			}
		}
		ctx := make([]float32, n*hidden)
		s.Attention(ctx, qkv, n, hidden, 1, make([]float32, AttentionScratch(n, hidden, 1)))
		for i, v := range ctx {
			if v != n-1 {
				t.Fatalf("%d: %v, want %d: the last key has all the weight", i, v, n-1)
			}
		}
	})
}

func TestMatMul(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(6, 1))
		for _, c := range []struct{ m, n, k int }{
			{1, 1, 1}, {3, 5, 2}, {7, 16, 8}, {12, 32, 32}, {13, 33, 31}, {25, 47, 100}, {40, 64, 128}, {17, 31, 129}, {5, 70, 300}, {2, 3, 0}, {0, 3, 4},
		} {
			a, b, got := normals(r, c.m*c.k), normals(r, c.n*c.k), make([]float32, c.m*c.n+1)
			for i := range got {
				got[i] = 7
			}
			s.MatMul(got, a, b, c.m, c.n, c.k)
			for i := range c.m {
				for j := range c.n {
					want := 0.0
					for p := range c.k {
						want += float64(a[i*c.k+p]) * float64(b[j*c.k+p])
					}
					if d := math.Abs(float64(got[i*c.n+j]) - want); !(d < 1e-4) {
						t.Fatalf("%+v: %d, %d: %v, want %v", c, i, j, got[i*c.n+j], want)
					}
				}
			}
			if got[c.m*c.n] != 7 {
				t.Fatalf("%+v: wrote beyond the end", c)
			}
		}
	})
}

// All kernels round alike, in the long way through a layer.
func TestKernelsAreEqual(t *testing.T) {
	for _, c := range []struct{ n, h, heads int }{{37, 64, 2}, {1, 32, 1}, {16, 48, 3}, {50, 384, 12}} {
		r := rand.New(rand.NewPCG(7, 1))
		l := randomLayer(r, c.h, 3*c.h, false)
		x, g, bias := normals(r, c.n*c.h), normals(r, c.h), normals(r, c.h)
		var want []float32
		each(t, func(t *testing.T, s *Set) {
			w, err := s.Pack(l.w, l.scale, l.bias, c.h, 3*c.h)
			if err != nil {
				t.Fatal(err)
			}
			q, scale := make([]uint8, c.n*c.h), make([]float32, c.n)
			y, qkv, ctx, sq := slices.Clone(x), make([]float32, c.n*3*c.h), make([]float32, c.n*c.h), make([]float32, c.n*c.n)
			s.LayerNorm(y, c.n, c.h, g, bias, 1e-6)
			s.Quantise(q, scale, y, c.n, c.h)
			for i := range scale {
				scale[i] /= 1000 // where GELU bends
			}
			s.Linear(qkv, q, scale, c.n, w, GELU, nil)
			s.Attention(ctx, qkv, c.n, c.h, c.heads, make([]float32, AttentionScratch(c.n, c.h, c.heads)))
			s.MatMul(sq, ctx, y, c.n, c.n, c.h)
			got := slices.Concat(y, qkv, ctx, sq)
			if want == nil {
				want = got
			}
			for i, v := range want {
				if got[i] != v {
					t.Fatalf("value %d of %d rows of %d: %v, portable gives %v", i, c.n, c.h, got[i], v)
				}
			}
		})
	}
}

// A sum half way between two floats in float64, but not exactly.
func TestFMA(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	exact := func(a, b, c float32) float32 {
		x := new(big.Float).SetPrec(200).SetFloat64(float64(a))
		x.Mul(x, new(big.Float).SetFloat64(float64(b)))
		f, _ := x.Add(x, new(big.Float).SetFloat64(float64(c))).Float32()
		return f
	}
	halves := 0
	for i := range 200000 {
		a, b, c := float32(r.NormFloat64()), float32(r.NormFloat64()), float32(r.NormFloat64())
		if i%2 == 0 {
			// c + half its last place + something far below.
			c = float32(1 + r.IntN(1<<23)*2)
			a = float32(math.Ldexp(1, -12)) * float32(4097+r.IntN(3)-1)
			b = float32(math.Ldexp(1, -13+r.IntN(24))) * 4095
		}
		if halfWay(float64(a)*float64(b) + float64(c)) {
			halves++
		}
		if got, want := fma(a, b, c), exact(a, b, c); got != want {
			t.Fatalf("%v*%v+%v = %v, want %v", a, b, c, got, want)
		}
	}
	t.Logf("%d half ways", halves)
	for _, c := range []struct{ a, b, c, want float32 }{
		// 2^24 + 1 lies half way between 2^24 and 2^24 + 2; a little more, a little less, and even.
		{1 + 1.0/4096, 1 - 1.0/8192, 1 << 24, 1<<24 + 2},
		{1 - 1.0/(1<<20), 1 + 1.0/(1<<21), 1 << 24, 1 << 24},
		{1, 1, 1 << 24, 1 << 24},
		{1 + 1.0/(1<<20), -1 - 1.0/(1<<23), -1 << 24, -1<<24 - 2},
		{1 + 1.0/(1<<23), 1 - 1.0/(1<<23), 1 << 24, 1 << 24},
	} {
		if got := fma(c.a, c.b, c.c); got != c.want || got != exact(c.a, c.b, c.c) {
			t.Errorf("%v*%v+%v = %v, want %v (%v)", c.a, c.b, c.c, got, c.want, exact(c.a, c.b, c.c))
		}
	}
}

func TestGELU(t *testing.T) {
	for x := float32(-20); x < 20; x += 1.0 / 512 {
		want := exactGELU(float64(x))
		if d := math.Abs(float64(gelu(x)) - want); d > 1e-4 {
			t.Fatalf("gelu(%v) is off by %v", x, d)
		}
	}
}

func TestExp2(t *testing.T) {
	for x := float32(-126); x <= 0; x += 1.0 / 256 {
		want := math.Exp2(float64(x))
		if d := math.Abs(float64(exp2(x))/want - 1); d > 3e-7 {
			t.Fatalf("exp2(%v) is off by %v of it", x, d)
		}
	}
	if v := exp2(-1e30); v < 0 || v > 2e-38 {
		t.Errorf("exp2(-1e30) = %v", v)
	}
}

func TestNoAllocations(t *testing.T) {
	each(t, func(t *testing.T, s *Set) {
		r := rand.New(rand.NewPCG(8, 1))
		a, b, c := normals(r, 20*40), normals(r, 50*40), make([]float32, 20*50)
		if n := testing.AllocsPerRun(5, func() { s.MatMul(c, a, b, 20, 50, 40) }); n != 0 {
			t.Errorf("MatMul: %v allocations", n)
		}
		l := randomLayer(r, 40, 50, false)
		w, err := s.Pack(l.w, l.scale, l.bias, 40, 50)
		if err != nil {
			t.Fatal(err)
		}
		q, scale := make([]uint8, 20*40), make([]float32, 20)
		if n := testing.AllocsPerRun(5, func() {
			s.Quantise(q, scale, a, 20, 40)
			s.Linear(c, q, scale, 20, w, GELU, nil)
		}); n != 0 {
			t.Errorf("Linear: %v allocations", n)
		}
	})
}

func BenchmarkLinear(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 1))
	for _, c := range []struct {
		in, out int
		act     Activation
	}{{384, 1152, None}, {384, 1536, GELU}, {1536, 384, None}} {
		l := randomLayer(r, c.in, c.out, false)
		const n = 96
		x, q, scale, out := normals(r, n*c.in), make([]uint8, n*c.in), make([]float32, n), make([]float32, n*c.out)
		for _, name := range Available() {
			s, err := Choose(name)
			if err != nil {
				b.Fatal(err)
			}
			w, err := s.Pack(l.w, l.scale, l.bias, c.in, c.out)
			if err != nil {
				b.Fatal(err)
			}
			s.Quantise(q, scale, x, n, c.in)
			b.Run(fmt.Sprintf("%dx%d/%s", c.in, c.out, name), func(b *testing.B) {
				for b.Loop() {
					s.Linear(out, q, scale, n, w, c.act, nil)
				}
				b.ReportMetric(float64(b.N)*float64(n*c.in*c.out)/b.Elapsed().Seconds()/1e9, "GMAC/s")
			})
		}
	}
}

func BenchmarkRows(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 1))
	const n, h, heads = 48, 384, 12
	x, g, q, scale, qkv := normals(r, n*h), normals(r, h), make([]uint8, n*h), make([]float32, n), normals(r, 3*n*h)
	ctx, tmp := make([]float32, n*h), make([]float32, AttentionScratch(n, h, heads))
	for _, name := range Available() {
		s, err := Choose(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name string
			run  func()
		}{
			{"quantise", func() { s.Quantise(q, scale, x, n, h) }},
			{"norm", func() { s.LayerNorm(x, n, h, g, g, 1e-6) }},
			{"attention", func() { s.Attention(ctx, qkv, n, h, heads, tmp) }},
			{"matmul", func() { s.MatMul(tmp[:n*n], x, ctx, n, n, h) }},
		} {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					c.run()
				}
				b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N*n), "ns/row")
			})
		}
	}
}
