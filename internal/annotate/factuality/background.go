package factuality

import (
	"casus"
	"casus/ud"
)

// A predicate is background, not news (Predicate.Historical), when
//
//   - a time more than a year before the publication belongs to it: "in 2014
//     rebels seized the town", "has ruled since the 1990s";
//   - a period that is over does: "during the Cold War", "in colonial times";
//   - it is what an anniversary is of, or what so many years have passed since:
//     "on the tenth anniversary of the massacre", "three years after the coup";
//   - it shares the clause of such a predicate and has no later time of its own:
//     "in 2014 rebels seized the town and burned the bridge, killing nine";
//   - it is told in the past perfect in the sentence right behind one: "In 2014
//     rebels seized the town. They had crossed the river at night."
//
// A past perfect alone makes no background: "had fled" may be of yesterday.

// news tells what times say of a predicate.
type news uint8

const (
	undated news = iota
	recent
	longAgo
)

// background sets Predicate.Historical.
func (w *work) background() {
	doc := w.doc
	w.dated = resize(w.dated, len(doc.Tokens))
	found := false
	for i := range doc.Times {
		tm := &doc.Times[i]
		if tm.Head < 0 || int(tm.Head) >= len(doc.Tokens) || tm.Type == casus.TimeDURATION || tm.Type == casus.TimeSET {
			continue
		}
		n := recent
		if tm.Historical {
			n = longAgo
		} else if tm.Interval.IsZero() {
			continue
		}
		found = w.date(tm.Head, n, "factuality.historical.time") || found
	}
	for t := range casus.TokenID(len(doc.Tokens)) {
		if w.era(t) {
			found = w.date(t, longAgo, "factuality.historical.era") || found
		}
		if w.remembered(t) {
			found = w.dateAt(t, longAgo, "factuality.historical.anniversary") || found
		}
	}
	if found {
		w.spread()
	}
}

// date ties a time to its predicate: the word it hangs on, or the clause of that
// word. A time that only names a thing ("a law of 1991", "the 1991 law") dates no
// clause.
func (w *work) date(t casus.TokenID, n news, rule string) bool {
	doc := w.doc
	names := !w.clausal(t)
	for h, steps := doc.Tokens[t].Head, 0; h != casus.None && steps < 4; h, steps = doc.Tokens[h].Head, steps+1 {
		if w.dateAt(h, n, rule) {
			return true
		}
		if names && !doc.Tokens[h].UPOS.IsNominal() || names && !w.unit(h) {
			return false
		}
		names = names && !w.clausal(h)
	}
	return false
}

// clausal reports a phrase of time that may belong to a clause whatever the tree
// hangs it on: "signed a treaty in 1991".
func (w *work) clausal(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Deprel.Universal() {
	case ud.Nmod, ud.Compound, ud.Amod, ud.Nummod, ud.Appos, ud.Flat:
		if k := w.doc.Kid(t, ud.Case); k != casus.None {
			return w.doc.Tokens[k].Lemma != "of" && w.doc.Tokens[k].Lemma != "'s"
		}
		// "In 2014 rebels seized": a tree may take the year for the rebels'.
		return t > w.doc.Sentences[w.doc.Tokens[t].Sent].First && w.doc.Tokens[t-1].UPOS == ud.ADP && w.doc.Tokens[t-1].Lemma != "of"
	}
	return true
}

// unit reports a word that a time is measured in: "in the spring of 1991".
func (w *work) unit(t casus.TokenID) bool {
	switch w.doc.Tokens[t].Lemma {
	case "spring", "summer", "autumn", "fall", "winter", "year", "month", "week", "day", "end", "beginning", "start", "middle", "morning",
		"evening", "night", "half", "quarter", "decade", "century", "date":
		return true
	}
	return w.doc.Tokens[t].UPOS == ud.PROPN || w.doc.Tokens[t].UPOS == ud.NUM
}

// dateAt notes the time of a predicate. What is long ago yields to a later time.
func (w *work) dateAt(t casus.TokenID, n news, rule string) bool {
	p := w.doc.PredicateOf(t)
	if p == nil {
		return false
	}
	if w.dated[t] == recent || n == recent {
		w.dated[t], p.Historical = recent, false
		return false
	}
	w.dated[t] = n
	w.historical(t, rule)
	return true
}

func (w *work) historical(t casus.TokenID, rule string) {
	p := w.doc.PredicateOf(t)
	if p == nil || p.Historical {
		return
	}
	p.Historical = true
	p.Evidence = append(p.Evidence, casus.Evidence{Field: "historical", Rule: rule, Span: w.doc.Tokens[t].Span})
	if m := w.marksOf(t); m.perfect && m.present && p.Phase == casus.Past && w.since(t) {
		p.Phase = casus.Ongoing // "has ruled since 1994"
	}
}

// since reports "since" behind a predicate, whatever a tree hangs it on.
func (w *work) since(t casus.TokenID) bool {
	s := &w.doc.Sentences[w.doc.Tokens[t].Sent]
	for k := t + 1; k < s.End && k < t+10; k++ {
		if tok := &w.doc.Tokens[k]; tok.Lemma == "since" && (tok.UPOS == ud.ADP || tok.UPOS == ud.SCONJ) {
			return true
		}
	}
	return false
}

// era reports the head of a period that is over. "War" of "Cold War" may be the
// head or hang on "Cold".
func (w *work) era(t casus.TokenID) bool {
	s := &w.doc.Sentences[w.doc.Tokens[t].Sent]
	if t == s.First {
		return false
	}
	switch lower(w.doc.Form(t)) {
	case "war":
		b := w.doc.Form(t - 1)
		if w.doc.Form(t) != "War" || b != "Cold" && b != "World" {
			return false
		}
	case "era", "times", "period", "rule":
		switch lower(w.doc.Form(t - 1)) {
		case "soviet", "colonial", "ottoman", "apartheid", "medieval", "communist", "tsarist", "imperial", "roman", "prewar", "postwar":
		default:
			return false
		}
	default:
		return false
	}
	c := w.doc.Kid(t, ud.Case)
	if c == casus.None {
		return false
	}
	switch w.doc.Tokens[c].Lemma {
	case "during", "in", "since", "under", "after", "before", "from", "throughout":
		return true
	}
	return false
}

// remembered reports what an anniversary is of, and what so many years have
// passed since.
func (w *work) remembered(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	h := tok.Head
	if h == casus.None {
		return false
	}
	switch tok.Deprel.Universal() {
	case ud.Nmod, ud.Obl, ud.Acl, ud.Advcl:
	default:
		return false
	}
	c := w.doc.Kid(t, ud.Case, ud.Mark)
	if c == casus.None {
		return false
	}
	switch w.doc.Tokens[c].Lemma {
	case "of":
		switch w.doc.Tokens[h].Lemma {
		case "anniversary", "centenary", "centennial", "bicentenary", "jubilee", "commemoration", "memory", "remembrance":
			return true
		}
	case "since", "after":
		if countsYears(w.doc.Tokens[h].Lemma) {
			return true
		}
		// "Three years after the coup": the years may hang on the clause, or on
		// the preposition.
		return w.years(c) || c-1 >= 0 && w.doc.Tokens[c-1].Head == t && w.years(c-1) || c-1 >= 0 && w.doc.Tokens[c-1].Lemma == "year" && w.doc.Tokens[c-1].Sent == tok.Sent
	}
	return false
}

// years reports that years are counted at a word.
func (w *work) years(t casus.TokenID) bool {
	if countsYears(w.doc.Tokens[t].Lemma) {
		return true
	}
	for k := range w.doc.Kids(t) {
		if countsYears(w.doc.Tokens[k].Lemma) {
			return true
		}
	}
	return false
}

func countsYears(lemma string) bool {
	return lemma == "year" || lemma == "decade" || lemma == "century"
}

// spread carries background on to what shares its clause, and to the past
// perfect of the sentence behind it.
func (w *work) spread() {
	doc := w.doc
	at := 0
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if r := s.Root; r != casus.None && i > 0 && w.dated[r] == undated {
			b := &doc.Sentences[i-1]
			p := casus.TokenID(casus.None)
			if b.Paragraph == s.Paragraph {
				p = b.Root
			}
			m := w.marksOf(r)
			if q := w.predicateNear(p); q != nil && q.Historical && m.perfect && m.past && !w.anyRecent(s) {
				w.historical(r, "factuality.historical.pluperfect")
			}
		}
		for ; at < len(doc.Predicates) && doc.Predicates[at].Head < s.End; at++ {
			if p := &doc.Predicates[at]; !p.Historical && w.dated[p.Head] == undated && w.shares(p.Head) {
				w.historical(p.Head, "factuality.historical.clause")
			}
		}
	}
}

func (w *work) predicateNear(t casus.TokenID) *casus.Predicate {
	if t == casus.None {
		return nil
	}
	return w.doc.PredicateOf(t)
}

// anyRecent reports a predicate of the sentence with a time of its own.
func (w *work) anyRecent(s *casus.Sentence) bool {
	for t := s.First; t < s.End; t++ {
		if w.dated[t] == recent {
			return true
		}
	}
	return false
}

// shares reports that a predicate belongs to the clause of one that a time, an
// era or an anniversary puts long ago.
func (w *work) shares(t casus.TokenID) bool {
	doc := w.doc
	for range 4 {
		tok := &doc.Tokens[t]
		h := tok.Head
		if tok.UPOS == ud.NOUN { // "the agreement signed in 2014"
			for k := range doc.Kids(t) {
				if k > t && doc.Tokens[k].Deprel == ud.Acl && w.dated[k] == longAgo {
					return true
				}
			}
		}
		if h == casus.None || !w.sameClause(t) {
			return false
		}
		switch w.dated[h] {
		case longAgo:
			return true
		case recent:
			return false
		}
		t = h
	}
	return false
}

// sameClause reports a relation that keeps a predicate within the time of its
// head.
func (w *work) sameClause(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	switch tok.Deprel.Universal() {
	case ud.Conj:
		m, g := w.marksOf(t), w.marksOf(tok.Head)
		return m.past == g.past && m.present == g.present
	case ud.Ccomp, ud.Xcomp:
		return true
	case ud.Advcl, ud.Acl:
		m := w.marksOf(t)
		return !m.present && m.modal == casus.None && (m.mark == casus.None || tok.XPOS == ud.XVBG)
	case ud.Obj:
		return !w.definite(t)
	case ud.Nsubj:
		return tok.Deprel.IsPassiveSubject() && !w.definite(t)
	}
	return false
}
