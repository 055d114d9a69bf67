package export

import (
	"encoding/json"
	"fmt"
	"strconv"

	"casus"
	"casus/ontology"
)

// Decode reads a line that Encoder wrote: every layer but tokens, names and
// predicates, so the heads of mentions are None. A line of another schema, an
// offset outside the text or an identifier that names nothing is an error.
func Decode(line []byte) (*casus.Document, error) {
	var w wireDocument
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, fmt.Errorf("coded document: %w", err)
	}
	if w.Schema != schema {
		return nil, fmt.Errorf("coded document %q: schema %d, this version reads schema %d", w.ID, w.Schema, schema)
	}
	f := &fromWire{w: &w, at: pointIndex(w.Text)}
	doc := f.document()
	if f.err != nil {
		return nil, fmt.Errorf("coded document %q: %w", w.ID, f.err)
	}
	return doc, nil
}

// fromWire makes a document of the wire form; the first error stays.
type fromWire struct {
	w   *wireDocument
	at  []int32
	err error
}

func (f *fromWire) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (f *fromWire) document() *casus.Document {
	w := f.w
	d := &casus.Document{ID: w.ID, Title: w.Title, Outlet: w.Outlet, URL: w.URL, Lang: w.Lang, Text: w.Text,
		Published: f.date(w.Published), PublishedReason: w.PublishedReason}
	d.Sentences = every(w.Sentences, f.sentence)
	d.Entities = every(w.Entities, f.entity)
	d.Times = every(w.Times, f.time)
	d.Places = every(w.Places, f.place)
	d.Quantities = every(w.Quantities, f.quantity)
	d.Statements = every(w.Statements, f.statement)
	d.Events = every(w.Events, f.event)
	return d
}

func every[W, T any](layer []W, f func(*W) T) []T {
	if len(layer) == 0 {
		return nil
	}
	out := make([]T, len(layer))
	for i := range layer {
		out[i] = f(&layer[i])
	}
	return out
}

func (f *fromWire) span(s wireSpan) casus.Span {
	a, ok1 := bytesAt(f.at, s.Start)
	b, ok2 := bytesAt(f.at, s.End)
	if !ok1 || !ok2 || b < a {
		f.fail("span %d to %d lies outside the text", s.Start, s.End)
	}
	return casus.Span{Start: a, End: b}
}

func (f *fromWire) spans(ss []wireSpan) []casus.Span {
	return every(ss, func(s *wireSpan) casus.Span { return f.span(*s) })
}

func (f *fromWire) date(s string) casus.Date {
	if s == "" {
		return casus.Date{}
	}
	d, err := casus.ParseDate(s)
	if err != nil {
		f.fail("%w", err)
	}
	return d
}

// id reads "e7" as index 6 of a layer with n entries; "" is None.
func (f *fromWire) id(s string, letter byte, n int) int {
	if s == "" {
		return casus.None
	}
	i, err := strconv.Atoi(s[1:])
	if s[0] != letter || err != nil || i < 1 || i > n {
		f.fail("%q names no entry of its layer", s)
		return casus.None
	}
	return i - 1
}

func (f *fromWire) entityID(s string) casus.EntityID {
	return casus.EntityID(f.id(s, 'e', len(f.w.Entities)))
}

func (f *fromWire) entityIDs(ss []string) []casus.EntityID {
	return every(ss, func(s *string) casus.EntityID { return f.entityID(*s) })
}

func (f *fromWire) statementIDs(ss []string) []casus.StatementID {
	return every(ss, func(s *string) casus.StatementID {
		return casus.StatementID(f.id(*s, 's', len(f.w.Statements)))
	})
}

// closed finds a value of a closed set by its name.
func closed[T ~uint8](f *fromWire, name string, n T, text func(T) string) T {
	for v := T(0); v < n; v++ {
		if text(v) == name {
			return v
		}
	}
	f.fail("unknown value %q", name)
	return 0
}

func (f *fromWire) sentence(w *wireSentence) casus.Sentence {
	s := casus.Sentence{Span: f.span(w.wireSpan), Root: casus.None, Paragraph: int32(w.Paragraph)}
	for role, name := range roles {
		if name == w.Role {
			s.Role = role
		}
	}
	return s
}

func (f *fromWire) evidence(ws []wireEvidence) []casus.Evidence {
	return every(ws, func(w *wireEvidence) casus.Evidence {
		return casus.Evidence{Field: w.Field, Rule: w.Rule, Span: f.span(w.wireSpan), Note: w.Note}
	})
}

func (f *fromWire) entity(w *wireEntity) casus.Entity {
	var n casus.Count
	if w.Count != nil {
		n = casus.Count{Low: w.Count.Low, High: w.Count.High}
	}
	return casus.Entity{Name: w.Name, Kind: closed(f, w.Kind, casus.Role+1, casus.EntityKind.String),
		Code: ontology.Actor(w.Code), Country: w.Country, Of: f.entityID(w.Of), Title: w.Title,
		Members: f.entityIDs(w.Members), Media: casus.Media{Is: w.Media, Ownership: w.Ownership}, Anon: w.Anonymous, Count: n,
		Mentions: every(w.Mentions, f.mention), Evidence: f.evidence(w.Evidence)}
}

func (f *fromWire) mention(w *wireMention) casus.Mention {
	return casus.Mention{Span: f.span(w.wireSpan), First: casus.None, End: casus.None, Head: casus.None,
		Kind: closed(f, w.Kind, casus.MentionNominal+1, casus.MentionKind.String), Rule: w.Rule}
}

func (f *fromWire) time(w *wireTime) casus.Time {
	return casus.Time{Span: f.span(w.wireSpan), Head: casus.None, Type: closed(f, w.Type, casus.TimeSET+1, casus.TimeType.String),
		Value: w.Value, Mod: w.Mod, Interval: casus.Interval{Start: f.date(w.From), End: f.date(w.To)},
		Granularity: closed(f, w.Granularity, casus.Century+1, casus.Granularity.String), Historical: w.Historical, Rule: w.Rule}
}

func degree(v *float64) float32 {
	if v == nil {
		return 0
	}
	return float32(*v)
}

func (f *fromWire) place(w *wirePlace) casus.Place {
	return casus.Place{Span: f.span(w.wireSpan), Head: casus.None, Name: w.Name, GeoNameID: w.GeoNameID, Lat: degree(w.Lat),
		Lon: degree(w.Lon), Country: w.Country, FCode: w.FCode, Relation: w.Relation, AsActor: w.AsActor, Rule: w.Rule}
}

func (f *fromWire) quantity(w *wireQuantity) casus.Quantity {
	return casus.Quantity{Span: f.span(w.wireSpan), Head: casus.None, Value: w.Value, Low: w.Low, High: w.High, Unit: w.Unit,
		Class: w.Class, Approx: w.Approx, AtLeast: w.AtLeast, AtMost: w.AtMost, Rule: w.Rule}
}

func (f *fromWire) statement(w *wireStatement) casus.Statement {
	st := casus.Statement{Source: f.spans(w.Source), Cue: f.spans(w.Cue), Content: f.spans(w.Content), CueHead: casus.None,
		Speaker: f.entityID(w.Speaker), Via: f.statementIDs(w.Via), Answers: f.statementIDs(w.Answers),
		Kind:    closed(f, w.Kind, casus.Mixed+1, casus.StatementKind.String),
		Stance:  closed(f, w.Stance, casus.NumStance, casus.Stance.String),
		Negated: w.Negated, Evidence: f.evidence(w.Evidence)}
	if t := w.Threat; t != nil {
		st.Threat = &casus.Threat{What: f.spans(t.What), Against: f.spans(t.Against), Condition: f.spans(t.Condition), ByWhen: f.spans(t.ByWhen)}
	}
	if l := w.Label; l != nil {
		st.Label = &casus.Label{Of: f.spans(l.Of), As: f.spans(l.As)}
	}
	return st
}

func (f *fromWire) event(w *wireEvent) casus.Event {
	ev := casus.Event{Type: closed(f, w.Plover.Type, ontology.NumPlover, ontology.Plover.String), Mode: w.Plover.Mode,
		Contexts: every(w.Plover.Context, func(s *string) string { return *s }), CAMEO: w.CAMEO, UserType: w.UserType, Source: f.entityIDs(w.Source), Target: f.entityIDs(w.Target),
		Trigger: f.spans(w.Trigger), Head: casus.None, Place: casus.None,
		Magnitude: every(w.Magnitude, f.magnitude), Status: closed(f, w.Status, casus.NumStatus, casus.Status.String),
		Phase: closed(f, w.Phase, casus.Future+1, casus.Phase.String), Historical: w.Historical, Reciprocal: w.Reciprocal,
		Attribution: f.statementIDs(w.Attribution), Sentence: casus.SentenceID(w.Sentence), Mentions: f.spans(w.Mentions),
		Evidence: f.evidence(w.Evidence)}
	if w.Sentence < 0 || w.Sentence >= len(f.w.Sentences) {
		f.fail("event %s: no sentence %d", w.ID, w.Sentence)
	}
	ev.Time.Time = casus.None
	if t := w.Time; t != nil {
		ev.Time = casus.EventTime{Value: t.Value, Interval: casus.Interval{Start: f.date(t.Start), End: f.date(t.End)}, Time: casus.None,
			Granularity: closed(f, t.Granularity, casus.Century+1, casus.Granularity.String), Reason: t.Reason}
		if t.Time != nil {
			ev.Time.Time = casus.TimeID(f.index(*t.Time, len(f.w.Times)))
		}
	}
	if w.Place != nil && w.Place.Place != nil {
		ev.Place = casus.PlaceID(f.index(*w.Place.Place, len(f.w.Places)))
	}
	return ev
}

func (f *fromWire) index(i, n int) int {
	if i < 0 || i >= n {
		f.fail("index %d of a layer with %d entries", i, n)
		return casus.None
	}
	return i
}

func (f *fromWire) magnitude(w *wireMagnitude) casus.Magnitude {
	m := casus.Magnitude{Quantity: casus.None, Value: w.Value, Low: w.Low, High: w.High, Unit: w.Unit, Class: w.Class}
	if w.Quantity != nil {
		m.Quantity = casus.QuantityID(f.index(*w.Quantity, len(f.w.Quantities)))
	}
	return m
}
