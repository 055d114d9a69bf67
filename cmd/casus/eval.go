package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"casus"
	"casus/internal/eval"
	"casus/internal/pipeline"

	"github.com/spf13/cobra"
)

// evalFlags are the flags of casus eval.
type evalFlags struct {
	in           inputFlags
	pred, format string
	status       string
	errors       int
}

func newEval(e env) *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use:   "eval SET [--pred FILE]",
		Short: "Score coded events against a gold set of your own",
		Long: `Eval compares coded documents with gold records, one document a line (docs/format/eval.md), and
prints precision, recall and F1 by type, by type and countries, by whole actor codes and by CAMEO
code, with 95% bootstrap intervals, per type, with the types that are taken for one another. FILE is
what casus code writes, or any coder that writes the same JSON lines; without --pred the texts of the
set are coded now. ` + exitCodes,
		Example: `  casus eval gold.jsonl
  casus code --input jsonl gold.jsonl > coded.jsonl; casus eval gold.jsonl --pred coded.jsonl --errors 20`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("eval takes one gold set, not %d; see casus eval --help", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return f.run(c.Context(), e, args[0]) },
	}
	fl := c.Flags()
	fl.StringVar(&f.pred, "pred", "", "coded documents, JSON lines; - reads standard input (default: code the texts of the set)")
	fl.StringVar(&f.format, "format", "text", "output format: text or json")
	fl.StringVar(&f.status, "status", "real", "which events count: real (not the negated, denied and hypothetical) or all")
	fl.IntVar(&f.errors, "errors", 0, "show so many documents whose types are wrong")
	fl.StringVar(&f.in.tier, "tier", defaultTier.String(), "language tier, where the texts are coded now")
	f.in.addCoder(c)
	return c
}

func (f *evalFlags) run(ctx context.Context, e env, set string) error {
	if f.format != "text" && f.format != "json" {
		return usagef("--format: unknown format %q: use text or json", f.format)
	}
	if f.status != "real" && f.status != "all" {
		return usagef("--status: %q is neither real nor all", f.status)
	}
	if f.errors < 0 {
		return usagef("--errors: must not be negative")
	}
	gold, err := readGold(set)
	if err != nil {
		return err
	}
	coded, err := f.coded(ctx, e, gold)
	if err != nil {
		return err
	}
	rep := eval.Score(gold, coded, eval.Options{EveryStatus: f.status == "all"})
	if rep.Missing == rep.Documents {
		return fmt.Errorf("%s: none of its %d ids is in %s: are the documents of this set in it?", set, rep.Documents, f.pred)
	}
	out := bufio.NewWriter(e.out)
	if err := f.write(out, rep); err != nil {
		return err
	}
	return out.Flush()
}

func (f *evalFlags) write(w io.Writer, rep *eval.Report) error {
	if f.format == "text" {
		return rep.WriteText(w, f.errors)
	}
	b, err := json.MarshalIndent(rep, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func readGold(path string) ([]eval.Gold, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return eval.ReadGold(r, path)
}

// coded reads the coded documents, or codes the texts of the set.
func (f *evalFlags) coded(ctx context.Context, e env, gold []eval.Gold) ([]eval.Coded, error) {
	switch f.pred {
	case "":
		return f.codeNow(ctx, gold)
	case "-":
		return eval.ReadCoded(e.in, "standard input")
	}
	r, err := os.Open(f.pred)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return eval.ReadCoded(r, f.pred)
}

func (f *evalFlags) codeNow(ctx context.Context, gold []eval.Gold) ([]eval.Coded, error) {
	f.in.lang = "en" // whatever a short text looks like
	p, err := f.in.pipeline(false)
	if err != nil {
		return nil, err
	}
	w := p.NewWorker()
	out := make([]eval.Coded, 0, len(gold))
	for i := range gold {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := codeGold(p, w, &gold[i])
		if err != nil {
			return nil, fmt.Errorf("code %s: %w", gold[i].ID, err)
		}
		out = append(out, c)
	}
	return out, nil
}

func codeGold(p *pipeline.Pipeline, w *pipeline.Worker, g *eval.Gold) (eval.Coded, error) {
	doc := &casus.Document{ID: g.ID, Text: g.Text, Lang: "en"}
	if g.Published != "" {
		day, err := casus.ParseDate(g.Published)
		if err != nil {
			return eval.Coded{}, err
		}
		doc.Published, doc.PublishedReason = day, "given"
	}
	if _, err := p.Code(doc, w); err != nil {
		return eval.Coded{}, err
	}
	line, err := w.Encoder.Append(nil, doc)
	if err != nil {
		return eval.Coded{}, err
	}
	return eval.ParseCoded(line)
}
