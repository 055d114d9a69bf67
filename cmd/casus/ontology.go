package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"casus"
	"casus/internal/coder"
	"casus/internal/pipeline"

	"github.com/spf13/cobra"
)

func newOntology(e env) *cobra.Command {
	var in inputFlags
	c := &cobra.Command{
		Use:   "ontology FILE",
		Short: "Check a code book of your own event types",
		Long: `Ontology reads a code book (docs/format/ontology.md), tells what is wrong with it, codes its
example sentences and says which are not coded as the book wants. Exit status 1 when the book is
wrong or an example fails.`,
		Example: `  casus ontology rivers.tsv
  casus code --ontology rivers.tsv article.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("ontology takes one code book, not %d; see casus ontology --help", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			in.ontology = args[0]
			return checkCodebook(c.Context(), e, &in)
		},
	}
	c.Flags().StringVar(&in.tier, "tier", defaultTier.String(), "language tier")
	return c
}

// readCodebook reads a code book; nil without a path.
func readCodebook(path string) (*coder.Codebook, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("--ontology: %w", err)
	}
	defer f.Close()
	return coder.ReadCodebook(f, path)
}

func checkCodebook(ctx context.Context, e env, in *inputFlags) error {
	in.lang = "en"
	p, err := in.pipeline(false)
	if err != nil {
		return err
	}
	book := in.coder.Codebook
	out := bufio.NewWriter(e.out)
	for _, t := range book.Types() {
		fmt.Fprintf(out, "%-20s %s\n", t.Name, t.Definition)
	}
	failed, err := tryExamples(ctx, out, p, book, in.ontology)
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%s: %d of %d examples are not coded as the book wants", in.ontology, failed, len(book.Examples()))
	}
	return nil
}

func tryExamples(ctx context.Context, out io.Writer, p *pipeline.Pipeline, book *coder.Codebook, name string) (failed int, err error) {
	w := p.NewWorker()
	for _, x := range book.Examples() {
		if err := ctx.Err(); err != nil {
			return failed, err
		}
		doc := &casus.Document{ID: "example", Lang: "en", Text: x.Sentence}
		if _, err := p.Code(doc, w); err != nil {
			return failed, fmt.Errorf("%s:%d: %w", name, x.Line, err)
		}
		if slices.ContainsFunc(doc.Events, func(ev casus.Event) bool { return ev.UserType == x.Type }) {
			continue
		}
		failed++
		fmt.Fprintf(out, "%s:%d: %q is to be %s and is coded %s\n", name, x.Line, x.Sentence, x.Type, codings(doc.Events))
	}
	fmt.Fprintf(out, "%d of %d examples are coded as the book wants\n", len(book.Examples())-failed, len(book.Examples()))
	return failed, nil
}

// codings names what a sentence was coded as.
func codings(events []casus.Event) string {
	if len(events) == 0 {
		return "as no event"
	}
	var out []string
	for i := range events {
		ev := &events[i]
		s := ev.Type.String() + " " + ev.CAMEO
		if ev.UserType != "" {
			s += " " + ev.UserType
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}
