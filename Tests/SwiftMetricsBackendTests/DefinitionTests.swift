#if SwiftMetrics
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    @Suite("Definitions of metrics that libraries record")
    struct DefinitionTests {
        private let registry = MetricsRegistry()

        private static let duration = MetricDescriptor(
            name: "http_server_request_duration_seconds",
            documentation: "How long requests took",
            type: .histogram,
            unit: "seconds",
            labels: [
                MetricDescriptor.Label(name: "method", values: ["GET", "POST", "OTHER"]),
                MetricDescriptor.Label(name: "route", maxValues: 2),
            ],
            buckets: [0.1, 1]
        )
        private static let size = MetricDescriptor(
            name: "response_bytes",
            documentation: "How large responses were",
            type: .summary,
            unit: "bytes",
            swiftMetricsLabel: "http.server.response.size"
        )
        private static let poll = MetricDescriptor(
            name: "poll_milliseconds",
            documentation: "How long polls took",
            type: .histogram,
            unit: "milliseconds",
            constantLabels: ["team": "core"],
            buckets: [10],
            swiftMetricsLabel: "poll"
        )
        private static let leader = MetricDescriptor(
            name: "leader",
            documentation: "Who leads",
            type: .gauge,
            multiprocessMode: .mostrecent
        )
        private static let definitions = [duration, size, poll, leader]

        private var factory: RegistryMetricsFactory {
            get throws {
                try RegistryMetricsFactory(
                    configuration: MetricsBackendConfiguration(definitions: Self.definitions),
                    registry: registry
                )
            }
        }

        @Test("one is used for the label that makes its name: help, buckets, closed labels and bounds")
        func byName() throws {
            let factory = try factory
            for (method, route) in [("GET", "/a"), ("BREW", "/a"), ("POST", "/b"), ("GET", "/c")] {
                let dimensions = [("route", route), ("method", method)]
                Timer(label: "http.server.request.duration", dimensions: dimensions, factory: factory).recordSeconds(
                    0.5
                )
            }
            let name = "http_server_request_duration_seconds"
            #expect(registry.scrape.contains("# HELP \(name) How long requests took\n"))
            let counts = registry.samples.filter { $0.hasPrefix(name + "_count") }
            #expect(
                Set(counts) == [
                    #"\#(name)_count{method="GET",route="/a"} 1"#, #"\#(name)_count{method="OTHER",route="/a"} 1"#,
                    #"\#(name)_count{method="POST",route="/b"} 1"#,
                    #"\#(name)_count{method="GET",route="__overflow__"} 1"#,
                ]
            )
            #expect(registry.collect().family(name)?.unit == "seconds")
            #expect(registry.collect().value(#"\#(name)_bucket{le="1.0",method="GET",route="/a"}"#) == 1)
            #expect(registry.collect().value(#"\#(name)_bucket{le="0.25",method="GET",route="/a"}"#) == nil)
        }

        @Test("one is used for the label that it names; a recorder may be a summary")
        func byLabel() throws {
            let recorder = Recorder(label: "http.server.response.size", factory: try factory)
            recorder.record(10)
            recorder.record(20)
            #expect(registry.samples == ["response_bytes_count 2", "response_bytes_sum 30"])
            #expect(registry.collect().family("response_bytes")?.unit == "bytes")
        }

        /// What the generator writes for definitions with `swift_metrics_label`.
        private enum Generated: _MetricDefinitions {
            static func define(_ list: inout _MetricDefinitionList) {
                list.add(
                    """
                    counter shop_http_requests_total
                    help Requests that the server answered
                    swift_metrics_label http.server.requests
                    gauge shop_http_requests_running
                    help Requests that are being answered
                    mode sum
                    swift_metrics_label http.server.requests
                    """
                )
            }
        }

        @Test("what a library records lands in the metrics of generated code that name its label")
        func generated() throws {
            let definitions = _MetricDefinitionList.descriptors(Generated.self)
            let factory = try RegistryMetricsFactory(
                configuration: MetricsBackendConfiguration(definitions: definitions),
                registry: registry
            )
            Counter(label: "http.server.requests", factory: factory).increment(by: 3)
            Meter(label: "http.server.requests", factory: factory).set(2)
            #expect(registry.samples == ["shop_http_requests_total 3", "shop_http_requests_running 2"])
            #expect(registry.scrape.contains("# HELP shop_http_requests_total Requests that the server answered\n"))
        }

        @Test("a timer is recorded in the unit of its definition, with its constant labels")
        func unit() throws {
            let timer = Timer(label: "poll", dimensions: [("team", "mine")], factory: try factory)
            timer.recordSeconds(0.25)
            #expect(
                registry.collect().value(#"poll_milliseconds_sum{exported_team="mine",team="core"}"#) == 250
            )
        }

        @Test("a gauge of which the last value counts can be set and counted up")
        func mostRecent() throws {
            let meter = Meter(label: "leader", factory: try factory)
            #expect(registry.samples == [])
            meter.set(4)
            meter.increment(by: 2.0)
            meter.decrement(by: 1.0)
            meter.increment(by: -1.0)
            #expect(registry.samples.first == "leader 5")
            Gauge(label: "leader", factory: try factory).record(9)
            #expect(registry.samples.first == "leader 9")
        }

        @Test("labels that the call leaves out are empty; labels beyond those declared are exposed too")
        func otherLabels() throws {
            let definition = MetricDescriptor(
                name: "c_total",
                documentation: "A counter",
                type: .counter,
                labels: [MetricDescriptor.Label(name: "a"), MetricDescriptor.Label(name: "b")]
            )
            let factory = try RegistryMetricsFactory(
                configuration: MetricsBackendConfiguration(definitions: [definition]),
                registry: registry
            )
            Counter(label: "c", dimensions: [("a", "1")], factory: factory).increment()
            Counter(label: "c", dimensions: [("b", ""), ("a", "1")], factory: factory).increment()
            Counter(label: "c", dimensions: [("a", "1"), ("z", "2")], factory: factory).increment()
            #expect(registry.samples == [#"c_total{a="1",b=""} 2"#, #"c_total{a="1",z="2"} 1"#])
            #expect(registry.scrape.contains("# HELP c_total A counter\n"))
        }

        @Test("static calls and libraries share the series of a definition")
        func shared() throws {
            let child = CounterChild(
                registry.family(
                    for: MetricDescriptor(
                        name: "c_total",
                        documentation: "Defined by the app",
                        type: .counter,
                        labels: [MetricDescriptor.Label(name: "b"), MetricDescriptor.Label(name: "a")]
                    )
                )._child2(0, "B", "A")
            )
            child.inc()
            // Not told of the definition, it takes what the registry has.
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "c", dimensions: [("a", "A"), ("b", "B")], factory: factory).increment(by: 2)
            #expect(registry.samples == [#"c_total{a="A",b="B"} 3"#])
            #expect(child.value == 3)
        }

        @Test("a definition of another type keeps its name")
        func otherType() throws {
            registry.register([MetricDescriptor(name: "x", documentation: "A gauge", type: .gauge)])
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "x", factory: factory).increment()
            Recorder(label: "x", factory: factory).record(1)
            #expect(registry.collect().value("x") == 0)
            #expect(registry.collect().value("x_counter_total") == 1)
            #expect(registry.collect().value("x_recorder_count") == 1)
        }

        @Test("sample names count too: a gauge x_count does not stand beside a histogram x")
        func sampleNames() throws {
            let factory = RegistryMetricsFactory(registry: registry)
            Recorder(label: "x", factory: factory).record(1)
            Meter(label: "x.count", factory: factory).set(5)
            #expect(registry.collect().value("x_count") == 1)
            #expect(registry.collect().value("x_count_gauge") == 5)
        }

        @Test("options give names, help, buckets and modes to single labels")
        func options() throws {
            let options = [
                "a": MetricOptions(name: "renamed", documentation: "Help"),
                "b": MetricOptions(buckets: [1, 2]),
                "c": MetricOptions(isSummary: true),
                "d": MetricOptions(multiprocessMode: .livesum),
                "e": MetricOptions(maxSeries: 1),
            ]
            let factory = try RegistryMetricsFactory(
                configuration: MetricsBackendConfiguration(metrics: options, timersEndInSeconds: false),
                registry: registry
            )
            Counter(label: "a", factory: factory).increment()
            Timer(label: "b", factory: factory).recordSeconds(2)
            Timer(label: "c", factory: factory).recordSeconds(2)
            Meter(label: "d", dimensions: [("pid", "p")], factory: factory).set(1)
            for value in ["1", "2"] { Counter(label: "e", dimensions: [("v", value)], factory: factory).increment() }
            #expect(registry.scrape.contains("# HELP renamed_total Help\n"))
            #expect(
                registry.samples.prefix(5) == [
                    #"b_bucket{le="1.0"} 0"#, #"b_bucket{le="2.0"} 1"#, #"b_bucket{le="+Inf"} 1"#, "b_sum 2",
                    "b_count 1",
                ]
            )
            #expect(registry.collect().value("c_count") == 1)
            #expect(registry.collect().value(#"d{pid="p"}"#) == 1)
            #expect(registry.collect().value(#"e_total{v="__overflow__"}"#) == 1)
        }

        @Test("every mistake is reported at once")
        func mistakes() {
            var bad = Self.poll
            bad.name = "other_milliseconds"
            bad.buckets = [2, 1]
            let configuration = MetricsBackendConfiguration(
                definitions: [Self.poll, bad],
                metrics: ["x": MetricOptions(name: "1 x", maxSeries: 0)],
                timerBuckets: [],
                maxLabelSets: 0
            )
            let error = #expect(throws: MetricsBackendConfigurationError.self) {
                _ = try RegistryMetricsFactory(configuration: configuration)
            }
            #expect(
                error?.problems.map(\.key) == [
                    "timerBuckets", "maxLabelSets", #"metrics["x"].name"#, #"metrics["x"].maxSeries"#,
                    #"definitions["other_milliseconds"].buckets"#,
                    #"definitions["other_milliseconds"].swiftMetricsLabel"#,
                ]
            )
            #expect(
                error?.problems[2].description
                    == #"metrics["x"].name is '1 x': it is no Prometheus name; use letters, digits and underscores, no digit in front"#
            )
        }
    }
#endif
