package actor

import (
	"embed"
	"fmt"
	"strings"

	"casus"
	"casus/ontology"
)

//go:embed data/*.tsv
var data embed.FS

// state is a state, territory or partly recognised entity.
type state struct {
	code ontology.Actor
	iso  string
	name string
}

// body is a named body with the days its code holds; zero days are open.
type body struct {
	code       ontology.Actor
	country    string
	name       string
	group      bool
	start, end casus.Date
	medium     bool
	ownership  string // media only
	same       int32  // first row of the same body: "UN" and "United Nations"
}

// noun is a class of actor nouns.
type noun struct {
	sector  string
	class   byte // p person, g several, o body, t thing, m medium
	inherit bool // the sector comes from the owner when there is one
	title   bool // may stand before a name
	country bool // "the country"
	world   bool // "the international community"
	lower   bool // not in capitals: "union" but not "European Union"
	owned   bool // an actor only with an owner: "the Swedish state"
	capital bool // only with a capital: "Justice Lima", not "social justice"
	weak    bool // a cue in the phrase says more: "statistics institute"
	own     string
	family  string
	words   string // the first noun of the row, the canonical one of the class
}

// office is one tenure.
type office struct {
	code       ontology.Actor
	title      string
	start, end casus.Date
	vague      bool // the end may be later
}

// person is an office holder.
type person struct {
	name    string
	female  bool
	male    bool
	offices []office
}

// tables is all embedded knowledge.
type tables struct {
	lex       *lexicon
	states    []state
	byISO     map[string]int32 // to states, the first of a code
	bodies    []body
	people    []person
	nouns     []noun
	nounOf    []string          // by entNoun ref: the singular
	nounRow   []int32           // by entNoun ref: the row
	common    map[string]bool   // actor nouns of one word
	acts      map[string]bool   // of these, those of groups and bodies
	genders   []byte            // by entFirst ref
	firstName map[string]string // "m" or "f" of a first name
	surname   map[string][]int32
	skeletons map[string]int32   // by skeleton of a name: person, or ambiguous
	flags     []wordFlag         // by word of the lexicon
	titles    map[string][]int32 // by office title: refs of its noun
	cues      []string           // by word of the lexicon: the sector it lends a vague noun
	posts     map[string]string  // by country and title: GOV where the title is an office of the state
}

func loadTables(over []Record) (*tables, error) {
	t := &tables{lex: newLexicon(), byISO: map[string]int32{}, surname: map[string][]int32{}, skeletons: make(map[string]int32, 1<<12), common: map[string]bool{}, acts: map[string]bool{}, firstName: map[string]string{}}
	for _, load := range []struct {
		file string
		cols int
		row  func(f []string) error
	}{
		{"firstnames.tsv", 2, t.addFirst}, {"states.tsv", 6, t.addState}, {"bodies.tsv", 6, t.addBody}, {"media.tsv", 3, t.addMedium},
		{"people.tsv", 7, t.addPerson}, {"leaders.tsv", 7, t.addPerson}, {"foreign.tsv", 3, t.addForeign}, {"nouns.tsv", 5, t.addNoun},
		{"blocked.tsv", 1, t.addBlock}, {"words.tsv", 2, t.addWords}, {"cues.tsv", 2, t.addCues},
	} {
		if err := eachRow(load.file, load.cols, load.row); err != nil {
			return nil, fmt.Errorf("actor: load %s: %w", load.file, err)
		}
	}
	if err := t.addRecords(over); err != nil {
		return nil, err
	}
	t.indexSurnames()
	t.indexTitles()
	return t, nil
}

func eachRow(file string, cols int, row func(f []string) error) error {
	b, err := data.ReadFile("data/" + file)
	if err != nil {
		return err
	}
	n := 0
	f := make([]string, 0, 8)
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f = f[:0]
		for c := range strings.SplitSeq(line, "\t") {
			f = append(f, c)
		}
		if len(f) != cols {
			return fmt.Errorf("line %d: %d columns, want %d", n, len(f), cols)
		}
		if err := row(f); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

func list(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for w := range strings.SplitSeq(s, ";") {
			if w != "" && !yield(w) {
				return
			}
		}
	}
}

func (t *tables) addState(f []string) error {
	ref := int32(len(t.states))
	t.states = append(t.states, state{ontology.Actor(strings.TrimSuffix(f[0], "+")), f[0][:3], f[1]})
	if _, ok := t.byISO[f[0]]; !ok { // a part of a state ("RUS+") is never the state itself
		t.byISO[f[0]] = ref
	}
	t.lex.add(f[1], entry{kind: entState, ref: ref})
	for i, kind := range [...]entryKind{2: entState, 3: entAdj, 4: entPeople, 5: entCapital} {
		if kind == 0 {
			continue
		}
		for w := range list(f[i]) {
			t.lex.add(w, entry{kind: kind, ref: ref, plural: kind == entPeople})
		}
	}
	for w := range list(f[4]) {
		if s, ok := strings.CutSuffix(w, "s"); ok && s != "Swis" {
			t.lex.add(s, entry{kind: entPeople, ref: ref})
		}
	}
	return nil
}

func (t *tables) addBody(f []string) (err error) {
	b := body{code: ontology.Actor(f[0]), group: f[1] == "g", country: f[2]}
	if b.country == "UNO" || b.country == "IGO" || b.country == "EUR" || b.country == "NGO" {
		b.country = ""
	}
	if b.start, b.end, err = dates(f[3], f[4]); err != nil {
		return err
	}
	t.body(b, f[5], entBody)
	return nil
}

func (t *tables) addMedium(f []string) error {
	b := body{code: ontology.Actor(f[0] + "MED"), country: f[0], ownership: f[1]}
	if f[1] == "state" {
		b.code = ontology.Actor(f[0] + "GOVMED")
	}
	t.body(b, f[2], entMedium)
	return nil
}

// body adds one row for each name. Names joined by "=" are one body: they
// share the row's first index.
func (t *tables) body(b body, names string, kind entryKind) {
	b.medium = kind == entMedium
	for variants := range list(names) {
		b.same = int32(len(t.bodies))
		for w := range strings.SplitSeq(variants, "=") {
			b.name = w
			t.lex.add(w, entry{kind: kind, ref: int32(len(t.bodies))})
			t.bodies = append(t.bodies, b)
		}
	}
}

func dates(from, to string) (start, end casus.Date, err error) {
	if from != "" {
		if start, err = casus.ParseDate(from); err != nil {
			return
		}
	}
	if to != "" {
		end, err = casus.ParseDate(to)
	}
	return
}

func (t *tables) addPerson(f []string) error {
	start, end, err := dates(f[3], f[4])
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(f[6], ";")
	of := office{ontology.Actor(f[0]), f[2], start, end, f[5] == "factbook~"}
	ref := t.known(f[6], of.code.Country())
	if ref < 0 {
		ref = int32(len(t.people))
		g := f[1]
		if first, _, _ := strings.Cut(name, " "); g == "" {
			g = t.firstName[fold(first)]
		}
		t.people = append(t.people, person{name: name, female: g == "f", male: g == "m"})
	}
	p := &t.people[ref]
	if strings.HasPrefix(f[5], "hand") || !p.holds(of) {
		p.offices = append(p.offices, of)
	}
	for w := range list(f[6]) {
		t.lex.add(w, entry{kind: entPerson, ref: ref})
		t.addSkeleton(w, ref, of.code.Country())
		if a, b, two := strings.Cut(w, " "); two && of.code.Country() == "JPN" && !strings.Contains(b, " ") {
			t.lex.add(b+" "+a, entry{kind: entPerson, ref: ref}) // in the order of Japan
		}
	}
	return nil
}

// holds reports an office already known for those days: the hand-made table
// comes first and wins over the Factbook's dates.
func (p *person) holds(of office) bool {
	for _, o := range p.offices {
		open := o.end.IsZero() || of.start.Before(o.end)
		if o.code == of.code && open && (of.end.IsZero() || o.start.Before(of.end)) {
			return true
		}
	}
	return false
}

// known gives the person of the country that one of the full names already
// stands for, -1 without.
func (t *tables) known(names, country string) int32 {
	for w := range list(names) {
		if p := t.lex.find(w); p >= 0 && strings.Contains(w, " ") && t.people[p].offices[0].code.Country() == country {
			return p
		}
	}
	name, _, _ := strings.Cut(names, ";")
	return t.lex.find(name)
}

// find gives the person that a full name already stands for, -1 without.
func (l *lexicon) find(name string) int32 {
	node := int32(0)
	for w := range splitWords(name) {
		node = l.step(node, l.intern(w))
	}
	if node == 0 {
		return -1
	}
	for i := l.head[node]; i >= 0; i = l.entries[i].next {
		if l.entries[i].kind == entPerson {
			return l.entries[i].ref
		}
	}
	return -1
}

func (t *tables) addNoun(f []string) error {
	n := noun{sector: f[0], class: f[1][0], family: f[3]}
	for _, c := range f[2] {
		switch c {
		case 'i':
			n.inherit = true
		case 'r':
			n.title = true
		case 'c':
			n.country = true
		case 'x':
			n.world = true
		case 'l':
			n.lower = true
		case 'q':
			n.owned = true
		case 'k':
			n.capital = true
		case 'w':
			n.weak = true
		case 's':
			n.own = "state"
		case 'u':
			n.own = "public"
		}
	}
	row := int32(len(t.nouns))
	for w := range list(f[4]) {
		if n.words == "" {
			n.words = w
		}
		if !strings.Contains(w, " ") {
			t.common[w] = true
			t.acts[w] = t.acts[w] || n.class == 'g' || n.class == 'o'
		}
		ref := int32(len(t.nounOf))
		t.nounOf, t.nounRow = append(t.nounOf, strings.Replace(w, "defense", "defence", 1)), append(t.nounRow, row)
		t.lex.add(w, entry{kind: entNoun, ref: ref, plural: n.class == 'g'})
		if p := plural(w); p != "" && !isMass(w) {
			t.lex.add(p, entry{kind: entNoun, ref: ref, plural: true})
		}
		if n.title {
			t.lex.add(w+" elect", entry{kind: entNoun, ref: ref})
			t.lex.add(w+" designate", entry{kind: entNoun, ref: ref})
		}
	}
	t.nouns = append(t.nouns, n)
	return nil
}

// isMass reports a noun without a plural of its own.
func isMass(w string) bool {
	switch w[strings.LastIndexByte(w, ' ')+1:] {
	case "state", "deputy", "police", "clergy", "infantry", "cavalry", "population", "public", "youth", "gendarmerie", "law enforcement", "resistance", "press",
		"constabulary", "carabinieri", "mujahideen", "mujahedeen", "mujahedin", "insurgency", "displaced", "prosecution", "judiciary",
		"personnel", "staff", "yakuza", "militia":
		return w != "militia"
	}
	return false
}

// plural gives the regular plural, "" where the word is one already.
func plural(w string) string {
	switch {
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "."):
		return ""
	case strings.HasSuffix(w, "man"):
		return strings.TrimSuffix(w, "an") + "en"
	case strings.HasSuffix(w, "men"), strings.HasSuffix(w, "people"), strings.HasSuffix(w, "media"):
		return ""
	case strings.HasSuffix(w, "person"):
		return strings.TrimSuffix(w, "rson") + "ople"
	case strings.HasSuffix(w, "y") && !strings.HasSuffix(w, "ay") && !strings.HasSuffix(w, "oy") && !strings.HasSuffix(w, "ey"):
		return strings.TrimSuffix(w, "y") + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	case strings.Contains(w, " of ") || strings.Contains(w, "-in-") || strings.Contains(w, " general"):
		head, rest, ok := strings.Cut(w, " ")
		if ok {
			return head + "s " + rest
		}
		return ""
	}
	return w + "s"
}

func (t *tables) addBlock(f []string) error {
	t.lex.add(f[0], entry{kind: entBlock})
	return nil
}

func (t *tables) addFirst(f []string) error {
	ref := int32(len(t.genders))
	t.genders = append(t.genders, f[0][0])
	for w := range list(f[1]) {
		t.lex.add(w, entry{kind: entFirst, ref: ref})
		t.firstName[fold(w)] = f[0]
	}
	return nil
}

// wordFlag is a set of the small lists that a word stands in.
type wordFlag uint32

const (
	isFormer   wordFlag = 1 << iota // former, retired
	isDefinite                      // the, this
	isSome                          // a, several, two: an unnamed one
	isPlace                         // in, near: what follows is where
	isToward                        // with, against: what follows acts or is acted on
	isHe
	isShe
	isThey
	isIt
	isPossessive // his, its
	isAnti       // pro, anti: "pro-Kurdish" is not Kurdish
	isHonorific  // Mr
	isLady       // Mrs
	isBoth       // both, two
	isSide       // countries, sides
	isParticle   // bin, de, van
	isFunction   // function words that end a name
	isAddress    // warn, accuse: their object is addressed and acts
	isApply      // turn to, appeal to: whom, not where
	isOfficial   // official, state-run
	isGeneric    // democratic, national: words that many parties share
	isHim        // objective and possessive forms, which prefer no subject
	isOrdinary   // ordinary, innocent: the people meant are civilians
	isUSParty    // Republican, Democratic
	isUKParty    // Tory
	isCivil      // passenger, private: such jets are no warplanes
	isSort       // company, group: what a named body is
	isSend       // deploy, lose: whose subject owns the troops it has as object
	isStuff      // energy, income: their source is no person
)

var wordLists = map[string]wordFlag{"former": isFormer, "definite": isDefinite, "some": isSome, "place": isPlace, "toward": isToward,
	"he": isHe, "she": isShe, "they": isThey, "it": isIt, "possessive": isPossessive, "anti": isAnti, "honorific": isHonorific,
	"lady": isLady, "both": isBoth, "side": isSide, "particle": isParticle, "function": isFunction, "object": isHim, "address": isAddress, "apply": isApply, "official": isOfficial, "generic": isGeneric,
	"ordinary": isOrdinary, "usparty": isUSParty, "ukparty": isUKParty, "stuff": isStuff, "send": isSend, "civil": isCivil, "sort": isSort}

func (t *tables) addWords(f []string) error {
	bit, ok := wordLists[f[0]]
	if !ok {
		return fmt.Errorf("unknown list %q", f[0])
	}
	for w := range list(f[1]) {
		id := t.lex.intern(w)
		for int(id) >= len(t.flags) {
			t.flags = append(t.flags, 0)
		}
		t.flags[id] |= bit
	}
	return nil
}

func (t *tables) addCues(f []string) error {
	for w := range list(f[1]) {
		id := t.lex.intern(w)
		for int(id) >= len(t.cues) {
			t.cues = append(t.cues, "")
		}
		if t.cues[id] != "" {
			return fmt.Errorf("%q lends two sectors: %s and %s", w, t.cues[id], f[0])
		}
		t.cues[id] = f[0]
	}
	return nil
}

// cue gives the sector that the word lends a vague noun, "" for none.
func (t *tables) cue(word int32) string {
	if int(word) < len(t.cues) {
		return t.cues[word]
	}
	return ""
}

// is reports whether the word stands in one of the lists.
func (t *tables) is(word int32, lists wordFlag) bool {
	return int(word) < len(t.flags) && t.flags[word]&lists != 0
}

// indexSurnames lets "President Tokayev" find its person where the full name
// does not occur.
func (t *tables) indexSurnames() {
	for i := range t.people {
		name := t.people[i].name
		last := name[strings.LastIndexByte(name, ' ')+1:]
		if len(last) < len(name) {
			k := fold(last)
			for _, article := range []string{"al-", "el-", "al ", "as-", "ash-"} {
				k = strings.TrimPrefix(k, article)
			}
			t.surname[k] = append(t.surname[k], int32(i))
		}
	}
}

// indexTitles reads the actor nouns in every office title.
func (t *tables) indexTitles() {
	t.titles, t.posts = map[string][]int32{}, map[string]string{}
	for i := range t.people {
		for j := range t.people[i].offices {
			title, code := t.people[i].offices[j].title, t.people[i].offices[j].code
			if strings.Join(code.Sectors(), "") == "GOV" { // not every "Turkish leader" is Ocalan
				t.posts[code.Country()+" "+title] = "GOV"
			}
			if _, ok := t.titles[title]; !ok {
				t.titles[title] = t.lex.titleNouns(title)
			}
		}
	}
}

// titleNouns gives the first actor noun of a title, in all its lengths:
// "minister" of "minister of the army" says what he is, "foreign minister" and
// "minister" both fit the first words of "foreign minister".
func (l *lexicon) titleNouns(title string) (refs []int32) {
	var words []int32
	for w := range splitWords(title) {
		words = append(words, l.words[fold(w)])
	}
	for i := range words {
		node := l.first[words[i]]
		for j := i; node != 0; j++ {
			for e := l.head[node]; e >= 0; e = l.entries[e].next {
				if l.entries[e].kind == entNoun {
					refs = append(refs, l.entries[e].ref)
				}
			}
			if j+1 == len(words) {
				break
			}
			node = l.edges[uint64(node)<<32|uint64(words[j+1])]
		}
		if len(refs) > 0 {
			return refs
		}
	}
	return nil
}

func (t *tables) titleNouns(title string) []int32 { return t.titles[title] }
