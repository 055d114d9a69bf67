package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/ontology"
)

// Phoenix: one row a source and target, both with a code.

// The groups that Phoenix tells apart inside an actor code.
var (
	phoenixEntities = []string{"IGO", "NGO", "IMG", "MNC"}
	phoenixRoles    = []string{"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"}
)

var pentaTable = onceTable(func() map[string]string {
	m := map[string]string{}
	for _, row := range readTable("penta.tsv", 2) {
		m[row[0]] = row[1]
	}
	return m
})

var phoenixLayout = onceTable(func() *layout {
	f := map[string]field{
		"EventID":        keyField,
		"Date":           {get: func(r *Record) string { return strconv.Itoa(dayNumber(r.Day)) }, set: setDay8},
		"Year":           derived(func(r *Record) string { return strconv.Itoa(int(r.Day.Year)) }),
		"Month":          derived(func(r *Record) string { return fmt.Sprintf("%02d", r.Day.Month) }),
		"Day":            derived(func(r *Record) string { return fmt.Sprintf("%02d", r.Day.Day) }),
		"EventCode":      text(func(r *Record) *string { return &r.CAMEO }),
		"EventRootCode":  derived(cameoRoot),
		"PentaClass":     derived(func(r *Record) string { return pentaTable()[cameoRoot(r)] }),
		"GoldsteinScore": derived(func(r *Record) string { return goldstein(r, goldsteinGDELT, decimal) }),
		"Lat":            latField,
		"Lon":            lonField,
		"LocationName": {get: func(r *Record) string {
			if r.Place == nil || !r.Place.Located {
				return ""
			}
			return r.Place.Name
		}, set: func(r *Record, v string) error { locationOf(r).Name = v; return nil }},
		"StateName": derived(placeAt(first)),
		"CountryCode": {get: func(r *Record) string {
			if r.Place == nil || !r.Place.Located {
				return ""
			}
			return r.Place.Country
		}, set: func(r *Record, v string) error { locationOf(r).Country = v; return nil }},
		"SentenceID":  {get: func(r *Record) string { return list(r.distinct(Origin.sentenceID), ";") }, set: setSentenceID},
		"URLs":        {get: func(r *Record) string { return list(r.distinct(Origin.addressOfList), ";") }, set: setFirst(func(r *Record) *string { return &r.URL })},
		"NewsSources": {get: func(r *Record) string { return list(r.distinct(Origin.outletOfList), ";") }, set: setFirst(func(r *Record) *string { return &r.Outlet })},
	}
	phoenixActor(f, "Source", func(r *Record) *[]Party { return &r.Source })
	phoenixActor(f, "Target", func(r *Record) *[]Party { return &r.Target })
	return newLayout("phoenix.tsv", f)
})

func phoenixActor(f map[string]field, name string, of func(*Record) *[]Party) {
	parts := func(r *Record) (entity, role, rest string) {
		return phoenixParts(phoenixCodes.encode(side(*of(r)).Code))
	}
	f[name+"ActorFull"] = field{func(r *Record) string { return phoenixCodes.encode(side(*of(r)).Code) },
		func(r *Record, v string) error {
			p := sideOf(of(r))
			p.Code = phoenixCodes.decode(v)
			p.Country = p.Code.Country()
			return nil
		}}
	f[name+"ActorEntity"] = derived(func(r *Record) string { e, _, _ := parts(r); return e })
	f[name+"ActorRole"] = derived(func(r *Record) string { _, a, _ := parts(r); return a })
	f[name+"ActorAttribute"] = derived(func(r *Record) string { _, _, o := parts(r); return o })
}

// phoenixParts cuts a code as Phoenix's pipeline does: by position.
func phoenixParts(code string) (entity, role, rest string) {
	g := cameoGroups(code)
	if len(g) == 0 {
		return "", "", ""
	}
	if ontology.IsCountry(g[0]) || slices.Contains(phoenixEntities, g[0]) {
		entity = g[0]
	}
	g = g[1:]
	if len(g) > 0 && slices.Contains(phoenixRoles, g[0]) {
		role, g = g[0], g[1:]
	}
	return entity, role, strings.Join(g, ";")
}

// In lists the semicolon divides: one inside an address is written %3B, one
// inside a name as a comma.
func (o Origin) sentenceID() string {
	return strings.ReplaceAll(o.Document, ";", ",") + "_" + strconv.Itoa(o.Sentence+1)
}
func (o Origin) addressOfList() string { return strings.ReplaceAll(o.address(), ";", "%3B") }
func (o Origin) outletOfList() string  { return strings.ReplaceAll(o.outlet(), ";", ",") }

func setSentenceID(r *Record, v string) error {
	v, _, _ = strings.Cut(v, ";")
	doc, n, ok := cutLast(v, "_")
	if !ok {
		return fmt.Errorf("%q is no document and sentence", v)
	}
	i, err := strconv.Atoi(n)
	r.Document, r.Sentence = doc, i-1
	return err
}

func setFirst(of func(*Record) *string) func(*Record, string) error {
	return func(r *Record, v string) error {
		*of(r), _, _ = strings.Cut(v, ";")
		return nil
	}
}
