package geo

import (
	"strings"

	"casus"
	"casus/internal/annotate/geo/gazetteer"
)

// want is the class that the words around a name ask for: "the city of
// Turkey" is no country, "New York Gov." speaks of the state.
type want uint8

const (
	wantAny want = iota
	wantTown
	wantState
	wantCounty
)

// fits reports a candidate of the class asked for.
func (w want) fits(c *candidate) bool {
	switch w {
	case wantTown:
		return c.class == town || c.class == capital
	case wantState:
		return c.class == state
	case wantCounty:
		return c.class == county
	}
	return true
}

// weight is what a hint counts; the names of cities and their regions are less
// apart than those of towns and countries.
func (w want) weight() float64 {
	if w == wantState {
		return wWant - 1.5
	}
	return wWant
}

// hint reads the words right before and behind the name.
func (r *run) hint(m *mention) want {
	sent := r.doc.Sentences[r.doc.Tokens[m.first].Sent]
	if t := m.first; t >= sent.First+2 && r.doc.Form(t-1) == "of" {
		if w := r.a.hintBefore[strings.ToLower(r.doc.Form(t-2))]; w != wantAny {
			return w
		}
	}
	if m.end < sent.End {
		if w := r.a.hintAfter[r.doc.Form(m.end)]; w != wantAny {
			return w
		}
	}
	return wantAny
}

// maxListed bounds the names in a list of counties, in tokens.
const maxListed = 40

// counties marks the tokens of lists that end in a word for areas of the
// second level: "Becker, Clay and Otter Tail counties".
func (r *run) counties() {
	for t := range r.doc.Tokens {
		if f := r.doc.Form(casus.TokenID(t)); f != "counties" && f != "Counties" {
			continue
		}
		sent := r.doc.Sentences[r.doc.Tokens[t].Sent].First
		for i := casus.TokenID(t) - 1; i >= sent && int(i) > t-maxListed; i-- {
			if !r.capital(i) && !r.listWord(i) {
				break
			}
			r.s.county[i] = true
		}
	}
}

func (r *run) listWord(t casus.TokenID) bool {
	switch r.doc.Form(t) {
	case ",", "and", "or", "&", "-", ".":
		return true
	}
	return false
}

// capital reports a token that begins with a capital letter of ASCII.
func (r *run) capital(t casus.TokenID) bool {
	c := r.doc.Text[r.doc.Tokens[t].Start]
	return c >= 'A' && c <= 'Z'
}

// county takes a member of a list of counties, if there is a county by its
// name.
func (r *run) county(t, end casus.TokenID) (casus.TokenID, bool) {
	if !r.s.county[t] {
		return t, false
	}
	j := t
	f := gazetteer.NewFolder()
	for ; j < end && r.s.county[j] && !(r.listWord(j) && r.doc.Form(j) != "."); j++ {
		if j > t && r.doc.Tokens[j].Start > r.doc.Tokens[j-1].End {
			f.Write(" ")
		}
		f.Write(r.doc.Form(j))
	}
	f.Write(" County")
	from := int32(len(r.s.hits))
	r.s.hits = r.a.gaz.Lookup(r.s.hits, f.Key())
	if len(r.s.hits) == int(from) {
		return t, false
	}
	r.s.mentions = append(r.s.mentions, mention{first: t, end: j, key: f.Key(), hits: [2]int32{from, int32(len(r.s.hits))},
		tagged: true, evidence: 4, want: wantCounty, outer: -1})
	return j, true
}
