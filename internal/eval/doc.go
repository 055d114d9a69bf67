// Package eval scores coded events against gold records: by type, by type and
// countries, by whole actor codes, by CAMEO code and by trigger, with
// confusions and bootstrap intervals, so that users can measure Casus, or any
// coder that writes its JSON lines, on their own corpora.
//
// It takes the neutral gold format of docs/format/eval.md and the coded
// documents of docs/format/jsonl.md, and gives a Report. The matching rules
// stand in docs/format/eval.md. It does not code and does not judge places,
// times or statuses.
package eval
