package casus_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// imports is the import table of docs/architecture.md: what each room may
// import of this module. "." is the root package; a trailing /... stands for
// the room and all below it. A relaxed row is a commit of its own that says
// why.
var imports = map[string][]string{
	"ud":                    {},
	"ontology":              {},
	".":                     {"ud", "ontology"},
	"internal/read":         {"."},
	"internal/extract":      {"."},
	"internal/nlp":          {".", "ud", "internal/nlp"},
	"internal/annotate":     {".", "ud", "ontology"},
	"internal/annotate/geo": {".", "ud", "internal/annotate/geo"},
	"internal/coder":        {".", "ud", "ontology"},
	"internal/merge":        {".", "ontology"},
	"internal/monitor":      {".", "ud", "ontology", "internal/store", "internal/monitor"},
	"internal/store":        {".", "ontology", "internal/store", "internal/export"},
	"internal/queue":        {"internal/queue"},
	"internal/export":       {".", "ud", "ontology"},
	"internal/serve":        {".", "ontology", "internal/store", "internal/monitor", "internal/export", "internal/serve"},
	"internal/pipeline":     {".", "ud", "ontology", "internal"},
	"internal/eval":         {".", "ud", "ontology"},
	"internal/casefile":     {".", "ontology"},
	"internal/demo":         {},
	"cmd/casus":             {".", "ud", "ontology", "internal"},
	"train":                 {".", "ud", "internal/nlp", "internal/annotate", "internal/eval", "train"},
}

// room gives the row of the table that a package falls under: the longest
// path that holds it.
func room(path string) (string, bool) {
	best, found := "", false
	for r := range imports {
		if (path == r || strings.HasPrefix(path, r+"/")) && len(r) >= len(best) {
			best, found = r, true
		}
	}
	return best, found
}

func allowed(path string, may []string) bool {
	for _, m := range may {
		if path == m || m != "." && strings.HasPrefix(path, m+"/") {
			return true
		}
	}
	return false
}

func TestImportTable(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	const module = "casus"
	rel := func(p string) (string, bool) {
		if p == module {
			return ".", true
		}
		return strings.CutPrefix(p, module+"/")
	}
	dec, seen := json.NewDecoder(strings.NewReader(string(out))), 0
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from, _ := rel(p.ImportPath)
		row, ok := room(from)
		if !ok {
			t.Errorf("package %s stands in no room of the import table", p.ImportPath)
			continue
		}
		seen++
		for _, imp := range p.Imports {
			to, inside := rel(imp)
			if inside && to != from && !allowed(to, imports[row]) {
				t.Errorf("%s imports %s: room %q may import %q only", from, to, row, imports[row])
			}
		}
	}
	if seen < 3 {
		t.Fatalf("only %d packages seen: the test looks at nothing", seen)
	}
}
