// Package cite makes lines of text that can not exist without a source: a Line
// is only to be had from a Support, and a Support only from a sentence of a
// Document. The fields of both are private, so neither the brief nor anybody
// else can write a line of their own.
//
// It takes documents and gives values that no longer refer to them. It words
// nothing and chooses nothing.
package cite

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"casus"
)

// ErrNoSupport is given for a line without a sentence behind it.
var ErrNoSupport = errors.New("a line needs a sentence that supports it")

// Support is a sentence of a document with the voices that carry what is
// taken from it. The zero value supports nothing.
type Support struct {
	document, outlet, url string
	published             casus.Date
	sentence              int
	text                  string
	bytes, points         casus.Span
	voices                []string
}

// From cites a sentence. Voices are those behind the words, innermost first:
// who said it, then who carries that; the outlet is added as the last one.
func From(doc *casus.Document, sent casus.SentenceID, voices ...string) (Support, error) {
	if doc == nil || sent < 0 || int(sent) >= len(doc.Sentences) {
		return Support{}, fmt.Errorf("cite sentence %d: %w", sent, ErrNoSupport)
	}
	span := doc.Sentences[sent].Span
	if span.Start < 0 || int(span.End) > len(doc.Text) || strings.TrimSpace(doc.String(span)) == "" {
		return Support{}, fmt.Errorf("cite sentence %d of %q: no text there: %w", sent, doc.ID, ErrNoSupport)
	}
	start := utf8.RuneCountInString(doc.Text[:span.Start])
	s := Support{document: doc.ID, outlet: doc.Outlet, url: doc.URL, published: doc.Published, sentence: int(sent),
		text: strings.Join(strings.Fields(doc.String(span)), " "), bytes: span,
		points: casus.Span{Start: casus.Pos(start), End: casus.Pos(start + utf8.RuneCountInString(doc.String(span)))}}
	for _, v := range voices {
		if v != "" {
			s.voices = append(s.voices, v)
		}
	}
	if outlet := s.Publisher(); outlet != "" {
		s.voices = append(s.voices, outlet)
	}
	return s, nil
}

// Document gives the identifier of the document.
func (s Support) Document() string { return s.document }

// Outlet gives the outlet that published the document; "" when not known.
func (s Support) Outlet() string { return s.outlet }

// Publisher gives the outlet, or the document's identifier without one.
func (s Support) Publisher() string {
	if s.outlet != "" {
		return s.outlet
	}
	return s.document
}

// URL gives the address of the document; "" when not known.
func (s Support) URL() string { return s.url }

// Published gives the day of publication; zero when not known.
func (s Support) Published() casus.Date { return s.published }

// Sentence gives the number of the sentence in its document, from 0.
func (s Support) Sentence() int { return s.sentence }

// Text gives the sentence, white space folded.
func (s Support) Text() string { return s.text }

// Bytes gives the place of the sentence in Document.Text in bytes.
func (s Support) Bytes() casus.Span { return s.bytes }

// Points gives the same place in Unicode code points, as files carry it.
func (s Support) Points() casus.Span { return s.points }

// Voices gives who says so, innermost first, the outlet last.
func (s Support) Voices() []string { return append([]string(nil), s.voices...) }

// IsZero reports a support that supports nothing.
func (s Support) IsZero() bool { return s.text == "" }

// same reports the same sentence with the same voices.
func (s Support) same(t Support) bool {
	return s.document == t.document && s.bytes == t.bytes && strings.Join(s.voices, "\x00") == strings.Join(t.voices, "\x00")
}

// Line is a sentence of the brief with what supports it. The zero value has no
// text and is never part of a brief.
type Line struct {
	text     string
	label    string
	supports []Support
}

// NewLine makes a line from its words and at least one support. Label is a
// short coded form, "ACCUSE TKM > AZE"; it may be empty.
func NewLine(text, label string, first Support, more ...Support) (Line, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Line{}, errors.New("a line needs words")
	}
	l := Line{text: text, label: label}
	for _, s := range append([]Support{first}, more...) {
		if s.IsZero() {
			return Line{}, fmt.Errorf("line %q: %w", text, ErrNoSupport)
		}
		l.cite(s)
	}
	return l, nil
}

func (l *Line) cite(s Support) {
	for _, have := range l.supports {
		if have.same(s) {
			return
		}
	}
	l.supports = append(l.supports, s)
}

// Text gives the words of the line.
func (l Line) Text() string { return l.text }

// Label gives the coded form of the line; "" without.
func (l Line) Label() string { return l.label }

// Supports gives the sentences behind the line, at least one.
func (l Line) Supports() []Support { return append([]Support(nil), l.supports...) }
