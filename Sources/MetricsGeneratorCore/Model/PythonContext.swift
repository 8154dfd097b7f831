internal import MetricDefinitions

/// A metric as a class over Python's `prometheus_client`.
struct PythonContext: TemplateContext {
    private let metric: ResolvedMetric

    init(_ metric: ResolvedMetric) { self.metric = metric }

    /// In files of several processes an info and a state set are gauges, as `MetricsRuntime` writes them.
    private var type: String {
        switch metric.type {
        case .counter: "Counter"
        case .histogram: "Histogram"
        case .summary: "Summary"
        case .gauge, .info, .stateset, .unknown: "Gauge"
        }
    }

    private var mode: String {
        switch metric.type {
        case .gauge, .unknown: metric.multiprocessMode.rawValue
        case .info: "max"
        case .stateset: "mostrecent"
        case .counter, .histogram, .summary: ""
        }
    }

    private var labelNames: [String] { metric.labels.map(\.name) + (metric.type == .stateset ? [metric.name] : []) }

    static let table = ContextTable<PythonContext>([
        .text("className", "the class") { PythonText.name($0.metric.swiftName) },
        .text("clientType", "the type of prometheus_client") { $0.type },
        .rawText("clientName", "the name that prometheus_client is given") { MetricQueries.sampleName($0.metric) },
        .texts("labelNameLiterals", "the labels' names as string literals") { $0.labelNames.map(PythonText.literal) },
        .text("pythonMode", "the multiprocess mode of a gauge, or nothing") { $0.mode },
        .flag("isPythonGauge", "whether the type of prometheus_client is a gauge") { $0.type == "Gauge" },
    ])
}
