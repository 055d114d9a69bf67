package encoder

import (
	"fmt"
	"math"
	"testing"
)

// reference is the network in float64, written to be read: weights are
// dequantised, activations are not quantised, GELU is exact.
type reference struct {
	t *testing.T
	x *Tensors
}

func newReference(t *testing.T, x *Tensors) reference { return reference{t, x} }

func (r reference) f32(name string) []float32 {
	r.t.Helper()
	_, dims, err := r.x.Shape(name)
	if err != nil {
		r.t.Fatal(err)
	}
	v, err := r.x.F32(name, dims...)
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

func (r reference) linear(name string, x []float64, in, out int) []float64 {
	r.t.Helper()
	w, err := r.x.I8(name+".w", out, in)
	if err != nil {
		r.t.Fatal(err)
	}
	s, b := r.f32(name+".s"), r.f32(name+".b")
	y := make([]float64, out)
	for o := range y {
		for i, v := range x {
			y[o] += v * float64(w[o*in+i])
		}
		y[o] = y[o]*float64(s[o]) + float64(b[o])
	}
	return y
}

func (r reference) norm(name string, x []float64, eps float64) []float64 {
	g, b := r.f32(name+".g"), r.f32(name+".b")
	mean, vari := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		vari += (v - mean) * (v - mean) / float64(len(x))
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v-mean)/math.Sqrt(vari+eps)*float64(g[i]) + float64(b[i])
	}
	return y
}

func exactGELU(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }

func plus(a, b []float64) []float64 {
	c := make([]float64, len(a))
	for i := range a {
		c[i] = a[i] + b[i]
	}
	return c
}

func (r reference) embed(id, pos, shape int, c Config) []float64 {
	h := c.Hidden
	x := make([]float64, h)
	d, _, _ := r.x.Shape("emb.word")
	scales, positions := r.f32("emb.word.s"), r.f32("emb.pos")
	for i := range x {
		at := id*h + i
		var q int8
		var scale float32
		if d == Int8 {
			b, err := r.x.I8("emb.word", -1, h)
			if err != nil {
				r.t.Fatal(err)
			}
			q, scale = b[at], scales[id]
		} else {
			b, err := r.x.I4("emb.word", -1, h)
			if err != nil {
				r.t.Fatal(err)
			}
			nib := int8(b[at/2] & 15)
			if at%2 == 1 {
				nib = int8(b[at/2] >> 4)
			}
			if nib > 7 {
				nib -= 16
			}
			q, scale = nib, scales[at/32]
		}
		x[i] = float64(q)*float64(scale) + float64(positions[pos*h+i])
		if r.x.Has("emb.shape") {
			x[i] += float64(r.f32("emb.shape")[shape*h+i])
		}
	}
	return x
}

func referenceEncode(t *testing.T, section []byte, c Config, ids []int32, shapes []uint8, seqs []int32) []float64 {
	t.Helper()
	x, err := OpenTensors(section)
	if err != nil {
		t.Fatal(err)
	}
	r := newReference(t, x)
	var out []float64
	for i := range len(seqs) - 1 {
		var rows [][]float64
		for p := seqs[i]; p < seqs[i+1]; p++ {
			rows = append(rows, r.norm("emb.ln", r.embed(int(ids[p]), int(p-seqs[i]), int(shapes[p]), c), float64(c.LNEps)))
		}
		for l := range c.Layers {
			rows = r.layer(fmt.Sprintf("l%d.", l), rows, c)
		}
		for _, row := range rows {
			out = append(out, row...)
		}
	}
	return out
}

func (r reference) layer(p string, rows [][]float64, c Config) [][]float64 {
	h, dim, eps := c.Hidden, c.Hidden/c.Heads, float64(c.LNEps)
	qkv := make([][]float64, len(rows))
	for i, x := range rows {
		qkv[i] = r.linear(p+"qkv", x, h, 3*h)
	}
	out := make([][]float64, len(rows))
	for i, x := range rows {
		ctx := make([]float64, h)
		for a := range c.Heads {
			q := qkv[i][a*dim:][:dim]
			weights, total := make([]float64, len(rows)), 0.0
			for j := range rows {
				s := 0.0
				for d, v := range qkv[j][h+a*dim:][:dim] {
					s += q[d] * v
				}
				weights[j] = math.Exp(s / math.Sqrt(float64(dim)))
				total += weights[j]
			}
			for j, w := range weights {
				for d, v := range qkv[j][2*h+a*dim:][:dim] {
					ctx[a*dim+d] += w / total * v
				}
			}
		}
		y := r.norm(p+"ln1", plus(x, r.linear(p+"o", ctx, h, h)), eps)
		inner := r.linear(p+"f1", y, h, c.FFN)
		for i := range inner {
			inner[i] = exactGELU(inner[i])
		}
		out[i] = r.norm(p+"ln2", plus(y, r.linear(p+"f2", inner, c.FFN, h)), eps)
	}
	return out
}
