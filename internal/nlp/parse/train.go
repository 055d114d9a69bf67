package parse

import (
	"math/rand/v2"

	"casus/ud"
)

// TrainOptions steer Train. The zero value takes the defaults of the shipped
// model.
type TrainOptions struct {
	Epochs      int // passes for the tree, default 12
	LabelEpochs int // passes for the relations, default 8
	ActionBits  int // log2 of the rows of the tree's table, default 20
	LabelBits   int // log2 of the lines of the relations' table, default 15
	Seed        uint64
	// Progress, if set, is told of each finished pass.
	Progress func(stage string, epoch int, accuracy float64)
}

func (o TrainOptions) withDefaults() TrainOptions {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&o.Epochs, 12)
	def(&o.LabelEpochs, 8)
	def(&o.ActionBits, 20)
	def(&o.LabelBits, 15)
	if o.Progress == nil {
		o.Progress = func(string, int, float64) {}
	}
	return o
}

// Train learns a parser. Sentences whose trees cross are lifted to projective
// ones. The same sentences and options give the same model.
func Train(train []Sentence, opts TrainOptions) *Model {
	opts = opts.withDefaults()
	m := &Model{actionBits: uint8(opts.ActionBits), labelBits: uint8(opts.LabelBits)}
	gold := make([]*oracle, len(train))
	for i := range train {
		gold[i] = newOracle(projective(train[i].Head))
	}
	m.actions, m.ActionScale = trainActions(train, gold, opts)
	m.cand = collectCandidates(train)
	m.labels, m.LabelScale = trainLabels(train, gold, &m.cand, opts)
	return m
}

// averaged is a perceptron's weights with what is needed for their average
// over all steps: w - sum/steps (Daumé 2006, section 2.1.1).
type averaged struct {
	w    []float32
	sum  []float64
	step float64
}

func newAveraged(n int) *averaged {
	return &averaged{w: make([]float32, n), sum: make([]float64, n), step: 1}
}

func (a *averaged) add(i int, v float32) {
	a.w[i] += v
	a.sum[i] += a.step * float64(v)
}

func (a *averaged) average(i int) float64 { return float64(a.w[i]) - a.sum[i]/a.step }

// explore is the chance that training follows the model's own choice rather
// than the gold one, after the first pass.
const explore = 0.95

// wideMargin is how far the right action must stand above the others to be
// left alone; perceptrons with a margin survive rounding to bytes better.
const wideMargin = 12

type actionTrainer struct {
	w     *averaged // numActions weights a row, one unused
	shift uint
	s     Scratch
	rng   *rand.Rand
}

const actionStride = 4

func trainActions(train []Sentence, gold []*oracle, opts TrainOptions) ([]int8, float64) {
	t := &actionTrainer{
		w:     newAveraged(actionStride << opts.ActionBits),
		shift: 64 - uint(opts.ActionBits),
		rng:   rand.New(rand.NewPCG(opts.Seed, 1)),
	}
	order := t.rng.Perm(len(train))
	for epoch := range opts.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, i := range order {
			r, n := t.sentence(&train[i], gold[i], epoch > 0)
			right, all = right+r, all+n
		}
		opts.Progress("tree", epoch+1, float64(right)/float64(max(all, 1)))
	}
	return t.quantise()
}

// sentence learns from one sentence and gives how many choices were without
// cost, of how many.
func (t *actionTrainer) sentence(sent *Sentence, o *oracle, mayExplore bool) (right, all int) {
	s := &t.s
	s.loadSentence(sent)
	for s.start(); !s.done(); all++ {
		cost := o.costs(s)
		s.extract()
		score := t.score()
		best, good := s.pickBest(&score, &cost)
		if cost[best] == cost[good] {
			right++
		}
		t.learn(&score, &cost, good)
		if !(mayExplore && t.rng.Float64() < explore) {
			best = good
		}
		s.apply(best)
	}
	return right, all
}

// pickBest gives the best legal action and the best of those with least cost.
func (s *Scratch) pickBest(score *[numActions]float32, cost *[numActions]int) (best, good action) {
	best, good = numActions, numActions
	for a := range numActions {
		if !s.legal(a) {
			continue
		}
		if best == numActions || score[a] > score[best] {
			best = a
		}
		if good == numActions || cost[a] < cost[good] || cost[a] == cost[good] && score[a] > score[good] {
			good = a
		}
	}
	return best, good
}

func (t *actionTrainer) score() (score [numActions]float32) {
	for _, f := range &t.s.feat {
		w := t.w.w[int(f>>t.shift)*actionStride:]
		for a := range score {
			score[a] += w[a]
		}
	}
	return score
}

// learn moves the weights where an action that costs more comes within the
// margin of the good one.
func (t *actionTrainer) learn(score *[numActions]float32, cost *[numActions]int, good action) {
	t.w.step++
	worst := numActions
	for a := range numActions {
		if t.s.legal(a) && cost[a] > cost[good] && score[a] > score[good]-wideMargin && (worst == numActions || score[a] > score[worst]) {
			worst = a
		}
	}
	if worst == numActions {
		return
	}
	for _, f := range &t.s.feat {
		row := int(f>>t.shift) * actionStride
		t.w.add(row+int(good), 1)
		t.w.add(row+int(worst), -1)
	}
}

// quantise gives the averaged weights of left and right less that of shift.
func (t *actionTrainer) quantise() ([]int8, float64) {
	rows := len(t.w.w) / actionStride
	out := make([]float64, 0, 2*rows)
	for r := range rows {
		base := t.w.average(r*actionStride + int(shift))
		out = append(out, t.w.average(r*actionStride+int(left))-base, t.w.average(r*actionStride+int(right))-base)
	}
	return toBytes(out)
}

// toBytes rounds weights to bytes. The few largest are clipped: a step is
// chosen so that one weight in some thousands of those not zero is.
func toBytes(w []float64) ([]int8, float64) {
	const clipped = 0.0005
	step := quantile(w, 1-clipped) / 127
	if step == 0 {
		step = 1
	}
	out := make([]int8, len(w))
	for i, v := range w {
		v /= step
		switch {
		case v > 127:
			out[i] = 127
		case v < -127:
			out[i] = -127
		case v > 0:
			out[i] = int8(v + 0.5)
		default:
			out[i] = int8(v - 0.5)
		}
	}
	return out, step
}

func collectCandidates(train []Sentence) candidates {
	var c candidates
	for i := range train {
		t := &train[i]
		for d, h := range t.Head {
			if h < 0 {
				continue
			}
			side := 0
			if d > h {
				side = 1
			}
			c.add(side, t.UPOS[h], t.UPOS[d], t.Deprel[d])
		}
	}
	return c
}

type labelTrainer struct {
	w      *averaged
	shift  uint
	s      Scratch
	cand   *candidates
	gold   []ud.Deprel
	right  int
	all    int
	margin float32
}

func trainLabels(train []Sentence, gold []*oracle, cand *candidates, opts TrainOptions) ([]int8, float64) {
	t := &labelTrainer{w: newAveraged(lineSize << opts.LabelBits), shift: 64 - uint(opts.LabelBits), cand: cand, margin: 8}
	rng := rand.New(rand.NewPCG(opts.Seed, 2))
	order := rng.Perm(len(train))
	for epoch := range opts.LabelEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.right, t.all = 0, 0
		for _, i := range order {
			t.sentence(&train[i], gold[i])
		}
		opts.Progress("relations", epoch+1, float64(t.right)/float64(max(t.all, 1)))
	}
	out := make([]float64, len(t.w.w))
	for i := range out {
		out[i] = t.w.average(i)
	}
	return toBytes(out)
}

func (t *labelTrainer) sentence(sent *Sentence, o *oracle) {
	s := &t.s
	s.loadSentence(sent)
	s.start()
	for d := 1; d <= s.n; d++ {
		s.node[d].head = o.head[d]
	}
	t.gold = sent.Deprel
	s.eachArc(t.arc)
}

// arc learns one relation and gives the one that the model would choose, so
// that later arcs see its own mistakes.
func (t *labelTrainer) arc(s *Scratch, h, d int32) ud.Deprel {
	var score [lineSize]float32
	mask := s.allowed(t.cand, h, d)
	for _, f := range &s.label.feat {
		start, perm := line(f, t.shift)
		for r := range score {
			score[r] += t.w.w[start+int((uint64(r)^perm)&(lineSize-1))]
		}
	}
	want := t.gold[d-1]
	best, rival := -1, -1
	for r := range int(ud.NumDeprel) {
		if mask>>r&1 == 0 {
			continue
		}
		if best < 0 || score[r] > score[best] {
			best = r
		}
		if r != int(want) && (rival < 0 || score[r] > score[rival]) {
			rival = r
		}
	}
	t.all++
	t.w.step++
	if best == int(want) {
		t.right++
	}
	if mask>>want&1 == 1 && rival >= 0 && score[rival] > score[want]-t.margin {
		t.update(&s.label.feat, want, ud.Deprel(rival))
	}
	return ud.Deprel(best)
}

func (t *labelTrainer) update(feat *[numLabelFeatures]uint64, want, rival ud.Deprel) {
	for _, f := range feat {
		start, perm := line(f, t.shift)
		t.w.add(start+int((uint64(want)^perm)&(lineSize-1)), 1)
		t.w.add(start+int((uint64(rival)^perm)&(lineSize-1)), -1)
	}
}
