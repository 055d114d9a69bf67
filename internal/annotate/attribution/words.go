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

// readCues reads the embedded table of stances.
func readCues(s string) (map[cueWord]casus.Stance, error) {
	m := make(map[cueWord]casus.Stance, 900)
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		lemma, rest, _ := strings.Cut(line, "\t")
		class, name, _ := strings.Cut(rest, "\t")
		st, ok := casus.ParseStance(name)
		if !ok || len(class) != 1 || lemma == "" {
			return nil, fmt.Errorf("attribution: cue table: bad line %q", line)
		}
		m[cueWord{lemma, wordClass(class[0])}] = st
	}
	return m, nil
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
