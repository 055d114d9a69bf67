package brief

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the brief as Markdown.
func (b *Brief) Markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# %s\n", escape(b.title))
	if head := joinNonEmpty(". ", b.period(), b.outletWords()); head != "" {
		fmt.Fprintf(out, "\n%s\n", escape(head))
	}
	for _, s := range b.sections {
		if len(s.lines) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n## %s\n\n", escape(s.name))
		for _, l := range s.lines {
			fmt.Fprintf(out, "- %s (%s)\n", escape(l.Text()), b.refWords(l))
		}
		if s.left > 0 {
			fmt.Fprintf(out, "\n*%s*\n", leftWords(s.left))
		}
	}
	if e := b.empty(); e != "" {
		fmt.Fprintf(out, "\nNothing found under: %s.\n", escape(e))
	}
	fmt.Fprintf(out, "\n## Sources\n\n")
	for i, s := range b.sources {
		fmt.Fprintf(out, "%d. %s — %s", i+1, escape(s.Text()), escape(place(s)))
		if s.URL() != "" {
			fmt.Fprintf(out, ", <%s>", strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(s.URL()))
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// escape keeps the words of a source from being read as marks of the form.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>#|~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
