package geo

import (
	"casus"
	"casus/internal/annotate/geo/gazetteer"
)

// containment notes the places that stand beside what holds them:
// "Springfield, Illinois", "Springfield (Illinois)", "Accra's Osu", and the
// members of a list before a state, "Dover and Milford, Delaware".
func (r *run) containment() {
	ms := r.s.mentions
	for i := range ms {
		r.nation(&ms[i])
	}
	for i := len(ms) - 2; i >= 0; i-- {
		in, out := i, i+1
		j := r.joint(ms[i].end, ms[i+1].first)
		switch j {
		case jointComma:
			if r.rivals(&ms[i], &ms[i+1]) {
				continue
			}
		case jointIn:
		case jointPossessive, jointSuburb:
			in, out = i+1, i
		case jointAnd:
			if ms[i+1].outer < 0 {
				continue
			}
			out = int(ms[i+1].outer)
		default:
			continue
		}
		reach := j == jointPossessive || j == jointSuburb || j == jointIn
		if r.contain(&r.s.senses[ms[in].sense], &r.s.senses[ms[out].sense], reach) {
			ms[in].contained, ms[out].contained = true, j != jointIn || ms[out].contained
			ms[in].outer, ms[in].reach = int32(out), reach
		} else if ms[in].outer < 0 && (j == jointComma && r.closed(ms[out].end) || j == jointIn && len(r.s.senses[ms[in].sense].cands) == 0) {
			ms[in].outer = int32(out)
		}
	}
}

// nation raises the places of the country whose adjective stands before the
// kind of the place, "the Iraqi city of Mosul", or of the home word behind it,
// "the Athens school district".
func (r *run) nation(m *mention) {
	c := r.adjective(m.first)
	if c == 0 {
		c = r.registerAt(m.end)
	}
	if c == 0 {
		return
	}
	sn := &r.s.senses[m.sense]
	for i := range sn.cands {
		if in := &sn.cands[i]; in.country == c && in.class != nation {
			in.raise()
			m.contained, m.country = true, c
		}
	}
}

// adjective gives the country of a demonym before "city of", "northern town
// of" and the like; 0 without.
func (r *run) adjective(first casus.TokenID) uint8 {
	sent := r.doc.Sentences[r.doc.Tokens[first].Sent].First
	if first < sent+3 || r.doc.Form(first-1) != "of" || !r.a.kinds[r.doc.Form(first-2)] {
		return 0
	}
	for t := first - 3; t >= sent && t > first-6; t-- {
		if c := r.a.gaz.Demonym(gazetteer.KeyOf(r.doc.Form(t))); c != 0 {
			return c
		}
		if c := r.doc.Text[r.doc.Tokens[t].Start]; c < 'a' || c > 'z' { // "northern", "besieged"
			return 0
		}
	}
	return 0
}

// rivals reports a country or capital before a name that goes on with another
// noun: in "reporting from Russia, U.S. officials said" nobody speaks of a
// Russia in the United States.
func (r *run) rivals(in, out *mention) bool {
	cands := r.s.senses[in.sense].cands
	if len(cands) == 0 || cands[0].class != nation && cands[0].class != capital {
		return false
	}
	return !r.closed(out.end)
}

// What stands between two names.
type joint uint8

const (
	jointNone joint = iota
	jointComma
	jointPossessive
	jointAnd
	jointIn     // "Kafr Nabl in Idlib", "Mainz, in the state of Hesse"
	jointSuburb // "the Cairo suburb of Maadi"
)

// maxJoint is how many words may stand between two names that are joined by
// "in" or "suburb of".
const maxJoint = 5

func (r *run) joint(end, first casus.TokenID) joint {
	switch first - end {
	case 0:
		return jointComma // "Paris France"
	case 1:
		if r.doc.Form(end) == "in" {
			return jointIn
		}
	default:
		return r.loose(end, first)
	}
	switch r.doc.Form(end) {
	case ",", "(", "/":
		return jointComma
	case "'s", "’s", "'", "’":
		return jointPossessive
	case "and", "or", "&":
		return jointAnd
	}
	return jointNone
}

// loose reads joints of several words.
func (r *run) loose(end, first casus.TokenID) joint {
	if first-end > maxJoint || first < end || r.doc.Tokens[end].Sent != r.doc.Tokens[first].Sent {
		return jointNone
	}
	switch r.doc.Form(first - 1) {
	case "of":
		switch r.doc.Form(first - 2) {
		case "suburb", "neighborhood", "neighbourhood", "district", "outskirts", "quarter":
			return jointSuburb
		}
	}
	t := end
	if r.doc.Form(t) == "," {
		t++
	}
	if r.doc.Form(t) != "in" {
		return jointNone
	}
	for t++; t < first; t++ {
		if !r.a.between[r.doc.Form(t)] {
			return jointNone
		}
	}
	return jointIn
}

// closed reports that an apposition ends here: "in Milford, Delaware, on".
func (r *run) closed(end casus.TokenID) bool {
	if int(end) >= len(r.doc.Tokens) {
		return true
	}
	switch r.doc.Form(end) {
	case ",", ".", ")", "-", "--", "–", "—", ";", "'s", "’s":
		return true
	}
	return false
}

// elsewhere reports that none of the towns known by the name lies in the
// state that stands behind it: "Holliday, Missouri" is then a place that the
// gazetteer lacks, and no other Holliday.
func (r *run) elsewhere(m *mention, outer *candidate) bool {
	if outer.class != state {
		return false
	}
	for _, c := range r.s.senses[m.sense].cands {
		if c.class == nation || c.class == state && c.country == outer.country || c.class == large {
			return false
		}
	}
	return true
}

// contain raises the candidates of inner that lie in a candidate of outer,
// and those of outer that hold one of inner. Only areas hold places.
// With reach a town holds what lies in its surroundings.
func (r *run) contain(inner, outer *sense, reach bool) bool {
	found := false
	for i := range inner.cands {
		for j := range outer.cands {
			in, out := &inner.cands[i], &outer.cands[j]
			if in.id == out.id || !r.holds(out, in, reach) {
				continue
			}
			in.raise()
			out.raise()
			found = true
		}
	}
	return found
}

func (c *candidate) raise() {
	c.within, c.score = true, c.prior+wWithin
}

// holds reports whether an area holds a place, by the tables; a county holds
// what lies near its middle in the same state, a town what lies in its reach.
func (r *run) holds(out, in *candidate, reach bool) bool {
	switch out.class {
	case nation:
		return out.country != 0 && out.country == in.country && in.class != nation
	case state:
		return out.area != 0 && out.area == in.area && in.class != state && in.class != nation
	case county:
		return out.area == in.area && (in.class == town || in.class == capital) && dot(out.vec, in.vec) > cosCounty
	case town, capital:
		return reach && out.country == in.country && out.logPop > 14 && in.class != nation && in.class != state && dot(out.vec, in.vec) > cosCounty
	}
	return false
}

var cosCounty = cosKm(60)
