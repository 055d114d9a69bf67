package neural

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"casus"
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

func TestShape(t *testing.T) {
	for word, want := range map[string]uint8{"protest": shapeLower, "Protest": shapeTitle, "NATO": shapeUpper, "McKee": shapeMixed,
		"G7": shapeNumber, "4,500": shapeNumber, "...": shapeOther, "A": shapeSingle, "I": shapeSingle, "Österreich": shapeTitle,
		"al-Amin": shapeMixed, "U.S.": shapeUpper, "n’t": shapeLower, "Ж": shapeSingle, "": shapeOther} {
		if got := shape(word); got != want {
			t.Errorf("shape of %q: %d, want %d", word, got, want)
		}
	}
}

func TestBiaffineAgainstItsFormula(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n, labels, words = 5, 3, 4
	u := make([]float32, labels*(n+1)*(n+1))
	for i := range u {
		u[i] = float32(r.NormFloat64())
	}
	f := biaffine{n: n, labels: labels}
	f.fill(u)
	a, b := make([]float32, words*n), make([]float32, words*n)
	for i := range a {
		a[i], b[i] = float32(r.NormFloat64()), float32(r.NormFloat64())
	}
	proj, one := make([]float32, words*labels*n), make([]float32, words*labels)
	f.project(proj, one, b, words)
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
				if got := dot(a[i*n:][:n], proj[k*n:][:n]) + one[k]; math.Abs(float64(got)-want) > 1e-4 {
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
		v := &view{Tier: &Tier{}, doc: &casus.Document{}, sent: &casus.Sentence{}, n: n}
		v.width.tags = len(labels)
		v.tags = make([]float32, (n+1)*len(labels))
		for i := range v.tags {
			v.tags[i] = float32(r.NormFloat64())
		}
		got := ""
		v.decode(&x, block{0, len(labels)}, &s, func(first, end, label int, margin float32) {
			got += fmt.Sprintf("%d-%d %s;", first, end, labels[label])
		})
		if want := bruteNames(v, &x, labels); got != want {
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
func bruteNames(v *view, x *iob, labels []string) string {
	seq, top, best := make([]int, v.n), math.Inf(-1), ""
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == v.n {
			if sum > top {
				top, best = sum, ""
				for a := 0; a < v.n; a++ {
					if x.kind[seq[a]] == 'B' {
						b := a + 1
						for b < v.n && x.kind[seq[b]] == 'I' {
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
			try(i+1, sum+gain+float64(v.tagRow(i)[l]))
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
