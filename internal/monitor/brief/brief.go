// Package brief writes a one-page situation brief from coded documents: what is
// reported as happened, what is only claimed, denied, threatened or planned,
// who says what, forces and figures, obligations, legal characterisations,
// contradictions, a timeline. Every line is a cite.Line: it can not be made
// without the sentence that supports it and the voices that carry it.
//
// It takes documents with sentences and events; tokens, entities, statements,
// times, places and quantities make it better. It changes no document, draws no
// conclusion of its own and weighs no outlet: what differs is shown side by
// side. The same documents give the same brief, byte for byte.
package brief

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
)

// Layers this package reads.
var Needs = []string{"sentences", "events"}

// Options shape a brief; the zero value is the default.
type Options struct {
	Title string // "" for the title of the only document, or a general one
	// PerSection caps the lines of a section; 0 stands for what is usual for the
	// section; negative for no cap.
	PerSection int
	// Height caps the rows of the text form without its list of sources; 0
	// stands for a page, 60 rows for a single document and 90 for many; it does
	// not hold where PerSection is given.
	Height int
}

// usual is how many lines a section shows at most: of many documents, of one.
var usual = map[string][2]int{"happened": {9, 6}, "claimed": {5, 4}, "denied": {5, 4}, "intended": {5, 5}, "statements": {6, 6},
	"figures": {5, 5}, "obligations": {3, 3}, "legal": {3, 3}, "contradictions": {6, 4}, "timeline": {14, 7}}

// share is how much of a full page each section should have: a page that is
// too long loses lines first where a section has more than its share.
var share = map[string]float64{"happened": 14, "claimed": 7, "denied": 8, "intended": 8, "statements": 13, "figures": 7,
	"obligations": 5, "legal": 5, "contradictions": 9, "timeline": 14}

// limit gives the cap of a section.
func (o Options) limit(key string, single bool) int {
	switch {
	case o.PerSection != 0 && key == "timeline" && o.PerSection > 0:
		return 2 * o.PerSection
	case o.PerSection != 0:
		return o.PerSection
	case single:
		return usual[key][1]
	}
	return usual[key][0]
}

// height gives the rows of a page; 0 for no cap.
func (o Options) height(single bool) int {
	switch {
	case o.PerSection != 0:
		return 0
	case o.Height != 0:
		return max(o.Height, 0)
	case single:
		return 60
	}
	return 90
}

// Brief is a finished brief. It can only be read.
type Brief struct {
	title     string
	documents int
	from, to  casus.Date
	outlets   []Outlet
	sections  []Section
	sources   []cite.Support
	numbers   map[sourceKey]int
}

// Outlet is one publisher with the number of its documents.
type Outlet struct {
	Name      string
	Documents int
}

// Section is one part of the page.
type Section struct {
	key, name string
	lines     []cite.Line
	weights   []float64 // of the lines, to choose among them
	left      int
}

// Key gives the name of the section for programs, "claimed".
func (s *Section) Key() string { return s.key }

// Name gives the heading, "Only claimed".
func (s *Section) Name() string { return s.name }

// Lines gives the lines in the order in which they are read.
func (s *Section) Lines() []cite.Line { return slices.Clone(s.lines) }

// Left gives the number of lines that did not fit.
func (s *Section) Left() int { return s.left }

// Title gives the headline of the brief.
func (b *Brief) Title() string { return b.title }

// Documents gives the number of documents read.
func (b *Brief) Documents() int { return b.documents }

// Period gives the first and the last day of publication; zero when unknown.
func (b *Brief) Period() (from, to casus.Date) { return b.from, b.to }

// Outlets gives the publishers by name.
func (b *Brief) Outlets() []Outlet { return slices.Clone(b.outlets) }

// Sections gives all sections, those without lines included.
func (b *Brief) Sections() []Section { return slices.Clone(b.sections) }

// Sources gives every sentence that a line cites, in the order of first use:
// source n of the page is Sources()[n-1].
func (b *Brief) Sources() []cite.Support { return slices.Clone(b.sources) }

// Build writes a brief of the documents. Their order does not matter.
func Build(docs []*casus.Document, opts Options) (*Brief, error) {
	if len(docs) == 0 {
		return nil, errors.New("brief: no documents")
	}
	w := newWriter(docs)
	b := w.head(opts)
	for _, s := range []struct {
		key, name string
		make      func() ([]ranked, error)
	}{
		{"happened", "Reported as happened", w.happened},
		{"claimed", "Only claimed", w.claimed},
		{"denied", "Denied", w.denied},
		{"intended", "Threatened, planned or possible", w.intended},
		{"statements", "Who says what", w.statements},
		{"figures", "Forces and figures", w.figures},
		{"obligations", "Obligations", w.obligations},
		{"legal", "Legal characterisations", w.legal},
		{"contradictions", "Contradictions", w.contradictions},
		{"timeline", "Timeline", w.timeline},
	} {
		lines, err := s.make()
		if err != nil {
			return nil, fmt.Errorf("brief: %s: %w", s.key, err)
		}
		if s.key == "statements" || s.key == "obligations" {
			lines = b.news(lines)
		}
		sec := Section{key: s.key, name: s.name}
		sec.lines, sec.weights, sec.left = choose(lines, opts.limit(s.key, len(docs) == 1))
		b.sections = append(b.sections, sec)
	}
	b.fit(opts.height(len(docs) == 1))
	if err := b.officesOnce(w.offices); err != nil {
		return nil, fmt.Errorf("brief: %w", err)
	}
	b.number()
	return b, nil
}

// officesOnce gives the office of a speaker where he is named first and only
// the name below. Labels are "name, office" with the name.
func (b *Brief) officesOnce(offices []office) error {
	seen := map[string]bool{}
	for i := range b.sections {
		for j, l := range b.sections[i].lines {
			text, done := l.Text(), map[string]bool{}
			for _, o := range offices {
				if done[o.name] || !strings.Contains(text, o.full) {
					continue
				}
				done[o.name] = true // a shorter office may be part of the longer
				if !seen[o.name] {
					seen[o.name] = true
					continue
				}
				text = strings.NewReplacer(o.full+", per ", o.name+", per ", o.full+", ", o.name+" ", o.full, o.name).Replace(text)
			}
			if text == l.Text() {
				continue
			}
			s := l.Supports()
			short, err := cite.NewLine(text, l.Label(), s[0], s[1:]...)
			if err != nil {
				return err
			}
			b.sections[i].lines[j] = short
		}
	}
	return nil
}

// news leaves out lines that a section above has in the same words: to deny is
// also to say something, and once is enough.
func (b *Brief) news(all []ranked) []ranked {
	var above strings.Builder
	for _, s := range b.sections {
		for _, l := range s.lines {
			above.WriteString(strings.ToLower(l.Text()) + "\n")
		}
	}
	return slices.DeleteFunc(all, func(r ranked) bool {
		words, _, _ := strings.Cut(strings.ToLower(r.line.Text()), " [")
		_, after, _ := strings.Cut(words, ": ")
		if _, said, ok := strings.Cut(words, " that "); ok && len(said) > 30 && strings.Contains(above.String(), strings.TrimSuffix(said, ".")) {
			return true // told above, with the same voice behind it
		}
		return strings.Contains(above.String(), words) || len(after) > 30 && strings.Contains(above.String(), after)
	})
}

// ranked is a line on its way into a section: the weightiest are kept, and
// those that are kept are read in the order of day, then of arrival.
type ranked struct {
	line   cite.Line
	weight float64
	day    casus.Date
}

// choose keeps the weightiest lines and gives the number of the others.
func choose(all []ranked, limit int) (lines []cite.Line, weights []float64, left int) {
	all = spread(single(all))
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareFloat(all[b].weight, all[a].weight) })
	if limit >= 0 && len(order) > limit {
		left = len(order) - limit
		order = order[:limit]
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := compareDate(all[a].day, all[b].day); c != 0 {
			return c
		}
		return a - b
	})
	for _, i := range order {
		lines, weights = append(lines, all[i].line), append(weights, all[i].weight)
	}
	return lines, weights, left
}

// single keeps the first of lines with the same words: one sentence may be
// coded twice.
func single(all []ranked) (out []ranked) {
	seen := map[string]bool{}
	for _, r := range all {
		if !seen[r.line.Text()] {
			seen[r.line.Text()] = true
			out = append(out, r)
		}
	}
	return out
}

// crowding is what a line loses for each weightier one of the same day: a page
// of one day's shooting would hide the other twenty.
const crowding = 2.5

// spread lowers the weight of lines whose day is told already.
func spread(all []ranked) []ranked {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareFloat(all[b].weight, all[a].weight) })
	out, seen := slices.Clone(all), map[casus.Date]float64{}
	for _, i := range order {
		out[i].weight -= crowding * seen[all[i].day]
		seen[all[i].day]++
	}
	return out
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func compareDate(a, b casus.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

type sourceKey struct {
	document string
	start    casus.Pos
}

func keyOf(s cite.Support) sourceKey { return sourceKey{s.Document(), s.Bytes().Start} }

// number gives the sentences that the lines cite their numbers.
func (b *Brief) number() {
	for i := range b.sections {
		for _, l := range b.sections[i].lines {
			for _, sup := range shown(l) {
				if _, ok := b.numbers[keyOf(sup)]; !ok {
					b.sources = append(b.sources, sup)
					b.numbers[keyOf(sup)] = len(b.sources)
				}
			}
		}
	}
}

// fit leaves out lines until the page is at most so many rows high: always the
// least weighty line of the section that exceeds its share most, and never the
// last one, so that no section goes empty for the sake of another.
func (b *Brief) fit(rows int) {
	for rows > 0 {
		total, high, at := b.headRows(), 0.0, -1
		for i := range b.sections {
			s := &b.sections[i]
			n := s.rows()
			total += n
			if over := float64(n) / share[s.key]; over > high && len(s.lines) > 1 {
				high, at = over, i
			}
		}
		if total <= rows || at < 0 {
			return
		}
		b.sections[at].dropLightest()
	}
}

func (s *Section) dropLightest() {
	least := 0
	for i, w := range s.weights {
		if w <= s.weights[least] {
			least = i
		}
	}
	s.lines, s.weights = slices.Delete(s.lines, least, least+1), slices.Delete(s.weights, least, least+1)
	s.left++
}

// maxCited is how many sentences a line names on the page; the others are
// counted there and given in full in JSON.
const maxCited = 3

func shown(l cite.Line) []cite.Support {
	s := l.Supports()
	return s[:min(len(s), maxCited)]
}

// refs gives the numbers of the sentences behind a line, and how many more
// there are.
func (b *Brief) refs(l cite.Line) (numbers []int, more int) {
	for _, s := range shown(l) {
		if n := b.numbers[keyOf(s)]; !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers, len(l.Supports()) - len(shown(l))
}

func (w *writer) head(opts Options) *Brief {
	b := &Brief{title: opts.Title, documents: len(w.views), numbers: map[sourceKey]int{}}
	count := map[string]int{}
	for _, v := range w.views {
		if p := v.doc.Published; !p.IsZero() {
			if b.from.IsZero() || p.Before(b.from) {
				b.from = p
			}
			if b.to.Before(p) {
				b.to = p
			}
		}
		if v.doc.Outlet != "" {
			count[v.doc.Outlet]++
		}
	}
	for name, n := range count {
		b.outlets = append(b.outlets, Outlet{name, n})
	}
	slices.SortFunc(b.outlets, func(x, y Outlet) int { return strings.Compare(x.Name, y.Name) })
	if b.title == "" {
		b.title = w.title()
	}
	return b
}

// title is the headline of the only document, or names what is read.
func (w *writer) title() string {
	if len(w.views) > 1 {
		return fmt.Sprintf("Situation brief on %d articles", len(w.views))
	}
	doc := w.views[0].doc
	if doc.Title != "" {
		return doc.Title
	}
	for _, s := range doc.Sentences {
		if s.Role == casus.Headline {
			return strings.Join(strings.Fields(doc.String(s.Span)), " ")
		}
	}
	return "Situation brief"
}
