package parse

// beam holds the best configurations of a sentence, all after the same number
// of actions. Every tree of n words takes 2n actions, so scores compare.
type beam struct {
	now, next []config
	move      []move
	trail     [][]move // for training: the moves kept at each step
}

// move is a configuration of the beam and an action to take there.
type move struct {
	score float32
	from  int32
	act   action
}

// scorer gives the scores of the actions in a configuration whose features lie
// in s.feat. An action without hope gets never.
type scorer func(s *Scratch, c *config) [numActions]float32

const never = -1e30

// search parses with a beam of the given width; the best tree is then the
// first configuration of s.beam.now.
func (s *Scratch) search(width int, score scorer, keepTrail bool) {
	b := &s.beam
	for len(b.now) < width {
		b.now, b.next = append(b.now, config{}), append(b.next, config{})
	}
	b.trail = b.trail[:0]
	b.now[0].start(s.n)
	for live, step := 1, 0; step < 2*s.n; step++ {
		b.move = b.move[:0]
		for i := range live {
			s.propose(int32(i), width, score)
		}
		live = len(b.move)
		for i, m := range b.move {
			c := &b.next[i]
			c.become(&b.now[m.from])
			c.apply(m.act)
			c.score = m.score
		}
		b.now, b.next = b.next, b.now
		if keepTrail {
			b.trail = append(b.trail, append([]move(nil), b.move...))
		}
	}
}

// greedy parses with the best action at each step; shift before left before
// right among equals.
func (s *Scratch) greedy(score scorer) {
	b := &s.beam
	if len(b.now) == 0 {
		b.now, b.next = append(b.now, config{}), append(b.next, config{})
	}
	c := &b.now[0]
	for c.start(s.n); !c.done(); {
		a, only := c.forced()
		if !only {
			s.extract(c)
			w := score(s, c)
			a = c.best(&w)
		}
		c.apply(a)
	}
}

// best gives the legal action with the highest score.
func (c *config) best(w *[numActions]float32) action {
	best := numActions
	for a := range numActions {
		if c.legal(a) && (best == numActions || w[a] > w[best]) {
			best = a
		}
	}
	return best
}

// propose adds the legal moves of one configuration to the best ones.
func (s *Scratch) propose(i int32, width int, score scorer) {
	c := &s.beam.now[i]
	if a, only := c.forced(); only {
		s.beam.offer(move{c.score, i, a}, width)
		return
	}
	s.extract(c)
	w := score(s, c)
	for a := range numActions {
		if c.legal(a) && w[a] > never {
			s.beam.offer(move{c.score + w[a], i, a}, width)
		}
	}
}

// offer keeps the best moves in order of score; of equals the first stays
// first.
func (b *beam) offer(m move, width int) {
	if len(b.move) == width {
		if b.move[width-1].score >= m.score {
			return
		}
		b.move = b.move[:width-1]
	}
	i := len(b.move)
	b.move = append(b.move, m)
	for ; i > 0 && b.move[i-1].score < m.score; i-- {
		b.move[i] = b.move[i-1]
	}
	b.move[i] = m
}
