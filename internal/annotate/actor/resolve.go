package actor

import (
	"slices"
	"strings"

	"casus"
)

// namedAfter finds the body that a bare noun takes up: "the council" is the
// Security Council named before, "the alliance" the last international body,
// "the rebels" the last armed group.
func (w *work) namedAfter(p *phrase, n *noun) int32 {
	word := w.doc.Form(p.end - 1)
	best := w.latest(func(x *ent) bool {
		return (x.body >= 0 || x.Kind == casus.Org && (x.row == -1 || x.proper || x.Country != "")) && p.end-p.first <= 2 &&
			(x.row < 0 && lastWordIs(x.Name, word) || x.row >= 0 && strings.EqualFold(x.head, word))
	})
	if best >= 0 {
		return best
	}
	switch {
	case n.family == "group" && p.end-p.first <= 2:
		return w.latest(func(x *ent) bool {
			return x.body >= 0 && (x.Country == "" && !x.Media.Is || x.Kind == casus.Group) && w.doc.Tokens[p.first].Sent-w.doc.Tokens[x.last].Sent <= 3
		})
	case armed(n.sector):
		return w.latest(func(x *ent) bool {
			return x.Kind == casus.Group && x.body >= 0 && slices.ContainsFunc(x.Code.Sectors(), armed)
		})
	}
	return -1
}

// armed reports the sectors that news words use for one another: the army's
// rebels are their friends' militia.
func armed(sector string) bool {
	return sector == "REB" || sector == "PRM" || sector == "UAF" || sector == "IMG"
}

func lastWordIs(name, word string) bool {
	return len(name) > len(word) && strings.EqualFold(name[len(name)-len(word):], word) && name[len(name)-len(word)-1] == ' '
}

// resolve finds the entity of the document that a phrase takes up again; -1
// for a new one.
func (w *work) resolve(p *phrase, n *noun, c *coded) (e int32, rule string) {
	switch {
	case n.class == 'p' && !p.plural:
		if p.det == some || p.former {
			return -1, ""
		}
		if p.left.other && c.country == "" {
			return -1, ""
		}
		return w.holder(p, n, c), "actor.title.match"
	case n.class == 'm' && n.own == "" && p.det == some:
		return -1, ""
	}
	if p.counted {
		return -1, ""
	}
	bare := c.country == "" && p.left == noOwner() && p.right == noOwner()
	for i := len(w.ents) - 1; i >= 0; i-- {
		x := &w.ents[i]
		if !w.sameGroup(x, p, n) {
			continue
		}
		if bare && p.det != definite {
			if x.Name == w.phraseName(p) {
				return int32(i), "actor.group.same"
			}
		} else if x.Country == c.country && x.Code == c.code || bare {
			return int32(i), "actor.group.match"
		}
	}
	return -1, ""
}

// sameGroup reports an entity under a noun of the same family: "the troops"
// are "Chilean soldiers".
func (w *work) sameGroup(x *ent, p *phrase, n *noun) bool {
	if x.row < 0 || x.Kind == casus.Person || x.Kind == casus.Role && !x.plural {
		return false
	}
	if same := strings.EqualFold(x.Name, w.phraseName(p)); same && x.row == p.row {
		return true
	} else if w.properName(p) && !same || x.proper && !institution(n) {
		return false
	}
	o := &w.t.nouns[x.row]
	if !synonymous(n) {
		return x.row >= 0 && sameNoun(w.t.nounOf[x.noun], w.t.nounOf[w.hits[p.hit].noun])
	}
	if x.row == p.row {
		return true
	}
	return n.family != "newspaper" && n.family != "" && o.family == n.family && o.class == n.class && n.class != 'p'
}

// synonymous reports a family of nouns that news uses one for another: troops
// are soldiers, insurgents rebels. Teachers are not students.
func synonymous(n *noun) bool {
	switch n.family {
	case "army", "navy", "air force", "military", "forces", "police", "rebels", "protesters", "government", "parliament", "authorities",
		"gunmen", "militia", "intelligence", "refugees", "ministry", "opposition", "fighters", "aircraft", "ship", "unit", "media", "group", "guard":
		return true
	}
	return institution(n)
}

// sameNoun compares nouns without their number.
func sameNoun(a, b string) bool { return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") }

// institution reports a noun of which a country has but one, so that "the Malian
// army" is the Malian Army.
func institution(n *noun) bool {
	switch n.family {
	case "army", "navy", "air force", "military", "police", "government", "parliament", "authorities", "opposition":
		return true
	}
	return false
}

// holder finds the person or role that a singular title means: "the Kremlin
// spokesman" is whoever was introduced as the Russian president's press
// secretary.
func (w *work) holder(p *phrase, n *noun, c *coded) int32 {
	best := int32(-1)
	for i := range w.ents {
		x := &w.ents[i]
		if x.Kind != casus.Person && x.Kind != casus.Role || x.plural || x.Anon || len(x.Mentions) == 0 {
			continue
		}
		if x.Country != "" && c.country != "" && x.Country != c.country || !w.holds(x, p, n) || !w.compatible(x, p) {
			continue
		}
		if x.Country == "" && c.country != "" && w.doc.Tokens[p.first].Sent-w.doc.Tokens[x.last].Sent > 3 {
			continue
		}
		if best < 0 || w.ents[best].last < x.last {
			best = int32(i)
		}
	}
	return best
}

// holds reports whether the person bears the title or one like it.
func (w *work) holds(x *ent, p *phrase, n *noun) bool {
	for _, r := range x.titles {
		if w.alike(r, p) {
			return true
		}
	}
	if x.person < 0 || w.doc.Published.IsZero() {
		return false
	}
	for i := range w.t.people[x.person].offices {
		if o := &w.t.people[x.person].offices[i]; within(o.start, o.end, w.doc.Published) {
			for _, r := range w.t.titleNouns(o.title) {
				if w.alike(r, p) {
					return true
				}
			}
		}
	}
	return false
}

// alike compares a title noun with that of a phrase: the same word, or words
// of one family when they are synonyms or one is the general word. "The
// minister" may be the foreign minister, "the defence minister" is not.
func (w *work) alike(a int32, p *phrase) bool {
	b := w.hits[p.hit].noun
	if a == b || w.t.nounOf[a] == w.t.nounOf[b] {
		return true
	}
	n, m := &w.t.nouns[p.row], &w.t.nouns[w.t.nounRow[a]]
	if w.t.nounOf[b] == "diplomat" && p.det == definite { // the ministry's spokesman or head is one
		switch m.family {
		case "spokesman", "minister", "adviser":
			return true
		}
	}
	if n.family == "" || m.family != n.family {
		return false
	}
	switch n.family {
	case "spokesman", "diplomat", "lawmaker", "cleric", "adviser", "policeman", "official":
		return true
	case "leader":
		return general(w.t.nounOf[a]) || general(w.t.nounOf[b])
	case "minister", "officer", "chief":
		return strings.HasSuffix(w.t.nounOf[a], w.t.nounOf[b]) || strings.HasSuffix(w.t.nounOf[b], w.t.nounOf[a])
	}
	return false
}

// general reports a word for any head of a state or movement.
func general(title string) bool {
	switch title {
	case "leader", "strongman", "ruler", "head of state", "head of government":
		return true
	}
	return false
}

// compatible compares whom two titles serve: a ministry's spokeswoman is not
// the president's.
func (w *work) compatible(x *ent, p *phrase) bool {
	o := w.ownerOf(p)
	if x.owner == noOwner() || o == noOwner() {
		return true
	}
	if o.body >= 0 && x.owner.body >= 0 {
		return w.t.bodies[o.body].same == w.t.bodies[x.owner.body].same
	}
	if o.noun >= 0 && x.owner.noun >= 0 && o.noun != x.owner.noun {
		return false
	}
	ministry := func(o *owner) bool {
		return o.noun >= 0 && w.t.nouns[o.noun].family != "leader" && w.t.nouns[o.noun].family != "government"
	}
	if o.body >= 0 && ministry(&x.owner) || x.owner.body >= 0 && ministry(&o) {
		return false
	}
	if ministry(&o) && x.owner.noun < 0 && w.t.nouns[o.noun].class == 'p' {
		return false // "the secretary-general's spokesman" is no country's
	}
	return true
}
