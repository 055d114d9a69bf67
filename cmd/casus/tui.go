package main

// Words to people follow these rules. Results go to standard output and
// nothing else does. Everything else goes to standard error: one line a
// message, beginning "casus: ", lower case, no full stop, place first, then
// what is wrong, then what to do in brackets. A progress line is drawn only
// where standard error is a terminal, NO_COLOR is unset and TERM is not dumb;
// it is wiped before a message and at the end. Elsewhere a long run says a
// plain line every ten seconds. --quiet leaves only what went wrong. No colour.

import (
	"fmt"
	"io"
	"os"
	"time"

	"casus/internal/export"

	"golang.org/x/term"
)

// How often progress is shown.
const (
	drawEvery = 100 * time.Millisecond
	sayEvery  = 10 * time.Second
)

// progress tells how far a run is, on one line that is written over or, where
// that cannot be, in plain lines.
type progress struct {
	w       io.Writer
	draws   bool // on one line that is written over
	quiet   bool
	drawn   bool
	started time.Time
	last    time.Time
	now     func() time.Time
}

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{w: w, quiet: quiet, now: time.Now}
	if f, ok := w.(*os.File); ok {
		p.draws = term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	p.started = p.now()
	p.last = p.started
	return p
}

// update shows how far the run is, when it is time to.
func (p *progress) update(docs, sentences int) {
	if p.quiet {
		return
	}
	now, every := p.now(), sayEvery
	if p.draws {
		every = drawEvery
	}
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	secs := max(now.Sub(p.started).Seconds(), 0.001)
	line := fmt.Sprintf("%d documents, %d sentences, %.0f sentences a second", docs, sentences, float64(sentences)/secs)
	if !p.draws {
		p.message("%s", line)
		return
	}
	p.drawn = true
	fmt.Fprintf(p.w, "\r\x1b[K%s", line)
}

// message writes a line for a person.
func (p *progress) message(format string, args ...any) {
	p.clear()
	fmt.Fprintf(p.w, "casus: %s\n", export.Plain(fmt.Sprintf(format, args...)))
}

// summary writes a line that a quiet run leaves out.
func (p *progress) summary(format string, args ...any) {
	if !p.quiet {
		p.message(format, args...)
	}
}

// clear wipes the progress line.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}
