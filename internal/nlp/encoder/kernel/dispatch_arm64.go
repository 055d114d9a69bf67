package kernel

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

// supported: every Mac with an arm64 processor has the products of bytes.
func supported(i isa) bool {
	if i == neon {
		return cpu.ARM64.HasASIMDDP || runtime.GOOS == "darwin"
	}
	return i == portable
}

func (s *Set) absMax(x []float32) float32 {
	if !s.vectors(len(x)) {
		return absMaxPortable(x)
	}
	return absMaxNEON(&x[0], len(x))
}

func (s *Set) toBytes(q []uint8, x []float32, inv float32) {
	if !s.vectors(len(x)) {
		toBytesPortable(q, x, inv)
		return
	}
	toBytesNEON(&q[:len(x)][0], &x[0], len(x), inv)
}

func (s *Set) sum(x []float32) float32 {
	if !s.vectors(len(x)) {
		return sumPortable(x)
	}
	return sumNEON(&x[0], len(x))
}

func (s *Set) squares(x []float32, mean float32) float32 {
	if !s.vectors(len(x)) {
		return squaresPortable(x, mean)
	}
	return squaresNEON(&x[0], len(x), mean)
}

func (s *Set) normalise(x, g, b []float32, mean, inv float32) {
	if !s.vectors(len(x)) {
		normalisePortable(x, g, b, mean, inv)
		return
	}
	normaliseNEON(&x[0], &g[:len(x)][0], &b[:len(x)][0], len(x), mean, inv)
}

func (s *Set) softmax(scores []float32, rows, width int, tail *[16]float32, scale float32) {
	softmaxNEON(&scores[0], rows, 4*width, width/16, &tail[0], scale)
}

// tileRows is how many rows a tile of bytes has at most.
const tileRows = 4

// floatSize gives the rows and columns of the largest tile of floats.
func (s *Set) floatSize() (rows, columns int) { return 4, 16 }

func (s *Set) tile(t *tile, rows, _ int) {
	switch rows {
	case 1:
		byteNEON_1x16(t)
	case 2:
		byteNEON_2x16(t)
	case 3:
		byteNEON_3x16(t)
	case 4:
		byteNEON_4x16(t)
	}
}

func (s *Set) floatTile(rows int, _ bool, c, a, b *float32, ldc, lda, ldb, k, add int) {
	switch rows {
	case 1:
		floatNEON_1x16(c, a, b, ldc, lda, ldb, k, add)
	case 2:
		floatNEON_2x16(c, a, b, ldc, lda, ldb, k, add)
	case 3:
		floatNEON_3x16(c, a, b, ldc, lda, ldb, k, add)
	case 4:
		floatNEON_4x16(c, a, b, ldc, lda, ldb, k, add)
	}
}
