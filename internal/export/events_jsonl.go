package export

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
)

// lineWriter writes a JSON value a line.
type lineWriter struct {
	enc  *json.Encoder
	wire func(*Record) any
}

func newLineWriter(w io.Writer, wire func(*Record) any) *lineWriter {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &lineWriter{enc, wire}
}

func (w *lineWriter) Write(r *Record) error { return w.enc.Encode(w.wire(r)) }
func (w *lineWriter) Close() error          { return nil }

// readLines yields what decode makes of each line.
func readLines(in io.Reader, decode func([]byte) (*Record, error)) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			if !yield(decode(lines.Bytes())) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(nil, err)
		}
	}
}
