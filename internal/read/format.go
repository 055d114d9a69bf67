// Package read brings documents in from the world as raw items: files, standard
// input, JSON lines. It gives bytes and what the container says of them, in
// order, one at a time, and never holds more than one item. It does not decode
// characters or look at the text; package extract does.
package read

import (
	"errors"
	"fmt"
)

// What callers may test for.
var (
	ErrTooLarge = errors.New("document too large")
	ErrNotJSON  = errors.New("not a JSON document line")
)

// Format is a container of documents; the zero value means "by the suffix".
type Format uint8

// The formats.
const (
	ByName Format = iota
	Text          // the whole file is one article
	JSONL         // one document a line
)

// ParseFormat reads the value of --input.
func ParseFormat(s string) (Format, error) {
	switch s {
	case "", "auto":
		return ByName, nil
	case "text", "txt":
		return Text, nil
	case "jsonl":
		return JSONL, nil
	}
	return ByName, fmt.Errorf("unknown input format %q: use text or jsonl", s)
}
