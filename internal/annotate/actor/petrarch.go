package actor

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casus"
	"casus/ontology"
)

// The PETRARCH formats are those of the dictionaries of PETRARCH and TABARI: an
// actor's name in capitals with "_" for spaces, its codes in brackets with the
// days they hold, on the same line or on indented ones, and its aliases on
// lines that begin with "+":
//
//	MARIA_LIMA_  ; minister, then retired
//		[PRYGOV 990815-030814]
//		[PRYELI >030814]
//	+MINISTER_LIMA_
//
// Agents are nouns with a sector: "GUNSMITH_ {GUNSMITHS_} [~BUS]", and sets of
// words, "!FOLK! = MAN, WOMAN", that names may hold. ";" and "#" begin a
// comment, "<!--" and "-->" enclose one.

// ReadPetrarchActors reads an actor dictionary. CAMEO's roles become PLOVER's
// (INS and SEP are REB, HLH is MED, IGOUNO is UNO), faiths and ethnic groups
// are left out, names get the capitals that news gives them. A name with
// offices over time, or a first name, is taken for a person's; a bare country
// for the state's; armed groups and parties for groups; the rest for bodies.
// Bad lines are returned as failures, the rest is read all the same.
func ReadPetrarchActors(r io.Reader, file string) ([]Record, []*casus.Failure) {
	p := petrarch{file: file}
	p.scan(r, p.actorLine)
	p.flush()
	return p.recs, p.bad
}

// ReadPetrarchAgents reads an agent dictionary.
func ReadPetrarchAgents(r io.Reader, file string) ([]Record, []*casus.Failure) {
	p := petrarch{file: file, sets: map[string][]string{}}
	p.scan(r, p.agentLine)
	return p.recs, p.bad
}

// petrarch is the reader of a dictionary.
type petrarch struct {
	file   string
	recs   []Record
	bad    []*casus.Failure
	line   int
	names  []string // of the actor in hand
	codes  []Record // its codes with their days
	begun  int      // the line it began on, 0 without
	spoilt bool     // one of its lines is bad
	sets   map[string][]string
}

func (p *petrarch) fail(line int, hint, format string, args ...any) {
	p.spoilt = true
	p.bad = append(p.bad, lineError(p.file, line, fmt.Errorf(format, args...), hint))
}

// scan gives each line without its comment to read.
func (p *petrarch) scan(r io.Reader, read func(s string)) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	inside := false
	for in.Scan() {
		p.line++
		s := strings.TrimRight(in.Text(), " \t\r")
		if inside || strings.HasPrefix(strings.TrimSpace(s), "<!--") {
			inside = !strings.Contains(s, "-->")
			continue
		}
		if i := strings.IndexAny(s, ";#"); i >= 0 {
			s = strings.TrimRight(s[:i], " \t")
		}
		if strings.TrimSpace(s) != "" {
			read(s)
		}
	}
	if err := in.Err(); err != nil {
		p.fail(p.line+1, "the rest is not read", "%w", err)
	}
}

var brackets = regexp.MustCompile(`\[[^\[\]]*\]`)

func (p *petrarch) actorLine(s string) {
	text := strings.TrimSpace(s)
	switch {
	case text[0] == '+':
		if p.begun == 0 {
			p.fail(p.line, "an actor's own line comes before its aliases", "alias %q without an actor", text)
			return
		}
		p.addName(text[1:])
		return
	case text[0] != '[':
		p.flush()
		p.begun = p.line
		name, _, _ := strings.Cut(text, "[")
		p.addName(name)
	case p.begun == 0:
		p.fail(p.line, "an actor's own line comes before its codes", "code %q without an actor", text)
		return
	}
	if strings.Count(text, "[") != strings.Count(text, "]") {
		p.fail(p.line, "each [ has its ]", "unbalanced brackets in %q", text)
		return
	}
	for _, b := range brackets.FindAllString(text, -1) {
		p.addCode(strings.Fields(b[1 : len(b)-1]))
	}
}

func (p *petrarch) addName(s string) {
	if n := newsName(s); n != "" && !slices.Contains(p.names, n) {
		p.names = append(p.names, n)
	}
}

func (p *petrarch) addCode(f []string) {
	if len(f) == 0 {
		p.fail(p.line, "write a code between [ and ]", "empty code")
		return
	}
	code, err := petrarchCode(f[0])
	if err != nil {
		p.fail(p.line, "codes are CAMEO's: a country or IGO, NGO..., then roles", "%w", err)
		return
	}
	from, to, err := petrarchDays(strings.Join(f[1:], ""))
	if err != nil {
		p.fail(p.line, "days are <YYMMDD, >YYMMDD or YYMMDD-YYMMDD", "%w", err)
		return
	}
	p.codes = append(p.codes, Record{Code: code, From: from, To: to})
}

// flush makes records of the actor in hand.
func (p *petrarch) flush() {
	if p.begun > 0 && len(p.codes) == 0 && !p.spoilt {
		p.fail(p.begun, "an actor has a code in brackets", "actor %q without a code", strings.Join(p.names, ", "))
	}
	if len(p.names) > 0 {
		kind := guessKind(p.names[0], p.codes)
		for _, c := range p.codes {
			c.Kind, c.Names = kind, p.names
			p.recs = append(p.recs, c)
		}
	}
	p.names, p.codes, p.begun, p.spoilt = nil, nil, 0, false
}

// guessKind says what an actor of a dictionary is, by its name and codes.
func guessKind(name string, codes []Record) RecordKind {
	has := func(sectors ...string) bool {
		return slices.ContainsFunc(codes, func(r Record) bool {
			return slices.ContainsFunc(r.Code.Sectors(), func(s string) bool { return slices.Contains(sectors, s) })
		})
	}
	words := strings.Fields(name)
	dated := len(codes) > 1 || len(codes) == 1 && !(codes[0].From.IsZero() && codes[0].To.IsZero())
	switch {
	case len(codes) == 1 && !dated && codes[0].Code.Country() != "" && len(codes[0].Code) == 3:
		return State
	case len(words) > 1 && isFirstName(words[0]), len(words) > 1 && has("ELI"):
		return Person
	case has("REB", "PTY", "PRM", "UAF", "CRM"):
		return Group
	case len(words) > 1 && dated && has("GOV", "LEG", "MIL", "OPP"):
		return Person
	}
	return Body
}

func isFirstName(w string) bool {
	found := false
	_ = eachRow("firstnames.tsv", 2, func(f []string) error {
		found = found || slices.Contains(strings.Split(f[1], ";"), w)
		return nil
	})
	return found
}

// newsName writes "MARIA_LIMA_" as news does. A word of up to three letters
// alone is an acronym and stays in capitals; small words of names are small.
func newsName(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '_' || unicode.IsSpace(r) })
	if len(words) == 1 && len(words[0]) <= 3 {
		return words[0]
	}
	for i, w := range words {
		switch w = strings.ToLower(w); w {
		case "of", "the", "and", "for", "de", "da", "do", "dos", "del", "la", "bin", "van", "von", "in", "on", "al":
			if i > 0 {
				words[i] = w
				continue
			}
		}
		words[i] = capitals(w)
	}
	return strings.Join(words, " ")
}

// capitals writes the first letter of each part of a word large.
func capitals(w string) string {
	up := true
	return strings.Map(func(r rune) rune {
		if up {
			r = unicode.ToUpper(r)
		}
		up = r == '-' || r == '.'
		return r
	}, w)
}

// cameoRoles are CAMEO's names of PLOVER's sectors; "" leaves a group out:
// faiths and shades that PLOVER does not write.
var cameoRoles = map[string]string{"HLH": "MED", "INS": "REB", "SEP": "REB", "RAD": "REB", "PPL": "CVL", "CIV": "CVL", "SET": "CVL",
	"HRI": "SOC", "ENV": "SOC", "DEV": "SOC", "MOD": "", "***": "", "---": "", "MOS": "", "CHR": "", "JEW": "", "CTH": "", "BUD": "",
	"HIN": "", "PRO": "", "SHI": "", "SUN": "", "DRZ": "", "ORT": "", "ATH": "", "SIK": ""}

// cameoCountries are countries that dictionaries write in another way.
var cameoCountries = map[string]string{"PAL": "PSE", "KSV": "XKX", "KOS": "XKX", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "GER": "DEU",
	"NGM": "NGO", "INT": "IGO", "---": "", "***": ""}

// petrarchCode brings a code of a dictionary to PLOVER's sectors.
func petrarchCode(s string) (ontology.Actor, error) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLower(r) {
			return -1 // ethnic groups are written small
		}
		return r
	}, s)
	if len(s) < 3 || len(s)%3 != 0 {
		return "", fmt.Errorf("code %q is not made of groups of three capitals", s)
	}
	head, rest := s[:3], s[3:]
	if c, ok := cameoCountries[head]; ok {
		head = c
	}
	for _, i := range []struct{ from, to string }{{"UNO", "UNO"}, {"EUR", "EUR"}} {
		if head == "IGO" && strings.HasPrefix(rest, i.from) {
			head, rest = i.to, ""
		}
	}
	code := head
	for ; len(rest) >= 3; rest = rest[3:] {
		role, ok := cameoRoles[rest[:3]]
		if !ok {
			role = rest[:3]
		}
		if role != "" && !strings.Contains(code, role) {
			code += role
		}
	}
	if code == "" {
		return "", errors.New("a code of nothing but open slots")
	}
	if err := ontology.Actor(code).Check(); err != nil {
		return "", err
	}
	if c := ontology.Actor(code); c.Country() == "" && !slices.Contains([]string{"UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC"}, string(c[:3])) {
		return ontology.Actor(ontology.OpenCountry + code), nil
	}
	return ontology.Actor(code), nil
}

// petrarchDays reads <YYMMDD, >YYMMDD and YYMMDD-YYMMDD, with years of two or
// four digits; two digits below 30 are of this century.
func petrarchDays(s string) (from, to casus.Date, err error) {
	switch {
	case s == "":
		return
	case s[0] == '<':
		to, err = petrarchDay(s[1:])
		return from, to, err
	case s[0] == '>':
		from, err = petrarchDay(s[1:])
		return from, to, err
	}
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return from, to, fmt.Errorf("days %q are not readable", s)
	}
	if from, err = petrarchDay(a); err != nil {
		return from, to, err
	}
	if to, err = petrarchDay(b); err == nil && to.Before(from) {
		err = fmt.Errorf("days %q end before they begin", s)
	}
	return from, to, err
}

func petrarchDay(s string) (casus.Date, error) {
	year := ""
	switch len(s) {
	case 6:
		if year = "19"; s[0] < '3' {
			year = "20"
		}
	case 8:
	default:
		return casus.Date{}, fmt.Errorf("day %q is neither YYMMDD nor YYYYMMDD", s)
	}
	s = year + s
	d, err := casus.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:])
	if err != nil {
		return d, fmt.Errorf("day %q does not exist", s)
	}
	return d, nil
}

var agentForm = regexp.MustCompile(`^([^\[\]{}]+?)\s*(?:\{([^{}]*)\})?\s*\[([^\[\]]*)\]$`)

func (p *petrarch) agentLine(s string) {
	s = strings.TrimSpace(s)
	if name, words, ok := strings.Cut(s, "="); ok && strings.HasPrefix(s, "!") {
		for w := range strings.SplitSeq(words, ",") {
			p.sets[strings.TrimSpace(name)] = append(p.sets[strings.TrimSpace(name)], strings.TrimSpace(w))
		}
		return
	}
	m := agentForm.FindStringSubmatch(s)
	if m == nil {
		p.fail(p.line, "write NOUN_ {PLURAL_} [~ROLE]", "agent %q is not readable", s)
		return
	}
	code, err := petrarchCode(ontology.OpenCountry + strings.Trim(strings.TrimSpace(m[3]), "~"))
	if err == nil && !strings.HasPrefix(string(code), ontology.OpenCountry) {
		err = fmt.Errorf("an agent has a role, but %s stands for a country", m[3])
	}
	if err != nil {
		p.fail(p.line, "roles are CAMEO's or PLOVER's, as [~GOV]", "%w", err)
		return
	}
	rec := Record{Kind: Noun, Code: code}
	for _, n := range []string{m[1], m[2]} {
		rec.Names = append(rec.Names, p.fill(n)...)
	}
	p.recs = append(p.recs, rec)
}

// fill gives the forms of a noun: a set of words stands for each of them.
func (p *petrarch) fill(s string) (out []string) {
	s = strings.TrimSpace(s)
	for _, name := range slices.Sorted(maps.Keys(p.sets)) {
		if !strings.Contains(s, name) {
			continue
		}
		for _, w := range p.sets[name] {
			out = append(out, p.fill(strings.Replace(s, name, w, 1))...)
		}
		return out
	}
	if n := strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), " ")); n != "" {
		out = append(out, n)
	}
	return out
}
