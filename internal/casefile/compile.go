package casefile

import (
	"fmt"
	"strings"

	"casus"
	"casus/ontology"
)

// mood tells a line of want from a line of never.
type mood uint8

const (
	demand mood = iota
	forbid
)

// compile reads the words of a line into checks.
func (l *Line) compile(text string, m mood) error {
	terms, err := lex(l.Raw)
	if err != nil {
		return err
	}
	b := &builder{line: l, text: text, mood: m, terms: terms}
	kind := ""
	if t, ok := b.next(); ok {
		kind = t.word()
	}
	read, ok := kinds[kind]
	if !ok {
		return fmt.Errorf("%q begins with none of event, statement, entity, time, place, quantity, predicate, sentence, published", l.Raw)
	}
	if err := read(b); err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

var kinds = map[string]func(*builder) error{
	"event": readEvent, "statement": readStatement, "entity": readEntity, "time": readTime, "place": readPlace,
	"quantity": readQuantity, "predicate": readPredicate, "sentence": readSentence, "published": readPublished,
}

// builder walks the terms of a line and adds checks to it.
type builder struct {
	line  *Line
	text  string
	mood  mood
	terms []term
}

func (b *builder) peek() (term, bool) {
	if len(b.terms) == 0 {
		return term{}, false
	}
	return b.terms[0], true
}

func (b *builder) next() (term, bool) {
	t, ok := b.peek()
	if ok {
		b.terms = b.terms[1:]
	}
	return t, ok
}

// phrase takes a quoted term whose words must stand in the text.
func (b *builder) phrase(after string) (term, error) {
	t, ok := b.next()
	if !ok || !t.quoted() {
		return t, fmt.Errorf("a quoted phrase must follow %s", after)
	}
	return t, b.inText(t)
}

func (b *builder) inText(t term) error {
	for _, g := range t.groups {
		for _, a := range g {
			if len(occurrences(b.text, a)) == 0 {
				return fmt.Errorf("the text does not hold %s", show([][]atom{{a}}))
			}
		}
	}
	return nil
}

func (b *builder) add(ck check) { b.line.checks = append(b.line.checks, ck) }

// keys reads the key=value terms that the kind knows, and refuses others.
func (b *builder) keys(known map[string]field) error {
	for {
		t, ok := b.next()
		if !ok {
			return nil
		}
		if err := b.key(t, known); err != nil {
			return err
		}
	}
}

func (b *builder) key(t term, known map[string]field) error {
	f, ok := known[t.key]
	if t.key == "" || !ok {
		return fmt.Errorf("can not read %s", strings.TrimPrefix(t.key+"="+show(t.groups), "="))
	}
	if !f.many {
		if _, err := t.one(); err != nil {
			return err
		}
	}
	for _, g := range t.groups {
		for _, a := range g {
			if f.closed != nil && !open(a) && !f.closed(a.text) {
				return fmt.Errorf("%s=%s is not a known value", t.key, a.text)
			}
		}
	}
	fits := f.fits
	if fits == nil {
		fits = whole
	}
	b.add(check{field: t.key, groups: t.groups, values: values(f.values), fits: fits})
	return nil
}

// open reports a value that is compared as a pattern.
func open(a atom) bool { return a.text == "-" || strings.HasSuffix(a.text, "*") }

// field says how a key of a kind is read: its values in the document, how they
// are compared (whole by default), whether the set of values is closed.
type field struct {
	values func(doc *casus.Document, i int) []string
	fits   func(a atom, v string) bool
	closed func(s string) bool
	many   bool
}

func values(f func(*casus.Document, int) []string) func(*casus.Document, int, atom) []string {
	return func(doc *casus.Document, i int, _ atom) []string { return f(doc, i) }
}

// whole compares a value in full, or its beginning when the pattern ends
// in "*".
func whole(a atom, v string) bool {
	if p, ok := strings.CutSuffix(a.text, "*"); ok && !a.quoted {
		return strings.HasPrefix(v, p)
	}
	return a.text == v
}

// part compares a name: the pattern is contained in it.
func part(a atom, v string) bool {
	if !a.quoted {
		return whole(a, v)
	}
	return strings.Contains(strings.ToLower(v), strings.ToLower(a.text))
}

func among(all []string) func(string) bool {
	return func(s string) bool {
		for _, v := range all {
			if v == s {
				return true
			}
		}
		return false
	}
}

func yes(b bool) []string {
	if b {
		return []string{"yes"}
	}
	return []string{"no"}
}

var yesNo = among([]string{"yes", "no"})

func isStatus(s string) bool { _, ok := casus.ParseStatus(s); return ok && s != "" }
func isStance(s string) bool { _, ok := casus.ParseStance(s); return ok && s != "" }
func isPlover(s string) bool { _, ok := ontology.ParsePlover(s); return ok }

var isPhase = among([]string{casus.Past.String(), casus.Ongoing.String(), casus.Future.String()})
