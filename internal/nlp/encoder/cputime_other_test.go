//go:build !linux

package encoder

import "time"

var started = time.Now()

// cpuTime is the time since the start, for want of a better clock.
func cpuTime() time.Duration { return time.Since(started) }
