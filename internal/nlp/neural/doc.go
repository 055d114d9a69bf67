// Package neural is the accurate tier of the language engine: one small
// pretrained encoder (package encoder) with a head for each layer. It takes
// sentences that are already cut into words and writes their tags, features,
// trees and names, and proposals of statements for the attribution
// stage. It does not cut text: both tiers share the tokeniser.
//
// A word is represented by its first piece. Heads are plain linear layers
// (tags), biaffine scores (arcs, relations, roles of a cue: Dozat and Manning
// 2017), the tree is the best one with a single root (Chu-Liu/Edmonds), names
// are the best legal sequence of IOB2 labels.
//
// What is written of a sentence depends on its words alone, not on the other
// sentences of the batch.
package neural
