package quantity

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

// tree builds a document of one sentence from "form/UPOS/head/relation" words;
// "form/UPOS" alone leaves the word without a tree. A leading "+" joins the
// word to the one before.
func tree(t testing.TB, s string) *casus.Document {
	t.Helper()
	var sent ud.Sentence
	for _, w := range strings.Fields(s) {
		c := strings.Split(w, "/")
		form, glued := strings.CutPrefix(c[0], "+")
		if glued {
			sent.Words[len(sent.Words)-1].Misc = "SpaceAfter=No"
		}
		word := ud.Word{Form: form, Head: -1}
		var err error
		if word.UPOS, err = ud.ParseUPOS(c[1]); err != nil {
			t.Fatal(err)
		}
		if len(c) == 4 {
			if word.Head, err = strconv.Atoi(c[2]); err != nil {
				t.Fatal(err)
			}
			if word.Deprel, err = ud.ParseDeprel(c[3]); err != nil {
				t.Fatal(err)
			}
		}
		sent.Words = append(sent.Words, word)
	}
	doc, err := casus.FromTrees([]ud.Sentence{sent})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// short writes quantities as a reader wants to see them.
func short(doc *casus.Document) string {
	var out []string
	for _, q := range doc.Quantities {
		s := fmt.Sprintf("[%s] %s", doc.String(q.Span), strconv.FormatFloat(q.Value, 'f', -1, 64))
		if q.Low != q.High {
			s += fmt.Sprintf(" (%v-%v)", q.Low, q.High)
		}
		s += " " + q.Unit + "/" + q.Class
		for _, f := range []struct {
			set  bool
			name string
		}{{q.Approx, "~"}, {q.AtLeast, ">="}, {q.AtMost, "<="}} {
			if f.set {
				s += " " + f.name
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestAnnotate(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, tree, want string }{
		{"figure and scale", "They/PRON called/VERB up/ADP 2.5/NUM million/NUM reservists/NOUN ./PUNCT",
			"[2.5 million reservists] 2500000 reservist/troops"},
		{"article before a unit of force", "The/DET fleet/NOUN sent/VERB a/DET small/ADJ frigate/NOUN and/CCONJ a/DET letter/NOUN",
			"[a small frigate] 1 frigate/ships"},
		{"people of two words", "Some/DET 2,000/NUM North/PROPN Korean/ADJ soldiers/NOUN left/VERB", "[2,000 North Korean soldiers] 2000 soldier/troops ~"},
		{"bodies", "They/PRON found/VERB the/DET bodies/NOUN of/ADP 90/NUM soldiers/NOUN", "[90 soldiers] 90 soldier/killed"},
		{"code of an aircraft", "Two/NUM F/PROPN +-/PUNCT +16s/NOUN crashed/VERB", "[Two F-16s] 2 F-16/aircraft"},
		{"an adjective behind a compound", "They/PRON fired/VERB two/NUM short/ADJ +-/PUNCT +range/NOUN ballistic/ADJ missiles/NOUN", "[two short-range ballistic missiles] 2 missile/missiles"},
		{"code tagged as a number", "Six/NUM MiG/PROPN +-/PUNCT +29/NUM jets/NOUN left/VERB", "[Six MiG-29 jets] 6 jet/aircraft"},
		{"share of a number", "Half/NOUN of/ADP its/PRON 400/NUM soldiers/NOUN left/VERB", "[Half of its 400 soldiers] 200 soldier/troops ~"},
		{"two-thirds", "Two/NUM +-/PUNCT +thirds/NOUN of/ADP the/DET 90/NUM tanks/NOUN burned/VERB", "[Two-thirds of the 90 tanks] 60 tank/vehicles ~"},
		{"ratio", "Three/NUM in/ADP four/NUM voters/NOUN stayed/VERB home/ADV", ""},
		{"killed between two figures", "It/PRON killed/VERB between/ADP 50/NUM and/CCONJ 60/NUM villagers/NOUN", "[50 and 60 villagers] 55 (50-60) villager/killed"},
		{"as many as", "It/PRON killed/VERB as/ADV many/ADJ as/ADP 30/NUM villagers/NOUN", "[30 villagers] 30 (0-30) villager/killed <="},
		{"article before a person counts only as a toll", "A/DET student/NOUN saw/VERB it/PRON", ""},
		{"object of kill", "Shells/NOUN/2/nsubj killed/VERB/0/root at/ADP/4/case least/ADJ/5/nmod 12/NUM/6/nummod villagers/NOUN/2/obj",
			"[12 villagers] 12 (12-0) villager/killed >="},
		{"passive subject", "Some/DET/2/advmod 40/NUM/3/nummod sailors/NOUN/5/nsubj:pass were/AUX/5/aux:pass wounded/VERB/0/root",
			"[40 sailors] 40 sailor/wounded ~"},
		{"dead behind the noun", "The/DET raid/NOUN left/VERB five/NUM people/NOUN dead/ADJ", "[five people] 5 person/killed"},
		{"participle before the noun", "Medics/NOUN treated/VERB 30/NUM wounded/ADJ soldiers/NOUN",
			"[30 wounded soldiers] 30 soldier/wounded"},
		{"noun left out", "Another/DET/2/det 7/NUM/4/nsubj:pass were/AUX/4/aux:pass injured/VERB/0/root", "[7] 7 /wounded"},
		{"orders", "Hundreds/NOUN of/ADP protesters/NOUN and/CCONJ tens/NOUN of/ADP thousands/NOUN of/ADP refugees/NOUN",
			"[Hundreds of protesters] 200 (200-999) protester/protesters ~; [tens of thousands of refugees] 20000 (20000-99999) refugee/displaced ~"},
		{"dozen", "two/NUM dozen/NOUN tanks/NOUN", "[two dozen tanks] 24 tank/vehicles"},
		{"a dozen", "a/DET dozen/NOUN drones/NOUN", "[a dozen drones] 12 drone/drones"},
		{"range with a dash", "20/NUM +-/SYM +30/NUM ships/NOUN", "[20-30 ships] 25 (20-30) ship/ships"},
		{"range with a dash in one token", "20-30/NUM ships/NOUN", "[20-30 ships] 25 (20-30) ship/ships"},
		{"between", "between/ADP 20/NUM and/CCONJ 30/NUM ships/NOUN", "[20 and 30 ships] 25 (20-30) ship/ships"},
		{"range before a scale", "2/NUM to/ADP 3/NUM million/NUM people/NOUN", "[2 to 3 million people] 2500000 (2e+06-3e+06) person/people"},
		{"more than", "more/ADJ than/ADP 300/NUM rockets/NOUN", "[300 rockets] 300 (300-0) rocket/missiles >="},
		{"no more than", "no/DET more/ADJ than/ADP 300/NUM rockets/NOUN", "[300 rockets] 300 (0-300) rocket/missiles <="},
		{"up to", "up/ADP to/ADP 50/NUM boats/NOUN", "[50 boats] 50 (0-50) boat/ships <="},
		{"dollars by sign", "$/SYM +1.2bn/NUM in/ADP aid/NOUN", "[$1.2bn] 1200000000 USD/money"},
		{"dollars in one token", "$1.2bn/NUM in/ADP aid/NOUN", "[$1.2bn] 1200000000 USD/money"},
		{"euros by name", "3/NUM billion/NUM euros/NOUN", "[3 billion euros] 3000000000 EUR/money"},
		{"currency code", "EUR/PROPN 5/NUM million/NUM", "[EUR 5 million] 5000000 EUR/money"},
		{"per cent", "60/NUM +%/SYM and/CCONJ 7/NUM per/ADP cent/NOUN", "[60%] 60 percent/percent; [7 per cent] 7 percent/percent"},
		{"kilometres", "200/NUM square/ADJ kilometres/NOUN", "[200 square kilometres] 200 square km/area"},
		{"words with and", "three/NUM hundred/NUM and/CCONJ twenty/NUM +-/PUNCT +five/NUM cars/NOUN", "[three hundred and twenty-five cars] 325 car/vehicles"},
		{"half a million", "half/DET a/DET million/NUM migrants/NOUN", "[half a million migrants] 500000 migrant/displaced"},
		{"none", "There/PRON were/VERB no/DET casualties/NOUN and/CCONJ no/DET talks/NOUN", "[no casualties] 0 casualty/casualties"},
		{"ordinals do not count", "the/DET 20th/ADJ attack/NOUN", ""},
		{"names with numbers", "Resolution/PROPN/0/root 1701/NUM/1/nummod passed/VERB/1/dep", ""},
		{"hyphened labels", "an/DET F/PROPN +-/PUNCT +16/NUM jet/NOUN", ""},
		{"compound adjective", "a/DET two/NUM +-/PUNCT +state/NOUN solution/NOUN", ""},
		{"killing dozens", "The/DET/2/det blast/NOUN/0/root killing/VERB/2/acl dozens/NOUN/3/obj of/ADP/6/case people/NOUN/4/nmod", "[dozens of people] 24 (24-99) person/killed ~"},
		{"another phrase's noun", "29,000/NUM/4/nummod from/ADP/4/case other/ADJ/4/amod countries/NOUN/0/root", ""},
		{"hyphened noun", "a/DET night/NOUN +-/PUNCT +raid/NOUN", "[a night-raid] 1 raid/attacks"},
		{"each other", "killing/VERB/0/root one/NUM/1/obj another/DET/2/det", ""},
		{"name in the plural", "900/NUM Marines/PROPN", "[900 Marines] 900 marine/troops"},
		{"crew of", "a/DET trawler/NOUN with/ADP a/DET crew/NOUN of/ADP about/ADV 14/NUM sank/VERB", "[a trawler] 1 trawler/ships; [crew of about 14] 14 crew/people ~"},
		{"brigade of", "the/DET brigade/NOUN of/ADP 900/NUM left/VERB", "[brigade of 900] 900 soldier/troops"},
		{"brigade of men", "the/DET brigade/NOUN of/ADP 900/NUM men/NOUN left/VERB", "[900 men] 900 man/troops"},
		{"men of the guard", "120/NUM men/NOUN of/ADP the/DET national/ADJ guard/NOUN rested/VERB", "[120 men] 120 man/troops"},
		{"men without an army", "120/NUM men/NOUN of/ADP the/DET village/NOUN rested/VERB", "[120 men] 120 man/people"},
		{"men sent by a general", "The/DET/2/det generals/NOUN/3/nsubj send/VERB/0/root 120/NUM/5/nummod men/NOUN/3/obj", "[120 men] 120 man/troops"},
		{"strong", "a/DET 700/NUM +-/PUNCT +strong/ADJ battalion/NOUN", "[700-strong] 700 soldier/troops"},
		{"toll at", "Doctors/NOUN put/VERB the/DET toll/NOUN at/ADP least/ADJ 17/NUM", ""},
		{"toll rose to", "The/DET death/NOUN toll/NOUN rose/VERB to/ADP at/ADP least/ADJ 17/NUM from/ADP 12/NUM", "[17] 17 (17-0) /killed >="},
		{"number of wounded", "the/DET number/NOUN of/ADP wounded/NOUN stood/VERB at/ADP 23/NUM", "[23] 23 /wounded"},
		{"ages are not counted", "The/DET boy/NOUN died/VERB at/ADP 13/NUM", ""},
		{"no magnitudes of quakes", "The/DET/2/det quake/NOUN/5/nsubj measuring/VERB/2/acl 6.4/NUM/5/obj killed/VERB/0/root", ""},
		{"several of what is known", "several/ADJ missiles/NOUN and/CCONJ several/ADJ reasons/NOUN", "[several missiles] 3 (3-9) missile/missiles ~"},
		{"a few", "a/DET few/ADJ hundred/NUM militants/NOUN", "[a few hundred militants] 200 (200-600) militant/militia ~"},
		{"a part", "Five/NUM of/ADP the/DET seven/NUM pilots/NOUN", "[Five] 5 pilot/troops; [seven pilots] 7 pilot/troops"},
		{"a part befallen", "killed/VERB/0/root two/NUM/1/obj of/ADP/6/case its/PRON/6/nmod:poss five/NUM/6/nummod pilots/NOUN/2/nmod", "[two] 2 pilot/killed; [five pilots] 5 pilot/troops"},
		{"including", "Nine/NUM/2/nummod people/NOUN/8/nsubj:pass ,/PUNCT/5/punct including/VERB/5/case boys/NOUN/2/nmod ,/PUNCT/2/punct were/AUX/8/aux:pass killed/VERB/0/root",
			"[Nine people] 9 person/killed"},
		{"including a number", "Nine/NUM/2/nummod people/NOUN/9/nsubj:pass ,/PUNCT/6/punct including/VERB/6/case two/NUM/6/nummod boys/NOUN/2/nmod ,/PUNCT/2/punct were/AUX/9/aux:pass killed/VERB/0/root",
			"[Nine people] 9 person/killed; [two boys] 2 boy/killed"},
		{"verb right before", "killed/VERB/0/root nine/NUM/1/obj and/CCONJ/5/cc wounded/VERB/1/conj 30/NUM/6/nummod others/NOUN/1/obj", "[nine] 9 /killed; [30 others] 30 other/wounded"},
		{"protesters by what they did", "2,000/NUM/2/nummod students/NOUN/3/nsubj marched/VERB/0/root", "[2,000 students] 2000 student/protesters"},
		{"soldiers march too", "2,000/NUM/2/nummod soldiers/NOUN/3/nsubj marched/VERB/0/root", "[2,000 soldiers] 2000 soldier/troops"},
		{"passive behind a pair", "14/NUM marchers/NOUN and/CCONJ three/NUM officers/NOUN were/AUX hurt/ADJ", "[14 marchers] 14 marcher/wounded; [three officers] 3 officer/wounded"},
		{"no one", "No/DET one/NUM/3/nsubj:pass killed/VERB", ""},
		{"unknown noun is kept without class", "six/NUM lighthouses/NOUN", "[six lighthouses] 6 lighthouse/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := tree(t, c.tree)
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			if got := short(doc); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTimesAreNoQuantities(t *testing.T) {
	a, _ := New()
	doc := tree(t, "In/ADP 2014/NUM three/NUM ships/NOUN sank/VERB within/ADP two/NUM days/NOUN")
	at := func(s string) casus.Span {
		i := casus.Pos(strings.Index(doc.Text, s))
		return casus.Span{Start: i, End: i + casus.Pos(len(s))}
	}
	doc.Times = []casus.Time{{Span: at("2014")}, {Span: at("two days")}}
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	if got, want := short(doc), "[three ships] 3 ship/ships"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// check holds the properties of the layer on any document.
func check(t testing.TB, doc *casus.Document) {
	t.Helper()
	last := casus.Pos(0)
	for i, q := range doc.Quantities {
		switch {
		case q.Start < last || q.Empty() || int(q.End) > len(doc.Text):
			t.Fatalf("quantity %d: span %v out of order or bounds", i, q.Span)
		case q.High != 0 && q.Low > q.High, q.Value < 0:
			t.Fatalf("quantity %d: %v %v-%v", i, q.Value, q.Low, q.High)
		case q.Rule == "", q.Head < 0 || int(q.Head) >= len(doc.Tokens):
			t.Fatalf("quantity %d: rule %q head %d", i, q.Rule, q.Head)
		}
		for _, tm := range doc.Times {
			if tm.Overlaps(q.Span) {
				t.Fatalf("quantity %q overlaps a time", doc.String(q.Span))
			}
		}
		last = q.End
	}
}

func TestPropertiesOnTrees(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	doc := goldDocument(t, "en_ewt-dev.conllu.gz")
	if err := a.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Quantities) < 100 {
		t.Errorf("only %d quantities", len(doc.Quantities))
	}
	check(t, doc)
}

func FuzzWords(f *testing.F) {
	f.Add("$1.2bn 20-30 two hundred thousand ships")
	f.Add("between 2 and 3 million people , 5 % or more")
	f.Add("a a dozen half a million no casualties 1,000,00 .5 ½")
	a, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var sent ud.Sentence
		for i, w := range strings.Fields(s) {
			sent.Words = append(sent.Words, ud.Word{Form: w, Head: i, UPOS: ud.UPOS(len(w) % int(ud.NumUPOS))})
		}
		doc, err := casus.FromTrees([]ud.Sentence{sent})
		if err != nil {
			return
		}
		if err := a.Annotate(doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc)
	})
}

func BenchmarkAnnotate(b *testing.B) {
	a, err := New()
	if err != nil {
		b.Fatal(err)
	}
	doc := tree(b, strings.Repeat("The/DET fleet/NOUN sent/VERB a/DET small/ADJ frigate/NOUN and/CCONJ 2.5/NUM million/NUM reservists/NOUN to/ADP the/DET northern/ADJ coast/NOUN of/ADP the/DET island/NOUN on/ADP Friday/PROPN ./PUNCT ", 50))
	b.ReportAllocs()
	for b.Loop() {
		if err := a.Annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(50*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}
