package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"casus/internal/nlp/tag"
	"casus/internal/nlp/token"
	"casus/ud"
)

// knownWords reads what another tagger made of the attribution articles: the
// Penn tags of each folded form, counted, and the lemmas of inflected verbs and
// nouns. It is not trusted as gold: the tags only tell which ones a form may
// have, the lemmas only teach endings.
func knownWords(path string) (map[string]map[ud.XPOS]int, []tag.Lemma, error) {
	r, err := open(path)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	tags, lemmas := map[string]map[ud.XPOS]int{}, map[tag.Lemma]int{}
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
		if tags[key] == nil {
			tags[key] = map[ud.XPOS]int{}
		}
		tags[key][x]++
		if inflected(x) && plain(c[1]) && plain(c[2]) {
			lemmas[tag.Lemma{Form: c[1], Lemma: c[2], XPOS: x}]++
		}
	}
	if err := sc.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return tags, often(lemmas), nil
}

func inflected(x ud.XPOS) bool {
	switch x {
	case ud.XVBD, ud.XVBG, ud.XVBN, ud.XVBZ, ud.XNNS:
		return true
	}
	return false
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return len(s) > 1
}

// often gives the lemmas met more than once, in order.
func often(n map[tag.Lemma]int) []tag.Lemma {
	var out []tag.Lemma
	for l, c := range n {
		if c > 1 {
			out = append(out, l)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Form != b.Form {
			return a.Form < b.Form
		}
		if a.XPOS != b.XPOS {
			return a.XPOS < b.XPOS
		}
		return n[a] < n[b] || n[a] == n[b] && a.Lemma < b.Lemma
	})
	return out
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
