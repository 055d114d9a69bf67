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
	legalLength int                  // words of the longest legal term
	article     []string             // beginnings of names that take "the"
}

var loadTables = sync.OnceValue(func() *tables {
	t := &tables{verb: map[string][2]string{}, obligation: set(obligationsTXT), vague: set(vagueTXT), commitment: set(commitmentsTXT), legal: set(legalTXT),
		function: set(functionTXT)}
	for l := range rows(verbsTSV) {
		if f := strings.Split(l, "\t"); len(f) == 4 {
			t.verb[f[0]+"/"+f[1]] = [2]string{f[2], f[3]}
		}
	}
	for l := range rows(articleTXT) {
		t.article = append(t.article, l)
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
