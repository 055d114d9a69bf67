package brief

import (
	"fmt"
	"slices"
	"strings"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ud"
)

// contradictions lists what one voice says and another denies, figures of one
// thing that differ, and what somebody took back himself. It does not say who
// is right.
func (w *writer) contradictions() ([]ranked, error) {
	var out []ranked
	for _, part := range []func() ([]ranked, error){w.disputed, w.differing, w.corrected} {
		lines, err := part()
		if err != nil {
			return nil, err
		}
		out = append(out, lines...)
	}
	return out, nil
}

var positive = []casus.Status{casus.Asserted, casus.Claimed}
var negative = []casus.Status{casus.Denied, casus.Negated}

// denials gathers the statements that deny something.
func (w *writer) denials() []*saying { return w.sayings((*saying).denial) }

// denial reports words that say that something is not so. To reject a demand
// is to refuse, and no denial.
func (s *saying) denial() bool {
	if s.st.Stance != casus.Deny || s.st.Negated || !s.v.denies(s.st) {
		return false
	}
	t := loadTables()
	if len(s.v.doc.Tokens) == 0 {
		for i, f := range strings.Fields(strings.ToLower(s.what)) {
			if i < 4 && t.refusable[f] {
				return false
			}
		}
		return true
	}
	first, end := s.v.doc.TokenRange(s.st.Content[0])
	h := s.v.doc.HeadOf(first, end)
	if !s.v.token(h) || s.v.doc.Tokens[h].UPOS == ud.VERB {
		return true
	}
	lemma := s.v.doc.Tokens[h].Lemma
	if cue := s.st.CueHead; s.v.token(cue) && s.v.doc.Tokens[cue].Lemma != "deny" && !s.v.doc.HasKid(h, ud.Cop) {
		return t.report[lemma] && !t.refusable[lemma] // one rejects also what is asked
	}
	return !t.refusable[lemma]
}

// denies reports a cue whose main word denies, a verb or a noun: "the disputed
// part" denies nothing.
func (v *view) denies(st *casus.Statement) bool {
	if v.token(st.CueHead) {
		tok := &v.doc.Tokens[st.CueHead]
		return (tok.UPOS == ud.VERB || tok.UPOS == ud.NOUN) && loadTables().denial[strings.ToLower(tok.Lemma)]
	}
	for _, c := range st.Cue {
		for f := range strings.FieldsSeq(strings.ToLower(v.doc.String(c))) {
			if f == "a" || f == "an" || f == "the" {
				break // what follows is no verb
			}
			for _, l := range loadTables().denials {
				if strings.HasPrefix(f, l[:len(l)-1]) {
					return true
				}
			}
		}
	}
	return false
}

// affirmed is a voice that tells what another denies.
type affirmed struct {
	telling *telling // nil for a statement
	saying  *saying
	like    float64
	cite    cite.Support
}

// disputed pairs denials with those who tell what is denied, in coded events
// or in words, and events told with events said not to have happened.
func (w *writer) disputed() ([]ranked, error) {
	var groups [][]*saying
	used := map[sourceKey]bool{}
	for _, d := range w.denials() {
		used[sourceKey{d.v.doc.ID, d.v.around(d.sent).Start}] = true
		if g := sameSaying(groups, d); g >= 0 {
			groups[g] = append(groups[g], d)
		} else {
			groups = append(groups, []*saying{d})
		}
	}
	var out []ranked
	for _, g := range groups {
		r, err := w.disputeOf(g)
		if err != nil {
			return nil, err
		}
		out = append(out, r...)
	}
	coded, err := w.codedDisputes(used)
	return append(out, coded...), err
}

// disputeOf gives the line of a denial, none when nobody tells what it denies.
func (w *writer) disputeOf(g []*saying) ([]ranked, error) {
	yes, err := w.affirmers(g[0])
	if err != nil || len(yes) == 0 {
		return nil, err
	}
	var against []cite.Support
	for _, d := range g {
		s, err := d.v.cite(d.sent, d.id)
		if err != nil {
			return nil, err
		}
		against = append(against, s)
	}
	best := yes[0]
	text, day := "", casus.Date{}
	if best.telling != nil {
		text, day = best.telling.wording(), best.telling.day
		if d := w.dayOf(best.telling); d != "" {
			text = d + ": " + capital(text)
		}
	} else {
		text, day = best.saying.what, best.saying.v.doc.Published
		if best.saying.st.Stance == casus.Accuse { // whom and of what needs its verb
			text = best.saying.wording()
		}
	}
	var supports []cite.Support
	for _, y := range yes {
		supports = append(supports, y.cite)
	}
	l, err := w.disputeLine(text, "disputed", supports, against)
	if err != nil {
		return nil, err
	}
	return []ranked{{l, 14 + float64(len(yes)), day}}, nil
}

// affirmers gives the other voices that tell what somebody denies, the most
// alike first.
func (w *writer) affirmers(d *saying) (out []affirmed, err error) {
	words := d.denied()
	add := func(a affirmed, v *view, sent casus.SentenceID, st casus.StatementID) error {
		c, err := v.cite(sent, st)
		if err != nil {
			return err
		}
		if sameVoice(c.Voices(), d.who) || v == d.v && sent == d.sent && !slices.Contains(d.st.Answers, st) {
			return nil
		}
		a.cite = c
		out = append(out, a)
		return nil
	}
	for _, id := range d.st.Answers {
		s := d.v.saying(id)
		if s == nil {
			continue
		}
		if err := add(affirmed{saying: s, like: 2}, d.v, s.sent, id); err != nil {
			return nil, err
		}
	}
	for _, m := range w.matters {
		for _, t := range m.with(positive...) {
			if like := alike(t.words, words); like > 0 && near(t.v.doc.Published, d.v.doc.Published, denialDays) && !d.v.repeats(d, t) && unless(t.wording(), loadTables().negative, "-") != "" {
				if err := add(affirmed{telling: t, like: like + 0.1}, t.v, t.ev.Sentence, t.attribution()); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, s := range w.sayings((*saying).affirms) {
		if like := alike(s.words, words); like > 0 && s.v.correction(s.sent).Empty() && near(s.v.doc.Published, d.v.doc.Published, denialDays) {
			if err := add(affirmed{saying: s, like: like}, s.v, s.sent, s.id); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(out, func(a, b affirmed) int { return compareFloat(b.like, a.like) })
	return out, nil
}

// denialDays is how many days may lie between a report and its denial.
const denialDays = 10

// repeats reports a telling in the very sentence of the denial.
func (v *view) repeats(d *saying, t *telling) bool { return t.v == d.v && t.ev.Sentence == d.sent }

// sameVoice reports a chain whose innermost voice is a speaker, with or without
// the office.
func sameVoice(voices []string, who string) bool {
	if len(voices) == 0 {
		return false
	}
	a, _, _ := strings.Cut(voices[0], ",")
	b, _, _ := strings.Cut(who, ",")
	return strings.EqualFold(a, b)
}

// alike is the likeness of what is told and what is denied; 0 when they only
// touch: words in common must be many or nearly all.
func alike(told, denied map[string]bool) float64 {
	n, like := common(told, denied), overlap(told, denied)
	if n >= 3 && like >= 0.6 || n >= 2 && like >= 0.75 {
		return like
	}
	return 0
}

// denied gives the words of what a denial is about. "Denying a report" says
// nothing of it: the speaker's other words in that sentence do.
func (s *saying) denied() map[string]bool {
	if s.clausal() && len(s.v.doc.Tokens) > 0 {
		return s.words
	}
	out := map[string]bool{}
	for word := range s.words {
		out[word] = true
	}
	for i := range s.v.doc.Statements {
		st := &s.v.doc.Statements[i]
		if casus.StatementID(i) == s.id || len(st.Content) == 0 || s.v.sentenceAt(st.Content[0].Start) != s.sent || s.v.speaker(st) != s.who {
			continue
		}
		for word := range s.v.words(st.Content[0]) {
			out[word] = true
		}
	}
	return out
}

// affirms reports a statement that says that something is so.
func (s *saying) affirms() bool {
	switch s.st.Stance {
	case casus.Assert, casus.Claim, casus.Confirm, casus.Accuse, casus.Announce:
		if len(s.v.doc.Tokens) == 0 && s.v.entity(s.st.Speaker) == nil {
			return false // without trees a voice that nobody knows is too weak
		}
		return !s.st.Negated && s.clausal() && unless(s.what, loadTables().negative, "-") != ""
	}
	return false
}

// tells reports an event in the words of a statement.
func (t *telling) tells(s *saying) bool {
	return alike(t.words, s.words) > 0 && near(t.v.doc.Published, s.v.doc.Published, denialDays)
}

// codedDisputes pairs matters told with the same said not to have happened,
// where no denial in words was found.
func (w *writer) codedDisputes(used map[sourceKey]bool) (out []ranked, err error) {
	for _, m := range w.matters {
		if !m.has(positive...) {
			continue
		}
		var no []*telling
		for _, o := range w.matters {
			if o != m && !m.opposed(o) {
				continue
			}
			for _, t := range o.with(negative...) {
				if !used[sourceKey{t.v.doc.ID, t.v.around(t.ev.Sentence).Start}] {
					no = append(no, t)
				}
			}
		}
		if len(no) == 0 {
			continue
		}
		yes := m.with(positive...)
		supports, err := citeAll(yes)
		if err != nil {
			return nil, err
		}
		against, err := citeAll(no)
		if err != nil {
			return nil, err
		}
		if sameVoice(against[0].Voices(), supports[0].Voices()[0]) {
			continue
		}
		text := capital(yes[0].wording())
		if d := w.dayOf(yes[0]); d != "" {
			text = d + ": " + text
		}
		l, err := w.disputeLine(text, yes[0].label()+" / denied", supports, against)
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, 10 + m.weight(), yes[0].day})
	}
	return out, nil
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
		return like >= 0.5
	}
	return like >= 0.6 && common(a.words, b.words) >= 3 && (agree(a.src, b.src) && agree(a.tgt, b.tgt) || agree(a.src, b.tgt) && agree(a.tgt, b.src))
}

// disputeLine words what some voices tell and others deny.
func (w *writer) disputeLine(text, label string, supports, against []cite.Support) (cite.Line, error) {
	text = stop(capital(text)) + " Told by " + w.names(supports) + "; denied by " + w.names(against) + "."
	// One sentence of each side comes first: the page names only a few.
	all := append([]cite.Support{supports[0], against[0]}, append(slices.Clone(supports[1:]), against[1:]...)...)
	return cite.NewLine(text, label, all[0], all[1:]...)
}

// corrected lists what somebody changed or took back himself: "the ministry
// lowered the toll from five to four".
func (w *writer) corrected() (out []ranked, err error) {
	for _, v := range w.views {
		for i := range v.doc.Sentences {
			id := casus.SentenceID(i)
			if v.doc.Sentences[i].Role != casus.Body {
				continue
			}
			at := v.correction(id)
			if at.Empty() {
				continue
			}
			s, err := v.cite(id, v.innermost(at))
			if err != nil {
				return nil, err
			}
			text := stop("Correction: " + capital(v.sentence(id)))
			if t := w.tail(v.sentence(id), []cite.Support{s}); t != "" {
				text += " " + t
			}
			l, err := cite.NewLine(text, "correction", s)
			if err != nil {
				return nil, err
			}
			out = append(out, ranked{l, 13, v.doc.Published})
		}
	}
	return out, nil
}

// correction finds the word by which a sentence takes back something said; an
// empty span without.
func (v *view) correction(id casus.SentenceID) casus.Span {
	if id < 0 || int(id) >= len(v.doc.Sentences) {
		return casus.Span{}
	}
	tab, s := loadTables(), &v.doc.Sentences[id]
	for t := s.First; t < s.End && v.token(t); t++ {
		tok := &v.doc.Tokens[t]
		object := v.doc.Kid(t, ud.Obj, ud.NsubjPass)
		if tok.UPOS == ud.VERB && tab.correct[tok.Lemma] && object != casus.None && tab.corrigible[v.doc.Tokens[object].Lemma] {
			return tok.Span
		}
	}
	for i := range v.doc.Statements {
		st := &v.doc.Statements[i]
		if st.Stance != casus.Retract || len(st.Content) == 0 || v.sentenceAt(st.Content[0].Start) != id {
			continue
		}
		for i, f := range strings.Fields(strings.ToLower(v.doc.String(st.Content[0]))) {
			if i < 4 && tab.corrigible[f] {
				return st.Content[0]
			}
		}
	}
	return casus.Span{}
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
	var out []ranked
	for _, g := range w.comparables() {
		if g = distinct(g); len(g) < 2 {
			continue
		}
		l, err := w.differLine(g, "Figures differ on ")
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, 5 + classWeight[g[0].q.Class] + float64(len(g)), g[0].v.doc.Published})
	}
	return out, nil
}

// comparables groups the figures that speak of the same thing.
func (w *writer) comparables() (groups [][]*tally) {
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
	return groups
}

// comparable reports figures that speak of the same thing: one class, close in
// time, in sentences that are alike. The same noun counted is worth as much as
// many words in common: "two sailors" and "five sailors", both killed.
func (t *tally) comparable(o *tally) bool {
	if t.q.Class != o.q.Class || t.v == o.v && t.sent == o.sent || t.otherFolk(o) {
		return false
	}
	if t.v == o.v && befalls[t.q.Class] && loadTables().people[t.q.Unit] && loadTables().people[o.q.Unit] && t.st != o.st {
		return true // one article, one toll, two voices
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

// otherFolk reports two tolls of different sides: 40 rebels killed and dozens of
// soldiers killed are no figures of one thing; 40 rebels and 40 militants may be.
func (t *tally) otherFolk(o *tally) bool {
	a, b := sides[t.q.Unit], sides[o.q.Unit]
	return befalls[t.q.Class] && a != 0 && b != 0 && a != b
}

// sides puts words for people into those who fight for a state, those who fight
// against one, and others.
var sides = map[string]byte{"soldier": 's', "troop": 's', "serviceman": 's', "policeman": 's', "police": 's', "guard": 's', "peacekeeper": 's', "ranger": 's',
	"rebel": 'r', "militant": 'r', "jihadist": 'r', "insurgent": 'r', "terrorist": 'r', "gunman": 'r', "fighter": 'r', "guerrilla": 'r', "separatist": 'r',
	"civilian": 'c', "villager": 'c', "child": 'c', "farmer": 'c', "resident": 'c', "worker": 'c', "journalist": 'c', "woman": 'c'}

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

func (w *writer) differLine(g []*tally, lead string) (cite.Line, error) {
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
	text := capital(lead + g[0].q.Class)
	if u := g[0].q.Unit; u != "" && u != g[0].q.Class {
		text += " (" + u + ")"
	}
	return cite.NewLine(stop(text+": "+strings.Join(parts, "; ")), g[0].q.Class, supports[0], supports[1:]...)
}
