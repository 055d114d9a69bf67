package quantity

import (
	"casus"
	"casus/ud"
)

// before gives the last token before the number and the words that bound it:
// the "of" of "a crew of about 19", the "to" of "rose to at least 45".
func (r *reader) before(n *number) casus.TokenID {
	t := n.first - 1
	for k := 0; k < 5 && r.bounding(t); k++ {
		t--
	}
	if !r.sameSent(t, n.first) {
		return casus.None
	}
	return t
}

// bounding reports a word of a bound before a number: "up to", "as many as",
// "between".
func (r *reader) bounding(t casus.TokenID) bool {
	switch {
	case r.is(t, "about", "around", "some", "approximately", "roughly", "nearly", "almost", "least", "most", "more", "less", "fewer",
		"than", "over", "up", "another", "only", "just", "estimated", "between", "possibly", "perhaps"):
		return true
	case r.is(t, "at"):
		return r.is(t+1, "least", "most")
	case r.is(t, "to"):
		return r.is(t-1, "up")
	case r.is(t, "as", "many"):
		return r.is(t-1, "as") && r.is(t, "many") || r.is(t+1, "many") || r.is(t-1, "many")
	}
	return false
}

// verbBefore gives the class of a verb right before the number, which no tree
// can give to another one: "and wounded 30 others".
func (r *reader) verbBefore(n *number) string {
	t := r.before(n)
	if t == casus.None || r.doc.Tokens[t].UPOS != ud.VERB && r.doc.Tokens[t].UPOS != ud.ADJ {
		return ""
	}
	if v := r.verbOf(t); !v.subject {
		return v.class
	}
	return ""
}

// passiveBehind gives the class of a passive behind the noun and those joined to
// it: "14 marchers and three officers were injured". Trees often give the
// first of them to something else.
func (r *reader) passiveBehind(head casus.TokenID) string {
	k := head + 1
	for ; r.sameSent(head, k) && k < head+passiveReach; k++ {
		switch u := r.doc.Tokens[k].UPOS; {
		case u == ud.CCONJ, u == ud.NUM, u.IsNominal() && u != ud.PRON, u == ud.ADJ, u == ud.DET, r.is(k, ",", "as", "many"):
			continue
		}
		break
	}
	be := false
	for ; r.sameSent(head, k) && k < head+passiveReach && r.doc.Tokens[k].UPOS == ud.AUX; k++ {
		be = be || r.is(k, "was", "were", "been", "be", "are")
	}
	if !be || !r.sameSent(head, k) || r.doc.Tokens[k].UPOS != ud.VERB && r.doc.Tokens[k].UPOS != ud.ADJ {
		return ""
	}
	if v := r.verbOf(k); !v.subject {
		return v.class
	}
	return ""
}

const passiveReach = 12

// group reads a body counted by its members: "a crew of 19", "a brigade of
// 2,400". The span begins at the body.
func (r *reader) group(n *number) (casus.Quantity, bool) {
	t := r.before(n)
	if t < 1 || !r.is(t, "of") || !r.sameSent(t-1, n.first) || n.rule == "quantity.vague" {
		return casus.Quantity{}, false
	}
	unit, u := r.unit(t - 1)
	if unit == "toll" {
		return r.make(n, r.doc.HeadOf(n.first, n.end), n.end, "", "killed", "quantity.toll"), true
	}
	if !u.group {
		return casus.Quantity{}, false
	}
	class := u.class
	if class == "units" || class == "" {
		class, unit = "troops", "soldier"
	}
	if c := r.verbAbove(t - 1); c != "" && u.person {
		class = c
	}
	if unit == "family" { // six of one family are no six families
		unit = "person"
	}
	q := r.make(n, t-1, n.end, unit, class, "quantity.group")
	if last := len(r.doc.Quantities) - 1; last >= 0 && r.doc.Quantities[last].End > r.doc.Tokens[t-1].Start {
		return q, true // "a brigade" is a quantity of its own
	}
	q.Start = r.doc.Tokens[t-1].Start
	return q, true
}

// tollNoun gives the class of a number that a toll stands at: "the death toll
// rose to 45", "put the number of wounded at 12". What it rose from is past.
func (r *reader) tollNoun(n *number) string {
	t := r.before(n)
	if t == casus.None || !r.is(t, "to", "at", "is", "was", "reached", "exceeded", "passed", "topped", ":") {
		return ""
	}
	for k := t - 1; k >= 0 && k > t-tollReach && r.sameSent(k, t); k-- {
		l := r.lemma(k)
		if l == "toll" {
			return "killed"
		}
		if u := r.nouns[l]; u.toll && (r.is(k-1, "of") && r.is(k-2, "number") || r.is(k-2, "of") && r.is(k-3, "number")) {
			return u.class
		}
	}
	return ""
}

// tollReach is how far before its figure a toll is looked for.
const tollReach = 10

// part reads a number out of a whole: "five of the seven sailors", "34 of 41
// drones". The span is the number alone, as the whole may be counted too.
func (r *reader) part(n *number) (casus.Quantity, bool) {
	if n.article || n.none || n.approx || !r.is(n.end, "of") || n.rule == "quantity.figure" && n.value >= 1e6 {
		return casus.Quantity{}, false
	}
	whole := number{first: n.first, end: n.end + 1, rule: n.rule}
	det := r.is(whole.end, "the", "its", "their", "his", "her", "those", "these")
	if det {
		whole.end++
	}
	if w, ok := r.plain(whole.end); ok && !w.article && !w.none {
		whole.end = w.end
	} else if !det {
		return casus.Quantity{}, false
	}
	head := r.noun(&whole)
	if head == casus.None {
		return casus.Quantity{}, false
	}
	unit, u := r.unit(head)
	class := u.class
	if u.person && !u.toll {
		if c := r.toll(head, &whole); c != "" {
			class = c
		}
	}
	if h := r.doc.HeadOf(n.first, n.end); h != casus.None && (class == "" || class == u.class) { // "killed four of his guards"
		if c := r.verbAbove(h); c != "" {
			class = c
		}
	}
	if class == "" || class == u.class && n.value == 1 { // "one of the leaders"
		return casus.Quantity{}, false
	}
	return r.make(n, r.doc.HeadOf(n.first, n.end), n.end, unit, class, "quantity.part"), true
}

// total reports the whole of which a part was told: the seven of "five of the
// seven sailors were killed" are not the killed.
func (r *reader) total(n *number) bool {
	last := len(r.doc.Quantities) - 1
	if last < 0 || r.doc.Quantities[last].Rule != "quantity.part" {
		return false
	}
	t := n.first - 1
	if r.is(t, "the", "its", "their", "his", "her", "those", "these") {
		t--
	}
	return r.is(t, "of") && t > 0 && r.doc.Tokens[t-1].End == r.doc.Quantities[last].End
}

// included gives the class of the number that this one is a part of: "nine
// people, including two women and a child, were killed".
func (r *reader) included(n *number) string {
	last := len(r.doc.Quantities) - 1
	if last < 0 {
		return ""
	}
	q := &r.doc.Quantities[last]
	if !r.sameSent(q.Head, n.first) || q.Unit == "" || !r.befalls[q.Class] {
		return ""
	}
	t := n.first - 1
	for k := 0; k < 6 && t > 0 && r.doc.Tokens[t].Start >= q.End; k++ {
		switch {
		case r.is(t, "including"), r.is(t, "them", "whom") && r.is(t-1, "among"):
			return q.Class
		case q.Rule == "quantity.including" && r.is(t, "and", ","):
			return q.Class
		case r.doc.Tokens[t].UPOS == ud.VERB:
			return ""
		}
		t--
	}
	return ""
}

// strong reads a body described by its number: "a 600-strong battalion", "a
// 45-member crew".
func (r *reader) strong(n *number) (casus.Quantity, casus.TokenID, bool) {
	if !r.is(n.end+1, "strong", "member", "man", "person") || n.article || n.none {
		return casus.Quantity{}, n.end, false
	}
	whole := number{first: n.first, end: n.end + 2}
	head := r.noun(&whole)
	if head == casus.None {
		return casus.Quantity{}, n.end, false
	}
	_, u := r.unit(head)
	unit, class := "person", "people"
	if u.class == "units" || u.group && u.class == "" || u.class == "troops" {
		unit, class = "soldier", "troops"
	} else if u.group && u.class != "" {
		class = u.class
	}
	return r.make(n, head, n.end+2, unit, class, "quantity.strong"), n.end + 2, true
}

// soldiers reports men that an army counts: "a brigade of 2,400 men", "300 men
// of the national guard", "deployed 300 men", "the general sent 300 men".
func (r *reader) soldiers(n *number, head casus.TokenID) bool {
	if t := r.before(n); t > 0 && r.is(t, "of") {
		if _, u := r.unit(t - 1); u.class == "units" || u.group && u.class == "" {
			return true
		}
	}
	if r.is(head+1, "of", "from") {
		for k := head + 2; k < head+7 && r.sameSent(head, k); k++ {
			if r.military[r.lemma(k)] == milArmy {
				return true
			}
		}
	}
	v := r.doc.Tokens[head].Head
	if v == casus.None || r.doc.Tokens[v].UPOS != ud.VERB {
		return false
	}
	switch r.military[r.lemma(v)] {
	case milVerb:
		return true
	case milMove:
		s := &r.doc.Sentences[r.doc.Tokens[head].Sent]
		for k := s.First; k < s.End; k++ {
			if r.military[r.lemma(k)] == milArmy {
				return true
			}
		}
	}
	return false
}
