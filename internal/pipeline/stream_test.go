package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"casus"
)

// fake makes a pipeline whose only stage is f.
func fake(f func(doc *casus.Document) error) *Pipeline {
	return &Pipeline{stages: []Stage{{Name: "fake", Run: func(doc *casus.Document, _ *Worker) error { return f(doc) }}}}
}

// numbered yields n documents d0, d1, ...
func numbered(n int) Items {
	return func(yield func(casus.Raw, error) bool) {
		for i := range n {
			id := fmt.Sprintf("d%d", i)
			if !yield(casus.Raw{ID: id, Where: id, Body: []byte("The text of " + id + ".")}, nil) {
				return
			}
		}
	}
}

func TestStreamKeepsOrderAndBalance(t *testing.T) {
	p := fake(func(doc *casus.Document) error {
		if strings.HasSuffix(doc.ID, "7") {
			time.Sleep(time.Millisecond) // late, so that others overtake it
			return errors.New("seven")
		}
		if doc.ID == "d33" {
			panic("thirty-three")
		}
		return nil
	})
	for _, workers := range []int{1, 2, 8} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			next := 0
			counts, err := p.Stream(context.Background(), numbered(100), StreamOptions{Workers: workers}, func(r Result) error {
				id := fmt.Sprintf("d%d", next)
				next++
				if r.Failure != nil && r.Failure.ID == id || r.Doc != nil && r.Doc.ID == id {
					return nil
				}
				return fmt.Errorf("want %s, got %+v", id, r)
			})
			if err != nil {
				t.Fatal(err)
			}
			want := Counts{Read: 100, Coded: 89, Failed: 11}
			counts.Bytes, counts.Sentences = 0, 0
			if counts != want {
				t.Errorf("got %+v, want %+v", counts, want)
			}
		})
	}
}

func TestFailureNamesStageAndDocument(t *testing.T) {
	p := fake(func(*casus.Document) error { panic("boom") })
	_, err := p.Stream(context.Background(), numbered(1), StreamOptions{Workers: 1}, func(r Result) error {
		msg := r.Failure.Error()
		for _, want := range []string{"d0", "fake", "boom", "report"} {
			if !strings.Contains(msg, want) {
				t.Errorf("message %q lacks %q", msg, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStreamStops(t *testing.T) {
	p := fake(func(*casus.Document) error { return nil })
	for _, workers := range []int{1, 4} {
		ctx, cancel := context.WithCancel(context.Background())
		given := 0
		counts, err := p.Stream(ctx, numbered(1_000_000), StreamOptions{Workers: workers}, func(Result) error {
			if given++; given == 10 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d workers: error %v, want cancelled", workers, err)
		}
		if counts.Read != 10 || given != 10 {
			t.Errorf("%d workers: %d results after the stop at 10", workers, counts.Read)
		}
	}
}

func TestStreamEndsWithTheSinksError(t *testing.T) {
	p := fake(func(*casus.Document) error { return nil })
	full := errors.New("disk full")
	for _, workers := range []int{1, 4} {
		_, err := p.Stream(context.Background(), numbered(1000), StreamOptions{Workers: workers}, func(r Result) error {
			if r.Doc.ID == "d5" {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) {
			t.Errorf("%d workers: got %v, want %v", workers, err, full)
		}
	}
}

func TestCheckStages(t *testing.T) {
	run := func(*casus.Document, *Worker) error { return nil }
	tests := []struct {
		name   string
		stages []Stage
		want   string
	}{
		{"in order", []Stage{{"a", nil, []string{"tokens"}, run}, {"b", []string{"tokens"}, []string{"times"}, run}}, ""},
		{"missing layer", []Stage{{"b", []string{"tokens"}, nil, run}}, `needs "tokens"`},
		{"filled twice", []Stage{{"a", nil, []string{"x"}, run}, {"b", nil, []string{"x"}, run}}, "both fill"},
	}
	for _, tt := range tests {
		err := checkStages(tt.stages)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestOtherLanguagesAreKeptUncoded(t *testing.T) {
	coded := false
	p := fake(func(*casus.Document) error { coded = true; return nil })
	note, err := p.Code(&casus.Document{ID: "d", Lang: "ru", Text: "Текст."}, p.NewWorker())
	if err != nil || coded || !strings.Contains(note, "ru") {
		t.Errorf("coded %v, note %q, error %v", coded, note, err)
	}
}
