package export

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
	"casus/ontology"
)

// GDELT Event Database 2.0: one row a source and target, CAMEO codes, FIPS
// countries. What it has no place for stands in the sidecar.

var gdeltLayout = onceTable(func() *layout {
	f := map[string]field{
		"GLOBALEVENTID": keyField,
		"Day":           {get: func(r *Record) string { return strconv.Itoa(dayNumber(r.Day)) }, set: setDay8},
		"MonthYear":     derived(func(r *Record) string { return strconv.Itoa(dayNumber(r.Day) / 100) }),
		"Year":          derived(func(r *Record) string { return strconv.Itoa(int(r.Day.Year)) }),
		"FractionDate":  derived(gdeltFraction),
		"IsRootEvent": {get: func(r *Record) string { return oneIf(r.Lead) },
			set: func(r *Record, v string) error { r.Lead = v == "1"; return nil }},
		"EventCode":             text(func(r *Record) *string { return &r.CAMEO }),
		"EventBaseCode":         derived(func(r *Record) string { return r.CAMEO[:min(3, len(r.CAMEO))] }),
		"EventRootCode":         derived(cameoRoot),
		"QuadClass":             derived(cameoQuad),
		"GoldsteinScale":        derived(func(r *Record) string { return goldstein(r, goldsteinGDELT, float) }),
		"NumMentions":           derived(func(r *Record) string { return strconv.Itoa(r.tellings()) }),
		"NumSources":            derived(func(r *Record) string { return strconv.Itoa(len(r.distinct(Origin.outlet))) }),
		"NumArticles":           derived(func(r *Record) string { return strconv.Itoa(len(r.distinct(Origin.document))) }),
		"Actor1Geo_Type":        derived(func(*Record) string { return "0" }),
		"Actor2Geo_Type":        derived(func(*Record) string { return "0" }),
		"ActionGeo_Type":        derived(gdeltGeoType),
		"ActionGeo_Fullname":    {get: gdeltFullname, set: setGDELTFullname},
		"ActionGeo_CountryCode": {get: func(r *Record) string { return countryOf(countryOfPlace(r)).fips }, set: setFIPS},
		"ActionGeo_Lat":         latField,
		"ActionGeo_Long":        lonField,
		"ActionGeo_FeatureID":   derived(gdeltFeature),
		"DATEADDED": {get: func(r *Record) string { return stamp(r.Published) },
			set: func(r *Record, v string) (err error) { r.Published, err = day8(v[:8]); return err }},
		"SOURCEURL": {get: func(r *Record) string { return orText(r.URL, r.Document) }, set: func(r *Record, v string) error { r.URL = v; return nil }},
	}
	gdeltActor(f, "Actor1", func(r *Record) *[]Party { return &r.Source })
	gdeltActor(f, "Actor2", func(r *Record) *[]Party { return &r.Target })
	return newLayout("gdelt.tsv", f)
})

func gdeltActor(f map[string]field, name string, of func(*Record) *[]Party) {
	code := func(r *Record) string { return gdeltCodes.encode(side(*of(r)).Code) }
	types := func(n int) field {
		return derived(func(r *Record) string {
			if g := gdeltTypes(code(r)); n < len(g) {
				return g[n]
			}
			return ""
		})
	}
	f[name+"Code"] = field{code, func(r *Record, v string) error {
		p := sideOf(of(r))
		p.Code = gdeltCodes.decode(v)
		p.Country = p.Code.Country()
		return nil
	}}
	f[name+"Name"] = field{func(r *Record) string { return strings.ToUpper(side(*of(r)).Name) },
		func(r *Record, v string) error { sideOf(of(r)).Name = v; return nil }}
	f[name+"CountryCode"] = derived(func(r *Record) string { return gdeltCodes.countryCode(side(*of(r)).Code.Country()) })
	f[name+"KnownGroupCode"] = derived(func(r *Record) string {
		for _, g := range cameoGroups(code(r)) {
			if g == "UNO" || g == "EEC" {
				return g
			}
		}
		return ""
	})
	f[name+"Type1Code"], f[name+"Type2Code"], f[name+"Type3Code"] = types(0), types(1), types(2)
}

// gdeltTypes gives the role codes of a CAMEO actor code.
func gdeltTypes(code string) []string {
	var out []string
	for _, g := range cameoGroups(code) {
		if g != "EUR" && g != "EEC" && g != "UNO" && sectorTable().byGDELT[g] != "" {
			out = append(out, g)
		}
	}
	return out
}

// gdeltFraction is the year and the share of it that has gone by, as GDELT
// computes it: months of thirty days.
func gdeltFraction(r *Record) string {
	d := r.Day
	return fmt.Sprintf("%.4f", float64(d.Year)+float64((int(d.Month)-1)*30+int(d.Day))/365)
}

func gdeltGeoType(r *Record) string {
	p, us := r.Place, countryOfPlace(r) == "USA"
	switch {
	case p == nil || !p.Located:
		return "0"
	case p.level() == nation:
		return "1"
	case p.level() == first && us:
		return "2"
	case p.level() == first:
		return "5"
	case us:
		return "3"
	}
	return "4"
}

// gdeltFullname gives "Lima, Peru", or "Peru" for the country.
func gdeltFullname(r *Record) string {
	p := r.Place
	if p == nil || !p.Located {
		return ""
	}
	in := countryOf(p.Country).name
	if in == "" || p.level() == nation {
		return p.Name
	}
	return p.Name + ", " + in
}

func setGDELTFullname(r *Record, v string) error {
	name, in, ok := cutLast(v, ", ")
	p := locationOf(r)
	p.Name = name
	if c := countryNamed(in); ok && c != "" {
		p.Country = c
	} else {
		p.Name = v
	}
	return nil
}

func setFIPS(r *Record, v string) error {
	c := countryTable().byFIPS[v]
	if c == nil {
		return fmt.Errorf("%q is no FIPS 10-4 country", v)
	}
	locationOf(r).Country = c.iso3
	return nil
}

func gdeltFeature(r *Record) string {
	if r.Place == nil || r.Place.level() != nation {
		return ""
	}
	return countryOf(r.Place.Country).fips
}

// Values that the CAMEO formats share.

func cameoRoot(r *Record) string { return r.CAMEO[:min(2, len(r.CAMEO))] }

func cameoQuad(r *Record) string {
	c, ok := ontology.CAMEO(r.CAMEO)
	if !ok {
		return ""
	}
	return strconv.Itoa(int(c.Quad()))
}

func goldstein(r *Record, value func(ontology.Code) float32, write func(float64) string) string {
	c, ok := ontology.CAMEO(r.CAMEO)
	if !ok {
		return ""
	}
	return write(short32(value(c)))
}

func goldsteinGDELT(c ontology.Code) float32 { return c.Goldstein }
func goldsteinICEWS(c ontology.Code) float32 { return c.GoldsteinICEWS }

func oneIf(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func orText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func stamp(d casus.Date) string {
	if d.Day == 0 {
		return ""
	}
	return strconv.Itoa(dayNumber(d)) + "000000"
}

func day8(v string) (casus.Date, error) {
	return casus.ParseDate(v[:4] + "-" + v[4:6] + "-" + v[6:])
}

func setDay8(r *Record, v string) (err error) {
	r.Day, err = day8(v)
	return err
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// tellings counts how often the event is told in the documents of the row.
func (r *Record) tellings() int {
	n := 0
	for _, o := range r.origins() {
		n += 1 + o.Mentions
	}
	return n
}

// origins gives the rows that went into this one: itself when nothing was
// joined.
func (r *Record) origins() []Origin {
	if len(r.Origins) > 0 {
		return r.Origins
	}
	return []Origin{r.origin()}
}

func (r *Record) origin() Origin {
	return Origin{r.ID, r.Document, r.Outlet, r.URL, r.Sentence, len(r.Mentions), r.Status}
}

func (o Origin) document() string { return o.Document }

// outlet gives the outlet; a document without one is its own.
func (o Origin) outlet() string  { return orText(o.Outlet, o.Document) }
func (o Origin) address() string { return orText(o.URL, o.Document) }

// distinct gives a value of the origins, each once, in their order.
func (r *Record) distinct(of func(Origin) string) []string {
	var out []string
	seen := map[string]bool{}
	for _, o := range r.origins() {
		if v := of(o); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
