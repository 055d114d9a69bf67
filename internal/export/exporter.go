package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus"
)

// Options says how events are written. The zero value is the format's own way.
type Options struct {
	Status     []casus.Status // nil: what the format holds
	Reciprocal Direction
	// OneADay joins the rows of one day, source, target and type. All rows are
	// held until Close, and come out by day.
	OneADay bool
	RawCSV  bool // CSV: no guard against formulas
	// Sidecar gets a row for every row that was made; SidecarName decides its
	// form. nil for none.
	Sidecar     io.Writer
	SidecarName string

	mended int
}

// Exporter writes the events of documents in one format. Every row that the
// events make is written, joined or left out, and counted. Not safe for
// concurrent use.
type Exporter struct {
	format  *Format
	opts    Options
	w       recordWriter
	sidecar recordWriter
	held    []*Record
	counts  Counts
}

// Counts balances: Rows = Written + Joined + the sum of LeftOut.
type Counts struct {
	Documents, Events, Rows int
	Written, Joined         int
	LeftOut                 map[string]int // by reason
	Mended                  int            // cells whose tabs or line breaks became spaces
}

// NewExporter makes an exporter that writes to w.
func NewExporter(w io.Writer, f *Format, opts Options) *Exporter {
	e := &Exporter{format: f, opts: opts, counts: Counts{LeftOut: map[string]int{}}}
	if e.opts.Status == nil {
		e.opts.Status = f.Status
	}
	if e.opts.Reciprocal == DirectionDefault {
		e.opts.Reciprocal = f.Reciprocal
	}
	e.w = f.open(w, &e.opts)
	if opts.Sidecar != nil {
		e.sidecar = newSidecar(opts.Sidecar, opts.SidecarName, opts.RawCSV)
	}
	return e
}

// Add writes the events of a document, under the name that it goes by. The
// document is not kept.
func (e *Exporter) Add(doc *casus.Document, name string) error {
	e.counts.Documents++
	for _, r := range Records(doc, name) {
		e.counts.Events++
		for _, row := range r.rows(e.format.Dyadic, e.opts.Reciprocal) {
			e.counts.Rows++
			if err := e.row(row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *Exporter) row(r *Record) error {
	if reason := e.lacks(r); reason != "" {
		e.counts.LeftOut[reason]++
		return e.note(r, fateLeftOut, reason, "")
	}
	if e.opts.OneADay {
		e.held = append(e.held, r)
		return nil
	}
	return e.write(r)
}

func (e *Exporter) write(r *Record) error {
	if err := e.w.Write(r); err != nil {
		return err
	}
	e.counts.Written++
	return e.note(r, fateWritten, "", "")
}

// lacks says why the format can not hold a row; "" when it can.
func (e *Exporter) lacks(r *Record) string {
	if !slices.Contains(e.opts.Status, r.Status) {
		return "status " + orText(r.Status.String(), "not set")
	}
	for _, w := range e.format.wants {
		if !w.has(r) {
			return w.reason
		}
	}
	return ""
}

// note writes a row of the sidecar.
func (e *Exporter) note(r *Record, fate, reason, into string) error {
	if e.sidecar == nil {
		return nil
	}
	c := *r
	c.side = &sideNote{e.format.identifier(r), fate, reason, into}
	return e.sidecar.Write(&c)
}

// Close writes what is held and ends the output. What was written before it
// fails, or without it, is whole lines; Parquet needs it.
func (e *Exporter) Close() error {
	if err := e.join(); err != nil {
		return err
	}
	if err := e.w.Close(); err != nil {
		return err
	}
	if e.sidecar != nil {
		return e.sidecar.Close()
	}
	return nil
}

// Counts gives what became of the events until now.
func (e *Exporter) Counts() Counts {
	c := e.counts
	c.Mended = e.opts.mended
	return c
}

// join writes the rows held, those of one day, source, target and type as one.
// The row that stands for them does not depend on the order of arrival: it is
// the first by publication and identifier.
func (e *Exporter) join() error {
	slices.SortFunc(e.held, func(a, b *Record) int {
		return cmp.Or(compareDates(a.Day, b.Day), strings.Compare(e.dyad(a), e.dyad(b)), compareDates(a.Published, b.Published),
			strings.Compare(a.ID, b.ID))
	})
	for i := 0; i < len(e.held); {
		j := i + 1
		for j < len(e.held) && e.together(e.held[i], e.held[j]) {
			j++
		}
		if err := e.joined(e.held[i:j]); err != nil {
			return err
		}
		i = j
	}
	e.held = nil
	return nil
}

// together reports rows to be joined; without a day none is.
func (e *Exporter) together(a, b *Record) bool {
	return a.Day.Day != 0 && a.Day == b.Day && e.dyad(a) == e.dyad(b)
}

// joined writes rows as one.
func (e *Exporter) joined(rows []*Record) error {
	r := rows[0]
	if len(rows) > 1 {
		r = r.clone()
		for _, o := range rows {
			r.Origins = append(r.Origins, o.origin())
		}
	}
	if err := e.write(r); err != nil {
		return err
	}
	for _, o := range rows[1:] {
		e.counts.Joined++
		if err := e.note(o, fateJoined, "one a day", e.format.identifier(r)); err != nil {
			return err
		}
	}
	return nil
}

// dyad gives what rows of one day must share to be joined: sides by code, else
// by name, and the type. Where a format tells the status, rows of different
// statuses stay apart: disagreement is shown.
func (e *Exporter) dyad(r *Record) string {
	kind := r.Type.String() + "/" + r.Mode
	if e.format.cameo {
		kind = r.CAMEO
	}
	if e.format.status {
		kind += "/" + r.Status.String()
	}
	return sidesText(r.Source) + "\x00" + sidesText(r.Target) + "\x00" + kind
}

func sidesText(ps []Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = orText(string(p.Code), "="+p.Name)
	}
	slices.Sort(out)
	return strings.Join(out, ",")
}

func compareDates(a, b casus.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// String tells the counts in a line that balances.
func (c Counts) String() string {
	var out []string
	left := 0
	for _, reason := range slices.Sorted(maps.Keys(c.LeftOut)) {
		left += c.LeftOut[reason]
		out = append(out, fmt.Sprintf("%d %s", c.LeftOut[reason], reason))
	}
	s := fmt.Sprintf("%d events of %d documents made %d rows: %d written", c.Events, c.Documents, c.Rows, c.Written)
	if c.Joined > 0 {
		s += fmt.Sprintf(", %d joined", c.Joined)
	}
	s += fmt.Sprintf(", %d left out", left)
	if left > 0 {
		s += " (" + strings.Join(out, ", ") + ")"
	}
	return s
}
