package tag

import (
	"encoding/binary"
	"errors"
	"sort"
)

// table maps hashes to small values by open addressing. Keys keep 32 bits, so
// a foreign word hits a wrong entry about once in a hundred thousand times.
type table struct {
	keys []uint32 // 0 is free
	vals []uint16
}

func newTable(n int) *table {
	size := 16
	for size*2 < n*3 {
		size *= 2
	}
	return &table{keys: make([]uint32, size), vals: make([]uint16, size)}
}

func tableKey(h uint64) uint32 { return uint32(h>>32)*2654435761 | 1 }

func (t *table) put(h uint64, v uint16) {
	i, mask, k := int(uint32(h)), len(t.keys)-1, tableKey(h)
	for i &= mask; t.keys[i] != 0 && t.keys[i] != k; i = (i + 1) & mask {
	}
	t.keys[i], t.vals[i] = k, v
}

func (t *table) get(h uint64) (uint16, bool) {
	mask := len(t.keys) - 1
	if mask < 0 {
		return 0, false
	}
	k := tableKey(h)
	for i := int(uint32(h)) & mask; t.keys[i] != 0; i = (i + 1) & mask {
		if t.keys[i] == k {
			return t.vals[i], true
		}
	}
	return 0, false
}

// tableOf makes a table of a map, in a fixed order.
func tableOf(m map[uint64]uint16) *table {
	t := newTable(len(m))
	hs := make([]uint64, 0, len(m))
	for h := range m {
		hs = append(hs, h)
	}
	sort.Slice(hs, func(i, j int) bool { return hs[i] < hs[j] })
	for _, h := range hs {
		t.put(h, m[h])
	}
	return t
}

// writer and reader put the parts of a model one behind the other, each with
// its length.
type writer struct{ b []byte }

func (w *writer) bytes(p []byte) {
	w.b = binary.LittleEndian.AppendUint32(w.b, uint32(len(p)))
	w.b = append(w.b, p...)
}

func (w *writer) strings(ss []string) {
	var p []byte
	for _, s := range ss {
		p = append(append(p, s...), '\n')
	}
	w.bytes(p)
}

func (w *writer) u16s(v []uint16) {
	var p []byte
	for _, x := range v {
		p = binary.LittleEndian.AppendUint16(p, x)
	}
	w.bytes(p)
}

func (w *writer) table(t *table) {
	var p []byte
	for _, k := range t.keys {
		p = binary.LittleEndian.AppendUint32(p, k)
	}
	w.bytes(p)
	w.u16s(t.vals)
}

var errShort = errors.New("tag: model cut short")

type reader struct {
	b   []byte
	err error
}

func (r *reader) bytes() []byte {
	if r.err != nil || len(r.b) < 4 {
		r.err = errShort
		return nil
	}
	n := uint64(binary.LittleEndian.Uint32(r.b))
	if uint64(len(r.b)) < 4+n {
		r.err = errShort
		return nil
	}
	p := r.b[4 : 4+n]
	r.b = r.b[4+n:]
	return p
}

// strings gives substrings of one copy.
func (r *reader) strings() []string {
	all := string(r.bytes())
	var out []string
	for at, i := 0, 0; i < len(all); i++ {
		if all[i] == '\n' {
			out = append(out, all[at:i])
			at = i + 1
		}
	}
	return out
}

func (r *reader) u16s() []uint16 {
	p := r.bytes()
	v := make([]uint16, len(p)/2)
	for i := range v {
		v[i] = binary.LittleEndian.Uint16(p[2*i:])
	}
	return v
}

func (r *reader) table() *table {
	p := r.bytes()
	t := &table{keys: make([]uint32, len(p)/4)}
	free := 0
	for i := range t.keys {
		if t.keys[i] = binary.LittleEndian.Uint32(p[4*i:]); t.keys[i] == 0 {
			free++
		}
	}
	t.vals = r.u16s()
	if n := len(t.keys); r.err == nil && (n&(n-1) != 0 || len(t.vals) != n || n > 0 && free == 0) {
		r.err = errors.New("tag: model has a broken table")
	}
	return t
}
