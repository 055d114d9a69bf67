package kernel

import "fmt"

// Weights is the matrix of a linear layer, packed for the Set that made it.
type Weights struct {
	in, out int
	groups  int // of four inputs, rounded up
	// The sums of a row of weights times 128, which the offset of the
	// activations adds; scale and bias. All padded to whole blocks.
	corr        []int32
	scale, bias []float32
	packed      []int8   // all but portable: [block][group][lanes][4]
	triples     []uint64 // portable: [outputs/3][in], see portable.go
}

// In gives the number of inputs, Out of outputs, Stride the bytes between two
// quantised rows.
func (w *Weights) In() int     { return w.in }
func (w *Weights) Out() int    { return w.out }
func (w *Weights) Stride() int { return stride(w.in) }

// stride rounds up to whole groups of four bytes.
func stride(in int) int { return (in + 3) &^ 3 }

// Pack takes weights [out][in], and a scale and a bias an output. It keeps
// none of its arguments. A weight beyond MaxWeight is an error: its sums
// could saturate.
func (s *Set) Pack(w []int8, scale, bias []float32, in, out int) (*Weights, error) {
	if in <= 0 || out <= 0 || len(w) != in*out || len(scale) != out || len(bias) != out {
		return nil, fmt.Errorf("weights of %d inputs and %d outputs: have %d weights, %d scales, %d biases", in, out, len(w), len(scale), len(bias))
	}
	for i, v := range w {
		if v > MaxWeight || v < -MaxWeight {
			return nil, fmt.Errorf("weight %d of output %d, input %d is outside [-%d, %d]: quantise to 7 bits", v, i/in, i%in, MaxWeight, MaxWeight)
		}
	}
	padded := (out + 15) &^ 15
	p := &Weights{in: in, out: out, groups: stride(in) / 4,
		corr: make([]int32, padded), scale: make([]float32, padded), bias: make([]float32, padded)}
	copy(p.scale, scale)
	copy(p.bias, bias)
	for o := range out {
		for _, v := range w[o*in : (o+1)*in] {
			p.corr[o] += 128 * int32(v)
		}
	}
	if s.isa == portable {
		p.triples = packTriples(w, in, out)
	} else {
		p.packed = packBlocks(w, in, out, s.lanes())
	}
	return p, nil
}

// lanes gives the outputs of a full block.
func (s *Set) lanes() int {
	if s.isa == avx512vnni {
		return 64
	}
	return 16
}

// packBlocks lays weights out as [block][group of four inputs][output][4].
// Blocks have `lanes` outputs; where fewer remain, blocks of sixteen.
func packBlocks(w []int8, in, out, lanes int) []int8 {
	groups, padded := stride(in)/4, (out+15)&^15
	p := make([]int8, padded*groups*4)
	at := p
	for first := 0; first < padded; {
		n := lanes
		if out-first < lanes {
			n = 16
		}
		for o := first; o < min(first+n, out); o++ {
			row, j := w[o*in:(o+1)*in], 4*(o-first)
			for ; len(row) >= 4; row, j = row[4:], j+4*n {
				*(*[4]int8)(at[j:]) = [4]int8(row)
			}
			copy(at[min(j, len(at)):], row)
		}
		at, first = at[n*groups*4:], first+n
	}
	return p
}
