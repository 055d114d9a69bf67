package brief

import (
	"bytes"
	"strings"
	"testing"

	"casus"
	"casus/ontology"
)

const (
	whether  = "Whether/whether/SCONJ/4/mark a/a/DET/3/det mine/mine/NOUN/4/nsubj sank/sink/VERB/8/csubj the/the/DET/6/det ferry/ferry/NOUN/4/obj is/be/AUX/8/cop unclear/unclear/ADJ/0/root ././PUNCT/8/punct"
	killing  = "Peru/Peru/PROPN/2/nsubj shelled/shell/VERB/0/root the/the/DET/4/det port/port/NOUN/2/obj ,/,/PUNCT/6/punct killing/kill/VERB/2/advcl two/two/NUM/8/nummod sailors/sailor/NOUN/6/obj ././PUNCT/2/punct"
	request  = "Peru/Peru/PROPN/3/nsubj has/have/AUX/3/aux received/receive/VERB/0/root no/no/DET/5/det request/request/NOUN/3/obj ././PUNCT/3/punct"
	accusing = "Chile/Chile/PROPN/2/nsubj accused/accuse/VERB/0/root Peru/Peru/PROPN/2/obj of/of/SCONJ/5/mark massing/mass/VERB/2/advcl troops/troop/NOUN/5/obj at/at/ADP/9/case the/the/DET/9/det border/border/NOUN/5/obl ././PUNCT/2/punct"
	refusal  = "Peru/Peru/PROPN/2/nsubj rejected/reject/VERB/0/root a/a/DET/4/det demand/demand/NOUN/2/obj to/to/PART/6/mark leave/leave/VERB/4/acl the/the/DET/8/det port/port/NOUN/6/obj ././PUNCT/2/punct"
	lowered  = "The/the/DET/2/det ministry/ministry/NOUN/3/nsubj lowered/lower/VERB/0/root the/the/DET/5/det toll/toll/NOUN/3/obj from/from/ADP/7/case nine/nine/NUM/3/obl to/to/ADP/9/case seven/seven/NUM/3/obl ././PUNCT/3/punct"
	gazettes = "A/a/DET/2/det clerk/clerk/NOUN/3/nsubj read/read/VERB/0/root a/a/DET/5/det page/page/NOUN/3/obj of/of/ADP/9/case the/the/DET/9/det Harbour/Harbour/PROPN/9/compound Gazette/Gazette/PROPN/5/nmod ,/,/PUNCT/12/punct which/which/PRON/12/nsubj claimed/claim/VERB/9/acl:relcl that/that/SCONJ/15/mark Peru/Peru/PROPN/15/nsubj asked/ask/VERB/12/ccomp for/for/ADP/18/case new/new/ADJ/18/amod guns/gun/NOUN/15/obl ././PUNCT/3/punct"
	pressed  = "The/the/DET/2/det minister/minister/NOUN/4/nsubj is/be/AUX/4/aux watching/watch/VERB/0/root very/very/ADV/6/advmod closely/closely/ADV/4/advmod what/what/PRON/8/nsubj happens/happen/VERB/4/ccomp in/in/ADP/10/case Chile/Chile/PROPN/8/obl ,/,/PUNCT/14/punct in/in/ADP/14/case military/military/ADJ/14/amod connection/connection/NOUN/4/obl with/with/ADP/16/case pressure/pressure/NOUN/14/nmod from/from/ADP/18/case Peru/Peru/PROPN/16/nmod ././PUNCT/4/punct"
	wounded  = "Two/two/NUM/2/nummod men/man/NOUN/4/nsubj:pass were/be/AUX/4/aux:pass killed/kill/VERB/0/root and/and/CCONJ/6/cc four/four/NUM/4/conj wounded/wound/VERB/6/acl ././PUNCT/4/punct"
)

// event adds an event of a head word to a document.
func event(doc *casus.Document, typ ontology.Plover, head string, st casus.Status, src, tgt []casus.EntityID) {
	h := tok(doc, head)
	ev := casus.Event{Type: typ, Source: src, Target: tgt, Trigger: []casus.Span{doc.Tokens[h].Span}, Head: h, Place: casus.None,
		Status: st, Sentence: doc.Tokens[h].Sent, Time: casus.EventTime{Time: casus.None}}
	doc.Events = append(doc.Events, ev)
}

// says adds a statement of the outlet's words.
func says(doc *casus.Document, source, cue, content string, speaker casus.EntityID, stance casus.Stance) {
	doc.Statements = append(doc.Statements, casus.Statement{Source: []casus.Span{at(doc, source)}, Cue: []casus.Span{at(doc, cue)},
		CueHead: tok(doc, cue), Content: []casus.Span{at(doc, content)}, Speaker: speaker, Kind: casus.Indirect, Stance: stance})
}

func has(lines []string, part string) bool { return strings.Contains(strings.Join(lines, "\n"), part) }

// What a sentence only asks about is not reported as happened, whatever the
// coder says, and the question keeps its "whether".
func TestQuestionIsOpen(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", whether)
	event(doc, ontology.ASSAULT, "sank", casus.Asserted, nil, nil)
	b := brief(t, Options{}, doc)
	if got := section(t, b, "happened"); len(got) != 0 {
		t.Errorf("happened: %q", got)
	}
	if got := section(t, b, "intended"); !has(got, "Whether a mine sank the ferry is unclear.") {
		t.Errorf("possible: %q", got)
	}
}

// "Has received no request" is no request.
func TestNoIsNegated(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", request)
	event(doc, ontology.REQUEST, "request", casus.Asserted, nil, nil)
	b := brief(t, Options{}, doc)
	if got := section(t, b, "happened"); len(got) != 0 {
		t.Errorf("happened: %q", got)
	}
	if got := section(t, b, "denied"); !has(got, "Peru has received no request.") {
		t.Errorf("denied: %q", got)
	}
}

// A participle is told by its clause, and two events of one clause share a line.
func TestOneClauseOneLine(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", killing)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER")}
	event(doc, ontology.ASSAULT, "killing", casus.Asserted, []casus.EntityID{0}, nil)
	event(doc, ontology.COERCE, "shelled", casus.Asserted, []casus.EntityID{0}, nil)
	got := section(t, brief(t, Options{}, doc), "happened")
	if len(got) != 1 || got[0] != "Peru shelled the port, killing two sailors." {
		t.Errorf("got %q", got)
	}
}

// An accusation and what it speaks of are claims, not facts.
func TestAccusationIsOnlyClaimed(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", accusing)
	doc.Entities = []casus.Entity{state(doc, "Chile", "CHL"), state(doc, "Peru", "PER")}
	says(doc, "Chile", "accused", "Peru of massing troops at the border", 0, casus.Accuse)
	event(doc, ontology.ACCUSE, "accused", casus.Asserted, []casus.EntityID{0}, []casus.EntityID{1})
	event(doc, ontology.MOBILIZE, "massing", casus.Asserted, []casus.EntityID{1}, nil)
	b := brief(t, Options{}, doc)
	if got := section(t, b, "happened"); len(got) != 0 {
		t.Errorf("happened: %q", got)
	}
	if got := section(t, b, "claimed"); len(got) != 1 || !has(got, "Chile accused Peru of massing troops at the border.") {
		t.Errorf("claimed: %q", got)
	}
	if got := section(t, b, "statements"); len(got) != 0 {
		t.Errorf("said again: %q", got)
	}
}

// To reject a demand is to refuse, not to deny.
func TestRefusalIsNoDenial(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", refusal)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER")}
	says(doc, "Peru", "rejected", "a demand to leave the port", 0, casus.Deny)
	if got := section(t, brief(t, Options{}, doc), "denied"); len(got) != 0 {
		t.Errorf("denied: %q", got)
	}
}

// Who corrects himself is no contradiction between two voices.
func TestCorrectionIsShownAsSuch(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", lowered)
	got := section(t, brief(t, Options{}, doc), "contradictions")
	if len(got) != 1 || got[0] != "Correction: The ministry lowered the toll from nine to seven." {
		t.Errorf("got %q", got)
	}
}

// A relative pronoun is no name; without trees it is resolved all the same.
func TestPronounIsNoVoice(t *testing.T) {
	doc := build(t, "d", "Andean Wire", "2026-05-02", gazettes)
	says(doc, "which", "claimed", "that Peru asked for new guns", casus.None, casus.Claim)
	for name, tokens := range map[string]bool{"trees": true, "no trees": false} {
		if !tokens {
			doc.Tokens = nil
			doc.Statements[0].CueHead = casus.None
		}
		got := section(t, brief(t, Options{}, doc), "claimed")
		if !has(got, "Harbour Gazette claimed that Peru asked for new guns.") {
			t.Errorf("%s: %q", name, got)
		}
	}
	alone := build(t, "d", "", "2026-05-02", strings.ReplaceAll(sentSix, "Peru/Peru/PROPN", "They/they/PRON"))
	alone.Statements = []casus.Statement{{Source: []casus.Span{at(alone, "They")}, Content: []casus.Span{at(alone, "sent six warships to the coast")}, Speaker: casus.None}}
	if got := newView(alone).speaker(&alone.Statements[0]); got != unnamed {
		t.Errorf("a bare pronoun speaks as %q", got)
	}
}

// A noun deep in a clause about something else is told by its code.
func TestNounIsToldByItsCode(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", pressed)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER"), state(doc, "Chile", "CHL")}
	event(doc, ontology.COERCE, "pressure", casus.Asserted, []casus.EntityID{0}, []casus.EntityID{1})
	got := section(t, brief(t, Options{}, doc), "happened")
	if len(got) != 1 || got[0] != "Peru acts with coercion against Chile: “pressure from Peru”." {
		t.Errorf("got %q", got)
	}
}

// Of "two killed and four wounded" the wounded are no second toll.
func TestWoundedAreNotKilled(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", wounded)
	doc.Quantities = []casus.Quantity{
		{Span: at(doc, "Two men"), Head: tok(doc, "men"), Value: 2, Low: 2, High: 2, Unit: "man", Class: "killed"},
		{Span: at(doc, "four"), Head: tok(doc, "four"), Value: 4, Low: 4, High: 4, Unit: "man", Class: "killed"}}
	got := section(t, brief(t, Options{}, doc), "figures")
	if len(got) != 1 || !strings.HasPrefix(got[0], "Two men (killed) — ") {
		t.Errorf("got %q", got)
	}
}

// A year that a figure counts is no force.
func TestYearsAreNoForces(t *testing.T) {
	doc := gazette(t)
	doc.Quantities[0].Unit, doc.Quantities[0].Class = "year", ""
	if got := section(t, brief(t, Options{}, doc), "figures"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

// The page keeps to its height, loses lines where a section has most, and no
// section goes empty; the office of a speaker is named once.
func TestPageKeepsItsHeight(t *testing.T) {
	var trees []string
	for _, verb := range []string{"bought", "sold", "burnt", "moved", "hid", "lost", "took", "left"} {
		trees = append(trees, strings.ReplaceAll(sentSix, "sent/send", verb+"/"+verb))
	}
	doc := build(t, "d", "Gazette", "2026-05-02", append(trees, law)...)
	doc.Entities = []casus.Entity{state(doc, "Peru", "PER"), {Name: "Ana Ruiz", Kind: casus.Person, Of: casus.None, Title: "deputy minister", Mentions: mention(doc, "minister Ruiz")}}
	for i := range trees {
		event(doc, ontology.ASSAULT-ontology.Plover(i), doc.Form(doc.Sentences[i].First+1), casus.Asserted, []casus.EntityID{0}, nil)
	}
	says(doc, "minister Ruiz", "said", "“This is a violation of international law,”", 1, casus.Characterise)
	doc.Statements[0].Kind = casus.Direct
	for _, height := range []int{12, 17, 60} {
		var out bytes.Buffer
		b := brief(t, Options{Height: height}, doc)
		if err := b.Text(&out); err != nil {
			t.Fatal(err)
		}
		page, _, _ := strings.Cut(out.String(), "\nSOURCES\n")
		if n := strings.Count(page, "\n"); n > height+1 && height > 12 {
			t.Errorf("%d rows, want %d:\n%s", n, height, page)
		}
		if n := strings.Count(page, "deputy minister"); n != 1 {
			t.Errorf("the office stands %d times:\n%s", n, page)
		}
		if len(section(t, b, "happened")) == 0 || len(section(t, b, "statements")) == 0 {
			t.Errorf("a section went empty at %d rows:\n%s", height, page)
		}
		if left := b.Sections()[0].Left(); left > 0 != strings.Contains(page, "more line") {
			t.Errorf("%d lines left out are not told:\n%s", left, page)
		}
	}
}

func TestCutDateline(t *testing.T) {
	for in, want := range map[string]string{
		"LIMA, May 2 (Agency) - A ship left.": "A ship left.",
		"LIMA (Agency) — A ship left.":        "A ship left.",
		"Peru - a state - sent ships.":        "Peru - a state - sent ships.",
		"NATO sent ships.":                    "NATO sent ships.",
	} {
		if got := cutDateline(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for in, want := range map[string]string{"a short one": "a short one", "a ship, which had left the port": "a ship, which …"} {
		if got := cut(in, 18); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A database keeps no trees: a question is still no fact, a participle no verb.
func TestWithoutTrees(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", whether, lowered)
	event(doc, ontology.ASSAULT, "sank", casus.Asserted, nil, nil)
	doc.Events[0].Time = casus.EventTime{Time: casus.None, Granularity: casus.Day,
		Interval: casus.Interval{Start: casus.NewDate(2026, 4, 30), End: casus.NewDate(2026, 4, 30)}}
	doc.Tokens = nil
	doc.Events[0].Head = casus.None
	b := brief(t, Options{}, doc)
	if got := section(t, b, "happened"); len(got) != 0 {
		t.Errorf("happened: %q", got)
	}
	if got := section(t, b, "intended"); !has(got, "30 April: Whether a mine sank the ferry is unclear.") {
		t.Errorf("possible: %q", got)
	}
	for cue, want := range map[string]bool{"has denied": true, "entered a disputed": false, "rejects": true} {
		st := casus.Statement{CueHead: casus.None, Cue: []casus.Span{{Start: 0, End: casus.Pos(len(cue))}}}
		if got := newView(&casus.Document{Text: cue}).denies(&st); got != want {
			t.Errorf("%q denies: %v, want %v", cue, got, want)
		}
	}
}

// A long sentence is cut so that the term of law stays in it.
func TestLegalTermStaysInSight(t *testing.T) {
	doc := &casus.Document{Text: strings.Repeat("word ", 60) + "a breach of law"}
	doc.Sentences = []casus.Sentence{{Span: casus.Span{Start: 0, End: casus.Pos(len(doc.Text))}}}
	if got := newView(doc).upTo(0, at(doc, "breach of law")); !strings.HasSuffix(got, " a breach of law") || len(strings.Fields(got)) > maxWords {
		t.Errorf("got %q", got)
	}
}

// What a sentence takes back is a correction, not an event.
func TestCorrectionIsNoEvent(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", lowered)
	event(doc, ontology.ASSAULT, "lowered", casus.Asserted, nil, nil)
	if got := section(t, brief(t, Options{}, doc), "happened"); len(got) != 0 {
		t.Errorf("happened: %q", got)
	}
}

// An accusation stands under claims also where the parser saw no verb in it.
func TestAccusationWithoutVerb(t *testing.T) {
	doc := build(t, "d", "Gazette", "2026-05-02", strings.ReplaceAll(accusing, "massing/mass/VERB", "massing/massing/NOUN"))
	doc.Entities = []casus.Entity{state(doc, "Chile", "CHL"), state(doc, "Peru", "PER")}
	says(doc, "Chile", "accused", "Peru of massing troops at the border", 0, casus.Accuse)
	if got := section(t, brief(t, Options{}, doc), "claimed"); !has(got, "Chile accused Peru of massing troops") {
		t.Errorf("claimed: %q", got)
	}
}
