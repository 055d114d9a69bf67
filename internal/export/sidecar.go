package export

import (
	"fmt"
	"io"
	"strings"
)

// The sidecar keeps, under the identifiers that a format writes, what the
// format can not hold: status, voices, cues, spans, rules, and what became of
// the rows that were joined or left out.

// sideNote is what became of a row.
type sideNote struct{ id, fate, reason, into string }

// The fates of a row.
const (
	fateWritten = "written"
	fateJoined  = "joined"
	fateLeftOut = "left out"
)

var sidecarLayout = onceTable(func() *layout {
	f := csvFields()
	delete(f, "id")
	delete(f, "joined")
	f["id"] = derived(func(r *Record) string { return r.side.id })
	f["event_id"] = derived(idField.get)
	f["fate"] = derived(func(r *Record) string { return r.side.fate })
	f["reason"] = derived(func(r *Record) string { return r.side.reason })
	f["into"] = derived(func(r *Record) string { return r.side.into })
	f["kind"] = derived(func(r *Record) string {
		return joined(r.Voices, func(a *Attribution) string { return a.Kind.String() })
	})
	f["source_spans"] = voiceSpans(func(a *Attribution) []Range { return a.Source })
	f["cue_spans"] = voiceSpans(func(a *Attribution) []Range { return a.Cues })
	f["content_spans"] = voiceSpans(func(a *Attribution) []Range { return a.Content })
	f["evidence"] = derived(func(r *Record) string {
		return joined(r.Evidence, func(e *Reason) string { return fmt.Sprintf("%s: %s %d-%d", e.Field, e.Rule, e.Start, e.End) })
	})
	l := newLayout("sidecar.tsv", f)
	l.comma, l.header = true, true
	return l
})

func voiceSpans(of func(*Attribution) []Range) field {
	return derived(func(r *Record) string {
		var all []Range
		for i := range r.Voices {
			all = append(all, of(&r.Voices[i])...)
		}
		return spansText(all)
	})
}

// newSidecar writes the flat form, or JSON lines for a name that ends so.
func newSidecar(w io.Writer, name string, raw bool) recordWriter {
	if strings.HasSuffix(name, ".jsonl") {
		return newLineWriter(w, func(r *Record) any {
			line := sideLine{ID: r.side.id, Fate: r.side.fate, Reason: r.side.reason, Into: r.side.into, Record: r.wire()}
			return line
		})
	}
	return &rowWriter{w: w, l: sidecarLayout(), raw: raw}
}

// sideLine is a line of the sidecar as JSON.
type sideLine struct {
	ID     string      `json:"id"`
	Fate   string      `json:"fate"`
	Reason string      `json:"reason"`
	Into   string      `json:"into"`
	Record *wireRecord `json:"event"`
}
