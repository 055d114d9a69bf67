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
)

var wordKinds = map[string]wordKind{"small": wSmall, "tens": wTens, "hundred": wHundred, "scale": wScale,
	"dozen": wDozen, "plural": wPlural, "couple": wCouple, "half": wHalf, "article": wArticle, "none": wNo}

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
}

type measure struct{ unit, class string }

// tables are the word tables; read-only after load.
type tables struct {
	numbers  map[string]numberWord
	nouns    map[string]noun
	measures map[string]measure
	verbs    map[string]string
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
	t := &tables{map[string]numberWord{}, map[string]noun{}, map[string]measure{}, map[string]string{}}
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
		t.nouns[c[0]] = noun{c[1], strings.Contains(c[2], "p"), strings.Contains(c[2], "1"), strings.Contains(c[2], "c")}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("measures", measureData, 3, func(c []string) error { t.measures[c[0]] = measure{c[1], c[2]}; return nil })
	if err != nil {
		return nil, err
	}
	return t, rows("verbs", verbData, 2, func(c []string) error { t.verbs[c[0]] = c[1]; return nil })
}
