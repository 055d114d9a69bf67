package ner

import (
	"fmt"
	"strings"

	"casus"
	"casus/ud"
)

// Sentence is a sentence with its names as Train takes it. Tags should be
// those a tagger predicts.
type Sentence struct {
	Form  []string
	UPOS  []ud.UPOS
	XPOS  []ud.XPOS
	Names []Run
}

// Run is a name over the words [First, End).
type Run struct {
	First, End int
	Label      casus.NameLabel
}

// RunsOfIOB2 turns IOB2 tags into runs. Labels are looked up in labels; one
// that is not there, or is NameNone, gives no run.
func RunsOfIOB2(tags []string, labels map[string]casus.NameLabel) ([]Run, error) {
	var out []Run
	open := ""
	for i, t := range tags {
		switch {
		case t == "O":
			open = ""
		case strings.HasPrefix(t, "B-"):
			open = t[2:]
			out = append(out, Run{First: i, End: i + 1, Label: labels[open]})
		case strings.HasPrefix(t, "I-") && t[2:] == open:
			out[len(out)-1].End = i + 1
		default:
			return nil, fmt.Errorf("ner: tag %q at word %d continues nothing", t, i+1)
		}
	}
	named := out[:0]
	for _, r := range out {
		if r.Label != casus.NameNone {
			named = append(named, r)
		}
	}
	return named, nil
}

// label is one of the seventeen of a token: outside, or place in a name and
// class together.
type label uint8

const outside label = 0

const numLabels = 17

// Places in a name.
const (
	placeBegin = iota
	placeInside
	placeLast
	placeUnit
)

func makeLabel(place int, class casus.NameLabel) label { return label(1 + 4*(int(class)-1) + place) }

// place and class take a label other than outside apart.
func (l label) place() int             { return int(l-1) & 3 }
func (l label) class() casus.NameLabel { return casus.NameLabel((l-1)>>2) + 1 }

// mayFollow reports whether b can stand after a.
func mayFollow(a, b label) bool {
	opens := a != outside && (a.place() == placeBegin || a.place() == placeInside)
	goesOn := b != outside && (b.place() == placeInside || b.place() == placeLast)
	if opens || goesOn {
		return opens && goesOn && a.class() == b.class()
	}
	return true
}

// labels writes the runs of a sentence as one label a word.
func labels(n int, runs []Run, out []label) []label {
	out = out[:0]
	for range n {
		out = append(out, outside)
	}
	for _, r := range runs {
		for i := r.First; i < r.End; i++ {
			place := placeInside
			switch {
			case r.End-r.First == 1:
				place = placeUnit
			case i == r.First:
				place = placeBegin
			case i == r.End-1:
				place = placeLast
			}
			out[i] = makeLabel(place, r.Label)
		}
	}
	return out
}
