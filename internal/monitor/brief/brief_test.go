package brief

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// tree reads "form/lemma/UPOS/head/relation" words into a sentence.
func tree(t *testing.T, s string) ud.Sentence {
	t.Helper()
	var out ud.Sentence
	for _, f := range strings.Fields(s) {
		c := strings.Split(f, "/")
		upos, err := ud.ParseUPOS(c[2])
		if err != nil {
			t.Fatal(err)
		}
		rel, err := ud.ParseDeprel(c[4])
		if err != nil {
			t.Fatal(err)
		}
		head, err := strconv.Atoi(c[3])
		if err != nil {
			t.Fatal(err)
		}
		out.Words = append(out.Words, ud.Word{Form: c[0], Lemma: c[1], UPOS: upos, Head: head, Deprel: rel})
	}
	for i := range out.Words[:len(out.Words)-1] {
		if strings.Contains(",.”", out.Words[i+1].Form) || out.Words[i].Form == "“" {
			out.Words[i].Misc = "SpaceAfter=No"
		}
	}
	return out
}

// build makes a document of trees.
func build(t *testing.T, id, outlet, published string, trees ...string) *casus.Document {
	t.Helper()
	var all []ud.Sentence
	for _, s := range trees {
		all = append(all, tree(t, s))
	}
	doc, err := casus.FromTrees(all)
	if err != nil {
		t.Fatal(err)
	}
	doc.ID, doc.Outlet = id, outlet
	if doc.Published, err = casus.ParseDate(published); err != nil {
		t.Fatal(err)
	}
	return doc
}

// at gives the span of the first occurrence of a phrase, tok its first token.
func at(doc *casus.Document, s string) casus.Span {
	i := strings.Index(doc.Text, s)
	if i < 0 {
		panic("no " + s + " in " + doc.Text)
	}
	return casus.Span{Start: casus.Pos(i), End: casus.Pos(i + len(s))}
}

func tok(doc *casus.Document, s string) casus.TokenID { return doc.TokenAt(at(doc, s).Start) }

func mention(doc *casus.Document, s string) []casus.Mention {
	sp := at(doc, s)
	first, end := doc.TokenRange(sp)
	return []casus.Mention{{Span: sp, First: first, End: end, Head: doc.HeadOf(first, end), Kind: casus.MentionName}}
}

const (
	sentSix = "Peru/Peru/PROPN/2/nsubj sent/send/VERB/0/root six/six/NUM/4/nummod warships/warship/NOUN/2/obj to/to/ADP/7/case the/the/DET/7/det coast/coast/NOUN/2/obl on/on/ADP/9/case Friday/Friday/PROPN/2/obl ././PUNCT/2/punct"
	denial  = "Lima/Lima/PROPN/2/nsubj denied/deny/VERB/0/root that/that/SCONJ/5/mark Peru/Peru/PROPN/5/nsubj sent/send/VERB/2/ccomp six/six/NUM/7/nummod warships/warship/NOUN/5/obj to/to/ADP/10/case the/the/DET/10/det coast/coast/NOUN/5/obl ././PUNCT/2/punct"
	eight   = "Peru/Peru/PROPN/2/nsubj sent/send/VERB/0/root eight/eight/NUM/4/nummod warships/warship/NOUN/2/obj to/to/ADP/7/case the/the/DET/7/det coast/coast/NOUN/2/obl ,/,/PUNCT/2/punct a/a/DET/10/det pilot/pilot/NOUN/11/nsubj said/say/VERB/2/parataxis ././PUNCT/2/punct"
	law     = "“/“/PUNCT/5/punct This/this/PRON/5/nsubj is/be/AUX/5/cop a/a/DET/5/det violation/violation/NOUN/0/root of/of/ADP/8/case international/international/ADJ/8/amod law/law/NOUN/5/nmod ,/,/PUNCT/5/punct ”/”/PUNCT/5/punct minister/minister/NOUN/12/compound Ruiz/Ruiz/PROPN/13/nsubj said/say/VERB/5/parataxis ././PUNCT/5/punct"
	treaty  = "The/the/DET/2/det countries/country/NOUN/3/nsubj signed/sign/VERB/0/root a/a/DET/6/det border/border/NOUN/6/compound treaty/treaty/NOUN/3/obj in/in/ADP/8/case 1929/1929/NUM/3/obl and/and/CCONJ/10/cc closed/close/VERB/3/conj the/the/DET/12/det port/port/NOUN/10/obj ././PUNCT/3/punct"
)

func state(doc *casus.Document, name string, code ontology.Actor) casus.Entity {
	return casus.Entity{Name: name, Kind: casus.State, Code: code, Country: string(code), Of: casus.None, Mentions: mention(doc, name)}
}

// gazette tells of six ships and of the denial.
func gazette(t *testing.T) *casus.Document {
	doc := build(t, "d1", "Harbour Gazette", "2026-05-02", sentSix, denial)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER"), {Name: "Lima", Kind: casus.State, Code: "PERGOV", Country: "PER", Of: 0, Mentions: mention(doc, "Lima")}}
	doc.Times = []casus.Time{{Span: at(doc, "Friday"), Type: casus.TimeDATE, Value: "2026-05-01"}}
	doc.Quantities = []casus.Quantity{{Span: at(doc, "six warships"), Head: tok(doc, "warships"), Value: 6, Low: 6, High: 6, Unit: "warship", Class: "ships"}}
	day := casus.NewDate(2026, 5, 1)
	sent2 := doc.Sentences[1]
	head2 := sent2.First + 4
	doc.Statements = []casus.Statement{{Source: []casus.Span{at(doc, "Lima")}, Cue: []casus.Span{at(doc, "denied")}, CueHead: sent2.First + 1,
		Content: []casus.Span{at(doc, "that Peru sent six warships to the coast")}, Speaker: 1, Kind: casus.Indirect, Stance: casus.Deny}}
	doc.Events = []casus.Event{
		{Type: ontology.MOBILIZE, Source: []casus.EntityID{0}, Trigger: []casus.Span{at(doc, "sent")}, Head: tok(doc, "sent"), Place: casus.None,
			Status: casus.Asserted, Sentence: 0, Magnitude: []casus.Magnitude{{Quantity: 0, Value: 6, Unit: "warship"}},
			Time: casus.EventTime{Value: "2026-05-01", Interval: casus.Interval{Start: day, End: day}, Granularity: casus.Day, Time: 0}},
		{Type: ontology.MOBILIZE, Source: []casus.EntityID{0}, Trigger: []casus.Span{doc.Tokens[head2].Span}, Head: head2, Place: casus.None,
			Status: casus.Denied, Sentence: 1, Attribution: []casus.StatementID{0}, Time: casus.EventTime{Time: casus.None}},
	}
	return doc
}

// wire tells of eight ships, by a pilot only, and what the minister calls it.
func wire(t *testing.T) *casus.Document {
	doc := build(t, "d2", "Andean Wire", "2026-05-02", eight, law, treaty)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER"),
		{Name: "Ana Ruiz", Kind: casus.Person, Code: "CHLGOV", Country: "CHL", Of: casus.None, Title: "minister", Mentions: mention(doc, "minister Ruiz")}}
	doc.Quantities = []casus.Quantity{{Span: at(doc, "eight warships"), Head: tok(doc, "warships"), Value: 8, Low: 8, High: 8, Unit: "warship", Class: "ships"}}
	doc.Statements = []casus.Statement{
		{Source: []casus.Span{at(doc, "a pilot")}, Cue: []casus.Span{at(doc, "said")}, CueHead: tok(doc, "said"), Speaker: casus.None,
			Content: []casus.Span{at(doc, "Peru sent eight warships to the coast")}, Kind: casus.Indirect, Stance: casus.Assert},
		{Source: []casus.Span{at(doc, "minister Ruiz")}, Cue: []casus.Span{{Start: doc.Tokens[doc.Sentences[1].First+12].Start, End: doc.Tokens[doc.Sentences[1].First+12].Span.End}},
			CueHead: doc.Sentences[1].First + 12, Content: []casus.Span{at(doc, "“This is a violation of international law,”")}, Speaker: 1, Kind: casus.Direct, Stance: casus.Characterise},
	}
	doc.Events = []casus.Event{{Type: ontology.MOBILIZE, Source: []casus.EntityID{0}, Trigger: []casus.Span{at(doc, "sent")}, Head: tok(doc, "sent"),
		Place: casus.None, Status: casus.Claimed, Sentence: 0, Attribution: []casus.StatementID{0}, Magnitude: []casus.Magnitude{{Quantity: 0, Value: 8}},
		Time: casus.EventTime{Time: casus.None}}}
	return doc
}

func section(t *testing.T, b *Brief, key string) []string {
	t.Helper()
	for _, s := range b.Sections() {
		if s.Key() == key {
			var out []string
			for _, l := range s.Lines() {
				out = append(out, l.Text())
			}
			return out
		}
	}
	t.Fatalf("no section %q", key)
	return nil
}

func brief(t *testing.T, opts Options, docs ...*casus.Document) *Brief {
	t.Helper()
	b, err := Build(docs, opts)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLinesOfOneDocument(t *testing.T) {
	b := brief(t, Options{}, gazette(t))
	for key, want := range map[string]string{
		"happened":       "1 May: Peru sent six warships to the coast. Denied by Lima.",
		"denied":         "Lima denied that Peru sent six warships to the coast. Told by Harbour Gazette.",
		"figures":        "Six warships — Peru sent six warships to the coast on Friday. [figure of Harbour Gazette]",
		"contradictions": "1 May: Peru sent six warships to the coast. Told by Harbour Gazette; denied by Lima.",
		"timeline":       "1 May: Peru sent six warships to the coast.",
	} {
		got := section(t, b, key)
		found := false
		for _, l := range got {
			found = found || l == want
		}
		if !found {
			t.Errorf("%s:\n got %q\nwant %q", key, got, want)
		}
	}
}

func TestLinesOfTwoOutlets(t *testing.T) {
	b := brief(t, Options{}, wire(t), gazette(t))
	for key, want := range map[string]string{
		"statements":     "Ana Ruiz, minister: “This is a violation of international law.” [Andean Wire]",
		"obligations":    "The countries signed a border treaty in 1929. [Andean Wire]",
		"contradictions": "Figures differ on ships (warship): Six warships (Harbour Gazette, 2 May); eight warships (a pilot, 2 May).",
	} {
		got := section(t, b, key)
		found := false
		for _, l := range got {
			found = found || strings.EqualFold(l, want)
		}
		if !found {
			t.Errorf("%s:\n got %q\nwant %q", key, got, want)
		}
	}
	if got := strings.Join(section(t, b, "legal"), "|"); !strings.Contains(got, "violation of international law”") || !strings.Contains(got, "[Ana Ruiz, per Andean Wire]") {
		t.Errorf("legal: %s", got)
	}
}

// Two outlets that tell one thing share a line and keep both voices.
func TestMergeKeepsEveryVoice(t *testing.T) {
	other := gazette(t)
	other.ID, other.Outlet = "d3", "Coast Radio"
	b := brief(t, Options{}, gazette(t), other)
	for _, s := range b.Sections() {
		if s.Key() != "happened" {
			continue
		}
		if len(s.Lines()) != 1 {
			t.Fatalf("%d lines, want the two tellings in one", len(s.Lines()))
		}
		var outlets []string
		for _, sup := range s.Lines()[0].Supports() {
			outlets = append(outlets, sup.Outlet())
		}
		if got := strings.Join(outlets, ","); got != "Harbour Gazette,Coast Radio" {
			t.Errorf("outlets %s", got)
		}
		if text := s.Lines()[0].Text(); !strings.Contains(text, "[Harbour Gazette; Coast Radio]") {
			t.Errorf("the line does not name both outlets: %s", text)
		}
	}
}

func TestChainOfVoices(t *testing.T) {
	doc := wire(t)
	doc.Statements = append(doc.Statements, casus.Statement{Source: []casus.Span{at(doc, "Peru")}, Cue: []casus.Span{at(doc, "said")},
		Content: []casus.Span{doc.Sentences[0].Span}, Speaker: 0, Stance: casus.Quote, Kind: casus.Indirect})
	doc.Statements[0].Via = []casus.StatementID{2}
	got := section(t, brief(t, Options{}, doc), "claimed")
	if len(got) != 1 || !strings.HasSuffix(got[0], "[a pilot, per Peru]") {
		t.Errorf("got %q, want the pilot's words per those who carry them", got)
	}
}

func TestCapCountsWhatIsLeftOut(t *testing.T) {
	trees := []string{sentSix}
	for _, verb := range []string{"bought", "sold", "burnt", "moved", "hid"} {
		trees = append(trees, strings.ReplaceAll(sentSix, "sent/send", verb+"/"+verb))
	}
	doc := build(t, "d", "Harbour Gazette", "2026-05-02", trees...)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER")}
	for i, s := range doc.Sentences {
		day := casus.NewDate(2026, 4, 10+i)
		head := s.First + 1
		doc.Events = append(doc.Events, casus.Event{Type: ontology.ASSAULT - ontology.Plover(i%5), Source: []casus.EntityID{0}, Head: head,
			Trigger: []casus.Span{doc.Tokens[head].Span}, Place: casus.None, Status: casus.Asserted, Sentence: casus.SentenceID(i),
			Time: casus.EventTime{Interval: casus.Interval{Start: day, End: day}, Granularity: casus.Day, Time: casus.None}})
	}
	b := brief(t, Options{PerSection: 2}, doc)
	for _, s := range b.Sections() {
		if s.Key() == "happened" && (len(s.Lines()) != 2 || s.Left() != 4) {
			t.Errorf("%d lines and %d left out, want 2 and 4", len(s.Lines()), s.Left())
		}
	}
	if got := section(t, brief(t, Options{PerSection: -1}, doc), "happened"); len(got) != 6 {
		t.Errorf("without a cap %d lines, want 6", len(got))
	}
}

// A document read back from JSON has no tokens: the brief falls back on whole
// sentences.
func TestDocumentWithoutTokens(t *testing.T) {
	doc := gazette(t)
	doc.Tokens = nil
	got := section(t, brief(t, Options{}, doc), "happened")
	if len(got) != 1 || !strings.Contains(got[0], "Peru sent six warships") {
		t.Errorf("got %q", got)
	}
	doc = wire(t)
	doc.Tokens = nil
	b := brief(t, Options{}, doc)
	if got := section(t, b, "obligations"); len(got) != 1 || !strings.Contains(got[0], "signed a border treaty") {
		t.Errorf("obligations: %q", got)
	}
	if got := section(t, b, "legal"); len(got) != 1 || !strings.HasPrefix(got[0], "“international law”") {
		t.Errorf("legal: %q", got)
	}
}

func TestBuildOfNothing(t *testing.T) {
	if _, err := Build(nil, Options{}); err == nil {
		t.Error("a brief of no documents must be an error")
	}
	b := brief(t, Options{}, &casus.Document{Text: "Nothing."})
	var out bytes.Buffer
	if err := b.Text(&out); err != nil || !strings.Contains(out.String(), "Nothing found under: reported as happened") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// Every line of every section must carry a sentence that stands in a document.
func TestEveryLineIsSupported(t *testing.T) {
	docs := map[string]*casus.Document{"d1": gazette(t), "d2": wire(t)}
	b := brief(t, Options{}, docs["d1"], docs["d2"])
	n := 0
	for _, s := range b.Sections() {
		for _, l := range s.Lines() {
			n++
			if len(l.Supports()) == 0 {
				t.Errorf("no support: %s", l.Text())
			}
			for _, sup := range l.Supports() {
				if got := docs[sup.Document()].String(sup.Bytes()); got != sup.Text() {
					t.Errorf("support %q, the text there is %q", sup.Text(), got)
				}
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d lines: the test looks at too little", n)
	}
}

// Lines and supports come from package cite alone, and Brief and Section can
// not be filled from outside: nobody can put a line of his own on the page.
func TestNoLineCanBeMadeByHand(t *testing.T) {
	for _, v := range []any{Brief{}, Section{}} {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			if typ.Field(i).IsExported() {
				t.Errorf("%s.%s is exported", typ, typ.Field(i).Name)
			}
		}
	}
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, path := range paths {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files++
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && len(lit.Elts) > 0 {
				if sel, ok := lit.Type.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Line" || sel.Sel.Name == "Support") {
					t.Errorf("a %s is written by hand", sel.Sel.Name)
				}
			}
			return true
		})
	}
	if files == 0 {
		t.Error("no files read")
	}
}

func TestRenderersAgree(t *testing.T) {
	b := brief(t, Options{Title: "A <brief> & more"}, gazette(t), wire(t))
	for name, write := range map[string]func(*Brief, io.Writer) error{"text": (*Brief).Text, "markdown": (*Brief).Markdown,
		"html": (*Brief).HTML, "json": (*Brief).JSON} {
		var one, two bytes.Buffer
		if err := write(b, &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := write(brief(t, Options{Title: "A <brief> & more"}, wire(t), gazette(t)), &two); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: the order of the documents changes the brief", name)
		}
		out := strings.Join(strings.Fields(one.String()), " ")
		if !strings.Contains(out, "denied by Lima") {
			t.Errorf("%s lacks a line:\n%s", name, one.String())
		}
	}
	var page bytes.Buffer
	if err := b.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if s := page.String(); strings.Contains(s, "<script") || strings.Contains(s, "<brief>") || !strings.Contains(s, `href="#source-1"`) {
		t.Errorf("page with a script, an unescaped title or without links:\n%s", s)
	}
}

func TestJSONIsComplete(t *testing.T) {
	var out bytes.Buffer
	if err := brief(t, Options{}, gazette(t)).JSON(&out); err != nil {
		t.Fatal(err)
	}
	var back jsonBrief
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Schema != 1 || back.Documents != 1 || len(back.Sections) != 10 || back.Sections[0].Lines[0].Supports[0].Voices[0] != "Harbour Gazette" {
		t.Errorf("%+v", back)
	}
}

func TestClause(t *testing.T) {
	doc := build(t, "d", "", "2026-05-02", treaty, eight)
	v := newView(doc)
	for name, row := range map[string]struct {
		head    casus.TokenID
		subject string
		want    string
	}{
		"joined verb goes":     {tok(doc, "signed"), "", "The countries signed a border treaty in 1929"},
		"subject is supplied":  {tok(doc, "closed"), "Chile and Peru", "Chile and Peru closed the port"},
		"noun keeps its words": {tok(doc, "treaty"), "", "a border treaty"},
		"no token":             {casus.None, "", ""},
	} {
		if got := v.clause(row.head, party{name: row.subject}); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		" a ship , which  left . ": "a ship, which left",
		"“peaceful":                "peaceful",
		"they “left” the port ,":   "they “left” the port",
		"(a ship":                  "a ship",
	} {
		if got := tidy(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for in, want := range map[string]string{"accuses or criticises": "accuse or criticise", "carries out an air strike": "carry out an air strike",
		"goes on strike": "go on strike", "talks with": "talk with", "imposes sanctions on": "impose sanctions on"} {
		if got := plural(in, 2); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A denial that names a claim is set against it although they share no words, and
// the event is only claimed then.
func TestAnswerIsADispute(t *testing.T) {
	const (
		told   = "Pilots/pilot/NOUN/2/nsubj said/say/VERB/0/root Peru/Peru/PROPN/4/nsubj sent/send/VERB/2/ccomp six/six/NUM/6/nummod warships/warship/NOUN/4/obj ././PUNCT/2/punct"
		denies = "Lima/Lima/PROPN/2/nsubj rejected/reject/VERB/0/root the/the/DET/4/det claim/claim/NOUN/2/obj ././PUNCT/2/punct"
	)
	doc := build(t, "d3", "Harbour Gazette", "2026-05-02", told, denies)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER"), {Name: "Lima", Kind: casus.State, Code: "PERGOV", Country: "PER", Of: 0, Mentions: mention(doc, "Lima")}}
	doc.Statements = []casus.Statement{
		{Source: []casus.Span{at(doc, "Pilots")}, Cue: []casus.Span{at(doc, "said")}, CueHead: tok(doc, "said"), Speaker: casus.None,
			Content: []casus.Span{at(doc, "Peru sent six warships")}, Kind: casus.Indirect, Stance: casus.Assert},
		{Source: []casus.Span{at(doc, "Lima")}, Cue: []casus.Span{at(doc, "rejected")}, CueHead: tok(doc, "rejected"), Speaker: 1,
			Content: []casus.Span{at(doc, "the claim")}, Kind: casus.Indirect, Stance: casus.Deny, Answers: []casus.StatementID{0}},
	}
	doc.Events = []casus.Event{{Type: ontology.MOBILIZE, Source: []casus.EntityID{0}, Trigger: []casus.Span{at(doc, "sent")}, Head: tok(doc, "sent"), Place: casus.None,
		Status: casus.Asserted, Sentence: 0, Attribution: []casus.StatementID{0}, Time: casus.EventTime{Time: casus.None}}}
	b := brief(t, Options{}, doc)
	if got := section(t, b, "contradictions"); len(got) != 1 || got[0] != "Peru sent six warships. Told by Pilots; denied by Lima." {
		t.Errorf("contradictions: %q", got)
	}
	if got := section(t, b, "claimed"); len(got) != 1 {
		t.Errorf("claimed: %q", got)
	}
	doc.Statements[1].Answers = nil
	if got := section(t, brief(t, Options{}, doc), "happened"); len(got) != 1 {
		t.Errorf("without the answer nothing is disputed: %q", got)
	}
}

func TestStop(t *testing.T) {
	for in, want := range map[string]string{"It fell": "It fell.", "It fell.": "It fell.", `It was "a gift."`: `It was "a gift."`, `It "may fall,"`: `It "may fall."`,
		"He said “no”": "He said “no”.", "Who?”": "Who?”", "": ""} {
		if got := stop(in); got != want {
			t.Errorf("stop(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestTollsOfTwoSides(t *testing.T) {
	toll := func(unit string) *tally { return &tally{q: &casus.Quantity{Class: "killed", Unit: unit}} }
	for _, c := range []struct {
		a, b string
		want bool
	}{{"rebel", "soldier", true}, {"rebel", "militant", false}, {"rebel", "people", false}, {"sailor", "soldier", false}} {
		if got := toll(c.a).otherFolk(toll(c.b)); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
