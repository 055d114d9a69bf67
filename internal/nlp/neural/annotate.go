package neural

import (
	"math"

	"casus"
	"casus/internal/nlp/encoder"
	"casus/ud"
)

// Scratch is the memory of one worker. The zero value is ready.
type Scratch struct {
	enc    encoder.Scratch
	ids    []int32
	shapes []uint8
	seqs   []int32 // where windows end
	first  []int32 // by row: index of its piece. A sentence has a row for the [CLS] of its window and one a word
	sents  []casus.SentenceID
	parts  []part          // what is read as a sentence
	cuts   []casus.TokenID // words at which a sentence begins that the splitter had not seen
	pieces []int32         // of the sentence being added
	marks  []uint8         // their shapes
	begins []int32         // by word: its first piece in pieces

	rows, tags, mlp []float32
	a, b            []float32 // one half of the pairs, gathered
	proj, one       []float32
	scores          []float32
	heads           []int
	subjects, slots []int32
	tree            treeScratch
	path            []pathCell
	roles           []uint8

	fine   []float32
	named  []namedSentence
	labels []float32      // scores of the head "ner", by word of the sentences in named
	forms  map[string]int // forms of the document, numbered
	counts []int          // by form: how often it stands there
	sums   []float64      // by form and class of names: the sum of its probabilities
	own    []float64
}

// batchPieces is about how many pieces are encoded together.
const batchPieces = 512

// Neighbouring sentences are read in one window, as long as they fit: [CLS],
// the sentences divided by [SEP], [SEP]. So names and voices are seen with what
// stands about them; trees do not leave their sentence.

// Annotate writes tags, features, heads and relations of the given sentences,
// adds their names and proposals to the document's, and sets their readings; the
// caller finds the lemmas and links the trees. Where it sees a sentence begin
// inside another it cuts there, so that the document may have more sentences
// behind it. It gives the sentences, as they are numbered then, that are too
// long to be read whole and were left alone.
func (t *Tier) Annotate(doc *casus.Document, sents []casus.SentenceID, s *Scratch) (long []casus.SentenceID) {
	s.reset()
	s.named, s.labels, s.cuts = s.named[:0], s.labels[:0], s.cuts[:0]
	if len(doc.Readings) != len(doc.Tokens) {
		doc.Readings = append(doc.Readings[:0], make([]casus.Reading, len(doc.Tokens))...)
	}
	for _, id := range sents {
		sent := &doc.Sentences[id]
		if sent.First == sent.End {
			continue
		}
		t.cut(doc, sent, s)
		if len(s.pieces)+2 > t.size.MaxPos {
			long = append(long, id)
			continue
		}
		if !t.fits(id, s) {
			if len(s.ids) >= batchPieces {
				t.flush(doc, s)
			}
			t.open(s)
		}
		t.add(id, s)
	}
	t.flush(doc, s)
	t.names(doc, s)
	return recut(doc, s.cuts, long)
}

func (s *Scratch) reset() {
	s.ids, s.shapes, s.first, s.sents = s.ids[:0], s.shapes[:0], s.first[:0], s.sents[:0]
	s.seqs = append(s.seqs[:0], 0)
}

// cut makes the pieces of a sentence.
func (t *Tier) cut(doc *casus.Document, sent *casus.Sentence, s *Scratch) {
	s.pieces, s.marks, s.begins = s.pieces[:0], s.marks[:0], s.begins[:0]
	for w := sent.First; w < sent.End; w++ {
		form := doc.Form(w)
		at := len(s.pieces)
		s.begins = append(s.begins, int32(at))
		s.pieces = t.wp.Append(s.pieces, form)
		sh := shape(form)
		for range len(s.pieces) - at {
			s.marks = append(s.marks, sh)
		}
	}
}

// fits reports that the sentence that was cut can go into the last window: it
// follows the one before, and there is room.
func (t *Tier) fits(id casus.SentenceID, s *Scratch) bool {
	if len(s.sents) == 0 || s.sents[len(s.sents)-1]+1 != id {
		return false
	}
	begin := s.seqs[len(s.seqs)-2]
	return len(s.ids)-int(begin)+len(s.pieces)+1 <= t.window
}

// open begins a window.
func (t *Tier) open(s *Scratch) {
	cls, _, _, _ := t.wp.Special()
	s.ids, s.shapes = append(s.ids, cls), append(s.shapes, shapeMark)
	s.seqs = append(s.seqs, int32(len(s.ids)))
}

// add puts the sentence that was cut into the last window.
func (t *Tier) add(id casus.SentenceID, s *Scratch) {
	_, sep, _, _ := t.wp.Special()
	at := int32(len(s.ids))
	s.first = append(s.first, s.seqs[len(s.seqs)-2])
	for _, b := range s.begins {
		s.first = append(s.first, at+b)
	}
	s.ids, s.shapes = append(append(s.ids, s.pieces...), sep), append(append(s.shapes, s.marks...), shapeMark)
	s.seqs[len(s.seqs)-1] = int32(len(s.ids))
	s.sents = append(s.sents, id)
}

// flush encodes the batch and writes what the heads read in it.
func (t *Tier) flush(doc *casus.Document, s *Scratch) {
	if len(s.sents) == 0 {
		return
	}
	h := t.enc.Encode(s.ids, s.shapes, s.seqs, &s.enc)
	s.parts = s.parts[:0]
	for _, id := range s.sents {
		sent := &doc.Sentences[id]
		s.parts = append(s.parts, part{sent.First, int(sent.End - sent.First)})
	}
	n := t.applyTags(h, s)
	if t.split(doc, s) {
		n = t.applyTags(h, s)
	}
	t.mlp.Apply(grow(&s.mlp, n*t.width.mlp), s.rows, n, encoder.GELU, &s.enc)
	at := 0
	for _, p := range s.parts {
		x := view{t, doc, p.first, s.tags[at*t.width.tags:], s.mlp[at*t.width.mlp:], p.n}
		x.tag()
		x.parse(s)
		x.keepNames(s)
		x.fineNames(s)
		x.propose(s)
		at += p.n + 1
	}
	s.reset()
}

// applyTags gathers the hidden states of the rows and runs the layer "tags"; it
// gives the number of rows.
func (t *Tier) applyTags(h []float32, s *Scratch) int {
	n, w := len(s.first), t.size.Hidden
	rows := grow(&s.rows, n*w)
	for i, p := range s.first {
		copy(rows[i*w:(i+1)*w], h[int(p)*w:])
	}
	t.tags.Apply(grow(&s.tags, n*t.width.tags), rows, n, encoder.None, &s.enc)
	return n
}

// part is a sentence, or a piece of what was taken for one.
type part struct {
	first casus.TokenID
	n     int // words
}

// view is one sentence with the outputs of the layers: row 0 is [CLS], row
// i+1 the i-th word.
type view struct {
	*Tier
	doc       *casus.Document
	first     casus.TokenID
	tags, mlp []float32
	n         int
}

func (v *view) tagRow(word int) []float32 {
	w := v.width.tags
	return v.tags[(word+1)*w : (word+2)*w]
}

func (v *view) tag() {
	for i := range v.n {
		id := v.first + casus.TokenID(i)
		tok, row := &v.doc.Tokens[id], v.tagRow(i)
		tok.UPOS = v.uposOf[argmax(v.upos.of(row))]
		tok.XPOS = v.xposOf[argmax(v.xpos.of(row))]
		tok.Feats = v.featsOf[argmax(v.feats.of(row))]
		if v.status.n > 0 && v.value.n > 0 {
			x := v.status.of(row)
			k := argmax(x)
			v.doc.Readings[id] = casus.Reading{Value: max(-3, min(3, row[v.value.at])), Status: v.statusOf[k], Probability: probability(x, k)}
		}
	}
}

// gather copies a block of the layer "mlp" for rows [from, v.n] into dst.
func (v *view) gather(dst *[]float32, b block, from int) []float32 {
	out := grow(dst, (v.n+1-from)*b.n)
	for r := from; r <= v.n; r++ {
		copy(out[(r-from)*b.n:], v.mlp[r*v.width.mlp+b.at:][:b.n])
	}
	return out
}

// parse scores all arcs, takes the best tree, and labels its arcs.
func (v *view) parse(s *Scratch) {
	f, n := &v.arc, v.n
	dep, head := v.gather(&s.a, f.a, 1), v.gather(&s.b, f.b, 0)
	proj, one := grow(&s.proj, (n+1)*f.n), grow(&s.one, n+1)
	f.project(proj, one, head, n+1, &s.enc)
	scores := grow(&s.scores, n*(n+1))
	encoder.MatMulF32(scores, dep, proj, n, n+1, f.n)
	for i := range n {
		row := scores[i*(n+1) : (i+1)*(n+1)]
		for j, o := range one {
			row[j] += o
		}
	}
	heads := s.tree.best(scores, n, grow(&s.heads, n))
	uncross(heads, scores, n)
	v.label(heads, s)
	if v.oneSubject(heads, scores, s) {
		v.label(heads, s)
	}
	for i, h := range heads {
		tok := &v.doc.Tokens[v.first+casus.TokenID(i)]
		tok.Head = casus.None
		if h > 0 {
			tok.Head = v.first + casus.TokenID(h-1)
		}
	}
}

// oneSubject moves second subjects away: a clause has one (Universal
// Dependencies, "nsubj"), but arcs are scored one by one. In "which claimed that
// the leader, against all advice, turned to him" both "which" and "leader" may
// take "claimed". The second, behind its verb, goes to the best verb further on
// that has none; it stays where there is no such verb. It reports a change.
func (v *view) oneSubject(heads []int, scores []float32, s *Scratch) bool {
	w, changed := v.n+1, false
	subjectOf := grow(&s.subjects, v.n+1) // by head: a word that is its subject, from 1
	clear(subjectOf)
	for i, h := range heads {
		if h > 0 && v.isSubject(i) && subjectOf[h] == 0 {
			subjectOf[h] = int32(i + 1)
		}
	}
	for j, h := range heads {
		if h == 0 || h > j || !v.isSubject(j) || subjectOf[h] == int32(j+1) {
			continue
		}
		row, best := scores[j*w:(j+1)*w], 0
		for u := j + 2; u <= v.n; u++ {
			if subjectOf[u] == 0 && v.word(u-1).UPOS == ud.VERB && (best == 0 || row[u] > row[best]) && !hangsOn(heads, u, j+1) {
				best = u
			}
		}
		if best > 0 {
			heads[j], subjectOf[best], changed = best, int32(j+1), true
		}
	}
	return changed
}

func (v *view) word(i int) *casus.Token { return &v.doc.Tokens[v.first+casus.TokenID(i)] }

func (v *view) isSubject(i int) bool {
	r := v.word(i).Deprel
	return r == ud.Nsubj || r == ud.NsubjPass
}

// hangsOn reports that node a is b or below it.
func hangsOn(heads []int, a, b int) bool {
	for ; a != 0; a = heads[a-1] {
		if a == b {
			return true
		}
	}
	return false
}

// label names the relations of the arcs. Only words that are heads are
// projected, each once.
func (v *view) label(heads []int, s *Scratch) {
	f := &v.rel
	slot := grow(&s.slots, v.n+1) // by head: its number, from 1
	clear(slot)
	m := 0
	b := s.b[:0]
	for _, h := range heads {
		if slot[h] == 0 {
			m++
			slot[h] = int32(m)
			b = append(b, v.mlp[h*v.width.mlp+f.b.at:][:f.n]...)
		}
	}
	s.b = b
	w := f.labels * f.n
	proj, one := grow(&s.proj, m*w), grow(&s.one, m*f.labels)
	f.project(proj, one, b, m, &s.enc)
	for i, h := range heads {
		k := int(slot[h]) - 1
		a := v.mlp[(i+1)*v.width.mlp+f.a.at:][:f.n]
		tok := &v.doc.Tokens[v.first+casus.TokenID(i)]
		if tok.Deprel = rootRel; h == 0 {
			continue
		}
		top := float32(math.Inf(-1))
		verb := v.word(h-1).UPOS == ud.VERB
		for l, rel := range v.relOf {
			if rel == rootRel {
				continue // one word alone is the root
			}
			if verb && ofNominals(rel) {
				continue
			}
			if x := dot(a, proj[k*w+l*f.n:][:f.n]) + one[k*f.labels+l]; x > top {
				tok.Deprel, top = rel, x
			}
		}
	}
}

// ofNominals reports relations whose head is a nominal, never a verb (Universal
// Dependencies, "Dependents of nominals"). Arcs and labels are scored apart: a
// title that became the subject of a verb would keep the label it had for its name.
func ofNominals(r ud.Deprel) bool {
	switch r.Universal() {
	case ud.Nmod, ud.Appos:
		return true
	}
	return false
}

func grow[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n+n/4)
	}
	*s = (*s)[:n]
	return *s
}
