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

// names finds the best legal sequence of labels.
func (v *view) names(s *Scratch) {
	v.decode(&v.nerOf, v.ner, s, func(first, end int, label int, margin float32) {
		a, b := v.sent.First+casus.TokenID(first), v.sent.First+casus.TokenID(end)
		v.doc.Names = append(v.doc.Names, casus.Name{Span: v.doc.TokenSpan(a, b), First: a, End: b, Label: v.nerOf.class[label], Margin: margin})
	})
}

// fineNames does the same for the finer classes.
func (v *view) fineNames(s *Scratch) {
	if v.fine.n == 0 {
		return
	}
	v.decode(&v.fineOf, v.fine, s, func(first, end int, label int, _ float32) {
		a, b := v.sent.First+casus.TokenID(first), v.sent.First+casus.TokenID(end)
		v.doc.FineNames = append(v.doc.FineNames, casus.FineName{First: a, End: b, Class: v.fineOf.name[label]})
	})
}

// decode runs Viterbi and yields the runs of names with their first label and
// the smallest lead of a word's score over that of O.
func (v *view) decode(x *iob, b block, s *Scratch, yield func(first, end, label int, margin float32)) {
	n, k := v.n, b.n
	cells := grow(&s.path, n*k)
	for i := range n {
		row := b.of(v.tagRow(i))
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
			row := b.of(v.tagRow(j))
			margin = min(margin, row[labels[j]]-row[0])
		}
		yield(i, j, labels[i], margin)
		i = j
	}
}
