// Package tag gives each word its universal and Penn tag, its features and its
// lemma. It needs sentences and tokens with spans and fills UPOS, XPOS, Feats
// and Lemma.
//
// Tags are chosen from left to right, both at once, by a linear model over
// hashed features (an averaged perceptron, Collins 2002): the word and its
// neighbours, affixes, the way it is written, the two tags before, and for the
// words around it the set of tags they may have. Frequent words are only
// offered the tags they were seen with, and most of them have but one, so no
// sum is made at all.
//
// A headline capitalises plain words ("Peru Rejects Offer"): how a whole
// sentence is written is part of what the model sees of a capital.
//
// Features follow from form and tags by a table; lemmas by the longest ending
// for which an edit was learned, with exceptions listed word by word. It does
// not mend spelling and knows nothing of syntax.
package tag

// Needs and Fills name the layers.
var (
	Needs = []string{"sentences", "tokens"}
	Fills = []string{"tags", "lemmas"}
)
