package coder

import "testing"

func BenchmarkCompile(b *testing.B) {
	read := func(name string) string { d, _ := data.ReadFile("data/" + name); return string(d) }
	c, o, x, f := read("classes.tsv"), read("operators.tsv"), read("contexts.tsv"), read("frames.tsv")
	for range b.N {
		if _, err := compile(c, o, x, f); err != nil {
			b.Fatal(err)
		}
	}
}
