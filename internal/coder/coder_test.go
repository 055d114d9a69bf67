package coder

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"casus"
	"casus/ontology"
	"casus/ud"
)

// tree builds a document from sentences of words "form/lemma/UPOS/head/deprel"
// and names "form=CODE" after a bar; a code of MEDIA makes an outlet. A name's
// words are joined by "_" and its last word heads it.
func tree(t testing.TB, sentences ...string) *casus.Document {
	t.Helper()
	doc := &casus.Document{Lang: "en", Published: casus.NewDate(2024, 5, 6)}
	ents := map[string]int{}
	for i, s := range sentences {
		words, names, _ := strings.Cut(s, " | ")
		first := casus.TokenID(len(doc.Tokens))
		for _, w := range strings.Fields(words) {
			addWord(t, doc, first, casus.SentenceID(i), w)
		}
		sent := casus.Sentence{First: first, End: casus.TokenID(len(doc.Tokens))}
		sent.Span = doc.TokenSpan(sent.First, sent.End)
		doc.Sentences = append(doc.Sentences, sent)
		for _, n := range strings.Fields(names) {
			addName(t, doc, ents, first, n)
		}
	}
	doc.Link()
	doc.IndexMentions()
	return doc
}

func addWord(t testing.TB, doc *casus.Document, first casus.TokenID, sent casus.SentenceID, w string) {
	p := strings.Split(w, "/")
	if len(p) != 5 {
		t.Fatalf("word %q", w)
	}
	head, err := strconv.Atoi(p[3])
	if err != nil {
		t.Fatal(err)
	}
	at := casus.Pos(len(doc.Text))
	doc.Text += p[0] + " "
	upos, xpos, _ := strings.Cut(p[2], ":")
	tok := casus.Token{Span: casus.Span{Start: at, End: at + casus.Pos(len(p[0]))}, Sent: sent, Head: casus.None, Lemma: p[1]}
	if tok.UPOS, err = ud.ParseUPOS(upos); err != nil {
		t.Fatal(err)
	}
	if xpos != "" {
		if tok.XPOS, err = ud.ParseXPOS(xpos); err != nil {
			t.Fatal(err)
		}
	}
	if tok.Deprel, err = ud.ParseDeprel(p[4]); err != nil {
		t.Fatal(err)
	}
	if head > 0 {
		tok.Head = first + casus.TokenID(head-1)
	}
	doc.Tokens = append(doc.Tokens, tok)
}

func addName(t testing.TB, doc *casus.Document, ents map[string]int, first casus.TokenID, n string) {
	name, code, ok := strings.Cut(n, "=")
	if !ok {
		t.Fatalf("name %q", n)
	}
	e, seen := ents[code]
	if !seen {
		e = len(doc.Entities)
		ents[code] = e
		ent := casus.Entity{Name: code, Kind: casus.Group, Code: ontology.Actor(code), Country: ontology.Actor(code).Country(), Of: casus.None}
		if len(code) == 3 {
			ent.Kind = casus.State
		}
		if code == "MEDIA" {
			ent.Code, ent.Country, ent.Media.Is = "GBRJRN", "GBR", true
		}
		doc.Entities = append(doc.Entities, ent)
	}
	words := strings.Split(name, "_")
	for i := first; int(i) < len(doc.Tokens); i++ {
		if doc.Form(i) == words[0] {
			end := i + casus.TokenID(len(words))
			doc.Entities[e].Mentions = append(doc.Entities[e].Mentions, casus.Mention{Span: doc.TokenSpan(i, end), First: i, End: end, Head: end - 1, Kind: casus.MentionName})
		}
	}
}

// line writes an event as the table tests want it.
func line(doc *casus.Document, ev *casus.Event) string {
	side := func(ids []casus.EntityID) string {
		var out []string
		for _, id := range ids {
			out = append(out, doc.Entities[id].Name)
		}
		return strings.Join(out, ",")
	}
	mode := ""
	if ev.Mode != "" {
		mode = "/" + ev.Mode
	}
	return fmt.Sprintf("%v%s %s %s > %s %v", ev.Type, mode, ev.CAMEO, side(ev.Source), side(ev.Target), ev.Status)
}

func TestAnnotate(t *testing.T) {
	for _, c := range []struct {
		name string
		sent []string
		want []string
	}{
		{"verb and noun: troops mobilise",
			[]string{"Oslo/Oslo/PROPN/2/nsubj sent/send/VERB/0/root troops/troop/NOUN/2/obj to/to/ADP/5/case Riga/Riga/PROPN/2/obl | Oslo=NOR Riga=LVA"},
			[]string{"MOBILIZE/troops 154 NOR > LVA asserted"}},
		{"verb and noun: relief helps",
			[]string{"Oslo/Oslo/PROPN/2/nsubj sent/send/VERB/0/root tents/tent/NOUN/2/obj to/to/ADP/5/case Riga/Riga/PROPN/2/obl | Oslo=NOR Riga=LVA"},
			[]string{"AID 073 NOR > LVA asserted"}},
		{"verb and noun: a letter consults",
			[]string{"Oslo/Oslo/PROPN/2/nsubj sent/send/VERB/0/root letters/letter/NOUN/2/obj to/to/ADP/5/case Riga/Riga/PROPN/2/obl | Oslo=NOR Riga=LVA"},
			[]string{"CONSULT/phone 041 NOR > LVA asserted"}},
		{"passive with agent",
			[]string{"Riga/Riga/PROPN/3/nsubj:pass was/be/AUX/3/aux:pass condemned/condemn/VERB/0/root by/by/ADP/5/case Oslo/Oslo/PROPN/3/obl:agent | Oslo=NOR Riga=LVA"},
			[]string{"ACCUSE/disapprove 111 NOR > LVA asserted"}},
		{"an intent over the lifting of an embargo",
			[]string{"Oslo/Oslo/PROPN/2/nsubj agreed/agree/VERB/0/root to/to/PART/4/mark lift/lift/VERB/2/xcomp embargoes/embargo/NOUN/4/obj on/on/ADP/7/case Riga/Riga/PROPN/5/nmod | Oslo=NOR Riga=LVA"},
			[]string{"AGREE 0354 NOR > LVA asserted"}},
		{"the same lifting refused",
			[]string{"Oslo/Oslo/PROPN/2/nsubj refused/refuse/VERB/0/root to/to/PART/4/mark lift/lift/VERB/2/xcomp embargoes/embargo/NOUN/4/obj on/on/ADP/7/case Riga/Riga/PROPN/5/nmod | Oslo=NOR Riga=LVA"},
			[]string{"REJECT/yield 1244 NOR > LVA asserted"}},
		{"the same lifting demanded of the doer",
			[]string{"Oslo/Oslo/PROPN/2/nsubj demanded/demand/VERB/0/root that/that/SCONJ/5/mark Riga/Riga/PROPN/5/nsubj lift/lift/VERB/2/ccomp embargoes/embargo/NOUN/5/obj on/on/ADP/8/case Lima/Lima/PROPN/6/nmod | Oslo=NOR Riga=LVA Lima=PER"},
			[]string{"REQUEST/yield 1054 NOR > LVA asserted"}},
		{"threats of force",
			[]string{"Oslo/Oslo/PROPN/2/nsubj threatened/threaten/VERB/0/root to/to/PART/4/mark bomb/bomb/VERB/2/xcomp Riga/Riga/PROPN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"THREATEN/violence 1384 NOR > LVA asserted"}},
		{"each other: both ways",
			[]string{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj accused/accuse/VERB/0/root each/each/DET/4/obj other/other/ADJ/5/fixed of/of/ADP/8/mark lying/lie/VERB/4/advcl | Oslo=NOR Riga=LVA"},
			[]string{"ACCUSE/disapprove 112 NOR > LVA asserted", "ACCUSE/disapprove 112 LVA > NOR asserted"}},
		{"whoever is blamed is condemned",
			[]string{"Oslo/Oslo/PROPN/2/nsubj accused/accuse/VERB/0/root Riga/Riga/PROPN/2/obj of/of/ADP/5/case lies/lie/NOUN/2/obl | Oslo=NOR Riga=LVA",
				"Lima/Lima/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det incident/incident/NOUN/2/obj | Lima=PER"},
			[]string{"ACCUSE/disapprove 112 NOR > LVA asserted", "ACCUSE/disapprove 111 PER > LVA asserted"}},
		{"a tree's passive that is a perfect",
			[]string{"Oslo/Oslo/PROPN/3/nsubj:pass has/have/AUX/3/aux condemned/condemn/VERB/0/root Riga/Riga/PROPN/3/obj | Oslo=NOR Riga=LVA"},
			[]string{"ACCUSE/disapprove 111 NOR > LVA asserted"}},
		{"a visit to come is an agreement",
			[]string{"Oslo/Oslo/PROPN/3/nsubj will/will/AUX:MD/3/aux visit/visit/VERB/0/root Riga/Riga/PROPN/3/obj | Oslo=NOR Riga=LVA"},
			[]string{"AGREE 036 NOR > LVA planned"}},
		{"coordinated doers",
			[]string{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj signed/sign/VERB/0/root a/a/DET/6/det treaty/treaty/NOUN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"SUPPORT 057 NOR,LVA >  asserted"}},
		{"relative clause",
			[]string{"Lima/Lima/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det rebels/rebel/NOUN/2/obj who/who/PRON/6/nsubj kidnapped/kidnap/VERB/4/acl:relcl farmers/farmer/NOUN/6/obj | Lima=PER rebels=COLREB farmers=COLAGR"},
			[]string{"ACCUSE/disapprove 111 PER > COLREB asserted", "ASSAULT/abduct 181 COLREB > COLAGR asserted"}},
		{"event noun with adjective and target",
			[]string{"Danish/Danish/ADJ/2/amod attacks/attack/NOUN/6/nsubj on/on/ADP/4/case ships/ship/NOUN/2/nmod have/have/AUX/6/aux continued/continue/VERB/0/root | Danish=DNK"},
			[]string{"ASSAULT 190 DNK >  asserted"}},
		{"talks between two",
			[]string{"Talks/talk/NOUN/6/nsubj between/between/ADP/3/case Oslo/Oslo/PROPN/1/nmod and/and/CCONJ/5/cc Riga/Riga/PROPN/3/conj ended/end/VERB/0/root | Oslo=NOR Riga=LVA"},
			[]string{"CONSULT 046 NOR,LVA >  asserted"}},
		{"a threat in an adjunct is against the clause's subject",
			[]string{"Lima/Lima/PROPN/6/nsubj amid/amid/ADP/4/case Danish/Danish/ADJ/4/amod threats/threat/NOUN/6/obl quietly/quietly/ADV/6/advmod slept/sleep/VERB/0/root | Lima=PER Danish=DNK"},
			[]string{"THREATEN 130 DNK > PER asserted"}},
		{"a light verb that turns the roles",
			[]string{"Raids/raid/NOUN/4/nsubj by/by/ADP/3/case Oslo/Oslo/PROPN/1/nmod drew/draw/VERB/0/root criticism/criticism/NOUN/4/obj from/from/ADP/7/case Riga/Riga/PROPN/5/nmod | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT 190 NOR >  asserted", "ACCUSE/disapprove 111 LVA > NOR asserted"}},
		{"what is condemned is no second event",
			[]string{"Lima/Lima/PROPN/2/nsubj condemned/condemn/VERB/0/root an/a/DET/4/det attack/attack/NOUN/2/obj by/by/ADP/6/case rebels/rebel/NOUN/4/nmod | Lima=PER rebels=COLREB"},
			[]string{"ACCUSE/disapprove 111 PER > COLREB asserted"}},
		{"a denial is a statement",
			[]string{"Lima/Lima/PROPN/2/nsubj denied/deny/VERB/0/root accusations/accusation/NOUN/2/obj by/by/ADP/5/case Oslo/Oslo/PROPN/3/nmod | Lima=PER Oslo=NOR"}, nil},
		{"nobody fights in a purpose",
			[]string{"Lima/Lima/PROPN/2/nsubj trained/train/VERB/0/root hard/hard/ADV/2/advmod to/to/PART/5/mark fight/fight/VERB/2/advcl rebels/rebel/NOUN/5/obj | Lima=PER rebels=COLREB"}, nil},
		{"a condition has not come true",
			[]string{"Lima/Lima/PROPN/2/nsubj waits/wait/VERB/0/root if/if/SCONJ/5/mark Oslo/Oslo/PROPN/5/nsubj attacks/attack/VERB/2/advcl Riga/Riga/PROPN/5/obj | Lima=PER Oslo=NOR Riga=LVA"}, nil},
		{"an appeal stays a statement",
			[]string{"Lima/Lima/PROPN/2/nsubj urged/urge/VERB/0/root Oslo/Oslo/PROPN/2/obj to/to/PART/5/mark free/free/VERB/2/xcomp hostages/hostage/NOUN/5/obj | Lima=PER Oslo=NOR"}, nil},
		{"an appeal for arms is an event",
			[]string{"Lima/Lima/PROPN/2/nsubj asked/ask/VERB/0/root Oslo/Oslo/PROPN/2/obj for/for/ADP/5/case weapons/weapon/NOUN/2/obl | Lima=PER Oslo=NOR"},
			[]string{"REQUEST/assist 0232 PER > NOR asserted"}},
		{"the outlet is no party",
			[]string{"The/the/DET/2/det Post/Post/PROPN/3/nsubj criticised/criticise/VERB/0/root Oslo/Oslo/PROPN/3/obj | Post=MEDIA Oslo=NOR"},
			[]string{"ACCUSE/disapprove 111  > NOR asserted"}},
		{"another verb by its particle",
			[]string{"Lima/Lima/PROPN/2/nsubj kicked/kick/VERB/0/root off/off/ADP/2/compound:prt Oslo/Oslo/PROPN/2/obj | Lima=PER Oslo=NOR"}, nil},
		{"told twice is one event",
			[]string{"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA",
				"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB/0/root Riga/Riga/PROPN/2/obj at/at/ADP/5/case night/night/NOUN/2/obl | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/aerial 195 NOR > LVA asserted"}},
		{"each at the other",
			[]string{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj exchanged/exchange/VERB/0/root fire/fire/NOUN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/firearms 193 NOR > LVA asserted", "ASSAULT/firearms 193 LVA > NOR asserted"}},
		{"words about a deed told before",
			[]string{"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA",
				"Lima/Lima/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det incident/incident/NOUN/2/obj | Lima=PER"},
			[]string{"ASSAULT/aerial 195 NOR > LVA asserted", "ACCUSE/disapprove 111 PER > NOR asserted"}},
		{"without a statement that holds it the deed of an accusation is not told",
			[]string{"Lima/Lima/PROPN/2/nsubj accused/accuse/VERB/0/root Oslo/Oslo/PROPN/2/obj of/of/SCONJ/5/mark bombing/bomb/VERB:VBG/2/advcl Riga/Riga/PROPN/5/obj | Lima=PER Oslo=NOR Riga=LVA"},
			[]string{"ACCUSE/allege 1123 PER > NOR asserted"}},
		{"negated",
			[]string{"Oslo/Oslo/PROPN/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod bomb/bomb/VERB/0/root Riga/Riga/PROPN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/aerial 195 NOR > LVA negated"}},
		{"a perfect that the tree takes for a having",
			[]string{"Oslo/Oslo/PROPN/2/nsubj has/have/VERB/0/root bombed/bomb/VERB:VBN/4/amod Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/aerial 195 NOR > LVA asserted"}},
		{"must is a demand whatever the verb",
			[]string{"Lima/Lima/PROPN/2/nsubj said/say/VERB/0/root that/that/SCONJ/6/mark Oslo/Oslo/PROPN/6/nsubj must/must/AUX:MD/6/aux drop/drop/VERB/2/ccomp barriers/barrier/NOUN/6/obj | Lima=PER Oslo=NOR"},
			[]string{"REQUEST 100 PER > NOR asserted"}},
		{"nobody else said it must",
			[]string{"Oslo/Oslo/PROPN/3/nsubj must/must/AUX:MD/3/aux drop/drop/VERB/0/root barriers/barrier/NOUN/3/obj | Oslo=NOR"}, nil},
		{"the law of the place",
			[]string{"Sow/Sow/PROPN/3/nsubj:pass was/be/AUX/3/aux:pass arrested/arrest/VERB:VBN/0/root in/in/ADP/5/case Latvia/Latvia/PROPN/3/obl | Sow=SENCVL Latvia=LVA"},
			[]string{"COERCE/arrest 173 LVA > SENCVL asserted"}},
		{"unless makes a threat of a promise",
			[]string{"Lima/Lima/PROPN/3/nsubj will/will/AUX:MD/3/aux withdraw/withdraw/VERB/0/root troops/troop/NOUN/3/obj from/from/ADP/6/case Latvia/Latvia/PROPN/3/obl unless/unless/SCONJ/9/mark Riga/Riga/PROPN/9/nsubj pays/pay/VERB/3/advcl | Lima=PER Latvia=LVA Riga=LVA"},
			[]string{"THREATEN 130 PER > LVA planned"}},
		{"the toll of an attack is no second one",
			[]string{"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj killing/kill/VERB:VBG/2/advcl two/two/NUM/6/nummod bakers/baker/NOUN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/aerial 195 NOR > LVA asserted"}},
		{"who committed the crimes is investigated",
			[]string{"Lima/Lima/PROPN/2/nsubj opened/open/VERB/0/root an/a/DET/4/det inquiry/inquiry/NOUN/2/obj into/into/ADP/6/case crimes/crime/NOUN/4/nmod committed/commit/VERB:VBN/6/acl by/by/ADP/9/case rebels/rebel/NOUN/7/obl:agent against/against/ADP/11/case Oslo/Oslo/PROPN/7/obl | Lima=PER rebels=COLREB Oslo=NOR"},
			[]string{"ACCUSE/investigate 090 PER > COLREB asserted"}},
		{"an object shared on the right",
			[]string{"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root and/and/CCONJ/4/cc left/leave/VERB:VBD/2/conj Riga/Riga/PROPN/4/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/aerial 195 NOR > LVA asserted"}},
		{"an onlooker suffers nothing",
			[]string{"Lima/Lima/PROPN/2/nsubj watches/watch/VERB/0/root Riga/Riga/PROPN/2/obj amid/amid/ADP/6/case Norwegian/norwegian/ADJ/6/amod threats/threat/NOUN/2/obl | Lima=PER Riga=LVA Norwegian=NOR"},
			[]string{"THREATEN 130 NOR >  asserted"}},
		{"a question is no appeal",
			[]string{"Oslo/Oslo/PROPN/2/nsubj asked/ask/VERB:VBD/0/root Lima/Lima/PROPN/2/obj whether/whether/SCONJ/7/mark it/it/PRON/7/nsubj would/would/AUX:MD/7/aux support/support/VERB/2/ccomp Riga/Riga/PROPN/7/obj | Oslo=NOR Lima=PER Riga=LVA"}, nil},
		{"who hears it does not do it",
			[]string{"Lima/Lima/PROPN/2/nsubj heard/hear/VERB:VBD/0/root bombing/bomb/VERB:VBG/2/xcomp Riga/Riga/PROPN/3/obj | Lima=PER Riga=LVA"},
			[]string{"ASSAULT/aerial 195  > LVA asserted"}},
		{"what one is arrested for is not told",
			[]string{"Lima/Lima/PROPN/2/nsubj arrested/arrest/VERB:VBD/0/root rebels/rebel/NOUN/2/obj for/for/SCONJ/5/mark bombing/bomb/VERB:VBG/2/advcl Riga/Riga/PROPN/5/obj | Lima=PER rebels=COLREB Riga=LVA"},
			[]string{"COERCE/arrest 173 PER > COLREB asserted"}},
		{"a noun that only qualifies is not what is promised",
			[]string{"Oslo/Oslo/PROPN/2/nsubj agreed/agree/VERB/0/root to/to/PART/4/mark weigh/weigh/VERB/2/xcomp sanction/sanction/NOUN/6/compound rules/rule/NOUN/4/obj on/on/ADP/8/case Riga/Riga/PROPN/6/nmod | Oslo=NOR Riga=LVA"},
			[]string{"AGREE 030 NOR > LVA asserted"}},
		{"a verb whose lemma is wrong",
			[]string{"Oslo/Oslo/PROPN/2/nsubj shelled/shel/VERB/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA"},
			[]string{"ASSAULT/heavy-weapons 194 NOR > LVA asserted"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := New()
			if err != nil {
				t.Fatal(err)
			}
			doc := tree(t, c.sent...)
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range doc.Events {
				got = append(got, line(doc, &doc.Events[i]))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("%s\ngot\n  %s\nwant\n  %s", doc.Text, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

func TestAppeals(t *testing.T) {
	a, err := NewWith(Options{Appeals: true})
	if err != nil {
		t.Fatal(err)
	}
	doc := tree(t, "Lima/Lima/PROPN/2/nsubj urged/urge/VERB/0/root Oslo/Oslo/PROPN/2/obj to/to/PART/5/mark free/free/VERB/2/xcomp hostages/hostage/NOUN/5/obj | Lima=PER Oslo=NOR")
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Events) != 1 || line(doc, &doc.Events[0]) != "REQUEST/yield 0253 PER > NOR asserted" {
		t.Errorf("got %d events: %+v", len(doc.Events), doc.Events)
	}
}

// TestFields holds what an event carries besides its type and sides.
func TestFields(t *testing.T) {
	a, _ := New()
	doc := tree(t,
		"Oslo/Oslo/PROPN/2/nsubj sent/send/VERB/0/root 400/400/NUM/4/nummod troops/troop/NOUN/2/obj to/to/ADP/7/case the/the/DET/7/det border/border/NOUN/2/obl of/of/ADP/9/case Latvia/Latvia/PROPN/7/nmod on/on/ADP/11/case Monday/Monday/PROPN/2/obl | Oslo=NOR Latvia=LVA",
		"Oslo/Oslo/PROPN/2/nsubj sent/send/VERB/0/root 400/400/NUM/4/nummod troops/troop/NOUN/2/obj to/to/ADP/6/case Latvia/Latvia/PROPN/2/obl | Oslo=NOR Latvia=LVA")
	doc.Times = []casus.Time{{Span: doc.Tokens[10].Span, Head: 10, Type: casus.TimeDATE, Value: "2024-05-06", Granularity: casus.Day}}
	doc.Places = []casus.Place{{Span: doc.Tokens[8].Span, Head: 8, Name: "Latvia", Country: "LVA"}}
	doc.Quantities = []casus.Quantity{{Span: doc.Tokens[2].Span, Head: 3, Value: 400, Unit: "troop"}}
	doc.Statements = []casus.Statement{{Content: []casus.Span{doc.TokenSpan(0, 11)}, CueHead: casus.None, Speaker: casus.None}}
	doc.IndexStatements()
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Events) != 2 {
		t.Fatalf("%d events; two voices are kept apart", len(doc.Events))
	}
	ev := doc.Events[0]
	if ev.Time.Value != "2024-05-06" || ev.Time.Time != 0 {
		t.Errorf("time %+v", ev.Time)
	}
	if ev.Place != 0 || len(ev.Magnitude) != 1 || ev.Magnitude[0].Value != 400 || len(ev.Attribution) != 1 {
		t.Errorf("place %v, magnitude %+v, attribution %v", ev.Place, ev.Magnitude, ev.Attribution)
	}
	if b := doc.Events[1]; b.Time.Reason != "published" || b.Time.Value != "2024-05-06" || len(b.Attribution) != 0 {
		t.Errorf("second event: %+v %v", b.Time, b.Attribution)
	}
	fields := map[string]bool{}
	for _, e := range ev.Evidence {
		fields[e.Field] = true
		if e.Rule == "" || e.Span.Start < 0 || int(e.Span.End) > len(doc.Text) {
			t.Errorf("evidence %+v", e)
		}
	}
	for _, f := range []string{"type", "source", "target", "status", "time", "place", "magnitude"} {
		if !fields[f] {
			t.Errorf("no evidence for %s", f)
		}
	}
}

// TestSame checks that two runs over one document agree to the letter.
func TestSame(t *testing.T) {
	a, _ := New()
	s := "Oslo/Oslo/PROPN/2/nsubj agreed/agree/VERB/0/root to/to/PART/4/mark lift/lift/VERB/2/xcomp embargoes/embargo/NOUN/4/obj on/on/ADP/7/case Riga/Riga/PROPN/5/nmod | Oslo=NOR Riga=LVA"
	one, two := tree(t, s, s), tree(t, s, s)
	for _, d := range []*casus.Document{one, two} {
		if err := a.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	if x, y := fmt.Sprint(one.Events), fmt.Sprint(two.Events); x != y {
		t.Errorf("%s\n%s", x, y)
	}
}

func BenchmarkAnnotate(b *testing.B) {
	a, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var sents []string
	for range 20 {
		sents = append(sents, "Oslo/Oslo/PROPN/2/nsubj agreed/agree/VERB/0/root to/to/PART/4/mark lift/lift/VERB/2/xcomp embargoes/embargo/NOUN/4/obj on/on/ADP/7/case Riga/Riga/PROPN/5/nmod ,/,/PUNCT/12/punct a/a/DET/10/det senior/senior/ADJ/10/amod official/official/NOUN/12/nsubj there/there/ADV/10/advmod said/say/VERB/2/parataxis on/on/ADP/14/case Monday/Monday/PROPN/12/obl after/after/ADP/17/case long/long/ADJ/17/amod talks/talk/NOUN/12/obl in/in/ADP/20/case the/the/DET/20/det capital/capital/NOUN/17/nmod | Oslo=NOR Riga=LVA",
			"The/the/DET/3/det old/old/ADJ/3/amod harbour/harbour/NOUN/6/nsubj has/have/AUX/6/aux long/long/ADV/6/advmod drawn/draw/VERB/0/root painters/painter/NOUN/6/obj and/and/CCONJ/9/cc poets/poet/NOUN/7/conj from/from/ADP/12/case the/the/DET/12/det north/north/NOUN/7/nmod of/of/ADP/15/case the/the/DET/15/det country/country/NOUN/12/nmod ././PUNCT/6/punct")
	}
	doc := tree(b, sents...)
	b.ResetTimer()
	for range b.N {
		doc.Events = nil
		if err := a.Annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(doc.Sentences))/b.Elapsed().Seconds(), "sentences/s")
}

// FuzzCompile holds the reader of frame tables to its word: an error or a
// table, never a panic.
func FuzzCompile(f *testing.F) {
	f.Add("v\tsend\tobj=&troops T=to\t154\t-\tLima sent troops.")
	f.Add("n\ttalk|visit\tS=between recip\t040\tCONSULT/visit;economic\tTalks went on.")
	f.Add("x\t\tobj=\t\t\t")
	f.Fuzz(func(t *testing.T, frames string) {
		c, _ := data.ReadFile("data/classes.tsv")
		tab, err := compile(string(c), "", "", frames, "")
		if err == nil && tab == nil {
			t.Error("neither a table nor an error")
		}
	})
}

// TestOneEventManyTellings: an event told again, by another noun and in a
// headline, is one event with a mention for each telling.
func TestOneEventManyTellings(t *testing.T) {
	bombed := "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA"
	for _, c := range []struct {
		name     string
		sent     []string
		events   int
		mentions string
	}{
		{"told three times", []string{bombed,
			"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj twice/twice/ADV/2/advmod | Oslo=NOR Riga=LVA",
			"The/the/DET/3/det Norwegian/norwegian/ADJ/3/amod raid/raid/NOUN/6/nsubj on/on/ADP/5/case Riga/Riga/PROPN/3/nmod failed/fail/VERB:VBD/0/root | Norwegian=NOR Riga=LVA"},
			1, "bombed raid"},
		{"another victim is another event", []string{bombed,
			"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Minsk/Minsk/PROPN/2/obj | Oslo=NOR Minsk=BLR"}, 2, ""},
		{"another day is another event", []string{
			"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj Monday/Monday/PROPN/2/obl | Oslo=NOR Riga=LVA",
			"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj Tuesday/Tuesday/PROPN/2/obl | Oslo=NOR Riga=LVA"}, 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := New()
			if err != nil {
				t.Fatal(err)
			}
			doc := tree(t, c.sent...)
			for i := range doc.Tokens {
				if l := doc.Tokens[i].Lemma; l == "Monday" || l == "Tuesday" {
					doc.Times = append(doc.Times, casus.Time{Span: doc.Tokens[i].Span, Head: casus.TokenID(i), Type: casus.TimeDATE, Value: "2024-05-0" + map[string]string{"Monday": "6", "Tuesday": "7"}[l]})
				}
			}
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range doc.Events {
				for _, m := range doc.Events[i].Mentions {
					got = append(got, doc.String(m))
				}
			}
			if len(doc.Events) != c.events || strings.Join(got, " ") != c.mentions {
				t.Errorf("%d events, mentions %q", len(doc.Events), got)
			}
		})
	}
}

// TestReciprocal: the words, the frame or the code say that the sides do it to
// each other.
func TestReciprocal(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sent string
		want bool
	}{
		{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj clashed/clash/VERB/0/root | Oslo=NOR Riga=LVA", true},
		{"Oslo/Oslo/PROPN/2/nsubj clashed/clash/VERB/0/root with/with/ADP/4/case Riga/Riga/PROPN/2/obl | Oslo=NOR Riga=LVA", true},
		{"Oslo/Oslo/PROPN/2/nsubj met/meet/VERB/0/root with/with/ADP/4/case Riga/Riga/PROPN/2/obl | Oslo=NOR Riga=LVA", true},
		{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj met/meet/VERB/0/root | Oslo=NOR Riga=LVA", true},
		{"Oslo/Oslo/PROPN/4/nsubj and/and/CCONJ/3/cc Riga/Riga/PROPN/1/conj accused/accuse/VERB/0/root each/each/DET/6/det other/other/ADJ/4/obj of/of/SCONJ/8/mark lying/lie/VERB/4/advcl | Oslo=NOR Riga=LVA", true},
		{"Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA", false},
		{"Oslo/Oslo/PROPN/2/nsubj visited/visit/VERB/0/root Riga/Riga/PROPN/2/obj | Oslo=NOR Riga=LVA", false},
	} {
		doc := tree(t, c.sent)
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Events) == 0 {
			t.Errorf("%s: no event", doc.Text)
		}
		for i := range doc.Events {
			if got := doc.Events[i].Reciprocal; got != c.want {
				t.Errorf("%s: %s: got %v, want %v", doc.Text, line(doc, &doc.Events[i]), got, c.want)
			}
		}
	}
}
