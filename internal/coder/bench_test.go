package coder

import "testing"

func BenchmarkCompile(b *testing.B) {
	read := func(name string) string { d, _ := data.ReadFile("data/" + name); return string(d) }
	c, o, x, f := read("classes.tsv"), read("operators.tsv"), read("contexts.tsv"), read("frames.tsv")
	irr := read("irregular.tsv")
	for range b.N {
		if _, err := compile(c, o, x, f, irr); err != nil {
			b.Fatal(err)
		}
	}
}
