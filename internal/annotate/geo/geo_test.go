package geo

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus"
	"casus/ud"
)

// document makes a document of words divided by spaces. "[LOC Cape Coast]" is
// a name of the tagger; "|" ends a sentence. A capitalised word is a proper
// noun; trees are flat but for "word/nsubj", which says the relation to the
// first word.
func document(text string) *casus.Document {
	doc := &casus.Document{Lang: "en"}
	var b strings.Builder
	var name *casus.Name
	newSentence := func() {
		doc.Sentences = append(doc.Sentences, casus.Sentence{First: casus.TokenID(len(doc.Tokens)), Span: casus.Span{Start: casus.Pos(b.Len())}})
	}
	newSentence()
	for _, w := range strings.Fields(text) {
		switch {
		case w == "|":
			doc.Sentences[len(doc.Sentences)-1].End = casus.TokenID(len(doc.Tokens))
			newSentence()
			continue
		case w[0] == '[':
			label := map[string]casus.NameLabel{"PER": casus.PER, "LOC": casus.LOC, "ORG": casus.ORG, "MISC": casus.MISC}[w[1:]]
			name = &casus.Name{First: casus.TokenID(len(doc.Tokens)), Label: label}
			continue
		}
		w, closed := strings.CutSuffix(w, "]")
		w, rel, _ := strings.Cut(w, "/")
		if b.Len() > 0 && !strings.ContainsAny(w[:1], ",.'’") {
			b.WriteByte(' ')
		}
		tok := casus.Token{Span: casus.Span{Start: casus.Pos(b.Len()), End: casus.Pos(b.Len() + len(w))},
			Sent: casus.SentenceID(len(doc.Sentences) - 1), Head: doc.Sentences[len(doc.Sentences)-1].First, UPOS: ud.NOUN}
		if w[0] >= 'A' && w[0] <= 'Z' {
			tok.UPOS = ud.PROPN
		}
		if rel != "" {
			tok.Deprel, _ = ud.ParseDeprel(rel)
		}
		if tok.Head == casus.TokenID(len(doc.Tokens)) {
			tok.Head = casus.None
		}
		b.WriteString(w)
		doc.Tokens = append(doc.Tokens, tok)
		if closed {
			name.End = casus.TokenID(len(doc.Tokens))
			name.Span = doc.TokenSpan(name.First, name.End)
			doc.Names = append(doc.Names, *name)
		}
	}
	doc.Sentences[len(doc.Sentences)-1].End = casus.TokenID(len(doc.Tokens))
	doc.Text = b.String()
	doc.Link()
	return doc
}

var shared = func() *Annotator {
	a, err := New()
	if err != nil {
		panic(err)
	}
	return a
}()

// found prints places as "text: name country relation", an actor with "!".
func found(t testing.TB, doc *casus.Document) []string {
	t.Helper()
	if err := shared.Annotate(doc); err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for i := range doc.Places {
		p := &doc.Places[i]
		s := fmt.Sprintf("%s: %s", doc.String(p.Span), p.Name)
		if !p.Located() {
			s = fmt.Sprintf("%s: ?", doc.String(p.Span))
		}
		for _, f := range []string{p.Country, p.Relation} {
			if f != "" {
				s += " " + f
			}
		}
		if p.AsActor {
			s += " !"
		}
		out = append(out, s)
	}
	return out
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"tagged town", "They met in [LOC Tamale] .", []string{"Tamale: Tamale GHA in"}},
		{"town without tag after a preposition", "A bridge fell in Tamale .", []string{"Tamale: Tamale GHA in"}},
		{"tagger knows, gazetteer does not", "They hid near [LOC Quendrith Falls] .", []string{"Quendrith Falls: ? near"}},
		{"a sea and the governorate called after it", "The [LOC Red Sea] port of [LOC Hodeidah] in [LOC Yemen] burnt .", []string{"Red Sea: Red Sea", "Hodeidah: Al Ḩudaydah YEM", "Yemen: Yemen YEM in"}},
		{"one unknown word of the tagger's", "[LOC Quendrith] spoke at length .", []string{}},
		{"unknown word after its kind", "in the village of [LOC Quendrith] today", []string{"Quendrith: ? in"}},
		{"mayor tagged with his town", "[PER Tulsa Mayor Ann Reyes] spoke", []string{"Tulsa: Tulsa USA"}},
		{"person with the name of a country", "[PER Jordan Belmont] won .", []string{}},
		{"country within a body", "the [ORG Kenya Tea Board] met", []string{"Kenya: Kenya KEN"}},
		{"month, not the town", "It rained in March .", []string{}},
		{"pronoun, not the country", "They told us that Us is a film .", []string{}},
		{"abbreviated country", "the U.S. and the UAE signed", []string{"U.S.: United States USA", "UAE: United Arab Emirates ARE"}},
		{"state behind a comma", "a fire in [LOC Springfield] , [LOC Missouri]",
			[]string{"Springfield: Springfield USA in", "Missouri: Missouri USA in"}},
		{"abbreviated state behind a comma", "a fire in Springfield , Mo. again", []string{"Springfield: Springfield USA in", "Mo.: Missouri USA in"}},
		{"abbreviation alone is nothing", "a talk by Mo. again", []string{}},
		{"saint shortened", "floods hit St. John 's , Newfoundland", []string{"St. John's: St. John's CAN", "Newfoundland: Newfoundland and Labrador CAN"}},
		{"possessive stays outside", "[LOC Peru] 's army", []string{"Peru: Peru PER"}},
		{"direction inside a tagged name", "in [LOC Northern Kenya] today", []string{"Northern Kenya: Kenya KEN in"}},
		{"direction in small letters", "in [LOC northern Kenya] today", []string{"Kenya: Kenya KEN in"}},
		{"city rather than its province", "a march in [LOC Aleppo]", []string{"Aleppo: Aleppo SYR in"}},
		{"province where it outweighs the city", "a vote in [LOC Quebec]", []string{"Quebec: Quebec CAN in"}},
		{"strait", "ships in the Strait of Hormuz", []string{"Strait of Hormuz: Strait of Hormuz in"}},
		{"older name", "trains to [LOC Kiev]", []string{"Kiev: Kyiv UKR to"}},
		{"diacritics", "a trial in [LOC São Paulo]", []string{"São Paulo: São Paulo BRA in"}},
		{"person with a country as first name", "[PER Israel Belmont] won .", []string{}},
		{"region inside a tagged name", "floods in [LOC Tamale region] today", []string{"Tamale: Tamale GHA in"}},
		{"city and province near each other", "a fair in [LOC Lublin]", []string{"Lublin: Lublin POL in"}},
		{"hyphens and small words", "a fire in [LOC Port-au-Prince]", []string{"Port-au-Prince: Port-au-Prince HTI in"}},
		{"origin", "timber from [LOC Tamale]", []string{"Tamale: Tamale GHA from"}},
		{"border crossing", "queues at [LOC Erez crossing]", []string{"Erez crossing: Erez crossing in"}},
		{"building that stands for its people", "The Pentagon/nsubj denied it", []string{}},
		{"counties in a list", "floods in Putnam , Cobb and [LOC Forsyth] counties , [LOC Georgia]",
			[]string{"Putnam: Putnam County USA in", "Cobb: Cobb County USA in", "Forsyth: Forsyth County USA in", "Georgia: Georgia USA"}},
		{"party before the district", "[PER Ann Reyes] , [LOC D - Fresno] , voted", []string{"Fresno: Fresno USA"}},
		{"home of a person tagged with him", "[PER Ann Reyes of Fresno] won", []string{"Fresno: Fresno USA"}},
		{"building called by its county", "[LOC Fresno County Jail] is full", []string{"Fresno County: Fresno County USA"}},
		{"building called by a person", "[LOC Webb Center] is full", []string{}},
		{"common noun tagged with the name", "[LOC Tamale police chief] resigned", []string{"Tamale: Tamale GHA"}},
		{"city of", "the [LOC City of Tamale] paid", []string{"Tamale: Tamale GHA"}},
		{"owner holds what it owns", "in [LOC Kyiv] 's [LOC Odesa] and in [LOC Texas] 's [LOC Odessa]",
			[]string{"Kyiv: Kyiv UKR", "Odesa: Odesa UKR in", "Texas: Texas USA", "Odessa: Odessa USA in"}},
		{"governor of the state", "a talk with [LOC New York] Gov. [PER Ann Reyes]", []string{"New York: New York USA"}},
		{"town of a state that the gazetteer lacks", "a fire in [LOC Odessa] , [LOC Vermont] .", []string{"Odessa: ? USA in", "Vermont: Vermont USA in"}},
		{"list before a state", "in [LOC Dover] and [LOC Milford] , [LOC Delaware] .",
			[]string{"Dover: Dover USA in", "Milford: Milford USA in", "Delaware: Delaware USA in"}},
		{"adjective before the kind of place", "in the Iraqi city of [LOC Amara] and the Kenyan town of [LOC Nyeri]",
			[]string{"Amara: Al ‘Amārah IRQ in", "Nyeri: Nyeri KEN"}},
		{"district in a city", "a raid in [LOC Kensington] in [LOC Philadelphia]", []string{"Kensington: Kensington USA in", "Philadelphia: Philadelphia USA in"}},
		{"paper called by its town", "the [ORG Des Moines Register] wrote", []string{}},
		{"points of the compass", "in the [LOC Far North] of the country", []string{"Far North: ? in"}},
		{"airline in capitals", "the [LOC BA] cabin crew", []string{}},
		{"city ahead of its namesakes", "a march in [LOC Bristol]", []string{"Bristol: Bristol GBR in"}},
		{"suburbs of a capital", "a strike on [LOC Beirut/nmod] 's suburbs", []string{"Beirut: Beirut LBN in"}},
		{"city before its country's possessive", "in [LOC Tripoli] , [LOC Lebanon] 's second city", []string{"Tripoli: Tripoli LBN in", "Lebanon: Lebanon LBN in"}},
		{"town between towns", "shells hit [LOC Bakhmut] , [PER Chasiv Yar] and [LOC Kostiantynivka]",
			[]string{"Bakhmut: Bakhmut UKR", "Chasiv Yar: Chasiv Yar UKR", "Kostiantynivka: Kostiantynivka UKR"}},
		{"building as a place", "a fire at the Pentagon", []string{"Pentagon: Pentagon USA in"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(t, document(c.text))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// TestNamesakes decides one name by what else the document speaks of.
func TestNamesakes(t *testing.T) {
	for _, c := range []struct{ name, text, country string }{
		{"Tripoli", "militias fought in [LOC Tripoli] | [LOC Libya] 's government condemned it", "LBY"},
		{"Hyderabad", "arrests in [LOC Hyderabad] | the [LOC Sindh] government in [LOC Karachi] spoke", "PAK"},
		{"Hyderabad", "arrests in [LOC Hyderabad] | a minister flew in from [LOC New Delhi] , [LOC India]", "IND"},
		{"Georgia", "a march in [LOC Georgia] went through [LOC Tbilisi]", "GEO"},
		{"Georgia", "a judge in [LOC Georgia] | the [LOC Atlanta] court heard a man from [LOC Savannah]", "USA"},
		{"Valencia", "a fire in [LOC Valencia] | [LOC Venezuela] will mourn", "VEN"},
		{"Valencia", "floods in [LOC Valencia] | a minister flew in from [LOC Madrid]", "ESP"},
		{"Birmingham", "arrests in [LOC Birmingham] | British police came from [LOC London]", "GBR"},
		{"Birmingham", "arrests in [LOC Birmingham] | [LOC Alabama] state police came from [LOC Montgomery]", "USA"},
		{"Alexandria", "[LOC Egypt] mourned | a church in [LOC Alexandria] near [LOC St. Paul] | [LOC Cairo] sent aid", "EGY"},
		{"Washington", "[LOC Britain] and [LOC England] | [LOC London] and [LOC Manchester] | [LOC Washington] said the [LOC U.S.] agreed", "USA"},
	} {
		t.Run(c.name+" "+c.country, func(t *testing.T) {
			doc := document(c.text)
			if err := shared.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			got := "not found"
			for i := range doc.Places {
				if p := &doc.Places[i]; doc.String(p.Span) == c.name {
					got = p.Country
				}
			}
			if got != c.country {
				t.Errorf("%s is %s, want %s", c.name, got, c.country)
			}
		})
	}
}

func TestRelation(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"off the coast", "it sank off the coast of [LOC Somalia]", "off the coast of"},
		{"off the possessor's coast", "it sank off [LOC Somalia] 's coast", "off the coast of"},
		{"shores", "it sailed to the shores of [LOC Somalia]", "to the shores of"},
		{"words between", "troops in the northern port city of [LOC Latakia]", "in"},
		{"capitalised at the head", "In [LOC Somalia] it rained", "in"},
		{"towards", "they marched towards [LOC Latakia]", "towards"},
		{"side", "a camp 20 miles south of [LOC Latakia]", "near"},
		{"none", "[LOC Somalia] is dry", ""},
		{"of alone is none", "the president of [LOC Somalia]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document(c.text)
			found(t, doc)
			if len(doc.Places) != 1 {
				t.Fatalf("%d places, want 1", len(doc.Places))
			}
			if got := doc.Places[0].Relation; got != c.want {
				t.Errorf("relation %q, want %q", got, c.want)
			}
		})
	}
}

func TestRelationOfAList(t *testing.T) {
	want := []string{"Latvia: Latvia LVA in", "Estonia: Estonia EST in", "Finland: Finland FIN in"}
	if diff := cmp.Diff(want, found(t, document("floods in [LOC Latvia] , [LOC Estonia] and [LOC Finland]"))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	want = []string{"Tunis: Tunis TUN between", "Sfax: Sfax TUN between"}
	if diff := cmp.Diff(want, found(t, document("a road between [LOC Tunis] and [LOC Sfax]"))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestActor(t *testing.T) {
	want := []string{"Nairobi: Nairobi KEN !", "Peru: Peru PER in"}
	if diff := cmp.Diff(want, found(t, document("said [LOC Nairobi/nsubj] of talks in [LOC Peru/obl]"))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// A country within the name of a body does not act: the body does.
func TestBodyActsNotItsCountry(t *testing.T) {
	want := []string{"Kenya: Kenya KEN"}
	if diff := cmp.Diff(want, found(t, document("said the [ORG Kenya/nsubj Tea Board] today"))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// The same name means another place in another company.
func TestCompany(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"alone", "a fair in [LOC Paris]", "FRA"},
		{"in Texas", "a fair in [LOC Paris] | from [LOC Dallas] and [LOC Sherman] , [LOC Texas] | to [LOC Bonham] and [LOC Denison]", "USA"},
		{"among the words of American papers", "a fair in [LOC Birmingham] | the school district asked the county commissioners | a sophomore and the city manager", "USA"},
		{"a word that only leans there tells little", "a fair in [LOC Paris] | a high school there", "FRA"},
		{"right before such a word", "the [LOC Athens] school district | a sophomore spoke", "USA"},
		{"behind a court that is called by it", "the [LOC Madras High Court] ruled", "IND"},
		{"London of Ontario", "a fair in [LOC London] | from [LOC Kitchener] , [LOC Ontario] | to [LOC Woodstock] and [LOC Stratford] and [LOC Guelph]", "CAN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document(c.text)
			found(t, doc)
			if got := doc.Places[0].Country; got != c.want {
				t.Errorf("country %s, want %s", got, c.want)
			}
		})
	}
}

func TestOutletVotes(t *testing.T) {
	for outlet, want := range map[string]string{"": "GBR", "Alabama Courier": "USA"} {
		doc := document("a fire in [LOC Birmingham]")
		doc.Outlet = outlet
		found(t, doc)
		if got := doc.Places[0].Country; got != want {
			t.Errorf("outlet %q: country %q, want %s", outlet, got, want)
		}
	}
}

// Number does not make two words of one.
func TestRegisterCountsWordsOnce(t *testing.T) {
	doc := document("a sheriff met sheriffs and Sheriffs and a Sheriff")
	found(t, doc)
	r := run{a: shared, doc: doc, s: &scratch{}}
	r.register()
	sum := 0.0
	for _, n := range r.s.home {
		sum += n
	}
	if sum != 1 {
		t.Errorf("got %v votes, want 1", sum)
	}
}

func TestPlacesAreSortedAndApart(t *testing.T) {
	doc := document("in [LOC Springfield] , [LOC Missouri] and the [ORG University of Nairobi] near [LOC New York] | St. John 's")
	found(t, doc)
	last := casus.Pos(0)
	for i := range doc.Places {
		p := &doc.Places[i]
		if p.Start < last || p.Span.Empty() || int(p.End) > len(doc.Text) {
			t.Errorf("place %d %q at %v overlaps or leaves the text", i, p.Name, p.Span)
		}
		last = p.End
	}
	if len(doc.Places) < 4 {
		t.Errorf("%d places, want at least 4", len(doc.Places))
	}
}

func TestWordListsAreSorted(t *testing.T) {
	for name, file := range map[string]string{"relations": relationsFile, "between": betweenFile, "confusable": confusableFile, "company": companyFile, "registers": registersFile} {
		last, n := "", 0
		for f := range rows(file) {
			row := strings.Join(f, "\t")
			if row <= last {
				t.Errorf("%s: %q after %q", name, row, last)
			}
			last, n = row, n+1
		}
		if n < 20 {
			t.Errorf("%s: only %d rows", name, n)
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	text := "[LOC Kampala] said on Monday that troops had left [LOC Gulu] for [LOC Juba] . | The [ORG Kenya Red Cross] flew aid from " +
		"[LOC Nairobi] to [LOC Springfield] , [LOC Illinois] . | [PER Jordan Belmont] of the U.S. embassy declined to comment . | " +
		"Nobody was hurt , the police told reporters after a long night of rain and wind ."
	doc := document(strings.Repeat(text+" | ", 8))
	b.ReportAllocs()
	for b.Loop() {
		doc.Places = nil
		if err := shared.Annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}
