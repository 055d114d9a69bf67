// Package model reads and writes the file that holds a language model: a
// header that says what it is, and named sections of bytes that belong to the
// parts of the engine. It knows nothing of what the sections mean.
//
// Opening reads the header only; a section is checked when it is first asked
// for, so that a program that parses nothing pays nothing. The format is
// described in docs/format/model.md.
package model
