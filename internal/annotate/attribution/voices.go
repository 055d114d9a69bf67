package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/ud"
)

// The rules of this file give every quotation its voice. They look at marks,
// paragraphs and cues, hardly at trees.

// outside reports a cue that speaks in the voice of the article.
func (w *work) outside(c *cue) bool { return c.outer || w.voiceIn(c.head) == 0 }

// ownQuotations finds a voice for each quotation that the model left without:
// the reporting verb beside it, or the statement that it breaks in two.
func (w *work) ownQuotations() {
	w.sortCues()
	w.nameSources()
	w.extra = w.extra[:0]
	for i := range w.quotes {
		q := &w.quotes[i]
		if q.scare || q.end-q.first < 4 || w.taken(q) || w.behindColon(q) {
			continue
		}
		if t := w.reporterOf(q); t != casus.None {
			w.giveTo(t, q)
		} else if c := w.brokenBy(q); c != nil {
			c.more = append(c.more, tokens{q.first, q.end})
		} else {
			w.introduced(q)
		}
	}
	w.displayed()
	w.addAll(w.extra)
}

// displayed gives a paragraph set off without marks to the verb of saying that
// announces it:
//
//	In a letter to the staff, the director wrote:
//
//	The hall will close in March. Nobody will lose their place.
func (w *work) displayed() {
	for i := range w.doc.Sentences {
		s := &w.doc.Sentences[i]
		colon := s.End - 1
		if colon-s.First < 2 || w.doc.Form(colon) != ":" || int(s.End) >= len(w.doc.Tokens) || w.voiceIn(colon) != 0 {
			continue
		}
		next := w.sentenceOf(s.End)
		if next.Paragraph == s.Paragraph || next.Role != casus.Body || w.quote[s.End] != 0 || w.turnColon(next.First, next.End) != casus.None ||
			w.doc.Form(next.End-1) == ":" || !w.hasVerb(tokens{next.First, next.End}) || startsSmall(w.doc.Form(next.First)) {
			continue
		}
		t := colon - 1
		for t > s.First && t > colon-8 && !(w.reports(t) && w.voiceIn(t) == 0) {
			t--
		}
		if !w.reports(t) || w.hasVerb(tokens{t + 1, colon}) {
			continue
		}
		said := tokens{next.First, w.paragraphEnd(next)}
		c := w.newCue(t, "attribution.displayed")
		c.span = w.growCue(t)
		w.pickSource(&c)
		if c.source.empty() {
			continue
		}
		c.more = []tokens{said}
		w.extra = append(w.extra, c)
	}
}

// paragraphEnd gives the token behind the last sentence of a paragraph.
func (w *work) paragraphEnd(s *casus.Sentence) casus.TokenID {
	end := s.End
	for n := casus.TokenID(len(w.doc.Tokens)); end < n && w.sentenceOf(end).Paragraph == s.Paragraph; {
		end = w.sentenceOf(end).End
	}
	return end
}

// addAll puts cues in, in the place of any at the same word.
func (w *work) addAll(cues []cue) {
	if len(cues) == 0 {
		return
	}
	heads := make(map[casus.TokenID]bool, len(cues))
	for i := range cues {
		heads[cues[i].head] = true
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return heads[c.head] })
	w.cues = append(w.cues, cues...)
	w.sortCues()
}

// lately gives the cues that ownQuotations has added last: those that a
// quotation at hand may have to do with.
func (w *work) lately() []cue { return w.extra[max(0, len(w.extra)-reach):] }

// lightSource gives a noun of saying the subject of the verb that it hangs on:
// "the captain began with a warning: ...".
func (w *work) lightSource(c *cue) {
	if w.doc.Tokens[c.head].UPOS != ud.NOUN || !c.source.empty() || w.voiceIn(c.head) != 0 {
		return
	}
	h := w.doc.Tokens[c.head].Head
	switch r := w.doc.Tokens[c.head].Deprel.Universal(); {
	case h == casus.None, r != ud.Obj && r != ud.Obl && r != ud.Nmod:
		return
	case r == ud.Nmod: // hung on the object by mistake
		h = w.doc.Tokens[h].Head
	}
	if h == casus.None || w.doc.Tokens[h].UPOS != ud.VERB {
		return
	}
	switch w.doc.Tokens[h].Lemma {
	case "face", "draw", "provoke", "receive", "spark", "meet", "trigger", "cause", "attract", "hear", "reject", "ignore", "dismiss", "follow", "deny", "refute", "dispute", "question",
		"rebut", "contradict", "confirm", "believe", "doubt", "investigate", "cite", "echo", "repeat":
		return // others do the saying
	}
	k := w.doc.Kid(h, ud.Nsubj)
	if k == casus.None || w.doc.Tokens[k].Deprel.IsPassiveSubject() || !w.somebody(k) {
		return
	}
	if r := w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, c.span, k)); r.holds(k) && !r.overlaps(c.left) && !r.overlaps(c.right) {
		c.source, c.speaks = r, k
	}
}

// sharedSources gives a cue without a source the subject that it shares: that of
// the clause which a participle hangs on ("Despite admitting that he knew, the
// mayor stayed"), and the one before a quotation that opens with the verb
// (`until the rebels "admit that they lost"`).
func (w *work) sharedSources() {
	for i := range w.cues {
		c := &w.cues[i]
		if !c.source.empty() || w.doc.Tokens[c.head].UPOS != ud.VERB || w.has(c.head, ud.AuxPass) {
			continue
		}
		k := w.doc.Kid(c.head, ud.Nsubj)
		if k == casus.None {
			if k = w.controller(c.head); k != casus.None && w.voiceIn(k) != w.voiceIn(c.head) {
				k = casus.None
			}
		} else if n := w.voiceIn(c.head); n == 0 || k >= w.quotes[n-1].first || w.quotes[n-1].first+1 < c.span.first {
			continue
		}
		if k == casus.None || w.doc.Tokens[k].Deprel.IsPassiveSubject() || !w.somebody(k) {
			if k = w.speaksOn(c); k == casus.None {
				continue
			}
		}
		if r := w.shorten(w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, c.span, k)), k); r.holds(k) && !r.overlaps(c.left) && !r.overlaps(c.right) {
			c.source, c.speaks = r, k
		}
	}
}

// controller gives the subject of the clause that a participle hangs on, and the
// noun that a tree hangs a finite verb on: "Chad, which has no port, called on its
// neighbours to open theirs, the ministry said".
func (w *work) controller(t casus.TokenID) casus.TokenID {
	switch tok := &w.doc.Tokens[t]; tok.XPOS {
	case ud.XVBG:
	case ud.XVBD, ud.XVBZ, ud.XVBP:
		if tok.Deprel == ud.Acl && tok.Head < t {
			return tok.Head
		}
		return casus.None
	default:
		return casus.None
	}
	for range 3 {
		r := w.doc.Tokens[t].Deprel.Universal()
		if r != ud.Advcl && r != ud.Conj && r != ud.Xcomp {
			return casus.None
		}
		t = w.doc.Tokens[t].Head
		if k := w.doc.Kid(t, ud.Nsubj); k != casus.None {
			return k
		}
	}
	return casus.None
}

// speaksOn gives the subject of the sentence to a participle that opens a
// quotation, wherever a long sentence has put it in the tree: `The minister
// defended the firm that had lost the money, saying, "..."`.
func (w *work) speaksOn(c *cue) casus.TokenID {
	s := w.sentenceOf(c.head)
	if w.doc.Tokens[c.head].XPOS != ud.XVBG || c.span.first == s.First || w.doc.Form(c.span.first-1) != "," || !w.opensQuotation(c.span.end) || w.voiceIn(c.head) != 0 {
		return casus.None
	}
	top := w.topmost(c.head, tokens{s.First, s.End})
	k := w.doc.Kid(top, ud.Nsubj)
	if k == casus.None || k > c.head || w.voiceIn(k) != 0 || !w.somebody(k) || w.doc.Tokens[k].Deprel.IsPassiveSubject() {
		return casus.None
	}
	return k
}

// nameSources finds who says a quotation that has its cue but no source:
// `..., " said Ruiz, looking at the map`.
func (w *work) nameSources() {
	for i := range w.cues {
		c := &w.cues[i]
		w.lightSource(c)
		if !c.source.empty() || c.left.empty() || w.voiceIn(c.head) != 0 || !w.saysPlainly(c.head) {
			continue
		}
		if n := w.voiceIn(c.left.end - 1); n != 0 && w.quotes[n-1].end <= c.span.first {
			w.between(c, &w.quotes[n-1])
		}
	}
}

// behindColon gives a quotation behind a colon to the cue before it in the
// sentence: `the senator scolded him: "..."`.
func (w *work) behindColon(q *quotation) bool {
	colon := q.first - 1
	s := w.sentenceOf(q.first)
	if colon <= s.First || w.doc.Form(colon) != ":" {
		return false
	}
	from, to := w.around(colon)
	for i := to - 1; i >= from; i-- {
		c := &w.cues[i]
		if c.head < s.First || c.head >= colon || !w.outside(c) || w.hasVerb(c.right) || w.doc.Tokens[c.head].UPOS != ud.VERB {
			continue
		}
		c.right = tokens{q.first, q.end}
		return true
	}
	return false
}

// following gives a quotation to the noun that announces it in the sentence
// before, as state agencies write:
//
//	The spokesman gave the following answer to a question on Monday.
//	"The drill is a provocation."
func (w *work) following(q *quotation, stop casus.TokenID) {
	s := w.sentenceOf(stop)
	if w.doc.Form(stop) != "." || stop != s.End-1 {
		return
	}
	for t := s.First; t+1 < stop; t++ {
		if f := w.doc.Form(t); f != "following" || w.doc.Tokens[t+1].UPOS != ud.NOUN {
			continue
		}
		c := w.newCue(t+1, "attribution.following")
		switch w.doc.Tokens[c.head].Lemma {
		case "answer", "statement", "reply", "response", "message", "remark", "comment", "declaration", "announcement", "speech", "words":
		default:
			return
		}
		c.stance, c.more = casus.Assert, []tokens{{q.first, q.end}}
		if h := w.doc.Tokens[c.head].Head; h != casus.None && w.doc.Tokens[h].UPOS == ud.VERB && h < c.head && h >= s.First {
			c.head, c.span.first = h, h
			if k := w.doc.Kid(h, ud.Nsubj); k != casus.None && k < h && !w.doc.Tokens[k].Deprel.IsPassiveSubject() {
				c.source, c.speaks = w.trim(tokens{w.lo[k], min(w.hi[k]+1, h)}), k
			}
		}
		w.extra = append(w.extra, c)
		return
	}
}

// introduced gives a quotation behind a colon at the end of the sentence before
// to a cue of that sentence, or to the colon itself:
//
//	The captain began his report with a warning:
//	"The hull will not last the winter."
func (w *work) introduced(q *quotation) {
	colon := q.first - 1
	if colon < 1 || w.voiceIn(colon) != 0 {
		return
	}
	if w.doc.Form(colon) != ":" {
		w.following(q, colon)
		return
	}
	s := w.sentenceOf(colon)
	r := tokens{q.first, q.end}
	var best *cue
	from, to := w.around(colon)
	for i := from; i < to; i++ {
		c := &w.cues[i]
		if c.head >= s.First && c.head < colon && w.outside(c) && speaks(w.stance[c.head]) {
			best = c
		}
	}
	if best != nil {
		best.more = append(best.more, r)
		return
	}
	c := w.newCue(colon, "attribution.colon")
	c.right, c.stance = r, casus.Assert
	top := w.topmost(max(s.First, colon-1), tokens{s.First, s.End})
	if subj, _ := w.subjectOf(top); subj != casus.None && w.voiceIn(subj) == 0 {
		if src := w.trim(tokens{w.lo[subj], w.hi[subj] + 1}); src.end <= colon {
			c.source, c.speaks = src, subj
		}
	}
	w.extra = append(w.extra, c)
}

// giveTo makes a quotation the content of the cue at t, a new one if need be.
// Of a cue that took something else ("told | the paper", "said | looking at the
// crowd") only what is quoted stays.
func (w *work) giveTo(t casus.TokenID, q *quotation) {
	r := tokens{q.first, q.end}
	from, to := w.around(t)
	for _, near := range [][]cue{w.cues[from:to], w.lately()} {
		for i := range near {
			if c := &near[i]; c.head == t && !c.touches(r) {
				w.takeOver(c, q)
				return
			}
		}
	}
	c := cue{head: t, speaks: casus.None, parent: -1, entity: casus.None, rule: "attribution.quotation"}
	c.span = w.growCue(t)
	w.pickSource(&c)
	if c.source.empty() && q.end <= t {
		w.between(&c, q)
	}
	if c.touches(r) {
		return
	}
	if q.first < t {
		c.left = r
	} else {
		c.right = r
	}
	w.extra = append(w.extra, c)
}

// takeOver adds a quotation to the content of a cue; of what the cue took
// otherwise only words in quotation marks stay.
func (w *work) takeOver(c *cue, q *quotation) {
	r := tokens{q.first, q.end}
	if !c.right.empty() && w.innerQuote(c.right) == 0 && q.first < c.head {
		c.right = tokens{}
	}
	if !c.left.empty() && w.innerQuote(c.left) == 0 && c.left.overlaps(r) {
		c.left = tokens{}
	}
	switch {
	case q.first < c.head && c.left.empty():
		c.left = r
	case q.first > c.head && !c.right.empty() && c.right.end == q.first:
		c.right.end = q.end // `told her | that he "did not know"`
	case q.first > c.head && (c.right.empty() || w.innerQuote(c.right) == 0):
		c.right = r
	default:
		c.more = append(c.more, r)
	}
}

// reporterOf gives a verb of saying close to a quotation, with a subject.
func (w *work) reporterOf(q *quotation) casus.TokenID {
	stop := w.stopBefore(q)
	s := w.sentenceOf(q.end - 1)
	if q.end >= s.End && int(s.End) < len(w.doc.Tokens) && stop != '.' && stop != 0 {
		// `"Who signed it?" the judge asked.`
		if n := w.sentenceOf(s.End); n.Paragraph == s.Paragraph {
			s = n
		}
	}
	if n := s.End; stop != '.' && stop != 0 && int(n) < len(w.doc.Tokens) && n > q.end && n < q.end+32 {
		// An abbreviation may have ended the sentence: `..., " Rep. Ruiz (D-Md.) |
		// said by telephone.`
		if b := w.sentenceOf(n); b.Paragraph == s.Paragraph && startsSmall(w.doc.Form(n)) {
			s = b
		}
	}
	for t := q.end; t < s.End && t < q.end+32 && w.voiceIn(t) == 0; t++ {
		if t >= q.end+10 {
			// Behind a long name with its office only the plainest words count.
			if stop != 0 && stop != '.' && w.saysPlainly(t) && w.plainest(t) {
				return t
			}
			continue
		}
		if w.reports(t) || stop != 0 && stop != '.' && (t < q.end+7 && w.mayReport(t) || w.saysPlainly(t)) {
			return t
		}
	}
	s = w.sentenceOf(q.first)
	for t := q.first - 1; t >= s.First && t > q.first-8 && w.voiceIn(t) == 0; t-- {
		if w.reports(t) || t >= q.first-2 && w.doc.Form(q.first-1) == "," && w.mayReport(t) {
			return t
		}
	}
	return casus.None
}

func startsSmall(f string) bool { return f != "" && f[0] >= 'a' && f[0] <= 'z' }

// stopBefore gives the comma or stop before the closing mark; 0 when there is
// none.
func (w *work) stopBefore(q *quotation) byte {
	if !q.done || q.end-q.first < 2 {
		return 0
	}
	t := q.end - 1
	for t > q.first && isMark(w.doc.Form(t)) {
		t--
	}
	switch f := w.doc.Form(t); f {
	case ",", ".", "?", "!":
		return f[0]
	case "...", "…", "--", "—", "–":
		return ','
	}
	return 0
}

// reports recognises a verb that hands words on, with somebody who does.
func (w *work) reports(t casus.TokenID) bool {
	return w.mayReport(t) && (speaks(w.stance[t]) || w.stance[t] == casus.Ask || w.stance[t] == casus.Accuse)
}

// mayReport recognises a finite verb outside of quotations with a subject:
// beside `..., "` any such verb reports ("she sang", "the envoy shrugged").
func (w *work) mayReport(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	return w.quote[t] == 0 && tok.UPOS == ud.VERB && w.has(t, ud.Nsubj)
}

// saysPlainly recognises a past or present tense of saying whatever the tree
// makes of it: next to `..., "` a tree often goes wrong.
func (w *work) saysPlainly(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	told := tok.XPOS == ud.XVBD || tok.XPOS == ud.XVBZ || tok.XPOS == ud.XVBP || tok.XPOS == ud.XVBN && t == w.sentenceOf(t).First
	return told && w.quote[t] == 0 && tok.UPOS == ud.VERB && w.stance[t] == casus.Assert
}

// plainest reports the words of saying that need nothing else.
func (w *work) plainest(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Lemma {
	case "say", "tell", "add", "write":
		return true
	}
	return false
}

// between gives the words from a quotation to its cue, or from the cue to the
// next mark, as the source where the tree gives none.
func (w *work) between(c *cue, q *quotation) {
	r := w.trim(tokens{q.end, c.span.first})
	if r.empty() {
		s := w.sentenceOf(c.head)
		end := c.span.end
		for end < s.End && !w.punct(end) {
			end++
		}
		r = tokens{c.span.end, end}
	}
	for t := r.first; t < r.end; t++ {
		switch w.doc.Tokens[t].UPOS {
		case ud.VERB, ud.AUX, ud.SCONJ:
			return
		}
	}
	if !r.empty() && r.end-r.first < 20 {
		c.source, c.speaks = r, w.doc.HeadOf(r.first, r.end)
	}
}

// brokenBy finds the statement that a quotation in the middle of a sentence
// goes on with: `"We met," the envoy said, pointing at the map, "and left."`
func (w *work) brokenBy(q *quotation) *cue {
	s := w.sentenceOf(q.first)
	if w.beginsSentence(q) {
		return nil
	}
	var best *cue
	from, to := w.around(q.first)
	for i := from; i < to; i++ {
		c := &w.cues[i]
		if c.head >= s.First && c.head < q.first && w.outside(c) && w.hasQuotation(c) {
			best = c
		}
	}
	return best
}

// continueQuotations gives quotations without a cue of their own to the voice
// before them in the paragraph, or, when a quotation is carried over a
// paragraph without a closing mark, to that voice.
//
//	"It is cold," the pilot said. "We will wait."
func (w *work) continueQuotations() {
	for i := range w.quotes {
		q := &w.quotes[i]
		if q.scare || q.first >= q.end || !w.beginsSentence(q) || w.taken(q) {
			continue
		}
		if c := w.voiceBefore(q); c != nil {
			c.more = append(c.more, tokens{q.first, q.end})
		}
	}
}

func (w *work) beginsSentence(q *quotation) bool {
	s := w.sentenceOf(q.first)
	return q.first <= s.First+1
}

// taken reports that a statement told outside of the quotation already has text
// of it, or that such a cue follows it in its last sentence.
func (w *work) taken(q *quotation) bool {
	r := tokens{q.first, q.end}
	last := w.doc.Tokens[q.end-1].Sent
	from, to := w.around(q.first)
	return w.takenBy(w.cues[from:to], r, last) || w.takenBy(w.lately(), r, last)
}

func (w *work) takenBy(cues []cue, r tokens, last casus.SentenceID) bool {
	for i := range cues {
		c := &cues[i]
		if !w.outside(c) {
			continue
		}
		if r.overlaps(c.left) || r.overlaps(c.right) {
			return true
		}
		for _, m := range c.more {
			if r.overlaps(m) {
				return true
			}
		}
		if c.head >= r.end && w.doc.Tokens[c.head].Sent == last && w.doc.Tokens[c.head].UPOS == ud.VERB && c.left.empty() && c.right.empty() {
			return true
		}
	}
	return false
}

// voiceBefore finds the statement that a quotation goes on with: the last one
// with words in quotation marks, or one of speech in the sentence before.
func (w *work) voiceBefore(q *quotation) *cue {
	s := w.sentenceOf(q.first)
	var best, told *cue
	from, to := w.around(q.first)
	for i := from; i < to; i++ {
		c := &w.cues[i]
		if c.head >= q.first && !c.outer {
			break
		}
		if !w.outside(c) || c.covered {
			continue // said inside a quotation: not the voice of the article
		}
		at := w.sentenceOf(c.head)
		if !q.chain && at.Paragraph != s.Paragraph && !w.standsAlone(q, s, at) {
			continue
		}
		if w.hasQuotation(c) {
			best = c
		} else if speaks(w.stance[c.head]) && at.End == s.First && !c.source.empty() && w.wholeSentence(q) {
			told = c
		}
	}
	if best != nil {
		return best
	}
	return told
}

// standsAlone reports a quotation that makes a paragraph of its own, right behind
// one whose last sentence is the one given:
//
//	"We shall build it," the governor said to loud cheers.
//
//	"And we shall build it here."
func (w *work) standsAlone(q *quotation, s, last *casus.Sentence) bool {
	n := casus.TokenID(len(w.doc.Tokens))
	return last.End == s.First && q.done && w.wholeSentence(q) && (s.First == 0 || last.Paragraph+1 == s.Paragraph) &&
		(q.end >= n || w.sentenceOf(q.end).Paragraph > s.Paragraph)
}

// wholeSentence reports a quotation that begins and ends with sentences.
func (w *work) wholeSentence(q *quotation) bool {
	return q.first == w.sentenceOf(q.first).First && w.reaches(q.end-1, w.sentenceOf(q.end-1).End)
}

// hasQuotation reports a statement with some content in quotation marks.
func (w *work) hasQuotation(c *cue) bool {
	for _, r := range w.contentOf(c) {
		for t := r.first; t < r.end; t++ {
			if n := w.voiceIn(t); n != 0 && n != w.voiceIn(c.head) {
				return true
			}
		}
	}
	return false
}

// lines calls f with the words of each line of the text, in order: turns of a
// transcript and signed quotations may stand closer than paragraphs.
func (w *work) lines(f func(r tokens)) {
	doc := w.doc
	first := casus.TokenID(0)
	for t := range casus.TokenID(len(doc.Tokens)) {
		if t > 0 && strings.IndexByte(doc.Text[doc.Tokens[t-1].End:max(doc.Tokens[t].Start, doc.Tokens[t-1].End)], '\n') >= 0 {
			f(tokens{first, t})
			first = t
		}
	}
	if n := casus.TokenID(len(doc.Tokens)); first < n {
		f(tokens{first, n})
	}
}

// bylines reads a quotation signed with a dash: `"They lied to us." - Ana Diaz`.
func (w *work) bylines() {
	var found []cue
	w.lines(func(r tokens) {
		if r.end-r.first < 5 || !w.mark[r.first] {
			return
		}
		dash := casus.TokenID(casus.None)
		for t := r.end - 2; t > r.first+2 && t >= r.end-12; t-- {
			if isDash(w.doc.Form(t)) && w.closesBefore(t) {
				dash = t
				break
			}
		}
		if dash == casus.None {
			return
		}
		who := w.trim(tokens{dash + 1, r.end})
		if who.empty() || w.doc.Tokens[who.first].UPOS != ud.PROPN || w.hasVerb(who) {
			return
		}
		found = append(found, cue{head: dash, span: tokens{dash, dash + 1}, source: who, speaks: w.doc.HeadOf(who.first, who.end),
			left: tokens{r.first, dash}, entity: casus.None, parent: -1, outer: true, stance: casus.Assert, rule: "attribution.signed"})
	})
	w.addAll(found)
}

func isMark(f string) bool {
	k, n := markAt(f)
	return k != noMark && n == len(f)
}

// closesBefore reports a closing quotation mark right before the token.
func (w *work) closesBefore(t casus.TokenID) bool {
	f := w.doc.Form(t - 1)
	k, n := markAt(f)
	return n == len(f) && (k == closes || k == straight)
}

func (w *work) hasVerb(r tokens) bool {
	for t := r.first; t < r.end; t++ {
		if u := w.doc.Tokens[t].UPOS; u == ud.VERB || u == ud.AUX {
			return true
		}
	}
	return false
}

func isDash(f string) bool {
	switch f {
	case "-", "--", "–", "—", "―":
		return true
	}
	return false
}

// turns reads a transcript: paragraphs that open with a speaker's name in
// capitals and a colon. One alone may be anything ("WARNING: ...").
func (w *work) turns() {
	var found []cue
	w.lines(func(r tokens) {
		at := r.first
		if w.mark[at] {
			at++
		}
		colon := w.turnColon(at, r.end)
		if colon == casus.None {
			if n := len(found); n > 0 && at > r.first && found[n-1].outer && !w.bracketed(at, r.end) {
				// A carried quotation: the same speaker goes on.
				if c := &found[n-1]; w.lastOf(c) == r.first {
					c.more = append(c.more, w.inMarks(r))
				}
			}
			return
		}
		found = append(found, cue{head: colon, span: tokens{colon, colon + 1}, source: tokens{at, colon}, speaks: w.doc.HeadOf(at, colon),
			right: w.inMarks(tokens{colon + 1, r.end}), entity: casus.None, parent: -1, outer: at > r.first, stance: casus.Assert, rule: "attribution.turn"})
	})
	if len(found) < 2 {
		return
	}
	for i := range found {
		found[i].outer = true
	}
	w.addAll(found)
}

// lastOf gives the token behind the content of a turn, a closing mark passed
// over.
func (w *work) lastOf(c *cue) casus.TokenID {
	end := c.right.end
	for _, r := range c.more {
		end = r.end
	}
	for int(end) < len(w.mark) && w.mark[end] && w.doc.Tokens[end].Sent == w.doc.Tokens[end-1].Sent {
		end++
	}
	return end
}

// inMarks drops the marks around the words of a turn.
func (w *work) inMarks(r tokens) tokens {
	for !r.empty() && w.mark[r.first] {
		r.first++
	}
	for !r.empty() && w.mark[r.end-1] {
		r.end--
	}
	return r
}

func (w *work) bracketed(at, end casus.TokenID) bool {
	f := w.doc.Form(at)
	return at < end && (f == "(" || f == "[")
}

// turnColon finds the colon behind a name in capitals at the head of a
// paragraph; None when there is none.
func (w *work) turnColon(at, end casus.TokenID) casus.TokenID {
	for t := at; t < end-1 && t < at+5; t++ {
		f := w.doc.Form(t)
		if f == ":" && t > at {
			return t
		}
		if f == "." && t > at || f == "(" || f == ")" {
			continue
		}
		if !inCapitals(f) {
			return casus.None
		}
	}
	return casus.None
}

func inCapitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 0 && utf8.RuneCountInString(s) > 1 || n == 1
}
