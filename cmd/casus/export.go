package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"casus"
	"casus/internal/export"
	"casus/internal/read"
	"casus/internal/store"
	"casus/internal/store/sqlite"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// exportFlags are the flags of casus export.
type exportFlags struct {
	format, db, sidecar, reciprocal string
	status                          []string
	oneADay, raw, check, quiet      bool
}

func newExport(e env) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export --format FORMAT [FILE...|-]",
		Short: "Write coded events in the formats of the field",
		Long: `Export writes the events of coded documents (JSON lines of casus code, or --db) in another
format:
` + formatHelp() + `
The formats of other data sets hold what is told as having happened: events asserted or
claimed. The others hold every status, and say it. --status chooses otherwise. What was left
out is counted on standard error with its reason; --sidecar keeps, row by row, what the
format cannot hold. With --check, FILE is read as the format and its faults are told.
docs/format/export.md describes every column. Exit status: 0 all exported, 1 failed, 2 wrong
command line, 3 done but some input was rejected, 130 stopped.`,
		Example: `  casus code *.txt | casus export --format csv > events.csv
  casus export --db casus.db --format gdelt --sidecar gdelt-side.csv > events.export.CSV
  casus export --db casus.db --format icews --one-a-day --status asserted > icews.tab
  casus export --check --format gdelt events.export.CSV`,
		RunE: func(c *cobra.Command, args []string) error { return runExport(c.Context(), e, &f, args) },
	}
	fl := c.Flags()
	fl.StringVar(&f.format, "format", "", "output format: "+strings.Join(formatNames(), ", "))
	fl.StringVar(&f.db, "db", "", "export this database instead of files")
	fl.StringSliceVar(&f.status, "status", nil, "statuses to export: asserted, claimed, denied, planned, threatened, hypothetical, negated, unset, or all (default by format)")
	fl.BoolVar(&f.oneADay, "one-a-day", false, "join rows of one day, source, target and type; all rows are held until the end")
	fl.StringVar(&f.reciprocal, "reciprocal", "", "deeds of two sides to each other: one row, or two, one each way (default by format)")
	fl.StringVar(&f.sidecar, "sidecar", "", "write what the format cannot hold to this file, by event id (CSV; JSON lines when it ends in .jsonl)")
	fl.BoolVar(&f.raw, "csv-raw", false, "do not guard CSV cells against spreadsheet formulas")
	fl.BoolVar(&f.check, "check", false, "read FILE as the format and tell its faults; nothing is written")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error, only what went wrong")
	return c
}

func formatNames() []string {
	out := []string{}
	for _, f := range export.Formats() {
		out = append(out, f.Name)
	}
	return append(out, documentsFormat)
}

func formatHelp() string {
	var b strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-9s  %s\n", f.Name, f.Summary)
	}
	fmt.Fprintf(&b, "  %-9s  the coded documents themselves, as casus code writes them\n", documentsFormat)
	return b.String()
}

// documentsFormat writes documents instead of events.
const documentsFormat = "documents"

func runExport(ctx context.Context, e env, f *exportFlags, args []string) error {
	if f.format == "" {
		return usagef("--format: say which: %s", strings.Join(formatNames(), ", "))
	}
	if f.db != "" && len(args) > 0 {
		return usagef("--db: give a database or files, not both")
	}
	if f.check {
		return checkExport(ctx, e, f, args)
	}
	x := &exporting{ctx: ctx, e: e, f: f, p: newProgress(e.err, f.quiet), names: map[string][][8]byte{}}
	if err := x.open(); err != nil {
		return err
	}
	return x.run(args)
}

// status reads --status.
func (f *exportFlags) statuses() ([]casus.Status, error) {
	var out []casus.Status
	for _, s := range f.status {
		switch s = strings.ToLower(strings.TrimSpace(s)); s {
		case "all":
			out = append(out, casus.StatusNone)
			out = append(out, export.AllStatus()...)
		case "unset":
			out = append(out, casus.StatusNone)
		default:
			st, ok := casus.ParseStatus(s)
			if !ok || st == casus.StatusNone {
				return nil, usagef("--status: %q is no status", s)
			}
			out = append(out, st)
		}
	}
	return out, nil
}

// exporting is one run of casus export.
type exporting struct {
	ctx context.Context
	e   env
	f   *exportFlags
	p   *progress

	out      *promptWriter
	side     *bufio.Writer
	sideFile *os.File
	exp      *export.Exporter // nil when documents are exported
	enc      export.Encoder

	names                map[string][][8]byte // texts seen under an identity
	documents, sentences int
	repeated             int
	rejected             int
}

func (x *exporting) open() error {
	x.out = newPromptWriter(x.e.out)
	if x.f.format == documentsFormat {
		if x.f.status != nil || x.f.oneADay || x.f.reciprocal != "" || x.f.sidecar != "" {
			return usagef("--format documents exports documents as they are: --status, --one-a-day, --reciprocal and --sidecar are for events")
		}
		return nil
	}
	format, err := export.FormatNamed(x.f.format)
	if err != nil {
		return usagef("--format: %w", err)
	}
	opts := export.Options{OneADay: x.f.oneADay, RawCSV: x.f.raw}
	if opts.Status, err = x.f.statuses(); err != nil {
		return err
	}
	if opts.Reciprocal, err = export.ParseDirection(x.f.reciprocal); err != nil {
		return usagef("--reciprocal: %w", err)
	}
	if out, ok := x.e.out.(*os.File); ok && format.Binary && term.IsTerminal(int(out.Fd())) {
		return usagef("--format %s is not for a terminal: add > events.%s", format.Name, format.Name)
	}
	if x.f.sidecar != "" {
		if x.sideFile, err = os.Create(x.f.sidecar); err != nil {
			return err
		}
		x.side = bufio.NewWriterSize(x.sideFile, 64<<10)
		opts.Sidecar, opts.SidecarName = x.side, x.f.sidecar
	}
	x.exp = export.NewExporter(x.out, format, opts)
	return nil
}

// run exports what the arguments name and ends the output, also when it was
// stopped.
func (x *exporting) run(args []string) error {
	err := x.inputs(args)
	if err == nil || errors.Is(err, context.Canceled) {
		if cerr := x.close(); cerr != nil {
			err = cerr
		}
	}
	if x.side != nil { // whole rows, also when the output broke off
		x.side.Flush()
		x.sideFile.Close()
	}
	return x.end(err)
}

func (x *exporting) inputs(args []string) error {
	if x.f.db != "" {
		return x.database()
	}
	if len(args) == 0 {
		args = []string{"-"}
		(&inputFlags{quiet: x.f.quiet}).awaitTerminal(x.e)
	}
	for _, name := range args {
		if err := x.file(name); err != nil {
			return err
		}
	}
	return nil
}

// close ends output and sidecar so that both can be read.
func (x *exporting) close() error {
	if x.exp != nil {
		if err := x.exp.Close(); err != nil {
			return err
		}
	}
	if err := x.out.Flush(); err != nil {
		return err
	}
	if x.side == nil {
		return nil
	}
	return x.side.Flush()
}

// end sums up.
func (x *exporting) end(err error) error {
	x.p.clear()
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	if x.repeated > 0 {
		x.p.summary("%d documents came twice with the same text and were exported once", x.repeated)
	}
	if x.exp != nil {
		c := x.exp.Counts()
		x.p.summary("%s: %v", x.f.format, c)
		if c.Mended > 0 {
			x.p.summary("%d cells: tabs or line breaks, which %s cannot hold, written as a space", c.Mended, x.f.format)
		}
	} else {
		x.p.summary("%d documents written", x.documents)
	}
	if err != nil {
		x.p.message("stopped after %d documents; what is written is whole", x.documents)
		return err
	}
	if x.rejected > 0 {
		x.p.message("%d inputs rejected", x.rejected)
		return errRejected
	}
	return nil
}

// document exports a document under a name.
func (x *exporting) document(doc *casus.Document, name string) error {
	x.documents++
	x.sentences += len(doc.Sentences)
	x.p.update(x.documents, x.sentences)
	if x.exp != nil {
		return x.exp.Add(doc, name)
	}
	line, err := x.enc.Append(nil, doc)
	if err != nil {
		return err
	}
	_, err = x.out.Write(line)
	return err
}

// file exports the coded documents of a file. A line that is none is named and
// counted.
func (x *exporting) file(name string) error {
	var in io.Reader = x.e.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			x.reject(&casus.Failure{Where: read.Label(name), Stage: "read", Cause: err, Hint: "name a file of coded documents"})
			return nil
		}
		defer f.Close()
		in = f
	}
	lines := &longLines{br: bufio.NewReaderSize(read.Interruptible(x.ctx, in), 64<<10), limit: maxCodedLine}
	for no := 1; ; no++ {
		if x.ctx.Err() != nil {
			return x.ctx.Err()
		}
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil && !errors.Is(err, errLongLine) {
			if x.ctx.Err() != nil {
				return x.ctx.Err()
			}
			return fmt.Errorf("read %s: %w", read.Label(name), err)
		}
		if err := x.line(line, err, fmt.Sprintf("%s:%d", read.Label(name), no)); err != nil {
			return err
		}
	}
}

func (x *exporting) line(line []byte, err error, where string) error {
	if err == nil && len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	var doc *casus.Document
	if err == nil {
		doc, err = export.Decode(line)
	}
	if err != nil {
		hint := ""
		if !bytes.HasPrefix(line, []byte(codedMark)) {
			hint = "code it first: casus code FILE | casus export"
		}
		x.reject(&casus.Failure{Where: where, Stage: "read", Cause: err, Hint: hint})
		return nil
	}
	name, known := x.name(doc)
	if known {
		x.repeated++
		return nil
	}
	return x.document(doc, name)
}

func (x *exporting) reject(f *casus.Failure) {
	x.rejected++
	x.p.message("%v", f)
}

// name gives the name of a document as a database gives it: its identity, with
// "@2" for a second text; known reports a text that came before.
func (x *exporting) name(doc *casus.Document) (name string, known bool) {
	h := sha256.New()
	for _, s := range []string{doc.Outlet, doc.URL, doc.Title, doc.Published.String(), doc.Text} {
		fmt.Fprintf(h, "%d:%s\n", len(s), s)
	}
	sum := [8]byte(h.Sum(nil))
	seen := x.names[doc.ID]
	if slices.Contains(seen, sum) {
		return "", true
	}
	x.names[doc.ID] = append(seen, sum)
	if len(seen) == 0 {
		return doc.ID, false
	}
	return fmt.Sprintf("%s@%d", doc.ID, len(seen)+1), false
}

// database exports every document of a database.
func (x *exporting) database() error {
	db, err := sqlite.OpenExisting(x.ctx, x.f.db)
	if err != nil {
		return err
	}
	defer db.Close()
	for row, err := range db.Documents(x.ctx, store.DocumentFilter{}) {
		if err != nil {
			return x.stopped(err)
		}
		doc, err := db.Document(x.ctx, row.Name)
		if err != nil {
			if x.ctx.Err() != nil {
				return x.ctx.Err()
			}
			x.reject(&casus.Failure{Where: x.f.db, ID: row.Name, Stage: "read", Cause: err, Hint: "code the document again into the database"})
			continue
		}
		if err := x.document(doc, row.Name); err != nil {
			return err
		}
		if x.ctx.Err() != nil {
			return x.ctx.Err()
		}
	}
	return nil
}

// stopped prefers the stop to the fault that it caused.
func (x *exporting) stopped(err error) error {
	if x.ctx.Err() != nil {
		return x.ctx.Err()
	}
	return err
}

var errLongLine = fmt.Errorf("the line is longer than %d MB", maxCodedLine>>20)

// longLines reads lines; one that is too long is passed over.
type longLines struct {
	br    *bufio.Reader
	limit int
	buf   []byte
}

// next gives the next line without its end, valid until the next call.
func (l *longLines) next() ([]byte, error) {
	l.buf = l.buf[:0]
	long := false
	for {
		part, err := l.br.ReadSlice('\n')
		if long = long || len(l.buf)+len(part) > l.limit; !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && (len(l.buf) > 0 || long), err == nil:
			if long {
				return nil, errLongLine
			}
			return bytes.TrimSuffix(l.buf, []byte("\n")), nil
		}
		return nil, err
	}
}

// checkExport reads files as a format and tells their faults.
func checkExport(ctx context.Context, e env, f *exportFlags, args []string) error {
	format, err := export.FormatNamed(f.format)
	if err != nil {
		return usagef("--format: %w", err)
	}
	if f.db != "" || f.sidecar != "" || f.oneADay || f.reciprocal != "" || f.status != nil {
		return usagef("--check only reads: it goes with --format and files alone")
	}
	if len(args) == 0 {
		args = []string{"-"}
	}
	p := newProgress(e.err, f.quiet)
	faults := 0
	for _, name := range args {
		n, err := checkFile(ctx, e, format, name, p)
		if err != nil {
			return err
		}
		faults += n
	}
	if faults > 0 {
		return errRejected
	}
	return nil
}

func checkFile(ctx context.Context, e env, format *export.Format, name string, p *progress) (faults int, err error) {
	var in io.Reader = e.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		in = f
	}
	records := format.Read(read.Interruptible(ctx, in))
	if records == nil {
		return 0, usagef("--check: %s is not read by casus; use a reader of its own", format.Name)
	}
	rows := 0
	for _, err := range records {
		if ctx.Err() != nil {
			return faults, ctx.Err()
		}
		rows++
		if err != nil {
			faults++
			p.message("%s: row %d: %v", read.Label(name), rows, err)
		}
	}
	p.summary("%s: %d rows read as %s, %d with faults", read.Label(name), rows, format.Name, faults)
	return faults, nil
}
