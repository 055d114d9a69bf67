package attribution

import (
	"casus"
	"casus/ud"
)

// meaning gives the stance of a cue: that of its word, turned by what the word
// is governed by ("refused to say") and by negation ("did not confirm").
func (w *work) meaning(c *cue) (st casus.Stance, negated bool) {
	doc := w.doc
	if c.stance != casus.StanceNone {
		return c.stance, false
	}
	st = w.stance[c.head]
	if st == casus.StanceNone {
		st = casus.Assert
	}
	for t := c.span.first; t < c.span.end; t++ {
		tok := &doc.Tokens[t]
		if t != c.head && tok.UPOS == ud.VERB {
			switch g := w.stance[t]; g {
			case casus.Decline, casus.Evade, casus.Deny:
				st = g
			}
		}
		switch tok.Lemma {
		case "not", "never", "n't", "no", "nor", "neither":
			negated = true
		}
	}
	if negated {
		switch st {
		case casus.Confirm:
			st = casus.Decline
		case casus.Deny:
			st, negated = casus.Assert, true
		}
	}
	return st, negated
}
