package main

import (
	"bufio"
	"compress/gzip"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"casus"
	"casus/internal/annotate/attribution"
	"casus/internal/nlp"
	"casus/ud"
)

// article is one line of the data with its tree. Offsets are code points.
type article struct {
	ID, Text   string
	Statements []struct {
		Source, Cue, Content []wireSpan
		Head                 wireSpan
	}
	Ignore []wireSpan
	doc    *casus.Document
}

func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

func readArticles(path string, most int) ([]article, error) {
	r, err := open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []article
	dec := json.NewDecoder(r)
	for most == 0 || len(out) < most {
		var a article
		if err := dec.Decode(&a); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read %s: article %d: %w", path, len(out)+1, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// runes gives the code point of every byte offset.
func (ar *article) runes() []int {
	at := make([]int, len(ar.Text)+1)
	n := 0
	for i := range ar.Text {
		at[i] = n
		n++
	}
	at[len(ar.Text)] = n
	return at
}

// bytes gives the byte offset of every code point.
func (ar *article) bytes() []casus.Pos {
	var at []casus.Pos
	for i := range ar.Text {
		at = append(at, casus.Pos(i))
	}
	return append(at, casus.Pos(len(ar.Text)))
}

func (ar *article) lesson() attribution.Lesson {
	at := ar.bytes()
	spans := func(in []wireSpan) (out []casus.Span) {
		for _, s := range in {
			out = append(out, casus.Span{Start: at[s.Start], End: at[s.End]})
		}
		return out
	}
	les := attribution.Lesson{Doc: ar.doc, Ignore: spans(ar.Ignore)}
	for _, s := range ar.Statements {
		g := attribution.Gold{Source: spans(s.Source), Cue: spans(s.Cue), Content: spans(s.Content), CueHead: casus.None}
		if h := spans([]wireSpan{s.Head})[0]; !h.Empty() {
			if t := ar.doc.TokenAt(h.Start); int(t) < len(ar.doc.Tokens) && ar.doc.Tokens[t].Overlaps(h) {
				g.CueHead = t
			}
		}
		les.Gold = append(les.Gold, g)
	}
	return les
}

// trees gives documents their sentences, from the engine or from a file.
type trees struct {
	engine  *nlp.Engine
	scratch nlp.Scratch
	rows    map[string][][]string // CoreNLP: lines of each document's sentences
}

func newTrees(base, tier string, corenlp bool) (*trees, error) {
	if !corenlp {
		t, err := nlp.ParseTier(tier)
		if err != nil {
			return nil, err
		}
		e, err := nlp.EnglishTier(t, nil)
		return &trees{engine: e}, err
	}
	r, err := open(base + ".conll.gz")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	t := &trees{rows: map[string][][]string{}}
	id, sent := "", []string(nil)
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "# doc = "):
			id = line[len("# doc = "):]
		case line == "":
			if len(sent) > 0 {
				t.rows[id] = append(t.rows[id], sent)
			}
			sent = nil
		default:
			sent = append(sent, line)
		}
	}
	return t, sc.Err()
}

// parseAll parses the articles, or takes their documents from a file that an
// earlier run has left in the folder cache. It does not notice a new engine:
// empty the folder then.
func (t *trees) parseAll(articles []article, cache, set string) error {
	path := filepath.Join(cache, set+".gob")
	if cache != "" {
		if f, err := os.Open(path); err == nil {
			defer f.Close()
			dec := gob.NewDecoder(bufio.NewReader(f))
			for i := range articles {
				articles[i].doc = &casus.Document{}
				if err := dec.Decode(articles[i].doc); err != nil {
					return fmt.Errorf("read %s: %w", path, err)
				}
				articles[i].doc.Link()
			}
			return nil
		}
	}
	for i := range articles {
		if err := t.parse(&articles[i]); err != nil {
			return fmt.Errorf("parse %s: %w", articles[i].ID, err)
		}
	}
	if cache == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := gob.NewEncoder(w)
	for i := range articles {
		if err := enc.Encode(articles[i].doc); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func (t *trees) parse(ar *article) error {
	doc := &casus.Document{ID: ar.ID, Text: ar.Text, Lang: "en"}
	ar.doc = doc
	if t.engine != nil {
		return t.engine.Analyze(doc, &t.scratch)
	}
	sents := t.rows[ar.ID]
	if sents == nil {
		ar.doc = nil // the snapshot has no parse of a few documents
		return nil
	}
	at := ar.bytes()
	for _, rows := range sents {
		if err := addSentence(doc, at, rows); err != nil {
			return err
		}
	}
	doc.Link()
	return nil
}

func addSentence(doc *casus.Document, at []casus.Pos, rows []string) error {
	first := casus.TokenID(len(doc.Tokens))
	s := casus.Sentence{First: first, Root: casus.None}
	if n := len(doc.Sentences); n > 0 {
		s.Paragraph = doc.Sentences[n-1].Paragraph
	}
	for i, row := range rows {
		c := strings.Split(row, "\t")
		if len(c) != 9 {
			return fmt.Errorf("row %q has %d columns", row, len(c))
		}
		from, _ := strconv.Atoi(c[7])
		to, _ := strconv.Atoi(c[8])
		head, _ := strconv.Atoi(c[5])
		tok := casus.Token{Span: casus.Span{Start: at[from], End: at[to]}, Sent: casus.SentenceID(len(doc.Sentences)),
			Head: first + casus.TokenID(head-1), Lemma: strings.ToLower(c[2])}
		if head == 0 {
			tok.Head = casus.None
		}
		tok.XPOS, _ = ud.ParseXPOS(c[3])
		tok.UPOS = uposOf(c[3], tok.Lemma, c[6])
		tok.Deprel = relOf(c[6], rows, head)
		if i == 0 && first > 0 && strings.Contains(doc.Text[doc.Tokens[first-1].End:tok.Start], "\n") {
			s.Paragraph++
		}
		addName(doc, c[4], first+casus.TokenID(i), tok.Span)
		doc.Tokens = append(doc.Tokens, tok)
	}
	s.End = casus.TokenID(len(doc.Tokens))
	s.Span = doc.TokenSpan(s.First, s.End)
	if len(doc.Sentences) == 0 {
		s.Role = casus.Headline
	}
	doc.Sentences = append(doc.Sentences, s)
	return nil
}

func addName(doc *casus.Document, label string, t casus.TokenID, sp casus.Span) {
	l := map[string]casus.NameLabel{"PERSON": casus.PER, "LOCATION": casus.LOC, "ORGANIZATION": casus.ORG, "MISC": casus.MISC}[label]
	if l == casus.NameNone {
		return
	}
	if n := len(doc.Names); n > 0 && doc.Names[n-1].End == t && doc.Names[n-1].Label == l {
		doc.Names[n-1].End, doc.Names[n-1].Span.End = t+1, sp.End
		return
	}
	doc.Names = append(doc.Names, casus.Name{Span: sp, First: t, End: t + 1, Label: l})
}

var pennUPOS = map[string]ud.UPOS{"NN": ud.NOUN, "NNS": ud.NOUN, "NNP": ud.PROPN, "NNPS": ud.PROPN, "PRP": ud.PRON, "PRP$": ud.PRON,
	"WP": ud.PRON, "WP$": ud.PRON, "WDT": ud.PRON, "EX": ud.PRON, "JJ": ud.ADJ, "JJR": ud.ADJ, "JJS": ud.ADJ, "RB": ud.ADV,
	"RBR": ud.ADV, "RBS": ud.ADV, "WRB": ud.ADV, "RP": ud.ADP, "IN": ud.ADP, "TO": ud.PART, "POS": ud.PART, "DT": ud.DET,
	"PDT": ud.DET, "CC": ud.CCONJ, "CD": ud.NUM, "MD": ud.AUX, "UH": ud.INTJ, "FW": ud.X, "SYM": ud.SYM, "$": ud.SYM}

func uposOf(tag, lemma, rel string) ud.UPOS {
	if strings.HasPrefix(tag, "VB") {
		if rel == "aux" || rel == "auxpass" || rel == "cop" {
			return ud.AUX
		}
		return ud.VERB
	}
	if rel == "mark" && tag == "IN" {
		return ud.SCONJ
	}
	if rel == "case" && tag == "TO" {
		return ud.ADP
	}
	if lemma == "not" || lemma == "n't" {
		return ud.PART
	}
	if u, ok := pennUPOS[tag]; ok {
		return u
	}
	return ud.PUNCT
}

var oldRelations = map[string]ud.Deprel{"nsubjpass": ud.NsubjPass, "csubjpass": ud.CsubjPass, "auxpass": ud.AuxPass,
	"dobj": ud.Obj, "mwe": ud.Fixed, "name": ud.Flat, "neg": ud.Advmod, "foreign": ud.Flat, "remnant": ud.Orphan,
	"nmod:tmod": ud.OblUnmarked, "nmod:npmod": ud.OblUnmarked, "nmod:agent": ud.OblAgent}

// relOf gives the version 2 name of a version 1 relation: nmod of a verb or an
// adjective is obl.
func relOf(rel string, rows []string, head int) ud.Deprel {
	if d, ok := oldRelations[rel]; ok {
		return d
	}
	if rel == "nmod" && head > 0 {
		if tag := strings.Split(rows[head-1], "\t")[3]; tag[0] == 'V' || tag[0] == 'J' {
			return ud.Obl
		}
	}
	if d, err := ud.ParseDeprel(rel); err == nil {
		return d
	}
	plain, _, _ := strings.Cut(rel, ":")
	d, err := ud.ParseDeprel(plain)
	if err != nil {
		return ud.Dep
	}
	return d
}
