package encoder

import (
	"fmt"
	"math"

	"casus/internal/nlp/encoder/kernel"
)

// Linear is a layer y = act(x W^T + b) with 8-bit weights. It is immutable and
// safe for concurrent use.
type Linear struct {
	set *kernel.Set
	w   *kernel.Weights
}

// LoadLinear reads name.w (int8 [out][in], values in [-63, 63]), name.s
// (float32 [out], the scale of each output's weights) and name.b (float32
// [out]).
func LoadLinear(t *Tensors, name string, in, out int) (*Linear, error) {
	set, err := chosen()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvKernel, err)
	}
	return loadLinear(t, set, name, in, out)
}

func loadLinear(t *Tensors, set *kernel.Set, name string, in, out int) (*Linear, error) {
	w, err := t.I8(name+".w", out, in)
	if err != nil {
		return nil, err
	}
	s, err := t.F32(name+".s", out)
	if err != nil {
		return nil, err
	}
	b, err := t.F32(name+".b", out)
	if err != nil {
		return nil, err
	}
	packed, err := set.Pack(w, s, b, in, out)
	if err != nil {
		return nil, fmt.Errorf("tensor %q: %w", name+".w", err)
	}
	return &Linear{set, packed}, nil
}

// NewLinear makes a layer of weights [out][in], which it turns into bytes with a
// scale for each output, and a bias [out], with the kernels of this process.
func NewLinear(w, bias []float32, in, out int) (*Linear, error) {
	set, err := chosen()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvKernel, err)
	}
	if in <= 0 || out <= 0 || len(w) != in*out {
		return nil, fmt.Errorf("a layer of %d inputs and %d outputs: have %d weights", in, out, len(w))
	}
	q, scale := make([]int8, len(w)), make([]float32, out)
	for o := range out {
		row, top := w[o*in:(o+1)*in], float32(0)
		for _, v := range row {
			top = max(top, v, -v)
		}
		if top == 0 {
			continue
		}
		scale[o] = top / kernel.MaxWeight
		for i, v := range row {
			q[o*in+i] = int8(math.Round(float64(v / scale[o])))
		}
	}
	packed, err := set.Pack(q, scale, bias, in, out)
	if err != nil {
		return nil, err
	}
	return &Linear{set, packed}, nil
}

// In gives the number of inputs, Out of outputs.
func (l *Linear) In() int  { return l.w.In() }
func (l *Linear) Out() int { return l.w.Out() }

// linearRows is how many rows are quantised at a time: they stay in the L2
// cache while the weights pass.
const linearRows = 96

// Apply computes n rows of dst, Out() each, from n rows of x, In() each. dst
// must not overlap x.
func (l *Linear) Apply(dst, x []float32, n int, act Activation, s *Scratch) {
	l.apply(dst, x, n, act, nil, s)
}

// apply adds residual (nil: none), which may be dst.
func (l *Linear) apply(dst, x []float32, n int, act Activation, residual []float32, s *Scratch) {
	in, out := l.w.In(), l.w.Out()
	q, scale := grow(&s.quant, min(n, linearRows)*l.w.Stride()), grow(&s.scale, min(n, linearRows))
	for r := 0; r < n; r += linearRows {
		m := min(linearRows, n-r)
		l.set.Quantise(q, scale, x[r*in:(r+m)*in], m, in)
		var res []float32
		if residual != nil {
			res = residual[r*out : (r+m)*out]
		}
		l.set.Linear(dst[r*out:(r+m)*out], q, scale, m, l.w, act, res)
	}
}
