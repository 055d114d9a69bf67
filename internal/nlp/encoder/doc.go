// Package encoder runs the accurate tier's network: a small BERT (post-norm
// transformer) with 8-bit weights, and the word pieces it reads. It takes
// piece ids, sequence by sequence, and gives a vector a piece; Linear and
// MatMulF32 serve the heads that read those vectors. What a vector means, and
// which pieces begin a sentence, is the caller's business.
//
// The arithmetic stands in the package kernel. CASUS_KERNEL in the environment
// (portable, avx2, avx512vnni, neon) forces an implementation; without it the
// fastest one that the processor can run is taken.
//
// A vector depends on its own sequence alone: not on what else is in the
// batch, nor on its place there.
package encoder

import (
	"os"
	"sync"

	"casus/internal/nlp/encoder/kernel"
)

// EnvKernel names the environment variable that forces a kernel.
const EnvKernel = "CASUS_KERNEL"

// chosen is the kernel set of this process.
var chosen = sync.OnceValues(func() (*kernel.Set, error) {
	return kernel.Choose(os.Getenv(EnvKernel))
})

// Kernel gives the name of the kernels in use, or what is wrong with
// CASUS_KERNEL.
func Kernel() string {
	set, err := chosen()
	if err != nil {
		return err.Error()
	}
	return set.String()
}

// Activation is applied to the output of a Linear.
type Activation = kernel.Activation

// The activations.
const (
	None = kernel.None
	GELU = kernel.GELU
	ReLU = kernel.ReLU
)

// MatMulF32 computes c[m][n] = a[m][k] * b[n][k]^T, all row-major, with the
// kernels of this process (the portable ones where CASUS_KERNEL is wrong, which
// Load and LoadLinear report).
func MatMulF32(c, a, b []float32, m, n, k int) {
	set, err := chosen()
	if err != nil {
		set = &kernel.Set{}
	}
	set.MatMul(c, a, b, m, n, k)
}

// Scratch is the memory of one worker. The zero value is ready; it grows to
// the largest batch it has seen.
type Scratch struct {
	hidden    []float32 // [pieces][hidden]
	qkv, ctx  []float32
	inner     []float32 // of the feed-forward layer
	attention []float32
	quant     []uint8
	scale     []float32 // one a quantised row
}

// grow gives a slice of n, whose old content does not matter.
func grow[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n+n/4)
	}
	*s = (*s)[:n]
	return *s
}
