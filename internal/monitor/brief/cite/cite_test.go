package cite

import (
	"errors"
	"reflect"
	"testing"

	"casus"

	"github.com/google/go-cmp/cmp"
)

func document() *casus.Document {
	doc := &casus.Document{ID: "d1", Outlet: "Harbour Gazette", Text: "Über alles\nschweigt man. Two ships left."}
	doc.Sentences = []casus.Sentence{{Span: casus.Span{Start: 0, End: 25}}, {Span: casus.Span{Start: 26, End: 41}}, {}}
	return doc
}

func TestFrom(t *testing.T) {
	s, err := From(document(), 1, "a sailor", "", "state radio")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a sailor", "state radio", "Harbour Gazette"}, s.Voices()); d != "" {
		t.Error(d)
	}
	if s.Text() != "Two ships left." || s.Bytes().Start != 26 || s.Points() != (casus.Span{Start: 25, End: 40}) {
		t.Errorf("text %q, bytes %v, code points %v", s.Text(), s.Bytes(), s.Points())
	}
}

func TestNoSupportWithoutASentence(t *testing.T) {
	for name, sent := range map[string]casus.SentenceID{"none": casus.None, "beyond the end": 3, "empty": 2} {
		if _, err := From(document(), sent); !errors.Is(err, ErrNoSupport) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := From(nil, 0); !errors.Is(err, ErrNoSupport) {
		t.Errorf("no document: got %v", err)
	}
}

func TestNoLineWithoutSupport(t *testing.T) {
	good, err := From(document(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewLine("Something happened.", "", Support{}); !errors.Is(err, ErrNoSupport) {
		t.Errorf("a line without support: got %v", err)
	}
	if _, err := NewLine("Something happened.", "", good, Support{}); !errors.Is(err, ErrNoSupport) {
		t.Errorf("a line with one empty support: got %v", err)
	}
	if _, err := NewLine(" ", "", good); err == nil {
		t.Error("a line without words: no error")
	}
	l, err := NewLine("Something happened.", "", good, good)
	if err != nil || len(l.Supports()) != 1 {
		t.Errorf("the same support twice: %d supports, %v", len(l.Supports()), err)
	}
}

// The guarantee of the package is that nobody outside can fill these types.
func TestFieldsArePrivate(t *testing.T) {
	for _, v := range []any{Support{}, Line{}} {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			if typ.Field(i).IsExported() {
				t.Errorf("%s.%s is exported: a line could be made without support", typ, typ.Field(i).Name)
			}
		}
	}
	// What the accessors give must be copies: changing them changes no line.
	good, _ := From(document(), 0, "a sailor")
	l, _ := NewLine("Something happened.", "", good)
	l.Supports()[0] = Support{}
	good.Voices()[0] = "nobody"
	if l.Supports()[0].IsZero() || good.Voices()[0] != "a sailor" {
		t.Error("an accessor gives away the inside of a line")
	}
}
