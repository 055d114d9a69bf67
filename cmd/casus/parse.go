package main

import (
	"bytes"
	"context"
	"strings"

	"casus"
	"casus/internal/nlp"
	"casus/internal/pipeline"
	"casus/ud"

	"github.com/spf13/cobra"
)

func newParse(e env) *cobra.Command {
	var in inputFlags
	var format, names string
	var workers int
	c := &cobra.Command{
		Use:   "parse [FILE...|-]",
		Short: "Write sentences, tags, lemmas, trees and names as CoNLL-U",
		Long: `Parse runs the language engine alone and writes CoNLL-U: SpaceAfter in MISC, and the
name tag of each word as NER=B-PER and so on. A "# newdoc id" line opens a document.
A document that cannot be parsed is reported on standard error and counted. ` + exitCodes,
		Example: `  casus parse article.txt
  echo "Chad expelled the envoy." | casus parse`,
		RunE: func(c *cobra.Command, args []string) error {
			if format != "conllu" {
				return usagef("--format: unknown format %q: use conllu", format)
			}
			if names != "coarse" && names != "fine" {
				return usagef("--names: unknown classes %q: use coarse or fine", names)
			}
			if names == "fine" && in.tier != nlp.Accurate.String() {
				return usagef("--names fine: only --tier accurate finds them")
			}
			return parse(c.Context(), e, &in, workers, names == "fine", args)
		},
	}
	in.add(c)
	c.Flags().StringVar(&format, "format", "conllu", "output format: conllu")
	c.Flags().StringVar(&names, "names", "coarse", "classes of names: coarse (PER LOC ORG MISC) or fine (politician, politicalparty, ..., with --tier accurate)")
	c.Flags().IntVarP(&workers, "jobs", "j", 0, "documents parsed at a time (default one a processor)")
	return c
}

func parse(ctx context.Context, e env, in *inputFlags, workers int, fine bool, args []string) error {
	items, err := in.items(ctx, e, args)
	if err != nil {
		return err
	}
	p, err := in.pipeline(true)
	if err != nil {
		return err
	}
	return stream(ctx, e, p, in.quiet, items, pipeline.StreamOptions{Workers: workers, Prepare: conllu(fine), Forget: true})
}

// conllu gives the function that writes a document's trees.
func conllu(fine bool) func(*casus.Document, *pipeline.Worker) ([]byte, error) {
	return func(doc *casus.Document, _ *pipeline.Worker) ([]byte, error) {
		var buf bytes.Buffer
		w := ud.NewWriter(&buf)
		trees := casus.ToTrees(doc)
		if fine {
			fineNames(doc, trees)
		}
		for i := range trees {
			s := &trees[i]
			openPossessives(s)
			if i == 0 {
				s.Comments = append([]string{"# newdoc id = " + doc.ID}, s.Comments...)
			}
			if err := w.Write(s); err != nil {
				return nil, err
			}
		}
		err := w.Flush()
		return buf.Bytes(), err
	}
}

// fineNames writes the finer classes of names in place of the coarse ones.
func fineNames(doc *casus.Document, trees []ud.Sentence) {
	tags := make([]string, len(doc.Tokens))
	for _, n := range doc.FineNames {
		for t := n.First; t < n.End; t++ {
			if tags[t] = "NER=I-" + n.Class; t == n.First {
				tags[t] = "NER=B-" + n.Class
			}
		}
	}
	at := 0
	for i := range trees {
		for j := range trees[i].Words {
			w := &trees[i].Words[j]
			if old, ok := ud.MiscValue(w.Misc, "NER"); ok {
				w.Misc = strings.TrimPrefix(strings.Replace("|"+w.Misc, "|NER="+old, "", 1), "|")
			}
			addMisc(w, tags[at])
			at++
		}
	}
}

// openPossessives writes "Chad" and "'s" as two tokens, not as two words of
// one: so the Penn Treebank, Universal NER and the English treebanks up to UD
// 2.11 have it, and only so does a name end where its letters end
// (docs/decisions/008). Contractions ("don't") stay tokens of several words.
func openPossessives(s *ud.Sentence) {
	kept := s.Ranges[:0]
	for _, r := range s.Ranges {
		if s.Words[r.Last-1].XPOS != ud.XPOX {
			kept = append(kept, r)
			continue
		}
		for i := r.First; i < r.Last; i++ {
			addMisc(&s.Words[i-1], "SpaceAfter=No")
		}
		addMisc(&s.Words[r.Last-1], r.Misc)
	}
	s.Ranges = kept
}

func addMisc(w *ud.Word, misc string) {
	if w.Misc != "" && misc != "" {
		w.Misc += "|"
	}
	w.Misc += misc
}
