package brief

import (
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ud"
)

// found is a stretch of text worth a line, with the head of its clause.
type found struct {
	v     *view
	sent  casus.SentenceID
	head  casus.TokenID
	at    casus.Span
	label string
}

// obligations lists what binds somebody: agreements, treaties, decrees and
// commitments, with the clause that speaks of them.
func (w *writer) obligations() ([]ranked, error) {
	var all []found
	for _, v := range w.views {
		for i := range v.doc.Sentences {
			if s := &v.doc.Sentences[i]; s.Role == casus.Body {
				all = append(all, w.obligationsIn(v, casus.SentenceID(i))...)
			}
		}
	}
	return w.foundLines(all, nil)
}

// obligationsIn finds at most one obligation in a sentence: a noun that names
// one, or a verb by which somebody binds himself.
func (w *writer) obligationsIn(v *view, id casus.SentenceID) []found {
	if len(v.doc.Tokens) == 0 {
		return v.plainTerm(id, w.tables.obligation, 1)
	}
	s := &v.doc.Sentences[id]
	for t := s.First; t < s.End && v.token(t); t++ {
		tok := &v.doc.Tokens[t]
		noun := tok.UPOS == ud.NOUN && w.tables.obligation[tok.Lemma] && (!w.tables.vague[tok.Lemma] || atVerb(tok.Deprel))
		verb := tok.UPOS == ud.VERB && w.tables.commitment[tok.Lemma] && !v.conditional(t) &&
			(tok.Lemma != "swear" || !v.doc.HasKid(t, ud.AuxPass)) // who is sworn in binds himself to an office only
		if !noun && !verb {
			continue
		}
		head := t
		if noun {
			if g := v.governor(t); g != casus.None {
				head = g
			}
		}
		return []found{{v, id, head, tok.Span, tok.Lemma}}
	}
	return nil
}

// atVerb reports subjects and objects: "fees from the deal" speaks of fees,
// "suspended the deal" of the deal.
func atVerb(d ud.Deprel) bool {
	u := d.Universal()
	return u == ud.Nsubj || u == ud.Obj || u == ud.Root
}

// governor climbs from a word to the verb of its clause, past verbs that only
// hang on others ("failed to agree on a truce": failed); None when there is
// none within reach.
func (v *view) governor(t casus.TokenID) casus.TokenID {
	best := casus.TokenID(casus.None)
	for range 8 {
		if t = v.doc.Tokens[t].Head; !v.token(t) {
			return best
		}
		tok := &v.doc.Tokens[t]
		if tok.UPOS != ud.VERB && !v.doc.HasKid(t, ud.Cop) {
			continue
		}
		best = t
		if u := tok.Deprel.Universal(); v.doc.HasKid(t, ud.Nsubj, ud.Csubj) || u != ud.Xcomp && u != ud.Advcl && u != ud.Acl {
			return best
		}
	}
	return best
}

// legal lists who puts what under which head of law.
func (w *writer) legal() ([]ranked, error) {
	var all []found
	for _, v := range w.views {
		for i := range v.doc.Sentences {
			if s := &v.doc.Sentences[i]; s.Role == casus.Body {
				all = append(all, w.legalIn(v, casus.SentenceID(i))...)
			}
		}
	}
	return w.foundLines(all, func(f found) string { return "“" + f.label + "”" })
}

// legalIn finds the longest legal term of a sentence.
func (w *writer) legalIn(v *view, id casus.SentenceID) []found {
	if len(v.doc.Tokens) == 0 {
		return v.plainTerm(id, w.tables.legal, w.tables.legalLength)
	}
	s := &v.doc.Sentences[id]
	best, size := found{}, 0
	for t := s.First; t < s.End && v.token(t); t++ {
		for n := w.tables.legalLength; n > size || n == size && v.betterTerm(t, best); n-- {
			if t+casus.TokenID(n) > s.End || !w.tables.legal[v.lemmas(t, n)] {
				continue
			}
			best, size = found{v: v, sent: id, at: v.doc.TokenSpan(t, t+casus.TokenID(n))}, n
			best.head = v.doc.HeadOf(t, t+casus.TokenID(n))
		}
	}
	if size == 0 {
		return nil
	}
	best.head = w.highest(v, best.head)
	if d := v.doc.Kid(best.head, ud.Det); d != casus.None && general[v.doc.Tokens[d].Lemma] {
		return nil
	}
	best.label = v.term(best)
	if g := v.governor(best.head); g != casus.None {
		best.head = g
	}
	return []found{best}
}

// general are the determiners of things that have not been done: "repel any
// aggression" labels nothing.
var general = map[string]bool{"any": true, "no": true, "every": true}

// betterTerm reports a noun where only an adjective or verb was found so far:
// of "the unlawful work is a gross violation" the label is the violation.
func (v *view) betterTerm(t casus.TokenID, best found) bool {
	return best.v != nil && v.doc.Tokens[t].UPOS == ud.NOUN && v.doc.Tokens[best.head].UPOS != ud.NOUN
}

// plainTerm finds the longest term of a list in the words of a sentence of a
// document without tokens, as a database gives it back. Plurals in "s" count.
func (v *view) plainTerm(id casus.SentenceID, terms map[string]bool, longest int) []found {
	span := v.doc.Sentences[id].Span
	words := strings.FieldsFunc(v.doc.String(span), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	for n := longest; n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			term := strings.Join(words[i:i+n], " ")
			low := strings.ToLower(term)
			if !terms[low] && !terms[strings.TrimSuffix(low, "s")] {
				continue
			}
			at := strings.Index(v.doc.String(span), term)
			if at < 0 {
				continue
			}
			start := span.Start + casus.Pos(at)
			return []found{{v, id, casus.None, casus.Span{Start: start, End: start + casus.Pos(len(term))}, term}}
		}
	}
	return nil
}

// highest climbs from a legal noun to another that it belongs to: from the
// "law" to the "violation" of it.
func (w *writer) highest(v *view, t casus.TokenID) casus.TokenID {
	for {
		h := v.doc.Tokens[t].Head
		if !v.token(h) || v.doc.Tokens[h].UPOS != ud.NOUN || !w.tables.legal[v.lemmas(h, 1)] {
			return t
		}
		t = h
	}
}

// lemmas joins n lemmas from a token on.
func (v *view) lemmas(t casus.TokenID, n int) string {
	if n == 1 {
		return strings.ToLower(v.doc.Tokens[t].Lemma)
	}
	var parts []string
	for i := range n {
		parts = append(parts, strings.ToLower(v.doc.Tokens[t+casus.TokenID(i)].Lemma))
	}
	return strings.Join(parts, " ")
}

// term widens a legal word to the phrase around it: "violation" to "gross
// violation of international law".
func (v *view) term(f found) string {
	t := tidy(v.doc.String(f.at))
	if u := v.doc.Tokens[f.head].UPOS; u == ud.NOUN || u == ud.VERB {
		if wide := tidy(v.render(v.subtree(f.head, aboutClause))); len(strings.Fields(wide)) <= 12 {
			t = wide
		}
	}
	for _, lead := range []string{"as ", "to ", "of ", "for ", "such ", "a ", "an ", "the "} {
		t = strings.TrimPrefix(t, lead)
	}
	return t
}

// aboutClause are the relations that belong to a clause and not to the noun
// that is its predicate: "this is [a violation of the treaty], he said".
var aboutClause = map[ud.Deprel]bool{ud.Nsubj: true, ud.NsubjOuter: true, ud.Csubj: true, ud.Cop: true, ud.Aux: true, ud.Mark: true,
	ud.Parataxis: true, ud.Advcl: true, ud.Ccomp: true, ud.Cc: true, ud.Conj: true, ud.Punct: true, ud.Case: true, ud.AclRelcl: true}

// foundLines words what was found, what is told twice once. Lead gives words to
// put between the speaker and the clause.
func (w *writer) foundLines(all []found, lead func(found) string) ([]ranked, error) {
	var groups [][]found
	for _, f := range all {
		i := slices.IndexFunc(groups, func(g []found) bool { return g[0].like(f) })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], f)
	}
	var out []ranked
	for _, g := range groups {
		l, err := w.foundLine(g, lead)
		if err != nil {
			return nil, err
		}
		n := float64(len(g)) + w.recency(g[0].v.doc)
		if g[0].v.innermost(g[0].at) != casus.None {
			n += 0.5
		}
		if !strings.Contains(g[0].label, " ") && lead != nil {
			n -= 1.5 // "illegal" alone tells little
		}
		if w.tables.obligation[g[0].label] && !w.tables.vague[g[0].label] || w.tables.commitment[g[0].label] {
			n++
		}
		out = append(out, ranked{l, n, g[0].v.doc.Published})
	}
	return out, nil
}

// recency weighs a document by its place in the period, from 0 to 1: of lines
// that are equal otherwise, the page keeps the news.
func (w *writer) recency(doc *casus.Document) float64 {
	first, last := w.views[0].doc.Published, w.views[len(w.views)-1].doc.Published
	span := last.Time().Sub(first.Time())
	if span <= 0 || doc.Published.IsZero() {
		return 0
	}
	return float64(doc.Published.Time().Sub(first.Time())) / float64(span)
}

func (f found) like(o found) bool {
	return strings.EqualFold(f.label, o.label) &&
		overlap(f.v.words(f.v.around(f.sent)), o.v.words(o.v.around(o.sent))) >= 0.6
}

func (w *writer) foundLine(g []found, lead func(found) string) (cite.Line, error) {
	var supports []cite.Support
	for _, f := range g {
		s, err := f.v.cite(f.sent, f.v.innermost(f.at))
		if err != nil {
			return cite.Line{}, err
		}
		supports = append(supports, s)
	}
	f := g[0]
	clause := f.v.told(f.head, f.sent)
	if !strings.Contains(clause, f.v.doc.String(f.at)) {
		clause = f.v.sentence(f.sent)
	}
	if !strings.Contains(clause, f.v.doc.String(f.at)) {
		clause = f.v.upTo(f.sent, f.at)
	}
	text := capital(clause)
	if lead != nil {
		text = capital(lead(f)) + " — " + clause
	}
	text = stop(text)
	if tail := w.tail(text, supports); tail != "" {
		text += " " + tail
	}
	return cite.NewLine(text, f.label, supports[0], supports[1:]...)
}

// upTo gives the end of a long sentence up to a term, where the beginning
// would not show the term.
func (v *view) upTo(sent casus.SentenceID, at casus.Span) string {
	f := strings.Fields(v.doc.Text[v.around(sent).Start:at.End])
	return "… " + tidy(strings.Join(f[max(0, len(f)-maxWords+4):], " "))
}

// subject names the entity that is the subject of a verb by way of a pronoun
// or of the verb it is joined to; "" when it is not known.
func (v *view) subject(t casus.TokenID) string {
	for range 4 {
		if !v.token(t) {
			return ""
		}
		if s := v.doc.Kid(t, ud.Nsubj); s != casus.None {
			if id, ok := v.entityAt[s]; ok {
				return v.actors([]casus.EntityID{id})
			}
			if v.doc.Tokens[s].UPOS == ud.PRON {
				return ""
			}
			return shorten(tidy(v.doc.String(v.doc.SubtreeSpan(s))), 8)
		}
		if v.doc.Tokens[t].Deprel != ud.Conj && v.doc.Tokens[t].Deprel != ud.Xcomp {
			return ""
		}
		t = v.doc.Tokens[t].Head
	}
	return ""
}
