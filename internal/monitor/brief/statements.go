package brief

import (
	"strings"

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
	who   string
	what  string
	words map[string]bool
}

// stanceVerb words a stance where the cue itself can not stand in a sentence.
// Statements without an entry are quoted with their cue.
var stanceVerb = [casus.NumStance]string{casus.Decline: "declines to say", casus.Evade: "leaves open",
	casus.Retract: "withdraws", casus.Want: "wants", casus.Believe: "believes", casus.Know: "knows"}

// statements lists what is worth quoting: named voices before unnamed ones,
// their own words before reported ones, each thing once.
func (w *writer) statements() ([]ranked, error) {
	var groups [][]*saying
	for _, v := range w.views {
		for i := range v.doc.Statements {
			s := v.saying(casus.StatementID(i))
			if s == nil {
				continue
			}
			if g := sameSaying(groups, s); g >= 0 {
				groups[g] = append(groups[g], s)
			} else {
				groups = append(groups, []*saying{s})
			}
		}
	}
	var out []ranked
	for _, g := range groups {
		l, err := w.sayingLine(g)
		if err != nil {
			return nil, err
		}
		out = append(out, ranked{l, g[0].weight() + float64(min(len(g), 4)), g[0].v.doc.Published})
	}
	return out, nil
}

// saying prepares a statement; nil for one that is not worth a line: without
// words of its own, without a voice, or a mere carrier of another statement.
func (v *view) saying(id casus.StatementID) *saying {
	st := v.statement(id)
	s := &saying{v: v, id: id, st: st, who: v.speaker(st), what: v.content(st)}
	if n := len(strings.Fields(s.what)); n < 4 || s.who == "" || isPronoun(s.who) || v.carries(id) {
		return nil
	}
	if s.sent = v.sentenceAt(st.Content[0].Start); s.sent == casus.None || v.doc.Sentences[s.sent].Role != casus.Body {
		return nil
	}
	s.words = v.words(st.Content[0])
	return s
}

// carries reports a statement whose content is another statement: it is part
// of that one's chain of voices, and no line of its own.
func (v *view) carries(id casus.StatementID) bool {
	for i := range v.doc.Statements {
		if p := v.doc.Statements[i].Parent(); p == id {
			return true
		}
	}
	return false
}

// content gives the words of a statement as a clause: without the joining
// "that" and the marks around it.
func (v *view) content(st *casus.Statement) string {
	var parts []string
	for _, c := range st.Content {
		parts = append(parts, v.doc.String(c))
	}
	s := tidy(strings.Join(parts, " "))
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
	if !s.v.hasVerb(s.st.Content) {
		n -= 3
	}
	switch s.st.Stance {
	case casus.Threaten, casus.Warn, casus.Deny, casus.Announce, casus.Decree, casus.Accuse, casus.Ask, casus.Characterise:
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

func (w *writer) sayingLine(g []*saying) (cite.Line, error) {
	var supports []cite.Support
	for _, s := range g {
		// The speaker begins the line; the tail names only who carries it.
		carrier := casus.StatementID(s.st.Parent())
		sup, err := s.v.cite(s.sent, carrier)
		if err != nil {
			return cite.Line{}, err
		}
		supports = append(supports, sup)
	}
	text := stop(g[0].wording())
	if tail := w.tail(supports); tail != "" {
		text += " " + tail
	}
	return cite.NewLine(text, g[0].st.Kind.String()+", "+g[0].st.Stance.String(), supports[0], supports[1:]...)
}

// wording words the statement: a quotation after a colon; words that follow
// their cue as the text has them, "Chile denied that a ship had sailed"; else
// the words after a colon.
func (s *saying) wording() string {
	who := capital(s.who)
	if s.st.Kind == casus.Direct {
		return who + ": “" + stop(s.what) + "”"
	}
	if as := s.asWritten(); as != "" {
		return who + " " + as
	}
	verb := stanceVerb[min(s.st.Stance, casus.NumStance-1)]
	if verb == "" {
		verb = s.cue()
	}
	if s.st.Negated {
		verb = "did not say"
	}
	if verb == "" {
		return who + ": " + s.what
	}
	return who + " (" + verb + "): " + s.what
}

// asWritten gives the text from the cue to the end of the content, where the
// source comes first and all stand in one sentence; "" otherwise.
func (s *saying) asWritten() string {
	if len(s.st.Source) != 1 || len(s.st.Cue) == 0 || len(s.st.Content) != 1 {
		return ""
	}
	if s.v.token(s.st.CueHead) && s.v.doc.Tokens[s.st.CueHead].XPOS == ud.XVBG {
		return "" // "denying a report": no finite verb
	}
	src, cue, content := s.st.Source[0], s.st.Cue[0], s.st.Content[0]
	sent := s.v.doc.Sentences[s.sent].Span
	if src.End > cue.Start || cue.End > content.Start || cue.Start-src.End > maxGap || content.Start-cue.End > maxGap || !sent.Contains(src) || !sent.Contains(content) {
		return ""
	}
	return shorten(tidy(s.v.doc.String(casus.Span{Start: cue.Start, End: content.End})), maxWords)
}

// maxGap is how many bytes may stand between the parts of a statement that is
// given as written: "denied on Saturday evening that".
const maxGap = 40

// cue gives the words of the cue when they are short enough to read.
func (s *saying) cue() string {
	var parts []string
	for _, c := range s.st.Cue {
		parts = append(parts, s.v.doc.String(c))
	}
	cue := tidy(strings.Join(parts, " "))
	if strings.EqualFold(cue, "according to") || strings.EqualFold(cue, "said") || len(strings.Fields(cue)) > 4 {
		return ""
	}
	return strings.ToLower(cue)
}
