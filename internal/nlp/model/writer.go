package model

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
)

// Writer gathers sections. Header.Sections is filled by Bytes.
type Writer struct {
	Header   Header
	sections []struct {
		name string
		data []byte
	}
}

// Add puts a section behind those already there.
func (w *Writer) Add(name string, data []byte) {
	w.sections = append(w.sections, struct {
		name string
		data []byte
	}{name, data})
}

// Bytes gives the whole file. The same header and sections give the same
// bytes.
func (w *Writer) Bytes() ([]byte, error) {
	h := w.Header
	seen := map[string]bool{}
	// Offsets stand in the header and depend on its size: room is left for
	// them at their longest.
	h.Sections = make([]Section, len(w.sections))
	for i, s := range w.sections {
		if seen[s.name] {
			return nil, fmt.Errorf("model: write: two sections %q", s.name)
		}
		seen[s.name] = true
		h.Sections[i] = Section{Name: s.name, Offset: 1 << 40, Size: int64(len(s.data)), CRC: crc32.Checksum(s.data, castagnoli)}
	}
	long, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("model: write header: %w", err)
	}
	at := up(fixed + len(long))
	for i := range h.Sections {
		h.Sections[i].Offset = int64(at)
		at = up(at + int(h.Sections[i].Size))
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("model: write header: %w", err)
	}
	out := make([]byte, at)
	n := copy(out, magic)
	binary.LittleEndian.PutUint32(out[n:], Version)
	binary.LittleEndian.PutUint32(out[n+4:], uint32(len(head)))
	binary.LittleEndian.PutUint32(out[n+8:], crc32.Checksum(head, castagnoli))
	copy(out[fixed:], head)
	for i, s := range w.sections {
		copy(out[h.Sections[i].Offset:], s.data)
	}
	copy(out[n+12:], sectionSum(h.Sections, out))
	return out, nil
}

func up(n int) int { return (n + align - 1) / align * align }
