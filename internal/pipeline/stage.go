// Package pipeline is the conductor: it knows the order of the stages, runs
// them over a document, spreads documents over workers and keeps their order.
// It takes raw items and gives coded documents or failures; what a stage does
// is the stage's own business.
package pipeline

import (
	"fmt"
	"runtime/debug"

	"casus"
)

// A Stage fills layers of a document from earlier ones.
type Stage struct {
	Name         string
	Needs, Fills []string // names of layers: "tokens", "names", "entities"...
	Run          func(doc *casus.Document, w *Worker) error
}

// checkStages reports the first stage that needs a layer nobody fills before
// it, or that fills one that is already filled.
func checkStages(stages []Stage) error {
	filled := map[string]string{}
	for _, st := range stages {
		for _, n := range st.Needs {
			if filled[n] == "" {
				return fmt.Errorf("pipeline: stage %s needs %q, which no earlier stage fills", st.Name, n)
			}
		}
		for _, f := range st.Fills {
			if by := filled[f]; by != "" {
				return fmt.Errorf("pipeline: stages %s and %s both fill %q", by, st.Name, f)
			}
			filled[f] = st.Name
		}
	}
	return nil
}

// run puts a document through the stages. A stage that fails or panics gives a
// Failure that names it; this is the one recover of the program.
func run(stages []Stage, doc *casus.Document, w *Worker) (err error) {
	at := ""
	defer func() {
		if r := recover(); r != nil {
			err = &casus.Failure{ID: doc.ID, Stage: at, Cause: fmt.Errorf("panic: %v\n%s", r, debug.Stack()),
				Hint: "a fault of Casus: please report it with the document"}
		}
	}()
	for i := range stages {
		at = stages[i].Name
		if err := stages[i].Run(doc, w); err != nil {
			return &casus.Failure{ID: doc.ID, Stage: at, Cause: err}
		}
	}
	return nil
}
