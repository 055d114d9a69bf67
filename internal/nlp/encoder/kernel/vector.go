//go:build amd64 || arm64

package kernel

import "unsafe"

// This file drives the kernels in assembly: it cuts the work into tiles and
// sees to what no tile fits.

// vectors says whether rows of n floats can go through the vector kernels.
func (s *Set) vectors(n int) bool { return s.isa != portable && n > 0 && n%16 == 0 }

// tile is the work of one call of a byte kernel; gen/main.go knows its layout.
type tile struct {
	a        *uint8
	lda      int
	w        *int8
	groups   int
	corr     *int32
	scale    *float32
	bias     *float32
	rowScale *float32
	c        *float32
	ldc      int // bytes
	res      *float32
	act      int
}

func (s *Set) linear(dst []float32, q []uint8, scale []float32, n int, w *Weights, act Activation, residual []float32) {
	if s.isa == portable {
		linearPortable(dst, q, scale, n, w, act, residual)
		return
	}
	t := tile{lda: w.Stride(), groups: w.groups, act: int(act)}
	var buf [tileRows * 16]float32
	for first, at := 0, 0; first < w.out; {
		lanes := s.lanes()
		if w.out-first < lanes {
			lanes = 16
		}
		t.w, t.corr, t.scale, t.bias = &w.packed[at], &w.corr[first], &w.scale[first], &w.bias[first]
		t.ldc = 4 * w.out
		narrow := w.out-first < 16
		if narrow {
			t.c, t.ldc, t.res = &buf[0], 4*16, nil
		}
		for r := 0; r < n; r += tileRows {
			rows := min(tileRows, n-r)
			t.a, t.rowScale = &q[r*t.lda], &scale[r]
			if narrow {
				s.tile(&t, rows, 16)
				w.spill(dst[r*w.out:], residual, &buf, r, rows, first)
				continue
			}
			t.c = &dst[r*w.out+first]
			if residual != nil {
				t.res = &residual[r*w.out+first]
			}
			s.tile(&t, rows, lanes)
		}
		first, at = first+lanes, at+lanes*w.groups*4
	}
}

// spill moves the last block of fewer than sixteen outputs, which had to go
// through a buffer, to rows of dst, and adds the residual (of all rows).
func (w *Weights) spill(dst, residual []float32, buf *[tileRows * 16]float32, first, rows, column int) {
	for i := range rows {
		to, sums := dst[i*w.out+column:(i+1)*w.out], buf[16*i:]
		for j := range to {
			if residual != nil {
				sums[j] += residual[(first+i)*w.out+column+j]
			}
			to[j] = sums[j]
		}
	}
}

func (s *Set) attention(ctx, qkv []float32, n, hidden, heads int, tmp []float32) {
	dim := hidden / heads
	if !s.vectors(dim) {
		attentionPortable(ctx, qkv, n, hidden, heads, tmp)
		return
	}
	padded, st := (n+15)&^15, 3*hidden
	keys, scores := tmp[:dim*padded], tmp[dim*padded:][:n*padded]
	var tail [16]float32
	for i := n; i < padded; i++ {
		tail[16-padded+i] = -1e30
	}
	for d := range dim {
		clear(keys[d*padded+n : (d+1)*padded])
	}
	scale := attentionScale(dim)
	for h := range heads {
		at := h * dim
		s.transpose(keys, qkv[hidden+at:], padded, st, n, dim)
		s.product(scores, qkv[at:], keys, padded, st, padded, n, padded, dim, false)
		s.softmax(scores, n, padded, &tail, scale)
		s.product(ctx[at:], scores, qkv[2*hidden+at:], hidden, padded, st, n, dim, n, false)
	}
}

// transpose writes dst[j][i] = src[i][j] for n rows i and k columns j; ldd and
// lds count floats.
func (s *Set) transpose(dst, src []float32, ldd, lds, n, k int) {
	i := 0
	if whole := k &^ 7; whole > 0 {
		for ; i+8 <= n; i += 8 {
			_, _ = dst[(whole-1)*ldd+i+7], src[(i+7)*lds+whole-1]
			transpose8(&dst[i], &src[i*lds], 4*ldd, 4*lds, whole/8)
			for j := whole; j < k; j++ {
				for r := i; r < i+8; r++ {
					dst[j*ldd+r] = src[r*lds+j]
				}
			}
		}
	}
	for ; i < n; i++ {
		for j, v := range src[i*lds:][:k] {
			dst[j*ldd+i] = v
		}
	}
}

// matMul transposes b a block of columns at a time.
func (s *Set) matMul(c, a, b []float32, m, n, k int) {
	if s.isa == portable {
		matMulPortable(c, a, b, m, n, k)
		return
	}
	const columns, depth = 32, 128
	var block [columns * depth]float32
	var narrow [16 * columns]float32
	for j := 0; j < n; j += columns {
		width := min(columns, n-j)
		for p := 0; p < k; p += depth {
			deep := min(depth, k-p)
			s.transpose(block[:], b[j*k+p:], columns, k, width, deep)
			if width == columns {
				s.product(c[j:], a[p:], block[:], n, k, columns, m, columns, deep, p > 0)
				continue
			}
			for i := 0; i < m; i += 16 {
				rows := min(16, m-i)
				if p > 0 {
					for r := range rows {
						copy(narrow[r*columns:][:width], c[(i+r)*n+j:])
					}
				}
				s.product(narrow[:], a[i*k+p:], block[:], columns, k, columns, rows, (width+15)&^15, deep, p > 0)
				for r := range rows {
					copy(c[(i+r)*n+j:][:width], narrow[r*columns:])
				}
			}
		}
	}
}

// product computes c = a*b (plus c when add) for m rows and n columns; n is a
// multiple of 16, b has k rows. The leading dimensions count floats.
func (s *Set) product(c, a, b []float32, ldc, lda, ldb, m, n, k int, add bool) {
	_, _, _ = c[(m-1)*ldc+n-1], a[(m-1)*lda+k-1], b[(k-1)*ldb+n-1]
	more := 0
	if add {
		more = 1
	}
	rows, columns := s.floatSize()
	for j := 0; j < n; j += columns {
		wide := n-j >= columns && columns == 32
		for i := 0; i < m; i += rows {
			s.floatTile(min(rows, m-i), wide, &c[i*ldc+j], &a[i*lda], &b[j], 4*ldc, 4*lda, 4*ldb, k, more)
		}
	}
}

// offset checks at compile time that gen/main.go's offsets hold.
var _ = [1]struct{}{}[unsafe.Offsetof(tile{}.act)-88]
