package nlp

import (
	_ "embed"
	"fmt"
	"sync"

	"casus"
	"casus/internal/nlp/model"
	"casus/internal/nlp/neural"
)

//go:embed model/en-accurate.casus
var enAccurate []byte

//go:embed model/en-small.casus
var enSmall []byte

// Tier is how sentences are read.
type Tier uint8

// The tiers. The zero value is Fast.
const (
	Fast     Tier = iota // linear models
	Accurate             // the transformer; sentences too long for it by the fast tier
	Auto                 // a cascade: the small tier first, then the accurate one where a Chooser says so
	Small                // the transformer's student, half as deep and half as wide inside
)

var tierNames = [...]string{"fast", "accurate", "auto", "small"}

// String gives the name as --tier takes it.
func (t Tier) String() string { return tierNames[min(int(t), len(tierNames)-1)] }

// ParseTier reads a name that String gives.
func ParseTier(s string) (Tier, error) {
	for i, n := range tierNames {
		if n == s {
			return Tier(i), nil
		}
	}
	return 0, fmt.Errorf("nlp: unknown tier %q: use accurate, auto, small or fast", s)
}

// Chooser adds to dst, in text order, the sentences of a document that are worth
// the accurate tier. It sees the words, tags and trees of the small tier. It must
// depend on the document alone and be safe for concurrent use.
type Chooser func(doc *casus.Document, dst []casus.SentenceID) []casus.SentenceID

// EnglishTier gives the embedded English engine of a tier. Auto needs a
// chooser; the others take none. The models are loaded at the first call that
// needs them and shared.
func EnglishTier(t Tier, choose Chooser) (*Engine, error) {
	fast, err := English()
	if err != nil || t == Fast {
		return fast, err
	}
	all := *fast
	if t != Accurate {
		if all.first, err = englishSmall(); err != nil {
			return nil, err
		}
	}
	switch t {
	case Accurate:
		all.first, err = englishAccurate()
	case Auto:
		if choose == nil {
			return nil, fmt.Errorf("nlp: tier %v needs a chooser", t)
		}
		all.choose = choose
		all.second, err = englishAccurate()
	}
	return &all, err
}

// EnglishAccurateModel opens the embedded model file without loading it.
func EnglishAccurateModel() (*model.File, error) { return model.Open(enAccurate) }

// EnglishSmallModel opens the embedded model file of the small tier without
// loading it.
func EnglishSmallModel() (*model.File, error) { return model.Open(enSmall) }

var englishSmall = sync.OnceValues(func() (*neural.Tier, error) {
	teacher, err := englishAccurate()
	if err != nil {
		return nil, err
	}
	f, err := EnglishSmallModel()
	if err != nil {
		return nil, err
	}
	return neural.LoadStudent(f, teacher)
})

var englishAccurate = sync.OnceValues(func() (*neural.Tier, error) {
	f, err := EnglishAccurateModel()
	if err != nil {
		return nil, err
	}
	return neural.Load(f)
})
