package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/annotate/geo/gazetteer"
)

// sources gathers what the packages say until finish puts it together.
type sources struct {
	b     *gazetteer.Builder
	ids   map[int32]bool // taken
	extra map[string][]gazetteer.Name
	areas map[string]*area // by "US.KY" and "US.KY.049"
	geoID map[string]int32 // GeoNames id by alpha-2
	iso3  map[string]bool
	terr  map[string][]gazetteer.Name
	large []large

	levels [3]map[string][]*area // areas of the first and second level by country, made on first use
}

// area is a first or second level area of admin1.json and admin2.json, which
// carry no point; the middle of its towns stands in until one is found.
type area struct {
	code, country, admin1, name string
	lat, lon, weight            float64
	pop                         int64
	done                        bool
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

func readTSV(path string, fields int, each func(f []string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < fields {
			return fmt.Errorf("line %d: %d fields, want %d", n, len(f), fields)
		}
		if err := each(f); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return sc.Err()
}

// readNames reads further English names: key (GeoNames id, alpha-2 of a
// country or code of an area), kind, names separated by "|".
func (s *sources) readNames(path string) error {
	kinds := map[string]gazetteer.Kind{"variant": gazetteer.Variant, "abbreviation": gazetteer.Abbreviation}
	return readTSV(path, 3, func(f []string) error {
		k, ok := kinds[f[1]]
		if !ok {
			return fmt.Errorf("unknown kind %q", f[1])
		}
		for n := range strings.SplitSeq(f[2], "|") {
			s.extra[f[0]] = append(s.extra[f[0]], gazetteer.Name{Text: n, Kind: k})
		}
		return nil
	})
}

func (s *sources) readCountryCodes(path string) error {
	var all map[string]struct {
		ISO, ISO3 string
		GeoNameID int32
	}
	if err := readJSON(path, &all); err != nil {
		return err
	}
	s.geoID, s.iso3 = map[string]int32{}, map[string]bool{}
	for k, c := range all {
		s.iso3[c.ISO3] = true
		s.b.AddCountry(k, c.ISO3)
		s.geoID[k] = c.GeoNameID
	}
	return nil
}

// readDemonyms takes the adjectives and the words for the people of the states
// of today; those of former states and of parts of states say too little of
// where a place is.
func (s *sources) readDemonyms(path string) error {
	return readTSV(path, 5, func(f []string) error {
		if !s.iso3[f[0]] {
			return nil
		}
		for w := range strings.SplitSeq(f[3]+";"+f[4], ";") {
			if w != "" {
				s.b.AddDemonym(w, f[0])
			}
		}
		return nil
	})
}

// readTerritories takes the names of countries in English, Spanish and, in
// Latin letters, Russian.
func (s *sources) readTerritories(dir string) error {
	s.terr = map[string][]gazetteer.Name{}
	for _, lang := range []string{"en", "es", "ru"} {
		var file struct {
			Main map[string]struct {
				LocaleDisplayNames struct{ Territories map[string]string }
			}
		}
		if err := readJSON(filepath.Join(dir, "main", lang, "territories.json"), &file); err != nil {
			return err
		}
		names := file.Main[lang].LocaleDisplayNames.Territories
		for _, code := range sortedKeys(names) {
			kind := gazetteer.Variant
			if lang != "en" {
				kind = gazetteer.Alternate
			}
			iso, _, _ := strings.Cut(code, "-alt")
			text := names[code]
			s.terr[iso] = append(s.terr[iso], gazetteer.Name{Text: text, Kind: kind})
			if lang == "ru" {
				s.terr[iso] = append(s.terr[iso], gazetteer.Name{Text: latin(text), Kind: kind})
			}
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (s *sources) readAreas(path string) error {
	var all []struct{ Code, Name string }
	if err := readJSON(path, &all); err != nil {
		return err
	}
	for _, a := range all {
		p := strings.SplitN(a.Code, ".", 3)
		s.areas[a.Code] = &area{code: a.Code, country: p[0], admin1: p[1], name: a.Name}
	}
	return nil
}

func (s *sources) readAdmin1(path string) error { return s.readAreas(path) }
func (s *sources) readAdmin2(path string) error { return s.readAreas(path) }

func (a *area) add(lat, lon float64, pop int64) {
	w := math.Sqrt(float64(pop) + 1)
	a.lat, a.lon, a.weight, a.pop = a.lat+w*lat, a.lon+w*lon, a.weight+w, a.pop+pop
}

func (a *area) middle() (lat, lon float64) { return a.lat / a.weight, a.lon / a.weight }

// readCities reads a GeoNames table of populated places.
func (s *sources) readCities(path string) error {
	return readTSV(path, 18, func(f []string) error {
		if f[6] != "P" || f[7] == "PPLH" || f[7] == "PPLW" || f[7] == "PPLQ" || f[7] == "PPLCH" {
			return nil
		}
		id, err1 := strconv.ParseInt(f[0], 10, 32)
		lat, err2 := strconv.ParseFloat(f[4], 64)
		lon, err3 := strconv.ParseFloat(f[5], 64)
		pop, err4 := strconv.ParseInt(f[14], 10, 64)
		if err := cmp.Or(err1, err2, err3, err4); err != nil {
			return err
		}
		p := gazetteer.Place{GeoNameID: int32(id), Name: f[1], FCode: "P." + f[7], Lat: lat, Lon: lon, Country: f[8],
			Admin1: f[10], Pop: pop, Names: s.cityNames(f, pop)}
		for _, code := range []string{f[8] + "." + f[10], f[8] + "." + f[10] + "." + f[11]} {
			if a := s.areas[code]; a != nil {
				a.add(lat, lon, pop)
			}
		}
		s.ids[p.GeoNameID] = true
		s.b.Add(p)
		return nil
	})
}

// cityNames gives the further names of a town: those of names.tsv, the ASCII
// form, the short form of "Saint", and the names in other languages, among
// which the English one hides without a mark: villages in a war are known by
// their transliterations only. In America and Australia the name itself is
// English, and only the great cities have others worth the room.
func (s *sources) cityNames(f []string, pop int64) []gazetteer.Name {
	names := slices.Clone(s.extra[f[0]])
	if f[2] != "" {
		names = append(names, gazetteer.Name{Text: f[2], Kind: gazetteer.Variant})
	}
	names = append(names, shortened(f[1])...)
	if english := f[8] == "US" || f[8] == "CA" || f[8] == "AU"; english && pop < 500_000 && f[7] != "PPLC" {
		return names
	}
	return append(names, alternates(f[3], pop)...)
}

var shortForms = map[string]string{"Saint": "St", "Sainte": "Ste", "Mount": "Mt", "Fort": "Ft"}

func shortened(name string) []gazetteer.Name {
	first, rest, ok := strings.Cut(name, " ")
	if short := shortForms[first]; ok && short != "" {
		return []gazetteer.Name{{Text: short + " " + rest, Kind: gazetteer.Variant}}
	}
	return nil
}

// alternates keeps the names in Latin letters that look like names: codes
// ("MOW") and lower-case transliterations are left out.
func alternates(list string, pop int64) []gazetteer.Name {
	var out []gazetteer.Name
	most := 12
	if pop >= 100_000 {
		most = 60
	}
	for n := range strings.SplitSeq(list, ",") {
		if len(out) < most && latinName(n) {
			out = append(out, gazetteer.Name{Text: n, Kind: gazetteer.Alternate})
		}
	}
	return out
}

func latinName(n string) bool {
	if len(n) < 4 || len(n) > 40 || strings.ToUpper(n) == n {
		return false
	}
	for i, r := range n {
		if i == 0 && !unicode.IsUpper(r) {
			return false
		}
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) || r == '(' || r == '/' {
			return false
		}
	}
	return true
}
