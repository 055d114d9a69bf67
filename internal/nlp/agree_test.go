package nlp

import (
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		name, tree string // form lemma UPOS XPOS feats head relation
		word       int
		want       ud.Feats
	}{
		{"plural subject", "troops troop NOUN NNS Number=Plur 2 nsubj\nleft leave VERB VBD _ 0 root", 2,
			"Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
		{"first person", "I I PRON PRP _ 2 nsubj\nleft leave VERB VBD _ 0 root", 2,
			"Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin"},
		{"auxiliary", "You you PRON PRP _ 3 nsubj\nhave have AUX VBP _ 3 aux\nleft leave VERB VBN _ 0 root", 2,
			"Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin"},
		{"active participle", "You you PRON PRP _ 3 nsubj\nhave have AUX VBP _ 3 aux\nleft leave VERB VBN _ 0 root", 3,
			"Tense=Past|VerbForm=Part"},
		{"passive participle", "It it PRON PRP _ 3 nsubj:pass\nwas be AUX VBD _ 3 aux:pass\nleft leave VERB VBN _ 0 root", 3,
			"Tense=Past|VerbForm=Part|Voice=Pass"},
		{"second verb", "We we PRON PRP _ 2 nsubj\ncame come VERB VBD _ 0 root\nand and CCONJ CC _ 4 cc\nsaw see VERB VBD _ 2 conj", 4,
			"Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin"},
		{"imperative", "Send send VERB VB _ 0 root\ntroops troop NOUN NNS _ 1 obj", 1, "Mood=Imp|VerbForm=Fin"},
		{"infinitive", "He he PRON PRP _ 3 nsubj\nwill will AUX MD _ 3 aux\nsend send VERB VB _ 0 root", 3, "VerbForm=Inf"},
		{"gerund", "They they PRON PRP _ 2 nsubj\nstopped stop VERB VBD _ 0 root\ntalking talk VERB VBG _ 2 xcomp", 3, "VerbForm=Ger"},
		{"progressive", "They they PRON PRP _ 3 nsubj\nare be AUX VBP _ 3 aux\ntalking talk VERB VBG _ 0 root", 3, "Tense=Pres|VerbForm=Part"},
		{"object", "Send send VERB VB _ 0 root\nit it PRON PRP _ 1 obj", 2, "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs"},
	} {
		doc := tree(t, c.tree)
		agree(doc, nil)
		if got := doc.Tokens[c.word-1].Feats; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// tree reads one sentence in the columns that TestAgree uses.
func tree(t *testing.T, rows string) *casus.Document {
	t.Helper()
	var b strings.Builder
	n := 0
	for line := range strings.Lines(rows) {
		n++
		f := strings.Fields(line)
		b.WriteString(strings.Join([]string{string(rune('0' + n)), f[0], f[1], f[2], f[3], f[4], f[5], f[6], "_", "_\n"}, "\t"))
	}
	s, err := ud.NewReader(strings.NewReader(b.String())).Read()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := casus.FromTrees([]ud.Sentence{s})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
