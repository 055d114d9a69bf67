package export

// The wire form of a coded document, schema 1, as docs/format/jsonl.md
// describes it. Offsets are code points, end exclusive. Fields may be added,
// none removed without a new schema number.

const schema = 1

type wireSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type wireDocument struct {
	Schema          int             `json:"schema"`
	ID              string          `json:"id"`
	Title           string          `json:"title"`
	Outlet          string          `json:"outlet"`
	URL             string          `json:"url"`
	Published       string          `json:"published"`
	PublishedReason string          `json:"published_reason,omitempty"`
	Lang            string          `json:"lang"`
	Text            string          `json:"text"`
	Sentences       []wireSentence  `json:"sentences"`
	Entities        []wireEntity    `json:"entities"`
	Times           []wireTime      `json:"times"`
	Places          []wirePlace     `json:"places"`
	Quantities      []wireQuantity  `json:"quantities"`
	Statements      []wireStatement `json:"statements"`
	Events          []wireEvent     `json:"events"`
	Predicates      []wirePredicate `json:"predicates,omitempty"`
}

type wireSentence struct {
	wireSpan
	Paragraph int    `json:"paragraph"`
	Role      string `json:"role,omitempty"`
}

type wireMention struct {
	wireSpan
	Kind string `json:"kind,omitempty"`
	Rule string `json:"rule,omitempty"`
}

type wireCount struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

type wireEntity struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Kind      string         `json:"kind"`
	Code      string         `json:"code"`
	Country   string         `json:"country,omitempty"`
	Of        string         `json:"of,omitempty"`
	Title     string         `json:"title,omitempty"`
	Members   []string       `json:"members,omitempty"`
	Media     bool           `json:"media,omitempty"`
	Ownership string         `json:"ownership,omitempty"`
	Anonymous bool           `json:"anonymous,omitempty"`
	Count     *wireCount     `json:"count,omitempty"`
	Mentions  []wireMention  `json:"mentions"`
	Evidence  []wireEvidence `json:"evidence,omitempty"`
}

type wireTime struct {
	wireSpan
	Type        string `json:"type"`
	Value       string `json:"value"`
	Mod         string `json:"mod,omitempty"`
	Text        string `json:"text"`
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"`
	Granularity string `json:"granularity,omitempty"`
	Historical  bool   `json:"historical,omitempty"`
	Rule        string `json:"rule,omitempty"`
}

type wirePlace struct {
	wireSpan
	Name      string   `json:"name"`
	GeoNameID int32    `json:"geonameid"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Country   string   `json:"country"`
	FCode     string   `json:"fcode"`
	Relation  string   `json:"relation,omitempty"`
	AsActor   bool     `json:"as_actor,omitempty"`
	Rule      string   `json:"rule,omitempty"`
}

type wireQuantity struct {
	wireSpan
	Value   float64 `json:"value"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Unit    string  `json:"unit"`
	Class   string  `json:"class,omitempty"`
	Approx  bool    `json:"approx,omitempty"`
	AtLeast bool    `json:"at_least,omitempty"`
	AtMost  bool    `json:"at_most,omitempty"`
	Rule    string  `json:"rule,omitempty"`
}

type wireStatement struct {
	ID       string         `json:"id"`
	Source   []wireSpan     `json:"source"`
	Cue      []wireSpan     `json:"cue"`
	Content  []wireSpan     `json:"content"`
	Speaker  string         `json:"speaker,omitempty"`
	Via      []string       `json:"via"`
	Answers  []string       `json:"answers,omitempty"`
	Kind     string         `json:"kind"`
	Stance   string         `json:"stance"`
	Negated  bool           `json:"negated,omitempty"`
	Threat   *wireThreat    `json:"threat,omitempty"`
	Label    *wireLabel     `json:"label,omitempty"`
	Evidence []wireEvidence `json:"evidence,omitempty"`
}

type wireThreat struct {
	What      []wireSpan `json:"what"`
	Against   []wireSpan `json:"against"`
	Condition []wireSpan `json:"condition"`
	ByWhen    []wireSpan `json:"by_when"`
}

type wireLabel struct {
	Of []wireSpan `json:"of"`
	As []wireSpan `json:"as"`
}

type wirePredicate struct {
	wireSpan
	Status     string         `json:"status"`
	Own        string         `json:"own,omitempty"`
	Phase      string         `json:"phase,omitempty"`
	Value      float32        `json:"value"`
	Historical bool           `json:"historical,omitempty"`
	Evidence   []wireEvidence `json:"evidence,omitempty"`
}

type wirePlover struct {
	Type    string   `json:"type"`
	Mode    string   `json:"mode"`
	Context []string `json:"context"`
}

type wireEventTime struct {
	Value       string `json:"value"`
	Start       string `json:"start"`
	End         string `json:"end"`
	Granularity string `json:"granularity"`
	Reason      string `json:"reason"`
	Time        *int   `json:"index,omitempty"` // of the document's times
}

type wireEventPlace struct {
	Name      string   `json:"name"`
	GeoNameID int32    `json:"geonameid"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Country   string   `json:"country"`
	Relation  string   `json:"relation,omitempty"`
	Place     *int     `json:"index,omitempty"` // of the document's places
}

type wireMagnitude struct {
	Value    float64 `json:"value"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Unit     string  `json:"unit"`
	Class    string  `json:"class,omitempty"`
	Quantity *int    `json:"index,omitempty"` // of the document's quantities
}

type wireEvidence struct {
	Field string `json:"field,omitempty"`
	Rule  string `json:"rule"`
	wireSpan
	Note string `json:"note,omitempty"`
}

type wireEvent struct {
	ID          string          `json:"id"`
	Plover      wirePlover      `json:"plover"`
	CAMEO       string          `json:"cameo"`
	Quad        uint8           `json:"quad"` // derived, as the two below: not read back
	Goldstein   *float32        `json:"goldstein"`
	Score       *float32        `json:"score"`
	UserType    string          `json:"user_type,omitempty"`
	Source      []string        `json:"source"`
	Target      []string        `json:"target"`
	Reciprocal  bool            `json:"reciprocal,omitempty"`
	Trigger     []wireSpan      `json:"trigger"`
	Time        *wireEventTime  `json:"time,omitempty"`
	Place       *wireEventPlace `json:"place,omitempty"`
	Magnitude   []wireMagnitude `json:"magnitude"`
	Status      string          `json:"status"`
	Phase       string          `json:"phase"`
	Historical  bool            `json:"historical,omitempty"`
	Attribution []string        `json:"attribution"`
	Sentence    int             `json:"sentence"`
	Mentions    []wireSpan      `json:"mentions,omitempty"`
	Evidence    []wireEvidence  `json:"evidence"`
}
