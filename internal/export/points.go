package export

import (
	"unicode/utf8"

	"casus"
)

// points turns byte offsets of a text into code points. It is made once a
// document; for plain ASCII it holds nothing.
type points struct {
	ascii bool
	// at[i] counts the code points before byte 64*i.
	at   []int32
	text string
}

// newPoints indexes a text, using the memory of old.
func newPoints(text string, old []int32) points {
	p := points{ascii: true, text: text, at: old[:0]}
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			p.ascii = false
			break
		}
	}
	if p.ascii {
		return p
	}
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%64 == 0 {
			p.at = append(p.at, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%64 == 0 {
		p.at = append(p.at, n)
	}
	return p
}

// of gives the code points before a byte offset.
func (p *points) of(pos casus.Pos) int {
	if p.ascii {
		return int(pos)
	}
	i := int(pos) / 64
	n := int(p.at[i])
	for j := i * 64; j < int(pos); j++ {
		if utf8.RuneStart(p.text[j]) {
			n++
		}
	}
	return n
}

// bytesAt turns a code point offset into a byte offset by the index that
// pointIndex made; ok is false past the end of the text.
func bytesAt(index []int32, point int) (casus.Pos, bool) {
	if point < 0 || point >= len(index) {
		return 0, false
	}
	return casus.Pos(index[point]), true
}

// pointIndex gives the byte offset of every code point and of the end.
func pointIndex(text string) []int32 {
	out := make([]int32, 0, len(text)+1)
	for i := range text {
		out = append(out, int32(i))
	}
	return append(out, int32(len(text)))
}
