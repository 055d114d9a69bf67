package read

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus"
)

// collect reads everything and gives documents and failures as short lines.
func collect(t *testing.T, names []string, opts Options) []string {
	t.Helper()
	var out []string
	for it, err := range Files(t.Context(), names, opts) {
		var f *casus.Failure
		switch {
		case err == nil:
			out = append(out, it.ID+"="+string(it.Body))
		case errors.As(err, &f):
			out = append(out, "FAIL "+err.Error())
		default:
			t.Fatalf("error %v is no failure", err)
		}
	}
	return out
}

func TestLines(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", `{"id":"a","text":"One."}` + "\n" + `{"id":"b","text":"Two."}`, "a=One.|b=Two."},
		{"number as identity", `{"id":17,"text":"x"}`, "17=x"},
		{"no identity", "\n" + `{"text":"x"}`, "stdin:2=x"},
		{"empty identity", `{"id":"","text":"x"}`, "stdin:1=x"},
		{"number too long for a float", `{"id":123456789012345678,"text":"x"}`, "123456789012345678=x"},
		{"number out of range", `{"id":1e400,"text":"x"}`, "1e400=x"},
		{"half a surrogate in a field that is ignored", `{"id":"a","text":"x","note":"\ud800"}`, "a=x"},
		{"the replacement character itself", `{"id":"a","text":"\ufffd","note":"\ud83d\ude00"}`, "a=\ufffd"},
		{"byte order mark", "\ufeff" + `{"id":"a","text":"x"}`, "a=x"},
		{"pair of surrogates", `{"id":"a","text":"\ud83d\ude00"}`, "a=😀"},
		{"empty lines", "\n\n" + `{"id":"a","text":"x"}` + "\r\n\n", "a=x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(collect(t, nil2stdin, Options{Format: JSONL, Stdin: strings.NewReader(tt.in)}), "|")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

var nil2stdin = []string{"-"}

func TestBadLinesAreNamedAndPassedOver(t *testing.T) {
	tests := []struct{ name, bad, want string }{
		{"no JSON", "garbage", "standard input:1: read: not a JSON document line"},
		{"no text", `{"id":"a"}`, `standard input:1: read: no "text" field`},
		{"invalid UTF-8", "{\"id\":\"a\",\"text\":\"\xff\"}", "invalid UTF-8 at byte 18"},
		{"half a surrogate", `{"id":"a","text":"\ud800"}`, "half a surrogate pair"},
		{"low surrogate first", `{"id":"a","text":"\udc00\ud800"}`, "half a surrogate pair"},
		{"half a surrogate in the identity", `{"id":"\ud800","text":"x"}`, "half a surrogate pair"},
		{"identity of another kind", `{"id":["a"],"text":"x"}`, `field "id" is neither a string nor a number`},
		{"text of another kind", `{"id":"a","text":5}`, `field "text" is a number, not a string`},
		{"list", `[]`, "it is a JSON array"},
		{"deep", `{"id":"a","text":"x","y":` + strings.Repeat("[", 20000), "not a JSON document line"},
		{"too large", `{"id":"a","text":"` + strings.Repeat("x", 200) + `"}`, "document too large"},
		{"line too large", strings.Repeat("y", 100<<10), "document too large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := tt.bad + "\n" + `{"id":"next","text":"here"}`
			got := collect(t, nil2stdin, Options{Format: JSONL, MaxDocument: 100, Stdin: strings.NewReader(in)})
			if len(got) != 2 || !strings.HasPrefix(got[0], "FAIL ") || !strings.Contains(got[0], tt.want) {
				t.Fatalf("got %q, want a failure with %q and the next document", got, tt.want)
			}
			if got[1] != "next=here" {
				t.Errorf("after the failure: got %q", got[1])
			}
		})
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	names := []string{write("a.txt", "Text."), filepath.Join(dir, "absent.txt"), dir, write("b.jsonl", `{"id":"1","text":"x"}`),
		write("large.txt", strings.Repeat("z", 101))}
	got := collect(t, names, Options{MaxDocument: 100})
	want := []string{"a=Text.", "no such file", "is a directory", "1=x", "too large"}
	if len(got) != len(want) {
		t.Fatalf("got %d items %q, want %d", len(got), got, len(want))
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("item %d: got %q, want %q", i, got[i], want[i])
		}
	}
}

func TestUnreadableDateIsRemarked(t *testing.T) {
	for _, date := range []string{"3rd of May", "2025-02-30"} {
		in := `{"id":"a","text":"x","published":"` + date + `"}`
		for it, err := range Files(t.Context(), nil2stdin, Options{Format: JSONL, Stdin: strings.NewReader(in)}) {
			if err != nil || !it.Published.IsZero() || len(it.Remarks) != 1 || !strings.Contains(it.Remarks[0], date) {
				t.Errorf("%s: got %+v, %v", date, it, err)
			}
		}
	}
}

func TestInterruptible(t *testing.T) {
	silent, _ := io.Pipe() // never says anything
	ctx, cancel := context.WithCancel(t.Context())
	r := Interruptible(ctx, silent)
	defer r.Close()
	cancel()
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{`{"id":"a","text":"x"}`, "{", "\xff", `{"text":"\ud800"}`, "\n\n[]\n{}", `{"id":1e400,"text":"q"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		lines := strings.Count(string(in), "\n") + 1
		n := 0
		Lines(strings.NewReader(string(in)), "f", 1000)(func(it casus.Raw, err error) bool {
			n++
			if (err == nil) == (it.ID == "") {
				t.Fatalf("item %+v with error %v: one of the two is wanted", it, err)
			}
			if err == nil && !strings.HasPrefix(it.Where, "f:") {
				t.Fatalf("no place in %+v", it)
			}
			return true
		})
		if n > lines {
			t.Fatalf("%d items out of %d lines", n, lines)
		}
	})
}
