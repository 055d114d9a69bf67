package tag

import (
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync"

	"casus"
	"casus/ud"
)

// TrainOptions shape training; the zero value is good for the treebanks.
type TrainOptions struct {
	Epochs int    // 0 means 6
	Bits   int    // log2 of the number of weights; 0 means 21
	Seed   uint64 // of the order of sentences
	// Voices is the number of perceptrons, each with its own order of
	// sentences, whose weights are added; 0 means 4.
	Voices int
	// Known are tags that other sources give to forms, counted: they tell the
	// features what an unseen word may be, and nothing more.
	Known map[string]map[ud.XPOS]int
	// Lemmas are further forms with their lemmas. What the documents say of a
	// form goes before.
	Lemmas []Lemma
	// Clusters are distributional classes of folded forms, from 1.
	Clusters map[string]uint16
}

// Lemma is a form with its lemma under a Penn tag.
type Lemma struct {
	Form, Lemma string
	XPOS        ud.XPOS
}

func (o TrainOptions) withDefaults() TrainOptions {
	if o.Epochs == 0 {
		o.Epochs = 6
	}
	if o.Bits == 0 {
		o.Bits = 21
	}
	if o.Voices == 0 {
		o.Voices = 4
	}
	return o
}

// Train learns from documents with gold tags and lemmas.
func Train(docs []*casus.Document, opts TrainOptions) *Model {
	opts = opts.withDefaults()
	l := &learner{opts: opts, t: &Tagger{}, tagOf: map[pair]uint8{}}
	l.count(docs)
	l.lexicon()
	l.t.feats, l.t.featsOf, l.t.featsTag = l.features()
	l.t.lemmas = l.lemmatiser(docs)
	l.sentences(docs)
	l.run()
	return &Model{l.t}
}

type learner struct {
	opts  TrainOptions
	t     *Tagger
	tagOf map[pair]uint8
	forms map[string]*formCount
	sents []gold
	fold  int
}

// folds is the number of parts of the training set; the first pass meets each
// with a model of the others, before the second learns from what it made.
const folds = 4

// formCount is what the training set shows of a folded form.
type formCount struct {
	lower uint64
	n     int
	tags  map[uint8]int
	feats map[uint8]map[string]int
}

// gold is a training sentence.
type gold struct {
	words []word
	tags  []uint8
	fold  int // by document
	// What the first pass made of it, when it had not seen it.
	first, finite []uint8
}

func foldString(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c, n := fold(s, i)
		b = append(b, c)
		i += n
	}
	return string(b)
}

// Fold gives a form as the lexicon keys it: in lower case, figures as 0.
func Fold(form string) string { return foldString(form) }

// count lists the pairs of tags, by frequency, and what each form was seen as.
func (l *learner) count(docs []*casus.Document) {
	pairs := map[pair]int{}
	for _, doc := range docs {
		for i := range doc.Tokens {
			pairs[pair{doc.Tokens[i].UPOS, doc.Tokens[i].XPOS}]++
		}
	}
	var list []pair
	for p, n := range pairs {
		if n > 2 {
			list = append(list, p)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if pairs[a] != pairs[b] {
			return pairs[a] > pairs[b]
		}
		return a.upos < b.upos || a.upos == b.upos && a.xpos < b.xpos
	})
	l.t.tags = list[:min(len(list), maxTags)]
	for i, p := range l.t.tags {
		l.tagOf[p] = uint8(i)
	}
	l.forms = map[string]*formCount{}
	for _, doc := range docs {
		for i := range doc.Tokens {
			l.countForm(doc.Form(casus.TokenID(i)), &doc.Tokens[i])
		}
	}
}

func (l *learner) countForm(form string, tok *casus.Token) {
	tag, ok := l.tagOf[pair{tok.UPOS, tok.XPOS}]
	if !ok {
		return
	}
	key := foldString(form)
	f := l.forms[key]
	if f == nil {
		_, lower := hashes(form)
		f = &formCount{lower: lower, tags: map[uint8]int{}, feats: map[uint8]map[string]int{}}
		l.forms[key] = f
	}
	f.n++
	f.tags[tag]++
	if f.feats[tag] == nil {
		f.feats[tag] = map[string]int{}
	}
	f.feats[tag][string(tok.Feats)]++
}

const (
	frequent = 30 // seen so often, a form has shown all its tags
	shown    = 5  // seen so often, a form has shown its usual tags
)

// lexicon makes the entries, over gold forms, known forms and clusters.
func (l *learner) lexicon() {
	open := l.openSet()
	sets, classes := newNumbering(string(open)), newNumbering("")
	keys := map[string]bool{}
	for k := range l.forms {
		keys[k] = true
	}
	for k := range l.opts.Known {
		keys[k] = true
	}
	for k := range l.opts.Clusters {
		keys[k] = true
	}
	words, entries, index := map[uint64]uint16{}, []entry{{}}, map[entry]uint16{{}: 0}
	for _, k := range sortedKeys(keys) {
		e := entry{cluster: l.opts.Clusters[k]}
		f := l.forms[k]
		if f != nil {
			e.candidates = sets.number(string(l.candidates(f, open)))
		}
		e.class = classes.number(l.class(k, f))
		n, ok := index[e]
		if !ok {
			if len(entries) > 65000 {
				continue
			}
			n = uint16(len(entries))
			index[e] = n
			entries = append(entries, e)
		}
		if n != 0 {
			_, h := hashes(k)
			words[h] = n
		}
	}
	for _, s := range sets.names {
		l.t.candidates = append(l.t.candidates, []uint8(s))
	}
	l.t.words, l.t.entries = tableOf(words), entries
	l.t.findRare()
}

// openSet are the tags that many rare forms have.
func (l *learner) openSet() []uint8 {
	types := make([]int, len(l.t.tags))
	for _, f := range l.forms {
		if f.n < frequent {
			for tag := range f.tags {
				types[tag]++
			}
		}
	}
	var open []uint8
	for tag, n := range types {
		if n >= 12 {
			open = append(open, uint8(tag))
		}
	}
	if open == nil { // a training set too small to tell
		for tag := range l.t.tags {
			open = append(open, uint8(tag))
		}
	}
	return open
}

func (l *learner) candidates(f *formCount, open []uint8) []uint8 {
	in := make([]bool, len(l.t.tags))
	for tag, n := range f.tags {
		in[tag] = f.n < frequent || n*1000 >= f.n
	}
	if f.n < frequent {
		for _, tag := range open {
			in[tag] = true
		}
	}
	var set []uint8
	for tag, ok := range in {
		if ok {
			set = append(set, uint8(tag))
		}
	}
	return set
}

// class names the usual Penn tags of a form, most frequent first.
func (l *learner) class(key string, f *formCount) string {
	n, total := map[ud.XPOS]int{}, 0
	for x, c := range l.opts.Known[key] {
		n[x] += c
		total += c
	}
	if f != nil && f.n >= shown {
		for tag, c := range f.tags {
			n[l.t.tags[tag].xpos] += 4 * c
			total += 4 * c
		}
	}
	if total < 2 {
		return ""
	}
	var xs []ud.XPOS
	for x, c := range n {
		if c*12 >= total {
			xs = append(xs, x)
		}
	}
	sort.Slice(xs, func(i, j int) bool { return n[xs[i]] > n[xs[j]] || n[xs[i]] == n[xs[j]] && xs[i] < xs[j] })
	var b strings.Builder
	for _, x := range xs {
		b.WriteString(x.String() + " ")
	}
	return b.String()
}

// numbering gives numbers to strings as they come.
type numbering struct {
	names []string
	of    map[string]uint16
}

func newNumbering(zero string) *numbering {
	return &numbering{names: []string{zero}, of: map[string]uint16{zero: 0}}
}

func (n *numbering) number(s string) uint16 {
	if v, ok := n.of[s]; ok {
		return v
	}
	if len(n.names) > 65000 {
		return 0
	}
	v := uint16(len(n.names))
	n.of[s] = v
	n.names = append(n.names, s)
	return v
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// features makes the tables from tag, and from form and tag, to FEATS.
func (l *learner) features() ([]string, *table, []uint16) {
	total := make([]map[string]int, len(l.t.tags))
	for i := range total {
		total[i] = map[string]int{}
	}
	for _, f := range l.forms {
		for tag, fs := range f.feats {
			for v, n := range fs {
				total[tag][v] += n
			}
		}
	}
	names := newNumbering("")
	byTag := make([]uint16, len(l.t.tags))
	for tag, m := range total {
		byTag[tag] = names.number(most(m))
	}
	forms := map[uint64]uint16{}
	for _, k := range sortedKeys(l.forms) {
		f := l.forms[k]
		for tag := range l.t.tags {
			m := f.feats[uint8(tag)]
			if v := most(m); m != nil && names.number(v) != byTag[tag] && m[v] > 1 {
				forms[featsKey(f.lower, uint8(tag))] = names.number(v)
			}
		}
	}
	return names.names, tableOf(forms), byTag
}

// most gives the most frequent key, the first by name of equals.
func most(m map[string]int) string {
	best, n := "", -1
	for _, k := range sortedKeys(m) {
		if m[k] > n {
			best, n = k, m[k]
		}
	}
	return best
}

// sentences makes the training sentences, and of some of them copies written
// as headlines are, in capitals, or without any: the treebanks have few.
func (l *learner) sentences(docs []*casus.Document) {
	rng := rand.New(rand.NewPCG(l.opts.Seed, 2))
	for n, doc := range docs {
		l.fold = n % folds
		for id := range doc.Sentences {
			sent := &doc.Sentences[id]
			l.add(doc, sent, nil)
			if sent.End-sent.First < 4 {
				continue
			}
			switch v := rng.Float64(); {
			case v < 0.08:
				l.add(doc, sent, titleCase)
			case v < 0.10:
				l.add(doc, sent, strings.ToUpper)
			case v < 0.12:
				l.add(doc, sent, strings.ToLower)
			}
		}
	}
}

// titleCase capitalises words as headlines do, short function words aside.
func titleCase(s string) string {
	switch s {
	case "a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "at", "by", "as", "n't", "'s", "’s":
		return s
	}
	if c := s[0]; 'a' <= c && c <= 'z' {
		return string(c-'a'+'A') + s[1:]
	}
	return s
}

func (l *learner) add(doc *casus.Document, sent *casus.Sentence, write func(string) string) {
	g := gold{fold: l.fold}
	for i := sent.First; i < sent.End; i++ {
		tok := &doc.Tokens[i]
		form := doc.Form(i)
		if write != nil {
			form = write(form)
		}
		var w word
		l.t.prepare(&w, form)
		if i > sent.First && tok.Start == doc.Tokens[i-1].End {
			w.joined |= 1
			g.words[len(g.words)-1].joined |= 2
		}
		tag, ok := l.tagOf[pair{tok.UPOS, tok.XPOS}]
		if !ok {
			tag = maxTags
		}
		g.words, g.tags = append(g.words, w), append(g.tags, tag)
	}
	l.sents = append(l.sents, g)
}

// run trains both passes.
func (l *learner) run() {
	l.t.passes[0] = quantise(l.voices())
	var wait sync.WaitGroup
	first := make([][]uint8, len(l.sents))
	for k := range folds {
		wait.Go(func() {
			t := *l.t
			t.passes[0] = quantise(l.perceptron(l.opts.Seed, func(g *gold) bool { return g.fold != k }))
			var s Scratch
			for i := range l.sents {
				if g := &l.sents[i]; g.fold == k {
					s.words = g.words
					t.pass(t.passes[0], &context{words: g.words, style: styleOf(g.words)}, &s)
					first[i] = slices.Clone(s.tags)
				}
			}
		})
	}
	wait.Wait()
	for i := range l.sents {
		l.sents[i].first = first[i]
		l.sents[i].finite = l.t.countFinite(l.sents[i].first, nil)
	}
	l.t.passes[1] = quantise(l.voices())
}

// voices adds up the weights of several perceptrons: the order of sentences
// leaves its mark on each, and the sum is better than any.
func (l *learner) voices() []float32 {
	all := make([][]float32, l.opts.Voices)
	var wait sync.WaitGroup
	for i := range all {
		wait.Go(func() { all[i] = l.perceptron(l.opts.Seed+uint64(i), func(*gold) bool { return true }) })
	}
	wait.Wait()
	for _, w := range all[1:] {
		for i, x := range w {
			all[0][i] += x
		}
	}
	return all[0]
}

// perceptron gives averaged weights over the sentences that use takes. Weights
// are shared by hash already in training, so the model learns around its
// collisions.
func (l *learner) perceptron(seed uint64, use func(*gold) bool) []float32 {
	size := 1 << l.opts.Bits
	p := perceptron{t: l.t, w: make([]float32, size), sum: make([]float64, size), mask: uint32(size - 1), step: 1}
	rng := rand.New(rand.NewPCG(seed, 3))
	order := rng.Perm(len(l.sents))
	for range l.opts.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if g := &l.sents[i]; use(g) {
				p.sentence(g)
			}
		}
	}
	for i := range p.w {
		p.w[i] -= float32(p.sum[i] / p.step)
	}
	return p.w
}

type perceptron struct {
	t     *Tagger
	w     []float32
	sum   []float64
	mask  uint32
	step  float64
	s     Scratch
	score [maxTags]float32
}

// sentence tags with what is known so far and learns from each error; the tags
// before a word are those it chose itself, as they will be at work.
func (p *perceptron) sentence(g *gold) {
	s := &p.s
	c := context{words: g.words, style: styleOf(g.words), first: g.first, finite: g.finite}
	s.tags = s.tags[:0]
	for i := range g.words {
		set := p.t.candidates[g.words[i].entry.candidates]
		best := set[0]
		if len(set) > 1 {
			c.tags = s.tags
			s.feats = c.features(i, s.feats[:0])
			best = argmax(p.w, p.mask, set, s.feats, p.score[:])
			p.step++
			if slices.Contains(set, g.tags[i]) {
				p.learn(set, g.tags[i])
			}
		}
		s.tags = append(s.tags, best)
	}
}

// margin is how far the right tag must lead the next, in sums of some sixty
// weights.
const margin = 60

// learn moves weights where the right tag does not lead by the margin.
func (p *perceptron) learn(set []uint8, right uint8) {
	other := right
	for _, c := range set {
		if c != right && (other == right || p.score[c] > p.score[other]) {
			other = c
		}
	}
	if other != right && p.score[right] < p.score[other]+margin {
		p.update(p.s.feats, right, 1)
		p.update(p.s.feats, other, -1)
	}
}

func (p *perceptron) update(f []uint32, tag uint8, by float32) {
	for _, h := range f {
		i := h&p.mask&^(maxTags-1) | (h^uint32(tag))&(maxTags-1)
		p.w[i] += by
		p.sum[i] += float64(by) * p.step
	}
}

func argmax(w []float32, mask uint32, set []uint8, feats []uint32, score []float32) uint8 {
	for _, c := range set {
		score[c] = 0
	}
	for _, f := range feats {
		base, low := f&mask&^(maxTags-1), f&(maxTags-1)
		row := w[base : base+maxTags : base+maxTags]
		for _, c := range set {
			score[c] += row[(low^uint32(c))&(maxTags-1)]
		}
	}
	best := set[0]
	for _, c := range set[1:] {
		if score[c] > score[best] {
			best = c
		}
	}
	return best
}
