package export

import (
	"embed"
	"strings"
	"sync"

	"casus/ontology"
)

//go:embed data/*.tsv
var tables embed.FS

func readTable(name string, fields int) [][]string {
	return ontology.ReadTable(tables, "data/"+name, fields)
}

// onceTable reads a table on first use.
func onceTable[T any](read func() T) func() T { return sync.OnceValue(read) }

// country is a line of the table of countries.
type country struct{ iso3, iso2, fips, cow, name, icews, polecat string }

type countries struct{ byISO3, byFIPS, byName map[string]*country }

var countryTable = onceTable(func() countries {
	t := countries{map[string]*country{}, map[string]*country{}, map[string]*country{}}
	for _, row := range readTable("countries.tsv", 7) {
		c := &country{row[0], row[1], row[2], row[3], row[4], row[5], row[6]}
		if c.icews == "" {
			c.icews = c.name
		}
		if c.polecat == "" {
			c.polecat = c.name
		}
		t.byISO3[c.iso3] = c
		if c.fips != "" {
			t.byFIPS[c.fips] = c
		}
		for _, n := range []string{c.name, c.icews, c.polecat} {
			t.byName[n] = c
		}
	}
	return t
})

// countryOf gives the line of an ISO 3166 alpha-3 code; an empty one for a
// code that the table does not have.
func countryOf(iso3 string) *country {
	if c := countryTable().byISO3[iso3]; c != nil {
		return c
	}
	return &country{}
}

// countryNamed gives the ISO 3166 alpha-3 code of a name; "" for none.
func countryNamed(name string) string {
	if c := countryTable().byName[name]; c != nil {
		return c.iso3
	}
	return ""
}

// sector is a line of the table of sectors.
type sector struct{ plover, gdelt, phoenix, icews string }

type sectors struct {
	byPlover                    map[string]sector
	byGDELT, byPhoenix, byICEWS map[string]string
}

var sectorTable = onceTable(func() sectors {
	t := sectors{map[string]sector{}, map[string]string{}, map[string]string{}, map[string]string{}}
	back := func(m map[string]string, code, plover string) {
		if _, taken := m[code]; !taken && code != "" {
			m[code] = plover
		}
	}
	for _, row := range readTable("sectors.tsv", 5) {
		t.byPlover[row[0]] = sector{row[0], row[1], row[2], row[3]}
		if row[0] == row[1] { // UAF is the UAF that PRM also becomes
			t.byGDELT[row[1]], t.byPhoenix[row[2]] = row[0], row[0]
		}
	}
	for _, row := range readTable("sectors.tsv", 5) {
		back(t.byGDELT, row[1], row[0])
		back(t.byPhoenix, row[2], row[0])
		back(t.byICEWS, row[3], row[0])
	}
	return t
})

// icewsSectors gives the sectors of an actor in ICEWS's words.
func icewsSectors(a ontology.Actor) string {
	var out []string
	for _, s := range a.Sectors() {
		if t := sectorTable().byPlover[s].icews; t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ",")
}
