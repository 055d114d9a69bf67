package main

import (
	"context"
	"iter"
	"os"

	"casus"
	"casus/internal/coder"
	"casus/internal/extract"
	"casus/internal/nlp"
	"casus/internal/pipeline"
	"casus/internal/read"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// defaultTier is the language tier of every command (docs/decisions/015).
const defaultTier = nlp.Accurate

// inputFlags are the flags of every command that reads documents.
type inputFlags struct {
	input, encoding, lang, published, tier string
	actors                                 []string
	maxDocument                            int
	quiet                                  bool
	ontology                               string
	coder                                  coder.Options
}

func (f *inputFlags) add(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.input, "input", "", "input format: text or jsonl (default by suffix)")
	fl.StringVar(&f.encoding, "encoding", "", "character encoding of text files, as windows-1251 (default found out; JSON is UTF-8)")
	fl.StringVar(&f.lang, "lang", "", "language of the documents, as en (default found out)")
	fl.StringVar(&f.published, "published", "", "day of publication, 2006-01-02, of documents that do not say")
	fl.StringSliceVar(&f.actors, "actors", nil, "user table of actors over the built-in base, made by casus actors import")
	fl.StringVar(&f.tier, "tier", defaultTier.String(), "language tier: accurate; small (a student of it, twice as fast); auto (small, and accurate where events may be); fast (linear: the fastest, for machines without vector units)")
	fl.IntVar(&f.maxDocument, "max-document", read.MaxDocument, "largest document to read, in bytes")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no progress and no summary on standard error, only what went wrong")
}

// addCoder adds the flags that change what is coded as an event.
func (f *inputFlags) addCoder(c *cobra.Command) {
	c.Flags().BoolVar(&f.coder.LegacySpeech, "legacy-speech", false, `code words as older coders do: statements as CAMEO 01, appeals as 02, and "a says b attacks c" as 112, a to b`)
	c.Flags().StringVar(&f.ontology, "ontology", "", "code book of your own event types (docs/format/ontology.md)")
}

// pipeline makes the pipeline that the flags ask for.
func (f *inputFlags) pipeline(parseOnly bool) (*pipeline.Pipeline, error) {
	var published casus.Date
	if f.published != "" {
		d, err := casus.ParseDate(f.published)
		if err != nil {
			return nil, usagef("--published: %w", err)
		}
		if d.Day == 0 {
			return nil, usagef("--published: %q is no whole day", f.published)
		}
		published = d
	}
	if err := extract.CheckEncoding(f.encoding); err != nil {
		return nil, usagef("--encoding: %w", err)
	}
	tier, err := nlp.ParseTier(f.tier)
	if err != nil {
		return nil, usagef("--tier: unknown tier %q: use accurate, auto, small or fast", f.tier)
	}
	book, err := readCodebook(f.ontology)
	if err != nil {
		return nil, err
	}
	f.coder.Codebook = book
	recs, err := userActors(f.actors)
	if err != nil {
		return nil, err
	}
	return pipeline.New(pipeline.Options{Tier: tier, ParseOnly: parseOnly, ForceLanguage: f.lang != "", Coder: f.coder, Actors: recs,
		Extract: extract.Options{Encoding: f.encoding, Lang: f.lang, Published: published}})
}

// items reads the documents named by the arguments; standard input without
// any.
func (f *inputFlags) items(ctx context.Context, e env, args []string) (iter.Seq2[casus.Raw, error], error) {
	format, err := read.ParseFormat(f.input)
	if err != nil {
		return nil, usagef("--input: %w", err)
	}
	if f.maxDocument <= 0 {
		return nil, usagef("--max-document: must be above 0")
	}
	if len(args) == 0 {
		args = []string{"-"}
		f.awaitTerminal(e)
	}
	return read.Files(ctx, args, read.Options{Format: format, MaxDocument: f.maxDocument, Stdin: e.in}), nil
}

// awaitTerminal tells someone who gave no file that casus waits for the
// keyboard.
func (f *inputFlags) awaitTerminal(e env) {
	if tty, ok := e.in.(*os.File); ok && term.IsTerminal(int(tty.Fd())) {
		newProgress(e.err, f.quiet).summary("reading standard input: end it with Ctrl-D")
	}
}
