package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"text/tabwriter"

	"casus"
	"casus/internal/export"
	"casus/internal/store"
	"casus/internal/store/sqlite"
	"casus/ontology"

	"github.com/spf13/cobra"
)

// eventFlags are the flags of casus events.
type eventFlags struct {
	db, format                   string
	actor, source, target, dyad  string
	types, status                []string
	from, to                     string
	place, speaker, text, within string
	limit                        int
	raw                          bool
}

func newEvents(e env) *cobra.Command {
	var f eventFlags
	c := &cobra.Command{
		Use:   "events --db FILE",
		Short: "Query the events of a database",
		Long: `Events lists the events that fit all the conditions given, ordered by day. Actors are given
by code (RUS fits RUS, RUSGOV, RUSMIL...) or by part of a name. A month or year as --from
or --to means its first or last day.`,
		Example: `  casus events --db casus.db --dyad RUS,UKR --type ASSAULT,THREATEN --from 2025-10
  casus events --db casus.db --actor Peskov --status claimed,denied --format csv`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("events takes conditions as flags, not %q; see casus events --help", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return events(c.Context(), e, &f) },
	}
	fl := c.Flags()
	fl.StringVar(&f.db, "db", "casus.db", "the database")
	fl.StringVar(&f.format, "format", "table", "output format: table, jsonl or csv")
	fl.StringVar(&f.actor, "actor", "", "source or target: code or part of a name")
	fl.StringVar(&f.source, "source", "", "who acts")
	fl.StringVar(&f.target, "target", "", "who is acted upon")
	fl.StringVar(&f.dyad, "dyad", "", "source and target, divided by a comma: RUS,UKR")
	fl.StringSliceVar(&f.types, "type", nil, "PLOVER types: ASSAULT,THREATEN")
	fl.StringSliceVar(&f.status, "status", nil, "statuses: asserted, claimed, denied, planned, threatened, hypothetical, negated")
	fl.StringVar(&f.from, "from", "", "first day, 2006-01-02, 2006-01 or 2006")
	fl.StringVar(&f.to, "to", "", "last day")
	fl.StringVar(&f.place, "place", "", "part of a place's name, or an ISO 3166 alpha-3 country")
	fl.StringVar(&f.speaker, "speaker", "", "part of the name of any voice that reports it")
	fl.StringVar(&f.text, "text", "", "words that the sentence or the title holds")
	fl.StringVar(&f.within, "document", "", "name of the document")
	fl.IntVar(&f.limit, "limit", 0, "how many at most (default all)")
	fl.BoolVar(&f.raw, "csv-raw", false, "do not guard CSV cells against spreadsheet formulas")
	return c
}

// filter checks the conditions and makes a filter of them.
func (f *eventFlags) filter() (store.EventFilter, error) {
	out := store.EventFilter{Actor: f.actor, Source: f.source, Target: f.target, Place: f.place, Speaker: f.speaker, Text: f.text,
		Document: f.within, Limit: f.limit}
	if f.limit < 0 {
		return out, usagef("--limit: must not be negative")
	}
	if f.dyad != "" {
		src, tgt, ok := strings.Cut(f.dyad, ",")
		if !ok || f.source != "" || f.target != "" {
			return out, usagef("--dyad: give source and target divided by a comma, and neither --source nor --target")
		}
		out.Source, out.Target = strings.TrimSpace(src), strings.TrimSpace(tgt)
	}
	for _, s := range f.types {
		p, ok := ontology.ParsePlover(strings.ToUpper(strings.TrimSpace(s)))
		if !ok {
			return out, usagef("--type: %q is no PLOVER type", s)
		}
		out.Types = append(out.Types, p)
	}
	for _, s := range f.status {
		st, ok := casus.ParseStatus(strings.ToLower(strings.TrimSpace(s)))
		if !ok || st == casus.StatusNone {
			return out, usagef("--status: %q is no status", s)
		}
		out.Status = append(out.Status, st)
	}
	return out, f.days(&out)
}

func (f *eventFlags) days(out *store.EventFilter) (err error) {
	for _, d := range []struct {
		flag, value string
		to          *casus.Date
	}{{"--from", f.from, &out.From}, {"--to", f.to, &out.To}} {
		if d.value == "" {
			continue
		}
		if *d.to, err = casus.ParseDate(d.value); err != nil {
			return usagef("%s: %w", d.flag, err)
		}
	}
	return nil
}

func events(ctx context.Context, e env, f *eventFlags) error {
	filter, err := f.filter()
	if err != nil {
		return err
	}
	write, ok := map[string]func(io.Writer, iter.Seq2[store.EventRow, error]) error{"table": eventTable, "jsonl": eventLines,
		"csv": func(w io.Writer, rows iter.Seq2[store.EventRow, error]) error { return eventCSV(w, rows, f.raw) }}[f.format]
	if !ok {
		return usagef("--format: unknown format %q: use table, jsonl or csv", f.format)
	}
	db, err := sqlite.OpenExisting(ctx, f.db)
	if err != nil {
		return err
	}
	defer db.Close()
	out := bufio.NewWriter(e.out)
	if err := write(out, db.Events(ctx, filter)); err != nil {
		return err
	}
	return out.Flush()
}

// actorNames lists actors as "Chad (TCD); Niger (NER)".
func actorNames(as []store.ActorRow) string {
	if len(as) == 0 {
		return "?"
	}
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Name
		if a.Code != "" {
			out[i] += " (" + a.Code + ")"
		}
	}
	return strings.Join(out, "; ")
}

func figures(ms []casus.Magnitude) string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = strings.TrimSpace(figureText(m.Value, m.Low, m.High) + " " + m.Unit)
	}
	return strings.Join(out, "; ")
}

// figureText gives a figure with its bounds where they say more: "12 (10 to
// 15)", "at least 20", "at most 30".
func figureText(value, low, high float64) string {
	text := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	switch {
	case low == high:
		return text(value)
	case high == 0:
		return "at least " + text(low)
	case low == 0:
		return "at most " + text(high)
	}
	return text(value) + " (" + text(low) + " to " + text(high) + ")"
}

// eventTable writes columns for reading. Control characters of the text are
// not let through to the terminal.
func eventTable(w io.Writer, rows iter.Seq2[store.EventRow, error]) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "DAY\tTYPE\tSOURCE\tTARGET\tSTATUS\tPLACE\tACCORDING TO\tEVENT")
	n := 0
	for r, err := range rows {
		if err != nil {
			return err
		}
		n++
		according := r.Voices
		if according == "" {
			according = r.Outlet
		}
		cells := []string{r.Start.String(), r.Type, short(actorNames(r.Source), 40), short(actorNames(r.Target), 40), r.Status,
			short(r.Place, 24), short(according, 40), r.ID}
		for i := range cells {
			cells[i] = strings.ReplaceAll(export.Plain(cells[i]), "\n", " ")
		}
		fmt.Fprintln(tw, strings.Join(cells, "\t"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d events\n", n)
	return err
}

// short cuts a cell at n characters.
func short(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n-1]) + "…"
}

// eventLine is the wire form of an event row.
type eventLine struct {
	ID        string   `json:"id"`
	Document  string   `json:"document"`
	Outlet    string   `json:"outlet"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Published string   `json:"published"`
	Start     string   `json:"start"`
	End       string   `json:"end"`
	Time      string   `json:"time"`
	Type      string   `json:"type"`
	Mode      string   `json:"mode"`
	Context   []string `json:"context"`
	CAMEO     string   `json:"cameo"`
	Source    []party  `json:"source"`
	Target    []party  `json:"target"`
	Mutual    bool     `json:"reciprocal"`
	Status    string   `json:"status"`
	Phase     string   `json:"phase"`
	Place     string   `json:"place"`
	Country   string   `json:"country"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Magnitude []figure `json:"magnitude"`
	Speaker   string   `json:"speaker"`
	Voices    string   `json:"voices"`
	Stance    string   `json:"stance"`
	Trigger   string   `json:"trigger"`
	Sentence  string   `json:"sentence"`
}

type party struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

type figure struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Unit  string  `json:"unit"`
	Class string  `json:"class,omitempty"`
}

func lineOf(r *store.EventRow) eventLine {
	l := eventLine{ID: r.ID, Document: r.Document, Outlet: r.Outlet, URL: r.URL, Title: r.Title, Published: r.Published.String(),
		Start: r.Start.String(), End: r.End.String(), Time: r.TimeValue, Type: r.Type, Mode: r.Mode, Context: append([]string{}, r.Contexts...),
		CAMEO: r.CAMEO, Source: []party{}, Target: []party{}, Status: r.Status, Phase: r.Phase, Place: r.Place, Country: r.Country,
		Magnitude: []figure{}, Mutual: r.Reciprocal, Speaker: r.Speaker, Voices: r.Voices, Stance: r.Stance, Trigger: r.Trigger, Sentence: r.Sentence}
	if r.Located {
		l.Lat, l.Lon = &r.Lat, &r.Lon
	}
	for _, a := range r.Source {
		l.Source = append(l.Source, party(a))
	}
	for _, a := range r.Target {
		l.Target = append(l.Target, party(a))
	}
	for _, m := range r.Magnitude {
		l.Magnitude = append(l.Magnitude, figure{m.Value, m.Low, m.High, m.Unit, m.Class})
	}
	return l
}

func eventLines(w io.Writer, rows iter.Seq2[store.EventRow, error]) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for r, err := range rows {
		if err != nil {
			return err
		}
		if err := enc.Encode(lineOf(&r)); err != nil {
			return err
		}
	}
	return nil
}

var csvHeader = []string{"id", "document", "outlet", "url", "title", "published", "start", "end", "time", "type", "mode", "context",
	"cameo", "source", "source_code", "target", "target_code", "status", "phase", "place", "country", "lat", "lon", "magnitude",
	"speaker", "voices", "stance", "trigger", "sentence", "reciprocal"}

func eventCSV(w io.Writer, rows iter.Seq2[store.EventRow, error], raw bool) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(csvHeader); err != nil {
		return err
	}
	for r, err := range rows {
		if err != nil {
			return err
		}
		cells := csvCells(&r)
		for i := range cells {
			if !raw {
				cells[i] = export.GuardCell(cells[i])
			}
		}
		if err := cw.Write(cells); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

func csvCells(r *store.EventRow) []string {
	lat, lon := "", ""
	if r.Located {
		lat, lon = strconv.FormatFloat(r.Lat, 'f', -1, 64), strconv.FormatFloat(r.Lon, 'f', -1, 64)
	}
	name := func(a store.ActorRow) string { return a.Name }
	code := func(a store.ActorRow) string { return a.Code }
	return []string{r.ID, r.Document, r.Outlet, r.URL, r.Title, r.Published.String(), r.Start.String(), r.End.String(), r.TimeValue, r.Type,
		r.Mode, strings.Join(r.Contexts, ";"), r.CAMEO, joined(r.Source, name), joined(r.Source, code), joined(r.Target, name),
		joined(r.Target, code), r.Status, r.Phase, r.Place, r.Country, lat, lon, figures(r.Magnitude), r.Speaker, r.Voices, r.Stance,
		r.Trigger, r.Sentence, strconv.FormatBool(r.Reciprocal)}
}

func joined(as []store.ActorRow, f func(store.ActorRow) string) string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = f(a)
	}
	return strings.Join(out, ";")
}
