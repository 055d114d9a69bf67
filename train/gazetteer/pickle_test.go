package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnpickle(t *testing.T) {
	// [["Goma", 7, 300, -1, 1.5, "Goma"]] as protocol 4 writes it.
	data := "\x80\x04]\x94(]\x94(\x8c\x04Goma\x94K\x07M\x2c\x01J\xff\xff\xff\xffG\x3f\xf8\x00\x00\x00\x00\x00\x00h\x02ee."
	v, err := unpickle([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	got := v.(*pickleList).items[0].(*pickleList).items
	if diff := cmp.Diff([]any{"Goma", 7.0, 300.0, -1.0, 1.5, "Goma"}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// A pickle that would call a function is refused.
func TestUnpickleRunsNothing(t *testing.T) {
	for _, data := range []string{"\x80\x04cos\nsystem\n.", "\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93.", "\x80\x04]\x94(", "e.", ""} {
		if _, err := unpickle([]byte(data)); err == nil {
			t.Errorf("%q: no error", data)
		}
	}
}

func FuzzUnpickle(f *testing.F) {
	f.Add([]byte("\x80\x04]\x94(K\x01e."))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = unpickle(data) })
}

func TestLatin(t *testing.T) {
	if got := latin("Россия"); got != "Rossiya" {
		t.Errorf("got %q", got)
	}
}
