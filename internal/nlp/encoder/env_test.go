package encoder

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"casus/internal/nlp/encoder/kernel"
)

// A process of its own reads the environment: this test runs itself.
func TestKernelFromEnvironment(t *testing.T) {
	if os.Getenv("ENCODER_TEST_CHILD") != "" {
		x, err := OpenTensors(randomModel(odd, 5, 0, Int8, 1))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Load(x, odd)
		fmt.Printf("child: %s; %v\n", Kernel(), err)
		return
	}
	type want struct{ value, prints string }
	wants := []want{{"sse9", `CASUS_KERNEL: kernel "sse9" is unknown; there are portable, avx2, avx512vnni, neon`}}
	for _, name := range kernel.Available() {
		wants = append(wants, want{name, "child: " + name + "; <nil>"})
	}
	for _, w := range wants {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKernelFromEnvironment$")
		cmd.Env = append(os.Environ(), "ENCODER_TEST_CHILD=1", EnvKernel+"="+w.value)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), w.prints) {
			t.Errorf("%s=%s: %v, %s, want %q in it", EnvKernel, w.value, err, out, w.prints)
		}
	}
}
