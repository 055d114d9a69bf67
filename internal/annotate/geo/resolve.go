package geo

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"casus"
	"casus/internal/annotate/geo/gazetteer"
)

// placeClass groups feature codes by how news uses them.
type placeClass uint8

const (
	town placeClass = iota
	capital
	county
	state
	nation
	large // regions, seas, continents, mountains
	site
)

func class(fcode string) placeClass {
	switch {
	case strings.HasPrefix(fcode, "A.PCL"):
		return nation
	case fcode == "A.ADM1":
		return state
	case fcode == "A.ADM2":
		return county
	case fcode == "P.PPLC":
		return capital
	case strings.HasPrefix(fcode, "P"):
		return town
	case strings.HasPrefix(fcode, "S"), strings.HasPrefix(fcode, "R"):
		return site
	}
	return large
}

// candidate is a place that a name may mean, with what resolution asks of it.
type candidate struct {
	id      gazetteer.ID
	class   placeClass
	kind    gazetteer.Kind
	logPop  float64
	country uint8
	area    uint16
	vec     [3]float64 // unit vector of the point
	prior   float64
	within  bool // what holds it stands beside it, or it holds what stands beside
	score   float64
	p       float64 // share among the candidates of the name
}

// sense is one name of the document: a name has one meaning throughout, as
// writers keep to it after the first mention.
type sense struct {
	key    gazetteer.Key
	count  float64
	tagged bool // a mention is a place for the tagger
	heeded bool // a hint has been counted
	weight float64
	cands  []candidate
}

// Weights of the evidence, in natural logarithms of odds. They were set by
// hand and then moved while watching development scores.
const (
	wCountry  = 3.2
	wArea     = 4.2
	wNear     = 3.0
	wWithin   = 9
	wWant     = 6
	wPeople   = 0.4
	wHome     = 6
	homeFree  = 0.4  // home words that count nothing
	bigArea   = 0.09 // by which an area counts less for each doubling beyond four million people
	wHeed     = 6
	maxCands  = 24
	nearKm    = 120
	minShare  = 0.40 // below it the place stays unknown
	roundsMax = 3

	leadFactor     = 2.5 // between the best place and the next
	minShareAround = 0.5 // of all candidates near the best one together
)

// resolve chooses a place for each mention.
func (r *run) resolve() {
	r.collect()
	r.heed()
	r.containment()
	r.admit()
	r.home()
	for round := range roundsMax {
		r.share()
		if round < roundsMax-1 {
			r.vote()
		}
	}
	for i := range r.s.mentions {
		r.choose(&r.s.mentions[i])
	}
}

// collect gathers the distinct names and their candidates.
func (r *run) collect() {
	for i := range r.s.mentions {
		m := &r.s.mentions[i]
		m.chosen = gazetteer.NoID
		j, ok := r.s.byKey[m.key]
		if !ok {
			j = len(r.s.senses)
			r.s.byKey[m.key] = j
			r.s.grow()
			sn := &r.s.senses[j]
			sn.key, sn.count, sn.tagged, sn.heeded, sn.cands = m.key, 0, false, false, sn.cands[:0]
			r.candidates(sn, m)
		}
		r.s.senses[j].tagged = r.s.senses[j].tagged || m.tagged
		m.sense = j
	}
}

// heed lets a hint beside one mention count for the name wherever it stands,
// if it means another part of the world than the name alone would: once
// somebody speaks of "the city of Turkey", so does the rest of the text. New
// York is a city for all its governors.
func (r *run) heed() {
	for i := range r.s.mentions {
		m := &r.s.mentions[i]
		sn := &r.s.senses[m.sense]
		if m.want == wantAny || len(sn.cands) == 0 || sn.heeded || r.fitsNear(m.want, sn.cands) {
			continue
		}
		sn.heeded = true
		for j := range sn.cands {
			if c := &sn.cands[j]; m.want.fits(c) && c.kind != gazetteer.Alternate {
				c.prior += wHeed
				c.score = c.prior
			}
		}
	}
}

// fitsNear reports that the likeliest place, or one right beside it, is of the
// class asked for.
func (r *run) fitsNear(w want, cands []candidate) bool {
	for j := range cands {
		if w.fits(&cands[j]) && cands[j].country == cands[0].country && dot(cands[j].vec, cands[0].vec) > cosFar {
			return true
		}
	}
	return false
}

// admit drops the mentions with too little evidence. A name that the tagger
// calls a place elsewhere in the document is likely one here too, and one that
// a state or country follows ("Ware, Massachusetts") surely is.
func (r *run) admit() {
	kept := r.s.mentions[:0]
	r.s.moved = r.s.moved[:0]
	for i := range r.s.mentions {
		m := r.s.mentions[i]
		r.s.moved = append(r.s.moved, -1)
		e := m.evidence
		if sn := &r.s.senses[m.sense]; sn.tagged && !m.tagged {
			e += 1.7
		}
		if m.contained {
			e += 4
		}
		if m.abbrev && (i == 0 || r.s.moved[i-1] < 0) {
			e = 0 // "Ann Reyes, M.D."
		}
		if e >= minEvidence {
			r.s.senses[m.sense].count++
			r.s.moved[i] = int32(len(kept))
			kept = append(kept, m)
		}
	}
	for i := range kept {
		if o := kept[i].outer; o >= 0 {
			kept[i].outer = r.s.moved[o]
		}
	}
	r.s.mentions = kept
}

// outletWeight is how much the outlet's own name counts beside a mention in the
// text.
const outletWeight = 1

// home lets a place in the name of the outlet vote: what the "Accra Courier"
// calls Paris may still be in France, but Tema is in Ghana.
func (r *run) home() {
	words := strings.Fields(r.doc.Outlet)
	for i := range words {
		f := gazetteer.NewFolder()
		f.Write(words[i])
		key := f.Key()
		if _, told := r.s.byKey[key]; told || f.Empty() || len(words[i]) < 4 {
			continue
		}
		from := len(r.s.hits)
		r.s.hits = r.a.gaz.Lookup(r.s.hits, key)
		if len(r.s.hits) == from || r.a.confusable[key] {
			continue
		}
		r.s.grow()
		sn := &r.s.senses[len(r.s.senses)-1]
		sn.key, sn.count, sn.tagged, sn.heeded, sn.cands = key, outletWeight, false, false, sn.cands[:0]
		r.candidates(sn, &mention{hits: [2]int32{int32(from), int32(len(r.s.hits))}})
	}
}

// grow adds a sense, keeping the memory of an earlier document's.
func (s *scratch) grow() {
	if len(s.senses) < cap(s.senses) {
		s.senses = s.senses[:len(s.senses)+1]
		return
	}
	s.senses = append(s.senses, sense{})
}

func (r *run) candidates(sn *sense, m *mention) {
	for _, h := range r.s.hits[m.hits[0]:m.hits[1]] {
		sn.cands = append(sn.cands, r.candidate(h))
	}
	demoteStates(sn.cands)
	r.preferWaters(sn.cands, m)
	slices.SortFunc(sn.cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.prior, a.prior), cmp.Compare(a.id, b.id))
	})
	if len(sn.cands) > maxCands {
		sn.cands = sn.cands[:maxCands]
	}
}

// demoteStates lowers a first-level area where its name means something else
// first: its own chief city, when that holds a good part of it ("Aleppo" is the
// city, but "Quebec" the province), or the capital of the country
// ("Washington").
func demoteStates(cands []candidate) {
	for i := range cands {
		st := &cands[i]
		if st.class != state {
			continue
		}
		for j := range cands {
			c := &cands[j]
			if c.kind == gazetteer.Alternate || c.country != st.country || c.class != capital && (c.class != town || c.area != st.area) {
				continue
			}
			if c.class == capital || c.logPop > st.logPop-logTenth {
				st.prior -= 4
				st.score = st.prior
				break
			}
		}
	}
}

// preferWaters lowers lands called after the sea or river that the name says it is:
// "the Red Sea" is no governorate of Egypt.
func (r *run) preferWaters(cands []candidate, m *mention) {
	if m.end <= m.first {
		return // the home of an outlet, of no words here
	}
	switch r.doc.Form(m.end - 1) {
	case "Sea", "Ocean", "Gulf", "Strait", "Straits", "Channel", "Canal", "River", "Lake", "Bay":
	default:
		return
	}
	water := func(c candidate) bool { return strings.HasPrefix(r.a.gaz.FCode(c.id), "H.") }
	if !slices.ContainsFunc(cands, water) {
		return
	}
	for i := range cands {
		if c := &cands[i]; !water(*c) {
			c.prior -= 6
			c.score = c.prior
		}
	}
}

const logTenth = 3.3 // binary logarithm of ten

// priors by class: a name that is both a country and a town means the country
// unless the document says otherwise.
var classPrior = [...]float64{town: 0, capital: 3, county: 0.5, state: 3.5, nation: 6, large: 3.5, site: 1}

func (r *run) candidate(h gazetteer.Hit) candidate {
	g := r.a.gaz
	lat, lon := g.Coord(h.ID)
	fcode := g.FCode(h.ID)
	c := candidate{id: h.ID, class: class(fcode), area: g.Area(h.ID), country: g.CountryNumber(h.ID), vec: unit(lat, lon),
		kind: h.Kind, logPop: g.LogPop(h.ID)}
	c.prior = classPrior[c.class] + 0.35*c.logPop
	if c.class == state { // few know the first-level areas of small countries
		c.prior -= classPrior[state] * (1 - min(max(c.logPop-14, 0)/6, 1))
	}
	switch fcode {
	case "P.PPLA":
		c.prior += 0.5
	case "P.PPLX":
		c.prior -= 1
	}
	switch h.Kind {
	case gazetteer.Alternate:
		c.prior -= 4
		if c.class == nation { // "Tunis" is Tunisia in Russian only
			c.prior -= 4
		}
	case gazetteer.Abbreviation:
		c.prior -= 1
	}
	c.score = c.prior
	return c
}

func unit(lat, lon float64) [3]float64 {
	const rad = math.Pi / 180
	return [3]float64{math.Cos(lat*rad) * math.Cos(lon*rad), math.Cos(lat*rad) * math.Sin(lon*rad), math.Sin(lat * rad)}
}

func dot(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// cosKm gives the cosine of an angle that spans so many kilometres on Earth.
func cosKm(km float64) float64 { return math.Cos(km / 6371) }

var (
	cosNear = cosKm(nearKm)
	cosFar  = cosKm(3 * nearKm)
)

// share turns scores into shares among the candidates of each name.
func (r *run) share() {
	for i := range r.s.senses {
		cands := r.s.senses[i].cands
		if len(cands) == 0 {
			continue
		}
		top := math.Inf(-1)
		for j := range cands {
			top = max(top, cands[j].score)
		}
		sum := 0.0
		for j := range cands {
			cands[j].p = math.Exp(cands[j].score - top)
			sum += cands[j].p
		}
		for j := range cands {
			cands[j].p /= sum
		}
	}
}

// vote lets every name speak for the country, the area and the neighbourhood
// of every other.
func (r *run) vote() {
	r.s.country = [256]float64{}
	clear(r.s.area)
	for c, n := range r.s.people {
		r.s.country[c] += wPeople*math.Sqrt(n) + homeVote(r.s.home[c])
	}
	r.weigh()
	for i := range r.s.senses {
		sn := &r.s.senses[i]
		for _, c := range sn.cands {
			r.s.country[c.country] += sn.weight * c.p
			r.s.area[c.area] += sn.weight * c.p
		}
	}
	for i := range r.s.senses {
		r.revise(&r.s.senses[i])
	}
}

// weigh gives each name the root of how often its place is told, which it
// shares with the other names of the place: "U.S.", "America", "United States".
func (r *run) weigh() {
	clear(r.s.told)
	for i := range r.s.senses {
		r.s.told[r.s.senses[i].best()] += r.s.senses[i].count
	}
	for i := range r.s.senses {
		sn := &r.s.senses[i]
		sn.weight = 0
		if sn.count > 0 {
			sn.weight = sn.count / math.Sqrt(r.s.told[sn.best()])
		}
	}
}

// best gives the likeliest place of a name, by itself the first of a tie.
func (sn *sense) best() gazetteer.ID {
	best := gazetteer.NoID
	p := -1.0
	for i := range sn.cands {
		if sn.cands[i].p > p {
			best, p = sn.cands[i].id, sn.cands[i].p
		}
	}
	return best
}

func (r *run) revise(sn *sense) {
	w := sn.weight
	for j := range sn.cands {
		c := &sn.cands[j]
		c.score = c.prior
		if c.within {
			c.score += wWithin
		}
		if c.class == large && c.country == 0 {
			continue
		}
		inCountry, inArea := sn.own(c)
		if v := r.s.country[c.country] - w*inCountry; v > 0 && c.country != 0 {
			c.score += wCountry * math.Log1p(v)
		}
		if v := r.s.area[c.area] - w*inArea; v > 0 && c.area != 0 && c.class != nation {
			c.score += wArea * r.closeKnit(c.area) * math.Log1p(v)
		}
		if c.class == town || c.class == county || c.class == capital {
			c.score += wNear * math.Log1p(r.near(sn, c))
		}
	}
}

// closeKnit says how much it tells that two places lie in one first-level area:
// less in England than in Vermont.
func (r *run) closeKnit(area uint16) float64 {
	_, id := r.a.gaz.Admin1(area)
	if id == gazetteer.NoID {
		return 1
	}
	return min(max(1-bigArea*(r.a.gaz.LogPop(id)-22), 0.4), 1)
}

// own gives the shares of the name's own candidates in the country and the area
// of one: twenty Bristols of one country do not vote for each other.
func (sn *sense) own(c *candidate) (country, area float64) {
	for i := range sn.cands {
		o := &sn.cands[i]
		if o.country == c.country {
			country += o.p
		}
		if o.area == c.area {
			area += o.p
		}
	}
	return country, area
}

// near adds up the other names that lie close by.
func (r *run) near(self *sense, c *candidate) float64 {
	sum := 0.0
	for i := range r.s.senses {
		sn := &r.s.senses[i]
		if sn == self || sn.count == 0 {
			continue
		}
		for j := 0; j < len(sn.cands) && j < 4; j++ {
			o := &sn.cands[j]
			if o.class == nation || o.class == large || o.class == state {
				continue
			}
			switch d := dot(c.vec, o.vec); {
			case d > cosNear:
				sum += o.p
			case d > cosFar:
				sum += 0.3 * o.p
			}
		}
	}
	return sum
}

// choose takes the best candidate of a mention's name, or none when the
// evidence is spread too thin. What the words around this one mention say
// counts on top of what the document says of the name.
func (r *run) choose(m *mention) {
	if m.done {
		return
	}
	m.done = true
	if m.outer >= 0 { // what holds a place is chosen first
		r.choose(&r.s.mentions[m.outer])
	}
	cands := r.s.senses[m.sense].cands
	if len(cands) == 0 {
		return
	}
	outer := r.outer(m)
	best, told := -1, false
	top := math.Inf(-1)
	for j := range cands {
		s := math.Log(cands[j].p + 1e-9)
		if m.want != wantAny && m.want.fits(&cands[j]) {
			s += m.want.weight()
		}
		if outer != nil && r.holds(outer, &cands[j], m.reach) || m.country != 0 && cands[j].country == m.country {
			s += wWithin
			told = true
		}
		if s > top {
			best, top = j, s
		}
	}
	if outer != nil && !told && r.elsewhere(m, outer) {
		return
	}
	if m.want == wantTown && cands[best].class == nation {
		return // "the city of Turkey" is none that the gazetteer knows
	}
	told = told || m.want != wantAny && m.want.fits(&cands[best])
	if !told && cands[best].p < minShare && around(cands, best) < minShareAround && !leads(cands, best) {
		return
	}
	m.chosen = cands[best].id
}

// outer gives the place chosen for the mention that holds this one.
func (r *run) outer(m *mention) *candidate {
	if m.outer < 0 {
		return nil
	}
	o := &r.s.mentions[m.outer]
	cands := r.s.senses[o.sense].cands
	for j := range cands {
		if cands[j].id == o.chosen {
			return &cands[j]
		}
	}
	return nil
}

// leads reports a candidate far ahead of every other place, as Bristol in
// England is of each of twenty in America.
func leads(cands []candidate, best int) bool {
	for j := range cands {
		near := cands[j].country == cands[best].country && dot(cands[j].vec, cands[best].vec) > cosNear
		if j != best && !near && leadFactor*cands[j].p > cands[best].p {
			return false
		}
	}
	return true
}

// around adds up the shares of the candidates near the best one: of a town and
// the province named after it either answer is right enough.
func around(cands []candidate, best int) float64 {
	sum := 0.0
	for j := range cands {
		if cands[j].country == cands[best].country && dot(cands[j].vec, cands[best].vec) > cosNear {
			sum += cands[j].p
		}
	}
	return sum
}

// places makes the layer from the mentions.
func (r *run) places() []casus.Place {
	out := make([]casus.Place, 0, len(r.s.mentions))
	for i := range r.s.mentions {
		out = append(out, r.place(&r.s.mentions[i]))
	}
	r.relate(out)
	return slices.DeleteFunc(out, seat)
}

// seat reports a building that stands for those who sit in it: "the White
// House denied" speaks of no place, "at the White House" does.
func seat(p casus.Place) bool { return p.FCode == "S.BLDG" && p.Relation == "" }

// rule tells what spoke for a place: the tagger, or the gazetteer against or
// without it; a name inside that of a body ("Oslo Police") is set apart, since
// the text does not speak of the place itself.
func (r *run) rule(m *mention) string {
	n := r.nameAt(m.first)
	switch {
	case m.tagged:
		return "geo.tagger"
	case n != nil && n.Label == casus.ORG && (n.First != m.first || n.End > m.end):
		return ruleInside
	}
	return "geo.gazetteer"
}

// ruleInside marks a place within the name of a body: it says where the body
// sits, but neither acts nor tells where anything happens.
const ruleInside = "geo.inside-name"

func (r *run) place(m *mention) casus.Place {
	p := casus.Place{Span: r.doc.TokenSpan(m.first, m.end), Head: r.doc.HeadOf(m.first, m.end), Rule: r.rule(m)}
	p.Name = r.doc.String(p.Span)
	g := r.a.gaz
	if m.chosen == gazetteer.NoID {
		if m.outer >= 0 && r.s.mentions[m.outer].chosen != gazetteer.NoID { // the point is not known, but the country is
			p.Country = g.Country(g.CountryNumber(r.s.mentions[m.outer].chosen)).ISO3
		}
		return p
	}
	lat, lon := g.Coord(m.chosen)
	p.Name, p.GeoNameID, p.FCode = g.Name(m.chosen), g.GeoNameID(m.chosen), g.FCode(m.chosen)
	p.Lat, p.Lon = float32(lat), float32(lon)
	p.Country = g.Country(g.CountryNumber(m.chosen)).ISO3
	return p
}
