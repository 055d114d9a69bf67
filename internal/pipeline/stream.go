package pipeline

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"

	"casus"
)

// Items is a stream of documents as they come; an error stands for a bad one.
type Items = iter.Seq2[casus.Raw, error]

// Result is what became of one raw item: a document with what Prepare made of
// it, or a Failure. Remarks are things the user should see either way.
type Result struct {
	Where    string // of the item, for messages: "FILE" or "FILE:LINE"
	Doc      *casus.Document
	Prepared []byte
	Remarks  []string
	Failure  *casus.Failure
}

// Counts balances a stream: Read = Coded + Failed.
type Counts struct {
	Read, Coded, Failed int
	Sentences, Bytes    int
}

// StreamOptions says how Stream runs. The zero value is the default.
type StreamOptions struct {
	Workers int // 0 means one a processor
	// Prepare runs in the worker after coding, as to encode the document; what
	// it gives comes back in Result.Prepared.
	Prepare func(doc *casus.Document, w *Worker) ([]byte, error)
	// Forget drops the document after Prepare, so that little memory waits.
	Forget bool
}

func (o StreamOptions) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Stream codes the items and hands the results to sink in the order of the
// items, from one goroutine. At most a few items a worker are held. It stops
// early when ctx ends or sink fails, and then returns that error; results
// already given to sink stand.
func (p *Pipeline) Stream(ctx context.Context, items Items, opts StreamOptions, sink func(Result) error) (Counts, error) {
	var counts Counts
	give := func(r Result) error {
		counts.add(r)
		return sink(r)
	}
	if opts.workers() == 1 {
		return p.inline(ctx, items, opts, give, &counts)
	}
	return p.parallel(ctx, items, opts, give, &counts)
}

func (c *Counts) add(r Result) {
	c.Read++
	if r.Failure != nil {
		c.Failed++
		return
	}
	c.Coded++
	if r.Doc != nil {
		c.Sentences += len(r.Doc.Sentences)
		c.Bytes += len(r.Doc.Text)
	}
}

func (p *Pipeline) inline(ctx context.Context, items Items, opts StreamOptions, give func(Result) error, counts *Counts) (Counts, error) {
	w := p.newWorker()
	for it, err := range items {
		if ctx.Err() != nil {
			return *counts, ctx.Err()
		}
		if err := give(p.one(it, err, opts, w)); err != nil {
			return *counts, err
		}
	}
	return *counts, ctx.Err()
}

// job is an item on its way; its result comes through done.
type job struct {
	item casus.Raw
	err  error
	done chan Result
}

func (p *Pipeline) parallel(ctx context.Context, items Items, opts StreamOptions, give func(Result) error, counts *Counts) (Counts, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	n := opts.workers()
	work, order := make(chan *job), make(chan *job, 8*n)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			w := p.newWorker()
			for j := range work {
				j.done <- p.one(j.item, j.err, opts, w)
			}
		})
	}
	wg.Go(func() {
		defer close(order)
		defer close(work)
		feed(ctx, items, order, work)
	})
	for j := range order {
		r := <-j.done
		if ctx.Err() != nil {
			continue // drain, so that nobody is left waiting
		}
		if err := give(r); err != nil {
			cancel(err)
		}
	}
	wg.Wait()
	return *counts, context.Cause(ctx)
}

// feed hands each item to the order and to a worker. A job that is in the
// order is always given to a worker too, so the reader of the order can wait.
func feed(ctx context.Context, items Items, order, work chan<- *job) {
	for it, err := range items {
		j := &job{it, err, make(chan Result, 1)}
		select {
		case order <- j:
			work <- j
		case <-ctx.Done():
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func (p *Pipeline) one(it casus.Raw, err error, opts StreamOptions, w *Worker) Result {
	r := p.attempt(it, err, opts, w)
	r.Where = it.Where
	if r.Failure != nil {
		r.Where = r.Failure.Where
	}
	return r
}

func (p *Pipeline) attempt(it casus.Raw, err error, opts StreamOptions, w *Worker) Result {
	if err != nil {
		return Result{Failure: asFailure(err, it)}
	}
	doc, remarks, err := p.Extract(it)
	if err != nil {
		return Result{Failure: asFailure(err, it), Remarks: remarks}
	}
	note, err := p.Code(doc, w)
	if note != "" {
		remarks = append(remarks, note)
	}
	if err != nil {
		return Result{Failure: asFailure(err, it), Remarks: remarks}
	}
	r := Result{Doc: doc, Remarks: remarks}
	if opts.Prepare == nil {
		return r
	}
	if r.Prepared, err = opts.Prepare(doc, w); err != nil {
		return Result{Failure: asFailure(err, it), Remarks: remarks}
	}
	if opts.Forget {
		r.Doc = &casus.Document{ID: doc.ID, Text: doc.Text, Sentences: doc.Sentences}
	}
	return r
}

func asFailure(err error, it casus.Raw) *casus.Failure {
	var f *casus.Failure
	if !errors.As(err, &f) {
		f = &casus.Failure{Stage: "output", Cause: err}
	}
	if f.Where == "" {
		f.Where = it.Where
	}
	if f.ID == "" {
		f.ID = it.ID
	}
	return f
}
