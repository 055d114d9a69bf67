package attribution

import (
	_ "embed"
	"fmt"
	"strings"

	"casus"
	"casus/ud"
)

//go:embed data/cues.tsv
var cueFile string

//go:embed data/voices.txt
var voiceFile string

// wordClass tells the part of speech of a row of the cue table.
type wordClass byte

const (
	verbCue wordClass = 'v'
	nounCue wordClass = 'n'
	adjCue  wordClass = 'a'
	prepCue wordClass = 'p'
)

type cueWord struct {
	lemma string
	class wordClass
}

// phrasal is a verb that means something else with a small word behind it:
// "call on", "take back".
type phrasal struct{ lemma, particle string }

// readCues reads the embedded table of stances.
func readCues(s string) (map[cueWord]casus.Stance, map[phrasal]casus.Stance, error) {
	m := make(map[cueWord]casus.Stance, 900)
	ps := make(map[phrasal]casus.Stance, 60)
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		lemma, rest, _ := strings.Cut(line, "\t")
		class, name, _ := strings.Cut(rest, "\t")
		st, ok := casus.ParseStance(name)
		if !ok || len(class) != 1 || lemma == "" {
			return nil, nil, fmt.Errorf("attribution: cue table: bad line %q", line)
		}
		if verb, particle, two := strings.Cut(lemma, " "); two {
			ps[phrasal{verb, particle}] = st
			continue
		}
		m[cueWord{lemma, wordClass(class[0])}] = st
	}
	return m, ps, nil
}

// classOf gives the class under which a token stands in the cue table; 0 for
// words that are never a cue.
func classOf(tok *casus.Token) wordClass {
	switch tok.UPOS {
	case ud.VERB:
		return verbCue
	case ud.NOUN:
		return nounCue
	case ud.ADJ:
		return adjCue
	case ud.ADP, ud.SCONJ:
		return prepCue
	}
	return 0
}

// readVoices reads the embedded list of nouns that can speak.
func readVoices(s string) map[string]bool {
	m := make(map[string]bool, 160)
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}
