package attribution

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"

	"casus"
)

// The model is one table of hashed weights, shared by the decisions below;
// each feature carries the number of its decision in its hash.
const (
	tableBits = 20
	tableSize = 1 << tableBits
	tableMask = tableSize - 1

	modelMagic = "CASUSAT1"
	headerSize = len(modelMagic) + 4 + 4 + 4*int(numThresholds)
)

// threshold names a number that the trainer tunes.
type threshold int

const (
	cueThreshold threshold = iota
	acceptThreshold
	numThresholds
)

//go:embed data/model.bin
var modelFile []byte

//go:embed data/model-accurate.bin
var sureFile []byte

// model gives the weights for the sentence of t.
func (w *work) model(t casus.TokenID) *model {
	if w.read(t) {
		return w.a.sure
	}
	return w.a.model
}

// model is immutable. Weights are bytes; scale turns a sum into log odds.
type model struct {
	weights    []byte
	scale      float32
	thresholds [numThresholds]float32
}

// readModel checks the file and gives a view of it without copying.
func readModel(b []byte) (*model, error) {
	if len(b) != headerSize+tableSize || string(b[:len(modelMagic)]) != modelMagic {
		return nil, errors.New("attribution: not a weight file of this version")
	}
	b = b[len(modelMagic):]
	sum, body := binary.LittleEndian.Uint32(b), b[4:]
	if got := crc32.ChecksumIEEE(body); got != sum {
		return nil, fmt.Errorf("attribution: weight file has checksum %08x, not %08x", got, sum)
	}
	m := &model{scale: math.Float32frombits(binary.LittleEndian.Uint32(body))}
	body = body[4:]
	for i := range m.thresholds {
		m.thresholds[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[4*i:]))
	}
	m.weights = body[4*len(m.thresholds):]
	return m, nil
}

// writeModel rounds the weights to bytes, the largest to 127.
func writeModel(w []float32, th [numThresholds]float32) []byte {
	most := float32(0)
	for _, x := range w {
		most = max(most, x, -x)
	}
	scale := most / 127
	if scale == 0 {
		scale = 1
	}
	body := make([]byte, 0, headerSize+len(w))
	body = binary.LittleEndian.AppendUint32(body, math.Float32bits(scale))
	for _, t := range th {
		body = binary.LittleEndian.AppendUint32(body, math.Float32bits(t))
	}
	for _, x := range w {
		body = append(body, byte(int8(math.Round(float64(x/scale)))))
	}
	out := binary.LittleEndian.AppendUint32([]byte(modelMagic), crc32.ChecksumIEEE(body))
	return append(out, body...)
}

func (m *model) score(features []uint32) float32 { return float32(m.sum(features)) * m.scale }

func (m *model) sum(features []uint32) int32 {
	sum := int32(0)
	for _, f := range features {
		sum += int32(int8(m.weights[f&tableMask]))
	}
	return sum
}

// decision keeps the features of one question apart from those of another.
type decision uint32

const (
	isCue decision = iota + 1
	growLeft
	growRight
	pickSource
	pickLeft
	pickRight
	accept
)

// bag collects the hashed features of one case. Its memory is used again.
type bag struct {
	of decision
	f  []uint32
}

func (b *bag) reset(of decision) { b.of, b.f = of, b.f[:0] }

func mix(h, v uint32) uint32 {
	h ^= v
	h *= 0x85ebca6b
	h ^= h >> 15
	return h
}

// add puts a feature: a template number and up to three values.
func (b *bag) add(template uint32, values ...uint32) {
	h := mix(uint32(b.of)*0x9e3779b1, template*0xc2b2ae35+1)
	for _, v := range values {
		h = mix(h, v+0x27d4eb2f) * 0xc2b2ae3d
		h ^= h >> 13
	}
	b.f = append(b.f, h)
}

func hashString(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bucket puts a distance into few classes.
func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 16 + bucket(-n)
	case n <= 4:
		return uint32(n)
	case n <= 6:
		return 5
	case n <= 10:
		return 6
	case n <= 20:
		return 7
	}
	return 8
}
