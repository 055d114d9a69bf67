package kernel

// The tiles by their size. A switch, not a table of functions: what goes
// through a function value would have to live on the heap.

func (s *Set) tile(t *tile, rows, lanes int) {
	if s.isa == avx2 {
		switch rows {
		case 1:
			byteAVX2_1x16(t)
		case 2:
			byteAVX2_2x16(t)
		case 3:
			byteAVX2_3x16(t)
		case 4:
			byteAVX2_4x16(t)
		case 5:
			byteAVX2_5x16(t)
		case 6:
			byteAVX2_6x16(t)
		}
		return
	}
	if lanes == 16 {
		switch rows {
		case 1:
			byteAVX512_1x16(t)
		case 2:
			byteAVX512_2x16(t)
		case 3:
			byteAVX512_3x16(t)
		case 4:
			byteAVX512_4x16(t)
		case 5:
			byteAVX512_5x16(t)
		case 6:
			byteAVX512_6x16(t)
		}
		return
	}
	switch rows {
	case 1:
		byteAVX512_1x64(t)
	case 2:
		byteAVX512_2x64(t)
	case 3:
		byteAVX512_3x64(t)
	case 4:
		byteAVX512_4x64(t)
	case 5:
		byteAVX512_5x64(t)
	case 6:
		byteAVX512_6x64(t)
	}
}

func (s *Set) floatTile(rows int, wide bool, c, a, b *float32, ldc, lda, ldb, k, add int) {
	if s.isa == avx2 {
		switch rows {
		case 1:
			floatAVX2_1x16(c, a, b, ldc, lda, ldb, k, add)
		case 2:
			floatAVX2_2x16(c, a, b, ldc, lda, ldb, k, add)
		case 3:
			floatAVX2_3x16(c, a, b, ldc, lda, ldb, k, add)
		case 4:
			floatAVX2_4x16(c, a, b, ldc, lda, ldb, k, add)
		case 5:
			floatAVX2_5x16(c, a, b, ldc, lda, ldb, k, add)
		case 6:
			floatAVX2_6x16(c, a, b, ldc, lda, ldb, k, add)
		}
		return
	}
	if !wide {
		switch rows {
		case 1:
			floatAVX512_1x16(c, a, b, ldc, lda, ldb, k, add)
		case 2:
			floatAVX512_2x16(c, a, b, ldc, lda, ldb, k, add)
		case 3:
			floatAVX512_3x16(c, a, b, ldc, lda, ldb, k, add)
		case 4:
			floatAVX512_4x16(c, a, b, ldc, lda, ldb, k, add)
		case 5:
			floatAVX512_5x16(c, a, b, ldc, lda, ldb, k, add)
		case 6:
			floatAVX512_6x16(c, a, b, ldc, lda, ldb, k, add)
		case 7:
			floatAVX512_7x16(c, a, b, ldc, lda, ldb, k, add)
		case 8:
			floatAVX512_8x16(c, a, b, ldc, lda, ldb, k, add)
		case 9:
			floatAVX512_9x16(c, a, b, ldc, lda, ldb, k, add)
		case 10:
			floatAVX512_10x16(c, a, b, ldc, lda, ldb, k, add)
		case 11:
			floatAVX512_11x16(c, a, b, ldc, lda, ldb, k, add)
		case 12:
			floatAVX512_12x16(c, a, b, ldc, lda, ldb, k, add)
		}
		return
	}
	switch rows {
	case 1:
		floatAVX512_1x32(c, a, b, ldc, lda, ldb, k, add)
	case 2:
		floatAVX512_2x32(c, a, b, ldc, lda, ldb, k, add)
	case 3:
		floatAVX512_3x32(c, a, b, ldc, lda, ldb, k, add)
	case 4:
		floatAVX512_4x32(c, a, b, ldc, lda, ldb, k, add)
	case 5:
		floatAVX512_5x32(c, a, b, ldc, lda, ldb, k, add)
	case 6:
		floatAVX512_6x32(c, a, b, ldc, lda, ldb, k, add)
	case 7:
		floatAVX512_7x32(c, a, b, ldc, lda, ldb, k, add)
	case 8:
		floatAVX512_8x32(c, a, b, ldc, lda, ldb, k, add)
	case 9:
		floatAVX512_9x32(c, a, b, ldc, lda, ldb, k, add)
	case 10:
		floatAVX512_10x32(c, a, b, ldc, lda, ldb, k, add)
	case 11:
		floatAVX512_11x32(c, a, b, ldc, lda, ldb, k, add)
	case 12:
		floatAVX512_12x32(c, a, b, ldc, lda, ldb, k, add)
	}
}
