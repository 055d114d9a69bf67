package actor

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus"
	"casus/ontology"
)

// RecordKind says what a record of a user's table names.
type RecordKind string

// The kinds of records.
const (
	Person RecordKind = "person" // a named person, with the days of one office
	Body   RecordKind = "body"   // a ministry, company, party headquarters: an organisation
	Group  RecordKind = "group"  // rebels, a party, a movement: "they"
	Medium RecordKind = "medium" // an outlet or agency
	State  RecordKind = "state"  // another name of a state
	Noun   RecordKind = "noun"   // a common noun with its sector
)

var recordKinds = []RecordKind{Person, Body, Group, Medium, State, Noun}

// Record is one line of a user's table of actors. What it names replaces all
// that the built-in base knows under these very names.
type Record struct {
	Kind      RecordKind
	Code      ontology.Actor // of a noun: the sector behind an open country, "---LAB"
	From, To  casus.Date     // the code holds from and to these days; zero: always
	Office    string         // of a person: "defence minister"
	Names     []string       // the first is the full one
	Ownership string         // of a medium: state, public, private or ""
}

// Columns are the columns of the CSV form of records, in the order they are
// written. A file may have them in any order, and lack the optional ones:
// office, from, to, ownership.
var Columns = []string{"kind", "code", "from", "to", "office", "names", "ownership"}

// ReadRecords reads the CSV form: UTF-8, a header with Columns, names divided
// by ";", lines that begin with "#" are comments. Bad lines are returned as
// failures with "file:line" as their place; the good ones are read all the
// same.
func ReadRecords(r io.Reader, file string) (recs []Record, bad []*casus.Failure) {
	in := csv.NewReader(r)
	in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = '#', -1, true
	head, err := in.Read()
	if err != nil {
		return nil, []*casus.Failure{lineError(file, 1, fmt.Errorf("no header: %w", err), "the first line names the columns: "+strings.Join(Columns, ","))}
	}
	col, err := columns(head)
	if err != nil {
		return nil, []*casus.Failure{lineError(file, 1, err, "the columns are "+strings.Join(Columns, ","))}
	}
	for {
		f, err := in.Read()
		if err == io.EOF {
			return recs, bad
		}
		if err != nil {
			line := 0
			if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
				line, err = pe.StartLine, pe.Err
			}
			bad = append(bad, lineError(file, line, err, "quote a cell that holds a comma or a quotation mark"))
			if line == 0 {
				return recs, bad // not a fault of one line
			}
			continue
		}
		line, _ := in.FieldPos(0)
		rec, hint, err := record(f, col)
		if err != nil {
			bad = append(bad, lineError(file, line, err, hint))
			continue
		}
		recs = append(recs, rec)
	}
}

func lineError(file string, line int, err error, hint string) *casus.Failure {
	return &casus.Failure{Where: fmt.Sprintf("%s:%d", file, line), Stage: "actors", Cause: err, Hint: hint}
}

// columns gives the place of each column by the header.
func columns(head []string) (map[string]int, error) {
	col := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if !slices.Contains(Columns, h) {
			return nil, fmt.Errorf("unknown column %q", h)
		}
		col[h] = i
	}
	for _, must := range []string{"kind", "code", "names"} {
		if _, ok := col[must]; !ok {
			return nil, fmt.Errorf("no column %q", must)
		}
	}
	return col, nil
}

// record reads one line; hint says what to do about err.
func record(f []string, col map[string]int) (rec Record, hint string, err error) {
	cell := func(name string) string {
		if i, ok := col[name]; ok && i < len(f) {
			return strings.TrimSpace(f[i])
		}
		return ""
	}
	rec = Record{Kind: RecordKind(cell("kind")), Office: cell("office"), Ownership: cell("ownership")}
	if !slices.Contains(recordKinds, rec.Kind) {
		return rec, "use person, body, group, medium, state or noun", fmt.Errorf("unknown kind %q", rec.Kind)
	}
	if rec.Code, err = recordCode(rec.Kind, cell("code")); err != nil {
		return rec, "a code is a country (ISO 3166 alpha-3) or UNO, EUR, IGO, NGO, IMG, then PLOVER sectors, as KENGOV; of a noun ~ and sectors, as ~LAB", err
	}
	if rec.From, rec.To, err = dates(cell("from"), cell("to")); err != nil {
		return rec, "write days as 2006-01-02, 2006-01 or 2006", err
	}
	if !rec.From.IsZero() && !rec.To.IsZero() && rec.To.Before(rec.From) {
		return rec, "swap from and to", fmt.Errorf("ends on %s before it begins on %s", rec.To, rec.From)
	}
	for n := range strings.SplitSeq(cell("names"), ";") {
		if n = strings.TrimPrefix(strings.Join(strings.Fields(n), " "), "the "); n != "" {
			rec.Names = append(rec.Names, n)
		}
	}
	if len(rec.Names) == 0 {
		return rec, "names are divided by ;", errors.New("no name")
	}
	switch rec.Ownership {
	case "", "state", "public", "private":
	default:
		return rec, "use state, public, private or leave it empty", fmt.Errorf("unknown ownership %q", rec.Ownership)
	}
	return rec, "", nil
}

// recordCode checks a code; a noun's may be written ~LAB, ---LAB or LAB.
func recordCode(kind RecordKind, s string) (ontology.Actor, error) {
	sectors := strings.TrimPrefix(strings.TrimPrefix(s, "~"), ontology.OpenCountry)
	open := sectors != s
	if s == "" || open && sectors == "" {
		return "", errors.New("no code")
	}
	if err := ontology.Actor(sectors).Check(); err != nil {
		return "", err
	}
	switch c := ontology.Actor(sectors); {
	case kind == Noun && c.Country() != "":
		return "", fmt.Errorf("a noun has no country, but %s has %s", s, c.Country())
	case kind == State && (c.Country() == "" || open):
		return "", fmt.Errorf("%s is no state", s)
	case kind == Noun || open:
		return ontology.Actor(ontology.OpenCountry + sectors), nil
	}
	return ontology.Actor(s), nil
}

// WriteRecords writes the CSV form.
func WriteRecords(w io.Writer, recs []Record) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return err
	}
	date := func(d casus.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	for i := range recs {
		r := &recs[i]
		code := string(r.Code)
		if r.Kind == Noun {
			code = "~" + strings.TrimPrefix(code, ontology.OpenCountry)
		}
		if err := out.Write([]string{string(r.Kind), code, date(r.From), date(r.To), r.Office, strings.Join(r.Names, ";"), r.Ownership}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// addRecords puts a user's records over the built-in tables: what they name
// loses its built-in readings.
func (t *tables) addRecords(recs []Record) error {
	u := userTable{t: t, cleared: map[int32]bool{}, people: map[string]int32{}}
	for i := range recs {
		if err := u.add(&recs[i]); err != nil {
			return fmt.Errorf("actor: record %q: %w", strings.Join(recs[i].Names, ";"), err)
		}
	}
	return nil
}

// userTable is what is remembered while records are added.
type userTable struct {
	t       *tables
	cleared map[int32]bool   // nodes whose built-in readings are gone
	people  map[string]int32 // by first name of a record
}

func (u *userTable) add(r *Record) error {
	t := u.t
	switch r.Kind {
	case Person:
		u.addPerson(r)
	case Body, Group, Medium:
		b := body{code: r.Code, country: r.Code.Country(), group: r.Kind == Group, medium: r.Kind == Medium, ownership: r.Ownership,
			start: r.From, end: r.To, same: int32(len(t.bodies))}
		kind := entBody
		if b.medium {
			kind = entMedium
		}
		for _, n := range r.Names {
			b.name = n
			u.put(n, entry{kind: kind, ref: int32(len(t.bodies))})
			t.bodies = append(t.bodies, b)
		}
	case State:
		ref, ok := t.byISO[r.Code.Country()]
		if !ok {
			return fmt.Errorf("the base has no state %s", r.Code.Country())
		}
		for _, n := range r.Names {
			if !t.namesState(n, ref) {
				u.put(n, entry{kind: entState, ref: ref})
			}
		}
	case Noun:
		return u.addNoun(r)
	default:
		return fmt.Errorf("unknown kind %q", r.Kind)
	}
	return nil
}

func (u *userTable) addPerson(r *Record) {
	ref, ok := u.people[r.Names[0]]
	if !ok {
		ref = int32(len(u.t.people))
		u.people[r.Names[0]] = ref
		g := ""
		if first, _, more := strings.Cut(r.Names[0], " "); more {
			g = u.t.firstName[fold(first)]
		}
		u.t.people = append(u.t.people, person{name: r.Names[0], female: g == "f", male: g == "m"})
	}
	p := &u.t.people[ref]
	p.offices = append(p.offices, office{code: r.Code, title: r.Office, start: r.From, end: r.To})
	for _, n := range r.Names {
		u.put(n, entry{kind: entPerson, ref: ref})
	}
}

// addNoun adds a noun for persons; plurals that the file does not give are
// made by rule.
func (u *userTable) addNoun(r *Record) error {
	sector := strings.TrimPrefix(string(r.Code), ontology.OpenCountry)
	for _, n := range r.Names {
		u.clear(u.t.lex.node(n))
		if p := plural(n); p != "" {
			u.clear(u.t.lex.node(p))
		}
	}
	flags := "r"
	if ontology.Actor(sector).Check() != nil {
		return fmt.Errorf("unknown sector %q", sector)
	}
	return u.t.addNoun([]string{sector, "p", flags, "", strings.Join(r.Names, ";")})
}

// put adds a reading under a name, after taking the built-in ones away once.
func (u *userTable) put(name string, e entry) {
	u.clear(u.t.lex.node(name))
	u.t.lex.add(name, e)
}

func (u *userTable) clear(node int32) {
	if node != 0 && !u.cleared[node] {
		u.cleared[node] = true
		u.t.lex.head[node] = -1
	}
}

// node gives the node of a name, making it where it is missing.
func (l *lexicon) node(name string) int32 {
	node := int32(0)
	for w := range splitWords(name) {
		node = l.step(node, l.intern(w))
	}
	return node
}

// namesState reports a name that the base has for the state already, be it as
// name, capital or demonym.
func (t *tables) namesState(name string, ref int32) bool {
	for e := t.lex.head[t.lex.node(name)]; e >= 0; e = t.lex.entries[e].next {
		switch t.lex.entries[e].kind {
		case entState, entAdj, entPeople, entCapital:
			if t.states[t.lex.entries[e].ref].iso == t.states[ref].iso {
				return true
			}
		}
	}
	return false
}
