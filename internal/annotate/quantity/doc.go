// Package quantity finds the numbers of a document and what they count: "4.5
// million militias", "at least 20 people", "a submarine", "$1.2bn", "60%". It
// takes tokens with tags and trees, and the times (a year is no quantity), and
// fills Quantities.
//
// A quantity spans the number and the noun it counts; "at least", "about" and
// their like stay outside and become AtLeast, AtMost and Approx. The noun is
// found on the surface, as the run of adjectives and nouns behind the number,
// and in the tree where the surface leaves it open. Class is read from word
// tables: from the noun, or for persons from the verb ("killed 20 people").
//
// Ordinals, dates, clock times, ages and numbers that only name something
// ("Resolution 1701", "F-16") are no quantities. "Several" and "a few" are kept
// where the noun or the verb is one of the tables, with the low end as Value:
// several missiles are 3 to 9. "About 40" keeps 40 as Low and High: how far it
// may be off, the text does not say. Parts are told apart from wholes by Rule
// ("quantity.part", "quantity.including"), so that nobody adds them up.
package quantity

// Needs and Fills are the layers read and written.
var (
	Needs = []string{"tokens", "times"}
	Fills = []string{"quantities"}
)
