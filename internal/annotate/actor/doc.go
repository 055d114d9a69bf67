// Package actor says who acts in a document. It takes tokens with trees, names,
// times and places, and fills Document.Entities: persons, states, bodies,
// groups and roles, each with all its mentions, a PLOVER actor code where the
// text and the tables allow one, and the reason for it.
//
// The tables of states, bodies, outlets, office holders and actor nouns are
// embedded. One trie over interned lower-case words finds them all; phrases
// around actor nouns ("the Chilean defence minister") are read on the surface,
// with the tree as a second opinion, because trees of news sentences are wrong
// in one arc of six.
//
// The code of an office holder depends on Document.Published. Nothing is
// guessed: a code that does not follow from the text or a table stays empty.
// First-person pronouns ("we", "our") are left to attribution, which knows who
// speaks. The package does not look beyond one document.
package actor

// Needs and Fills name the layers the stage reads and writes.
var (
	Needs = []string{"tokens", "names", "times", "places", "quantities"}
	Fills = []string{"entities"}
)
