package coder

import (
	"casus/ontology"
)

// slot is where an argument stands relative to its trigger: a grammatical
// function, or a preposition ("against", numbered by the table).
type slot uint16

// The slots that are no prepositions. Verbs: slotSubj is the doer (also the
// by-phrase of a passive), slotObj the thing done to (also the passive
// subject). Nouns: the three ways to stand before them.
const (
	slotNone slot = iota
	slotSubj
	slotObj
	slotIobj
	slotPoss    // the kingdom's threats
	slotAmod    // Danish threats
	slotComp    // NATO threats
	slotClause  // xcomp or ccomp
	slotThat    // ccomp: a whole clause
	slotPurpose // advcl
	slotPrt     // carry out
	slotPlace   // the place of the clause, as a target of last resort
	firstPrep
)

var slotNames = map[string]slot{"subj": slotSubj, "obj": slotObj, "iobj": slotIobj, "poss": slotPoss, "amod": slotAmod,
	"comp": slotComp, "clause": slotClause, "that": slotThat, "purpose": slotPurpose, "prt": slotPrt, "place": slotPlace}

// operator is what a trigger does to the event in its complement.
type operator uint8

const (
	opNone     operator = iota
	opIntent            // agrees, promises, will: cooperation becomes AGREE, conflict THREATEN
	opAppeal            // urges, asks: REQUEST, CAMEO 02
	opDemand            // demands, must: REQUEST, CAMEO 10
	opRefuse            // refuses, rejects: REJECT
	opThreaten          // threatens: THREATEN
	opAccuse            // accuses of: ACCUSE
	opAbsorb            // keeps its own code and swallows the complement: condemns the attack
	opNothing           // claims responsibility, declines to comment: no event, nor in the complement
	opDecree            // orders, decides: the complement itself, planned
	opDecide            // decides: cooperation is agreed on, the rest is planned
	opBegin             // begins, tries: the complement itself
	numOps
)

var opNames = map[string]operator{"intent": opIntent, "appeal": opAppeal, "demand": opDemand, "refuse": opRefuse,
	"threaten": opThreaten, "accuse": opAccuse, "absorb": opAbsorb, "nothing": opNothing, "decree": opDecree, "begin": opBegin, "decide": opDecide}

// bits is a set of word classes.
type bits [2]uint64

func (b bits) meets(c bits) bool  { return b[0]&c[0]|b[1]&c[1] != 0 }
func (b bits) or(c bits) bits     { return bits{b[0] | c[0], b[1] | c[1]} }
func (b *bits) set(i int)         { b[i>>6] |= 1 << (i & 63) }
func (b bits) zero() bool         { return b == bits{} }
func (b bits) has(class int) bool { return b[class>>6]>>(class&63)&1 != 0 }

// argKind asks for more than a lemma of a filler.
type argKind uint8

const (
	anyArg    argKind = iota
	actorArg          // @actor: names an entity that can act
	personArg         // @person: an entity or a noun for people
	humanArg          // @human: people, no state or body
	doerArg           // @doer: an entity by its own head, people or force
	noArg             // the slot must be empty
)

// need is one condition on a frame's arguments.
type need struct {
	slots   []slot
	classes bits
	words   []string
	pairs   [][2]string // modifier and noun: a ballistic missile
	kind    argKind
	not     bool
}

// frame is one construction of the table.
type frame struct {
	id       string // rule id, "coder.v.send.troops"
	line     int
	triggers []string
	pos      byte // v, n or a
	needs    []need
	src, tgt []slot
	code     string
	typ      ontology.Plover
	mode     string
	contexts []string
	op       operator
	bare     bool // an operator that is an event without a known complement
	dep      bool // an event only under an operator or a light verb
	content  bool // an event only under an operator
	recip    bool // both sides act on each other
	objNeed  bool // a need on the object: it is a thing, not the target
	cost     int  // how specific the needs are; the more specific frame is tried first
	example  string
	userType string // type of the code book it stands in
	own      bool   // of a user's code book
}

// word is what the tables know of a lemma.
type word struct {
	lemma   string
	classes bits
	verb    []*frame
	noun    []*frame
	adj     []*frame
}
