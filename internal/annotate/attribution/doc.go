// Package attribution finds who says what: it fills Document.Statements with
// the source, cue and content of every reported statement, belief, plan,
// attitude or decree, the entity that speaks, and the chain of voices that
// carries it.
//
// It needs "sentences", "tokens" (with trees), "names", "times" and
// "entities", and fills "statements". The conventions are those of PolNeAR (Newell, Margolin
// and Ruths, LREC 2018): the cue is one run of words with its auxiliaries,
// negation and preposition; "that", "to" and quotation marks belong to the
// content; the relative pronoun is the source where it is the subject. Casus
// adds the statements inside statements, tied by Via.
//
// The work goes in steps: quotations are found in the bare text; each verb,
// noun, adjective or colon that may be a cue is judged by a linear model; for
// each cue the model picks source and content among spans that the tree and
// the quotation marks propose; rules then carry quotations on over sentences,
// tie "stated this" to the sentence before, and nest. A weight file learned
// from PolNeAR is embedded (data/CARD.md).
//
// It does not judge whether a statement is true, nor resolve names: the
// speaker is whatever entity the actor stage put at the head of the source.
package attribution

// Needs and Fills name the layers.
var (
	Needs = []string{"sentences", "tokens", "names", "times", "entities"}
	Fills = []string{"statements"}
)
