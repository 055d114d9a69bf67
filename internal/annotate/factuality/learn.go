package factuality

import (
	"math"
	"math/rand/v2"

	"casus"
)

// Gold is one annotated predicate with its value on the scale of UDS.
type Gold struct {
	Head  casus.TokenID
	Value float32
}

// Lesson is a parsed document with its annotated predicates.
type Lesson struct {
	Doc  *casus.Document
	Gold []Gold
}

// LearnOptions configures Learn.
type LearnOptions struct {
	Epochs      int
	Rate, Decay float64
	Log         func(format string, args ...any)
}

// Learn trains a weight file. The same lessons give the same bytes.
func Learn(lessons []Lesson, opts LearnOptions) ([]byte, error) {
	a, err := newAnnotator(nil)
	if err != nil {
		return nil, err
	}
	l := &learner{w: make([]float32, tableSize), sum: make([]float32, tableSize), opts: opts, rate: float32(opts.Rate)}
	w := &work{a: a}
	type item struct {
		value float32
		f     []uint32
	}
	var items []item
	for i := range lessons {
		w.prepare(lessons[i].Doc)
		for _, g := range lessons[i].Gold {
			w.features(g.Head)
			items = append(items, item{g.Value, append([]uint32(nil), w.f...)})
		}
	}
	rng := rand.New(rand.NewPCG(3, 5))
	mean := make([]float32, tableSize)
	for e := range opts.Epochs {
		l.err = 0
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		for i := range items {
			l.learn(items[i].value, items[i].f)
		}
		l.rate *= 0.85
		if from := min(2, opts.Epochs-1); e >= from {
			for i, x := range l.w {
				mean[i] += x / float32(opts.Epochs-from)
			}
		}
		opts.Log("pass %d: error %.3f over %d predicates", e+1, l.err/float64(len(items)), len(items))
	}
	return writeModel(mean), nil
}

type learner struct {
	w, sum []float32 // weights and sums of squared gradients
	opts   LearnOptions
	rate   float32
	err    float64
}

// learn takes one step (AdaGrad) on Huber's loss, the smooth form of the
// absolute error.
func (l *learner) learn(want float32, f []uint32) {
	s := float32(0)
	for _, x := range f {
		s += l.w[x&tableMask]
	}
	v := squash(s)
	d := v - want
	l.err += math.Abs(float64(d))
	g := max(-1, min(1, d)) * (1.02 - v*v/9)
	for _, x := range f {
		i := x & tableMask
		l.sum[i] += g * g
		l.w[i] -= l.rate * (g/float32(math.Sqrt(float64(l.sum[i])+1e-6)) + float32(l.opts.Decay)*l.w[i])
	}
}
