package quantity

import (
	"strings"

	"casus"
	"casus/ud"
)

// reach is how many tokens behind a number its noun is looked for.
const reach = 7

// noun gives the head noun that the number counts, None without, on the
// surface: the last noun of the run of adjectives and nouns behind ("two
// heavily armed patrol boats"). "Of" is passed over behind dozens and couples.
func (r *reader) noun(n *number) casus.TokenID {
	t := n.end
	if r.is(t, "of") && (n.approx || n.rule == "quantity.figure" && n.value >= 1e6) {
		t++
		if r.is(t, "the", "its", "their", "his", "these", "those") {
			t++
		}
	}
	last := casus.TokenID(casus.None)
	for k := t; r.sameSent(n.first, k) && k < t+reach; k++ {
		tok := &r.doc.Tokens[k]
		switch {
		case tok.UPOS == ud.PROPN && last != casus.None && r.doc.Tokens[last].XPOS.String() == "NNS":
			return last
		case tok.UPOS == ud.NOUN || tok.UPOS == ud.PROPN || tok.UPOS == ud.SYM && tok.Len() == 1 && !r.is(k, "-") || r.coded(k):
			last = k
			if r.possessed(k + 1) {
				last = casus.None
				k++
			}
		case last == k-1 && tok.UPOS == ud.ADJ && r.doc.Tokens[last].UPOS == ud.PROPN && r.doc.Tokens[min(int(k)+1, len(r.doc.Tokens)-1)].UPOS == ud.NOUN:
			// "2,000 North Korean soldiers"
		case last == k-1 && tok.UPOS == ud.ADJ && r.is(last-1, "-") && r.doc.Tokens[min(int(k)+1, len(r.doc.Tokens)-1)].UPOS == ud.NOUN:
			// "two short-range ballistic missiles"
		case last != casus.None && r.is(k, "-"):
			if !r.glue(k) {
				return last
			}
		case last != casus.None:
			return last
		case tok.UPOS == ud.ADJ || tok.UPOS == ud.ADV || tok.UPOS == ud.NUM && k > t:
		case tok.UPOS == ud.VERB && participle(tok):
			if !r.nounBehind(k, t+reach) {
				return last
			}
		case r.is(k, "-"), r.is(k, "more", "other", "additional", "new"):
		default:
			return last
		}
	}
	return last
}

// coded reports the letters of a code that the tagger takes for a number: the
// "MiG" of "six MiG-29 jets".
func (r *reader) coded(t casus.TokenID) bool {
	return r.doc.Tokens[t].UPOS == ud.NUM && r.is(t+1, "-") && r.designations[lowered(r.doc.Form(t))] != ""
}

func (r *reader) possessed(t casus.TokenID) bool {
	return r.is(t, "'s", "’s", "'", "’") && r.glue(t)
}

func participle(tok *casus.Token) bool {
	x := tok.XPOS.String()
	return x == "VBN" || x == "VBG" || tok.Feats.Has("VerbForm", "Part") || tok.Feats.Has("VerbForm", "Ger")
}

// nounBehind reports that a participle stands before its noun ("20 wounded
// soldiers") and is not the verb of the number ("20 wounded in the blast").
func (r *reader) nounBehind(k, limit casus.TokenID) bool {
	for j := k + 1; r.sameSent(k, j) && j < limit; j++ {
		switch r.doc.Tokens[j].UPOS {
		case ud.NOUN, ud.PROPN:
			return true
		case ud.ADJ, ud.ADV:
		default:
			return false
		}
	}
	return false
}

// plainRun reports that nothing but words of one noun phrase stands between the
// number and its noun; "10 or perhaps 12 boats" is no such run.
func (r *reader) plainRun(from, head casus.TokenID) bool {
	for k := from; k < head; k++ {
		if r.is(k, "-") && r.glue(k) && r.glue(k+1) { // "a night-raid"
			continue
		}
		if r.doc.Tokens[k].UPOS == ud.NUM && (r.is(k+1, "-") && r.glue(k+1) || r.is(k-1, "-") && r.glue(k)) { // "a 19-year-old soldier", "MiG-29 jets"
			continue
		}
		switch r.doc.Tokens[k].UPOS {
		case ud.CCONJ, ud.ADP, ud.PUNCT, ud.NUM, ud.SCONJ, ud.AUX:
			return false
		}
	}
	return true
}

// tree gives the noun that the number depends on when it stands behind it.
func (r *reader) tree(n *number) casus.TokenID {
	h := r.doc.HeadOf(n.first, n.end)
	if h == casus.None {
		return casus.None
	}
	switch d := r.doc.Tokens[h].Deprel.Universal(); d {
	case ud.Nummod, ud.Det, ud.Compound, ud.Amod, ud.Nmod, ud.Flat:
		g := r.doc.Tokens[h].Head
		if g >= n.end && g < n.end+reach && r.doc.Tokens[g].UPOS.IsNominal() && !r.crosses(n.end, g) {
			return g
		}
	}
	return casus.None
}

// crosses reports a preposition or a verb between a number and a noun, which
// then is another phrase's: "29,000 from other countries".
func (r *reader) crosses(from, head casus.TokenID) bool {
	for k := from; k < head; k++ {
		switch r.doc.Tokens[k].UPOS {
		case ud.ADP, ud.AUX, ud.SCONJ, ud.PRON:
			return !r.is(k, "of", "as") || r.is(k, "of") && r.doc.Tokens[from-1].UPOS == ud.NUM
		}
	}
	return false
}

// unit gives the lemma of a counted noun and what the table knows of it; the
// lemma of a name may stand in the plural ("Troops"), so its singular is tried.
func (r *reader) unit(t casus.TokenID) (string, noun) {
	l := r.lemma(t)
	if l == "people" { // taggers differ on the lemma
		l = "person"
	}
	u, ok := r.nouns[l]
	if !ok {
		if s := singular(l); s != l {
			if u, ok := r.nouns[s]; ok {
				return s, u
			}
		}
	}
	return l, u
}

// lemma gives the lemma in lower case, or the form without its plural ending
// when the document has no lemmas.
func (r *reader) lemma(t casus.TokenID) string {
	tok := &r.doc.Tokens[t]
	if tok.Lemma != "" {
		return lowered(tok.Lemma)
	}
	return singular(lowered(r.doc.Form(t)))
}

func lowered(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' || s[i] >= utf8Self {
			return strings.ToLower(s)
		}
	}
	return s
}

func singular(s string) string {
	switch {
	case s == "people":
		return s
	case strings.HasSuffix(s, "men"):
		return s[:len(s)-2] + "an"
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "ss") || strings.HasSuffix(s, "us"):
		return s
	case strings.HasSuffix(s, "s") && len(s) > 3:
		return s[:len(s)-1]
	}
	return s
}

// toll gives the class that a verb or a participle near the counted noun
// decides: "killed 20 people", "20 people were wounded", "20 dead", "leaving
// 20 people missing".
func (r *reader) toll(head casus.TokenID, n *number) string {
	if c := r.verbBefore(n); c != "" {
		return c
	}
	if c := r.verbAbove(head); c != "" {
		return c
	}
	if c := r.passiveBehind(head); c != "" && head >= n.end {
		return c
	}
	if h := r.doc.HeadOf(n.first, n.end); h != casus.None && h != head { // "killing dozens of people"
		if c := r.verbAbove(h); c != "" {
			return c
		}
	}
	for k := range r.doc.Kids(head) {
		d := r.doc.Tokens[k].Deprel.Universal()
		if d == ud.Acl && r.finite(k) { // "40 people, three of them children, died": the parser took the verb for a participle
			if v := r.verbOf(k); v.subject {
				return v.class
			}
		}
		if k > head+2 { // a participle further off belongs to another noun as often
			continue
		}
		if d == ud.Amod || d == ud.Acl && r.doc.Tokens[k].XPOS.String() != "VBG" {
			if c := r.stateOf(k); c != "" {
				return c
			}
		}
	}
	for k := n.end; k < head; k++ { // "20 wounded soldiers"
		if c := r.stateOf(k); c != "" {
			return c
		}
	}
	for k := max(head, n.end-1) + 1; k <= max(head, n.end-1)+2 && r.sameSent(head, k); k++ { // "20 people dead"
		if r.doc.Tokens[k].UPOS == ud.ADP || r.doc.Tokens[k].UPOS == ud.PUNCT {
			break
		}
		if r.doc.Tokens[k].UPOS == ud.ADJ || r.doc.Tokens[k].XPOS.String() == "VBN" {
			if c := r.stateOf(k); c != "" {
				return c
			}
		}
	}
	return ""
}

// finite reports a verb with a tense of its own.
func (r *reader) finite(t casus.TokenID) bool {
	switch r.doc.Tokens[t].XPOS {
	case ud.XVBD, ud.XVBZ, ud.XVBP:
		return true
	}
	return false
}

// stateOf gives the class of a word that says what befell someone: "killed",
// "dead", "missing".
func (r *reader) stateOf(t casus.TokenID) string {
	if u := r.nouns[r.lemma(t)]; u.toll {
		return u.class
	}
	tok := &r.doc.Tokens[t]
	if u := r.nouns[lowered(r.doc.Form(t))]; u.toll {
		return u.class
	}
	if tok.UPOS == ud.VERB || tok.UPOS == ud.ADJ {
		if v := r.verbOf(t); !v.subject {
			return v.class
		}
	}
	return ""
}

// verbOf looks a verb up by its lemma, else by its form: the lemma of an
// irregular verb, or of a participle tagged as an adjective, may be wrong.
func (r *reader) verbOf(t casus.TokenID) verb {
	if v, ok := r.verbStem(r.lemma(t)); ok {
		return v
	}
	v, _ := r.verbStem(lowered(r.doc.Form(t)))
	return v
}

func (r *reader) verbStem(l string) (verb, bool) {
	if v, ok := r.verbs[l]; ok {
		return v, true
	}
	for _, cut := range [...]string{"ed", "d", "ing"} {
		if s, ok := strings.CutSuffix(l, cut); ok {
			if v, ok := r.verbs[s]; ok {
				return v, true
			}
		}
	}
	return verb{}, false
}

// verbAbove gives the class of the governing verb. The killed are the object
// or the passive subject of "kill"; those who die or flee are the subject.
func (r *reader) verbAbove(t casus.TokenID) string {
	tok := &r.doc.Tokens[t]
	if tok.Head == casus.None {
		return ""
	}
	v, d := tok.Head, tok.Deprel
	if d.Universal() == ud.Conj { // "killed two soldiers and four civilians"
		h := &r.doc.Tokens[v]
		switch {
		case h.UPOS == ud.VERB && v < t && tok.UPOS != ud.VERB: // hung on the verb itself
			d = ud.Obj
		case h.Head == casus.None || !h.UPOS.IsNominal() && h.UPOS != ud.NUM:
			return ""
		default:
			v, d = h.Head, h.Deprel
		}
	}
	w := r.verbOf(v)
	if w.class == "" {
		return ""
	}
	switch {
	case d.Universal() == ud.Obj && !w.subject, d.IsPassiveSubject():
		return w.class
	case d == ud.Nsubj && (w.subject || r.passive(v)):
		return w.class
	}
	return ""
}

// passive finds the auxiliary of a passive whose subject the parser did not
// mark as passive.
func (r *reader) passive(v casus.TokenID) bool {
	return r.doc.HasKid(v, ud.AuxPass) || r.doc.Tokens[v].XPOS.String() == "VBN" && r.doc.KidLemma(v, ud.DeprelNone, "be") != casus.None
}
