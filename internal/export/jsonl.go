// Package export writes coded documents in the forms that users read, one
// file a format, and reads back its own. It decides nothing about what an
// event is.
package export

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"casus"
)

// Encoder turns documents into JSON lines (docs/format/jsonl.md). It keeps
// scratch memory: one for each worker.
type Encoder struct {
	// Predicates adds the factuality layer, which is large.
	Predicates bool

	buf bytes.Buffer
	enc *json.Encoder
	at  []int32
}

// Append adds the line of the document, line feed included, to dst.
func (e *Encoder) Append(dst []byte, doc *casus.Document) ([]byte, error) {
	if e.enc == nil {
		e.enc = json.NewEncoder(&e.buf)
		e.enc.SetEscapeHTML(false)
	}
	p := newPoints(doc.Text, e.at)
	e.at = p.at
	w := toWire{doc, &p}
	e.buf.Reset()
	if err := e.enc.Encode(w.document(e.Predicates)); err != nil {
		return dst, err
	}
	return append(dst, e.buf.Bytes()...), nil
}

// toWire makes the wire form of one document.
type toWire struct {
	doc *casus.Document
	p   *points
}

// EntityName gives the identifier of an entity in the wire form, "e1" for the
// first; "" for none. EventName, StatementName do so for their layers.
func EntityName(id casus.EntityID) string { return name('e', int(id)) }

// StatementName gives the identifier of a statement, "s1" for the first.
func StatementName(id casus.StatementID) string { return name('s', int(id)) }

// EventName gives the identifier of an event, "v1" for the first.
func EventName(id casus.EventID) string { return name('v', int(id)) }

func name(letter byte, i int) string {
	if i < 0 {
		return ""
	}
	return string(strconv.AppendInt([]byte{letter}, int64(i)+1, 10))
}

func (w toWire) span(s casus.Span) wireSpan { return wireSpan{w.p.of(s.Start), w.p.of(s.End)} }

func (w toWire) spans(ss []casus.Span) []wireSpan {
	out := make([]wireSpan, len(ss))
	for i, s := range ss {
		out[i] = w.span(s)
	}
	return out
}

func (w toWire) document(predicates bool) *wireDocument {
	d := w.doc
	out := &wireDocument{Schema: schema, ID: d.ID, Title: d.Title, Outlet: d.Outlet, URL: d.URL,
		Published: d.Published.String(), PublishedReason: d.PublishedReason, Lang: d.Lang, Text: d.Text,
		Sentences: each(d.Sentences, w.sentence), Entities: make([]wireEntity, len(d.Entities)), Times: each(d.Times, w.time),
		Places: each(d.Places, w.place), Quantities: each(d.Quantities, w.quantity),
		Statements: make([]wireStatement, len(d.Statements)), Events: make([]wireEvent, len(d.Events))}
	for i := range d.Entities {
		out.Entities[i] = w.entity(casus.EntityID(i))
	}
	for i := range d.Statements {
		out.Statements[i] = w.statement(casus.StatementID(i))
	}
	for i := range d.Events {
		out.Events[i] = w.event(casus.EventID(i))
	}
	if predicates {
		out.Predicates = each(d.Predicates, w.predicate)
	}
	return out
}

// each maps a layer; an empty layer is an empty list, not null.
func each[T, W any](layer []T, f func(*T) W) []W {
	out := make([]W, len(layer))
	for i := range layer {
		out[i] = f(&layer[i])
	}
	return out
}

var roles = map[casus.SentenceRole]string{casus.Headline: "headline", casus.Dateline: "dateline", casus.Byline: "byline",
	casus.Subhead: "subhead"}

func (w toWire) sentence(s *casus.Sentence) wireSentence {
	return wireSentence{w.span(s.Span), int(s.Paragraph), roles[s.Role]}
}

func (w toWire) entity(id casus.EntityID) wireEntity {
	e := &w.doc.Entities[id]
	out := wireEntity{ID: EntityName(id), Name: e.Name, Kind: e.Kind.String(), Code: string(e.Code), Country: e.Country,
		Of: EntityName(e.Of), Title: e.Title, Media: e.Media.Is, Ownership: e.Media.Ownership, Anonymous: e.Anon,
		Mentions: make([]wireMention, len(e.Mentions)), Evidence: w.evidence(e.Evidence)}
	if e.Count != (casus.Count{}) {
		out.Count = &wireCount{e.Count.Low, e.Count.High}
	}
	for _, m := range e.Members {
		out.Members = append(out.Members, EntityName(m))
	}
	for i, m := range e.Mentions {
		out.Mentions[i] = wireMention{w.span(m.Span), m.Kind.String(), m.Rule}
	}
	return out
}

func (w toWire) time(t *casus.Time) wireTime {
	return wireTime{wireSpan: w.span(t.Span), Type: t.Type.String(), Value: t.Value, Mod: t.Mod, Text: w.doc.String(t.Span),
		From: t.Interval.Start.String(), To: t.Interval.End.String(), Granularity: t.Granularity.String(),
		Historical: t.Historical, Rule: t.Rule}
}

// degrees gives a coordinate with the five digits that a gazetteer carries,
// nil for a place that is not located.
func degrees(p *casus.Place, v float32) *float64 {
	if !p.Located() {
		return nil
	}
	r := math.Round(float64(v)*1e5) / 1e5
	return &r
}

func (w toWire) place(p *casus.Place) wirePlace {
	return wirePlace{wireSpan: w.span(p.Span), Name: p.Name, GeoNameID: p.GeoNameID, Lat: degrees(p, p.Lat),
		Lon: degrees(p, p.Lon), Country: p.Country, FCode: p.FCode, Relation: p.Relation, AsActor: p.AsActor, Rule: p.Rule}
}

func (w toWire) quantity(q *casus.Quantity) wireQuantity {
	return wireQuantity{w.span(q.Span), q.Value, q.Low, q.High, q.Unit, q.Class, q.Approx, q.AtLeast, q.AtMost, q.Rule}
}

func (w toWire) statement(id casus.StatementID) wireStatement {
	s := &w.doc.Statements[id]
	out := wireStatement{ID: StatementName(id), Source: w.spans(s.Source), Cue: w.spans(s.Cue), Content: w.spans(s.Content),
		Speaker: EntityName(s.Speaker), Via: w.statements(s.Via), Answers: w.statements(s.Answers), Kind: s.Kind.String(), Stance: s.Stance.String(),
		Negated: s.Negated, Evidence: w.evidence(s.Evidence)}
	if t := s.Threat; t != nil {
		out.Threat = &wireThreat{What: w.spans(t.What), Against: w.spans(t.Against), Condition: w.spans(t.Condition), ByWhen: w.spans(t.ByWhen)}
	}
	if l := s.Label; l != nil {
		out.Label = &wireLabel{Of: w.spans(l.Of), As: w.spans(l.As)}
	}
	return out
}

func (w toWire) statements(ids []casus.StatementID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = StatementName(id)
	}
	return out
}

func (w toWire) entities(ids []casus.EntityID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = EntityName(id)
	}
	return out
}

func (w toWire) evidence(ev []casus.Evidence) []wireEvidence {
	out := make([]wireEvidence, len(ev))
	for i, e := range ev {
		out[i] = wireEvidence{e.Field, e.Rule, w.span(e.Span), e.Note}
	}
	return out
}

func (w toWire) predicate(p *casus.Predicate) wirePredicate {
	return wirePredicate{wireSpan: w.span(w.doc.Tokens[p.Head].Span), Status: p.Status.String(), Own: p.Own.String(),
		Phase: p.Phase.String(), Value: p.Value, Historical: p.Historical, Evidence: w.evidence(p.Evidence)}
}

func (w toWire) event(id casus.EventID) wireEvent {
	ev := &w.doc.Events[id]
	out := wireEvent{ID: EventName(id), Plover: wirePlover{ev.Type.String(), ev.Mode, append([]string{}, ev.Contexts...)},
		CAMEO: ev.CAMEO, UserType: ev.UserType, Quad: uint8(ev.Quad()), Goldstein: value(ev.Goldstein()), Score: value(ev.Score()), Source: w.entities(ev.Source), Target: w.entities(ev.Target), Trigger: w.spans(ev.Trigger),
		Magnitude: each(ev.Magnitude, magnitude), Status: ev.Status.String(), Phase: ev.Phase.String(),
		Reciprocal: ev.Reciprocal, Historical: ev.Historical, Attribution: w.statements(ev.Attribution), Sentence: int(ev.Sentence),
		Mentions: w.spans(ev.Mentions), Evidence: w.evidence(ev.Evidence)}
	if t := ev.Time; t.Value != "" || !t.Interval.IsZero() {
		out.Time = &wireEventTime{t.Value, t.Interval.Start.String(), t.Interval.End.String(), t.Granularity.String(), t.Reason, index(int(t.Time))}
	}
	if ev.Place != casus.None {
		p := &w.doc.Places[ev.Place]
		out.Place = &wireEventPlace{p.Name, p.GeoNameID, degrees(p, p.Lat), degrees(p, p.Lon), p.Country, p.Relation, index(int(ev.Place))}
	}
	return out
}

// value gives null for a figure that is not known.
func value(v float32, ok bool) *float32 {
	if !ok {
		return nil
	}
	return &v
}

func magnitude(m *casus.Magnitude) wireMagnitude {
	return wireMagnitude{m.Value, m.Low, m.High, m.Unit, m.Class, index(int(m.Quantity))}
}

func index(i int) *int {
	if i < 0 {
		return nil
	}
	return &i
}
