#if SwiftMetrics
    import CoreMetrics
    import MetricsRuntime
    import MetricsTestKit
    import SwiftMetricsBackend
    import Testing

    /// What was recorded, as a test sees it, whatever the backend.
    protocol MetricsView: Sendable {
        var factory: any MetricsFactory { get }
        /// What was counted; `nil` where nobody made such a counter.
        func counter(_ label: String, _ dimensions: [(String, String)]) -> Double?
        /// The value of a meter or of a recorder that does not aggregate.
        func gauge(_ label: String, _ dimensions: [(String, String)]) -> Double?
        /// Number and sum of what a recorder observed.
        func recorder(_ label: String, _ dimensions: [(String, String)]) -> Observed?
        /// Number and sum, in seconds, of what a timer observed.
        func timer(_ label: String, _ dimensions: [(String, String)]) -> Observed?
    }

    struct Observed: Equatable {
        var count: Double
        var sum: Double
    }

    /// What swift-metrics' own test backend saw.
    struct TestKitView: MetricsView {
        let metrics = TestMetrics()
        var factory: any MetricsFactory { metrics }

        func counter(_ label: String, _ dimensions: [(String, String)]) -> Double? {
            (try? metrics.expectCounter(label, dimensions)).map { Double($0.totalValue) }
        }

        func gauge(_ label: String, _ dimensions: [(String, String)]) -> Double? {
            if let meter = try? metrics.expectMeter(label, dimensions) { return meter.lastValue ?? 0 }
            return (try? metrics.expectRecorder(label, dimensions)).map { $0.lastValue ?? 0 }
        }

        func recorder(_ label: String, _ dimensions: [(String, String)]) -> Observed? {
            (try? metrics.expectRecorder(label, dimensions))
                .map { Observed(count: Double($0.values.count), sum: $0.values.reduce(0, +)) }
        }

        func timer(_ label: String, _ dimensions: [(String, String)]) -> Observed? {
            (try? metrics.expectTimer(label, dimensions)).map { timer in
                Observed(count: Double(timer.values.count), sum: timer.values.reduce(0) { $0 + Double($1) / 1e9 })
            }
        }
    }

    /// What a scrape of a registry shows.
    struct RegistryView: MetricsView {
        let registry: MetricsRegistry
        let factory: any MetricsFactory

        init(_ storage: MetricsStorageLocation = .memory) {
            registry = MetricsRegistry(storage: storage)
            factory = RegistryMetricsFactory(registry: registry)
        }

        private func name(_ label: String) -> String { String(label.map { $0 == "." ? "_" : $0 }) }

        private func value(_ sample: String, _ dimensions: [(String, String)]) -> Double? {
            let labels = dimensions.sorted { $0.0 < $1.0 }.map { "\(name($0.0))=\"\($0.1)\"" }.joined(separator: ",")
            return registry.collect().value(labels.isEmpty ? sample : "\(sample){\(labels)}")
        }

        func counter(_ label: String, _ dimensions: [(String, String)]) -> Double? {
            value(name(label) + "_total", dimensions)
        }

        func gauge(_ label: String, _ dimensions: [(String, String)]) -> Double? {
            value(name(label), dimensions) ?? value(name(label), dimensions + [("pid", "swift-0")])
        }

        func recorder(_ label: String, _ dimensions: [(String, String)]) -> Observed? {
            observed(name(label), dimensions)
        }

        func timer(_ label: String, _ dimensions: [(String, String)]) -> Observed? {
            observed(name(label) + "_seconds", dimensions)
        }

        private func observed(_ name: String, _ dimensions: [(String, String)]) -> Observed? {
            guard let count = value(name + "_count", dimensions), let sum = value(name + "_sum", dimensions) else {
                return nil
            }
            return Observed(count: count, sum: sum)
        }
    }

    /// The backends that one test body runs over.
    enum Backend: CaseIterable, CustomTestStringConvertible {
        case testKit, memory, directory

        var testDescription: String {
            switch self {
            case .testKit: "swift-metrics' TestMetrics"
            case .memory: "a registry in memory"
            case .directory: "a registry in a directory"
            }
        }

        func withView(_ body: (any MetricsView) throws -> Void) throws {
            switch self {
            case .testKit: try body(TestKitView())
            case .memory: try body(RegistryView())
            case .directory: try TemporaryFolder.with { try body(RegistryView(.directory($0))) }
            }
        }
    }
#endif
