package quantity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

var (
	//go:embed data/numbers.tsv
	numberData string
	//go:embed data/units.tsv
	unitData string
	//go:embed data/measures.tsv
	measureData string
	//go:embed data/verbs.tsv
	verbData string
	//go:embed data/military.tsv
	militaryData string
	//go:embed data/designations.tsv
	designationData string
)

// wordKind says how a number word builds a number.
type wordKind uint8

const (
	wNone    wordKind = iota
	wSmall            // one to nineteen
	wTens             // twenty
	wHundred          // hundred
	wScale            // thousand, million, bn
	wDozen            // dozen
	wPlural           // dozens, hundreds
	wCouple           // a couple of
	wHalf             // half a
	wArticle          // a submarine
	wNo               // no casualties
	wVague            // several
	wFew              // a few
)

var wordKinds = map[string]wordKind{"small": wSmall, "tens": wTens, "hundred": wHundred, "scale": wScale,
	"dozen": wDozen, "plural": wPlural, "couple": wCouple, "half": wHalf, "article": wArticle, "none": wNo, "vague": wVague, "few": wFew}

type numberWord struct {
	kind  wordKind
	value float64
}

// noun is what the table knows of something counted.
type noun struct {
	class  string
	person bool // a verb may decide the class
	one    bool // "a submarine" is one
	toll   bool // the noun tells what befell the counted: deaths
	group  bool // a body counted by its members: a crew of 19
}

// verb is what the table knows of a verb that befalls those counted.
type verb struct {
	class   string
	subject bool // its subject is counted, not its object: "20 fled"
}

// military says what a word tells of men beside it.
type military uint8

const (
	milNone military = iota
	milVerb          // 300 men were deployed
	milMove          // 300 men were sent, where an army is named too
	milArmy          // army, brigade, front
)

var militaryKinds = map[string]military{"verb": milVerb, "move": milMove, "army": milArmy}

type measure struct{ unit, class string }

// tables are the word tables; read-only after load.
type tables struct {
	numbers  map[string]numberWord
	nouns    map[string]noun
	measures map[string]measure
	verbs    map[string]verb
	military map[string]military
	befalls  map[string]bool // the classes of verbs that befall someone

	designations map[string]string // letters of an armament's code to its class
}

// rows calls f for each row of a table of n columns.
func rows(name, data string, n int, f func(c []string) error) error {
	for i, line := range strings.Split(data, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != n {
			return fmt.Errorf("%s line %d: %d columns, not %d", name, i+1, len(c), n)
		}
		if err := f(c); err != nil {
			return fmt.Errorf("%s line %d: %w", name, i+1, err)
		}
	}
	return nil
}

func load() (*tables, error) {
	t := &tables{map[string]numberWord{}, map[string]noun{}, map[string]measure{}, map[string]verb{}, map[string]military{}, map[string]bool{}, map[string]string{}}
	err := rows("numbers", numberData, 3, func(c []string) error {
		v, err := strconv.ParseFloat(c[2], 64)
		k, ok := wordKinds[c[1]]
		if err != nil || !ok {
			return fmt.Errorf("bad row %q", c)
		}
		t.numbers[c[0]] = numberWord{k, v}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("units", unitData, 3, func(c []string) error {
		has := func(flag string) bool { return strings.Contains(c[2], flag) }
		t.nouns[c[0]] = noun{c[1], has("p"), has("1"), has("c"), has("g")}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("measures", measureData, 3, func(c []string) error { t.measures[c[0]] = measure{c[1], c[2]}; return nil })
	if err != nil {
		return nil, err
	}
	err = rows("verbs", verbData, 3, func(c []string) error {
		t.verbs[c[0]] = verb{c[1], c[2] == "s"}
		t.befalls[c[1]] = c[1] != "protesters"
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("designations", designationData, 2, func(c []string) error { t.designations[c[0]] = c[1]; return nil })
	if err != nil {
		return nil, err
	}
	return t, rows("military", militaryData, 2, func(c []string) error {
		k, ok := militaryKinds[c[1]]
		if !ok {
			return fmt.Errorf("bad row %q", c)
		}
		t.military[c[0]] = k
		return nil
	})
}
