package eval

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Counts are the figures of one comparison.
type Counts struct{ Right, Predicted, Gold int }

func (c *Counts) add(d Counts) {
	c.Right, c.Predicted, c.Gold = c.Right+d.Right, c.Predicted+d.Predicted, c.Gold+d.Gold
}

// Precision is the share of what was predicted that is right, 0 to 1.
func (c Counts) Precision() float64 { return ratio(c.Right, c.Predicted) }

// Recall is the share of the gold that was found, 0 to 1.
func (c Counts) Recall() float64 { return ratio(c.Right, c.Gold) }

// F1 is the harmonic mean of the two, 0 to 1.
func (c Counts) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Options says what counts. The zero value is the default.
type Options struct {
	// EveryStatus counts negated, denied and hypothetical events too.
	EveryStatus bool
}

// Measure is one comparison over all documents with its bootstrap interval.
type Measure struct {
	Name string
	Counts
	Low, High float64 // 95% interval of F1, 1,000 samples of documents
}

// TypeCounts are the figures of one type.
type TypeCounts struct {
	Type string
	Counts
}

// Confusion counts gold events of one type whose trigger was coded as another.
type Confusion struct {
	Gold, Predicted string
	N               int
}

// Miss is a document whose types were not all found or not all right.
type Miss struct {
	ID, Text    string
	Gold, Coded []Event
}

// TagRecall tells the recall over the documents with one tag.
type TagRecall struct {
	Tag        string
	Documents  int
	Type, Pair float64
}

// Report is what scoring gives.
type Report struct {
	Documents, Missing, Extra int // gold documents; of these not coded; coded without gold
	Single                    bool
	Measures                  []Measure
	FalseAlarms, EventFree    int // of the documents without event so many were given one
	Types                     []TypeCounts
	MacroF1                   float64 // over the types of the gold
	Roots, Digits3            Counts  // CAMEO
	RootGivenType             float64
	Digits3GivenType          float64
	TypedCodes                int // gold events with a code whose type is predicted
	Triggers, Found, TypeHeld int // gold events with a trigger; of these found; of these with the right type
	Confusions                []Confusion
	Tags                      []TagRecall
	Misses                    []Miss
	Phrases                   Phrases
}

// Share is how many of a number are right.
type Share struct{ Right, Of int }

// Phrases are the figures of a set of scheme actor-code.
type Phrases struct {
	Country, Role Share // over those whose country or sector the annotators gave
	Code          Share // all that they gave is right
	Wrong         []WrongPhrase
}

// WrongPhrase is a wording whose code is not right.
type WrongPhrase struct{ ID, Text, Gold, Coded string }

func (p *Phrases) add(g *Gold, coded Actor) {
	want := newActor(g.Phrase.Country, nil)
	role := g.Phrase.Role
	if r := sameRole[role]; r != "" {
		role = r
	}
	country := g.Phrase.Open || want.country == coded.country
	sector := role == "" || slices.Contains(coded.roles, role)
	if !g.Phrase.Open {
		p.Country.count(country)
	}
	if role != "" {
		p.Role.count(sector)
	}
	if p.Code.count(country && sector); !country || !sector {
		p.Wrong = append(p.Wrong, WrongPhrase{g.ID, g.Text, g.Phrase.Country + " " + g.Phrase.Role, coded.Code})
	}
}

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// row is one document with its comparisons.
type row struct {
	gold  *Gold
	coded []Event
	cmp   [numMeasures]Counts
	has   [numMeasures]bool
}

// The comparisons, in the order of the report.
const (
	mType = iota
	mCountry
	mText
	mCode
	mLenient
	mActorCountry
	mActorCode
	mActorText
	numMeasures
)

var measureNames = [numMeasures]string{"a  type", "b  type + source and target country", "b  type + source and target text", "c  type + whole actor codes",
	"c  ... lenient on roles", "d  actors, country", "d  actors, whole code", "d  actors, text"}

// Score compares coded documents with a gold set. The same input gives the
// same report, intervals included.
func Score(gold []Gold, coded []Coded, o Options) *Report {
	by := make(map[string]*Coded, len(coded))
	for i := range coded {
		by[coded[i].ID] = &coded[i]
	}
	rep := &Report{Documents: len(gold)}
	var rows []row
	for i := range gold {
		c := by[gold[i].ID]
		if c == nil {
			rep.Missing++
			c = &Coded{}
		}
		delete(by, gold[i].ID)
		if gold[i].Scheme == phrases {
			rep.Phrases.add(&gold[i], c.longest)
			continue
		}
		rep.Single = rep.Single || gold[i].Single
		rows = append(rows, newRow(&gold[i], c.counted(gold[i].Scheme, o)))
	}
	rep.Extra = len(by)
	rep.measure(rows)
	typed := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.gold.Scheme == "actors" })
	rep.alarms(rows)
	rep.types(typed)
	rep.codes(typed)
	rep.triggers(typed)
	rep.tags(typed)
	rep.misses(typed)
	return rep
}

// counted gives the events that count: those that are said to have happened or
// to come, unless all are asked for.
func (c *Coded) counted(scheme string, o Options) []Event {
	var out []Event
	for _, e := range c.Events {
		if !o.EveryStatus && (e.status == "negated" || e.status == "hypothetical" || e.status == "denied") {
			continue
		}
		if scheme == "user" {
			e.Type = e.userType
		}
		out = append(out, e.Event)
	}
	return out
}

func newRow(g *Gold, coded []Event) row {
	r := row{gold: g, coded: coded}
	gt, pt := typeSet(g.Events, g.Scheme), typeSet(coded, g.Scheme)
	r.set(mType, Counts{shared(gt, pt), len(pt), len(gt)})
	switch g.Actors {
	case "codes":
		r.pairs(mCountry, byCountry)
		r.pairs(mCode, byCode)
		r.pairs(mLenient, byCodeLenient)
		r.actors(mActorCountry, byCountry)
		r.actors(mActorCode, byCode)
	case "text":
		r.pairs(mText, byText)
		r.actors(mActorText, byText)
	}
	return r
}

func (r *row) set(m int, c Counts) { r.cmp[m], r.has[m] = c, true }

func (r *row) pairs(m int, l Level) {
	key := l
	if l == byCodeLenient {
		key = byCode
	}
	free := bothWays(r.gold.Events, r.gold.Scheme)
	gp := pairsOf(r.gold.Events, r.gold.Scheme, false, nil)
	for i := range gp {
		gp[i].free = gp[i].free || free[gp[i].typ]
	}
	gp = distinct(gp, key, free)
	pp := distinct(pairsOf(r.coded, r.gold.Scheme, true, free), key, free)
	n := matched(len(gp), len(pp), func(i, j int) bool { return fits(&gp[i], &pp[j], l) })
	r.set(m, Counts{n, len(pp), len(gp)})
}

func (r *row) actors(m int, l Level) {
	ga, pa := actors(r.gold.Events, l), actors(r.coded, l)
	n := matched(len(ga), len(pa), func(i, j int) bool { return same(ga[i], pa[j], l) })
	r.set(m, Counts{n, len(pa), len(ga)})
}

func (rep *Report) measure(rows []row) {
	for m := range numMeasures {
		var unit []Counts
		var sum Counts
		for i := range rows {
			if rows[i].gold.Scheme == "actors" && m < mActorCountry {
				continue
			}
			unit = append(unit, rows[i].cmp[m]) // a document without the comparison counts nothing
			sum.add(rows[i].cmp[m])
		}
		if sum.Gold > 0 {
			lo, hi := bootstrap(unit)
			rep.Measures = append(rep.Measures, Measure{measureNames[m], sum, lo, hi})
		}
	}
}

// bootstrap gives the 2.5 and 97.5 percentiles of F1 over 1,000 samples of the
// documents, drawn by a fixed seed.
func bootstrap(unit []Counts) (lo, hi float64) {
	const n = 1000
	rnd := rand.New(rand.NewPCG(7, 7))
	f := make([]float64, n)
	for i := range f {
		var c Counts
		for range unit {
			c.add(unit[rnd.IntN(len(unit))])
		}
		f[i] = c.F1()
	}
	slices.Sort(f)
	return f[n*25/1000], f[n*975/1000]
}

func (rep *Report) alarms(rows []row) {
	for i := range rows {
		r := &rows[i]
		if len(r.gold.Events) > 0 && (r.gold.Scheme == "actors" || r.cmp[mType].Gold > 0) {
			continue
		}
		rep.EventFree++
		if r.cmp[mType].Predicted > 0 {
			rep.FalseAlarms++
		}
	}
}

func (rep *Report) types(rows []row) {
	per := map[string]*Counts{}
	at := func(t string) *Counts {
		if per[t] == nil {
			per[t] = &Counts{}
		}
		return per[t]
	}
	for i := range rows {
		r := &rows[i]
		gt, pt := typeSet(r.gold.Events, r.gold.Scheme), typeSet(r.coded, r.gold.Scheme)
		for _, t := range gt {
			at(t).Gold++
			if _, ok := slices.BinarySearch(pt, t); ok {
				at(t).Right++
			}
		}
		for _, t := range pt {
			at(t).Predicted++
		}
	}
	n, sum := 0, 0.0
	for t, c := range per {
		rep.Types = append(rep.Types, TypeCounts{t, *c})
		if c.Gold > 0 {
			n++
		}
	}
	slices.SortFunc(rep.Types, func(a, b TypeCounts) int { return cmp.Or(cmp.Compare(b.Gold, a.Gold), cmp.Compare(a.Type, b.Type)) })
	for _, c := range rep.Types {
		if c.Gold > 0 {
			sum += c.F1()
		}
	}
	if n > 0 {
		rep.MacroF1 = sum / float64(n)
	}
}

func (rep *Report) codes(rows []row) {
	root, digits := 0, 0
	for i := range rows {
		r := &rows[i]
		rep.Roots.add(prefixes(r, 2))
		rep.Digits3.add(prefixes(r, 3))
		for _, e := range r.gold.Events {
			if len(e.CAMEO) < 3 {
				continue
			}
			if typed, ok2, ok3 := givenType(&e, r.coded); typed {
				rep.TypedCodes++
				root, digits = root+ok2, digits+ok3
			}
		}
	}
	rep.RootGivenType, rep.Digits3GivenType = ratio(root, rep.TypedCodes), ratio(digits, rep.TypedCodes)
}

// prefixes compares the sets of the first n digits; a document whose gold has
// no such code counts nothing.
func prefixes(r *row, n int) Counts {
	cut := func(events []Event) []string {
		var out []string
		for _, e := range events {
			if len(e.CAMEO) >= n {
				out = append(out, e.CAMEO[:n])
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	g := cut(r.gold.Events)
	if len(g) == 0 {
		return Counts{}
	}
	p := cut(r.coded)
	return Counts{shared(g, p), len(p), len(g)}
}

func givenType(g *Event, coded []Event) (typed bool, root, digits int) {
	for _, e := range coded {
		if e.Type != g.Type {
			continue
		}
		typed = true
		if len(e.CAMEO) >= 2 && e.CAMEO[:2] == g.CAMEO[:2] {
			root = 1
		}
		if len(e.CAMEO) >= 3 && e.CAMEO[:3] == g.CAMEO[:3] {
			digits = 1
		}
	}
	return typed, root, digits
}

func (rep *Report) triggers(rows []row) {
	conf := map[[2]string]int{}
	for i := range rows {
		r := &rows[i]
		for _, g := range r.gold.Events {
			if len(g.Trigger) == 0 {
				continue
			}
			rep.Triggers++
			want, first, found, held := project(g.Type, r.gold.Scheme), "", false, false
			for _, e := range r.coded {
				if !overlap(e.Trigger, g.Trigger) {
					continue
				}
				t := project(e.Type, r.gold.Scheme)
				if !found {
					first = t
				}
				found, held = true, held || t == want
			}
			if !found {
				continue
			}
			rep.Found++
			if held {
				rep.TypeHeld++
			} else {
				conf[[2]string{want, first}]++
			}
		}
	}
	for k, n := range conf {
		rep.Confusions = append(rep.Confusions, Confusion{k[0], k[1], n})
	}
	slices.SortFunc(rep.Confusions, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Predicted, b.Predicted))
	})
}

func overlap(a, b []Piece) bool {
	return slices.ContainsFunc(a, func(x Piece) bool {
		return slices.ContainsFunc(b, func(y Piece) bool { return x.Start < y.End && y.Start < x.End })
	})
}

func (rep *Report) tags(rows []row) {
	by := map[string][]*row{}
	for i := range rows {
		for _, t := range rows[i].gold.Tags {
			by[t] = append(by[t], &rows[i])
		}
	}
	for t, rs := range by {
		var a, b Counts
		for _, r := range rs {
			a.add(r.cmp[mType])
			b.add(r.cmp[mCountry])
			b.add(r.cmp[mText])
		}
		if a.Gold > 0 {
			rep.Tags = append(rep.Tags, TagRecall{t, len(rs), a.Recall(), b.Recall()})
		}
	}
	slices.SortFunc(rep.Tags, func(a, b TagRecall) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Tag, b.Tag))
	})
}

func (rep *Report) misses(rows []row) {
	for i := range rows {
		r := &rows[i]
		if c := r.cmp[mType]; c.Right < c.Gold || c.Right < c.Predicted && !r.gold.Single {
			rep.Misses = append(rep.Misses, Miss{r.gold.ID, r.gold.Text, r.gold.Events, r.coded})
		}
	}
}
