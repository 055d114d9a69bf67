package export

import (
	"strings"
	"testing"
	"unicode/utf8"

	"casus"
	"casus/ontology"

	"github.com/google/go-cmp/cmp"
)

// sample is a document with every layer, one character of its text being two
// bytes long.
func sample() *casus.Document {
	text := "Perú said Chad expelled two envoys near Bari on Monday."
	sp := func(s string) casus.Span {
		i := strings.Index(text, s)
		return casus.Span{Start: casus.Pos(i), End: casus.Pos(i + len(s))}
	}
	mention := func(s string) []casus.Mention {
		return []casus.Mention{{Span: sp(s), First: casus.None, End: casus.None, Head: casus.None, Kind: casus.MentionName, Rule: "r"}}
	}
	return &casus.Document{
		ID: "d", Title: "T", Outlet: "O", URL: "https://o.example/1", Lang: "en", Text: text,
		Published: casus.NewDate(2024, 5, 7), PublishedReason: "given",
		Sentences: []casus.Sentence{{Span: sp(text), Root: casus.None, Role: casus.Headline}},
		Entities: []casus.Entity{
			{Name: "Peru", Kind: casus.State, Code: "PER", Country: "PER", Of: casus.None, Mentions: mention("Perú")},
			{Name: "Chad", Kind: casus.State, Code: "TCD", Country: "TCD", Of: 0, Members: []casus.EntityID{0}, Mentions: mention("Chad"),
				Evidence: []casus.Evidence{{Field: "code", Rule: "actor.state", Span: sp("Chad"), Note: "n"}}}},
		Times: []casus.Time{{Span: sp("Monday"), Head: casus.None, Type: casus.TimeDATE, Value: "2024-05-06",
			Interval:    casus.Interval{Start: casus.NewDate(2024, 5, 6), End: casus.NewDate(2024, 5, 6)},
			Granularity: casus.Day, Rule: "t"}},
		Places: []casus.Place{{Span: sp("Bari"), Head: casus.None, Name: "Bari", GeoNameID: 3182351, Lat: 41.5, Lon: 16.75,
			Country: "ITA", FCode: "P.PPLA", Relation: "near", Rule: "g"}, {Span: sp("Chad"), Head: casus.None, Name: "Chad", AsActor: true}},
		Quantities: []casus.Quantity{{Span: sp("two envoys"), Head: casus.None, Value: 2, Low: 2, High: 2, Unit: "envoy", Rule: "q"}},
		Statements: []casus.Statement{{Source: []casus.Span{sp("Perú")}, Cue: []casus.Span{sp("said")},
			Content: []casus.Span{sp("Chad expelled two envoys")}, CueHead: casus.None, Speaker: 0, Kind: casus.Indirect, Stance: casus.Assert, Answers: []casus.StatementID{0},
			Evidence: []casus.Evidence{{Rule: "a", Span: sp("said")}}}},
		Events: []casus.Event{{Type: ontology.SANCTION, Mode: "expel", Contexts: []string{"diplomatic"}, CAMEO: "161", UserType: "EXPULSION",
			Source: []casus.EntityID{1}, Trigger: []casus.Span{sp("expelled")}, Head: casus.None, Place: 0,
			Time: casus.EventTime{Value: "2024-05-06", Interval: casus.Interval{Start: casus.NewDate(2024, 5, 6), End: casus.NewDate(2024, 5, 6)},
				Granularity: casus.Day, Time: 0, Reason: "on Monday"},
			Magnitude: []casus.Magnitude{{Quantity: 0, Value: 2, Unit: "envoy"}}, Status: casus.Claimed, Phase: casus.Past,
			Attribution: []casus.StatementID{0}, Evidence: []casus.Evidence{{Field: "type", Rule: "f", Span: sp("expelled")}}}},
	}
}

func TestDecodeAfterEncodeIsEqual(t *testing.T) {
	want := sample()
	var e Encoder
	line, err := e.Append(nil, want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(line)
	if err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(casus.Document{})); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

// TestDerivedFigures holds quad class, Goldstein value and PLOVER score to the
// code books.
func TestDerivedFigures(t *testing.T) {
	var e Encoder
	line, err := e.Append(nil, sample())
	if err != nil {
		t.Fatal(err)
	}
	if want := `"cameo":"161","quad":4,"goldstein":-4,"score":-5.5,"user_type":"EXPULSION"`; !strings.Contains(string(line), want) {
		t.Errorf("no %s in %s", want, line)
	}
	doc := sample()
	ev := &doc.Events[0]
	ev.Type, ev.Mode, ev.CAMEO, ev.UserType = ontology.PloverNone, "", "010", ""
	if line, err = e.Append(nil, doc); err != nil {
		t.Fatal(err)
	}
	if want := `"cameo":"010","quad":1,"goldstein":0,"score":null,`; !strings.Contains(string(line), want) {
		t.Errorf("no %s in %s", want, line)
	}
}

func TestOffsetsAreCodePoints(t *testing.T) {
	var e Encoder
	line, err := e.Append(nil, sample())
	if err != nil {
		t.Fatal(err)
	}
	// "Chad" stands after "Perú said ": 10 characters, 11 bytes.
	if !strings.Contains(string(line), `"mentions":[{"start":10,"end":14,`) {
		t.Errorf("no mention at code point 10: %s", line)
	}
}

func TestPointsAgainstPlainCounting(t *testing.T) {
	for _, text := range []string{"", "plain", "é", strings.Repeat("añ", 100), strings.Repeat("x", 64), strings.Repeat("é", 32) + "z", "日本語 text"} {
		p := newPoints(text, nil)
		for i := 0; i <= len(text); i++ {
			if i < len(text) && !utf8.RuneStart(text[i]) {
				continue
			}
			if got, want := p.of(casus.Pos(i)), utf8.RuneCountInString(text[:i]); got != want {
				t.Fatalf("%q byte %d: got %d, want %d", text, i, got, want)
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"no JSON", "{", "coded document"},
		{"other schema", `{"schema":9,"id":"d"}`, "schema 9"},
		{"span outside", `{"schema":1,"text":"ab","sentences":[{"start":0,"end":3}]}`, "outside the text"},
		{"span backwards", `{"schema":1,"text":"ab","sentences":[{"start":2,"end":1}]}`, "outside the text"},
		{"unknown status", `{"schema":1,"text":"ab","sentences":[{"start":0,"end":2}],"events":[{"id":"v1","status":"sure"}]}`, "sure"},
		{"entity that is not", `{"schema":1,"text":"ab","sentences":[{"start":0,"end":2}],"statements":[{"id":"s1","speaker":"e1"}]}`, `"e1"`},
		{"bad date", `{"schema":1,"text":"ab","published":"soon"}`, "soon"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Decode([]byte(tt.line)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	var e Encoder
	line, err := e.Append(nil, sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line)
	f.Add([]byte(`{"schema":1,"text":"é","sentences":[{"start":0,"end":1}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		doc, err := Decode(line)
		if err != nil {
			return
		}
		again, err := new(Encoder).Append(nil, doc)
		if err != nil {
			t.Fatal(err)
		}
		doc2, err := Decode(again)
		if err != nil {
			t.Fatalf("decode after encode: %v\n%s", err, again)
		}
		if d := cmp.Diff(doc, doc2, cmp.AllowUnexported(casus.Document{})); d != "" {
			t.Fatalf("decode after encode differs:\n%s", d)
		}
	})
}
