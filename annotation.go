package casus

import "casus/ontology"

// Evidence is why a coded value is what it is: the rule that decided and the
// text it looked at. Field names the value ("type", "source", "status"...); it
// is empty when the evidence is for the whole.
type Evidence struct {
	Field string
	Rule  string
	Span  Span
	Note  string
}

// EntityKind says what sort of thing an entity is; the zero value means "not
// set".
type EntityKind uint8

// The kinds of entities.
const (
	EntityKindNone EntityKind = iota
	Person
	State
	Org
	Group
	PlaceEntity
	Role
)

var entityKinds = []string{"", "person", "state", "org", "group", "place", "role"}

// String gives the kind as the JSONL writes it.
func (k EntityKind) String() string { return entityKinds[min(int(k), len(entityKinds)-1)] }

// MentionKind says how a mention names its entity; the zero value means "not
// set".
type MentionKind uint8

// The kinds of mentions.
const (
	MentionNone    MentionKind = iota
	MentionName                // Dmitry Peskov
	MentionTitle               // the Kremlin spokesman
	MentionPronoun             // he, his
	MentionAdj                 // Russian (troops)
	MentionMetonym             // Moscow, for its government
	MentionNominal             // the country, the troops
)

var mentionKinds = []string{"", "name", "title", "pronoun", "adjective", "metonym", "nominal"}

// String gives the kind in words.
func (k MentionKind) String() string { return mentionKinds[min(int(k), len(mentionKinds)-1)] }

// Mention is one span that names an entity, tokens [First, End), headed by
// Head. Evidence tells the rule that tied it to the entity.
type Mention struct {
	Span
	First, End TokenID
	Head       TokenID
	Kind       MentionKind
	Rule       string
}

// Media describes an outlet, agency or broadcaster; the zero value means "not
// a medium".
type Media struct {
	Is        bool
	Ownership string // "state", "public", "private", "" when not known
}

// Count is how many an entity is, as the document says: {3, 3} for "three
// officials", {3, 9} for "several", {20, 0} for "at least 20", where High is
// open. The zero value means that no number is told.
type Count struct{ Low, High int }

// Entity is a person, state, body, group, place or role that the document
// names, with every mention of it in text order. Code is the actor code at
// the document's date, empty when not known: ISO 3166 alpha-3 and PLOVER
// sectors ("RUSGOV").
type Entity struct {
	Name    string
	Kind    EntityKind
	Code    ontology.Actor
	Country string   // ISO 3166 alpha-3 of the entity's state, also when the code is open
	Of      EntityID // the entity it belongs to or speaks for (Peskov: Russia); None without
	Title   string   // office or role in the document's words, "Defense Secretary"
	// Members are the entities of a compound or plural one ("both countries").
	Members  []EntityID
	Media    Media
	Anon     bool // a source without a name: "two officials"
	Count    Count
	Mentions []Mention
	Evidence []Evidence
}

// IndexMentions makes EntityOf answer from Entities. Whoever writes Entities
// calls it once; of two mentions with one head the shorter wins.
func (d *Document) IndexMentions() {
	d.entityAt = make([]EntityID, len(d.Tokens))
	size := make([]Pos, len(d.Tokens))
	for i := range d.entityAt {
		d.entityAt[i] = None
	}
	for e := range d.Entities {
		for _, m := range d.Entities[e].Mentions {
			if m.Head == None {
				continue
			}
			if n := Pos(m.Len()); d.entityAt[m.Head] == None || n < size[m.Head] {
				d.entityAt[m.Head], size[m.Head] = EntityID(e), n
			}
		}
	}
}

// EntityOf gives the entity with a mention headed at the token; None without,
// or before IndexMentions.
func (d *Document) EntityOf(t TokenID) EntityID {
	if t < 0 || int(t) >= len(d.entityAt) {
		return None
	}
	return d.entityAt[t]
}

// TimeType is the TIMEX3 type; the zero value means "not set".
type TimeType uint8

// The types of time expressions.
const (
	TimeTypeNone TimeType = iota
	TimeDATE
	TimeTIME
	TimeDURATION
	TimeSET
)

var timeTypes = []string{"", "DATE", "TIME", "DURATION", "SET"}

// String gives the type as TIMEX3 writes it.
func (t TimeType) String() string { return timeTypes[min(int(t), len(timeTypes)-1)] }

// Time is a time expression with its TIMEX3 value and, for dates, the days it
// covers. Head is the token that heads the expression in the tree.
type Time struct {
	Span
	Head        TokenID
	Type        TimeType
	Value, Mod  string
	Interval    Interval // zero when the value is no stretch of the calendar
	Granularity Granularity
	Historical  bool // long before the news: background
	Rule        string
}

// Place is a toponym with its gazetteer entry. GeoNameID, Lat, Lon and
// Country are zero when the place is not known; "unknown" is not a guess.
type Place struct {
	Span
	Head      TokenID
	Name      string // canonical name of the entry, else the text
	GeoNameID int32
	Lat, Lon  float32 // degrees, WGS 84
	Country   string  // ISO 3166 alpha-3
	FCode     string  // GeoNames class and code, "P.PPL"
	Relation  string  // "in", "near", "off the coast of", "between", "" for none
	// AsActor is set where the name stands for a government or people rather
	// than for a location ("Moscow said").
	AsActor bool
	Rule    string
}

// Located reports whether the place has coordinates.
func (p *Place) Located() bool { return p.GeoNameID != 0 || p.Lat != 0 || p.Lon != 0 }

// Quantity is a number with what is counted. Low and High bound it: equal to
// Value for an exact figure; for "at least 20" High is 0 and AtLeast is set.
type Quantity struct {
	Span
	Head             TokenID // the noun counted, else the number
	Value, Low, High float64
	Unit             string // lemma of what is counted, or a unit: "militia", "ship", "USD", "km", "percent"
	Class            string // "killed", "wounded", "detained", "displaced", "troops", "ships", "aircraft", "money", ... or ""
	Approx           bool   // about, some, dozens
	AtLeast, AtMost  bool
	Rule             string
}
