package geo

import (
	"fmt"
	"math"
	"strings"

	"casus"
)

// phraseOf is an expression of data/registers.tsv by what follows its first
// word.
type phraseOf struct {
	rest    []string
	country uint8
	number  int     // of the expression, so that it counts once a document
	weight  float64 // 1, or 0.5 for one that only leans to the country
}

// readRegisters reads the words that the papers of one country use of home.
// Countries are numbered by the gazetteer; one that it lacks is an error.
func (a *Annotator) readRegisters(file string) error {
	numbers := map[string]uint8{}
	for n := 1; n <= a.gaz.NumCountries(); n++ {
		numbers[a.gaz.Country(uint8(n)).ISO3] = uint8(n)
	}
	a.registers = map[string][]phraseOf{}
	stems := map[string]int{} // of the expressions, without number
	for f := range rows(file) {
		if len(f) != 2 || numbers[f[0]] == 0 {
			return fmt.Errorf("geo: registers.tsv: bad row %q", f)
		}
		for words := range strings.SplitSeq(f[1], ";") {
			weight := 1.0
			if leans, ok := strings.CutPrefix(words, "?"); ok {
				words, weight = leans, 0.5
			}
			stem := f[0] + strings.TrimSuffix(words, "s")
			if _, ok := stems[stem]; !ok {
				stems[stem] = len(stems)
			}
			a.addRegister(phraseOf{strings.Fields(words), numbers[f[0]], stems[stem], weight})
			a.addRegister(phraseOf{strings.Fields(words + "s"), numbers[f[0]], stems[stem], weight})
		}
	}
	a.numRegisters = len(stems)
	return nil
}

// addRegister adds an expression as it is and with capitals, as headlines and
// names have it.
func (a *Annotator) addRegister(p phraseOf) {
	words := p.rest
	title := make([]string, len(words))
	for i, w := range words {
		title[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	p.rest = words[1:]
	a.registers[words[0]] = append(a.registers[words[0]], p)
	if title[0] != words[0] {
		a.registers[title[0]] = append(a.registers[title[0]], p)
		p.rest = title[1:]
		a.registers[title[0]] = append(a.registers[title[0]], p)
	}
}

// register weighs the distinct home words of each country.
func (r *run) register() {
	r.s.home = [256]float64{}
	r.s.said = r.s.said[:0]
	for range r.a.numRegisters {
		r.s.said = append(r.s.said, false)
	}
	for t := range r.doc.Tokens {
		for _, p := range r.a.registers[r.doc.Form(casus.TokenID(t))] {
			if !r.s.said[p.number] && r.follows(casus.TokenID(t)+1, p.rest) {
				r.s.said[p.number] = true
				r.s.home[p.country] += p.weight
			}
		}
	}
}

func (r *run) follows(t casus.TokenID, words []string) bool {
	if int(t)+len(words) > len(r.doc.Tokens) {
		return false
	}
	for i, w := range words {
		if r.doc.Form(t+casus.TokenID(i)) != w {
			return false
		}
	}
	return true
}

// homeVote is what so many home words count: one alone little, for words
// travel; more no more than a few names.
func homeVote(n float64) float64 { return wHome * math.Log1p(max(n-homeFree, 0)) }

// minRegister is how many distinct home words of a country a document must
// have before one of them right behind a name puts that place into the country.
const minRegister = 2

// registerAt gives the country of the home word at the token, behind a
// possessive mark or not, in a document that has several of them; 0 without.
func (r *run) registerAt(t casus.TokenID) uint8 {
	if int(t) < len(r.doc.Tokens) && (r.doc.Form(t) == "'s" || r.doc.Form(t) == "’s") {
		t++
	}
	if int(t) >= len(r.doc.Tokens) {
		return 0
	}
	for _, p := range r.a.registers[r.doc.Form(t)] {
		if r.s.home[p.country] >= minRegister && r.follows(t+1, p.rest) {
			return p.country
		}
	}
	return 0
}
