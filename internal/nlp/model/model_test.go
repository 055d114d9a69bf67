package model

import (
	"bytes"
	"errors"
	"testing"
)

func sample(t testing.TB) []byte {
	t.Helper()
	w := Writer{Header: Header{Name: "own", Language: "en", Scores: []Score{{"dev", "UPOS", 95.5}}}}
	w.Add("a", []byte("first"))
	w.Add("b", bytes.Repeat([]byte{7}, 1000))
	b, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWriteAndOpen(t *testing.T) {
	b := sample(t)
	f, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if f.Header.Name != "own" || len(f.Header.Scores) != 1 || len(f.Header.Sections) != 2 {
		t.Errorf("header %+v", f.Header)
	}
	for _, s := range f.Header.Sections {
		if s.Offset%align != 0 {
			t.Errorf("section %s begins at %d", s.Name, s.Offset)
		}
	}
	if s, err := f.Section("a"); err != nil || string(s) != "first" {
		t.Errorf("section a: %q, %v", s, err)
	}
	if s, err := f.Section("b"); err != nil || len(s) != 1000 || s[999] != 7 {
		t.Errorf("section b: %d bytes, %v", len(s), err)
	}
	if err := f.Verify(); err != nil {
		t.Error(err)
	}
	if again := sample(t); !bytes.Equal(b, again) {
		t.Error("the same sections gave other bytes")
	}
}

func TestBrokenFiles(t *testing.T) {
	good := sample(t)
	f, err := Open(good)
	if err != nil {
		t.Fatal(err)
	}
	change := func(i int) []byte {
		b := bytes.Clone(good)
		b[i] ^= 0x10
		return b
	}
	for name, b := range map[string][]byte{
		"empty": nil, "magic": change(0), "version": change(len(magic)), "header": change(fixed + 3), "short": good[:fixed+2],
		"without sections": good[:f.Header.Sections[1].Offset],
	} {
		if _, err := Open(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	b := change(int(f.Header.Sections[0].Offset))
	f, err = Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Section("a"); !errors.Is(err, ErrFormat) {
		t.Errorf("changed section: error %v", err)
	}
	if err := f.Verify(); !errors.Is(err, ErrFormat) {
		t.Errorf("changed file: error %v", err)
	}
	if _, err := f.Section("c"); !errors.Is(err, ErrFormat) {
		t.Errorf("unknown section: error %v", err)
	}
}

func TestTwoSectionsOfOneName(t *testing.T) {
	var w Writer
	w.Add("a", nil)
	w.Add("a", nil)
	if _, err := w.Bytes(); err == nil {
		t.Error("written")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(sample(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Open(b)
		if err != nil {
			return
		}
		for _, s := range m.Header.Sections {
			if p, err := m.Section(s.Name); err == nil && int64(len(p)) > int64(len(b)) {
				t.Error("a section larger than the file")
			}
		}
		_ = m.Verify()
	})
}
