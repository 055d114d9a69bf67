package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"casus"
	"casus/internal/annotate/actor"
	"casus/internal/pipeline"
	"casus/internal/store"
	"casus/internal/store/sqlite"

	"github.com/spf13/cobra"
)

func newActors(e env) *cobra.Command {
	c := &cobra.Command{
		Use:   "actors",
		Short: "Look up, add and find missing actors",
		Long: `Actors shows what the built-in base of actors knows, brings tables of your own into the
form that casus code --actors takes, and lists what was not recognised.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newActorsShow(e), newActorsImport(e), newActorsUnknown(e))
	return c
}

func newActorsImport(e env) *cobra.Command {
	var format, out string
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Make a user table of CSV files and PETRARCH dictionaries",
		Long: `Import reads tables of actors and writes one CSV table, for casus code --actors. Formats:

  csv              columns kind,code,from,to,office,names,ownership (see docs/format/actors.md)
  petrarch-actors  NAME_ [CODE DAYS], aliases on lines that begin with +
  petrarch-agents  NOUN_ {PLURAL_} [~ROLE]

Without --format the suffix tells: .csv, else .agents or a name with "agent", else an actor
dictionary. Bad lines are named with their place, counted and left out. ` + exitCodes,
		Example: `  casus actors import own.csv Phoenix.Countries.actors.txt -o actors.csv
  casus code --actors actors.csv article.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("import needs a FILE, - for standard input; see casus actors import --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return importActors(e, args, format, out) },
	}
	c.Flags().StringVar(&format, "format", "", "csv, petrarch-actors or petrarch-agents (default by suffix)")
	c.Flags().StringVarP(&out, "output", "o", "", "write to this file (default standard output)")
	return c
}

func importActors(e env, files []string, format, out string) error {
	say := newProgress(e.err, false)
	var recs []actor.Record
	rejected := 0
	for _, file := range files {
		r, bad, err := readActors(e, file, format)
		if err != nil {
			return err
		}
		for _, b := range bad {
			say.message("%v", b)
		}
		recs, rejected = append(recs, r...), rejected+len(bad)
	}
	if err := writeActors(e, out, recs); err != nil {
		return err
	}
	say.message("%d records of %s", len(recs), plural(len(files), "file"))
	if rejected > 0 {
		say.message("%s rejected", plural(rejected, "line"))
		return errRejected
	}
	return nil
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

func writeActors(e env, out string, recs []actor.Record) error {
	if out == "" {
		return actor.WriteRecords(e.out, recs)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := actor.WriteRecords(f, recs); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// readActors reads one table of actors; "-" is standard input.
func readActors(e env, file, format string) ([]actor.Record, []*casus.Failure, error) {
	if format == "" {
		format = actorFormat(file)
	}
	in, name := e.in, "stdin"
	if file != "-" || e.in == nil {
		f, err := os.Open(file)
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		in, name = f, file
	}
	var read func(io.Reader, string) ([]actor.Record, []*casus.Failure)
	switch format {
	case "csv":
		read = actor.ReadRecords
	case "petrarch-actors":
		read = actor.ReadPetrarchActors
	case "petrarch-agents":
		read = actor.ReadPetrarchAgents
	default:
		return nil, nil, usagef("--format: unknown format %q: use csv, petrarch-actors or petrarch-agents", format)
	}
	recs, bad := read(in, name)
	return recs, bad, nil
}

func actorFormat(file string) string {
	switch base := strings.ToLower(filepath.Base(file)); {
	case strings.HasSuffix(base, ".csv"), file == "-":
		return "csv"
	case strings.Contains(base, "agent"):
		return "petrarch-agents"
	}
	return "petrarch-actors"
}

// userActors reads the tables of --actors. A table with a bad line is refused
// as a whole: half a table would code documents in two ways.
func userActors(files []string) ([]actor.Record, error) {
	var recs []actor.Record
	for _, file := range files {
		r, bad, err := readActors(env{}, file, "csv")
		if err != nil {
			return nil, fmt.Errorf("--actors: %w", err)
		}
		if len(bad) > 0 {
			var lines strings.Builder
			for _, b := range bad {
				fmt.Fprintf(&lines, "%v\ncasus: ", b)
			}
			return nil, fmt.Errorf("%s--actors: %s in %s: nothing is coded (mend the file, or make it with casus actors import)",
				lines.String(), plural(len(bad), "bad line"), file)
		}
		recs = append(recs, r...)
	}
	return recs, nil
}

func newActorsShow(e env) *cobra.Command {
	var on string
	var tables []string
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "Show what a name means, and its code on a day",
		Long: `Show prints what the base of actors knows under a name. What it does not know as a name is
read as a phrase, as in a text: "Chilean defence minister".`,
		Example: `  casus actors show "Boris Johnson" --on 2017-05-01
  casus actors show NATO --on 2000`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("show takes one NAME, in quotation marks if it has spaces")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return showActor(e, args[0], on, tables) },
	}
	c.Flags().StringVar(&on, "on", "", "day, 2006-01-02, 2006-01 or 2006 (default none: as in an undated document)")
	c.Flags().StringSliceVar(&tables, "actors", nil, "user tables over the base, made by casus actors import")
	return c
}

func showActor(e env, name, on string, tables []string) error {
	var day casus.Date
	if on != "" {
		var err error
		if day, err = casus.ParseDate(on); err != nil {
			return usagef("--on: %w", err)
		}
	}
	recs, err := userActors(tables)
	if err != nil {
		return err
	}
	a, err := actor.New(recs...)
	if err != nil {
		return err
	}
	readings, err := a.Lookup(name, day)
	if err != nil {
		return err
	}
	for i := range readings {
		printReading(e.out, &readings[i])
	}
	if len(readings) > 0 {
		return nil
	}
	return showPhrase(e, name, day, recs)
}

func printReading(w io.Writer, r *actor.Reading) {
	code := string(r.Code)
	if code == "" {
		code = "(code open)"
	}
	fmt.Fprintf(w, "%s  %s  %s", r.Kind, r.Name, code)
	if r.Ownership != "" {
		fmt.Fprintf(w, "  %s", r.Ownership)
	}
	if !r.From.IsZero() || !r.To.IsZero() {
		fmt.Fprintf(w, "  %s", period(r.From, r.To))
	}
	fmt.Fprintln(w)
	for _, o := range r.Offices {
		fmt.Fprintf(w, "    %s  %s  %s\n", period(o.Start, o.End), o.Code, o.Office)
	}
	if len(r.Members) > 0 {
		fmt.Fprintf(w, "    %d members: %s\n", len(r.Members), strings.Join(r.Members, " "))
	}
}

func period(from, to casus.Date) string {
	a, b := from.String(), to.String()
	if from.IsZero() {
		a = "always"
	}
	if to.IsZero() {
		b = "today"
	}
	return a + " to " + b
}

// showPhrase reads the words as a text of their own.
func showPhrase(e env, text string, day casus.Date, recs []actor.Record) error {
	p, err := pipeline.New(pipeline.Options{Tier: defaultTier, ForceLanguage: true, Actors: recs})
	if err != nil {
		return err
	}
	doc := &casus.Document{ID: "phrase", Text: text, Lang: "en", Published: day}
	if _, err := p.Code(doc, p.NewWorker()); err != nil {
		return err
	}
	known := false
	for i := range doc.Entities {
		if x := &doc.Entities[i]; x.Code != "" {
			known = true
			fmt.Fprintf(e.out, "read as text  %s  %s\n", x.Name, x.Code)
		}
	}
	if !known {
		return fmt.Errorf("%q is not known (add it with casus actors import and --actors)", text)
	}
	return nil
}

func newActorsUnknown(e env) *cobra.Command {
	var in inputFlags
	var o unknownOptions
	c := &cobra.Command{
		Use:   "unknown [FILE...|-]",
		Short: "List the actors that were not recognised, most frequent first",
		Long: `Unknown codes documents and lists the names that act in them (subjects and agents) for which
the base has no code, with the number of times and documents and an example each. With --db
the documents of a database are read again. ` + exitCodes,
		Example: `  casus actors unknown news/*.txt
  casus actors unknown --db casus.db --limit 20`,
		RunE: func(c *cobra.Command, args []string) error { return unknownActors(c.Context(), e, &in, &o, args) },
	}
	in.add(c)
	c.Flags().StringVar(&o.db, "db", "", "read the documents of this database")
	c.Flags().StringVar(&o.format, "format", "table", "output format: table or jsonl")
	c.Flags().IntVar(&o.limit, "limit", 50, "how many names at most, 0 for all")
	return c
}

type unknownOptions struct {
	db, format string
	limit      int
}

// unknownActor is a name without a code.
type unknownActor struct {
	Name      string `json:"name"`
	Count     int    `json:"count"`
	Documents int    `json:"documents"`
	Example   string `json:"example"`
	Where     string `json:"where"` // the document of the example
}

func unknownActors(ctx context.Context, e env, in *inputFlags, o *unknownOptions, args []string) error {
	switch {
	case o.format != "table" && o.format != "jsonl":
		return usagef("--format: unknown format %q: use table or jsonl", o.format)
	case o.limit < 0:
		return usagef("--limit: must not be negative")
	case o.db != "" && len(args) > 0:
		return usagef("--db: give a database or files, not both")
	}
	p, err := in.pipeline(false)
	if err != nil {
		return err
	}
	items, closeDB, err := o.items(ctx, e, in, args)
	if err != nil {
		return err
	}
	defer closeDB()
	found := map[string]*unknownActor{}
	rep := newReporter(e.err, in.quiet)
	counts, err := p.Stream(ctx, items, pipeline.StreamOptions{}, func(r pipeline.Result) error {
		rep.result(r)
		if r.Doc != nil {
			countUnknown(found, r.Doc)
		}
		return nil
	})
	if err = rep.end(counts, err); err != nil && err != errRejected {
		return err
	}
	if perr := printUnknown(e.out, o, found); perr != nil {
		return perr
	}
	return err
}

// items gives the documents of the database, or of the arguments.
func (o *unknownOptions) items(ctx context.Context, e env, in *inputFlags, args []string) (pipeline.Items, func(), error) {
	if o.db == "" {
		items, err := in.items(ctx, e, args)
		return pipeline.Items(items), func() {}, err
	}
	db, err := sqlite.OpenExisting(ctx, o.db)
	if err != nil {
		return nil, nil, err
	}
	return func(yield func(casus.Raw, error) bool) {
		for row, err := range db.Documents(ctx, store.DocumentFilter{}) {
			if err != nil {
				yield(casus.Raw{}, err)
				return
			}
			doc, err := db.Document(ctx, row.Name)
			if err != nil {
				yield(casus.Raw{}, err)
				return
			}
			if !yield(casus.Raw{Where: row.Name, ID: doc.ID, Title: doc.Title, Outlet: doc.Outlet, URL: doc.URL, Lang: doc.Lang,
				Published: doc.Published, Body: []byte(doc.Text), Exact: true}, nil) {
				return
			}
		}
	}, func() { db.Close() }, nil
}

func countUnknown(found map[string]*unknownActor, doc *casus.Document) {
	seen := map[string]bool{}
	for _, span := range actor.Unknown(doc) {
		name := strings.Join(strings.Fields(doc.String(span)), " ")
		u := found[name]
		if u == nil {
			u = &unknownActor{Name: name, Example: example(doc, span), Where: doc.ID}
			found[name] = u
		}
		u.Count++
		if !seen[name] {
			seen[name] = true
			u.Documents++
		}
	}
}

// example gives the sentence around a name, cut to a line.
func example(doc *casus.Document, span casus.Span) string {
	const most = 160
	for i := range doc.Sentences {
		if s := &doc.Sentences[i]; s.Span.Start <= span.Start && span.End <= s.Span.End {
			words := []rune(strings.Join(strings.Fields(doc.String(s.Span)), " "))
			if len(words) > most {
				return string(words[:most-3]) + "..."
			}
			return string(words)
		}
	}
	return ""
}

func printUnknown(w io.Writer, o *unknownOptions, found map[string]*unknownActor) error {
	list := make([]*unknownActor, 0, len(found))
	for _, u := range found {
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b *unknownActor) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Name, b.Name)
	})
	if o.limit > 0 && len(list) > o.limit {
		list = list[:o.limit]
	}
	if o.format == "jsonl" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for _, u := range list {
			if err := enc.Encode(u); err != nil {
				return err
			}
		}
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "times\tdocuments\tname\texample")
	for _, u := range list {
		fmt.Fprintf(tw, "%d\t%d\t%s\t%s\n", u.Count, u.Documents, u.Name, u.Example)
	}
	return tw.Flush()
}
