package ner

import (
	"math/rand/v2"
	"sort"
)

// TrainOptions steer Train; the zero value takes the defaults.
type TrainOptions struct {
	Epochs   int // default 10
	LineBits int // log2 of the lines of weights, default 16
	Runs     int // independent runs whose weights are averaged, default 5
	Seed     uint64
	// Clusters are distributional classes of words in small letters with figures
	// as 0, numbered from 1; those above 255 are not used.
	Clusters map[string]uint16
	// Progress, if set, is told of each finished pass.
	Progress func(epoch int, accuracy float64)
}

func (o TrainOptions) withDefaults() TrainOptions {
	if o.Epochs == 0 {
		o.Epochs = 10
	}
	if o.LineBits == 0 {
		o.LineBits = 16
	}
	if o.Runs == 0 {
		o.Runs = 5
	}
	if o.Progress == nil {
		o.Progress = func(int, float64) {}
	}
	return o
}

// trainer is an averaged structured perceptron (Collins 2002).
type trainer struct {
	w, trans, begin averaged
	shift           uint
	allow           allowance
	s               Scratch
	gold            []label
	res             *resources
}

type averaged struct {
	w   []float32
	sum []float64
}

func newAveraged(n int) averaged { return averaged{make([]float32, n), make([]float64, n)} }

func (a *averaged) add(i int, v float32, step float64) {
	a.w[i] += v
	a.sum[i] += step * float64(v)
}

func (a *averaged) average(step float64) []float64 {
	out := make([]float64, len(a.w))
	for i := range out {
		out[i] = float64(a.w[i]) - a.sum[i]/step
	}
	return out
}

// workScale is how many integer steps a weight of one takes while training, so
// that training and tagging share one Viterbi over integers.
const workScale = 8

// Train learns a tagger. The same sentences and options give the same model.
// What goes wrong is told by AppendBinary.
func Train(train []Sentence, opts TrainOptions) *Model {
	opts = opts.withDefaults()
	gaz, err := names()
	if err != nil {
		return &Model{err: err}
	}
	res := &resources{newClasses(opts.Clusters), gaz}
	allow := collectAllowance(res, train)
	var w, trans, begin []float64
	for run := range opts.Runs {
		t := &trainer{
			w: newAveraged(lineSize << opts.LineBits), trans: newAveraged(numLabels * numLabels), begin: newAveraged(numLabels),
			shift: 64 - uint(opts.LineBits), allow: allow, res: res,
		}
		step := t.learnAll(train, rand.New(rand.NewPCG(opts.Seed, uint64(run)<<8|3)), opts)
		w = accumulate(w, t.w.average(step))
		trans, begin = accumulate(trans, t.trans.average(step)), accumulate(begin, t.begin.average(step))
	}
	m := &Model{bits: uint8(opts.LineBits), allow: allow, classes: res.classes}
	m.quantise(w, trans, begin)
	return m
}

func (t *trainer) learnAll(train []Sentence, rng *rand.Rand, opts TrainOptions) (step float64) {
	order, step := rng.Perm(len(train)), 1.0
	for epoch := range opts.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right := 0
		for _, i := range order {
			if t.sentence(&train[i], step) {
				right++
			}
			step++
		}
		opts.Progress(epoch+1, float64(right)/float64(max(len(order), 1)))
	}
	return step
}

// accumulate adds b to a; a nil a is zero.
func accumulate(a, b []float64) []float64 {
	if a == nil {
		return b
	}
	for i, v := range b {
		a[i] += v
	}
	return a
}

// collectAllowance notes which labels words of a tag and a shape have; those
// met once or twice are taken for errors of annotation or tagging.
func collectAllowance(res *resources, train []Sentence) allowance {
	var count [numShapes][30][numLabels]int
	var a allowance
	var gold []label
	for i := range train {
		t := &train[i]
		gold = labels(len(t.Form), t.Names, gold)
		for j, l := range gold {
			k := makeKey(res.classes, t.Form[j], t.UPOS[j], t.XPOS[j])
			if count[k.class][k.upos][l]++; count[k.class][k.upos][l] > 2 {
				a[k.class][k.upos] |= 1 << l
			}
		}
	}
	return a
}

func (t *trainer) sentence(sent *Sentence, step float64) bool {
	s := &t.s
	if len(sent.Form) == 0 {
		return true
	}
	s.loadSentence(sent, t.res)
	t.gold = labels(s.n, sent.Names, t.gold)
	if !s.masks(&t.allow) {
		return true
	}
	for i := range s.n {
		s.emit[i] = [numLabels]int32{}
		if s.mask[i] != 1<<outside {
			s.extract(i)
			t.emission(i)
		}
	}
	trans, begin := t.steps()
	s.viterbi(trans, begin)
	return t.update(step)
}

func (t *trainer) emission(i int) {
	var score [numLabels]float32
	for _, f := range &t.s.feat {
		start, perm := line(f, t.shift)
		for l := range score {
			score[l] += t.w.w[start+int((uint64(l)^perm)&(lineSize-1))]
		}
	}
	for l, v := range score {
		// A margin: every label but the right one gets a start.
		if label(l) != t.gold[i] {
			v += 3
		}
		t.s.emit[i][l] = int32(v * workScale)
	}
}

// steps gives the transition weights as integers, forbidden ones far down.
func (t *trainer) steps() (*[numLabels][numLabels]int32, *[numLabels]int32) {
	var trans [numLabels][numLabels]int32
	var begin [numLabels]int32
	for a := range trans {
		for b := range trans[a] {
			trans[a][b] = forbidden
			if mayFollow(label(a), label(b)) {
				trans[a][b] = int32(t.trans.w[a*numLabels+b] * workScale)
			}
		}
		begin[a] = forbidden
		if mayFollow(outside, label(a)) {
			begin[a] = int32(t.begin.w[a] * workScale)
		}
	}
	return &trans, &begin
}

// update moves the weights from the path found to the right one.
func (t *trainer) update(step float64) bool {
	s, right := &t.s, true
	for i := range s.n {
		got, want := s.path[i], t.gold[i]
		if got != want {
			right = false
			s.extract(i)
			for _, f := range &s.feat {
				start, perm := line(f, t.shift)
				t.w.add(start+int((uint64(want)^perm)&(lineSize-1)), 1, step)
				t.w.add(start+int((uint64(got)^perm)&(lineSize-1)), -1, step)
			}
		}
		if i == 0 {
			if got != want {
				t.begin.add(int(want), 1, step)
				t.begin.add(int(got), -1, step)
			}
			continue
		}
		if g, w := s.path[i-1], t.gold[i-1]; got != want || g != w {
			t.trans.add(int(w)*numLabels+int(want), 1, step)
			t.trans.add(int(g)*numLabels+int(got), -1, step)
		}
	}
	return right
}

// quantise rounds the weights to bytes, and the few pair weights with the same
// step.
func (m *Model) quantise(w, trans, begin []float64) {
	m.Scale = quantile(w, 0.9995) / 127
	if m.Scale == 0 {
		m.Scale = 1
	}
	m.weights = make([]int8, len(w))
	for i, v := range w {
		m.weights[i] = int8(round(min(max(v/m.Scale, -127), 127)))
	}
	limit := func(v float64) int32 { return int32(round(min(max(v/m.Scale, -2000), 2000))) }
	for a := range m.trans {
		for b := range m.trans[a] {
			m.trans[a][b] = limit(trans[a*numLabels+b])
		}
		m.begin[a] = limit(begin[a])
	}
}

func round(v float64) int {
	if v < 0 {
		return int(v - 0.5)
	}
	return int(v + 0.5)
}

// quantile gives the q-quantile of the magnitudes of the values not zero.
func quantile(w []float64, q float64) float64 {
	var mags []float64
	for _, v := range w {
		if v != 0 {
			mags = append(mags, max(v, -v))
		}
	}
	if len(mags) == 0 {
		return 0
	}
	sort.Float64s(mags)
	return mags[min(int(q*float64(len(mags))), len(mags)-1)]
}
