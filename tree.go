package casus

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/ud"
)

// FromTrees makes a document of gold or foreign trees, taken as one article:
// the text is rebuilt from the forms and SpaceAfter, paragraphs begin at
// "# newpar" and "# newdoc", and Names come from NER= in MISC. The tree is
// linked.
func FromTrees(trees []ud.Sentence) (*Document, error) {
	b := treeBuilder{doc: &Document{Lang: "en"}}
	for i := range trees {
		if err := b.sentence(&trees[i]); err != nil {
			return nil, fmt.Errorf("casus: tree %d: %w", i+1, err)
		}
	}
	if b.told {
		b.text.WriteString(unescapeSpace(b.gap))
	}
	b.doc.Text = b.text.String()
	b.doc.Link()
	return b.doc, nil
}

type treeBuilder struct {
	doc  *Document
	text strings.Builder
	gap  string // white space due before the next token, escaped as in SpacesAfter
	told bool   // gap comes from SpacesAfter
	par  int32
	open bool // a name may go on with I-
}

func (b *treeBuilder) sentence(s *ud.Sentence) error {
	if len(s.Words) == 0 {
		return errors.New("no words")
	}
	b.paragraph(s)
	first, id := TokenID(len(b.doc.Tokens)), SentenceID(len(b.doc.Sentences))
	b.open = false
	r := 0
	for i := 0; i < len(s.Words); {
		n, form, misc := 1, s.Words[i].Form, s.Words[i].Misc
		if r < len(s.Ranges) && s.Ranges[r].First == i+1 {
			n, form, misc = s.Ranges[r].Last-i, s.Ranges[r].Form, s.Ranges[r].Misc
			r++
		}
		if n < 1 || i+n > len(s.Words) {
			return errors.New("a range outside the sentence")
		}
		b.surface(form, misc, s.Words[i:i+n], id)
		i += n
	}
	for i, w := range s.Words {
		if w.Head < -1 || w.Head > len(s.Words) || w.Head == i+1 {
			return fmt.Errorf("word %d: head %d outside its sentence", i+1, w.Head)
		}
		if w.Head > 0 {
			b.doc.Tokens[int(first)+i].Head = first + TokenID(w.Head-1)
		}
		b.name(first+TokenID(i), w.Misc)
	}
	sent := Sentence{First: first, End: TokenID(len(b.doc.Tokens)), Root: None, Paragraph: b.par}
	sent.Span = b.doc.TokenSpan(sent.First, sent.End)
	b.doc.Sentences = append(b.doc.Sentences, sent)
	return nil
}

// paragraph begins a new one where the comments say so.
func (b *treeBuilder) paragraph(s *ud.Sentence) {
	id, begins := s.Comment("newdoc id")
	if len(b.doc.Sentences) == 0 {
		b.doc.ID = id
		return
	}
	for _, key := range []string{"newpar", "newpar id", "newdoc"} {
		_, ok := s.Comment(key)
		begins = begins || ok
	}
	if !begins {
		return
	}
	b.par++
	if !strings.Contains(b.gap, `\n`) {
		b.gap = `\n\n`
	}
}

// surface writes one surface token and the words it consists of.
func (b *treeBuilder) surface(form, misc string, words []ud.Word, sent SentenceID) {
	if v, ok := ud.MiscValue(words[0].Misc, "SpacesBefore"); ok && b.text.Len() == 0 {
		b.gap = v
	}
	b.text.WriteString(unescapeSpace(b.gap))
	at := Pos(b.text.Len())
	b.text.WriteString(form)
	cuts := cutSurface(form, words)
	for i, w := range words {
		tok := Token{Span: Span{at + Pos(cuts[i]), at + Pos(cuts[i+1])}, Sent: sent, Head: None,
			UPOS: w.UPOS, XPOS: w.XPOS, Deprel: w.Deprel, Feats: w.Feats, Lemma: w.Lemma}
		if i == 0 {
			tok.Words = uint8(min(len(words), 255))
		}
		b.doc.Tokens = append(b.doc.Tokens, tok)
	}
	b.gap, b.told = ud.MiscValue(misc, "SpacesAfter")
	if v, ok := ud.MiscValue(misc, "SpaceAfter"); !b.told && !(ok && v == "No") {
		b.gap = `\s`
	}
}

// cutSurface gives the len(words)+1 byte offsets that cut a surface token into
// its words. Words that spell the surface are cut where they stand: do|n't.
// Others ("ain't" over "be" and "not") are cut by the share of their lengths.
func cutSurface(form string, words []ud.Word) []int {
	cuts, at := make([]int, len(words)+1), 0
	total := 0
	for _, w := range words {
		total += len(w.Form)
	}
	spelled := total == len(form)
	for i, w := range words {
		if spelled && form[at:at+len(w.Form)] != w.Form {
			spelled = false
		}
		at += len(w.Form)
		cuts[i+1] = at
	}
	if spelled {
		return cuts
	}
	for i := range words {
		c := cuts[i+1] * len(form) / max(total, 1)
		for c < len(form) && !utf8.RuneStart(form[c]) {
			c++
		}
		cuts[i+1] = c
	}
	return cuts
}

// name begins or prolongs a name by an IOB2 tag.
func (b *treeBuilder) name(t TokenID, misc string) {
	tag, _ := ud.MiscValue(misc, "NER")
	kind, label, _ := strings.Cut(tag, "-")
	l := nameLabel(label)
	if l == NameNone || kind != "B" && kind != "I" {
		b.open = false
		return
	}
	names := b.doc.Names
	if kind == "I" && b.open && names[len(names)-1].Label == l {
		n := &names[len(names)-1]
		n.End, n.Span = t+1, b.doc.TokenSpan(n.First, t+1)
		return
	}
	b.doc.Names = append(names, Name{Span: b.doc.Tokens[t].Span, First: t, End: t + 1, Label: l})
	b.open = true
}

func nameLabel(s string) NameLabel {
	for i := 1; i < len(nameLabels); i++ {
		if nameLabels[i] == s {
			return NameLabel(i)
		}
	}
	return NameNone
}

// ToTrees gives the sentences of a document as trees, with sent_id, text,
// newdoc and newpar comments, SpaceAfter and SpacesAfter, and the names as
// NER= in IOB2.
func ToTrees(doc *Document) []ud.Sentence {
	out := make([]ud.Sentence, 0, len(doc.Sentences))
	tags := doc.nameTags()
	for i := range doc.Sentences {
		if sent := &doc.Sentences[i]; sent.First < sent.End {
			out = append(out, doc.tree(i, tags))
		}
	}
	return out
}

func (d *Document) nameTags() []string {
	tags := make([]string, len(d.Tokens))
	for _, n := range d.Names {
		for t := n.First; t < n.End; t++ {
			if tags[t] = "I-" + n.Label.String(); t == n.First {
				tags[t] = "B-" + n.Label.String()
			}
		}
	}
	return tags
}

func (d *Document) tree(i int, tags []string) ud.Sentence {
	sent := &d.Sentences[i]
	s := ud.Sentence{Comments: d.treeComments(i)}
	for t := sent.First; t < sent.End; {
		end := t + 1
		if w := TokenID(d.Tokens[t].Words); w > 1 && t+w <= sent.End {
			end = t + w
		}
		space := d.spaceMisc(t, end)
		if end > t+1 {
			s.Ranges = append(s.Ranges, ud.Range{First: int(t-sent.First) + 1, Last: int(end - sent.First),
				Form: d.String(d.TokenSpan(t, end)), Misc: space})
			space = ""
		}
		for ; t < end; t++ {
			s.Words = append(s.Words, d.word(t, sent.First, space, tags[t]))
		}
	}
	return s
}

func (d *Document) treeComments(i int) []string {
	sent := &d.Sentences[i]
	id := d.ID
	if id == "" {
		id = "doc"
	}
	var c []string
	if i == 0 {
		c = append(c, "# newdoc id = "+oneLine(id))
	}
	if i == 0 || d.Sentences[i-1].Paragraph != sent.Paragraph {
		c = append(c, "# newpar")
	}
	return append(c, "# sent_id = "+oneLine(id)+"-"+strconv.Itoa(i+1), "# text = "+oneLine(d.String(sent.Span)))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (d *Document) word(t, first TokenID, space, tag string) ud.Word {
	tok := &d.Tokens[t]
	w := ud.Word{Form: d.Form(t), Lemma: tok.Lemma, UPOS: tok.UPOS, XPOS: tok.XPOS, Feats: tok.Feats,
		Deprel: tok.Deprel, Head: 0}
	if tok.Head != None {
		w.Head = int(tok.Head-first) + 1
	} else if tok.Deprel == ud.DeprelNone {
		w.Head = -1
	}
	w.Misc = space
	if tag != "" {
		w.Misc = "NER=" + tag
		if space != "" {
			w.Misc += "|" + space
		}
	}
	if t == 0 && tok.Start > 0 {
		w.Misc = strings.TrimSuffix("SpacesBefore="+escapeSpace(d.Text[:tok.Start])+"|"+w.Misc, "|")
	}
	return w
}

// spaceMisc tells what stands between the surface token [t, end) and the next.
func (d *Document) spaceMisc(t, end TokenID) string {
	to := Pos(len(d.Text))
	if int(end) < len(d.Tokens) {
		to = d.Tokens[end].Start
	}
	switch gap := d.Text[d.Tokens[end-1].End:to]; {
	case gap == " " && int(end) < len(d.Tokens) || gap == "" && int(end) == len(d.Tokens):
		return ""
	case gap == "":
		return "SpaceAfter=No"
	default:
		return "SpacesAfter=" + escapeSpace(gap)
	}
}

var (
	spaceEscaper   = strings.NewReplacer(" ", `\s`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "|", `\p`, `\`, `\\`)
	spaceUnescaper = strings.NewReplacer(`\s`, " ", `\t`, "\t", `\n`, "\n", `\r`, "\r", `\p`, "|", `\\`, `\`)
)

func escapeSpace(s string) string   { return spaceEscaper.Replace(s) }
func unescapeSpace(s string) string { return spaceUnescaper.Replace(s) }
