package neural

import (
	"math"

	"casus"
)

// propose adds what the heads "cue" and "role" read as statements: every word
// that leads its other labels as the main word of a cue, with the words of the
// cue about it and those of its source and content in the sentence.
func (v *view) propose(s *Scratch) {
	projected := false
	for i := range v.n {
		row := v.cue.of(v.tagRow(i))
		p := probability(row, cueHead)
		if p < proposeFrom {
			continue
		}
		f := &v.role
		if !projected {
			words := v.gather(&s.b, f.b, 1)
			f.project(grow(&s.proj, v.n*f.labels*f.n), grow(&s.one, v.n*f.labels), words, v.n, &s.enc)
			projected = true
		}
		v.doc.Proposals = append(v.doc.Proposals, v.proposal(i, p, s))
	}
}

// proposeFrom is the least probability of a cue that is worth telling; whoever
// reads proposals sets a bar of its own above.
const proposeFrom = 0.1

func (v *view) proposal(cue int, p float32, s *Scratch) casus.Proposal {
	f := &v.role
	a := v.mlp[(cue+1)*v.width.mlp+f.a.at:][:f.n]
	roles := grow(&s.roles, v.n)
	first := v.first
	out := casus.Proposal{Head: first + casus.TokenID(cue), Probability: p}
	for w := range v.n {
		var sc [len(roleLabels)]float32
		for l := range sc {
			k := w*f.labels + l
			sc[l] = dot(a, s.proj[k*f.n:][:f.n]) + s.one[k]
		}
		roles[w] = uint8(argmax(sc[:]))
	}
	lo, hi := cue, cue+1
	for lo > 0 && roles[lo-1] == 0 && argmax(v.cue.of(v.tagRow(lo-1))) == cueInside {
		lo--
	}
	for hi < v.n && roles[hi] == 0 && argmax(v.cue.of(v.tagRow(hi))) == cueInside {
		hi++
	}
	out.Cue = casus.Run{First: first + casus.TokenID(lo), End: first + casus.TokenID(hi)}
	for w := lo; w < hi; w++ {
		roles[w] = 0
	}
	out.Source, out.Content = runs(roles, roleSource, first), runs(roles, roleContent, first)
	return out
}

func runs(roles []uint8, role uint8, first casus.TokenID) []casus.Run {
	var out []casus.Run
	for i := 0; i < len(roles); i++ {
		if roles[i] != role {
			continue
		}
		j := i
		for j < len(roles) && roles[j] == role {
			j++
		}
		out = append(out, casus.Run{First: first + casus.TokenID(i), End: first + casus.TokenID(j)})
		i = j
	}
	return out
}

// probability of one label of a head.
func probability(row []float32, label int) float32 {
	top, sum := row[argmax(row)], 0.0
	for _, x := range row {
		sum += math.Exp(float64(x - top))
	}
	return float32(math.Exp(float64(row[label]-top)) / sum)
}
