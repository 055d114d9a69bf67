package neural

import (
	"slices"

	"casus"
)

// beginLabels are the labels of the head "begin": inside a sentence, and where
// one begins though the splitter saw no gap. It reads the whole window, where
// the splitter reads a few letters about the gap: names set one below another,
// greetings, lines without a full stop.
var beginLabels = [2]string{"I", "B"}

// beginFrom is the probability from which a sentence is cut: chosen among 0.1,
// 0.2, 0.3, 0.5 and 0.7 on EWT and GUM dev: below 0.5 EWT gains what GUM loses.
const beginFrom = 0.9

// split cuts the parts of the batch where the head "begin" says so, and gives
// each new part its row for [CLS]. It reports whether there was any.
func (t *Tier) split(doc *casus.Document, s *Scratch) bool {
	if t.begin.n == 0 {
		return false
	}
	before := len(s.cuts)
	row := 0
	for _, p := range s.parts {
		for i := 1; i < p.n; i++ {
			w := p.first + casus.TokenID(i)
			if probability(t.begin.of(s.tags[(row+1+i)*t.width.tags:]), 1) >= beginFrom && mayEnd(doc, w-1) {
				s.cuts = append(s.cuts, w)
			}
		}
		row += p.n + 1
	}
	cuts := s.cuts[before:]
	if len(cuts) == 0 {
		return false
	}
	parts, first := make([]part, 0, len(s.parts)+len(cuts)), make([]int32, 0, len(s.first)+len(cuts))
	row = 0
	for _, p := range s.parts {
		cls := s.first[row]
		from := 0
		for i := range p.n + 1 {
			if i < p.n && (len(cuts) == 0 || p.first+casus.TokenID(i) != cuts[0]) {
				continue
			}
			parts = append(parts, part{p.first + casus.TokenID(from), i - from})
			first = append(append(first, cls), s.first[row+1+from:row+1+i]...)
			if from = i; i < p.n {
				cuts = cuts[1:]
			}
		}
		row += p.n + 1
	}
	s.parts, s.first = parts, first
	return true
}

// mayEnd reports that a sentence may end behind a word. None does behind a colon,
// a comma, a dash, or a mark that opens something: the treebank cuts there in
// letters ("Maria - || Please find attached"), but a dateline belongs to its
// sentence and what is quoted to who is quoted. Nor inside a token of two words.
func mayEnd(doc *casus.Document, w casus.TokenID) bool {
	a, b := doc.Tokens[w].Span, doc.Tokens[w+1].Span
	if a.End > b.Start {
		return false
	}
	switch doc.String(a) {
	case ":", ";", ",", "-", "--", "–", "—", "―", "(", "[", "{", "“", "‘", "«", "``", "`":
		return false
	case `"`, "'", "''", "”", "’":
		return a.End < b.Start
	}
	return true
}

// recut makes sentences begin at the given words, in text order, and renumbers
// those named in ids.
func recut(doc *casus.Document, cuts []casus.TokenID, ids []casus.SentenceID) []casus.SentenceID {
	if len(cuts) == 0 {
		return ids
	}
	out := make([]casus.Sentence, 0, len(doc.Sentences)+len(cuts))
	moved := make([]casus.SentenceID, len(doc.Sentences))
	for id, x := range doc.Sentences {
		moved[id] = casus.SentenceID(len(out))
		for len(cuts) > 0 && cuts[0] < x.End {
			head := x
			head.Span.End, head.End = doc.Tokens[cuts[0]-1].End, cuts[0]
			x.Span.Start, x.First = doc.Tokens[cuts[0]].Start, cuts[0]
			out, cuts = append(out, head), cuts[1:]
		}
		out = append(out, x)
	}
	doc.Sentences = out
	for id := range out {
		for w := out[id].First; w < out[id].End; w++ {
			doc.Tokens[w].Sent = casus.SentenceID(id)
		}
	}
	ids = slices.Clone(ids)
	for i, id := range ids {
		ids[i] = moved[id]
	}
	return ids
}
