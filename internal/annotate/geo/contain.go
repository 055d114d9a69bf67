package geo

import "casus"

// containment notes the places that stand beside what holds them:
// "Springfield, Illinois", "Springfield (Illinois)", "Accra's Osu", and the
// members of a list before a state, "Dover and Milford, Delaware".
func (r *run) containment() {
	ms := r.s.mentions
	for i := len(ms) - 2; i >= 0; i-- {
		in, out := i, i+1
		switch r.joint(ms[i].end, ms[i+1].first) {
		case jointComma:
			if r.rivals(&ms[i], &ms[i+1]) {
				continue
			}
		case jointPossessive:
			in, out = i+1, i
		case jointAnd:
			if ms[i+1].outer < 0 {
				continue
			}
			out = int(ms[i+1].outer)
		default:
			continue
		}
		if r.contain(&r.s.senses[ms[in].sense], &r.s.senses[ms[out].sense]) {
			ms[in].contained, ms[out].contained = true, true
			ms[in].outer = int32(out)
		} else if in < out && ms[in].outer < 0 && r.closed(ms[out].end) {
			ms[in].outer = int32(out)
		}
	}
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
)

func (r *run) joint(end, first casus.TokenID) joint {
	switch first - end {
	case 0:
		return jointComma // "Paris France"
	case 1:
	default:
		return jointNone
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

// closed reports that an apposition ends here: "in Milford, Delaware, on".
func (r *run) closed(end casus.TokenID) bool {
	if int(end) >= len(r.doc.Tokens) {
		return true
	}
	switch r.doc.Form(end) {
	case ",", ".", ")", "-", "--", "–", "—", ";":
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
func (r *run) contain(inner, outer *sense) bool {
	found := false
	for i := range inner.cands {
		for j := range outer.cands {
			in, out := &inner.cands[i], &outer.cands[j]
			if in.id == out.id || !r.holds(out, in) {
				continue
			}
			in.score = max(in.score, in.prior+wWithin)
			out.score = max(out.score, out.prior+wWithin)
			found = true
		}
	}
	return found
}

// holds reports whether an area holds a place, by the tables; a county holds
// what lies near its middle in the same state, a town what lies in its reach.
func (r *run) holds(out, in *candidate) bool {
	switch out.class {
	case nation:
		return out.country != 0 && out.country == in.country && in.class != nation
	case state:
		return out.area != 0 && out.area == in.area && in.class != state && in.class != nation
	case county:
		return out.area == in.area && (in.class == town || in.class == capital) && dot(out.vec, in.vec) > cosCounty
	}
	return false
}

var cosCounty = cosKm(60)
