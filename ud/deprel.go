package ud

import "fmt"

// Deprel is a dependency relation with its English subtype, if any. The zero
// value means "not set". Use Universal to drop the subtype.
type Deprel uint8

// The universal relations, then the subtypes that the English treebanks use.
const (
	DeprelNone Deprel = iota
	Acl
	Advcl
	Advmod
	Amod
	Appos
	Aux
	Case
	Cc
	Ccomp
	Clf
	Compound
	Conj
	Cop
	Csubj
	Dep
	Det
	Discourse
	Dislocated
	Expl
	Fixed
	Flat
	Goeswith
	Iobj
	List
	Mark
	Nmod
	Nsubj
	Nummod
	Obj
	Obl
	Orphan
	Parataxis
	Punct
	Reparandum
	Root
	Vocative
	Xcomp

	AclRelcl
	AdvclRelcl
	AuxPass
	CcPreconj
	CompoundPrt
	CsubjOuter
	CsubjPass
	DetPredet
	NmodDesc
	NmodPoss
	NmodUnmarked
	NsubjOuter
	NsubjPass
	OblAgent
	OblUnmarked
	NumDeprel // number of values, for tables
)

var deprelNames = [NumDeprel]string{"_", "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf",
	"compound", "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith",
	"iobj", "list", "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum",
	"root", "vocative", "xcomp",
	"acl:relcl", "advcl:relcl", "aux:pass", "cc:preconj", "compound:prt", "csubj:outer", "csubj:pass", "det:predet",
	"nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj:outer", "nsubj:pass", "obl:agent", "obl:unmarked"}

var deprelUniversal = [NumDeprel]Deprel{AclRelcl: Acl, AdvclRelcl: Advcl, AuxPass: Aux, CcPreconj: Cc,
	CompoundPrt: Compound, CsubjOuter: Csubj, CsubjPass: Csubj, DetPredet: Det, NmodDesc: Nmod, NmodPoss: Nmod,
	NmodUnmarked: Nmod, NsubjOuter: Nsubj, NsubjPass: Nsubj, OblAgent: Obl, OblUnmarked: Obl}

var deprelByName = func() map[string]Deprel {
	m := make(map[string]Deprel, len(deprelNames))
	for i, n := range deprelNames {
		m[n] = Deprel(i)
	}
	return m
}()

// String gives the relation as CoNLL-U writes it.
func (d Deprel) String() string {
	if d < NumDeprel {
		return deprelNames[d]
	}
	return "_"
}

// Universal drops the subtype: nsubj:pass becomes nsubj.
func (d Deprel) Universal() Deprel {
	if d < NumDeprel && deprelUniversal[d] != DeprelNone {
		return deprelUniversal[d]
	}
	return d
}

// ParseDeprel reads a relation. An unknown subtype of a known relation (as
// "nmod:tmod") is an error; callers that read foreign treebanks may try
// ParseDeprel of the part before the colon.
func ParseDeprel(s string) (Deprel, error) {
	if d, ok := deprelByName[s]; ok {
		return d, nil
	}
	return DeprelNone, fmt.Errorf("ud: unknown relation %q", s)
}

// IsSubject reports nsubj and csubj with all their subtypes.
func (d Deprel) IsSubject() bool { u := d.Universal(); return u == Nsubj || u == Csubj }

// IsPassiveSubject reports nsubj:pass and csubj:pass.
func (d Deprel) IsPassiveSubject() bool { return d == NsubjPass || d == CsubjPass }
