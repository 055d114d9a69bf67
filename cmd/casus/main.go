// Command casus reads news and writes event data that remembers who said so.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes, as exitCodes tells the user.
const (
	exitOK       = 0
	exitError    = 1   // nothing more could be done
	exitUsage    = 2   // the command line is wrong
	exitRejected = 3   // the work is done, but some documents were rejected
	exitStopped  = 130 // stopped by Ctrl-C or SIGTERM
)

// exitCodes ends the help of every command that codes documents.
const exitCodes = `Exit status: 0 all coded, 1 failed, 2 wrong
command line, 3 done but some documents were rejected, 130 stopped.`

// errRejected says that some documents were rejected, each with a message.
var errRejected = errors.New("some documents were rejected")

// env is what a command may touch of the world.
type env struct {
	in       io.Reader
	out, err io.Writer
}

func main() { os.Exit(runInterruptible(env{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])) }

// runInterruptible runs until the first Ctrl-C or SIGTERM, which lets the
// documents in hand be finished and written; the second one kills.
func runInterruptible(e env, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, func() {
		stop()
		time.Sleep(time.Second)
		fmt.Fprintln(e.err, "casus: stopping: the documents in hand are finished first (Ctrl-C again stops at once)")
	})
	return run(ctx, e, args)
}

// run executes a command line and gives its exit code.
func run(ctx context.Context, e env, args []string) int {
	out := &firstError{w: e.out}
	e.out = out
	root := newRoot(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = out.err // cobra's own pages are written without a look back
	}
	if err != nil && strings.HasPrefix(err.Error(), "unknown command ") {
		err = usageError{err} // cobra has no type for it
	}
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		return exitStopped
	case errors.Is(err, errRejected):
		return exitRejected
	case errors.As(err, &usage):
		fmt.Fprintf(e.err, "casus: %v\n", err)
		return exitUsage
	case errors.Is(err, syscall.EPIPE):
		return exitOK // the reader has seen enough, as head does
	}
	fmt.Fprintf(e.err, "casus: %v\n", err)
	return exitError
}

// firstError is a writer that remembers what went wrong first.
type firstError struct {
	w   io.Writer
	err error
}

func (f *firstError) Write(b []byte) (int, error) {
	n, err := f.w.Write(b)
	if f.err == nil {
		f.err = err
	}
	return n, err
}

// usageError is a fault of the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func newRoot(e env) *cobra.Command {
	root := &cobra.Command{
		Use:   "casus",
		Short: "Reads news and writes event data that remembers who said so",
		Long: `Casus reads news and writes event data that remembers who said so: who did what to
whom, when, where, how many, according to whom, and with what status.

Start with:
  casus demo                       code the bundled articles and print the brief
  casus brief article.txt          one page on what an article says
  casus code article.txt           the coded document as a JSON line
  casus why v3 article.txt         why event v3 is coded as it is`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	root.AddCommand(newExport(e))
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%s; see %s --help", strings.ReplaceAll(err.Error(), "strconv.ParseInt: ", ""), c.CommandPath())
	})
	root.AddCommand(newCode(e), newParse(e), newBrief(e), newWhy(e), newEvents(e), newEval(e), newOntology(e), newActors(e), newDemo(e), newVersion(e))
	return root
}
