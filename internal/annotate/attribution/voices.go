package attribution

import (
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
	for i := range w.quotes {
		q := &w.quotes[i]
		if q.scare || q.end-q.first < 4 || w.taken(q) {
			continue
		}
		if t := w.reporterOf(q); t != casus.None {
			w.giveTo(t, q)
			w.sortCues()
			continue
		}
		if c := w.brokenBy(q); c != nil {
			c.more = append(c.more, tokens{q.first, q.end})
		}
	}
}

// giveTo makes a quotation the content of the cue at t, a new one if need be.
// Of a cue that took something else ("told | the paper", "said | looking at the
// crowd") only what is quoted stays.
func (w *work) giveTo(t casus.TokenID, q *quotation) {
	r := tokens{q.first, q.end}
	for i := range w.cues {
		c := &w.cues[i]
		if c.head != t || c.touches(r) {
			continue
		}
		if !c.right.empty() && w.innerQuote(c.right) == 0 && q.first < t {
			c.right = tokens{}
		}
		if !c.left.empty() && w.innerQuote(c.left) == 0 && c.left.overlaps(r) {
			c.left = tokens{}
		}
		switch {
		case q.first < t && c.left.empty():
			c.left = r
		case q.first > t && (c.right.empty() || w.innerQuote(c.right) == 0):
			c.right = r
		default:
			c.more = append(c.more, r)
		}
		return
	}
	c := cue{head: t, speaks: casus.None, parent: -1, entity: casus.None, rule: "attribution.quotation"}
	c.span = w.growCue(t)
	w.pickSource(&c)
	if c.touches(r) {
		return
	}
	if q.first < t {
		c.left = r
	} else {
		c.right = r
	}
	w.cues = append(w.cues, c)
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
	for t := q.end; t < s.End && t < q.end+10 && w.voiceIn(t) == 0; t++ {
		if w.reports(t) || stop != 0 && stop != '.' && t < q.end+7 && w.mayReport(t) {
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

// stopBefore gives the comma or stop before the closing mark; 0 when there is
// none.
func (w *work) stopBefore(q *quotation) byte {
	if !q.done || q.end-q.first < 2 {
		return 0
	}
	t := q.end - 1
	for t > q.first && w.mark[t] {
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
	for i := from; i < to; i++ {
		c := &w.cues[i]
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
	var best *cue
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
		if !q.chain && at.Paragraph != s.Paragraph {
			continue
		}
		quoted := w.hasQuotation(c)
		if quoted || speaks(w.stance[c.head]) && at.End == s.First && !c.source.empty() && w.wholeSentence(q) {
			best = c
		}
	}
	return best
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

// paragraphs calls f with the words of each paragraph of running text, in order.
func (w *work) paragraphs(f func(r tokens)) {
	ss := w.doc.Sentences
	for i := 0; i < len(ss); {
		j := i + 1
		for j < len(ss) && ss[j].Paragraph == ss[i].Paragraph {
			j++
		}
		f(tokens{ss[i].First, ss[j-1].End})
		i = j
	}
}

// bylines reads a quotation signed with a dash: `"They lied to us." - Ana Diaz`.
func (w *work) bylines() {
	w.paragraphs(func(r tokens) {
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
		w.replace(cue{head: dash, span: tokens{dash, dash + 1}, source: who, speaks: w.doc.HeadOf(who.first, who.end),
			left: tokens{r.first, dash}, entity: casus.None, parent: -1, outer: true, stance: casus.Assert, rule: "attribution.signed"})
	})
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
	w.paragraphs(func(r tokens) {
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
		w.replace(found[i])
	}
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

// replace puts a cue in the place of any at the same word.
func (w *work) replace(c cue) {
	for i := range w.cues {
		if w.cues[i].head == c.head {
			w.cues[i] = c
			return
		}
	}
	w.cues = append(w.cues, c)
	w.sortCues()
}
