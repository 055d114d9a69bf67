package neural

import (
	"math"

	"casus"
)

// agreement is how far a word moves towards the mean of all occurrences of its
// form in the document: 0 not at all, 1 wholly. Chosen among 0, 0.3, 0.5, 0.7 and 1 on
// UNER EWT dev (decision 016).
const agreement = 0.3

// agree lets the occurrences of a form that is not all lower case agree on its
// class: one sense a discourse (Gale, Church and Yarowsky 1992). The scores of
// all labels of a class move together, so that where a name begins and ends is
// left to the place.
func (t *Tier) agree(doc *casus.Document, s *Scratch) {
	classes := len(t.nerOf.group)
	own := grow(&s.own, classes)
	if s.forms == nil {
		s.forms = map[string]int{}
	}
	s.counts, s.sums = s.counts[:0], s.sums[:0]
	t.eachNamed(doc, s, func(form string, row []float32) {
		f, ok := s.forms[form]
		if !ok {
			f = len(s.counts)
			s.forms[form], s.counts = f, append(s.counts, 0)
			for range classes {
				s.sums = append(s.sums, 0)
			}
		}
		s.counts[f]++
		t.nerOf.classes(row, own)
		for c, p := range own {
			s.sums[f*classes+c] += p
		}
	})
	t.eachNamed(doc, s, func(form string, row []float32) {
		f := s.forms[form]
		if s.counts[f] < 2 {
			return
		}
		t.nerOf.classes(row, own)
		for c, labels := range t.nerOf.group {
			mean := s.sums[f*classes+c] / float64(s.counts[f])
			move := agreement * (math.Log(mean+1e-4) - math.Log(own[c]+1e-4))
			for _, l := range labels {
				row[l] += float32(move)
			}
		}
	})
	clear(s.forms) // its keys hold the document's text
}

// eachNamed yields the words read that a name may consist of, with their scores.
func (t *Tier) eachNamed(doc *casus.Document, s *Scratch, yield func(form string, row []float32)) {
	k := t.ner.n
	for _, x := range s.named {
		for w := range x.n {
			form := doc.Form(x.first + casus.TokenID(w))
			switch shape(form) {
			case shapeTitle, shapeUpper, shapeMixed, shapeNumber:
				i := x.at + w*k
				yield(form, s.labels[i:i+k])
			}
		}
	}
}

// classes gives the probability of each class of names.
func (x *iob) classes(row []float32, out []float64) {
	top, sum := float64(row[argmax(row)]), 0.0
	for c, labels := range x.group {
		out[c] = 0
		for _, l := range labels {
			out[c] += math.Exp(float64(row[l]) - top)
		}
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
}
