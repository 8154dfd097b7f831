#if SwiftMetrics
    import Metrics
    import Testing

    /// One body over swift-metrics' own test backend and over ours: both see the same.
    @Suite("The same as TestMetrics sees")
    struct SameAsTestMetricsTests {
        @Test("counters add up", arguments: Backend.allCases)
        func counters(_ backend: Backend) throws {
            try backend.withView { view in
                let counter = Counter(label: "http.requests", factory: view.factory)
                #expect(view.counter("http.requests", []) == 0)
                counter.increment()
                counter.increment(by: 41)
                counter.increment(by: UInt8(0))
                #expect(view.counter("http.requests", []) == 42)
                Counter(label: "http.requests", factory: view.factory).increment()
                #expect(view.counter("http.requests", []) == 43)
                counter.reset()
                #expect(view.counter("http.requests", []) == 0)
                counter.increment()
                #expect(view.counter("http.requests", []) == 1)
                #expect(view.counter("http.responses", []) == nil)
            }
        }

        @Test("dimensions make series of their own, in any order", arguments: Backend.allCases)
        func dimensions(_ backend: Backend) throws {
            try backend.withView { view in
                func counter(_ dimensions: (String, String)...) -> Counter {
                    Counter(label: "requests", dimensions: dimensions, factory: view.factory)
                }
                counter(("method", "GET"), ("status", "200")).increment()
                counter(("status", "200"), ("method", "GET")).increment()
                counter(("method", "GET"), ("status", "500")).increment()
                counter(("method", "GET")).increment(by: 7)
                counter().increment(by: 9)
                #expect(view.counter("requests", [("method", "GET"), ("status", "200")]) == 2)
                #expect(view.counter("requests", [("status", "500"), ("method", "GET")]) == 1)
                #expect(view.counter("requests", [("method", "GET")]) == 7)
                #expect(view.counter("requests", []) == 9)
                #expect(view.counter("requests", [("method", "PUT")]) == nil)
            }
        }

        @Test(
            "floating-point counters share their label with counters, and ignore what is no amount",
            arguments: Backend.allCases
        )
        func floatingPointCounters(_ backend: Backend) throws {
            try backend.withView { view in
                let counter = FloatingPointCounter(label: "bytes", factory: view.factory)
                counter.increment(by: 2.5)
                counter.increment(by: 0.5)
                counter.increment()
                for amount in [-1, .nan, .infinity, -.infinity, 0] as [Double] { counter.increment(by: amount) }
                #expect(view.counter("bytes", []) == 4)
                Counter(label: "bytes", factory: view.factory).increment(by: 6)
                #expect(view.counter("bytes", []) == 10)
                counter.reset()
                #expect(view.counter("bytes", []) == 0)
            }
        }

        @Test("meters are set, go up and go down", arguments: Backend.allCases)
        func meters(_ backend: Backend) throws {
            try backend.withView { view in
                let meter = Meter(label: "connections.open", dimensions: [("pool", "a")], factory: view.factory)
                meter.set(10)
                meter.increment()
                meter.increment(by: 0.5)
                meter.decrement(by: 4.0)
                meter.decrement()
                #expect(view.gauge("connections.open", [("pool", "a")]) == 6.5)
                for step in [-1, .nan, .infinity, 0] as [Double] {
                    meter.increment(by: step)
                    meter.decrement(by: step)
                }
                #expect(view.gauge("connections.open", [("pool", "a")]) == 6.5)
                meter.set(-2.25)
                #expect(view.gauge("connections.open", [("pool", "a")]) == -2.25)
            }
        }

        @Test("a recorder that does not aggregate keeps the last value", arguments: Backend.allCases)
        func gauges(_ backend: Backend) throws {
            try backend.withView { view in
                let gauge = Gauge(label: "temperature", factory: view.factory)
                gauge.record(21)
                gauge.record(19.5)
                #expect(view.gauge("temperature", []) == 19.5)
            }
        }

        @Test("a recorder that aggregates counts and adds up", arguments: Backend.allCases)
        func recorders(_ backend: Backend) throws {
            try backend.withView { view in
                let recorder = Recorder(label: "response.size", dimensions: [("route", "/")], factory: view.factory)
                recorder.record(100)
                recorder.record(2.5)
                recorder.record(-1)
                #expect(view.recorder("response.size", [("route", "/")]) == Observed(count: 3, sum: 101.5))
            }
        }

        @Test("timers observe durations of every unit", arguments: Backend.allCases)
        func timers(_ backend: Backend) throws {
            try backend.withView { view in
                let timer = Timer(label: "db.query", dimensions: [("table", "users")], factory: view.factory)
                timer.recordSeconds(2)
                timer.recordMilliseconds(250)
                timer.recordMicroseconds(250_000)
                timer.recordNanoseconds(500_000_000)
                timer.record(duration: .seconds(1))
                #expect(view.timer("db.query", [("table", "users")]) == Observed(count: 5, sum: 4))
            }
        }

        @Test("what is destroyed is gone, and begins anew", arguments: Backend.allCases)
        func destroy(_ backend: Backend) throws {
            try backend.withView { view in
                let counter = Counter(label: "requests", dimensions: [("a", "1")], factory: view.factory)
                let other = Counter(label: "requests", dimensions: [("a", "2")], factory: view.factory)
                let float = FloatingPointCounter(label: "floats", factory: view.factory)
                let meter = Meter(label: "meter", factory: view.factory)
                let gauge = Gauge(label: "gauge", factory: view.factory)
                let recorder = Recorder(label: "recorder", factory: view.factory)
                let timer = Timer(label: "timer", factory: view.factory)
                counter.increment(by: 5)
                other.increment(by: 6)
                for destroy in [
                    counter.destroy, float.destroy, meter.destroy, gauge.destroy, recorder.destroy, timer.destroy,
                ] {
                    destroy()
                }
                #expect(view.counter("requests", [("a", "1")]) == nil)
                #expect(view.counter("requests", [("a", "2")]) == 6)
                #expect(view.counter("floats", []) == nil)
                #expect(view.gauge("meter", []) == nil)
                #expect(view.gauge("gauge", []) == nil)
                #expect(view.recorder("recorder", []) == nil)
                #expect(view.timer("timer", []) == nil)
                // A handler that outlives its series is harmless.
                counter.increment()
                Counter(label: "requests", dimensions: [("a", "1")], factory: view.factory).increment(by: 2)
                #expect(view.counter("requests", [("a", "1")]) == 2)
            }
        }
    }
#endif
