package main

import (
	"bufio"
	"io"
	"sync"
	"time"
)

// flushAfter is how long a written line may wait for company.
const flushAfter = 100 * time.Millisecond

// promptWriter gathers small writes into large ones, but lets none wait long:
// the coded line of a document reaches the next program of a pipe although no
// other document follows for an hour.
type promptWriter struct {
	mu    sync.Mutex
	buf   *bufio.Writer
	timer *time.Timer // runs while something waits
}

func newPromptWriter(w io.Writer) *promptWriter {
	return &promptWriter{buf: bufio.NewWriterSize(w, 64<<10)}
}

// Write takes b whole; an error of an earlier flush comes back here.
func (p *promptWriter) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.buf.Write(b)
	if p.timer == nil {
		p.timer = time.AfterFunc(flushAfter, func() { p.Flush() })
	}
	return n, err
}

// Flush writes what waits.
func (p *promptWriter) Flush() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	return p.buf.Flush()
}
