package read

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"casus"
)

// MaxDocument is the default limit of one document in bytes.
const MaxDocument = 2 << 20

// Options says how Files reads. The zero value is the default.
type Options struct {
	Format      Format
	MaxDocument int       // bytes; 0 means MaxDocument
	Stdin       io.Reader // for "-"; nil means os.Stdin
}

func (o Options) limit() int {
	if o.MaxDocument > 0 {
		return o.MaxDocument
	}
	return MaxDocument
}

// Files yields the documents of the named files in order; "-" is standard
// input. A bad item is yielded as *casus.Failure and the stream goes on; a file that
// cannot be opened or read is one too. The end of ctx ends a wait for input
// that does not come, as that of a terminal or a pipe.
func Files(ctx context.Context, names []string, opts Options) iter.Seq2[casus.Raw, error] {
	return func(yield func(casus.Raw, error) bool) {
		for _, name := range names {
			if !file(ctx, name, opts, yield) {
				return
			}
		}
	}
}

func file(ctx context.Context, name string, opts Options, yield func(casus.Raw, error) bool) bool {
	r, closeFile, err := open(ctx, name, opts)
	if err != nil {
		return yield(casus.Raw{}, &casus.Failure{Stage: "read", Where: name, Cause: err, Hint: "the file is skipped"})
	}
	defer closeFile()
	label := Label(name)
	if format(name, opts.Format) == JSONL {
		return Lines(r, name, opts.limit())(yield)
	}
	return whole(r, name, label, opts.limit(), yield)
}

// Label names an input in messages: "-" is standard input.
func Label(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

func open(ctx context.Context, name string, opts Options) (io.Reader, func(), error) {
	if name == "-" {
		in := opts.Stdin
		if in == nil {
			in = os.Stdin
		}
		r := Interruptible(ctx, in)
		return r, func() { r.Close() }, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	switch {
	case err != nil:
		f.Close()
		return nil, nil, err
	case st.IsDir():
		f.Close()
		return nil, nil, fmt.Errorf("is a directory, not a document")
	case st.Mode().IsRegular():
		return f, func() { f.Close() }, nil
	}
	r := Interruptible(ctx, f) // a named pipe, which may never say anything
	return r, func() { r.Close(); f.Close() }, nil
}

// Interruptible gives a reader whose Read ends with the error of ctx when ctx
// ends, even while r waits: a read of a terminal cannot be called back. It
// must be closed; r is left open, and one read of it may still be under way.
func Interruptible(ctx context.Context, r io.Reader) io.ReadCloser {
	pr, pw := io.Pipe()
	context.AfterFunc(ctx, func() { pw.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(pw, r)
		pw.CloseWithError(err)
	}()
	return pr
}

func format(name string, f Format) Format {
	if f != ByName {
		return f
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return JSONL
	}
	return Text
}

func whole(r io.Reader, name, label string, limit int, yield func(casus.Raw, error) bool) bool {
	body, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return yield(casus.Raw{}, &casus.Failure{Stage: "read", Where: label, Cause: err})
	}
	if len(body) > limit {
		return yield(casus.Raw{}, tooLarge(label, "", limit))
	}
	return yield(casus.Raw{Where: label, ID: DocumentID(name), Body: body}, nil)
}

func tooLarge(where, id string, limit int) *casus.Failure {
	return &casus.Failure{Stage: "read", Where: where, ID: id, Cause: fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit),
		Hint: "split it, or raise --max-document"}
}

// DocumentID gives the identity of a file that says nothing of itself: its
// name without folder and suffix; "stdin" for standard input.
func DocumentID(name string) string {
	if name == "-" {
		return "stdin"
	}
	base := filepath.Base(name)
	if id := strings.TrimSuffix(base, filepath.Ext(base)); id != "" {
		return id
	}
	return base
}
