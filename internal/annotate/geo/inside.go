package geo

import (
	"strings"

	"casus"
)

// separable reports whether what follows a known name inside a tagged one is
// something of its own: "Dover, Delaware", "Accra's Osu" and "Tamale police
// chief" each tagged as one.
func (r *run) separable(t, end casus.TokenID) bool {
	if t >= end {
		return false
	}
	switch f := r.doc.Form(t); f {
	case ",", "-", "–", "/", "(", "'s", "’s", "'", "’":
		return true
	case "of", "de", "del", "du", "da", "di", "on", "upon", "sur", "the", "la", "al", "el", "en":
		return false
	default:
		c := f[0]
		return c >= 'a' && c <= 'z' && extend(f, false) != part
	}
}

// building reports that the rest of a tagged name makes it a building or body
// that is called by the place: "Adair County Jail", but not "Webb Center",
// since few towns by the name of a person are known well enough.
func (r *run) building(m *mention, end casus.TokenID) bool {
	last := r.doc.Form(end - 1)
	if !r.a.facilities[last] && !r.a.followers[last] {
		return false
	}
	e := r.weight(m)
	if m.end-m.first > 1 {
		e += 0.5
	}
	return e >= minNamesake
}

// minNamesake is what a place must weigh before a building is taken to be
// called by it.
const minNamesake = 1.2

// party reports the letter of a party before the place that a politician sits
// for: "Ann Reyes, D-Toledo".
func (r *run) party(first, t casus.TokenID) bool {
	return t-first == 2 && int(t) < len(r.doc.Tokens) && r.doc.Form(first+1) == "-" && r.doc.Tokens[first].Len() == 1
}

// areaWord reports that nothing but a word for an area follows a known name
// inside a tagged one: "Tamale region".
func (r *run) areaWord(t, end casus.TokenID) bool {
	if t+1 != end {
		return false
	}
	switch r.doc.Form(t) {
	case "region", "Region", "oblast", "province", "governorate", "district", "prefecture", "area":
		return true
	}
	return false
}

// directions may stand before a known name inside a tagged one: "Northern
// Virginia" lies in Virginia.
func direction(w string) bool {
	switch w {
	case "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower",
		"Greater", "Downtown", "Northeast", "Northwest", "Southeast", "Southwest", "Northeastern", "Northwestern",
		"Southeastern", "Southwestern", "Mainland", "Metro":
		return true
	}
	return false
}

// inside takes a known name behind a direction, the mention spans both; or
// behind "of": "City of Turin", "Hospital of Manitoba".
func (r *run) inside(t, end casus.TokenID) (casus.TokenID, bool) {
	at := t
	switch {
	case direction(r.doc.Form(t)):
		at = t + 1
	default:
		for i := t + 1; i < end-1 && at == t; i++ {
			if r.doc.Form(i) == "of" {
				at = i + 1
			}
		}
	}
	if at == t || at >= end {
		return t, false
	}
	m, ok := r.match(at, end)
	if !ok || m.end != end {
		r.s.hits = r.s.hits[:m.hits[0]]
		return t, false
	}
	switch first := r.doc.Form(t); {
	case at == t+1:
		m.first = t
	case direction(first) || r.a.kinds[strings.ToLower(first)]:
	default:
		m.within = true
	}
	m.tagged, m.evidence = true, 1
	r.add(m)
	return m.end, true
}
