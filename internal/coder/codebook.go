package coder

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// Codebook is a user's own code book: event types of his own, mapped from what
// Casus codes or found by frames of his own, as docs/format/ontology.md
// describes it. It is immutable after ReadCodebook.
type Codebook struct {
	name     string
	types    []UserType
	maps     []mapping
	classes  []bookLine
	frames   []bookLine
	examples []Example
	drop     bool
	tab      *table
}

// UserType is one event type of a code book.
type UserType struct{ Name, Definition string }

// Example is a sentence that the code book wants coded as a type of its own.
type Example struct {
	Line     int // of the file, from 1
	Type     string
	Sentence string
}

// Types gives the types in the order of the file.
func (b *Codebook) Types() []UserType { return slices.Clone(b.types) }

// Examples gives the example sentences in the order of the file.
func (b *Codebook) Examples() []Example { return slices.Clone(b.examples) }

// bookLine is a line that the frame table reads itself.
type bookLine struct {
	rec      []string
	line     int
	userType string
}

// mapping gives a type to the events that meet all its conditions.
type mapping struct {
	typ   string
	conds []condition
	line  int
}

type condition struct {
	key    string
	values []string
	not    bool
}

// maxBookErrors is how many wrong lines are told at once.
const maxBookErrors = 10

// ReadCodebook reads a code book; name is for errors. It tells every line that
// is wrong, up to ten, each with what to do about it.
func ReadCodebook(r io.Reader, name string) (*Codebook, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := &Codebook{name: name}
	var errs []error
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if err := b.add(strings.Split(line, "\t"), n); err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, n, err))
		}
		if len(errs) == maxBookErrors {
			errs = append(errs, fmt.Errorf("%s: more lines may be wrong: mend these first", name))
			return nil, errors.Join(errs...)
		}
	}
	if len(errs) == 0 && len(b.types) == 0 {
		errs = append(errs, fmt.Errorf(`%s: no type: a code book needs a line "type", a name and a definition, divided by tabs`, name))
	}
	if len(errs) == 0 {
		errs = b.compile()
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return b, nil
}

// bookFields tells the fields of each kind of line.
var bookFields = map[string]struct {
	n    int
	what string
}{
	"type":     {3, "type, name, definition"},
	"map":      {4, `map, type, conditions, example or "-"`},
	"class":    {3, "class, name, members"},
	"frame":    {8, `frame, kind (v, n or a), triggers, arguments, CAMEO code or "-", PLOVER type/mode;contexts or "-", type, example or "-"`},
	"unmapped": {2, "unmapped, keep or drop"},
}

func (b *Codebook) add(rec []string, line int) error {
	want, ok := bookFields[rec[0]]
	if !ok {
		return fmt.Errorf("unknown kind of line %q: use type, map, class, frame or unmapped, then a tab%s", rec[0], spacesHint(rec))
	}
	if len(rec) != want.n {
		return fmt.Errorf("%d fields divided by tabs, not %d: %s%s", len(rec), want.n, want.what, spacesHint(rec))
	}
	switch rec[0] {
	case "type":
		return b.addType(rec[1], rec[2])
	case "map":
		return b.addMap(rec, line)
	case "class":
		b.classes = append(b.classes, bookLine{rec[1:], line, ""})
	case "frame":
		return b.addFrame(rec, line)
	case "unmapped":
		if rec[1] != "keep" && rec[1] != "drop" {
			return fmt.Errorf("unmapped %q: use keep or drop", rec[1])
		}
		b.drop = rec[1] == "drop"
	}
	return nil
}

// spacesHint helps those whose editor writes spaces for tabs.
func spacesHint(rec []string) string {
	if len(rec) == 1 && strings.Contains(rec[0], "  ") {
		return " (the line has spaces where tabs should stand)"
	}
	return ""
}

func (b *Codebook) addType(name, definition string) error {
	if name == "" || name == "-" || strings.ContainsAny(name, " ,;|\"") {
		return fmt.Errorf("type name %q: use letters, digits and hyphens, no spaces", name)
	}
	if b.known(name) {
		return fmt.Errorf("type %s is there already", name)
	}
	b.types = append(b.types, UserType{name, definition})
	return nil
}

func (b *Codebook) known(name string) bool {
	return slices.ContainsFunc(b.types, func(t UserType) bool { return t.Name == name })
}

func (b *Codebook) declared(name string) error {
	if b.known(name) {
		return nil
	}
	var names []string
	for _, t := range b.types {
		names = append(names, t.Name)
	}
	return fmt.Errorf("type %q has no type line above%s", name, nearest(name, names))
}

func (b *Codebook) addFrame(rec []string, line int) error {
	typ := rec[6]
	if typ == "-" {
		typ = ""
	} else if err := b.declared(typ); err != nil {
		return err
	}
	// The frame table has: kind, triggers, arguments, code, type, example.
	b.frames = append(b.frames, bookLine{[]string{rec[1], rec[2], rec[3], rec[4], rec[5], rec[7]}, line, typ})
	b.example(rec[7], typ, line)
	return nil
}

func (b *Codebook) example(sentence, typ string, line int) {
	if sentence != "-" && sentence != "" && typ != "" {
		b.examples = append(b.examples, Example{line, typ, sentence})
	}
}

func (b *Codebook) addMap(rec []string, line int) error {
	if err := b.declared(rec[1]); err != nil {
		return err
	}
	m := mapping{typ: rec[1], line: line}
	for _, f := range strings.Fields(rec[2]) {
		c, err := parseCondition(f)
		if err != nil {
			return err
		}
		m.conds = append(m.conds, c)
	}
	if len(m.conds) == 0 {
		return errors.New("a map needs a condition, as type=COERCE or words=trawler|boat")
	}
	b.maps = append(b.maps, m)
	b.example(rec[3], rec[1], line)
	return nil
}

// conditionKeys are what a map can ask for.
var conditionKeys = []string{"type", "mode", "context", "cameo", "rule", "words", "source", "target", "status"}

func parseCondition(s string) (condition, error) {
	k, v, ok := strings.Cut(s, "=")
	if !ok || v == "" {
		return condition{}, fmt.Errorf("condition %q: write key=value or key!=value, alternatives divided by |", s)
	}
	c := condition{values: strings.Split(v, "|")}
	c.key, c.not = strings.CutSuffix(k, "!")
	if !slices.Contains(conditionKeys, c.key) {
		return c, fmt.Errorf("condition %q: unknown key %q: use %s%s", s, c.key, strings.Join(conditionKeys, ", "), nearest(c.key, conditionKeys))
	}
	for _, v := range c.values {
		if err := checkValue(c.key, v); err != nil {
			return c, fmt.Errorf("condition %q: %w", s, err)
		}
	}
	return c, nil
}

// checkValue holds a value to its code book: a misspelt mode would never fit
// and never say so.
func checkValue(key, v string) error {
	switch key {
	case "type":
		if _, ok := ontology.ParsePlover(v); !ok {
			return fmt.Errorf("no PLOVER type %q%s", v, nearest(v, ploverTypes()))
		}
	case "mode":
		if !slices.Contains(ploverModes(), v) {
			return fmt.Errorf("no PLOVER type has a mode %q%s", v, nearest(v, ploverModes()))
		}
	case "context":
		if !ontology.IsContext(v) {
			return fmt.Errorf("no PLOVER context %q%s", v, nearest(v, ploverContexts()))
		}
	case "cameo":
		if _, ok := ontology.CAMEO(v); !ok {
			return fmt.Errorf("no CAMEO code %q: two to four digits, with the leading zero", v)
		}
	case "status":
		if st, ok := casus.ParseStatus(v); !ok || st == casus.StatusNone {
			return fmt.Errorf("no status %q: asserted, claimed, denied, planned, threatened, hypothetical or negated", v)
		}
	case "source", "target":
		if v != "-" && (len(v)%3 != 0 || v != strings.ToUpper(v)) {
			return fmt.Errorf("actor code %q: groups of three capitals, as RUS or RUSGOV; - for none", v)
		}
	}
	return nil
}

func ploverTypes() (out []string) {
	for p := ontology.AGREE; p < ontology.NumPlover; p++ {
		out = append(out, p.String())
	}
	return out
}

func ploverModes() (out []string) {
	for p := ontology.AGREE; p < ontology.NumPlover; p++ {
		for _, m := range p.Modes() {
			out = append(out, m.Name)
		}
	}
	return out
}

func ploverContexts() (out []string) {
	for _, t := range ontology.Contexts() {
		out = append(out, t.Name)
	}
	return out
}

// nearest names the known word that looks most like s, if one does.
func nearest(s string, known []string) string {
	best, dist := "", len(s)/2+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(s), strings.ToLower(k)); d < dist {
			best, dist = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// editDistance counts the letters to insert, drop or change.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			d := diag
			if a[i-1] != b[j-1] {
				d++
			}
			diag = row[j]
			row[j] = min(d, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// compile builds a frame table of the user's frames and the embedded ones, his
// tried first.
func (b *Codebook) compile() []error {
	var errs []error
	at := func(line int, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", b.name, line, err))
		}
	}
	t, err := embedded(func(t *table) {
		for _, l := range b.classes {
			at(l.line, t.addClass(l.rec, l.line))
		}
	}, func(t *table) {
		for _, l := range b.frames {
			t.owner = &l
			at(l.line, t.addFrame(l.rec, l.line))
		}
		t.owner = nil
	})
	if err != nil && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("%s: %w", b.name, err))
	}
	b.tab = t
	if t != nil {
		b.checkRules(at)
	}
	return errs
}

// checkRules holds each rule that a map names to the frames there are.
func (b *Codebook) checkRules(at func(int, error)) {
	for _, m := range b.maps {
		for _, c := range m.conds {
			for _, v := range c.values {
				if c.key == "rule" && !slices.ContainsFunc(b.tab.frames, func(f *frame) bool { return strings.HasPrefix(f.id, v) }) {
					at(m.line, fmt.Errorf("no frame has a rule that begins with %q: casus why prints the rules of an event", v))
				}
			}
		}
	}
}

// assign gives the events their user types, and drops those without one where
// the book says so.
func (s *scratch) assign(b *Codebook, events []casus.Event) []casus.Event {
	for i := range events {
		ev := &events[i]
		if ev.UserType != "" {
			continue
		}
		for _, m := range b.maps {
			if s.fitsAll(ev, m.conds) {
				ev.UserType = m.typ
				s.evidence(ev, "user_type", fmt.Sprintf("%s:%d", b.name, m.line), s.triggerCover(ev), "")
				break
			}
		}
	}
	if b.drop {
		events = slices.DeleteFunc(events, func(ev casus.Event) bool { return ev.UserType == "" })
	}
	return events
}

func (s *scratch) fitsAll(ev *casus.Event, conds []condition) bool {
	for i := range conds {
		c := &conds[i]
		if slices.ContainsFunc(c.values, func(v string) bool { return s.fitsOne(ev, c.key, v) }) == c.not {
			return false
		}
	}
	return true
}

func (s *scratch) fitsOne(ev *casus.Event, key, v string) bool {
	switch key {
	case "type":
		return ev.Type.String() == v
	case "mode":
		return ev.Mode == v
	case "context":
		return slices.Contains(ev.Contexts, v)
	case "cameo":
		return strings.HasPrefix(ev.CAMEO, v)
	case "status":
		return ev.Status.String() == v
	case "source":
		return s.hasCode(ev.Source, v)
	case "target":
		return s.hasCode(ev.Target, v)
	case "rule":
		return hasRule(ev, v)
	}
	return s.hasWord(ev, v)
}

func (s *scratch) hasCode(ids []casus.EntityID, v string) bool {
	if v == "-" {
		return len(ids) == 0
	}
	return slices.ContainsFunc(ids, func(e casus.EntityID) bool { return strings.HasPrefix(string(s.doc.Entities[e].Code), v) })
}

// hasRule looks at each frame that took part: "coder.v.agree+coder.v.lift".
func hasRule(ev *casus.Event, v string) bool {
	for _, x := range ev.Evidence {
		if x.Field != "type" {
			continue
		}
		for part := range strings.SplitSeq(x.Rule, "+") {
			if strings.HasPrefix(part, v) {
				return true
			}
		}
	}
	return false
}

// hasWord reports a word in the trigger or below it in the tree, by its lemma or
// as it is written: "fishing" is a noun to some taggers and a form of "fish" to
// others.
func (s *scratch) hasWord(ev *casus.Event, word string) bool {
	if ev.Head == casus.None {
		return false
	}
	sent := &s.doc.Sentences[ev.Sentence]
	top := s.clauseTop(ev.Head)
	for t := sent.First; t < sent.End; t++ {
		if !strings.EqualFold(s.doc.Tokens[t].Lemma, word) && !strings.EqualFold(s.doc.Form(t), word) {
			continue
		}
		at := t
		if tok := &s.doc.Tokens[t]; tok.XPOS == ud.XVBG && tok.Deprel.Universal() == ud.Acl && tok.Head != casus.None {
			at = tok.Head // "talks on fishing": a gerund of its own is no clause here
		}
		if s.doc.Dominates(top, t) && !s.inOtherClause(at, top) || overlap(ev.Trigger, []casus.Span{s.doc.Tokens[t].Span}) {
			return true
		}
	}
	return false
}

// clauseTop climbs from an event noun to the verb of its clause.
func (s *scratch) clauseTop(t casus.TokenID) casus.TokenID {
	for s.doc.Tokens[t].UPOS != ud.VERB && s.doc.Tokens[t].Head != casus.None {
		t = s.doc.Tokens[t].Head
	}
	return t
}

// ordered puts the user's frames before the embedded ones.
func ordered(a, b *frame) int {
	if a.own != b.own {
		if a.own {
			return -1
		}
		return 1
	}
	return cmp.Compare(b.cost, a.cost)
}
