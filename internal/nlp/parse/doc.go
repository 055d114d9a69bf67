// Package parse gives every sentence a dependency tree. It takes tokens with
// form, lemma, UPOS and XPOS and fills Head and Deprel; it does not cut text,
// tag words or link the tree (Document.Link does that).
//
// Two linear models stand behind it. The first drives an arc-hybrid transition
// system (Kuhlmann, Gómez-Rodríguez and Satta 2011) from left to right with a
// narrow beam and decides the bare tree. It begins learning action by action
// with a dynamic oracle (Goldberg and Nivre 2013) and goes on with whole
// sentences, where the best path that the beam finds departs furthest from the
// best right one (Huang, Fayong and Guo 2012). The second names each arc when
// the whole tree is known: in "the man who came left", the relation of "came"
// is plain once "who" is seen to hang on it. Splitting the two keeps a
// transition at two sums instead of a hundred.
//
// Features are hashed; weights are bytes and are used where they lie, so a
// model loads as fast as its file is mapped. There is one root in each tree,
// no cycle, no crossing arc, and the same tokens give the same tree.
package parse

// Needs and Fills name the layers that the parser reads and writes.
var (
	Needs = []string{"sentences", "tokens"}
	Fills = []string{"trees"}
)
