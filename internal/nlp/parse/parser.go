package parse

import (
	"casus"
)

// Parser is a loaded model. It does not change and may be used by many
// goroutines, each with its own Scratch.
type Parser struct {
	actions     []int8 // pairs: left, right; shift scores nothing
	actionShift uint
	width       int
	labels      []int8 // lines of lineSize
	labelShift  uint
	cand        candidates
	vocab       vocabulary
}

// Parse fills Head and Deprel of the tokens of one sentence. It does not call
// Document.Link.
func (p *Parser) Parse(doc *casus.Document, sent casus.SentenceID, s *Scratch) {
	se := &doc.Sentences[sent]
	if se.End <= se.First {
		return
	}
	s.loadDocument(&p.vocab, doc, se.First, se.End)
	p.run(s)
	for i := 1; i <= s.n; i++ {
		tok := &doc.Tokens[int(se.First)+i-1]
		tok.Head = se.First + casus.TokenID(s.head[i]) - 1
		if int(s.head[i]) == s.n+1 {
			tok.Head = casus.None
		}
		tok.Deprel = s.label.rel[i]
	}
}

// run parses the sentence in the scratch.
func (p *Parser) run(s *Scratch) {
	if p.width > 1 {
		s.search(p.width, p.score, false)
	} else {
		s.greedy(p.score)
	}
	s.takeTree()
	s.eachArc(p.nameArc)
}

// takeTree copies the heads of the best configuration.
func (s *Scratch) takeTree() {
	for i := range s.head {
		s.head[i] = s.beam.now[0].node[i].head
	}
}

// score sums the weights of left and right; shift has none.
func (p *Parser) score(s *Scratch, _ *config) [numActions]float32 {
	var l, r int32
	for _, f := range &s.feat {
		i := int(f>>p.actionShift) * 2
		w := p.actions[i : i+2 : i+2]
		l += int32(w[0])
		r += int32(w[1])
	}
	return [numActions]float32{left: float32(l), right: float32(r)}
}
