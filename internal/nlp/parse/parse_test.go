package parse

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

// treebank is a small treebank of own sentences: word, lemma, tags, head
// counted from 1, relation.
const treebank = `
The the DET DT 2 det
minister minister NOUN NN 3 nsubj
visited visit VERB VBD 0 root
the the DET DT 5 det
port port NOUN NN 3 obj
. . PUNCT . 3 punct

She she PRON PRP 2 nsubj
said say VERB VBD 0 root
that that SCONJ IN 6 mark
the the DET DT 5 det
ship ship NOUN NN 6 nsubj
sank sink VERB VBD 2 ccomp
in in ADP IN 8 case
May May PROPN NNP 6 obl
. . PUNCT . 2 punct

" " PUNCT ` + "``" + ` 3 punct
They they PRON PRP 3 nsubj
fired fire VERB VBD 7 ccomp
first first ADV RB 3 advmod
, , PUNCT , 3 punct
" " PUNCT '' 3 punct
said say VERB VBD 0 root
Ivan Ivan PROPN NNP 7 nsubj
Petrov Petrov PROPN NNP 8 flat
, , PUNCT , 12 punct
a a DET DT 12 det
guard guard NOUN NN 8 appos
. . PUNCT . 7 punct

The the DET DT 2 det
bridge bridge NOUN NN 4 nsubj:pass
was be AUX VBD 4 aux:pass
hit hit VERB VBN 0 root
by by ADP IN 6 case
rockets rocket NOUN NNS 4 obl:agent
and and CCONJ CC 8 cc
burned burn VERB VBD 4 conj
. . PUNCT . 4 punct
`

func readTreebank(t testing.TB) []Sentence {
	t.Helper()
	var out []Sentence
	for block := range strings.SplitSeq(strings.TrimSpace(treebank), "\n\n") {
		var u ud.Sentence
		for row := range strings.Lines(block) {
			f := strings.Fields(row)
			if len(f) != 6 {
				t.Fatalf("row %q has %d fields", row, len(f))
			}
			up, err1 := ud.ParseUPOS(f[2])
			xp, err2 := ud.ParseXPOS(f[3])
			rel, err3 := ud.ParseDeprel(f[5])
			if err1 != nil || err2 != nil || err3 != nil {
				t.Fatal(err1, err2, err3)
			}
			head := 0
			for _, c := range f[4] {
				head = head*10 + int(c-'0')
			}
			u.Words = append(u.Words, ud.Word{Form: f[0], Lemma: f[1], UPOS: up, XPOS: xp, Head: head, Deprel: rel})
		}
		out = append(out, FromUD(&u))
	}
	return out
}

func small() TrainOptions {
	return TrainOptions{Epochs: 8, BeamEpochs: 4, Width: 4, LabelEpochs: 6, ActionBits: 14, LabelBits: 10}
}

// document builds an unparsed document of the sentences.
func document(sents []Sentence) *casus.Document {
	doc := &casus.Document{}
	var text strings.Builder
	for i := range sents {
		s := &sents[i]
		first := casus.TokenID(len(doc.Tokens))
		for j, form := range s.Form {
			start := casus.Pos(text.Len())
			text.WriteString(form)
			doc.Tokens = append(doc.Tokens, casus.Token{Span: casus.Span{Start: start, End: casus.Pos(text.Len())},
				Sent: casus.SentenceID(i), Head: casus.None, UPOS: s.UPOS[j], XPOS: s.XPOS[j], Lemma: s.Lemma[j]})
			text.WriteByte(' ')
		}
		doc.Sentences = append(doc.Sentences, casus.Sentence{First: first, End: casus.TokenID(len(doc.Tokens))})
	}
	doc.Text = text.String()
	return doc
}

func trained(t testing.TB) *Parser {
	t.Helper()
	b, err := Train(readTreebank(t), small()).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParserLearnsItsTreebank(t *testing.T) {
	sents := readTreebank(t)
	doc, p := document(sents), trained(t)
	var s Scratch
	for i := range sents {
		p.Parse(doc, casus.SentenceID(i), &s)
		first := int(doc.Sentences[i].First)
		for j := range sents[i].Form {
			tok, head := &doc.Tokens[first+j], -1
			if tok.Head != casus.None {
				head = int(tok.Head) - first
			}
			if head != sents[i].Head[j] || tok.Deprel != sents[i].Deprel[j] {
				t.Errorf("sentence %d, %q: got head %d as %v, want %d as %v",
					i, sents[i].Form[j], head, tok.Deprel, sents[i].Head[j], sents[i].Deprel[j])
			}
		}
	}
}

// TestAnyInputGivesATree parses words and tags put together at random.
func TestAnyInputGivesATree(t *testing.T) {
	p, rng := trained(t), rand.New(rand.NewPCG(1, 2))
	var s, fresh Scratch
	for n := range 60 {
		sent := randomSentence(rng, n)
		doc := document([]Sentence{sent})
		p.Parse(doc, 0, &s)
		checkTree(t, doc)
		again := document([]Sentence{sent})
		fresh = Scratch{}
		p.Parse(again, 0, &fresh)
		for i := range doc.Tokens {
			if doc.Tokens[i].Head != again.Tokens[i].Head || doc.Tokens[i].Deprel != again.Tokens[i].Deprel {
				t.Fatalf("sentence of %d words: a used and a fresh scratch give different trees", n)
			}
		}
	}
}

func randomSentence(rng *rand.Rand, n int) Sentence {
	words := []string{"the", "Ministry", "said", ",", `"`, "", "—", "1,200", "ß", "of", "and", "(", "who", "."}
	var s Sentence
	for range n {
		w := words[rng.IntN(len(words))]
		s.Form, s.Lemma = append(s.Form, w), append(s.Lemma, strings.ToLower(w))
		s.UPOS = append(s.UPOS, ud.UPOS(rng.IntN(int(ud.NumUPOS))))
		s.XPOS = append(s.XPOS, ud.XPOS(rng.IntN(ud.NumXPOS())))
	}
	return s
}

// checkTree wants one root, heads inside the sentence, no cycle, and no
// crossing arcs.
func checkTree(t *testing.T, doc *casus.Document) {
	t.Helper()
	roots, heads := 0, make([]int, len(doc.Tokens))
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		heads[i] = int(tok.Head)
		if tok.Head == casus.None {
			roots++
		} else if int(tok.Head) >= len(doc.Tokens) || tok.Head < 0 {
			t.Fatalf("token %d of %d has head %d", i, len(doc.Tokens), tok.Head)
		}
		if (tok.Deprel == ud.Root) != (tok.Head == casus.None) || tok.Deprel == ud.DeprelNone {
			t.Fatalf("token %d has head %d and relation %v", i, tok.Head, tok.Deprel)
		}
	}
	if len(heads) > 0 && roots != 1 {
		t.Fatalf("%d words have %d roots", len(heads), roots)
	}
	for i := range heads {
		steps := 0
		for w := i; w >= 0; w = heads[w] {
			if steps++; steps > len(heads) {
				t.Fatalf("word %d hangs on itself", i)
			}
		}
		if heads[i] >= 0 && crosses(heads, i) {
			t.Fatalf("the arc of word %d crosses another: %v", i, heads)
		}
	}
}

// TestOracleRebuildsEveryProjectiveTree follows any action without cost.
func TestOracleRebuildsEveryProjectiveTree(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var c config
	for range 3000 {
		heads := randomTree(rng, 1+rng.IntN(14))
		o := newOracle(heads)
		for c.start(len(heads)); !c.done(); {
			costs, free := o.costs(&c), []action(nil)
			for a := range numActions {
				if c.legal(a) && costs[a] == 0 {
					free = append(free, a)
				}
			}
			if len(free) == 0 {
				t.Fatalf("no action without cost in %v", heads)
			}
			if a, only := c.forced(); only && free[0] != a {
				t.Fatalf("forced to %d, but the oracle wants %d", a, free[0])
			}
			c.apply(free[rng.IntN(len(free))])
		}
		for d := 1; d <= len(heads); d++ {
			if c.node[d].head != o.head[d] {
				t.Fatalf("word %d of %v got head %d", d, heads, c.node[d].head)
			}
		}
	}
}

// TestOracleCostIsTheLoss checks the costs against the clear way: try every
// continuation and count the gold arcs that the best of them gets right.
func TestOracleCostIsTheLoss(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 150 {
		heads := randomTree(rng, 1+rng.IntN(5))
		o := newOracle(heads)
		var c config
		for c.start(len(heads)); !c.done(); {
			costs, before := o.costs(&c), bestReach(&c, o)
			var legal []action
			for a := range numActions {
				if !c.legal(a) {
					continue
				}
				legal = append(legal, a)
				var after config
				after.become(&c)
				after.apply(a)
				if got, want := costs[a], before-bestReach(&after, o); got != want {
					t.Fatalf("heads %v, stack %v, b %d: action %d costs %d, want %d", heads, c.stack, c.b, a, got, want)
				}
			}
			if _, only := c.forced(); only != (len(legal) == 1) {
				t.Fatalf("%d legal actions, forced %v", len(legal), only)
			}
			c.apply(legal[rng.IntN(len(legal))])
		}
	}
}

// bestReach counts the gold arcs in the best tree still within reach.
func bestReach(c *config, o *oracle) int {
	if c.done() {
		n := 0
		for d := range c.node {
			if d > 0 && int32(d) < c.end && c.node[d].head == o.head[d] {
				n++
			}
		}
		return n
	}
	best := -1
	for a := range numActions {
		if c.legal(a) {
			var after config
			after.become(c)
			after.apply(a)
			best = max(best, bestReach(&after, o))
		}
	}
	return best
}

// TestBeamOfOneIsGreedy checks the search against the plain loop.
func TestBeamOfOneIsGreedy(t *testing.T) {
	p, rng := trained(t), rand.New(rand.NewPCG(9, 10))
	var a, b Scratch
	for n := range 40 {
		sent := randomSentence(rng, n+1)
		a.loadSentence(&p.vocab, &sent)
		b.loadSentence(&p.vocab, &sent)
		a.search(1, p.score, false)
		b.greedy(p.score)
		a.takeTree()
		b.takeTree()
		for i := range a.head {
			if a.head[i] != b.head[i] {
				t.Fatalf("word %d of %d: head %d with a beam of one, %d greedily", i, n+1, a.head[i], b.head[i])
			}
		}
	}
}

// TestWideBeamFindsTheBestPath checks that a beam that holds every
// configuration gives the highest score of all.
func TestWideBeamFindsTheBestPath(t *testing.T) {
	p, rng := trained(t), rand.New(rand.NewPCG(11, 12))
	var s Scratch
	for n := 1; n <= 5; n++ {
		sent := randomSentence(rng, n)
		s.loadSentence(&p.vocab, &sent)
		s.search(5000, p.score, false)
		var c config
		c.start(n)
		if got, want := s.beam.now[0].score, highest(p, &s, &c); got != want {
			t.Errorf("%d words: the beam gives %v, the best path %v", n, got, want)
		}
	}
}

func highest(p *Parser, s *Scratch, c *config) float32 {
	if c.done() {
		return c.score
	}
	best := float32(never)
	_, only := c.forced()
	var w [numActions]float32
	if !only {
		s.extract(c)
		w = p.score(s, c)
	}
	for a := range numActions {
		if c.legal(a) {
			var after config
			after.become(c)
			after.apply(a)
			after.score += w[a]
			best = max(best, highest(p, s, &after))
		}
	}
	return best
}

// randomTree gives the heads of a projective tree.
func randomTree(rng *rand.Rand, n int) []int {
	heads := make([]int, n)
	var fill func(lo, hi, head int)
	fill = func(lo, hi, head int) {
		for lo < hi {
			end := lo + 1 + rng.IntN(hi-lo)
			r := lo + rng.IntN(end-lo)
			heads[r] = head
			fill(lo, r, r)
			fill(r+1, end, r)
			lo = end
		}
	}
	r := rng.IntN(n)
	heads[r] = -1
	fill(0, r, r)
	fill(r+1, n, r)
	return heads
}

func TestProjectiveLiftsCrossingArcs(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		n := 2 + rng.IntN(9)
		heads := make([]int, n)
		order := rng.Perm(n)
		heads[order[0]] = -1
		for i := 1; i < n; i++ {
			heads[order[i]] = order[rng.IntN(i)]
		}
		got := projective(heads)
		for d := range got {
			if got[d] >= 0 && crosses(got, d) {
				t.Fatalf("projective(%v) = %v still crosses at %d", heads, got, d)
			}
		}
		if tree := randomTree(rng, n); !equal(projective(tree), tree) {
			t.Fatalf("a projective tree was changed: %v", tree)
		}
	}
}

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

func TestTrainingIsDeterministic(t *testing.T) {
	sents := readTreebank(t)
	a, _ := Train(sents, small()).AppendBinary(nil)
	b, _ := Train(sents, small()).AppendBinary(nil)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Fatal("two trainings on the same sentences differ")
	}
}

func TestParseDoesNotAllocate(t *testing.T) {
	sents := readTreebank(t)
	doc, p := document(sents), trained(t)
	var s Scratch
	parseAll := func() {
		for i := range sents {
			p.Parse(doc, casus.SentenceID(i), &s)
		}
	}
	parseAll()
	if n := testing.AllocsPerRun(20, parseAll); n != 0 {
		t.Errorf("parsing allocates %v times in steady state", n)
	}
}

func TestLoadRefusesOtherFiles(t *testing.T) {
	good, err := Train(readTreebank(t), small()).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty":         nil,
		"short":         good[:100],
		"cut":           good[:len(good)-1],
		"longer":        append(bytes.Clone(good), 0),
		"other magic":   append([]byte("CNER"), good[4:]...),
		"other version": append(append(bytes.Clone(good[:4]), 99), good[5:]...),
	} {
		if _, err := Load(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	good, err := Train(readTreebank(f), small()).AppendBinary(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:headerSize])
	doc := document(readTreebank(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Load(b)
		if err != nil {
			return
		}
		var s Scratch
		for i := range doc.Sentences {
			p.Parse(doc, casus.SentenceID(i), &s)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	sents := readTreebank(b)
	doc, p := document(sents), trained(b)
	var s Scratch
	b.ReportAllocs()
	for b.Loop() {
		for i := range sents {
			p.Parse(doc, casus.SentenceID(i), &s)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
