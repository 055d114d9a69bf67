package factuality

import (
	_ "embed"
	"fmt"
	"strings"

	"casus"
	"casus/ud"
)

// effect is what a governing word does to the status of what it governs; the
// zero value means "nothing known".
type effect uint8

const (
	noEffect effect = iota
	fact
	plan
	negate
	deny
	maybe
	threaten
	claim
	numEffects
)

var effectNames = [numEffects]string{"", "fact", "plan", "negate", "deny", "hypothetical", "threaten", "claim"}

//go:embed data/governors.tsv
var governorFile string

//go:embed data/events.txt
var eventFile string

// governor is a row of the table: v verb, n noun, a adjective with a clause, m
// attribute before a noun, d adverb of a clause.
type governor struct {
	lemma string
	class byte
}

func readGovernors(s string) (map[governor]effect, error) {
	m := make(map[governor]effect, 512)
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		lemma, rest, _ := strings.Cut(line, "\t")
		class, name, _ := strings.Cut(rest, "\t")
		e := noEffect
		for i, n := range effectNames {
			if n == name {
				e = effect(i)
			}
		}
		if e == noEffect || len(class) != 1 || lemma == "" {
			return nil, fmt.Errorf("factuality: governor table: bad line %q", line)
		}
		m[governor{lemma, class[0]}] = e
	}
	return m, nil
}

func readEvents(s string) map[string]bool {
	m := make(map[string]bool, 512)
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}

// eventNoun reports nouns that name something that happens.
func (a *Annotator) eventNoun(lemma string) bool {
	if a.events[lemma] {
		return true
	}
	for _, s := range []string{"tion", "sion", "ment", "ing"} {
		if len(lemma) > len(s)+2 && strings.HasSuffix(lemma, s) {
			return true
		}
	}
	return a.govern[governor{lemma, 'n'}] != noEffect
}

// effectOf gives the effect of a token on what it governs.
func (a *Annotator) effectOf(tok *casus.Token) effect {
	switch tok.UPOS {
	case ud.VERB:
		return a.govern[governor{tok.Lemma, 'v'}]
	case ud.NOUN:
		return a.govern[governor{tok.Lemma, 'n'}]
	case ud.ADJ:
		return a.govern[governor{tok.Lemma, 'a'}]
	}
	return noEffect
}
