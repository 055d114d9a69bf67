package export

import (
	"fmt"
	"slices"
	"strings"

	"casus/ontology"
)

// Direction says how the deeds of two sides to each other are written; the
// zero value means the format's own way.
type Direction uint8

// The directions.
const (
	DirectionDefault Direction = iota
	OneRow                     // one record for both sides
	TwoRows                    // a record each way
)

// ParseDirection reads the value of --reciprocal.
func ParseDirection(s string) (Direction, error) {
	switch s {
	case "":
		return DirectionDefault, nil
	case "one":
		return OneRow, nil
	case "two":
		return TwoRows, nil
	}
	return 0, fmt.Errorf("unknown value %q: use one or two", s)
}

// reciprocal reports that the sides do it to each other: the coder says so, or,
// of a document coded before it did, the code of several sources without a
// target, or the text that names them ("the fighting between A and B").
// Several sources alone do not: their common target may be open.
func (r *Record) reciprocal(coded bool) bool {
	if coded || len(r.Source) < 2 || len(r.Target) > 0 {
		return coded
	}
	for _, e := range r.Evidence {
		if e.Field == "source" && (strings.HasSuffix(e.Rule, ".between") || strings.HasSuffix(e.Rule, ".among")) {
			return true
		}
	}
	m, _ := ontology.MutualOf(r.CAMEO)
	return m.Among
}

// among reports that the sources have no target but each other.
func (r *Record) among() bool { return r.Reciprocal && len(r.Source) > 1 && len(r.Target) == 0 }

// pair is one source against one target, either of them -1 when open.
type pair struct {
	src, tgt Party
	hasSrc   bool
	hasTgt   bool
	back     bool // the mirrored row of a mutual deed
}

// rows gives the rows of a record: for a format of pairs one a source and
// target, and with TwoRows a row each way for the deeds of two sides to each
// other. Rows of one record are numbered in the order of its sides.
func (r *Record) rows(dyadic bool, dir Direction) []*Record {
	both := dir == TwoRows && r.mutual()
	switch {
	case r.among() && (dyadic || both):
		return r.split(r.amongSources(dir))
	case !dyadic && both:
		return r.bothWays()
	case !dyadic:
		return []*Record{r}
	}
	pairs := r.sourceByTarget()
	if both {
		pairs = append(pairs, mirrored(pairs)...)
	}
	return r.split(pairs)
}

// mutual reports a deed that both sides do.
func (r *Record) mutual() bool {
	if r.among() || r.twin {
		return r.among()
	}
	m, _ := ontology.MutualOf(r.CAMEO)
	return (r.Reciprocal || m.Back != "") && len(r.Source) > 0 && len(r.Target) > 0
}

func (r *Record) amongSources(dir Direction) []pair {
	var out []pair
	for i, a := range r.Source {
		for j, b := range r.Source {
			if i < j || dir == TwoRows && i != j {
				out = append(out, pair{src: a, tgt: b, hasSrc: true, hasTgt: true, back: i > j})
			}
		}
	}
	return out
}

func (r *Record) sourceByTarget() []pair {
	srcs, tgts := r.Source, r.Target
	noSrc, noTgt := len(srcs) == 0, len(tgts) == 0
	if noSrc {
		srcs = []Party{{}}
	}
	if noTgt {
		tgts = []Party{{}}
	}
	var out []pair
	for _, a := range srcs {
		for _, b := range tgts {
			out = append(out, pair{src: a, tgt: b, hasSrc: !noSrc, hasTgt: !noTgt})
		}
	}
	return out
}

func mirrored(ps []pair) []pair {
	var out []pair
	for _, p := range ps {
		out = append(out, pair{src: p.tgt, tgt: p.src, hasSrc: p.hasTgt, hasTgt: p.hasSrc, back: true})
	}
	return out
}

// split makes a record of each pair.
func (r *Record) split(pairs []pair) []*Record {
	out := make([]*Record, len(pairs))
	for i, p := range pairs {
		c := *r
		c.Source, c.Target, c.Reciprocal = nil, nil, false
		if p.hasSrc {
			c.Source = []Party{p.src}
		}
		if p.hasTgt {
			c.Target = []Party{p.tgt}
		}
		c.turn(p.back)
		c.number(i, len(pairs))
		out[i] = &c
	}
	return out
}

// bothWays gives the record and its mirror, sides whole.
func (r *Record) bothWays() []*Record {
	a, b := *r, *r
	b.Source, b.Target = r.Target, r.Source
	b.turn(true)
	a.number(0, 2)
	b.number(1, 2)
	return []*Record{&a, &b}
}

// turn gives a mirrored row the code of the other side: who is visited hosts.
func (r *Record) turn(back bool) {
	m, _ := ontology.MutualOf(r.CAMEO)
	if !back || m.Back == "" || m.Back == r.CAMEO {
		return
	}
	r.CAMEO = m.Back
	if x, ok := ontology.FromCAMEO(m.Back); ok && x.Type == r.Type {
		r.Mode = x.Mode
	}
}

func (r *Record) number(i, n int) {
	if n > 1 {
		r.ID = fmt.Sprintf("%s.%d", r.ID, i+1)
		r.Key = keyOf(r.ID)
	}
}

// clone copies what joining changes.
func (r *Record) clone() *Record {
	c := *r
	c.Origins = slices.Clone(r.Origins)
	return &c
}
