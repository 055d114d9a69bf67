package coder

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"casus/ontology"
)

//go:embed data/*.tsv
var data embed.FS

// table is the compiled frame table.
type table struct {
	frames  []*frame
	words   map[string]*word
	forms   map[string]*word // inflected forms of the verbs among the words
	classes map[string]int
	preps   map[string]slot
	prepsBy []string
	mods    map[string]map[string]bits // classes of a noun (inner key) with a modifier
	ops     map[string][numOps]string
	ctx     map[string]string // lemma: context it adds
	named   [numNamed]int     // classes the code asks for by name
	// Slots of a noun under a verb like "draw": the subject is the target.
	turnedSrc, turnedTgt []slot
	owner                *bookLine // the code book's line that is being read
	must                 *frame    // what "must" says over a verb without a frame
}

var embeddedTable = sync.OnceValues(func() (*table, error) { return embedded(nil, nil) })

// embedded compiles the embedded tables; more adds classes after theirs, own
// adds frames before theirs.
func embedded(more, own func(t *table)) (*table, error) {
	read := func(name string) string { b, _ := data.ReadFile("data/" + name); return string(b) }
	return compileWith(read("classes.tsv"), read("operators.tsv"), read("contexts.tsv"), read("frames.tsv"), read("irregular.tsv"), more, own)
}

// Classes that the rules in code ask for.
const (
	classLight    = iota // carry out, hold, launch: the noun is the event
	classDecree          // announce, order: light, and the event is planned
	classProvoke         // draw, spark: the subject is the target of the noun
	classMeasure         // thousands of, group of
	classPerson          // man, civilian, worker
	classObjCtrl         // urge, force: the object does what follows
	classAdjunct         // backdrop, face: "against the backdrop of threats"
	classForce           // troops, weapons, vehicles
	classDeed            // the raid, the ultimatum: a deed told before
	classPolity          // country, side: a party although no state is named
	classOnlook          // watch, comment: the subject is only an onlooker
	classPerceive        // hear, see: what is heard is somebody else's doing
	classVoice           // report, council: speaks although nobody is named
	classNoEvent         // film, book: "the war film" is no war
	numNamed
)

var namedClasses = [numNamed]string{"light", "decree", "provoke", "measure", "person", "objcontrol", "adjunct", "force", "deed", "polity", "onlook", "perceive", "voice", "noevent"}

func compile(classes, operators, contexts, frames, irregular string) (*table, error) {
	return compileWith(classes, operators, contexts, frames, irregular, nil, nil)
}

func compileWith(classes, operators, contexts, frames, irregular string, more, own func(t *table)) (*table, error) {
	t := &table{words: map[string]*word{}, forms: map[string]*word{}, classes: map[string]int{}, preps: map[string]slot{}, mods: map[string]map[string]bits{},
		ops: map[string][numOps]string{}, ctx: map[string]string{}}
	t.turnedSrc, t.turnedTgt = t.slots("from,by,of,poss,amod,comp,among"), t.slots("subj,against,of,over,for")
	t.slots("by,in,to,into,on,for,between,among,with,against,at,near,off,across,around,toward,towards,through")
	for _, part := range []struct {
		name, text string
		fields     int
		add        func(rec []string, line int) error
		then       func(t *table)
	}{
		{"classes", classes, 2, t.addClass, more}, {"operators", operators, 7, t.addOperators, nil},
		{"contexts", contexts, 2, t.addContext, own}, {"frames", frames, 6, t.addFrame, nil}, {"irregular", irregular, 2, t.addForms, nil},
	} {
		if err := eachRecord(part.text, part.fields, part.add); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		if part.then != nil {
			part.then(t)
		}
	}
	t.sort()
	t.inflect()
	if w := t.words["must"]; w != nil && len(w.verb) > 0 {
		t.must, w.verb = w.verb[0], nil // found by the verb that it governs, never by itself
	}
	return t, t.nameClasses()
}

// eachRecord calls add for every line that is no comment.
func eachRecord(text string, fields int, add func(rec []string, line int) error) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		rec := strings.Split(line, "\t")
		if len(rec) != fields {
			return fmt.Errorf("line %d: %d fields, not %d", n, len(rec), fields)
		}
		if err := add(rec, n); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

func (t *table) word(lemma string) *word {
	w := t.words[lemma]
	if w == nil {
		w = &word{lemma: lemma}
		t.words[lemma] = w
	}
	return w
}

// addClass reads "name<TAB>members"; a member &other takes in another class,
// naval_group is a noun with a modifier.
func (t *table) addClass(rec []string, _ int) error {
	if _, ok := t.classes[rec[0]]; ok {
		return fmt.Errorf("class %s is there already", rec[0])
	}
	id := len(t.classes)
	if id >= 128 {
		return errors.New("more than 128 classes")
	}
	t.classes[rec[0]] = id
	for _, m := range strings.Fields(rec[1]) {
		if other, ok := strings.CutPrefix(m, "&"); ok {
			if err := t.include(id, other); err != nil {
				return err
			}
			continue
		}
		if mod, noun, ok := strings.Cut(m, "_"); ok {
			t.pair(mod, noun, id)
			continue
		}
		t.word(m).classes.set(id)
	}
	return nil
}

func (t *table) include(id int, other string) error {
	from, ok := t.classes[other]
	if !ok {
		return fmt.Errorf("class &%s must stand above", other)
	}
	for _, w := range t.words {
		if w.classes.has(from) {
			w.classes.set(id)
		}
	}
	for mod, nouns := range t.mods {
		for noun, b := range nouns {
			if b.has(from) {
				t.pair(mod, noun, id)
			}
		}
	}
	return nil
}

func (t *table) pair(mod, noun string, class int) {
	if t.mods[mod] == nil {
		t.mods[mod] = map[string]bits{}
	}
	b := t.mods[mod][noun]
	b.set(class)
	t.mods[mod][noun] = b
}

// addOperators reads what each operator makes of a content code.
func (t *table) addOperators(rec []string, _ int) error {
	var row [numOps]string
	for i, op := range []operator{opIntent, opAppeal, opDemand, opRefuse, opThreaten, opAccuse} {
		if v := rec[i+1]; v != "-" {
			if _, ok := ontology.FromCAMEO(v); !ok {
				return fmt.Errorf("code %s has no type", v)
			}
			row[op] = v
		}
	}
	t.ops[rec[0]] = row
	return nil
}

func (t *table) addContext(rec []string, _ int) error {
	if !ontology.IsContext(rec[0]) {
		return fmt.Errorf("unknown context %s", rec[0])
	}
	for _, lemma := range strings.Fields(rec[1]) {
		t.ctx[lemma] = rec[0]
	}
	return nil
}

// operate gives the code that an operator makes of a content code, by the
// longest prefix that has a row.
func (t *table) operate(op operator, content string) string {
	for c := content; len(c) >= 2; c = c[:len(c)-1] {
		if v := t.ops[c][op]; v != "" {
			return v
		}
	}
	return ""
}

// addFrame reads one construction:
// kind, triggers, arguments, CAMEO, type/mode and contexts, example.
func (t *table) addFrame(rec []string, line int) error {
	if len(rec[0]) != 1 || !strings.Contains("vna", rec[0]) {
		return fmt.Errorf("kind %q is none of v, n, a", rec[0])
	}
	f := &frame{line: line, pos: rec[0][0], code: rec[3], example: rec[5]}
	if t.owner != nil {
		f.own, f.userType = true, t.owner.userType
	}
	f.triggers = strings.Split(rec[1], "|")
	if err := t.arguments(f, rec[2]); err != nil {
		return err
	}
	if err := f.meaning(rec[4]); err != nil {
		return err
	}
	if f.code == "" && f.typ != ontology.PloverNone {
		f.code = ontology.ToCAMEO(f.typ, f.mode, f.contexts)
	}
	f.id = frameID(rec)
	t.frames = append(t.frames, f)
	for _, trig := range f.triggers {
		lemma, prt, ok := strings.Cut(trig, "_")
		g := f
		if ok { // carry_out: a frame of its own that wants the particle
			c := *f
			c.needs = append([]need{{slots: []slot{slotPrt}, words: []string{prt}}}, f.needs...)
			g = &c
		}
		t.key(lemma, g)
	}
	return nil
}

func (t *table) key(lemma string, f *frame) {
	w := t.word(lemma)
	switch f.pos {
	case 'v':
		w.verb = append(w.verb, f)
	case 'n':
		w.noun = append(w.noun, f)
	case 'a':
		w.adj = append(w.adj, f)
	}
}

func frameID(rec []string) string {
	trig, _, _ := strings.Cut(rec[1], "|")
	id := "coder." + rec[0] + "." + trig
	for _, a := range strings.Fields(rec[2]) {
		if k, v, ok := strings.Cut(a, "="); ok && k != "S" && k != "T" && k != "op" {
			id += "." + strings.Trim(strings.ReplaceAll(k, ",", "-"), "!") + "-" + strings.Trim(strings.ReplaceAll(v, "|", "-"), "&@")
		}
	}
	return id
}

// arguments reads the third field: needs (obj=&troops), roles (T=to,against),
// op=..., and the flags bare, dep, recip.
func (t *table) arguments(f *frame, s string) error {
	for _, a := range strings.Fields(s) {
		k, v, ok := strings.Cut(a, "=")
		switch {
		case a == "-":
		case !ok:
			if err := f.flag(a); err != nil {
				return err
			}
		case k == "S":
			f.src = t.slots(v)
		case k == "T":
			f.tgt = t.slots(v)
		case k == "op":
			if f.op = opNames[v]; f.op == opNone {
				return fmt.Errorf("unknown operator %q", v)
			}
		default:
			if err := t.need(f, k, v); err != nil {
				return err
			}
		}
	}
	t.defaults(f)
	return nil
}

func (f *frame) flag(a string) error {
	switch a {
	case "bare":
		f.bare = true
	case "dep":
		f.dep = true
	case "content":
		f.content = true
	case "recip":
		f.recip = true
	default:
		return fmt.Errorf("unknown flag %q", a)
	}
	return nil
}

func (t *table) slots(s string) []slot {
	var out []slot
	for _, n := range strings.Split(s, ",") {
		if n != "none" {
			out = append(out, t.slot(n))
		}
	}
	if out == nil {
		out = []slot{slotNone}
	}
	return out
}

func (t *table) slot(name string) slot {
	if k, ok := slotNames[name]; ok {
		return k
	}
	k, ok := t.preps[name]
	if !ok {
		k = firstPrep + slot(len(t.preps))
		t.preps[name] = k
		t.prepsBy = append(t.prepsBy, name)
	}
	return k
}

func (t *table) need(f *frame, k, v string) error {
	n := need{}
	if k, n.not = strings.CutSuffix(k, "!"); n.not && v == "any" {
		n.kind = noArg
	}
	n.slots = t.slots(k)
	for _, w := range strings.Split(v, "|") {
		switch {
		case w == "":
			return fmt.Errorf("%s= without a filler", k)
		case w == "any":
		case w == "@actor":
			n.kind = actorArg
		case w == "@doer":
			n.kind = doerArg
		case w == "@human":
			n.kind = humanArg
		case w == "@person":
			n.kind = personArg
		case w[0] == '&':
			id, ok := t.classes[w[1:]]
			if !ok {
				return fmt.Errorf("unknown class %s", w)
			}
			n.classes.set(id)
		case strings.Contains(w, "_"):
			mod, noun, _ := strings.Cut(w, "_")
			n.pairs = append(n.pairs, [2]string{mod, noun})
		default:
			n.words = append(n.words, w)
			t.word(w)
		}
	}
	if slices.Contains(n.slots, slotObj) && !n.not && n.kind == anyArg && v != "any" {
		f.objNeed = true
	}
	f.needs = append(f.needs, n)
	return nil
}

// Roles of a frame that names none. "sent troops to the border": with a thing
// for an object the target stands behind a preposition.
const (
	verbTarget  = "obj,iobj,against,on,upon,with,to,toward,towards,at,from,of,for,over,into"
	thingTarget = "iobj,against,on,upon,with,to,toward,towards,at,into,from,for,of,over"
	nounSource  = "subj,by,poss,amod,comp,from"
	nounTarget  = "against,on,upon,to,with,at,toward,towards,of,over,for"
)

func (t *table) defaults(f *frame) {
	switch {
	case f.src != nil:
	case f.pos == 'n':
		f.src = t.slots(nounSource)
	default:
		f.src = []slot{slotSubj}
	}
	switch {
	case f.tgt != nil:
	case f.pos == 'n':
		f.tgt = t.slots(nounTarget)
	case f.objNeed:
		f.tgt = t.slots(thingTarget)
	default:
		f.tgt = t.slots(verbTarget)
	}
}

// meaning reads "TYPE/mode;context;context" and completes it from the
// crosswalk: code 154 alone says MOBILIZE, troops, military.
func (f *frame) meaning(s string) error {
	if f.code == "-" {
		f.code = ""
	} else if x, ok := ontology.FromCAMEO(f.code); ok {
		f.typ, f.mode, f.contexts = x.Type, x.Mode, x.Contexts
	} else {
		return fmt.Errorf("code %q has no type", f.code)
	}
	if s == "-" {
		return f.complete()
	}
	parts := strings.Split(s, ";")
	if typ, mode, ok := strings.Cut(parts[0], "/"); ok || typ != "" {
		if err := f.override(typ, mode); err != nil {
			return err
		}
	}
	for _, c := range parts[1:] {
		if !ontology.IsContext(c) {
			return fmt.Errorf("unknown context %q", c)
		}
		if !slices.Contains(f.contexts, c) {
			f.contexts = append(f.contexts, c)
		}
	}
	return f.complete()
}

// verbal reports types whose events are words: what the words are about is no
// second event. "Rejected a proposal to sign the pact" signs nothing.
func verbal(p ontology.Plover) bool {
	switch p {
	case ontology.AGREE, ontology.SUPPORT, ontology.REQUEST, ontology.ACCUSE, ontology.REJECT, ontology.THREATEN, ontology.CONSULT, ontology.CONCEDE:
		return true
	}
	return false
}

func (f *frame) override(typ, mode string) error {
	p := f.typ
	if typ != "" {
		var ok bool
		if p, ok = ontology.ParsePlover(typ); !ok {
			return fmt.Errorf("unknown type %q", typ)
		}
	}
	if _, ok := p.Mode(mode); mode != "" && !ok {
		return fmt.Errorf("%v has no mode %q", p, mode)
	}
	f.typ, f.mode = p, mode
	return nil
}

func (f *frame) complete() error {
	if f.op == opNone && !f.dep && f.pos == 'v' && verbal(f.typ) {
		f.op, f.bare = opAbsorb, true
	}
	if f.op == opNothing {
		f.bare = true
		return nil
	}
	if f.op == opNone && f.typ == ontology.PloverNone {
		return errors.New("no type: neither a code nor an operator")
	}
	if f.op != opNone && !through(f.op) && f.bare && f.code == "" {
		return errors.New("a bare operator needs a code of its own")
	}
	return nil
}

// weigh says how much a frame asks for: a named filler counts for more than a
// class of fillers, and "any" for least.
func (f *frame) weigh() {
	for _, n := range f.needs {
		switch { // the least specific of the alternatives counts
		case n.kind == noArg:
		case n.kind != anyArg:
			f.cost += 2
		case !n.classes.zero():
			f.cost += 4
		case n.words != nil:
			f.cost += 5
		case n.pairs != nil:
			f.cost += 6
		}
	}
}

// addForms reads the irregular forms of a verb.
func (t *table) addForms(rec []string, _ int) error {
	w := t.words[rec[0]]
	if w == nil {
		return nil
	}
	for _, f := range strings.Fields(rec[1]) {
		t.forms[f] = w
	}
	return nil
}

// inflect adds the regular forms of every word that is a verb or a light verb.
// A lemmatiser that has not seen "shelled" makes "shel" of it; the form itself
// leaves no doubt.
func (t *table) inflect() {
	lemmas := make([]string, 0, len(t.words))
	for l, w := range t.words {
		if len(w.verb) > 0 || !w.classes.zero() {
			lemmas = append(lemmas, l)
		}
	}
	slices.Sort(lemmas)
	for _, l := range lemmas {
		for _, f := range regular(l) {
			if t.forms[f] == nil && t.words[f] == nil {
				t.forms[f] = t.words[l]
			}
		}
	}
}

// regular gives the forms in -ed, -ing and -s by the rules of spelling: tried,
// stopped, bombed, raised.
func regular(l string) []string {
	n := len(l)
	if n < 3 {
		return nil
	}
	switch last := l[n-1]; {
	case last == 'e':
		return []string{l + "d", l[:n-1] + "ing", l + "s"}
	case last == 'y' && !vowel(l[n-2]):
		return []string{l[:n-1] + "ied", l + "ing", l[:n-1] + "ies"}
	case !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(l[n-2]) && !vowel(l[n-3]):
		d := l + l[n-1:]
		out := []string{d + "ed", d + "ing", l + "s"}
		if strings.ContainsAny(l[:n-2], "aeiouy") { // visited, but not raped for rap
			out = append(out, l+"ed", l+"ing")
		}
		return out
	}
	return []string{l + "ed", l + "ing", l + "s", l + "es"}
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// find gives the word of a token by its form if it is an inflected verb, else
// by its lemma.
func (t *table) find(form, lemma string, verb bool) *word {
	if verb {
		if form[0] >= 'A' && form[0] <= 'Z' {
			form = strings.ToLower(form)
		}
		if w := t.words[form]; w != nil && len(w.verb) > 0 {
			return w
		}
		if w := t.forms[form]; w != nil {
			return w
		}
	}
	return t.lookup(lemma)
}

// sort puts the frames of each lemma in the order they are tried: the more
// specific first, then as the table has them.
func (t *table) sort() {
	for _, w := range t.words {
		for _, fs := range [][]*frame{w.verb, w.noun, w.adj} {
			for _, f := range fs {
				f.cost = 0
				f.weigh()
			}
		}
	}
	for _, w := range t.words {
		slices.SortStableFunc(w.verb, ordered)
		slices.SortStableFunc(w.noun, ordered)
		slices.SortStableFunc(w.adj, ordered)
	}
}

func (t *table) nameClasses() error {
	for i, n := range namedClasses {
		id, ok := t.classes[n]
		if !ok {
			return fmt.Errorf("class %s is missing", n)
		}
		t.named[i] = id
	}
	return nil
}

// lookup finds a lemma. A lemmatiser errs with rare verbs and capitals, so that
// "upgrad", "troops" and "Lifts" are looked up by their near forms too.
func (t *table) lookup(lemma string) *word {
	if w := t.words[lemma]; w != nil || lemma == "" {
		return w
	}
	if c := lemma[0]; c >= 'A' && c <= 'Z' {
		lemma = strings.ToLower(lemma)
		if w := t.words[lemma]; w != nil {
			return w
		}
	}
	n := len(lemma)
	if n < 3 {
		return nil
	}
	if n > 4 && lemma[n-3:] == "ies" {
		var b [32]byte
		if n <= len(b) {
			if w := t.words[string(append(append(b[:0], lemma[:n-3]...), 'y'))]; w != nil {
				return w
			}
		}
	}
	if lemma[n-1] == 's' {
		if w := t.words[lemma[:n-1]]; w != nil {
			return w
		}
	}
	if n > 4 && lemma[n-1] == 'e' {
		if w := t.words[lemma[:n-1]]; w != nil {
			return w
		}
	}
	var b [32]byte
	if n+1 > len(b) {
		return nil
	}
	e := append(append(b[:0], lemma...), 'e')
	return t.words[string(e)]
}
