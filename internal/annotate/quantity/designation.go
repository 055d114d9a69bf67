package quantity

import (
	"strings"

	"casus"
)

// designation reads the code of an armament that a counted noun is or is part
// of: "two F-16s", "six MiG-29s". It gives the unit without the plural's "s",
// its class and the last token.
func (r *reader) designation(t casus.TokenID) (unit, class string, last casus.TokenID) {
	first := t
	switch {
	case r.is(t+1, "-") && r.glue(t+1) && r.glue(t+2):
		last = t + 2
	case r.is(t-1, "-") && t >= 2 && r.glue(t) && r.glue(t-1):
		first, last = t-2, t
	default:
		return "", "", t
	}
	class = r.designations[lowered(r.doc.Form(first))]
	number := strings.TrimSuffix(r.doc.Form(last), "s")
	if class == "" || number == "" || number[0] < '0' || number[0] > '9' {
		return "", "", t
	}
	return r.doc.Form(first) + "-" + number, class, last
}
