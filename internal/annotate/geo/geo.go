package geo

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"casus"
	"casus/internal/annotate/geo/gazetteer"
)

//go:embed gazetteer.bin
var gazetteerBytes []byte

//go:embed data/relations.tsv
var relationsFile string

//go:embed data/between.tsv
var betweenFile string

//go:embed data/confusable.tsv
var confusableFile string

//go:embed data/company.tsv
var companyFile string

//go:embed data/hints.tsv
var hintsFile string

//go:embed data/registers.tsv
var registersFile string

// Annotator fills Document.Places. It is immutable and safe for concurrent
// use.
type Annotator struct {
	gaz        *gazetteer.Gazetteer
	relations  map[string]string // words before the name to relation
	between    map[string]bool
	confusable map[gazetteer.Key]bool
	// Words of data/company.tsv, by where they stand.
	kinds, followers, facilities, papers map[string]bool
	hintBefore, hintAfter                map[string]want
	registers                            map[string][]phraseOf // by first word
	numRegisters                         int
	scratch                              sync.Pool
}

// New opens the embedded gazetteer and word lists.
func New() (*Annotator, error) {
	g, err := gazetteer.Open(gazetteerBytes)
	if err != nil {
		return nil, fmt.Errorf("geo: %w", err)
	}
	return newWith(g)
}

func newWith(g *gazetteer.Gazetteer) (*Annotator, error) {
	a := &Annotator{gaz: g, relations: map[string]string{}, between: map[string]bool{},
		confusable: map[gazetteer.Key]bool{}, kinds: map[string]bool{}, followers: map[string]bool{}, facilities: map[string]bool{},
		papers: map[string]bool{}}
	where := map[string]map[string]bool{"before": a.kinds, "after": a.followers, "facility": a.facilities, "paper": a.papers}
	for f := range rows(companyFile) {
		if len(f) != 2 || where[f[1]] == nil {
			return nil, fmt.Errorf("geo: company.tsv: bad row %q", f)
		}
		where[f[1]][f[0]] = true
	}
	a.hintBefore, a.hintAfter = map[string]want{}, map[string]want{}
	wants := map[string]want{"town": wantTown, "state": wantState, "county": wantCounty}
	hints := map[string]map[string]want{"before": a.hintBefore, "after": a.hintAfter}
	for f := range rows(hintsFile) {
		if len(f) != 3 || hints[f[1]] == nil || wants[f[2]] == wantAny {
			return nil, fmt.Errorf("geo: hints.tsv: bad row %q", f)
		}
		hints[f[1]][f[0]] = wants[f[2]]
	}
	for f := range rows(relationsFile) {
		if len(f) != 2 {
			return nil, fmt.Errorf("geo: relations.tsv: %d fields in %q", len(f), f)
		}
		a.relations[f[0]] = f[1]
	}
	for f := range rows(betweenFile) {
		a.between[f[0]] = true
	}
	for f := range rows(confusableFile) {
		a.confusable[gazetteer.KeyOf(f[0])] = true
	}
	if err := a.readRegisters(registersFile); err != nil {
		return nil, err
	}
	a.scratch.New = func() any { return &scratch{} }
	return a, nil
}

// rows yields the fields of each line that is not a comment.
func rows(file string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(file) {
			line = strings.TrimRight(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(strings.Split(line, "\t")) {
				return
			}
		}
	}
}

// scratch is the memory of one document.
type scratch struct {
	nameAt   []int32 // by token: index into Names, -1 without
	county   []bool  // by token: in a list of counties
	mentions []mention
	moved    []int32 // by mention found: its place among those kept, or -1
	hits     []gazetteer.Hit
	senses   []sense
	byKey    map[gazetteer.Key]int
	family   map[gazetteer.Key]bool // last words of the persons' full names
	given    map[gazetteer.Key]bool // first words of names that end in one of them
	country  [256]float64
	people   [256]float64 // demonyms by country
	home     [256]float64 // distinct home words by country
	said     []bool       // by expression of registers.tsv
	area     map[uint16]float64
	told     map[gazetteer.ID]float64 // mentions by place, of all its names
}

func (s *scratch) reset(doc *casus.Document) {
	s.nameAt, s.county = s.nameAt[:0], s.county[:0]
	for range doc.Tokens {
		s.nameAt, s.county = append(s.nameAt, -1), append(s.county, false)
	}
	for i, n := range doc.Names {
		for t := n.First; t < n.End; t++ {
			s.nameAt[t] = int32(i)
		}
	}
	s.mentions, s.hits, s.senses = s.mentions[:0], s.hits[:0], s.senses[:0]
	if s.byKey == nil {
		s.byKey, s.area, s.told = map[gazetteer.Key]int{}, map[uint16]float64{}, map[gazetteer.ID]float64{}
		s.family, s.given = map[gazetteer.Key]bool{}, map[gazetteer.Key]bool{}
	}
	clear(s.byKey)
	s.people = [256]float64{}
	clear(s.family)
	for _, n := range doc.Names {
		if n.Label == casus.PER && n.End-n.First > 1 {
			s.family[gazetteer.KeyOf(doc.Form(n.End-1))] = true
		}
	}
	s.givenNames(doc)
}

// givenNames notes the first words of names of two that the tagger does not
// call places and that end in the family name of a person who has another first
// name: where Cory Stevens is told of, Georgia Stevens is his kin, and Georgia
// she.
func (s *scratch) givenNames(doc *casus.Document) {
	clear(s.given)
	first := map[gazetteer.Key]gazetteer.Key{}
	for _, n := range doc.Names {
		if n.Label == casus.LOC || n.End-n.First < 2 {
			continue
		}
		last, g := gazetteer.KeyOf(doc.Form(n.End-1)), gazetteer.KeyOf(doc.Form(n.End-2))
		if !s.family[last] {
			continue
		}
		if old, ok := first[last]; ok && old != g {
			s.given[g], s.given[old] = true, true
		}
		first[last] = g
	}
}

// Annotate fills doc.Places, in text order.
func (a *Annotator) Annotate(doc *casus.Document) error {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	s.reset(doc)
	r := run{a: a, doc: doc, s: s}
	r.register()
	r.recognise()
	r.resolve()
	doc.Places = r.places()
	return nil
}

// run is the work on one document.
type run struct {
	a   *Annotator
	doc *casus.Document
	s   *scratch
}
