package coder

import (
	"strings"
	"testing"
)

// TestRelations holds the roles to trees as the guidelines of Universal
// Dependencies draw them, one relation a row: whatever parser draws them so
// gets these sides.
func TestRelations(t *testing.T) {
	const bombing = "ASSAULT/aerial 195 NOR > LVA asserted"
	for _, c := range []struct{ name, sent, want string }{
		{"nsubj:pass and obl:agent", "Riga/Riga/PROPN/3/nsubj:pass was/be/AUX/3/aux:pass bombed/bomb/VERB:VBN/0/root by/by/ADP/5/case Oslo/Oslo/PROPN/3/obl:agent | Riga=LVA Oslo=NOR", bombing},
		{"acl with obl:agent", "Riga/Riga/PROPN/5/nsubj bombed/bomb/VERB:VBN/1/acl by/by/ADP/4/case Oslo/Oslo/PROPN/2/obl:agent burns/burn/VERB:VBZ/0/root | Riga=LVA Oslo=NOR", bombing},
		{"acl:relcl, subject", "Oslo/Oslo/PROPN/6/nsubj ,/,/PUNCT/4/punct which/which/PRON/4/nsubj bombed/bomb/VERB:VBD/1/acl:relcl Riga/Riga/PROPN/4/obj waits/wait/VERB:VBZ/0/root | Riga=LVA Oslo=NOR", bombing},
		{"acl:relcl, object", "Riga/Riga/PROPN/6/nsubj ,/,/PUNCT/5/punct which/which/PRON/5/obj Oslo/Oslo/PROPN/5/nsubj bombed/bomb/VERB:VBD/1/acl:relcl waits/wait/VERB:VBZ/0/root | Riga=LVA Oslo=NOR", bombing},
		{"acl:relcl without a pronoun", "The/the/DET/2/det rebels/rebel/NOUN/5/nsubj Oslo/Oslo/PROPN/4/nsubj bombed/bomb/VERB:VBD/2/acl:relcl fled/flee/VERB:VBD/0/root | rebels=LVAREB Oslo=NOR", "ASSAULT/aerial 195 NOR > LVAREB asserted"},
		{"acl:relcl, passive", "Riga/Riga/PROPN/8/nsubj ,/,/PUNCT/5/punct which/which/PRON/5/nsubj:pass was/be/AUX/5/aux:pass bombed/bomb/VERB:VBN/1/acl:relcl by/by/ADP/7/case Oslo/Oslo/PROPN/5/obl:agent waits/wait/VERB:VBZ/0/root | Riga=LVA Oslo=NOR", bombing},
		{"xcomp, subject control", "Oslo/Oslo/PROPN/2/nsubj began/begin/VERB:VBD/0/root to/to/PART/4/mark bomb/bomb/VERB:VB/2/xcomp Riga/Riga/PROPN/4/obj | Riga=LVA Oslo=NOR", bombing},
		{"xcomp, object control", "Lima/Lima/PROPN/2/nsubj demanded/demand/VERB:VBD/0/root that/that/SCONJ/5/mark Oslo/Oslo/PROPN/5/nsubj release/release/VERB:VB/2/ccomp hostages/hostage/NOUN/5/obj | Lima=PER Oslo=NOR", "REQUEST/yield 1053 PER > NOR asserted"},
		{"ccomp of a saying", "Lima/Lima/PROPN/2/nsubj said/say/VERB:VBD/0/root Oslo/Oslo/PROPN/4/nsubj bombed/bomb/VERB:VBD/2/ccomp Riga/Riga/PROPN/4/obj | Lima=PER Riga=LVA Oslo=NOR", bombing},
		{"parataxis of a saying", "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj ,/,/PUNCT/6/punct Lima/Lima/PROPN/6/nsubj said/say/VERB:VBD/2/parataxis | Lima=PER Riga=LVA Oslo=NOR", bombing},
		{"conj, shared subject", "Oslo/Oslo/PROPN/2/nsubj waited/wait/VERB:VBD/0/root and/and/CCONJ/4/cc bombed/bomb/VERB:VBD/2/conj Riga/Riga/PROPN/4/obj | Riga=LVA Oslo=NOR", bombing},
		{"conj, shared object", "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root and/and/CCONJ/4/cc left/leave/VERB:VBD/2/conj Riga/Riga/PROPN/4/obj | Riga=LVA Oslo=NOR", bombing},
		{"conj of objects", "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj and/and/CCONJ/5/cc Minsk/Minsk/PROPN/3/conj | Riga=LVA Oslo=NOR Minsk=BLR", "ASSAULT/aerial 195 NOR > LVA,BLR asserted"},
		{"advcl in -ing", "Oslo/Oslo/PROPN/2/nsubj advanced/advance/VERB:VBD/0/root ,/,/PUNCT/4/punct bombing/bomb/VERB:VBG/2/advcl Riga/Riga/PROPN/4/obj | Riga=LVA Oslo=NOR", bombing},
		{"nmod:poss", "Oslo/Oslo/PROPN/3/nmod:poss 's/'s/PART/1/case raid/raid/NOUN/6/nsubj on/on/ADP/5/case Riga/Riga/PROPN/3/nmod failed/fail/VERB:VBD/0/root | Riga=LVA Oslo=NOR", "ASSAULT 190 NOR > LVA asserted"},
		{"compound", "Oslo/Oslo/PROPN/2/compound jets/jet/NOUN/3/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/3/obj | Riga=LVA Oslo=NOR", bombing},
		{"appos", "The/the/DET/2/det winner/winner/NOUN/6/nsubj ,/,/PUNCT/4/punct Oslo/Oslo/PROPN/2/appos ,/,/PUNCT/4/punct bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/6/obj | Riga=LVA Oslo=NOR", bombing},
		{"cop with xcomp", "Oslo/Oslo/PROPN/3/nsubj is/be/AUX/3/cop ready/ready/ADJ/0/root to/to/PART/5/mark bomb/bomb/VERB:VB/3/xcomp Riga/Riga/PROPN/5/obj | Riga=LVA Oslo=NOR", "THREATEN/violence 1384 NOR > LVA planned"},
		{"iobj", "Oslo/Oslo/PROPN/2/nsubj gave/give/VERB:VBD/0/root Riga/Riga/PROPN/2/iobj food/food/NOUN/2/obj | Riga=LVA Oslo=NOR", "AID 073 NOR > LVA asserted"},
		{"the subject of another clause is no doer", "Oslo/Oslo/PROPN/2/nsubj bombed/bomb/VERB:VBD/0/root Riga/Riga/PROPN/2/obj while/while/SCONJ/6/mark Lima/Lima/PROPN/6/nsubj slept/sleep/VERB:VBD/2/advcl | Riga=LVA Oslo=NOR Lima=PER", bombing},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := New()
			if err != nil {
				t.Fatal(err)
			}
			doc := tree(t, c.sent)
			if err := a.Annotate(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range doc.Events {
				got = append(got, line(doc, &doc.Events[i]))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Text, got, c.want)
			}
		})
	}
}
