package token

import (
	"casus"
)

// MaxSentence is the number of words at which a sentence is cut whether it has
// ended or not: tables and lists without a stop must not stall the parser.
const MaxSentence = 400

// Scratch is the memory of one worker.
type Scratch struct {
	a     around
	feats []uint32
	start []bool // by piece: a sentence begins here
	par   []bool // by piece: a paragraph begins here
}

// Cut fills Sentences and Tokens of doc from its Text.
func (s *Splitter) Cut(doc *casus.Document, m *Scratch) {
	m.a.text = doc.Text
	m.a.pieces = Scan(doc.Text, m.a.pieces[:0])
	m.a.look()
	m.paragraphs()
	m.start = append(m.start[:0], m.par...)
	n := len(m.a.pieces)
	for from := 0; from < n; {
		to := from + 1
		for to < n && !m.par[to] {
			to++
		}
		s.block(m, from, to)
		from = to
	}
	m.fill(doc)
}

// block finds the sentences of one paragraph.
func (s *Splitter) block(m *Scratch, from, to int) {
	b := m.a.block(from, to)
	head, title := b.isTitle() && b.from == 0 && b.to < len(m.a.pieces), b.isTitle() && b.title >= 3
	start := from
	for i := from + 1; i < to; i++ {
		switch {
		case i-start >= MaxSentence && m.a.pieces[i].Words > 0:
		case !m.a.possible(i) || head && m.a.seen[i-1].shape != shapeStop || title && m.a.seen[i-1].shape == shapeColon:
			continue
		case i-start == 2 && m.counted(start):
			continue
		case m.a.nextVoice(start, i):
		default:
			m.feats = m.a.features(&b, start, i, m.feats[:0])
			if s.margin(m.feats) <= 0 {
				continue
			}
		}
		m.start[i] = true
		start = i
	}
}

// counted reports a word of number and a number, which begin a sentence and are
// none: "Some 2,000 Nigerian troops".
func (m *Scratch) counted(i int) bool {
	p, number := m.a.pieces[i], m.a.text[m.a.pieces[i+1].Start]
	if number < '0' || number > '9' {
		return false
	}
	switch m.a.text[p.Start:p.End] {
	case "Some", "About", "Around", "Nearly", "Almost", "Over", "Roughly", "Approximately", "Another", "Only", "Just", "Those", "These":
		return true
	}
	return false
}

// isTitle reports a short paragraph without a stop at its end. The first of a
// text, and any in which most words have capitals, is one line although it has
// colons and capitals inside: "Peru: Senate Rejects New Budget".
func (b *block) isTitle() bool { return b.ends == 0 && b.to-b.from <= 30 }

// paragraphs marks where paragraphs begin: behind a blank line, and behind a
// line break that was made on purpose.
func (m *Scratch) paragraphs() {
	p := m.a.pieces
	m.par = m.par[:0]
	for i := range p {
		m.par = append(m.par, i == 0 || p[i].Gap == Blank)
	}
	for from := 0; from < len(p); {
		to, lines := from+1, 0
		for to < len(p) && !m.par[to] {
			if p[to].Gap == Line {
				lines++
			}
			to++
		}
		if lines > 0 {
			m.lines(from, to)
		}
		from = to
	}
}

// lines tells, inside a block with single line breaks, breaks made on purpose
// from wrapped text. A line was broken on purpose when the first word of the
// next line would still have fitted: text wrapped by a machine fills its
// lines. Lines longer than any wrapping are paragraphs. A long line without a stop
// whose next one begins in small letters was wrapped by hand, wherever it ends.
func (m *Scratch) lines(from, to int) {
	p := m.a.pieces
	width, begin := 0, from
	for i := from + 1; i <= to; i++ {
		if i == to || p[i].Gap == Line {
			width = max(width, int(p[i-1].End-p[begin].Start))
			begin = i
		}
	}
	begin = from
	for i := from + 1; i < to; i++ {
		if p[i].Gap != Line {
			continue
		}
		used := int(p[i-1].End - p[begin].Start)
		wrapped := width <= 130 && used+1+m.firstWord(i) > width-2 || used >= byHand && m.goesOn(i)
		m.par[i] = width < 30 || !wrapped
		begin = i
	}
}

// byHand is the number of bytes from which on a line in small letters may be the
// rest of the line before; shorter lines may be a list.
const byHand = 40

// goesOn reports small letters behind a word or a comma.
func (m *Scratch) goesOn(i int) bool {
	switch m.a.seen[i-1].shape {
	case shapeStop, shapeColon, shapeShut:
		return false
	}
	return m.a.seen[i].shape == shapeLower
}

// firstWord is the length of the unbroken run of letters that begins at i.
func (m *Scratch) firstWord(i int) int {
	j := i + 1
	for j < len(m.a.pieces) && m.a.pieces[j].Gap == Joined {
		j++
	}
	return int(m.a.pieces[j-1].End - m.a.pieces[i].Start)
}

// fill writes the layers.
func (m *Scratch) fill(doc *casus.Document) {
	p := m.a.pieces
	doc.Sentences, doc.Tokens = doc.Sentences[:0], doc.Tokens[:0]
	if cap(doc.Tokens) < len(p) {
		doc.Tokens = make([]casus.Token, 0, len(p))
	}
	par := int32(-1)
	for i := range p {
		if m.par[i] {
			par++
		}
		if m.start[i] {
			doc.Sentences = append(doc.Sentences, casus.Sentence{First: casus.TokenID(i), Root: casus.None, Paragraph: par})
		}
		doc.Tokens = append(doc.Tokens, casus.Token{Span: p[i].Span, Sent: casus.SentenceID(len(doc.Sentences) - 1),
			Head: casus.None, FirstKid: casus.None, NextKid: casus.None, Words: p[i].Words})
	}
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if s.End = casus.TokenID(len(p)); i+1 < len(doc.Sentences) {
			s.End = doc.Sentences[i+1].First
		}
		s.Span = doc.TokenSpan(s.First, s.End)
	}
	m.roles(doc)
}

// roles tells headlines and other furniture from running text.
func (m *Scratch) roles(doc *casus.Document) {
	n := len(doc.Sentences)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		alone := (i == 0 || doc.Sentences[i-1].Paragraph != s.Paragraph) && (i+1 == n || doc.Sentences[i+1].Paragraph != s.Paragraph)
		if !alone || n == 1 || s.End-s.First > 30 {
			continue
		}
		last := m.a.lastMark(int(s.First), int(s.End))
		switch {
		case m.isByline(s):
			s.Role = casus.Byline
		case m.isDateline(s):
			s.Role = casus.Dateline
		case last == shapeStop && !(i == 0 && doc.Text[doc.Tokens[s.End-1].Start] == '?'), last == shapeColon, last == shapeComma:
		case i == 0:
			s.Role = casus.Headline
		case i+1 < n && s.End-s.First <= 15 && m.a.seen[s.First].shape != shapeDash && m.a.seen[s.First].shape != shapeOpen:
			s.Role = casus.Subhead
		}
	}
}

// isByline reports "By Ana Gil" and "By Ana Gil and Wei Ho, Example News".
func (m *Scratch) isByline(s *casus.Sentence) bool {
	first := m.a.pieces[s.First]
	if w := m.a.text[first.Start:first.End]; w != "By" && w != "BY" || s.End-s.First > 12 || s.End-s.First < 2 {
		return false
	}
	return m.capitals(s.First+1, s.End)
}

// isDateline reports "LIMA, Nov 2 (Agency) -" alone on its line.
func (m *Scratch) isDateline(s *casus.Sentence) bool {
	if s.End-s.First < 4 || s.End-s.First > 14 || m.a.seen[s.First].shape != shapeUpper {
		return false
	}
	return m.a.seen[s.End-1].shape == shapeDash && m.capitals(s.First, s.End)
}

func (m *Scratch) capitals(from, to casus.TokenID) bool {
	for i := from; i < to; i++ {
		if m.a.seen[i].shape == shapeLower {
			p := m.a.pieces[i]
			if w := m.a.text[p.Start:p.End]; w != "and" && w != "in" && w != "for" && w != "of" && w != "de" && w != "al" {
				return false
			}
		}
	}
	return true
}
