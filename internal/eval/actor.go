package eval

import (
	"slices"
	"strings"
	"unicode"
)

// Actor is one side of an event: its code taken apart, and the content words
// of each of its wordings.
type Actor struct {
	Code    string
	country string
	roles   []string // sorted
	anyRole bool     // the annotators left the sectors open
	open    bool     // no country: the annotators left it open, or it is not known
	words   [][]string
}

// Words gives the wordings that the actor may be compared by.
func (a Actor) Words() [][]string { return a.words }

var (
	// international codes stand in the country's place; what follows them is
	// not compared.
	international = map[string]bool{"IGO": true, "NGO": true, "NGM": true, "IMG": true, "MNC": true, "INT": true, "ISM": true, "UIS": true}
	// sameRole brings the sector names of CAMEO and PLOVER together.
	sameRole = map[string]string{"MED": "JRN", "INS": "REB", "SEP": "REB", "RAD": "REB", "PPL": "CVL", "CIV": "CVL", "SET": "CVL", "HRI": "NGO"}
	faiths   = map[string]bool{"MOS": true, "MUS": true, "CHR": true, "JEW": true, "CTH": true, "BUD": true, "HIN": true, "PRO": true, "SHI": true,
		"SUN": true, "DRZ": true, "ORT": true, "ATH": true, "SIK": true, "KUR": true, "HUT": true}
	stopWords = map[string]bool{"the": true, "a": true, "an": true, "of": true, "and": true, "in": true, "on": true, "for": true, "to": true,
		"by": true, "with": true, "from": true, "at": true, "its": true, "his": true, "her": true, "their": true, "s": true}
)

func newActor(code string, texts []string) Actor {
	a := Actor{Code: code}
	a.take(code)
	a.open = a.country == "---" || a.country == "***" || a.country == ""
	for _, t := range texts {
		if w := contentWords(t); len(w) > 0 {
			a.words = append(a.words, w)
		}
	}
	return a
}

// take reads a code: country, then sectors of three letters; ethnicity stands
// in lower case and is passed over.
func (a *Actor) take(code string) {
	code = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return -1
		}
		return r
	}, code)
	var parts []string
	for i := 0; i < len(code); i += 3 {
		parts = append(parts, code[i:min(i+3, len(code))])
	}
	if len(parts) == 0 {
		a.country = "---"
		return
	}
	if a.country = parts[0]; a.country == "UNO" || a.country == "EUR" {
		a.country = "IGO"
	}
	if international[a.country] {
		return
	}
	for _, p := range parts[1:] {
		if r := sameRole[p]; r != "" {
			p = r
		}
		if p == "***" {
			a.anyRole, a.roles = true, nil
			return
		}
		if !faiths[p] && p != "---" && !slices.Contains(a.roles, p) {
			a.roles = append(a.roles, p)
		}
	}
	slices.Sort(a.roles)
}

// contentWords gives the words of a text without the small ones, sorted, each
// once.
func contentWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	}) {
		if !stopWords[w] {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Level is how closely actors are compared.
type Level int

// The levels.
const (
	byCountry Level = iota
	byCode
	byCodeLenient // GOV counts for no sector, one shared sector is enough
	byText
)

// key makes equal actors equal strings.
func (a *Actor) key(l Level) string {
	switch {
	case a == nil:
		return ""
	case l == byText:
		var ws []string
		for _, w := range a.words {
			ws = append(ws, strings.Join(w, " "))
		}
		slices.Sort(ws)
		return strings.Join(ws, "|")
	case l == byCountry:
		return a.country
	case a.anyRole:
		return a.country + "*"
	}
	return a.country + "+" + strings.Join(a.roles, ",")
}

// same compares a gold actor with a coded one; nil is an empty slot. What the
// gold leaves open fits anything.
func same(g, p *Actor, l Level) bool {
	switch {
	case g == nil:
		return true
	case p == nil:
		return g.open && len(g.words) == 0
	case l == byText:
		return g.sharesWords(p)
	case g.open && (l == byCountry || len(g.roles) == 0):
		return true
	case !g.open && g.country != p.country:
		return false
	case l == byCountry || g.anyRole:
		return true
	case slices.Equal(g.roles, p.roles):
		return true
	}
	return l == byCodeLenient && (shared(g.roles, p.roles) > 0 || onlyGov(g.roles) && onlyGov(p.roles))
}

func onlyGov(roles []string) bool { return len(roles) == 0 || len(roles) == 1 && roles[0] == "GOV" }

// sharesWords reports a wording of each of which at least half of the shorter
// one's words are shared.
func (a *Actor) sharesWords(b *Actor) bool {
	for _, x := range a.words {
		for _, y := range b.words {
			if n := shared(x, y); n > 0 && 2*n >= min(len(x), len(y)) {
				return true
			}
		}
	}
	return false
}

// shared counts what two sorted lists have in common.
func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}
