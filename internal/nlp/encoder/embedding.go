package encoder

import "fmt"

// groupSize is how many int4 values share a scale.
const groupSize = 32

// words is the table of word-piece embeddings.
type words struct {
	n     int
	bytes []int8    // int8 [n][hidden], or
	nibs  []byte    // int4 [n][hidden/2], two a byte
	scale []float32 // int8: one a row; int4: one for every groupSize values
}

func loadWords(t *Tensors, h int) (words, error) {
	const name = "emb.word"
	dtype, dims, err := t.Shape(name)
	if err != nil {
		return words{}, err
	}
	w := words{n: dims[0]}
	switch dtype {
	case Int8:
		if w.bytes, err = t.I8(name, -1, h); err == nil {
			w.scale, err = t.F32(name+".s", w.n)
		}
	case Int4:
		if h%groupSize != 0 {
			return words{}, fmt.Errorf("tensor %q: int4 needs a hidden size that is a multiple of %d, not %d", name, groupSize, h)
		}
		if w.nibs, err = t.I4(name, -1, h); err == nil {
			w.scale, err = t.F32(name+".s", w.n, h/groupSize)
		}
	default:
		err = fmt.Errorf("tensor %q is %s, want int8 or int4", name, dtype)
	}
	return w, err
}

// embed writes the sum of a piece's word and position embeddings.
func (e *Encoder) embed(to []float32, id, pos int) {
	if uint(id) >= uint(e.word.n) {
		panic(fmt.Sprintf("encoder: piece %d; the vocabulary has %d", id, e.word.n))
	}
	h := len(to)
	at := e.pos[pos*h:][:h]
	if e.word.bytes != nil {
		scale := e.word.scale[id]
		for i, v := range e.word.bytes[id*h:][:h] {
			to[i] = float32(float32(v)*scale) + at[i]
		}
		return
	}
	nibs, scales := e.word.nibs[id*h/2:][:h/2], e.word.scale[id*h/groupSize:]
	for i, b := range nibs {
		scale := scales[2*i/groupSize]
		to[2*i] = float32(float32(int8(b<<4)>>4)*scale) + at[2*i]
		to[2*i+1] = float32(float32(int8(b)>>4)*scale) + at[2*i+1]
	}
}

// addShape adds the embedding of a word shape.
func (e *Encoder) addShape(to []float32, shape int) {
	if shape >= e.shapes {
		panic(fmt.Sprintf("encoder: shape %d; the network has %d", shape, e.shapes))
	}
	for i, v := range e.shape[shape*len(to):][:len(to)] {
		to[i] += v
	}
}
