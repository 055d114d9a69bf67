// Package casus is the vocabulary of Casus: a Document with its layers
// (sentences, tokens, names, entities, times, places, quantities, statements,
// predicates, events), and the small values they are made of. It does no input
// or output and knows no clock.
//
// Offsets are bytes of Document.Text, end exclusive. Layers are flat slices;
// cross references are typed indices into them, None when there is nothing to
// refer to. A document is written by one goroutine at a time.
package casus

import (
	"casus/ud"
)

// Pos is a byte offset into Document.Text.
type Pos int32

// Span is a stretch of Document.Text in bytes, End exclusive. It begins and
// ends on rune borders.
type Span struct{ Start, End Pos }

// Len gives the length in bytes.
func (s Span) Len() int { return int(s.End - s.Start) }

// Empty reports a span without text.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share text.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Cover gives the smallest span that holds both; an empty one adds nothing.
func (s Span) Cover(t Span) Span {
	if s.Empty() {
		return t
	}
	if t.Empty() {
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// None is the index that refers to nothing, for every ID type below.
const None = -1

// Indices into the layers of one document.
type (
	SentenceID  int32
	TokenID     int32
	EntityID    int32
	TimeID      int32
	PlaceID     int32
	QuantityID  int32
	StatementID int32
	EventID     int32
)

// Document is one article as published. Text never changes once set; each
// layer is filled once, by one stage.
type Document struct {
	ID, Outlet, URL, Title, Lang string
	// Published is the day of publication; zero when not known.
	Published Date
	// PublishedReason says how Published was found: "given", "weekday", or "".
	PublishedReason string
	Text            string

	Sentences  []Sentence
	Tokens     []Token
	Names      []Name
	FineNames  []FineName
	Proposals  []Proposal
	Readings   []Reading
	Entities   []Entity
	Times      []Time
	Places     []Place
	Quantities []Quantity
	Statements []Statement
	Predicates []Predicate
	Events     []Event

	entityAt    []EntityID    // by token: the entity whose mention is headed there
	predicateAt []int32       // by token: index into Predicates, None without
	statementAt []StatementID // by token: innermost statement whose content holds it
}

// SentenceRole tells running text from the furniture of an article.
type SentenceRole uint8

// The roles of a sentence. The zero value is running text.
const (
	Body SentenceRole = iota
	Headline
	Dateline // "CARACAS, Nov 2 (Agency) -" standing alone
	Byline
	Subhead
)

// Sentence is a run of tokens [First, End).
type Sentence struct {
	Span
	First, End TokenID
	Root       TokenID // the token without head; None only when the sentence has no tokens
	Paragraph  int32   // counts from 0; headline included
	Role       SentenceRole
}

// Token is a syntactic word of UD with its place in the tree of its sentence.
// Words of a multi-word token ("does" + "n't") have their own spans.
type Token struct {
	Span
	Sent     SentenceID
	Head     TokenID // None at the root of the sentence
	FirstKid TokenID // leftmost dependent, None without; set by Link
	NextKid  TokenID // next dependent of the same head, left to right; set by Link
	UPOS     ud.UPOS
	XPOS     ud.XPOS
	Deprel   ud.Deprel
	// Words is the number of syntactic words in the surface token that begins
	// here; 0 and 1 both mean an ordinary token, and the later words have 0.
	Words uint8
	Feats ud.Feats
	Lemma string
}

// NameLabel is the class of a name found by the entity tagger.
type NameLabel uint8

// The classes of names; the zero value means "not set".
const (
	NameNone NameLabel = iota
	PER
	LOC
	ORG
	MISC
)

var nameLabels = []string{"", "PER", "LOC", "ORG", "MISC"}

// String gives the label as IOB2 files write it.
func (n NameLabel) String() string { return nameLabels[min(int(n), len(nameLabels)-1)] }

// Name is a run of tokens [First, End) that the entity tagger calls a name.
// Names do not overlap and are in text order.
type Name struct {
	Span
	First, End TokenID
	Label      NameLabel
	Margin     float32 // of the tagger; larger is surer
}

// FineName is a name in the classes of CrossNER politics (Liu and others
// 2021): politician, politicalparty, election, organisation, country,
// location, event, person, misc. Only the accurate tier finds them; they do
// not overlap and are in text order, and their borders may differ from those of
// Names.
type FineName struct {
	First, End TokenID
	Class      string
}

// Run is a run of tokens [First, End).
type Run struct{ First, End TokenID }

// Proposal is what a learned head of the language engine reads as one
// statement inside a sentence. It is a witness for the attribution stage, not
// a layer of the output; the fast tier makes none.
type Proposal struct {
	Head            TokenID // main word of the cue
	Probability     float32 // that Head is one
	Cue             Run
	Source, Content []Run // in text order, without touching runs; either may be empty
}

// Reading is what learned heads make of a token as a predicate: how surely it
// happened, from -3 (did not) to 3 (did: the scale of UDS, White and others
// 2016), and its class. Readings is empty or parallel to Tokens; a sentence
// that no such head has read has zero Probability throughout.
type Reading struct {
	Value       float32
	Status      Status // Asserted, Negated, Planned or Hypothetical
	Probability float32
}

// Form gives the text of a token.
func (d *Document) Form(t TokenID) string { s := d.Tokens[t].Span; return d.Text[s.Start:s.End] }

// String gives the text of a span.
func (d *Document) String(s Span) string { return d.Text[s.Start:s.End] }

// Link sets FirstKid, NextKid and Sentence.Root from the Head fields. Whoever
// writes heads calls it once.
func (d *Document) Link() {
	for i := range d.Tokens {
		d.Tokens[i].FirstKid, d.Tokens[i].NextKid = None, None
	}
	for i := range d.Sentences {
		d.Sentences[i].Root = None
	}
	for i := len(d.Tokens) - 1; i >= 0; i-- {
		t := &d.Tokens[i]
		if t.Head == None {
			d.Sentences[t.Sent].Root = TokenID(i)
			continue
		}
		h := &d.Tokens[t.Head]
		t.NextKid, h.FirstKid = h.FirstKid, TokenID(i)
	}
}

// Kids yields the dependents of a token from left to right.
func (d *Document) Kids(t TokenID) func(yield func(TokenID) bool) {
	return func(yield func(TokenID) bool) {
		for k := d.Tokens[t].FirstKid; k != None; k = d.Tokens[k].NextKid {
			if !yield(k) {
				return
			}
		}
	}
}

// Kid gives the first dependent with one of the relations, compared in full
// first and then without subtype when a plain universal relation is asked for;
// None without.
func (d *Document) Kid(t TokenID, rels ...ud.Deprel) TokenID {
	for k := d.Tokens[t].FirstKid; k != None; k = d.Tokens[k].NextKid {
		for _, r := range rels {
			if got := d.Tokens[k].Deprel; got == r || got.Universal() == r {
				return k
			}
		}
	}
	return None
}

// HasKid reports whether a dependent with the relation exists (see Kid).
func (d *Document) HasKid(t TokenID, rels ...ud.Deprel) bool { return d.Kid(t, rels...) != None }

// KidLemma gives the first dependent with the relation and the lemma; None
// without. A zero relation fits any.
func (d *Document) KidLemma(t TokenID, rel ud.Deprel, lemma string) TokenID {
	for k := d.Tokens[t].FirstKid; k != None; k = d.Tokens[k].NextKid {
		tok := &d.Tokens[k]
		if tok.Lemma == lemma && (rel == ud.DeprelNone || tok.Deprel == rel || tok.Deprel.Universal() == rel) {
			return k
		}
	}
	return None
}

// Dominates reports whether a is b or an ancestor of b.
func (d *Document) Dominates(a, b TokenID) bool {
	for b != None {
		if a == b {
			return true
		}
		b = d.Tokens[b].Head
	}
	return false
}

// Edges gives the leftmost and the rightmost token of the subtree of t. The
// subtree of a non-projective tree may leave gaps between them.
func (d *Document) Edges(t TokenID) (first, last TokenID) {
	first, last = t, t
	for k := d.Tokens[t].FirstKid; k != None; k = d.Tokens[k].NextKid {
		a, b := d.Edges(k)
		first, last = min(first, a), max(last, b)
	}
	return first, last
}

// SubtreeSpan gives the text that the subtree of t covers.
func (d *Document) SubtreeSpan(t TokenID) Span {
	a, b := d.Edges(t)
	return Span{d.Tokens[a].Start, d.Tokens[b].End}
}

// TokenSpan gives the text of tokens [first, end).
func (d *Document) TokenSpan(first, end TokenID) Span {
	if end <= first {
		return Span{}
	}
	return Span{d.Tokens[first].Start, d.Tokens[end-1].End}
}

// TokenAt gives the token that holds or follows the position; len(Tokens)
// after the last one. Binary search.
func (d *Document) TokenAt(p Pos) TokenID {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if d.Tokens[m].End <= p {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return TokenID(lo)
}

// TokenRange gives the tokens [first, end) that touch the span.
func (d *Document) TokenRange(s Span) (first, end TokenID) {
	first = d.TokenAt(s.Start)
	end = first
	for int(end) < len(d.Tokens) && d.Tokens[end].Start < s.End {
		end++
	}
	return first, end
}

// HeadOf gives the token of [first, end) whose head lies outside the run; the
// first such, or None for an empty run.
func (d *Document) HeadOf(first, end TokenID) TokenID {
	for t := first; t < end; t++ {
		if h := d.Tokens[t].Head; h < first || h >= end {
			return t
		}
	}
	if first < end {
		return first
	}
	return None
}
