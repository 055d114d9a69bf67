package brief

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// lineWidth is the width of the text form in characters.
const lineWidth = 88

// Text writes the brief as plain text, 88 characters wide.
func (b *Brief) Text(w io.Writer) error {
	out := bufio.NewWriter(w)
	wrap(out, "", "", strings.ToUpper(b.title))
	wrap(out, "", "", joinNonEmpty(". ", b.period(), b.outletWords()))
	for _, s := range b.sections {
		if len(s.lines) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", strings.ToUpper(s.name))
		for _, l := range s.lines {
			wrap(out, "- ", "  ", l.Text()+" ("+b.refWords(l)+")")
		}
		if s.left > 0 {
			fmt.Fprintf(out, "  ... %s\n", leftWords(s.left))
		}
	}
	if e := b.empty(); e != "" {
		fmt.Fprintln(out)
		wrap(out, "", "", "Nothing found under: "+e+".")
	}
	fmt.Fprintf(out, "\nSOURCES\n")
	for i, s := range b.sources {
		n := fmt.Sprintf("%3d. ", i+1)
		wrap(out, n, "     ", s.Text()+" — "+place(s))
	}
	return out.Flush()
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
