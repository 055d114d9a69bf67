// Package storetest is the test that every maker of store.Store must pass.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus"
	"casus/internal/store"
	"casus/ontology"

	"github.com/google/go-cmp/cmp"
)

// Test runs the contract. Open gives a new empty store; the test closes it.
func Test(t *testing.T, open func(t *testing.T) store.Store) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, s store.Store)
	}{
		{"put twice changes nothing", putTwice},
		{"another engine replaces the layers", recode},
		{"another text is kept beside", revise},
		{"a document comes back equal", rebuild},
		{"event filters", filters},
		{"order of events", order},
		{"figures keep their bounds", figures},
		{"words are quoted", words},
		{"failures", failures},
		{"many writers and readers", concurrent},
		{"a cancelled put leaves nothing", cancelled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			tt.run(t, s)
		})
	}
}

// Doc makes a coded document with one statement and one event: source does a
// thing of the type to target on the day, as the speaker says.
func Doc(id, day, source, target string, typ ontology.Plover) *casus.Document {
	text := fmt.Sprintf("%s acted against %s, Ana Ruiz said.", source, target)
	sp := func(s string) casus.Span {
		i := strings.Index(text, s)
		return casus.Span{Start: casus.Pos(i), End: casus.Pos(i + len(s))}
	}
	d, err := casus.ParseDate(day)
	if err != nil {
		panic(err)
	}
	entity := func(name, code string, kind casus.EntityKind) casus.Entity {
		return casus.Entity{Name: name, Kind: kind, Code: ontology.Actor(code), Of: casus.None,
			Mentions: []casus.Mention{{Span: sp(name), First: casus.None, End: casus.None, Head: casus.None, Kind: casus.MentionName}}}
	}
	whole := casus.Span{Start: 0, End: casus.Pos(len(text))}
	return &casus.Document{ID: id, Outlet: "Daily", Title: "On " + source, Lang: "en", Published: d, PublishedReason: "given", Text: text,
		Sentences: []casus.Sentence{{Span: whole, Root: casus.None}},
		Entities: []casus.Entity{entity(source, code(source), casus.State), entity(target, code(target), casus.State),
			entity("Ana Ruiz", "", casus.Person)},
		Statements: []casus.Statement{{Source: []casus.Span{sp("Ana Ruiz")}, Cue: []casus.Span{sp("said")},
			Content: []casus.Span{sp(source + " acted against " + target)}, CueHead: casus.None, Speaker: 2, Kind: casus.Indirect,
			Stance: casus.Claim}},
		Events: []casus.Event{{Type: typ, Source: []casus.EntityID{0}, Target: []casus.EntityID{1}, Trigger: []casus.Span{sp("acted")},
			Head: casus.None, Place: casus.None, Status: casus.Claimed, Attribution: []casus.StatementID{0},
			Time:      casus.EventTime{Value: day, Interval: casus.Interval{Start: d, End: d}, Granularity: casus.Day, Time: casus.None},
			Magnitude: []casus.Magnitude{{Quantity: casus.None, Value: 3, Unit: "ship"}}}}}
}

func code(name string) string { return strings.ToUpper(name)[:3] }

func put(t *testing.T, s store.Store, engine string, docs ...*casus.Document) []store.Outcome {
	t.Helper()
	out, err := s.Put(context.Background(), engine, docs...)
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	return out
}

// all reads a sequence to its end.
func all[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for r, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func ids(t *testing.T, s store.Store, f store.EventFilter) string {
	t.Helper()
	var out []string
	for _, r := range all(t, s.Events(context.Background(), f)) {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

// figures: an event row has what the document had: bounds and class of its
// figures, and whether the deed is mutual.
func figures(t *testing.T, s store.Store) {
	doc := Doc("a", "2024-05-01", "Chad", "Niger", ontology.ASSAULT)
	want := []casus.Magnitude{{Quantity: casus.None, Value: 12, Low: 10, High: 15, Unit: "soldier", Class: "killed"},
		{Quantity: casus.None, Value: 20, Low: 20, Class: "wounded"}}
	doc.Events[0].Magnitude, doc.Events[0].Reciprocal = want, true
	put(t, s, "e1", doc)
	rows := all(t, s.Events(context.Background(), store.EventFilter{}))
	if len(rows) != 1 || !slices.Equal(rows[0].Magnitude, want) || !rows[0].Reciprocal {
		t.Errorf("got %+v, want figures %+v, reciprocal", rows, want)
	}
}

func stats(t *testing.T, s store.Store) store.Stats {
	t.Helper()
	st, err := s.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func putTwice(t *testing.T, s store.Store) {
	doc := Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE)
	first, second := put(t, s, "e1", doc), put(t, s, "e1", doc, doc)
	if first[0] != store.Stored || second[0] != store.Duplicate || second[1] != store.Duplicate {
		t.Errorf("outcomes %v, %v", first, second)
	}
	if got, want := stats(t, s), (store.Stats{Documents: 1, Events: 1, Statements: 1}); got != want {
		t.Errorf("stats %+v, want %+v", got, want)
	}
}

func recode(t *testing.T, s store.Store) {
	doc := Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE)
	put(t, s, "e1", doc)
	again := Doc("a", "2024-05-01", "Chad", "Niger", ontology.ASSAULT)
	if out := put(t, s, "e2", again); out[0] != store.Recoded {
		t.Errorf("outcome %v", out)
	}
	rows := all(t, s.Events(context.Background(), store.EventFilter{}))
	if len(rows) != 1 || rows[0].Type != "ASSAULT" {
		t.Errorf("events after recoding: %+v", rows)
	}
	if got := ids(t, s, store.EventFilter{Text: "acted"}); got != "a#v1" {
		t.Errorf("words after recoding: %q", got)
	}
}

func revise(t *testing.T, s store.Store) {
	put(t, s, "e", Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE))
	out := put(t, s, "e", Doc("a", "2024-05-01", "Chad", "Sudan", ontology.ACCUSE))
	if out[0] != store.Revised {
		t.Errorf("outcome %v", out)
	}
	if got, want := ids(t, s, store.EventFilter{}), "a#v1 a@2#v1"; got != want {
		t.Errorf("events %q, want %q", got, want)
	}
}

func rebuild(t *testing.T, s store.Store) {
	want := Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE)
	put(t, s, "e", want)
	got, err := s.Document(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(casus.Document{})); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	if _, err := s.Document(context.Background(), "b"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown document: %v", err)
	}
}

func filters(t *testing.T, s store.Store) {
	put(t, s, "e", Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE), Doc("b", "2024-06-01", "Niger", "Chad", ontology.ASSAULT),
		Doc("c", "2024-07-01", "Sudan", "Egypt", ontology.ACCUSE))
	day := func(s string) casus.Date { d, _ := casus.ParseDate(s); return d }
	tests := []struct {
		name string
		f    store.EventFilter
		want string
	}{
		{"all", store.EventFilter{}, "a#v1 b#v1 c#v1"},
		{"actor by code", store.EventFilter{Actor: "CHA"}, "a#v1 b#v1"},
		{"actor by name", store.EventFilter{Actor: "chad"}, "a#v1 b#v1"},
		{"source", store.EventFilter{Source: "CHA"}, "a#v1"},
		{"dyad", store.EventFilter{Source: "NIG", Target: "CHA"}, "b#v1"},
		{"type", store.EventFilter{Types: []ontology.Plover{ontology.ACCUSE}}, "a#v1 c#v1"},
		{"status", store.EventFilter{Status: []casus.Status{casus.Asserted}}, ""},
		{"from", store.EventFilter{From: day("2024-06-01")}, "b#v1 c#v1"},
		{"to a month", store.EventFilter{To: day("2024-06")}, "a#v1 b#v1"},
		{"speaker", store.EventFilter{Speaker: "ruiz"}, "a#v1 b#v1 c#v1"},
		{"words", store.EventFilter{Text: "sudan acted"}, "c#v1"},
		{"limit", store.EventFilter{Limit: 2}, "a#v1 b#v1"},
		{"percent is no pattern", store.EventFilter{Actor: "%"}, ""},
	}
	for _, tt := range tests {
		if got := ids(t, s, tt.f); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func order(t *testing.T, s store.Store) {
	put(t, s, "e", Doc("b", "2024-05-02", "Chad", "Niger", ontology.ACCUSE), Doc("Z", "2024-05-02", "Chad", "Niger", ontology.ACCUSE),
		Doc("c", "2024-05-01", "Chad", "Niger", ontology.ACCUSE))
	if got, want := ids(t, s, store.EventFilter{}), "c#v1 Z#v1 b#v1"; got != want {
		t.Errorf("got %q, want %q: by day, then by name in byte order", got, want)
	}
}

func words(t *testing.T, s store.Store) {
	put(t, s, "e", Doc("a", "2024-05-01", "Chad", "Niger", ontology.ACCUSE))
	for _, text := range []string{`"`, `acted"`, "NEAR(acted, 3)", "title:acted", "acted AND", "*", "-acted", "(", "^acted", "a\x00b", "'; DROP TABLE events; --"} {
		for _, err := range s.Events(context.Background(), store.EventFilter{Text: text}) {
			if err != nil {
				t.Errorf("words %q: %v", text, err)
			}
		}
	}
	if got := ids(t, s, store.EventFilter{Text: "ACTED chad"}); got != "a#v1" {
		t.Errorf("plain words: %q", got)
	}
}

func failures(t *testing.T, s store.Store) {
	f := &casus.Failure{Where: "x.txt:3", ID: "x", Stage: "read", Cause: errors.New("broken"), Hint: "mend it"}
	for range 2 {
		if err := s.PutFailure(context.Background(), f); err != nil {
			t.Fatal(err)
		}
	}
	got := all(t, s.Failures(context.Background()))
	want := []store.FailureRow{{Where: "x.txt:3", ID: "x", Stage: "read", Cause: "broken", Hint: "mend it"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

func concurrent(t *testing.T, s store.Store) {
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := s.Put(context.Background(), "e", Doc(fmt.Sprintf("d%d-%d", w, i), "2024-05-01", "Chad", "Niger", ontology.AID)); err != nil {
					t.Error(err)
				}
				for _, err := range s.Events(context.Background(), store.EventFilter{Limit: 5}) {
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if got := stats(t, s); got.Documents != 40 || got.Events != 40 {
		t.Errorf("stats %+v, want 40 documents and events", got)
	}
}

func cancelled(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Put(ctx, "e", Doc("a", "2024-05-01", "Chad", "Niger", ontology.AID)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
	if got := stats(t, s); got != (store.Stats{}) {
		t.Errorf("stats %+v after a cancelled put", got)
	}
}
