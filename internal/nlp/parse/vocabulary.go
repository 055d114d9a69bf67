package parse

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// vocabulary tells which words the parser has a view of. A word met too seldom
// in training is replaced by what is known of it: its distributional class,
// learned from raw text, or its ending and shape. So "halloumi" is parsed like
// the cheeses that have been met, and a rare word's weights are learned from
// all rare words alike.
//
// It is an open table of hashes of folded words; an entry holds the class in
// its low byte and, above it, whether the word itself is known. The hash keeps
// its upper 16 bits beside it; the lower bits are the place.
type vocabulary struct {
	table []byte // entries of 4 bytes; a power of two of them
	mask  uint32
}

const (
	entrySize  = 4
	flagUsed   = 1 << 9
	flagKnown  = 1 << 8
	classBits  = 0xff
	maxClasses = 255
)

func (v *vocabulary) entry(i uint32) uint32 {
	return binary.LittleEndian.Uint32(v.table[i*entrySize:])
}

// find gives the class of a folded hash (0 without), and whether the word
// itself is known.
func (v *vocabulary) find(h uint32) (class uint32, known bool) {
	if len(v.table) == 0 {
		return 0, true
	}
	for i, left := h&v.mask, v.mask; left > 0; i, left = (i+1)&v.mask, left-1 {
		e := v.entry(i)
		if e == 0 {
			break
		}
		if e>>16 == h>>16 {
			return e & classBits, e&flagKnown != 0
		}
	}
	return 0, false
}

// classOf gives the class, scattered, and the hash that stands for the word.
func (v *vocabulary) classOf(h uint32, form string) (class, word uint32) {
	c, known := v.find(h)
	class = scatter(c, 3000)
	switch {
	case known:
		return class, h
	case c != 0:
		return class, class + 1
	}
	return class, shapeHash(form) + 1
}

// minCount is how often a word must be met to be known.
const minCount = 2

// newVocabulary counts the words of the treebank and adds the classes.
func newVocabulary(train []Sentence, classes map[string]uint16) *vocabulary {
	count := map[uint32]int{}
	for i := range train {
		for j, form := range train[i].Form {
			w, l := foldHash(form), foldHash(train[i].Lemma[j])
			count[w]++
			if l != w {
				count[l]++
			}
		}
	}
	entries := map[uint32]uint32{}
	for h, n := range count {
		if n >= minCount {
			entries[h] = flagKnown | flagUsed
		}
	}
	for w, c := range classes {
		if c <= maxClasses {
			h := foldHash(w)
			entries[h] = entries[h]&^classBits | uint32(c) | flagUsed
		}
	}
	return pack(entries)
}

func pack(entries map[uint32]uint32) *vocabulary {
	size := 16
	for size < 2*len(entries) {
		size *= 2
	}
	v := &vocabulary{table: make([]byte, size*entrySize), mask: uint32(size - 1)}
	type pair struct{ hash, entry uint32 }
	var list []pair
	for h, e := range entries {
		list = append(list, pair{h, e})
	}
	slices.SortFunc(list, func(a, b pair) int { return cmp.Compare(a.hash, b.hash) })
	for _, p := range list {
		i := p.hash & v.mask
		for v.entry(i) != 0 {
			i = (i + 1) & v.mask
		}
		binary.LittleEndian.PutUint32(v.table[i*entrySize:], p.entry|p.hash>>16<<16)
	}
	return v
}
