internal import MetricDefinitions

/// One panel of a dashboard, or a row.
struct PanelContext: TemplateContext {
    var id = 0
    var x = 0
    var y = 0
    var width = 24
    var height = 1
    private let title: String
    private let help: String
    private let type: String
    private let unit: String
    private let targets: [TargetContext]

    private init(_ title: String, help: String, type: String, unit: String, targets: [TargetContext]) {
        self.title = title
        self.help = help
        self.type = type
        self.unit = unit
        self.targets = targets
    }

    /// A row, under which panels stand.
    init(row title: String, y: Int) {
        self.init(Title.of(title), help: "", type: "row", unit: "", targets: [])
        self.y = y
    }

    static let table = ContextTable<PanelContext>([
        .text("panelID", "the number of the panel") { String($0.id) },
        .text("x", "the column, of 24") { String($0.x) },
        .text("y", "the line") { String($0.y) },
        .text("width", "how many columns it takes") { String($0.width) },
        .text("height", "how many lines it takes") { String($0.height) },
        .rawText("panelTitle", "the title") { $0.title },
        .rawText("panelHelp", "the help text of the metric") { $0.help },
        .text("panelType", "Grafana's type of panel") { $0.type },
        .text("panelUnit", "Grafana's unit") { $0.unit },
        .flag("isRow", "whether it is a row") { $0.type == "row" },
        .flag("isHeatmap", "whether it is a heatmap") { $0.type == "heatmap" },
        .flag("isTable", "whether it is a table") { $0.type == "table" },
        .flag("isTimeseries", "whether it is a time series") { $0.type == "timeseries" },
        .flag("isStates", "whether it shows states over time") { $0.type == "state-timeline" },
        .list("targets", "the queries") { $0.targets },
    ])

    // MARK: Panels of a metric

    /// First what every process says, then what it comes to: over closed labels, and as a distribution.
    static func panels(of metric: ResolvedMetric, variables: Set<String>) -> [PanelContext] {
        let name = MetricQueries.sampleName(metric)
        let title = Title.of(metric.swiftName)
        let matchers = matchers(metric, variables)
        let selector = matchers.isEmpty ? "" : "{\(matchers.joined(separator: ","))}"
        let closed = MetricQueries.closedGroups(metric)
        func panel(_ title: String, _ type: String, _ unit: String, _ targets: [TargetContext]) -> PanelContext {
            PanelContext(title, help: metric.documentation, type: type, unit: unit, targets: numbered(targets))
        }
        switch metric.type {
        case .counter:
            let unit = rateUnit(metric)
            var panels = [
                panel("\(title) rate", "timeseries", unit, [TargetContext("rate(\(name)[5m])", legend: legend(metric))])
            ]
            if !selector.isEmpty || !closed.isEmpty {
                let by = closed.isEmpty ? "" : " by (\(closed.joined(separator: ", ")))"
                let sum = "sum\(by) (rate(\(name)\(selector)[$__rate_interval]))"
                let legend = closed.isEmpty ? "all" : Self.legend(closed)
                panels.append(panel("\(title) in all", "timeseries", unit, [TargetContext(sum, legend: legend)]))
            }
            return panels
        case .histogram:
            let unit = valueUnit(metric)
            let each = ["0.95", "0.50"].map { quantile in
                TargetContext(
                    "histogram_quantile(\(quantile), rate(\(name)_bucket[5m]))",
                    legend: "p\(quantile.dropFirst(2)) \(legend(metric))"
                )
            }
            let all = ["0.99", "0.95", "0.50"].map { quantile in
                TargetContext(
                    MetricQueries.quantile(quantile, name, selector: selector, window: "$__rate_interval", by: []),
                    legend: "p\(quantile.dropFirst(2))"
                )
            }
            let heat = "sum by (le) (increase(\(name)_bucket\(selector)[$__rate_interval]))"
            return [
                panel(title, "timeseries", unit, each),
                panel("\(title) in all", "timeseries", unit, all),
                panel("\(title) distribution", "heatmap", unit, [TargetContext(heat, legend: "{{le}}")]),
            ]
        case .summary:
            let mean = "rate(\(name)_sum\(selector)[5m]) / rate(\(name)_count\(selector)[5m])"
            return [
                panel("\(title) mean", "timeseries", valueUnit(metric), [TargetContext(mean, legend: legend(metric))])
            ]
        case .gauge, .unknown:
            let isTime = metric.name.hasSuffix("_timestamp_seconds")
            let expression = isTime ? "\(name) * 1000" : PromQL.series(name)
            return [
                panel(
                    title,
                    "timeseries",
                    isTime ? "dateTimeAsIso" : valueUnit(metric),
                    [TargetContext(expression, legend: legend(metric))]
                )
            ]
        case .stateset:
            let states = TargetContext(PromQL.series(name, matchers), legend: legend(metric, [metric.name]))
            return [panel(title, "state-timeline", "short", [states])]
        case .info:
            return [panel(title, "table", "short", [TargetContext("\(name)\(selector)", legend: legend(metric))])]
        }
    }

    private static func numbered(_ targets: [TargetContext]) -> [TargetContext] {
        targets.enumerated().map { index, target in
            var target = target
            target.letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
            return target
        }
    }

    private static func matchers(_ metric: ResolvedMetric, _ variables: Set<String>) -> [String] {
        metric.labels.filter { variables.contains($0.name) && $0.closedValues == nil }
            .map { "\($0.name)=~\"$\(VariableContext.variable(of: $0.name))\"" }
    }

    /// The legend of series as they are: by all that tells them apart. A job needs no name there, since the instances of
    /// two jobs differ.
    private static func legend(_ metric: ResolvedMetric, _ more: [String] = []) -> String {
        let own = metric.labels.map(\.name) + more
        let added = ["instance", MetricQueries.processLabel(metric)].compactMap { $0 }
        return legend(own + added.filter { !own.contains($0) })
    }

    private static func legend(_ labels: [String]) -> String { labels.map { "{{\($0)}}" }.joined(separator: " ") }

    private static func valueUnit(_ metric: ResolvedMetric) -> String {
        switch metric.unit {
        case "seconds": "s"
        case "bytes": "bytes"
        case "percent": "percent"
        case "ratio": "percentunit"
        case "celsius": "celsius"
        case "meters": "lengthm"
        case "grams": "massg"
        case "joules": "joule"
        case "volts": "volt"
        case "amperes": "amp"
        default: "short"
        }
    }

    private static func rateUnit(_ metric: ResolvedMetric) -> String {
        switch metric.unit {
        case "bytes": "Bps"
        case "seconds": "percentunit"
        default: SwiftCase.words(metric.name).contains("requests") ? "reqps" : "ops"
        }
    }
}

/// One query of a panel.
struct TargetContext: TemplateContext {
    var letter = "A"
    private let expression: String
    private let legend: String

    init(_ expression: String, legend: String) {
        self.expression = expression
        self.legend = legend
    }

    static let table = ContextTable<TargetContext>([
        .text("letter", "the letter of the query") { $0.letter },
        .rawText("expression", "the query in PromQL") { $0.expression },
        .rawText("legend", "the legend") { $0.legend },
    ])
}
