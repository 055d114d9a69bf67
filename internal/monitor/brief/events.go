package brief

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ontology"
)

// happened lists what at least one outlet reports as a fact. A threat and an
// accusation that were made are facts too, but a reader looks for them among
// the threats and the claims.
func (w *writer) happened() ([]ranked, error) {
	return w.lines(func(m *matter) []casus.Status {
		if m.tellings[0].ev.Type == ontology.THREATEN || m.with()[0].disputing() {
			return nil
		}
		if m.has(casus.Asserted) {
			return []casus.Status{casus.Asserted}
		}
		return nil
	})
}

// disputing reports an event that is itself the act of accusing, claiming or
// denying: the page tells it in those words in another section.
func (t *telling) disputing() bool {
	for i := range t.v.doc.Statements {
		st := &t.v.doc.Statements[i]
		if !disputes[st.Stance] || len(st.Content) == 0 {
			continue
		}
		at := t.head()
		if holds(st.Cue, at) || t.v.token(t.unit) && (st.CueHead == t.unit || st.CueHead == t.ev.Head) {
			return t.v.saying(casus.StatementID(i)) != nil
		}
	}
	return false
}

// disputes are the stances whose statements have a section of their own.
var disputes = map[casus.Stance]bool{casus.Claim: true, casus.Accuse: true, casus.Deny: true}

// claimed lists what nobody but an interested or unnamed voice says: coded
// events, and claims and accusations in words where nothing was coded.
func (w *writer) claimed() ([]ranked, error) {
	coded, err := w.lines(func(m *matter) []casus.Status {
		ev := m.tellings[0].ev
		if ev.Type == ontology.THREATEN {
			return nil
		}
		if m.has(casus.Claimed) && !m.has(casus.Asserted) {
			return []casus.Status{casus.Claimed}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w.withSayings(coded, w.sayings(func(s *saying) bool {
		return (s.st.Stance == casus.Accuse && !s.st.Negated || s.st.Stance == casus.Claim && s.clausal()) && s.asWritten() != "" && !w.confirmed(s)
	}))
}

// confirmed reports a claim that an outlet tells as a fact elsewhere.
func (w *writer) confirmed(s *saying) bool {
	for _, m := range w.matters {
		for _, t := range m.tellings {
			if t.status == casus.Asserted && t.attribution() == casus.None && !t.disputing() && !(t.v == s.v && t.ev.Sentence == s.sent) && t.tells(s) {
				return true
			}
		}
	}
	return false
}

// aside reports something that did not happen told in a clause about something
// else: "a tank caught fire and nobody was hurt".
func (t *telling) aside() bool {
	return t.status == casus.Negated && t.unit != casus.None && t.hangs() && !t.v.core(t.ev.Head, t.unit)
}

// withSayings adds lines of statements to those of events, each sentence once.
func (w *writer) withSayings(coded []ranked, all []*saying) ([]ranked, error) {
	told := map[sourceKey]bool{}
	for _, r := range coded {
		for _, s := range r.line.Supports() {
			told[keyOf(s)] = true
		}
	}
	var groups [][]*saying
	for _, s := range all {
		if told[sourceKey{s.v.doc.ID, s.v.around(s.sent).Start}] {
			continue
		}
		if g := sameSaying(groups, s); g >= 0 {
			groups[g] = append(groups[g], s)
		} else {
			groups = append(groups, []*saying{s})
		}
	}
	for _, g := range groups {
		l, err := w.sayingLine(g)
		if err == nil && g[0].st.Stance == casus.Deny {
			l, err = w.denialLine(g)
		}
		if err != nil {
			return nil, err
		}
		weight := 6 + float64(len(g)) + g[0].weight()/4
		if g[0].st.Stance == casus.Deny {
			weight += 4 // whose denial it is, is known
		}
		coded = append(coded, ranked{l, weight, g[0].v.doc.Published})
	}
	return coded, nil
}

// denied lists denials: in the words of who denies, and coded events that did
// not happen where nobody's denial was found.
func (w *writer) denied() ([]ranked, error) {
	denials := w.denials()
	said := map[sourceKey]bool{}
	for _, d := range denials {
		said[sourceKey{d.v.doc.ID, d.v.around(d.sent).Start}] = true
	}
	coded, err := w.lines(func(m *matter) []casus.Status {
		for _, t := range m.tellings {
			if said[sourceKey{t.v.doc.ID, t.v.around(t.ev.Sentence).Start}] {
				return nil
			}
		}
		if best := m.with(casus.Denied, casus.Negated); len(best) > 0 && !best[0].aside() {
			return []casus.Status{casus.Denied, casus.Negated}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w.withSayings(coded, denials)
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

// lines makes a line of every matter for which pick names statuses. Of matters
// told by one clause ("attacks have provoked criticism") the weightiest has the
// line; a noun beside a clause of the same sentence has none.
func (w *writer) lines(pick func(*matter) []casus.Status) ([]ranked, error) {
	type chosen struct {
		m    *matter
		best *telling
		all  []*telling
	}
	var picked []chosen
	for _, m := range w.matters {
		if statuses := pick(m); statuses != nil {
			all := m.with(statuses...)
			picked = append(picked, chosen{m, all[0], all})
		}
	}
	order := slices.Clone(picked)
	slices.SortStableFunc(order, func(a, b chosen) int {
		if x, y := a.best.hangs(), b.best.hangs(); x != y {
			return compareBool(x, y)
		}
		return compareFloat(b.m.weight(), a.m.weight())
	})
	had := map[clauseKey]bool{}
	kept := map[*matter]bool{}
	for _, c := range order {
		clause, sentence := c.best.clauseKey(), c.best.sentenceKey()
		if had[clause] || c.best.hangs() && had[sentence] {
			continue
		}
		had[clause], had[sentence], kept[c.m] = true, true, true
	}
	var out []ranked
	for _, c := range picked {
		if !kept[c.m] {
			continue
		}
		l, err := w.line(c.m, c.all)
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, c.m.weight(), c.best.day})
	}
	return out, nil
}

// clauseKey names a clause of a document; at is None for the whole sentence.
type clauseKey struct {
	v    *view
	sent casus.SentenceID
	at   casus.TokenID
}

func (t *telling) clauseKey() clauseKey   { return clauseKey{t.v, t.ev.Sentence, t.unit} }
func (t *telling) sentenceKey() clauseKey { return clauseKey{t.v, t.ev.Sentence, -2} }

// hangs reports an event that is not told by the main word of its clause.
func (t *telling) hangs() bool { return t.unit != t.ev.Head }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// line words a matter by its best telling and cites all of them.
func (w *writer) line(m *matter, tellings []*telling) (cite.Line, error) {
	supports, err := citeAll(tellings)
	if err != nil {
		return cite.Line{}, err
	}
	best := tellings[0]
	text := best.wording()
	if note := best.note(text); note != "" {
		text = note + " " + text
	}
	text = capital(text)
	if d := w.dayOf(best); d != "" {
		text = d + ": " + text
	}
	text = stop(text)
	if tail := w.tail(text, supports); tail != "" {
		text += " " + tail
	}
	both, err := w.otherSide(best, m)
	if err != nil {
		return cite.Line{}, err
	}
	return cite.NewLine(text+both, best.label(), supports[0], supports[1:]...)
}

// otherSide names who denies what a line tells, or tells what it denies.
func (w *writer) otherSide(best *telling, m *matter) (string, error) {
	verb, others := "Denied by", m.with(casus.Denied, casus.Negated)
	switch best.status {
	case casus.Asserted, casus.Claimed:
	case casus.Denied, casus.Negated:
		verb, others = "Told as a fact by", m.with(casus.Asserted)
	default:
		return "", nil
	}
	if len(others) == 0 {
		return "", nil
	}
	supports, err := citeAll(others)
	if err != nil {
		return "", err
	}
	return " " + verb + " " + w.names(supports) + ".", nil
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

// note tells in words what the clause of an event leaves open: "planned:" where
// nothing in it looks ahead, "not so:" where nothing in it denies.
func (t *telling) note(clause string) string {
	marks := loadTables().ahead
	if strings.Contains(clause, " is to ") || strings.Contains(clause, " are to ") {
		return ""
	}
	switch t.status {
	case casus.Planned:
		return unless(clause, marks, "planned:")
	case casus.Threatened:
		return unless(clause, marks, "threatened:")
	case casus.Hypothetical:
		return unless(clause, marks, "possible:")
	case casus.Negated, casus.Denied:
		return unless(clause, loadTables().negative, "said not to be so:")
	}
	return ""
}

// unless gives a note for a clause that has none of the words.
func unless(clause string, words map[string]bool, note string) string {
	for _, f := range strings.FieldsFunc(strings.ToLower(clause), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:.“”\"()", r) }) {
		if words[f] || strings.HasSuffix(f, "n't") && words["not"] || strings.HasSuffix(f, "n’t") && words["not"] {
			return ""
		}
	}
	return note
}

// stop ends a text with a full stop, unless it ends a sentence already.
func stop(s string) string {
	bare := strings.TrimRight(s, "\"”'’")
	switch {
	case s == "", strings.HasSuffix(bare, "."), strings.HasSuffix(bare, "!"), strings.HasSuffix(bare, "?"), strings.HasSuffix(bare, "…"):
		return s
	case strings.HasSuffix(bare, ",") && bare != s: // `"may become a war,"` was not the end of its sentence
		return bare[:len(bare)-1] + "." + s[len(bare):]
	}
	return s + "."
}

// maxVoices is how many chains of voices a line names.
const maxVoices = 3

// tail names the chains of voices behind a line: "[the Border Service, per
// Caspian Courier; Odlar Channel]". In a brief of one document the outlet
// stands at the head of the page and is not repeated; a line without any other
// voice has no tail there, nor one that begins with the only voice.
func (w *writer) tail(text string, supports []cite.Support) string {
	var chains []string
	seen := map[string]bool{}
	for _, s := range supports {
		v := s.Voices()
		if !w.many() && s.Publisher() != "" {
			v = v[:len(v)-1]
		}
		if len(v) > 0 && !(w.many() && len(v) == 1) && begins(text, v[0]) {
			v = v[1:]
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

// begins reports a line that begins with a voice: "Chile denies that ...".
func begins(text, voice string) bool {
	_, after, dated := strings.Cut(text, ": ")
	name, _, _ := strings.Cut(voice, ",")
	for _, s := range []string{text, after} {
		if strings.HasPrefix(strings.ToLower(s), strings.ToLower(name)) {
			return true
		}
		if !dated {
			return false
		}
	}
	return false
}
