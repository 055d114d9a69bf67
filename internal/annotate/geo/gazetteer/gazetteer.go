// Package gazetteer keeps a quarter of a million places in one block of bytes
// and answers which of them bear a name. Builder writes the block, Gazetteer
// reads it in place: opening it costs a look at the header, and nothing is
// copied to the heap until a place is asked for. The layout is described in
// docs/format/gazetteer.md.
//
// It does not recognise names in text and does not choose between places.
package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sort"
)

// Version is the version of the layout that this package writes and reads.
// 1: first layout. 2: a section of demonyms.
const Version = 2

const magic = "CASUSGAZ"

// Sizes of fixed records, in bytes.
const (
	placeSize  = 14
	admin1Size = 4
	blockNames = 16 // names in a front-coded block
	entrySize  = 6  // fingerprint and posting
	demonSize  = 9  // key and country
	numBuckets = 1 << 16
)

// ErrFormat is wrapped by Open when the bytes are not a gazetteer of this
// version.
var ErrFormat = errors.New("gazetteer: not a gazetteer of this version")

// ID is the number of a place in one gazetteer file; it is not a GeoNames id.
type ID int32

// NoID stands for no place.
const NoID ID = -1

// Kind says how a name belongs to a place.
type Kind uint8

// The kinds of names. Alternate names are mostly names in other languages and
// weaker evidence; an abbreviation ("Ky.") counts only beside a larger name.
const (
	Main Kind = iota
	Alternate
	Abbreviation
	Variant // an English form added by hand or by rule: as good as Main
)

// Hit is a place that bears the name asked for.
type Hit struct {
	ID   ID
	Kind Kind
}

// Country is a country with its codes and the point of the country itself.
type Country struct {
	ISO2, ISO3 string
	Place      ID // NoID when the gazetteer has no point for it
}

// Gazetteer answers from a block of bytes. It is immutable and safe for
// concurrent use.
type Gazetteer struct {
	places, names, blocks, buckets, entries, admin1, demonyms []byte

	countries []Country // from 1; 0 means no country
	fcodes    []string
	n         int
}

// Open reads the header of a gazetteer; the bytes are kept and must not
// change.
func Open(data []byte) (*Gazetteer, error) {
	sections, err := split(data)
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{places: sections[2], blocks: sections[3], names: sections[4], buckets: sections[5], entries: sections[6],
		admin1: sections[7], demonyms: sections[8]}
	if len(g.places)%placeSize != 0 || len(g.admin1)%admin1Size != 0 || len(g.entries)%entrySize != 0 || len(g.demonyms)%demonSize != 0 ||
		len(g.buckets) != 4*(numBuckets+1) {
		return nil, fmt.Errorf("%w: section sizes", ErrFormat)
	}
	g.n = len(g.places) / placeSize
	if len(g.blocks) != 4*((g.n+blockNames-1)/blockNames) {
		return nil, fmt.Errorf("%w: name blocks", ErrFormat)
	}
	g.readCountries(sections[0])
	g.fcodes = lines(sections[1])
	return g, nil
}

// split cuts the file into its sections: magic, version, count, then offset
// and length of each.
func split(data []byte) ([][]byte, error) {
	const count = 9
	head := len(magic) + 8 + 8*count
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no magic", ErrFormat)
	}
	le := binary.LittleEndian
	p := data[len(magic):]
	if v, n := le.Uint32(p), le.Uint32(p[4:]); v != Version || n != count {
		return nil, fmt.Errorf("%w: version %d with %d sections", ErrFormat, v, n)
	}
	out := make([][]byte, count)
	for i := range out {
		off, size := uint64(le.Uint32(p[8+8*i:])), uint64(le.Uint32(p[12+8*i:]))
		if off+size > uint64(len(data)) {
			return nil, fmt.Errorf("%w: section %d ends outside the file", ErrFormat, i)
		}
		out[i] = data[off : off+size : off+size]
	}
	return out, nil
}

func (g *Gazetteer) readCountries(b []byte) {
	g.countries = append(g.countries, Country{Place: NoID})
	for ; len(b) >= 8; b = b[8:] {
		c := Country{ISO2: string(b[:2]), ISO3: string(b[2:5]), Place: ID(u24(b[5:]))}
		if c.Place == noPlace {
			c.Place = NoID
		}
		g.countries = append(g.countries, c)
	}
}

const noPlace = 1<<24 - 1

func lines(b []byte) []string {
	var out []string
	for len(b) > 0 {
		n := int(b[0])
		if n+1 > len(b) {
			break
		}
		out = append(out, string(b[1:n+1]))
		b = b[n+1:]
	}
	return out
}

func u24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }

// Len gives the number of places.
func (g *Gazetteer) Len() int { return g.n }

// Lookup appends the places that bear the name to hits. The order is that of
// the file and does not change.
func (g *Gazetteer) Lookup(hits []Hit, k Key) []Hit {
	bucket := int(uint64(k) >> 48)
	fp := uint32(uint64(k)>>24) & 0xFFFFFF
	from := binary.LittleEndian.Uint32(g.buckets[4*bucket:])
	to := min(binary.LittleEndian.Uint32(g.buckets[4*bucket+4:]), uint32(len(g.entries)/entrySize))
	for i := from; i < to; i++ {
		e := g.entries[entrySize*i : entrySize*i+entrySize]
		if u24(e) != fp {
			continue
		}
		p := u24(e[3:])
		if id := ID(p & idMask); int(id) < g.n {
			hits = append(hits, Hit{id, Kind(p >> kindShift)})
		}
	}
	return hits
}

// Demonym gives the number of the country that an adjective or a word for its
// people ("Kenyan", "Poles") belongs to, 0 for none.
func (g *Gazetteer) Demonym(k Key) uint8 {
	n := len(g.demonyms) / demonSize
	i := sort.Search(n, func(i int) bool { return Key(binary.LittleEndian.Uint64(g.demonyms[demonSize*i:])) >= k })
	if i == n || Key(binary.LittleEndian.Uint64(g.demonyms[demonSize*i:])) != k {
		return 0
	}
	return g.demonyms[demonSize*i+8]
}

// A posting keeps the kind of name in its two highest bits.
const (
	kindShift = 22
	idMask    = 1<<kindShift - 1
)

func (g *Gazetteer) rec(id ID) []byte {
	return g.places[placeSize*int(id) : placeSize*int(id)+placeSize]
}

// GeoNameID gives the GeoNames id; 0 for a place that is not from GeoNames.
func (g *Gazetteer) GeoNameID(id ID) int32 { return int32(binary.LittleEndian.Uint32(g.rec(id))) }

// Coord gives latitude and longitude in degrees, to about a metre.
func (g *Gazetteer) Coord(id ID) (lat, lon float64) {
	r := g.rec(id)
	return float64(u24(r[4:]))*(180.0/(1<<24)) - 90, float64(u24(r[7:]))*(360.0/(1<<24)) - 180
}

// Area gives the number of the first-level area of a place, see Admin1; 0
// stands for none.
func (g *Gazetteer) Area(id ID) uint16 { return binary.LittleEndian.Uint16(g.rec(id)[10:]) }

// Admin1 gives the country number of an area and the place that is the area
// itself, NoID where it is not known.
func (g *Gazetteer) Admin1(area uint16) (country uint8, place ID) {
	if int(area) >= len(g.admin1)/admin1Size {
		return 0, NoID
	}
	r := g.admin1[admin1Size*int(area):]
	if p := u24(r[1:]); p != noPlace {
		return r[0], ID(p)
	}
	return r[0], NoID
}

// CountryNumber gives the number of the country of a place in this file, 0
// for none.
func (g *Gazetteer) CountryNumber(id ID) uint8 {
	c, _ := g.Admin1(g.Area(id))
	return c
}

// Country gives the codes of a country number; the zero Country for 0 and for
// a number that is not in the file.
func (g *Gazetteer) Country(n uint8) Country {
	if int(n) >= len(g.countries) {
		return g.countries[0]
	}
	return g.countries[n]
}

// NumCountries gives the number of countries; their numbers begin at 1.
func (g *Gazetteer) NumCountries() int { return len(g.countries) - 1 }

// FCode gives the GeoNames class and code, as "P.PPLA2".
func (g *Gazetteer) FCode(id ID) string {
	if c := int(g.rec(id)[12]); c < len(g.fcodes) {
		return g.fcodes[c]
	}
	return ""
}

// LogPop gives the binary logarithm of the population, to an eighth; 0 when it
// is not known.
func (g *Gazetteer) LogPop(id ID) float64 { return float64(g.rec(id)[13]) / 8 }

// Name gives the main name of a place.
func (g *Gazetteer) Name(id ID) string {
	block := int(id) / blockNames
	p := int(binary.LittleEndian.Uint32(g.blocks[4*block:]))
	var name []byte
	for range int(id)%blockNames + 1 {
		if p+2 > len(g.names) {
			return ""
		}
		shared, n := int(g.names[p]), int(g.names[p+1])
		p += 2
		if shared > len(name) || p+n > len(g.names) {
			return ""
		}
		name = append(name[:shared], g.names[p:p+n]...)
		p += n
	}
	return string(name)
}

// Distance gives the great-circle distance in kilometres.
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a := math.Sin((lat2 - lat1) * rad / 2)
	b := math.Sin((lon2 - lon1) * rad / 2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return 2 * 6371.0088 * math.Asin(min(1, math.Sqrt(h)))
}
