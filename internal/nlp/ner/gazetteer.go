package ner

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/names.tsv
var namesTSV string

// gazetteer marks the words and phrases that stand in lists of names. It is an
// open table of hashes; an entry holds the lists as bits, and whether a longer
// phrase goes on from there.
type gazetteer struct {
	hash, entry []uint32
	mask        uint32
}

// lists are the names of the lists in the data file.
var lists = []string{"country", "people", "city", "region", "body", "given", "title", "orgword", "placeword", "calendar"}

const (
	goesOn    = 1 << 31 // a longer phrase begins with this one
	maxPhrase = 6       // words
)

// names gives the gazetteer of the embedded file.
var names = sync.OnceValues(func() (*gazetteer, error) { return readGazetteer(namesTSV) })

// readGazetteer reads lines of name, tab, list.
func readGazetteer(text string) (*gazetteer, error) {
	g := &gazetteer{}
	g.resize(1 << 13)
	bit := map[string]uint32{}
	for i, l := range lists {
		bit[l] = 1 << i
	}
	n := 0
	for line := range strings.Lines(text) {
		if n++; strings.HasPrefix(line, "#") {
			continue
		}
		name, list, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || bit[list] == 0 || name == "" {
			return nil, fmt.Errorf("ner: names, line %d: want a name, a tab and a list", n)
		}
		g.add(strings.Fields(name), bit[list])
		if strings.Contains(name, "-") {
			g.add(strings.Fields(strings.ReplaceAll(name, "-", " - ")), bit[list])
		}
	}
	return g, nil
}

func (g *gazetteer) resize(n int) {
	g.hash, g.entry, g.mask = make([]uint32, n), make([]uint32, n), uint32(n-1)
}

// add notes a phrase and that its beginnings go on.
func (g *gazetteer) add(words []string, list uint32) {
	h := uint32(0)
	for i, w := range words {
		h = extend(h, nameHash(w))
		if i < len(words)-1 {
			*g.slot(h) |= goesOn
		} else {
			*g.slot(h) |= list
		}
	}
}

func extend(h, word uint32) uint32 { return (h*31+word)*2654435761 ^ h>>13 }

// slot gives the entry of a hash, making it if need be; the table is four times
// as large as the data and never fills.
func (g *gazetteer) slot(h uint32) *uint32 {
	i := h & g.mask
	for g.entry[i] != 0 && g.hash[i] != h {
		i = (i + 1) & g.mask
	}
	g.hash[i] = h
	return &g.entry[i]
}

func (g *gazetteer) find(h uint32) uint32 {
	for i := h & g.mask; g.entry[i] != 0; i = (i + 1) & g.mask {
		if g.hash[i] == h {
			return g.entry[i]
		}
	}
	return 0
}

// nameHash hashes a word as lists are looked up: a long word in capitals as if
// only the first were one, so that "RUSSIA" in a headline is Russia.
func nameHash(s string) uint32 {
	loud := len(s) > 3
	for i := 0; i < len(s) && loud; i++ {
		loud = 'A' <= s[i] && s[i] <= 'Z'
	}
	h := uint32(hashSeed)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if loud && i > 0 {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * hashPrime
	}
	return h ^ h>>15
}

// mark sets the gaz field of the keys in the scratch. The longest phrase wins;
// a word of a phrase has other bits than a word that is in a list by itself,
// and the first word others than the rest: bits 0-9, 10-19 and 20-29.
func (g *gazetteer) mark(s *Scratch) {
	const alone, begins, inside = 0, 10, 20
	for i := pad; i < s.n+pad; {
		list, end := g.longest(s, i)
		for j := i; j < end; j++ {
			shift := inside
			if j == i {
				shift = begins
			}
			s.key[j].gaz |= list << shift
		}
		if end <= i+1 {
			s.key[i].gaz = list << alone
			end = i + 1
		}
		i = end
	}
}

// longest gives the lists of the longest phrase that begins at i, and its end.
func (g *gazetteer) longest(s *Scratch, i int) (list uint32, end int) {
	h := uint32(0)
	for j := i; j < min(i+maxPhrase, s.n+pad); j++ {
		h = extend(h, s.key[j].name)
		e := g.find(h)
		if l := e &^ goesOn; l != 0 {
			list, end = l, j+1
		}
		if e&goesOn == 0 {
			break
		}
	}
	return list, end
}
