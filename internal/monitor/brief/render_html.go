package brief

import (
	_ "embed"
	"html/template"
	"io"

	"casus/internal/monitor/brief/cite"
)

//go:embed data/brief.html.tmpl
var pageHTML string

var page = template.Must(template.New("brief").Parse(pageHTML))

// pageLine and the other page types are what the template sees.
type pageLine struct {
	Text, Label string
	Refs        []int
	More        int
}

type pageSection struct {
	Key, Name string
	Lines     []pageLine
	Left      string
}

type pageSource struct {
	Number int
	Text   string
	Place  string
	URL    string
}

type pageData struct {
	Title, Period, Outlets, Empty string
	Sections                      []pageSection
	Sources                       []pageSource
}

// HTML writes the brief as one page without scripts or outer files, fit for
// printing.
func (b *Brief) HTML(w io.Writer) error {
	d := pageData{Title: b.title, Period: b.period(), Outlets: b.outletWords(), Empty: b.empty()}
	for _, s := range b.sections {
		if len(s.lines) == 0 {
			continue
		}
		ps := pageSection{Key: s.key, Name: s.name}
		if s.left > 0 {
			ps.Left = leftWords(s.left)
		}
		for _, l := range s.lines {
			ps.Lines = append(ps.Lines, b.pageLine(l))
		}
		d.Sections = append(d.Sections, ps)
	}
	for i, s := range b.sources {
		d.Sources = append(d.Sources, pageSource{i + 1, s.Text(), place(s), s.URL()})
	}
	return page.Execute(w, d)
}

func (b *Brief) pageLine(l cite.Line) pageLine {
	refs, more := b.refs(l)
	return pageLine{l.Text(), l.Label(), refs, more}
}
