package export

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"casus"
)

// AppendText adds the document's events and statements in words, for reading
// at a terminal.
func AppendText(dst []byte, doc *casus.Document) []byte {
	t := textWriter{doc: doc}
	t.printf("%s", doc.ID)
	for _, s := range []string{doc.Outlet, doc.Published.String(), doc.Title} {
		if s != "" {
			t.printf("  %s", s)
		}
	}
	t.printf("\n")
	for i := range doc.Events {
		t.event(casus.EventID(i))
	}
	for i := range doc.Statements {
		t.statement(casus.StatementID(i))
	}
	t.printf("\n")
	return append(dst, Plain(string(t.dst))...)
}

// Plain makes text fit for a terminal: what could move the cursor, colour the
// screen or turn the reading direction becomes a space. Line feeds stay.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
}

type textWriter struct {
	doc *casus.Document
	dst []byte
}

func (t *textWriter) printf(format string, args ...any) { t.dst = fmt.Appendf(t.dst, format, args...) }

func (t *textWriter) event(id casus.EventID) {
	ev := &t.doc.Events[id]
	kind := ev.Type.String()
	if ev.Mode != "" {
		kind += "/" + ev.Mode
	}
	t.printf("  %-4s %-22s %-4s %s -> %s  [%s%s]", EventName(id), kind, ev.CAMEO, Actors(t.doc, ev.Source), Actors(t.doc, ev.Target),
		ev.Status, prefixed(" ", ev.Phase.String()))
	t.printf("%s", prefixed("  ", ev.Time.Value))
	if ev.Place != casus.None {
		t.printf("  %s", PlaceText(&t.doc.Places[ev.Place]))
	}
	for _, m := range ev.Magnitude {
		t.printf("  %s", Figure(m))
	}
	if ev.UserType != "" {
		t.printf("  %s", ev.UserType)
	}
	t.printf("  %s", quoted(Quote(t.doc, ev.Trigger)))
	for _, s := range ev.Attribution {
		t.printf("  according to %s", Voices(t.doc, s))
	}
	t.printf("\n")
}

func (t *textWriter) statement(id casus.StatementID) {
	s := &t.doc.Statements[id]
	t.printf("  %-4s %s: %s [%s%s] %s\n", StatementName(id), Voices(t.doc, id), s.Stance, s.Kind, prefixed(" ", Quote(t.doc, s.Cue)),
		quoted(Quote(t.doc, s.Content)))
}

// quoted puts text into quotation marks, unless it brings its own.
func quoted(s string) string {
	if strings.ContainsAny(s[:min(len(s), 1)], "\"'") || strings.HasPrefix(s, "“") || strings.HasPrefix(s, "‘") {
		return s
	}
	return "\"" + s + "\""
}

// PlaceText names a place with what the text says of where it lies from there:
// "near Bari", "off the coast of Libya".
func PlaceText(p *casus.Place) string {
	if p.Relation == "" {
		return p.Name
	}
	return p.Relation + " " + p.Name
}

// Figure writes a figure with its unit: "4,500,000 militia".
func Figure(m casus.Magnitude) string {
	return strings.TrimSpace(Number(m.Value) + " " + m.Unit)
}

// Number writes a number as English does, with a comma between thousands and
// never with an exponent: 4,500,000 and 2.5.
func Number(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	whole, fraction, hasFraction := strings.Cut(s, ".")
	out := make([]byte, 0, len(s)+len(s)/3)
	if v < 0 {
		out = append(out, '-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, whole[i])
	}
	if hasFraction {
		out = append(append(out, '.'), fraction...)
	}
	return string(out)
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// Actors names the entities of a role with their codes, "?" when it is open.
func Actors(doc *casus.Document, ids []casus.EntityID) string {
	if len(ids) == 0 {
		return "?"
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = doc.Entities[id].Name
		if c := doc.Entities[id].Code; c != "" {
			out[i] += " (" + string(c) + ")"
		}
	}
	return strings.Join(out, ", ")
}

// Quote gives the text of pieces on one line, gaps marked.
func Quote(doc *casus.Document, pieces []casus.Span) string {
	out := make([]string, len(pieces))
	for i, s := range pieces {
		out[i] = strings.Join(strings.Fields(doc.String(s)), " ")
	}
	return strings.Join(out, " ... ")
}

// Voice names who makes a statement: the speaker, else the words of its
// source, else "somebody unnamed".
func Voice(doc *casus.Document, id casus.StatementID) string {
	s := &doc.Statements[id]
	if s.Speaker != casus.None {
		return doc.Entities[s.Speaker].Name
	}
	if src := Quote(doc, s.Source); src != "" {
		return src
	}
	return "somebody unnamed"
}

// Voices names the chain of voices of a statement, innermost first: "Dmitry
// Peskov, per Russian state media".
func Voices(doc *casus.Document, id casus.StatementID) string {
	chain := doc.Chain(id)
	out := Voice(doc, id)
	for i := len(chain) - 2; i >= 0; i-- {
		out += ", per " + Voice(doc, chain[i])
	}
	return out
}
