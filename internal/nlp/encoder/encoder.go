package encoder

import (
	"fmt"

	"casus/internal/nlp/encoder/kernel"
)

// Config is the size of a network.
type Config struct {
	Layers int     `json:"layers"`
	Hidden int     `json:"hidden"`
	Heads  int     `json:"heads"`
	FFN    int     `json:"ffn"`     // values inside the feed-forward layer
	MaxPos int     `json:"max_pos"` // the longest sequence, in pieces
	LNEps  float32 `json:"ln_eps"`  // added to the variance in layer norms
}

func (c Config) check() error {
	if c.Layers < 1 || c.Hidden < 1 || c.Heads < 1 || c.FFN < 1 || c.MaxPos < 1 || !(c.LNEps > 0) {
		return fmt.Errorf("encoder: every size and ln_eps must be positive: %+v", c)
	}
	if c.Hidden%c.Heads != 0 {
		return fmt.Errorf("encoder: hidden size %d is no multiple of %d heads", c.Hidden, c.Heads)
	}
	return nil
}

// Encoder is a loaded network. It is immutable and safe for concurrent use.
type Encoder struct {
	c      Config
	set    *kernel.Set
	word   words
	pos    []float32 // [max_pos][hidden]
	shape  []float32 // [shapes][hidden]; nil: none
	shapes int
	ln     layerNorm
	layers []layer
}

type layerNorm struct{ g, b []float32 }

type layer struct {
	qkv, out, inner, outer *Linear
	ln1, ln2               layerNorm
}

// Load reads the network from its tensors; docs/format/tensors.md names them.
// It checks every shape and value. The word embeddings stay in the section's
// memory; all else is copied.
func Load(t *Tensors, c Config) (*Encoder, error) {
	set, err := chosen()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvKernel, err)
	}
	return load(t, c, set, nil)
}

// LoadSharing reads a network whose word embeddings are those of another: of a
// student and its teacher. Its tensors hold none ("emb.word").
func LoadSharing(t *Tensors, c Config, of *Encoder) (*Encoder, error) {
	set, err := chosen()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvKernel, err)
	}
	if c.Hidden != of.c.Hidden {
		return nil, fmt.Errorf("encoder: word embeddings of %d values do not serve a network of %d", of.c.Hidden, c.Hidden)
	}
	return load(t, c, set, &of.word)
}

func load(t *Tensors, c Config, set *kernel.Set, shared *words) (*Encoder, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	l := loader{t: t, set: set}
	e := &Encoder{c: c, set: set, pos: l.f32("emb.pos", c.MaxPos, c.Hidden), ln: l.norm("emb.ln", c.Hidden)}
	switch {
	case l.err != nil:
	case shared != nil:
		e.word = *shared
	default:
		e.word, l.err = loadWords(t, c.Hidden)
	}
	if t.Has("emb.shape") {
		e.shape = l.f32("emb.shape", -1, c.Hidden)
		e.shapes = len(e.shape) / c.Hidden
	}
	for i := 0; i < c.Layers && l.err == nil; i++ {
		p := fmt.Sprintf("l%d.", i)
		e.layers = append(e.layers, layer{
			qkv:   l.linear(p+"qkv", c.Hidden, 3*c.Hidden),
			out:   l.linear(p+"o", c.Hidden, c.Hidden),
			inner: l.linear(p+"f1", c.Hidden, c.FFN),
			outer: l.linear(p+"f2", c.FFN, c.Hidden),
			ln1:   l.norm(p+"ln1", c.Hidden),
			ln2:   l.norm(p+"ln2", c.Hidden),
		})
	}
	if l.err != nil {
		return nil, fmt.Errorf("encoder: %w", l.err)
	}
	if extra := fmt.Sprintf("l%d.qkv.w", c.Layers); t.Has(extra) {
		return nil, fmt.Errorf("encoder: tensor %q is there, but the configuration says %d layers", extra, c.Layers)
	}
	return e, nil
}

// loader keeps the first error.
type loader struct {
	t   *Tensors
	set *kernel.Set
	err error
}

func (l *loader) f32(name string, dims ...int) []float32 {
	if l.err != nil {
		return nil
	}
	var x []float32
	x, l.err = l.t.F32(name, dims...)
	return x
}

func (l *loader) norm(name string, h int) layerNorm {
	return layerNorm{l.f32(name+".g", h), l.f32(name+".b", h)}
}

func (l *loader) linear(name string, in, out int) *Linear {
	if l.err != nil {
		return nil
	}
	var x *Linear
	x, l.err = loadLinear(l.t, l.set, name, in, out)
	return x
}

// Config gives the sizes that the network was loaded with.
func (e *Encoder) Config() Config { return e.c }

// Vocab gives the number of piece ids, Shapes of word shapes (0: the network
// has no shape embedding, and shapes are not looked at).
func (e *Encoder) Vocab() int  { return e.word.n }
func (e *Encoder) Shapes() int { return e.shapes }

// groupRows is about how many pieces go through all layers together; a longer
// sequence goes alone.
const groupRows = 192

// Encode runs the sequences ids[seqs[i]:seqs[i+1]] and gives their hidden
// states, [len(ids)][hidden] row-major, valid until the next call with s.
// shapes is parallel to ids, or empty where the network has no shape
// embedding. The caller puts [CLS] and [SEP] in.
//
// The arguments are the caller's own making: ids or shapes out of range,
// offsets that do not rise from 0 to len(ids), and sequences longer than
// Config.MaxPos panic.
func (e *Encoder) Encode(ids []int32, shapes []uint8, seqs []int32, s *Scratch) []float32 {
	e.checkInput(ids, shapes, seqs)
	x := grow(&s.hidden, len(ids)*e.c.Hidden)
	for first := 0; first < len(seqs)-1; {
		last := first + 1
		for last < len(seqs)-1 && seqs[last+1]-seqs[first] <= groupRows {
			last++
		}
		e.group(x, ids, shapes, seqs[first:last+1], s)
		first = last
	}
	return x
}

func (e *Encoder) checkInput(ids []int32, shapes []uint8, seqs []int32) {
	if len(ids) == 0 && len(seqs) < 2 {
		return
	}
	if len(seqs) < 2 || seqs[0] != 0 || int(seqs[len(seqs)-1]) != len(ids) {
		panic(fmt.Sprintf("encoder: offsets %v do not cover %d pieces", seqs, len(ids)))
	}
	for i, n := range seqs[1:] {
		if d := int64(n) - int64(seqs[i]); d < 0 || d > int64(e.c.MaxPos) {
			panic(fmt.Sprintf("encoder: sequence %d has %d pieces; 0 to %d can be run", i, d, e.c.MaxPos))
		}
	}
	if e.shapes > 0 && len(shapes) != len(ids) {
		panic(fmt.Sprintf("encoder: %d shapes for %d pieces", len(shapes), len(ids)))
	}
}

// group runs neighbouring sequences through all layers.
func (e *Encoder) group(all []float32, ids []int32, shapes []uint8, seqs []int32, s *Scratch) {
	h, first, last := e.c.Hidden, int(seqs[0]), int(seqs[len(seqs)-1])
	n := last - first
	x := all[first*h : last*h]
	for i := 0; i < len(seqs)-1; i++ {
		for p := int(seqs[i]); p < int(seqs[i+1]); p++ {
			e.embed(all[p*h:(p+1)*h], int(ids[p]), p-int(seqs[i]))
			if e.shapes > 0 {
				e.addShape(all[p*h:(p+1)*h], int(shapes[p]))
			}
		}
	}
	e.set.LayerNorm(x, n, h, e.ln.g, e.ln.b, e.c.LNEps)
	qkv, ctx := grow(&s.qkv, n*3*h), grow(&s.ctx, n*h)
	for i := range e.layers {
		l := &e.layers[i]
		l.qkv.apply(qkv, x, n, None, nil, s)
		for j := 0; j < len(seqs)-1; j++ {
			a, b := int(seqs[j])-first, int(seqs[j+1])-first
			tmp := grow(&s.attention, kernel.AttentionScratch(b-a, h, e.c.Heads))
			e.set.Attention(ctx[a*h:b*h], qkv[a*3*h:b*3*h], b-a, h, e.c.Heads, tmp)
		}
		l.out.apply(x, ctx, n, None, x, s)
		e.set.LayerNorm(x, n, h, l.ln1.g, l.ln1.b, e.c.LNEps)
		e.feedForward(l, x, n, s)
	}
}

// feedForward goes over the rows in blocks, so that the inner values stay in
// the cache.
func (e *Encoder) feedForward(l *layer, x []float32, n int, s *Scratch) {
	h := e.c.Hidden
	inner := grow(&s.inner, min(n, linearRows)*e.c.FFN)
	for r := 0; r < n; r += linearRows {
		m := min(linearRows, n-r)
		rows := x[r*h : (r+m)*h]
		l.inner.apply(inner, rows, m, GELU, nil, s)
		l.outer.apply(rows, inner, m, None, rows, s)
		e.set.LayerNorm(rows, m, h, l.ln2.g, l.ln2.b, e.c.LNEps)
	}
}
