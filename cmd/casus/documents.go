package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"casus"
	"casus/internal/export"
	"casus/internal/pipeline"
	"casus/internal/read"
)

// codedMark begins every line that casus code writes.
const codedMark = `{"schema":`

// maxCodedLine bounds a line of coded documents, which holds the text and all
// its layers.
const maxCodedLine = 256 << 20

// one gives the single document that the arguments name.
func one(ctx context.Context, e env, in *inputFlags, args []string) (*casus.Document, error) {
	docs, err := all(ctx, e, in, args)
	if err != nil {
		return nil, err
	}
	if len(docs) != 1 {
		return nil, usagef("one document is wanted, the input holds %d", len(docs))
	}
	return docs[0], nil
}

// all gives the documents that the arguments name, in order: those that are
// coded already, by casus code, are taken as they are, the others are coded.
// With errRejected it gives the documents that were not rejected.
func all(ctx context.Context, e env, in *inputFlags, args []string) ([]*casus.Document, error) {
	if len(args) == 0 {
		args = []string{"-"}
		in.awaitTerminal(e)
	}
	c := &collector{ctx: ctx, e: e, in: in}
	for len(args) > 0 {
		coded, err := c.isCoded(args[0])
		if err != nil {
			return nil, err
		}
		if coded {
			if err := c.decode(args[0]); err != nil {
				return nil, err
			}
			args = args[1:]
			continue
		}
		n, err := c.uncoded(args)
		if err != nil {
			return nil, err
		}
		if err := c.code(args[:n]); err != nil {
			return nil, err
		}
		args = args[n:]
	}
	if c.rejected {
		return c.docs, errRejected
	}
	if len(c.docs) == 0 {
		return nil, errors.New("the input holds no document")
	}
	return c.docs, nil
}

// collector gathers documents of several inputs.
type collector struct {
	ctx      context.Context
	e        env
	in       *inputFlags
	stdin    *bufio.Reader
	p        *pipeline.Pipeline
	docs     []*casus.Document
	rejected bool
}

// uncoded counts the leading inputs that have still to be coded, so that they
// are coded side by side.
func (c *collector) uncoded(names []string) (int, error) {
	for i, name := range names {
		if coded, err := c.isCoded(name); err != nil || coded {
			return i, err
		}
	}
	return len(names), nil
}

// isCoded looks at the first bytes of an input. One that cannot be opened is
// left to the reader of documents, which says so.
func (c *collector) isCoded(name string) (bool, error) {
	if name == "-" {
		if c.stdin == nil {
			r := read.Interruptible(c.ctx, c.e.in)
			c.stdin = bufio.NewReader(r)
			c.e.in = c.stdin
		}
		head, err := c.stdin.Peek(len(codedMark))
		if c.ctx.Err() != nil {
			return false, err
		}
		return string(head) == codedMark, nil
	}
	st, err := os.Stat(name)
	if err != nil || !st.Mode().IsRegular() {
		return false, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return false, nil
	}
	defer f.Close()
	head := make([]byte, len(codedMark))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == codedMark, nil
}

// decode takes documents that are coded already.
func (c *collector) decode(name string) error {
	var in io.Reader = c.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxCodedLine)
	for no := 1; lines.Scan(); no++ {
		if c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		doc, err := export.Decode(lines.Bytes())
		if err != nil {
			newProgress(c.e.err, c.in.quiet).message("%s:%d: %v", read.Label(name), no, err)
			c.rejected = true
			continue
		}
		c.docs = append(c.docs, doc)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", read.Label(name), err)
	}
	return nil
}

// code codes the inputs and gathers the documents.
func (c *collector) code(names []string) (err error) {
	items, err := c.in.items(c.ctx, c.e, names)
	if err != nil {
		return err
	}
	if c.p == nil {
		if c.p, err = c.in.pipeline(false); err != nil {
			return err
		}
	}
	rep := newReporter(c.e.err, c.in.quiet)
	counts, err := c.p.Stream(c.ctx, items, pipeline.StreamOptions{}, func(r pipeline.Result) error {
		rep.result(r)
		if r.Doc != nil {
			c.docs = append(c.docs, r.Doc)
		}
		return nil
	})
	err = rep.end(counts, err)
	if errors.Is(err, errRejected) {
		c.rejected = true
		return nil
	}
	return err
}
