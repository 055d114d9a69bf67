package brief

import (
	"strconv"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ontology"
)

// happened lists what at least one outlet reports as a fact. A threat that was
// made is a fact too, but a reader looks for it among the threats.
func (w *writer) happened() ([]ranked, error) {
	return w.lines(func(m *matter) []casus.Status {
		if m.has(casus.Asserted) && m.tellings[0].ev.Type != ontology.THREATEN {
			return []casus.Status{casus.Asserted}
		}
		return nil
	})
}

// claimed lists what nobody but an interested or unnamed voice says.
func (w *writer) claimed() ([]ranked, error) {
	return w.lines(func(m *matter) []casus.Status {
		if m.has(casus.Claimed) && !m.has(casus.Asserted) {
			return []casus.Status{casus.Claimed}
		}
		return nil
	})
}

// denied lists denials: of coded events, and in the speaker's words where
// nothing was coded.
func (w *writer) denied() ([]ranked, error) {
	coded, err := w.lines(func(m *matter) []casus.Status {
		if m.has(casus.Denied, casus.Negated) {
			return []casus.Status{casus.Denied, casus.Negated}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	told := map[sourceKey]bool{}
	for _, r := range coded {
		for _, s := range r.line.Supports() {
			told[keyOf(s)] = true
		}
	}
	var groups [][]*saying
	for _, d := range w.denials() {
		if told[sourceKey{d.v.doc.ID, d.v.around(d.sent).Start}] {
			continue
		}
		if g := sameSaying(groups, d); g >= 0 {
			groups[g] = append(groups[g], d)
		} else {
			groups = append(groups, []*saying{d})
		}
	}
	for _, g := range groups {
		l, err := w.sayingLine(g)
		if err != nil {
			return nil, err
		}
		coded = append(coded, ranked{l, 6 + float64(len(g)), g[0].v.doc.Published})
	}
	return coded, nil
}

func (w *writer) intended() ([]ranked, error) {
	return w.lines(func(m *matter) []casus.Status {
		open := []casus.Status{casus.Threatened, casus.Planned, casus.Hypothetical}
		switch {
		case m.tellings[0].ev.Type == ontology.THREATEN && !m.has(casus.Denied, casus.Negated):
			return append(open, casus.Asserted, casus.Claimed)
		case m.has(open...) && !m.has(casus.Asserted, casus.Claimed):
			return open
		}
		return nil
	})
}

// lines makes a line of every matter for which pick names statuses.
func (w *writer) lines(pick func(*matter) []casus.Status) ([]ranked, error) {
	var out []ranked
	for _, m := range w.matters {
		statuses := pick(m)
		if statuses == nil {
			continue
		}
		l, err := w.line(m, m.with(statuses...))
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, m.weight(), m.tellings[0].day})
	}
	return out, nil
}

// line words a matter by its best telling and cites all of them.
func (w *writer) line(m *matter, tellings []*telling) (cite.Line, error) {
	supports, err := citeAll(tellings)
	if err != nil {
		return cite.Line{}, err
	}
	best := tellings[0]
	text := capital(best.wording())
	if note := statusNote(best.ev, best.attribution() != casus.None); note != "" {
		text = note + ": " + text
	}
	if d := w.dayOf(best); d != "" {
		text = d + ": " + text
	}
	text = stop(text)
	if tail := w.tail(supports); tail != "" {
		text += " " + tail
	}
	if best.ev.Status == casus.Asserted && m.has(casus.Denied, casus.Negated) {
		against, err := citeAll(m.with(casus.Denied, casus.Negated))
		if err != nil {
			return cite.Line{}, err
		}
		text += " Denied by " + w.names(against) + "."
	}
	return cite.NewLine(text, best.v.label(best.ev), supports[0], supports[1:]...)
}

func citeAll(tellings []*telling) ([]cite.Support, error) {
	var out []cite.Support
	for _, t := range tellings {
		s, err := t.cite()
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// dayOf gives the day that a line begins with: the one the text names; in a
// brief of many documents, failing that, the day of the report.
func (w *writer) dayOf(t *telling) string {
	if d := t.v.when(t.ev); d != "" {
		return capital(d)
	}
	if w.many() && !t.v.doc.Published.IsZero() {
		return "Reported " + dateWords(t.v.doc.Published, t.v.doc.Published.Year)
	}
	return ""
}

// statusNote tells in a word what the heading of the section leaves open.
func statusNote(ev *casus.Event, quoted bool) string {
	switch ev.Status {
	case casus.Planned:
		return "planned"
	case casus.Threatened:
		return "threatened"
	case casus.Hypothetical:
		return "possible"
	case casus.Negated:
		if ev.Phase == casus.Future {
			return "ruled out"
		}
		if quoted {
			return "said not to have happened"
		}
		return "not so, according to the outlet"
	}
	return ""
}

// stop ends a text with a full stop, unless it ends a sentence already.
func stop(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") ||
		strings.HasSuffix(s, ".”") {
		return s
	}
	return s + "."
}

// maxVoices is how many chains of voices a line names.
const maxVoices = 3

// tail names the chains of voices behind a line: "[the Border Service, per
// Caspian Courier; Odlar Channel]". In a brief of one document the outlet
// stands at the head of the page and is not repeated; a line without any other
// voice has no tail there.
func (w *writer) tail(supports []cite.Support) string {
	var chains []string
	seen := map[string]bool{}
	for _, s := range supports {
		v := s.Voices()
		if !w.many() && s.Publisher() != "" {
			v = v[:len(v)-1]
		}
		if c := strings.Join(v, ", per "); c != "" && !seen[c] {
			seen[c] = true
			chains = append(chains, c)
		}
	}
	if len(chains) == 0 {
		return ""
	}
	more := ""
	if n := len(chains) - maxVoices; n > 0 {
		chains, more = chains[:maxVoices], "; and "+strconv.Itoa(n)+" more"
	}
	return "[" + strings.Join(chains, "; ") + more + "]"
}
