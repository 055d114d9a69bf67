package export

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"testing"
)

// BenchmarkExport writes the events of the fixtures; rows a second is the
// figure.
func BenchmarkExport(b *testing.B) {
	docs, names := fixtures(b)
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			e := NewExporter(io.Discard, f, Options{Status: everyState})
			for i := 0; b.Loop(); i++ {
				for j, doc := range docs {
					if err := e.Add(doc, fmt.Sprintf("%s-%d", names[j], i)); err != nil {
						b.Fatal(err)
					}
				}
			}
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(e.Counts().Written)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkDecode reads coded documents, which an export does first.
func BenchmarkDecode(b *testing.B) {
	in, err := os.ReadFile("testdata/formats/in.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		for line := range bytes.Lines(in) {
			if _, err := Decode(line); err != nil {
				b.Fatal(err)
			}
		}
	}
}
