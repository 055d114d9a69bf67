package token

import (
	"strings"
	"testing"
	"unicode/utf8"

	"casus"
)

// cut gives the words of a text with "|" between them, "+" inside a surface
// token of several words.
func cut(text string) string {
	var b strings.Builder
	for i, p := range Scan(text, nil) {
		switch {
		case i > 0 && p.Words == 0:
			b.WriteByte('+')
		case i > 0:
			b.WriteByte('|')
		}
		b.WriteString(text[p.Start:p.End])
	}
	return b.String()
}

func TestScan(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"negation", "They didn't go.", "They|did+n't|go|."},
		{"curly negation", "We can’t wait", "We|ca+n’t|wait"},
		{"possessive", "Peru's army", "Peru+'s|army"},
		{"curly possessive", "Peru’s army", "Peru+’s|army"},
		{"plural possessive", "the troops' families", "the|troops+'|families"},
		{"quotation of a plural", "'for the troops' he said", "'|for|the|troops|'|he|said"},
		{"clitic apart", "Lee 's house", "Lee|'s|house"},
		{"without apostrophe", "I dont know, its not there", "I|do+nt|know|,|it+s|not|there"},
		{"its kept", "its army", "its|army"},
		{"cannot", "He cannot", "He|can+not"},
		{"name with apostrophe", "O'Hara and Shi'ite d'état", "O'Hara|and|Shi'ite|d'état"},
		{"t without n", "the gov't said", "the|gov't|said"},
		{"hyphen", "a Russian-backed plan", "a|Russian|-|backed|plan"},
		{"prefix", "pro-Peruvian non-state co-founder", "pro-Peruvian|non-state|co-founder"},
		{"states", "U.S. and U.N. envoys", "U.S.|and|U.N.|envoys"},
		{"state at the end", "in the U.S.", "in|the|U.S."},
		{"title", "Gen. Lee met Dr. Wu", "Gen.|Lee|met|Dr.|Wu"},
		{"initial", "John F. Smith", "John|F.|Smith"},
		{"inside", "Acme Inc. said", "Acme|Inc.|said"},
		{"number sign", "No. 5 is here. No. We will.", "No.|5|is|here|.|No|.|We|will|."},
		{"money", "$4.5 million, US$20, 30%, €5bn", "$|4.5|million|,|US$|20|,|30|%|,|€|5|bn"},
		{"units", "5km at 7:30pm, the 20th, 1990s", "5|km|at|7:30|pm|,|the|20th|,|1990s"},
		{"numbers", "1,250 and 9/11 and 10-20", "1,250|and|9/11|and|10|-|20"},
		{"iso date", "on 2025-11-02", "on|2025-11-02"},
		{"telephone", "call 555-123-4567", "call|555-123-4567"},
		{"address", "see https://example.org/a?b=1, or ask me@example.org.", "see|https://example.org/a?b=1|,|or|ask|me@example.org|."},
		{"host", "at example.org today", "at|example.org|today"},
		{"typed together", "He came.Then left", "He|came|.|Then|left"},
		{"quotes", "“Go,” he said. \"No\"", "“|Go|,|”|he|said|.|\"|No|\""},
		{"dashes", "a — b -- c... d…", "a|—|b|--|c|...|d|…"},
		{"stops", "What?! No!!", "What|?!|No|!!"},
		{"ampersand", "AT&T and A & B", "AT&T|and|A|&|B"},
		{"tag and handle", "#now from @me", "#now|from|@me"},
		{"year", "in '98", "in|'98"},
		{"no-break space", "a\u00a0b", "a|b"},
		{"empty", " \n ", ""},
	} {
		if got := cut(c.text); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestGaps(t *testing.T) {
	want := []Gap{Blank, Space, Line, Blank, Joined}
	for i, p := range Scan("a b\nc\r\n\r\nd.", nil) {
		if p.Gap != want[i] {
			t.Errorf("piece %d: gap %d, want %d", i, p.Gap, want[i])
		}
	}
}

// checkPieces looks at what must hold of any text: pieces in order, on rune
// borders, and all that is no white space in them.
func checkPieces(t *testing.T, text string) {
	t.Helper()
	at := casus.Pos(0)
	for _, p := range Scan(text, nil) {
		if p.Start < at || p.End <= p.Start || int(p.End) > len(text) {
			t.Fatalf("%q: piece %v behind %d", text, p, at)
		}
		if skipped := text[at:p.Start]; strings.Trim(skipped, " \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff") != "" {
			t.Fatalf("%q: %q is in no piece", text, skipped)
		}
		if utf8.ValidString(text) && (!utf8.RuneStart(text[p.Start]) || int(p.End) < len(text) && !utf8.RuneStart(text[p.End])) {
			t.Fatalf("%q: piece %v cuts a letter", text, p)
		}
		at = p.End
	}
}

func FuzzScan(f *testing.F) {
	f.Add("Gen. Lee's “plan” isn’t $4.5bn—see www.example.org!\n\n'Tis 2025-11-02.")
	f.Fuzz(checkPieces)
}

// trained learns from a few own sentences, enough for the mechanics.
func trained(t testing.TB) *Splitter {
	t.Helper()
	text := strings.Repeat("The envoy left. He met Gen. Lee in Lima. It rained! Who knew? The U.S. army stayed. ", 20)
	doc := &casus.Document{Text: text}
	for at := 0; at < len(text); {
		end := at + strings.IndexAny(text[at:], "!?")
		for _, s := range []string{"left. ", "Lima. ", "rained! ", "knew? ", "stayed. "} {
			if i := strings.Index(text[at:], s); i >= 0 && (end < at || at+i+len(s)-1 <= end) {
				end = at + i + len(s) - 1
			}
		}
		doc.Sentences = append(doc.Sentences, casus.Sentence{Span: casus.Span{Start: casus.Pos(at), End: casus.Pos(end)}})
		at = end + 1
	}
	return Train([]*casus.Document{doc}, 5, 1)
}

func sentences(doc *casus.Document) []string {
	var out []string
	for _, s := range doc.Sentences {
		out = append(out, doc.String(s.Span))
	}
	return out
}

func TestCut(t *testing.T) {
	s := trained(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"stops", "The envoy met Gen. Lee. He left.", []string{"The envoy met Gen. Lee.", "He left."}},
		{"blank line", "No stop here\n\nand none there", []string{"No stop here", "and none there"}},
		{"headline line", "Envoy Meets General In Lima\nThe envoy met Gen. Lee in Lima on Monday, and he left the same day without a word to anybody who waited there. It rained!",
			[]string{"Envoy Meets General In Lima", "The envoy met Gen. Lee in Lima on Monday, and he left the same day without a word to anybody who waited there.", "It rained!"}},
		{"wrapped by hand", "The envoy met the general in the capital on Monday. Lagos threatened\nto close the border if the troops did not leave the country and the whole of its coast soon.", []string{"The envoy met the general in the capital on Monday.", "Lagos threatened\nto close the border if the troops did not leave the country and the whole of its coast soon."}},
		{"wrapped", "The envoy met the general in the\ncapital of the country before he\nleft for home on the next day.", []string{"The envoy met the general in the\ncapital of the country before he\nleft for home on the next day."}},
	} {
		doc := &casus.Document{Text: c.text}
		s.Cut(doc, &Scratch{})
		if got := strings.Join(sentences(doc), "|"); got != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// No sentence ends behind a bracket that stands within one, whatever the
// splitter has learned of stops.
func TestNoBoundaryBehindInsertion(t *testing.T) {
	for text, want := range map[string]bool{
		"Ann Lee (D-Ore.) scolded him.":  false,
		"Ann Lee [R., Ohio] scolded him": false,
		"He left. (It rained.) the end":  true, // brackets of their own
		"He left :) the end":             true,
	} {
		a := around{text: text, pieces: Scan(text, nil)}
		a.look()
		for i := range a.pieces {
			if p := a.text[a.pieces[i].Start:a.pieces[i].End]; (p == "scolded" || p == "the") && a.possible(i) != want {
				t.Errorf("%q: a boundary before %q is possible: %v, want %v", text, p, !want, want)
			}
		}
	}
}

func TestRoles(t *testing.T) {
	s := trained(t)
	doc := &casus.Document{Text: "Senate Rejects Budget\n\nBy Ana Gil\n\nLIMA, Nov 2 (Example) -\n\nThe senate met.\n\nA long night\n\nIt rained!"}
	s.Cut(doc, &Scratch{})
	want := []casus.SentenceRole{casus.Headline, casus.Byline, casus.Dateline, casus.Body, casus.Subhead, casus.Body}
	if len(doc.Sentences) != len(want) {
		t.Fatalf("sentences %q", sentences(doc))
	}
	for i, w := range want {
		if got := doc.Sentences[i]; got.Role != w || got.Paragraph != int32(i) {
			t.Errorf("%q: role %d in paragraph %d, want %d in %d", doc.String(got.Span), got.Role, got.Paragraph, w, i)
		}
	}
}

func TestLongSentenceIsCut(t *testing.T) {
	doc := &casus.Document{Text: strings.Repeat("word ", 1000)}
	trained(t).Cut(doc, &Scratch{})
	if len(doc.Sentences) != 3 {
		t.Fatalf("%d sentences, want 3", len(doc.Sentences))
	}
	for _, s := range doc.Sentences {
		if s.End-s.First > MaxSentence {
			t.Errorf("a sentence of %d words", s.End-s.First)
		}
	}
}

func TestSplitterKeepsItsBytes(t *testing.T) {
	s := trained(t)
	b := s.AppendBinary(nil)
	again, err := LoadSplitter(b)
	if err != nil {
		t.Fatal(err)
	}
	if string(again.AppendBinary(nil)) != string(b) {
		t.Error("written, read and written again it differs")
	}
	for n := range 20 {
		if _, err := LoadSplitter(b[:n]); err == nil {
			t.Errorf("the first %d bytes load", n)
		}
	}
	if _, err := LoadSplitter(b[:len(b)-1]); err == nil {
		t.Error("a short file loads")
	}
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("The envoy of Peru didn't meet Gen. Lee in the U.S. on Monday, Nov. 3, for $4.5bn “talks”. ", 200)
	var pieces []Piece
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		pieces = Scan(text, pieces[:0])
	}
	b.ReportMetric(float64(len(pieces)*b.N)/b.Elapsed().Seconds(), "words/s")
}
