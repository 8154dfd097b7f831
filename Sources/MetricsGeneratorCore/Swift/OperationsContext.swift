internal import MetricDefinitions

/// What can be done with a metric, by its type and its labels: the functions with their parameters.
///
/// Metrics of the same type with the same labels share one protocol whose extension holds these functions. Written out
/// for each metric they would cost a compiler five times as much.
final class OperationsContext: TemplateContext {
    /// The longest text that the templates put on a line with all parameters.
    private static let declarationRoom =
        "@inlinable public static func labels() -> MostRecentGaugeChild {".utf8.count
    private static let amountRoom =
        "@inlinable public static func set(_ state: State, to isOn: Bool, ) -> Bool? {".utf8.count
    private static let callRoom = "try await labels().trackInProgress(body)".utf8.count
    private static let seriesRoom = "let found: _SeriesHandle? = _family._remove4()".utf8.count

    private let metric: ResolvedMetric
    private let groupName: String
    private let access: AccessLevel
    private let labels: LabelArguments

    private let parameters: SwiftList
    private let amountParameters: SwiftList
    private let arguments: SwiftList
    private let docLines: [String]

    /// - Parameters:
    ///   - metric: A metric of the group; what all have in common is used, its type and its labels.
    ///   - groupName: The protocol of the group.
    init(_ metric: ResolvedMetric, groupName: String, access: AccessLevel) {
        self.metric = metric
        self.groupName = groupName
        self.access = access
        labels = LabelArguments(metric.labels)
        parameters = SwiftList(labels.parameters, indentation: 4, room: Self.declarationRoom)
        amountParameters = SwiftList(labels.parameters, indentation: 4, room: Self.amountRoom)
        arguments = SwiftList(labels.arguments, indentation: 8, room: Self.callRoom)
        docLines = Self.docLines(of: metric)
    }

    static let table = ContextTable<OperationsContext>([
        .text("groupName", "the protocol of metrics of this type with these labels") { $0.groupName },
        .text("groupAccess", "its access level, with a space after it") { $0.access.modifier },
        .texts("groupDocLines", "the lines of its doc comment") { $0.docLines },
        .text("inlinable", "the attribute of public functions, with a space after it") { $0.access.inlinable },
        .text("protocolName", "the runtime's protocol of the type") { $0.protocolName },
        .text("childType", "the type of a child handle") { $0.childType },
        .flag("isCounter", "the metrics' type") { $0.metric.type == .counter },
        .flag("isGauge", "the metrics' type; their mode is not mostrecent") { $0.metric.isPlainGauge },
        .flag("isMostRecentGauge", "the metrics' type; their mode is mostrecent") { $0.metric.isMostRecentGauge },
        .flag("isInfo", "the metrics' type") { $0.metric.type == .info },
        .flag("isStateSet", "the metrics' type") { $0.metric.type == .stateset },
        .flag("isUnknown", "the metrics' type") { $0.metric.type == .unknown },
        .flag("isObserved", "whether the metrics are histograms or summaries") { $0.metric.isObserved },
        .flag("isTimed", "whether they observe seconds, so that durations fit") { $0.metric.isTimed },
        .flag("hasChild", "whether the metrics have child handles") { $0.hasChild },
        .flag("hasValue", "whether a series has one value") { $0.hasChild && !$0.metric.isObserved },
        .text("parameters", "all labels as parameters") { $0.parameters.text },
        .text("parametersOpen", "the line break before a parameter that precedes the labels'") {
            $0.amountParameters.open
        },
        .text("parametersSeparator", "what stands between two such parameters") { $0.amountParameters.separator },
        .text("parametersAfter", "all labels as parameters after another, up to the bracket") {
            $0.amountParameters.following
        },
        .optionalText("missingLabels", "what to tell those who call without labels; absent where there are none") {
            $0.missingLabels
        },
        .texts("parameterLines", "each label as a parameter") { $0.labels.parameters },
        .text("arguments", "all labels as arguments") { $0.arguments.text },
        .text("argumentsOpen", "the line break before an argument that precedes the labels'") { $0.arguments.open },
        .text("argumentsSeparator", "what stands between two such arguments") { $0.arguments.separator },
        .text("argumentsAfter", "all labels as arguments after another, up to the bracket") { $0.arguments.following },
        .text("initialArguments", "the arguments that find a series, or make it with a value") {
            $0.seriesArguments(closed: $0.closedIndex, ["initially: value"], indentation: 8)
        },
        .text("factArguments", "the arguments that find the series of an info, or make it") {
            $0.seriesArguments(closed: $0.closedIndex, ["initially: 1"], indentation: 8)
        },
        .text("stateCount", "how many states a state set has") { String($0.metric.states.count) },
        .text("statesStart", "the index of the first state of a state set") { $0.statesStart },
        .text("oneStateArguments", "the arguments that find the series of one state") {
            $0.seriesArguments(closed: "closed &+ UInt32(state.index)", indentation: 8)
        },
        .text("eachStateArguments", "the arguments that find the series of each state, inside a loop") {
            $0.seriesArguments(closed: "closed &+ index", indentation: 12)
        },
        .flag("hasClosedIndex", "whether the index over the closed labels needs a function") { $0.hasClosedIndex },
        .text("closedParameters", "the closed labels as parameters of that function") { $0.closedParameters },
        .text("closedStart", "the index of the first closed label") { $0.labels.closedIndexes.first ?? "0" },
        .list("closedSteps", "the further closed labels") { $0.closedSteps },
        .text("arity", "the number of open labels, as the runtime's functions have it in their names") { $0.arity },
        .text("seriesArguments", "the arguments that find a series") {
            $0.seriesArguments(closed: $0.closedIndex, indentation: 8)
        },
    ])

    // MARK: Types

    private var hasChild: Bool { metric.type != .info && metric.type != .stateset }

    private var protocolName: String {
        switch metric.type {
        case .counter: "CounterMetric"
        case .gauge: metric.isMostRecentGauge ? "MostRecentGaugeMetric" : "GaugeMetric"
        case .histogram: "HistogramMetric"
        case .summary: "SummaryMetric"
        case .info: "InfoMetric"
        case .stateset: "StateSetMetric"
        case .unknown: "UnknownMetric"
        }
    }

    private var childType: String {
        switch metric.type {
        case .counter: "CounterChild"
        case .gauge: metric.isMostRecentGauge ? "MostRecentGaugeChild" : "GaugeChild"
        case .histogram: "HistogramChild"
        case .summary: "SummaryChild"
        case .info: "InfoChild"
        case .stateset: "StateSetChild<State>"
        case .unknown: "UnknownChild"
        }
    }

    private static func docLines(of metric: ResolvedMetric) -> [String] {
        let names: String = metric.labels.map { SwiftText.code($0.name) }.joined(separator: ", ")
        let labels = names.isEmpty ? "without labels" : "with the labels \(names)"
        var comment = DocComment(indentation: 0)
        comment.addSummary("No API: what every \(metric.type.rawValue) \(labels) can do.")
        return comment.lines
    }

    // MARK: Parameters and arguments

    /// Without a function that takes no labels, which is unavailable, a compiler that is asked for one offers to call
    /// an instance's function on the type instead.
    private var missingLabels: String? {
        guard !metric.labels.isEmpty else { return nil }
        let names: String = metric.labels.map(\.swiftName).joined(separator: ", ")
        let message = SwiftText.literal("labels are missing: \(names)")
        let room = SwiftText.lineWidth - 4 - "@available(*, unavailable, message: )".utf8.count
        return message.utf8.count <= room ? message : SwiftText.literal("its \(metric.labels.count) labels are missing")
    }

    private var hasClosedIndex: Bool { labels.closedIndexes.count > 1 }

    private var closedParameters: String {
        let room = "@inlinable static func _closedIndex() -> UInt32 {".utf8.count
        return SwiftList(labels.closedParameters, indentation: 4, room: room).text
    }

    private var closedSteps: [ClosedStepContext] {
        zip(labels.closedCounts, labels.closedIndexes).dropFirst().map { count, index in
            ClosedStepContext(count: count, index: index)
        }
    }

    /// The index over the closed labels.
    private var closedIndex: String {
        guard hasClosedIndex else { return labels.closedIndexes.first ?? "0" }
        return "Self._closedIndex(" + labels.closedNames.joined(separator: ", ") + ")"
    }

    /// The states are the last of the closed labels.
    private var statesStart: String {
        labels.closedIndexes.isEmpty ? "0" : closedIndex + " &* \(metric.states.count)"
    }

    private var arity: String { labels.openValues.count > 4 ? "N" : String(labels.openValues.count) }

    private func seriesArguments(closed: String, _ further: [String] = [], indentation: Int) -> String {
        let open = labels.openValues
        guard open.count > 4 else {
            return SwiftList([closed] + open + further, indentation: indentation, room: Self.seriesRoom).text
        }
        let inline = SwiftList(
            [closed, "[" + open.joined(separator: ", ") + "]"] + further,
            indentation: indentation,
            room: Self.seriesRoom
        )
        guard inline.isWrapped else { return inline.text }
        let array = "[" + SwiftList(open, indentation: indentation + 4, room: "[]".utf8.count).elements + "]"
        return SwiftList([closed, array] + further, indentation: indentation, room: Self.seriesRoom).text
    }
}

/// One further closed label: the index so far times `count`, plus its own.
struct ClosedStepContext: TemplateContext {
    fileprivate let count: Int
    fileprivate let index: String

    static let table = ContextTable<ClosedStepContext>([
        .text("count", "how many values the label has") { String($0.count) },
        .text("indexExpression", "the index of the label's value") { $0.index },
    ])
}

extension AccessLevel {
    /// Lets other modules inline what is public.
    var inlinable: String { self == .public ? "@inlinable " : "" }
}

extension ResolvedMetric {
    var isMostRecentGauge: Bool { type == .gauge && multiprocessMode.isMostRecent }
    var isPlainGauge: Bool { type == .gauge && !multiprocessMode.isMostRecent }
    var isObserved: Bool { type == .histogram || type == .summary }
    var isTimed: Bool { isObserved && (unit.isEmpty || unit == "seconds") }
}
