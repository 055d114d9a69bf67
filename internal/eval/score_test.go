package eval

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const goldSet = `{"id":"1","text":"Chad shelled Niger.","scheme":"plover16","actors":"codes","events":[{"plover":{"type":"ASSAULT"},"cameo":"194","source":[{"code":"TCDMIL"}],"target":[{"code":"NER"}],"trigger":[{"start":5,"end":12}]}],"tags":["plain"]}
{"id":"2","text":"Chad and Niger talked.","actors":"codes","events":[{"plover":{"type":"CONSULT"},"cameo":"040","source":[{"code":"TCD"},{"code":"NER"}],"target":[],"reciprocal":true,"trigger":[{"start":15,"end":21}]}]}
{"id":"3","text":"It rained in Chad.","actors":"codes","events":[]}
{"id":"4","text":"Police held a man.","actors":"codes","events":[{"plover":{"type":"COERCE"},"cameo":"173","source":[{"code":"***COP"}],"target":[],"trigger":[{"start":7,"end":11}]}]}
`

const codedSet = `{"id":"1","text":"Chad shelled Niger.","entities":[{"id":"e1","name":"Chad","code":"TCD","mentions":[]},{"id":"e2","name":"Niger","code":"NERGOV"}],"events":[{"plover":{"type":"ASSAULT"},"cameo":"195","source":["e1"],"target":["e2"],"trigger":[{"start":5,"end":12}],"status":"asserted"}]}
{"id":"2","text":"Chad and Niger talked.","entities":[{"id":"e1","name":"Chad","code":"TCD"},{"id":"e2","name":"Niger","code":"NER"}],"events":[{"plover":{"type":"CONSULT"},"cameo":"040","source":["e2"],"target":["e1"],"trigger":[{"start":15,"end":21}],"status":"asserted"}]}
{"id":"3","text":"It rained in Chad.","entities":[],"events":[{"plover":{"type":"AID"},"cameo":"070","source":[],"target":[],"trigger":[],"status":"asserted"},{"plover":{"type":"ASSAULT"},"cameo":"190","source":[],"target":[],"trigger":[],"status":"denied"}]}
{"id":"4","text":"Police held a man.","entities":[{"id":"e1","name":"Police","code":"---COP"}],"events":[{"plover":{"type":"ASSAULT"},"cameo":"182","source":["e1"],"target":[],"trigger":[{"start":7,"end":11}],"status":"asserted"}]}
{"id":"9","text":"","entities":[],"events":[]}
`

func report(t *testing.T, gold, coded string, o Options) *Report {
	t.Helper()
	g, err := ReadGold(strings.NewReader(gold), "gold")
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadCoded(strings.NewReader(coded), "coded")
	if err != nil {
		t.Fatal(err)
	}
	return Score(g, c, o)
}

func TestScore(t *testing.T) {
	rep := report(t, goldSet, codedSet, Options{})
	var b bytes.Buffer
	if err := rep.WriteText(&b, 9); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"4 documents, 0 of them not predicted, 1 coded without gold\n",
		"a  type                                P  50.0  R  66.7  F1  57.1   (right 2, predicted 4, gold 3)",
		"b  type + source and target country    P  50.0  R  66.7  F1  57.1   (right 2, predicted 4, gold 3)", // reciprocal: either way round
		"c  type + whole actor codes            P  25.0  R  33.3  F1  28.6   (right 1, predicted 4, gold 3)", // TCDMIL is not TCD
		"c  ... lenient on roles                P  25.0  R  33.3  F1  28.6",
		"documents without event given one        1 of 1 (100.0%)", // AID; the denied one does not count
		"CAMEO root                             P  66.7  R  66.7",
		"CAMEO 3 digits                         P  33.3  R  33.3",
		"trigger found 100.0% of 3 gold events; type right in 66.7% of the found\n  gold COERCE     predicted ASSAULT    1\n",
		"  plain             1 texts  100.0  100.0\n",
		"\n4  Police held a man.\n  gold   COERCE 173  ***COP -> ?\n  coded  ASSAULT 182  ---COP -> ?\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if all := report(t, goldSet, codedSet, Options{EveryStatus: true}); all.Measures[0].Predicted != 5 {
		t.Errorf("with every status %d types are predicted, not 5", all.Measures[0].Predicted)
	}
	if one, two := report(t, goldSet, codedSet, Options{}), rep; one.Measures[0] != two.Measures[0] {
		t.Errorf("two runs differ: %+v %+v", one.Measures[0], two.Measures[0])
	}
}

func TestReportAsJSON(t *testing.T) {
	b, err := json.Marshal(report(t, goldSet, codedSet, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"documents":4,"missing":0,"extra":1`, `"name":"a  type","right":2,"predicted":4,"gold":3`, `"false_alarms":1,"event_free":1`,
		`"confusions":[{"gold":"COERCE","predicted":"ASSAULT","n":1}]`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in %s", want, b)
		}
	}
}

// TestSame holds the comparison of actors to the rules of docs/format/eval.md.
func TestSame(t *testing.T) {
	for _, c := range []struct {
		name, gold, coded string
		level             Level
		want              bool
	}{
		{"country", "TCDMIL", "TCDGOV", byCountry, true},
		{"another country", "TCD", "NER", byCountry, false},
		{"open country", "***", "NER", byCode, true},
		{"open sectors", "TCD***", "TCDMIL", byCode, true},
		{"open country, known sector", "---REB", "NERREB", byCode, true},
		{"open country, another sector", "---REB", "NERMIL", byCode, false},
		{"UNO is IGO", "IGO", "UNO", byCountry, true},
		{"old names of sectors", "TCDMED", "TCDJRN", byCode, true},
		{"ethnicity is passed over", "MOZREBsna", "MOZREB", byCode, true},
		{"faith is passed over", "LBNMOS", "LBN", byCode, true},
		{"order of sectors", "TCDGOVMIL", "TCDMILGOV", byCode, true},
		{"government is the state, leniently", "TCDGOV", "TCD", byCodeLenient, true},
		{"government is not the state", "TCDGOV", "TCD", byCode, false},
		{"one shared sector, leniently", "TCDGOVMIL", "TCDMIL", byCodeLenient, true},
	} {
		g, p := newActor(c.gold, nil), newActor(c.coded, nil)
		if got := same(&g, &p, c.level); got != c.want {
			t.Errorf("%s: %s and %s at level %d: %v", c.name, c.gold, c.coded, c.level, got)
		}
	}
	g, p := newActor("", []string{"the rebel group of the North"}), newActor("", []string{"rebels", "group of the North"})
	if !same(&g, &p, byText) {
		t.Error("half of the words are shared")
	}
	if same(&g, nil, byText) || !same(nil, &p, byText) {
		t.Error("an empty gold slot fits anything, an empty coded one does not")
	}
}

func TestUserTypes(t *testing.T) {
	gold := `{"id":"1","text":"x","scheme":"user","events":[{"user_type":"WATER"}]}`
	coded := `{"id":"1","text":"x","entities":[],"events":[{"plover":{"type":"COERCE"},"user_type":"WATER","status":"asserted"},{"plover":{"type":"AID"},"status":"asserted"}]}`
	if c := report(t, gold, coded, Options{}).Measures[0].Counts; c != (Counts{1, 1, 1}) {
		t.Errorf("got %+v", c)
	}
}

func TestWrongLines(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no JSON", "{\n", "gold:1: no JSON object"},
		{"no text", `{"id":"a"}`, `gold:1: needs "id" and "text"`},
		{"twice", `{"id":"a","text":""}` + "\n" + `{"id":"a","text":""}`, `gold:2: the id "a" stands in line 1 already`},
		{"scheme", `{"id":"a","text":"","scheme":"cameo"}`, `unknown scheme "cameo": use one of plover16`},
		{"type", `{"id":"a","text":"","events":[{"plover":{"type":"ATACK"}}]}`, `event 1: unknown type "ATACK"`},
		{"offsets", `{"id":"a","text":"né","events":[{"plover":{"type":"AID"},"trigger":[{"start":0,"end":3}]}]}`, "trigger 0 to 3 is not in the text of 2 code points"},
		{"actors", `{"id":"a","text":"","events":[{"plover":{"type":"AID"},"source":["TCD"]}]}`, `source: no list of {"code","text"}`},
		{"nothing", "", "gold: no document"},
		{"many", strings.Repeat("{\n", 30), "mend these first"},
	} {
		_, err := ReadGold(strings.NewReader(c.text), "gold")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := ReadCoded(strings.NewReader(`{"id":"1","events":[{"source":["e7"]}]}`), "coded"); err == nil || !strings.Contains(err.Error(), `coded:1: event 1: source: no entity "e7"`) {
		t.Errorf("a missing entity: %v", err)
	}
}

// FuzzRead: whatever the bytes, the readers give an error or documents that
// can be scored.
func FuzzRead(f *testing.F) {
	f.Add(goldSet, codedSet)
	f.Add(`{"id":"1","text":"x","scheme":"penta","actors":"text","events":[{"cameo":"1","source":[{"text":"y"}]}]}`, `{"id":"1"}`)
	f.Fuzz(func(t *testing.T, gold, coded string) {
		g, err := ReadGold(strings.NewReader(gold), "gold")
		if err != nil {
			return
		}
		c, err := ReadCoded(strings.NewReader(coded), "coded")
		if err != nil {
			return
		}
		rep := Score(g, c, Options{})
		for _, m := range rep.Measures {
			if m.Right > m.Gold || m.Right > m.Predicted || m.Low > m.High {
				t.Errorf("%+v", m)
			}
		}
	})
}

func TestActorPhrases(t *testing.T) {
	gold := `{"id":"1","text":"Chadian troops","scheme":"actor-code","country":"TCD","role":"MIL"}
{"id":"2","text":"the rebels","scheme":"actor-code","country":"","role":"INS"}
{"id":"3","text":"Tuk","scheme":"actor-code","country":"TCD","role":""}
{"id":"4","text":"a guard","scheme":"actor-code","role":"COP"}
`
	coded := `{"id":"1","entities":[{"id":"e1","name":"Chad","code":"TCD"},{"id":"e2","name":"Chadian troops","code":"TCDMIL"}],"events":[]}
{"id":"2","entities":[{"id":"e1","name":"rebels","code":"---REB"}],"events":[]}
{"id":"3","entities":[],"events":[]}
{"id":"4","entities":[{"id":"e1","name":"guard","code":"NERMIL"}],"events":[]}
`
	rep := report(t, gold, coded, Options{})
	var b bytes.Buffer
	if err := rep.WriteText(&b, 1); err != nil {
		t.Fatal(err)
	}
	want := "actor phrases: country right 66.7% of 3, sector right 66.7% of 3, whole code right 50.0% of 4\n  3  \"Tuk\"  gold TCD   coded \n"
	if !strings.Contains(b.String(), want) {
		t.Errorf("no %q in\n%s", want, b.String())
	}
	j, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"actor_phrases":{"country":{"right":2,"of":3,`; !strings.Contains(string(j), want) {
		t.Errorf("no %s in %s", want, j)
	}
	for _, bad := range []string{`{"id":"1","text":"x","scheme":"actor-code"}`, `{"id":"1","text":"x","scheme":"actor-code","role":"MIL","events":[{}]}`} {
		if _, err := ReadGold(strings.NewReader(bad), "gold"); err == nil {
			t.Errorf("no error for %s", bad)
		}
	}
}
