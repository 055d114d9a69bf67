package ner

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"

	"casus/ud"
)

// Model is a trained tagger before it is written out.
type Model struct {
	weights []int8
	bits    uint8
	trans   [numLabels][numLabels]int32
	begin   [numLabels]int32
	allow   allowance
	classes *classes
	err     error
	Scale   float64 // weight per step of a byte, for the curious
}

// The section: magic, version, sizes; labels allowed by shape and tag; weights
// of label pairs and of first labels; lines of weights; classes of words.
// Little-endian.
const (
	magic      = "CNER"
	version    = 1
	headerSize = 16
	allowSize  = int(numShapes) * int(ud.NumUPOS) * 4
	transSize  = (numLabels*numLabels + numLabels) * 2
	tablesSize = headerSize + allowSize + transSize
)

// ErrModel is what Load's errors wrap.
var ErrModel = errors.New("ner: not a name tagger's model")

// AppendBinary appends the model as Load reads it.
func (m *Model) AppendBinary(b []byte) ([]byte, error) {
	if m.err != nil {
		return b, fmt.Errorf("append model: %w", m.err)
	}
	if len(m.weights) != lineSize<<m.bits {
		return b, fmt.Errorf("append model: %d weights do not fit %d bits", len(m.weights), m.bits)
	}
	b = append(b, magic...)
	b = append(b, version, m.bits, numLabels, byte(numShapes), byte(ud.NumUPOS), numFeatures)
	b = append(b, make([]byte, headerSize-len(magic)-6)...)
	for i := range m.allow {
		for _, set := range m.allow[i] {
			b = binary.LittleEndian.AppendUint32(b, set)
		}
	}
	for i := range m.trans {
		for _, v := range m.trans[i] {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
	}
	for _, v := range m.begin {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	b = append(b, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(m.weights))), len(m.weights))...)
	return append(b, m.classes.table...), nil
}

// Load gives a tagger whose weights are used where they lie in b, which must
// not change afterwards.
func Load(b []byte) (*Tagger, error) {
	if len(b) < tablesSize || string(b[:4]) != magic {
		return nil, fmt.Errorf("%w: %d bytes without its header", ErrModel, len(b))
	}
	if b[4] != version || b[6] != numLabels || b[7] != byte(numShapes) || b[8] != byte(ud.NumUPOS) || b[9] != numFeatures {
		return nil, fmt.Errorf("%w: version %d with other labels, tags or features", ErrModel, b[4])
	}
	bits := b[5]
	rest := len(b) - tablesSize - lineSize<<(bits&31)
	if bits < 4 || bits > 20 || rest < 0 || rest%entrySize != 0 || rest&(rest-1) != 0 {
		return nil, fmt.Errorf("%w: %d bytes for a table of %d bits", ErrModel, len(b), bits)
	}
	gaz, err := names()
	if err != nil {
		return nil, err
	}
	t := &Tagger{shift: 64 - uint(bits)}
	t.read(b[headerSize:])
	w := b[tablesSize : len(b)-rest]
	t.res = resources{&classes{b[len(b)-rest:]}, gaz}
	t.weights = unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(w))), len(w))
	return t, nil
}

// read takes the small tables. Pairs that cannot follow one another are
// forbidden whatever the file says.
func (t *Tagger) read(b []byte) {
	for i := range t.allow {
		for j := range t.allow[i] {
			t.allow[i][j] = binary.LittleEndian.Uint32(b) & (1<<numLabels - 1)
			b = b[4:]
		}
	}
	next := func(ok bool) int32 {
		v := int16(binary.LittleEndian.Uint16(b))
		b = b[2:]
		if !ok {
			return forbidden
		}
		return int32(min(max(v, -2000), 2000))
	}
	for i := range t.trans {
		for j := range t.trans[i] {
			t.trans[i][j] = next(mayFollow(label(i), label(j)))
		}
	}
	for i := range t.begin {
		t.begin[i] = next(mayFollow(outside, label(i)))
	}
}
