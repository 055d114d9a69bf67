package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"casus"
	"casus/internal/export"

	"github.com/spf13/cobra"
)

func newWhy(e env) *cobra.Command {
	var in inputFlags
	c := &cobra.Command{
		Use:   "why EVENT [FILE|-]",
		Short: "Say why an event is coded as it is: trigger, rule, and the reason for each field",
		Long: `Why codes the document again, which gives the same events, or takes it as "casus code"
wrote it, and explains one of them: the words that triggered it, the rule, and for each field the rule and the text it looked
at. EVENT is its identifier in the output of "casus code" (v1, v2, ...), or "all".
` + exitCodes,
		Example: `  casus why v3 article.txt --published 2025-11-03
  casus why all coded.jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usagef("why wants an event and at most one file: casus why v3 article.txt")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return why(c.Context(), e, &in, args[0], args[1:]) },
	}
	in.add(c)
	in.addCoder(c)
	return c
}

func why(ctx context.Context, e env, in *inputFlags, event string, files []string) error {
	doc, err := one(ctx, e, in, files)
	if err != nil {
		return err
	}
	if event == "all" {
		return explainTo(e.out, doc, 0, len(doc.Events))
	}
	if len(doc.Events) == 0 {
		return usagef("no event %q: the document has none", event)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(event, "v"))
	if err != nil || n < 1 || n > len(doc.Events) {
		return usagef("no event %q: the document has %d, v1 to v%d", event, len(doc.Events), len(doc.Events))
	}
	return explainTo(e.out, doc, n-1, n)
}

// explainTo writes the events [from, to).
func explainTo(w io.Writer, doc *casus.Document, from, to int) error {
	var out strings.Builder
	for i := from; i < to; i++ {
		explain(&out, doc, casus.EventID(i))
	}
	_, err := io.WriteString(w, export.Plain(out.String()))
	return err
}

// explain writes the event and the evidence of each field.
func explain(w io.Writer, doc *casus.Document, id casus.EventID) {
	ev := &doc.Events[id]
	fmt.Fprintf(w, "%s  %s", export.EventName(id), ev.Type)
	if ev.Mode != "" {
		fmt.Fprintf(w, "/%s", ev.Mode)
	}
	fmt.Fprintf(w, "  CAMEO %s\n", orUnset(ev.CAMEO))
	fmt.Fprintf(w, "  in:          %s\n", export.Quote(doc, []casus.Span{doc.Sentences[ev.Sentence].Span}))
	fmt.Fprintf(w, "  trigger:     %q\n", export.Quote(doc, ev.Trigger))
	for _, f := range fieldsOf(doc, ev) {
		fmt.Fprintf(w, "  %-12s %s\n", f.name+":", orUnset(f.value))
		for _, x := range ev.Evidence {
			if x.Field == f.name {
				fmt.Fprintf(w, "  %-12s   because %s\n", "", reason(doc, x))
			}
		}
	}
	explainActors(w, doc, ev)
	explainVoices(w, doc, ev)
	fmt.Fprintln(w)
}

type field struct{ name, value string }

// fieldsOf lists the fields of an event in the order of reading. The names are
// those of Evidence.Field.
func fieldsOf(doc *casus.Document, ev *casus.Event) []field {
	out := []field{{"type", ev.Type.String()}, {"user_type", ev.UserType}, {"mode", ev.Mode}, {"cameo", ev.CAMEO}, {"context", strings.Join(ev.Contexts, ", ")},
		{"source", export.Actors(doc, ev.Source)}, {"target", export.Actors(doc, ev.Target)},
		{"time", eventTime(ev)}, {"place", eventPlace(doc, ev)}, {"magnitude", magnitudes(ev)},
		{"status", ev.Status.String()}, {"phase", ev.Phase.String()}, {"attribution", attribution(doc, ev)}}
	return out
}

func eventTime(ev *casus.Event) string {
	t := ev.Time
	out := t.Value
	if iv := t.Interval; !iv.IsZero() && iv.Start != iv.End {
		out += fmt.Sprintf(" (%s to %s)", orUnset(iv.Start.String()), orUnset(iv.End.String()))
	}
	if t.Reason != "" {
		out += ", " + t.Reason
	}
	return out
}

func eventPlace(doc *casus.Document, ev *casus.Event) string {
	if ev.Place == casus.None {
		return ""
	}
	p := &doc.Places[ev.Place]
	if p.Country == "" || p.Country == p.Name {
		return export.PlaceText(p)
	}
	return export.PlaceText(p) + " (" + p.Country + ")"
}

func magnitudes(ev *casus.Event) string {
	var out []string
	for _, m := range ev.Magnitude {
		out = append(out, export.Figure(m))
	}
	return strings.Join(out, ", ")
}

func attribution(doc *casus.Document, ev *casus.Event) string {
	if len(ev.Attribution) == 0 {
		return "the outlet itself"
	}
	var out []string
	for _, s := range ev.Attribution {
		out = append(out, export.Voices(doc, s))
	}
	return strings.Join(out, "; ")
}

func orUnset(s string) string {
	if s == "" {
		return "not set"
	}
	return s
}

func reason(doc *casus.Document, x casus.Evidence) string {
	out := "rule " + x.Rule
	if x.Note != "" {
		out += ", " + x.Note
	}
	if !x.Span.Empty() {
		out += fmt.Sprintf(", at %q", export.Quote(doc, []casus.Span{x.Span}))
	}
	return out
}

// explainActors says where the actor codes come from.
func explainActors(w io.Writer, doc *casus.Document, ev *casus.Event) {
	for _, id := range append(append([]casus.EntityID(nil), ev.Source...), ev.Target...) {
		ent := &doc.Entities[id]
		fmt.Fprintf(w, "  actor %s (%s): ", ent.Name, orUnset(string(ent.Code)))
		for i, x := range ent.Evidence {
			if i > 0 {
				fmt.Fprint(w, "; ")
			}
			fmt.Fprint(w, reason(doc, x))
		}
		fmt.Fprintln(w)
	}
}

// explainVoices says by which statements the event is carried.
func explainVoices(w io.Writer, doc *casus.Document, ev *casus.Event) {
	for _, id := range ev.Attribution {
		for _, s := range doc.Chain(id) {
			st := &doc.Statements[s]
			fmt.Fprintf(w, "  statement %s of %s [%s], cue %q:", export.StatementName(s), export.Voice(doc, s), st.Stance, export.Quote(doc, st.Cue))
			for _, x := range st.Evidence {
				fmt.Fprintf(w, " %s;", reason(doc, x))
			}
			fmt.Fprintln(w)
		}
	}
}
