package pipeline

import (
	"fmt"
	"strings"

	"casus"
	"casus/internal/annotate/actor"
	"casus/internal/annotate/attribution"
	"casus/internal/annotate/factuality"
	"casus/internal/annotate/geo"
	"casus/internal/annotate/quantity"
	"casus/internal/annotate/timex"
	"casus/internal/coder"
	"casus/internal/export"
	"casus/internal/extract"
	"casus/internal/nlp"
)

// Version names the engine: two runs of one version over one input give the
// same output. It changes whenever any stage or model does.
const Version = "casus-0.1"

// Options configures a Pipeline. The zero value is the default.
type Options struct {
	Tier    nlp.Tier
	Extract extract.Options
	// ForceLanguage codes documents whatever language they seem to be in.
	ForceLanguage bool
	Coder         coder.Options
	// ParseOnly stops after the language stage.
	ParseOnly bool
	// Actors are the user's records over the built-in base of actors.
	Actors []actor.Record
}

// Pipeline codes documents. It is immutable and safe for concurrent use; each
// goroutine brings its own Worker.
type Pipeline struct {
	opts   Options
	stages []Stage
	actors *actor.Annotator
}

// Worker is the scratch memory of one goroutine.
type Worker struct {
	nlp     nlp.Scratch
	Encoder export.Encoder
}

// New loads the models and tables and checks the order of the stages.
func New(opts Options) (*Pipeline, error) {
	p := &Pipeline{opts: opts}
	if err := p.build(); err != nil {
		return nil, err
	}
	return p, checkStages(p.stages)
}

// NewWorker gives scratch memory for Code.
func (p *Pipeline) NewWorker() *Worker { return p.newWorker() }

func (p *Pipeline) newWorker() *Worker { return &Worker{} }

// annotator is what the annotating stages have in common.
type annotator interface {
	Annotate(doc *casus.Document) error
}

func stage(name string, needs, fills []string, a annotator) Stage {
	return Stage{name, needs, fills, func(doc *casus.Document, _ *Worker) error { return a.Annotate(doc) }}
}

func (p *Pipeline) build() error {
	cd, err := coder.NewWith(p.opts.Coder)
	if err != nil {
		return fmt.Errorf("load coder: %w", err)
	}
	// The cascade reads with the accurate tier where an event may be found.
	engine, err := nlp.EnglishTier(p.opts.Tier, cd.Candidates)
	if err != nil {
		return fmt.Errorf("load the language engine: %w", err)
	}
	p.stages = []Stage{{"nlp", nil, nlp.Fills,
		func(doc *casus.Document, w *Worker) error { return engine.Analyze(doc, &w.nlp) }}}
	if p.opts.ParseOnly {
		return nil
	}
	return p.buildAnnotators(cd)
}

func (p *Pipeline) buildAnnotators(cd *coder.Annotator) error {
	tx, err := timex.New()
	if err != nil {
		return fmt.Errorf("load timex: %w", err)
	}
	gz, err := geo.New()
	if err != nil {
		return fmt.Errorf("load geo: %w", err)
	}
	qt, err := quantity.New()
	if err != nil {
		return fmt.Errorf("load quantity: %w", err)
	}
	if p.actors, err = actor.New(p.opts.Actors...); err != nil {
		return fmt.Errorf("load actor: %w", err)
	}
	at, err := attribution.New()
	if err != nil {
		return fmt.Errorf("load attribution: %w", err)
	}
	fc, err := factuality.New()
	if err != nil {
		return fmt.Errorf("load factuality: %w", err)
	}
	p.stages = append(p.stages,
		Stage{"published", []string{"tokens"}, nil, func(doc *casus.Document, _ *Worker) error { return p.findPublished(doc) }},
		stage("timex", timex.Needs, timex.Fills, tx),
		stage("geo", geo.Needs, geo.Fills, gz),
		stage("quantity", quantity.Needs, quantity.Fills, qt),
		stage("actor", actor.Needs, actor.Fills, p.actors),
		stage("attribution", attribution.Needs, attribution.Fills, at),
		stage("factuality", factuality.Needs, factuality.Fills, fc),
		stage("coder", coder.Needs, coder.Fills, cd))
	return nil
}

// Extract makes a document of a raw item.
func (p *Pipeline) Extract(it casus.Raw) (*casus.Document, []string, error) {
	r, err := extract.Document(it, p.opts.Extract)
	return r.Doc, r.Remarks, err
}

// Code fills the layers of the document. A document in a language that Casus
// does not read is left without layers, and note says so.
func (p *Pipeline) Code(doc *casus.Document, w *Worker) (note string, err error) {
	if lang, _, _ := strings.Cut(doc.Lang, "-"); lang != "en" && lang != "" && !p.opts.ForceLanguage {
		return fmt.Sprintf("language is %s: kept without analysis, only English is coded yet (--lang en codes it all the same)", doc.Lang), nil
	}
	return "", run(p.stages, doc, w)
}
