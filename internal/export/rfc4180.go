package export

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

// appendCell adds a cell as RFC 4180 writes it. encoding/csv is not used
// because it changes line breaks inside cells.
func appendCell(dst []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

// GuardCell keeps a spreadsheet from taking text for a formula: a cell that
// begins with = + - @, tab, carriage return or line feed, or a full-width form
// of the four signs, and is no number, gets an apostrophe in front; so does a
// cell that begins with apostrophes before such a sign, so that the guard can
// be taken away again.
func GuardCell(s string) string {
	if guarded(s) {
		return "'" + s
	}
	return s
}

// unguardCell takes the guard away.
func unguardCell(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && guarded(rest) {
		return rest
	}
	return s
}

func guarded(s string) bool {
	head := strings.TrimLeft(s, "'")
	if head == "" {
		return false
	}
	switch []rune(head[:min(len(head), 4)])[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		_, err := strconv.ParseFloat(s, 64)
		return err != nil
	}
	return false
}

var errQuote = errors.New("a quotation mark stands where none may: double it inside a quoted cell")

// commaRows yields the rows of an RFC 4180 file. Line breaks inside cells come
// back as they are.
func commaRows(in io.Reader) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		p := &commaParser{br: bufio.NewReader(in)}
		for {
			row, err := p.row()
			if err == io.EOF {
				return
			}
			if !yield(row, err) || err != nil && !errors.Is(err, errQuote) {
				return
			}
		}
	}
}

type commaParser struct{ br *bufio.Reader }

// row reads a row; io.EOF after the last. A fault of quotation is an error of
// the row: the rest of its line is left out.
func (p *commaParser) row() ([]string, error) {
	if _, err := p.br.Peek(1); err != nil {
		return nil, err
	}
	var row []string
	for {
		cell, end, err := p.cell()
		if err != nil {
			return nil, err
		}
		row = append(row, cell)
		if end {
			return row, nil
		}
	}
}

// cell reads a cell; end is true for the last of its row.
func (p *commaParser) cell() (cell string, end bool, err error) {
	c, err := p.br.ReadByte()
	if err == io.EOF {
		return "", true, nil
	}
	if err != nil {
		return "", false, err
	}
	if c == '"' {
		return p.quoted()
	}
	var b []byte
	for {
		switch {
		case c == ',':
			return string(b), false, nil
		case c == '\n':
			return string(trimCR(b)), true, nil
		case c == '"':
			p.skipLine()
			return "", false, errQuote
		}
		b = append(b, c)
		if c, err = p.br.ReadByte(); err == io.EOF {
			return string(b), true, nil
		} else if err != nil {
			return "", false, err
		}
	}
}

func (p *commaParser) quoted() (cell string, end bool, err error) {
	var b []byte
	for {
		c, err := p.br.ReadByte()
		if err == io.EOF {
			return "", false, errors.New("the file ends inside a quoted cell")
		}
		if err != nil {
			return "", false, err
		}
		if c != '"' {
			b = append(b, c)
			continue
		}
		c, err = p.br.ReadByte()
		switch {
		case err == io.EOF:
			return string(b), true, nil
		case err != nil:
			return "", false, err
		case c == '"':
			b = append(b, '"')
		case c == ',':
			return string(b), false, nil
		case c == '\n':
			return string(b), true, nil
		case c == '\r':
			if next, _ := p.br.Peek(1); len(next) == 1 && next[0] == '\n' {
				p.br.ReadByte()
				return string(b), true, nil
			}
			p.skipLine()
			return "", false, errQuote
		default:
			p.skipLine()
			return "", false, errQuote
		}
	}
}

func (p *commaParser) skipLine() {
	for {
		if c, err := p.br.ReadByte(); err != nil || c == '\n' {
			return
		}
	}
}

func trimCR(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] == '\r' {
		return b[:n-1]
	}
	return b
}
