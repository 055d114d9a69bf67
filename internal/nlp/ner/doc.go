// Package ner finds the names of persons, places, organisations and other
// things in tagged sentences. It takes forms and tags and appends to Names; it
// does not say which person a name is (annotate/actor does) nor where a place
// lies (annotate/geo).
//
// The tagger gives each token one of seventeen labels (outside, or beginning,
// inside, last or unit of one of four classes) by a linear model and finds the
// best sequence with Viterbi's algorithm. Features are hashed and weights are
// bytes used where they lie.
package ner

// Needs and Fills name the layers that the tagger reads and writes.
var (
	Needs = []string{"sentences", "tokens"}
	Fills = []string{"names"}
)
