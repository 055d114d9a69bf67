package encoder

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
)

// container writes tensor containers as the trainer does.
type container struct {
	names []string
	dtype []DType
	dims  [][]int
	data  [][]byte
}

func (c *container) add(name string, d DType, data []byte, dims ...int) {
	c.names, c.dtype, c.dims, c.data = append(c.names, name), append(c.dtype, d), append(c.dims, dims), append(c.data, data)
}

func (c *container) f32(name string, x []float32, dims ...int) {
	b := make([]byte, 0, 4*len(x))
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	c.add(name, Float32, b, dims...)
}

func (c *container) i8(name string, x []int8, dims ...int) {
	b := make([]byte, len(x))
	for i, v := range x {
		b[i] = byte(v)
	}
	c.add(name, Int8, b, dims...)
}

func (c *container) bytes() []byte {
	head := 12
	for i, n := range c.names {
		head += 2 + len(n) + 2 + 4*len(c.dims[i]) + 8
	}
	align := func(n int) int { return (n + tensorAlign - 1) &^ (tensorAlign - 1) }
	out := []byte(tensorMagic)
	out = binary.LittleEndian.AppendUint32(out, tensorVersion)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(c.names)))
	at := align(head)
	for i, n := range c.names {
		out = binary.LittleEndian.AppendUint16(out, uint16(len(n)))
		out = append(out, n...)
		out = append(out, byte(c.dtype[i]), byte(len(c.dims[i])))
		for _, d := range c.dims[i] {
			out = binary.LittleEndian.AppendUint32(out, uint32(d))
		}
		out = binary.LittleEndian.AppendUint64(out, uint64(at))
		at = align(at + len(c.data[i]))
	}
	for _, d := range c.data {
		out = append(out, make([]byte, align(len(out))-len(out))...)
		out = append(out, d...)
	}
	return out
}

// normals are nearly normal, and the same on every machine.
func normals(r *rand.Rand, n int, sd float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32((r.Float64() + r.Float64() + r.Float64() - 1.5) * 2 * sd)
	}
	return x
}

// linear adds a layer whose weights have about that standard deviation.
func (c *container) linear(r *rand.Rand, name string, in, out int, sd float64) {
	w, s := make([]int8, in*out), make([]float32, out)
	for i := range w {
		// Nearly normal, with a deviation of 20.
		w[i] = int8(max(-63, min(63, 5*(bits.OnesCount64(r.Uint64())-32))))
	}
	for i := range s {
		s[i] = float32(sd / 20 * (0.8 + float64(0.4*r.Float64())))
	}
	c.i8(name+".w", w, out, in)
	c.f32(name+".s", s, out)
	c.f32(name+".b", normals(r, out, 0.1), out)
}

func (c *container) norm(r *rand.Rand, name string, h int) {
	g := normals(r, h, 0.1)
	for i := range g {
		g[i]++
	}
	c.f32(name+".g", g, h)
	c.f32(name+".b", normals(r, h, 0.1), h)
}

// randomModel makes a network with chance weights.
func randomModel(c Config, vocab, shapes int, word DType, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 9))
	m := &container{}
	h := c.Hidden
	switch word {
	case Int4:
		b := make([]byte, vocab*h/2)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		m.add("emb.word", Int4, b, vocab, h)
		m.f32("emb.word.s", normals(r, vocab*h/32, 0.05), vocab, h/32)
	default:
		w := make([]int8, vocab*h)
		for i := range w {
			w[i] = int8(r.IntN(255) - 127)
		}
		m.i8("emb.word", w, vocab, h)
		m.f32("emb.word.s", normals(r, vocab, 0.01), vocab)
	}
	m.f32("emb.pos", normals(r, c.MaxPos*h, 0.2), c.MaxPos, h)
	if shapes > 0 {
		m.f32("emb.shape", normals(r, shapes*h, 0.2), shapes, h)
	}
	m.norm(r, "emb.ln", h)
	for i := range c.Layers {
		p := fmt.Sprintf("l%d.", i)
		m.linear(r, p+"qkv", h, 3*h, 1.2/math.Sqrt(float64(h)))
		m.linear(r, p+"o", h, h, 1/math.Sqrt(float64(h)))
		m.linear(r, p+"f1", h, c.FFN, 1/math.Sqrt(float64(h)))
		m.linear(r, p+"f2", c.FFN, h, 1/math.Sqrt(float64(c.FFN)))
		m.norm(r, p+"ln1", h)
		m.norm(r, p+"ln2", h)
	}
	return m.bytes()
}

func TestTensors(t *testing.T) {
	c := &container{}
	c.f32("a", []float32{1, -2.5, 3, 4, 5, 6}, 2, 3)
	c.i8("b", []int8{-63, 63, 0}, 3)
	c.add("c", Int4, []byte{0x8f, 0x07}, 3)
	x, err := OpenTensors(c.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if a, err := x.F32("a", 2, 3); err != nil || a[1] != -2.5 || len(a) != 6 {
		t.Errorf("a: %v, %v", a, err)
	}
	if a, err := x.F32("a", -1, 3); err != nil || len(a) != 6 {
		t.Errorf("a of any height: %v, %v", a, err)
	}
	if b, err := x.I8("b", 3); err != nil || b[0] != -63 || b[1] != 63 {
		t.Errorf("b: %v, %v", b, err)
	}
	if n, err := x.I4("c", 3); err != nil || !bytes.Equal(n, []byte{0x8f, 0x07}) {
		t.Errorf("c: %v, %v", n, err)
	}
	if !x.Has("a") || x.Has("d") {
		t.Error("Has is wrong")
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"missing", get(x.F32("d", 1)), `"d" is missing`},
		{"shape", get(x.F32("a", 3, 2)), "float32 [2 3], want float32 [3 2]"},
		{"rank", get(x.F32("a", 6)), "want float32 [6]"},
		{"type", get(x.I8("a", 2, 3)), "want int8"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, c.err, c.want)
		}
	}
}

func get[T any](_ T, err error) error { return err }

func TestTensorsBadInput(t *testing.T) {
	good := func() []byte {
		c := &container{}
		c.f32("a", []float32{1, 2}, 2)
		return c.bytes()
	}
	edit := func(at int, b ...byte) []byte { s := good(); copy(s[at:], b); return s }
	twice := &container{}
	twice.f32("a", []float32{1}, 1)
	twice.f32("a", []float32{1}, 1)
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"empty", nil, "ends inside the table"},
		{"magic", edit(0, 'X'), "no tensor container"},
		{"version", edit(4, 9), "version 9"},
		{"count", edit(8, 255, 255, 255, 255), "entry 1 of 4294967295"},
		{"cut off", good()[:20], "ends inside the table"},
		{"data cut off", good()[:66], "run beyond the section"},
		{"type", edit(15, 7), "dtype 7 is unknown"},
		{"rank", edit(16, 0), "rank 0"},
		{"dimension", edit(17, 0), "dimension 0 is 0"},
		{"huge", edit(17, 255, 255, 255, 255), "dimension 0 is 4294967295"},
		{"offset", edit(21, 1), "not a multiple of 64"},
		{"far offset", edit(28, 255), "run beyond the section"},
		{"twice", twice.bytes(), `"a" stands twice`},
	} {
		if _, err := OpenTensors(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
	nan := &container{}
	nan.f32("a", []float32{1, float32(math.NaN())}, 2)
	x, err := OpenTensors(nan.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.F32("a", 2); err == nil || !strings.Contains(err.Error(), "value 1") {
		t.Errorf("not a number: %v", err)
	}
}

func FuzzOpenTensors(f *testing.F) {
	c := &container{}
	c.f32("a", []float32{1, 2}, 2)
	c.i8("b.w", []int8{1, 2, 3, 4}, 2, 2)
	c.add("c", Int4, []byte{1}, 2)
	f.Add(c.bytes())
	f.Add([]byte(tensorMagic))
	f.Fuzz(func(t *testing.T, in []byte) {
		x, err := OpenTensors(in)
		if err != nil {
			return
		}
		for _, name := range x.Names() {
			d, dims, err := x.Shape(name)
			if err != nil {
				t.Fatal(err)
			}
			n := 1
			for _, v := range dims {
				n *= v
			}
			b, err := x.get(name, d, dims)
			if err != nil || uint64(len(b)) != d.bytes(uint64(n)) {
				t.Errorf("%q: %s %v has %d bytes: %v", name, d, dims, len(b), err)
			}
			if d == Float32 {
				_, _ = x.F32(name, dims...)
			}
		}
	})
}

// A damaged network is refused or loads; it never panics.
func FuzzLoad(f *testing.F) {
	c := Config{Layers: 1, Hidden: 8, Heads: 2, FFN: 8, MaxPos: 4, LNEps: 1e-12}
	good := randomModel(c, 5, 2, Int8, 1)
	f.Add(good, uint16(13), byte(1))
	f.Fuzz(func(t *testing.T, in []byte, at uint16, b byte) {
		if len(in) > 0 {
			in = bytes.Clone(in)
			in[int(at)%len(in)] = b
		}
		x, err := OpenTensors(in)
		if err != nil {
			return
		}
		e, err := Load(x, c)
		if err != nil {
			return
		}
		if e.Vocab() < 1 {
			t.Fatal("a network without words was loaded")
		}
		shapes := make([]uint8, 2)
		if got := e.Encode([]int32{0, int32(e.Vocab() - 1)}, shapes, []int32{0, 2}, &Scratch{}); len(got) != 16 {
			t.Errorf("%d values", len(got))
		}
	})
}
