package geo

import (
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/internal/annotate/geo/gazetteer"
	"casus/ud"
)

// mention is a name in the text that may be a place: tokens [first, end), and
// the hits that bear the name.
type mention struct {
	first, end casus.TokenID
	key        gazetteer.Key
	hits       [2]int32 // range in scratch.hits; empty when the gazetteer has no such name
	tagged     bool     // the entity tagger calls it a place
	evidence   float64  // what speaks for a place besides, see evidence
	abbrev     bool     // every hit is an abbreviation: it counts only after a comma
	contained  bool     // a state or country that holds it stands beside it, or it is that one
	within     bool     // it is part of the name of a body or building, which is not the place itself
	want       want     // what the words around it say it is
	outer      int32    // mention that holds it, -1 without
	reach      bool     // outer holds what lies around it too
	country    uint8    // of the adjective before its kind, 0 without
	sense      int      // index into scratch.senses
	chosen     gazetteer.ID
	done       bool // chosen, or left unknown
}

// maxTokens is the longest name looked for, in tokens.
const maxTokens = 7

// recognise fills scratch.mentions in text order; mentions do not overlap.
func (r *run) recognise() {
	r.counties()
	for i := range r.doc.Sentences {
		sent := &r.doc.Sentences[i]
		for t := sent.First; t < sent.End; {
			t = r.at(t, sent.End)
		}
	}
}

// at looks for a name that begins at the token and gives the token to go on
// with.
func (r *run) at(t, end casus.TokenID) casus.TokenID {
	tok := &r.doc.Tokens[t]
	if tok.Len() == 0 {
		return t + 1
	}
	if c := r.doc.Text[tok.Start]; c >= 'a' && c <= 'z' || c < 'A' {
		return t + 1
	}
	if next, ok := r.county(t, end); ok {
		return next
	}
	n := r.nameAt(t)
	if n != nil && n.Label == casus.LOC && n.First == t && r.peopleName(n) {
		return n.End
	}
	if n != nil && n.Label == casus.LOC && (n.First == t || r.lower(n.First, t) || r.party(n.First, t)) {
		return r.location(t, end, n)
	}
	m, ok := r.match(t, end)
	if !ok || !r.afterPlace(&m) && !r.spellOut(&m) {
		return r.demonym(t, end)
	}
	r.add(m)
	return m.end
}

// peopleName counts a name that the tagger calls a place and that is nothing
// but an adjective of a country: "North Korean".
func (r *run) peopleName(n *casus.Name) bool {
	c := r.a.gaz.Demonym(r.keyOf(n.First, n.End))
	if c == 0 || r.doc.Tokens[n.End-1].UPOS == ud.PROPN && r.known(n) {
		return false
	}
	r.s.people[c]++
	return true
}

// known reports that the gazetteer has places by the name, as of "Niger" and
// "US".
func (r *run) known(n *casus.Name) bool {
	from := len(r.s.hits)
	r.s.hits = r.a.gaz.Lookup(r.s.hits, r.keyOf(n.First, n.End))
	found := len(r.s.hits) > from
	r.s.hits = r.s.hits[:from]
	return found
}

// demonym counts an adjective or a word for a people for its country: where
// the police are Turkish, Van is a town in Turkey. It is no place itself.
func (r *run) demonym(t, end casus.TokenID) casus.TokenID {
	if n := r.nameAt(t); n != nil && n.Label == casus.PER {
		return t + 1
	}
	f := gazetteer.NewFolder()
	for j := t; j < min(end, t+2); j++ { // "South African"
		f.Write(r.doc.Form(j))
		f.Write(" ")
		if c := r.a.gaz.Demonym(f.Key()); c != 0 {
			r.s.people[c]++
			return j + 1
		}
	}
	return t + 1
}

// add weighs the mention and keeps it for now.
func (r *run) add(m mention) {
	m.outer = -1
	m.want = r.hint(&m)
	m.evidence += r.evidence(&m)
	r.s.mentions = append(r.s.mentions, m)
}

func (r *run) nameAt(t casus.TokenID) *casus.Name {
	if n := r.s.nameAt[t]; n >= 0 {
		return &r.doc.Names[n]
	}
	return nil
}

// lower reports tokens without a capital: the "north" of "north Accra".
func (r *run) lower(first, end casus.TokenID) bool {
	for t := first; t < end; t++ {
		if c := r.doc.Text[r.doc.Tokens[t].Start]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// location takes a name that the tagger calls a place. The gazetteer may know
// all of it, more ("New York" tagged, "New York City" known) or a part; of a
// longer name that it does not know ("Bellwether Creek Road") nothing inside
// is taken for the whole.
func (r *run) location(t, end casus.TokenID, n *casus.Name) casus.TokenID {
	if t == n.First && r.party(t, t+2) && t+2 < n.End {
		return t + 2
	}
	m, ok := r.match(t, end)
	switch {
	case ok && (m.end >= n.End || r.separable(m.end, n.End) || r.areaWord(m.end, n.End)):
	case ok && r.building(&m, n.End):
		m.within = true
	default:
		r.s.hits = r.s.hits[:m.hits[0]]
		if next, found := r.inside(t, n.End); found {
			return next
		}
		m = mention{first: t, end: n.End, hits: [2]int32{m.hits[0], m.hits[0]}, key: r.keyOf(t, n.End)}
	}
	m.tagged = true
	r.add(m)
	return max(m.end, t+1)
}

func (r *run) keyOf(first, end casus.TokenID) gazetteer.Key {
	return gazetteer.KeyOf(r.doc.String(r.doc.TokenSpan(first, end)))
}

// match finds the longest known name that begins at the token. The hits are
// appended to the scratch.
func (r *run) match(t, end casus.TokenID) (mention, bool) {
	end = min(end, t+maxTokens)
	from := len(r.s.hits)
	best := mention{first: t, outer: -1, hits: [2]int32{int32(from), int32(from)}}
	f := gazetteer.NewFolder()
	for j := t; j < end; j++ {
		tok := &r.doc.Tokens[j]
		if j > t && tok.Start > r.doc.Tokens[j-1].End {
			f.Write(" ")
		}
		form := r.doc.Form(j)
		f.Write(form)
		kind := extend(form, j == t)
		if kind == stop {
			break
		}
		switch {
		case kind == link, j+1 < end && r.cut(j):
			continue
		case kind == possessive && best.end > 0 && !saint(r.doc.Form(t)):
			continue
		case kind == fullStop && best.end == j && (!best.abbrev || j+1 == end):
			continue // the full stop of the sentence
		}
		r.try(&best, &f, j+1)
	}
	if best.end == 0 || r.compass(best.first, best.end) {
		r.s.hits = r.s.hits[:from]
		best.end = 0
		return best, false
	}
	return best, true
}

// compass reports nothing but points of the compass, which are names of areas
// in some countries and in news nearly always something else: "the Far North".
func (r *run) compass(first, end casus.TokenID) bool {
	for t := first; t < end; t++ {
		if f := r.doc.Form(t); !direction(f) && f != "Far" && f != "-" {
			return false
		}
	}
	return true
}

// cut reports a token that stands without a space before the next, so that a
// name cannot end here: the "St" of "St." when the full stop is a token.
func (r *run) cut(j casus.TokenID) bool {
	next := r.doc.Tokens[j+1]
	return next.Start == r.doc.Tokens[j].End && r.doc.Text[next.Start] == '.' && next.Len() == 1 && r.doc.Tokens[j].Len() <= 2
}

// try looks the key up and keeps the hits if there are any that the text may
// mean.
func (r *run) try(best *mention, f *gazetteer.Folder, end casus.TokenID) {
	if f.Empty() {
		return
	}
	from := int(best.hits[0])
	n := len(r.s.hits)
	r.s.hits = r.a.gaz.Lookup(r.s.hits, f.Key())
	text := r.doc.Text[r.doc.Tokens[best.first].Start:r.doc.Tokens[end-1].End]
	if len(r.s.hits) == n || !caseFits(text) {
		r.s.hits = r.s.hits[:n]
		return
	}
	k := copy(r.s.hits[from:], r.s.hits[n:])
	r.s.hits = r.s.hits[:from+k]
	best.end, best.key, best.hits[1] = end, f.Key(), int32(from+k)
	best.abbrev = true
	for _, h := range r.s.hits[from:] {
		best.abbrev = best.abbrev && h.Kind == gazetteer.Abbreviation
	}
}

// caseFits refuses a short name written like a word: "US" is a country, "us"
// and "Us" are not.
func caseFits(text string) bool {
	letters, upper := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
			if unicode.IsUpper(c) {
				upper++
			}
		}
	}
	return letters > 2 || upper == letters || letters == 2 && text[len(text)-1] == '.'
}

// What a token can do for a name that is being read.
type extension uint8

const (
	part extension = iota // belongs to it, and the name may end here
	link                  // belongs to it if more follows: "of", "-"
	fullStop
	possessive // may end it only when nothing shorter is a name, or after "St."
	stop
)

func saint(form string) bool { return form == "St." || form == "St" || form == "Saint" }

func extend(form string, first bool) extension {
	c, _ := utf8.DecodeRuneInString(form)
	switch {
	case unicode.IsUpper(c) || unicode.IsDigit(c) && !first:
		return part
	case first:
		return stop
	case form == ".":
		return fullStop
	case form == "'s" || form == "’s":
		return possessive
	}
	switch form {
	case "of", "de", "del", "la", "las", "los", "le", "les", "du", "da", "do", "di", "el", "al", "the", "and", "on", "upon", "sur",
		"der", "an", "am", "im", "bei", "en", "-", "'", "’", "y", "es", "ez", "ad", "ash", "as", "au", "aux", "i", "e", "ye", "ol":
		return link
	case "state", "region", "states", "peninsula", "crossing", "nuclear", "power", "plant":
		return part
	}
	if unicode.IsLetter(c) && !unicode.IsUpper(c) && !unicode.IsLower(c) {
		return part // scripts without case
	}
	return stop
}

// spellOut drops the hits that are abbreviations and reports whether any other
// is left.
func (r *run) spellOut(m *mention) bool {
	hits := r.s.hits[m.hits[0]:]
	n := 0
	for _, h := range hits {
		if h.Kind != gazetteer.Abbreviation {
			hits[n] = h
			n++
		}
	}
	m.hits[1] = m.hits[0] + int32(n)
	r.s.hits = r.s.hits[:m.hits[1]]
	return n > 0
}

// afterPlace reports a comma and a place right before: "Paducah, Ky.".
func (r *run) afterPlace(m *mention) bool {
	if len(r.s.mentions) == 0 || m.first < 2 || r.doc.Form(m.first-1) != "," {
		return false
	}
	return r.s.mentions[len(r.s.mentions)-1].end == m.first-1
}

// Evidence is a sum of points; a name is taken for a place from minEvidence.
const minEvidence = 2

// evidence adds up what speaks for a place in the words themselves. A country
// or state under its own name is one nearly always; a small town needs a
// preposition, a state behind it, or the tagger's word.
func (r *run) evidence(m *mention) float64 {
	e := r.weight(m) + r.labels(m) + r.company(m)
	if m.end-m.first > 1 {
		e += 0.5
	} else if u := r.doc.Tokens[m.first].UPOS; u == ud.ADJ {
		e -= 4
	} else if u != ud.PROPN && u != ud.UPOSNone {
		e -= 2
	}
	if r.dateline(m) {
		e += 2.5
	}
	if m.hits[0] == m.hits[1] && m.end-m.first == 1 {
		e -= 1.5 // the tagger alone, of one word: "in Quallatown" rather than "Quallatown scored"
	}
	if m.end-m.first == 1 && r.s.family[m.key] && r.weight(m) < 1.6 {
		e -= 3
	}
	if m.hits[0] < m.hits[1] && r.listedWithPlace(m) && r.placeNext(m.end) {
		e += 2 // "Bakhmut, Chasiv Yar and Kostiantynivka"
	}
	if r.s.given[m.key] && r.before(m.first) != "in" {
		e -= 6
	}
	if r.initials(m) {
		e -= 4
	}
	if m.end < r.doc.Sentences[r.doc.Tokens[m.first].Sent].End && r.a.papers[r.doc.Form(m.end)] && r.doc.Tokens[m.end].UPOS == ud.PROPN {
		e -= 3 // "the Des Moines Register"
	}
	if r.a.confusable[m.key] {
		e -= 5
	}
	return e
}

// initials reports a short name in capitals amid small letters that is the
// name of a small place only when written small: "BA cabin crew" are not of Ba.
func (r *run) initials(m *mention) bool {
	if m.end-m.first != 1 || r.doc.Tokens[m.first].Len() > 4 || m.hits[0] == m.hits[1] {
		return false
	}
	for _, c := range []byte(r.doc.Form(m.first)) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	for _, h := range r.s.hits[m.hits[0]:m.hits[1]] {
		if c := class(r.a.gaz.FCode(h.ID)); h.Kind != gazetteer.Main && h.Kind != gazetteer.Alternate || c != town && c != county && c != state {
			return false
		}
	}
	return !r.dateline(m)
}

// labels weighs the tagger's word against a place. "Kentucky State Police"
// does locate its body; "Jordan Belmont" locates nobody.
func (r *run) labels(m *mention) float64 {
	e := 0.0
	n := r.nameAt(m.first)
	if n == nil {
		if r.beside(m.first-1) || r.beside(m.end) {
			return -1
		}
		return 0
	}
	whole := n.First == m.first && n.End <= m.end
	switch n.Label {
	case casus.LOC:
		e = 3
	case casus.PER:
		e = -10 // "Odessa Rae", "Israel Katz"
		if m.first > n.First+1 && r.doc.Form(m.first-1) == "of" {
			e = 1 // "Ann Reyes of Toledo" as one name
		} else if whole {
			e = -1
		} else if n.First == m.first && r.a.followers[r.doc.Form(m.end)] {
			e = -0.5 // "Toledo Mayor Ann Reyes" as one name
		}
	case casus.ORG:
		if !whole {
			e = 0
			if n.First == m.first {
				e = 0.7
			}
		}
	case casus.MISC:
		e = -1
		if whole {
			e = -0.3
		}
	}
	return e
}

// company weighs the words around the name: a preposition before it, "village
// of", "district" behind it.
func (r *run) company(m *mention) float64 {
	e := r.prepositions(m.first)
	if t := m.first; t >= 2 && r.doc.Form(t-1) == "of" && r.a.kinds[r.doc.Form(t-2)] {
		e = 2
	}
	if t := m.end; int(t) < len(r.doc.Tokens) && r.a.followers[r.doc.Form(t)] && r.doc.Tokens[t].Sent == r.doc.Tokens[m.first].Sent {
		e += 1.2
	}
	if m.hits[0] == m.hits[1] {
		if r.listedWithPlace(m) {
			e += 1
		}
		if m.end-m.first > 1 && r.a.facilities[r.doc.Form(m.end-1)] {
			e -= 2
		}
	}
	return e
}

// listedWithPlace reports a comma or "and" and a place of the tagger before
// the name.
func (r *run) listedWithPlace(m *mention) bool {
	if len(r.s.mentions) == 0 || m.first == 0 {
		return false
	}
	last := &r.s.mentions[len(r.s.mentions)-1]
	f := r.doc.Form(m.first - 1)
	return last.tagged && last.end == m.first-1 && (f == "," || f == "and" || f == "or")
}

// placeNext reports a comma or "and" and a place of the tagger behind the name.
func (r *run) placeNext(t casus.TokenID) bool {
	for k := 0; k < 2 && int(t) < len(r.doc.Tokens); k++ {
		if f := r.doc.Form(t); f != "," && f != "and" && f != "or" {
			break
		}
		t++
		if int(t) < len(r.doc.Tokens) {
			if n := r.nameAt(t); n != nil {
				return n.Label == casus.LOC
			}
		}
	}
	return false
}

// prepositions weighs the word before the name.
func (r *run) prepositions(t casus.TokenID) float64 {
	switch r.before(t) {
	case "in", "near", "throughout", "outside", "In":
		return 2
	case "at", "from", "to", "into", "across", "around", "toward", "towards", "off", "of", "between":
		return 0.8
	}
	return 0
}

// dateline reports a name at the head of a paragraph that a dash or bracket
// ends: "TUNIS (Agency) -", "OSLO, May 3 -".
func (r *run) dateline(m *mention) bool {
	sent := &r.doc.Sentences[r.doc.Tokens[m.first].Sent]
	if m.first != sent.First || m.end >= sent.End {
		return false
	}
	upper := r.doc.Text[r.doc.Tokens[m.end-1].End-1] <= 'Z'
	switch r.doc.Form(m.end) {
	case "-", "--", "—", "–", "(":
		return true
	case ",":
		return upper
	}
	return false
}

// beside reports a capitalised word right beside a name, which makes it likely
// a part of a longer one ("Jordan Belmont").
func (r *run) beside(t casus.TokenID) bool {
	if t < 0 || int(t) >= len(r.doc.Tokens) {
		return false
	}
	tok := &r.doc.Tokens[t]
	return tok.UPOS == ud.PROPN && r.doc.Text[tok.Start] >= 'A' && r.doc.Text[tok.Start] <= 'Z'
}

// before gives the word before a name, the article left out; only lower-case
// words are of interest, so no folding is done.
func (r *run) before(t casus.TokenID) string {
	if t > 0 && r.doc.Form(t-1) == "the" {
		t--
	}
	if t > 0 && r.doc.Tokens[t-1].Sent == r.doc.Tokens[t].Sent {
		return r.doc.Form(t - 1)
	}
	return ""
}

// weight tells how much the best place under the name speaks for itself.
func (r *run) weight(m *mention) float64 {
	best := -1.0
	for _, h := range r.s.hits[m.hits[0]:m.hits[1]] {
		best = max(best, r.selfEvidence(h))
	}
	return best
}

func (r *run) selfEvidence(h gazetteer.Hit) float64 {
	g := r.a.gaz
	e := 0.0
	pop := g.LogPop(h.ID)
	switch class(g.FCode(h.ID)) {
	case nation:
		e = 3
	case state:
		e = 2.2
	case county:
		e = 2
	case large:
		e = 1.8
	case capital:
		e = 2
	default:
		e = min(max(pop-10, 0)*0.2, 1.8)
	}
	if h.Kind == gazetteer.Alternate {
		e -= 1
	}
	return e
}
