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
	ID        json.RawMessage `json:"id"`
	Title     string          `json:"title"`
	Outlet    string          `json:"outlet"`
	URL       string          `json:"url"`
	Published *string         `json:"published"`
	Lang      string          `json:"lang"`
	Text      *string         `json:"text"`
}

// Lines reads JSON lines: {"id","text"} with optional title, outlet, url,
// published and lang. An empty line is passed over. A bad line is yielded as
// *casus.Failure with its number; the next one is read all the same, even after a line
// too long to hold. The name of the file ("-" for standard input) stands in
// messages and in the identity of a document without one.
func Lines(r io.Reader, name string, limit int) func(yield func(casus.Raw, error) bool) bool {
	return func(yield func(casus.Raw, error) bool) bool {
		br := bufio.NewReaderSize(r, 64<<10)
		maxLine := 6*limit + 64<<10 // \u0000 escapes take six bytes a character
		for no := 1; ; no++ {
			where := fmt.Sprintf("%s:%d", Label(name), no)
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
				if !yield(parseLine(raw, where, fmt.Sprintf("%s:%d", DocumentID(name), no), limit)) {
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

// parseLine reads one line; unnamed is the identity of a document without one.
func parseLine(raw []byte, where, unnamed string, limit int) (casus.Raw, error) {
	bad := func(id string, cause error, hint string) (casus.Raw, error) {
		return casus.Raw{}, &casus.Failure{Stage: "read", Where: where, ID: id, Cause: cause, Hint: hint}
	}
	if !utf8.Valid(raw) {
		return bad("", fmt.Errorf("invalid UTF-8 at byte %d of the line", casus.InvalidUTF8(raw)), "JSON must be UTF-8: convert the file")
	}
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return bad("", notDocument(err), `each line must be an object with "id" and "text"`)
	}
	id, err := idText(l.ID, unnamed)
	if err != nil {
		return bad("", err, "leave the field out to have one made from the place of the line")
	}
	it := casus.Raw{Where: where, ID: id, Title: l.Title, Outlet: l.Outlet, URL: l.URL, Lang: l.Lang, Exact: true}
	if l.Text == nil {
		return bad(it.ID, errors.New(`no "text" field`), `each line must be an object with "id" and "text"`)
	}
	if l.replaced(id) && halfSurrogate(raw) {
		return bad(it.ID, errors.New("half a surrogate pair in an escape"), `write \uXXXX escapes in pairs, or plain UTF-8`)
	}
	if len(*l.Text) > limit {
		return casus.Raw{}, tooLarge(where, it.ID, limit)
	}
	if l.Published != nil && *l.Published != "" {
		// A date for people ("Dec 13, 2016") does not cost the article: it is
		// taken for one that does not say when it was published.
		if it.Published, err = casus.ParseDate(*l.Published); err != nil {
			it.Remarks = append(it.Remarks, fmt.Sprintf("read: published: %v: taken as not known", err))
		}
	}
	it.Body = []byte(*l.Text)
	return it, nil
}

// replaced reports that a field that is kept holds the character which the
// decoder writes for what it cannot read.
func (l *line) replaced(id string) bool {
	for _, s := range []string{*l.Text, id, l.Title, l.Outlet, l.URL, l.Lang} {
		if strings.ContainsRune(s, utf8.RuneError) {
			return true
		}
	}
	return false
}

// notDocument says what is wrong with a line in the words of JSON, not of Go.
func notDocument(err error) error {
	var te *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &te):
		return fmt.Errorf("%w: %w", ErrNotJSON, err)
	case te.Field == "":
		return fmt.Errorf("%w: it is a JSON %s", ErrNotJSON, te.Value)
	}
	return fmt.Errorf("%w: field %q is a %s, not a string", ErrNotJSON, te.Field, te.Value)
}

// idText gives the identity as text. A number is written digit by digit as it
// stands: 123456789012345678 would not survive as a float.
func idText(id json.RawMessage, unnamed string) (string, error) {
	switch {
	case len(id) == 0 || string(id) == "null" || string(id) == `""`:
		return unnamed, nil
	case id[0] == '"':
		var s string
		err := json.Unmarshal(id, &s)
		return s, err
	case id[0] == '-' || id[0] >= '0' && id[0] <= '9':
		return string(id), nil
	}
	return "", errors.New(`field "id" is neither a string nor a number`)
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
