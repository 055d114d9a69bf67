package main

import (
	"context"
	"errors"
	"io"

	"casus"
	"casus/internal/export"
	"casus/internal/pipeline"

	"github.com/spf13/cobra"
)

func newCode(e env) *cobra.Command {
	var in inputFlags
	var o codeOptions
	c := &cobra.Command{
		Use:   "code [FILE...|-]",
		Short: "Code documents: entities, statements, events with their status and source",
		Long: `Code reads documents (text files, or JSON lines with "id" and "text") and writes each
coded document as one JSON line, in the order of the input. With --db it keeps them in a
database instead; coding the same document twice changes nothing. Without FILE, or with -,
standard input is read. A document that cannot be coded is reported on standard error with
its place and counted; the others go on. Ctrl-C finishes the documents in hand, and what is
written is whole. ` + exitCodes,
		Example: `  casus code article.txt --published 2025-11-03
  zcat news.jsonl.gz | casus code --input jsonl -j 4 > coded.jsonl
  casus code --db casus.db *.txt`,
		RunE: func(c *cobra.Command, args []string) error { return code(c.Context(), e, &in, &o, args) },
	}
	in.add(c)
	c.Flags().StringVar(&o.format, "format", "jsonl", "output format: jsonl or text")
	c.Flags().StringVar(&o.db, "db", "", "keep the coded documents in this database instead of writing them")
	c.Flags().IntVarP(&o.workers, "jobs", "j", 0, "documents coded at a time (default one a processor)")
	in.addCoder(c)
	c.Flags().BoolVar(&o.predicates, "predicates", false, "add the status of every predicate to the JSON lines")
	return c
}

type codeOptions struct {
	format, db string
	workers    int
	predicates bool
}

func code(ctx context.Context, e env, in *inputFlags, o *codeOptions, args []string) error {
	if o.format != "jsonl" && o.format != "text" {
		return usagef("--format: unknown format %q: use jsonl or text", o.format)
	}
	if o.workers < 0 {
		return usagef("--jobs: must not be negative")
	}
	items, err := in.items(ctx, e, args)
	if err != nil {
		return err
	}
	p, err := in.pipeline(false)
	if err != nil {
		return err
	}
	if o.db != "" {
		return codeToStore(ctx, e, p, in.quiet, o, items)
	}
	opts := pipeline.StreamOptions{Workers: o.workers, Prepare: o.prepare, Forget: true}
	return stream(ctx, e, p, in.quiet, items, opts)
}

// prepare encodes a document in the worker.
func (o *codeOptions) prepare(doc *casus.Document, w *pipeline.Worker) ([]byte, error) {
	if o.format == "text" {
		return export.AppendText(nil, doc), nil
	}
	w.Encoder.Predicates = o.predicates
	return w.Encoder.Append(nil, doc)
}

// stream codes the items and writes what Prepare made of them, in order.
func stream(ctx context.Context, e env, p *pipeline.Pipeline, quiet bool, items pipeline.Items, opts pipeline.StreamOptions) error {
	out := newPromptWriter(e.out)
	rep := newReporter(e.err, quiet)
	counts, err := p.Stream(ctx, items, opts, func(r pipeline.Result) error {
		rep.result(r)
		return writeResult(out, r)
	})
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	return rep.end(counts, err)
}

func writeResult(out io.Writer, r pipeline.Result) error {
	if r.Failure != nil {
		return nil
	}
	_, err := out.Write(r.Prepared)
	return err
}

// reporter tells the user what happens while a stream runs.
type reporter struct {
	*progress
	docs, sentences int
}

func newReporter(w io.Writer, quiet bool) *reporter {
	return &reporter{progress: newProgress(w, quiet)}
}

func (rp *reporter) result(r pipeline.Result) {
	if r.Failure != nil {
		rp.message("%v", r.Failure)
	} else {
		rp.docs++
		rp.sentences += len(r.Doc.Sentences)
	}
	for _, m := range r.Remarks {
		rp.message("%s: %s", r.Where, m)
	}
	rp.update(rp.docs, rp.sentences)
}

// end sums up: rejected documents are counted, a stop is named.
func (rp *reporter) end(c pipeline.Counts, err error) error {
	rp.clear()
	if errors.Is(err, context.Canceled) {
		rp.message("stopped after %d documents; what is written is whole", c.Coded)
		return err
	}
	if err != nil {
		return err
	}
	if c.Failed > 0 {
		rp.message("%d of %d documents rejected", c.Failed, c.Read)
		return errRejected
	}
	return nil
}
