package ud

import "strings"

// Feats is the FEATS column, "Number=Sing|Person=3", sorted by name as UD
// requires; empty when there are none.
type Feats string

// Get gives the value of a feature, or "" when it is absent.
func (f Feats) Get(name string) string {
	s := string(f)
	for s != "" {
		part := s
		if i := strings.IndexByte(s, '|'); i >= 0 {
			part, s = s[:i], s[i+1:]
		} else {
			s = ""
		}
		if len(part) > len(name) && part[len(name)] == '=' && part[:len(name)] == name {
			return part[len(name)+1:]
		}
	}
	return ""
}

// Has reports whether the feature has the value.
func (f Feats) Has(name, value string) bool { return f.Get(name) == value }
