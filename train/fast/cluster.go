package main

import (
	"math"
	"sort"
)

// clusters parts the frequent words of a text into classes so that a class
// model of word pairs fits best: words that stand among the same neighbours
// come together ("Monday", "Tuesday"). It is the exchange algorithm of Martin,
// Liermann and Ney (1998). Words that are rarer than least have none.
func clusters(text []string, classes, least, rounds int) map[string]uint16 {
	x := newExchange(text, classes, least)
	for range rounds {
		if x.round() == 0 {
			break
		}
	}
	out := map[string]uint16{}
	for w, name := range x.names {
		if name != "" && w > 0 {
			out[name] = uint16(x.class[w]) + 1
		}
	}
	return out
}

// exchange holds word and class bigrams. Word 0 stands for all rare words and
// the ends of paragraphs and keeps class 0.
type exchange struct {
	names       []string
	class       []int
	next, prev  [][]neighbour // by word
	pair        []int         // class bigrams, row by row
	left, right []int         // class counts as first and as second
	n           int
	inClass     []int
}

type neighbour struct{ word, count int }

func newExchange(text []string, classes, least int) *exchange {
	count := map[string]int{}
	for _, w := range text {
		count[w]++
	}
	delete(count, "")
	names := []string{}
	for w, c := range count {
		if c >= least {
			names = append(names, w)
		}
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		return count[a] > count[b] || count[a] == count[b] && a < b
	})
	names = append([]string{""}, names...)
	id := map[string]int{}
	for i, w := range names {
		id[w] = i
	}
	x := &exchange{names: names, class: make([]int, len(names)), n: classes, pair: make([]int, classes*classes),
		left: make([]int, classes), right: make([]int, classes), inClass: make([]int, classes)}
	for i := 1; i < len(names); i++ {
		x.class[i] = 1 + (i-1)%(classes-1)
		x.inClass[x.class[i]]++
	}
	x.bigrams(text, id)
	return x
}

func (x *exchange) bigrams(text []string, id map[string]int) {
	type bigram struct{ a, b int }
	count := map[bigram]int{}
	last := 0
	for _, w := range text {
		i := id[w]
		count[bigram{last, i}]++
		last = i
	}
	list := make([]bigram, 0, len(count))
	for b := range count {
		list = append(list, b)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].a < list[j].a || list[i].a == list[j].a && list[i].b < list[j].b })
	x.next, x.prev = make([][]neighbour, len(x.names)), make([][]neighbour, len(x.names))
	for _, b := range list {
		n := count[b]
		x.next[b.a] = append(x.next[b.a], neighbour{b.b, n})
		x.prev[b.b] = append(x.prev[b.b], neighbour{b.a, n})
		a, c := x.class[b.a], x.class[b.b]
		x.pair[a*x.n+c] += n
		x.left[a] += n
		x.right[c] += n
	}
}

func xlogx(n int) float64 {
	if n < len(logTable) {
		return logTable[n]
	}
	return float64(n) * math.Log(float64(n))
}

var logTable = func() []float64 {
	t := make([]float64, 1<<16)
	for i := 2; i < len(t); i++ {
		t[i] = float64(i) * math.Log(float64(i))
	}
	return t
}()

// round moves each word to its best class and gives the number of moves.
func (x *exchange) round() int {
	moves := 0
	after, before := make([]int, x.n), make([]int, x.n)
	for w := 1; w < len(x.names); w++ {
		from := x.class[w]
		if x.inClass[from] == 1 {
			continue
		}
		self := x.sides(w, after, before)
		x.shift(from, after, before, self, -1)
		best, gain := from, math.Inf(-1)
		for c := 1; c < x.n; c++ {
			if g := x.gain(c, after, before, self); g > gain+1e-9 {
				best, gain = c, g
			}
		}
		x.shift(best, after, before, self, 1)
		if best != from {
			x.class[w] = best
			x.inClass[from]--
			x.inClass[best]++
			moves++
		}
	}
	return moves
}

// sides counts the classes of the neighbours of w, itself aside.
func (x *exchange) sides(w int, after, before []int) (self int) {
	clear(after)
	clear(before)
	for _, n := range x.next[w] {
		if n.word == w {
			self = n.count
			continue
		}
		after[x.class[n.word]] += n.count
	}
	for _, n := range x.prev[w] {
		if n.word != w {
			before[x.class[n.word]] += n.count
		}
	}
	return self
}

// shift takes a word's counts out of a class (by -1) or puts them in.
func (x *exchange) shift(c int, after, before []int, self, by int) {
	for k := range x.n {
		if after[k] != 0 {
			x.pair[c*x.n+k] += by * after[k]
			x.left[c] += by * after[k]
		}
		if before[k] != 0 {
			x.pair[k*x.n+c] += by * before[k]
			x.right[c] += by * before[k]
		}
	}
	x.pair[c*x.n+c] += by * self
	x.left[c] += by * self
	x.right[c] += by * self
}

// gain is what the likelihood gains when the word joins class c.
func (x *exchange) gain(c int, after, before []int, self int) float64 {
	g, l, r := 0.0, self, self
	for k := range x.n {
		add := after[k]
		if add != 0 {
			l += add
			if k == c {
				add += before[k] + self
			}
			n := x.pair[c*x.n+k]
			g += xlogx(n+add) - xlogx(n)
		}
		if b := before[k]; b != 0 {
			r += b
			if k != c || after[k] == 0 {
				add := b
				if k == c {
					add += self
				}
				n := x.pair[k*x.n+c]
				g += xlogx(n+add) - xlogx(n)
			}
		}
	}
	if after[c] == 0 && before[c] == 0 && self > 0 {
		n := x.pair[c*x.n+c]
		g += xlogx(n+self) - xlogx(n)
	}
	return g - xlogx(x.left[c]+l) + xlogx(x.left[c]) - xlogx(x.right[c]+r) + xlogx(x.right[c])
}
