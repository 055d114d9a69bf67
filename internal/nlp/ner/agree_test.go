package ner

import (
	"strings"
	"testing"

	"casus"
	"casus/ud"

	"github.com/google/go-cmp/cmp"
)

// marked builds a one-sentence document from words; a capital makes a proper
// noun, and "Ivan_Petrov/PER" is a name of two words with its label.
func marked(t *testing.T, text string) *casus.Document {
	t.Helper()
	var sent Sentence
	var names []Run
	labels := map[string]casus.NameLabel{"PER": casus.PER, "LOC": casus.LOC, "ORG": casus.ORG}
	for _, f := range strings.Fields(text) {
		phrase, label, isName := strings.Cut(f, "/")
		first := len(sent.Form)
		for _, w := range strings.Split(phrase, "_") {
			u := ud.NOUN
			if w[0] >= 'A' && w[0] <= 'Z' {
				u = ud.PROPN
			}
			sent.Form, sent.UPOS, sent.XPOS = append(sent.Form, w), append(sent.UPOS, u), append(sent.XPOS, 0)
		}
		if isName {
			names = append(names, Run{first, len(sent.Form), labels[label]})
		}
	}
	doc := document([]Sentence{sent})
	for _, r := range names {
		a, b := casus.TokenID(r.First), casus.TokenID(r.End)
		doc.Names = append(doc.Names, casus.Name{Span: doc.TokenSpan(a, b), First: a, End: b, Label: r.Label})
	}
	return doc
}

func show(doc *casus.Document) (out []string) {
	for _, n := range doc.Names {
		out = append(out, doc.String(n.Span)+"/"+n.Label.String())
	}
	return out
}

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing to agree on", "the guard left", nil},
		{"a family name follows the full one", "Ivan_Petrov/PER came and Petrov/LOC left", []string{"Ivan Petrov/PER", "Petrov/PER"}},
		{"and is found where it was missed", "when Petrov left , Ivan_Petrov/PER came", []string{"Petrov/PER", "Ivan Petrov/PER"}},
		{"the many overrule the one", "Lima/LOC and Lima/LOC or Lima/ORG", []string{"Lima/LOC", "Lima/LOC", "Lima/LOC"}},
		{"one does not overrule one", "Lima/LOC or Lima/ORG", []string{"Lima/LOC", "Lima/ORG"}},
		{"part of a longer name is left alone", "Ivan_Petrov/PER saw the Petrov Bridge", []string{"Ivan Petrov/PER"}},
		{"small letters are no name", "Ivan_Petrov/PER saw a petrov", []string{"Ivan Petrov/PER"}},
		{"a family name is no town", "Ivan_Lima/PER left ; the Guild/ORG of Lima/LOC , in Lima/LOC , near Lima/LOC , by Lima/LOC , at Lima/LOC",
			[]string{"Ivan Lima/PER", "Guild/ORG", "Lima/LOC", "Lima/LOC", "Lima/LOC", "Lima/LOC", "Lima/LOC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := marked(t, c.text)
			new(Tagger).Agree(doc, new(Scratch))
			if d := cmp.Diff(c.want, show(doc)); d != "" {
				t.Errorf("names (-want +got):\n%s", d)
			}
		})
	}
}

func TestGazetteerFileIsSortedAndFound(t *testing.T) {
	g, err := names()
	if err != nil {
		t.Fatal(err)
	}
	last, n := "", 0
	for line := range strings.Lines(namesTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, _, _ := strings.Cut(line, "\t")
		if name < last {
			t.Errorf("%q stands after %q", name, last)
		}
		last, n = name, n+1
	}
	if n < 1000 {
		t.Fatalf("only %d names", n)
	}
	for _, c := range []struct {
		text, list string
		first, end int
	}{
		{"in South Africa today", "country", 1, 3},
		{"in SOUTH AFRICA today", "country", 1, 3},
		{"the Africa desk", "region", 1, 2},
		{"a Guinea - Bissau ship", "country", 1, 4},
	} {
		var s Scratch
		sent := Sentence{Form: strings.Fields(c.text)}
		sent.UPOS, sent.XPOS = make([]ud.UPOS, len(sent.Form)), make([]ud.XPOS, len(sent.Form))
		s.loadSentence(&sent, &resources{&classes{}, g})
		for i := range sent.Form {
			if got, want := s.key[i+pad].gaz != 0, i >= c.first && i < c.end; got != want {
				t.Errorf("%s: %q is marked %v", c.text, sent.Form[i], got)
			}
		}
	}
	for _, bad := range []string{"Lima", "Lima\tharbour", "\tcity"} {
		if _, err := readGazetteer(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestClasses(t *testing.T) {
	of := map[string]uint16{"lima": 7, "port": 255, "guild": 300, "quay": 0}
	c := newClasses(of)
	for w, want := range map[string]uint32{"lima": 7, "Lima": 7, "port": 255, "guild": 0, "quay": 0, "other": 0} {
		if got := c.of(foldHash(w)); got != want {
			t.Errorf("class of %q is %d, want %d", w, got, want)
		}
	}
	if got := new(classes).of(1); got != 0 {
		t.Errorf("an empty table gives %d", got)
	}
}
