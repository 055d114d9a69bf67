package ner

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// classes tells the distributional class of a word, learned from raw text: a
// town never met in training is in the class of other towns. It is an open
// table; an entry is the upper three bytes of the folded word's hash and the
// class in the lowest.
type classes struct {
	table []byte // entries of 4 bytes, a power of two of them; may be empty
}

const (
	entrySize  = 4
	maxClasses = 255
)

func (c *classes) entry(i uint32) uint32 { return binary.LittleEndian.Uint32(c.table[i*entrySize:]) }

// of gives the class of a folded hash; 0 without.
func (c *classes) of(h uint32) uint32 {
	mask := uint32(len(c.table)/entrySize) - 1
	if len(c.table) == 0 {
		return 0
	}
	for i, left := h&mask, mask; left > 0; i, left = (i+1)&mask, left-1 {
		e := c.entry(i)
		if e == 0 {
			break
		}
		if e>>8 == h>>8 {
			return e & maxClasses
		}
	}
	return 0
}

// newClasses packs the classes of words in small letters with figures as 0.
func newClasses(of map[string]uint16) *classes {
	if len(of) == 0 {
		return &classes{}
	}
	size := 16
	for size < 2*len(of) {
		size *= 2
	}
	type word struct{ hash, class uint32 }
	var list []word
	for w, class := range of {
		if class > 0 && class <= maxClasses {
			list = append(list, word{foldHash(w), uint32(class)})
		}
	}
	slices.SortFunc(list, func(a, b word) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.class, b.class))
	})
	c := &classes{table: make([]byte, size*entrySize)}
	for _, w := range list {
		i := w.hash & uint32(size-1)
		for c.entry(i) != 0 {
			i = (i + 1) & uint32(size-1)
		}
		binary.LittleEndian.PutUint32(c.table[i*entrySize:], w.hash&^maxClasses|w.class)
	}
	return c
}
