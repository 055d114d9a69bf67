package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"casus"
	"casus/internal/demo"
	"casus/internal/pipeline"
	"casus/internal/store/sqlite"

	"github.com/spf13/cobra"
)

func newDemo(e env) *cobra.Command {
	var db string
	var format string
	c := &cobra.Command{
		Use:   "demo",
		Short: "Code the bundled articles into a new database and print the brief",
		Long: `Demo codes about forty bundled articles, in which seven invented outlets tell one invented
crisis over three weeks, into a new database, and prints the brief. It needs no network.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runDemo(c.Context(), e, db, format) },
	}
	c.Flags().StringVar(&db, "db", "", "where to make the database; must not exist (default a new temporary folder)")
	c.Flags().StringVar(&format, "format", "text", "output format of the brief: "+briefFormats())
	return c
}

func runDemo(ctx context.Context, e env, path, format string) error {
	if err := checkBriefFormat(format); err != nil {
		return err
	}
	path, err := newDatabase(path)
	if err != nil {
		return err
	}
	p, err := pipeline.New(pipeline.Options{Tier: defaultTier})
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	docs, err := codeDemo(ctx, e, p, db)
	if err != nil {
		return err
	}
	if err := writeBrief(e.out, docs, "", format); err != nil {
		return err
	}
	newProgress(e.err, false).message("the database is %s: try casus events --db %s --status denied", path, path)
	return nil
}

// newDatabase gives a path where nothing stands yet.
func newDatabase(path string) (string, error) {
	if path == "" {
		dir, err := os.MkdirTemp("", "casus-demo-")
		return filepath.Join(dir, "demo.db"), err
	}
	if _, err := os.Stat(path); err == nil {
		return "", usagef("--db: %s is already there; demo makes a new database", path)
	}
	return path, nil
}

func codeDemo(ctx context.Context, e env, p *pipeline.Pipeline, db *sqlite.DB) ([]*casus.Document, error) {
	articles, err := demo.Articles()
	if err != nil {
		return nil, err
	}
	var docs []*casus.Document
	rep := newReporter(e.err, false)
	b := &batch{ctx: context.WithoutCancel(ctx), db: db}
	counts, err := p.Stream(ctx, rawArticles(articles), pipeline.StreamOptions{}, func(r pipeline.Result) error {
		rep.result(r)
		if r.Doc != nil {
			docs = append(docs, r.Doc)
		}
		return b.add(r)
	})
	if err := rep.end(counts, b.end(err)); err != nil {
		return nil, err
	}
	rep.message("%s in %d sentences", b.tally.String(), counts.Sentences)
	return docs, nil
}

// rawArticles gives the articles as items. Their dates are checked when they
// are extracted.
func rawArticles(articles []demo.Article) pipeline.Items {
	return func(yield func(casus.Raw, error) bool) {
		for _, a := range articles {
			published, err := casus.ParseDate(a.Published)
			if err != nil {
				err = &casus.Failure{Where: a.ID, ID: a.ID, Stage: "read", Cause: fmt.Errorf("published: %w", err)}
			}
			if !yield(casus.Raw{Where: a.ID, ID: a.ID, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Lang: "en", Published: published,
				Body: []byte(a.Text), Exact: true}, err) {
				return
			}
		}
	}
}
