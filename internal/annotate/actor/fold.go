package actor

import (
	"unicode"
	"unicode/utf8"
)

// folded maps accented Latin letters to plain ones, so that "Guaidó" and
// "Guaido" are one word. Letters outside fold to their lower case.
var folded = func() map[rune]rune {
	m := map[rune]rune{'’': '\'', '‘': '\'', 'ʼ': '\'', '`': '\''}
	for plain, accented := range map[rune]string{'a': "àáâãäåāăąə", 'c': "çćč", 'd': "ďđð", 'e': "èéêëēėęě", 'g': "ğģ",
		'i': "ìíîïīįı", 'k': "ķ", 'l': "ĺľłļ", 'n': "ñńňņ", 'o': "òóôõöøōő", 'r': "řŕ", 's': "śšşș", 't': "ťţț",
		'u': "ùúûüūůűų", 'y': "ýÿ", 'z': "źžż"} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

// appendFold appends the word in lower case without accents.
func appendFold(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendFoldRunes(b, s[i:])
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

func appendFoldRunes(b []byte, s string) []byte {
	for _, r := range s {
		r = unicode.ToLower(r)
		if p, ok := folded[r]; ok {
			r = p
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// fold gives the word in lower case without accents.
func fold(s string) string { return string(appendFold(nil, s)) }

// upperFirst reports a word that begins with a capital letter or a digit, as
// "G7" and "10 Downing Street" do.
func upperFirst(s string) bool {
	if s == "" {
		return false
	}
	c := s[0]
	if c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// allUpper reports a word without lower-case letters.
func allUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return s != ""
}
