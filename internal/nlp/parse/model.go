package parse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"

	"casus/ud"
)

// Model is a trained parser before it is written out.
type Model struct {
	actions, labels         []int8
	actionBits, labelBits   uint8 // log2 of the number of rows and of lines
	width                   uint8 // of the beam
	cand                    candidates
	vocab                   *vocabulary
	ActionScale, LabelScale float64 // weight per step of a byte, for the curious
}

// The section begins with magic, a version, and the logarithms of the table
// sizes; then the candidate sets, the action weights, the label weights, and the
// vocabulary, whose size is what is left.
// All numbers are little-endian.
const (
	magic      = "CPRS"
	version    = 1
	headerSize = 16
	maxWidth   = 64
	candSize   = 2 * int(ud.NumUPOS) * int(ud.NumUPOS) * 8
)

// ErrModel is what Load's errors wrap.
var ErrModel = errors.New("parse: not a parser model")

// AppendBinary appends the model as Load reads it.
func (m *Model) AppendBinary(b []byte) ([]byte, error) {
	if len(m.actions) != 2<<m.actionBits || len(m.labels) != lineSize<<m.labelBits {
		return b, fmt.Errorf("append model: tables of %d and %d weights do not fit %d and %d bits",
			len(m.actions), len(m.labels), m.actionBits, m.labelBits)
	}
	b = append(b, magic...)
	b = append(b, version, m.actionBits, m.labelBits, byte(ud.NumUPOS), byte(ud.NumDeprel), numFeatures, numLabelFeatures, m.width)
	b = append(b, make([]byte, headerSize-len(magic)-8)...)
	for side := range m.cand.pair {
		for h := range m.cand.pair[side] {
			for _, set := range m.cand.pair[side][h] {
				b = binary.LittleEndian.AppendUint64(b, set)
			}
		}
	}
	b = append(append(b, asBytes(m.actions)...), asBytes(m.labels)...)
	return append(b, m.vocab.table...), nil
}

// Load gives a parser whose weights are used where they lie in b, which must
// not change afterwards.
func Load(b []byte) (*Parser, error) {
	if len(b) < headerSize+candSize || string(b[:4]) != magic {
		return nil, fmt.Errorf("%w: %d bytes without its header", ErrModel, len(b))
	}
	if b[4] != version || b[7] != byte(ud.NumUPOS) || b[8] != byte(ud.NumDeprel) || b[9] != numFeatures || b[10] != numLabelFeatures {
		return nil, fmt.Errorf("%w: version %d with other tags, relations or features", ErrModel, b[4])
	}
	actionBits, labelBits := b[5], b[6]
	if actionBits < 8 || actionBits > 24 || labelBits < 4 || labelBits > 20 || b[11] < 1 || b[11] > maxWidth {
		return nil, fmt.Errorf("%w: tables of %d and %d bits, beam of %d", ErrModel, actionBits, labelBits, b[11])
	}
	p := &Parser{width: int(b[11]), actionShift: 64 - uint(actionBits), labelShift: 64 - uint(labelBits)}
	nActions, nLabels := 2<<actionBits, lineSize<<labelBits
	nWords := len(b) - headerSize - candSize - nActions - nLabels
	if nWords < 0 || nWords%entrySize != 0 || nWords&(nWords-1) != 0 {
		return nil, fmt.Errorf("%w: %d bytes leave %d for the vocabulary", ErrModel, len(b), nWords)
	}
	p.cand.read(b[headerSize:])
	b = b[headerSize+candSize:]
	p.actions, p.labels = asInts(b[:nActions]), asInts(b[nActions:nActions+nLabels])
	p.vocab = vocabulary{table: b[nActions+nLabels:], mask: uint32(max(nWords/entrySize, 1) - 1)}
	return p, nil
}

func (c *candidates) read(b []byte) {
	const known = 1<<ud.NumDeprel - 1
	for side := range c.pair {
		for h := range c.pair[side] {
			for d := range c.pair[side][h] {
				c.pair[side][h][d] = binary.LittleEndian.Uint64(b) & known
				b = b[8:]
			}
		}
	}
}

// asBytes and asInts look at the same memory with the other sign; the two
// types have one size and no alignment.
func asBytes(w []int8) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(w))), len(w))
}
func asInts(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}
