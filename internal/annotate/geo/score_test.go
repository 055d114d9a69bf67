package geo_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"
	"unicode/utf8"

	"casus"
	"casus/internal/annotate/geo"
	"casus/internal/nlp"
)

var (
	goldFile = flag.String("gold", "", "casus JSONL to annotate with the language engine, for shared/eval/score-place")
	predFile = flag.String("pred", "/dev/null", "file for the places found")
	only     = flag.Bool("spans", false, "take gold's spans as names, to see resolution apart from recognition")
)

type place struct {
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Name      string   `json:"name"`
	GeoNameID int32    `json:"geonameid,omitempty"`
	Lat       *float32 `json:"lat,omitempty"`
	Lon       *float32 `json:"lon,omitempty"`
	Country   string   `json:"country,omitempty"`
	FCode     string   `json:"fcode,omitempty"`
	Rule      string   `json:"rule,omitempty"`
	Relation  string   `json:"relation,omitempty"`
}

type document struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Places []place `json:"places"`
	Names  []place `json:"names,omitempty"` // of the tagger, to see why a place was missed
}

// TestScore writes the places of a development file for the scorer; it runs
// only when -gold names one, since those texts may not stand in this tree.
func TestScore(t *testing.T) {
	if *goldFile == "" {
		t.Skip("no -gold given")
	}
	in, err := os.Open(*goldFile)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(*predFile)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	engine, err := nlp.English()
	if err != nil {
		t.Fatal(err)
	}
	a, err := geo.New()
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 64<<20)
	var took time.Duration
	sentences := 0
	for sc.Scan() {
		var d document
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		doc := &casus.Document{ID: d.ID, Text: d.Text, Lang: "en"}
		var s nlp.Scratch
		if err := engine.Analyze(doc, &s); err != nil {
			t.Fatal(err)
		}
		if *only {
			useSpans(doc, d.Places)
		}
		begin := time.Now()
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		took += time.Since(begin)
		sentences += len(doc.Sentences)
		if err := json.NewEncoder(out).Encode(document{ID: d.ID, Text: d.Text, Places: wire(doc), Names: names(doc)}); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d sentences, %.0f a second", sentences, float64(sentences)/took.Seconds())
}

// useSpans replaces the tagger's names by gold's spans.
func useSpans(doc *casus.Document, gold []place) {
	at := map[int]casus.Pos{}
	n := 0
	for i := range doc.Text {
		at[n] = casus.Pos(i)
		n++
	}
	at[n] = casus.Pos(len(doc.Text))
	doc.Names = nil
	var last casus.TokenID
	for _, g := range gold {
		first, end := doc.TokenRange(casus.Span{Start: at[g.Start], End: at[g.End]})
		if first < last || first >= end {
			continue
		}
		last = end
		doc.Names = append(doc.Names, casus.Name{Span: doc.TokenSpan(first, end), First: first, End: end, Label: casus.LOC})
	}
}

func wire(doc *casus.Document) []place {
	out := []place{}
	for i := range doc.Places {
		p := &doc.Places[i]
		w := place{Start: utf8.RuneCountInString(doc.Text[:p.Start]), Name: p.Name, GeoNameID: p.GeoNameID, Country: p.Country,
			FCode: p.FCode, Rule: p.Rule, Relation: p.Relation}
		w.End = w.Start + utf8.RuneCountInString(doc.Text[p.Start:p.End])
		if p.Located() {
			w.Lat, w.Lon = &p.Lat, &p.Lon
		}
		out = append(out, w)
	}
	return out
}

func names(doc *casus.Document) []place {
	var out []place
	for _, n := range doc.Names {
		w := place{Start: utf8.RuneCountInString(doc.Text[:n.Start]), Name: doc.String(n.Span), Rule: n.Label.String()}
		w.End = w.Start + utf8.RuneCountInString(doc.String(n.Span))
		out = append(out, w)
	}
	return out
}
