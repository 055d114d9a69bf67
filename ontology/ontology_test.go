package ontology

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestTypes(t *testing.T) {
	for p := AGREE; p < NumPlover; p++ {
		if p.Quad() == QuadNone || p.Definition() == "" {
			t.Errorf("%v: no quad or definition", p)
		}
		if q, ok := ParsePlover(p.String()); !ok || q != p {
			t.Errorf("%v does not read back", p)
		}
		if want := p.Quad() == VerbalCooperation || p.Quad() == MaterialCooperation; want != (p.Score() > 0) {
			t.Errorf("%v: quad %v and score %v disagree", p, p.Quad(), p.Score())
		}
		for _, m := range p.Modes() {
			if got, ok := p.Mode(m.Name); !ok || got != m || m.Definition == "" {
				t.Errorf("%v: mode %q does not read back", p, m.Name)
			}
		}
	}
	if m, ok := PROTEST.Mode("vandalize"); !ok || m.Scored || m.Score != PROTEST.Score() {
		t.Errorf("vandalize has no score of its own: %+v", m)
	}
}

func TestCAMEO(t *testing.T) {
	if n := len(CAMEOCodes()); n != 318 {
		t.Errorf("%d codes, the book has 318", n)
	}
	for _, c := range CAMEOCodes() {
		if c.Quad() == QuadNone || c.Name == "" {
			t.Errorf("%s: no quad or name", c.Code)
		}
		if p := c.Parent(); p != "" {
			if _, ok := CAMEO(p); !ok {
				t.Errorf("%s has no parent", c.Code)
			}
		}
	}
	for code, want := range map[string]float32{"057": 8, "1951": -10, "176": -7, "1214": -4, "016": -2} {
		if c, ok := CAMEO(code); !ok || c.Goldstein != want {
			t.Errorf("%s: Goldstein %v, want %v", code, c.Goldstein, want)
		}
	}
	if c, _ := CAMEO("016"); c.GoldsteinICEWS != -5 {
		t.Errorf("016 in the ICEWS list: %v, want -5", c.GoldsteinICEWS)
	}
	if _, ok := CAMEO("099"); ok {
		t.Error("099 is not in the book")
	}
}

// TestMutual holds the table of mutual deeds against CAMEO and itself.
func TestMutual(t *testing.T) {
	n := 0
	for _, c := range CAMEOCodes() {
		m, ok := MutualOf(c.Code)
		if !ok {
			continue
		}
		n++
		if back, _ := MutualOf(m.Back); m.Back != "" && back.Back != c.Code {
			t.Errorf("%s goes to %s and does not come back", c.Code, m.Back)
		}
	}
	if n != len(mutualTable()) {
		t.Errorf("%d of the %d codes are of CAMEO", n, len(mutualTable()))
	}
	if m, ok := MutualOf("042"); !ok || m.Back != "043" || m.Among {
		t.Errorf("a visit: got %+v, %v", m, ok)
	}
	if _, ok := MutualOf("112"); ok {
		t.Error("an accusation is mutual")
	}
}

func TestCrosswalkForth(t *testing.T) {
	for _, c := range CAMEOCodes() {
		x, ok := FromCAMEO(c.Code)
		if ok == (c.Root() == "01") {
			t.Errorf("%s: crosses %v", c.Code, ok)
		}
		if !ok {
			continue
		}
		if _, ok := x.Type.Mode(x.Mode); x.Mode != "" && !ok {
			t.Errorf("%s: %v has no mode %q", c.Code, x.Type, x.Mode)
		}
		for _, k := range x.Contexts {
			if !IsContext(k) {
				t.Errorf("%s: unknown context %q", c.Code, k)
			}
		}
	}
}

func TestCrosswalkBack(t *testing.T) {
	for p := AGREE; p < NumPlover; p++ {
		code := ToCAMEO(p, "", nil)
		if x, ok := FromCAMEO(code); !ok || x.Type != p {
			t.Errorf("%v goes to %q and comes back as %v", p, code, x.Type)
		}
		for _, m := range p.Modes() {
			code := ToCAMEO(p, m.Name, nil)
			if x, ok := FromCAMEO(code); !ok || x.Type != p {
				t.Errorf("%v %s goes to %q and comes back as %v", p, m.Name, code, x.Type)
			}
		}
	}
}

// TestLossy names each CAMEO code that the way to PLOVER and back changes.
func TestLossy(t *testing.T) {
	codes, back := Lossy()
	var b strings.Builder
	for _, c := range codes {
		l, _ := CAMEO(c)
		b.WriteString(c + "\t" + back[c] + "\t" + l.Name + "\n")
	}
	const golden = "testdata/lossy.tsv"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("lossy codes changed; got\n%s", b.String())
	}
}

func TestActor(t *testing.T) {
	for code, ok := range map[Actor]bool{"": true, "RUS": true, "RUSGOV": true, "USAGOVMIL": true, "IGO": true, "UNO": true, "REB": true,
		"IMGREB": true, "---CRM": true, "---": false, "---RUS": false, "RU": false, "RUSXXX": false, "XXXGOV": false, "RUSIGO": false, "GOVRUS": false, "rus": false} {
		if err := code.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", code, err)
		}
	}
	if a := Actor("USAGOVMIL"); a.Country() != "USA" || strings.Join(a.Sectors(), " ") != "GOV MIL" {
		t.Errorf("USAGOVMIL: %q %q", a.Country(), a.Sectors())
	}
	if a := Actor("UNO"); a.Country() != "" || len(a.Sectors()) != 1 {
		t.Errorf("UNO: %q %q", a.Country(), a.Sectors())
	}
	if a := Actor("---GOV"); a.Country() != "" || strings.Join(a.Sectors(), " ") != "GOV" {
		t.Errorf("---GOV: %q %q", a.Country(), a.Sectors())
	}
	if a := Actor(OpenCountry); a.Country() != "" || len(a.Sectors()) != 0 {
		t.Errorf("---: %q %q", a.Country(), a.Sectors())
	}
	if n := len(Sectors()); n != 32 {
		t.Errorf("%d sectors", n)
	}
}
