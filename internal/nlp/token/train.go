package token

import (
	"math"
	"math/rand/v2"

	"casus"
)

const splitBits = 17

// example is one gap where a sentence may end.
type example struct {
	feats []uint32
	ends  bool
}

// Train learns where sentences end from documents with gold sentences, whose
// text is scanned anew, so that the model sees the words it will meet.
func Train(docs []*casus.Document, epochs int, seed uint64) *Splitter {
	var ex []example
	for _, doc := range docs {
		ex = appendExamples(ex, doc)
	}
	all, bias := make([]float64, 1<<splitBits), 0.0
	for i := range uint64(voices) {
		w, b := perceptron(ex, epochs, seed+i)
		for k, x := range w {
			all[k] += x
		}
		bias += b
	}
	return quantise(all, bias)
}

// voices is the number of perceptrons whose weights are added; boundMargin is
// the margin asked of a boundary, to that of other gaps of 1: missing one
// costs the parser two sentences.
const (
	voices      = 6
	boundMargin = 6.0
)

// perceptron gives averaged weights and the bias.
func perceptron(ex []example, epochs int, seed uint64) ([]float64, float64) {
	w, sum := make([]float64, 1<<splitBits), make([]float64, 1<<splitBits)
	var bias, biasSum, step float64
	rng := rand.New(rand.NewPCG(seed, 1))
	order := rng.Perm(len(ex))
	const mask = 1<<splitBits - 1
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &ex[i]
			step++
			score := bias
			for _, h := range e.feats {
				score += w[h&mask]
			}
			want, margin := -1.0, 1.0
			if e.ends {
				want, margin = 1, boundMargin
			}
			if score*want > margin {
				continue
			}
			bias += want
			biasSum += want * step
			for _, h := range e.feats {
				w[h&mask] += want
				sum[h&mask] += want * step
			}
		}
	}
	for i := range w {
		w[i] -= sum[i] / step
	}
	return w, bias - biasSum/step
}

// quantise scales to bytes.
func quantise(w []float64, bias float64) *Splitter {
	top := 0.0
	for i := range w {
		top = max(top, math.Abs(w[i]))
	}
	s := &Splitter{weights: make([]int8, len(w))}
	scale := 127 / max(top, 1e-9)
	for i := range w {
		s.weights[i] = int8(math.Round(w[i] * scale))
	}
	s.bias = int32(math.Round(bias * scale))
	return s
}

func appendExamples(ex []example, doc *casus.Document) []example {
	gold := map[casus.Pos]bool{}
	for _, s := range doc.Sentences {
		gold[s.Start] = true
	}
	var m Scratch
	m.a.text, m.a.pieces = doc.Text, Scan(doc.Text, nil)
	m.a.look()
	m.paragraphs()
	n := len(m.a.pieces)
	for from := 0; from < n; {
		to := from + 1
		for to < n && !m.par[to] {
			to++
		}
		b, start := m.a.block(from, to), from
		for i := from + 1; i < to; i++ {
			ends := gold[m.a.pieces[i].Start]
			if m.a.possible(i) {
				ex = append(ex, example{m.a.features(&b, start, i, nil), ends})
			}
			if ends {
				start = i
			}
		}
		from = to
	}
	return ex
}
