package actor

import (
	"casus"
	"casus/ud"
)

// pronoun ties he, she, they, it and their forms to an entity of this or the
// three sentences before. The nearest subject is preferred; a pronoun whose
// candidates do not fit stays without entity.
func (w *work) pronoun(t casus.TokenID) {
	tok := &w.doc.Tokens[t]
	if tok.UPOS != ud.PRON && tok.UPOS != ud.DET && tok.UPOS != ud.UPOSNone || tok.Deprel == ud.Expl || w.flag(t, isIt) && w.pleonastic(t) {
		return
	}
	if e, settled := w.speaksOfItself(t); settled {
		if e >= 0 {
			w.mentionAt(e, t, t+1, t, casus.MentionPronoun, "actor.pronoun.speaker")
		}
		return
	}
	best, score := int32(-1), 0
	for i := range w.ents {
		if s := w.antecedent(int32(i), t); s > score {
			best, score = int32(i), s
		}
	}
	if best < 0 {
		return
	}
	// A pronoun keeps its antecedent in play, but is no name of it.
	if x := &w.ents[best]; x.gender == 0 && x.Kind == casus.Person {
		// "Kim ... she": from here on Kim is a woman.
		if w.flag(t, isShe) {
			x.gender = 'f'
		} else if w.flag(t, isHe) {
			x.gender = 'm'
		}
	}
	w.mentionAt(best, t, t+1, t, casus.MentionPronoun, "actor.pronoun")
}

// speaksOfItself settles the subject of a clause that somebody says: in "the front
// claimed it had shelled the camp" it is the front, whoever was told of before; it
// is nobody known (-1) when the front is no entity.
func (w *work) speaksOfItself(t casus.TokenID) (e int32, settled bool) {
	tok := &w.doc.Tokens[t]
	if !tok.Deprel.IsSubject() || tok.Head == casus.None || !w.flag(t, isIt|isThey) {
		return -1, false
	}
	clause := &w.doc.Tokens[tok.Head]
	if clause.Deprel != ud.Ccomp || clause.Head == casus.None || clause.Head > t {
		return -1, false
	}
	k := w.doc.Kid(clause.Head, ud.Nsubj)
	if k == casus.None || k > t || w.doc.Tokens[k].UPOS == ud.PRON {
		return -1, false
	}
	if e := w.entAt[k]; e >= 0 {
		return e, w.agrees(&w.ents[e], t)
	}
	return -1, w.flag(t, isIt) && w.t.acts[w.doc.Tokens[k].Lemma]
}

// pleonastic: "it is clear that", "it emerged that", "it rained".
func (w *work) pleonastic(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if !tok.Deprel.IsSubject() || tok.Head == casus.None {
		return false
	}
	h := tok.Head
	if w.doc.HasKid(h, ud.Csubj) {
		return true
	}
	if !w.doc.HasKid(h, ud.Cop) && !tok.Deprel.IsPassiveSubject() {
		return false
	}
	return w.doc.HasKid(h, ud.Ccomp, ud.Xcomp, ud.Advcl, ud.Acl)
}

// antecedent scores an entity as what the pronoun stands for; 0 when it cannot
// be.
func (w *work) antecedent(e int32, t casus.TokenID) int {
	x := &w.ents[e]
	if len(x.Mentions) == 0 || x.last == casus.None || x.last >= t || !w.agrees(x, t) {
		return 0
	}
	if x.Kind == casus.Role && w.doc.HasKid(x.last, ud.Cop) {
		return 0 // "he is no president": says what somebody is, and is nobody
	}
	back := int(w.doc.Tokens[t].Sent - w.doc.Tokens[x.last].Sent)
	// "The front, known by its initials, said ... It denied": named again since, in
	// the sentence whose subject it was.
	subject := x.lastSubject || x.subject != casus.None && w.doc.Tokens[x.subject].Sent == w.doc.Tokens[x.last].Sent
	if back > 3 || w.flag(t, isIt) && (back > 1 || back == 1 && !subject) {
		return 0
	}
	if back == 0 && w.flag(t, isHim) && !w.flag(t, isPossessive) && w.coArgument(x.last, t) {
		return 0 // "Diaz met him"
	}
	score := 100 - 20*back
	if subject {
		score += 15
	} else if w.flag(t, isIt) {
		score -= 10
	}
	if x.Anon {
		score -= 10 // a named one is likelier
	}
	score -= min(int(t-x.last), 60) / 6
	if x.Kind == casus.Person {
		score += 5
		if x.gender != 0 {
			score += 5
		}
	}
	return score
}

// coArgument reports two arguments of one verb.
func (w *work) coArgument(a, b casus.TokenID) bool {
	ha, hb := w.doc.Tokens[a].Head, w.doc.Tokens[b].Head
	return ha != casus.None && ha == hb
}

// agrees compares number, kind and gender.
func (w *work) agrees(x *ent, t casus.TokenID) bool {
	human := (x.Kind == casus.Person || x.Kind == casus.Role) && !x.plural
	switch {
	case w.flag(t, isHe):
		return human && x.gender != 'f'
	case w.flag(t, isShe):
		return human && (x.gender == 'f' || x.gender == 0)
	case w.flag(t, isThey):
		return x.plural || x.Kind == casus.Group || x.row >= 0 && w.t.nouns[x.row].class == 'g'
	default:
		return (x.Kind == casus.State || x.Kind == casus.Org || x.Kind == casus.Group && x.body >= 0) && !x.plural
	}
}
