package casus_test

import (
	"bytes"
	"strings"
	"testing"

	"casus"
	"casus/ud"
)

const trees = `# newdoc id = own
# newpar
# sent_id = own-1
# text = Peru can't pay, Ana Gil said.
1	Peru	Peru	PROPN	NNP	Number=Sing	4	nsubj	_	NER=B-LOC
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	pay	pay	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	,	,	PUNCT	,	_	8	punct	_	_
6	Ana	Ana	PROPN	NNP	Number=Sing	8	nsubj	_	NER=B-PER
7	Gil	Gil	PROPN	NNP	Number=Sing	6	flat	_	NER=I-PER
8	said	say	VERB	VBD	_	4	parataxis	_	SpaceAfter=No
9	.	.	PUNCT	.	_	4	punct	_	SpacesAfter=\n\n

# newpar
# sent_id = own-2
# text = It ain't so
1	It	it	PRON	PRP	_	4	nsubj	_	_
2-3	ain't	_	_	_	_	_	_	_	_
2	is	be	AUX	VBZ	_	4	cop	_	_
3	not	not	PART	RB	_	4	advmod	_	_
4	so	so	ADV	RB	_	0	root	_	_

`

func readTrees(t *testing.T, text string) []ud.Sentence {
	t.Helper()
	var out []ud.Sentence
	for s, err := range ud.NewReader(strings.NewReader(text)).All() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestFromTrees(t *testing.T) {
	doc, err := casus.FromTrees(readTrees(t, trees))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Peru can't pay, Ana Gil said.\n\nIt ain't so"; doc.Text != want {
		t.Fatalf("text %q, want %q", doc.Text, want)
	}
	var forms []string
	for i := range doc.Tokens {
		forms = append(forms, doc.Form(casus.TokenID(i)))
	}
	if got, want := strings.Join(forms, "|"), "Peru|ca|n't|pay|,|Ana|Gil|said|.|It|ai|n't|so"; got != want {
		t.Errorf("forms %s, want %s", got, want)
	}
	if doc.Tokens[1].Words != 2 || doc.Tokens[2].Words != 0 || doc.Sentences[0].Root != 3 || doc.Tokens[7].Head != 3 {
		t.Errorf("tree read wrongly: %+v %+v", doc.Tokens, doc.Sentences)
	}
	if doc.Sentences[0].Paragraph != 0 || doc.Sentences[1].Paragraph != 1 || doc.Sentences[1].Root != 12 {
		t.Errorf("sentences %+v", doc.Sentences)
	}
	if len(doc.Names) != 2 || doc.String(doc.Names[1].Span) != "Ana Gil" || doc.Names[1].Label != casus.PER {
		t.Errorf("names %+v", doc.Names)
	}
	if got := doc.Kid(3, ud.Nsubj); got != 0 {
		t.Errorf("the tree is not linked: subject %d", got)
	}
}

func TestToTreesGivesTheTreesBack(t *testing.T) {
	doc, err := casus.FromTrees(readTrees(t, trees))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := ud.NewWriter(&b)
	for _, s := range casus.ToTrees(doc) {
		if err := w.Write(&s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	// Words that do not spell their surface come back as the text has them.
	want := strings.NewReplacer("2\tis\t", "2\tai\t", "3\tnot\t", "3\tn't\t").Replace(trees)
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFromTreesRefuses(t *testing.T) {
	w := ud.Word{Form: "a", Head: 0}
	for name, s := range map[string]ud.Sentence{
		"no words":     {},
		"head outside": {Words: []ud.Word{{Form: "a", Head: 2}}},
		"range":        {Words: []ud.Word{w}, Ranges: []ud.Range{{First: 1, Last: 2, Form: "ab"}}},
	} {
		if _, err := casus.FromTrees([]ud.Sentence{s}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
