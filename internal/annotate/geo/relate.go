package geo

import (
	"cmp"
	"strings"

	"casus"
	"casus/internal/annotate/geo/gazetteer"
	"casus/ud"
)

// relate fills Relation and AsActor of the places, which stand in text order.
func (r *run) relate(places []casus.Place) {
	for i := range places {
		p := &places[i]
		first, end := r.doc.TokenRange(p.Span)
		var prev *casus.Place
		if i > 0 && places[i-1].Span.End <= p.Start {
			prev = &places[i-1]
		}
		p.Relation = r.relation(first, end, prev)
		p.AsActor = p.Relation == "" && p.Rule != ruleInside && r.acts(p, end)
		if prev != nil && prev.Relation != "" && p.Relation == "" && r.owned(prev, first) {
			p.Relation, p.AsActor = prev.Relation, false
			if p.Located() {
				prev.Relation = ""
			}
		}
	}
}

// owned reports a possessive between two names: "in Libya's Sirte" tells where
// from the town, and of Libya only whose town it is.
func (r *run) owned(owner *casus.Place, first casus.TokenID) bool {
	t := r.doc.TokenAt(owner.End)
	if t+1 != first && !(t+2 == first && r.doc.Tokens[t+1].UPOS == ud.ADJ) {
		return false
	}
	switch r.doc.Form(t) {
	case "'s", "’s", "'", "’":
		return true
	}
	return false
}

// relation reads the words before the name, and for members of a list ("in
// Latvia, Estonia and Finland") takes over that of the member before.
func (r *run) relation(first, end casus.TokenID, prev *casus.Place) string {
	if r.coast(first, end) {
		return "off the coast of"
	}
	if r.quarter(end) {
		return cmp.Or(r.longest(r.doc.Sentences[r.doc.Tokens[first].Sent].First, first), "in")
	}
	if prev != nil && r.listed(prev, first) {
		return prev.Relation
	}
	t := first
	sent := r.doc.Sentences[r.doc.Tokens[first].Sent].First
	kind := first >= sent+2 && r.doc.Form(first-1) == "of" && r.a.kinds[r.doc.Form(first-2)]
	for {
		if rel := r.longest(sent, t); rel != "" {
			return rel
		}
		if t == sent || first-t > 6 || !r.between(t-1) && !(kind && (t >= first-2 || r.doc.Tokens[t-1].UPOS.IsNominal())) {
			return ""
		}
		t--
	}
}

// between reports a word that may stand between the preposition and the name.
func (r *run) between(t casus.TokenID) bool {
	return r.a.between[r.doc.Form(t)] || r.doc.Tokens[t].UPOS == ud.ADJ || r.a.gaz.Demonym(gazetteer.KeyOf(r.doc.Form(t))) != 0
}

// coast reports "off Colombia's coast": the relation stands around the name.
func (r *run) coast(first, end casus.TokenID) bool {
	if int(end)+1 >= len(r.doc.Tokens) || first == 0 || r.doc.Form(first-1) != "off" {
		return false
	}
	if f := r.doc.Form(end); f != "'s" && f != "’s" && f != "'" {
		return false
	}
	return shore(r.doc.Form(end + 1))
}

// quarter reports a part of the place behind a possessive: "Beirut's southern
// suburbs" speaks of the town and of nobody in it.
func (r *run) quarter(end casus.TokenID) bool {
	sent := r.doc.Sentences[r.doc.Tokens[end-1].Sent].End
	if end >= sent {
		return false
	}
	if f := r.doc.Form(end); f != "'s" && f != "’s" && f != "'" {
		return false
	}
	t := end + 1
	for t < sent && t < end+4 && r.doc.Tokens[t].UPOS == ud.ADJ {
		t++
	}
	if t >= sent {
		return false
	}
	switch r.doc.Form(t) {
	case "suburb", "suburbs", "outskirts", "port", "harbour", "harbor", "airport", "centre", "center", "downtown", "streets", "north", "south", "east",
		"west", "northeast", "northwest", "southeast", "southwest", "countryside", "hinterland", "district", "districts", "neighbourhoods",
		"neighborhoods", "waters", "airspace":
		return true
	}
	return false
}

func shore(w string) bool {
	switch w {
	case "coast", "coasts", "coastline", "shore", "shores", "waters":
		return true
	}
	return false
}

// listed reports that only a comma, "and" or "or" stands between the place
// before and the name.
func (r *run) listed(prev *casus.Place, first casus.TokenID) bool {
	t := r.doc.TokenAt(prev.End)
	if t >= first || r.doc.Tokens[t].Sent != r.doc.Tokens[first].Sent {
		return false
	}
	for ; t < first; t++ {
		switch r.doc.Form(t) {
		case ",", "and", "or", "the", "/", "&":
		default:
			return false
		}
	}
	return true
}

const maxRelation = 5 // words

// longest finds the longest run of words that ends before the token and is in
// the list of relations.
func (r *run) longest(sent, t casus.TokenID) string {
	found := ""
	for n := casus.TokenID(1); n <= maxRelation && t-n >= sent; n++ {
		s := r.doc.Text[r.doc.Tokens[t-n].Start:r.doc.Tokens[t-1].End]
		rel, ok := r.a.relations[s]
		if !ok && t-n == sent { // the sentence begins with it: "In Accra, ..."
			rel, ok = r.a.relations[strings.ToLower(s)]
		}
		if ok {
			found = rel
		}
	}
	return found
}

// acts reports a country or capital that stands for its government: as the
// subject or object of a verb, as an agent, as a possessor or before a noun
// ("Nairobi's envoy", "the Kenya government"). A name on its own, as in a
// dateline, does not act.
func (r *run) acts(p *casus.Place, end casus.TokenID) bool {
	if c := class(p.FCode); c != nation && c != capital || p.Head == casus.None {
		return false
	}
	t := p.Head
	for range 4 { // the members of a list act together
		if r.doc.Tokens[t].Deprel != ud.Conj || r.doc.Tokens[t].Head == casus.None {
			break
		}
		t = r.doc.Tokens[t].Head
	}
	switch r.doc.Tokens[t].Deprel.Universal() {
	case ud.Nsubj, ud.Obj, ud.Iobj, ud.Obl, ud.Nmod, ud.Compound, ud.Csubj:
		return true
	}
	return false
}
