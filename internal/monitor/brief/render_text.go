package brief

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// lineWidth is the width of the text form in characters.
const lineWidth = 100

// Text writes the brief as plain text, 100 characters wide. The list of
// sources gives each sentence one row, cut where the row ends: Markdown, HTML
// and JSON have all of it.
func (b *Brief) Text(w io.Writer) error {
	out := bufio.NewWriter(w)
	wrap(out, "", "", strings.ToUpper(b.title))
	wrap(out, "", "", joinNonEmpty(". ", b.period(), b.outletWords()))
	for _, s := range b.sections {
		if len(s.lines) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s%s\n", strings.ToUpper(s.name), s.more())
		for _, l := range s.lines {
			wrap(out, "- ", "  ", l.Text()+" ("+b.refWords(l)+")")
		}
	}
	if e := b.empty(); e != "" {
		fmt.Fprintln(out)
		wrap(out, "", "", "Nothing found under: "+e+".")
	}
	fmt.Fprintf(out, "\nSOURCES\n")
	for i, s := range b.sources {
		fmt.Fprintln(out, cut(fmt.Sprintf("%3d. %s: %s", i+1, place(s), s.Text()), sourceWidth))
	}
	return out.Flush()
}

// sourceWidth is the width of a source in characters.
const sourceWidth = 150

// cut ends a text at the last word that fits; an ellipsis says so.
func cut(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	s = string([]rune(s)[:width-1])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ",;: ") + " …"
}

// rows counts the rows that a section takes, its heading with the empty row
// before it included. Numbers of sources are not known yet; most have a digit
// or two.
func (s *Section) rows() int {
	if len(s.lines) == 0 {
		return 0
	}
	n := 2
	for _, l := range s.lines {
		refs := strings.Repeat("00, ", len(shown(l)))
		n += countRows("- " + l.Text() + " (" + refs[:len(refs)-2] + ")")
	}
	return n
}

// more says after a heading how many lines did not fit.
func (s *Section) more() string {
	if s.left == 0 {
		return ""
	}
	return " (" + leftWords(s.left) + ")"
}

// headRows counts the rows around the sections.
func (b *Brief) headRows() int {
	n := countRows(b.title) + countRows(joinNonEmpty(". ", b.period(), b.outletWords()))
	if e := b.empty(); e != "" {
		n += 1 + countRows("Nothing found under: "+e+".")
	}
	return n
}

func countRows(s string) int {
	var b strings.Builder
	wrap(&b, "", "  ", s)
	return strings.Count(b.String(), "\n")
}

func joinNonEmpty(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// wrap writes a paragraph with a first indent and one for the lines after it.
func wrap(w io.Writer, first, rest, s string) {
	line, width := first, utf8.RuneCountInString(first)
	begun := false
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		if begun && width+1+n > lineWidth {
			fmt.Fprintln(w, line)
			line, width, begun = rest, utf8.RuneCountInString(rest), false
		}
		if begun {
			line, width = line+" ", width+1
		}
		line, width, begun = line+word, width+n, true
	}
	if begun {
		fmt.Fprintln(w, line)
	}
}
