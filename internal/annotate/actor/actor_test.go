package actor_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"casus"
	"casus/internal/annotate/actor"
	"casus/ud"
)

var annotator = sync.OnceValues(func() (*actor.Annotator, error) { return actor.New() })

// document makes trees of sentences written one word a field as
// "form/UPOS/head/deprel"; the head counts from 1, 0 is the root. A form ends
// in "+" where no space follows; "PER:" and "ORG:" before it begin a name of
// the tagger, "PER_" goes on with it.
func document(t testing.TB, published string, sentences ...string) *casus.Document {
	t.Helper()
	var b strings.Builder
	for i, s := range sentences {
		fmt.Fprintf(&b, "# sent_id = %d\n", i+1)
		for n, f := range strings.Fields(s) {
			c := strings.Split(f, "/")
			if len(c) != 4 {
				t.Fatalf("sentence %d: %q has %d parts, want 4", i+1, f, len(c))
			}
			fmt.Fprintf(&b, "%d\t%s\n", n+1, row(c))
		}
		b.WriteString("\n")
	}
	doc := fromTrees(t, ud.NewReader(strings.NewReader(b.String())), 0)
	if published != "" {
		var err error
		if doc.Published, err = casus.ParseDate(published); err != nil {
			t.Fatal(err)
		}
	}
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func row(c []string) string {
	form, misc := c[0], []string{}
	for _, l := range []string{"PER", "ORG", "LOC"} {
		if f, ok := strings.CutPrefix(form, l+":"); ok {
			form, misc = f, append(misc, "NER=B-"+l)
		} else if f, ok := strings.CutPrefix(form, l+"_"); ok {
			form, misc = f, append(misc, "NER=I-"+l)
		}
	}
	if f, ok := strings.CutSuffix(form, "+"); ok {
		form, misc = f, append(misc, "SpaceAfter=No")
	}
	if len(misc) == 0 {
		misc = []string{"_"}
	}
	xpos := "_"
	if form == "'s" && c[1] == "PART" {
		xpos = "POS"
	}
	return strings.Join([]string{form, strings.ToLower(form), c[1], xpos, "_", c[2], c[3], "_", strings.Join(misc, "|")}, "\t")
}

// fromTrees makes a document of the next n trees, of all for 0; nil at the end.
func fromTrees(t testing.TB, r *ud.Reader, n int) *casus.Document {
	t.Helper()
	var trees []ud.Sentence
	for s, err := range r.All() {
		if err != nil {
			t.Fatal(err)
		}
		if trees = append(trees, s); len(trees) == n {
			break
		}
	}
	if len(trees) == 0 {
		return nil
	}
	doc, err := casus.FromTrees(trees)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func find(doc *casus.Document, name string) *casus.Entity {
	for i := range doc.Entities {
		if doc.Entities[i].Name == name {
			return &doc.Entities[i]
		}
	}
	return nil
}

func mentions(doc *casus.Document, e *casus.Entity) string {
	var out []string
	for _, m := range e.Mentions {
		out = append(out, doc.String(m.Span))
	}
	return strings.Join(out, " | ")
}

func names(doc *casus.Document) string {
	var out []string
	for _, e := range doc.Entities {
		out = append(out, fmt.Sprintf("%q %s", e.Name, e.Code))
	}
	return strings.Join(out, ", ")
}

func TestCodes(t *testing.T) {
	obama := "Barack/PROPN/3/nsubj Obama/PROPN/1/flat spoke/VERB/0/root"
	taliban := "the/DET/2/det Taliban/PROPN/3/nsubj attacked/VERB/0/root"
	tests := []struct{ name, published, text, entity, code string }{
		{"possessed ministry", "", "Chile/PROPN/4/nmod:poss 's/PART/1/case defence/NOUN/4/compound ministry/NOUN/5/nsubj spoke/VERB/0/root",
			"Chile 's defence ministry", "CHLGOV"},
		{"adjective and army", "", "The/DET/3/det Peruvian/ADJ/3/amod army/NOUN/4/nsubj marched/VERB/0/root", "Peruvian army", "PERMIL"},
		{"backed is not of", "", "US+/PROPN/3/compound -+/PUNCT/3/punct backed/VERB/5/amod Syrian/ADJ/5/amod rebels/NOUN/6/nsubj fled/VERB/0/root",
			"US-backed Syrian rebels", "SYRREB"},
		{"based is of", "", "a/DET/5/det Kenya+/PROPN/4/compound -+/PUNCT/4/punct based/VERB/5/amod militia/NOUN/6/nsubj fled/VERB/0/root",
			"Kenya-based militia", "KENPRM"},
		{"anti is not of", "", "anti+/ADJ/3/amod -+/PUNCT/3/punct French/ADJ/4/amod protesters/NOUN/5/nsubj marched/VERB/0/root", "anti-French protesters", "---CVL"},
		{"sector without country", "", "drug/NOUN/2/compound cartels/NOUN/3/nsubj fought/VERB/0/root", "drug cartels", "---CRM"},
		{"nobody's community", "", "the/DET/3/det international/ADJ/3/amod community/NOUN/4/nsubj watched/VERB/0/root", "international community", ""},
		{"people in a country", "", "farmers/NOUN/4/nsubj in/ADP/3/case Bolivia/PROPN/1/nmod protested/VERB/0/root", "farmers in Bolivia", "BOLAGR"},
		{"troops in a country", "", "troops/NOUN/4/nsubj in/ADP/3/case Bolivia/PROPN/1/nmod rested/VERB/0/root", "troops", "---MIL"},
		{"spokesman of the army", "", "an/DET/3/det army/NOUN/3/compound spokesman/NOUN/4/nsubj spoke/VERB/0/root", "army spokesman", "---MIL"},
		{"spokesman of a body", "", "a/DET/3/det NATO/PROPN/3/compound spokesman/NOUN/4/nsubj spoke/VERB/0/root", "NATO spokesman", "IGO"},
		{"gunmen of a body", "", "Hamas/PROPN/2/compound gunmen/NOUN/3/nsubj fled/VERB/0/root", "Hamas gunmen", "PSEREB"},
		{"parliament's president", "", "the/DET/2/det president/NOUN/7/nsubj of/ADP/6/case Brazil/PROPN/6/nmod:poss 's/PART/4/case parliament/NOUN/2/nmod spoke/VERB/0/root",
			"president of Brazil 's parliament", "BRALEG"},
		{"in office", "2012-05-01", obama, "Barack Obama", "USAGOV"},
		{"out of office", "2020-05-01", obama, "Barack Obama", "USAELI"},
		{"before office", "1999-05-01", obama, "Barack Obama", ""},
		{"former by the text", "2012-05-01", "former/ADJ/3/amod Polish/ADJ/3/amod minister/NOUN/4/nmod PER:Jan/PROPN/6/nsubj PER_Zak/PROPN/4/flat spoke/VERB/0/root",
			"Jan Zak", "POLELI"},
		{"unknown name with title", "", "Kenyan/ADJ/3/amod Foreign/ADJ/3/amod Minister/NOUN/4/nmod PER:Amos/PROPN/6/nsubj PER_Otieno/PROPN/4/flat spoke/VERB/0/root",
			"Amos Otieno", "KENGOV"},
		{"unknown name without title", "", "PER:Amos/PROPN/3/nsubj PER_Otieno/PROPN/1/flat spoke/VERB/0/root", "Amos Otieno", ""},
		{"rank and office", "", "Deputy/ADJ/2/amod Minister/PROPN/8/nsubj of/ADP/4/case Defence/PROPN/2/nmod General/PROPN/6/nmod PER:Amos/PROPN/4/nmod PER_Otieno/PROPN/6/flat spoke/VERB/0/root",
			"Amos Otieno", "---GOV"},
		{"group by its years, before", "2012-01-01", taliban, "Taliban", "AFGREB"},
		{"group by its years, after", "2023-01-01", taliban, "Taliban", "AFGGOV"},
		{"outlet", "", "Reuters/PROPN/2/nsubj reported/VERB/0/root", "Reuters", "GBRMED"},
		{"state media", "", "Chinese/ADJ/3/amod state/NOUN/3/compound media/NOUN/4/nsubj reported/VERB/0/root", "Chinese state media", "CHNGOVMED"},
		{"common name of another owner", "", "Kenya/PROPN/4/nmod:poss 's/PART/1/case Defense/PROPN/4/compound Department/PROPN/5/nsubj spoke/VERB/0/root",
			"Kenya 's Defense Department", "KENGOV"},
		{"party of another country", "", "Kenya/PROPN/5/obl said/VERB/0/root the/DET/5/det Democratic/PROPN/5/compound Party/PROPN/2/nsubj won/VERB/2/ccomp",
			"Democratic Party", "KENPTY"},
		{"a town in a name", "", "PER:Paris/PROPN/3/nsubj PER_Hilton/PROPN/1/flat sang/VERB/0/root", "Paris Hilton", ""},
		{"relative of the known", "2025-05-01", "PER:Lara/PROPN/3/nsubj PER_Trump/PROPN/1/flat spoke/VERB/0/root", "Lara Trump", ""},
		{"first of two countries", "", "US/PROPN/4/compound and/CCONJ/3/cc British/ADJ/1/conj forces/NOUN/5/nsubj left/VERB/0/root", "US forces", "USAMIL"},
		{"second of two countries", "", "US/PROPN/4/compound and/CCONJ/3/cc British/ADJ/1/conj forces/NOUN/5/nsubj left/VERB/0/root", "British forces", "GBRMIL"},
		{"only state lends the country", "", "Chile/PROPN/2/nsubj said/VERB/0/root the/DET/4/det army/NOUN/5/nsubj marched/VERB/2/ccomp", "army", "CHLMIL"},
		{"ministry of the subject", "", "Chad/PROPN/2/nsubj sent/VERB/10/ccomp aid/NOUN/2/obj to/ADP/5/case Niger/PROPN/2/obl ,/PUNCT/10/punct the/DET/9/det Defence/PROPN/9/compound Ministry/PROPN/10/nsubj said/VERB/0/root",
			"Defence Ministry", "TCDGOV"},
		{"title in the second sentence", "", "Chad/PROPN/2/nsubj waits/VERB/6/parataxis ./PUNCT/2/punct Foreign/PROPN/5/compound Minister/PROPN/6/nsubj spoke/VERB/0/root",
			"Foreign Minister", "TCDGOV"},
		{"ministry in its capital", "", "the/DET/3/det foreign/ADJ/3/amod ministry/NOUN/6/nsubj in/ADP/5/case Berlin/PROPN/3/nmod spoke/VERB/0/root",
			"foreign ministry in Berlin", "DEUGOV"},
		{"a group and its name", "", "the/DET/3/det militant/ADJ/3/amod group/NOUN/5/nsubj Hamas/PROPN/3/appos fled/VERB/0/root", "Hamas", "PSEREB"},
		{"at home in the only state", "", "rebels/NOUN/4/nsubj in/ADP/3/case Chad/PROPN/1/nmod left/VERB/0/root ./PUNCT/4/punct President/PROPN/7/nmod:desc PER:Sow/PROPN/8/nsubj agreed/VERB/4/parataxis",
			"Sow", "TCDGOV"},
		{"army of the minister who speaks", "", "Chilean/ADJ/2/amod minister/NOUN/3/nsubj told/VERB/0/root Peru/PROPN/3/obj the/DET/6/det army/NOUN/7/nsubj marched/VERB/3/ccomp",
			"army", "CHLMIL"},
		{"second of two owners", "", "ministers/NOUN/6/nsubj of/ADP/3/case Chad/PROPN/1/nmod and/CCONJ/5/cc Niger/PROPN/3/conj met/VERB/0/root", "Niger", "NER"},
		{"capital that one turns to", "", "Chad/PROPN/2/nsubj turn/VERB/0/root to/ADP/4/case Algiers/PROPN/2/obl", "Algeria", "DZAGOV"},
		{"allies are others", "", "US/PROPN/2/compound allies/NOUN/3/nsubj waited/VERB/0/root", "US allies", ""},
		{"troops of the sender", "", "Chad/PROPN/2/nsubj deploy/VERB/0/root 1,500/NUM/4/nummod marines/NOUN/2/obj to/ADP/6/case Niger/PROPN/2/obl", "1,500 marines", "TCDMIL"},
		{"troops that are met are nobody's", "", "Chad/PROPN/2/nsubj met/VERB/0/root 1,500/NUM/4/nummod marines/NOUN/2/obj in/ADP/6/case Niger/PROPN/2/obl", "1,500 marines", "---MIL"},
		{"spokesman of the house named last", "", "Chad/PROPN/4/nmod:poss 's/PART/1/case Foreign/PROPN/4/compound Ministry/PROPN/5/nsubj warned/VERB/0/root Niger/PROPN/5/obj ./PUNCT/5/punct Spokesman/PROPN/9/nmod:desc PER:Amos/PROPN/11/nsubj PER_Sow/PROPN/9/flat spoke/VERB/5/parataxis",
			"Amos Sow", "TCDGOV"},
		{"cue of a vague noun", "", "a/DET/4/det Chilean/ADJ/4/amod mining/NOUN/4/compound group/NOUN/5/nsubj left/VERB/0/root", "Chilean mining group", "CHLBUS"},
		{"no cue behind anti", "", "a/DET/6/det Chilean/ADJ/6/amod anti+/ADJ/5/amod -+/PUNCT/5/punct mining/NOUN/6/compound group/NOUN/7/nsubj left/VERB/0/root", "Chilean anti-mining group", "CHL"},
		{"an energy official is no businessman", "", "a/DET/4/det Chilean/ADJ/4/amod energy/NOUN/4/compound official/NOUN/5/nsubj left/VERB/0/root", "Chilean energy official", "CHLGOV"},
		{"a union official is the union's", "", "a/DET/4/det Chilean/ADJ/4/amod union/NOUN/4/compound official/NOUN/5/nsubj left/VERB/0/root", "Chilean union official", "CHLLAB"},
		{"family of an official", "", "the/DET/3/det Chilean/ADJ/3/amod president/NOUN/5/nmod:poss 's/PART/3/case wife/NOUN/6/nsubj left/VERB/0/root", "Chilean president 's wife", "CHLELI"},
		{"family of nobody", "", "the/DET/3/det Chilean/ADJ/3/amod farmer/NOUN/5/nmod:poss 's/PART/3/case wife/NOUN/6/nsubj left/VERB/0/root", "Chilean farmer 's wife", "CHLCVL"},
		{"former in one token", "", "Chad/PROPN/3/nmod:poss 's/PART/1/case ex-president/NOUN/4/nsubj left/VERB/0/root", "Chad 's ex-president", "TCDELI"},
		{"coalition of soldiers", "", "a/DET/5/det Saudi+/ADJ/4/compound -+/PUNCT/4/punct led/VERB/5/amod coalition/NOUN/6/nsubj left/VERB/0/root", "Saudi-led coalition", "SAUMIL"},
		{"office of the owner's country", "", "Hong/PROPN/2/compound Kong/PROPN/5/nmod:poss 's/PART/2/case chief/ADJ/5/amod executive/NOUN/6/nsubj left/VERB/0/root", "Hong Kong 's chief executive", "HKGGOV"},
		{"party of another demonym", "", "Slovak/ADJ/3/amod Social/PROPN/3/compound Democrats/PROPN/4/nsubj left/VERB/0/root", "Democrats", "SVKPTY"},
		{"region with a people of its own", "", "Corsican/ADJ/2/amod separatists/NOUN/3/nsubj left/VERB/0/root", "Corsican separatists", "FRAREB"},
		{"displaced people", "", "displaced/ADJ/2/amod Liberians/PROPN/3/nsubj left/VERB/0/root", "Liberians", "LBRREF"},
		{"two persons of one name", "2014-06-01", "Canada/PROPN/2/nsubj thanked/VERB/0/root PER:David/PROPN/2/obj PER_Johnston/PROPN/3/flat", "David Johnston", "CANGOV"},
		{"a state that is named keeps its code", "", "Algeria/PROPN/2/nsubj said/VERB/0/root Algiers/PROPN/4/nsubj agreed/VERB/2/ccomp", "Algeria", "DZA"},
		{"ethnic people elsewhere", "", "ethnic/ADJ/2/amod Albanians/PROPN/5/nsubj in/ADP/4/case Serbia/PROPN/2/nmod left/VERB/0/root", "Albanians", "SRBCVL"},
		{"group with a cue needs no owner", "", "anti+/ADJ/3/amod -+/PUNCT/3/punct war/NOUN/4/compound groups/NOUN/5/nsubj marched/VERB/0/root", "anti-war groups", "---SOC"},
		{"court of its town", "", "a/DET/2/det court/NOUN/5/nsubj in/ADP/4/case Bolivia/PROPN/2/nmod ruled/VERB/0/root", "court in Bolivia", "BOLJUD"},
		{"a ship of its class", "", "a/DET/4/det Kilo+/PROPN/4/compound -+/PUNCT/1/punct class/NOUN/5/compound submarine/NOUN/6/nsubj sank/VERB/0/root", "Kilo-class submarine", "RUSMIL"},
		{"men beside women", "", "forty/NUM/2/nummod men/NOUN/5/nsubj and/CCONJ/4/cc women/NOUN/2/conj marched/VERB/0/root", "forty men", "---CVL"},
		{"dissidents of an armed group", "", "FARC/PROPN/2/compound dissidents/NOUN/3/nsubj attacked/VERB/0/root", "FARC dissidents", "COLREB"},
		{"men alone", "", "forty/NUM/2/nummod men/NOUN/3/nsubj marched/VERB/0/root", "forty men", "---UNK"},
		{"a small word inside a name", "", "Lashkar+/PROPN/4/nsubj -+/PUNCT/1/punct e-Taiba/PROPN/1/flat attacked/VERB/0/root", "Lashkar-e-Taiba", "PAKUAF"},
		{"an initial in the middle", "2022-06-01", "PER:Lloyd/PROPN/4/nsubj PER_J./PROPN/1/flat PER_Austin/PROPN/1/flat slept/VERB/0/root", "Lloyd J. Austin", "USAGOV"},
		{"another spelling", "2019-06-01", "PER:Abdelfattah/PROPN/5/nsubj PER_el+/PROPN/1/flat PER_-+/PUNCT/4/punct PER_Sisi/PROPN/1/flat slept/VERB/0/root", "Abdelfattah el-Sisi", "EGYGOV"},
		{"a patronymic", "2019-06-01", "PER:Sergey/PROPN/4/nsubj PER_Viktorovich/PROPN/1/flat PER_Lavrov/PROPN/1/flat slept/VERB/0/root", "Sergey Viktorovich Lavrov", "RUSGOV"},
		{"surname first in Japan", "2021-06-01", "PER:Kishi/PROPN/3/nsubj PER_Nobuo/PROPN/1/flat slept/VERB/0/root", "Kishi Nobuo", "JPNGOV"},
		{"only the beginning of a name", "2024-06-01", "PER:Abdul/PROPN/4/nsubj PER_Hamid/PROPN/1/flat PER_Dbeibeh/PROPN/1/flat slept/VERB/0/root", "Abdul Hamid Dbeibeh", "LBYGOV"},
		{"no other spelling in the West", "2002-06-01", "PER:Tim/PROPN/3/nsubj PER_Kelly/PROPN/1/flat slept/VERB/0/root", "Tim Kelly", ""},
		{"a tycoon stays one", "2012-06-01", "PER:Steve/PROPN/3/nsubj PER_Jobs/PROPN/1/flat slept/VERB/0/root", "Steve Jobs", "USABUS"},
		{"a minister long ago is forgotten", "2021-06-01", "PER:Robert/PROPN/3/nsubj PER_Ray/PROPN/1/flat spoke/VERB/0/root", "Robert Ray", ""},
		{"two states lend none", "", "Chile/PROPN/2/nsubj told/VERB/0/root Peru/PROPN/2/obj the/DET/5/det army/NOUN/6/nsubj marched/VERB/2/ccomp", "army", "---MIL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := document(t, tt.published, tt.text)
			e := find(doc, tt.entity)
			if e == nil {
				t.Fatalf("no entity %q; got %s", tt.entity, names(doc))
			}
			if string(e.Code) != tt.code {
				t.Errorf("code of %q: got %q, want %q", tt.entity, e.Code, tt.code)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	minister := "Chilean/ADJ/3/amod Foreign/ADJ/3/amod Minister/NOUN/4/nmod PER:Ana/PROPN/6/nsubj PER_Diaz/PROPN/4/flat spoke/VERB/0/root"
	tests := []struct {
		name, entity, want string
		text               []string
	}{
		{"surname, title and pronoun", "Ana Diaz", "Chilean Foreign Minister Ana Diaz | Diaz | The Chilean minister | She", []string{minister,
			"PER:Diaz/PROPN/2/nsubj left/VERB/0/root", "The/DET/3/det Chilean/ADJ/3/amod minister/NOUN/4/nsubj returned/VERB/0/root",
			"She/PRON/2/nsubj slept/VERB/0/root"}},
		{"another country's minister", "Ana Diaz", "Chilean Foreign Minister Ana Diaz", []string{minister,
			"the/DET/3/det Peruvian/ADJ/3/amod minister/NOUN/4/nsubj left/VERB/0/root"}},
		{"an unnamed one", "Ana Diaz", "Chilean Foreign Minister Ana Diaz", []string{minister,
			"a/DET/3/det Chilean/ADJ/3/amod minister/NOUN/4/nsubj left/VERB/0/root"}},
		{"the wrong gender", "Ana Diaz", "Chilean Foreign Minister Ana Diaz", []string{minister, "he/PRON/2/nsubj left/VERB/0/root"}},
		{"the embedded office does not take the name", "Jan Zak", "Press Secretary of the Polish President Jan Zak | Jan Zak", []string{
			"Press/PROPN/2/compound Secretary/PROPN/9/nsubj of/ADP/6/case the/DET/6/det Polish/ADJ/6/amod President/PROPN/2/nmod PER:Jan/PROPN/6/appos PER_Zak/PROPN/7/flat spoke/VERB/0/root"}},
		{"but without an article it does", "Jan Zak", "President Jan Zak", []string{
			"the/DET/2/det spokesman/NOUN/7/nsubj of/ADP/5/case President/PROPN/5/nmod PER:Jan/PROPN/2/nmod PER_Zak/PROPN/5/flat spoke/VERB/0/root"}},
		{"apposition behind", "Jan Zak", "Jan Zak | the Polish chancellor", []string{
			"PER:Jan/PROPN/8/nsubj PER_Zak/PROPN/1/flat ,/PUNCT/6/punct the/DET/6/det Polish/ADJ/6/amod chancellor/NOUN/1/appos ,/PUNCT/6/punct spoke/VERB/0/root"}},
		{"apposition before", "Jan Zak", "the Polish chancellor | Jan Zak", []string{
			"the/DET/3/det Polish/ADJ/3/amod chancellor/NOUN/8/nsubj ,/PUNCT/5/punct PER:Jan/PROPN/3/appos PER_Zak/PROPN/5/flat ,/PUNCT/5/punct spoke/VERB/0/root"}},
		{"capital acts", "Chile", "Santiago", []string{"Santiago/PROPN/2/nsubj protested/VERB/0/root"}},
		{"acronym", "National Council for Peace", "The National Council for Peace | NCP | NCP", []string{
			"The/DET/3/det National/PROPN/3/compound Council/PROPN/9/nsubj for/ADP/5/case Peace/PROPN/3/nmod (/PUNCT/7/punct NCP/PROPN/3/appos )/PUNCT/7/punct met/VERB/0/root",
			"NCP/PROPN/2/nsubj left/VERB/0/root"}},
		{"the council", "United Nations Security Council", "The United Nations Security Council | the council", []string{
			"The/DET/4/det United/PROPN/4/compound Nations/PROPN/4/compound Security/PROPN/5/compound Council/PROPN/6/nsubj met/VERB/0/root",
			"Later/ADV/4/advmod the/DET/3/det council/NOUN/4/nsubj voted/VERB/0/root"}},
		{"surname in a headline", "Marta Vega", "Vega | Chilean Minister Marta Vega", []string{
			"Vega/PROPN/2/nsubj waits/VERB/0/root", "Chilean/ADJ/2/amod Minister/NOUN/3/nmod PER:Marta/PROPN/5/nsubj PER_Vega/PROPN/3/flat spoke/VERB/0/root"}},
		{"the ministry", "Chad 's defence ministry", "Chad 's defence ministry | The ministry", []string{
			"Chad/PROPN/4/nmod:poss 's/PART/1/case defence/NOUN/4/compound ministry/NOUN/5/nsubj warned/VERB/0/root Niger/PROPN/5/obj",
			"The/DET/2/det ministry/NOUN/3/nsubj waited/VERB/0/root"}},
		{"rank and office before a name", "Jan Zak", "the army spokesman | Jan Zak | The colonel", []string{
			"the/DET/3/det army/NOUN/3/compound spokesman/NOUN/9/nsubj ,/PUNCT/5/punct Colonel/PROPN/6/nmod PER:Jan/PROPN/3/appos PER_Zak/PROPN/6/flat ,/PUNCT/6/punct spoke/VERB/0/root",
			"The/DET/2/det colonel/NOUN/3/nsubj left/VERB/0/root"}},
		{"a newspaper and its name", "The Harbour Post", "a British newspaper | The Harbour Post", []string{
			"a/DET/3/det British/ADJ/3/amod newspaper/NOUN/7/nsubj ORG:The/DET/6/det ORG_Harbour/PROPN/6/compound ORG_Post/PROPN/3/appos wrote/VERB/0/root"}},
		{"this country is the one of the text", "Chile", "Chile | Chile | this country", []string{"Chile/PROPN/2/nsubj voted/VERB/0/root", "Chile/PROPN/2/nsubj told/VERB/0/root Peru/PROPN/2/obj",
			"now/ADV/4/advmod this/DET/3/det country/NOUN/4/nsubj waits/VERB/0/root"}},
		{"teachers are no students", "Chilean students", "Chilean students", []string{"Chilean/ADJ/2/amod students/NOUN/3/nsubj left/VERB/0/root",
			"the/DET/2/det teachers/NOUN/3/nsubj stayed/VERB/0/root"}},
		{"soldiers are troops", "Chilean soldiers", "Chilean soldiers | the troops", []string{"Chilean/ADJ/2/amod soldiers/NOUN/3/nsubj left/VERB/0/root",
			"the/DET/2/det troops/NOUN/3/nsubj stayed/VERB/0/root"}},
		{"a title inside a tagged name", "Ana Diaz", "Lima spokeswoman Ana Diaz", []string{
			"PER:Lima/PROPN/2/compound PER_spokeswoman/NOUN/3/compound PER_Ana/PROPN/5/nsubj PER_Diaz/PROPN/3/flat spoke/VERB/0/root"}},
		{"what a body is", "Hamas", "Hamas | the Hamas movement", []string{"Hamas/PROPN/2/nsubj left/VERB/0/root",
			"the/DET/3/det Hamas/PROPN/3/compound movement/NOUN/4/nsubj stayed/VERB/0/root"}},
		{"but not its wing", "Hamas", "Hamas | the Hamas", []string{"Hamas/PROPN/2/nsubj left/VERB/0/root",
			"the/DET/3/det Hamas/PROPN/3/compound leadership/NOUN/4/nsubj stayed/VERB/0/root"}},
		{"half of Korea", "North Korea", "North Korea | the North", []string{"North/PROPN/2/compound Korea/PROPN/3/nsubj fired/VERB/0/root",
			"later/ADV/4/advmod the/DET/3/det North/PROPN/4/nsubj stopped/VERB/0/root"}},
		{"the country", "Chile", "Chile | the country", []string{"Chile/PROPN/2/nsubj voted/VERB/0/root",
			"now/ADV/4/advmod the/DET/3/det country/NOUN/4/nsubj waits/VERB/0/root"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := document(t, "", tt.text...)
			e := find(doc, tt.entity)
			if e == nil {
				t.Fatalf("no entity %q; got %s", tt.entity, names(doc))
			}
			if got := mentions(doc, e); got != tt.want {
				t.Errorf("mentions of %q\n got %s\nwant %s", tt.entity, got, tt.want)
			}
		})
	}
}

func TestNoActor(t *testing.T) {
	tests := []struct{ name, text, never string }{
		{"capital as a place", "talks/NOUN/4/nsubj in/ADP/3/case Santiago/PROPN/1/nmod failed/VERB/0/root", "Chile"},
		{"lower case", "they/PRON/2/nsubj told/VERB/0/root us/PRON/2/obj about/ADP/5/case turkey/NOUN/2/obl", "United States"},
		{"blocked name", "New/PROPN/2/compound Mexico/PROPN/3/nsubj voted/VERB/0/root", "Mexico"},
		{"the head of a body", "head/NOUN/2/compound injuries/NOUN/3/nsubj hurt/VERB/0/root", "head"},
		{"source of income", "a/DET/2/det source/NOUN/5/nsubj of/ADP/4/case income/NOUN/2/nmod dried/VERB/0/root", "source of income"},
		{"social justice", "justice/NOUN/2/nsubj matters/VERB/0/root", "justice"},
		{"a word with a capital by chance", "Let/VERB/0/root them/PRON/1/obj go/VERB/1/xcomp", "LeT"},
		{"at least", "at/ADP/2/case least/ADJ/3/nummod three/NUM/4/nummod people/NOUN/5/nsubj left/VERB/0/root", "least three people"},
		{"a passenger jet", "a/DET/3/det passenger/NOUN/3/compound jet/NOUN/4/nsubj landed/VERB/0/root", "passenger jet"},
		{"a fleet of nobody", "the/DET/3/det entire/ADJ/3/amod fleet/NOUN/4/nsubj sailed/VERB/0/root", "entire fleet"},
		{"dateline with a dash", "LIMA/PROPN/3/nsubj --/PUNCT/1/punct freed/VERB/0/root priests/NOUN/3/obj", "Peru"},
		{"a merry party", "a/DET/2/det party/NOUN/3/nsubj ended/VERB/0/root", "party"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if doc := document(t, "", tt.text); find(doc, tt.never) != nil {
				t.Errorf("got %s, want no %q", names(doc), tt.never)
			}
		})
	}
}

func TestCompound(t *testing.T) {
	doc := document(t, "", "Chile/PROPN/4/nsubj and/CCONJ/3/cc Peru/PROPN/1/conj quarrelled/VERB/0/root",
		"Both/DET/2/det countries/NOUN/3/nsubj agreed/VERB/0/root")
	e := find(doc, "Chile and Peru")
	if e == nil {
		t.Fatalf("no compound; got %s", names(doc))
	}
	if len(e.Members) != 2 || doc.Entities[e.Members[0]].Name != "Chile" || doc.Entities[e.Members[1]].Name != "Peru" {
		t.Errorf("members: got %v, want Chile and Peru", e.Members)
	}
}

func TestYearsByOffice(t *testing.T) {
	doc := document(t, "", "British/ADJ/3/amod Prime/PROPN/3/compound Minister/PROPN/4/nmod Theresa/PROPN/6/nsubj May/PROPN/4/flat spoke/VERB/0/root",
		"Former/ADJ/3/amod US/PROPN/3/compound President/PROPN/4/nmod Bill/PROPN/6/nsubj Clinton/PROPN/4/flat listened/VERB/0/root")
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	got := a.YearsByOffice(doc)
	if len(got) != 1 || got[0].Name != "Theresa May" || fmt.Sprint(got[0].Years) != "[2016 2017 2018 2019]" {
		t.Errorf("got %+v, want Theresa May 2016 to 2019 only", got)
	}
}

func TestUnknown(t *testing.T) {
	doc := document(t, "", "PER:Amos/PROPN/3/nsubj PER_Otieno/PROPN/1/flat spoke/VERB/0/root", "Reuters/PROPN/2/nsubj listened/VERB/0/root")
	if got := actor.Unknown(doc); len(got) != 1 || doc.String(got[0]) != "Amos Otieno" {
		t.Errorf("got %v, want Amos Otieno only", got)
	}
}

// TestProperties holds a stretch of a treebank against what must be true of
// any entity layer.
func TestProperties(t *testing.T) {
	doc := fromTrees(t, treebank(t, "en_ewt-dev"), 400)
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	for i := range doc.Entities {
		checkEntity(t, doc, casus.EntityID(i))
	}
	before := names(doc)
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	if names(doc) != before {
		t.Error("a second run over the same document gives another layer")
	}
}

func checkEntity(t *testing.T, doc *casus.Document, id casus.EntityID) {
	t.Helper()
	e := &doc.Entities[id]
	if len(e.Mentions) == 0 || e.Kind == casus.EntityKindNone || e.Name == "" {
		t.Errorf("entity %d %q: no mention, kind or name", id, e.Name)
	}
	if e.Code != "" && len(e.Evidence) == 0 {
		t.Errorf("entity %d %q: code %s without evidence", id, e.Name, e.Code)
	}
	if e.Of == id || int(e.Of) >= len(doc.Entities) {
		t.Errorf("entity %d %q: of %d", id, e.Name, e.Of)
	}
	for j, m := range e.Mentions {
		if m.Head < m.First || m.Head >= m.End || m.Span != doc.TokenSpan(m.First, m.End) || m.Rule == "" {
			t.Errorf("entity %d %q: mention %d %+v", id, e.Name, j, m)
		}
		if j > 0 && m.First < e.Mentions[j-1].First {
			t.Errorf("entity %d %q: mentions out of order", id, e.Name)
		}
		if doc.Tokens[m.First].Sent != doc.Tokens[m.End-1].Sent {
			t.Errorf("entity %d %q: a mention over two sentences", id, e.Name)
		}
	}
}

func treebank(t testing.TB, name string) *ud.Reader {
	t.Helper()
	f, err := os.Open("/work/shared/data/ud/" + name + ".conllu.gz")
	if err != nil {
		t.Skip("the treebank is not here: ", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return ud.NewReader(z)
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := actor.New(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnnotate runs over documents of 25 sentences.
func BenchmarkAnnotate(b *testing.B) {
	r := treebank(b, "en_gum_open-dev")
	var docs []*casus.Document
	sentences := 0
	for doc := fromTrees(b, r, 25); doc != nil; doc = fromTrees(b, r, 25) {
		docs, sentences = append(docs, doc), sentences+len(doc.Sentences)
	}
	a, err := annotator()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			if err := a.Annotate(doc); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

// TestStateInTitle: a state that only a title names is no actor of its own;
// one that acts stays.
func TestStateInTitle(t *testing.T) {
	senator := "US/PROPN/2/compound Senator/NOUN/3/compound PER:Ana/PROPN/5/nsubj PER_Diaz/PROPN/3/flat spoke/VERB/0/root"
	doc := document(t, "", senator)
	if e := find(doc, "United States"); e != nil || codeOf(doc, "Ana Diaz") != "USALEG" {
		t.Errorf("got %s, want Ana Diaz alone", names(doc))
	}
	doc = document(t, "", senator, "The/DET/2/det US/PROPN/3/nsubj agreed/VERB/0/root")
	if e := find(doc, "United States"); e == nil || len(e.Mentions) != 2 {
		t.Errorf("got %s, want the United States with two mentions", names(doc))
	}
}

func codeOf(doc *casus.Document, name string) string {
	if e := find(doc, name); e != nil {
		return string(e.Code)
	}
	return ""
}
