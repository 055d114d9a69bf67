package export

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTablesInDocs holds the tables of docs/format/export.md against data/: the
// page shows each column with its type, where it comes from and what to
// know. -update writes them.
func TestTablesInDocs(t *testing.T) {
	const path = "../../docs/format/export.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	block := regexp.MustCompile(`(?s)<!-- (\w+) -->\n.*?<!-- end -->`)
	want := block.ReplaceAllStringFunc(string(b), func(s string) string {
		n++
		name := block.FindStringSubmatch(s)[1]
		var out strings.Builder
		fmt.Fprintf(&out, "<!-- %s -->\n| | column | type | from | remark |\n|---|---|---|---|---|\n", name)
		for i, row := range readTable(name+".tsv", 4) {
			fmt.Fprintf(&out, "| %d | `%s` | %s | %s | %s |\n", i+1, row[0], strings.ReplaceAll(row[1], "<", "\\<"), row[2], row[3])
		}
		return out.String() + "<!-- end -->"
	})
	if n != 9 {
		t.Errorf("%d tables in the page, there are 9", n)
	}
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(b) {
		t.Errorf("%s differs from the tables in data/: run go test ./internal/export -run TablesInDocs -update", path)
	}
	for _, f := range Formats() {
		if !strings.Contains(want, "--format "+f.Name) {
			t.Errorf("format %s is not in the page", f.Name)
		}
	}
}
