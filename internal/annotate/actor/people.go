package actor

import (
	"strings"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// named is one naming of a person, with the phrase that titles it.
type named struct {
	first, end casus.TokenID // the bare name
	ref        int32         // of the table, -1 without
	title      int32         // phrase, -1 without
	rank       int32         // noun of a military rank beside the title, -1
	apposed    bool          // the phrase stands beside the name, behind a comma
	honorific  bool
	gender     byte
	country    string // where title and surname tell no more
}

// findPeople collects the names of persons from the tables, the tagger, and
// capitalised words behind a title.
func (w *work) findPeople() {
	for s := range w.doc.Sentences {
		sent := &w.doc.Sentences[s]
		for t := sent.First; t < sent.End; {
			t = w.nameFrom(t, sent.End)
		}
	}
	for i := range w.people {
		w.findTitle(&w.people[i])
	}
}

// nameFrom adds the name that begins at the token, and gives the token to go
// on from.
func (w *work) nameFrom(t, end casus.TokenID) casus.TokenID {
	if h := w.hitOf(t); h != nil && h.first == t && h.kinds.has(entPerson) && !h.kinds.has(entBlock) {
		last := w.fullName(h, end)
		return w.addNamed(t, last, w.extended(h, last))
	}
	if i := w.nameAt[t]; i >= 0 && w.labels[i] == casus.PER && !w.isOutlet(w.doc.String(w.doc.Names[i].Span)) {
		first, last := w.trim(&w.doc.Names[i])
		if first == t && first < last && upperFirst(w.doc.Form(t)) && w.doc.Tokens[last-1].End-w.doc.Tokens[t].Start > 1 && !(w.placeAt[t] >= 0 && w.doc.Places[w.placeAt[t]].GeoNameID != 0 && !(t > w.firstOf(t) && w.titleEndsAt(t))) {
			ref := w.refIn(first, last)
			if ref < 0 {
				ref = w.refByInitial(first, last)
			}
			if ref < 0 {
				ref = w.refBySkeleton(first, last)
			}
			return w.addNamed(first, last, ref)
		}
	}
	if t > w.firstOf(t) && w.titleEndsAt(t) && w.nameLike(t) {
		last := t + 1
		for last < end && last-t < 4 && w.nameLike(last) {
			last++
		}
		return w.addNamed(t, last, -1)
	}
	return t + 1
}

func (w *work) addNamed(first, end casus.TokenID, ref int32) casus.TokenID {
	p := named{first: first, end: end, ref: ref, title: -1, rank: -1}
	for t := first; t < end; t++ {
		if h := w.hitOf(t); h != nil && h.gender != 0 && t < end-1 {
			p.gender = h.gender
			break
		}
	}
	if ref >= 0 {
		switch q := &w.t.people[ref]; {
		case q.female:
			p.gender = 'f'
		case q.male:
			p.gender = 'm'
		}
	}
	w.named[first] = int32(len(w.people))
	w.people = append(w.people, p)
	return end
}

// fullName gives the end of the name that a table hit begins. "Donald Trump
// Jr." and "Melania Trump" are other people than the one in the table; the
// second is caught by refIn.
func (w *work) fullName(h *hit, end casus.TokenID) casus.TokenID {
	if n := w.nameAt[h.first]; n >= 0 && w.labels[n] == casus.PER && w.doc.Names[n].First == h.first {
		return max(h.end, w.trimEnd(&w.doc.Names[n]))
	}
	return h.end
}

// extended gives the person of a hit that the tagger's name goes on from: the
// hit's ("Nicolas Maduro Moros"), or another's whose name only begins so, as
// "Abdul Hamid Dbeibah" does with "Abdul Hamid".
func (w *work) extended(h *hit, last casus.TokenID) int32 {
	if last <= h.end {
		return h.person
	}
	if ref := w.refBySkeleton(h.first, last); ref >= 0 {
		return ref
	}
	if len(w.t.surname[fold(w.doc.Form(last-1))]) > 0 && !w.isPossessiveMark(last-1) {
		return -1
	}
	return h.person
}

func (w *work) trimEnd(n *casus.Name) casus.TokenID {
	_, last := w.trim(n)
	return last
}

// refIn gives the table's person when the hit spells the whole of the name.
func (w *work) refIn(first, end casus.TokenID) int32 {
	for t := first; t < end; t++ {
		if h := w.hitOf(t); h != nil && h.kinds.has(entPerson) && h.first == first && h.end == end {
			return h.person
		}
	}
	return -1
}

// refByInitial gives the table's person of "Lloyd J. Austin", whom the table
// knows without the initial; -1 without.
func (w *work) refByInitial(first, end casus.TokenID) int32 {
	if end-first != 3 {
		return -1
	}
	if f := w.doc.Form(first + 1); len(f) > 2 || !upperFirst(f) || len(f) == 2 && f[1] != '.' {
		return -1
	}
	node := w.t.lex.follow(w.t.lex.first[w.tokWord[first]], w.tokWord[end-1])
	if w.tokWord[first] == 0 || node == 0 {
		return -1
	}
	for e := w.t.lex.head[node]; e >= 0; e = w.t.lex.entries[e].next {
		if w.t.lex.entries[e].kind == entPerson {
			return w.t.lex.entries[e].ref
		}
	}
	return -1
}

// trim takes titles, states and possessive marks off the ends of a tagged
// name: taggers like "US President Gerald Ford's".
func (w *work) trim(n *casus.Name) (first, end casus.TokenID) {
	first, end = n.First, n.End
	for first < end {
		h := w.hitOf(first)
		switch {
		case h != nil && h.kinds.has(entPerson) || h == nil && !w.flag(first, isHonorific|isLady|isDefinite):
		case h == nil || h.end < end && w.leads(h):
			if h == nil {
				first++
			} else {
				first = h.end
			}
			continue
		}
		break
	}
	if h := w.hitOf(first); h != nil && h.kinds.has(entState) && h.end < end && first > w.firstOf(first) && w.doc.Form(first-1) == "of" {
		first = h.end // "spokeswoman of the ministry of Chad Ana Diaz"
	}
	for t := first + 1; t < end-1; t++ {
		if h := w.hitOf(t); h != nil && h.first == t && h.end < end && h.noun >= 0 && w.t.nouns[w.t.nounRow[h.noun]].title && !upperFirst(w.doc.Form(t)) {
			first = h.end // "Lima spokeswoman Ana Diaz" is one name to the tagger
			break
		}
	}
	for t := first + 1; t < end-1; t++ {
		if h := w.hitOf(t + 1); w.doc.Form(t) == "of" && (h != nil && h.kinds.has(entState) || w.placeAt[t+1] >= 0) {
			end = t // "King Hassan of Morocco", "Senator Lima of Tennessee"
		}
	}
	for end > first && (w.isPossessiveMark(end-1) || w.doc.Tokens[end-1].UPOS == ud.PUNCT) {
		end--
	}
	if h := w.hitOf(max(end-1, n.First)); end > first && h != nil && h.first <= first && h.kinds&(1<<entPerson|1<<entFirst) == 0 {
		return first, first // wholly a state, body or noun
	}
	return first, end
}

// leads reports a hit at the head of a tagged name that is not part of it: a
// title, a demonym, a state before a title or with a possessive. "Paris" of
// "Paris Hilton" is none.
func (w *work) leads(h *hit) bool {
	switch {
	case h.kinds.has(entFirst):
		return false
	case h.kinds&(1<<entNoun|1<<entAdj|1<<entBody|1<<entMedium) != 0:
		return true
	case h.kinds&ownerKinds != 0:
		return w.isPossessiveMark(h.end) || w.hitAt[h.end] >= 0 && w.hits[w.hitAt[h.end]].kinds&(1<<entNoun|1<<entPerson) != 0
	}
	return false
}

// titleEndsAt reports a title right before the token.
func (w *work) titleEndsAt(t casus.TokenID) bool {
	if w.flag(t-1, isHonorific|isLady) {
		return upperFirst(w.doc.Form(t - 1))
	}
	n := w.nounOf(t - 1)
	return n != nil && n.title && w.hitOf(t-1).end == t && !w.hitOf(t-1).plural
}

// nameLike reports a capitalised word that no table knows as something else.
func (w *work) nameLike(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if tok.UPOS != ud.PROPN || !upperFirst(w.doc.Form(t)) || w.flag(t, isFunction) {
		return false
	}
	h := w.hitOf(t)
	return h == nil || h.kinds&(1<<entFirst|1<<entPerson) != 0
}

// findTitle finds the phrase that titles a name.
func (w *work) findTitle(p *named) {
	if p.first > w.firstOf(p.first) && w.flag(p.first-1, isHonorific|isLady) && upperFirst(w.doc.Form(p.first-1)) {
		p.honorific = true
		if w.flag(p.first-1, isLady) {
			p.gender = 'f'
		} else if p.gender == 0 && strings.HasPrefix(w.doc.Form(p.first-1), "M") {
			p.gender = 'm'
		}
	}
	inner, outer := w.phraseEnding(p.first, false), w.phraseEnding(p.first, true)
	switch {
	case inner >= 0 && w.t.nouns[w.nps[inner].row].family == "officer" && w.phraseAround(inner) >= 0:
		// "Deputy Minister of Defence Colonel-General Ivan Petrov": the rank
		// is only an ornament of the office.
		w.nps[inner].used = true
		p.title = w.phraseAround(inner)
	case inner >= 0 && w.t.nouns[w.nps[inner].row].family == "officer" && w.beforeComma(p, inner) >= 0:
		// "the ministry's spokesman, Colonel Ivan Petrov"
		p.title, p.apposed, p.rank = w.beforeComma(p, inner), true, w.hits[w.nps[inner].hit].noun
		w.nps[inner].used = true
	case inner >= 0 && w.belongsOutside(p, inner):
		p.title = w.phraseAround(inner)
	case inner >= 0:
		p.title = inner
	case outer >= 0 && w.nps[outer].det == bare && w.t.nouns[w.nps[outer].row].class == 'p':
		p.title = outer
	default:
		p.title = w.apposition(p)
		p.apposed = p.title >= 0
	}
	if p.title >= 0 {
		w.nps[p.title].used = true
		w.surnameRef(p)
	}
}

// phraseEnding gives the phrase for persons whose noun (or whose of-phrase)
// ends right before the token.
func (w *work) phraseEnding(t casus.TokenID, of bool) int32 {
	for i := len(w.nps) - 1; i >= 0; i-- {
		p := &w.nps[i]
		if p.end > t || w.doc.Tokens[p.first].Sent != w.doc.Tokens[t].Sent {
			continue
		}
		if p.end <= t-16 {
			break
		}
		if n := &w.t.nouns[p.row]; n.class == 'p' && (!of && p.end == t && !p.plural || of && p.ofEnd == t && p.end < t) {
			return int32(i)
		}
	}
	return -1
}

// phraseAround gives the phrase in whose of-phrase another one stands: "press
// secretary of [the Polish president]".
func (w *work) phraseAround(inner int32) int32 {
	q := &w.nps[inner]
	for i := inner - 1; i >= 0 && w.nps[i].end > q.first-4; i-- {
		p := &w.nps[i]
		if w.t.nouns[p.row].class == 'p' && p.ofEnd >= q.end && p.end < q.first+1 {
			return i
		}
	}
	return -1
}

// belongsOutside decides whose name follows "Press Secretary of the Polish
// President": the secretary's, unless the president has no article ("the
// spokesman of President Duda") or the table knows better.
func (w *work) belongsOutside(p *named, inner int32) bool {
	around := w.phraseAround(inner)
	if around < 0 {
		return false
	}
	if p.ref >= 0 {
		out, in := w.heldBy(p.ref, w.nps[around].row), w.heldBy(p.ref, w.nps[inner].row)
		if out != in {
			return out
		}
	}
	return w.nps[around].det == bare && w.nps[inner].det == definite
}

// heldBy reports whether a person held an office of the noun's family.
func (w *work) heldBy(ref, row int32) bool {
	for i := range w.t.people[ref].offices {
		if w.likeTitle(w.t.people[ref].offices[i].title, row) {
			return true
		}
	}
	return false
}

// likeTitle reports an office title that names the noun's family: "press
// secretary" is a spokesman.
func (w *work) likeTitle(title string, row int32) bool {
	n := &w.t.nouns[row]
	for _, ref := range w.t.titleNouns(title) {
		r := w.t.nounRow[ref]
		if r == row || n.family != "" && w.t.nouns[r].family == n.family {
			return true
		}
	}
	return false
}

// apposition finds "Ana Diaz, the Chilean minister," and "the Chilean
// minister, Ana Diaz,".
func (w *work) apposition(p *named) int32 {
	end := w.endOf(p.first)
	t := p.end
	if t < end && w.isPossessiveMark(t) {
		return -1
	}
	if t+1 < end && w.isComma(t) {
		if i := w.phraseFrom(t + 1); i >= 0 && w.closes(max(w.nps[i].ofEnd, w.nps[i].end), end) && !w.otherCountry(p, i) {
			return i
		}
	}
	if t := p.first - 1; t > w.firstOf(p.first) && w.isComma(t) && w.closes(p.end, end) {
		for _, of := range []bool{false, true} {
			if i := w.phraseEnding(t, of); i >= 0 && !w.nps[i].counted && !w.nps[i].used && !w.otherCountry(p, i) {
				return i
			}
		}
	}
	return -1
}

// beforeComma gives the office in apposition before a rank and name, -1
// without.
func (w *work) beforeComma(p *named, inner int32) int32 {
	q := *p
	q.first = w.nps[inner].first
	return w.apposition(&q)
}

func (w *work) isComma(t casus.TokenID) bool { return w.doc.Form(t) == "," }

// closes reports the end of an apposition: a comma, a full stop, a bracket or
// the end of the sentence.
func (w *work) closes(t, end casus.TokenID) bool {
	if t >= end {
		return true
	}
	switch w.doc.Form(t) {
	case ",", ".", ";", ":", ")", "-", "–", "—", "”", "\"", "who", "in", "to", "told", "said", "and":
		return true
	}
	return false
}

// phraseFrom gives the singular person phrase that begins at the token.
func (w *work) phraseFrom(t casus.TokenID) int32 {
	for i := range w.nps {
		p := &w.nps[i]
		if p.first == t && !p.part && !p.plural && !p.used && w.t.nouns[p.row].class == 'p' && w.named0(p.end) < 0 {
			return int32(i)
		}
		if p.first > t {
			break
		}
	}
	return -1
}

func (w *work) named0(t casus.TokenID) int32 {
	if int(t) >= len(w.named) {
		return -1
	}
	return w.named[t]
}

// otherCountry reports a known person of one country beside the title of
// another: "Macron, the German chancellor and ..." is a list.
func (w *work) otherCountry(p *named, i int32) bool {
	if p.ref < 0 {
		return false
	}
	c := w.code(&w.nps[i])
	return c.country != "" && c.country != w.t.people[p.ref].offices[0].code.Country()
}

// surnameRef finds the person behind "Kazakh President Tokayev" or "President
// Tokayev" by surname, office and day; two candidates are none.
func (w *work) surnameRef(p *named) {
	if p.ref >= 0 || p.apposed {
		return
	}
	last := w.doc.Form(p.end - 1)
	w.buf = appendFold(w.buf[:0], last)
	found := int32(-1)
	np := &w.nps[p.title]
	c := w.code(np)
	for _, ref := range w.t.surname[string(w.buf)] {
		if p.end-p.first > 1 && !strings.EqualFold(firstWord(w.t.people[ref].name), w.doc.Form(p.first)) {
			continue
		}
		for i := range w.t.people[ref].offices {
			o := &w.t.people[ref].offices[i]
			if !w.likeTitle(o.title, np.row) || c.country != "" && o.code.Country() != c.country {
				continue
			}
			if c.country == "" && !w.doc.Published.IsZero() && !within(o.start, o.end, w.doc.Published) {
				continue
			}
			if found >= 0 && found != ref {
				p.country = w.commonCountry(found, o.code)
				return
			}
			found = ref
		}
	}
	if p.ref = found; found >= 0 && w.t.people[found].female {
		p.gender = 'f'
	} else if found >= 0 && w.t.people[found].male {
		p.gender = 'm'
	}
}

// commonCountry gives the country that two candidates for a surname share:
// whichever President Assad is meant, he is Syria's.
func (w *work) commonCountry(found int32, code ontology.Actor) string {
	if c := code.Country(); w.t.people[found].offices[0].code.Country() == c {
		return c
	}
	return ""
}

func firstWord(s string) string {
	f, _, _ := strings.Cut(s, " ")
	return f
}

// surnames finds the surnames of the document's persons where nothing else
// was read, as in a headline before the full name: "Vega: No Talks".
func (w *work) surnames() {
	for i := range w.doc.Tokens {
		t := casus.TokenID(i)
		if w.entAt[t] >= 0 || w.hitAt[t] >= 0 || w.doc.Tokens[t].UPOS != ud.PROPN || w.insideMention(t) {
			continue
		}
		if n := w.nameAt[t]; n >= 0 && w.doc.Names[n].End-w.doc.Names[n].First > 1 {
			continue
		}
		for e := range w.ents {
			x := &w.ents[e]
			if k := len(x.words); x.Kind == casus.Person && k > 1 && len(x.words[k-1]) > 2 && x.words[k-1] == w.doc.Form(t) {
				w.mention(int32(e), t, t+1, casus.MentionName, "actor.person.surname")
				break
			}
		}
	}
}

// insideMention reports a token that some mention of a person already covers.
func (w *work) insideMention(t casus.TokenID) bool {
	for i := range w.people {
		if p := &w.people[i]; p.first <= t && t < p.end {
			return true
		}
	}
	return false
}
