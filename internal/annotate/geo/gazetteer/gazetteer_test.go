package gazetteer

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"St. John's", "St Johns", "ST. JOHN’S", "st  john's"},
		{"Bab el-Mandeb", "Bab El Mandeb", "bab el–mandeb"},
		{"São Paulo", "Sao Paulo"},
		{"Łódź", "Lodz"},
		{"U.S.", "US"},
		{"‘Adan", "Adan"},
	} {
		for _, s := range same[1:] {
			if KeyOf(s) != KeyOf(same[0]) {
				t.Errorf("%q and %q have two keys", same[0], s)
			}
		}
	}
	for _, other := range [][2]string{{"New York", "Newyork"}, {"York", "New York"}, {"Goma", "Gomä x"}} {
		if KeyOf(other[0]) == KeyOf(other[1]) {
			t.Errorf("%q and %q have one key", other[0], other[1])
		}
	}
}

// Reading a name in pieces gives the key of the whole.
func TestFoldInPieces(t *testing.T) {
	f := NewFolder()
	for _, s := range []string{"St", ".", " ", "John", "'s", ", "} {
		f.Write(s)
	}
	if f.Key() != KeyOf("St. John's") {
		t.Error("pieces give another key")
	}
}

func sample() []Place {
	return []Place{
		{GeoNameID: 7, Name: "Ardania", FCode: "A.PCLI", Lat: 10.5, Lon: 20.25, Country: "AA", Nation: true, Pop: 9_000_000},
		{GeoNameID: 8, Name: "Upper Ardania", FCode: "A.ADM1", Lat: 11, Lon: 21, Country: "AA", Admin1: "01", Area: true, Pop: 800_000},
		{GeoNameID: 9, Name: "Brill", FCode: "P.PPLC", Lat: -33.9, Lon: 151.2, Country: "AA", Admin1: "01", Pop: 400_000,
			Names: []Name{{"Brýl", Alternate}, {"Brillstad", Variant}, {"Br", Abbreviation}}},
		{GeoNameID: 10, Name: "Brill", FCode: "P.PPL", Lat: 89.9, Lon: -179.9, Country: "BB", Pop: 0},
		{Name: "Sea of Brill", FCode: "H.SEA", Lat: 0, Lon: 0},
	}
}

func build(t testing.TB, places []Place) []byte {
	t.Helper()
	b := NewBuilder()
	b.AddCountry("BB", "BBB")
	b.AddCountry("AA", "AAA")
	b.AddDemonym("Bebian", "BBB")
	b.AddDemonym("Upper Ardanian", "AAA")
	for _, p := range places {
		b.Add(p)
	}
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRoundTrip(t *testing.T) {
	g, err := Open(build(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range sample() {
		for _, n := range append(p.Names, Name{p.Name, Main}) {
			hits := g.Lookup(nil, KeyOf(n.Text))
			i := slices.IndexFunc(hits, func(h Hit) bool { return g.GeoNameID(h.ID) == p.GeoNameID })
			if i < 0 {
				t.Errorf("%q is not found", n.Text)
				continue
			}
			id := hits[i].ID
			lat, lon := g.Coord(id)
			if math.Abs(lat-p.Lat) > 1e-4 || math.Abs(lon-p.Lon) > 1e-4 {
				t.Errorf("%q at %v %v, want %v %v", p.Name, lat, lon, p.Lat, p.Lon)
			}
			got := fmt.Sprint(g.Name(id), g.FCode(id), g.Country(g.CountryNumber(id)).ISO2)
			if want := fmt.Sprint(p.Name, p.FCode, p.Country); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if want := math.Log2(float64(p.Pop) + 1); p.Pop > 0 && math.Abs(g.LogPop(id)-want) > 0.07 {
				t.Errorf("%q: log of population %v, want %v", p.Name, g.LogPop(id), want)
			}
		}
	}
	if hits := g.Lookup(nil, KeyOf("Brillon")); len(hits) > 0 {
		t.Errorf("%d hits for a name that nobody bears", len(hits))
	}
	if hits := g.Lookup(nil, KeyOf("Brill")); len(hits) != 2 {
		t.Errorf("%d hits for Brill, want 2", len(hits))
	}
}

func TestAreas(t *testing.T) {
	g, err := Open(build(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	id := g.Lookup(nil, KeyOf("Brillstad"))[0].ID
	if _, area := g.Admin1(g.Area(id)); area == NoID || g.Name(area) != "Upper Ardania" {
		t.Errorf("area of Brill is %v", area)
	}
	if c := g.Country(g.CountryNumber(id)); c.ISO3 != "AAA" || g.Name(c.Place) != "Ardania" {
		t.Errorf("country of Brill is %+v", c)
	}
}

func TestDemonyms(t *testing.T) {
	g, err := Open(build(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"Bebian": "BBB", "upper ardanian": "AAA", "Ardanian": ""} {
		if got := g.Country(g.Demonym(KeyOf(word))).ISO3; got != want {
			t.Errorf("%s belongs to %q, want %q", word, got, want)
		}
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	a := sample()
	b := slices.Clone(a)
	slices.Reverse(b)
	if !bytes.Equal(build(t, a), build(t, b)) {
		t.Error("the order of Add changes the file")
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := build(t, sample())
	for _, data := range [][]byte{nil, whole[:20], whole[:len(whole)-1], append([]byte("x"), whole...)} {
		if _, err := Open(data); !errors.Is(err, ErrFormat) {
			t.Errorf("%d bytes: error %v, want ErrFormat", len(data), err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(build(f, sample()[:2]), uint16(3))
	f.Fuzz(func(t *testing.T, data []byte, at uint16) {
		g, err := Open(data)
		if err != nil || g.Len() == 0 {
			return
		}
		for _, h := range g.Lookup(nil, Key(uint64(at)<<48)) {
			g.Name(h.ID)
		}
		id := ID(int(at) % g.Len())
		g.Name(id)
		g.Demonym(Key(uint64(at) << 48))
		g.FCode(id)
		g.Country(g.CountryNumber(id))
	})
}

func TestDistance(t *testing.T) {
	if d := Distance(52.52, 13.405, 48.8566, 2.3522); math.Abs(d-878) > 3 {
		t.Errorf("Berlin to Paris %.0f km, want 878", d)
	}
}
