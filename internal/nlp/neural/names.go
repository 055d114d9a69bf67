package neural

import (
	"fmt"
	"strings"

	"casus"
	"casus/ud"
)

const rootRel = ud.Root

// iob are the labels of a head that finds names, in IOB2.
type iob struct {
	kind   []byte // 'O', 'B', 'I'
	class  []casus.NameLabel
	name   []string
	group  [][]int     // labels by class; O is one
	follow [][]float32 // follow[a][b]: what b gains behind a; forbidden where it may not stand
}

const forbidden = -1e9

func parseIOB(labels []string, gain [][]float32) (iob, error) {
	var x iob
	for _, l := range labels {
		kind, class, ok := strings.Cut(l, "-")
		if l != "O" && (!ok || kind != "B" && kind != "I" || class == "") {
			return x, fmt.Errorf("no IOB2 label: %q", l)
		}
		x.kind, x.name = append(x.kind, l[0]), append(x.name, class)
		x.class = append(x.class, coarse[class])
	}
	at := map[string]int{}
	for l, name := range x.name {
		c, ok := at[name]
		if !ok {
			c = len(x.group)
			at[name], x.group = c, append(x.group, nil)
		}
		x.group[c] = append(x.group[c], l)
	}
	if len(labels) == 0 || labels[0] != "O" {
		return x, fmt.Errorf("the first label is not O")
	}
	for a := range labels {
		row := make([]float32, len(labels))
		if gain != nil {
			if len(gain) != len(labels) || len(gain[a]) != len(labels) {
				return x, fmt.Errorf("gains of pairs of %d labels are no square", len(labels))
			}
			copy(row, gain[a])
		}
		for b := range labels {
			if x.kind[b] == 'I' && (x.kind[a] == 'O' || x.name[a] != x.name[b]) {
				row[b] = forbidden
			}
		}
		x.follow = append(x.follow, row)
	}
	return x, nil
}

// coarse gives the class of names that a label stands for.
var coarse = map[string]casus.NameLabel{
	"PER": casus.PER, "LOC": casus.LOC, "ORG": casus.ORG, "MISC": casus.MISC,
	"politician": casus.PER, "person": casus.PER, "country": casus.LOC, "location": casus.LOC,
	"politicalparty": casus.ORG, "organisation": casus.ORG, "election": casus.MISC, "event": casus.MISC, "misc": casus.MISC,
}

type pathCell struct {
	score float32
	from  int16
}

// namedSentence is a sentence whose names wait for the rest of the document.
type namedSentence struct {
	part
	at int // its first score in Scratch.labels
}

// keepNames puts the scores of names aside until the document is read.
func (v *view) keepNames(s *Scratch) {
	s.named = append(s.named, namedSentence{part{v.first, v.n}, len(s.labels)})
	for i := range v.n {
		row := v.tagRow(i)
		s.labels = append(s.labels, v.ner.of(row)...)
		if i > 0 && v.begin.n > 0 && probability(v.begin.of(row), 1) >= breakFrom {
			word := s.labels[len(s.labels)-v.ner.n:]
			for l, kind := range v.nerOf.kind {
				if kind == 'I' {
					word[l] = forbidden
				}
			}
		}
	}
}

// breakFrom is the probability of a sentence's beginning from which no name runs
// on over it: less than for a cut, for a name does not lose its sentence. Chosen
// among 0.05, 0.1, 0.2 and 0.3 on UNER EWT dev.
const breakFrom = 0.2

// names finds the names of the sentences read, once a word has heard how its
// other occurrences are labelled.
func (t *Tier) names(doc *casus.Document, s *Scratch) {
	t.agree(doc, s)
	for _, x := range s.named {
		t.nerOf.decode(s.labels[x.at:], t.ner.n, x.n, s, func(first, end int, label int, margin float32) {
			a, b := x.first+casus.TokenID(first), x.first+casus.TokenID(end)
			doc.Names = append(doc.Names, casus.Name{Span: doc.TokenSpan(a, b), First: a, End: b, Label: t.nerOf.class[label], Margin: margin})
		})
	}
}

// fineNames does the same for the finer classes.
func (v *view) fineNames(s *Scratch) {
	if v.fine.n == 0 {
		return
	}
	rows := s.fine[:0]
	for i := range v.n {
		rows = append(rows, v.fine.of(v.tagRow(i))...)
	}
	s.fine = rows
	v.fineOf.decode(rows, v.fine.n, v.n, s, func(first, end int, label int, _ float32) {
		a, b := v.first+casus.TokenID(first), v.first+casus.TokenID(end)
		v.doc.FineNames = append(v.doc.FineNames, casus.FineName{First: a, End: b, Class: v.fineOf.name[label]})
	})
}

// decode runs Viterbi over n words with k scores each, and yields the runs of
// names with their first label and the smallest lead of a word's score over
// that of O.
func (x *iob) decode(rows []float32, k, n int, s *Scratch, yield func(first, end, label int, margin float32)) {
	cells := grow(&s.path, n*k)
	for i := range n {
		row := rows[i*k : (i+1)*k]
		for l := range k {
			c := pathCell{row[l], -1}
			if i == 0 {
				if x.kind[l] == 'I' {
					c.score = forbidden
				}
				cells[l] = c
				continue
			}
			best := float32(-1e18)
			for a := range k {
				if p := cells[(i-1)*k+a].score + x.follow[a][l]; p > best {
					best, c.from = p, int16(a)
				}
			}
			c.score += best
			cells[i*k+l] = c
		}
	}
	labels := grow(&s.heads, n)
	best := 0
	for l := range k {
		if cells[(n-1)*k+l].score > cells[(n-1)*k+best].score {
			best = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = best
		best = int(cells[i*k+best].from)
	}
	for i := 0; i < n; {
		if x.kind[labels[i]] != 'B' {
			i++
			continue
		}
		j, margin := i, float32(1e9)
		for ; j < n && (j == i || x.kind[labels[j]] == 'I'); j++ {
			row := rows[j*k : (j+1)*k]
			margin = min(margin, row[labels[j]]-row[0])
		}
		yield(i, j, labels[i], margin)
		i = j
	}
}
