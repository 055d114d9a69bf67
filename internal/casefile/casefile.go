// Package casefile reads the case files of testdata/cases and holds a coded
// document against them. A case is a txtar archive that an analyst can write
// without Go: a comment that says what is exercised, a text, and lines that say
// what must and what must never be found in it. docs/format/case.md describes
// the lines.
//
// It takes the bytes of a case and a Document with any of its layers filled; it
// gives the lines that do not hold. It runs no stage and prints nothing.
package casefile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"casus"
)

// Case is one text with what a careful reader finds in it.
type Case struct {
	Name    string // file name without its ending
	Comment string // what the case exercises
	Outlet  string
	Title   string
	// Published is the day of publication; zero when the case does not give it.
	Published casus.Date
	Text      string
	Want      []Line
	Never     []Line
}

// Line is one expectation.
type Line struct {
	No    int    // in the file, from 1
	Raw   string // as written, without the mark of a known miss
	Known bool   // marked "?": a miss is known and does not fail

	layer  layer
	checks []check
}

// Document gives a fresh document with the text and what the header says.
func (c *Case) Document() *casus.Document {
	return &casus.Document{ID: c.Name, Outlet: c.Outlet, Title: c.Title, Published: c.Published, Text: c.Text}
}

// Load reads every case below dir in the order of their paths. A directory
// without cases is an error: a test over nothing proves nothing.
func Load(dir string) ([]*Case, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no case files (*.txt) in %s", dir)
	}
	cases := make([]*Case, 0, len(paths))
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("read case: %w", err)
		}
		c, err := Parse(p, b)
		if err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// Parse reads one case. Errors begin with path:line.
func Parse(path string, data []byte) (*Case, error) {
	c := &Case{Name: strings.TrimSuffix(filepath.Base(path), ".txt")}
	files := map[string]section{}
	for _, s := range sections(string(data)) {
		if _, twice := files[s.name]; twice {
			return nil, fmt.Errorf("%s:%d: a second file %q", path, s.line-1, s.name)
		}
		files[s.name] = s
		switch s.name {
		case "", "text", "want", "never":
		default:
			return nil, fmt.Errorf("%s:%d: unknown file %q: a case has text, want and never", path, s.line-1, s.name)
		}
	}
	if err := c.fill(files); err != nil {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	return c, nil
}

// fill reads the files of a case, the text first: phrases are looked up in it.
func (c *Case) fill(files map[string]section) (err error) {
	c.Comment = strings.TrimSpace(files[""].text)
	if err := c.parseText(files["text"]); err != nil {
		return err
	}
	if c.Text == "" {
		return fmt.Errorf("1: no text")
	}
	if c.Want, err = c.parseLines(files["want"], demand); err != nil {
		return err
	}
	if c.Never, err = c.parseLines(files["never"], forbid); err != nil {
		return err
	}
	if len(c.Want)+len(c.Never) == 0 {
		return fmt.Errorf("1: no line in want or never: the case can not fail")
	}
	return nil
}

// parseText takes "published:", "outlet:" and "title:" lines off the top; the
// header, when there is one, ends with an empty line.
func (c *Case) parseText(sec section) error {
	s, line := sec.text, sec.line
	for {
		first, rest, _ := strings.Cut(s, "\n")
		key, value, ok := strings.Cut(first, ":")
		value = strings.TrimSpace(value)
		switch {
		case ok && key == "published":
			d, err := casus.ParseDate(value)
			if err != nil {
				return fmt.Errorf("%d: %w", line, err)
			}
			c.Published = d
		case ok && key == "outlet":
			c.Outlet = value
		case ok && key == "title":
			c.Title = value
		default:
			c.Text = strings.TrimSpace(s)
			return nil
		}
		s, line = rest, line+1
	}
}

func (c *Case) parseLines(sec section, m mood) ([]Line, error) {
	var out []Line
	line := sec.line
	for raw := range strings.SplitSeq(sec.text, "\n") {
		no := line
		line++
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		l := Line{No: no, Raw: raw}
		if rest, ok := strings.CutPrefix(raw, "?"); ok {
			l.Known, l.Raw = true, strings.TrimSpace(rest)
		}
		if err := l.compile(c.Text, m); err != nil {
			return nil, fmt.Errorf("%d: %w", no, err)
		}
		out = append(out, l)
	}
	return out, nil
}
