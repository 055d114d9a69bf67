// Package ontology holds the code books of event data as typed values: PLOVER
// types, modes, contexts and sectors, CAMEO codes, actor codes, and the
// crosswalk between CAMEO and PLOVER. Tables are embedded in data/ and read on
// first use; nothing is coded here.
package ontology

import "strings"

// Plover is one of the 16 event types of the PLOVER manual, draft 0.8. The
// zero value means "not set".
type Plover uint8

// The PLOVER types.
const (
	PloverNone Plover = iota
	AGREE
	CONSULT
	SUPPORT
	CONCEDE
	COOPERATE
	AID
	RETREAT
	REQUEST
	ACCUSE
	REJECT
	THREATEN
	PROTEST
	SANCTION
	MOBILIZE
	COERCE
	ASSAULT
	NumPlover
)

var ploverNames = [NumPlover]string{"", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
	"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

// String gives the type's name.
func (p Plover) String() string { return ploverNames[min(int(p), len(ploverNames)-1)] }

// ParsePlover reads a type's name; ok is false for an unknown one.
func ParsePlover(s string) (p Plover, ok bool) {
	for i, n := range ploverNames {
		if i > 0 && n == s {
			return Plover(i), true
		}
	}
	return PloverNone, false
}

// Actor is an actor code: ISO 3166 alpha-3 country or an international code,
// then PLOVER sectors of three letters each ("RUSGOV", "USAMIL", "IGO"). The
// empty code means "not known"; "---" in the country slot means that only the
// sectors are ("---CRM"), as PLOVER's gold records write it.
type Actor string

// OpenCountry stands in the country slot of a code whose sectors alone are
// known.
const OpenCountry = "---"

// Country gives the first three letters when they are a country's; "" for
// international and sector-only codes and for an open country.
func (a Actor) Country() string {
	if len(a) < 3 || a[:3] == OpenCountry || !isCountry(string(a[:3])) {
		return ""
	}
	return string(a[:3])
}

// Sectors gives the codes after the country.
func (a Actor) Sectors() []string {
	var out []string
	s := strings.TrimPrefix(string(a), OpenCountry)
	if a.Country() != "" {
		s = s[3:]
	}
	for len(s) >= 3 {
		out = append(out, s[:3])
		s = s[3:]
	}
	return out
}
