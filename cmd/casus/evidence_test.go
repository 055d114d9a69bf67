package main

import (
	"context"
	"fmt"
	"sort"
	"testing"

	"casus"
	"casus/internal/demo"
	"casus/internal/pipeline"
)

// demoDocuments codes the bundled articles.
func demoDocuments(t *testing.T) []*casus.Document {
	t.Helper()
	articles, err := demo.Articles()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(pipeline.Options{Tier: defaultTier})
	if err != nil {
		t.Fatal(err)
	}
	var docs []*casus.Document
	_, err = p.Stream(context.Background(), rawArticles(articles), pipeline.StreamOptions{}, func(r pipeline.Result) error {
		if r.Failure != nil {
			return r.Failure
		}
		docs = append(docs, r.Doc)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) == 0 {
		t.Fatal("no documents")
	}
	return docs
}

// setFields names the fields of an event that hold a value and so must be
// explained by "casus why".
func setFields(ev *casus.Event) []string {
	fields := []string{"type", "status"}
	for _, f := range []struct {
		name string
		set  bool
	}{{"source", len(ev.Source) > 0}, {"target", len(ev.Target) > 0}, {"time", ev.Time.Value != ""}, {"place", ev.Place != casus.None},
		{"magnitude", len(ev.Magnitude) > 0}} {
		if f.set {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// TestEveryCodedFieldHasItsReason: each field of each event of the demo is
// explained by evidence with a rule, and the words that it points at lie in
// the text.
func TestEveryCodedFieldHasItsReason(t *testing.T) {
	lacking, examples, events := map[string]int{}, map[string]string{}, 0
	for _, doc := range demoDocuments(t) {
		for i := range doc.Events {
			events++
			ev := &doc.Events[i]
			explained := map[string]bool{}
			for _, x := range ev.Evidence {
				explained[x.Field] = true
				if x.Rule == "" || x.Span.Start < 0 || int(x.Span.End) > len(doc.Text) || x.Span.End < x.Span.Start {
					t.Errorf("%s#v%d: evidence %+v has no rule or points outside the text", doc.ID, i+1, x)
				}
			}
			for _, f := range setFields(ev) {
				if !explained[f] {
					lacking[f]++
					examples[f] = fmt.Sprintf("%s#v%d", doc.ID, i+1)
				}
			}
		}
	}
	if events < 40 {
		t.Errorf("the demo has %d events: too few to say anything", events)
	}
	var fields []string
	for f := range lacking {
		fields = append(fields, f)
	}
	sort.Strings(fields)
	for _, f := range fields {
		t.Errorf("%s: %d of %d events set it without evidence, as %s", f, lacking[f], events, examples[f])
	}
}
