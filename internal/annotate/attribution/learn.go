package attribution

import (
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
	Log    func(format string, args ...any)
}

// Learn trains a weight file. The same lessons give the same bytes.
func Learn(lessons []Lesson, opts LearnOptions) ([]byte, error) {
	l := &learner{w: make([]float32, tableSize), sum: make([]float32, tableSize), rate: float32(opts.Rate),
		seen: make([]uint8, tableSize)}
	a, err := newAnnotator(&model{weights: make([]byte, tableSize), scale: 1})
	if err != nil {
		return nil, err
	}
	held := len(lessons) / 12
	rng := rand.New(rand.NewPCG(7, 11))
	order := rng.Perm(len(lessons))
	tune, train := order[:held], order[held:]
	w := &work{a: a}
	for e := range opts.Epochs {
		l.loss, l.n = 0, 0
		rng.Shuffle(len(train), func(i, j int) { train[i], train[j] = train[j], train[i] })
		for _, i := range train {
			w.prepare(lessons[i].Doc)
			l.document(w, &lessons[i], e)
		}
		l.rate *= 0.8
		opts.Log("epoch %d: loss %.4f over %d decisions", e+1, l.loss/float64(max(l.n, 1)), l.n)
	}
	var th [numThresholds]float32
	m, err := readModel(writeModel(l.w, th))
	if err != nil {
		return nil, err
	}
	a.model = m
	th[cueThreshold] = tuneCue(w, lessons, tune, opts)
	return writeModel(l.w, th), nil
}

type learner struct {
	w, sum []float32
	seen   []uint8
	rate   float32
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

// step moves the weights of f against gradient g (AdaGrad).
func (l *learner) step(f []uint32, g float32) {
	for _, x := range f {
		i := x & tableMask
		l.sum[i] += g * g
		l.w[i] -= l.rate * g / float32(math.Sqrt(float64(l.sum[i])+1e-6))
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

func (l *learner) document(w *work, les *Lesson, epoch int) {
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
	want := pieces(w, g, c, s, side)
	w.contentCandidates(c, side)
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
		a, z = max(a, s.First), min(z, s.End)
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
	type point struct {
		s    float32
		want bool
	}
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
	slices.SortStableFunc(ps, func(a, b point) int {
		switch {
		case a.s > b.s:
			return -1
		case a.s < b.s:
			return 1
		}
		return 0
	})
	tp, best, at := 0, 0.0, float32(0)
	for i, p := range ps {
		if p.want {
			tp++
		}
		if f := 2 * float64(tp) / float64(i+1+gold); f > best {
			best, at = f, p.s
		}
	}
	opts.Log("cue heads on %d held out documents: F1 %.1f at %.2f (%d gold)", len(tune), 100*best, at, gold)
	return at
}
