internal import MetricDefinitions

/// The layout of a dashboard: for each definition file a row, below it the panels of its metrics.
struct Dashboard: Sendable {
    private static let width = 24
    private static let panelWidth = 12
    private static let panelHeight = 8

    private(set) var variables: [VariableContext] = []
    private(set) var panels: [PanelContext] = []

    init(_ model: ResolvedModel) {
        var uses: [String: (count: Int, metric: ResolvedMetric)] = [:]
        var order: [String] = []
        for metric in model.metrics {
            for label in metric.labels where label.closedValues == nil {
                if uses[label.name] == nil { order.append(label.name) }
                uses[label.name, default: (0, metric)].count += 1
            }
        }
        // A choice is worth its place where several metrics follow it.
        for name in order {
            guard let use = uses[name], use.count > 1 else { continue }
            variables.append(VariableContext(name: name, metric: Self.seriesName(use.metric)))
        }
        let known = Set(variables.map(\.name))
        var y = 0
        for file in model.files {
            add(PanelContext(row: SwiftCase.words(file.stem).joined(separator: " "), y: y))
            y += 1
            var x = 0
            for metric in file.metrics {
                for panel in PanelContext.panels(of: metric, variables: known) {
                    if x + Self.panelWidth > Self.width { (x, y) = (0, y + Self.panelHeight) }
                    var panel = panel
                    (panel.x, panel.y, panel.width, panel.height) = (x, y, Self.panelWidth, Self.panelHeight)
                    add(panel)
                    x += Self.panelWidth
                }
            }
            if x > 0 { y += Self.panelHeight }
        }
    }

    private mutating func add(_ panel: PanelContext) {
        var panel = panel
        panel.id = panels.count + 1
        panels.append(panel)
    }

    /// A name that has all labels of a metric.
    static func seriesName(_ metric: ResolvedMetric) -> String {
        let name = MetricQueries.sampleName(metric)
        return metric.type == .histogram || metric.type == .summary ? name + "_count" : PromQL.series(name)
    }
}

/// A choice that a dashboard offers.
struct VariableContext: TemplateContext {
    let name: String
    let metric: String

    /// The name of the choice; `datasource` is that of the source.
    static func variable(of label: String) -> String { label == "datasource" ? "datasource_label" : label }

    static let table = ContextTable<VariableContext>([
        .rawText("variableName", "the name of the choice: mostly the label's") { variable(of: $0.name) },
        .rawText("variableTitle", "the label as a title") { Title.of($0.name) },
        .rawText("variableQuery", "the query for the label's values") { "label_values(\($0.metric), \($0.name))" },
    ])
}

/// Titles made of names.
enum Title {
    /// `worker_cpu` gives `Worker CPU`.
    static func of(_ name: String) -> String {
        SwiftCase.words(name).map { SwiftCase.upperCamel($0) }.joined(separator: " ")
    }
}
