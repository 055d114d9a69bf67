package actor

import (
	"casus"
	"casus/ud"
)

// Unknown gives, in text order, the subjects and agents in capitals for which
// the document has no entity, and the entities whose code is open: what the
// tables should learn next. It needs the entity layer.
func Unknown(doc *casus.Document) []casus.Span {
	var out []casus.Span
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		if tok.UPOS != ud.PROPN || !tok.Deprel.IsSubject() && tok.Deprel != ud.OblAgent {
			continue
		}
		if e := doc.EntityOf(casus.TokenID(i)); e == casus.None || doc.Entities[e].Code == "" {
			out = append(out, doc.SubtreeSpan(casus.TokenID(i)))
		}
	}
	return out
}
