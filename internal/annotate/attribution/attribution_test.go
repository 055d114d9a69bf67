package attribution

import (
	"os"
	"strings"
	"testing"

	"casus"
	"casus/ud"

	"github.com/google/go-cmp/cmp"
)

// document is one text of a case file with what is wanted of it.
type document struct {
	doc     *casus.Document
	wants   []string
	details []string
}

// readCases reads trees with "# want =" lines. The sentences are ours; the
// trees are the engine's, kept so that a change of the parser does not touch
// these tests.
func readCases(t testing.TB, path string) []document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var groups [][]ud.Sentence
	for s, err := range ud.NewReader(f).All() {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Comment("newdoc id"); ok {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], s)
	}
	if len(groups) == 0 {
		t.Fatalf("%s holds no document", path)
	}
	var out []document
	for _, g := range groups {
		doc, err := casus.FromTrees(g)
		if err != nil {
			t.Fatal(err)
		}
		d := document{doc: doc}
		for _, c := range g[0].Comments {
			if w, ok := strings.CutPrefix(c, "# want = "); ok {
				d.wants = append(d.wants, w)
			}
			if w, ok := strings.CutPrefix(c, "# detail = "); ok {
				d.details = append(d.details, w)
			}
		}
		out = append(out, d)
	}
	return out
}

func newTest(t testing.TB) *Annotator {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// line writes a statement as the case files do: source, cue, content, stance,
// and the cue of the statement that carries it.
func line(doc *casus.Document, st *casus.Statement) string {
	join := func(spans []casus.Span) string {
		var out []string
		for _, s := range spans {
			out = append(out, strings.Join(strings.Fields(doc.String(s)), " "))
		}
		return strings.Join(out, " + ")
	}
	via := "-"
	if p := st.Parent(); p != casus.None {
		via = join(doc.Statements[p].Cue)
	}
	return strings.Join([]string{join(st.Source), join(st.Cue), join(st.Content), st.Stance.String(), via}, " | ")
}

func TestStatements(t *testing.T) {
	a := newTest(t)
	for _, c := range readCases(t, "testdata/statements.conllu") {
		t.Run(c.doc.ID, func(t *testing.T) {
			if err := a.Annotate(c.doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range c.doc.Statements {
				got = append(got, line(c.doc, &c.doc.Statements[i]))
			}
			if len(c.wants)+len(c.details) == 0 {
				t.Fatal("the case wants nothing")
			}
			for _, want := range c.details {
				if got := details(c.doc); !contains(got, want) {
					t.Errorf("missing %q\ngot:\n%s", want, strings.Join(got, "\n"))
				}
			}
			for _, want := range c.wants {
				if want == "none" {
					if len(got) > 0 {
						t.Errorf("got %q, want no statement", got)
					}
					continue
				}
				if !contains(got, want) {
					t.Errorf("missing %q\ngot:\n%s", want, strings.Join(got, "\n"))
				}
			}
		})
	}
}

// details writes the parts of threats (what, against whom, condition, deadline)
// and the two sides of labels.
func details(doc *casus.Document) (out []string) {
	join := func(spans []casus.Span) string {
		if len(spans) == 0 {
			return "-"
		}
		var words []string
		for _, s := range spans {
			words = append(words, doc.String(s))
		}
		return strings.Join(words, " + ")
	}
	for i := range doc.Statements {
		if t := doc.Statements[i].Threat; t != nil {
			out = append(out, "threat: "+strings.Join([]string{join(t.What), join(t.Against), join(t.Condition), join(t.ByWhen)}, " | "))
		}
		if l := doc.Statements[i].Label; l != nil {
			out = append(out, "label: "+join(l.Of)+" | "+join(l.As))
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestQuotations(t *testing.T) {
	type row struct {
		name, text string
		want       []string
	}
	for _, r := range []row{
		{"curly", "He said “yes” and “no”.", []string{"“yes”", "“no”"}},
		{"straight", `He said "yes" and "no".`, []string{`"yes"`, `"no"`}},
		{"two apostrophes", "''We won,'' she said.", []string{"''We won,''"}},
		{"backticks", "``We won,'' she said.", []string{"``We won,''"}},
		{"guillemets", "«Nous partons», he said.", []string{"«Nous partons»"}},
		{"low", "„Wir gehen”, he said.", []string{"„Wir gehen”"}},
		{"single", "‘We won’, she said.", []string{"‘We won’"}},
		{"apostrophe", "The workers’ demands aren’t new.", nil},
		{"straight apostrophe", "The workers' demands aren't new.", nil},
		{"possessive inside", "‘The workers’ demands are new,’ she said.", []string{"‘The workers’ demands are new,’"}},
		{"single in double", "“He said ‘go’ twice,” she said.", []string{"“He said ‘go’ twice,”"}},
		{"unclosed", "“We go.\n\nThen they left.", []string{"“We go."}},
		{"carried", "“We go.\n\n“We stay.”", []string{"“We go.", "“We stay.”"}},
		{"closed by an opening mark", "“We go,“ she said. “We go.“", []string{"“We go,“", "“We go.“"}},
		{"low, closed by a high one", "„Wir gehen“, sagt er, „heute“.", []string{"„Wir gehen“", "„heute“"}},
		{"opened twice", "“We “never” go,” she said.", []string{"“We “never”"}},
		{"empty", "", nil},
	} {
		t.Run(r.name, func(t *testing.T) {
			var got []string
			for _, q := range findQuotations(nil, r.text) {
				got = append(got, r.text[q.Start:q.End])
			}
			if d := cmp.Diff(r.want, got); d != "" {
				t.Error(d)
			}
		})
	}
	qs := findQuotations(nil, "“We go.\n\n“We stay.” “Both.”")
	if len(qs) != 3 || qs[0].chain || !qs[1].chain || qs[2].chain {
		t.Errorf("chain: got %+v, want only the second carried", qs)
	}
}

// A cue that another with the same content has taken in is no second statement;
// of two that have taken each other in the surer stays.
func TestPartOf(t *testing.T) {
	content := tokens{6, 12}
	withdrew := cue{head: 3, span: tokens{3, 6}, right: content, worth: -1}
	report := cue{head: 5, span: tokens{5, 6}, right: content, worth: 2}
	both := cue{head: 5, span: tokens{3, 6}, right: content, worth: 2}
	other := cue{head: 5, span: tokens{5, 6}, right: tokens{6, 9}, worth: 2}
	for _, r := range []struct {
		name  string
		cues  []cue
		wants [2]bool
	}{
		{"taken in", []cue{withdrew, report}, [2]bool{false, true}},
		{"each other", []cue{withdrew, both}, [2]bool{true, false}},
		{"another content", []cue{withdrew, other}, [2]bool{false, false}},
	} {
		w := work{cues: r.cues}
		for i, want := range r.wants {
			if w.cues[i].dropped = w.partOf(i); w.cues[i].dropped != want {
				t.Errorf("%s: cue %d is part of another: %v, want %v", r.name, i, !want, want)
			}
		}
	}
}

// A source found by its possessor is spoken by the word that heads it; a
// possessor alone ("Chad's claim") speaks itself.
func TestHeadSpeaker(t *testing.T) {
	a := newTest(t)
	for _, c := range readCases(t, "testdata/statements.conllu") {
		if c.doc.ID != "possessor" {
			continue
		}
		w := &work{a: a}
		w.prepare(c.doc)
		at := func(form string) casus.TokenID { return c.doc.TokenAt(casus.Pos(strings.Index(c.doc.Text, form))) }
		whole := tokens{at("Chad"), at("dismissed")}
		for form, want := range map[string]string{"Chad": "minister", "minister": "minister"} {
			got := w.headSpeaker(&cue{source: whole, speaks: at(form)})
			if got != at(want) {
				t.Errorf("found by %q: got %q, want %q", form, c.doc.Form(got), want)
			}
		}
		if got := w.headSpeaker(&cue{source: tokens{0, 1}, speaks: 0}); got != 0 {
			t.Errorf("Chad alone: got %q", c.doc.Form(got))
		}
		return
	}
	t.Fatal("no case possessor")
}

// Nobody says of another that he says: a content that is another's source and
// cue is none.
func TestTellsTelling(t *testing.T) {
	plan := cue{head: 2, span: tokens{2, 3}, right: tokens{5, 8}} // Chad | has | the paper reported
	report := cue{head: 7, span: tokens{7, 8}, source: tokens{5, 7}, left: tokens{1, 4}}
	longer := plan
	longer.right = tokens{4, 8}
	for _, r := range []struct {
		name string
		cues []cue
		want bool
	}{
		{"the telling", []cue{plan, report}, true},
		{"more than the telling", []cue{longer, report}, false},
		{"alone", []cue{plan}, false},
	} {
		if w := (work{cues: r.cues}); w.tellsTelling(0) != r.want {
			t.Errorf("%s: got %v, want %v", r.name, !r.want, r.want)
		}
	}
}

// A pronoun's statement is spoken by what the pronoun stands for, and "which"
// by the noun before it.
func TestSpeaker(t *testing.T) {
	a := newTest(t)
	for _, c := range readCases(t, "testdata/statements.conllu") {
		if c.doc.ID != "relative-source" {
			continue
		}
		head := casus.TokenID(casus.None)
		for i := range c.doc.Tokens {
			if c.doc.Form(casus.TokenID(i)) == "newspaper" {
				head = casus.TokenID(i)
			}
		}
		c.doc.Entities = []casus.Entity{{Name: "Sega", Mentions: []casus.Mention{{Span: c.doc.TokenSpan(head-1, head+2), First: head - 1, End: head + 2, Head: head}}}}
		if c.doc.Tokens[head].Deprel == ud.Compound {
			c.doc.Entities[0].Mentions[0].Head = c.doc.Tokens[head].Head
		}
		c.doc.IndexMentions()
		if err := a.Annotate(c.doc); err != nil {
			t.Fatal(err)
		}
		for i := range c.doc.Statements {
			if st := &c.doc.Statements[i]; c.doc.String(st.Cue[0]) == "alleged" {
				if st.Speaker != 0 {
					t.Errorf("speaker of %q is %d, want the newspaper", line(c.doc, st), st.Speaker)
				}
				return
			}
		}
		t.Fatal("no statement with cue alleged")
	}
	t.Fatal("no case relative-source")
}

// Whatever the tree, spans lie on rune borders inside the text, pieces do not
// overlap, and Via leads to earlier parents without a circle.
func TestProperties(t *testing.T) {
	a := newTest(t)
	for _, c := range readCases(t, "testdata/statements.conllu") {
		n := casus.TokenID(len(c.doc.Tokens))
		for round := casus.TokenID(0); round < 6; round++ {
			// Turn the heads about within each sentence: nonsense, but trees.
			for i := range c.doc.Sentences {
				s := &c.doc.Sentences[i]
				for k := s.First; k < s.End; k++ {
					c.doc.Tokens[k].Head = casus.None
					if k > s.First {
						c.doc.Tokens[k].Head = s.First + (k-s.First)*round%(k-s.First)
					}
				}
			}
			c.doc.Link()
			if err := a.Annotate(c.doc); err != nil {
				t.Fatal(err)
			}
			check(t, c.doc)
		}
		if n == 0 {
			t.Fatal("a case without tokens")
		}
	}
}

func check(t *testing.T, doc *casus.Document) {
	t.Helper()
	for i := range doc.Statements {
		st := &doc.Statements[i]
		if len(st.Cue) != 1 || len(st.Content) == 0 || len(st.Evidence) == 0 || st.Stance == casus.StanceNone || st.Kind == casus.StatementKindNone {
			t.Errorf("%s: unfinished statement %+v", doc.ID, st)
		}
		last := casus.Pos(-1)
		for _, s := range st.Content {
			if s.Empty() || s.Start < last || int(s.End) > len(doc.Text) {
				t.Errorf("%s: content %v out of order or bounds", doc.ID, st.Content)
			}
			last = s.End
		}
		for _, v := range st.Via {
			if v == casus.StatementID(i) || int(v) >= len(doc.Statements) {
				t.Errorf("%s: statement %d via %v", doc.ID, i, st.Via)
			}
		}
	}
}

func TestModelFile(t *testing.T) {
	if _, err := readModel(modelFile[:len(modelFile)-1]); err == nil {
		t.Error("a short file is accepted")
	}
	bad := append([]byte(nil), modelFile...)
	bad[len(bad)/2] ^= 1
	if _, err := readModel(bad); err == nil {
		t.Error("a damaged file is accepted")
	}
}

func TestCueTable(t *testing.T) {
	if _, _, err := readCues("say\tv\tnonsense\n"); err == nil {
		t.Error("an unknown stance is accepted")
	}
	m, _, err := readCues(cueFile)
	if err != nil {
		t.Fatal(err)
	}
	for w, want := range map[cueWord]casus.Stance{{"say", verbCue}: casus.Assert, {"deny", verbCue}: casus.Deny,
		{"threat", nounCue}: casus.Threaten, {"according", prepCue}: casus.Assert} {
		if m[w] != want {
			t.Errorf("stance of %v is %v, want %v", w, m[w], want)
		}
	}
}

func FuzzQuotations(f *testing.F) {
	f.Add("He said “yes” and \"no\" to the ‘boss’.\n\n“Well.")
	f.Add("''We won,'' «so» „there” 'we' ’s")
	f.Fuzz(func(t *testing.T, s string) {
		last := casus.Pos(0)
		for _, q := range findQuotations(nil, s) {
			if q.Start < 0 || q.End <= q.Start || int(q.End) > len(s) || q.Start < last {
				t.Fatalf("%q: quotation %v after %d", s, q.Span, last)
			}
			last = q.Start
			if strings.Contains(s[q.Start:q.End], "\n") {
				t.Fatalf("%q: quotation over a line break", s)
			}
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	a := newTest(b)
	cases := readCases(b, "testdata/statements.conllu")
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cases {
			if err := a.Annotate(c.doc); err != nil {
				b.Fatal(err)
			}
			n += len(c.doc.Sentences)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sentences/s")
}
