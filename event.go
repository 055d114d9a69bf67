package casus

import "casus/ontology"

// Status says whether an event is reported as having happened, and how
// firmly; it is not a verdict on truth. The zero value means "not set".
type Status uint8

// The statuses.
const (
	StatusNone   Status = iota
	Asserted            // reported as a fact by the outlet or a speaker the outlet does not distance itself from
	Claimed             // somebody's claim
	Denied              // somebody denies it
	Planned             // announced, ordered, promised: not yet done
	Threatened          // announced against somebody
	Hypothetical        // may, could, if
	Negated             // said not to have happened
	NumStatus
)

var statuses = [NumStatus]string{"", "asserted", "claimed", "denied", "planned", "threatened", "hypothetical", "negated"}

// String gives the status as the JSONL writes it.
func (s Status) String() string { return statuses[min(int(s), len(statuses)-1)] }

// ParseStatus reads what String writes; ok is false for an unknown word.
func ParseStatus(s string) (st Status, ok bool) {
	for i, n := range statuses {
		if n == s {
			return Status(i), true
		}
	}
	return StatusNone, false
}

// Phase places an event in time relative to publication; the zero value means
// "not set".
type Phase uint8

// The phases.
const (
	PhaseNone Phase = iota
	Past
	Ongoing
	Future
)

var phases = []string{"", "past", "ongoing", "future"}

// String gives the phase as the JSONL writes it.
func (p Phase) String() string { return phases[min(int(p), len(phases)-1)] }

// Predicate is the factuality of one verb, event noun or predicate adjective:
// Own by its own modality, tense, polarity and governors inside the innermost
// statement; Status after composing the stances of the statements that hold
// it. Value is the UDS scale, -3 (did not happen) to 3 (happened).
type Predicate struct {
	Head       TokenID
	Own        Status
	Status     Status
	Phase      Phase
	Value      float32
	Historical bool
	Evidence   []Evidence // Field "status" or "phase"; the rule that decided
}

// IndexPredicates makes PredicateOf answer from Predicates. Whoever writes
// Predicates calls it once.
func (d *Document) IndexPredicates() {
	d.predicateAt = make([]int32, len(d.Tokens))
	for i := range d.predicateAt {
		d.predicateAt[i] = None
	}
	for i := range d.Predicates {
		d.predicateAt[d.Predicates[i].Head] = int32(i)
	}
}

// PredicateOf gives the factuality of the token, nil without.
func (d *Document) PredicateOf(t TokenID) *Predicate {
	if t < 0 || int(t) >= len(d.predicateAt) || d.predicateAt[t] == None {
		return nil
	}
	return &d.Predicates[d.predicateAt[t]]
}

// EventTime is when an event is said to have happened. Value is TIMEX3; Times
// names the expression it comes from, None when it is the day of publication.
type EventTime struct {
	Value       string
	Interval    Interval
	Granularity Granularity
	Time        TimeID
	Reason      string
}

// Magnitude is a figure that belongs to an event: Value the best reading, Low
// and High its bounds as Quantity has them (High 0 for "at least 20"), Class
// what the counted underwent or are. Whose figure it is tells the event's
// Attribution.
type Magnitude struct {
	Quantity  QuantityID
	Value     float64
	Low, High float64
	Unit      string
	Class     string
}

// Event is one document's coding of who did what to whom. An empty
// Attribution means that the outlet itself says so. Every value is explained
// by an Evidence with its field.
type Event struct {
	Type           ontology.Plover
	Mode           string
	Contexts       []string
	CAMEO          string // two to four digits, leading zero kept; "" when not known
	UserType       string // type of the user's own code book; "" without one
	Source, Target []EntityID
	Reciprocal     bool // the sides do it to each other; those without a target are all sources
	Trigger        []Span
	Head           TokenID // main word of the trigger
	Time           EventTime
	Place          PlaceID // None without
	Magnitude      []Magnitude
	Status         Status
	Phase          Phase
	Historical     bool
	Attribution    []StatementID // the innermost statement that contains the event; empty for the outlet
	Sentence       SentenceID
	Mentions       []Span // other tellings of the same event in this document
	Evidence       []Evidence
}

// Quad gives the quad class by PLOVER's type, of an event without a type (a
// statement under the old rules, CAMEO 01) by CAMEO.
func (e *Event) Quad() ontology.Quad {
	if e.Type != ontology.PloverNone {
		return e.Type.Quad()
	}
	c, _ := ontology.CAMEO(e.CAMEO)
	if c.Code == "" {
		return ontology.QuadNone
	}
	return c.Quad()
}

// Score gives PLOVER's intensity of mode and type, from 10 (aid) to -10
// (unconventional weapons); ok is false without a type.
func (e *Event) Score() (score float32, ok bool) {
	if e.Type == ontology.PloverNone {
		return 0, false
	}
	if m, ok := e.Type.Mode(e.Mode); ok {
		return m.Score, true
	}
	return e.Type.Score(), true
}

// Goldstein gives the value of the CAMEO code on the scale of Goldstein (1992)
// as GDELT's list has it, from 10 to -10; ok is false without a known code.
func (e *Event) Goldstein() (value float32, ok bool) {
	c, ok := ontology.CAMEO(e.CAMEO)
	return c.Goldstein, ok
}
