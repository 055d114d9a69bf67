package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"casus"
	"casus/internal/pipeline"
	"casus/internal/store"
	"casus/internal/store/sqlite"
)

// batchSize is how many documents share a transaction: a commit costs a wait
// for the disk, and what is not committed when the power fails is coded again.
// batchBytes bounds the memory of a batch of large ones.
const (
	batchSize  = 64
	batchBytes = 4 << 20
)

// batch gathers coded documents and puts them together.
type batch struct {
	ctx  context.Context
	db   store.Store
	docs []*casus.Document
	size int // bytes of text in docs
	tally
}

// tally counts what became of the documents.
type tally struct{ outcomes [store.Revised + 1]int }

func (t *tally) String() string {
	var out []string
	for o, n := range t.outcomes {
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, store.Outcome(o)))
		}
	}
	if len(out) == 0 {
		return "nothing stored"
	}
	return strings.Join(out, ", ")
}

func (b *batch) add(r pipeline.Result) error {
	if r.Failure != nil {
		return b.db.PutFailure(b.ctx, r.Failure)
	}
	b.docs = append(b.docs, r.Doc)
	b.size += len(r.Doc.Text)
	if len(b.docs) >= batchSize || b.size >= batchBytes {
		return b.flush()
	}
	return nil
}

func (b *batch) flush() error {
	if len(b.docs) == 0 {
		return nil
	}
	outcomes, err := b.db.Put(b.ctx, pipeline.Version, b.docs...)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		b.outcomes[o]++
	}
	clear(b.docs)
	b.docs, b.size = b.docs[:0], 0
	return nil
}

// end stores what is left when a stream ended with err. A database that has
// just refused a batch is not asked again.
func (b *batch) end(err error) error {
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	if ferr := b.flush(); ferr != nil {
		return ferr
	}
	return err
}

// codeToStore codes the items into the database and says what became of them.
// On Ctrl-C what is coded so far is stored before the end.
func codeToStore(ctx context.Context, e env, p *pipeline.Pipeline, quiet bool, o *codeOptions, items pipeline.Items) error {
	db, err := sqlite.Open(ctx, o.db)
	if err != nil {
		return err
	}
	defer db.Close()
	rep := newReporter(e.err, quiet)
	b := &batch{ctx: context.WithoutCancel(ctx), db: db}
	counts, err := p.Stream(ctx, items, pipeline.StreamOptions{Workers: o.workers}, func(r pipeline.Result) error {
		rep.result(r)
		return b.add(r)
	})
	err = b.end(err)
	rep.summary("%s: %s", o.db, b.tally.String())
	return rep.end(counts, err)
}
