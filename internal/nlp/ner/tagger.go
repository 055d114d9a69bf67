package ner

import (
	"math/bits"

	"casus"
	"casus/ud"
)

// Tagger is a loaded model. It does not change and may be used by many
// goroutines, each with its own Scratch.
type Tagger struct {
	weights []int8 // lines of lineSize
	shift   uint
	trans   [numLabels][numLabels]int32 // from, to; far below zero where forbidden
	begin   [numLabels]int32
	allow   allowance
	res     resources
}

// Scratch is the working memory of one goroutine; the zero value is ready.
type Scratch struct {
	n     int
	style uint32 // 1 running text, 2 capitals, 3 a headline
	key   []key
	feat  [numFeatures]uint64
	mask  []uint32
	emit  [][numLabels]int32
	back  [][numLabels]label
	path  []label
	votes map[string]ballot
	found []casus.Name
}

// forbidden is a score no sum of weights makes up for.
const forbidden = -1 << 24

// allowance is the set of labels, as bits, that words of a tag and a shape have
// had in training: a word in small letters tagged as a verb is in no name, and
// is not looked at further.
type allowance [numShapes][ud.NumUPOS]uint32

// Tag appends the names of one sentence to doc.Names, in text order.
func (t *Tagger) Tag(doc *casus.Document, sent casus.SentenceID, s *Scratch) {
	se := &doc.Sentences[sent]
	if se.End <= se.First {
		return
	}
	s.loadDocument(doc, se.First, se.End, &t.res)
	if !t.run(s) {
		return
	}
	t.names(doc, se.First, s)
}

// run finds the best labels of the sentence in the scratch; false when there
// can be no name.
func (t *Tagger) run(s *Scratch) bool {
	if !s.masks(&t.allow) {
		return false
	}
	for i := range s.n {
		s.emit[i] = [numLabels]int32{}
		if s.mask[i] != 1<<outside {
			s.extract(i)
			t.emission(s, i)
		}
	}
	s.viterbi(&t.trans, &t.begin)
	return true
}

// masks fills the labels that each word may have; false when all words are
// outside.
func (s *Scratch) masks(a *allowance) bool {
	any := uint32(0)
	for i := range s.n {
		k := &s.key[i+pad]
		s.mask[i] = a[k.class][k.upos] | 1<<outside
		any |= s.mask[i]
	}
	return any != 1<<outside
}

func (t *Tagger) emission(s *Scratch, i int) {
	var list [numLabels]uint8
	n := 0
	for m := s.mask[i]; m != 0; m &= m - 1 {
		list[n] = uint8(bits.TrailingZeros32(m))
		n++
	}
	var score [numLabels]int32
	for _, f := range &s.feat {
		start, perm := line(f, t.shift)
		w := (*[lineSize]int8)(t.weights[start : start+lineSize])
		for j, l := range list[:n] {
			score[j] += int32(w[(uint64(l)^perm)&(lineSize-1)])
		}
	}
	for j, l := range list[:n] {
		s.emit[i][l] = score[j]
	}
}

// viterbi leaves the best path in s.path.
func (s *Scratch) viterbi(trans *[numLabels][numLabels]int32, begin *[numLabels]int32) {
	var prev [numLabels]int32
	for l := range prev {
		prev[l] = 4 * forbidden
		if s.mask[0]>>l&1 == 1 {
			prev[l] = s.emit[0][l] + begin[l]
		}
	}
	for i := 1; i < s.n; i++ {
		var next [numLabels]int32
		for l := range next {
			next[l] = 4 * forbidden
		}
		for m := s.mask[i]; m != 0; m &= m - 1 {
			l := bits.TrailingZeros32(m)
			best, from := int32(-1<<30), label(0)
			for q := s.mask[i-1]; q != 0; q &= q - 1 {
				a := bits.TrailingZeros32(q)
				if v := prev[a] + trans[a][l]; v > best {
					best, from = v, label(a)
				}
			}
			next[l], s.back[i][l] = best+s.emit[i][l], from
		}
		prev = next
	}
	s.trace(&prev)
}

// trace follows the back pointers from the best last label; a name cannot stay
// open at the end.
func (s *Scratch) trace(last *[numLabels]int32) {
	best := outside
	for l := label(1); l < numLabels; l++ {
		if p := l.place(); (p == placeLast || p == placeUnit) && last[l] > last[best] {
			best = l
		}
	}
	if cap(s.path) < s.n {
		s.path = make([]label, s.n+s.n/2)
	}
	s.path = s.path[:s.n]
	for i := s.n - 1; i >= 0; i-- {
		s.path[i] = best
		if i > 0 {
			best = s.back[i][best]
		}
	}
}

// names turns the path into names.
func (t *Tagger) names(doc *casus.Document, first casus.TokenID, s *Scratch) {
	for i := 0; i < s.n; i++ {
		l := s.path[i]
		if l == outside || l.place() != placeBegin && l.place() != placeUnit {
			continue
		}
		end := i + 1
		for l.place() == placeBegin && end < s.n && s.path[end] != outside && s.path[end].class() == l.class() {
			end++
			if s.path[end-1].place() == placeLast {
				break
			}
		}
		a, b := first+casus.TokenID(i), first+casus.TokenID(end)
		doc.Names = append(doc.Names, casus.Name{Span: doc.TokenSpan(a, b), First: a, End: b, Label: l.class(), Margin: s.margin(i, end)})
	}
}

// margin is how far the name's class stands above any other answer at its
// least sure word, in weight steps.
func (s *Scratch) margin(first, end int) float32 {
	least := int32(1 << 30)
	for i := first; i < end; i++ {
		own, rival := int32(-1<<30), int32(-1<<30)
		for m := s.mask[i]; m != 0; m &= m - 1 {
			l := label(bits.TrailingZeros32(m))
			if l != outside && l.class() == s.path[i].class() {
				own = max(own, s.emit[i][l])
			} else {
				rival = max(rival, s.emit[i][l])
			}
		}
		least = min(least, own-rival)
	}
	return float32(least)
}
