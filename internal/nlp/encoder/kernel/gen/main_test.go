package main

import (
	"bytes"
	"os"
	"testing"
)

func TestGeneratedFilesAreFresh(t *testing.T) {
	asm, decl := generate()
	for name, want := range map[string][]byte{"../asm_amd64.s": asm, "../asm_amd64.go": decl} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what gen writes: run go generate ./internal/nlp/encoder/kernel", name)
		}
	}
}
