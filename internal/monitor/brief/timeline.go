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
	for _, m := range w.matters {
		t := m.with()[0]
		dated := t.v.when(t.ev)
		if dated == "" && w.many() && !t.v.doc.Published.IsZero() {
			dated = dateWords(t.v.doc.Published, t.v.doc.Published.Year)
		}
		if dated == "" || len(t.ev.Source)+len(t.ev.Target) == 0 {
			continue
		}
		supports, err := citeAll(m.with())
		if err != nil {
			return nil, err
		}
		text := capital(dated) + ": " + t.short()
		l, err := cite.NewLine(stop(text), t.v.label(t.ev), supports[0], supports[1:]...)
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

// shortWords is the length of a line of the timeline.
const shortWords = 18

// short tells an event in a few words and, when it is not simply reported,
// with its status.
func (t *telling) short() string {
	s := shorten(t.wording(), shortWords)
	if t.ev.Status != casus.Asserted && t.ev.Status != casus.StatusNone {
		s += " (" + t.ev.Status.String() + ")"
	}
	return capital(s)
}
