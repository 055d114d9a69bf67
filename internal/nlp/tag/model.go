package tag

import (
	"math"
	"sort"
)

// Model is a trained tagger that can be written.
type Model struct {
	t *Tagger
}

// AppendBinary appends the model's bytes to b.
func (m *Model) AppendBinary(b []byte) []byte {
	t, w := m.t, writer{}
	w.bytes([]byte(magic))
	var tags, sets []string
	for _, p := range t.tags {
		tags = append(tags, p.upos.String()+" "+p.xpos.String())
	}
	for _, set := range t.candidates {
		line := make([]byte, len(set))
		for i, c := range set {
			line[i] = c + setBase
		}
		sets = append(sets, string(line))
	}
	w.strings(tags)
	w.strings(sets)
	w.table(t.words)
	var e []uint16
	for _, x := range t.entries {
		e = append(e, x.candidates, x.class, x.cluster)
	}
	w.u16s(e)
	w.strings(t.feats)
	w.table(t.featsOf)
	w.u16s(t.featsTag)
	t.lemmas.write(&w)
	for _, weights := range t.passes {
		p := make([]byte, len(weights))
		for i, x := range weights {
			p[i] = byte(x)
		}
		w.bytes(p)
	}
	return append(b, w.b...)
}

// Tagger gives the model in working order.
func (m *Model) Tagger() *Tagger { return m.t }

// quantise scales weights to bytes; the few largest are cut off, so that the
// many small ones keep their differences.
func quantise(w []float32) []int8 {
	var size []float64
	for _, x := range w {
		if x != 0 {
			size = append(size, math.Abs(float64(x)))
		}
	}
	out := make([]int8, len(w))
	if len(size) == 0 {
		return out
	}
	sort.Float64s(size)
	scale := 127 / size[int(float64(len(size)-1)*0.9998)]
	for i, x := range w {
		out[i] = int8(max(-127, min(127, math.Round(float64(x)*scale))))
	}
	return out
}
