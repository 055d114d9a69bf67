package token

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/abbreviations.txt
var abbreviationText string

//go:embed data/prefixes.txt
var prefixText string

//go:embed data/units.txt
var unitText string

//go:embed data/contractions.txt
var contractionText string

//go:embed data/suffixes.txt
var suffixText string

//go:embed data/after-its.txt
var afterItsText string

// stopRule says when the full stop behind an abbreviation belongs to it.
type stopRule uint8

const (
	stopNever stopRule = iota
	stopAlways
	stopName   // before a capital: "Gen. Lee", but "he is a gen. x"
	stopNumber // before a figure: "No. 5", but "No. We will not."
	stopInside // unless the sentence ends: "Acme Inc. said", "... at Acme Inc."
)

var stopRules = map[string]stopRule{"always": stopAlways, "name": stopName, "number": stopNumber, "inside": stopInside}

type lists struct {
	stop     map[string]stopRule
	prefix   map[string]bool
	unit     map[string]bool
	suffix   map[string]bool
	contract map[string]int // joined letters: where to cut
	afterIts map[string]bool
}

var loadLists = sync.OnceValue(func() *lists {
	l := &lists{stop: map[string]stopRule{}, prefix: set(prefixText), unit: set(unitText),
		suffix: set(suffixText), contract: map[string]int{}, afterIts: set(afterItsText)}
	for _, line := range lines(abbreviationText) {
		word, rule, _ := strings.Cut(line, "\t")
		l.stop[word] = stopRules[rule]
	}
	for _, line := range lines(contractionText) {
		a, b, _ := strings.Cut(line, "|")
		l.contract[a+b] = len(a)
	}
	return l
})

func lines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, line := range lines(text) {
		m[line] = true
	}
	return m
}

// lower gives the ASCII lower case of s in buf, or "" when s is longer than
// any word of the lists. The result lives as long as buf is not reused.
func lower(s string, buf *[16]byte) []byte {
	if len(s) > len(buf) {
		return nil
	}
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return buf[:len(s)]
}
