// Package kernel holds the arithmetic of the encoder: products of 8-bit
// matrices, and the row-wise steps between them. It takes flat slices and
// gives flat slices; it knows no layers, names or files.
//
// There are several implementations (a Set each), chosen at run time by what
// the processor can do. All give the same results, bit for bit: integer sums
// are exact, sums of floats have the same sixteen partial sums, folded in
// halves, and products of float matrices are one chain of multiply-adds with
// one rounding each, which plain Go imitates.
//
// The scheme: weights are int8 in [-MaxWeight, MaxWeight], one scale an
// output. Activations are quantised a row at a time: q = round(x*127/max|x|),
// stored as q+128. With 7-bit weights a pair u8*s8 + u8*s8 is at most
// 2*255*63 = 32130 and never saturates in VPMADDUBSW.
package kernel

import (
	"fmt"
	"strings"
)

// MaxWeight is the largest magnitude of a weight.
const MaxWeight = 63

// Activation is applied to the output of a linear layer.
type Activation uint8

// The activations. GELU is x*Phi(x), by a polynomial whose error is below 1e-4.
const (
	None Activation = iota
	GELU
	ReLU
)

type isa uint8

const (
	portable isa = iota
	avx2
	avx512vnni
	neon
)

var names = [...]string{portable: "portable", avx2: "avx2", avx512vnni: "avx512vnni", neon: "neon"}

// Set is one implementation of all kernels. It is immutable and safe for
// concurrent use.
type Set struct{ isa isa }

// String gives the name, as CASUS_KERNEL takes it.
func (s *Set) String() string { return names[s.isa] }

// Available gives the names of the kernels that this machine can run, slowest
// first.
func Available() []string {
	var out []string
	for i, n := range names {
		if supported(isa(i)) {
			out = append(out, n)
		}
	}
	return out
}

// Choose gives the kernels of that name; the empty name means the fastest ones
// that the processor can run. An unknown name, or one whose instructions the
// processor lacks, is an error.
func Choose(name string) (*Set, error) {
	if name == "" {
		best := portable
		for i := range names {
			if supported(isa(i)) {
				best = isa(i)
			}
		}
		return &Set{best}, nil
	}
	for i, n := range names {
		if n != name {
			continue
		}
		if !supported(isa(i)) {
			return nil, fmt.Errorf("kernel %q: this processor lacks its instructions; it can run %s", name, strings.Join(Available(), ", "))
		}
		return &Set{isa(i)}, nil
	}
	return nil, fmt.Errorf("kernel %q is unknown; there are %s", name, strings.Join(names[:], ", "))
}
