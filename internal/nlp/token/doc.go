// Package token cuts text into sentences and words by the conventions of the
// English Web Treebank: most hyphens stand alone ("Russian - backed"), clitics
// are words of their own inside a surface token ("do|n't", "Peru|'s"), runs of
// stops are one word.
//
// Scan is a scanner of plain rules: the same letters are cut the same way
// anywhere. Where a sentence ends is decided by blank lines, by line breaks
// that were made on purpose, and elsewhere by a small linear model over the
// words about the gap, since the web ends sentences without a stop and news
// has stops inside them ("Sen. Lee met U.S. envoys").
//
// It needs nothing and fills "sentences" and "tokens" (spans, words, paragraph
// and role). It does not correct spelling, join words that were written apart,
// or decide what a word is.
package token

// Needs and Fills name the layers.
var (
	Needs = []string{}
	Fills = []string{"sentences", "tokens"}
)
