package gazetteer

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
)

// Place is a place as Builder takes it.
type Place struct {
	GeoNameID int32
	Name      string
	FCode     string
	Lat, Lon  float64
	Country   string // ISO 3166 alpha-2, "" for none
	Admin1    string // code within the country, "" for none
	Area      bool   // the place is the first-level area Admin1 itself
	Nation    bool   // the place is the country itself
	Pop       int64
	Names     []Name // besides Name
}

// Name is a further name of a place.
type Name struct {
	Text string
	Kind Kind
}

// Builder collects places and writes a gazetteer. Equal input gives equal
// bytes, whatever the order of the calls.
type Builder struct {
	places    []Place
	countries map[string]string // alpha-2 to alpha-3
	demonyms  map[Key]string    // key to alpha-3
}

// NewBuilder gives an empty builder.
func NewBuilder() *Builder {
	return &Builder{countries: map[string]string{}, demonyms: map[Key]string{}}
}

// AddCountry tells the codes of a country.
func (b *Builder) AddCountry(iso2, iso3 string) { b.countries[iso2] = iso3 }

// AddDemonym tells an adjective or a word for the people of a country, by its
// alpha-3 code. A word of two countries belongs to the first by code.
func (b *Builder) AddDemonym(word, iso3 string) {
	k := KeyOf(word)
	if old, ok := b.demonyms[k]; !ok || iso3 < old {
		b.demonyms[k] = iso3
	}
}

// Add takes a place.
func (b *Builder) Add(p Place) { b.places = append(b.places, p) }

// Len gives the number of places taken.
func (b *Builder) Len() int { return len(b.places) }

// WriteTo writes the gazetteer.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	slices.SortStableFunc(b.places, func(x, y Place) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(y.Pop, x.Pop), cmp.Compare(x.GeoNameID, y.GeoNameID),
			cmp.Compare(x.Lat, y.Lat), cmp.Compare(x.FCode, y.FCode))
	})
	if len(b.places) > idMask {
		return 0, fmt.Errorf("gazetteer: %d places are more than the layout holds", len(b.places))
	}
	t, err := b.tables()
	if err != nil {
		return 0, err
	}
	blocks, names, err := b.names()
	if err != nil {
		return 0, err
	}
	buckets, entries := b.index()
	demonyms, err := b.demonymTable()
	if err != nil {
		return 0, err
	}
	return writeSections(w, [][]byte{t.countries, t.fcodes, t.places, blocks, names, buckets, entries, t.admin1, demonyms})
}

func writeSections(w io.Writer, sections [][]byte) (int64, error) {
	le := binary.LittleEndian
	head := []byte(magic)
	head = le.AppendUint32(head, Version)
	head = le.AppendUint32(head, uint32(len(sections)))
	off := len(head) + 8*len(sections)
	for _, s := range sections {
		head = le.AppendUint32(head, uint32(off))
		head = le.AppendUint32(head, uint32(len(s)))
		off += len(s)
	}
	var total int64
	for _, s := range append([][]byte{head}, sections...) {
		n, err := w.Write(s)
		total += int64(n)
		if err != nil {
			return total, fmt.Errorf("gazetteer: write: %w", err)
		}
	}
	return total, nil
}

type tables struct{ countries, fcodes, places, admin1 []byte }

// tables makes the fixed records of places and the tables they refer to.
func (b *Builder) tables() (*tables, error) {
	t := &tables{}
	country, nation := b.countryNumbers(), make([]ID, len(b.countries)+1)
	area, areaPlace := b.areaNumbers(country)
	codes := b.fcodes()
	for i := range nation {
		nation[i] = noPlace
	}
	for i := range b.places {
		p := &b.places[i]
		if p.Nation {
			nation[country[p.Country]] = ID(i)
		}
		if p.Country != "" && country[p.Country] == 0 {
			return nil, fmt.Errorf("gazetteer: place %q: unknown country %q", p.Name, p.Country)
		}
		t.places = appendPlace(t.places, p, area.number[areaKey{country[p.Country], p.Admin1}], uint8(slices.Index(codes, p.FCode)))
	}
	for _, c := range sortedKeys(b.countries) {
		t.countries = append(append(t.countries, c...), b.countries[c]...)
		t.countries = append24(t.countries, uint32(nation[country[c]]))
	}
	for i, k := range area.keys {
		t.admin1 = append24(append(t.admin1, k.country), uint32(areaPlace[i]))
	}
	for _, c := range codes {
		t.fcodes = append(append(t.fcodes, uint8(len(c))), c...)
	}
	return t, nil
}

func appendPlace(out []byte, p *Place, area uint16, fcode uint8) []byte {
	out = binary.LittleEndian.AppendUint32(out, uint32(p.GeoNameID))
	out = append24(out, scale(p.Lat+90, 180))
	out = append24(out, scale(p.Lon+180, 360))
	out = binary.LittleEndian.AppendUint16(out, area)
	pop := 0.0
	if p.Pop > 0 {
		pop = math.Round(8 * math.Log2(float64(p.Pop)+1))
	}
	return append(out, fcode, uint8(min(pop, 255)))
}

func scale(v, full float64) uint32 {
	return uint32(min(max(math.Round(v/full*(1<<24)), 0), 1<<24-1))
}

func append24(b []byte, v uint32) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (b *Builder) countryNumbers() map[string]uint8 {
	out := map[string]uint8{}
	for i, c := range sortedKeys(b.countries) {
		out[c] = uint8(i + 1)
	}
	return out
}

// demonymTable makes the records of demonyms, sorted by key.
func (b *Builder) demonymTable() ([]byte, error) {
	number := map[string]uint8{}
	for iso2, n := range b.countryNumbers() {
		number[b.countries[iso2]] = n
	}
	var keys []Key
	for k := range b.demonyms {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var out []byte
	for _, k := range keys {
		n := number[b.demonyms[k]]
		if n == 0 {
			return nil, fmt.Errorf("gazetteer: demonym of unknown country %q", b.demonyms[k])
		}
		out = append(binary.LittleEndian.AppendUint64(out, uint64(k)), n)
	}
	return out, nil
}

type areaKey struct {
	country uint8
	code    string
}

type areas struct {
	keys   []areaKey
	number map[areaKey]uint16
}

// areaNumbers numbers the first-level areas, sorted by country and code; the
// empty code stands for the country as a whole, and number 0 for nowhere.
func (b *Builder) areaNumbers(country map[string]uint8) (areas, []ID) {
	seen := map[areaKey]ID{{}: noPlace}
	for i := range b.places {
		p := &b.places[i]
		k := areaKey{country[p.Country], p.Admin1}
		if old, ok := seen[k]; !ok || old == noPlace {
			seen[k] = noPlace
			if p.Area {
				seen[k] = ID(i)
			}
		}
	}
	a := areas{number: map[areaKey]uint16{}}
	for k := range seen {
		a.keys = append(a.keys, k)
	}
	slices.SortFunc(a.keys, func(x, y areaKey) int {
		return cmp.Or(cmp.Compare(x.country, y.country), cmp.Compare(x.code, y.code))
	})
	place := make([]ID, len(a.keys))
	for i, k := range a.keys {
		a.number[k], place[i] = uint16(i), seen[k]
	}
	return a, place
}

func (b *Builder) fcodes() []string {
	seen := map[string]string{}
	for i := range b.places {
		seen[b.places[i].FCode] = ""
	}
	return sortedKeys(seen)
}

// names front-codes the main names, which stand in sorted order: each begins
// with the number of bytes it shares with the one before.
func (b *Builder) names() (blocks, names []byte, err error) {
	last := ""
	for i := range b.places {
		name := b.places[i].Name
		if len(name) > 255 || name == "" {
			return nil, nil, fmt.Errorf("gazetteer: name %q of %d bytes", name, len(name))
		}
		if i%blockNames == 0 {
			blocks = binary.LittleEndian.AppendUint32(blocks, uint32(len(names)))
			last = ""
		}
		n := 0
		for n < len(last) && n < len(name) && last[n] == name[n] {
			n++
		}
		names = append(names, uint8(n), uint8(len(name)-n))
		names = append(names, name[n:]...)
		last = name
	}
	return blocks, names, nil
}

type entry struct {
	key     Key
	posting uint32
}

// index makes the table from fingerprints to places, in buckets by the high
// bits of the key. A place that bears a name in several ways is listed once,
// with the strongest.
func (b *Builder) index() (buckets, entries []byte) {
	var all []entry
	for i := range b.places {
		all = append(all, b.keys(i)...)
	}
	slices.SortFunc(all, func(x, y entry) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.posting, y.posting)) })
	at := 0
	for bucket := range numBuckets {
		buckets = binary.LittleEndian.AppendUint32(buckets, uint32(len(entries)/entrySize))
		for ; at < len(all) && int(uint64(all[at].key)>>48) == bucket; at++ {
			entries = append24(entries, uint32(uint64(all[at].key)>>24)&0xFFFFFF)
			entries = append24(entries, all[at].posting)
		}
	}
	return binary.LittleEndian.AppendUint32(buckets, uint32(len(entries)/entrySize)), entries
}

// strength orders the kinds of names, the strongest first.
var strength = [...]int{Main: 0, Variant: 1, Alternate: 2, Abbreviation: 3}

func (b *Builder) keys(i int) []entry {
	p := &b.places[i]
	best := map[Key]Kind{KeyOf(p.Name): Main}
	for _, n := range p.Names {
		f := NewFolder()
		f.Write(n.Text)
		if old, ok := best[f.Key()]; !f.Empty() && (!ok || strength[n.Kind] < strength[old]) {
			best[f.Key()] = n.Kind
		}
	}
	var out []entry
	for k, kind := range best {
		out = append(out, entry{k, uint32(kind)<<kindShift | uint32(i)})
	}
	return out
}
