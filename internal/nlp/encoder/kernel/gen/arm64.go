package main

import "fmt"

// The arm64 kernels: a unit is four registers of four floats. Go's assembler
// lacks most vector instructions of floats and the products of bytes, so they
// stand as words, each with its text beside it (Arm Architecture Reference
// Manual, C7.2).

func generateARM() (asm, decl []byte) {
	g := &arm{}
	g.isa = isa{name: "NEON", floatRows: armRows, floatUnits: 1}
	g.asm.WriteString(header + "#include \"textflag.h\"\n")
	g.decl.WriteString(header + "package kernel\n")
	g.constants()
	g.absMax()
	g.toBytes()
	g.sum()
	g.squares()
	g.normalise()
	g.softmax()
	for rows := 1; rows <= armRows; rows++ {
		g.floatTile(rows)
		g.byteTile(rows)
	}
	g.transpose()
	return g.asm.Bytes(), g.decl.Bytes()
}

// armRows is how many rows a tile has at most: 16 registers of sums.
const armRows = 4

type arm struct{ gen }

// w writes an instruction of three vector registers (or two, m being 0).
func (g *arm) w(text string, base uint32, d, n, m int) {
	g.o("WORD $0x%08x // %s v%d, v%d, v%d", base|uint32(m)<<16|uint32(n)<<5|uint32(d), text, d, n, m)
}

func (g *arm) fadd(d, n, m int)  { g.w("fadd.4s", 0x4E20D400, d, n, m) }
func (g *arm) fsub(d, n, m int)  { g.w("fsub.4s", 0x4EA0D400, d, n, m) }
func (g *arm) fmul(d, n, m int)  { g.w("fmul.4s", 0x6E20DC00, d, n, m) }
func (g *arm) fmla(d, n, m int)  { g.w("fmla.4s", 0x4E20CC00, d, n, m) }
func (g *arm) fmax(d, n, m int)  { g.w("fmax.4s", 0x4E20F400, d, n, m) }
func (g *arm) fmin(d, n, m int)  { g.w("fmin.4s", 0x4EA0F400, d, n, m) }
func (g *arm) add(d, n, m int)   { g.w("add.4s", 0x4EA08400, d, n, m) }
func (g *arm) eor(d, n, m int)   { g.w("eor.16b", 0x6E201C00, d, n, m) }
func (g *arm) mov(d, n int)      { g.w("mov.16b", 0x4EA01C00, d, n, n) }
func (g *arm) fabs(d, n int)     { g.w("fabs.4s", 0x4EA0F800, d, n, 0) }
func (g *arm) frintn(d, n int)   { g.w("frintn.4s", 0x4E218800, d, n, 0) }
func (g *arm) fcvtns(d, n int)   { g.w("fcvtns.4s", 0x4E21A800, d, n, 0) }
func (g *arm) scvtf(d, n int)    { g.w("scvtf.4s", 0x4E21D800, d, n, 0) }
func (g *arm) shl23(d, n int)    { g.w("shl.4s #23", 0x4F375400, d, n, 0) }
func (g *arm) dup(d, n int)      { g.w("dup.4s [0]", 0x4E040400, d, n, 0) }
func (g *arm) sqxtn4h(d, n int)  { g.w("sqxtn.4h", 0x0E614800, d, n, 0) }
func (g *arm) sqxtn8h(d, n int)  { g.w("sqxtn2.8h", 0x4E614800, d, n, 0) }
func (g *arm) sqxtn8b(d, n int)  { g.w("sqxtn.8b", 0x0E214800, d, n, 0) }
func (g *arm) sqxtn16b(d, n int) { g.w("sqxtn2.16b", 0x4E214800, d, n, 0) }
func (g *arm) ext(d, n, bytes int) {
	g.w(fmt.Sprint("ext.16b #", bytes), 0x6E000000|uint32(bytes)<<11, d, n, n)
}

// element gives the bits of an index of a 4-byte element.
func element(i int) uint32 { return uint32(i&1)<<21 | uint32(i>>1)<<11 }

func (g *arm) fmlaElement(d, n, m, i int) {
	g.w(fmt.Sprintf("fmla.4s [%d]", i), 0x4F801000|element(i), d, n, m)
}

func (g *arm) sdotElement(d, n, m, i int) {
	g.w(fmt.Sprintf("sdot.4s [%d]", i), 0x4F80E000|element(i), d, n, m)
}

// ldq and stq move 16 bytes at an offset that is a multiple of 16; ld4 loads
// four bytes into the lowest lane.
func (g *arm) ldq(v, base, offset int) {
	g.o("WORD $0x%08x // ldr q%d, [x%d, #%d]", 0x3DC00000|uint32(offset/16)<<10|uint32(base)<<5|uint32(v), v, base, offset)
}

func (g *arm) stq(v, base, offset int) {
	g.o("WORD $0x%08x // str q%d, [x%d, #%d]", 0x3D800000|uint32(offset/16)<<10|uint32(base)<<5|uint32(v), v, base, offset)
}

func (g *arm) ld4(v, base, offset int) {
	g.o("WORD $0x%08x // ldr s%d, [x%d, #%d]", 0xBD400000|uint32(offset/4)<<10|uint32(base)<<5|uint32(v), v, base, offset)
}

func (g *arm) zeroes(from, n int) {
	for i := from; i < from+n; i++ {
		g.eor(i, i, i)
	}
}

func (g *arm) constants() {
	g.asm.WriteString("\n")
	for i, c := range consts {
		v := uint64(c.value)<<32 | uint64(c.value)
		fmt.Fprintf(&g.asm, "DATA consts<>+%d(SB)/8, $0x%016x\nDATA consts<>+%d(SB)/8, $0x%016x\n", 16*i, v, 16*i+8, v)
	}
	fmt.Fprintf(&g.asm, "GLOBL consts<>(SB), RODATA|NOPTR, $%d\n", 16*len(consts))
}

// load puts constants into registers, by R20.
func (g *arm) load(names map[int]string) {
	g.o("MOVD $consts<>(SB), R20")
	for v := range 32 {
		for i, c := range consts {
			if c.name == names[v] {
				g.ldq(v, 20, 16*i)
			}
		}
	}
}

// fold leaves op over the sixteen lanes of V0 to V3 in the first lane of V0.
func (g *arm) fold(op func(d, n, m int)) {
	op(0, 0, 2)
	op(1, 1, 3)
	op(0, 0, 1)
	g.ext(1, 0, 8)
	op(0, 0, 1)
	g.ext(1, 0, 4)
	op(0, 0, 1)
}

func (g *arm) absMax() {
	g.function("absMaxNEON", "gives the largest magnitude of n floats; n is a multiple of 16.", "float32",
		param{"x", "*float32"}, param{"n", "int"})
	g.o("MOVD x+0(FP), R0")
	g.o("MOVD n+8(FP), R1")
	g.zeroes(0, 4)
	g.label("loop")
	for i := range 4 {
		g.ldq(4+i, 0, 16*i)
		g.fabs(4+i, 4+i)
		g.fmax(i, i, 4+i)
	}
	g.o("ADD $64, R0")
	g.o("SUBS $16, R1, R1")
	g.o("BNE loop")
	g.fold(g.fmax)
	g.o("FMOVS F0, ret+16(FP)")
	g.o("RET")
}

func (g *arm) toBytes() {
	g.function("toBytesNEON", "writes n bytes, round(x*inv)+128; n is a multiple of 16.", "",
		param{"q", "*uint8"}, param{"x", "*float32"}, param{"n", "int"}, param{"inv", "float32"})
	g.o("MOVD q+0(FP), R0")
	g.o("MOVD x+8(FP), R1")
	g.o("MOVD n+16(FP), R2")
	g.o("FMOVS inv+24(FP), F30")
	g.dup(30, 30)
	g.load(map[int]string{31: "flip"})
	g.label("loop")
	for i := range 4 {
		g.ldq(i, 1, 16*i)
		g.fmul(i, i, 30)
		g.fcvtns(i, i)
	}
	g.sqxtn4h(4, 0)
	g.sqxtn8h(4, 1)
	g.sqxtn4h(5, 2)
	g.sqxtn8h(5, 3)
	g.sqxtn8b(6, 4)
	g.sqxtn16b(6, 5)
	g.eor(6, 6, 31)
	g.stq(6, 0, 0)
	g.o("ADD $64, R1")
	g.o("ADD $16, R0")
	g.o("SUBS $16, R2, R2")
	g.o("BNE loop")
	g.o("RET")
}

func (g *arm) sum() {
	g.function("sumNEON", "gives the sum of n floats; n is a multiple of 16.", "float32",
		param{"x", "*float32"}, param{"n", "int"})
	g.o("MOVD x+0(FP), R0")
	g.o("MOVD n+8(FP), R1")
	g.zeroes(0, 4)
	g.label("loop")
	for i := range 4 {
		g.ldq(4+i, 0, 16*i)
		g.fadd(i, i, 4+i)
	}
	g.o("ADD $64, R0")
	g.o("SUBS $16, R1, R1")
	g.o("BNE loop")
	g.fold(g.fadd)
	g.o("FMOVS F0, ret+16(FP)")
	g.o("RET")
}

func (g *arm) squares() {
	g.function("squaresNEON", "gives the sum of the squares of n floats less mean; n is a multiple of 16.", "float32",
		param{"x", "*float32"}, param{"n", "int"}, param{"mean", "float32"})
	g.o("MOVD x+0(FP), R0")
	g.o("MOVD n+8(FP), R1")
	g.o("FMOVS mean+16(FP), F30")
	g.dup(30, 30)
	g.zeroes(0, 4)
	g.label("loop")
	for i := range 4 {
		g.ldq(4+i, 0, 16*i)
		g.fsub(4+i, 4+i, 30)
		g.fmla(i, 4+i, 4+i)
	}
	g.o("ADD $64, R0")
	g.o("SUBS $16, R1, R1")
	g.o("BNE loop")
	g.fold(g.fadd)
	g.o("FMOVS F0, ret+24(FP)")
	g.o("RET")
}

func (g *arm) normalise() {
	g.function("normaliseNEON", "makes n floats (x-mean)*inv*w+b; n is a multiple of 16.", "",
		param{"x", "*float32"}, param{"w", "*float32"}, param{"b", "*float32"}, param{"n", "int"}, param{"mean", "float32"}, param{"inv", "float32"})
	g.o("MOVD x+0(FP), R0")
	g.o("MOVD w+8(FP), R1")
	g.o("MOVD b+16(FP), R2")
	g.o("MOVD n+24(FP), R3")
	g.o("FMOVS mean+32(FP), F30")
	g.o("FMOVS inv+36(FP), F31")
	g.dup(30, 30)
	g.dup(31, 31)
	g.label("loop")
	for i := range 4 {
		g.ldq(i, 0, 16*i)
		g.ldq(4+i, 1, 16*i)
		g.ldq(8+i, 2, 16*i)
		g.fsub(i, i, 30)
		g.fmul(i, i, 31)
		g.fmla(8+i, i, 4+i)
		g.stq(8+i, 0, 16*i)
	}
	for r := range 3 {
		g.o("ADD $64, R%d", r)
	}
	g.o("SUBS $16, R3, R3")
	g.o("BNE loop")
	g.o("RET")
}

// softmax goes over each row three times, as that of amd64.
func (g *arm) softmax() {
	g.function("softmaxNEON", "makes shares of each of rows rows of scores, blocks units wide, stride bytes apart; tail (16 floats) is added to the last unit before.", "",
		param{"s", "*float32"}, param{"rows", "int"}, param{"stride", "int"}, param{"blocks", "int"}, param{"tail", "*float32"}, param{"scale", "float32"})
	g.o("MOVD s+0(FP), R0")
	g.o("MOVD rows+8(FP), R1")
	g.o("MOVD stride+16(FP), R2")
	g.o("MOVD blocks+24(FP), R3")
	g.o("MOVD tail+32(FP), R4")
	g.o("FMOVS scale+40(FP), F31")
	g.dup(31, 31)
	g.load(map[int]string{24: "low", 25: "e0", 26: "e1", 27: "e2", 28: "e3", 29: "e4", 30: "e5"})
	g.label("row")
	// R5 walks, R6 counts; R7 is the last unit.
	g.o("SUB $1, R3, R6")
	g.o("ADD R6<<6, R0, R7")
	for i := range 4 {
		g.ldq(i, 7, 16*i)
		g.ldq(4+i, 4, 16*i)
		g.fadd(i, i, 4+i)
		g.stq(i, 7, 16*i)
	}
	g.o("MOVD R0, R5")
	g.o("CBZ R6, found")
	g.label("largest")
	for i := range 4 {
		g.ldq(4+i, 5, 16*i)
		g.fmax(i, i, 4+i)
	}
	g.o("ADD $64, R5")
	g.o("SUBS $1, R6, R6")
	g.o("BNE largest")
	g.label("found")
	g.fold(g.fmax)
	g.dup(23, 0)
	g.zeroes(0, 4)
	g.o("MOVD R0, R5")
	g.o("MOVD R3, R6")
	g.label("exp")
	for i := range 4 {
		t, round, p, q := 4+i, 8+i, 12+i, 16+i
		g.ldq(t, 5, 16*i)
		g.fsub(t, t, 23)
		g.fmul(t, t, 31)
		g.fmax(t, t, 24)
		g.frintn(round, t)
		g.fsub(t, t, round)
		g.fcvtns(round, round)
		g.shl23(round, round)
		g.mov(p, 30)
		for c := 29; c >= 25; c-- {
			g.mov(q, c)
			g.fmla(q, p, t)
			p, q = q, p
		}
		g.add(p, p, round)
		g.stq(p, 5, 16*i)
		g.fadd(i, i, p)
	}
	g.o("ADD $64, R5")
	g.o("SUBS $1, R6, R6")
	g.o("BNE exp")
	g.fold(g.fadd)
	g.o("FMOVS $1.0, F1")
	g.o("FDIVS F0, F1, F0")
	g.dup(23, 0)
	g.o("MOVD R0, R5")
	g.o("MOVD R3, R6")
	g.label("share")
	for i := range 4 {
		g.ldq(i, 5, 16*i)
		g.fmul(i, i, 23)
		g.stq(i, 5, 16*i)
	}
	g.o("ADD $64, R5")
	g.o("SUBS $1, R6, R6")
	g.o("BNE share")
	g.o("ADD R2, R0")
	g.o("SUBS $1, R1, R1")
	g.o("BNE row")
	g.o("RET")
}

// floatTile: sums in V0 up, a unit of b in V16 to V19, rows of a in V20 to
// V23 and R10 to R13.
func (g *arm) floatTile(rows int) {
	g.function(fmt.Sprintf("floatNEON_%dx16", rows),
		fmt.Sprintf("computes c = a*b (plus c when add is not 0) for %d rows and 16 columns; k is at least 1, strides are bytes.", rows), "",
		param{"c", "*float32"}, param{"a", "*float32"}, param{"b", "*float32"}, param{"ldc", "int"}, param{"lda", "int"}, param{"ldb", "int"}, param{"k", "int"}, param{"add", "int"})
	g.o("MOVD c+0(FP), R0")
	g.o("MOVD a+8(FP), R10")
	g.o("MOVD b+16(FP), R2")
	g.o("MOVD ldc+24(FP), R3")
	g.o("MOVD lda+32(FP), R4")
	g.o("MOVD ldb+40(FP), R5")
	g.o("MOVD k+48(FP), R6")
	g.o("MOVD add+56(FP), R7")
	g.pointRows(rows, "R4")
	g.zeroes(0, 4*rows)
	g.o("CBZ R7, start")
	g.o("MOVD R0, R8")
	for r := range rows {
		for c := range 4 {
			g.ldq(4*r+c, 8, 16*c)
		}
		g.o("ADD R3, R8")
	}
	g.label("start")
	g.o("SUBS $4, R6, R6")
	g.o("BLT rest")
	g.label("four")
	for r := range rows {
		g.ldq(20+r, 10+r, 0)
		g.o("ADD $16, R%d", 10+r)
	}
	for k := range 4 {
		g.floatStep(rows, k)
	}
	g.o("SUBS $4, R6, R6")
	g.o("BGE four")
	g.label("rest")
	g.o("ADDS $4, R6, R6")
	g.o("BEQ store")
	g.label("one")
	for r := range rows {
		g.ld4(20+r, 10+r, 0)
		g.o("ADD $4, R%d", 10+r)
	}
	g.floatStep(rows, 0)
	g.o("SUBS $1, R6, R6")
	g.o("BNE one")
	g.label("store")
	for r := range rows {
		for c := range 4 {
			g.stq(4*r+c, 0, 16*c)
		}
		g.o("ADD R3, R0")
	}
	g.o("RET")
}

func (g *arm) floatStep(rows, k int) {
	for c := range 4 {
		g.ldq(16+c, 2, 16*c)
	}
	g.o("ADD R5, R2")
	for r := range rows {
		for c := range 4 {
			g.fmlaElement(4*r+c, 16+c, 20+r, k)
		}
	}
}

// pointRows fills R11 up from R10.
func (g *arm) pointRows(rows int, stride string) {
	for r := 1; r < rows; r++ {
		g.o("ADD %s, R%d, R%d", stride, 9+r, 10+r)
	}
}

// byteTile: sums in V0 up, weights in V16 to V19, activations in V20 to V23.
// They are made signed (their 128 taken away), so that no correction remains.
func (g *arm) byteTile(rows int) {
	g.function(fmt.Sprintf("byteNEON_%dx16", rows), fmt.Sprintf("runs a tile of %d rows and 16 outputs.", rows), "", param{"t", "*tile"})
	g.o("MOVD t+0(FP), R0")
	g.o("MOVD %d(R0), R10", tileA)
	g.o("MOVD %d(R0), R4", tileLDA)
	g.o("MOVD %d(R0), R2", tileW)
	g.o("MOVD %d(R0), R6", tileGroups)
	g.pointRows(rows, "R4")
	g.load(map[int]string{31: "flip"})
	g.zeroes(0, 4*rows)
	g.o("SUBS $4, R6, R6")
	g.o("BLT rest")
	g.label("four")
	for r := range rows {
		g.ldq(20+r, 10+r, 0)
		g.eor(20+r, 20+r, 31)
		g.o("ADD $16, R%d", 10+r)
	}
	for k := range 4 {
		g.byteStep(rows, k)
	}
	g.o("SUBS $4, R6, R6")
	g.o("BGE four")
	g.label("rest")
	g.o("ADDS $4, R6, R6")
	g.o("BEQ finish")
	g.label("one")
	for r := range rows {
		g.ld4(20+r, 10+r, 0)
		g.eor(20+r, 20+r, 31)
		g.o("ADD $4, R%d", 10+r)
	}
	g.byteStep(rows, 0)
	g.o("SUBS $1, R6, R6")
	g.o("BNE one")
	g.label("finish")
	g.finish(rows)
	g.o("RET")
}

func (g *arm) byteStep(rows, k int) {
	for c := range 4 {
		g.ldq(16+c, 2, 16*c)
	}
	g.o("ADD $64, R2")
	for r := range rows {
		for c := range 4 {
			g.sdotElement(4*r+c, 16+c, 20+r, k)
		}
	}
}

// finish turns the sums of a tile into floats and stores them.
func (g *arm) finish(rows int) {
	g.o("MOVD %d(R0), R1", tileScale)
	g.o("MOVD %d(R0), R2", tileBias)
	g.o("MOVD %d(R0), R3", tileRowScale)
	for c := range 4 {
		g.ldq(16+c, 1, 16*c)
		g.ldq(20+c, 2, 16*c)
	}
	for r := range rows {
		g.ld4(24, 3, 4*r)
		g.dup(24, 24)
		for c := range 4 {
			acc := 4*r + c
			g.fmul(25, 16+c, 24)
			g.scvtf(acc, acc)
			g.mov(26, 20+c)
			g.fmla(26, acc, 25)
			g.mov(acc, 26)
		}
	}
	g.o("MOVD %d(R0), R5", tileAct)
	g.o("CMP $1, R5")
	g.o("BLT store")
	g.o("BGT relu")
	g.load(map[int]string{21: "g0", 22: "g1", 23: "g2", 24: "g3", 25: "g4", 26: "g5", 27: "g6", 28: "g7", 29: "half", 30: "limit", 31: "minus"})
	for acc := range 4 * rows {
		g.gelu(acc)
	}
	g.o("B store")
	g.label("relu")
	g.zeroes(16, 1)
	for acc := range 4 * rows {
		g.fmax(acc, acc, 16)
	}
	g.label("store")
	g.o("MOVD %d(R0), R1", tileC)
	g.o("MOVD %d(R0), R2", tileLDC)
	g.o("MOVD %d(R0), R3", tileRes)
	g.o("CBZ R3, plain")
	for r := range rows {
		for c := range 4 {
			g.ldq(16+c, 3, 16*c)
			g.fadd(4*r+c, 4*r+c, 16+c)
		}
		g.o("ADD R2, R3")
	}
	g.label("plain")
	for r := range rows {
		for c := range 4 {
			g.stq(4*r+c, 1, 16*c)
		}
		g.o("ADD R2, R1")
	}
}

// gelu replaces x; its constants stand in V21 to V31.
func (g *arm) gelu(x int) {
	c, u, p, q := 16, 17, 18, 19
	g.fmin(c, x, 30)
	g.fmax(c, c, 31)
	g.fmul(u, c, c)
	g.mov(p, 28)
	for i := 27; i >= 21; i-- {
		g.mov(q, i)
		g.fmla(q, p, u)
		p, q = q, p
	}
	g.mov(q, 29)
	g.fmla(q, p, c)
	g.fmul(x, x, q)
}

// transpose moves blocks of eight by eight floats, four by four at a time.
func (g *arm) transpose() {
	g.function("transpose8", "writes dst[j][i] = src[i][j] for 8 rows i and 8*blocks columns j; strides are bytes.", "",
		param{"dst", "*float32"}, param{"src", "*float32"}, param{"ldd", "int"}, param{"lds", "int"}, param{"blocks", "int"})
	g.o("MOVD dst+0(FP), R0")
	g.o("MOVD src+8(FP), R10")
	g.o("MOVD ldd+16(FP), R2")
	g.o("MOVD lds+24(FP), R3")
	g.o("MOVD blocks+32(FP), R4")
	g.pointRows(8, "R3")
	g.o("LSL $1, R4")
	g.label("loop")
	for half := range 2 {
		a, t, to := 8*half, 8*half+4, 16+4*half
		for r := range 4 {
			g.ldq(a+r, 10+4*half+r, 0)
			g.o("ADD $16, R%d", 10+4*half+r)
		}
		g.w("trn1.4s", 0x4E802800, t, a, a+1)
		g.w("trn2.4s", 0x4E806800, t+1, a, a+1)
		g.w("trn1.4s", 0x4E802800, t+2, a+2, a+3)
		g.w("trn2.4s", 0x4E806800, t+3, a+2, a+3)
		g.w("trn1.2d", 0x4EC02800, to, t, t+2)
		g.w("trn1.2d", 0x4EC02800, to+1, t+1, t+3)
		g.w("trn2.2d", 0x4EC06800, to+2, t, t+2)
		g.w("trn2.2d", 0x4EC06800, to+3, t+1, t+3)
	}
	for c := range 4 {
		g.stq(16+c, 0, 0)
		g.stq(20+c, 0, 16)
		g.o("ADD R2, R0")
	}
	g.o("SUBS $1, R4, R4")
	g.o("BNE loop")
	g.o("RET")
}
