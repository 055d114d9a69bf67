package attribution

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"casus"
)

// Gold is one annotated statement. CueHead is the main word of the cue.
type Gold struct {
	CueHead              casus.TokenID
	Source, Cue, Content []casus.Span
}

// Lesson is a parsed document with its annotated statements; Ignore marks
// text that nobody annotated.
type Lesson struct {
	Doc    *casus.Document
	Gold   []Gold
	Ignore []casus.Span
}

// LearnOptions configures Learn.
type LearnOptions struct {
	Epochs int
	Rate   float64
	Decay  float64 // of weights, a step
	Accept float64 // log odds from which on a cue with its roles is kept
	Log    func(format string, args ...any)
}

// Learn trains a weight file. The same lessons give the same bytes. The last
// judgement is learned on documents coded by weights that have not seen them:
// each half by the other's.
func Learn(lessons []Lesson, opts LearnOptions) ([]byte, error) {
	a, err := newAnnotator(nil)
	if err != nil {
		return nil, err
	}
	w := &work{a: a}
	held := len(lessons) / 12
	order := rand.New(rand.NewPCG(7, 11)).Perm(len(lessons))
	tune, train := order[:held], order[held:]
	half := len(train) / 2
	l := newLearner(opts)
	var cases []verdict
	for _, part := range [][2][]int{{train[:half], train[half:]}, {train[half:], train[:half]}} {
		a.model, err = readModel(writeModel(newLearner(opts).pass(w, lessons, part[0]), [numThresholds]float32{}))
		if err != nil {
			return nil, err
		}
		a.sure = a.model
		cases = w.verdicts(cases, lessons, part[1])
	}
	l.pass(w, lessons, train)
	l.judge(cases)
	var th [numThresholds]float32
	if a.model, err = readModel(writeModel(l.mean, th)); err != nil {
		return nil, err
	}
	a.sure = a.model
	// Thresholds come from documents the weights have not seen; the weights
	// that ship have seen all.
	th[cueThreshold] = tuneCue(w, lessons, tune, opts)
	tuneAccept(w.verdicts(nil, lessons, tune), w, opts)
	th[acceptThreshold] = float32(opts.Accept)
	l = newLearner(opts)
	l.pass(w, lessons, order)
	l.judge(cases)
	return writeModel(l.mean, th), nil
}

func newLearner(opts LearnOptions) *learner {
	return &learner{opts: opts, w: make([]float32, tableSize), sum: make([]float32, tableSize), mean: make([]float32, tableSize),
		rate: float32(opts.Rate), decay: float32(opts.Decay)}
}

// pass learns everything but the last judgement from some of the lessons.
func (l *learner) pass(w *work, lessons []Lesson, which []int) []float32 {
	rng := rand.New(rand.NewPCG(7, uint64(len(which))))
	which = slices.Clone(which)
	for e := range l.opts.Epochs {
		l.loss, l.n = 0, 0
		rng.Shuffle(len(which), func(i, j int) { which[i], which[j] = which[j], which[i] })
		for _, i := range which {
			w.prepare(lessons[i].Doc)
			l.document(w, &lessons[i])
		}
		l.rate *= 0.8
		l.average(e, l.opts.Epochs)
		l.opts.Log("pass %d over %d documents: loss %.4f over %d decisions", e+1, len(which), l.loss/float64(max(l.n, 1)), l.n)
	}
	return l.mean
}

// verdict is a cue with its roles as the annotator found them, and whether the
// annotators of the corpus have it.
type verdict struct {
	f     []uint32
	right bool
	gold  int // annotated statements of the document; on its first verdict only
}

// verdicts codes documents and compares with gold; what lies inside annotated
// content nobody judged.
func (w *work) verdicts(out []verdict, lessons []Lesson, which []int) []verdict {
	for _, i := range which {
		les := &lessons[i]
		w.prepare(les.Doc)
		w.findCues(lowest)
		w.cover()
		heads, skip := les.heads(w)
		gold := len(les.Gold)
		for j := range w.cues {
			c := &w.cues[j]
			if skip[c.head] && !heads[c.head] {
				continue
			}
			w.acceptFeatures(c)
			out = append(out, verdict{slices.Clone(w.bag.f), heads[c.head], gold})
			gold = 0
		}
	}
	return out
}

// judge learns the last judgement, into the mean itself.
func (l *learner) judge(cases []verdict) {
	l.w, l.rate = l.mean, float32(l.opts.Rate)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		l.loss, l.n = 0, 0
		rng.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
		for i := range cases {
			l.yes(cases[i].f, cases[i].right)
		}
		l.rate *= 0.7
	}
	l.opts.Log("judgement: loss %.4f over %d cues", l.loss/float64(l.n), l.n)
}

// tuneAccept finds the threshold with the best F1 over the verdicts.
func tuneAccept(cases []verdict, w *work, opts LearnOptions) float32 {
	var ps []point
	gold := 0
	for _, c := range cases {
		gold += c.gold
		ps = append(ps, point{w.a.model.score(c.f), c.right})
	}
	at, f := bestThreshold(ps, gold)
	opts.Log("judgement on held out documents: F1 %.1f at %.2f (%d gold)", 100*f, at, gold)
	return at
}

type learner struct {
	opts   LearnOptions
	w, sum []float32 // weights and sums of squared gradients
	mean   []float32 // of the weights after each later pass
	rate   float32
	decay  float32
	loss   float64
	n      int
	feats  [][]uint32
	scores []float64
}

func (l *learner) score(f []uint32) float64 {
	s := float32(0)
	for _, x := range f {
		s += l.w[x&tableMask]
	}
	return float64(s)
}

// average takes the weights after each of the later passes into the mean: the
// last pass alone follows its last documents too closely.
func (l *learner) average(epoch, epochs int) {
	from := min(2, epochs-1)
	if epoch < from {
		return
	}
	for i, x := range l.w {
		l.mean[i] += x / float32(epochs-from)
	}
}

// step moves the weights of f against gradient g (AdaGrad).
func (l *learner) step(f []uint32, g float32) {
	for _, x := range f {
		i := x & tableMask
		l.sum[i] += g * g
		l.w[i] -= l.rate * (g/float32(math.Sqrt(float64(l.sum[i])+1e-6)) + l.decay*l.w[i])
	}
}

func (l *learner) yes(f []uint32, want bool) {
	p := 1 / (1 + math.Exp(-l.score(f)))
	y := 0.0
	if want {
		y = 1
		l.loss -= math.Log(max(p, 1e-9))
	} else {
		l.loss -= math.Log(max(1-p, 1e-9))
	}
	l.n++
	l.step(f, float32(p-y))
}

// rank learns that candidate best is better than the others in l.feats.
func (l *learner) rank(best, n int) {
	l.scores = l.scores[:0]
	top := math.Inf(-1)
	for _, f := range l.feats[:n] {
		s := l.score(f)
		top = max(top, s)
		l.scores = append(l.scores, s)
	}
	z := 0.0
	for i, s := range l.scores {
		l.scores[i] = math.Exp(s - top)
		z += l.scores[i]
	}
	l.loss -= math.Log(max(l.scores[best]/z, 1e-9))
	l.n++
	for i, f := range l.feats[:n] {
		g := l.scores[i] / z
		if i == best {
			g--
		}
		if g > 1e-4 || g < -1e-4 {
			l.step(f, float32(g))
		}
	}
}

func (l *learner) keep(i int, f []uint32) {
	for len(l.feats) <= i {
		l.feats = append(l.feats, nil)
	}
	l.feats[i] = append(l.feats[i][:0], f...)
}

func (l *learner) document(w *work, les *Lesson) {
	heads, skip := les.heads(w)
	for i := range w.doc.Tokens {
		t := casus.TokenID(i)
		if !w.mayCue(t) || skip[i] && !heads[i] {
			continue
		}
		w.cueFeatures(t)
		l.yes(w.bag.f, heads[i])
	}
	for i := range les.Gold {
		if g := &les.Gold[i]; g.CueHead != casus.None {
			l.statement(w, g)
		}
	}
}

// heads marks the heads of cues, and the words that nobody judged: those in
// the content of a statement, where PolNeAR marks no second one.
func (les *Lesson) heads(w *work) (heads, skip []bool) {
	n := len(w.doc.Tokens)
	heads, skip = make([]bool, n), make([]bool, n)
	cover := func(s casus.Span) {
		a, z := w.doc.TokenRange(s)
		for t := a; t < z; t++ {
			skip[t] = true
		}
	}
	for _, g := range les.Gold {
		if g.CueHead != casus.None {
			heads[g.CueHead] = true
		}
		for _, s := range append(append([]casus.Span(nil), g.Content...), g.Cue...) {
			cover(s)
		}
	}
	for _, s := range les.Ignore {
		cover(s)
	}
	return heads, skip
}

func (l *learner) statement(w *work, g *Gold) {
	c := cue{head: g.CueHead, speaks: casus.None, parent: -1, entity: casus.None}
	a, z := w.doc.TokenRange(g.Cue[0])
	if !(tokens{a, z}).holds(c.head) {
		return
	}
	l.cueSpan(w, &c, tokens{a, z})
	c.span = tokens{a, z}
	if !l.source(w, &c, g) {
		return
	}
	l.content(w, &c, g, pickRight)
	l.content(w, &c, g, pickLeft)
}

func (l *learner) cueSpan(w *work, c *cue, want tokens) {
	s := w.sentenceOf(c.head)
	r := tokens{c.head, c.head + 1}
	for r.first > s.First && c.head-r.first < 8 {
		w.growFeatures(growLeft, c.head, r, r.first-1)
		more := want.first < r.first
		l.yes(w.bag.f, more)
		if !more {
			break
		}
		r.first--
	}
	r = tokens{want.first, c.head + 1}
	for r.end < s.End && r.end-c.head < 8 {
		w.growFeatures(growRight, c.head, r, r.end)
		more := want.end > r.end
		l.yes(w.bag.f, more)
		if !more {
			break
		}
		r.end++
	}
}

// overlap gives the Dice coefficient of two sets of words, each a list of
// ranges without overlap.
func overlap(want []tokens, r tokens) float64 {
	in, n := 0, 0
	for _, x := range want {
		n += int(x.end - x.first)
		if x.overlaps(r) {
			in += int(min(x.end, r.end) - max(x.first, r.first))
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(in) / float64(n+int(r.end-r.first))
}

func (l *learner) source(w *work, c *cue, g *Gold) bool {
	var want []tokens
	for _, s := range g.Source {
		a, z := w.doc.TokenRange(s)
		if z > a && a >= w.sentenceOf(c.head).First && z <= w.sentenceOf(c.head).End {
			want = append(want, tokens{a, z})
		}
	}
	w.sourceCandidates(c)
	best, most := 0, 0.0
	for i := 1; i < len(w.cands); i++ {
		if d := overlap(want, w.cands[i].tokens); d > most {
			best, most = i, d
		}
	}
	if len(want) > 0 && most < 0.6 {
		c.source = want[0]
		return true
	}
	n := len(w.cands)
	for i := range w.cands {
		w.sourceFeatures(c, &w.cands[i])
		l.keep(i, w.bag.f)
	}
	l.rank(best, n)
	if best > 0 {
		c.source, c.speaks = w.cands[best].tokens, w.cands[best].head
	}
	return true
}

func (l *learner) content(w *work, c *cue, g *Gold, side decision) {
	s := w.sentenceOf(c.head)
	w.contentCandidates(c, side)
	want := pieces(w, g, c, s, side)
	best, most := 0, 0.0
	for i := 1; i < len(w.cands); i++ {
		if d := overlap(want, w.cands[i].tokens); d > most {
			best, most = i, d
		}
	}
	if len(want) > 0 && most < 0.6 {
		return
	}
	n := len(w.cands)
	for i := range w.cands {
		w.contentFeatures(c, &w.cands[i], side)
		l.keep(i, w.bag.f)
	}
	l.rank(best, n)
}

// pieces gives the gold content in the sentence on one side of the cue.
func pieces(w *work, g *Gold, c *cue, s *casus.Sentence, side decision) []tokens {
	var out []tokens
	for _, sp := range g.Content {
		a, z := w.doc.TokenRange(sp)
		if side == pickLeft && len(w.cands) > 1 && z <= s.First && a < z {
			// The quotation before, where it is a candidate.
			if k := w.cands[len(w.cands)-1].tokens; k.end == s.First && k.overlaps(tokens{a, z}) {
				out = append(out, tokens{max(a, k.first), z})
				continue
			}
		}
		a = max(a, s.First)
		if a < s.End {
			z = min(z, s.End)
		} else if side == pickLeft || len(w.cands) == 0 || w.cands[len(w.cands)-1].first != a {
			continue // in another sentence, which later rules reach
		}
		if side == pickRight {
			a = max(a, c.span.end)
		} else {
			z = min(z, c.span.first)
		}
		if a < z {
			out = append(out, tokens{a, z})
		}
	}
	return out
}

// tuneCue finds the threshold with the best F1 of cue heads.
func tuneCue(w *work, lessons []Lesson, tune []int, opts LearnOptions) float32 {
	var ps []point
	gold := 0
	for _, i := range tune {
		w.prepare(lessons[i].Doc)
		heads, skip := lessons[i].heads(w)
		for t := range heads {
			if heads[t] {
				gold++
			}
			if !w.mayCue(casus.TokenID(t)) || skip[t] && !heads[t] {
				continue
			}
			w.cueFeatures(casus.TokenID(t))
			ps = append(ps, point{w.a.model.score(w.bag.f), heads[t]})
		}
	}
	at, best := bestThreshold(ps, gold)
	opts.Log("cue heads on %d held out documents: F1 %.1f at %.2f (%d gold)", len(tune), 100*best, at, gold)
	return at
}

type point struct {
	s    float32
	want bool
}

// bestThreshold finds the score from which on to say yes for the best F1.
func bestThreshold(ps []point, gold int) (at float32, best float64) {
	slices.SortStableFunc(ps, func(a, b point) int { return cmp.Compare(b.s, a.s) })
	tp := 0
	for i, p := range ps {
		if p.want {
			tp++
		}
		if f := 2 * float64(tp) / float64(i+1+gold); f > best {
			best, at = f, p.s
		}
	}
	return at, best
}
