// Package geo finds the names of places in a document and says which places
// they are. It fills Document.Places: the span, and where it can be told the
// GeoNames entry, its point and its country, and the relation that the
// preposition gives ("off the coast of").
//
// Recognition joins the entity tagger's names with the longest match in a
// gazetteer. Resolution looks at the document as a whole: "Paris" beside
// Lexington and Frankfort is the one in Kentucky. Where the evidence decides
// nothing, the place stays unknown (no id, no point): a guess would look like
// data.
//
// Adjectives and the names of peoples ("Turkish", "Russians") are not places
// here; they belong to the actors. A country or capital that acts ("Moscow
// said") is a place with AsActor set. Buildings, streets and bodies are found
// only when the tagger calls them places, and stay without a point unless the
// gazetteer has them.
//
// It needs "sentences", "tokens" and "names" and fills "places".
package geo

// Needs and Fills name the layers.
var (
	Needs = []string{"sentences", "tokens", "names"}
	Fills = []string{"places"}
)
