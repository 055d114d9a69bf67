package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ontology"
)

// count is one figure of one document with what is counted and whose it is.
type tally struct {
	v    *view
	q    *casus.Quantity
	sent casus.SentenceID
	st   casus.StatementID
	ev   *casus.Event // the event it belongs to; nil without
	what string       // class or unit: figures of one kind can be compared
}

// classWeight orders kinds of figures; those without an entry are figures of
// an event only.
var classWeight = map[string]float64{"killed": 9, "wounded": 8, "missing": 8, "detained": 7, "displaced": 7, "troops": 7,
	"militia": 7, "ships": 6, "aircraft": 6, "vehicles": 6, "weapons": 6, "missiles": 6, "money": 4}

// tallies gathers the figures worth a line: of a known class, or belonging to
// an event.
func (w *writer) tallies() (out []*tally) {
	for _, v := range w.views {
		owner := v.owners()
		for i := range v.doc.Quantities {
			t := &tally{v: v, q: &v.doc.Quantities[i], ev: owner[casus.QuantityID(i)]}
			t.sent, t.st = v.sentenceAt(t.q.Start), v.innermost(t.q.Span)
			t.what = t.q.Class
			if t.misread() {
				continue
			}
			if t.what == "" {
				t.what = t.q.Unit
			}
			if t.sent == casus.None || t.what == "" || t.ev == nil && classWeight[t.q.Class] == 0 || w.tables.uncounted[strings.ToLower(t.q.Unit)] && classWeight[t.q.Class] == 0 || t.q.Value == 1 && !befalls[t.q.Class] && (t.ev == nil || t.ev.Type != ontology.MOBILIZE) {
				continue
			}
			out = append(out, t)
		}
	}
	return out
}

// misread reports "four wounded" taken for killed: of "one dead and four
// wounded" the second figure is easily read with the word of the first.
func (t *tally) misread() bool {
	after := strings.Fields(t.v.doc.Text[t.q.Span.End:min(int(t.q.Span.End)+24, len(t.v.doc.Text))])
	if t.q.Class != "killed" || len(after) == 0 {
		return false
	}
	w := strings.ToLower(strings.Trim(after[0], ",.;"))
	return w == "wounded" || w == "injured"
}

// owners gives the first event that each figure belongs to.
func (v *view) owners() map[casus.QuantityID]*casus.Event {
	out := map[casus.QuantityID]*casus.Event{}
	for i := range v.doc.Events {
		for _, m := range v.doc.Events[i].Magnitude {
			if out[m.Quantity] == nil {
				out[m.Quantity] = &v.doc.Events[i]
			}
		}
	}
	return out
}

// figures lists numbers of people, forces and money with whose figure each is.
// Figures of one thing that differ stand in one line, and so do those of one
// sentence.
func (w *writer) figures() ([]ranked, error) {
	var out []ranked
	differ := map[*casus.Quantity]bool{}
	for _, g := range w.comparables() {
		d := distinct(g)
		if len(d) < 2 {
			continue
		}
		for _, t := range g {
			differ[t.q] = true
		}
		l, err := w.differLine(d, "")
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, 4 + classWeight[d[0].q.Class] + float64(len(d)), d[0].v.doc.Published})
	}
	var groups [][]*tally
	for _, t := range w.tallies() {
		if differ[t.q] {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*tally) bool { return slices.ContainsFunc(g, t.goesWith) })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], t)
	}
	for _, g := range groups {
		l, err := w.figureLine(g)
		if err != nil {
			return nil, err
		}
		weight := classWeight[g[0].q.Class] + 1.5*float64(min(len(g), 4))
		if g[0].ev != nil {
			weight += 2
		}
		out = append(out, ranked{l, weight, g[0].v.doc.Published})
	}
	return out, nil
}

// goesWith reports figures for one line: of one sentence, or told again.
func (t *tally) goesWith(o *tally) bool { return t.v == o.v && t.sent == o.sent || t.equal(o) }

// equal reports the same figure of the same thing in the same week.
func (t *tally) equal(o *tally) bool {
	return t.what == o.what && t.q.Value == o.q.Value && near(t.v.doc.Published, o.v.doc.Published, 7) &&
		overlap(t.v.words(t.v.around(t.sent)), o.v.words(o.v.around(o.sent))) >= 0.35
}

func (v *view) around(s casus.SentenceID) casus.Span { return v.doc.Sentences[s].Span }

func (w *writer) figureLine(g []*tally) (cite.Line, error) {
	var supports []cite.Support
	for _, t := range g {
		s, err := t.v.cite(t.sent, t.st)
		if err != nil {
			return cite.Line{}, err
		}
		supports = append(supports, s)
	}
	t := g[0]
	var phrases []string
	for _, o := range g {
		if o.v == t.v && o.sent == t.sent && !slices.Contains(phrases, o.phrase()) {
			phrases = append(phrases, o.phrase())
		}
	}
	text := capital(list(phrases))
	if c := t.context(); c != "" && !strings.Contains(text, c) {
		text += " — " + capital(c)
	}
	text = stop(text) + " " + w.whose(supports)
	return cite.NewLine(text, t.what+" "+t.number(), supports[0], supports[1:]...)
}

// phrase gives the figure in the words of the text, with its bound and, for
// people, what befell them: "at least six sailors (wounded)".
func (t *tally) phrase() string {
	span := t.q.Span
	if t.v.token(t.q.Head) && t.v.doc.Tokens[t.q.Head].Span.Start >= span.Start {
		span = span.Cover(t.v.doc.Tokens[t.q.Head].Span)
	}
	s := shorten(tidy(t.v.doc.String(span)), 8)
	low := strings.ToLower(s)
	switch {
	case t.q.AtLeast && !strings.Contains(low, "least") && !strings.Contains(low, "more than") && !strings.Contains(low, "over "):
		s = "at least " + s
	case t.q.AtMost && !strings.Contains(low, "most") && !strings.Contains(low, "up to") && !strings.Contains(low, "than"):
		s = "up to " + s
	case t.q.Approx && len(strings.Fields(s)) > 1 && low[0] >= '0' && low[0] <= '9':
		s = "about " + s
	}
	if c := t.q.Class; befalls[c] && !strings.Contains(low, c) {
		s += " (" + c + ")"
	}
	return s
}

// befalls are the classes that tell what happened to those counted.
var befalls = map[string]bool{"killed": true, "wounded": true, "missing": true, "detained": true, "displaced": true}

// context gives what the figure is about: the clause of its event, else the
// verb that governs it.
func (t *tally) context() string {
	if t.ev != nil && t.v.token(t.ev.Head) && t.v.doc.SubtreeSpan(t.ev.Head).Contains(t.q.Span) {
		return t.v.told(t.ev.Head, t.sent)
	}
	if !t.v.token(t.q.Head) {
		return t.v.sentence(t.sent)
	}
	return t.v.told(t.v.governor(t.q.Head), t.sent)
}

// whose names those whose figure it is; in a brief of one document without any
// other voice, the outlet.
func (w *writer) whose(supports []cite.Support) string {
	if tail := w.tail("", supports); tail != "" {
		return strings.Replace(tail, "[", "[figure of ", 1)
	}
	if o := supports[0].Outlet(); o != "" {
		return "[figure of " + o + "]"
	}
	return "[figure of the outlet]"
}

// number writes the figure for programs, with how exact it is.
func (t *tally) number() string {
	s := strconv.FormatFloat(t.q.Value, 'f', -1, 64)
	switch {
	case t.q.AtLeast:
		return "at least " + s
	case t.q.AtMost:
		return "at most " + s
	case t.q.Low != t.q.High && t.q.High > 0:
		return fmt.Sprintf("%s to %s", strconv.FormatFloat(t.q.Low, 'f', -1, 64), strconv.FormatFloat(t.q.High, 'f', -1, 64))
	case t.q.Approx:
		return "about " + s
	}
	return s
}
