package ontology

import "slices"

// Code is one line of the CAMEO code book. Goldstein is the value of GDELT's
// list, GoldsteinICEWS that of the ICEWS list; a code without a value of its
// own in a list has its parent's.
type Code struct {
	Code, Name                string
	Goldstein, GoldsteinICEWS float32
}

// Root gives the two digits of the root category.
func (c Code) Root() string { return c.Code[:2] }

// Level counts the digits beyond the root: 0, 1 or 2.
func (c Code) Level() int { return len(c.Code) - 2 }

// Quad gives the quad class that CAMEO puts the code in.
func (c Code) Quad() Quad { return rootQuad(c.Root()) }

// Parent gives the code with the last digit dropped, "" for a root.
func (c Code) Parent() string {
	if len(c.Code) == 2 {
		return ""
	}
	return c.Code[:len(c.Code)-1]
}

// Mutual is what CAMEO knows of a deed that two sides do to each other.
type Mutual struct {
	Back  string // code of the other side's row: who is visited hosts; "" for none
	Among bool   // several sources without a target do it to each other
}

// MutualOf gives the code's line of the table of mutual deeds; ok is false for
// any other deed.
func MutualOf(code string) (m Mutual, ok bool) {
	m, ok = mutualTable()[code]
	return m, ok
}

var mutualTable = once(func() map[string]Mutual {
	m := map[string]Mutual{}
	for _, r := range readTable("mutual.tsv", 3) {
		m[r[0]] = Mutual{Back: r[1], Among: r[2] == "yes"}
	}
	return m
})

func rootQuad(root string) Quad {
	switch {
	case root >= "01" && root <= "05":
		return VerbalCooperation
	case root >= "06" && root <= "08":
		return MaterialCooperation
	case root >= "09" && root <= "13":
		return VerbalConflict
	case root >= "14" && root <= "20":
		return MaterialConflict
	}
	return QuadNone
}

var cameoTable = once(func() map[string]Code {
	m := map[string]Code{}
	for _, r := range readTable("cameo.tsv", 4) { // sorted: a parent stands before its children
		c := Code{Code: r[0], Name: r[1]}
		p := m[c.Parent()]
		c.Goldstein, c.GoldsteinICEWS = p.Goldstein, p.GoldsteinICEWS
		if r[2] != "" {
			c.Goldstein = number(r[2])
		}
		if r[3] != "" {
			c.GoldsteinICEWS = number(r[3])
		}
		m[c.Code] = c
	}
	return m
})

// CAMEO gives the line of a code; ok is false for a code that is not in the
// book.
func CAMEO(code string) (c Code, ok bool) {
	c, ok = cameoTable()[code]
	return c, ok
}

// CAMEOCodes gives the whole book, sorted by code.
func CAMEOCodes() []Code {
	out := make([]Code, 0, len(cameoTable()))
	for _, c := range cameoTable() {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Code) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return out
}
