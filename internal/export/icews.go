package export

import (
	"fmt"
	"strconv"
	"strings"

	"casus/ontology"
)

// ICEWS Coded Event Data: one row a source and target, both of them named.

var icewsLayout = onceTable(func() *layout {
	f := map[string]field{
		"Event ID":   keyField,
		"Event Date": dayField,
		"Event Text": derived(func(r *Record) string { c, _ := ontology.CAMEO(r.CAMEO); return c.Name }),
		"CAMEO Code": text(func(r *Record) *string { return &r.CAMEO }),
		"Intensity":  derived(func(r *Record) string { return goldstein(r, goldsteinICEWS, float) }),
		"Story ID":   derived(func(r *Record) string { return strconv.FormatInt(keyOf(r.Document), 10) }),
		"Sentence Number": {get: func(r *Record) string { return strconv.Itoa(r.Sentence + 1) },
			set: func(r *Record, v string) (err error) { r.Sentence, err = strconv.Atoi(v); r.Sentence--; return err }},
		"Publisher": text(func(r *Record) *string { return &r.Outlet }),
		"City":      placeField(populated, "P.PPL"),
		"District":  placeField(second, "A.ADM2"),
		"Province":  placeField(first, "A.ADM1"),
		"Country":   {get: func(r *Record) string { return countryOf(countryOfPlace(r)).icews }, set: setICEWSPlace},
		"Latitude":  latField,
		"Longitude": lonField,
	}
	icewsActor(f, "Source", func(r *Record) *[]Party { return &r.Source })
	icewsActor(f, "Target", func(r *Record) *[]Party { return &r.Target })
	l := newLayout("icews.tsv", f)
	l.header = true
	return l
})

func icewsActor(f map[string]field, name string, of func(*Record) *[]Party) {
	f[name+" Name"] = field{func(r *Record) string { return side(*of(r)).Name },
		func(r *Record, v string) error { sideOf(of(r)).Name = v; return nil }}
	f[name+" Sectors"] = field{func(r *Record) string { return icewsSectors(side(*of(r)).Code) },
		func(r *Record, v string) error {
			p := sideOf(of(r))
			p.Code += icewsCode(v)
			return nil
		}}
	f[name+" Country"] = field{func(r *Record) string { return countryOf(side(*of(r)).Country).icews },
		func(r *Record, v string) error {
			c := countryNamed(v)
			if c == "" {
				return fmt.Errorf("%q is no country of the table", v)
			}
			p := sideOf(of(r))
			p.Country, p.Code = c, ontology.Actor(c)+p.Code
			return nil
		}}
}

// icewsCode reads sectors in ICEWS's words, the longest wording first; words
// that no sector has are left out.
func icewsCode(v string) ontology.Actor {
	var code ontology.Actor
	words := strings.Split(v, ",")
	for len(words) > 0 {
		n := 1
		for k := min(3, len(words)); k > 0; k-- {
			if s, ok := sectorTable().byICEWS[strings.Join(words[:k], ",")]; ok {
				code += ontology.Actor(s)
				n = k
				break
			}
		}
		words = words[n:]
	}
	return code
}

func setICEWSPlace(r *Record, v string) error {
	c := countryNamed(v)
	if c == "" {
		return fmt.Errorf("%q is no country of the table", v)
	}
	p := locationOf(r)
	p.Country = c
	if p.Name == "" {
		p.Name = v
	}
	return nil
}
