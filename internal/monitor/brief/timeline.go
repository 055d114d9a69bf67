package brief

import (
	"casus"
	"casus/internal/monitor/brief/cite"
)

// timeline lists the dated matters, shortly worded: days first, so that it can
// be read as a list. A matter without a day in the text stands at the day of
// its first report only in a brief of many documents.
func (w *writer) timeline() ([]ranked, error) {
	var out []ranked
	had := map[clauseKey]bool{}
	for _, m := range w.matters {
		t := m.with()[0]
		dated := t.v.when(t.ev)
		if dated == "" && w.many() && !t.v.doc.Published.IsZero() {
			dated = dateWords(t.v.doc.Published, t.v.doc.Published.Year)
		}
		if dated == "" || len(t.ev.Source)+len(t.ev.Target) == 0 || had[t.clauseKey()] || t.status == casus.Negated || t.status == casus.Denied {
			continue
		}
		had[t.clauseKey()] = true
		supports, err := citeAll(m.with())
		if err != nil {
			return nil, err
		}
		text := cut(capital(dated)+": "+t.short(), timelineWidth)
		l, err := cite.NewLine(stop(text), t.label(), supports[0], supports[1:]...)
		if err != nil {
			return nil, err
		}
		weight := m.weight()
		if t.ev.Time.Time != casus.None {
			weight += 3
		}
		out = append(out, ranked{l, weight, t.day})
	}
	return out, nil
}

// timelineWidth is the length of a line of the timeline, in characters: with
// its numbers it takes one row.
const timelineWidth = 75

// short tells an event and, when it is not simply reported, with its status.
func (t *telling) short() string {
	s := t.wording()
	if t.status != casus.Asserted && t.status != casus.StatusNone {
		s = "(" + t.status.String() + ") " + s
	}
	return capital(s)
}
