// Go's client at the work of the hot path and of a scrape. Prints JSON: nanoseconds of processor time by row, turn by turn.
//
//	work OPERATIONS TURNS SERIES TEXTS
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "client_golang:", err)
	os.Exit(1)
}

// Values over all buckets of the histogram in an order that no branch predictor can learn.
func unpredictableValues() [4096]float64 {
	var values [4096]float64
	bounds := []float64{0.001, 0.007, 0.02, 0.04, 0.08, 0.2, 0.4, 0.8, 2, 4, 9}
	state := uint64(0x2545F4914F6CDD1D)
	for index := range values {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		values[index] = bounds[int(state>>33)%len(bounds)]
	}
	return values
}

func routes(texts ...string) [4]string {
	var copies [4]string
	for index, text := range texts {
		copies[index] = string([]byte(text))
	}
	return copies
}

// The loops of the hot path, each over so many operations.
func loops() map[string]func(int) {
	counter := prometheus.NewCounter(prometheus.CounterOpts{Name: "plain_total"})
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "level"})
	histogram := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:    "latency_seconds",
		Buckets: []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5},
	})
	one := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "one_total"}, []string{"route"})
	three := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "three_total"}, []string{"route", "tenant", "plan"})
	short := routes("/users", "/items/new", "/health", "/orders/latest")
	long := routes("/api/v1/users/{id}/details", "/api/v1/items/{id}/reviews", "/api/v1/carts/{id}/entries",
		"/api/v1/orders/{id}/status")
	values := unpredictableValues()
	labelled := func(texts [4]string) func(int) {
		return func(count int) {
			for index := 0; index < count; index++ {
				one.WithLabelValues(texts[index&3]).Inc()
			}
		}
	}
	return map[string]func(int){
		"kept counter inc": func(count int) {
			for index := 0; index < count; index++ {
				counter.Inc()
			}
		},
		"kept gauge set": func(count int) {
			for index := 0; index < count; index++ {
				gauge.Set(float64(index))
			}
		},
		"kept histogram observe, 10 buckets": func(count int) {
			for index := 0; index < count; index++ {
				histogram.Observe(values[index&4095])
			}
		},
		"static call, 1 open label of up to 15 bytes": labelled(short),
		"static call, 1 open label of 26 bytes":       labelled(long),
		"static call, 3 open labels, short": func(count int) {
			for index := 0; index < count; index++ {
				three.WithLabelValues(short[index&3], "acme", "business").Inc()
			}
		},
	}
}

// The text of a registry with so many series; it is written once to know that it is there.
func text(series int, value func(int) float64) func() {
	registry := prometheus.NewRegistry()
	counter := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bench_http_requests_total", Help: "Number of HTTP requests handled by app.",
	}, []string{"method", "path", "code"})
	registry.MustRegister(counter)
	for index := 0; index < series; index++ {
		method := "GET"
		if index%2 == 1 {
			method = "POST"
		}
		counter.WithLabelValues(method, fmt.Sprintf("/api/v1/item/%d", index/2), "200").Add(value(index))
	}
	var buffer bytes.Buffer
	return func() {
		buffer.Reset()
		families, err := registry.Gather()
		if err != nil {
			fail(err)
		}
		encoder := expfmt.NewEncoder(&buffer, expfmt.FmtText)
		for _, family := range families {
			if err := encoder.Encode(family); err != nil {
				fail(err)
			}
		}
		if lines := bytes.Count(buffer.Bytes(), []byte{'\n'}); lines != series+2 {
			fail(fmt.Errorf("%d lines of text where %d belong", lines, series+2))
		}
	}
}

func main() {
	var numbers [4]int
	for index := range numbers {
		if len(os.Args) != 5 {
			fail(fmt.Errorf("usage: work OPERATIONS TURNS SERIES TEXTS"))
		}
		number, err := strconv.Atoi(os.Args[index+1])
		if err != nil {
			fail(err)
		}
		numbers[index] = number
	}
	operations, turns, series, texts := numbers[0], numbers[1], numbers[2], numbers[3]
	result := map[string][]float64{}
	for name, loop := range loops() {
		loop(operations)
		for turn := 0; turn < turns; turn++ {
			start := processorTime()
			loop(operations)
			result[name] = append(result[name], float64(processorTime()-start)/float64(operations))
		}
	}
	for name, value := range map[string]func(int) float64{
		"text, integral":  func(index int) float64 { return float64(index * 7919 % 1000003) },
		"text, 17 digits": func(index int) float64 { return float64(index)*0.1 + 1.0/3.0 },
	} {
		write := text(series, value)
		write()
		for turn := 0; turn < texts; turn++ {
			start := processorTime()
			write()
			result[name] = append(result[name], float64(processorTime()-start))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err)
	}
}
