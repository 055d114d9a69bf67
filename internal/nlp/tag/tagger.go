package tag

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unsafe"

	"casus"
	"casus/ud"
)

// maxTags bounds the pairs of tags: all weights of one feature lie within as
// many bytes, two cache lines.
const maxTags = 128

// pair is what the model chooses: both tags at once.
type pair struct {
	upos ud.UPOS
	xpos ud.XPOS
}

// entry is what the lexicon knows of a form: the tags it may have, the set of
// tags it usually has, and its distributional class.
type entry struct {
	candidates, class, cluster uint16
}

// Tagger is a loaded model. It is immutable and safe for concurrent use.
type Tagger struct {
	passes     [2][]int8 // weights
	tags       []pair
	candidates [][]uint8 // sets of tags, by entry.candidates; 0 is the open set
	rare       []bool    // by set: it holds the open set, so the form was seen seldom
	words      *table    // form, folded: index into entries
	entries    []entry
	feats      []string
	featsOf    *table   // form and tag: index into feats
	featsTag   []uint16 // by tag
	lemmas     lemmatiser
}

// Scratch is the memory of one worker.
type Scratch struct {
	words  []word
	tags   []uint8
	first  []uint8
	finite []uint8
	short  [][shortSize]uint8 // by word: the leaders of the first pass
	feats  []uint32
	scores [maxTags]int32
	buf    []byte
	intern map[string]string
}

// Load reads what Model.AppendBinary wrote. The weights stay where they are.
func Load(b []byte) (*Tagger, error) {
	r := reader{b: b}
	if string(r.bytes()) != magic {
		return nil, errors.New("tag: not a tagger model")
	}
	t := &Tagger{}
	pairs := r.strings()
	for _, s := range pairs {
		u, x, _ := strings.Cut(s, " ")
		p, err := parsePair(u, x)
		if err != nil {
			return nil, fmt.Errorf("tag: tag table: %w", err)
		}
		t.tags = append(t.tags, p)
	}
	sets := r.strings()
	for _, s := range sets {
		t.candidates = append(t.candidates, []uint8(s))
	}
	t.words = r.table()
	e := r.u16s()
	for i := 0; i+2 < len(e); i += 3 {
		t.entries = append(t.entries, entry{e[i], e[i+1], e[i+2]})
	}
	t.feats, t.featsOf, t.featsTag = r.strings(), r.table(), r.u16s()
	t.lemmas.read(&r)
	for i := range t.passes {
		if w := r.bytes(); len(w) > 0 {
			t.passes[i] = unsafe.Slice((*int8)(unsafe.Pointer(&w[0])), len(w))
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	return t, t.check()
}

const magic = "casus tagger 1"

func parsePair(u, x string) (p pair, err error) {
	if p.upos, err = ud.ParseUPOS(u); err != nil {
		return p, err
	}
	p.xpos, err = ud.ParseXPOS(x)
	return p, err
}

// check makes sure that no index leads outside.
func (t *Tagger) check() error {
	bad := errors.New("tag: model has an index out of range")
	for _, w := range t.passes {
		if n := len(w); n < maxTags || n&(n-1) != 0 {
			return bad
		}
	}
	if len(t.tags) > maxTags || len(t.tags) == 0 || len(t.candidates) == 0 {
		return bad
	}
	for _, set := range t.candidates {
		if len(set) == 0 {
			return bad
		}
		for k, c := range set {
			if set[k] = c - setBase; int(set[k]) >= len(t.tags) {
				return bad
			}
		}
	}
	t.findRare()
	for _, v := range t.words.vals {
		if int(v) >= max(len(t.entries), 1) {
			return bad
		}
	}
	for _, e := range t.entries {
		if int(e.candidates) >= len(t.candidates) {
			return bad
		}
	}
	for _, v := range t.featsOf.vals {
		if int(v) >= max(len(t.feats), 1) {
			return bad
		}
	}
	if len(t.featsTag) != len(t.tags) || len(t.feats) == 0 {
		return bad
	}
	for _, v := range t.featsTag {
		if int(v) >= len(t.feats) {
			return bad
		}
	}
	return t.lemmas.check()
}

// findRare marks the sets that hold the whole open set.
func (t *Tagger) findRare() {
	t.rare = make([]bool, len(t.candidates))
	for i, set := range t.candidates {
		n := 0
		for _, c := range t.candidates[0] {
			if slices.Contains(set, c) {
				n++
			}
		}
		t.rare[i] = n == len(t.candidates[0])
	}
}

// setBase is added to tags in the file, so that sets are lines of text.
const setBase = 0x20

// Tag fills UPOS, XPOS, Feats and Lemma of one sentence.
func (t *Tagger) Tag(doc *casus.Document, id casus.SentenceID, s *Scratch) {
	sent := &doc.Sentences[id]
	s.words = s.words[:0]
	for i := sent.First; i < sent.End; i++ {
		s.words = append(s.words, word{})
		t.prepare(&s.words[len(s.words)-1], doc.Form(i))
	}
	for i := 1; i < len(s.words); i++ {
		if at := int(sent.First) + i; doc.Tokens[at].Start == doc.Tokens[at-1].End {
			s.words[i].joined |= 1
			s.words[i-1].joined |= 2
		}
	}
	t.choose(s)
	for i, tag := range s.tags {
		tok := &doc.Tokens[int(sent.First)+i]
		p := t.tags[tag]
		tok.UPOS, tok.XPOS = p.upos, p.xpos
		tok.Feats = ud.Feats(t.featsFor(&s.words[i], tag))
		tok.Lemma = t.lemmas.lemma(doc.Text[tok.Start:tok.End], s.words[i].lower, p, s)
	}
}

func (t *Tagger) prepare(w *word, form string) {
	w.look(form)
	w.entry, w.rare = entry{}, true
	if i, ok := t.words.get(w.lower); ok {
		w.entry = t.entries[i]
		w.rare = t.rare[w.entry.candidates]
	}
	w.affixes(form)
}

// choose tags s.words into s.tags, in two passes from left to right: the
// second knows what the first made of the words ahead.
func (t *Tagger) choose(s *Scratch) {
	c := context{words: s.words, style: styleOf(s.words)}
	t.pass(t.passes[0], &c, s)
	s.first, s.finite = append(s.first[:0], s.tags...), t.countFinite(s.tags, s.finite)
	c.first, c.finite = s.first, s.finite
	t.pass(t.passes[1], &c, s)
}

// shortSize is how many candidates of a rare word the second pass looks at.
const shortSize = 6

func (t *Tagger) pass(weights []int8, c *context, s *Scratch) {
	s.tags = s.tags[:0]
	if c.first == nil {
		s.short = s.short[:0]
	}
	for i := range s.words {
		set := t.candidates[s.words[i].entry.candidates]
		long := len(set) > shortSize
		if long && c.first != nil {
			set = s.short[i][:]
		}
		best := set[0]
		if len(set) > 1 {
			c.tags = s.tags
			s.feats = c.features(i, s.feats[:0])
			best = best8(weights, set, s)
		}
		s.tags = append(s.tags, best)
		if c.first == nil {
			s.short = append(s.short, [shortSize]uint8{})
			if long {
				s.leaders(set, &s.short[i])
			}
		}
	}
}

// leaders gives the candidates with the highest scores, in the order of the
// set among equals.
func (s *Scratch) leaders(set []uint8, into *[shortSize]uint8) {
	n := 0
	for _, c := range set {
		at := n
		for at > 0 && s.scores[c&(maxTags-1)] > s.scores[into[at-1]&(maxTags-1)] {
			at--
		}
		if at >= shortSize {
			continue
		}
		n = min(n+1, shortSize)
		copy(into[at+1:n], into[at:n-1])
		into[at] = c
	}
}

// countFinite counts finite verbs up to and with each word, 255 at most.
func (t *Tagger) countFinite(tags, into []uint8) []uint8 {
	into = into[:0]
	n := uint8(0)
	for _, tag := range tags {
		switch t.tags[tag].xpos {
		case ud.XVBD, ud.XVBZ, ud.XVBP, ud.XMD:
			if n < 255 {
				n++
			}
		}
		into = append(into, n)
	}
	return into
}

// best8 sums the weights of each candidate. A feature's weights lie together:
// its hash says where, exclusive-or with the tag which.
func best8(weights []int8, set []uint8, s *Scratch) uint8 {
	for _, c := range set {
		s.scores[c&(maxTags-1)] = 0
	}
	mask := uint32(len(weights) - 1)
	for _, f := range s.feats {
		base := f & mask &^ (maxTags - 1)
		low := f & (maxTags - 1)
		w := weights[base : base+maxTags : base+maxTags]
		for _, c := range set {
			s.scores[c&(maxTags-1)] += int32(w[(low^uint32(c))&(maxTags-1)])
		}
	}
	top := set[0]
	for _, c := range set[1:] {
		if s.scores[c&(maxTags-1)] > s.scores[top&(maxTags-1)] {
			top = c
		}
	}
	return top
}

func (t *Tagger) featsFor(w *word, tag uint8) string {
	if f, ok := t.featsOf.get(featsKey(w.lower, tag)); ok {
		return t.feats[f]
	}
	return t.feats[t.featsTag[tag]]
}

func featsKey(lower uint64, tag uint8) uint64 {
	return (lower ^ uint64(tag)*0x9E3779B97F4A7C15) * prime64
}
