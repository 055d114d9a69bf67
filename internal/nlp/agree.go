package nlp

import (
	"casus"
	"casus/ud"
)

// The features of some words are written in the tree, not in the word: "left"
// is third person plural in "the troops left" and first singular in "I left";
// "talking" is a gerund in "they stopped talking" and a participle in "they
// are talking". agree sets them once the tree is linked, as the English Web
// Treebank has them.
//
// The accurate tier learned them from whole sentences: those it has read are
// left alone. read tells which, by sentence; nil for none.
func agree(doc *casus.Document, read []bool) {
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		if len(read) > 0 && read[tok.Sent] {
			continue
		}
		switch tok.XPOS {
		case ud.XVBD, ud.XVBP:
			finite(doc, casus.TokenID(i), tok)
		case ud.XVB:
			if isImperative(doc, casus.TokenID(i)) {
				tok.Feats = "Mood=Imp|VerbForm=Fin"
			} else {
				tok.Feats = "VerbForm=Inf"
			}
		case ud.XVBG:
			if tok.UPOS == ud.VERB {
				tok.Feats = ingForm(doc, casus.TokenID(i))
			}
		case ud.XVBN:
			if tok.UPOS == ud.VERB {
				tok.Feats = participle(doc, casus.TokenID(i))
			}
		case ud.XPRP:
			caseOf(tok)
		}
	}
}

// person and number of a subject: the index into finiteFeats.
type person uint8

const (
	sing1 person = iota
	sing2
	sing3
	plur1
	plur3
)

var finiteFeats = [2][5]ud.Feats{
	{"Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin", "Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin",
		"Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin",
		"Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"},
	{"Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin", "Mood=Ind|Number=Sing|Person=2|Tense=Past|VerbForm=Fin",
		"Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin",
		"Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
}

// finite gives a verb the person and number of its subject.
func finite(doc *casus.Document, id casus.TokenID, tok *casus.Token) {
	past := tok.XPOS == ud.XVBD
	p := plur3
	if past {
		p = sing3
	}
	head := clauseHead(doc, id)
	switch subj := subject(doc, head); {
	case subj != casus.None:
		p = personOf(doc, subj, head, past)
	case !past && doc.Tokens[head].Deprel == ud.Root:
		p = sing1 // "Hope to see you": the writer
	}
	tense := 0
	if past {
		tense = 1
	}
	tok.Feats = finiteFeats[tense][p]
}

// clauseHead gives the word that the subject of an auxiliary or copula hangs
// on; a full verb is its own.
func clauseHead(doc *casus.Document, id casus.TokenID) casus.TokenID {
	tok := &doc.Tokens[id]
	if r := tok.Deprel.Universal(); (r == ud.Aux || r == ud.Cop) && tok.Head != casus.None {
		return tok.Head
	}
	return id
}

// subject gives the subject of a clause; the second of two verbs shares the
// first one's ("they came and saw").
func subject(doc *casus.Document, head casus.TokenID) casus.TokenID {
	s := doc.Kid(head, ud.Nsubj)
	if s == casus.None && doc.Tokens[head].Deprel == ud.Conj {
		s = doc.Kid(doc.Tokens[head].Head, ud.Nsubj)
	}
	return s
}

func personOf(doc *casus.Document, subj, head casus.TokenID, past bool) person {
	tok := &doc.Tokens[subj]
	if tok.XPOS == ud.XPRP {
		switch tok.Lemma {
		case "I":
			return sing1
		case "you":
			return sing2
		case "we":
			return plur1
		case "they":
			return plur3
		}
		return sing3
	}
	if !past {
		return plur3 // a present without -s
	}
	if tok.Feats.Has("PronType", "Rel") && doc.Tokens[head].Head != casus.None {
		tok = &doc.Tokens[doc.Tokens[head].Head] // "the troops who left"
	}
	if tok.Feats.Has("Number", "Plur") {
		return plur3
	}
	return sing3
}

// isImperative reports an infinitive form that rules its clause without
// subject, auxiliary and "to": "Send troops", "do not go", "be careful".
func isImperative(doc *casus.Document, id casus.TokenID) bool {
	head := clauseHead(doc, id)
	tok := &doc.Tokens[head]
	if head != id && doc.Tokens[id].Deprel == ud.Aux && doc.Tokens[id].Lemma != "do" {
		return false
	}
	switch tok.Deprel {
	case ud.Root, ud.Parataxis:
	case ud.Conj:
		return tok.Head != casus.None && doc.Tokens[tok.Head].Feats == "Mood=Imp|VerbForm=Fin" && !ruled(doc, head, id)
	default:
		return false
	}
	return !ruled(doc, head, id)
}

// ruled reports a subject, another auxiliary, or a mark at the clause.
func ruled(doc *casus.Document, head, but casus.TokenID) bool {
	for k := range doc.Kids(head) {
		switch doc.Tokens[k].Deprel.Universal() {
		case ud.Nsubj, ud.Expl, ud.Mark:
			return true
		case ud.Aux:
			if k != but && doc.Tokens[k].XPOS != ud.XVB {
				return true
			}
		}
	}
	return false
}

func ingForm(doc *casus.Document, id casus.TokenID) ud.Feats {
	switch doc.Tokens[id].Deprel.Universal() {
	case ud.Acl, ud.Xcomp, ud.Csubj, ud.Amod, ud.Ccomp, ud.Obj, ud.Nsubj, ud.Compound:
		if !doc.HasKid(id, ud.Aux) {
			return "VerbForm=Ger"
		}
	}
	return "Tense=Pres|VerbForm=Part"
}

// participle tells "has left" from "was left" and "the bags left behind".
func participle(doc *casus.Document, id casus.TokenID) ud.Feats {
	active, passive := false, false
	for k := range doc.Kids(id) {
		switch doc.Tokens[k].Deprel {
		case ud.AuxPass, ud.NsubjPass:
			passive = true
		case ud.Aux:
			active = true
		}
	}
	if active && !passive {
		return "Tense=Past|VerbForm=Part"
	}
	return "Tense=Past|VerbForm=Part|Voice=Pass"
}

// caseOf tells the two cases of "you" and "it" by their place in the clause.
func caseOf(tok *casus.Token) {
	if tok.Lemma != "you" && tok.Lemma != "it" {
		return
	}
	object := false
	switch tok.Deprel.Universal() {
	case ud.Obj, ud.Iobj, ud.Obl, ud.Nmod:
		object = true
	}
	switch {
	case tok.Lemma == "you" && object:
		tok.Feats = "Case=Acc|Person=2|PronType=Prs"
	case tok.Lemma == "you":
		tok.Feats = "Case=Nom|Person=2|PronType=Prs"
	case object:
		tok.Feats = "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs"
	default:
		tok.Feats = "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs"
	}
}
