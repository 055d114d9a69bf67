package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/internal/nlp/encoder/kernel"
)

func loadWith(t testing.TB, section []byte, c Config, name string) *Encoder {
	t.Helper()
	set, err := kernel.Choose(name)
	if err != nil {
		t.Fatal(err)
	}
	x, err := OpenTensors(section)
	if err != nil {
		t.Fatal(err)
	}
	e, err := load(x, c, set, nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// batch makes sequences of chance pieces.
func batch(r *rand.Rand, vocab, shapes int, lengths ...int) (ids []int32, shape []uint8, seqs []int32) {
	seqs = []int32{0}
	for _, n := range lengths {
		for range n {
			ids = append(ids, int32(r.IntN(vocab)))
			shape = append(shape, uint8(r.IntN(max(shapes, 1))))
		}
		seqs = append(seqs, int32(len(ids)))
	}
	return ids, shape, seqs
}

var small = Config{Layers: 2, Hidden: 64, Heads: 2, FFN: 96, MaxPos: 80, LNEps: 1e-12}

// The sizes that no vector kernel likes: heads of 10, a hidden size of 30.
var odd = Config{Layers: 2, Hidden: 30, Heads: 3, FFN: 50, MaxPos: 80, LNEps: 1e-12}

func TestEncodeAgainstReference(t *testing.T) {
	for _, name := range kernel.Available() {
		for _, c := range []struct {
			name   string
			cfg    Config
			shapes int
			word   DType
		}{{"int8 words", small, 5, Int8}, {"int4 words", small, 0, Int4}, {"odd sizes", odd, 3, Int8}} {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				section := randomModel(c.cfg, 50, c.shapes, c.word, 7)
				e := loadWith(t, section, c.cfg, name)
				r := rand.New(rand.NewPCG(1, 1))
				ids, shapes, seqs := batch(r, 50, c.shapes, 1, 2, 17, 33, 0, 80)
				got := e.Encode(ids, shapes, seqs, &Scratch{})
				want := referenceEncode(t, section, c.cfg, ids, shapes, seqs)
				// Hidden states have about unit variance; activations of 8 bits
				// cost a few hundredths.
				worst, sum := 0.0, 0.0
				for i := range want {
					d := math.Abs(float64(got[i]) - want[i])
					worst, sum = max(worst, d), sum+d*d
				}
				rms := math.Sqrt(sum / float64(len(want)))
				t.Logf("rms %.4f, worst %.4f", rms, worst)
				if rms > 0.03 || worst > 0.2 || math.IsNaN(rms) {
					t.Errorf("rms %.4f, worst %.4f", rms, worst)
				}
			})
		}
	}
}

func TestEncodeAloneEqualsInABatch(t *testing.T) {
	for _, name := range kernel.Available() {
		t.Run(name, func(t *testing.T) {
			e := loadWith(t, randomModel(small, 50, 5, Int8, 3), small, name)
			r := rand.New(rand.NewPCG(2, 2))
			lengths := []int{5, 1, 80, 13, 0, 47, 64, 3, 16, 79, 31, 32, 33}
			ids, shapes, seqs := batch(r, 50, 5, lengths...)
			all := slices.Clone(e.Encode(ids, shapes, seqs, &Scratch{}))
			var s Scratch
			for i := range lengths {
				a, b := seqs[i], seqs[i+1]
				one := e.Encode(ids[a:b], shapes[a:b], []int32{0, b - a}, &s)
				if !slices.Equal(one, all[int(a)*small.Hidden:int(b)*small.Hidden]) {
					t.Errorf("sequence %d of %d pieces differs", i, b-a)
				}
			}
		})
	}
}

func TestEncodeWithAnyNumberOfWorkers(t *testing.T) {
	for _, name := range kernel.Available() {
		e := loadWith(t, randomModel(small, 50, 5, Int8, 3), small, name)
		ids, shapes, seqs := batch(rand.New(rand.NewPCG(2, 2)), 50, 5, 40, 20, 60)
		want := slices.Clone(e.Encode(ids, shapes, seqs, &Scratch{}))
		var wg sync.WaitGroup
		same := make([]bool, 4)
		for i := range same {
			wg.Go(func() { same[i] = slices.Equal(want, e.Encode(ids, shapes, seqs, &Scratch{})) })
		}
		wg.Wait()
		if slices.Contains(same, false) {
			t.Errorf("%s: workers see %v", name, same)
		}
	}
}

// All kernels agree bit for bit, also where no vector fits.
func TestKernelsAgree(t *testing.T) {
	for _, c := range []Config{small, odd} {
		section := randomModel(c, 50, 5, Int8, 3)
		ids, shapes, seqs := batch(rand.New(rand.NewPCG(2, 2)), 50, 5, 40, 20, 61, 1)
		want := loadWith(t, section, c, "portable").Encode(ids, shapes, seqs, &Scratch{})
		for _, name := range kernel.Available() {
			got := loadWith(t, section, c, name).Encode(ids, shapes, seqs, &Scratch{})
			for i, v := range want {
				if got[i] != v {
					t.Fatalf("hidden size %d: value %d: %s %v, portable %v", c.Hidden, i, name, got[i], v)
				}
			}
		}
	}
}

// The same bits on every processor and architecture.
func TestSameBitsEverywhere(t *testing.T) {
	const want = "89a9dd1e755cf5a9c7e8364c510392d325b3d7dd026086335f2abf9fbe25d579"
	for _, name := range kernel.Available() {
		ids, shapes, seqs := batch(rand.New(rand.NewPCG(2, 2)), 50, 5, 40, 20, 61, 1)
		h := sha256.New()
		for _, c := range []Config{small, odd} {
			x := loadWith(t, randomModel(c, 50, 5, Int8, 3), c, name).Encode(ids, shapes, seqs, &Scratch{})
			if err := binary.Write(h, binary.LittleEndian, x); err != nil {
				t.Fatal(err)
			}
		}
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestEncodeDoesNotAllocate(t *testing.T) {
	for _, name := range kernel.Available() {
		e := loadWith(t, randomModel(small, 50, 5, Int8, 3), small, name)
		ids, shapes, seqs := batch(rand.New(rand.NewPCG(2, 2)), 50, 5, 40, 20, 61)
		var s Scratch
		if n := testing.AllocsPerRun(3, func() { e.Encode(ids, shapes, seqs, &s) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestEncodeRefusesWrongInput(t *testing.T) {
	e := loadWith(t, randomModel(small, 50, 5, Int8, 3), small, "portable")
	for _, c := range []struct {
		name   string
		ids    []int32
		shapes []uint8
		seqs   []int32
		want   string
	}{
		{"piece", []int32{50}, []uint8{0}, []int32{0, 1}, "piece 50; the vocabulary has 50"},
		{"negative piece", []int32{-1}, []uint8{0}, []int32{0, 1}, "piece -1"},
		{"length", make([]int32, 81), make([]uint8, 81), []int32{0, 81}, "sequence 0 has 81 pieces; 0 to 80"},
		{"offsets", make([]int32, 3), make([]uint8, 3), []int32{0, 2}, "do not cover 3 pieces"},
		{"falling offsets", make([]int32, 3), make([]uint8, 3), []int32{0, 4, 3}, "sequence 1 has -1"},
		{"shapes", make([]int32, 3), nil, []int32{0, 3}, "0 shapes for 3 pieces"},
		{"shape", make([]int32, 1), []uint8{5}, []int32{0, 1}, "shape 5; the network has 5"},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, c.want) {
					t.Errorf("%s: %s, want %q in it", c.name, got, c.want)
				}
			}()
			e.Encode(c.ids, c.shapes, c.seqs, &Scratch{})
		}()
	}
	if got := e.Encode(nil, nil, nil, &Scratch{}); len(got) != 0 {
		t.Errorf("no input: %d values", len(got))
	}
	if got := e.Encode(nil, nil, []int32{0, 0, 0}, &Scratch{}); len(got) != 0 {
		t.Errorf("two empty sequences: %d values", len(got))
	}
}

func TestLoadRefusesWrongNetworks(t *testing.T) {
	open := func(edit func(*container)) *Tensors {
		c := &container{}
		r := rand.New(rand.NewPCG(1, 1))
		c.linear(r, "h", 4, 3, 1)
		edit(c)
		x, err := OpenTensors(c.bytes())
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	none := func(*container) {}
	if _, err := LoadLinear(open(none), "h", 4, 3); err != nil {
		t.Error(err)
	}
	if _, err := LoadLinear(open(none), "h", 3, 4); err == nil || !strings.Contains(err.Error(), `"h.w" is int8 [3 4], want int8 [4 3]`) {
		t.Errorf("shape: %v", err)
	}
	if _, err := LoadLinear(open(func(c *container) { c.data[0][5] = 64 }), "h", 4, 3); err == nil || !strings.Contains(err.Error(), `"h.w": weight 64 of output 1, input 1`) {
		t.Errorf("weight: %v", err)
	}
	x, err := OpenTensors(randomModel(small, 5, 0, Int8, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		edit func(*Config)
		want string
	}{
		{"too many layers", func(c *Config) { c.Layers = 3 }, `"l2.qkv.w" is missing`},
		{"too few layers", func(c *Config) { c.Layers = 1 }, `"l1.qkv.w" is there`},
		{"heads", func(c *Config) { c.Heads = 3 }, "no multiple of 3 heads"},
		{"positions", func(c *Config) { c.MaxPos = 81 }, `"emb.pos" is float32 [80 64], want float32 [81 64]`},
		{"epsilon", func(c *Config) { c.LNEps = 0 }, "must be positive"},
	} {
		cfg := small
		c.edit(&cfg)
		if _, err := Load(x, cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
}

func TestLinearApply(t *testing.T) {
	c := &container{}
	r := rand.New(rand.NewPCG(1, 1))
	c.linear(r, "h", 20, 7, 0.3)
	x, err := OpenTensors(c.bytes())
	if err != nil {
		t.Fatal(err)
	}
	l, err := LoadLinear(x, "h", 20, 7)
	if err != nil {
		t.Fatal(err)
	}
	if l.In() != 20 || l.Out() != 7 {
		t.Errorf("%d to %d", l.In(), l.Out())
	}
	n := 2*linearRows + 5
	in, out := normals(r, n*20, 1), make([]float32, n*7)
	ref := newReference(t, x)
	for _, act := range []Activation{None, GELU, ReLU} {
		l.Apply(out, in, n, act, &Scratch{})
		for i := range n {
			row := make([]float64, 20)
			for j := range row {
				row[j] = float64(in[i*20+j])
			}
			for j, want := range ref.linear("h", row, 20, 7) {
				switch act {
				case GELU:
					want = exactGELU(want)
				case ReLU:
					want = max(want, 0)
				}
				if d := math.Abs(float64(out[i*7+j]) - want); !(d < 0.05) {
					t.Fatalf("activation %d, row %d, output %d: %v, want %v", act, i, j, out[i*7+j], want)
				}
			}
		}
	}
}

func TestMatMulF32(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	a, b, c := normals(r, 3*5, 1), normals(r, 4*5, 1), make([]float32, 12)
	MatMulF32(c, a, b, 3, 4, 5)
	for i := range 3 {
		for j := range 4 {
			want := 0.0
			for k := range 5 {
				want += float64(a[i*5+k]) * float64(b[j*5+k])
			}
			if math.Abs(float64(c[i*4+j])-want) > 1e-5 {
				t.Errorf("%d, %d: %v, want %v", i, j, c[i*4+j], want)
			}
		}
	}
}

// Sentences of 30 to 60 pieces in a batch, as the accurate tier runs them.
func BenchmarkEncode(b *testing.B) {
	for _, c := range []Config{
		{Layers: 6, Hidden: 384, Heads: 12, FFN: 1536, MaxPos: 512, LNEps: 1e-12},
		{Layers: 4, Hidden: 256, Heads: 8, FFN: 1024, MaxPos: 512, LNEps: 1e-12},
	} {
		section := randomModel(c, 1000, 16, Int8, 1)
		r := rand.New(rand.NewPCG(1, 1))
		var lengths []int
		for range 16 {
			lengths = append(lengths, 30+r.IntN(31))
		}
		ids, shapes, seqs := batch(r, 1000, 16, lengths...)
		for _, name := range kernel.Available() {
			b.Run(fmt.Sprintf("%dx%d/%s", c.Layers, c.Hidden, name), func(b *testing.B) {
				e := loadWith(b, section, c, name)
				var s Scratch
				e.Encode(ids, shapes, seqs, &s)
				before := cpuTime()
				for b.Loop() {
					e.Encode(ids, shapes, seqs, &s)
				}
				b.ReportMetric(float64(b.N*len(ids))/(cpuTime()-before).Seconds(), "pieces/cpu-s")
			})
		}
	}
}

// What a process pays before its first sentence.
func BenchmarkLoad(b *testing.B) {
	c := Config{Layers: 6, Hidden: 384, Heads: 12, FFN: 1536, MaxPos: 512, LNEps: 1e-12}
	section := randomModel(c, 1000, 16, Int8, 1)
	for _, name := range kernel.Available() {
		b.Run(name, func(b *testing.B) {
			before := cpuTime()
			for b.Loop() {
				loadWith(b, section, c, name)
			}
			b.ReportMetric((cpuTime()-before).Seconds()*1e3/float64(b.N), "cpu-ms")
		})
	}
}
