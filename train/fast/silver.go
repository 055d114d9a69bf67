package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"casus/internal/nlp/tag"
	"casus/internal/nlp/token"
	"casus/ud"
)

// knownTags counts the Penn tags that another tagger gave to the words of the
// attribution articles. They are not trusted as gold: they only tell which
// tags a form may have.
func knownTags(path string) (map[string]map[ud.XPOS]int, error) {
	r, err := open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	out := map[string]map[ud.XPOS]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		c := strings.Split(sc.Text(), "\t")
		if len(c) < 4 || c[1] == "" {
			continue
		}
		x, err := ud.ParseXPOS(c[3])
		if err != nil {
			continue // tags of another tokenisation, as for "-LRB-" written out
		}
		key := tag.Fold(c[1])
		if out[key] == nil {
			out[key] = map[ud.XPOS]int{}
		}
		out[key][x]++
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

// rawWords appends the folded words of the texts of a gzipped JSONL file, with
// an empty word between paragraphs.
func rawWords(words []string, path string) ([]string, error) {
	r, err := open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<26)
	var pieces []token.Piece
	for sc.Scan() {
		var d struct{ Text string }
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		pieces = token.Scan(d.Text, pieces[:0])
		for _, p := range pieces {
			if p.Gap >= token.Line {
				words = append(words, "")
			}
			words = append(words, tag.Fold(d.Text[p.Start:p.End]))
		}
	}
	return words, sc.Err()
}
