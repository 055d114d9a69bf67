package brief

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ud"
)

// maxWords is the length of a clause in the brief; longer ones lose their
// side remarks first and their end last.
const maxWords = 34

// clause gives the part of the source that tells what a head word tells: its
// subtree without the words of attribution, joining words and, when it is
// long, side remarks. Of "Baku, which buys grain, said on Friday that the ship
// had left the port", the head "left" gives "the ship had left the port".
//
// The words of without are left out: a line that begins with the date need not
// say "on Friday" again.
func (v *view) clause(head casus.TokenID, who party, without ...casus.Span) string {
	if !v.token(head) {
		return ""
	}
	head = v.whole(head)
	keep := v.subtree(head, nil)
	v.dropSpans(keep, without)
	v.dropDateline(head, keep)
	v.dropEdges(head, keep)
	v.dropAttribution(head, keep)
	for _, rels := range sideRemarks {
		if count(keep) <= maxWords {
			break
		}
		v.dropBelow(head, who.must, keep, rels)
	}
	text := v.render(keep)
	if v.needsSubject(head) && !v.namedIn(keep, head, who.ids) {
		if who.name == "" {
			return ""
		}
		text = v.withSubject(head, keep, who.name)
	}
	return shorten(joined(lead(tidy(cutDateline(text)))), maxWords)
}

// party is who should be the subject of a clause that lacks one.
type party struct {
	name string
	ids  []casus.EntityID
	must casus.TokenID // a word that the clause may not lose, not the first of the text
}

// namedIn reports a mention of one of the entities before the head among the
// words that are kept: then the parser only hung the subject elsewhere.
func (v *view) namedIn(keep tokenSet, head casus.TokenID, ids []casus.EntityID) bool {
	for _, id := range ids {
		ent := v.entity(id)
		if ent == nil {
			continue
		}
		for _, m := range ent.Mentions {
			if m.Kind != casus.MentionPronoun && m.Head < head && keep[m.Head] {
				return true
			}
		}
	}
	return false
}

// joined drops a word that joins a clause to the one before.
func joined(s string) string {
	for _, w := range []string{"that ", "and ", "but "} {
		s = strings.TrimPrefix(s, w)
	}
	return s
}

// cutDateline drops place, day and agency before the first words of a wire
// report, where no tree tells where they end: "LIMA, May 2 (Agency) - ".
func cutDateline(s string) string {
	place, _, _ := strings.Cut(s, ",")
	if p, _, ok := strings.Cut(place, " ("); ok {
		place = p
	}
	if len(place) < 3 || strings.ToUpper(place) != place || !hasLetter(place) {
		return s
	}
	for _, dash := range []string{" - ", " – ", " — ", " -- "} {
		if i := strings.Index(s, dash); i > 0 && i < maxDatelineBytes {
			return s[i+len(dash):]
		}
	}
	return s
}

// maxDatelineBytes is how far the dash of a dateline may stand from its start.
const maxDatelineBytes = 60

// lead drops a relative phrase that the parser hung elsewhere: "in which, the
// paper said, five sailors died".
func lead(s string) string {
	f := strings.Fields(s)
	if len(f) > 3 && strings.Trim(f[1], ",") == "which" && strings.ToLower(f[0]) == f[0] {
		return strings.Join(f[2:], " ")
	}
	return s
}

// whole climbs from a participle that only describes a noun to that noun: of
// "an agreement signed in 2018" the verb alone makes no clause.
func (v *view) whole(head casus.TokenID) casus.TokenID {
	tok := &v.doc.Tokens[head]
	if tok.Deprel == ud.Acl && tok.XPOS == ud.XVBN && v.token(tok.Head) && v.doc.Tokens[tok.Head].UPOS.IsNominal() {
		return tok.Head
	}
	return head
}

// dropDateline removes the place and day of writing before the first dash of
// an article: "BAKU, March 2 (Agency) - ".
func (v *view) dropDateline(head casus.TokenID, keep tokenSet) {
	first := v.doc.Sentences[v.doc.Tokens[head].Sent].First
	if name := v.doc.Form(first); len(name) < 3 || strings.ToUpper(name) != name || !hasLetter(name) {
		return
	}
	for t := first; t < first+maxDateline && v.token(t) && t < head; t++ {
		if f := v.doc.Form(t); f == "-" || f == "–" || f == "—" || f == "--" {
			for ; t >= first; t-- {
				delete(keep, t)
			}
			return
		}
	}
}

// maxDateline is how many tokens a dateline may have.
const maxDateline = 14

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// sideRemarks are the relations whose subtrees a long clause loses, the most
// dispensable first: "which ...", "..., a former governor, ...", "while ...".
var sideRemarks = [][]ud.Deprel{{ud.AclRelcl, ud.Parataxis}, {ud.Appos}, {ud.Advcl}, {ud.Acl}, {ud.Conj}}

type tokenSet map[casus.TokenID]bool

func count(s tokenSet) int { return len(s) }

// subtree gives a token with everything below it, without those dependents of
// the token itself whose relation is in skip.
func (v *view) subtree(head casus.TokenID, skip map[ud.Deprel]bool) tokenSet {
	out := tokenSet{}
	var walk func(casus.TokenID)
	walk = func(t casus.TokenID) {
		if out[t] {
			return
		}
		out[t] = true
		for k := range v.doc.Kids(t) {
			if t != head || !skip[v.doc.Tokens[k].Deprel] {
				walk(k)
			}
		}
	}
	walk(head)
	return out
}

func (v *view) drop(t casus.TokenID, keep tokenSet) {
	for k := range v.subtree(t, nil) {
		delete(keep, k)
	}
}

// dropEdges removes what ties a clause to its sentence: "and", "that",
// parenthetic sentences, other verbs joined to it. A condition's own "if" goes
// only when the clause itself is the condition.
func (v *view) dropEdges(head casus.TokenID, keep tokenSet) {
	verb := v.doc.Tokens[head].UPOS == ud.VERB || v.doc.Tokens[head].UPOS == ud.AUX || v.doc.HasKid(head, ud.Cop)
	for k := range v.doc.Kids(head) {
		tok := &v.doc.Tokens[k]
		switch tok.Deprel {
		case ud.Mark:
			if tok.Lemma == "that" {
				v.drop(k, keep)
			}
		case ud.Cc:
			if !v.keptBefore(keep, k) {
				v.drop(k, keep)
			}
		case ud.Parataxis, ud.Discourse, ud.CcPreconj:
			v.drop(k, keep)
		case ud.Conj:
			if verb {
				v.drop(k, keep)
			}
		case ud.Case:
			if k < head {
				delete(keep, k)
			}
		case ud.Punct:
			// Quotation marks and commas around the clause as a whole.
			if strings.ContainsAny(v.doc.Form(k), "\"“”„«»'‘’`") {
				delete(keep, k)
			}
		default:
			if relative[tok.Lemma] && (tok.Deprel.Universal() == ud.Obl || tok.Deprel.Universal() == ud.Advmod) {
				v.drop(k, keep)
			}
		}
	}
}

// keptBefore reports a word before the token: an "and" there joins something
// within the clause.
func (v *view) keptBefore(keep tokenSet, t casus.TokenID) bool {
	for k := range keep {
		if k < t && v.doc.Tokens[k].UPOS != ud.PUNCT {
			return true
		}
	}
	return false
}

// relative are words that tie a clause to the one before: "after which ...".
var relative = map[string]bool{"which": true, "whom": true, "when": true, "where": true, "whereby": true}

// dropAttribution removes source and cue of every statement whose content
// holds the head: "..., the ministry said".
func (v *view) dropAttribution(head casus.TokenID, keep tokenSet) {
	at := v.doc.Tokens[head].Span
	for i := range v.doc.Statements {
		st := &v.doc.Statements[i]
		if !holds(st.Content, at) || v.partOf(head, st) {
			continue
		}
		for t := range keep {
			s := v.doc.Tokens[t].Span
			if t != head && (holds(st.Source, s) || holds(st.Cue, s)) && !holds(st.Content, s) {
				v.dropWithMarks(t, keep)
			}
		}
	}
}

// partOf reports a cue that is a part of the clause rather than beside it:
// in "three died when boats exchanged fire" nobody reports the deaths by
// exchanging fire, whatever the cue is taken for.
func (v *view) partOf(head casus.TokenID, st *casus.Statement) bool {
	t := st.CueHead
	for v.token(t) && v.doc.Tokens[t].Head != head {
		t = v.doc.Tokens[t].Head
	}
	if !v.token(t) || len(st.Cue) > 0 && strings.HasPrefix(strings.ToLower(v.doc.String(st.Cue[0])), "according") {
		return false
	}
	switch v.doc.Tokens[t].Deprel {
	case ud.Advcl, ud.Acl, ud.AclRelcl, ud.Conj, ud.Xcomp:
		return true
	}
	return false
}

// dropWithMarks removes a token and the small words that hang on it.
func (v *view) dropWithMarks(t casus.TokenID, keep tokenSet) {
	delete(keep, t)
	for k := range v.doc.Kids(t) {
		switch v.doc.Tokens[k].Deprel.Universal() {
		case ud.Det, ud.Case, ud.Punct:
			delete(keep, k)
		}
	}
}

// dropSpans removes words with the prepositions before them: "on Friday".
func (v *view) dropSpans(keep tokenSet, spans []casus.Span) {
	for t := range v.doc.Tokens {
		t := casus.TokenID(t)
		if !keep[t] || !holds(spans, v.doc.Tokens[t].Span) {
			continue
		}
		delete(keep, t)
		for k := range v.doc.Kids(t) {
			if v.doc.Tokens[k].Deprel == ud.Case {
				delete(keep, k)
			}
		}
	}
}

func holds(spans []casus.Span, s casus.Span) bool {
	for _, sp := range spans {
		if sp.Contains(s) {
			return true
		}
	}
	return false
}

func (v *view) dropBelow(head, must casus.TokenID, keep tokenSet, rels []ud.Deprel) {
	first := head
	for t := range keep {
		first = min(first, t)
	}
	for t := range v.subtree(head, nil) {
		if t == head || !keep[t] {
			continue
		}
		for _, r := range rels {
			if got := v.doc.Tokens[t].Deprel; (got == r || got.Universal() == r) && !(must > 0 && v.doc.Dominates(t, must)) && !v.doc.Dominates(t, first) {
				v.drop(t, keep)
			}
		}
	}
}

// needsSubject reports a verb whose subject is missing or does not name
// anybody: "and expelled two diplomats", "which sent ships", "he denied it".
func (v *view) needsSubject(head casus.TokenID) bool {
	tok := &v.doc.Tokens[head]
	if tok.UPOS != ud.VERB {
		return false
	}
	s := v.doc.Kid(head, ud.Nsubj, ud.Csubj, ud.Expl)
	return s == casus.None || v.doc.Tokens[s].Deprel != ud.Expl && isPronoun(v.doc.Form(s))
}

// withSubject puts a name before a clause in place of its pronoun.
func (v *view) withSubject(head casus.TokenID, keep tokenSet, subject string) string {
	if s := v.doc.Kid(head, ud.Nsubj, ud.Csubj); s != casus.None {
		v.drop(s, keep)
	}
	if to := v.doc.KidLemma(head, ud.Mark, "to"); to != casus.None {
		delete(keep, to)
		return subject + " to " + tidy(v.render(keep))
	}
	return subject + " " + tidy(v.render(keep))
}

// render gives the text of the tokens; where some are left out a space stands.
func (v *view) render(keep tokenSet) string {
	if len(keep) == 0 {
		return ""
	}
	first, last := casus.TokenID(-1), casus.TokenID(-1)
	for t := range keep {
		if first < 0 || t < first {
			first = t
		}
		last = max(last, t)
	}
	var b strings.Builder
	end := casus.Pos(-1)
	prev := casus.TokenID(-2)
	for t := first; t <= last; t++ {
		if !keep[t] {
			continue
		}
		tok := &v.doc.Tokens[t]
		switch {
		case prev == t-1 && tok.Start >= end:
			b.WriteString(v.doc.Text[end:tok.Start])
		case end >= 0 && prev != t-1:
			b.WriteByte(' ')
		}
		b.WriteString(v.doc.Form(t))
		prev, end = t, tok.End
	}
	return b.String()
}

// tidy folds white space, drops punctuation that lost its words, and quotation
// marks that lost their partner.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, p := range [][2]string{{" ,", ","}, {" .", "."}, {" ;", ";"}, {" :", ":"}, {" )", ")"}, {"( ", "("}, {",,", ","}, {", ,", ","}, {"()", ""}, {" ’s", "’s"}, {" 's", "'s"}} {
		s = strings.ReplaceAll(s, p[0], p[1])
	}
	s = unpaired(strings.TrimSuffix(s, ",”") + strings.Repeat("”", strings.Count(s[max(0, len(s)-len(",”")):], ",”")))
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:.–—-", r) })
	return strings.Join(strings.Fields(s), " ")
}

// unpaired removes quotation marks that do not come in pairs.
func unpaired(s string) string {
	if strings.Count(s, "“") != strings.Count(s, "”") {
		s = strings.NewReplacer("“", "", "”", "").Replace(s)
	}
	if strings.Count(s, `"`)%2 == 1 {
		s = strings.ReplaceAll(s, `"`, "")
	}
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.NewReplacer("(", "", ")", "").Replace(s)
	}
	return s
}

// shorten cuts after so many words; an ellipsis says so.
func shorten(s string, words int) string {
	f := strings.Fields(s)
	if len(f) <= words {
		return s
	}
	return strings.TrimRight(strings.Join(f[:words], " "), ",;:") + " …"
}

// capital begins a line with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// told gives a clause that can stand alone: that of the head when it has a
// subject or one is known, else the whole sentence.
func (v *view) told(head casus.TokenID, sent casus.SentenceID) string {
	if v.token(head) {
		must := head
		head = v.unit(head)
		if c := v.clause(head, party{name: v.subject(head), must: must}); len(strings.Fields(c)) >= minWords && v.standsAlone(head) {
			return c
		}
	}
	return v.sentence(sent)
}

// sentence gives the words of a whole sentence.
func (v *view) sentence(id casus.SentenceID) string {
	if id < 0 || int(id) >= len(v.doc.Sentences) {
		return ""
	}
	s := v.doc.Sentences[id]
	if len(v.doc.Tokens) > 0 && s.First < s.End {
		keep := tokenSet{}
		for t := s.First; t < s.End; t++ {
			keep[t] = true
		}
		v.dropDateline(s.End-1, keep)
		return shorten(tidy(v.render(keep)), maxWords)
	}
	return shorten(tidy(cutDateline(v.doc.String(s.Span))), maxWords)
}
