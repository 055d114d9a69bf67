package coder

import (
	"strings"
	"testing"
)

func TestEmbeddedTable(t *testing.T) {
	tab, err := embeddedTable()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range tab.frames {
		n += len(f.triggers)
	}
	t.Logf("%d lines, %d constructions, %d classes", len(tab.frames), n, len(tab.classes))
	if n < 600 {
		t.Errorf("%d constructions: fewer than 600", n)
	}
}

// TestExamples holds each line of the table to its own example: it must
// contain a form of one of the line's triggers.
func TestExamples(t *testing.T) {
	tab, err := embeddedTable()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, f := range tab.frames {
		if f.example == "" || !strings.HasSuffix(f.example, ".") {
			t.Errorf("line %d: no example sentence", f.line)
		}
		if !hasTrigger(f) {
			t.Errorf("line %d: no trigger of %v in %q", f.line, f.triggers, f.example)
		}
		if at := seen[f.example]; at != 0 {
			t.Logf("line %d: the example of line %d again", f.line, at)
		}
		seen[f.example] = f.line
	}
}

func hasTrigger(f *frame) bool {
	text := strings.ToLower(f.example)
	for _, trig := range f.triggers {
		lemma, _, _ := strings.Cut(trig, "_")
		for _, w := range strings.Fields(text) {
			if sameWord(lemma, strings.Trim(w, ".,'")) {
				return true
			}
		}
	}
	return false
}

// sameWord reports a form of a lemma well enough for a test: the same
// beginning, or one of the strong verbs of the table.
func sameWord(lemma, form string) bool {
	if strong[form] == lemma || form == lemma {
		return true
	}
	stem := lemma[:max(2, len(lemma)-1)]
	return strings.HasPrefix(form, stem) && len(form) <= len(lemma)+4
}

var strong = map[string]string{"sent": "send", "gave": "give", "held": "hold", "met": "meet", "spoke": "speak", "flew": "fly",
	"left": "leave", "took": "take", "fought": "fight", "broke": "break", "sought": "seek", "shot": "shoot", "drove": "drive",
	"blew": "blow", "threw": "throw", "led": "lead", "swore": "swear", "wrote": "write", "stood": "stand", "lent": "lend",
	"went": "go", "came": "come", "sold": "sell", "bought": "buy", "put": "put", "sat": "sit", "struck": "strike", "rode": "ride",
	"built": "build", "found": "find", "said": "say", "told": "tell", "laid": "lay", "made": "make", "withdrew": "withdraw",
	"beat": "beat", "stole": "steal", "forgave": "forgive", "set": "set", "cut": "cut", "died": "die", "began": "begin", "froze": "freeze", "drew": "draw"}
