package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"casus"
	"casus/internal/monitor/brief"
	"casus/internal/store"
	"casus/internal/store/sqlite"

	"github.com/spf13/cobra"
)

// briefWriters are the forms of a brief, in the order help names them.
var briefWriters = []struct {
	name  string
	write func(b *brief.Brief, w io.Writer) error
}{
	{"text", (*brief.Brief).Text},
	{"markdown", (*brief.Brief).Markdown},
	{"html", (*brief.Brief).HTML},
	{"json", (*brief.Brief).JSON},
}

func briefFormats() string {
	var names []string
	for _, w := range briefWriters {
		names = append(names, w.name)
	}
	return strings.Join(names, ", ")
}

func checkBriefFormat(format string) error {
	for _, w := range briefWriters {
		if w.name == format {
			return nil
		}
	}
	return usagef("--format: unknown format %q: use one of %s", format, briefFormats())
}

func newBrief(e env) *cobra.Command {
	var in inputFlags
	var format, title, db string
	c := &cobra.Command{
		Use:   "brief [FILE...|-]",
		Short: "One page on what documents say: who says what, what happened, what is only claimed",
		Long: `Brief codes the documents, takes them as "casus code" wrote them, or takes those of a
database, and writes one page: what is reported as happened, what is only claimed, denied, threatened or planned, who says what,
forces and figures with whose figure it is, obligations, legal characterisations,
contradictions and a timeline. Every line names its sentence and the chain of voices.
` + exitCodes,
		Example: `  casus brief article.txt --published 2025-11-03
  casus code *.txt | casus brief
  casus brief --db casus.db --format html > brief.html`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := checkBriefFormat(format); err != nil {
				return err
			}
			docs, err := briefDocuments(c.Context(), e, &in, db, args)
			if err != nil && len(docs) == 0 {
				return err
			}
			return errors.Join(err, writeBrief(e.out, docs, title, format))
		},
	}
	in.add(c)
	c.Flags().StringVar(&format, "format", "text", "output format: "+briefFormats())
	c.Flags().StringVar(&title, "title", "", "heading of the page")
	c.Flags().StringVar(&db, "db", "", "take the documents of this database instead of files")
	return c
}

func briefDocuments(ctx context.Context, e env, in *inputFlags, db string, args []string) ([]*casus.Document, error) {
	if db == "" {
		return all(ctx, e, in, args)
	}
	if len(args) > 0 {
		return nil, usagef("brief: give files or --db, not both")
	}
	return storedDocuments(ctx, db)
}

// storedDocuments rebuilds every document of a database.
func storedDocuments(ctx context.Context, path string) ([]*casus.Document, error) {
	db, err := sqlite.OpenExisting(ctx, path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var docs []*casus.Document
	for r, err := range db.Documents(ctx, store.DocumentFilter{}) {
		if err != nil {
			return nil, err
		}
		doc, err := db.Document(ctx, r.Name)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

func writeBrief(w io.Writer, docs []*casus.Document, title, format string) error {
	b, err := brief.Build(docs, brief.Options{Title: title})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, f := range briefWriters {
		if f.name == format {
			if err := f.write(b, out); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}
