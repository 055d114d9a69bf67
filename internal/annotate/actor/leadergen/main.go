// Leadergen makes data/leaders.tsv of the package actor from the draft list of
// heads of state and government that was read off the version history of The
// World Factbook (public domain). It takes the draft on standard input and
// writes the table to standard output. Lines whose name or title cannot be
// read with certainty are left out, and counted on standard error.
//
//	zcat leaders.tsv.gz | go run ./internal/annotate/actor/leadergen > internal/annotate/actor/data/leaders.tsv
package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
)

//go:embed gec.tsv
var gec string

const header = `# Heads of state and government and their deputies, by the days of their office.
# Columns: actor code in office, gender (empty: not known), office, start, end (the last day or the one after; empty: still), origin, names with ";".
# Origin: The World Factbook (public domain) by the version history of factbook/factbook.json, 2014 to 2026; "factbook<": the end is
# no later than; "factbook~": the end is the last version that lists the person. Made by leadergen. Date: 2026-11.
`

// offices are the titles that are kept, longest first where one begins
// another.
var offices = []string{"president", "prime minister", "vice president", "first vice president", "executive vice president",
	"deputy prime minister", "first deputy prime minister", "interim president", "acting president", "interim prime minister",
	"acting prime minister", "transition president", "chancellor", "premier", "chief executive", "chief minister", "king", "sultan",
	"amir", "governor", "governor general", "taoiseach", "supreme leader", "minister of state", "deputy president",
	"transitional president", "executive president", "chairman of the presidency"}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "leadergen:", err)
		os.Exit(1)
	}
}

func run(r io.Reader, w io.Writer) error {
	iso := map[string]string{}
	for l := range strings.Lines(gec) {
		if a, b, ok := strings.Cut(strings.TrimSpace(l), "\t"); ok && l[0] != '#' {
			iso[a] = b
		}
	}
	var rows []string
	dropped := 0
	for sc := bufio.NewScanner(r); sc.Scan(); {
		f := strings.Split(sc.Text(), "\t")
		if len(f) != 8 || f[0] == "gec" {
			continue
		}
		if row, ok := line(iso[f[0]], f); ok {
			rows = append(rows, row)
		} else {
			dropped++
		}
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	fmt.Fprintf(os.Stderr, "leadergen: %d kept, %d dropped\n", len(rows), dropped)
	_, err := io.WriteString(w, header+strings.Join(rows, "\n")+"\n")
	return err
}

func line(country string, f []string) (string, bool) {
	title := strings.ToLower(strings.TrimSpace(f[3]))
	if country == "" || !slices.Contains(offices, title) {
		return "", false
	}
	names := variants(f[2])
	if len(names) == 0 {
		return "", false
	}
	end, origin := f[5], "factbook"
	if e, ok := strings.CutPrefix(end, "<"); ok {
		end, origin = e, "factbook<"
	} else if e, ok := strings.CutPrefix(end, "~"); ok {
		end, origin = e, "factbook~"
	}
	return strings.Join([]string{country + "GOV", "", title, f[4], end, origin, strings.Join(names, ";")}, "\t"), true
}

// variants gives the forms of a name with the family name in capitals: the
// whole, without what follows the family name ("MADURO Moros"), and without
// middle names.
func variants(name string) []string {
	if strings.ContainsAny(name, ",()[]\"“”/;") || strings.Contains(name, " and ") {
		return nil
	}
	words := strings.Fields(name)
	first, last := -1, -1
	for i, w := range words {
		if family(w) {
			if first < 0 {
				first = i
			}
			last = i
		}
		if w != strings.ToUpper(w) || !roman(w) {
			words[i] = title(w)
		}
	}
	if first < 0 || len(words) < 2 || len(words) > 6 || roman(words[len(words)-1]) || unicode.IsLower(rune(words[0][0])) || junk(words[0]) {
		return nil
	}
	out := []string{strings.Join(words, " ")}
	if first > 0 && last < len(words)-1 {
		out = append(out, strings.Join(words[:last+1], " "))
	}
	if first > 1 && !particle(words[first-1]) {
		out = append(out, words[0]+" "+strings.Join(words[first:last+1], " "))
	}
	return slices.Compact(out)
}

// family reports a word in capitals of two letters or more: "O'NEILL",
// "McCAIN" and "PENA" but not "M.".
func family(w string) bool {
	upper := 0
	for _, r := range strings.TrimPrefix(strings.TrimPrefix(w, "Mc"), "Mac") {
		if unicode.IsLower(r) || r == '.' {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1
}

func roman(w string) bool { return strings.Trim(w, "IVX") == "" }

func particle(w string) bool { return unicode.IsLower([]rune(w)[0]) || w == "Al" || w == "El" }

// junk reports a word left over from a title.
func junk(w string) bool {
	switch w {
	case "Republic", "Ministers", "Minister", "State", "Council", "Sir", "Dame", "Dr.", "Gen.", "Lt.", "Col.", "Maj.", "Adm.", "CEO", "Ceo",
		"President", "Islamic", "Co-Vice", "Archbishop", "Sheikh", "Government", "General", "Brig.", "Vice", "Prince", "Crown", "Ret.":
		return true
	}
	return false
}

// title gives a word its ordinary case: "WEVER-CROES" is Wever-Croes.
func title(w string) string {
	if !family(w) {
		return w
	}
	out, up := []rune{}, true
	for _, r := range w {
		if up {
			out = append(out, unicode.ToUpper(r))
		} else {
			out = append(out, unicode.ToLower(r))
		}
		up = r == '-' || r == '\''
	}
	return string(out)
}
