package ontology

import (
	"slices"
	"strings"
)

// Crossing is what a CAMEO code becomes in PLOVER. Origin is "official" for
// a line of the 2021 table, "repaired" where a mode or context of that table
// does not exist in the manual, "inferred" where the table has no line, and
// "parent" where only a longer or shorter code has one.
type Crossing struct {
	CAMEO    string
	Type     Plover
	Mode     string
	Contexts []string
	Origin   string
}

var crossTable = once(func() map[string]Crossing {
	m := map[string]Crossing{}
	for _, r := range readTable("cameo2plover.tsv", 5) {
		p, ok := ParsePlover(r[1])
		if !ok {
			panic("ontology: unknown type " + r[1])
		}
		c := Crossing{CAMEO: r[0], Type: p, Mode: r[2], Origin: r[4]}
		if r[3] != "" {
			c.Contexts = strings.Split(r[3], ";")
		}
		m[c.CAMEO] = c
	}
	return m
})

// FromCAMEO gives the PLOVER coding of a CAMEO code of two to four digits; a
// root is read as its general code ("04" as 040). ok is false for statements
// (root 01) and for codes that are not in the book.
func FromCAMEO(code string) (c Crossing, ok bool) {
	if _, known := cameoTable()[code]; !known {
		return Crossing{}, false
	}
	if c, ok = crossTable()[code]; ok {
		c.Contexts = slices.Clone(c.Contexts)
		return c, true
	}
	c, ok = crossTable()[code+"0"]
	c.CAMEO, c.Origin, c.Contexts = code, "parent", slices.Clone(c.Contexts)
	return c, ok
}

// crossOrder is the table by type, each code after the shorter ones and then
// by code: of equally good lines ToCAMEO takes the more general.
var crossOrder = once(func() (t [NumPlover][]Crossing) {
	for _, c := range crossTable() {
		t[c.Type] = append(t[c.Type], c)
	}
	for p := range t {
		slices.SortFunc(t[p], func(a, b Crossing) int {
			if len(a.CAMEO) != len(b.CAMEO) {
				return len(a.CAMEO) - len(b.CAMEO)
			}
			return strings.Compare(a.CAMEO, b.CAMEO)
		})
	}
	return t
})

// ToCAMEO gives the CAMEO code that says most of a PLOVER coding without
// saying more: the mode must agree, and each context of the code must be among
// those given. Without such a code it gives the type's general one, whose
// mode may differ.
func ToCAMEO(p Plover, mode string, contexts []string) string {
	best, score := ploverTable()[min(p, NumPlover-1)].general, -1
	for _, c := range crossOrder()[min(p, NumPlover-1)] {
		if c.Mode != "" && c.Mode != mode {
			continue
		}
		if s := crossScore(c, contexts); s > score {
			best, score = c.CAMEO, s
		}
	}
	return best
}

// crossScore is -1 for a code that says something not given.
func crossScore(c Crossing, contexts []string) int {
	s := 0
	for _, x := range c.Contexts {
		if !slices.Contains(contexts, x) {
			return -1
		}
		s += 2
	}
	if c.Mode != "" {
		s += 5
	}
	return s
}

// Lossy gives the CAMEO codes that do not come back from PLOVER as they went,
// sorted, each with the code that comes back.
func Lossy() (codes []string, back map[string]string) {
	back = map[string]string{}
	for code, c := range crossTable() {
		if b := ToCAMEO(c.Type, c.Mode, c.Contexts); b != code {
			codes, back[code] = append(codes, code), b
		}
	}
	slices.Sort(codes)
	return codes, back
}
