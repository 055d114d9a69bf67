package brief

import (
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/internal/monitor/brief/cite"
)

// view is a document with the look-ups that the brief needs. The document's
// own indices may be missing when it comes from a file or a database, and
// building them would change it.
type view struct {
	doc      *casus.Document
	entityAt map[casus.TokenID]casus.EntityID
	states   map[string]bool // words that name states, lower case
}

// writer holds what all sections share.
type writer struct {
	offices []office
	views   []*view
	matters []*matter
	tables  *tables
}

func newWriter(docs []*casus.Document) *writer {
	w := &writer{tables: loadTables()}
	for _, d := range docs {
		w.views = append(w.views, newView(d))
	}
	slices.SortStableFunc(w.views, func(a, b *view) int {
		if c := compareDate(a.doc.Published, b.doc.Published); c != 0 {
			return c
		}
		return strings.Compare(a.doc.ID, b.doc.ID)
	})
	w.matters = w.gather()
	w.offices = w.allOffices()
	return w
}

// office is how a speaker is named: "Ana Ruiz, minister of Chile" and "Ana
// Ruiz".
type office struct{ full, name string }

// allOffices gives the named speakers with an office after the name, the
// longest first so that none is part of another.
func (w *writer) allOffices() (out []office) {
	for _, v := range w.views {
		for i := range v.doc.Entities {
			ent := &v.doc.Entities[i]
			o := office{v.named(ent), ent.Name}
			if strings.HasPrefix(o.full, o.name+", ") && !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b office) int { return len(b.full) - len(a.full) })
	return out
}

// many reports a brief of several documents, where every line names outlets.
func (w *writer) many() bool { return len(w.views) > 1 }

func newView(d *casus.Document) *view {
	v := &view{doc: d, entityAt: map[casus.TokenID]casus.EntityID{}, states: map[string]bool{}}
	size := map[casus.TokenID]int{}
	for e := range d.Entities {
		for _, m := range d.Entities[e].Mentions {
			if d.Entities[e].Kind == casus.State && (m.Kind == casus.MentionName || m.Kind == casus.MentionAdj || m.Kind == casus.MentionMetonym) {
				for f := range strings.FieldsSeq(strings.ToLower(d.String(m.Span))) {
					v.states[f] = true
				}
			}
			if n, ok := size[m.Head]; ok && n <= m.Len() {
				continue
			}
			v.entityAt[m.Head], size[m.Head] = casus.EntityID(e), m.Len()
		}
	}
	return v
}

func (v *view) entity(id casus.EntityID) *casus.Entity {
	if id < 0 || int(id) >= len(v.doc.Entities) {
		return nil
	}
	return &v.doc.Entities[id]
}

func (v *view) statement(id casus.StatementID) *casus.Statement {
	if id < 0 || int(id) >= len(v.doc.Statements) {
		return nil
	}
	return &v.doc.Statements[id]
}

// token reports a token that exists; documents read back from JSON have none.
func (v *view) token(t casus.TokenID) bool { return t >= 0 && int(t) < len(v.doc.Tokens) }

// sentenceAt gives the sentence that holds a position; None without.
func (v *view) sentenceAt(p casus.Pos) casus.SentenceID {
	i, found := slices.BinarySearchFunc(v.doc.Sentences, p, func(s casus.Sentence, p casus.Pos) int {
		if s.Span.End <= p {
			return -1
		}
		if s.Span.Start > p {
			return 1
		}
		return 0
	})
	if !found {
		return casus.None
	}
	return casus.SentenceID(i)
}

// innermost gives the statement with the shortest content that holds the
// span; None when the outlet itself speaks.
func (v *view) innermost(at casus.Span) casus.StatementID {
	best, size := casus.StatementID(casus.None), 0
	for i := range v.doc.Statements {
		n, holds := 0, false
		for _, c := range v.doc.Statements[i].Content {
			n += c.Len()
			holds = holds || c.Contains(at)
		}
		if holds && (best == casus.None || n < size) {
			best, size = casus.StatementID(i), n
		}
	}
	return best
}

// chain gives a statement and those that carry it, innermost first.
func (v *view) chain(id casus.StatementID) []casus.StatementID {
	st := v.statement(id)
	if st == nil {
		return nil
	}
	out := []casus.StatementID{id}
	for i := len(st.Via) - 1; i >= 0; i-- {
		if v.statement(st.Via[i]) != nil && !slices.Contains(out, st.Via[i]) {
			out = append(out, st.Via[i])
		}
	}
	return out
}

// voices names the speakers of a chain, innermost first.
func (v *view) voices(id casus.StatementID) (out []string) {
	for _, s := range v.chain(id) {
		name := v.speaker(v.statement(s))
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// cite makes the support of something said at a place in the text, by the
// chain of voices that begins with the statement.
func (v *view) cite(sent casus.SentenceID, st casus.StatementID) (cite.Support, error) {
	return cite.From(v.doc, sent, v.voices(st)...)
}

// words gives the content words of a span, folded, for comparing two texts.
// Names of states are left out: in a crisis of two states they stand in every
// clause, and parties are compared by code.
func (v *view) words(s casus.Span) map[string]bool {
	out, function := map[string]bool{}, loadTables().function
	for _, f := range strings.FieldsFunc(v.doc.String(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if f = strings.ToLower(f); (len(f) > 3 || f[0] >= '0' && f[0] <= '9') && !function[f] && !v.states[f] {
			out[stem(f)] = true
		}
	}
	return out
}

// stem drops the commonest endings, enough to see that "denied" and "denies"
// are one word; it is for comparing only.
func stem(s string) string {
	for _, end := range []string{"ing", "ies", "ied", "es", "ed", "s"} {
		if len(s) > len(end)+3 && strings.HasSuffix(s, end) {
			return s[:len(s)-len(end)]
		}
	}
	return s
}

// common counts the words that both sets have.
func common(a, b map[string]bool) (n int) {
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// overlap is the share of the smaller set that both have; 0 for sets too small
// to tell anything.
func overlap(a, b map[string]bool) float64 {
	n := min(len(a), len(b))
	if n < 2 {
		return 0
	}
	return float64(common(a, b)) / float64(n)
}
