package encoder

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unsafe"
)

// DType is how the numbers of a tensor are stored.
type DType uint8

// The stored types. Int4 holds two values a byte, low nibble first, each in
// [-8, 7]; the last byte of an odd count holds one.
const (
	Float32 DType = iota
	Int8
	Int4
)

func (d DType) String() string {
	switch d {
	case Float32:
		return "float32"
	case Int8:
		return "int8"
	case Int4:
		return "int4"
	}
	return fmt.Sprintf("dtype %d", uint8(d))
}

// bytes gives the size of n values.
func (d DType) bytes(n uint64) uint64 {
	switch d {
	case Float32:
		return 4 * n
	case Int8:
		return n
	}
	return (n + 1) / 2
}

const (
	tensorMagic   = "CTEN"
	tensorVersion = 1
	tensorAlign   = 64
	maxRank       = 4
	maxElements   = 1 << 31
)

type tensor struct {
	dtype DType
	dims  []int
	data  []byte
}

// Tensors is an opened container of named tensors (docs/format/tensors.md).
// It is immutable and safe for concurrent use; it refers to the section's
// memory.
type Tensors struct{ byName map[string]tensor }

// OpenTensors reads the table of a container and checks every extent.
func OpenTensors(section []byte) (*Tensors, error) {
	r := tableReader{section: section}
	magic := r.take(4)
	if r.err == nil && string(magic) != tensorMagic {
		return nil, fmt.Errorf("tensors: the section begins with %q, not with %q: it is no tensor container", magic, tensorMagic)
	}
	version, count := r.u32(), r.u32()
	if r.err == nil && version != tensorVersion {
		return nil, fmt.Errorf("tensors: format version %d; this program reads version %d", version, tensorVersion)
	}
	t := &Tensors{byName: map[string]tensor{}}
	for i := uint32(0); i < count && r.err == nil; i++ {
		name, x := r.tensor()
		if r.err != nil {
			return nil, fmt.Errorf("tensors: entry %d of %d %q: %w", i, count, name, r.err)
		}
		if _, twice := t.byName[name]; twice {
			return nil, fmt.Errorf("tensors: entry %d: %q stands twice", i, name)
		}
		t.byName[name] = x
	}
	if r.err != nil {
		return nil, fmt.Errorf("tensors: %w", r.err)
	}
	return t, nil
}

// tableReader reads the table; after the first error all reads give nought.
type tableReader struct {
	section []byte
	at      int
	err     error
}

func (r *tableReader) take(n int) []byte {
	if r.err == nil && n > len(r.section)-r.at {
		r.err = fmt.Errorf("the section of %d bytes ends inside the table, at byte %d", len(r.section), r.at)
	}
	if r.err != nil {
		return make([]byte, n)
	}
	r.at += n
	return r.section[r.at-n : r.at]
}

func (r *tableReader) u8() uint8   { return r.take(1)[0] }
func (r *tableReader) u16() uint16 { return binary.LittleEndian.Uint16(r.take(2)) }
func (r *tableReader) u32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *tableReader) u64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }

func (r *tableReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *tableReader) tensor() (string, tensor) {
	name := string(r.take(int(r.u16())))
	x := tensor{dtype: DType(r.u8())}
	rank := int(r.u8())
	if x.dtype > Int4 {
		r.fail("%s is unknown", x.dtype)
	}
	if rank < 1 || rank > maxRank {
		r.fail("rank %d; 1 to %d are read", rank, maxRank)
	}
	n := uint64(1)
	for i := 0; i < rank && r.err == nil; i++ {
		d := r.u32()
		n *= uint64(d)
		if d == 0 || n > maxElements {
			r.fail("dimension %d is %d: a tensor has between 1 and %d values", i, d, uint64(maxElements))
		}
		x.dims = append(x.dims, int(d))
	}
	offset := r.u64()
	if r.err != nil {
		return name, x
	}
	size := x.dtype.bytes(n)
	if offset%tensorAlign != 0 {
		r.fail("data at byte %d, which is not a multiple of %d", offset, tensorAlign)
	} else if total := uint64(len(r.section)); offset > total || size > total-offset {
		r.fail("data of %d bytes at byte %d run beyond the section of %d bytes: it is cut off or damaged", size, offset, total)
	} else {
		x.data = r.section[offset : offset+size]
	}
	return name, x
}

// Names gives all names, sorted.
func (t *Tensors) Names() []string {
	names := make([]string, 0, len(t.byName))
	for n := range t.byName {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Has says whether the tensor is there.
func (t *Tensors) Has(name string) bool { _, ok := t.byName[name]; return ok }

// Shape gives the stored type and dimensions of a tensor.
func (t *Tensors) Shape(name string) (DType, []int, error) {
	x, ok := t.byName[name]
	if !ok {
		return 0, nil, fmt.Errorf("tensor %q is missing", name)
	}
	return x.dtype, slices.Clone(x.dims), nil
}

// get gives the bytes of a tensor of that type and shape; a negative dimension
// matches any.
func (t *Tensors) get(name string, want DType, dims []int) ([]byte, error) {
	x, ok := t.byName[name]
	if !ok {
		return nil, fmt.Errorf("tensor %q is missing", name)
	}
	same := x.dtype == want && len(x.dims) == len(dims)
	for i := 0; same && i < len(dims); i++ {
		same = dims[i] < 0 || dims[i] == x.dims[i]
	}
	if !same {
		return nil, fmt.Errorf("tensor %q is %s %v, want %s %v", name, x.dtype, x.dims, want, dims)
	}
	return x.data, nil
}

// F32 gives a copy of a float32 tensor, row-major. A value that is infinite or
// not a number is an error.
func (t *Tensors) F32(name string, dims ...int) ([]float32, error) {
	b, err := t.get(name, Float32, dims)
	if err != nil {
		return nil, err
	}
	out := make([]float32, len(b)/4)
	for i := range out {
		bits := binary.LittleEndian.Uint32(b[4*i:])
		if bits&0x7f800000 == 0x7f800000 {
			return nil, fmt.Errorf("tensor %q: value %d is infinite or not a number", name, i)
		}
		out[i] = math.Float32frombits(bits)
	}
	return out, nil
}

// I8 gives an int8 tensor, row-major. It shares the section's memory and must
// not be written.
func (t *Tensors) I8(name string, dims ...int) ([]int8, error) {
	b, err := t.get(name, Int8, dims)
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b)), nil
}

// I4 gives the packed bytes of an int4 tensor. It shares the section's memory
// and must not be written.
func (t *Tensors) I4(name string, dims ...int) ([]byte, error) { return t.get(name, Int4, dims) }
