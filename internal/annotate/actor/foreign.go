package actor

import "fmt"

// addForeign adds names in other languages to what the tables hold already.
func (t *tables) addForeign(f []string) error {
	e := entry{}
	switch f[0] {
	case "state":
		ref, ok := t.byISO[f[1]]
		if !ok {
			return fmt.Errorf("no state %q", f[1])
		}
		e = entry{kind: entState, ref: ref}
	case "person":
		ref := t.lex.find(f[1])
		if ref < 0 {
			return fmt.Errorf("no person %q", f[1])
		}
		e = entry{kind: entPerson, ref: ref}
	case "body":
		ref := t.bodyNamed(f[1])
		if ref < 0 {
			return fmt.Errorf("no body %q", f[1])
		}
		return t.foreignBody(ref, f[2])
	default:
		return fmt.Errorf("unknown kind %q", f[0])
	}
	for w := range list(f[2]) {
		t.lex.add(w, e)
	}
	return nil
}

// foreignBody gives names to all rows of a body: each has the days of a code.
func (t *tables) foreignBody(ref int32, names string) error {
	same := t.bodies[ref].same
	for i := range t.bodies {
		if t.bodies[i].same != same || t.bodies[i].name != t.bodies[ref].name {
			continue
		}
		for w := range list(names) {
			t.lex.add(w, entry{kind: entBody, ref: int32(i)})
		}
	}
	return nil
}
