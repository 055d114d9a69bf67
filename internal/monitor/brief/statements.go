package brief

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus"
	"casus/internal/monitor/brief/cite"
	"casus/ud"
)

// saying is one statement ready for the page.
type saying struct {
	v     *view
	id    casus.StatementID
	st    *casus.Statement
	sent  casus.SentenceID
	who   string // with the office
	what  string
	words map[string]bool
}

// stanceVerb words a stance where the cue itself can not stand in a sentence.
// Statements without an entry are quoted with their cue.
var stanceVerb = [casus.NumStance]string{casus.Decline: "declines to say", casus.Evade: "leaves open",
	casus.Retract: "withdraws", casus.Want: "wants", casus.Believe: "believes", casus.Know: "knows"}

// sayings gathers the statements worth a line for which keep is true, each
// clause once: attribution may find one sentence twice.
func (w *writer) sayings(keep func(*saying) bool) (out []*saying) {
	for _, v := range w.views {
		had := map[string]bool{}
		for i := range v.doc.Statements {
			s := v.saying(casus.StatementID(i))
			if s == nil || !keep(s) {
				continue
			}
			if key := s.who + "\x00" + s.v.sentence(s.sent); s.st.Kind != casus.Direct && had[key] {
				continue
			} else {
				had[key] = true
			}
			out = append(out, s)
		}
	}
	return out
}

// perSpeaker is how many statements of one speaker share a line in a brief of
// one document; of many there are too many speakers for more than one each.
const perSpeaker = 2

// statements lists what is worth quoting, a line for each speaker: named voices
// before unnamed ones, their own words before reported ones, what somebody does
// by speaking (a threat, a demand) before what he merely says.
func (w *writer) statements() ([]ranked, error) {
	var speakers [][]*saying
	at := map[string]int{}
	for _, s := range w.sayings((*saying).quotable) {
		name, _, _ := strings.Cut(strings.ToLower(s.who), ",")
		if ent := s.v.entity(s.st.Speaker); ent != nil && ent.Kind == casus.Person {
			name = strings.ToLower(ent.Name)
		}
		i, ok := at[name]
		if !ok {
			i = len(speakers)
			at[name], speakers = i, append(speakers, nil)
		}
		speakers[i] = append(speakers[i], s)
	}
	var out []ranked
	for _, all := range speakers {
		best := bestSayings(all, perSpeaker)
		if w.many() {
			best = bestSayings(all, 1)
		}
		l, err := w.speakerLine(best)
		if err != nil {
			return nil, err
		}
		weight := float64(min(len(all), 4)) / 2
		for _, s := range best {
			weight = max(weight, s.weight()+float64(min(len(all), 4))/2)
		}
		out = append(out, ranked{l, weight, best[0].v.doc.Published})
	}
	return out, nil
}

// bestSayings keeps the weightiest statements of a speaker, of each stance one,
// in the order of the text.
func bestSayings(all []*saying, n int) (out []*saying) {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *saying) int { return compareFloat(b.weight(), a.weight()) })
	for _, s := range order {
		same := func(o *saying) bool {
			return o.st.Stance == s.st.Stance && o.st.Kind == s.st.Kind || overlap(o.words, s.words) >= 0.5
		}
		if len(out) < n && !slices.ContainsFunc(out, same) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *saying) int { return slices.Index(all, a) - slices.Index(all, b) })
	return out
}

// quotable reports a statement that says something: a clause, or words in
// quotation marks.
func (s *saying) quotable() bool {
	for _, c := range s.st.Content {
		if relative[strings.ToLower(s.v.doc.String(c))] {
			return false
		}
	}
	if s.st.Kind == casus.Direct {
		return len(strings.Fields(s.what)) > 3
	}
	return s.clausal() && (s.asWritten() != "" || sayable[s.st.Stance])
}

// clausal reports a content with a verb.
func (s *saying) clausal() bool { return s.v.hasVerb(s.st.Content) }

// sayable are the stances whose content can stand after the name and a colon.
var sayable = map[casus.Stance]bool{casus.Assert: true, casus.Claim: true, casus.Confirm: true, casus.Deny: true, casus.Warn: true,
	casus.Threaten: true, casus.Announce: true, casus.Accuse: true, casus.Want: true}

// saying prepares a statement; nil for one that is not worth a line: without
// words of its own, without a voice, or a mere carrier of another statement.
func (v *view) saying(id casus.StatementID) *saying {
	st := v.statement(id)
	if len(st.Content) == 0 || v.ownWords(st) {
		return nil
	}
	s := &saying{v: v, id: id, st: st, who: v.speaker(st), what: v.content(st)}
	if n := len(strings.Fields(s.what)); n < 2 || n < 4 && st.Stance != casus.Deny && st.Stance != casus.Ask || s.who == "" || v.carries(id) {
		return nil
	}
	if s.sent = v.sentenceAt(st.Content[0].Start); s.sent == casus.None || v.doc.Sentences[s.sent].Role != casus.Body && v.hasBody() {
		return nil
	}
	s.words = v.words(st.Content[0])
	return s
}

// ownWords reports "we do not know" within a quotation: no statement beside
// that which holds it.
func (v *view) ownWords(st *casus.Statement) bool {
	return st.Parent() != casus.None && len(st.Source) > 0 && isPronoun(tidy(v.doc.String(st.Source[0])))
}

// carries reports a statement whose content is another statement: it is part
// of that one's chain of voices, and no line of its own. What holds more than
// the other, or only the speaker's own "we", is a line.
func (v *view) carries(id casus.StatementID) bool {
	size := contentLen(v.statement(id))
	for i := range v.doc.Statements {
		st := &v.doc.Statements[i]
		if st.Parent() == id && !v.ownWords(st) && 2*contentLen(st) > size {
			return true
		}
	}
	return false
}

func contentLen(st *casus.Statement) (n int) {
	for _, c := range st.Content {
		n += c.Len()
	}
	return n
}

// content gives the words of a statement as a clause: without the joining
// "that" and the marks around it.
func (v *view) content(st *casus.Statement) string {
	var parts []string
	for _, c := range st.Content {
		p := v.doc.String(c)
		if relative[strings.ToLower(p)] { // what it stands for is told elsewhere in the sentence
			continue
		}
		if st.Kind == casus.Direct && len(st.Content) > 1 {
			p = strings.Trim(p, "“”\"‘’ ")
			if r, _ := utf8.DecodeRuneInString(p); len(parts) > 0 && unicode.IsUpper(r) { // the comma before "she said" ended a sentence
				if was, ok := strings.CutSuffix(parts[len(parts)-1], ","); ok {
					parts[len(parts)-1] = was + "."
				}
			}
		}
		parts = append(parts, p)
	}
	s := tidy(cutDateline(strings.Join(parts, " ")))
	if st.Kind == casus.Direct {
		s = strings.Trim(s, "“”\"‘’,; ")
	}
	return shorten(strings.TrimPrefix(s, "that "), maxWords)
}

// sameSaying finds the group of the same words by the same voice: two outlets
// that carry one quotation. A claim and its denial are made of the same words
// and stay apart.
func sameSaying(groups [][]*saying, s *saying) int {
	for i, g := range groups {
		if o := g[0]; o.who == s.who && (o.st.Stance == casus.Deny) == (s.st.Stance == casus.Deny) && overlap(o.words, s.words) >= 0.7 && near(o.v.doc.Published, s.v.doc.Published, 4) {
			return i
		}
	}
	return -1
}

// weight tells how much a statement is worth quoting.
func (s *saying) weight() float64 {
	n := map[casus.StatementKind]float64{casus.Direct: 4, casus.Mixed: 2, casus.Indirect: 1}[s.st.Kind]
	if ent := s.v.entity(s.st.Speaker); ent != nil {
		if ent.Kind == casus.Person {
			n += 2
		}
		if ent.Code != "" {
			n += 2
		}
	}
	if !s.clausal() {
		n -= 3
	}
	switch s.st.Stance {
	case casus.Threaten, casus.Deny, casus.Accuse:
		n += 2
	case casus.Warn, casus.Announce, casus.Decree, casus.Ask, casus.Characterise, casus.Claim, casus.Confirm:
		n++
	case casus.Believe, casus.Know, casus.Decline, casus.Evade:
		n -= 2
	}
	return n
}

// hasVerb reports a content that says something rather than names something;
// always so without tokens.
func (v *view) hasVerb(spans []casus.Span) bool {
	for _, s := range spans {
		first, end := v.doc.TokenRange(s)
		for t := first; t < end; t++ {
			if u := v.doc.Tokens[t].UPOS; u == ud.VERB || u == ud.AUX {
				return true
			}
		}
	}
	return len(v.doc.Tokens) == 0
}

// sayingLine words a statement told by one or more documents.
func (w *writer) sayingLine(g []*saying) (cite.Line, error) {
	return w.lineOf(stop(g[0].wording()), g)
}

// speakerLine words the statements of one speaker, the name once.
func (w *writer) speakerLine(g []*saying) (cite.Line, error) {
	if len(g) == 1 {
		return w.sayingLine(g)
	}
	var parts []string
	g = slices.Clone(g)
	slices.SortStableFunc(g, func(a, b *saying) int {
		return compareBool(a.st.Kind == casus.Direct, b.st.Kind == casus.Direct)
	})
	for _, s := range g {
		parts = append(parts, strings.TrimSuffix(s.predicate(), "."))
	}
	who := capital(g[0].who) + ": "
	if g[0].st.Kind != casus.Direct && g[0].asWritten() != "" {
		who = apposed(capital(g[0].who)) + " "
	}
	return w.lineOf(stop(who+strings.Join(parts, "; ")), g)
}

// denialLine words a denial: what is denied, also where the denial itself names
// only "a report", and who else tells it.
func (w *writer) denialLine(g []*saying) (cite.Line, error) {
	text := stop(g[0].wording())
	if o := g[0].otherWords(); o != "" {
		text = strings.TrimSuffix(text, ".") + ": " + stop(o)
	}
	yes, err := w.affirmers(g[0])
	if err != nil {
		return cite.Line{}, err
	}
	if len(yes) > 0 {
		var supports []cite.Support
		for _, y := range yes {
			supports = append(supports, y.cite)
		}
		text += " Told by " + w.names(supports) + "."
	}
	return w.lineOf(text, g)
}

// otherWords gives what the speaker says beside a denial without a clause of
// its own: "no ship has left, he said, denying a report".
func (s *saying) otherWords() string {
	if s.clausal() {
		return ""
	}
	for i := range s.v.doc.Statements {
		st := &s.v.doc.Statements[i]
		if casus.StatementID(i) != s.id && len(st.Content) > 0 && s.v.sentenceAt(st.Content[0].Start) == s.sent &&
			s.v.speaker(st) == s.who && s.v.hasVerb(st.Content) && st.Stance != casus.Deny {
			return s.v.content(st)
		}
	}
	return ""
}

func (w *writer) lineOf(text string, g []*saying) (cite.Line, error) {
	var supports []cite.Support
	for _, s := range g {
		// The speaker begins the line; the tail names only who carries it.
		sup, err := s.v.cite(s.sent, s.st.Parent())
		if err != nil {
			return cite.Line{}, err
		}
		supports = append(supports, sup)
	}
	if tail := w.tail("", supports); tail != "" {
		text += " " + tail
	}
	return cite.NewLine(text, g[0].st.Kind.String()+", "+g[0].st.Stance.String(), supports[0], supports[1:]...)
}

// wording words the statement: a quotation after a colon; words that follow
// their cue as the text has them, "Chile denied that a ship had sailed"; else
// the words after a colon.
func (s *saying) wording() string {
	who, p := capital(s.who), s.predicate()
	switch {
	case s.st.Kind == casus.Direct || strings.HasPrefix(p, "“"):
		return who + ": " + p
	case s.asWritten() != "" || s.denies() != "":
		return apposed(who) + " " + p
	}
	return who + ": " + p
}

// apposed closes an office that follows a name: "Ana Ruiz, minister, said".
func apposed(who string) string {
	if strings.Contains(who, ", ") {
		return who + ","
	}
	return who
}

// predicate gives what follows the name.
func (s *saying) predicate() string {
	if s.st.Kind == casus.Direct {
		return "“" + stop(s.what) + "”"
	}
	if as := s.asWritten(); as != "" {
		return as
	}
	if d := s.denies(); d != "" {
		return d
	}
	verb := stanceVerb[min(s.st.Stance, casus.NumStance-1)]
	if s.st.Negated {
		verb = "did not say"
	}
	if verb == "" {
		return s.what
	}
	return "(" + verb + ") " + s.what
}

// denies words a denial whose cue is no finite verb of its own: "said on
// Friday, denying a report".
func (s *saying) denies() string {
	if s.st.Stance != casus.Deny {
		return ""
	}
	if strings.HasPrefix(s.v.doc.String(s.st.Content[0]), "that ") {
		return "denies that " + s.what
	}
	return "denies " + s.what
}

// asWritten gives the text from the cue to the end of the content, where the
// source comes first and all stand in one sentence; "" otherwise.
func (s *saying) asWritten() string {
	if len(s.st.Source) == 0 || len(s.st.Cue) == 0 || len(s.st.Content) != 1 {
		return ""
	}
	if s.v.token(s.st.CueHead) && s.v.doc.Tokens[s.st.CueHead].XPOS == ud.XVBG ||
		len(s.v.doc.Tokens) == 0 && strings.HasSuffix(s.v.doc.String(s.st.Cue[0]), "ing") {
		return "" // "denying a report": no finite verb
	}
	src, cue, content := s.st.Source[len(s.st.Source)-1], s.st.Cue[0], s.st.Content[0]
	if !startsWithLetter(s.v.doc.String(cue)) {
		return "" // a colon
	}
	sent := s.v.doc.Sentences[s.sent].Span
	if src.End > cue.Start || cue.End > content.Start || cue.Start-src.End > maxGap || content.Start-cue.End > maxGap || !sent.Contains(src) || !sent.Contains(content) {
		return ""
	}
	return shorten(tidy(s.v.doc.String(casus.Span{Start: cue.Start, End: content.End})), maxWords)
}

func startsWithLetter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// maxGap is how many bytes may stand between the parts of a statement that is
// given as written: "denied on Saturday evening that".
const maxGap = 40
