// Command casus reads news and writes event data that remembers who said so.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes, as the manual states them.
const (
	exitOK       = 0
	exitError    = 1   // nothing more could be done
	exitUsage    = 2   // the command line is wrong
	exitRejected = 3   // the work is done, but some documents were rejected
	exitStopped  = 130 // stopped by Ctrl-C or SIGTERM
)

// errRejected says that some documents were rejected, each with a message.
var errRejected = errors.New("some documents were rejected")

// env is what a command may touch of the world.
type env struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, env{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
}

// run executes a command line and gives its exit code.
func run(ctx context.Context, e env, args []string) int {
	root := newRoot(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
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
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w; see casus %s --help", err, c.Name())
	})
	root.AddCommand(newCode(e), newParse(e), newBrief(e), newWhy(e), newEvents(e), newDemo(e), newVersion(e))
	return root
}
