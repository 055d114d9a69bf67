package encoder

import (
	"syscall"
	"time"
)

// cpuTime is the processor time of this process: what a benchmark on a shared
// core should count.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
