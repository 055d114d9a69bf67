package eval

import (
	"fmt"
	"io"
	"strings"
)

// WriteText writes the report for reading; errors is how many of the missed
// documents are shown.
func (rep *Report) WriteText(w io.Writer, errors int) error {
	t := &printer{w: w}
	t.head(rep)
	for _, m := range rep.Measures {
		t.f("%-38s %s  95%% of F1 %.1f-%.1f\n", m.Name, m.Counts, 100*m.Low, 100*m.High)
	}
	if rep.EventFree > 0 {
		t.f("documents without event given one        %d of %d (%.1f%%)\n", rep.FalseAlarms, rep.EventFree, 100*ratio(rep.FalseAlarms, rep.EventFree))
	}
	if len(rep.Types) > 0 {
		t.f("\nper type (macro F1 over the types in gold %.1f)\n", 100*rep.MacroF1)
		for _, c := range rep.Types {
			t.f("  %-10s %s\n", c.Type, c.Counts)
		}
	}
	t.codes(rep)
	t.triggers(rep)
	t.tags(rep)
	t.phrases(&rep.Phrases, errors)
	for _, m := range rep.Misses[:min(errors, len(rep.Misses))] {
		t.f("\n%s  %s\n", m.ID, m.Text)
		t.events("gold ", m.Gold)
		t.events("coded", m.Coded)
	}
	return t.err
}

// String gives precision, recall and F1 in percent, and the counts.
func (c Counts) String() string {
	return fmt.Sprintf("P %5.1f  R %5.1f  F1 %5.1f   (right %d, predicted %d, gold %d)", 100*c.Precision(), 100*c.Recall(), 100*c.F1(), c.Right, c.Predicted, c.Gold)
}

// printer writes until the first error and keeps it.
type printer struct {
	w   io.Writer
	err error
}

func (t *printer) f(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *printer) head(rep *Report) {
	t.f("%d documents, %d of them not predicted", rep.Documents, rep.Missing)
	if rep.Extra > 0 {
		t.f(", %d coded without gold", rep.Extra)
	}
	if rep.Single {
		t.f("; single-event gold: precision is a lower bound")
	}
	t.f("\n")
}

func (t *printer) codes(rep *Report) {
	if rep.Roots.Gold == 0 {
		return
	}
	t.f("\n%-38s %s\n", "CAMEO root", rep.Roots)
	if rep.Digits3.Gold > 0 {
		t.f("%-38s %s\n", "CAMEO 3 digits", rep.Digits3)
	}
	if rep.TypedCodes > 0 {
		t.f("root | type right %.1f%%   3 digits | type right %.1f%%   (%d events)\n", 100*rep.RootGivenType, 100*rep.Digits3GivenType, rep.TypedCodes)
	}
}

func (t *printer) triggers(rep *Report) {
	if rep.Triggers == 0 {
		return
	}
	t.f("\ntrigger found %.1f%% of %d gold events; type right in %.1f%% of the found\n", 100*ratio(rep.Found, rep.Triggers), rep.Triggers, 100*ratio(rep.TypeHeld, rep.Found))
	for _, c := range rep.Confusions {
		p := c.Predicted
		if p == "" {
			p = "none"
		}
		t.f("  gold %-10s predicted %-10s %d\n", c.Gold, p, c.N)
	}
}

func (t *printer) tags(rep *Report) {
	if len(rep.Tags) == 0 {
		return
	}
	t.f("\nrecall by what the text exercises (type; pair)\n")
	for _, r := range rep.Tags {
		t.f("  %-14s %4d texts  %5.1f  %5.1f\n", r.Tag, r.Documents, 100*r.Type, 100*r.Pair)
	}
}

func (t *printer) phrases(p *Phrases, errors int) {
	if p.Code.Of == 0 {
		return
	}
	t.f("\nactor phrases: country right %s, sector right %s, whole code right %s\n", p.Country, p.Role, p.Code)
	for _, w := range p.Wrong[:min(errors, len(p.Wrong))] {
		t.f("  %s  %q  gold %s  coded %s\n", w.ID, w.Text, w.Gold, w.Coded)
	}
}

// String gives the share in percent, and of how many.
func (s Share) String() string { return fmt.Sprintf("%.1f%% of %d", 100*ratio(s.Right, s.Of), s.Of) }

func (t *printer) events(name string, events []Event) {
	if len(events) == 0 {
		t.f("  %s  no event\n", name)
	}
	for i := range events {
		e := &events[i]
		t.f("  %s  %s %s  %s -> %s\n", name, e.Type, e.CAMEO, side(e.Source), side(e.Target))
	}
}

// side names actors by their codes, those without by their words.
func side(as []Actor) string {
	var out []string
	for i := range as {
		switch a := &as[i]; {
		case a.Code != "":
			out = append(out, a.Code)
		case len(a.words) > 0:
			out = append(out, `"`+strings.Join(a.words[0], " ")+`"`)
		}
	}
	if len(out) == 0 {
		return "?"
	}
	return strings.Join(out, ", ")
}
