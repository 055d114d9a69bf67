package extract

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed stopwords.tsv
var stopwordTable string

// stopwords maps a common word to the languages that use it, as a bit set over
// languages.
var languages, stopwords = readStopwords(stopwordTable)

func readStopwords(table string) ([]string, map[string]uint32) {
	var langs []string
	words := map[string]uint32{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		lang, list, _ := strings.Cut(line, "\t")
		bit := uint32(1) << len(langs)
		langs = append(langs, lang)
		for _, w := range strings.Fields(list) {
			words[w] |= bit
		}
	}
	return langs, words
}

// Language guesses the BCP 47 tag of a text from its letters and its commonest
// words; "und" when neither tells. Only the first 4,000 bytes count. A short
// text of names alone is taken for English, since that is what Casus reads.
func Language(text string) string {
	if len(text) > 4000 {
		text = strings.ToValidUTF8(text[:4000], "")
	}
	if l := script(text); l != "" {
		return l
	}
	counts := make([]int, len(languages))
	total, known := 0, 0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		total++
		bits := stopwords[w]
		if bits != 0 {
			known++
		}
		for i := range counts {
			if bits>>i&1 == 1 {
				counts[i]++
			}
		}
	}
	return decide(counts, total, known)
}

func decide(counts []int, total, known int) string {
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	if total == 0 || known*25 < total && total > 40 {
		return "und"
	}
	en := counts[0]
	if counts[best]*2 > en*3 && counts[best] >= 3 {
		return languages[best]
	}
	return "en"
}

// script gives the language of texts that are mostly not in Latin letters.
func script(text string) string {
	n := map[string]int{}
	letters := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				n[s.name]++
				break
			}
		}
		switch r {
		case 'і', 'ї', 'є', 'ґ':
			n["ukrainian"]++
		}
	}
	for _, s := range scripts {
		if n[s.name]*2 > letters {
			if s.name == "ru" && n["ukrainian"]*50 > n["ru"] {
				return "uk"
			}
			return s.name
		}
	}
	return ""
}

var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{{"ru", unicode.Cyrillic}, {"ar", unicode.Arabic}, {"zh", unicode.Han}, {"ja", unicode.Hiragana}, {"ja", unicode.Katakana},
	{"ko", unicode.Hangul}, {"he", unicode.Hebrew}, {"el", unicode.Greek}, {"hi", unicode.Devanagari},
	{"ka", unicode.Georgian}, {"hy", unicode.Armenian}, {"th", unicode.Thai}, {"fa", unicode.Arabic}}
