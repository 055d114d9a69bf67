package attribution

import (
	"slices"

	"casus"
	"casus/ud"
)

// The rules of this file take statements apart that an analyst asks more of:
// a threat (what, against whom, on what condition, by when) and a
// characterisation (who labels what as what).

// detail fills Threat and Label of a statement.
func (w *work) detail(c *cue, st *casus.Statement) {
	switch st.Stance {
	case casus.Threaten:
		st.Threat = w.threat(c)
	case casus.Warn, casus.Plan, casus.Assert, casus.Announce, casus.Claim:
		// "If they step over the line, our army will answer": a threat by its
		// condition, whatever the cue.
		if t := w.threat(c); t != nil && len(t.Condition) > 0 && len(t.What) > 0 && w.menaces(c) {
			st.Threat = t
		}
	case casus.Characterise, casus.Accuse, casus.Believe, casus.Deny:
		st.Label = w.label(c)
	}
}

// mainHead gives the word that heads the content: the verb of what is said.
func (w *work) mainHead(c *cue) casus.TokenID {
	best := casus.TokenID(casus.None)
	for _, r := range w.contentOf(c) {
		h := w.doc.HeadOf(r.first, r.end)
		if u := w.doc.Tokens[h].UPOS; u == ud.VERB || best == casus.None {
			best = h
			if u == ud.VERB {
				break
			}
		}
	}
	return best
}

// threat takes the content of a threat apart; nil when there is none.
func (w *work) threat(c *cue) *casus.Threat {
	head := w.mainHead(c)
	if head == casus.None {
		return nil
	}
	t := &casus.Threat{}
	pieces := w.contentOf(c)
	inside := func(x casus.TokenID) bool {
		return slices.ContainsFunc(pieces, func(r tokens) bool { return r.holds(x) })
	}
	var gone []tokens
	take := func(to *[]casus.Span, r tokens) {
		if r = w.trim(r); !r.empty() {
			*to = append(*to, w.span(r)...)
			gone = append(gone, r)
		}
	}
	// Conditions hang on the threat or, said outside of it, on the cue.
	for _, h := range []casus.TokenID{head, c.head} {
		for k := range w.doc.Kids(h) {
			if w.conditional(k) && !slices.ContainsFunc(gone, func(r tokens) bool { return r.holds(k) }) {
				take(&t.Condition, tokens{w.lo[k], w.hi[k] + 1})
			}
		}
	}
	for i := range w.doc.Times {
		tm := &w.doc.Times[i]
		if first, end := w.doc.TokenRange(tm.Span); first < end && inside(first) && w.deadline(first) && !within(gone, first) {
			take(&t.ByWhen, tokens{first - 1, end})
		}
	}
	w.menaced(c, head, inside, func(r tokens) { t.Against = append(t.Against, w.span(w.trim(r))...) })
	for _, r := range pieces {
		for _, p := range without(r, gone) {
			if p = w.trim(p); !p.empty() && !w.onlyMarks(p) {
				t.What = append(t.What, w.span(p)...)
			}
		}
	}
	return t
}

func within(rs []tokens, t casus.TokenID) bool {
	return slices.ContainsFunc(rs, func(r tokens) bool { return r.holds(t) })
}

// conditional reports a clause or phrase that names a condition.
func (w *work) conditional(k casus.TokenID) bool {
	switch w.doc.Tokens[k].Deprel.Universal() {
	case ud.Advcl, ud.Obl, ud.Parataxis, ud.Ccomp:
	default:
		return false
	}
	for x := range w.doc.Kids(k) {
		switch r := w.doc.Tokens[x].Deprel.Universal(); w.doc.Tokens[x].Lemma {
		case "if", "unless", "until", "provided", "lest":
			if r == ud.Mark || r == ud.Advmod || r == ud.Case {
				return true
			}
		case "should", "had":
			if r == ud.Aux && x == w.lo[k] { // "should the army move"
				return true
			}
		case "case", "event":
			if x > w.lo[k] && w.doc.Tokens[x-1].Lemma == "in" {
				return true
			}
		}
	}
	if l := w.doc.Tokens[k].Lemma; l == "case" || l == "event" {
		return w.doc.KidLemma(k, ud.Case, "in") != casus.None
	}
	return false
}

// deadline reports a time behind "by", "within", "before" or "until".
func (w *work) deadline(first casus.TokenID) bool {
	if first == 0 {
		return false
	}
	switch w.doc.Tokens[first-1].Lemma {
	case "by", "within", "before", "until", "till":
		return true
	}
	return false
}

// menaced finds whom a threat is against: the one who is told it, the object of
// "against", or the object of what is threatened when it is somebody.
func (w *work) menaced(c *cue, head casus.TokenID, inside func(casus.TokenID) bool, add func(tokens)) {
	for k := range w.doc.Kids(c.head) {
		u := w.doc.Tokens[k].Deprel.Universal()
		if (u == ud.Obj || u == ud.Iobj) && k > c.head && w.somebody(k) {
			r := tokens{w.lo[k], w.hi[k] + 1}
			with := w.withOf(c.head)
			if with == casus.None {
				with = w.withOf(k)
			}
			if with != casus.None { // "threatened the miners with prison"
				r.end = min(r.end, max(w.lo[with], k+1))
			} else if inside(k) {
				continue
			}
			add(r)
			return
		}
	}
	for _, h := range []casus.TokenID{c.head, head} {
		for k := range w.doc.Kids(h) {
			if u := w.doc.Tokens[k].Deprel.Universal(); (u == ud.Obl || u == ud.Nmod) && w.doc.KidLemma(k, ud.Case, "against") != casus.None {
				add(w.dropLeading(tokens{w.lo[k], w.hi[k] + 1}, k))
				return
			}
		}
	}
	for _, rel := range []ud.Deprel{ud.Obj, ud.NsubjPass, ud.Iobj} {
		if k := w.doc.Kid(head, rel); k != casus.None && inside(k) && w.somebody(k) && w.doc.Tokens[k].Deprel == rel {
			add(tokens{w.lo[k], w.hi[k] + 1})
			return
		}
	}
}

// withOf gives the noun behind "with" that hangs on a word.
func (w *work) withOf(t casus.TokenID) casus.TokenID {
	for k := range w.doc.Kids(t) {
		if w.doc.KidLemma(k, ud.Case, "with") != casus.None {
			return k
		}
	}
	return casus.None
}

// menaces reports a future of the speaker's own doing in what is said: "we will",
// "our army will", "will be met with".
func (w *work) menaces(c *cue) bool {
	head := w.mainHead(c)
	switch w.doc.Tokens[c.head].Lemma {
	case "vow", "swear":
		return true
	}
	if head == casus.None || w.doc.Tokens[head].UPOS != ud.VERB {
		return false
	}
	will := false
	for k := range w.doc.Kids(head) {
		if w.doc.Tokens[k].Deprel.Universal() == ud.Aux {
			switch w.doc.Tokens[k].Lemma {
			case "will", "shall", "'ll", "would":
				will = true
			}
		}
	}
	if !will || w.doc.Tokens[head].Lemma == "be" {
		return false
	}
	subj := w.doc.Kid(head, ud.Nsubj)
	if subj == casus.None || w.doc.Tokens[subj].Deprel != ud.Nsubj {
		return false
	}
	switch w.doc.Tokens[subj].Lemma {
	case "we", "i":
		return true
	}
	if p := w.doc.Kid(subj, ud.NmodPoss); p != casus.None && (w.doc.Tokens[p].Lemma == "our" || w.doc.Tokens[p].Lemma == "we") {
		return true
	}
	me := w.speaker(c)
	return me != casus.None && w.doc.EntityOf(subj) == me
}

// label splits "regards the drilling as a breach of its rights", "called the
// vote a farce" into what is labelled and the label.
func (w *work) label(c *cue) *casus.Label {
	pieces := w.contentOf(c)
	if len(pieces) == 0 || w.doc.Tokens[c.head].UPOS != ud.VERB {
		return nil
	}
	inside := func(x casus.TokenID) bool { return within(pieces, x) }
	var of, as tokens
	for k := range w.doc.Kids(c.head) {
		r := tokens{w.lo[k], w.hi[k] + 1}
		switch d := w.doc.Tokens[k].Deprel; d.Universal() {
		case ud.Nsubj:
			if d.IsPassiveSubject() && of.empty() {
				of = r
			}
		case ud.Obj:
			if k < c.head {
				continue
			}
			if inside(k) && of.empty() {
				of = r
			} else if inside(k) {
				as = r
			}
		case ud.Iobj:
			if of.empty() {
				of = r
			}
		case ud.Xcomp, ud.Obl, ud.Advcl, ud.Ccomp:
			if p := w.asOf(k); k > c.head && (p != casus.None || d.Universal() == ud.Xcomp && w.doc.Tokens[k].UPOS != ud.VERB) {
				as = r
				if p != casus.None {
					as.first = p + 1
				}
				if s := w.doc.Kid(k, ud.Nsubj); s > c.head && s < k && of.empty() { // "branded [the vote a farce]"
					of = tokens{w.lo[s], w.hi[s] + 1}
					as.first = max(as.first, of.end)
				}
			}
		}
	}
	if as.empty() && !of.empty() {
		// The parser may hang "as a breach" or the label on the object.
		of, as = w.splitLabel(c, of)
	}
	if as.empty() {
		return nil
	}
	of = w.trim(w.clip(of, as, max(of.first, 0)))
	if of.overlaps(as) {
		of.end = min(of.end, as.first)
	}
	return &casus.Label{Of: w.span(w.trim(of)), As: w.span(w.trim(as))}
}

// asOf gives the "as" that opens a phrase; None without.
func (w *work) asOf(k casus.TokenID) casus.TokenID {
	for x := range w.doc.Kids(k) {
		if w.lemma[x] == hashAs && x < k {
			return x
		}
	}
	return casus.None
}

// splitLabel looks for "as" or a quotation inside the object.
func (w *work) splitLabel(c *cue, of tokens) (tokens, tokens) {
	if k := w.doc.Kid(w.doc.HeadOf(of.first, of.end), ud.Appos); k != casus.None && w.lo[k] > of.first && !w.punct(w.lo[k]-1) {
		return tokens{of.first, w.lo[k]}, tokens{w.lo[k], of.end}
	}
	for t := of.first; t < of.end; t++ {
		if w.lemma[t] == hashAs && t > of.first {
			return tokens{of.first, t}, tokens{t + 1, of.end}
		}
		if q := w.quote[t]; q != 0 && w.mark[t] && w.quotes[q-1].first == t {
			if t > of.first {
				return tokens{of.first, t}, tokens{t, of.end}
			}
			return tokens{}, of // called it "a farce", with the pronoun lost
		}
	}
	return of, tokens{}
}

func (w *work) onlyMarks(r tokens) bool {
	for t := r.first; t < r.end; t++ {
		if !w.punct(t) {
			return false
		}
	}
	return true
}

// without gives what is left of r when the ranges are cut out.
func without(r tokens, cut []tokens) []tokens {
	out := []tokens{r}
	for _, c := range cut {
		var next []tokens
		for _, p := range out {
			if !p.overlaps(c) {
				next = append(next, p)
				continue
			}
			if p.first < c.first {
				next = append(next, tokens{p.first, c.first})
			}
			if c.end < p.end {
				next = append(next, tokens{c.end, p.end})
			}
		}
		out = next
	}
	return out
}
