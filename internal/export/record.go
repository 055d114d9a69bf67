package export

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"casus"
	"casus/ontology"
)

// Record is one event as the exchange formats see it: everything of it, apart
// from its document, so that a record outlives the document. Offsets are code
// points of the document's text, end exclusive.
type Record struct {
	// ID names the record for ever: document, "#", event ("report-7#v3"), and
	// ".2" for the second of several rows that one event makes.
	ID string
	// Key is ID as a number, for formats whose identifiers are numbers: 53 bits
	// of its SHA-256, so that a program that reads numbers as floating point
	// keeps it whole.
	Key int64

	Document, Event          string
	Outlet, URL, Title, Lang string
	Published                casus.Date

	Day         casus.Date // first day, else that of publication; zero when neither is known
	DayFrom     string     // "text", "publication" or ""
	Start, End  casus.Date
	TimeValue   string
	Granularity casus.Granularity
	TimeReason  string

	Type       ontology.Plover
	Mode       string
	Contexts   []string
	CAMEO      string
	UserType   string // of a code book of the user's own
	Source     []Party
	Target     []Party
	Reciprocal bool // the sides do it to each other, as of casus.Event
	Place      *Location
	Magnitude  []Figures
	Status     casus.Status
	Phase      casus.Phase
	Historical bool

	Voices       []Attribution // empty: the outlet itself says so
	Trigger      string
	TriggerSpans []Range
	Sentence     int // from 0
	SentenceSpan Range
	SentenceText string
	Lead         bool // told in the headline or the first paragraph
	Mentions     []Range
	Evidence     []Reason

	// Of the whole document, in text order.
	People, Organizations, Locations []string

	// Origins are the rows that --one-a-day joined into this one, itself
	// included, ordered by ID; empty otherwise.
	Origins []Origin

	twin bool      // the coder wrote the other way, too
	side *sideNote // set for the sidecar only
}

// Range is a stretch of a document's text in code points, End exclusive.
type Range struct{ Start, End int }

// Party is one source or target. Text is how the event's sentence calls it.
type Party struct {
	Name, Text, Title string
	Kind              casus.EntityKind
	Code              ontology.Actor
	Country           string // ISO 3166 alpha-3, also when Code is open
}

// Location is where an event happened. Text is the document's wording.
type Location struct {
	Name, Text, Country, FCode, Relation string
	GeoNameID                            int32
	Lat, Lon                             float64 // degrees, five digits
	Located                              bool
}

// Figures is a figure of an event with its bounds.
type Figures struct {
	Value, Low, High        float64
	Unit, Class             string
	Approx, AtLeast, AtMost bool
}

// Attribution is one statement that holds the event, with the chain of voices
// that carries it, innermost first.
type Attribution struct {
	Chain                 []string
	Speaker               string // the entity behind the innermost voice; "" when not known
	Code                  ontology.Actor
	Stance                casus.Stance
	Kind                  casus.StatementKind
	Negated               bool
	Cue                   string
	Source, Cues, Content []Range
}

// Reason is why a coded value is what it is.
type Reason struct {
	Field, Rule, Note string
	Range
}

// Origin is a row that went into a joined one.
type Origin struct {
	ID, Document, Outlet, URL string
	Sentence, Mentions        int
	Status                    casus.Status
}

// keyOf gives the 53-bit number of an identifier.
func keyOf(id string) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 11)
}

// Records gives the records of a document, one an event, under the name that
// the document goes by.
func Records(doc *casus.Document, name string) []*Record {
	p := newPoints(doc.Text, nil)
	rb := &recorder{doc: doc, name: name, p: &p}
	rb.people = rb.names(casus.Person)
	rb.orgs = rb.names(casus.Org)
	rb.places = rb.placeNames()
	out := make([]*Record, len(doc.Events))
	for i := range doc.Events {
		out[i] = rb.record(casus.EventID(i))
	}
	for i := range out {
		out[i].twin = out[i].Reciprocal && slices.ContainsFunc(doc.Events, func(ev casus.Event) bool { return mirror(&doc.Events[i], &ev) })
	}
	return out
}

// mirror reports the same deed told the other way: "Chad and Niger exchanged
// fire" is an event of each.
func mirror(a, b *casus.Event) bool {
	return len(a.Target) > 0 && slices.Equal(a.Trigger, b.Trigger) && slices.Equal(a.Source, b.Target) && slices.Equal(a.Target, b.Source)
}

// recorder makes the records of one document.
type recorder struct {
	doc                  *casus.Document
	name                 string
	p                    *points
	people, orgs, places []string
}

func (rb *recorder) record(id casus.EventID) *Record {
	d, ev := rb.doc, &rb.doc.Events[id]
	r := &Record{Document: rb.name, Event: EventName(id), ID: rb.name + "#" + EventName(id), Outlet: d.Outlet, URL: d.URL, Title: d.Title,
		Lang: d.Lang, Published: d.Published, Type: ev.Type, Mode: ev.Mode, Contexts: slices.Clone(ev.Contexts), CAMEO: ev.CAMEO, UserType: ev.UserType,
		Source: rb.parties(ev.Source, ev.Sentence), Target: rb.parties(ev.Target, ev.Sentence), Status: ev.Status, Phase: ev.Phase,
		Historical: ev.Historical, Trigger: Quote(d, ev.Trigger), TriggerSpans: rb.ranges(ev.Trigger), Mentions: rb.ranges(ev.Mentions),
		People: rb.people, Organizations: rb.orgs, Locations: rb.places}
	r.Key = keyOf(r.ID)
	if r.CAMEO == "" && r.Type != ontology.PloverNone {
		r.CAMEO = ontology.ToCAMEO(r.Type, r.Mode, r.Contexts)
	}
	rb.time(r, ev)
	rb.place(r, ev)
	rb.sentence(r, ev.Sentence)
	for _, m := range ev.Magnitude {
		r.Magnitude = append(r.Magnitude, rb.figures(m))
	}
	for _, s := range ev.Attribution {
		r.Voices = append(r.Voices, rb.attribution(s))
	}
	for _, e := range ev.Evidence {
		r.Evidence = append(r.Evidence, Reason{e.Field, e.Rule, e.Note, rb.rangeOf(e.Span)})
	}
	r.Reciprocal = r.reciprocal(ev.Reciprocal)
	return r
}

func (rb *recorder) rangeOf(s casus.Span) Range { return Range{rb.p.of(s.Start), rb.p.of(s.End)} }

func (rb *recorder) ranges(ss []casus.Span) []Range {
	out := make([]Range, len(ss))
	for i, s := range ss {
		out[i] = rb.rangeOf(s)
	}
	return out
}

func (rb *recorder) parties(ids []casus.EntityID, sent casus.SentenceID) []Party {
	out := make([]Party, len(ids))
	for i, id := range ids {
		e := &rb.doc.Entities[id]
		out[i] = Party{Name: e.Name, Text: rb.wording(e, sent), Title: e.Title, Kind: e.Kind, Code: e.Code, Country: e.Code.Country()}
		if out[i].Country == "" {
			out[i].Country = e.Country
		}
	}
	return out
}

// wording gives the first mention of the entity inside the sentence, else its
// name.
func (rb *recorder) wording(e *casus.Entity, sent casus.SentenceID) string {
	in := rb.doc.Sentences[sent].Span
	for _, m := range e.Mentions {
		if in.Contains(m.Span) {
			return oneLine(rb.doc.String(m.Span))
		}
	}
	return e.Name
}

func (rb *recorder) time(r *Record, ev *casus.Event) {
	t := ev.Time
	r.Start, r.End, r.TimeValue, r.Granularity, r.TimeReason = t.Interval.Start, t.Interval.End, t.Value, t.Granularity, t.Reason
	switch {
	case !t.Interval.Start.IsZero():
		r.Day, r.DayFrom = casus.DateOf(t.Interval.Start.Time()), "text"
		if t.Time == casus.None {
			r.DayFrom = "publication"
		}
	case rb.doc.Published.Day != 0:
		r.Day, r.DayFrom = rb.doc.Published, "publication"
	}
}

func (rb *recorder) place(r *Record, ev *casus.Event) {
	if ev.Place == casus.None {
		return
	}
	p := &rb.doc.Places[ev.Place]
	r.Place = &Location{Name: p.Name, Text: oneLine(rb.doc.String(p.Span)), Country: p.Country, FCode: p.FCode, Relation: p.Relation,
		GeoNameID: p.GeoNameID, Located: p.Located()}
	if lat, lon := degrees(p, p.Lat), degrees(p, p.Lon); lat != nil {
		r.Place.Lat, r.Place.Lon = *lat, *lon
	}
}

func (rb *recorder) sentence(r *Record, id casus.SentenceID) {
	s := &rb.doc.Sentences[id]
	r.Sentence, r.SentenceSpan, r.SentenceText = int(id), rb.rangeOf(s.Span), oneLine(rb.doc.String(s.Span))
	r.Lead = s.Role == casus.Headline || s.Paragraph <= rb.firstParagraph()
}

// firstParagraph gives the number of the first paragraph of running text.
func (rb *recorder) firstParagraph() int32 {
	for i := range rb.doc.Sentences {
		if rb.doc.Sentences[i].Role == casus.Body {
			return rb.doc.Sentences[i].Paragraph
		}
	}
	return 0
}

func (rb *recorder) figures(m casus.Magnitude) Figures {
	f := Figures{Value: m.Value, Unit: m.Unit, Low: m.Value, High: m.Value}
	if m.Quantity != casus.None {
		q := &rb.doc.Quantities[m.Quantity]
		f.Low, f.High, f.Class, f.Approx, f.AtLeast, f.AtMost = q.Low, q.High, q.Class, q.Approx, q.AtLeast, q.AtMost
	}
	return f
}

func (rb *recorder) attribution(id casus.StatementID) Attribution {
	d, s := rb.doc, &rb.doc.Statements[id]
	a := Attribution{Stance: s.Stance, Kind: s.Kind, Negated: s.Negated, Cue: Quote(d, s.Cue), Source: rb.ranges(s.Source),
		Cues: rb.ranges(s.Cue), Content: rb.ranges(s.Content)}
	chain := d.Chain(id)
	for i := len(chain) - 1; i >= 0; i-- {
		a.Chain = append(a.Chain, Voice(d, chain[i]))
	}
	if s.Speaker != casus.None {
		a.Speaker, a.Code = d.Entities[s.Speaker].Name, d.Entities[s.Speaker].Code
	}
	return a
}

func (rb *recorder) names(kind casus.EntityKind) []string {
	var out []string
	for i := range rb.doc.Entities {
		if e := &rb.doc.Entities[i]; e.Kind == kind && !e.Anon && !slices.Contains(out, e.Name) {
			out = append(out, e.Name)
		}
	}
	return out
}

func (rb *recorder) placeNames() []string {
	var out []string
	for i := range rb.doc.Places {
		if p := &rb.doc.Places[i]; !slices.Contains(out, p.Name) {
			out = append(out, p.Name)
		}
	}
	return out
}

// quad gives the quad class as Event.Quad does.
func (r *Record) quad() ontology.Quad {
	return (&casus.Event{Type: r.Type, CAMEO: r.CAMEO}).Quad()
}

// oneLine gives text with every run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// day gives a day as a number, 20240507; 0 when it is not known.
func dayNumber(d casus.Date) int { return int(d.Year)*10000 + int(d.Month)*100 + int(d.Day) }
