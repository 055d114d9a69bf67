package ontology

import "slices"

// ploverRow is what the manual says of a type.
type ploverRow struct {
	quad       Quad
	score      float32
	recipient  bool
	general    string // CAMEO code of the type as such
	definition string
}

var ploverTable = once(func() (t [NumPlover]ploverRow) {
	for _, r := range readTable("plover.tsv", 7) {
		p, ok := ParsePlover(r[0])
		if !ok {
			panic("ontology: unknown type " + r[0])
		}
		t[p] = ploverRow{Quad(r[1][0] - '0'), number(r[2]), r[3] == "yes", r[5], r[6]}
	}
	return t
})

// Quad gives the quad class that PLOVER puts the type in. It differs from
// CAMEO's for CONCEDE, which is verbal.
func (p Plover) Quad() Quad { return ploverTable()[min(p, NumPlover-1)].quad }

// Score gives the intensity of the type without a mode, from 10 (aid) to -10.
func (p Plover) Score() float32 { return ploverTable()[min(p, NumPlover-1)].score }

// NeedsRecipient reports whether the manual wants a target for every event of
// the type.
func (p Plover) NeedsRecipient() bool { return ploverTable()[min(p, NumPlover-1)].recipient }

// Definition says in one sentence what the type is.
func (p Plover) Definition() string { return ploverTable()[min(p, NumPlover-1)].definition }

// Mode is one way of doing an event of a type. Scored is false where the
// manual prints no score; Score is then the type's.
type Mode struct {
	Type       Plover
	Name       string
	Score      float32
	Scored     bool
	Definition string
}

var modeTable = once(func() (t [NumPlover][]Mode) {
	for _, r := range readTable("modes.tsv", 4) {
		p, ok := ParsePlover(r[0])
		if !ok {
			panic("ontology: unknown type " + r[0])
		}
		m := Mode{Type: p, Name: r[1], Score: p.Score(), Definition: r[3]}
		if r[2] != "" {
			m.Score, m.Scored = number(r[2]), true
		}
		t[p] = append(t[p], m)
	}
	return t
})

// Modes gives the modes of the type, in the order of the manual; the slice
// belongs to the caller.
func (p Plover) Modes() []Mode { return slices.Clone(modeTable()[min(p, NumPlover-1)]) }

// Mode gives a mode by name; ok is false when the type has no such mode.
func (p Plover) Mode(name string) (m Mode, ok bool) {
	for _, m := range modeTable()[min(p, NumPlover-1)] {
		if m.Name == name {
			return m, true
		}
	}
	return Mode{}, false
}

// Term is a word of a code book with its meaning.
type Term struct{ Name, Definition string }

var contextTable = once(func() (out []Term) {
	for _, r := range readTable("contexts.tsv", 2) {
		out = append(out, Term{r[0], r[1]})
	}
	return out
})

// Contexts gives the PLOVER contexts, sorted.
func Contexts() []Term { return slices.Clone(contextTable()) }

// IsContext reports whether a context of that name exists.
func IsContext(name string) bool {
	return slices.ContainsFunc(contextTable(), func(t Term) bool { return t.Name == name })
}

// Sector is a code of an actor beside its country. International sectors
// stand in the place of the country.
type Sector struct {
	Code          string
	International bool
	Meaning       string
}

var sectorTable = once(func() map[string]Sector {
	m := map[string]Sector{}
	for _, r := range readTable("sectors.tsv", 3) {
		m[r[0]] = Sector{r[0], r[1] == "international", r[2]}
	}
	return m
})

// Sectors gives the sectors, sorted by code.
func Sectors() []Sector {
	out := make([]Sector, 0, len(sectorTable()))
	for _, s := range sectorTable() {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Sector) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return out
}

// LookupSector gives a sector by its code.
func LookupSector(code string) (s Sector, ok bool) {
	s, ok = sectorTable()[code]
	return s, ok
}
