package brief

import (
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
)

// contradictions lists what one voice says and another denies, and figures of
// one thing that differ. It does not say who is right.
func (w *writer) contradictions() ([]ranked, error) {
	told, err := w.disputed()
	if err != nil {
		return nil, err
	}
	counted, err := w.differing()
	if err != nil {
		return nil, err
	}
	return append(told, counted...), nil
}

var positive = []casus.Status{casus.Asserted, casus.Claimed}
var negative = []casus.Status{casus.Denied, casus.Negated}

// disputed pairs matters that are told with their denials. A denial is often
// coded with less detail than the claim, or not as an event at all ("the
// ministry denied the report"), so words in common count as well.
func (w *writer) disputed() ([]ranked, error) {
	denials := w.denials()
	var out []ranked
	for _, m := range w.matters {
		if !m.has(positive...) {
			continue
		}
		against, err := w.against(m, denials)
		if err != nil {
			return nil, err
		}
		if len(against) == 0 {
			continue
		}
		l, err := w.disputeLine(m.with(positive...), against)
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, 10 + m.weight(), m.tellings[0].day})
	}
	return out, nil
}

// against cites whoever denies a matter.
func (w *writer) against(m *matter, denials []*saying) ([]cite.Support, error) {
	var no []*telling
	for _, o := range w.matters {
		if o == m || m.opposed(o) {
			no = append(no, o.with(negative...)...)
		}
	}
	out, err := citeAll(no)
	if err != nil {
		return nil, err
	}
	for _, d := range denials {
		if !m.deniedBy(d) {
			continue
		}
		s, err := d.v.cite(d.sent, d.id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// denials gathers the statements that deny something.
func (w *writer) denials() (out []*saying) {
	for _, v := range w.views {
		for i := range v.doc.Statements {
			st := &v.doc.Statements[i]
			if st.Stance != casus.Deny || st.Negated || len(st.Content) == 0 {
				continue
			}
			if s := v.saying(casus.StatementID(i)); s != nil {
				out = append(out, s)
			}
		}
	}
	return out
}

// deniedBy reports a denial in the words of a matter, within the week, and not
// in the sentence that tells it.
func (m *matter) deniedBy(d *saying) bool {
	t := m.tellings[0]
	for _, o := range m.tellings {
		if o.v == d.v && o.ev.Sentence == d.sent {
			return false
		}
	}
	n, like := common(t.words, d.words), overlap(t.words, d.words)
	return near(t.day, d.v.doc.Published, 7) && (n >= 2 && like >= 0.66 || n >= 3 && like >= 0.5)
}

// opposed reports a matter between the same parties in similar words within
// the week: what it denies may be what m tells. Of another type ("asked for
// missiles", "received no request for missiles") it must be more alike.
func (m *matter) opposed(o *matter) bool {
	a, b := m.tellings[0], o.tellings[0]
	if !o.has(negative...) || !near(a.day, b.day, 7) {
		return false
	}
	like := overlap(a.words, b.words)
	if a.ev.Type == b.ev.Type && agree(a.src, b.src) && agree(a.tgt, b.tgt) {
		return like >= 0.4
	}
	return like >= 0.6 && (agree(a.src, b.src) && agree(a.tgt, b.tgt) || agree(a.src, b.tgt) && agree(a.tgt, b.src))
}

func (w *writer) disputeLine(yes []*telling, against []cite.Support) (cite.Line, error) {
	supports, err := citeAll(yes)
	if err != nil {
		return cite.Line{}, err
	}
	text := stop(capital(yes[0].wording()))
	if d := w.dayOf(yes[0]); d != "" {
		text = d + ": " + text
	}
	text += " Told by " + w.names(supports) + "; denied by " + w.names(against) + "."
	// One sentence of each side comes first: the page names only a few.
	all := append([]cite.Support{supports[0], against[0]}, append(supports[1:], against[1:]...)...)
	return cite.NewLine(text, yes[0].v.label(yes[0].ev)+" / denied", all[0], all[1:]...)
}

// names gives the innermost voices of some supports, each once.
func (w *writer) names(supports []cite.Support) string {
	var out []string
	for _, s := range supports {
		n := "the outlet"
		if v := s.Voices(); len(v) > 0 {
			n = v[0]
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) > maxVoices {
		return strings.Join(out[:maxVoices], ", ") + fmt.Sprintf(" and %d more", len(out)-maxVoices)
	}
	return list(out)
}

// differing finds figures of one thing that do not agree: of one class, in
// sentences about the same parties, days apart at most.
func (w *writer) differing() ([]ranked, error) {
	var groups [][]*tally
	for _, t := range w.tallies() {
		if t.q.Class == "" || t.q.Class == "money" {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*tally) bool { return slices.ContainsFunc(g, t.comparable) })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], t)
	}
	var out []ranked
	for _, g := range groups {
		g = distinct(g)
		if len(g) < 2 {
			continue
		}
		l, err := w.differLine(g)
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, 10 + classWeight[g[0].q.Class] + float64(len(g)), g[0].v.doc.Published})
	}
	return out, nil
}

// comparable reports figures that speak of the same thing: one class, close in
// time, in sentences that are alike. The same noun counted is worth as much as
// many words in common: "two sailors" and "five sailors", both killed.
func (t *tally) comparable(o *tally) bool {
	if t.q.Class != o.q.Class || t.v == o.v && t.sent == o.sent {
		return false
	}
	days, alike := 3, 0.5
	if t.q.Unit != "" && t.q.Unit == o.q.Unit {
		alike = 0.45
		if befalls[t.q.Class] {
			days, alike = 16, 0.18
		}
	}
	return near(t.v.doc.Published, o.v.doc.Published, days) &&
		overlap(t.v.words(t.v.around(t.sent)), o.v.words(o.v.around(o.sent))) >= alike
}

// distinct keeps the first of the figures that agree, in the order of the
// reports: "at least three" and "five" may both be right.
func distinct(g []*tally) (out []*tally) {
	for _, t := range g {
		if !slices.ContainsFunc(out, t.agrees) {
			out = append(out, t)
		}
	}
	return out
}

func (t *tally) agrees(o *tally) bool {
	low, high := t.q, o.q
	if low.Value > high.Value {
		low, high = high, low
	}
	return low.Value == high.Value || low.AtLeast || high.AtMost
}

func (w *writer) differLine(g []*tally) (cite.Line, error) {
	var supports []cite.Support
	var parts []string
	for _, t := range g {
		s, err := t.v.cite(t.sent, t.st)
		if err != nil {
			return cite.Line{}, err
		}
		supports = append(supports, s)
		p := strings.TrimSuffix(t.phrase(), " ("+t.q.Class+")") + " (" + strings.Join(s.Voices()[:1], "")
		if d := t.v.doc.Published; w.many() && !d.IsZero() {
			p += ", " + dateWords(d, d.Year)
		}
		parts = append(parts, p+")")
	}
	text := "Figures differ on " + g[0].q.Class
	if u := g[0].q.Unit; u != "" && u != g[0].q.Class {
		text += " (" + u + ")"
	}
	return cite.NewLine(stop(text+": "+strings.Join(parts, "; ")), g[0].q.Class, supports[0], supports[1:]...)
}
