package actor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/ontology"
)

// Reading is one thing that a name may mean.
type Reading struct {
	Kind      RecordKind
	Name      string         // the full one
	Names     []string       // all that lead here, the full one first; of states, persons and nouns
	Code      ontology.Actor // on the day; "" when open
	Rule      string         // why, for persons
	Ownership string         // of a medium
	From, To  casus.Date     // of a body: the days of this code
	Offices   []Tenure       // of a person, by their start
	Members   []string       // of a body between states on the day: ISO 3166 alpha-3, sorted
}

// Tenure is one office of a person.
type Tenure struct {
	Office     string
	Code       ontology.Actor
	Start, End casus.Date // End is zero while it lasts
}

// Lookup gives what the tables know under a name, as it would be read on the
// day; without a day as in an undated document. Titles and other phrases are
// not read: they need the engine.
func (a *Annotator) Lookup(name string, on casus.Date) ([]Reading, error) {
	w := &work{t: a.t, doc: &casus.Document{Published: on}}
	node := int32(0)
	for f := range splitWords(strings.TrimPrefix(name, "the ")) {
		id := a.t.lex.words[fold(f)]
		if node = a.t.lex.follow(node, id); node == 0 {
			return nil, nil
		}
	}
	var out []Reading
	for e := a.t.lex.head[node]; node != 0 && e >= 0; e = a.t.lex.entries[e].next {
		r, err := w.reading(&a.t.lex.entries[e])
		if err != nil {
			return nil, err
		}
		if r.Kind != "" && !slices.ContainsFunc(out, func(o Reading) bool { return o.Kind == r.Kind && strings.EqualFold(o.Name, r.Name) && o.Code == r.Code }) {
			out = append(out, r)
		}
	}
	return out, nil
}

// follow gives the node behind a word without making one.
func (l *lexicon) follow(node, word int32) int32 {
	switch {
	case word == 0:
		return 0
	case node == 0:
		return l.first[word]
	}
	return l.edges[uint64(node)<<32|uint64(word)]
}

// reading tells what an entry means; of kinds that name nobody, nothing.
func (w *work) reading(e *entry) (Reading, error) {
	t := w.t
	switch e.kind {
	case entState, entAdj, entPeople, entCapital:
		return Reading{Kind: State, Name: t.states[e.ref].name, Code: t.states[e.ref].code}, nil
	case entPerson:
		return w.personReading(e.ref), nil
	case entNoun:
		n := &t.nouns[t.nounRow[e.ref]]
		code := ontology.Actor("")
		if n.sector != "" {
			code = ontology.Actor(ontology.OpenCountry + n.sector)
		}
		return Reading{Kind: Noun, Name: t.nounOf[e.ref], Code: code}, nil
	case entBody, entMedium:
		return w.bodyReading(e.ref)
	}
	return Reading{}, nil
}

func (w *work) personReading(ref int32) Reading {
	p := &w.t.people[ref]
	r := Reading{Kind: Person, Name: p.name}
	r.Code, _, r.Rule = w.officeCode(ref)
	for _, o := range p.offices {
		r.Offices = append(r.Offices, Tenure{o.title, o.code, o.start, o.end})
	}
	slices.SortStableFunc(r.Offices, func(a, b Tenure) int {
		switch {
		case a.Start.Before(b.Start):
			return -1
		case b.Start.Before(a.Start):
			return 1
		}
		return 0
	})
	return r
}

// bodyReading tells of a body on the day; a row that does not hold tells
// nothing.
func (w *work) bodyReading(ref int32) (Reading, error) {
	b := &w.t.bodies[ref]
	if !w.bodyHolds(ref) {
		return Reading{}, nil
	}
	r := Reading{Kind: Body, Name: b.name, Code: b.code, Ownership: b.ownership, From: b.start, To: b.end}
	switch {
	case b.medium:
		r.Kind = Medium
	case b.group:
		r.Kind = Group
	}
	var err error
	if b.country == "" && !b.medium {
		r.Members, err = w.t.members(b.same, w.doc.Published)
	}
	return r, err
}

// members gives the members of a body on the day; without a day those of
// today.
func (t *tables) members(same int32, on casus.Date) (out []string, err error) {
	err = eachRow("members.tsv", 2, func(f []string) error {
		if ref := t.bodyNamed(f[0]); ref < 0 || t.bodies[ref].same != same {
			if ref < 0 {
				return fmt.Errorf("no body %q", f[0])
			}
			return nil
		}
		for m := range list(f[1]) {
			iso, from, to, err := membership(m)
			if err != nil {
				return err
			}
			year := int(on.Year)
			if year == 0 {
				year = tableYear
			}
			if from <= year && (to == 0 || year < to) && !slices.Contains(out, iso) {
				out = append(out, iso)
			}
		}
		return nil
	})
	slices.Sort(out)
	return out, err
}

// membership reads "FIN:2023" and "GBR:1973-2020"; to is 0 while it lasts.
func membership(s string) (iso string, from, to int, err error) {
	iso, years, ok := strings.Cut(s, ":")
	if !ok {
		return iso, 0, 0, nil
	}
	a, b, left := strings.Cut(years, "-")
	if from, err = strconv.Atoi(a); err == nil && left {
		to, err = strconv.Atoi(b)
	}
	if err != nil || !ontology.IsCountry(iso) {
		return iso, from, to, fmt.Errorf("membership %q is not readable", s)
	}
	return iso, from, to, nil
}

// bodyNamed gives a row of the body of that name, -1 without.
func (t *tables) bodyNamed(name string) int32 {
	node := int32(0)
	for f := range splitWords(name) {
		if node = t.lex.follow(node, t.lex.words[fold(f)]); node == 0 {
			return -1
		}
	}
	for e := t.lex.head[node]; node != 0 && e >= 0; e = t.lex.entries[e].next {
		if t.lex.entries[e].kind == entBody {
			return t.lex.entries[e].ref
		}
	}
	return -1
}
