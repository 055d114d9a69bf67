package ontology

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var tables embed.FS

func readTable(name string, fields int) [][]string { return ReadTable(tables, "data/"+name, fields) }

// ReadTable gives the records of an embedded table, "#" lines left out. Every
// record has the number of fields asked for; a table that does not is a fault
// of the build and panics, as a test of every table makes sure it never does.
func ReadTable(files embed.FS, name string, fields int) [][]string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		rec := strings.Split(line, "\t")
		if len(rec) != fields {
			panic(fmt.Sprintf("%s: %q has %d fields, not %d", name, line, len(rec), fields))
		}
		out = append(out, rec)
	}
	return out
}

func number(s string) float32 {
	v, err := strconv.ParseFloat(s, 32)
	if err != nil {
		panic(fmt.Sprintf("ontology: bad number %q", s))
	}
	return float32(v)
}

// Quad is one of the four quad classes; the zero value means "not set".
type Quad uint8

// The quad classes.
const (
	QuadNone Quad = iota
	VerbalCooperation
	MaterialCooperation
	VerbalConflict
	MaterialConflict
)

var quads = []string{"", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}

// String gives the quad in words.
func (q Quad) String() string { return quads[min(int(q), len(quads)-1)] }

// once reads a table on first use.
func once[T any](read func() T) func() T { return sync.OnceValue(read) }
