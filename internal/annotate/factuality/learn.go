package factuality

import (
	"math"
	"math/rand/v2"

	"casus"
)

// Gold is one annotated predicate. Of UDS the value is known and the status
// only as far as "has not happened" goes: Negated there covers Planned.
type Gold struct {
	Head     casus.TokenID
	Status   casus.Status
	Value    float32
	HasValue bool
}

// Lesson is a parsed document with its annotated predicates.
type Lesson struct {
	Doc  *casus.Document
	Gold []Gold
}

// LearnOptions configures Learn. Weight multiplies the loss of lessons without
// values, which are few.
type LearnOptions struct {
	Epochs int
	Rate   float64
	Weight float64
	Log    func(format string, args ...any)
}

// Learn trains a weight file. The same lessons give the same bytes.
func Learn(lessons []Lesson, opts LearnOptions) ([]byte, error) {
	a, err := newAnnotator(nil)
	if err != nil {
		return nil, err
	}
	l := &learner{w: make([]float32, tableSize*outputs), sum: make([]float32, tableSize*outputs), opts: opts, rate: float32(opts.Rate)}
	w := &work{a: a}
	type item struct {
		gold Gold
		f    []uint32
	}
	var items []item
	for i := range lessons {
		w.prepare(lessons[i].Doc)
		for _, g := range lessons[i].Gold {
			w.features(g.Head)
			items = append(items, item{g, append([]uint32(nil), w.f...)})
		}
	}
	rng := rand.New(rand.NewPCG(3, 5))
	for e := range opts.Epochs {
		l.loss, l.err, l.n = 0, 0, 0
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		for i := range items {
			l.learn(&items[i].gold, items[i].f)
		}
		l.rate *= 0.85
		opts.Log("epoch %d: log loss %.3f, error %.3f over %d", e+1, l.loss/float64(l.n), l.err/float64(l.n), l.n)
	}
	return writeModel(l.w), nil
}

type learner struct {
	w, sum    []float32
	opts      LearnOptions
	rate      float32
	loss, err float64
	n         int
}

func (l *learner) learn(g *Gold, f []uint32) {
	var s [outputs]float64
	for _, x := range f {
		for o, v := range l.w[int(x&tableMask)*outputs:][:outputs] {
			s[o] += float64(v)
		}
	}
	var grad [outputs]float32
	l.classes(g, s[:numClasses], grad[:numClasses])
	if g.HasValue {
		// The scorer wants the absolute error; Huber's loss is its smooth form.
		d := s[outputs-1] - float64(g.Value)
		l.err += math.Abs(d)
		grad[outputs-1] = float32(max(-1, min(1, d)))
	}
	l.n++
	for _, x := range f {
		at := int(x&tableMask) * outputs
		for o, d := range grad {
			if d == 0 {
				continue
			}
			l.sum[at+o] += d * d
			l.w[at+o] -= l.rate * (d/float32(math.Sqrt(float64(l.sum[at+o])+1e-6)) + 1e-4*l.w[at+o])
		}
	}
}

// classes sets the gradient of the log loss. Where gold only says that nothing
// has happened yet, negated and planned share the credit as the model splits it.
func (l *learner) classes(g *Gold, s []float64, grad []float32) {
	top := max(s[0], s[1], s[2], s[3])
	var p [numClasses]float64
	z := 0.0
	for i := range p {
		p[i] = math.Exp(s[i] - top)
		z += p[i]
	}
	for i := range p {
		p[i] /= z
	}
	weight := 1.0
	var want [numClasses]float64
	c := classOf(g.Status)
	if g.HasValue && c == classNegated {
		both := p[classNegated] + p[classPlanned]
		want[classNegated], want[classPlanned] = p[classNegated]/max(both, 1e-9), p[classPlanned]/max(both, 1e-9)
		l.loss -= math.Log(max(both, 1e-9))
	} else {
		want[c] = 1
		l.loss -= math.Log(max(p[c], 1e-9))
	}
	if !g.HasValue {
		weight = l.opts.Weight
	}
	for i := range p {
		grad[i] = float32(weight * (p[i] - want[i]))
	}
}
