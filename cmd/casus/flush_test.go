package main

import (
	"bytes"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// page is a buffer that may be read while it is written.
type page struct {
	mu  sync.Mutex
	buf bytes.Buffer
	err error
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return 0, p.err
	}
	return p.buf.Write(b)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.String()
}

func TestPromptWriterWritesALoneLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out page
		w := newPromptWriter(&out)
		if _, err := w.Write([]byte("line\n")); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != "" {
			t.Errorf("at once: got %q, want it to wait for company", got)
		}
		time.Sleep(2 * flushAfter)
		if got := out.String(); got != "line\n" {
			t.Errorf("after a while: got %q", got)
		}
	})
}

func TestPromptWriterKeepsItsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		w := newPromptWriter(&page{err: full})
		if _, err := w.Write([]byte("line\n")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * flushAfter)
		if _, err := w.Write([]byte("line\n")); !errors.Is(err, full) {
			t.Errorf("the next write: got %v, want %v", err, full)
		}
		if err := w.Flush(); !errors.Is(err, full) {
			t.Errorf("flush: got %v, want %v", err, full)
		}
	})
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&out, false)
	p.now = func() time.Time { return now }
	p.started, p.last = now, now
	say := func(after time.Duration, docs int) { now = now.Add(after); p.update(docs, 10*docs) }
	say(time.Second, 5)
	say(9*time.Second, 50)
	say(time.Second, 60)
	if got, want := out.String(), "casus: 50 documents, 500 sentences, 50 sentences a second\n"; got != want {
		t.Errorf("not on a terminal: got %q, want %q", got, want)
	}
	out.Reset()
	p.quiet = true
	say(time.Hour, 70)
	p.summary("done")
	if out.Len() > 0 {
		t.Errorf("quiet: got %q", out.String())
	}
	p.quiet, p.draws = false, true
	say(time.Second, 80)
	p.message("bad.txt: no text")
	if got, want := out.String(), "\r\x1b[K80 documents, 800 sentences, 0 sentences a second\r\x1b[Kcasus: bad.txt: no text\n"; got != want {
		t.Errorf("on a terminal: got %q, want %q", got, want)
	}
}
