package kernel

import "golang.org/x/sys/cpu"

//go:generate go run ./gen

func supported(i isa) bool {
	switch i {
	case avx2:
		return cpu.X86.HasAVX2 && cpu.X86.HasFMA
	case avx512vnni:
		return cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW &&
			cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI
	}
	return i == portable
}

func (s *Set) absMax(x []float32) float32 {
	switch {
	case !s.vectors(len(x)):
		return absMaxPortable(x)
	case s.isa == avx2:
		return absMaxAVX2(&x[0], len(x))
	}
	return absMaxAVX512(&x[0], len(x))
}

func (s *Set) toBytes(q []uint8, x []float32, inv float32) {
	switch {
	case !s.vectors(len(x)):
		toBytesPortable(q, x, inv)
	case s.isa == avx2:
		toBytesAVX2(&q[:len(x)][0], &x[0], len(x), inv)
	default:
		toBytesAVX512(&q[:len(x)][0], &x[0], len(x), inv)
	}
}

func (s *Set) sum(x []float32) float32 {
	switch {
	case !s.vectors(len(x)):
		return sumPortable(x)
	case s.isa == avx2:
		return sumAVX2(&x[0], len(x))
	}
	return sumAVX512(&x[0], len(x))
}

func (s *Set) squares(x []float32, mean float32) float32 {
	switch {
	case !s.vectors(len(x)):
		return squaresPortable(x, mean)
	case s.isa == avx2:
		return squaresAVX2(&x[0], len(x), mean)
	}
	return squaresAVX512(&x[0], len(x), mean)
}

func (s *Set) normalise(x, g, b []float32, mean, inv float32) {
	switch {
	case !s.vectors(len(x)):
		normalisePortable(x, g, b, mean, inv)
	case s.isa == avx2:
		normaliseAVX2(&x[0], &g[:len(x)][0], &b[:len(x)][0], len(x), mean, inv)
	default:
		normaliseAVX512(&x[0], &g[:len(x)][0], &b[:len(x)][0], len(x), mean, inv)
	}
}

func (s *Set) softmax(scores []float32, rows, width int, tail *[16]float32, scale float32) {
	if s.isa == avx2 {
		softmaxAVX2(&scores[0], rows, 4*width, width/16, &tail[0], scale)
	} else {
		softmaxAVX512(&scores[0], rows, 4*width, width/16, &tail[0], scale)
	}
}

// tileRows is how many rows a tile of bytes has at most.
const tileRows = 6

// floatSize gives the rows and columns of the largest tile of floats.
func (s *Set) floatSize() (rows, columns int) {
	if s.isa == avx512vnni {
		return 12, 32
	}
	return 6, 16
}
