package quantity

import (
	"compress/gzip"
	"io"
	"os"
	"testing"

	"casus"
	"casus/ud"
)

// goldDocument reads the trees of a development file as one document; the test
// is skipped where the file is absent.
func goldDocument(t testing.TB, name string) *casus.Document {
	f, err := os.Open("/work/shared/data/ud/" + name)
	if err != nil {
		t.Skip("development data not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var trees []ud.Sentence
	rd := ud.NewReader(z)
	for {
		s, err := rd.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		trees = append(trees, s)
	}
	doc, err := casus.FromTrees(trees)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
