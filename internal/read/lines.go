package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus"
)

// line is the wire form of a document line; other fields are ignored.
type line struct {
	ID        any     `json:"id"`
	Title     string  `json:"title"`
	Outlet    string  `json:"outlet"`
	URL       string  `json:"url"`
	Published *string `json:"published"`
	Lang      string  `json:"lang"`
	Text      *string `json:"text"`
}

// Lines reads JSON lines: {"id","text"} with optional title, outlet, url,
// published and lang. An empty line is passed over. A bad line is yielded as
// *casus.Failure with its number; the next one is read all the same, even after a line
// too long to hold.
func Lines(r io.Reader, label string, limit int) func(yield func(casus.Raw, error) bool) bool {
	return func(yield func(casus.Raw, error) bool) bool {
		br := bufio.NewReaderSize(r, 64<<10)
		maxLine := 6*limit + 64<<10 // \u0000 escapes take six bytes a character
		for no := 1; ; no++ {
			where := fmt.Sprintf("%s:%d", label, no)
			raw, long, err := readLine(br, maxLine)
			if err != nil && err != io.EOF {
				return yield(casus.Raw{}, &casus.Failure{Stage: "read", Where: where, Cause: err})
			}
			if no == 1 {
				raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
			}
			if long {
				if !yield(casus.Raw{}, tooLarge(where, "", limit)) {
					return false
				}
			} else if raw = bytes.TrimSpace(raw); len(raw) > 0 {
				if !yield(parseLine(raw, where, no, limit)) {
					return false
				}
			}
			if err == io.EOF {
				return true
			}
		}
	}
}

// readLine gives the next line without its end; long when it was over the
// limit, and then its text is thrown away.
func readLine(br *bufio.Reader, limit int) (raw []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long {
			raw = append(raw, part...)
		}
		if len(raw) > limit {
			raw, long = nil, true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return raw, long, err
	}
}

func parseLine(raw []byte, where string, no, limit int) (casus.Raw, error) {
	bad := func(id string, cause error, hint string) (casus.Raw, error) {
		return casus.Raw{}, &casus.Failure{Stage: "read", Where: where, ID: id, Cause: cause, Hint: hint}
	}
	if !utf8.Valid(raw) {
		return bad("", fmt.Errorf("invalid UTF-8 at byte %d of the line", invalidAt(raw)), "JSON must be UTF-8: convert the file")
	}
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return bad("", fmt.Errorf("%w: %w", ErrNotJSON, err), `each line must be an object with "id" and "text"`)
	}
	it := casus.Raw{Where: where, Title: l.Title, Outlet: l.Outlet, URL: l.URL, Lang: l.Lang, Exact: true}
	it.ID = idText(l.ID, no)
	if l.Text == nil {
		return bad(it.ID, errors.New(`no "text" field`), `each line must be an object with "id" and "text"`)
	}
	if strings.ContainsRune(*l.Text, utf8.RuneError) && halfSurrogate(raw) {
		return bad(it.ID, errors.New("half a surrogate pair in an escape"), `write \uXXXX escapes in pairs, or plain UTF-8`)
	}
	if len(*l.Text) > limit {
		return casus.Raw{}, tooLarge(where, it.ID, limit)
	}
	if l.Published != nil && *l.Published != "" {
		d, err := casus.ParseDate(*l.Published)
		if err != nil {
			return bad(it.ID, fmt.Errorf("published: %w", err), "leave the field out when the date is not known")
		}
		it.Published = d
	}
	it.Body = []byte(*l.Text)
	return it, nil
}

// idText gives the identity as text; a number is written as it stands, a
// missing one is the line's number.
func idText(id any, no int) string {
	switch v := id.(type) {
	case string:
		if v != "" {
			return v
		}
	case float64:
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("line-%d", no)
}

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// halfSurrogate reports an escape \uD800-\uDFFF that stands alone; the JSON
// decoder would replace it without a word.
func halfSurrogate(raw []byte) bool {
	for i := 0; i+5 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		if raw[i+1] != 'u' {
			i++
			continue
		}
		u := hex4(raw[i+2:])
		switch {
		case u >= 0xD800 && u < 0xDC00:
			if i+11 < len(raw) && raw[i+6] == '\\' && raw[i+7] == 'u' {
				if lo := hex4(raw[i+8:]); lo >= 0xDC00 && lo < 0xE000 {
					i += 11
					continue
				}
			}
			return true
		case u >= 0xDC00 && u < 0xE000:
			return true
		}
		i += 5
	}
	return false
}

func hex4(b []byte) int {
	u := 0
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			u = u<<4 | int(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			u = u<<4 | int(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return u
}
