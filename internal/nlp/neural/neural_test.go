package neural

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus"
	"casus/internal/nlp/encoder"
)

// bruteTree tries every assignment of heads.
func bruteTree(scores []float32, n int) (best float64) {
	w := n + 1
	logp := make([][]float64, n)
	for i := range n {
		sum := 0.0
		for j := range w {
			if j != i+1 {
				sum += math.Exp(float64(scores[i*w+j]))
			}
		}
		logp[i] = make([]float64, w)
		for j := range w {
			logp[i][j] = float64(scores[i*w+j]) - math.Log(sum)
		}
	}
	best = math.Inf(-1)
	heads := make([]int, n)
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == n {
			if isTree(heads) {
				best = max(best, sum)
			}
			return
		}
		for h := range w {
			if h != i+1 {
				heads[i] = h
				try(i+1, sum+logp[i][h])
			}
		}
	}
	try(0, 0)
	return best
}

func isTree(heads []int) bool {
	roots := 0
	for i, h := range heads {
		if h == 0 {
			roots++
		}
		at := i + 1
		for steps := 0; at != 0; steps++ {
			if steps > len(heads) {
				return false
			}
			at = heads[at-1]
		}
	}
	return roots == 1
}

func treeScore(scores []float32, heads []int) float64 {
	n := len(heads)
	w, total := n+1, 0.0
	for i, h := range heads {
		sum := 0.0
		for j := range w {
			if j != i+1 {
				sum += math.Exp(float64(scores[i*w+j]))
			}
		}
		total += float64(scores[i*w+h]) - math.Log(sum)
	}
	return total
}

func TestBestTreeAgainstAllTrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var s treeScratch
	for round := range 400 {
		n := 1 + r.IntN(5)
		scores := make([]float32, n*(n+1))
		for i := range scores {
			scores[i] = float32(r.NormFloat64() * 3)
		}
		want := bruteTree(scores, n)
		heads := s.best(slices.Clone(scores), n, make([]int, n))
		if !isTree(heads) {
			t.Fatalf("round %d: %v is no tree with one root", round, heads)
		}
		if got := treeScore(scores, heads); math.Abs(got-want) > 1e-4 {
			t.Fatalf("round %d: tree %v scores %v, the best %v", round, heads, got, want)
		}
	}
}

func TestBestTreeIsATree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var s treeScratch
	for range 60 {
		n := 1 + r.IntN(80)
		scores := make([]float32, n*(n+1))
		for i := range scores {
			scores[i] = float32(r.NormFloat64() * 20)
		}
		if heads := s.best(scores, n, make([]int, n)); !isTree(heads) {
			t.Fatalf("%v is no tree with one root", heads)
		}
	}
}

// The second word may hang on the fourth, over the arc from the first to the
// third, only where no other head comes near.
func TestUncrossMovesArcsThatCrossForLittle(t *testing.T) {
	const n = 4
	for _, c := range []struct {
		gain float32 // of the crossing arc over the next
		want int
	}{{crossing - 0.5, 3}, {crossing + 0.5, 4}} {
		heads := []int{3, 4, 0, 3} // 1 <- 3, 2 <- 4, 3 root, 4 <- 3
		scores := make([]float32, n*(n+1))
		scores[1*(n+1)+4], scores[1*(n+1)+3] = c.gain, 0
		scores[1*(n+1)+1], scores[0*(n+1)+3] = -9, 9
		if !crosses(heads, 1, 4) {
			t.Fatal("the arcs do not cross")
		}
		uncross(heads, scores, n)
		if heads[1] != c.want || !isTree(heads) {
			t.Errorf("a gain of %v: heads %v, want the second on %d", c.gain, heads, c.want)
		}
	}
}

func TestShape(t *testing.T) {
	for word, want := range map[string]uint8{"protest": shapeLower, "Protest": shapeTitle, "NATO": shapeUpper, "McKee": shapeMixed,
		"G7": shapeNumber, "4,500": shapeNumber, "...": shapeOther, "A": shapeSingle, "I": shapeSingle, "Österreich": shapeTitle,
		"al-Amin": shapeMixed, "U.S.": shapeUpper, "n’t": shapeLower, "Ж": shapeSingle, "": shapeOther} {
		if got := shape(word); got != want {
			t.Errorf("shape of %q: %d, want %d", word, got, want)
		}
	}
}

// The products are of bytes: seven bits of weight and seven of value.
func TestBiaffineAgainstItsFormula(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n, labels, words = 5, 3, 4
	u := make([]float32, labels*(n+1)*(n+1))
	for i := range u {
		u[i] = float32(r.NormFloat64())
	}
	f := biaffine{n: n, labels: labels}
	if err := f.fill(u); err != nil {
		t.Fatal(err)
	}
	a, b := make([]float32, words*n), make([]float32, words*n)
	for i := range a {
		a[i], b[i] = float32(r.NormFloat64()), float32(r.NormFloat64())
	}
	proj, one := make([]float32, words*labels*n), make([]float32, words*labels)
	f.project(proj, one, b, words, &encoder.Scratch{})
	with := func(x []float32, d int) float64 {
		if d == n {
			return 1
		}
		return float64(x[d])
	}
	for i := range words {
		for j := range words {
			for l := range labels {
				want := 0.0
				for d := range n + 1 {
					for e := range n + 1 {
						want += with(a[i*n:], d) * float64(u[(l*(n+1)+d)*(n+1)+e]) * with(b[j*n:], e)
					}
				}
				k := j*labels + l
				if got := dot(a[i*n:][:n], proj[k*n:][:n]) + one[k]; math.Abs(float64(got)-want) > 0.2 {
					t.Fatalf("label %d of %d, %d: %v, want %v", l, i, j, got, want)
				}
			}
		}
	}
}

func TestNamesAgainstAllSequences(t *testing.T) {
	labels := []string{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"}
	r := rand.New(rand.NewPCG(7, 8))
	gain := make([][]float32, len(labels))
	for i := range gain {
		for range labels {
			gain[i] = append(gain[i], float32(r.NormFloat64()))
		}
	}
	x, err := parseIOB(labels, gain)
	if err != nil {
		t.Fatal(err)
	}
	var s Scratch
	for range 200 {
		n := 1 + r.IntN(4)
		rows := make([]float32, n*len(labels))
		for i := range rows {
			rows[i] = float32(r.NormFloat64())
		}
		got := ""
		x.decode(rows, len(labels), n, &s, func(first, end, label int, margin float32) {
			got += fmt.Sprintf("%d-%d %s;", first, end, labels[label])
		})
		if want := bruteNames(rows, n, &x, labels); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	for _, bad := range [][]string{nil, {"B-PER"}, {"O", "PER"}, {"O", "X-PER"}, {"O", "B-"}} {
		if _, err := parseIOB(bad, nil); err == nil {
			t.Errorf("%q was read as labels", bad)
		}
	}
}

// bruteNames scores every legal sequence of labels.
func bruteNames(rows []float32, n int, x *iob, labels []string) string {
	seq, top, best := make([]int, n), math.Inf(-1), ""
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == n {
			if sum > top {
				top, best = sum, ""
				for a := 0; a < n; a++ {
					if x.kind[seq[a]] == 'B' {
						b := a + 1
						for b < n && x.kind[seq[b]] == 'I' {
							b++
						}
						best += fmt.Sprintf("%d-%d %s;", a, b, labels[seq[a]])
					}
				}
			}
			return
		}
		for l := range labels {
			gain := 0.0
			if i > 0 {
				gain = float64(x.follow[seq[i-1]][l])
			}
			if i == 0 && x.kind[l] == 'I' || gain <= forbidden {
				continue
			}
			seq[i] = l
			try(i+1, sum+gain+float64(rows[i*len(labels)+l]))
		}
	}
	try(0, 0)
	return best
}

func TestRuns(t *testing.T) {
	got := runs([]uint8{0, 2, 2, 0, 2, 1, 2}, roleContent, 10)
	want := []casus.Run{{First: 11, End: 13}, {First: 14, End: 15}, {First: 16, End: 17}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// fakePieces gives a tier whose words are pieces by length, for windows alone.
func windowsOf(t *testing.T, window int, sizes ...int) [][]casus.SentenceID {
	t.Helper()
	x := &Tier{window: window, wp: tinyVocab(t)}
	var s Scratch
	s.reset()
	for i, n := range sizes {
		s.pieces, s.marks, s.begins = make([]int32, n), make([]uint8, n), make([]int32, n)
		for k := range n {
			s.begins[k] = int32(k)
		}
		id := casus.SentenceID(i)
		if n < 0 {
			continue
		}
		if !x.fits(id, &s) {
			x.open(&s)
		}
		x.add(id, &s)
	}
	var out [][]casus.SentenceID
	row, at := 0, 0
	for w := range len(s.seqs) - 1 {
		begin, end := s.seqs[w], s.seqs[w+1]
		var ids []casus.SentenceID
		for at < len(s.sents) && row < len(s.first) && s.first[row] == begin {
			ids = append(ids, s.sents[at])
			row += sizes[s.sents[at]] + 1
			at++
		}
		if n := int(end - begin); len(ids) > 1 && n > window {
			t.Errorf("window %d has %d pieces", w, n)
		}
		out = append(out, ids)
	}
	if at != len(s.sents) || row != len(s.first) || int(s.seqs[len(s.seqs)-1]) != len(s.ids) {
		t.Errorf("%d of %d sentences, %d of %d rows in windows", at, len(s.sents), row, len(s.first))
	}
	return out
}

func tinyVocab(t *testing.T) *encoder.WordPiece {
	t.Helper()
	wp, err := encoder.LoadWordPiece([]byte("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n"))
	if err != nil {
		t.Fatal(err)
	}
	return wp
}

func TestWindowsHoldNeighboursThatFit(t *testing.T) {
	got := fmt.Sprint(windowsOf(t, 12, 4, 5, 3, 20, 2, 2, 2))
	if want := "[[0 1] [2] [3] [4 5 6]]"; got != want {
		t.Errorf("windows %v, want %v", got, want)
	}
	if got, want := fmt.Sprint(windowsOf(t, 0, 2, 1)), "[[0] [1]]"; got != want {
		t.Errorf("without windows: %v, want %v", got, want)
	}
}

// words makes a document of one paragraph whose sentences have the given words.
func words(sentences ...string) *casus.Document {
	doc := &casus.Document{}
	for _, text := range sentences {
		x := casus.Sentence{First: casus.TokenID(len(doc.Tokens))}
		x.Start = casus.Pos(len(doc.Text))
		for w := range strings.FieldsSeq(text) {
			at := casus.Pos(len(doc.Text))
			doc.Text += w + " "
			doc.Tokens = append(doc.Tokens, casus.Token{Span: casus.Span{Start: at, End: at + casus.Pos(len(w))}, Sent: casus.SentenceID(len(doc.Sentences))})
		}
		x.Span.End, x.End = casus.Pos(len(doc.Text)-1), casus.TokenID(len(doc.Tokens))
		doc.Sentences = append(doc.Sentences, x)
	}
	return doc
}

func TestSplitGivesEachSentenceItsRows(t *testing.T) {
	doc := words("Ana Pedro met", "it rained", "Luis Eva Juan")
	x := &Tier{begin: block{0, 2}}
	x.width.tags = 2
	s := Scratch{parts: []part{{0, 3}, {3, 2}, {5, 3}}, first: []int32{0, 1, 2, 3, 0, 5, 6, 8, 9, 10, 11}}
	s.tags = make([]float32, 2*len(s.first))
	for row := range s.first {
		s.tags[2*row] = 1
	}
	for _, row := range []int{2, 9, 10} { // Pedro, Eva, Juan
		s.tags[2*row+1] = 9
	}
	if !x.split(doc, &s) {
		t.Fatal("nothing was cut")
	}
	if want := []part{{0, 1}, {1, 2}, {3, 2}, {5, 1}, {6, 1}, {7, 1}}; !slices.Equal(s.parts, want) {
		t.Errorf("parts %v, want %v", s.parts, want)
	}
	if want := []int32{0, 1, 0, 2, 3, 0, 5, 6, 8, 9, 8, 10, 8, 11}; !slices.Equal(s.first, want) {
		t.Errorf("rows %v, want %v", s.first, want)
	}
	long := recut(doc, s.cuts, []casus.SentenceID{1})
	if want := []casus.SentenceID{2}; !slices.Equal(long, want) {
		t.Errorf("the second sentence is now %v, want %v", long, want)
	}
	var got []string
	for id, x := range doc.Sentences {
		got = append(got, doc.String(x.Span))
		for w := x.First; w < x.End; w++ {
			if doc.Tokens[w].Sent != casus.SentenceID(id) {
				t.Errorf("%q is in sentence %d, want %d", doc.Form(w), doc.Tokens[w].Sent, id)
			}
		}
	}
	if want := []string{"Ana", "Pedro met", "it rained", "Luis", "Eva", "Juan"}; !slices.Equal(got, want) {
		t.Errorf("sentences %q, want %q", got, want)
	}
}

func TestWhereASentenceMayEnd(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{{"Thanks Carla", true}, {"gone . Next", true}, {"said : Go", false}, {"LIMA - Troops", false}, {"“ Go", false}, {"over ” Then", true}} {
		doc := words(c.text)
		if got := mayEnd(doc, casus.TokenID(len(doc.Tokens)-2)); got != c.want {
			t.Errorf("%q: may end before its last word: %v, want %v", c.text, got, c.want)
		}
	}
}

// A form that is clearly a place twice draws its third occurrence, which alone
// would be a person; words in lower case do not listen.
func TestOccurrencesAgree(t *testing.T) {
	labels := []string{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"}
	per, loc, none := []float32{0, 1, 0, 0.8, 0}, []float32{0, 0, 0, 6, 0}, []float32{5, 0, 0, 0, 0}
	for _, c := range []struct{ word, want string }{{"Florencia", "LOC"}, {"florencia", "PER"}} {
		doc := words(c.word+" slept", "in "+c.word, "to "+c.word)
		of, err := parseIOB(labels, nil)
		if err != nil {
			t.Fatal(err)
		}
		x := &Tier{nerOf: of, ner: block{0, len(labels)}}
		var s Scratch
		for i, rows := range [][][]float32{{per, none}, {none, loc}, {none, loc}} {
			s.named = append(s.named, namedSentence{part{doc.Sentences[i].First, 2}, len(s.labels)})
			s.labels = append(s.labels, slices.Concat(rows...)...)
		}
		x.names(doc, &s)
		if len(doc.Names) != 3 || doc.Names[0].Label.String() != c.want {
			t.Errorf("%q: names %v, want three, the first %s", c.word, doc.Names, c.want)
		}
	}
}
