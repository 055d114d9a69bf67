package actor

import (
	"slices"
	"strings"

	"casus"
	"casus/ud"
)

// determination tells how a phrase is introduced.
type determination uint8

const (
	bare     determination = iota // "rebels", and titles: "President ..."
	definite                      // "the rebels", "Chile's army", "his army"
	some                          // "a rebel", "several rebels"
)

// owner is what a phrase says about the country or body behind its noun.
type owner struct {
	state  int32 // -1 without
	body   int32 // named body
	noun   int32 // row of a noun: "army" of "army spokesman"
	person int32 // hit of a person: "Macron's office"
	other  bool  // somebody no table knows: "Margrethe's minister"
}

func noOwner() owner { return owner{state: -1, body: -1, noun: -1, person: -1} }

// phrase is a noun phrase headed by an actor noun: "the former Chilean defence
// minister", "press secretary of the Polish president". It covers [first, end)
// and, with its of-phrase, [first, ofEnd).
type phrase struct {
	hit               int32
	row               int32 // of the noun
	first, end, ofEnd casus.TokenID
	inEnd             casus.TokenID // end of the place that follows: "people in Chile"; ofEnd without
	plural            bool
	det               determination
	former            bool
	counted           bool // a numeral or quantifier stands in it
	left, right       owner
	whose             casus.TokenID // "its", "his": None without
	modifier          bool          // stands before a noun that is no actor
	used              bool          // became part of a person's mention or of another phrase
	part              bool          // modifies another actor noun
}

// phrases reads the phrase around each actor noun.
func (w *work) phrases() {
	w.nps = w.nps[:0]
	w.npAt = resize(w.npAt, len(w.hits))
	for i := range w.hits {
		w.npAt[i] = -1
		if h := &w.hits[i]; w.isNoun(h) {
			w.npAt[i] = int32(len(w.nps))
			w.nps = append(w.nps, w.phrase(int32(i)))
		}
	}
	for i := range w.nps {
		p := &w.nps[i]
		p.inEnd = 0
		w.rightOf(p)
		p.inEnd = max(p.inEnd, p.ofEnd)
	}
}

// isNoun reports a hit to be read as an actor noun: a named body or a capital
// that spells the same wins.
func (w *work) isNoun(h *hit) bool {
	if !h.kinds.has(entNoun) || h.kinds.has(entBlock) || w.timeAt[h.first] >= 0 {
		return false
	}
	if h.kinds&(1<<entBody|1<<entMedium|1<<entState|1<<entPerson) != 0 && upperFirst(w.doc.Form(h.first)) {
		return h.kinds.has(entBody) && (w.ownedElsewhere(h) || w.strayCommon(h))
	}
	if n := w.nameAt[h.first]; n >= 0 && h.end == h.first+1 {
		// "Angus King": a surname, not a monarch.
		name := &w.doc.Names[n]
		return w.labels[n] != casus.PER || name.First == h.first || name.First < h.first && (w.inRun(h.first, name) || w.afterOwner(h))
	}
	return true
}

// strayCommon reports a body's name that is a common one too, in a document
// about other countries only: "the Ministry of Defence" of an article about
// Chad is not Britain's.
func (w *work) strayCommon(h *hit) bool {
	c := w.t.bodies[h.body].country
	return c != "" && len(w.countries) > 0 && !slices.Contains(w.countries, c)
}

// ownedElsewhere reports a body's name that is a common one after another
// owner: "Chile's Defense Department", "the Russian Security Council".
func (w *work) ownedElsewhere(h *hit) bool {
	t := h.first - 1
	if t >= w.firstOf(h.first) && w.isPossessiveMark(t) {
		t--
	}
	if t < w.firstOf(h.first) {
		return false
	}
	o := w.hitOf(t)
	return o != nil && o.kinds&(1<<entState|1<<entAdj|1<<entCapital) != 0 && w.t.states[o.state].iso != w.t.bodies[h.body].country
}

// inRun reports a title inside a name that the tagger drew too wide: "Queen
// Margrethe's Prime Minister".
func (w *work) inRun(t casus.TokenID, name *casus.Name) bool {
	return t+1 < name.End && w.nounOf(t) != nil && w.nounOf(t).title
}

// afterOwner reports a title right behind a demonym or state, though the tagger
// took both for a name: "French President".
func (w *work) afterOwner(h *hit) bool {
	if h.first == w.firstOf(h.first) {
		return false
	}
	o := w.hitOf(h.first - 1)
	return o != nil && o.kinds&(1<<entAdj|1<<entState) != 0 && !o.kinds.has(entFirst)
}

func (w *work) nounOf(t casus.TokenID) *noun {
	if h := w.hitOf(t); h != nil && h.noun >= 0 {
		return &w.t.nouns[w.t.nounRow[h.noun]]
	}
	return nil
}

// phrase reads leftwards from the noun: modifiers, owners, determiner.
func (w *work) phrase(i int32) phrase {
	h := &w.hits[i]
	p := phrase{hit: i, row: w.t.nounRow[h.noun], first: h.first, end: h.end, ofEnd: h.end, plural: w.plural(h),
		left: noOwner(), right: noOwner(), whose: casus.None, former: w.isEx(h.first)}
	from := w.firstOf(h.first)
	for t := h.first - 1; t >= from && p.first-t <= 8; {
		next, ok := w.leftStep(&p, t)
		if !ok {
			break
		}
		if p.first = next + 1; p.det == some && !p.counted || p.whose != casus.None || w.isArticle(p.first) ||
			w.doc.Tokens[p.first].UPOS == ud.DET && w.flag(p.first, isDefinite) {
			break
		}
		t = next
	}
	if w.modifier(h) {
		w.strip(&p)
	}
	return p
}

// modifier reports an actor noun before another noun that is no actor: the
// "rebel" of "two rebel attacks".
func (w *work) modifier(h *hit) bool {
	t := h.end
	if t >= w.endOf(h.first) || w.hitAt[t] >= 0 {
		return false
	}
	tok := &w.doc.Tokens[h.end-1]
	return w.doc.Tokens[t].UPOS == ud.NOUN && tok.Head >= t && tok.Deprel.Universal() == ud.Compound
}

// strip leaves a modifier its owner only: article and number belong to the
// noun it modifies.
func (w *work) strip(p *phrase) {
	h := &w.hits[p.hit]
	p.det, p.counted, p.modifier, p.first = bare, false, true, h.first
	p.plural = p.plural || w.t.nouns[p.row].class == 'p'
	if t := h.first - 1; t >= w.firstOf(h.first) && p.left != noOwner() {
		if o := w.hitOf(t); o != nil && o.end == h.first && w.ownerHit(o) {
			p.first = o.first
		}
	}
}

func (w *work) plural(h *hit) bool {
	if h.plural {
		return true
	}
	x := w.doc.Tokens[h.end-1].XPOS
	return x == ud.XNNS || x == ud.XNPS
}

// leftStep takes the token, or the hit that ends there, into the phrase and
// gives the next token to look at. ok is false where the phrase begins.
func (w *work) leftStep(p *phrase, t casus.TokenID) (next casus.TokenID, ok bool) {
	tok := &w.doc.Tokens[t]
	if w.isPossessiveMark(t) {
		return w.possessor(p, t-1)
	}
	if h := w.hitOf(t); h != nil && h.end == t+1 && (w.ownerHit(h) || tok.UPOS != ud.VERB && h.kinds.has(entNoun)) {
		return w.leftHit(p, h)
	}
	switch {
	case t > w.firstOf(t) && w.doc.Form(t) == "least" && strings.EqualFold(w.doc.Form(t-1), "at"):
		return t, false // "at least three people"
	case w.isHyphen(t):
		// "US-backed rebels" are not of the US; "a Beirut-based group" is of
		// Lebanon, "a Saudi-led coalition" Saudi Arabia's.
		// A ship "of the Iron Duke class" is of the navy that has the class.
		if h := w.hitOf(t - 1); h != nil && (w.doc.Form(t+1) == "based" || w.doc.Form(t+1) == "led" || w.doc.Form(t+1) == "class") && w.ownerHit(h) {
			return w.leftHit(p, h)
		}
		return t - 2, t-2 >= w.firstOf(t)-1
	case w.flag(t, isFormer):
		p.former = true
		return t - 1, true
	case w.flag(t, isDefinite) && (tok.UPOS == ud.DET || w.flag(t, isPossessive)):
		if w.flag(t, isPossessive) {
			p.whose = t
		}
		p.det = definite
		return t - 1, true
	case w.flag(t, isSome) && tok.UPOS != ud.PRON:
		if p.det = some; !w.isArticle(t) {
			p.counted = true
		}
		return t - 1, true
	}
	switch tok.UPOS {
	case ud.NUM:
		p.counted = true
		if p.det == bare {
			p.det = some
		}
		return t - 1, true
	case ud.ADJ, ud.NOUN, ud.PROPN:
		w.placeOwner(p, t)
		return t - 1, w.inside(p, t)
	case ud.VERB:
		if t > w.firstOf(t) && w.hitAt[t-1] < 0 && w.nominal(t-1) && w.doc.Tokens[t-1].UPOS != ud.ADJ {
			return t, false // "police in Lagos shot protesters", misread
		}
		// "the ruling party", "armed men", but not "pressuring workers".
		return t - 1, tok.Deprel == ud.Amod && w.inside(p, t) && t > w.firstOf(t) && w.leans(t-1, tok.XPOS == ud.XVBG)
	}
	return t, false
}

// leans reports a word before a participle which shows that the participle
// belongs to the noun behind it.
func (w *work) leans(t casus.TokenID, ing bool) bool {
	switch u := w.doc.Tokens[t].UPOS; u {
	case ud.DET:
		return true
	case ud.NUM, ud.ADJ:
		return !ing
	}
	return w.isHyphen(t)
}

// isHyphen reports a hyphen inside a word, not a dash between words.
func (w *work) isHyphen(t casus.TokenID) bool {
	return w.doc.Form(t) == "-" && t > w.firstOf(t) && t+1 < w.endOf(t) &&
		w.doc.Tokens[t-1].End == w.doc.Tokens[t].Start && w.doc.Tokens[t].End == w.doc.Tokens[t+1].Start
}

// inside reports a modifier that belongs to the phrase by the tree. Nouns and
// adjectives right before an actor noun nearly always do; a comma or another
// word class ends the phrase anyway.
func (w *work) inside(p *phrase, t casus.TokenID) bool {
	head := w.doc.Tokens[t].Head
	return head == casus.None || head >= t || p.end > head
}

func (w *work) isArticle(t casus.TokenID) bool {
	f := w.doc.Form(t)
	return len(f) == 1 && (f[0] == 'a' || f[0] == 'A') || len(f) == 2 && (f == "an" || f == "An")
}

func (w *work) isPossessiveMark(t casus.TokenID) bool {
	tok := &w.doc.Tokens[t]
	if tok.XPOS == ud.XPOX {
		return true
	}
	switch w.doc.Form(t) {
	case "'s", "’s":
		return tok.UPOS == ud.PART
	}
	return false
}

const ownerKinds = 1<<entState | 1<<entAdj | 1<<entPeople | 1<<entCapital | 1<<entBody | 1<<entMedium

func (w *work) ownerHit(h *hit) bool { return h.kinds&ownerKinds != 0 && h.kinds&(1<<entBlock) == 0 }

// leftHit takes an owner or a modifying actor noun into the phrase.
func (w *work) leftHit(p *phrase, h *hit) (casus.TokenID, bool) {
	from := w.firstOf(h.first)
	p.former = p.former || w.isEx(h.first)
	if h.first-2 >= from && w.doc.Form(h.first-1) == "-" && w.flag(h.first-2, isAnti) {
		return h.first - 3, true // "anti-Chilean rebels"
	}
	o := &p.left
	switch {
	case h.kinds&(1<<entBody|1<<entMedium) != 0 && !h.kinds.has(entAdj):
		if o.body < 0 {
			o.body = h.body
		}
	case w.ownerHit(h):
		if o.state < 0 {
			o.state = h.state
		}
	default:
		if w.npAt != nil && o.noun < 0 {
			o.noun = w.t.nounRow[h.noun]
		}
		w.usePhrase(h)
	}
	return h.first - 1, true
}

// usePhrase marks the phrase of a noun that only modifies another one.
func (w *work) usePhrase(h *hit) {
	if i := w.npAt[w.hitAt[h.first]]; i >= 0 {
		w.nps[i].part = true
		w.strip(&w.nps[i])
	}
}

// possessor takes "Chile's", "the army's", "the Chilean army's" before the
// noun: the whole phrase of the possessor, and its owner with it.
func (w *work) possessor(p *phrase, t casus.TokenID) (casus.TokenID, bool) {
	p.det = definite
	if t < w.firstOf(p.first) {
		return t, false
	}
	h := w.hitOf(t)
	if h == nil || h.end != t+1 {
		w.placeOwner(p, t)
		p.left.other = p.left.state < 0
		if start := w.runStart(t) + 1; start <= t {
			p.first = start
		} else {
			p.first = t + 2 // nothing before the mark that could be an owner
		}
		return p.first - 1, false
	}
	first := h.first
	switch {
	case w.ownerHit(h) && w.npAt[w.hitAt[t]] < 0:
		w.leftHit(p, h)
	case h.kinds.has(entPerson):
		if p.left.person < 0 {
			p.left.person = w.hitAt[t]
		}
	case w.npAt[w.hitAt[t]] >= 0:
		q := &w.nps[w.npAt[w.hitAt[t]]]
		first = q.first
		if p.left.noun < 0 {
			p.left.noun = q.row
		}
		inheritOwner(&p.left, &q.left)
	}
	for first > w.firstOf(t) && w.flag(first-1, isDefinite) {
		first--
	}
	p.first = first
	return first - 1, false
}

func inheritOwner(to, from *owner) {
	if to.state < 0 {
		to.state = from.state
	}
	if to.body < 0 {
		to.body = from.body
	}
	if to.person < 0 {
		to.person = from.person
	}
}

// runStart gives the token before a run of nouns that ends at t.
func (w *work) runStart(t casus.TokenID) casus.TokenID {
	for from := w.firstOf(t); t >= from && (w.nominal(t) || w.flag(t, isDefinite)); t-- {
	}
	return t
}

// placeOwner takes the country of a town before the noun: "Kharkiv police".
func (w *work) placeOwner(p *phrase, t casus.TokenID) {
	if i := w.placeAt[t]; i >= 0 && p.left.state < 0 {
		if s, ok := w.t.byISO[w.doc.Places[i].Country]; ok {
			p.left.state = s
		}
	}
}

// rightOf reads an of-phrase: "minister of defence of Chile", "spokesman for
// the army", "people in France".
func (w *work) rightOf(p *phrase) {
	t, end := p.end, w.endOf(p.first)
	if w.t.nouns[p.row].family == "diplomat" && t < end && w.doc.Form(t) == "to" {
		nowhere := *p // "ambassador to Chile": Chile is not his country
		p.ofEnd = w.ofRun(&nowhere, t+1, end, 'o')
		return
	}
	for steps := 0; t < end && steps < 2; steps++ {
		prep := w.preposition(t)
		n := &w.t.nouns[p.row]
		if prep == 0 || prep == 'i' && !w.livesIn(p) || w.doc.Form(t) == "for" && n.class != 'p' && !w.properName(p) {
			return
		}
		next := w.ofRun(p, t+1, end, prep)
		if next == t+1 || p.right == noOwner() && n.class == 'g' {
			return // "people of the past century" belong to nobody
		}
		if prep == 'i' {
			if p.right.state >= 0 {
				p.inEnd = next
			}
			return
		}
		t = next
		p.ofEnd = t
	}
}

// preposition classes: 'o' of and for, 'i' in and from, 0 another word.
func (w *work) preposition(t casus.TokenID) byte {
	switch w.doc.Form(t) {
	case "of", "for":
		return 'o'
	case "in", "from", "across", "throughout":
		return 'i'
	}
	return 0
}

// livesIn reports a phrase whose place is also its country: "clerics in
// France" are French clerics, "troops in France" need not be French.
func (w *work) livesIn(p *phrase) bool {
	switch w.t.nouns[p.row].family {
	case "ministry", "authorities", "government", "official", "parliament":
		return p.left.state < 0 // "the foreign ministry in Berlin"
	}
	switch w.t.nouns[p.row].sector {
	case "CVL", "REL", "EDU", "LAB", "AGR", "REF", "BUS", "MED", "JRN", "SOC", "OPP", "CRM",
		"REB", "UAF", "COP", "PRM":
		return p.left.state < 0
	case "JUD": // tribunals of many states sit in The Hague and Arusha
		f := w.doc.Form(min(p.end+1, w.endOf(p.first)-1))
		return p.left.state < 0 && f != "The" && f != "Arusha" && f != "Strasbourg" && f != "Luxembourg"
	}
	return false
}

// ofRun reads the owner inside the of-phrase and gives the token after it.
func (w *work) ofRun(p *phrase, t, end casus.TokenID, prep byte) casus.TokenID {
	o := &p.right
	for n := 0; t < end && n < 8; n++ {
		tok := &w.doc.Tokens[t]
		h := w.hitOf(t)
		switch {
		case h != nil && h.first == t && h.kinds.has(entPerson):
			if o.state < 0 && o.body < 0 && o.noun < 0 && o.person < 0 {
				o.person = w.hitAt[t]
			}
			return t
		case h != nil && h.first == t && h.kinds&(ownerKinds|1<<entNoun) != 0:
			w.ofHit(o, h, prep, &w.t.nouns[p.row])
			t = h.end
			continue
		case w.flag(t, isDefinite) && tok.UPOS == ud.DET:
		case w.nameLabel(t) == casus.ORG && prep == 'o' && w.t.nouns[p.row].class == 'p':
			o.other = true // "president of Acme Ltd"
		case tok.UPOS == ud.NOUN, tok.UPOS == ud.ADJ, tok.UPOS == ud.PROPN && w.nameLabel(t) != casus.PER:
			if i := w.placeAt[t]; i >= 0 && o.state < 0 {
				if s, ok := w.t.byISO[w.doc.Places[i].Country]; ok {
					o.state = s
				}
			}
		case w.isPossessiveMark(t):
		default:
			return t
		}
		t++
	}
	return t
}

func (w *work) ofHit(o *owner, h *hit, prep byte, n *noun) {
	switch {
	case h.kinds&(1<<entBody|1<<entMedium) != 0 && prep == 'o':
		if o.body < 0 {
			o.body = h.body
		}
	case h.kinds&(1<<entState|1<<entAdj|1<<entCapital|1<<entPeople) != 0:
		if o.state < 0 {
			o.state = h.state
		}
	case h.kinds.has(entNoun) && prep == 'o':
		if o.noun < 0 {
			o.noun = w.t.nounRow[h.noun]
			if i := w.npAt[w.hitAt[h.first]]; i >= 0 && n.owned && n.family == "group" {
				w.nps[i].used = true // "a group of lawmakers" is one actor
			}
		}
	}
}

func (w *work) nameLabel(t casus.TokenID) casus.NameLabel {
	if i := w.nameAt[t]; i >= 0 {
		return w.labels[i]
	}
	return casus.NameNone
}
