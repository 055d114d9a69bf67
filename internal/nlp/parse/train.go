package parse

import (
	"math/rand/v2"
	"runtime"
	"sync"

	"casus/ud"
)

// TrainOptions steer Train. The zero value takes the defaults of the shipped
// model.
type TrainOptions struct {
	Epochs      int // passes that learn the tree action by action, default 1
	BeamEpochs  int // further passes that learn it with the beam, default 8
	Width       int // of the beam while learning, default 8
	SearchWidth int // of the beam at work, default 16
	Runs        int // independent runs whose weights are averaged, default 5
	LabelEpochs int // passes for the relations, default 5
	ActionBits  int // log2 of the rows of the tree's table, default 20
	LabelBits   int // log2 of the lines of the relations' table, default 15
	Seed        uint64
	// Clusters are distributional classes of words in small letters with figures
	// as 0, numbered from 1; those above 255 are not used.
	Clusters map[string]uint16
	// Progress, if set, is told of each finished pass.
	Progress func(stage string, epoch int, accuracy float64)
}

func (o TrainOptions) withDefaults() TrainOptions {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&o.Epochs, 1)
	def(&o.BeamEpochs, 8)
	def(&o.Width, 8)
	def(&o.SearchWidth, 16)
	def(&o.Runs, 5)
	def(&o.LabelEpochs, 5)
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
	var mu sync.Mutex
	tell := opts.Progress
	opts.Progress = func(stage string, epoch int, accuracy float64) {
		mu.Lock()
		defer mu.Unlock()
		tell(stage, epoch, accuracy)
	}
	m := &Model{actionBits: uint8(opts.ActionBits), labelBits: uint8(opts.LabelBits), width: uint8(opts.SearchWidth)}
	gold := make([]*oracle, len(train))
	for i := range train {
		gold[i] = newOracle(projective(train[i].Head))
	}
	m.vocab = newVocabulary(train, opts.Clusters)
	m.actions, m.ActionScale = trainActions(m.vocab, train, gold, opts)
	m.cand = collectCandidates(train)
	m.labels, m.LabelScale = trainLabels(m.vocab, train, gold, &m.cand, opts)
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

// restart forgets the steps so far: the average counts from here.
func (a *averaged) restart() {
	clear(a.sum)
	a.step = 1
}

func (a *averaged) average(i int) float64 { return float64(a.w[i]) - a.sum[i]/a.step }

// explore is the chance that training follows the model's own choice rather
// than the gold one, after the first pass.
const explore = 0.95

// wideMargin is how far the right action must stand above the others to be
// left alone; perceptrons with a margin survive rounding to bytes better.
const wideMargin = 12

type actionTrainer struct {
	w     *averaged // for each feature the weight of left and of right; shift has none
	shift uint
	s     Scratch
	rng   *rand.Rand
	gold  *oracle
	width int
	vocab *vocabulary
}

// trainActions learns Runs times, each time with the sentences in another
// order, and gives the mean of the weights: the runs agree on what the data
// says and differ in what chance says.
func trainActions(v *vocabulary, train []Sentence, gold []*oracle, opts TrainOptions) ([]int8, float64) {
	return meanOfRuns(opts.Runs, func(run int) *averaged {
		t := &actionTrainer{
			w:     newAveraged(2 << opts.ActionBits),
			shift: 64 - uint(opts.ActionBits),
			rng:   rand.New(rand.NewPCG(opts.Seed, uint64(run)<<8|1)),
			width: opts.Width,
			vocab: v,
		}
		t.learnAll(train, gold, opts)
		return t.w
	})
}

// meanOfRuns learns side by side, a run on each processor, and averages in the
// order of the runs, so that the sum does not depend on which ends first.
func meanOfRuns(runs int, learn func(run int) *averaged) ([]int8, float64) {
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	done := make([]chan *averaged, runs)
	for run := range done {
		done[run] = make(chan *averaged, 1)
		go func() {
			slots <- true
			done[run] <- learn(run)
			<-slots
		}()
	}
	var mean []float64
	for _, d := range done {
		w := <-d
		if mean == nil {
			mean = make([]float64, len(w.w))
		}
		for i := range mean {
			mean[i] += w.average(i) / float64(runs)
		}
	}
	return toBytes(mean)
}

func (t *actionTrainer) learnAll(train []Sentence, gold []*oracle, opts TrainOptions) {
	order := t.rng.Perm(len(train))
	for epoch := range opts.Epochs + opts.BeamEpochs {
		if epoch == opts.Epochs {
			t.w.restart()
		}
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, i := range order {
			t.gold = gold[i]
			t.s.loadSentence(t.vocab, &train[i])
			var r, n int
			if epoch < opts.Epochs {
				r, n = t.greedily(epoch > 0)
			} else {
				r, n = t.widely()
			}
			right, all = right+r, all+n
		}
		opts.Progress("tree", epoch+1, float64(right)/float64(max(all, 1)))
	}
}

// greedily learns from one sentence action by action and gives how many
// choices were without cost, of how many.
func (t *actionTrainer) greedily(mayExplore bool) (right, all int) {
	s := &t.s
	if len(s.beam.now) == 0 {
		s.beam.now, s.beam.next = append(s.beam.now, config{}), append(s.beam.next, config{})
	}
	c := &s.beam.now[0]
	for c.start(s.n); !c.done(); all++ {
		a, only := c.forced()
		if only {
			c.apply(a)
			right++
			continue
		}
		cost := t.gold.costs(c)
		s.extract(c)
		score := t.score(s, c)
		best, good := c.pickBest(&score, &cost)
		if cost[best] == cost[good] {
			right++
		}
		t.learn(c, &score, &cost, good)
		if !(mayExplore && t.rng.Float64() < explore) {
			best = good
		}
		c.apply(best)
	}
	return right, all
}

// widely learns from one sentence with the beam: where the best path found
// stands highest above the best right path, the weights move from the one to
// the other (max-violation: Huang, Fayong and Guo 2012).
func (t *actionTrainer) widely() (right, all int) {
	s := &t.s
	t.w.step++
	s.search(goldWidth, t.goldScore, true)
	gold := append([][]move(nil), s.beam.trail...)
	s.search(t.width, t.augmentedScore, true)
	got := s.beam.trail
	worst, at := float32(0), -1
	for i := range got {
		if v := got[i][0].score - gold[i][0].score; v > worst {
			worst, at = v, i
		}
	}
	wrong := t.totalCost(path(got, len(got)-1))
	if at >= 0 {
		t.move(path(got, at), path(gold, at))
	}
	return s.n - wrong, s.n
}

// goldWidth is the width of the search among right paths.
const goldWidth = 2

// beamMargin is what each lost arc adds to a path's score while training.
const beamMargin = 4

// path follows the trail back from the best configuration after step last.
func path(trail [][]move, last int) []action {
	out, k := make([]action, last+1), int32(0)
	for i := last; i >= 0; i-- {
		out[i] = trail[i][k].act
		k = trail[i][k].from
	}
	return out
}

func (t *actionTrainer) totalCost(acts []action) int {
	c, sum := &t.s.beam.now[0], 0
	c.start(t.s.n)
	for _, a := range acts {
		sum += t.gold.costs(c)[a]
		c.apply(a)
	}
	return sum
}

// move takes weight from one path and gives it to the other, from where they
// part.
func (t *actionTrainer) move(from, to []action) {
	i := 0
	for i < len(from) && from[i] == to[i] {
		i++
	}
	if i < len(from) {
		t.shiftWeights(from, i, -1)
		t.shiftWeights(to, i, 1)
	}
}

func (t *actionTrainer) shiftWeights(acts []action, from int, v float32) {
	c := &t.s.beam.now[0]
	c.start(t.s.n)
	for i, a := range acts {
		if _, only := c.forced(); !only && i >= from {
			t.s.extract(c)
			t.add(a, v)
		}
		c.apply(a)
	}
}

// goldScore admits only actions without cost.
func (t *actionTrainer) goldScore(s *Scratch, c *config) [numActions]float32 {
	w, cost := t.score(s, c), t.gold.costs(c)
	for a := range w {
		if cost[a] > 0 {
			w[a] = never
		}
	}
	return w
}

// augmentedScore makes wrong paths look better than they are, so that the right
// one must win with a margin.
func (t *actionTrainer) augmentedScore(s *Scratch, c *config) [numActions]float32 {
	w, cost := t.score(s, c), t.gold.costs(c)
	for a := range w {
		w[a] += beamMargin * float32(cost[a])
	}
	return w
}

// pickBest gives the best legal action and the best of those with least cost.
func (c *config) pickBest(score *[numActions]float32, cost *[numActions]int) (best, good action) {
	best, good = numActions, numActions
	for a := range numActions {
		if !c.legal(a) {
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

func (t *actionTrainer) score(s *Scratch, _ *config) (score [numActions]float32) {
	for _, f := range &s.feat {
		w := t.w.w[int(f>>t.shift)*2:][:2]
		score[left] += w[0]
		score[right] += w[1]
	}
	return score
}

// add changes the weights of an action for the features in the scratch.
func (t *actionTrainer) add(a action, v float32) {
	if a == shift {
		return
	}
	for _, f := range &t.s.feat {
		t.w.add(int(f>>t.shift)*2+int(a-left), v)
	}
}

// learn moves the weights where an action that costs more comes within the
// margin of the good one.
func (t *actionTrainer) learn(c *config, score *[numActions]float32, cost *[numActions]int, good action) {
	t.w.step++
	worst := numActions
	for a := range numActions {
		if c.legal(a) && cost[a] > cost[good] && score[a] > score[good]-wideMargin && (worst == numActions || score[a] > score[worst]) {
			worst = a
		}
	}
	if worst == numActions {
		return
	}
	t.add(good, 1)
	t.add(worst, -1)
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

// labelMargin is how far the right relation must stand above the others to be
// left alone.
const labelMargin = 8

type labelTrainer struct {
	w     *averaged
	shift uint
	s     Scratch
	cand  *candidates
	gold  []ud.Deprel
	right int
	all   int
	vocab *vocabulary
}

func trainLabels(v *vocabulary, train []Sentence, gold []*oracle, cand *candidates, opts TrainOptions) ([]int8, float64) {
	return meanOfRuns(opts.Runs, func(run int) *averaged {
		t := &labelTrainer{w: newAveraged(lineSize << opts.LabelBits), shift: 64 - uint(opts.LabelBits), cand: cand, vocab: v}
		t.learnAll(train, gold, rand.New(rand.NewPCG(opts.Seed, uint64(run)<<8|2)), opts)
		return t.w
	})
}

func (t *labelTrainer) learnAll(train []Sentence, gold []*oracle, rng *rand.Rand, opts TrainOptions) {
	order := rng.Perm(len(train))
	for epoch := range opts.LabelEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.right, t.all = 0, 0
		for _, i := range order {
			t.sentence(&train[i], gold[i])
		}
		opts.Progress("relations", epoch+1, float64(t.right)/float64(max(t.all, 1)))
	}
}

func (t *labelTrainer) sentence(sent *Sentence, o *oracle) {
	s := &t.s
	s.loadSentence(t.vocab, sent)
	copy(s.head, o.head)
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
	if mask>>want&1 == 1 && rival >= 0 && score[rival] > score[want]-labelMargin {
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
