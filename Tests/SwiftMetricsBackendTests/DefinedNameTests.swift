#if SwiftMetrics
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    @Suite("What the app defines keeps its name, whoever records first")
    struct DefinedNameTests {
        /// A definition, and what a library records that would be exposed under one of its names.
        struct Clash: Sendable, CustomTestStringConvertible {
            let definition: String
            let type: MetricType
            let kind: Kind
            let label: String
            /// The sample by which the app's 7 is found, or its 1 where the type knows nothing else.
            let defined: String
            /// The sample by which the library's 99 is found.
            let recorded: String

            var testDescription: String { "\(type) \(definition), \(kind) \(label)" }

            init(
                _ type: MetricType,
                _ name: String,
                _ defined: String,
                _ kind: Kind,
                _ label: String,
                _ recorded: String
            ) {
                definition = name
                self.type = type
                self.kind = kind
                self.label = label
                self.defined = defined
                self.recorded = recorded
            }

            var descriptor: MetricDescriptor {
                MetricDescriptor(
                    name: definition,
                    documentation: "Defined by the app",
                    type: type,
                    labels: type == .stateset ? [MetricDescriptor.Label(name: definition, values: ["on", "off"])] : [],
                    buckets: type == .histogram ? [1, 10] : []
                )
            }
        }

        enum Kind {
            case counter
            case gauge
            case recorder
        }

        private static let clashes = [
            Clash(.counter, "hits_total", "hits_total", .gauge, "hits_total", "hits_total_gauge"),
            Clash(.counter, "hits_total", "hits_total", .gauge, "hits", "hits_gauge"),
            Clash(.counter, "hits_total", "hits_total", .recorder, "hits", "hits_recorder_sum"),
            Clash(.gauge, "level", "level", .recorder, "level", "level_recorder_sum"),
            Clash(.gauge, "level", "level", .counter, "level", "level_counter_total"),
            Clash(.gauge, "level_count", "level_count", .recorder, "level", "level_recorder_sum"),
            Clash(.histogram, "lat_seconds", "lat_seconds_sum", .counter, "lat.seconds", "lat_seconds_counter_total"),
            Clash(.histogram, "lat_seconds", "lat_seconds_sum", .gauge, "lat.seconds.sum", "lat_seconds_sum_gauge"),
            Clash(.summary, "size", "size_sum", .gauge, "size", "size_gauge"),
            Clash(.summary, "size", "size_sum", .gauge, "size.count", "size_count_gauge"),
            Clash(.stateset, "mode", #"mode{mode="on"}"#, .gauge, "mode", "mode_gauge"),
            Clash(.info, "build_info", "build_info", .gauge, "build.info", "build_info_gauge"),
            Clash(.info, "build_info", "build_info", .gauge, "build", "build_gauge"),
            Clash(.info, "build", "build_info", .gauge, "build.info", "build_info_gauge"),
            Clash(.info, "build", "build_info", .counter, "build", "build_counter_total"),
            Clash(.unknown, "depth", "depth", .counter, "depth", "depth_counter_total"),
        ]

        @Test("the library first", arguments: clashes)
        func libraryFirst(_ clash: Clash) throws {
            let registry = MetricsRegistry()
            try recordInLibrary(clash, registry)
            recordInApp(clash, registry)
            expectBoth(clash, registry)
        }

        @Test("the app first", arguments: clashes)
        func appFirst(_ clash: Clash) throws {
            let registry = MetricsRegistry()
            recordInApp(clash, registry)
            try recordInLibrary(clash, registry)
            expectBoth(clash, registry)
        }

        @Test("a second choice, and a name that options spell out, are not a definition's either")
        func choices() throws {
            let definitions = [
                MetricDescriptor(name: "lat", documentation: "A gauge of the app", type: .gauge),
                MetricDescriptor(name: "lat_counter_total", documentation: "A counter of the app", type: .counter),
            ]
            let registry = MetricsRegistry()
            let factory = try RegistryMetricsFactory(
                configuration: MetricsBackendConfiguration(
                    definitions: definitions,
                    metrics: ["spelled": MetricOptions(name: "lat")]
                ),
                registry: registry
            )
            Counter(label: "lat", factory: factory).increment(by: 5)
            Counter(label: "spelled", factory: factory).increment(by: 6)
            CounterChild(registry.family(for: definitions[1])._child0(0)).inc(by: 7)
            GaugeChild(registry.family(for: definitions[0])._child0(0)).set(8)
            #expect(registry.collect().value("lat_counter_total") == 7)
            #expect(registry.collect().value("lat") == 8)
            let others = registry.samples.filter { $0.contains(/^lat_[0-9a-f]{8}_total [56]$/) }
            #expect(others.count == 2, "\(registry.scrape)")
        }

        private func recordInLibrary(_ clash: Clash, _ registry: MetricsRegistry) throws {
            let configuration = MetricsBackendConfiguration(definitions: [clash.descriptor])
            let factory = try RegistryMetricsFactory(configuration: configuration, registry: registry)
            switch clash.kind {
            case .counter: Counter(label: clash.label, factory: factory).increment(by: 99)
            case .gauge: Gauge(label: clash.label, factory: factory).record(99)
            case .recorder: Recorder(label: clash.label, factory: factory).record(99)
            }
        }

        private func recordInApp(_ clash: Clash, _ registry: MetricsRegistry) {
            let series = registry.family(for: clash.descriptor)._child0(0)
            switch clash.type {
            case .counter: CounterChild(series).inc(by: 7)
            case .gauge: GaugeChild(series).set(7)
            case .histogram: HistogramChild(series).observe(7)
            case .summary: SummaryChild(series).observe(7)
            case .unknown: UnknownChild(series).set(7)
            case .info: InfoChild(series).set()
            case .stateset: MostRecentGaugeChild(series).set(1)
            }
        }

        private func expectBoth(_ clash: Clash, _ registry: MetricsRegistry) {
            let snapshot = registry.collect()
            var names = FamilyNameClaims()
            for family in snapshot.families {
                let isFree = names.claim(family)
                #expect(isFree, "\(family.name)")
            }
            #expect(snapshot.value(clash.defined) == (clash.type == .info || clash.type == .stateset ? 1 : 7))
            #expect(snapshot.value(clash.recorded) == 99, "\(registry.scrape)")
        }
    }
#endif
