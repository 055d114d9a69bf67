package export

import (
	"strings"

	"casus/ontology"
)

// cameoScheme is one way of writing CAMEO actor codes.
type cameoScheme struct {
	sector  func(sector) string
	back    func(sectors) map[string]string
	country map[string]string // ISO 3166 alpha-3 to the scheme's, where they differ
	open    string            // stands in the country slot when only sectors are known
}

// gdeltCodes are written as GDELT's lists have them: two countries keep the
// codes of CAMEO's own list.
var gdeltCodes = &cameoScheme{
	sector:  func(s sector) string { return s.gdelt },
	back:    func(t sectors) map[string]string { return t.byGDELT },
	country: map[string]string{"ROU": "ROM", "TLS": "TMP"},
}

// phoenixCodes are written as PETRARCH's dictionaries have them.
var phoenixCodes = &cameoScheme{
	sector: func(s sector) string { return s.phoenix },
	back:   func(t sectors) map[string]string { return t.byPhoenix },
	open:   ontology.OpenCountry,
}

func (c *cameoScheme) countryCode(iso3 string) string {
	if own, ok := c.country[iso3]; ok {
		return own
	}
	return iso3
}

func (c *cameoScheme) iso3(code string) string {
	for iso, own := range c.country {
		if own == code {
			return iso
		}
	}
	return code
}

// encode writes a PLOVER actor code in CAMEO; "" when nothing of it is left.
func (c *cameoScheme) encode(a ontology.Actor) string {
	var b strings.Builder
	b.WriteString(c.countryCode(a.Country()))
	for _, s := range a.Sectors() {
		b.WriteString(c.sector(sectorTable().byPlover[s]))
	}
	if strings.HasPrefix(string(a), ontology.OpenCountry) && b.Len() > 0 {
		return c.open + b.String()
	}
	return b.String()
}

// decode reads a CAMEO actor code; groups that PLOVER does not have are left
// out.
func (c *cameoScheme) decode(code string) ontology.Actor {
	back := c.back(sectorTable())
	var b strings.Builder
	rest, open := strings.CutPrefix(code, ontology.OpenCountry)
	if !open && len(rest) >= 3 && back[rest[:3]] == "" {
		b.WriteString(c.iso3(rest[:3]))
		rest = rest[3:]
	}
	if open {
		b.WriteString(ontology.OpenCountry)
	}
	for len(rest) >= 3 {
		n := 3
		for _, long := range []int{9, 6} { // IGOEUREEC, IGOUNO
			if len(rest) >= long && back[rest[:long]] != "" {
				n = long
				break
			}
		}
		b.WriteString(back[rest[:n]])
		rest = rest[n:]
	}
	return ontology.Actor(b.String())
}

// cameoGroups gives the groups of three letters of a code.
func cameoGroups(code string) []string {
	var out []string
	for len(code) >= 3 {
		out = append(out, code[:3])
		code = code[3:]
	}
	return out
}
