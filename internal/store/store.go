// Package store is the contract of what keeps coded documents: put, query,
// rebuild. Package sqlite makes one; package storetest is the test that every
// maker must pass. It codes nothing.
package store

import (
	"context"
	"errors"
	"iter"

	"casus"
	"casus/ontology"
)

// What callers may test for.
var (
	ErrNotFound = errors.New("store: not found")
	ErrNotStore = errors.New("store: not a casus database")
	ErrNewer    = errors.New("store: made by a newer casus")
	ErrQuery    = errors.New("store: bad query")
)

// Outcome is what became of a document that was put.
type Outcome uint8

// The outcomes. The zero value is never returned with a nil error.
const (
	_         Outcome = iota
	Stored            // new
	Duplicate         // known, same text, same engine: nothing was changed
	Recoded           // known text, other engine: its layers were replaced
	Revised           // known identity, other text: kept beside the earlier one
)

var outcomes = []string{"", "stored", "duplicate", "recoded", "revised"}

// String gives the outcome in words.
func (o Outcome) String() string { return outcomes[min(int(o), len(outcomes)-1)] }

// Store keeps coded documents. All methods are safe for concurrent use; one
// Put runs at a time. Every error names the file or address of the store.
type Store interface {
	// Put keeps documents in one transaction: all of them with all their rows,
	// or none. Outcomes are in the order of docs. When it returns without
	// error the documents survive a crash of the machine.
	Put(ctx context.Context, engine string, docs ...*casus.Document) ([]Outcome, error)
	// PutFailure keeps a document that could not be coded.
	PutFailure(ctx context.Context, f *casus.Failure) error
	// Events yields the events that fit, ordered by first day, then document
	// name, then number. An error ends the sequence.
	Events(ctx context.Context, f EventFilter) iter.Seq2[EventRow, error]
	// Document rebuilds a document by its name (DocumentRow.Name), with every
	// layer but tokens, names and predicates. ErrNotFound when there is none.
	Document(ctx context.Context, name string) (*casus.Document, error)
	// Documents yields the documents that fit, ordered by publication, then
	// name.
	Documents(ctx context.Context, f DocumentFilter) iter.Seq2[DocumentRow, error]
	// Failures yields the failures in the order they were put.
	Failures(ctx context.Context) iter.Seq2[FailureRow, error]
	// Stats counts what is kept.
	Stats(ctx context.Context) (Stats, error)
	// Close releases the store. Nothing is lost by not calling it.
	Close() error
}

// EventFilter says which events are wanted; a zero field means any.
//
// Actors are given by code or name: "RUS" fits RUS, RUSGOV, RUSMIL; a text
// that is no code fits names that contain it, whatever the case.
type EventFilter struct {
	Actor, Source, Target string
	Types                 []ontology.Plover
	Status                []casus.Status
	From, To              casus.Date // first day of the event, both included
	Place                 string     // part of the name, or an ISO 3166 alpha-3 country
	Speaker               string     // part of any voice of the chain
	Text                  string     // words that the event's sentence or title holds
	Document              string     // name of the document
	Limit                 int
}

// EventRow is an event as a table shows it.
type EventRow struct {
	ID                        string // document name, "#", event: "report-7#v3"
	Document, Outlet          string
	URL, Title                string
	Published                 casus.Date
	Type, Mode, CAMEO         string
	Contexts                  []string
	Source, Target            []ActorRow
	Reciprocal                bool // as of casus.Event
	Status, Phase             string
	Start, End                casus.Date // the day of publication when the text names none
	TimeValue                 string
	Place, Country            string
	Lat, Lon                  float64
	Located                   bool
	Magnitude                 []casus.Magnitude
	Speaker, Voices           string // innermost voice; the whole chain, innermost first
	Stance, Sentence, Trigger string
}

// ActorRow is one actor of an event.
type ActorRow struct{ Name, Code string }

// DocumentFilter says which documents are wanted; a zero field means any.
type DocumentFilter struct {
	Outlet   string
	From, To casus.Date // of publication
	Text     string     // words that title or text hold
	Limit    int
}

// DocumentRow is a document as a list shows it.
type DocumentRow struct {
	Name                     string // identity, with "@2" for its second text
	ID, Outlet, URL, Title   string
	Lang, Engine             string
	Published                casus.Date
	Events, Statements, Size int
}

// FailureRow is a kept failure.
type FailureRow struct{ Where, ID, Stage, Cause, Hint string }

// Stats counts what a store keeps.
type Stats struct{ Documents, Events, Statements, Failures int }
