package main

// Words to people follow these rules. Results go to standard output and
// nothing else does. Everything else goes to standard error: one line a
// message, beginning "casus: ", lower case, no full stop, place first, then
// what is wrong, then what to do in brackets. A progress line is drawn only
// where standard error is a terminal, NO_COLOR is unset and TERM is not dumb;
// it is wiped before a message and at the end. No colour.

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress draws one line that is written over.
type progress struct {
	w       io.Writer
	on      bool
	drawn   bool
	started time.Time
	last    time.Time
	now     func() time.Time
}

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, now: time.Now}
	if f, ok := w.(*os.File); ok {
		p.on = term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	p.started = p.now()
	return p
}

// update draws the line, at most ten times a second.
func (p *progress) update(docs, sentences int) {
	if !p.on {
		return
	}
	now := p.now()
	if now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.drawn = now, true
	secs := now.Sub(p.started).Seconds()
	fmt.Fprintf(p.w, "\r\x1b[K%d documents, %d sentences, %.0f sentences a second", docs, sentences, float64(sentences)/max(secs, 0.001))
}

// message writes a line for a person.
func (p *progress) message(format string, args ...any) {
	p.clear()
	fmt.Fprintf(p.w, "casus: "+format+"\n", args...)
}

// clear wipes the progress line.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}
