// Package neural is the accurate tier of the language engine: one small
// pretrained encoder (package encoder) with a head for each layer. It takes
// sentences that are already cut into words and writes their tags, features,
// trees and names, and proposals of statements for the attribution
// stage. Both tiers share the tokeniser; where the encoder sees a sentence begin
// inside another, this one cuts again.
//
// A word is represented by its first piece. Heads are plain linear layers
// (tags), biaffine scores (arcs, relations, roles of a cue: Dozat and Manning
// 2017), the tree is the best one with a single root (Chu-Liu/Edmonds), names
// are the best legal sequence of IOB2 labels.
//
// Neighbouring sentences are read in one window, so what is written of a sentence
// depends on those about it in the document too (the names on the whole of
// it), and on nothing else: not on what is in the batch or was read before.
package neural
