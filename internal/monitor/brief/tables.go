package brief

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed data/verbs.tsv
	verbsTSV string
	//go:embed data/obligations.txt
	obligationsTXT string
	//go:embed data/vague.txt
	vagueTXT string
	//go:embed data/commitments.txt
	commitmentsTXT string
	//go:embed data/legal.txt
	legalTXT string
	//go:embed data/function.txt
	functionTXT string
	//go:embed data/ahead.txt
	aheadTXT string
	//go:embed data/negative.txt
	negativeTXT string
	//go:embed data/denial.txt
	denialTXT string
	//go:embed data/report.txt
	reportTXT string
	//go:embed data/refusable.txt
	refusableTXT string
	//go:embed data/uncounted.txt
	uncountedTXT string
	//go:embed data/correct.txt
	correctTXT string
	//go:embed data/corrigible.txt
	corrigibleTXT string
	//go:embed data/people.txt
	peopleTXT string
	//go:embed data/article.txt
	articleTXT string
)

// tables are the embedded word lists. They are read once and never change.
type tables struct {
	verb        map[string][2]string // "TYPE/mode": with a target, without
	obligation  map[string]bool      // noun lemmas
	vague       map[string]bool      // those of them that need a verb
	commitment  map[string]bool      // verb lemmas
	legal       map[string]bool      // lemmas joined by spaces
	function    map[string]bool      // words that are not compared
	ahead       map[string]bool      // words that look ahead: "will"
	negative    map[string]bool      // words that deny: "not"
	denial      map[string]bool      // verbs and nouns of denying
	report      map[string]bool      // nouns that name something said
	refusable   map[string]bool      // nouns of what is asked: it is refused, not denied
	uncounted   map[string]bool      // what is counted without being a force
	corrigible  map[string]bool      // what one corrects: "toll"
	denials     []string             // denial, in the order of the file
	people      map[string]bool      // what a toll counts, without saying who
	correct     map[string]bool      // verbs of correcting
	legalLength int                  // words of the longest legal term
	article     []string             // beginnings of names that take "the"
}

var loadTables = sync.OnceValue(func() *tables {
	t := &tables{verb: map[string][2]string{}, obligation: set(obligationsTXT), vague: set(vagueTXT), commitment: set(commitmentsTXT), legal: set(legalTXT),
		function: set(functionTXT), ahead: set(aheadTXT), negative: set(negativeTXT), denial: set(denialTXT), report: set(reportTXT),
		refusable: set(refusableTXT), uncounted: set(uncountedTXT), correct: set(correctTXT), corrigible: set(corrigibleTXT), people: set(peopleTXT)}
	for l := range rows(verbsTSV) {
		if f := strings.Split(l, "\t"); len(f) == 4 {
			t.verb[f[0]+"/"+f[1]] = [2]string{f[2], f[3]}
		}
	}
	for l := range rows(articleTXT) {
		t.article = append(t.article, l)
	}
	for l := range rows(denialTXT) {
		t.denials = append(t.denials, l)
	}
	for term := range t.legal {
		t.legalLength = max(t.legalLength, len(strings.Fields(term)))
	}
	return t
})

// rows yields the lines of a table without its header and empty lines.
func rows(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for l := range strings.Lines(s) {
			l = strings.TrimRight(l, "\r\n")
			if l != "" && !strings.HasPrefix(l, "#") && !yield(l) {
				return
			}
		}
	}
}

func set(s string) map[string]bool {
	out := map[string]bool{}
	for l := range rows(s) {
		out[strings.TrimSpace(l)] = true
	}
	return out
}
