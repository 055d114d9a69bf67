package export

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"casus"
	"casus/ontology"
)

// Format is one way of writing events.
type Format struct {
	Name    string
	Summary string // half a line, for help
	// Status lists the statuses that the format holds unless told otherwise.
	Status []casus.Status
	// Dyadic formats hold one source and one target a row.
	Dyadic bool
	// Reciprocal is the format's own way with the deeds of two sides to each
	// other.
	Reciprocal Direction
	// Binary output is not for a terminal.
	Binary bool

	numbered bool // identifiers are numbers
	cameo    bool // its type is the CAMEO code, not the PLOVER type
	status   bool // rows tell their status
	wants    []want
	open     func(io.Writer, *Options) recordWriter
	read     func(io.Reader) iter.Seq2[*Record, error]
}

type recordWriter interface {
	Write(*Record) error
	// Close ends what was written so that it can be read.
	Close() error
}

// want is something that a row needs in a format; the reason is given where it
// lacks.
type want struct {
	reason string
	has    func(*Record) bool
}

var (
	wantDay    = want{"no day", func(r *Record) bool { return r.Day.Day != 0 }}
	wantEra    = want{"day before the year 1000", func(r *Record) bool { return r.Day.Year >= 1000 }}
	wantCAMEO  = want{"no CAMEO code", func(r *Record) bool { _, ok := ontology.CAMEO(r.CAMEO); return ok }}
	wantType   = want{"no PLOVER type", func(r *Record) bool { return r.Type != ontology.PloverNone }}
	wantSource = want{"source open", func(r *Record) bool { return len(r.Source) > 0 }}
	wantTarget = want{"target open", func(r *Record) bool { return len(r.Target) > 0 }}
	wantActor  = want{"source and target open", func(r *Record) bool { return len(r.Source)+len(r.Target) > 0 }}
	wantCode1  = want{"source without a code", func(r *Record) bool { return phoenixCodes.encode(side(r.Source).Code) != "" }}
	wantCode2  = want{"target without a code", func(r *Record) bool { return phoenixCodes.encode(side(r.Target).Code) != "" }}
	everyState = append([]casus.Status{casus.StatusNone}, AllStatus()...)
	// happened are the statuses of what a peer data set would hold: peers code
	// what is told as having happened, whoever tells it.
	happened = []casus.Status{casus.Asserted, casus.Claimed}
)

// AllStatus lists the statuses that can be asked for.
func AllStatus() []casus.Status {
	var out []casus.Status
	for s := casus.Asserted; s < casus.NumStatus; s++ {
		out = append(out, s)
	}
	return out
}

// Formats lists the formats in the order of the help.
func Formats() []*Format { return slices.Clone(formatTable()) }

// FormatNamed finds a format.
func FormatNamed(name string) (*Format, error) {
	var names []string
	for _, f := range formatTable() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return nil, fmt.Errorf("unknown format %q: use %s", name, strings.Join(names, ", "))
}

var formatTable = onceTable(func() []*Format {
	return []*Format{
		{Name: "jsonl", Summary: "events, one JSON object a line; nothing is lost", Status: everyState, Reciprocal: OneRow, status: true,
			open: func(w io.Writer, _ *Options) recordWriter {
				return newLineWriter(w, func(r *Record) any { return r.wire() })
			},
			read: func(in io.Reader) iter.Seq2[*Record, error] { return readLines(in, DecodeEvent) }},
		{Name: "csv", Summary: "flat table, RFC 4180, safe in spreadsheets", Status: everyState, Reciprocal: OneRow, status: true,
			open: openRows(csvLayout), read: func(in io.Reader) iter.Seq2[*Record, error] { return csvLayout().read(in, false) }},
		{Name: "parquet", Summary: "the flat table with lists, for R, Python, DuckDB", Status: everyState, Reciprocal: OneRow, Binary: true, status: true,
			open: func(w io.Writer, _ *Options) recordWriter { return newParquetWriter(w) }},
		{Name: "geojson", Summary: "FeatureCollection of RFC 7946, for maps", Status: everyState, Reciprocal: OneRow, status: true,
			open: func(w io.Writer, _ *Options) recordWriter { return &geoWriter{w: w} }, read: readGeoJSON},
		{Name: "plover", Summary: "PLOVER records as JSON lines", Status: happened, Reciprocal: OneRow, wants: []want{wantDay, wantEra, wantType},
			open: func(w io.Writer, _ *Options) recordWriter {
				return newLineWriter(w, func(r *Record) any { return ploverOf(r) })
			},
			read: func(in io.Reader) iter.Seq2[*Record, error] { return readLines(in, decodePlover) }},
		{Name: "polecat", Summary: "POLECAT, 40 columns, tabs, header", Status: happened, Reciprocal: OneRow,
			wants: []want{wantDay, wantEra, wantType, wantActor}, open: openRows(polecatLayout), read: readRows(polecatLayout)},
		{Name: "phoenix", Summary: "Phoenix, 26 columns, tabs, no header", Status: happened, Dyadic: true, Reciprocal: TwoRows, numbered: true, cameo: true,
			wants: []want{wantDay, wantEra, wantCAMEO, wantSource, wantTarget, wantCode1, wantCode2}, open: openRows(phoenixLayout), read: readRows(phoenixLayout)},
		{Name: "icews", Summary: "ICEWS, 20 columns, tabs, header", Status: happened, Dyadic: true, Reciprocal: TwoRows, numbered: true, cameo: true,
			wants: []want{wantDay, wantEra, wantCAMEO, wantSource, wantTarget}, open: openRows(icewsLayout), read: readRows(icewsLayout)},
		{Name: "gdelt", Summary: "GDELT Events 2.0, 61 columns, tabs, no header", Status: happened, Dyadic: true, Reciprocal: TwoRows, numbered: true, cameo: true,
			wants: []want{wantDay, wantEra, wantCAMEO, wantActor}, open: openRows(gdeltLayout), read: readRows(gdeltLayout)},
	}
})

func openRows(l func() *layout) func(io.Writer, *Options) recordWriter {
	return func(w io.Writer, o *Options) recordWriter {
		return &rowWriter{w: w, l: l(), raw: o.RawCSV, mended: &o.mended}
	}
}

func readRows(l func() *layout) func(io.Reader) iter.Seq2[*Record, error] {
	return func(in io.Reader) iter.Seq2[*Record, error] { return l().read(in, false) }
}

// identifier gives the identifier of a row as the format writes it.
func (f *Format) identifier(r *Record) string {
	if f.numbered {
		return keyField.get(r)
	}
	return r.ID
}

// Read yields the records of a file of the format, each with the error of its
// row; it is nil for a format that is not read.
func (f *Format) Read(in io.Reader) iter.Seq2[*Record, error] {
	if f.read == nil {
		return nil
	}
	return f.read(in)
}
