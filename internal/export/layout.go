package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"casus"
)

// column is one column of a format: its name and type stand in the format's
// table under data/, what fills it in the format's own file.
type column struct {
	name, typ, from, remark string
	field
}

// field ties a column to records. set is nil for a column that another one
// already tells, or that Casus leaves empty.
type field struct {
	get func(*Record) string
	set func(*Record, string) error
}

// layout is a format of rows and columns.
type layout struct {
	table   string // its table under data/
	columns []column
	comma   bool // RFC 4180, else tabs without quotation
	header  bool
	empty   string // how an empty cell is written
}

// newLayout ties the columns of a table to their fields. A column without a
// field is always empty; a field without a column is a fault of the build.
func newLayout(table string, fields map[string]field) *layout {
	l := &layout{table: table}
	used := 0
	for _, row := range readTable(table, 4) {
		c := column{name: row[0], typ: row[1], from: row[2], remark: row[3]}
		if f, ok := fields[c.name]; ok {
			c.field = f
			used++
		}
		l.columns = append(l.columns, c)
	}
	if used != len(fields) {
		panic("export: " + table + ": a field has no column")
	}
	return l
}

func (l *layout) names() []string {
	out := make([]string, len(l.columns))
	for i, c := range l.columns {
		out[i] = c.name
	}
	return out
}

// cells gives the cells of a record.
func (l *layout) cells(r *Record) []string {
	out := make([]string, len(l.columns))
	for i, c := range l.columns {
		if c.get != nil {
			out[i] = c.get(r)
		}
		if out[i] == "" {
			out[i] = l.empty
		}
	}
	return out
}

// record reads cells back; the error names the column and what it wants.
func (l *layout) record(cells []string) (*Record, error) {
	if len(cells) != len(l.columns) {
		return nil, fmt.Errorf("%d cells, the format has %d columns", len(cells), len(l.columns))
	}
	r := &Record{}
	for i, c := range l.columns {
		v := cells[i]
		if v == l.empty {
			v = ""
		}
		if err := checkType(c.typ, v); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.name, err)
		}
		if c.set == nil || v == "" {
			continue
		}
		if err := c.set(r, v); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	return r, nil
}

var errEmpty = errors.New("is empty, a value is wanted")

// checkType says what is wrong with a cell of a type of the tables under
// data/; a type that ends in "?" may be empty.
func checkType(typ, v string) error {
	typ, optional := strings.CutSuffix(typ, "?")
	if v == "" {
		if optional || typ == "text" {
			return nil
		}
		return errEmpty
	}
	switch typ {
	case "int", "day8", "month6", "year4", "stamp14":
		if _, err := strconv.ParseInt(v, 10, 64); err != nil {
			return fmt.Errorf("%q is no whole number", v)
		}
		if n, ok := map[string]int{"day8": 8, "month6": 6, "year4": 4, "stamp14": 14}[typ]; ok && len(v) != n {
			return fmt.Errorf("%q does not have %d digits", v, n)
		}
	case "float":
		if _, err := strconv.ParseFloat(v, 64); err != nil {
			return fmt.Errorf("%q is no number", v)
		}
	case "bool":
		if v != "true" && v != "false" {
			return fmt.Errorf("%q is neither true nor false", v)
		}
	case "date":
		if d, err := casus.ParseDate(v); err != nil || d.String() != v {
			return fmt.Errorf("%q is no day of the form 2006-01-02", v)
		}
	}
	return nil
}

// rowWriter writes rows.
type rowWriter struct {
	w       io.Writer
	l       *layout
	raw     bool // CSV: no guard against formulas
	started bool
	mended  *int // cells whose tab or line break became a space
	buf     []byte
}

func (w *rowWriter) start() error {
	if w.started || !w.l.header {
		w.started = true
		return nil
	}
	w.started = true
	return w.row(w.l.names(), true)
}

func (w *rowWriter) Write(r *Record) error {
	if err := w.start(); err != nil {
		return err
	}
	return w.row(w.l.cells(r), w.raw)
}

// Close writes the header when no row was written.
func (w *rowWriter) Close() error { return w.start() }

func (w *rowWriter) row(cells []string, raw bool) error {
	w.buf = w.buf[:0]
	for i, c := range cells {
		switch {
		case w.l.comma && i > 0:
			w.buf = append(w.buf, ',')
		case i > 0:
			w.buf = append(w.buf, '\t')
		}
		if w.l.comma {
			if !raw {
				c = GuardCell(c)
			}
			w.buf = appendCell(w.buf, c)
			continue
		}
		plain := tabCell(c)
		if plain != c {
			*w.mended++
		}
		w.buf = append(w.buf, plain...)
	}
	if w.l.comma {
		w.buf = append(w.buf, '\r')
	}
	w.buf = append(w.buf, '\n')
	_, err := w.w.Write(w.buf)
	return err
}

// tabCell makes text fit for a cell between tabs, which has no quotation: a
// run of tabs and line breaks becomes one space.
func tabCell(s string) string {
	if !strings.ContainsAny(s, "\t\r\n\v\f\u0085\u2028\u2029") {
		return s
	}
	return oneLine(s)
}

// read yields the records of a file, each with the error of its row; rows
// after a bad one are read all the same. An error of the file ends it.
func (l *layout) read(in io.Reader, raw bool) iter.Seq2[*Record, error] {
	rows := tabRows(in)
	if l.comma {
		rows = commaRows(in)
	}
	return func(yield func(*Record, error) bool) {
		first := l.header
		for row, err := range rows {
			if err == nil && first {
				first = false
				if err := l.checkHeader(row); err != nil {
					yield(nil, err)
					return
				}
				continue
			}
			var r *Record
			if err == nil {
				if l.comma && !raw {
					for i := range row {
						row[i] = unguardCell(row[i])
					}
				}
				r, err = l.record(row)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (l *layout) checkHeader(row []string) error {
	if len(row) != len(l.columns) {
		return fmt.Errorf("the header has %d columns, the format %d", len(row), len(l.columns))
	}
	for i, c := range l.columns {
		if row[i] != c.name {
			return fmt.Errorf("column %d is %q, the format has %q there", i+1, row[i], c.name)
		}
	}
	return nil
}

// tabRows yields the cells of lines that tabs divide.
func tabRows(in io.Reader) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			if !yield(strings.Split(lines.Text(), "\t"), nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// The values that several formats write.

func text(f func(*Record) *string) field {
	return field{get: func(r *Record) string { return *f(r) }, set: func(r *Record, v string) error { *f(r) = v; return nil }}
}

func dateText(f func(*Record) *casus.Date) field {
	return field{get: func(r *Record) string { return f(r).String() }, set: func(r *Record, v string) (err error) {
		*f(r), err = casus.ParseDate(v)
		return err
	}}
}

func derived(get func(*Record) string) field { return field{get: get} }

var (
	keyField = field{func(r *Record) string { return strconv.FormatInt(r.Key, 10) }, setKey}
	idField  = text(func(r *Record) *string { return &r.ID })
	dayField = dateText(func(r *Record) *casus.Date { return &r.Day })
)

func setKey(r *Record, v string) (err error) {
	r.Key, err = strconv.ParseInt(v, 10, 64)
	return err
}

// float writes a number as short as it reads back.
func float(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// decimal writes a number with one digit behind the point at least, as
// Python's programs do: 4.0.
func decimal(v float64) string {
	s := float(v)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// short32 gives a 32-bit number as the decimal that stands in its table.
func short32(v float32) float64 {
	f, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'f', -1, 32), 64)
	return f
}

func list(ss []string, sep string) string { return strings.Join(ss, sep) }

func unlist(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

// side gives the only party of a side, an empty one when it is open.
func side(ps []Party) Party {
	if len(ps) == 0 {
		return Party{}
	}
	return ps[0]
}

// sideOf gives the party to fill of a side that is being read.
func sideOf(ps *[]Party) *Party {
	if len(*ps) == 0 {
		*ps = []Party{{}}
	}
	return &(*ps)[0]
}

// locationOf gives the location to fill of a record that is being read.
func locationOf(r *Record) *Location {
	if r.Place == nil {
		r.Place = &Location{}
	}
	return r.Place
}

// latitude and longitude are empty without coordinates.
func latitude(r *Record) string {
	if r.Place == nil || !r.Place.Located {
		return ""
	}
	return float(r.Place.Lat)
}

func longitude(r *Record) string {
	if r.Place == nil || !r.Place.Located {
		return ""
	}
	return float(r.Place.Lon)
}

var (
	latField = field{latitude, func(r *Record, v string) (err error) {
		p := locationOf(r)
		p.Lat, err = strconv.ParseFloat(v, 64)
		p.Located = true
		return err
	}}
	lonField = field{longitude, func(r *Record, v string) (err error) {
		p := locationOf(r)
		p.Lon, err = strconv.ParseFloat(v, 64)
		p.Located = true
		return err
	}}
)

// level says what a place is by its GeoNames feature code.
type level uint8

const (
	elsewhere level = iota // a sea, a mountain, a building
	populated
	second // a district
	first  // a province, a state
	nation
)

func (p *Location) level() level {
	switch {
	case p == nil:
		return elsewhere
	case strings.HasPrefix(p.FCode, "A.PCL"), p.FCode == "A.TERR":
		return nation
	case strings.HasPrefix(p.FCode, "A.ADM1"):
		return first
	case strings.HasPrefix(p.FCode, "A.ADM"):
		return second
	case strings.HasPrefix(p.FCode, "P."):
		return populated
	}
	return elsewhere
}

// placeAt gives the name of the place when it is of the level.
func placeAt(l level) func(*Record) string {
	return func(r *Record) string {
		if r.Place == nil || r.Place.level() != l {
			return ""
		}
		return r.Place.Name
	}
}

func countryOfPlace(r *Record) string {
	if r.Place == nil {
		return ""
	}
	return r.Place.Country
}

// placeName reads the name of a place of a level; the level itself comes back
// as the plainest feature code that has it.
func setPlaceAt(fcode string) func(*Record, string) error {
	return func(r *Record, v string) error {
		p := locationOf(r)
		p.Name, p.FCode = v, fcode
		return nil
	}
}

func placeField(l level, fcode string) field { return field{placeAt(l), setPlaceAt(fcode)} }
