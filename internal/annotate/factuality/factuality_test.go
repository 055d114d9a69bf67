package factuality

import (
	"os"
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

// readCases reads trees of our own sentences with "# want = word status
// [phase]" lines, one document a case.
func readCases(t testing.TB) (docs []*casus.Document, wants [][]string) {
	t.Helper()
	for _, g := range readGroups(t, "testdata/predicates.conllu") {
		doc, err := casus.FromTrees(g)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
		wants = append(wants, comments(g, "want"))
	}
	return docs, wants
}

// comments gives the values of the comments of a key of a case.
func comments(g []ud.Sentence, key string) (out []string) {
	for _, c := range g[0].Comments {
		if v, ok := strings.CutPrefix(c, "# "+key+" = "); ok {
			out = append(out, v)
		}
	}
	return out
}

// readGroups reads the sentences of each case of a file.
func readGroups(t testing.TB, path string) (groups [][]ud.Sentence) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
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
		t.Fatalf("%s: no cases", path)
	}
	return groups
}

func newTest(t testing.TB) *Annotator {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func find(doc *casus.Document, form string) *casus.Predicate {
	for i := range doc.Predicates {
		if p := &doc.Predicates[i]; doc.Form(p.Head) == form {
			return p
		}
	}
	return nil
}

// TestPredicates needs the tree only: Accuse and Claim work through governors
// here, and through statements in TestCompose.
func TestPredicates(t *testing.T) {
	a := newTest(t)
	docs, wants := readCases(t)
	for i, doc := range docs {
		t.Run(doc.ID, func(t *testing.T) {
			doc.IndexStatements()
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			if len(wants[i]) == 0 {
				t.Fatal("the case wants nothing")
			}
			for _, want := range wants[i] {
				f := strings.Fields(want)
				p := find(doc, f[0])
				if p == nil {
					t.Errorf("%q is no predicate", f[0])
					continue
				}
				if got := p.Status.String(); got != f[1] {
					t.Errorf("status of %q is %s by %s, want %s", f[0], got, p.Evidence[0].Rule, f[1])
				}
				if len(f) > 2 && p.Phase.String() != f[2] {
					t.Errorf("phase of %q is %s, want %s", f[0], p.Phase, f[2])
				}
			}
		})
	}
}

// A statement's stance changes what stands in its content, from the innermost
// outward.
func TestCompose(t *testing.T) {
	docs, _ := readCases(t)
	a := newTest(t)
	for _, r := range []struct {
		name    string
		stances []casus.Stance // innermost first
		negated bool
		want    casus.Status
	}{
		{"outlet", nil, false, casus.Asserted},
		{"said", []casus.Stance{casus.Assert}, false, casus.Asserted},
		{"claimed", []casus.Stance{casus.Claim}, false, casus.Claimed},
		{"believed", []casus.Stance{casus.Believe}, false, casus.Claimed},
		{"denied", []casus.Stance{casus.Deny}, false, casus.Denied},
		{"accused", []casus.Stance{casus.Accuse}, false, casus.Claimed},
		{"media quote a claim", []casus.Stance{casus.Claim, casus.Quote}, false, casus.Claimed},
		{"said that he denied", []casus.Stance{casus.Deny, casus.Assert}, false, casus.Denied},
		{"claims of a saying", []casus.Stance{casus.Assert, casus.Claim}, false, casus.Claimed},
		{"no denial", []casus.Stance{casus.Deny}, true, casus.Asserted},
	} {
		t.Run(r.name, func(t *testing.T) {
			for _, doc := range docs {
				if doc.ID != "plain" {
					continue
				}
				doc.Statements = nil
				whole := casus.Span{Start: 0, End: casus.Pos(len(doc.Text))}
				for i := len(r.stances) - 1; i >= 0; i-- {
					st := casus.Statement{Content: []casus.Span{whole}, CueHead: casus.None, Stance: r.stances[i], Negated: r.negated}
					for v := range doc.Statements {
						st.Via = append(st.Via, casus.StatementID(v))
					}
					doc.Statements = append(doc.Statements, st)
				}
				doc.IndexStatements()
				if err := a.Annotate(doc); err != nil {
					t.Fatal(err)
				}
				if p := find(doc, "sent"); p == nil || p.Own != casus.Asserted || p.Status != r.want {
					t.Errorf("sent: got %+v, want own asserted and status %s", p, r.want)
				}
				return
			}
			t.Fatal("no case plain")
		})
	}
}

// Who denies an allegation or takes a report back denies what it says; what is
// claimed by a verb inside a denied clause stays claimed. The inner cue is the
// word at hand, whatever it means.
func TestDeniedAllegation(t *testing.T) {
	docs, _ := readCases(t)
	a := newTest(t)
	for _, r := range []struct {
		name, cue string
		outer     casus.Stance
		want      casus.Status
	}{
		{"denied the allegation that", "ministry", casus.Deny, casus.Denied},
		{"took back the report that", "ministry", casus.Retract, casus.Denied},
		{"denied that they claim", "announced", casus.Deny, casus.Claimed},
		{"said of the allegation that", "ministry", casus.Assert, casus.Claimed},
	} {
		found := false
		for _, doc := range docs {
			if doc.ID != "tense-behind-plan" {
				continue
			}
			whole := []casus.Span{{Start: 0, End: casus.Pos(len(doc.Text))}}
			cue := doc.TokenAt(casus.Pos(strings.Index(doc.Text, r.cue)))
			doc.Statements = []casus.Statement{
				{Content: whole, CueHead: casus.None, Stance: r.outer},
				{Content: whole, CueHead: cue, Stance: casus.Claim, Via: []casus.StatementID{0}},
			}
			doc.IndexStatements()
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			p := find(doc, "left")
			if found = p != nil; !found || p.Status != r.want {
				t.Errorf("%s: got %+v, want %s", r.name, p, r.want)
			}
		}
		if !found {
			t.Fatal("no case tense-behind-plan")
		}
	}
}

// Where the accurate tier has read a sentence, its value overrules weak rules,
// and what hardly happened follows its clause.
func TestWeigh(t *testing.T) {
	a := newTest(t)
	docs, _ := readCases(t)
	for _, r := range []struct {
		doc, form string
		value     float32
		want      casus.Status
	}{
		{"on-air", "calm", 2.5, casus.Planned}, // a purpose is no deed
		{"contract-to", "supply", 2, casus.Asserted},
		{"first-flight", "leave", 2.5, casus.Planned}, // "will" is no weak rule
		{"first-flight", "flight", -0.7, casus.Planned},
		{"too-weak", "hold", 2.5, casus.Negated},
		{"contract-to", "supply", -2, casus.Planned},
		{"contract-to", "supply", 0.5, casus.Hypothetical},
		{"manage", "managed", 2, casus.Asserted},
		{"manage", "managed", -2, casus.Hypothetical}, // no rule speaks
	} {
		found := false
		for _, doc := range docs {
			if doc.ID != r.doc {
				continue
			}
			doc.Readings = make([]casus.Reading, len(doc.Tokens))
			for i := range doc.Readings {
				doc.Readings[i] = casus.Reading{Value: r.value, Status: casus.Asserted, Probability: 1}
			}
			doc.Statements = nil
			doc.IndexStatements()
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			p := find(doc, r.form)
			if p == nil {
				t.Fatalf("%s: %q is no predicate", r.doc, r.form)
			}
			if found = true; p.Status != r.want {
				t.Errorf("%s: %q with value %g is %s by %s, want %s", r.doc, r.form, r.value, p.Status, p.Evidence[0].Rule, r.want)
			}
		}
		if !found {
			t.Fatalf("no case %s", r.doc)
		}
	}
}

// A predicate that a time expression puts long before the news is background.
func TestHistorical(t *testing.T) {
	docs, _ := readCases(t)
	a := newTest(t)
	for _, doc := range docs {
		if doc.ID != "plain" {
			continue
		}
		doc.Statements = nil
		doc.IndexStatements()
		for i := range doc.Tokens {
			if tok := casus.TokenID(i); doc.Form(tok) == "August" {
				doc.Times = []casus.Time{{Span: doc.Tokens[i].Span, Head: tok, Historical: true}}
			}
		}
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		if p := find(doc, "sent"); p == nil || !p.Historical {
			t.Errorf("sent: got %+v, want historical", p)
		}
		return
	}
	t.Fatal("no case plain")
}

// Background is told from news by years, eras and anniversaries, by what shares
// their clause, and by the past perfect behind them. Here every year is long
// ago and every weekday of this week.
func TestBackground(t *testing.T) {
	a := newTest(t)
	for _, g := range readGroups(t, "testdata/background.conllu") {
		doc, err := casus.FromTrees(g)
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc.Tokens {
			tok, form := &doc.Tokens[i], doc.Form(casus.TokenID(i))
			year := strings.HasPrefix(form, "19") || strings.HasPrefix(form, "20")
			if year || strings.HasSuffix(form, "day") || form == "week" {
				iv := casus.Interval{Start: casus.NewDate(2026, 3, 8), End: casus.NewDate(2026, 3, 8)}
				doc.Times = append(doc.Times, casus.Time{Span: tok.Span, Head: casus.TokenID(i), Type: casus.TimeDATE, Historical: year, Interval: iv})
			}
		}
		doc.IndexStatements()
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		old, fresh := comments(g, "background"), comments(g, "news")
		if len(old)+len(fresh) == 0 {
			t.Fatalf("%s wants nothing", doc.ID)
		}
		for i, form := range append(old, fresh...) {
			if p := find(doc, form); p == nil || p.Historical != (i < len(old)) {
				t.Errorf("%s: %q: got %+v, want background %v", doc.ID, form, p, i < len(old))
			}
		}
	}
}

// Whatever the tree, the layer is in text order, each token at most once, each
// value on the scale, each status with its reason.
func TestProperties(t *testing.T) {
	docs, _ := readCases(t)
	a := newTest(t)
	for _, doc := range docs {
		for round := casus.TokenID(0); round < 6; round++ {
			for i := range doc.Sentences {
				s := &doc.Sentences[i]
				for k := s.First; k < s.End; k++ {
					doc.Tokens[k].Head = casus.None
					if k > s.First {
						doc.Tokens[k].Head = s.First + (k-s.First)*round%(k-s.First)
					}
				}
			}
			doc.Link()
			doc.IndexStatements()
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			last := casus.TokenID(-1)
			for _, p := range doc.Predicates {
				if p.Head <= last || p.Value < -3 || p.Value > 3 || p.Status == casus.StatusNone || len(p.Evidence) == 0 || p.Evidence[0].Rule == "" {
					t.Fatalf("%s: bad predicate %+v after %d", doc.ID, p, last)
				}
				last = p.Head
			}
		}
	}
}

func TestTables(t *testing.T) {
	if _, err := readGovernors("fail\tv\tnonsense\n"); err == nil {
		t.Error("an unknown effect is accepted")
	}
	if _, err := readModel(modelFile[:100]); err == nil {
		t.Error("a short weight file is accepted")
	}
}

func BenchmarkAnnotate(b *testing.B) {
	a := newTest(b)
	docs, _ := readCases(b)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			doc.IndexStatements()
			if err := a.Annotate(doc); err != nil {
				b.Fatal(err)
			}
			n += len(doc.Sentences)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sentences/s")
}
