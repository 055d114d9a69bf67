package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"sync"
)

// Version is the format version that this package writes. It reads no other.
//
//	1: first.
const Version = 1

const (
	magic = "\x89casus\r\n"
	// fixed is what stands before the JSON: magic, version, size and CRC of
	// the JSON, SHA-256 of all sections.
	fixed     = len(magic) + 4 + 4 + 4 + sha256.Size
	align     = 64
	maxHeader = 1 << 20
)

// Header says what a model is.
type Header struct {
	Name     string            `json:"name"`
	Language string            `json:"language"` // BCP 47
	Date     string            `json:"date"`     // of training, ISO 8601
	Licence  string            `json:"licence"`  // of the weights
	Training []Training        `json:"training"`
	TagSets  map[string]string `json:"tag_sets"` // layer: tag set
	Scores   []Score           `json:"scores"`
	Command  string            `json:"command"` // that made the file
	Sections []Section         `json:"sections"`
}

// Training is a set that weights were learned from.
type Training struct {
	Name    string `json:"name"`
	Licence string `json:"licence"`
	Use     string `json:"use"`
}

// Score is a figure measured when the model was made.
type Score struct {
	Set    string  `json:"set"`
	Metric string  `json:"metric"`
	Value  float64 `json:"value"`
}

// Section is a stretch of the file. Offset counts from its first byte.
type Section struct {
	Name   string `json:"name"`
	Offset int64  `json:"offset"`
	Size   int64  `json:"size"`
	CRC    uint32 `json:"crc32c"`
}

// ErrFormat is wrapped by every error about a file that is no model, is
// broken, or is of another version.
var ErrFormat = errors.New("not a usable model file")

func broken(format string, args ...any) error {
	return fmt.Errorf("model: %w: %s", ErrFormat, fmt.Sprintf(format, args...))
}

// File is an open model. It is safe for concurrent use; its bytes must not
// change.
type File struct {
	Header Header
	data   []byte
	sum    [sha256.Size]byte

	mu      sync.Mutex
	checked map[string]bool
}

// Open reads the header. The bytes are kept, not copied.
func Open(data []byte) (*File, error) {
	if len(data) < fixed || string(data[:len(magic)]) != magic {
		return nil, broken("it does not begin like one")
	}
	at := data[len(magic):]
	if v := binary.LittleEndian.Uint32(at); v != Version {
		return nil, broken("format version %d, want %d", v, Version)
	}
	size, sum := binary.LittleEndian.Uint32(at[4:]), binary.LittleEndian.Uint32(at[8:])
	if size > maxHeader || uint64(fixed)+uint64(size) > uint64(len(data)) {
		return nil, broken("cut short in the header")
	}
	head := data[fixed : fixed+int(size)]
	if crc32.Checksum(head, castagnoli) != sum {
		return nil, broken("the header's checksum does not agree")
	}
	f := &File{data: data, checked: map[string]bool{}}
	copy(f.sum[:], at[12:])
	if err := json.Unmarshal(head, &f.Header); err != nil {
		return nil, broken("header: %v", err)
	}
	for _, s := range f.Header.Sections {
		if s.Offset < int64(fixed)+int64(size) || s.Size < 0 || s.Offset > int64(len(data)) || s.Size > int64(len(data))-s.Offset {
			return nil, broken("section %q lies outside the file", s.Name)
		}
	}
	return f, nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Section gives the bytes of a section after checking them once; nobody may
// write to them.
func (f *File) Section(name string) ([]byte, error) {
	for _, s := range f.Header.Sections {
		if s.Name != name {
			continue
		}
		b := f.data[s.Offset : s.Offset+s.Size : s.Offset+s.Size]
		f.mu.Lock()
		defer f.mu.Unlock()
		if !f.checked[name] {
			if crc32.Checksum(b, castagnoli) != s.CRC {
				return nil, broken("the checksum of section %q does not agree", name)
			}
			f.checked[name] = true
		}
		return b, nil
	}
	return nil, broken("no section %q", name)
}

// Has reports whether a section is there.
func (f *File) Has(name string) bool {
	for _, s := range f.Header.Sections {
		if s.Name == name {
			return true
		}
	}
	return false
}

// SHA256 gives the checksum that the file claims for its sections, in hex.
func (f *File) SHA256() string { return hex.EncodeToString(f.sum[:]) }

// Verify reads every section and compares the SHA-256.
func (f *File) Verify() error {
	if got := sectionSum(f.Header.Sections, f.data); !bytes.Equal(got, f.sum[:]) {
		return broken("SHA-256 is %x, the file says %s", got, f.SHA256())
	}
	return nil
}

// sectionSum hashes names, sizes and bytes of all sections in file order.
func sectionSum(sections []Section, data []byte) []byte {
	h := sha256.New()
	for _, s := range sections {
		fmt.Fprintf(h, "%s %d\n", s.Name, s.Size)
		h.Write(data[s.Offset : s.Offset+s.Size])
	}
	return h.Sum(nil)
}
