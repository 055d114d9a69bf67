package casefile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus"

	"github.com/google/go-cmp/cmp"
)

const good = `A passive with its agent.
-- text --
published: 2026-02-11
outlet: Harbour Gazette

Two dock workers were detained by Ghanaian police on Tuesday, the harbour union said.
-- want --
# a comment
event COERCE/arrest GHA* -> * status=claimed time=2026-02-10 by "union" at "detained"
statement "union" said "Two dock workers were detained" kind=indirect
entity "Ghanaian police" code=GHACOP mention "police"
quantity "Two" 2 unit=worker
?place "Ghanaian" country=GHA
time "Tuesday" 2026-02-10 type=DATE
predicate "detained" status=claimed
published 2026-02-11
-- never --
event ASSAULT
event * by outlet
`

func parse(t *testing.T, s string) *Case {
	t.Helper()
	c, err := Parse("good.txt", []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// coded is the document a perfect engine would make of the text of good.
func coded(c *Case) *casus.Document {
	doc := c.Document()
	span := func(s string) casus.Span {
		i := strings.Index(doc.Text, s)
		return casus.Span{Start: casus.Pos(i), End: casus.Pos(i + len(s))}
	}
	doc.Tokens = []casus.Token{{Span: span("detained")}, {Span: span("police")}, {Span: span("union")}}
	doc.Entities = []casus.Entity{
		{Name: "Ghanaian police", Code: "GHACOP", Country: "GHA", Kind: casus.Org, Mentions: []casus.Mention{
			{Span: span("Ghanaian police"), Head: 1, Kind: casus.MentionName}}},
		{Name: "dock workers", Code: "LAB", Kind: casus.Group},
		{Name: "harbour union", Kind: casus.Org, Mentions: []casus.Mention{{Span: span("the harbour union"), Head: 2}}},
	}
	doc.Times = []casus.Time{{Span: span("on Tuesday"), Type: casus.TimeDATE, Value: "2026-02-10"}}
	doc.Quantities = []casus.Quantity{{Span: span("Two dock workers"), Value: 2, Unit: "worker"}}
	doc.Statements = []casus.Statement{{Source: []casus.Span{span("the harbour union")}, Cue: []casus.Span{span("said")},
		Content: []casus.Span{span("Two dock workers were detained by Ghanaian police on Tuesday")}, Speaker: 2,
		Kind: casus.Indirect, Stance: casus.Assert}}
	doc.Predicates = []casus.Predicate{{Head: 0, Status: casus.Claimed}}
	doc.Events = []casus.Event{{Type: 15, Mode: "arrest", Source: []casus.EntityID{0}, Target: []casus.EntityID{1},
		Trigger: []casus.Span{span("detained")}, Status: casus.Claimed, Time: casus.EventTime{Value: "2026-02-10"},
		Place: casus.None, Attribution: []casus.StatementID{0}}}
	return doc
}

func TestParse(t *testing.T) {
	c := parse(t, good)
	if c.Published.String() != "2026-02-11" || c.Outlet != "Harbour Gazette" || !strings.HasPrefix(c.Text, "Two dock") {
		t.Errorf("header: published %v, outlet %q, text %q", c.Published, c.Outlet, c.Text)
	}
	if c.Comment != "A passive with its agent." {
		t.Errorf("comment %q", c.Comment)
	}
	if len(c.Want) != 8 || len(c.Never) != 2 {
		t.Fatalf("%d lines of want, %d of never; want 8 and 2", len(c.Want), len(c.Never))
	}
	if l := c.Want[0]; l.No != 9 || l.Known {
		t.Errorf("first line of want: %+v", l)
	}
	if l := c.Want[4]; !l.Known || strings.HasPrefix(l.Raw, "?") {
		t.Errorf("the mark of a known miss is not read: %+v", l)
	}
}

func TestCheckOnAPerfectDocument(t *testing.T) {
	c := parse(t, good)
	got := Check(c, coded(c))
	want := []Miss{{"good", 13, `place "Ghanaian" country=GHA`, KnownMiss, `no place at "Ghanaian"`}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestCheckReportsFixed(t *testing.T) {
	c := parse(t, good)
	doc := coded(c)
	at := casus.Pos(strings.Index(doc.Text, "Ghanaian"))
	doc.Places = []casus.Place{{Span: casus.Span{Start: at, End: at + 8}, Country: "GHA"}}
	got := Check(c, doc)
	if len(got) != 1 || got[0].Outcome != Fixed {
		t.Errorf("got %v, want one fixed line", got)
	}
}

// Each row breaks one value of the perfect document and names the words that
// must stand in the report.
func TestCheckFindsEachFault(t *testing.T) {
	for name, row := range map[string]struct {
		breakIt func(d *casus.Document)
		want    string
	}{
		"type":    {func(d *casus.Document) { d.Events[0].Type = 16 }, "found event ASSAULT"},
		"mode":    {func(d *casus.Document) { d.Events[0].Mode = "seize" }, "mode is seize, not arrest"},
		"status":  {func(d *casus.Document) { d.Events[0].Status = casus.Asserted }, "status is asserted, not claimed"},
		"source":  {func(d *casus.Document) { d.Events[0].Source = nil }, "source is nothing, not GHA*"},
		"target":  {func(d *casus.Document) { d.Events[0].Target = nil }, "target is nothing, not *"},
		"time":    {func(d *casus.Document) { d.Events[0].Time.Value = "2026-02" }, "time is 2026-02, not 2026-02-10"},
		"voice":   {func(d *casus.Document) { d.Events[0].Attribution = nil }, "by is nothing, not \"union\""},
		"trigger": {func(d *casus.Document) { d.Events[0].Trigger = nil }, `no event at "detained"`},
		"speaker": {func(d *casus.Document) { d.Statements[0].Speaker = 0; d.Statements[0].Source = nil }, "speaker is Ghanaian police"},
		"cue":     {func(d *casus.Document) { d.Statements[0].Cue = nil }, "cue is nothing, not said"},
		"kind":    {func(d *casus.Document) { d.Statements[0].Kind = casus.Direct }, "kind is direct, not indirect"},
		"content": {func(d *casus.Document) { d.Statements[0].Content[0].End = 20 }, `no statement at "Two dock workers were detained"`},
		"code":    {func(d *casus.Document) { d.Entities[0].Code = "GHA" }, "code is GHA, not GHACOP"},
		"mention": {func(d *casus.Document) {
			d.Entities[0].Mentions[0] = casus.Mention{Span: d.Tokens[0].Span, Kind: casus.MentionNominal}
		}, `mention is "detained", not "police"`},
		"figure":    {func(d *casus.Document) { d.Quantities[0].Value = 20 }, "value is 20, not 2"},
		"unit":      {func(d *casus.Document) { d.Quantities[0].Unit = "" }, "unit is nothing, not worker"},
		"published": {func(d *casus.Document) { d.Published = casus.Date{} }, "published is nothing, not 2026-02-11"},
		"predicate": {func(d *casus.Document) { d.Predicates[0].Status = casus.Planned }, "status is planned, not claimed"},
		"timex":     {func(d *casus.Document) { d.Times[0].Type = casus.TimeSET }, "type is SET, not DATE"},
	} {
		t.Run(name, func(t *testing.T) {
			c := parse(t, good)
			doc := coded(c)
			row.breakIt(doc)
			var all []string
			for _, m := range Check(c, doc) {
				if m.Outcome == Failed {
					all = append(all, m.String())
				}
			}
			if got := strings.Join(all, "\n"); !strings.Contains(got, row.want) {
				t.Errorf("got\n%s\nwithout %q", got, row.want)
			}
		})
	}
}

func TestOccurrenceAndAlternatives(t *testing.T) {
	c := parse(t, "-- text --\nThey met and they met again.\n-- want --\nevent CONSULT|AGREE at \"met\"#2\nevent CONSULT FRA,DEU|AUT\n")
	doc := c.Document()
	doc.Entities = []casus.Entity{{Code: "FRA"}, {Code: "AUT"}}
	doc.Events = []casus.Event{{Type: 2, Trigger: []casus.Span{{Start: 5, End: 8}}, Source: []casus.EntityID{0, 1}}}
	got := Check(c, doc)
	if len(got) != 1 || got[0].Line != 4 {
		t.Errorf("got %v: only the line of the second occurrence must fail", got)
	}
}

func TestParseErrors(t *testing.T) {
	text := "-- text --\nA convoy left the town.\n-- want --\n"
	for name, row := range map[string]struct{ in, want string }{
		"no text":          {"-- want --\nevent AID\n", "x.txt:1: no text"},
		"no lines":         {"-- text --\nA convoy left.\n", "x.txt:1: no line"},
		"unknown file":     {"-- text --\nA\n-- wants --\n", `x.txt:3: unknown file "wants"`},
		"file twice":       {"-- text --\nA\n-- text --\nB\n", `x.txt:3: a second file`},
		"bad date":         {"-- text --\npublished: Tuesday\n\nA\n", "x.txt:2: date"},
		"unknown kind":     {text + "happening AID\n", "x.txt:4: \"happening AID\" begins with none"},
		"unknown type":     {text + "\nevent ATTACK\n", "x.txt:5: event: \"ATTACK\" is not a PLOVER type"},
		"unknown status":   {text + "event AID status=sure\n", "status=sure is not a known value"},
		"unknown key":      {text + "event AID colour=red\n", "can not read colour=red"},
		"phrase not there": {text + "event AID at \"a lorry\"\n", `the text does not hold "a lorry"`},
		"too few of it":    {text + "event AID at \"convoy\"#2\n", `the text does not hold "convoy"#2`},
		"open quotation":   {text + "event AID at \"convoy\n", "no closing quotation mark"},
		"empty phrase":     {text + "event AID at \"\"\n", "an empty phrase"},
		"no target":        {text + "event AID RUS ->\n", "a target must follow ->"},
		"bad occurrence":   {text + "event AID at \"convoy\"#x\n", "is not the number of an occurrence"},
		"dangling choice":  {text + "event AID status=asserted|\n", "a value is missing"},
		"two values":       {text + "event AID status=asserted,denied\n", "takes one value"},
		"figure":           {text + "quantity \"convoy\" 1,000\n", "one value"},
		"cue missing":      {text + "statement \"Ali\"\n", "the cue must follow"},
		"stray word":       {text + "place \"town\" here\n", "can not read here"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("x.txt", []byte(row.in))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

func TestLoadRefusesAnEmptyFolder(t *testing.T) {
	if _, err := Load(t.TempDir()); err == nil {
		t.Error("a folder without cases must be an error")
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bad.txt"), []byte("-- text --\nA\n-- want --\nnothing\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Load(dir)
	if err == nil || !strings.Contains(err.Error(), "bad.txt:4: ") {
		t.Errorf("got %v, want the file and its line", err)
	}
}

// The cases of the repository must read without error; what the engine makes
// of them is tested by internal/pipeline.
func TestCasesOfTheRepository(t *testing.T) {
	cases, err := Load("../../testdata/cases")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.Comment == "" {
			t.Errorf("%s: no comment that says what is exercised", c.Name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("-- text --\nx\n-- want --\nevent * a|b,c -> - at \"x\"#1 by outlet\n"))
	f.Add([]byte("-- text --\n\"x\"\n-- never --\n?statement - * \"x\" via \"y\" negated=yes\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("fuzz.txt", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("error without its place: %v", err)
			}
			return
		}
		lines := 1 + strings.Count(string(data), "\n")
		for _, l := range append(append([]Line(nil), c.Want...), c.Never...) {
			if l.No < 1 || l.No > lines {
				t.Errorf("line %d of %d", l.No, lines)
			}
		}
		for _, m := range Check(c, c.Document()) {
			if m.Want == "" {
				t.Error("a miss without its line")
			}
		}
	})
}
