package brief

import (
	"fmt"
	"strconv"
	"strings"

	"casus/internal/monitor/brief/cite"
)

// period words the first and the last day of publication.
func (b *Brief) period() string {
	switch {
	case b.from.IsZero():
		return ""
	case b.from == b.to:
		return dateWords(b.from, 0)
	case b.from.Year == b.to.Year && b.from.Month == b.to.Month:
		return strconv.Itoa(int(b.from.Day)) + " to " + dateWords(b.to, 0)
	}
	return dateWords(b.from, 0) + " to " + dateWords(b.to, 0)
}

// outletWords lists the publishers with the number of their articles.
func (b *Brief) outletWords() string {
	var out []string
	for _, o := range b.outlets {
		if b.documents == 1 {
			out = append(out, o.Name)
		} else {
			out = append(out, fmt.Sprintf("%s (%d)", o.Name, o.Documents))
		}
	}
	return strings.Join(out, ", ")
}

// empty names the sections without a line: that nothing was found is a finding
// too, but needs no heading.
func (b *Brief) empty() string {
	var out []string
	for _, s := range b.sections {
		if len(s.lines) == 0 {
			out = append(out, strings.ToLower(s.name))
		}
	}
	return strings.Join(out, "; ")
}

// leftWords counts what did not fit.
func leftWords(n int) string {
	if n == 1 {
		return "and 1 more line"
	}
	return fmt.Sprintf("and %d more lines", n)
}

// refWords gives the numbers of the sources, "3, 7 and 2 more".
func (b *Brief) refWords(l cite.Line) string {
	numbers, more := b.refs(l)
	var out []string
	for _, n := range numbers {
		out = append(out, strconv.Itoa(n))
	}
	s := strings.Join(out, ", ")
	if more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}

// place says where a source sentence stands: outlet, day, document, number of
// the sentence from 0, offsets.
func place(s cite.Support) string {
	var out []string
	if s.Outlet() != "" {
		out = append(out, s.Outlet())
	}
	if !s.Published().IsZero() {
		out = append(out, s.Published().String())
	}
	if s.Document() != "" {
		out = append(out, s.Document())
	}
	p := s.Points()
	return strings.Join(append(out, fmt.Sprintf("sentence %d, %d-%d", s.Sentence(), p.Start, p.End)), ", ")
}
