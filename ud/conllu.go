package ud

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// Word is one syntactic word: a numbered line of CoNLL-U. Head counts from 1
// in the sentence, 0 is the root, -1 means "not set". Empty strings stand for
// the "_" of the format; only the word "_" itself has the lemma "_".
type Word struct {
	Form, Lemma string
	UPOS        UPOS
	XPOS        XPOS
	Feats       Feats
	Head        int
	Deprel      Deprel
	Deps, Misc  string
}

// Range is a surface token of several words, First to Last counted from 1 and
// inclusive: "don't" over "do" and "n't".
type Range struct {
	First, Last int
	Form        string
	Feats       Feats
	Misc        string
}

// EmptyNode is a word of the enhanced graph only ("8.1"); Columns holds what
// follows the number, with its tabs. After is the word it stands behind.
type EmptyNode struct {
	After, Index int
	Columns      string
}

// Sentence is one tree with its comments; a comment keeps its "#".
type Sentence struct {
	Comments []string
	Words    []Word
	Ranges   []Range
	Empty    []EmptyNode
}

// Comment gives the value of "# key = value", and whether the key stands
// there; "# key" alone has the value "".
func (s *Sentence) Comment(key string) (string, bool) {
	for _, c := range s.Comments {
		k, v, _ := strings.Cut(strings.TrimPrefix(c, "#"), "=")
		if strings.TrimSpace(k) == key {
			return strings.TrimSpace(v), true
		}
	}
	return "", false
}

// MiscValue gives the value of a key of a MISC column ("SpaceAfter=No|Gloss=x").
func MiscValue(misc, key string) (string, bool) {
	for part := range strings.SplitSeq(misc, "|") {
		if k, v, ok := strings.Cut(part, "="); ok && k == key {
			return v, true
		}
	}
	return "", false
}

// Reader reads sentences one by one. It keeps every column and comment, so
// that Writer gives the same bytes back.
type Reader struct {
	r    *bufio.Reader
	line int
	err  error
}

// NewReader reads CoNLL-U from r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 1<<16)} }

// Read gives the next sentence, or io.EOF after the last. Any other error
// names the line; the reader does not go on after it.
func (r *Reader) Read() (Sentence, error) {
	if r.err != nil {
		return Sentence{}, r.err
	}
	var s Sentence
	for {
		line, err := r.readLine()
		if err != nil && err != io.EOF {
			return Sentence{}, r.fail(err)
		}
		atEnd := err == io.EOF
		if line == "" && (len(s.Words) > 0 || len(s.Comments) > 0 || len(s.Ranges) > 0 || len(s.Empty) > 0) {
			if err := s.check(); err != nil {
				return Sentence{}, r.fail(err)
			}
			return s, nil
		}
		if atEnd && line == "" {
			r.err = io.EOF
			return Sentence{}, io.EOF
		}
		if line != "" {
			if err := s.add(line); err != nil {
				return Sentence{}, r.fail(err)
			}
		}
	}
}

// All yields the sentences up to the first error, which is yielded last.
func (r *Reader) All() iter.Seq2[Sentence, error] {
	return func(yield func(Sentence, error) bool) {
		for {
			s, err := r.Read()
			if err == io.EOF {
				return
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (r *Reader) readLine() (string, error) {
	line, err := r.r.ReadString('\n')
	if line != "" || err == nil {
		r.line++
	}
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err
}

func (r *Reader) fail(err error) error {
	r.err = fmt.Errorf("ud: line %d: %w", r.line, err)
	return r.err
}

func (s *Sentence) add(line string) error {
	if line[0] == '#' {
		if len(s.Words)+len(s.Ranges)+len(s.Empty) > 0 {
			return errors.New("a comment among the words")
		}
		s.Comments = append(s.Comments, line)
		return nil
	}
	id, rest, _ := strings.Cut(line, "\t")
	if strings.Count(line, "\t") != 9 {
		return fmt.Errorf("%d columns, not 10", strings.Count(line, "\t")+1)
	}
	if a, b, ok := strings.Cut(id, "."); ok {
		return s.addEmpty(a, b, rest)
	}
	var c [9]string
	for i := range c {
		c[i], rest, _ = strings.Cut(rest, "\t")
	}
	if c[0] == "" {
		return errors.New("an empty form")
	}
	if a, b, ok := strings.Cut(id, "-"); ok {
		return s.addRange(a, b, &c)
	}
	return s.addWord(id, &c)
}

func (s *Sentence) addEmpty(a, b, columns string) error {
	after, err := number(a)
	if err != nil {
		return err
	}
	index, err := number(b)
	if err != nil {
		return err
	}
	if after != len(s.Words) {
		return fmt.Errorf("empty node %s.%s out of order", a, b)
	}
	s.Empty = append(s.Empty, EmptyNode{after, index, columns})
	return nil
}

func (s *Sentence) addRange(a, b string, c *[9]string) error {
	first, err := number(a)
	if err != nil {
		return err
	}
	last, err := number(b)
	if err != nil {
		return err
	}
	if first != len(s.Words)+1 || last < first || len(s.Ranges) > 0 && s.Ranges[len(s.Ranges)-1].Last >= first {
		return fmt.Errorf("range %s-%s out of order", a, b)
	}
	for i, v := range c {
		if v != "_" && i != 0 && i != 4 && i != 8 {
			return fmt.Errorf("range %s-%s has a value in column %d", a, b, i+2)
		}
	}
	s.Ranges = append(s.Ranges, Range{first, last, c[0], Feats(unset(c[4])), unset(c[8])})
	return nil
}

func (s *Sentence) addWord(id string, c *[9]string) error {
	if n, err := number(id); err != nil || n != len(s.Words)+1 {
		return fmt.Errorf("word number %q where %d is due", id, len(s.Words)+1)
	}
	w := Word{Form: c[0], Lemma: unset(c[1]), Feats: Feats(unset(c[4])), Head: -1, Deps: unset(c[7]), Misc: unset(c[8])}
	if w.Form == "_" {
		w.Lemma = c[1]
	}
	var err error
	if w.UPOS, err = ParseUPOS(c[2]); err != nil {
		return err
	}
	if w.XPOS, err = ParseXPOS(c[3]); err != nil {
		return err
	}
	if w.Deprel, err = ParseDeprel(c[6]); err != nil {
		return err
	}
	if c[5] != "_" {
		if w.Head, err = number(c[5]); err != nil {
			return err
		}
	}
	s.Words = append(s.Words, w)
	return nil
}

// check looks at what only the whole sentence shows.
func (s *Sentence) check() error {
	if len(s.Words) == 0 {
		return errors.New("a sentence without words")
	}
	if n := len(s.Ranges); n > 0 && s.Ranges[n-1].Last > len(s.Words) {
		return fmt.Errorf("range up to %d in a sentence of %d words", s.Ranges[n-1].Last, len(s.Words))
	}
	for i, w := range s.Words {
		if w.Head > len(s.Words) || w.Head == i+1 {
			return fmt.Errorf("word %d: head %d outside its sentence", i+1, w.Head)
		}
	}
	return nil
}

func unset(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

// number reads a number without sign and without leading zeros, as only such
// come back the same when written.
func number(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<30 || s[0] == '+' || s[0] == '-' || len(s) > 1 && s[0] == '0' {
		return 0, fmt.Errorf("%q is no number", s)
	}
	return n, nil
}

// Writer writes sentences; Flush must end the work.
type Writer struct {
	w   *bufio.Writer
	buf []byte
}

// NewWriter writes CoNLL-U to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriterSize(w, 1<<16)} }

// Flush writes what is still held back.
func (w *Writer) Flush() error { return w.w.Flush() }

// Write writes a sentence and the blank line behind it. A tab or a line break
// inside a column is an error and nothing is written.
func (w *Writer) Write(s *Sentence) error {
	b := w.buf[:0]
	for _, c := range s.Comments {
		if !strings.HasPrefix(c, "#") || strings.ContainsAny(c, "\n\r") {
			return fmt.Errorf("ud: write comment %q: not one line with #", c)
		}
		b = append(append(b, c...), '\n')
	}
	var err error
	if b, err = s.appendRows(b); err != nil {
		return err
	}
	w.buf = append(b, '\n')
	_, err = w.w.Write(w.buf)
	return err
}

func (s *Sentence) appendRows(b []byte) ([]byte, error) {
	r, e := 0, 0
	var err error
	for i := 0; i <= len(s.Words); i++ {
		for ; e < len(s.Empty) && s.Empty[e].After == i; e++ {
			n := s.Empty[e]
			b = append(b, fmt.Sprintf("%d.%d\t%s\n", n.After, n.Index, n.Columns)...)
		}
		if i == len(s.Words) {
			break
		}
		if r < len(s.Ranges) && s.Ranges[r].First == i+1 {
			if b, err = appendRange(b, &s.Ranges[r]); err != nil {
				return nil, err
			}
			r++
		}
		if b, err = appendWord(b, i+1, &s.Words[i]); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func appendRange(b []byte, r *Range) ([]byte, error) {
	b = strconv.AppendInt(b, int64(r.First), 10)
	b = strconv.AppendInt(append(b, '-'), int64(r.Last), 10)
	return appendColumns(b, r.Form, "", "", "", string(r.Feats), "", "", "", r.Misc)
}

func appendWord(b []byte, n int, w *Word) ([]byte, error) {
	b = strconv.AppendInt(b, int64(n), 10)
	head := ""
	if w.Head >= 0 {
		head = strconv.Itoa(w.Head)
	}
	return appendColumns(b, w.Form, w.Lemma, w.UPOS.String(), w.XPOS.String(), string(w.Feats), head,
		w.Deprel.String(), w.Deps, w.Misc)
}

func appendColumns(b []byte, columns ...string) ([]byte, error) {
	if columns[0] == "" {
		return nil, errors.New("ud: write a word: an empty form")
	}
	for _, c := range columns {
		if strings.ContainsAny(c, "\t\n\r") {
			return nil, fmt.Errorf("ud: write column %q: white space inside", c)
		}
		if c == "" {
			c = "_"
		}
		b = append(append(b, '\t'), c...)
	}
	return append(b, '\n'), nil
}
