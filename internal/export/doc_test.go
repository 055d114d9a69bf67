package export

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestEveryFieldIsDocumented holds docs/format/jsonl.md against the wire form:
// each field of each object that a document can hold is named there.
func TestEveryFieldIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/format/jsonl.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := undocumented(t, string(page), reflect.TypeFor[wireDocument]()); n < 50 {
		t.Errorf("%d fields found, which is too few to be all", n)
	}
}

// undocumented says which fields of a wire form a page does not name, and
// counts all fields.
func undocumented(t *testing.T, page string, typ reflect.Type) (n int) {
	t.Helper()
	var walk func(path string, typ reflect.Type)
	walk = func(path string, typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Anonymous {
				walk(path, f.Type)
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			n++
			if !strings.Contains(page, "`"+name+"`") {
				t.Errorf("field %s%s is not documented", path, name)
			}
			walk(path+name+".", f.Type)
		}
	}
	walk("", typ)
	return n
}

func TestNumber(t *testing.T) {
	tests := []struct {
		in   float64
		want string
	}{{0, "0"}, {12, "12"}, {999, "999"}, {1000, "1,000"}, {4.5e6, "4,500,000"}, {2.5, "2.5"}, {-1234.75, "-1,234.75"}, {1e21, "1,000,000,000,000,000,000,000"}}
	for _, tt := range tests {
		if got := Number(tt.in); got != tt.want {
			t.Errorf("Number(%v) = %s, want %s", tt.in, got, tt.want)
		}
	}
}
