package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casus"
	"casus/ud"
)

// open reads a gzip file.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// treebank reads a gzipped CoNLL-U file into its documents.
func treebank(path string) ([][]ud.Sentence, error) {
	r, err := open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var docs [][]ud.Sentence
	for s, err := range ud.NewReader(r).All() {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if _, ok := s.Comment("newdoc id"); ok || len(docs) == 0 {
			docs = append(docs, nil)
		}
		docs[len(docs)-1] = append(docs[len(docs)-1], s)
	}
	return docs, nil
}

// documents turns trees into documents with rebuilt text.
func documents(trees [][]ud.Sentence) ([]*casus.Document, error) {
	var out []*casus.Document
	for _, t := range trees {
		doc, err := casus.FromTrees(t)
		if err != nil {
			return nil, err
		}
		out = append(out, doc)
	}
	return out, nil
}

// iob2 is a sentence of a set of names.
type iob2 struct {
	id          string
	forms, tags []string
}

func readIOB2(path string) ([]iob2, error) {
	r, err := open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []iob2
	var cur iob2
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case line == "":
			if len(cur.forms) > 0 {
				out = append(out, cur)
			}
			cur = iob2{}
		case strings.HasPrefix(line, "# ") && len(cur.forms) == 0:
			if id, ok := strings.CutPrefix(line, "# sent_id = "); ok {
				cur.id = id
			}
		default:
			form, tag, ok := strings.Cut(line, "\t")
			if !ok {
				return nil, fmt.Errorf("%s: a line with one column: %q", path, line)
			}
			cur.forms, cur.tags = append(cur.forms, strings.ReplaceAll(form, " ", "\u00a0")), append(cur.tags, tag)
		}
	}
	if len(cur.forms) > 0 {
		out = append(out, cur)
	}
	return out, sc.Err()
}

// plainDocument makes a document of forms alone, with spaces guessed.
func plainDocument(forms []string) (*casus.Document, error) {
	var s ud.Sentence
	for i, f := range forms {
		w := ud.Word{Form: f, Head: -1}
		if i+1 < len(forms) && (noSpaceBefore(forms[i+1]) || noSpaceAfter(f)) {
			w.Misc = "SpaceAfter=No"
		}
		s.Words = append(s.Words, w)
	}
	return casus.FromTrees([]ud.Sentence{s})
}

func noSpaceBefore(f string) bool {
	switch f {
	case ",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t", "'re", "'m", "'ll", "'ve", "'d", "'", "”", "-":
		return true
	}
	return false
}

func noSpaceAfter(f string) bool {
	switch f {
	case "(", "[", "$", "“", "-", "#":
		return true
	}
	return false
}

func dataPath(dir string, parts ...string) string {
	return filepath.Join(append([]string{dir}, parts...)...)
}
