// Package extract turns raw bytes into a document: characters decoded, kind
// checked, title and language found. It fills Text, Title, Lang and the rest
// of the identity, no layer. It reads plain text; HTML, mail and PDF are not
// its work yet.
package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"casus"

	"golang.org/x/net/html/charset"
)

// What callers may test for.
var (
	ErrEmpty   = errors.New("the document has no text")
	ErrBinary  = errors.New("this is not text")
	ErrCharset = errors.New("the characters cannot be read")
)

// Options says how to extract. The zero value is the default.
type Options struct {
	Encoding  string     // IANA name given by the user; "" means found out
	Lang      string     // given by the user; "" means found out
	Published casus.Date // for items that do not say
}

// Result is a document and remarks on how it was read that the user should
// see ("read as windows-1251").
type Result struct {
	Doc     *casus.Document
	Remarks []string
}

// Document makes a document of an item. Errors are *casus.Failure with place and
// hint.
func Document(it casus.Raw, opts Options) (Result, error) {
	text, remarks, err := decode(it, opts.Encoding)
	if err != nil {
		return Result{}, &casus.Failure{Stage: "extract", Where: it.Where, ID: it.ID, Cause: err, Hint: hint(err)}
	}
	doc := &casus.Document{ID: it.ID, Outlet: it.Outlet, URL: it.URL, Title: it.Title, Lang: it.Lang,
		Published: it.Published, Text: text}
	if doc.Published.IsZero() {
		doc.Published = opts.Published
	}
	if !doc.Published.IsZero() {
		doc.PublishedReason = "given"
	}
	if opts.Lang != "" {
		doc.Lang = opts.Lang
	}
	if doc.Lang == "" {
		doc.Lang = Language(text)
	}
	return Result{doc, append(it.Remarks, remarks...)}, nil
}

func hint(err error) string {
	switch {
	case errors.Is(err, ErrEmpty):
		return "nothing to code"
	case errors.Is(err, ErrBinary):
		return "give plain text or JSON lines"
	case errors.Is(err, ErrCharset):
		return "name the encoding with --encoding"
	}
	return ""
}

// fewControls are let through however short the text: one stray NUL makes no
// binary of a headline.
const fewControls = 3

func decode(it casus.Raw, encoding string) (text string, remarks []string, err error) {
	body := it.Body
	if !it.Exact {
		if body, remarks, err = toUTF8(body, encoding); err != nil {
			return "", nil, err
		}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return "", nil, ErrEmpty
	}
	if n := controls(body); n*50 > len(body) && n > fewControls {
		return "", nil, fmt.Errorf("%w: %d of %d bytes are control characters", ErrBinary, n, len(body))
	}
	return string(body), remarks, nil
}

// toUTF8 honours, in this order, the user's word, a byte order mark, valid
// UTF-8, and a guess among the encodings news is still sent in.
func toUTF8(body []byte, encoding string) ([]byte, []string, error) {
	if encoding != "" && !strings.EqualFold(encoding, "utf-8") {
		return convert(body, encoding, "")
	}
	for _, bom := range []struct {
		mark []byte
		name string
	}{{[]byte("\xef\xbb\xbf"), ""}, {[]byte("\xff\xfe"), "utf-16le"}, {[]byte("\xfe\xff"), "utf-16be"}} {
		if rest, ok := bytes.CutPrefix(body, bom.mark); ok {
			if bom.name != "" {
				return convert(rest, bom.name, "")
			}
			body = rest
			break
		}
	}
	if name := utf16Unmarked(body); name != "" && encoding == "" {
		return convert(body, name, "no byte order mark; read as "+name)
	}
	if utf8.Valid(body) {
		return body, nil, nil
	}
	if looksBinary(body) {
		return nil, nil, ErrBinary
	}
	if encoding != "" {
		return nil, nil, fmt.Errorf("%w: not UTF-8 at byte %d", ErrCharset, casus.InvalidUTF8(body))
	}
	return guess(body)
}

func guess(body []byte) ([]byte, []string, error) {
	if mostlyUTF8(body) {
		return nil, nil, fmt.Errorf("%w: almost UTF-8, but not at byte %d", ErrCharset, casus.InvalidUTF8(body))
	}
	name := "windows-1252"
	if cyrillic1251(body) {
		name = "windows-1251"
	}
	return convert(body, name, fmt.Sprintf("not UTF-8 at byte %d; read as %s", casus.InvalidUTF8(body), name))
}

func convert(body []byte, name, remark string) ([]byte, []string, error) {
	enc, canon := charset.Lookup(name)
	if enc == nil {
		return nil, nil, fmt.Errorf("%w: unknown encoding %q", ErrCharset, name)
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, nil, fmt.Errorf("%w as %s: %w", ErrCharset, canon, err)
	}
	var remarks []string
	if remark != "" {
		remarks = append(remarks, remark)
	}
	// A converter writes U+FFFD for what has no meaning in its encoding.
	if n := bytes.Count(out, []byte("\ufffd")); n > 0 {
		remarks = append(remarks, fmt.Sprintf("not all can be read as %s: U+FFFD stands %d times in its place", canon, n))
	}
	return out, remarks, nil
}

// utf16Unmarked gives the encoding of UTF-16 text that lacks its byte order
// mark: of Latin text every second byte is 0. "" for anything else.
func utf16Unmarked(b []byte) string {
	head := b[:min(len(b), 4<<10)&^1]
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	switch half := len(head) / 2; {
	case half < 8:
		return ""
	case zero[1]*10 > half*9 && zero[0]*10 < half:
		return "utf-16le"
	case zero[0]*10 > half*9 && zero[1]*10 < half:
		return "utf-16be"
	}
	return ""
}

// CheckEncoding reports a name of an encoding that is not known; "" is fine.
func CheckEncoding(name string) error {
	if enc, _ := charset.Lookup(name); enc == nil && name != "" {
		return fmt.Errorf("unknown encoding %q: use a name as utf-8, windows-1251 or koi8-r", name)
	}
	return nil
}

// mostlyUTF8 reports text whose multi-byte sequences are nearly all good: a
// damaged UTF-8 file, which reading as another encoding would garble.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			bad++
		} else if n > 1 {
			good++
		}
		i += n
	}
	return good > 4*bad
}

// cyrillic1251 reports that most high bytes are letters of windows-1251
// Russian standing beside one another.
func cyrillic1251(b []byte) bool {
	pairs, high := 0, 0
	for i, c := range b {
		if c < 0x80 {
			continue
		}
		high++
		if c >= 0xC0 && i > 0 && b[i-1] >= 0xC0 {
			pairs++
		}
	}
	return pairs*2 > high
}

func looksBinary(b []byte) bool {
	head := b[:min(len(b), 8<<10)]
	return bytes.IndexByte(head, 0) >= 0 || controls(head)*20 > len(head)
}

// controls counts the control characters that no text holds.
func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1b || c == 0x7f {
			n++
		}
	}
	return n
}
