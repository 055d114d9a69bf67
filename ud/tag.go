// Package ud holds the vocabulary of Universal Dependencies (version 2) as
// small types: universal and Penn tags, relations, features, and a reader and
// writer of CoNLL-U. It takes and gives plain values, keeps no state, and does
// not parse or tag anything.
//
// Source: https://universaldependencies.org/guidelines.html and, for the
// English-specific column, the Penn Treebank tag set as the English Web
// Treebank uses it.
package ud

import "fmt"

// UPOS is a universal part of speech. The zero value means "not set".
type UPOS uint8

// The universal parts of speech.
const (
	UPOSNone UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
	NumUPOS // number of values, for tables
)

var uposNames = [NumUPOS]string{"_", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART",
	"PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}

// String gives the tag as CoNLL-U writes it.
func (u UPOS) String() string {
	if int(u) < len(uposNames) {
		return uposNames[u]
	}
	return "_"
}

// ParseUPOS reads a universal tag.
func ParseUPOS(s string) (UPOS, error) {
	for i, n := range uposNames {
		if n == s {
			return UPOS(i), nil
		}
	}
	return UPOSNone, fmt.Errorf("ud: unknown UPOS %q", s)
}

// IsContent reports whether the tag is of an open class that can head a
// predicate or an argument.
func (u UPOS) IsContent() bool {
	return u == NOUN || u == PROPN || u == VERB || u == ADJ || u == ADV
}

// IsNominal reports whether the tag is a noun, proper noun or pronoun.
func (u UPOS) IsNominal() bool { return u == NOUN || u == PROPN || u == PRON }

// XPOS is a Penn Treebank tag, kept as a small number. The zero value means
// "not set". Tags outside the table do not occur in the English treebanks.
type XPOS uint8

var xposNames = []string{"_",
	"#", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN",
	"JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR",
	"RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``"}

var xposByName = func() map[string]XPOS {
	m := make(map[string]XPOS, len(xposNames))
	for i, n := range xposNames {
		m[n] = XPOS(i)
	}
	return m
}()

// Penn tags that code tests for by name.
var (
	XCD  = xposByName["CD"]
	XDT  = xposByName["DT"]
	XIN  = xposByName["IN"]
	XJJ  = xposByName["JJ"]
	XMD  = xposByName["MD"]
	XNN  = xposByName["NN"]
	XNNP = xposByName["NNP"]
	XNPS = xposByName["NNPS"]
	XNNS = xposByName["NNS"]
	XPOX = xposByName["POS"]
	XPRP = xposByName["PRP"]
	XWDT = xposByName["WDT"]
	XWP  = xposByName["WP"]
	XTO  = xposByName["TO"]
	XVB  = xposByName["VB"]
	XVBD = xposByName["VBD"]
	XVBG = xposByName["VBG"]
	XVBN = xposByName["VBN"]
	XVBP = xposByName["VBP"]
	XVBZ = xposByName["VBZ"]
)

// NumXPOS is the number of Penn tags, the unset one included.
func NumXPOS() int { return len(xposNames) }

// String gives the tag as CoNLL-U writes it.
func (x XPOS) String() string {
	if int(x) < len(xposNames) {
		return xposNames[x]
	}
	return "_"
}

// ParseXPOS reads a Penn tag.
func ParseXPOS(s string) (XPOS, error) {
	if x, ok := xposByName[s]; ok {
		return x, nil
	}
	return 0, fmt.Errorf("ud: unknown XPOS %q", s)
}
