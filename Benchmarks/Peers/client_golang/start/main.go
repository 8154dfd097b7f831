// A program that touches one counter of Go's client. With an argument it says that it did, and waits for the end of its input.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/prometheus/client_golang/prometheus"
)

func main() {
	counter := prometheus.NewCounter(prometheus.CounterOpts{Name: "plain_total", Help: "A counter without labels"})
	if err := prometheus.NewRegistry().Register(counter); err != nil {
		fmt.Fprintln(os.Stderr, "client_golang:", err)
		os.Exit(1)
	}
	counter.Inc()
	if len(os.Args) > 1 {
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
}
