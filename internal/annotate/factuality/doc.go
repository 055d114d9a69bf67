// Package factuality says of every verb, predicative adjective or noun and
// event noun whether it is told as having happened: it fills
// Document.Predicates.
//
// It needs "tokens" (with trees), "times" and "statements", and fills
// "predicates". Own is the status inside the innermost statement: by
// negation, modal verbs, tense, the words that govern the predicate ("failed
// to sign", "plans to strike", "a possible attack") and a small linear model
// over the same evidence, learned from UDS "It Happened" and MEANTIME
// (data/CARD.md). Status is Own after the stances of the statements that hold
// the predicate: what a minister denies is denied, what rebels claim is
// claimed. Value is the scale of UDS, -3 (did not happen) to 3 (happened).
//
// It does not ask whether anything is true, and it does not see beyond the
// sentence and its statements.
package factuality

// Needs and Fills name the layers.
var (
	Needs = []string{"sentences", "tokens", "times", "statements"}
	Fills = []string{"predicates"}
)
