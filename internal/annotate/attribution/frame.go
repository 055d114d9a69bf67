package attribution

import (
	"casus"
	"casus/ud"
)

// trailing reads the frame of agency style, whatever the tree makes of it:
//
//	The bridge is closed, three people with knowledge of the matter said.
//
// A comma, who speaks, and a verb of saying at the end of what is said. The
// ranker keeps its answer where it has found a clause on the left itself.
func (w *work) trailing(c *cue) {
	if !w.handsOn(c.head) || w.doc.Tokens[c.head].UPOS != ud.VERB || w.voiceIn(c.head) != 0 || w.hasVerb(c.right) || w.innerQuote(c.right) != 0 {
		return
	}
	s := w.sentenceOf(c.head)
	who, comma := w.namedBefore(c.span.first, s)
	if who.empty() || !w.endsClause(c.span.end, s) {
		return
	}
	if !c.right.empty() && w.doc.Tokens[c.head].Lemma != "tell" && w.doc.Tokens[c.right.first].UPOS != ud.ADP {
		return // "in 2012, he mentioned the climate": it has its object
	}
	said := w.tidy(tokens{s.First, comma})
	if !w.tellsAll(said) || !w.hasVerb(said) || w.splitsQuotation(c, said, s) || w.innerQuote(said) == 2 {
		return
	}
	if c.source.empty() || !c.source.overlaps(who) || w.hasVerb(c.source) || c.source.first > who.first {
		c.source, c.speaks = who, w.doc.HeadOf(who.first, who.end)
	}
	if !w.hasVerb(c.left) || said.first <= c.left.first && c.left.end <= said.end {
		c.left, c.right = said, tokens{}
	}
	c.framed = true
}

// withinClause keeps "according to the service" inside the clause that it stands
// in: "said that, according to the service, the bomb had been made abroad".
func (w *work) withinClause(c *cue) {
	if l := w.doc.Tokens[c.head].Lemma; l != "according" && l != "accord" || c.speaks == casus.None || c.left.empty() {
		return
	}
	h := w.doc.Tokens[c.speaks].Head
	if h == casus.None || h < c.span.end || w.doc.Tokens[c.speaks].Deprel.Universal() != ud.Obl || w.lo[h] <= c.left.first {
		return
	}
	if k := w.doc.Kid(h, ud.Mark); k != casus.None && k < c.span.first {
		c.left = tokens{}
	}
}

// interrupted reads a sentence that its cue interrupts before a quotation which
// goes on in small letters: `When the order came, Ruiz said, "we were floored."`
func (w *work) interrupted(c *cue) {
	r := c.right
	if r.empty() || !c.left.empty() || r.first <= c.span.end-1 || !w.mark[r.first] || r.first+1 >= r.end || !startsSmall(w.doc.Form(r.first+1)) ||
		w.doc.Form(r.first-1) != "," || !w.handsOn(c.head) || w.voiceIn(c.head) != 0 {
		return
	}
	s := w.sentenceOf(c.head)
	who, comma := w.namedBefore(c.span.first, s)
	if who.empty() || c.source.empty() || !who.overlaps(c.source) {
		return
	}
	if said := w.tidy(tokens{s.First, comma}); !said.empty() && !w.splitsQuotation(c, said, s) {
		c.left = said
	}
}

// tellsAll reports words that can stand as a sentence of their own: none that
// opens with a preposition, a conjunction or a participle.
func (w *work) tellsAll(r tokens) bool {
	if r.empty() {
		return false
	}
	switch tok := &w.doc.Tokens[r.first]; tok.UPOS {
	case ud.ADP, ud.SCONJ, ud.CCONJ:
		return false
	case ud.VERB:
		return tok.XPOS != ud.XVBG && tok.XPOS != ud.XVBN
	case ud.ADV:
		return !w.relative(r.first)
	}
	return true
}

// parenthetical marks the frame "The tanker, the owners maintain, was full": who
// speaks and a verb of saying between commas, with words on both sides.
func (w *work) parenthetical(c *cue) {
	s := w.sentenceOf(c.head)
	if !w.handsOn(c.head) || w.doc.Tokens[c.head].UPOS != ud.VERB || w.voiceIn(c.head) != 0 || c.left.empty() || c.right.empty() || c.source.empty() ||
		c.span.end >= s.End || w.doc.Form(c.span.end) != "," {
		return
	}
	if who, comma := w.namedBefore(c.span.first, s); !who.empty() && who.overlaps(c.source) && c.left.end == comma && w.hasVerb(c.right) {
		c.framed = true
	}
}

// handsOn reports a cue whose content is a clause that it reports.
func (w *work) handsOn(t casus.TokenID) bool {
	switch st := w.stance[t]; st {
	case casus.Deny, casus.Accuse:
		return true
	default:
		return speaks(st)
	}
}

// namedBefore finds who speaks between a comma and a cue: a phrase without a
// verb, or an office and a name between commas ("its minister, Bola Ojo, told").
func (w *work) namedBefore(cue casus.TokenID, s *casus.Sentence) (who tokens, comma casus.TokenID) {
	end := cue
	if end > s.First && w.doc.Form(end-1) == "," {
		end--
	}
	at := end
	for at > s.First && end-at < 14 && !w.breaks(at-1) {
		at--
	}
	if at == end || at == s.First || w.doc.Form(at-1) != "," {
		return tokens{}, 0
	}
	if end < cue { // a name between commas: the office stands before it
		from := at - 1
		for from > s.First && at-from < 14 && !w.breaks(from-1) {
			from--
		}
		if from == at-1 || from == s.First || w.doc.Form(from-1) != "," {
			return tokens{}, 0
		}
		at = from
	}
	if first := &w.doc.Tokens[at]; first.UPOS == ud.CCONJ || first.Lemma == "so" || w.relative(at) {
		return tokens{}, 0
	}
	for t := at + 1; t < end; t++ {
		if w.relative(t) {
			return tokens{}, 0 // ", a copy of which she held up"
		}
	}
	for t := at; t < end; t++ {
		switch w.doc.Tokens[t].UPOS {
		case ud.NOUN, ud.PROPN, ud.PRON:
			return w.trim(tokens{at, end}), at - 1
		}
	}
	return tokens{}, 0
}

// breaks reports words that no phrase of a speaker holds.
func (w *work) breaks(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	switch tok.UPOS {
	case ud.VERB, ud.AUX, ud.SCONJ:
		return true
	case ud.PUNCT:
		return tok.Len() != 1 || w.doc.Text[tok.Start] != '-'
	}
	return w.mark[t]
}

// endsClause reports that no clause follows: the end, or a short phrase of time,
// place or addressee before it.
func (w *work) endsClause(t casus.TokenID, s *casus.Sentence) bool {
	for n := 0; t < s.End && n < 9; t, n = t+1, n+1 {
		if w.doc.Form(t) == "," {
			return true
		}
		if u := w.doc.Tokens[t].UPOS; u == ud.VERB || u == ud.AUX || u == ud.SCONJ || w.mark[t] {
			return false
		}
	}
	return t >= s.End
}

// thatClause reports a verb of saying with a clause in "that": "assured
// journalists that ...", "it was underlined that ...". A "that" right behind the
// verb shows the clause where a long sentence has put it elsewhere in the tree.
func (w *work) thatClause(t casus.TokenID) bool {
	if w.doc.Tokens[t].UPOS != ud.VERB || !w.handsOn(t) {
		return false
	}
	for k := range w.doc.Kids(t) {
		if r := w.doc.Tokens[k].Deprel.Universal(); k > t && (r == ud.Ccomp || r == ud.Advcl) && w.doc.KidLemma(k, ud.Mark, "that") != casus.None {
			return w.has(t, ud.Nsubj, ud.Csubj, ud.Expl)
		}
	}
	next := t + 1
	return next < w.sentenceOf(t).End && w.doc.Tokens[next].UPOS == ud.SCONJ && w.doc.Form(next) == "that" && w.has(t, ud.Nsubj, ud.Csubj, ud.Expl)
}

// relative reports "which", "who", "when", "where" and their like.
func (w *work) relative(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Lemma {
	case "which", "who", "whom", "that", "when", "where", "while", "why", "how", "what":
		return true
	}
	return false
}
