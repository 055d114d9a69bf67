package brief

import (
	"encoding/json"
	"io"

	"casus/internal/monitor/brief/cite"
)

// The wire forms of the JSON brief, schema 1. Offsets are Unicode code points
// of the document's text, end exclusive.
type jsonBrief struct {
	Schema    int           `json:"schema"`
	Title     string        `json:"title"`
	From      string        `json:"from"`
	To        string        `json:"to"`
	Documents int           `json:"documents"`
	Outlets   []jsonOutlet  `json:"outlets"`
	Sections  []jsonSection `json:"sections"`
}

type jsonOutlet struct {
	Name      string `json:"name"`
	Documents int    `json:"documents"`
}

type jsonSection struct {
	Key   string     `json:"key"`
	Name  string     `json:"name"`
	Lines []jsonLine `json:"lines"`
	Left  int        `json:"left_out"`
}

type jsonLine struct {
	Text     string        `json:"text"`
	Label    string        `json:"label"`
	Supports []jsonSupport `json:"supports"`
}

type jsonSupport struct {
	Document  string   `json:"document"`
	Outlet    string   `json:"outlet"`
	URL       string   `json:"url"`
	Published string   `json:"published"`
	Sentence  int      `json:"sentence"`
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Text      string   `json:"text"`
	Voices    []string `json:"voices"`
}

// JSON writes the brief with every support of every line.
func (b *Brief) JSON(w io.Writer) error {
	out := jsonBrief{Schema: 1, Title: b.title, From: b.from.String(), To: b.to.String(), Documents: b.documents,
		Outlets: []jsonOutlet{}, Sections: []jsonSection{}}
	for _, o := range b.outlets {
		out.Outlets = append(out.Outlets, jsonOutlet(o))
	}
	for _, s := range b.sections {
		js := jsonSection{Key: s.key, Name: s.name, Lines: []jsonLine{}, Left: s.left}
		for _, l := range s.lines {
			js.Lines = append(js.Lines, wireLine(l))
		}
		out.Sections = append(out.Sections, js)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func wireLine(l cite.Line) jsonLine {
	out := jsonLine{Text: l.Text(), Label: l.Label()}
	for _, s := range l.Supports() {
		p := s.Points()
		voices := s.Voices()
		if voices == nil {
			voices = []string{}
		}
		out.Supports = append(out.Supports, jsonSupport{s.Document(), s.Outlet(), s.URL(), s.Published().String(), s.Sentence(),
			int(p.Start), int(p.End), s.Text(), voices})
	}
	return out
}
