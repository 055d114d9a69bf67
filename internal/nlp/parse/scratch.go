package parse

// Scratch is the working memory of one goroutine. The zero value is ready; it
// grows to the longest sentence met and is then used again without allocation.
type Scratch struct {
	n     int // words; the root node is n+1
	key   []key
	punct []passed
	feat  [numFeatures]uint64
	beam  beam
	head  []int32 // the tree found, by node
	label labelScratch
}

// passed counts the punctuation before a word in its sentence.
type passed struct {
	commas uint16
	quotes uint16 // modulo 2
}

// reset makes room for n words and forgets the sentence before.
func (s *Scratch) reset(n int) {
	s.n = n
	if need := n + 2; cap(s.key) < need {
		s.key, s.punct, s.head = make([]key, need+need/2), make([]passed, need+need/2), make([]int32, need+need/2)
	}
	s.key, s.punct, s.head = s.key[:n+2], s.punct[:n+2], s.head[:n+2]
	s.key[0] = key{w: 1, l: 1, p: 1, u: 1, x: 1}
	s.key[n+1] = key{w: 2, l: 2, p: 2, u: 2, x: 2}
}

// countPunct fills punct from the keys.
func (s *Scratch) countPunct() {
	var p passed
	for i := range s.key {
		s.punct[i] = p
		switch s.key[i].mark {
		case comma:
			p.commas++
		case quote:
			p.quotes ^= 1
		}
	}
}

// between tells what punctuation lies between two words: no, one or more
// commas, and whether a quotation opens or closes.
func (s *Scratch) between(a, b int32) uint32 {
	p, q := s.punct[a], s.punct[b]
	return uint32(min(q.commas-p.commas, 2)) | uint32(p.quotes^q.quotes)<<2
}
