package casus

import (
	"fmt"
	"unicode/utf8"
)

// Raw is one document as it came from the world: bytes and what its container
// says of them.
type Raw struct {
	Where     string // for messages: "FILE" or "FILE:LINE"
	ID        string
	Title     string
	Outlet    string
	URL       string
	Lang      string
	Published Date
	Body      []byte
	// Exact says that Body is Unicode text that must come back unchanged (the
	// text field of a JSON line).
	Exact bool
	// Remarks are what the user should see of how the item was read: "published
	// is no date: left out".
	Remarks []string
}

// InvalidUTF8 gives the first byte of b that is no part of valid UTF-8; len(b)
// when all of it is.
func InvalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// Failure is a document that could not be brought in or coded: where it
// stands, at which stage, what is wrong and what to do. It never stops the
// stream.
type Failure struct {
	Where string // "FILE" or "FILE:LINE"; "" when not known
	ID    string // of the document; "" when not known
	Stage string // "read", "extract", or the stage of the pipeline
	Cause error
	Hint  string
}

// Error gives the message with its place.
func (f *Failure) Error() string {
	where := f.Where
	if where == "" {
		where = f.ID
	}
	if f.Hint == "" {
		return fmt.Sprintf("%s: %s: %v", where, f.Stage, f.Cause)
	}
	return fmt.Sprintf("%s: %s: %v (%s)", where, f.Stage, f.Cause, f.Hint)
}

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Cause }
