package ontology

import (
	"fmt"
	"strings"
)

var countryTable = once(func() map[string]bool {
	m := map[string]bool{}
	for _, r := range readTable("countries.tsv", 2) {
		m[r[0]] = true
	}
	return m
})

// IsCountry reports whether the three letters are a country code of ISO 3166,
// present or withdrawn.
func IsCountry(code string) bool { return countryTable()[code] }

func isCountry(s string) bool { return !isSector(s) }

func isSector(s string) bool { _, ok := sectorTable()[s]; return ok }

// Check says what is wrong with the syntax of an actor code: nil for the
// empty code, for a country, an open country or an international code followed
// by role sectors, and for role sectors alone. A country of three letters that
// ISO 3166 does not know is an error.
func (a Actor) Check() error {
	s := string(a)
	if rest, open := strings.CutPrefix(s, OpenCountry); open && rest != "" && !IsCountry(rest[:min(3, len(rest))]) {
		s = rest
	}
	if len(s)%3 != 0 {
		return fmt.Errorf("actor code %q is not made of groups of three letters", s)
	}
	for i := 0; i < len(s); i += 3 {
		g := s[i : i+3]
		sec, ok := sectorTable()[g]
		switch {
		case ok && sec.International && i > 0:
			return fmt.Errorf("actor code %q: %s stands for a country and must come first", s, g)
		case ok || i == 0 && IsCountry(g):
		case i == 0:
			return fmt.Errorf("actor code %q: %s is no country or sector", s, g)
		default:
			return fmt.Errorf("actor code %q: %s is no sector", s, g)
		}
	}
	return nil
}
