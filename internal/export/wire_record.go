package export

import (
	"encoding/json"
	"fmt"

	"casus"
	"casus/ontology"
)

// The wire form of a record: JSON lines of events, the properties of GeoJSON
// and the sidecar. docs/format/export.md describes it. Fields may be added,
// none removed without a new schema number.

const eventSchema = 1

type wireRecord struct {
	Schema        int               `json:"schema"`
	ID            string            `json:"id"`
	Document      string            `json:"document"`
	Event         string            `json:"event"`
	Outlet        string            `json:"outlet"`
	URL           string            `json:"url"`
	Title         string            `json:"title"`
	Lang          string            `json:"lang"`
	Published     string            `json:"published"`
	Day           string            `json:"day"`
	DayFrom       string            `json:"day_from"`
	Time          wireRecordTime    `json:"time"`
	Plover        wirePlover        `json:"plover"`
	CAMEO         string            `json:"cameo"`
	UserType      string            `json:"user_type,omitempty"`
	Quad          int               `json:"quad"`
	Goldstein     *float64          `json:"goldstein"`
	Score         *float64          `json:"score"`
	Source        []wireParty       `json:"source"`
	Target        []wireParty       `json:"target"`
	Reciprocal    bool              `json:"reciprocal"`
	Place         *wireLocation     `json:"place"`
	Magnitude     []wireFigures     `json:"magnitude"`
	Status        string            `json:"status"`
	Phase         string            `json:"phase"`
	Historical    bool              `json:"historical"`
	Voices        []wireAttribution `json:"voices"`
	Trigger       string            `json:"trigger"`
	TriggerSpans  []wireSpan        `json:"trigger_spans"`
	Sentence      int               `json:"sentence"`
	SentenceSpan  wireSpan          `json:"sentence_span"`
	SentenceText  string            `json:"sentence_text"`
	Lead          bool              `json:"lead"`
	Mentions      []wireSpan        `json:"mentions"`
	Evidence      []wireEvidence    `json:"evidence"`
	People        []string          `json:"people"`
	Organizations []string          `json:"organizations"`
	Locations     []string          `json:"locations"`
	Joined        []wireOrigin      `json:"joined,omitempty"`
}

type wireRecordTime struct {
	Value       string `json:"value"`
	Start       string `json:"start"`
	End         string `json:"end"`
	Granularity string `json:"granularity"`
	Reason      string `json:"reason"`
}

type wireParty struct {
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Title   string   `json:"title,omitempty"`
	Kind    string   `json:"kind"`
	Code    string   `json:"code"`
	Country string   `json:"country"`
	Sectors []string `json:"sectors"`
}

type wireLocation struct {
	Name      string   `json:"name"`
	Text      string   `json:"text"`
	GeoNameID int32    `json:"geonameid"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Country   string   `json:"country"`
	FCode     string   `json:"fcode"`
	Relation  string   `json:"relation"`
}

type wireFigures struct {
	Value   float64 `json:"value"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Unit    string  `json:"unit"`
	Class   string  `json:"class"`
	Approx  bool    `json:"approx,omitempty"`
	AtLeast bool    `json:"at_least,omitempty"`
	AtMost  bool    `json:"at_most,omitempty"`
}

type wireAttribution struct {
	Chain   []string   `json:"chain"`
	Speaker string     `json:"speaker"`
	Code    string     `json:"code"`
	Stance  string     `json:"stance"`
	Kind    string     `json:"kind"`
	Negated bool       `json:"negated,omitempty"`
	Cue     string     `json:"cue"`
	Source  []wireSpan `json:"source_spans"`
	Cues    []wireSpan `json:"cue_spans"`
	Content []wireSpan `json:"content_spans"`
}

type wireOrigin struct {
	ID       string `json:"id"`
	Document string `json:"document"`
	Outlet   string `json:"outlet"`
	URL      string `json:"url"`
	Sentence int    `json:"sentence"`
	Mentions int    `json:"mentions"`
	Status   string `json:"status"`
}

func (r *Record) wire() *wireRecord {
	w := &wireRecord{Schema: eventSchema, ID: r.ID, Document: r.Document, Event: r.Event, Outlet: r.Outlet, URL: r.URL, Title: r.Title, Lang: r.Lang,
		Published: r.Published.String(), Day: r.Day.String(), DayFrom: r.DayFrom,
		Time:   wireRecordTime{r.TimeValue, r.Start.String(), r.End.String(), r.Granularity.String(), r.TimeReason},
		Plover: wirePlover{r.Type.String(), r.Mode, append([]string{}, r.Contexts...)}, CAMEO: r.CAMEO, UserType: r.UserType, Quad: int(r.quad()),
		Source: each(r.Source, (*Party).wire), Target: each(r.Target, (*Party).wire), Reciprocal: r.Reciprocal,
		Magnitude: each(r.Magnitude, func(f *Figures) wireFigures { return wireFigures(*f) }), Status: r.Status.String(),
		Phase: r.Phase.String(), Historical: r.Historical, Voices: each(r.Voices, (*Attribution).wire), Trigger: r.Trigger,
		TriggerSpans: wireRanges(r.TriggerSpans), Sentence: r.Sentence, SentenceSpan: wireSpan(r.SentenceSpan), SentenceText: r.SentenceText,
		Lead: r.Lead, Mentions: wireRanges(r.Mentions), Evidence: each(r.Evidence, (*Reason).wire),
		People: append([]string{}, r.People...), Organizations: append([]string{}, r.Organizations...),
		Locations: append([]string{}, r.Locations...)}
	w.scores(r)
	if p := r.Place; p != nil {
		w.Place = &wireLocation{Name: p.Name, Text: p.Text, GeoNameID: p.GeoNameID, Country: p.Country, FCode: p.FCode, Relation: p.Relation}
		if p.Located {
			w.Place.Lat, w.Place.Lon = &p.Lat, &p.Lon
		}
	}
	for _, o := range r.Origins {
		w.Joined = append(w.Joined, wireOrigin{o.ID, o.Document, o.Outlet, o.URL, o.Sentence, o.Mentions, o.Status.String()})
	}
	return w
}

// scores fills what the code books say of type and code.
func (w *wireRecord) scores(r *Record) {
	if r.Type != ontology.PloverNone {
		s := r.score()
		w.Score = &s
	}
	if c, ok := ontology.CAMEO(r.CAMEO); ok {
		g := short32(c.Goldstein)
		w.Goldstein = &g
	}
}

func (p *Party) wire() wireParty {
	return wireParty{p.Name, p.Text, p.Title, p.Kind.String(), string(p.Code), p.Country, append([]string{}, p.Code.Sectors()...)}
}

func (a *Attribution) wire() wireAttribution {
	return wireAttribution{append([]string{}, a.Chain...), a.Speaker, string(a.Code), a.Stance.String(), a.Kind.String(), a.Negated, a.Cue,
		wireRanges(a.Source), wireRanges(a.Cues), wireRanges(a.Content)}
}

func (e *Reason) wire() wireEvidence {
	return wireEvidence{e.Field, e.Rule, wireSpan(e.Range), e.Note}
}

func wireRanges(rs []Range) []wireSpan {
	return each(rs, func(r *Range) wireSpan { return wireSpan(*r) })
}

// DecodeEvent reads a line of the events as JSON.
func DecodeEvent(line []byte) (*Record, error) {
	var w wireRecord
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	if w.Schema != eventSchema {
		return nil, fmt.Errorf("event %q: schema %d, this version reads schema %d", w.ID, w.Schema, eventSchema)
	}
	return w.record()
}

// record makes a record of the wire form. It shares the checks of coded
// documents.
func (w *wireRecord) record() (*Record, error) {
	f := &fromWire{}
	r := &Record{ID: w.ID, Key: keyOf(w.ID), Document: w.Document, Event: w.Event, Outlet: w.Outlet, URL: w.URL, Title: w.Title, Lang: w.Lang,
		Published: f.date(w.Published), Day: f.date(w.Day), DayFrom: w.DayFrom, Start: f.date(w.Time.Start), End: f.date(w.Time.End),
		TimeValue: w.Time.Value, Granularity: closed(f, w.Time.Granularity, casus.Century+1, casus.Granularity.String), TimeReason: w.Time.Reason,
		Type: closed(f, w.Plover.Type, ontology.NumPlover, ontology.Plover.String), Mode: w.Plover.Mode, Contexts: every(w.Plover.Context, same),
		CAMEO: w.CAMEO, UserType: w.UserType, Reciprocal: w.Reciprocal, Magnitude: every(w.Magnitude, func(g *wireFigures) Figures { return Figures(*g) }),
		Status: closed(f, w.Status, casus.NumStatus, casus.Status.String), Phase: closed(f, w.Phase, casus.Future+1, casus.Phase.String),
		Historical: w.Historical, Trigger: w.Trigger, TriggerSpans: ranges(w.TriggerSpans), Sentence: w.Sentence,
		SentenceSpan: Range(w.SentenceSpan), SentenceText: w.SentenceText, Lead: w.Lead, Mentions: ranges(w.Mentions),
		People: every(w.People, same), Organizations: every(w.Organizations, same), Locations: every(w.Locations, same)}
	r.Source, r.Target = every(w.Source, f.party), every(w.Target, f.party)
	r.Voices = every(w.Voices, f.voice)
	r.Evidence = every(w.Evidence, func(e *wireEvidence) Reason { return Reason{e.Field, e.Rule, e.Note, Range(e.wireSpan)} })
	if p := w.Place; p != nil {
		r.Place = &Location{Name: p.Name, Text: p.Text, Country: p.Country, FCode: p.FCode, Relation: p.Relation, GeoNameID: p.GeoNameID}
		if p.Lat != nil && p.Lon != nil {
			r.Place.Lat, r.Place.Lon, r.Place.Located = *p.Lat, *p.Lon, true
		}
	}
	for _, o := range w.Joined {
		r.Origins = append(r.Origins, Origin{o.ID, o.Document, o.Outlet, o.URL, o.Sentence, o.Mentions,
			closed(f, o.Status, casus.NumStatus, casus.Status.String)})
	}
	if f.err != nil {
		return nil, fmt.Errorf("event %q: %w", w.ID, f.err)
	}
	return r, nil
}

func same(s *string) string { return *s }

func ranges(ws []wireSpan) []Range { return every(ws, func(w *wireSpan) Range { return Range(*w) }) }

func (f *fromWire) party(w *wireParty) Party {
	return Party{Name: w.Name, Text: w.Text, Title: w.Title, Kind: closed(f, w.Kind, casus.Role+1, casus.EntityKind.String),
		Code: ontology.Actor(w.Code), Country: w.Country}
}

func (f *fromWire) voice(w *wireAttribution) Attribution {
	return Attribution{Chain: every(w.Chain, same), Speaker: w.Speaker, Code: ontology.Actor(w.Code),
		Stance: closed(f, w.Stance, casus.NumStance, casus.Stance.String), Kind: closed(f, w.Kind, casus.Mixed+1, casus.StatementKind.String),
		Negated: w.Negated, Cue: w.Cue, Source: ranges(w.Source), Cues: ranges(w.Cues), Content: ranges(w.Content)}
}
