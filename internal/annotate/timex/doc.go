// Package timex finds the time expressions of a document and says which
// stretch of the calendar they mean: it takes Text and Published, with tokens
// and trees where there are any, and fills Times.
//
// The extents come from the surface alone: the text is cut into atoms (runs of
// letters, numbers, single signs) that are looked up in one word table and
// matched by hand-written state machines, so neither a wrong tokenisation
// ("mid-November", "2-week") nor a wrong tree moves a border. Tags and trees
// only help to choose between the last and the next Sunday.
//
// Values follow TIMEX3 (TimeML): 2025-08 with mod END for "the end of August",
// P3D for "three days", PRESENT_REF for "now". Relative dates are resolved
// against Published, never against the clock of the machine. In a document
// that tells the past at length ("In March 1917 ... the next day ..."), they
// are resolved against the last date told instead.
//
// The package does not tie times to events and does not repair the text: a
// weekday that contradicts its date is kept and named in Rule.
//
// It needs tokens only for Head and for tense; without them Head is None.
package timex

// Needs and Fills are the layers read and written.
var (
	Needs = []string{"tokens"}
	Fills = []string{"times"}
)
