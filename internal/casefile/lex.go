package casefile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// atom is one word or one quoted phrase; nth chooses among several
// occurrences of the phrase in the text, 0 means any.
type atom struct {
	text   string
	quoted bool
	nth    int
}

// term is a word of a line: an optional key, then alternatives divided by "|";
// groups of alternatives divided by "," must all hold.
type term struct {
	key    string
	groups [][]atom
}

// word gives the text of a term that is one bare word without key.
func (t term) word() string {
	if t.key != "" || len(t.groups) != 1 || len(t.groups[0]) != 1 || t.groups[0][0].quoted {
		return ""
	}
	return t.groups[0][0].text
}

// quoted reports a term of phrases without key.
func (t term) quoted() bool {
	if t.key != "" {
		return false
	}
	for _, g := range t.groups {
		for _, a := range g {
			if !a.quoted {
				return false
			}
		}
	}
	return true
}

// one gives the alternatives of a term that may hold only one group.
func (t term) one() ([]atom, error) {
	if len(t.groups) != 1 {
		return nil, fmt.Errorf("%q takes one value or alternatives divided by |", t.key)
	}
	return t.groups[0], nil
}

// lex cuts a line into terms.
func lex(s string) ([]term, error) {
	var out []term
	for {
		s = strings.TrimLeft(s, " \t\r")
		if s == "" {
			return out, nil
		}
		t, rest, err := lexTerm(s)
		if err != nil {
			return nil, err
		}
		out, s = append(out, t), rest
	}
}

func lexTerm(s string) (t term, rest string, err error) {
	if i := strings.IndexAny(s, "= \t\""); i > 0 && s[i] == '=' {
		t.key, s = s[:i], s[i+1:]
	}
	group := []atom{}
	for {
		a, rest, err := lexAtom(s)
		if err != nil {
			return t, "", err
		}
		group = append(group, a)
		switch {
		case strings.HasPrefix(rest, "|"):
			s = rest[1:]
		case strings.HasPrefix(rest, ","):
			t.groups, group, s = append(t.groups, group), []atom{}, rest[1:]
		case rest == "" || strings.ContainsRune(" \t\r", rune(rest[0])):
			t.groups = append(t.groups, group)
			return t, rest, nil
		default:
			r, _ := utf8.DecodeRuneInString(rest)
			return t, "", fmt.Errorf("unexpected %q after %q", r, a.text)
		}
	}
}

func lexAtom(s string) (a atom, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, " \t\r|,\"")
		if i < 0 {
			i = len(s)
		}
		if i == 0 {
			return a, "", fmt.Errorf("a value is missing before %q", s)
		}
		return atom{text: s[:i]}, s[i:], nil
	}
	i := strings.IndexByte(s[1:], '"')
	if i < 0 {
		return a, "", fmt.Errorf("no closing quotation mark: %s", s)
	}
	if i == 0 {
		return a, "", fmt.Errorf("an empty phrase")
	}
	a, s = atom{text: s[1 : i+1], quoted: true}, s[i+2:]
	if !strings.HasPrefix(s, "#") {
		return a, s, nil
	}
	end := strings.IndexAny(s, " \t\r|,")
	if end < 0 {
		end = len(s)
	}
	a.nth, err = strconv.Atoi(s[1:end])
	if err != nil || a.nth < 1 {
		return a, "", fmt.Errorf("%q after %q is not the number of an occurrence", s[:end], a.text)
	}
	return a, s[end:], nil
}
