package eval

import (
	"slices"
)

// pair is one record of type, source and target; free says that the order of
// the sides does not count.
type pair struct {
	typ  string
	a, b *Actor
	free bool
}

// symmetric are types that two sides do together.
var symmetric = map[string]bool{"AGREE": true, "CONSULT": true, "SUPPORT": true, "COOPERATE": true, "1": true, "2": true}

// pairsOf spreads events over all pairs of their sides. free names the types
// that the gold has both ways round; nil for the gold itself.
func pairsOf(events []Event, scheme string, coded bool, free map[string]bool) []pair {
	var out []pair
	for i := range events {
		e := &events[i]
		t := project(e.Type, scheme)
		if t == "" {
			continue
		}
		if len(e.Source) > 1 && (e.Reciprocal || coded && len(e.Target) == 0 && (free[t] || symmetric[t])) {
			for x := range e.Source {
				for y := x + 1; y < len(e.Source); y++ {
					out = append(out, pair{t, &e.Source[x], &e.Source[y], true})
				}
			}
			continue
		}
		for _, a := range orNone(e.Source) {
			for _, b := range orNone(e.Target) {
				out = append(out, pair{t, a, b, false})
			}
		}
	}
	return out
}

func orNone(as []Actor) []*Actor {
	if len(as) == 0 {
		return []*Actor{nil}
	}
	out := make([]*Actor, len(as))
	for i := range as {
		out[i] = &as[i]
	}
	return out
}

// distinct merges equal pairs.
func distinct(ps []pair, l Level, free map[string]bool) []pair {
	seen := map[[3]string]bool{}
	var out []pair
	for _, p := range ps {
		x, y := "+"+p.a.key(l), "+"+p.b.key(l)
		if p.a == nil {
			x = ""
		}
		if p.b == nil {
			y = ""
		}
		if (p.free || free[p.typ]) && x > y {
			x, y = y, x
		}
		if k := [3]string{p.typ, x, y}; !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

func fits(g, p *pair, l Level) bool {
	if g.typ != p.typ {
		return false
	}
	if same(g.a, p.a, l) && same(g.b, p.b, l) {
		return true
	}
	return (g.free || p.free && symmetric[g.typ]) && same(g.a, p.b, l) && same(g.b, p.a, l)
}

// matched gives the size of the largest one-to-one matching.
func matched(gold, pred int, ok func(i, j int) bool) int {
	got := make([]int, pred)
	for j := range got {
		got[j] = -1
	}
	n := 0
	for i := range gold {
		if augment(i, got, make([]bool, pred), ok) {
			n++
		}
	}
	return n
}

func augment(i int, got []int, seen []bool, ok func(i, j int) bool) bool {
	for j := range got {
		if seen[j] || !ok(i, j) {
			continue
		}
		seen[j] = true
		if got[j] < 0 || augment(got[j], got, seen, ok) {
			got[j] = i
			return true
		}
	}
	return false
}

// actors gives the distinct actors of the events, without those left open.
func actors(events []Event, l Level) []*Actor {
	seen := map[string]bool{}
	var out []*Actor
	for i := range events {
		for _, side := range [2][]Actor{events[i].Source, events[i].Target} {
			for k := range side {
				a := &side[k]
				if l != byText && a.open || seen[a.key(l)] {
					continue
				}
				seen[a.key(l)] = true
				out = append(out, a)
			}
		}
	}
	return out
}

// penta maps the types to the four classes of pentacode, statements apart.
var penta = map[string]string{"AGREE": "1", "CONSULT": "1", "SUPPORT": "1", "COOPERATE": "2", "AID": "2", "CONCEDE": "2", "RETREAT": "2", "REQUEST": "3",
	"ACCUSE": "3", "REJECT": "3", "THREATEN": "3", "PROTEST": "4", "MOBILIZE": "4", "SANCTION": "4", "COERCE": "4", "ASSAULT": "4"}

// project maps a type down to a scheme that knows fewer.
func project(t, scheme string) string {
	switch {
	case scheme == "penta" && penta[t] != "":
		return penta[t]
	case scheme == "plover15" && (t == "CONCEDE" || t == "RETREAT"):
		return "YIELD"
	}
	return t
}

// typeSet gives the projected types of the events, sorted, each once.
func typeSet(events []Event, scheme string) []string {
	var out []string
	for i := range events {
		if t := project(events[i].Type, scheme); t != "" {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bothWays gives the types that the gold has reciprocal: marked so, or from A
// to B and from B to A.
func bothWays(events []Event, scheme string) map[string]bool {
	has := map[[3]string]bool{}
	free := map[string]bool{}
	for i := range events {
		e := &events[i]
		t := project(e.Type, scheme)
		if e.Reciprocal {
			free[t] = true
		}
		for _, a := range e.Source {
			for _, b := range e.Target {
				if a.country != b.country && has[[3]string{t, b.country, a.country}] {
					free[t] = true
				}
				has[[3]string{t, a.country, b.country}] = true
			}
		}
	}
	return free
}
