package export

import (
	"fmt"
	"strconv"
	"strings"

	"casus"
	"casus/ontology"
)

// POLECAT: one row an event, several sources and targets in a cell, PLOVER
// codes. "None" stands for what is not known, also inside a list.

const (
	polecatNone = "None"
	polecatSep  = "; "
)

var polecatLayout = onceTable(func() *layout {
	f := map[string]field{
		"Event ID":   idField,
		"Event Date": dayField,
		"Event Type": {get: func(r *Record) string { return r.Type.String() }, set: setType},
		"Event Mode": text(func(r *Record) *string { return &r.Mode }),
		"Intensity":  derived(func(r *Record) string { return decimal(r.score()) }),
		"Quad Code":  derived(func(r *Record) string { return strings.ToUpper(r.Type.Quad().String()) }),
		"Contexts": {get: func(r *Record) string { return list(r.Contexts, polecatSep) },
			set: func(r *Record, v string) error { r.Contexts = unlist(v, polecatSep); return nil }},
		"Placename": {get: func(r *Record) string {
			if r.Place == nil {
				return ""
			}
			return r.Place.Name
		}, set: func(r *Record, v string) error { locationOf(r).Name = v; return nil }},
		"City":     derived(placeAt(populated)),
		"District": derived(placeAt(second)),
		"Province": derived(placeAt(first)),
		"Country": {get: countryOfPlace,
			set: func(r *Record, v string) error { locationOf(r).Country = v; return nil }},
		"Latitude":    latField,
		"Longitude":   lonField,
		"GeoNames ID": {get: geoNameID, set: setGeoNameID},
		"Raw Placename": {get: func(r *Record) string {
			if r.Place == nil {
				return ""
			}
			return r.Place.Text
		}, set: func(r *Record, v string) error { locationOf(r).Text = v; return nil }},
		"Feature Type": {get: func(r *Record) string {
			if r.Place == nil {
				return ""
			}
			return r.Place.FCode[strings.Index(r.Place.FCode, ".")+1:]
		}, set: setFeatureType},
		"Source":              text(func(r *Record) *string { return &r.Outlet }),
		"Publication Date":    dateText(func(r *Record) *casus.Date { return &r.Published }),
		"Story People":        polecatList(func(r *Record) *[]string { return &r.People }),
		"Story Organizations": polecatList(func(r *Record) *[]string { return &r.Organizations }),
		"Story Locations":     polecatList(func(r *Record) *[]string { return &r.Locations }),
		"Language":            text(func(r *Record) *string { return &r.Lang }),
		"Version":             derived(func(*Record) string { return "casus" }),
	}
	polecatActor(f, "Actor", func(r *Record) *[]Party { return &r.Source })
	polecatActor(f, "Recipient", func(r *Record) *[]Party { return &r.Target })
	l := newLayout("polecat.tsv", f)
	l.empty, l.header = polecatNone, true
	return l
})

func polecatList(of func(*Record) *[]string) field {
	return field{func(r *Record) string { return list(*of(r), polecatSep) },
		func(r *Record, v string) error { *of(r) = unlist(v, polecatSep); return nil }}
}

// polecatActor ties the columns of one side. Each column has a part for each
// party of the side, so that the n-th parts belong together.
func polecatActor(f map[string]field, name string, of func(*Record) *[]Party) {
	each := func(value func(*Party) string, set func(*Party, string)) field {
		fd := field{get: func(r *Record) string { return polecatParts(*of(r), value) }}
		if set != nil {
			fd.set = func(r *Record, v string) error { return setPolecatParts(of(r), v, set) }
		}
		return fd
	}
	f[name+" Name"] = each(func(p *Party) string { return p.Name }, func(p *Party, v string) { p.Name = v })
	f[name+" Country"] = each(func(p *Party) string { return countryOf(p.Country).polecat }, func(p *Party, v string) {
		p.Country = countryNamed(v)
		p.Code = ontology.Actor(p.Country)
	})
	f[name+" COW"] = each(func(p *Party) string { return countryOf(p.Country).cow }, nil)
	f["Primary "+name+" Sector"] = each(func(p *Party) string {
		if s := p.Code.Sectors(); len(s) > 0 {
			return s[0]
		}
		return ""
	}, nil)
	f[name+" Sectors"] = each(func(p *Party) string { return list(p.Code.Sectors(), ", ") },
		func(p *Party, v string) { p.Code = polecatCode(p.Country, unlist(v, ", ")) })
	f[name+" Title"] = each(func(p *Party) string { return p.Title }, func(p *Party, v string) { p.Title = v })
	f[name+" Name Raw"] = each(func(p *Party) string { return p.Text }, func(p *Party, v string) { p.Text = v })
}

func polecatParts(ps []Party, value func(*Party) string) string {
	out := make([]string, len(ps))
	for i := range ps {
		out[i] = strings.ReplaceAll(value(&ps[i]), polecatSep, ", ")
		if out[i] == "" {
			out[i] = polecatNone
		}
	}
	return list(out, polecatSep)
}

func setPolecatParts(ps *[]Party, v string, set func(*Party, string)) error {
	parts := unlist(v, polecatSep)
	if *ps == nil {
		*ps = make([]Party, len(parts))
	}
	if len(parts) != len(*ps) {
		return fmt.Errorf("%d parts, the columns before have %d", len(parts), len(*ps))
	}
	for i, part := range parts {
		if part != polecatNone {
			set(&(*ps)[i], part)
		} else {
			set(&(*ps)[i], "")
		}
	}
	return nil
}

// polecatCode joins what POLECAT tells apart: a body between states stands in
// the place of the country.
func polecatCode(country string, sectors []string) ontology.Actor {
	code := country
	if len(sectors) > 0 && country == "" {
		if s, ok := ontology.LookupSector(sectors[0]); !ok || !s.International {
			code = ""
		}
	}
	return ontology.Actor(code + strings.Join(sectors, ""))
}

// score gives PLOVER's intensity: of the mode, else of the type.
func (r *Record) score() float64 {
	if m, ok := r.Type.Mode(r.Mode); ok {
		return short32(m.Score)
	}
	return short32(r.Type.Score())
}

func setType(r *Record, v string) error {
	t, ok := ontology.ParsePlover(v)
	if !ok {
		return fmt.Errorf("%q is no PLOVER type", v)
	}
	r.Type = t
	return nil
}

func geoNameID(r *Record) string {
	if r.Place == nil || r.Place.GeoNameID == 0 {
		return ""
	}
	return strconv.Itoa(int(r.Place.GeoNameID))
}

func setGeoNameID(r *Record, v string) error {
	n, err := strconv.ParseInt(v, 10, 32)
	locationOf(r).GeoNameID = int32(n)
	return err
}

// setFeatureType finds the class that a feature code belongs to: P for
// populated places, A for areas; others come back without one.
func setFeatureType(r *Record, v string) error {
	p := locationOf(r)
	switch {
	case strings.HasPrefix(v, "PPL"):
		p.FCode = "P." + v
	case strings.HasPrefix(v, "ADM"), strings.HasPrefix(v, "PCL"), v == "TERR":
		p.FCode = "A." + v
	default:
		p.FCode = v
	}
	return nil
}
