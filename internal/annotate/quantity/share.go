package quantity

import (
	"casus"
	"casus/ud"
)

// shareReach is how many tokens may stand between "of" and the number it is
// taken from: "half of its 400 soldiers", "a third of the town's 12,000
// residents".
const shareReach = 5

// share scales a number that a fraction is taken of, and begins it there.
func (r *reader) share(n *number) {
	t := n.first - 1
	for k := 0; k < shareReach && r.sameSent(t, n.first) && !r.is(t, "of"); k++ {
		switch tok := &r.doc.Tokens[t]; {
		case tok.UPOS == ud.DET, tok.UPOS == ud.PRON, tok.UPOS.IsNominal(), tok.UPOS == ud.ADJ, tok.UPOS == ud.PART:
		default:
			return
		}
		t--
	}
	if !r.sameSent(t, n.first) || !r.is(t, "of") {
		return
	}
	f, first := r.fraction(t - 1)
	if f == 0 || !r.sameSent(first, n.first) || r.overlapsLast(first) {
		return
	}
	n.first, n.value, n.low, n.high, n.approx = first, f*n.value, f*n.low, f*n.high, true
}

// fraction reads "half", "a third", "two-thirds", "three quarters" that ends
// at the token; 0 without one.
func (r *reader) fraction(t casus.TokenID) (float64, casus.TokenID) {
	parts := 0.0
	switch {
	case r.is(t, "half"):
		return 0.5, t
	case r.is(t, "third", "thirds"):
		parts = 3
	case r.is(t, "quarter", "quarters"):
		parts = 4
	case r.is(t, "fifth", "fifths"):
		parts = 5
	case r.is(t, "tenth", "tenths"):
		parts = 10
	default:
		return 0, t
	}
	at := t - 1
	if r.is(at, "-") {
		at--
	}
	for i, words := range [...][]string{{"a", "one"}, {"two"}, {"three"}, {"four"}} {
		if r.is(at, words...) {
			return float64(i+1) / parts, at
		}
	}
	return 0, t
}

// overlapsLast reports that the quantity found last reaches beyond the token.
func (r *reader) overlapsLast(t casus.TokenID) bool {
	last := len(r.doc.Quantities) - 1
	return last >= 0 && r.doc.Quantities[last].End > r.doc.Tokens[t].Start
}
