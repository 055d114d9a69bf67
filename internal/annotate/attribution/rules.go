package attribution

import (
	"slices"
	"strings"

	"casus"
	"casus/ud"
)

// The rules of this file read ties that a corpus of outermost statements does
// not teach: a pronoun that stands for the sentence before, and one voice that
// carries another.

// applyRules runs them over the accepted cues; it may add cues.
func (w *work) applyRules() {
	for i := range w.cues {
		w.cues[i].id = i + 1
	}
	for i, n := 0, len(w.cues); i < n; i++ {
		w.anaphora(i)
		w.carried(i)
	}
	w.sortCues()
	for i := range w.cues {
		w.saidAs(i)
		w.answer(i)
	}
	w.cues = slices.DeleteFunc(w.cues, func(c cue) bool { return c.dropped })
}

// anaphora gives "The minister stated this on Monday" the sentence before as
// its content.
func (w *work) anaphora(i int) {
	c := &w.cues[i]
	if !speaks(w.stance[c.head]) || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return
	}
	k := w.demonstrative(c.head)
	if k == casus.None {
		k = w.soOrSame(c)
	}
	if k == casus.None {
		return
	}
	r, ok := w.sentenceBefore(c)
	if or, found := w.orSo(k); found {
		r, ok = or, true
	}
	if !ok {
		return
	}
	// "She announced this on Monday. She said this to reporters." Both stand
	// for what was announced.
	for j := max(0, i-reach); j < i; j++ {
		if o := &w.cues[j]; o.rule == "attribution.anaphora" && r.holds(o.head) && len(o.more) > 0 {
			r = o.more[0]
		}
	}
	c.left, c.right, c.more = tokens{}, tokens{}, []tokens{r}
	c.rule = "attribution.anaphora"
	if c.source.holds(k) { // "this was announced by the ministry"
		c.source, c.speaks = tokens{}, casus.None
	}
	if c.source.empty() {
		w.agent(c)
	}
}

// speaks reports stances that hand on a content as such.
func speaks(st casus.Stance) bool {
	switch st {
	case casus.Assert, casus.Claim, casus.Confirm, casus.Announce, casus.Warn, casus.Quote:
		return true
	}
	return false
}

// demonstrative finds "this" or "that" as what is said: the bare object, or the
// subject of a passive.
func (w *work) demonstrative(head casus.TokenID) casus.TokenID {
	if w.doc.HasKid(head, ud.Ccomp) {
		return casus.None
	}
	passive := w.doc.HasKid(head, ud.AuxPass) || w.doc.HasKid(head, ud.NsubjPass)
	for k := range w.doc.Kids(head) {
		if !w.pointsBack(k) || w.opensQuotation(k+1) { // `posted that, "We are on our way"`
			continue
		}
		u := w.doc.Tokens[k].Deprel.Universal()
		if u == ud.Obj && k > head || u == ud.Nsubj && passive && k < head {
			return k
		}
	}
	return casus.None
}

// opensQuotation reports a quotation at the token, or behind a comma or colon
// there.
func (w *work) opensQuotation(t casus.TokenID) bool {
	for n := casus.TokenID(len(w.quote)); t < n; t++ {
		if q := w.quote[t]; q != 0 {
			return w.quotes[q-1].first == t
		}
		if f := w.doc.Form(t); f != "," && f != ":" {
			break
		}
	}
	return false
}

// soOrSame finds "so" or "the same" in the place of what is said: "So said three
// villagers", "The spokesman had said the same".
func (w *work) soOrSame(c *cue) casus.TokenID {
	if w.doc.HasKid(c.head, ud.Ccomp) {
		return casus.None
	}
	for k := range w.doc.Kids(c.head) {
		tok := &w.doc.Tokens[k]
		switch {
		case tok.Lemma == "same" && k > c.head && k-c.head <= 2:
			return k
		case tok.Lemma == "so" && (k == w.sentenceOf(k).First || k == c.head+1):
			return k
		case tok.Lemma == "so":
			if _, found := w.orSo(k); found {
				return k
			}
		}
	}
	return casus.None
}

// orSo gives the words before "or so": "The vote will be held in autumn, or so the
// commission says."
func (w *work) orSo(k casus.TokenID) (tokens, bool) {
	s := w.sentenceOf(k)
	if k-2 <= s.First || w.doc.Tokens[k].Lemma != "so" || w.doc.Tokens[k-1].Lemma != "or" {
		return tokens{}, false
	}
	r := w.tidy(tokens{s.First, k - 1})
	return r, w.hasVerb(r)
}

// sentenceBefore gives the words of the sentence before, when it is running
// text of the same or the preceding paragraph.
func (w *work) sentenceBefore(c *cue) (tokens, bool) {
	id := w.doc.Tokens[c.head].Sent
	if id == 0 {
		return tokens{}, false
	}
	s, b := &w.doc.Sentences[id], &w.doc.Sentences[id-1]
	if b.Role != casus.Body || s.Paragraph-b.Paragraph > 1 {
		return tokens{}, false
	}
	r := w.tidy(tokens{b.First, b.End})
	return r, r.end-r.first >= 3
}

// agent looks for "by the ministry" behind a passive cue.
func (w *work) agent(c *cue) {
	for k := range w.doc.Kids(c.head) {
		tok := &w.doc.Tokens[k]
		if tok.Deprel == ud.OblAgent || tok.Deprel.Universal() == ud.Obl && w.doc.KidLemma(k, ud.Case, "by") != casus.None {
			r := w.dropLeading(w.trim(tokens{w.lo[k], w.hi[k] + 1}), k)
			if !r.empty() {
				c.source, c.speaks = r, k
			}
			return
		}
	}
}

// carried reads one voice inside another: "state radio quoted the general",
// "the agency reported, citing two diplomats". The words of the one quoted are
// a statement of his own, carried by the other's.
func (w *work) carried(i int) {
	c := &w.cues[i]
	lemma := w.doc.Tokens[c.head].Lemma
	if lemma != "quote" && lemma != "cite" || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return
	}
	k := w.doc.Kid(c.head, ud.Obj)
	if k == casus.None || !w.voice(k) || w.asSaying(c.head) != casus.None {
		return
	}
	who := w.shorten(w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, c.span, k)), k)
	if outer := w.governing(i); outer >= 0 {
		o := &w.cues[outer]
		if o.right.first >= w.lo[c.head] && o.right.first <= w.hi[k] {
			// "reported, citing a diplomat, that ...": the aside is no content.
			o.right = w.tidy(tokens{min(max(w.hi[k]+1, who.end), o.right.end), o.right.end})
		}
		c.source, c.speaks, c.left, c.right, c.more = who, k, o.left, o.right, o.more
		c.by, c.rule = o.id, "attribution.citing"
		return
	}
	q := w.quotationFor(c)
	if q == nil {
		return
	}
	c.left, c.right, c.more = tokens{}, tokens{}, []tokens{{q.first, q.end}}
	c.rule = "attribution.quoted"
	inner := *c
	inner.source, inner.speaks, inner.rule = who, k, "attribution.quoted-voice"
	inner.id, inner.by = len(w.cues)+1, c.id
	inner.stance = casus.Assert
	inner.more = []tokens{{q.first, q.end}}
	w.cues = append(w.cues, inner)
}

// voice reports a noun that can speak: a name of a person or body, or a word
// such as "official".
func (w *work) voice(t casus.TokenID) bool {
	if w.name[t] == casus.PER || w.name[t] == casus.ORG || w.doc.EntityOf(t) != casus.None {
		return true
	}
	return w.a.voices[strings.ToLower(w.doc.Tokens[t].Lemma)]
}

// shorten drops what the parser hung on a name by mistake: "quoted the general
// on Monday".
func (w *work) shorten(r tokens, head casus.TokenID) tokens {
	for k := range w.doc.Kids(head) {
		u := w.doc.Tokens[k].Deprel.Universal()
		if k > head && (u == ud.Nmod || u == ud.Obl) && w.doc.KidLemma(k, ud.Case, "of") == casus.None {
			r.end = min(r.end, max(w.lo[k], head+1))
		}
	}
	return w.trim(r)
}

// governing finds the cue that "citing ..." is said along with: the verb it
// hangs on.
func (w *work) governing(i int) int {
	c := &w.cues[i]
	if w.doc.Tokens[c.head].XPOS != ud.XVBG {
		return -1
	}
	from, to := w.near(i)
	for j := from; j < to; j++ { // "..., the paper reported, citing two envoys": whatever the tree makes of it
		o := &w.cues[j]
		if comma := c.span.first - 1; o.span.end == comma && w.doc.Form(comma) == "," && speaks(w.stance[o.head]) && (!o.left.empty() || !o.right.empty()) {
			return j
		}
	}
	h := w.doc.Tokens[c.head].Head
	if h != casus.None && w.doc.Tokens[h].Deprel == ud.Nsubj { // hung on who says it: "the paper, citing two envoys, reported"
		h = w.doc.Tokens[h].Head
	}
	for j := from; j < to; j++ {
		if j != i && w.cues[j].head == h && (!w.cues[j].left.empty() || !w.cues[j].right.empty()) {
			return j
		}
	}
	return -1
}

// quotationFor gives the last quotation before a cue without a content clause that
// reaches into its sentence.
func (w *work) quotationFor(c *cue) *quotation {
	for t := c.span.first - 1; t >= w.sentenceOf(c.head).First; t-- {
		if n := w.quote[t]; n != 0 && !w.quotes[n-1].scare && w.quotes[n-1].end <= c.span.first {
			return &w.quotes[n-1]
		}
	}
	return nil
}

var hashAs, hashAt = hashString("as"), hashString("at")

// quoting reports a verb that carries another voice.
func (w *work) quoting(t casus.TokenID) bool {
	l := w.doc.Tokens[t].Lemma
	return (l == "quote" || l == "cite") && w.doc.Tokens[t].UPOS == ud.VERB
}

// asSaying finds "saying" in "quoted the general as saying".
func (w *work) asSaying(head casus.TokenID) casus.TokenID {
	s := w.sentenceOf(head)
	for t := head + 1; t+1 < s.End && t < head+18; t++ {
		if w.lemma[t] == hashAs && w.doc.Tokens[t+1].XPOS == ud.XVBG && w.stance[t+1] != casus.StanceNone {
			return t + 1
		}
		if w.doc.Tokens[t].XPOS == ud.XVBD || w.doc.Tokens[t].XPOS == ud.XVBZ {
			break
		}
	}
	return casus.None
}

// quoterOf finds the verb before "as saying"; None without.
func (w *work) quoterOf(saying casus.TokenID) casus.TokenID {
	s := w.sentenceOf(saying)
	if saying <= s.First || w.lemma[saying-1] != hashAs {
		return casus.None
	}
	for t := saying - 2; t >= s.First && t > saying-18; t-- {
		if w.quoting(t) {
			if w.asSaying(t) == saying {
				return t
			}
			break
		}
	}
	return casus.None
}

// saidAs gives "saying" in "the agency quoted the general as saying" the one
// quoted as its source: the words between, or the subject of the passive.
func (w *work) saidAs(i int) {
	c := &w.cues[i]
	if w.doc.Tokens[c.head].XPOS != ud.XVBG {
		return
	}
	q := w.quoterOf(c.head)
	if q == casus.None {
		return
	}
	if r := w.trim(tokens{q + 1, c.head - 1}); !r.empty() {
		c.source, c.speaks, c.rule = r, w.doc.HeadOf(r.first, r.end), "attribution.quoted-as-saying"
		c.span.first = max(c.span.first, r.end)
		if c.left.overlaps(r) {
			c.left = tokens{}
		}
		w.throughQuoter(i, q)
		return
	}
	if k := w.doc.Kid(q, ud.Nsubj); k != casus.None {
		w.absorb(i, q)
		if r := w.trim(w.clip(tokens{w.lo[k], w.hi[k] + 1}, tokens{c.span.first, c.head + 1}, k)); r.holds(k) {
			c.source, c.speaks, c.rule = r, k, "attribution.quoted-as-saying"
		}
	}
}

// throughQuoter makes the one who quotes the carrier of the words, wherever they
// stand: "The dam holds, state radio quoted the governor as saying."
func (w *work) throughQuoter(i int, quoter casus.TokenID) {
	from, to := w.near(i)
	for j := from; j < to; j++ {
		if o := &w.cues[j]; j != i && o.head == quoter {
			w.cues[i].by = o.id
			if !o.left.empty() && o.right.holds(w.cues[i].head) && w.reaches(w.cues[i].span.end-1, o.right.end) {
				o.right = tokens{} // "..., the agency cited Karim as saying": all is said before
			}
		}
	}
}

// absorb makes "was quoted as saying" one cue: who quotes is not told.
func (w *work) absorb(i int, quote casus.TokenID) {
	c := &w.cues[i]
	c.span.first = min(c.span.first, w.growCue(quote).first)
	from, to := w.near(i)
	for j := from; j < to; j++ {
		if o := &w.cues[j]; o.head == quote {
			o.dropped = true
		}
	}
}

// answer finds the statement that a denial or a confirmation names: "The army said
// it held the town, a claim that the rebels denied"; "The mayor denied the
// accusation". The noun of saying stands beside the words it sums up, or behind
// them, at most answerReach sentences.
func (w *work) answer(i int) {
	c := &w.cues[i]
	if st := w.stance[c.head]; st != casus.Deny && st != casus.Confirm {
		return
	}
	k, beside := w.namedClaim(c)
	if k == casus.None {
		return
	}
	want := 1
	if w.doc.KidLemma(k, ud.Det, "neither") != casus.None || w.doc.KidLemma(k, ud.Det, "both") != casus.None {
		want = 2 // "Neither account could be confirmed"
	}
	from, _ := w.near(i)
	here := w.doc.Tokens[c.head].Sent
	if !beside && want == 1 { // "withdrew its report that ... Both denied the report": the one called so
		for j := i - 1; j >= from && here-w.doc.Tokens[w.cues[j].head].Sent <= 2*answerReach; j-- {
			if o := &w.cues[j]; w.lemma[o.head] == w.lemma[k] && o.head < k && w.canAnswer(o) && !w.sameSource(c, o) {
				c.answers = append(c.answers, o.id)
				return
			}
		}
	}
	for j := i - 1; j >= from && len(c.answers) < want; j-- {
		o := &w.cues[j]
		sent := w.doc.Tokens[o.head].Sent
		switch {
		case here-sent > answerReach, beside && sent != here:
			return
		case o.head >= k || !w.canAnswer(o):
			continue
		case !beside && (sent == here || o.covered) && !w.chargeFor(k, o), w.sameSource(c, o):
			continue
		}
		if c.answers = append(c.answers, o.id); beside {
			w.summedUp(i, o, k)
		}
	}
}

// canAnswer reports a statement with something said that may be denied or confirmed.
func (w *work) canAnswer(o *cue) bool {
	return !o.dropped && len(o.answers) == 0 && (!o.left.empty() || !o.right.empty() || len(o.more) > 0) && w.answerable(o)
}

// chargeFor reports an accusation in the sentence of its denial: "Chad, which Sudan
// accuses of arming the rebels, denies involvement".
func (w *work) chargeFor(k casus.TokenID, o *cue) bool {
	return w.stance[o.head] == casus.Accuse && w.chargeable(k) && w.doc.Tokens[o.head].Sent == w.doc.Tokens[k].Sent
}

// chargeable reports what one denies of a charge without naming the charge.
func (w *work) chargeable(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Lemma {
	case "involvement", "wrongdoing", "responsibility", "complicity", "guilt", "role":
		return true
	}
	return false
}

// answerable reports a statement that can be denied or confirmed.
func (w *work) answerable(c *cue) bool {
	switch st, _ := w.meaning(c); st {
	case casus.Deny, casus.Accuse, casus.Characterise:
		return true
	default:
		return speaks(st)
	}
}

// summedUp gives a denial beside what it denies its parts: "a charge" is what it
// names, and who denies stands in the clause or behind "by"; the statement before
// ends with the comma.
func (w *work) summedUp(i int, o *cue, k casus.TokenID) {
	c := &w.cues[i]
	from := w.phraseStart(k)
	if o.right.holds(k) && from > o.right.first {
		if r := w.tidy(tokens{o.right.first, from}); !r.empty() {
			o.right = r
		}
	}
	if c.left.holds(o.head) {
		c.left = tokens{} // all of the sentence: "..., a charge Manila rejected" is no trailing attribution
	}
	if s := w.doc.Kid(c.head, ud.Nsubj); s != casus.None && !w.relative(s) {
		c.source, c.speaks = w.trim(tokens{w.lo[s], min(w.hi[s]+1, c.span.first)}), s
	}
	if w.doc.Tokens[c.head].XPOS == ud.XVBN && !w.has(c.head, ud.Nsubj) {
		c.source, c.speaks = tokens{}, casus.None
		w.agent(c)
		c.left, c.right = tokens{}, tokens{}
	}
	if !c.left.holds(k) && !c.right.holds(k) && !c.touches(tokens{from, k + 1}) {
		c.left = tokens{from, k + 1}
	}
	first, end := w.near(i)
	for j := first; j < end; j++ {
		n := &w.cues[j]
		switch {
		case n.head == k:
			n.dropped = true // "an allegation that Cotonou denied" alleges nothing itself
		case n.head > c.head && n.span.first <= c.span.end+1 && w.doc.Tokens[n.head].XPOS == ud.XVBG && !c.source.empty():
			n.source, n.speaks = c.source, c.speaks // "a charge Manila rejected, saying ..."
		}
	}
}

// phraseStart gives the first word of a noun's phrase, without punctuation.
func (w *work) phraseStart(k casus.TokenID) casus.TokenID {
	return w.trim(tokens{w.lo[k], k + 1}).first
}

// onlyRelative reports a piece that is no more than a relative pronoun: in "an
// allegation that Cotonou denied" nothing is alleged by "that".
func (w *work) onlyRelative(r tokens) bool {
	return r.end == r.first+1 && (w.doc.Tokens[r.first].XPOS == ud.XWDT || w.doc.Tokens[r.first].XPOS == ud.XWP)
}

// answerReach is how many sentences behind a statement its answer may stand.
const answerReach = 3

// namedClaim gives the noun of saying, or the pronoun, that a denial is about;
// beside tells that it stands in apposition to what it sums up.
func (w *work) namedClaim(c *cue) (k casus.TokenID, beside bool) {
	tok := &w.doc.Tokens[c.head]
	if r := tok.Deprel.Universal(); r == ud.Acl && tok.Head != casus.None && w.sayingNoun(tok.Head) {
		// "a claim (that) the rebels denied", "a charge denied by the army"
		k = tok.Head
		from := w.phraseStart(k)
		if from == w.sentenceOf(k).First || w.doc.Form(from-1) != "," || !w.doc.HasKid(k, ud.Det) {
			return casus.None, false // "held on charges that he rejects" sums up nothing said before
		}
		return k, true
	}
	obj := w.doc.Kid(c.head, ud.Obj)
	if obj == casus.None {
		for x := range w.doc.Kids(c.head) {
			if w.doc.Tokens[x].Deprel.IsPassiveSubject() {
				obj = x
			}
		}
	}
	if obj == casus.None {
		return casus.None, false
	}
	if w.doc.Tokens[obj].Lemma == "it" && obj > c.head {
		switch w.doc.Tokens[c.head].Lemma {
		case "deny", "confirm", "refute", "dispute": // what is rejected or dismissed may be a plan
			return obj, false
		}
	}
	if w.stance[c.head] == casus.Deny && (w.chargeable(obj) || obj > c.head && w.pointsBack(obj)) {
		return obj, false
	}
	if !w.sayingNoun(obj) {
		return casus.None, false
	}
	for x := range w.doc.Kids(obj) {
		switch w.doc.Tokens[x].Deprel.Universal() {
		case ud.Acl, ud.Nmod, ud.Appos:
			if w.doc.Tokens[x].Deprel != ud.NmodPoss {
				return casus.None, false // it says itself what is claimed
			}
		}
	}
	if !w.definite(obj) {
		return casus.None, false
	}
	return obj, false
}

// pointsBack reports "this" or "that" as a pronoun alone: "The Taliban reject this".
func (w *work) pointsBack(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	return (tok.Lemma == "this" || tok.Lemma == "that") && tok.FirstKid == casus.None && (tok.UPOS == ud.PRON || tok.UPOS == ud.DET)
}

// definite reports a noun that points back: "the claim", "his claim", "neither claim".
func (w *work) definite(t casus.TokenID) bool {
	det := w.doc.Kid(t, ud.Det)
	if det == casus.None {
		return w.has(t, ud.NmodPoss)
	}
	switch w.doc.Tokens[det].Lemma {
	case "the", "that", "this", "these", "those", "neither", "both":
		return true
	}
	return false
}

// sayingNoun reports a noun that sums up what somebody has said to be so. A protest
// or a criticism is rejected without anything being denied.
func (w *work) sayingNoun(t casus.TokenID) bool {
	if w.doc.Tokens[t].UPOS != ud.NOUN {
		return false
	}
	switch w.doc.Tokens[t].Lemma {
	case "claim", "report", "allegation", "accusation", "charge", "account", "assertion", "contention", "statement", "suggestion", "rumour", "rumor", "story",
		"version", "insinuation", "assessment", "announcement", "declaration", "testimony", "finding", "figure", "toll":
		return true
	}
	return false
}

// sameSource reports two cues with one source: nobody answers himself.
func (w *work) sameSource(a, b *cue) bool {
	return a.speaks != casus.None && b.speaks != casus.None && (a.speaks == b.speaks || a.source == b.source ||
		w.entityOf(a.speaks) != casus.None && w.entityOf(a.speaks) == w.entityOf(b.speaks))
}
