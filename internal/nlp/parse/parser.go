package parse

import (
	"casus"
)

// Parser is a loaded model. It does not change and may be used by many
// goroutines, each with its own Scratch.
type Parser struct {
	actions     []int8 // pairs: left less shift, right less shift
	actionShift uint
	labels      []int8 // lines of lineSize
	labelShift  uint
	cand        candidates
}

// Parse fills Head and Deprel of the tokens of one sentence. It does not call
// Document.Link.
func (p *Parser) Parse(doc *casus.Document, sent casus.SentenceID, s *Scratch) {
	se := &doc.Sentences[sent]
	if se.End <= se.First {
		return
	}
	s.loadDocument(doc, se.First, se.End)
	p.run(s)
	for i := 1; i <= s.n; i++ {
		tok := &doc.Tokens[int(se.First)+i-1]
		tok.Head = se.First + casus.TokenID(s.node[i].head) - 1
		if int(s.node[i].head) == s.n+1 {
			tok.Head = casus.None
		}
		tok.Deprel = s.label.rel[i]
	}
}

// run parses the sentence in the scratch.
func (p *Parser) run(s *Scratch) {
	s.start()
	for !s.done() {
		s.apply(p.choose(s))
	}
	s.eachArc(p.nameArc)
}

// choose gives the best legal action; shift before left before right among
// equals.
func (p *Parser) choose(s *Scratch) action {
	canShift, canLeft, canRight := s.legal(shift), s.legal(left), s.legal(right)
	if !canLeft && !canRight {
		return shift
	}
	if !canShift && !(canLeft && canRight) {
		if canLeft {
			return left
		}
		return right
	}
	s.extract()
	l, r := p.score(&s.feat)
	best, top := shift, int32(0)
	if !canShift {
		top = -1 << 30
	}
	if canLeft && l > top {
		best, top = left, l
	}
	if canRight && r > top {
		best = right
	}
	return best
}

// score sums the weights of left and right, both relative to shift.
func (p *Parser) score(feat *[numFeatures]uint64) (l, r int32) {
	for _, f := range feat {
		i := int(f>>p.actionShift) * 2
		w := p.actions[i : i+2 : i+2]
		l += int32(w[0])
		r += int32(w[1])
	}
	return l, r
}
