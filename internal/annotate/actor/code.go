package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ontology"
)

// coded is what a phrase or table says about an actor.
type coded struct {
	code    ontology.Actor
	country string
	state   int32 // -1 without
	body    int32
	rule    string
}

// code works out the actor code of a phrase from its noun and its owner.
func (w *work) code(p *phrase) coded {
	n := &w.t.nouns[p.row]
	if n.world {
		return coded{code: ontology.Actor(n.sector), state: -1, body: -1, rule: "actor.noun.world"}
	}
	o := w.ownerOf(p)
	c := coded{state: o.state, body: o.body, rule: "actor.noun"}
	sector, prefix := n.sector, ""
	if n.lower && upperFirst(w.doc.Form(p.end-1)) {
		sector = ""
	}
	if sector == "UNK" && p.plural && w.besideCivilians(p) {
		sector, c.rule = "CVL", "actor.noun.beside"
	}
	if n.class == 'm' && n.own == "" && c.state >= 0 && w.stateOwned(p) {
		sector = "GOVMED"
	}
	if s := w.post(p, &o); s != "" {
		sector, c.rule = s, "actor.noun.post"
	} else if o.body >= 0 && strings.HasPrefix(w.t.nounOf[w.hits[p.hit].noun], "dissident") && slices.ContainsFunc(w.t.bodies[o.body].code.Sectors(), armed) {
		sector, c.rule = "REB", "actor.noun.dissidents" // of an armed group they are armed
	} else if n.family == "kin" && w.ofOfficial(&o) {
		sector, c.rule = "ELI", "actor.noun.kin"
	} else if w.isLed(p) {
		sector, c.rule = "MIL", "actor.noun.coalition"
	} else if n.weak && o.noun < 0 && o.body < 0 && w.cueSector(p) != "" {
		sector, c.rule = w.cueSector(p), "actor.noun.cue"
	} else if w.asksOwner(p, n, &o) {
		s, pre := w.ownerSector(&o)
		if s == "" && pre == "" && o.body < 0 {
			s = w.cueSector(p)
		}
		if s != "" || pre != "" || !n.inherit {
			sector, prefix, c.rule = s, pre, "actor.noun.owner"
		}
	} else if o.body >= 0 {
		prefix = w.international(o.body)
		if prefix != "" && sector == "GOV" && prefix != "EUR" {
			sector = ""
		}
	}
	if c.country = w.ownerCountry(&o); c.country == "" && prefix == "" && (n.class == 'p' || sector == "LEG") {
		c.country = w.partyCountry(p)
	}
	if sector == "" && prefix == "" && c.country != "" && governs(n) && !o.other {
		sector, c.rule = "GOV", "actor.noun.country"
	}
	if p.former && isElite(sector) && prefix == "" {
		sector, c.rule = "ELI", "actor.noun.former"
	}
	c.code = w.compose(prefix, c.country, c.state, sector)
	return c
}

// besideCivilians reports people who stand in one breath with civilians: the
// men of "men and women", who alone might be gunmen.
func (w *work) besideCivilians(p *phrase) bool {
	for i := range w.nps {
		q := &w.nps[i]
		if w.t.nouns[q.row].sector != "CVL" || !q.plural {
			continue
		}
		if w.joined(p.end, q.first) || w.joined(q.end, p.first) {
			return true
		}
	}
	return false
}

// joined reports that nothing but "and" or a comma stands between two phrases.
func (w *work) joined(end, first casus.TokenID) bool {
	if first != end+1 {
		return false
	}
	f := w.doc.Form(end)
	return f == "and" || f == "," || f == "or"
}

// post gives the sector of a title that the table of office holders knows for
// the country that owns it: "Hong Kong's chief executive" leads no company.
func (w *work) post(p *phrase, o *owner) string {
	if w.t.nouns[p.row].class != 'p' || p.plural || o.state < 0 || o.body >= 0 || o.noun >= 0 || o.other {
		return ""
	}
	return w.t.posts[w.t.states[o.state].iso+" "+w.t.nounOf[w.hits[p.hit].noun]]
}

// partyCountry gives the country of "Republican senators" and "a Tory MP" in a
// document that names no other country; "" without such a word.
func (w *work) partyCountry(p *phrase) string {
	for t := p.first; t < p.end-1; t++ {
		iso := ""
		switch f := w.doc.Form(t); {
		case !upperFirst(f):
		case w.flag(t, isUSParty):
			iso = "USA"
		case w.flag(t, isUKParty):
			iso = "GBR"
		}
		if iso != "" && (len(w.countries) == 0 || slices.Contains(w.countries, iso)) {
			return iso
		}
	}
	return ""
}

// ofOfficial reports an owner who holds or held an office: their families are
// elite.
func (w *work) ofOfficial(o *owner) bool {
	if o.noun >= 0 {
		n := &w.t.nouns[o.noun]
		return n.class == 'p' && isElite(n.sector)
	}
	if o.person < 0 || w.hits[o.person].person < 0 {
		return false
	}
	code, _, _ := w.officeCode(w.hits[o.person].person)
	return slices.ContainsFunc(code.Sectors(), func(s string) bool { return s == "ELI" || isElite(s) })
}

// isLed reports "a Chilean-led coalition", which is of soldiers, not of
// parties.
func (w *work) isLed(p *phrase) bool {
	if w.t.nounOf[w.hits[p.hit].noun] != "coalition" {
		return false
	}
	for t := p.first + 1; t < p.end; t++ {
		if w.doc.Form(t) == "led" && w.isHyphen(t-1) {
			return true
		}
	}
	return false
}

// cueSector gives the sector of the first word of the phrase that lends one to
// a vague noun: "mining group", "labour congress", "institute of statistics";
// "" for none.
func (w *work) cueSector(p *phrase) string {
	h := &w.hits[p.hit]
	official := w.t.nouns[p.row].sector == "GOV"
	for t := h.first - 1; t >= p.first; t-- { // the nearest word before the noun first
		if s := w.cueAt(p, t); s != "" && (!official || ownSide(s)) {
			return s
		}
	}
	for t := h.end; t < p.ofEnd; t++ {
		if s := w.cueAt(p, t); s != "" && (!official || ownSide(s)) {
			return s
		}
	}
	return ""
}

// cueAt gives the sector that the word at the token lends. "Anti-drug" may be
// one token or three and is a cue of its own; "drug" behind "anti" is none.
func (w *work) cueAt(p *phrase, t casus.TokenID) string {
	if t-2 >= w.firstOf(t) && w.isHyphen(t-1) && w.sidesWithArmed(t) {
		return "REB"
	}
	if t-2 >= p.first && w.isHyphen(t-1) {
		if s := w.t.cue(w.lookup(w.doc.Form(t-2) + "-" + w.doc.Form(t))); s != "" || w.flag(t-2, isAnti) {
			return s
		}
	}
	if id := w.tokWord[t]; id != 0 {
		return w.t.cue(id)
	}
	return w.t.cue(w.lookup(w.doc.Form(t)))
}

// sidesWithArmed reports "linked" in "an al-Qaeda-linked group": who belongs to an
// armed group is armed too.
func (w *work) sidesWithArmed(t casus.TokenID) bool {
	switch w.doc.Form(t) {
	case "linked", "affiliated", "aligned", "allied", "inspired", "led":
	default:
		return false
	}
	h := w.hitOf(t - 2)
	if h == nil || h.kinds&(1<<entBody) == 0 || h.body < 0 || !w.t.bodies[h.body].group {
		return false
	}
	code := w.t.bodies[h.body].code
	return code == "IMG" || slices.Contains(code.Sectors(), "REB")
}

// ownSide reports a sector that has officials of its own: a "union official"
// is of the union, an "energy official" of the government.
func ownSide(sector string) bool {
	switch sector {
	case "MIL", "SPY", "COP", "LAB", "REB", "CRM", "REL", "JUD", "LEG", "PTY", "PRM":
		return true
	}
	return false
}

// stateOwned reports an outlet called official or the government's.
func (w *work) stateOwned(p *phrase) bool {
	for t := p.first; t < p.end; t++ {
		if w.flag(t, isOfficial) {
			return true
		}
	}
	return false
}

// governs reports a role that is the government's when only a country owns it:
// "the Chilean leader", "a Chilean official".
func governs(n *noun) bool {
	switch n.family {
	case "leader", "official", "spokesman", "adviser", "diplomat", "minister", "source", "authorities":
		return n.class == 'p'
	case "delegation":
		return true
	}
	return false
}

// isElite reports a sector whose former members are elite rather than actors.
func isElite(sector string) bool {
	switch sector {
	case "GOV", "LEG", "MIL", "JUD", "SPY", "COP":
		return true
	}
	return false
}

// compose joins country and sector; a sector without a country has its slot
// open.
func (w *work) compose(prefix, country string, st int32, sector string) ontology.Actor {
	switch {
	case prefix != "":
		return ontology.Actor(prefix + strings.TrimPrefix(sector, prefix))
	case country == "" && sector == "":
		return ""
	case country == "":
		return ontology.Actor(ontology.OpenCountry + sector)
	}
	if st >= 0 && w.t.states[st].iso == country {
		country = string(w.t.states[st].code)
	}
	return ontology.Actor(country + sector)
}

// ownerOf joins the owners on both sides of the noun. The right side of "the
// president of the Supreme Court" says what he presides over; the right side
// of "envoy for Syria" only where he is sent.
func (w *work) ownerOf(p *phrase) owner {
	o := p.left
	n := &w.t.nouns[p.row]
	if n.family == "diplomat" && (o.state >= 0 || o.body >= 0 || int(p.end) < len(w.doc.Tokens) && w.doc.Form(p.end) == "for") {
		return o
	}
	if o.noun < 0 && o.body < 0 {
		o.noun, o.body = p.right.noun, p.right.body
	}
	if o.state < 0 && (o.body < 0 || o.body == p.right.body) {
		o.state = p.right.state
	}
	if o.person < 0 {
		o.person = p.right.person
	}
	o.other = o.other || p.right.other
	return o
}

// asksOwner reports a noun that acts for its owner: a spokesman is army or
// government as his house is; so is a president of something other than a
// country.
func (w *work) asksOwner(p *phrase, n *noun, o *owner) bool {
	if n.inherit || n.class == 'm' && n.sector == "" {
		return true
	}
	if n.class != 'p' || n.family != "leader" && n.family != "deputy" {
		return false
	}
	if p.right.other && p.right.state < 0 {
		return true
	}
	if p.right.noun >= 0 {
		return w.t.nouns[p.right.noun].class == 'o' && !w.t.nouns[p.right.noun].country
	}
	return p.right.body >= 0 || p.left.body >= 0
}

// ownerSector gives the sector of the owner, or the whole code of a body as
// prefix when the body has no country.
func (w *work) ownerSector(o *owner) (sector, prefix string) {
	if o.noun >= 0 {
		sector = w.t.nouns[o.noun].sector
	}
	if o.body >= 0 {
		b := &w.t.bodies[o.body]
		if pre := w.international(o.body); pre != "" {
			if sector == "" || sector == "GOV" && pre != "EUR" {
				return strings.TrimPrefix(string(b.code), pre), pre
			}
			return sector, pre
		}
		if sector == "" {
			return strings.TrimPrefix(string(b.code), b.country), ""
		}
	}
	if sector == "" && o.person >= 0 {
		if ref := w.hits[o.person].person; ref >= 0 {
			code, _, _ := w.officeCode(ref)
			return strings.Join(code.Sectors(), ""), ""
		}
	}
	return sector, ""
}

// international gives the country slot of a body between states, "" for a
// body of a country.
func (w *work) international(ref int32) string {
	b := &w.t.bodies[ref]
	if b.country != "" || len(b.code) < 3 {
		return ""
	}
	switch pre := string(b.code[:3]); pre {
	case "UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC":
		return pre
	}
	return ""
}

func (w *work) ownerCountry(o *owner) string {
	switch {
	case o.state >= 0:
		return w.t.states[o.state].iso
	case o.body >= 0:
		return w.t.bodies[o.body].country
	case o.person >= 0 && w.hits[o.person].person >= 0:
		code, _, _ := w.officeCode(w.hits[o.person].person)
		return code.Country()
	}
	return ""
}

// officeCode gives the code of a known person on the day of publication. After
// the last office the person is elite; before the first, or in a gap that the
// table may not know about, only the country is sure. Without a day all
// offices must agree.
func (w *work) officeCode(ref int32) (code ontology.Actor, of *office, rule string) {
	p := &w.t.people[ref]
	if w.doc.Published.IsZero() {
		return undated(p)
	}
	past, other := false, ontology.Actor("")
	for i := range p.offices {
		o := &p.offices[i]
		if within(o.start, o.end, w.doc.Published) {
			if of == nil || w.ratherIn(o, of) {
				of = o
			}
		} else if o.start.Before(w.doc.Published) && !o.vague && o.remembered(w.doc.Published) {
			if slices.ContainsFunc(o.code.Sectors(), isElite) || o.code.Country() == "" {
				past = true
			} else {
				other = o.code
			}
		}
	}
	if of != nil {
		return of.code, of, "actor.office"
	}
	country := p.offices[0].code.Country()
	if past && country != "" {
		return ontology.Actor(country + "ELI"), nil, "actor.office.past"
	}
	if !past && other != "" {
		return other, nil, "actor.office.past" // a rebel, tycoon or dissident stays one
	}
	return "", nil, "actor.office.none"
}

// ratherIn reports whether office a tells more of the person than b: that of a
// country the document names, when two persons of one name hold office on one
// day; else the later one.
func (w *work) ratherIn(a, b *office) bool {
	if ca, cb := a.code.Country(), b.code.Country(); ca != cb {
		if na, nb := slices.Contains(w.countries, ca), slices.Contains(w.countries, cb); na != nb {
			return na
		}
	}
	return b.start.Before(a.start)
}

// fameYears is for how long a name alone still means the former minister or
// spokesman; heads of state and government are not forgotten.
const fameYears = 20

// remembered reports an office whose holder is still meant by the bare name on
// the day: twenty years after a spokesman left, another John Moore is likelier.
func (o *office) remembered(day casus.Date) bool {
	switch o.title {
	case "president", "prime minister", "king", "queen", "emperor", "chancellor", "premier", "leader", "supreme leader", "emir", "pope", "taoiseach":
		return true
	}
	return o.end.IsZero() || day.Year-o.end.Year <= fameYears
}

// minor reports an errand rather than an office: after a prime minister has been
// an envoy, the bare name is still the prime minister's.
func (o *office) minor() bool {
	for _, w := range []string{"envoy", "spokes", "advis", "aide", "ambassador", "deputy", "candidate", "opposition"} {
		if strings.Contains(o.title, w) {
			return true
		}
	}
	return false
}

// undated gives the code on which the person's offices agree; of several, the
// latest great office's, marked by its rule.
func undated(p *person) (ontology.Actor, *office, string) {
	last := &p.offices[0]
	same := true
	for i := range p.offices {
		o := &p.offices[i]
		same = same && o.code == last.code
		if a, b := o.minor(), last.minor(); b && !a || a == b && last.start.Before(o.start) {
			last = o
		}
	}
	if same {
		return last.code, last, "actor.office.undated"
	}
	return last.code, last, "actor.office.latest"
}
