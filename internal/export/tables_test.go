package export

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"casus/ontology"
)

// TestTables: code tables are sorted, know every code of the ontology, and
// name their origin.
func TestTables(t *testing.T) {
	files, err := fs.Glob(os.DirFS("data"), "*.tsv")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d tables, %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile("data/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(b), "# ") || !strings.Contains(string(b), "Origin: ") {
			t.Errorf("%s: no origin", name)
		}
	}
	for name, fields := range map[string]int{"countries.tsv": 7, "sectors.tsv": 5, "penta.tsv": 2} {
		if rows := readTable(name, fields); !slices.IsSortedFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) }) {
			t.Errorf("%s is not sorted", name)
		}
	}
	for _, row := range readTable("countries.tsv", 7) {
		if !ontology.IsCountry(row[0]) || len(row[1]) != 2 || row[4] == "" {
			t.Errorf("country %q", row)
		}
	}
	for _, s := range ontology.Sectors() {
		if _, ok := sectorTable().byPlover[s.Code]; !ok {
			t.Errorf("sector %s is not in sectors.tsv", s.Code)
		}
	}
	if got, want := len(sectorTable().byPlover), len(ontology.Sectors()); got != want {
		t.Errorf("%d sectors in sectors.tsv, the ontology has %d", got, want)
	}
	for _, c := range ontology.CAMEOCodes() {
		if pentaTable()[c.Root()] == "" {
			t.Errorf("%s has no class in penta.tsv", c.Code)
		}
	}
}
