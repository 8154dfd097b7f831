internal import MetricDefinitions

/// One metric, with every line break decided.
final class MetricContext: TemplateContext {
    /// The longest text that the templates put on a line with all parameters.
    private static let declarationRoom = "package static func labels() -> MostRecentGaugeChild {".utf8.count
    private static let amountRoom = "package static func set(_ state: State, to isOn: Bool, ) -> Bool? {".utf8.count
    private static let callRoom = "try await labels().trackInProgress(body)".utf8.count
    private static let seriesRoom = "let series: _SeriesHandle? = _family._remove4()".utf8.count

    private let metric: ResolvedMetric
    private let index: Int
    private let definitionsType: String
    private let labels: LabelArguments
    private let states: [LabelTypeContext]
    private let registrations: [LabelRegistrationContext]

    init(_ metric: ResolvedMetric, index: Int, definitionsType: String) {
        self.metric = metric
        self.index = index
        self.definitionsType = definitionsType
        labels = LabelArguments(metric.labels)
        states = Self.states(of: metric)
        registrations =
            metric.labels.map { LabelRegistrationContext($0) }
            + metric.constantLabels.map { LabelRegistrationContext(constant: $0) }
    }

    static let table = ContextTable<MetricContext>([
        .text("name", "the exposed name") { $0.metric.name },
        .text("swiftName", "the Swift type") { SwiftIdentifier.escaped($0.metric.swiftName) },
        .text("index", "the metric's place in its file") { String($0.index) },
        .text("nameLiteral", "the exposed name as a string literal") { SwiftText.literal($0.metric.name) },
        .text("documentationLiteral", "the help text as a string literal") {
            SwiftText.literal($0.metric.documentation)
        },
        .text("labelNames", "the labels' names as elements of an array literal") { $0.labelNames },
        .texts("docLines", "the lines of the doc comment") { $0.docLines },
        .optionalText("availability", "the arguments of @available where the metric is deprecated") { $0.availability },
        .text("childType", "the type of a child handle") { $0.childType },
        .text("protocolName", "the protocol that the type conforms to") { $0.protocolName },
        .flag("isCounter", "the metric's type") { $0.metric.type == .counter },
        .flag("isGauge", "the metric's type; its mode is not mostrecent") { $0.isPlainGauge },
        .flag("isMostRecentGauge", "the metric's type; its mode is mostrecent") { $0.isMostRecent },
        .flag("isHistogram", "the metric's type") { $0.metric.type == .histogram },
        .flag("isSummary", "the metric's type") { $0.metric.type == .summary },
        .flag("isInfo", "the metric's type") { $0.metric.type == .info },
        .flag("isStateSet", "the metric's type") { $0.metric.type == .stateset },
        .flag("isUnknown", "the metric's type") { $0.metric.type == .unknown },
        .flag("isObserved", "whether the metric is a histogram or a summary") { $0.isObserved },
        .flag("isTimed", "whether it observes seconds, so that durations fit") { $0.isTimed },
        .flag("hasChild", "whether the metric has child handles") { $0.hasChild },
        .flag("hasValue", "whether a series has one value") { $0.hasChild && !$0.isObserved },
        .list("states", "the type of the states of a state set: one element, or none") { $0.states },
        .text("parameters", "all labels as parameters") { $0.parameters.text },
        .text("parametersOpen", "the line break before a parameter that precedes the labels'") {
            $0.amountParameters.open
        },
        .text("parametersSeparator", "what stands between two such parameters") { $0.amountParameters.separator },
        .text("parametersAfter", "all labels as parameters after another, up to the bracket") {
            $0.amountParameters.following
        },
        .texts("parameterLines", "each label as a parameter") { $0.labels.parameters },
        .text("arguments", "all labels as arguments") { $0.arguments.text },
        .text("argumentsOpen", "the line break before an argument that precedes the labels'") { $0.arguments.open },
        .text("argumentsSeparator", "what stands between two such arguments") { $0.arguments.separator },
        .text("argumentsAfter", "all labels as arguments after another, up to the bracket") { $0.arguments.following },
        .text("nestedOpen", "as argumentsOpen, one level deeper") { $0.nestedArguments.open },
        .text("nestedSeparator", "as argumentsSeparator, one level deeper") { $0.nestedArguments.separator },
        .text("nestedAfter", "as argumentsAfter, one level deeper") { $0.nestedArguments.following },
        .text("nestedSeriesArguments", "as seriesArguments, one level deeper") { $0.seriesArguments(indentation: 12) },
        .flag("hasClosedIndex", "whether the index over the closed labels needs a function") {
            $0.labels.closedIndexes.count > 1 || $0.hasStates
        },
        .text("closedParameters", "the closed labels as parameters of that function") { $0.closedParameters },
        .text("closedStart", "the index of the first closed label") { $0.labels.closedIndexes.first ?? "0" },
        .list("closedSteps", "the further closed labels") { $0.closedSteps },
        .text("arity", "the number of open labels, as the runtime's functions have it in their names") { $0.arity },
        .text("seriesArguments", "the arguments that find a series") { $0.seriesArguments(indentation: 8) },
        .text("unitLiteral", "the unit as a string literal") { SwiftText.literal($0.metric.unit) },
        .text("mode", "the multiprocess mode") { $0.metric.multiprocessMode.rawValue },
        .text("maxSeries", "the bound on label combinations") { SwiftText.integer($0.metric.maxSeries) },
        .text("buckets", "the finite bounds as elements of an array literal") { $0.buckets },
        .text("stateValues", "the states as elements of an array literal") { $0.stateValues },
        .text("listOpen", "the line break before the first argument of the registration") { $0.registration.open },
        .text("listSeparator", "what stands between arguments of the registration") { $0.registration.separator },
        .text("listClose", "the line break after the last argument of the registration") { $0.registration.close },
        .list("registrations", "what registers the labels") { $0.registrations },
    ])

    // MARK: Types

    private var isMostRecent: Bool { metric.type == .gauge && metric.multiprocessMode.isMostRecent }
    private var isPlainGauge: Bool { metric.type == .gauge && !metric.multiprocessMode.isMostRecent }
    private var isObserved: Bool { metric.type == .histogram || metric.type == .summary }
    private var isTimed: Bool { isObserved && (metric.unit.isEmpty || metric.unit == "seconds") }
    private var hasStates: Bool { metric.type == .stateset }
    private var hasChild: Bool { metric.type != .info && metric.type != .stateset }

    private var protocolName: String {
        switch metric.type {
        case .counter: "CounterMetric"
        case .gauge: isMostRecent ? "MostRecentGaugeMetric" : "GaugeMetric"
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
        case .gauge: isMostRecent ? "MostRecentGaugeChild" : "GaugeChild"
        case .histogram: "HistogramChild"
        case .summary: "SummaryChild"
        case .info, .stateset: "GaugeChild"
        case .unknown: "UnknownChild"
        }
    }

    private static func states(of metric: ResolvedMetric) -> [LabelTypeContext] {
        guard metric.type == .stateset else { return [] }
        let type = ResolvedLabelType(
            swiftName: "State",
            labelName: metric.name,
            documentation: "The states of \(SwiftText.code(metric.name)).",
            cases: metric.states,
            other: nil,
            access: metric.access
        )
        return [LabelTypeContext(type, indentation: 4)]
    }

    // MARK: Documentation

    private var docLines: [String] {
        var comment = DocComment(indentation: 0)
        comment.addSummary(metric.documentation)
        comment.addList(MetricSummary.items(of: metric))
        return comment.lines
    }

    private var availability: String? {
        guard let deprecation = metric.deprecation else { return nil }
        var message = deprecation.since.map { "Deprecated since \($0)." } ?? ""
        if let text = deprecation.message { message += (message.isEmpty ? "" : " ") + text }
        var arguments = ["*", "deprecated"]
        if !message.isEmpty { arguments.append("message: \(SwiftText.literal(message))") }
        if let replacement = deprecation.replacementType {
            arguments.append("renamed: \(SwiftText.literal(replacement))")
        }
        return SwiftList(arguments, indentation: 0, room: "@available()".utf8.count).text
    }

    // MARK: Parameters and arguments

    private var parameters: SwiftList {
        SwiftList(labels.parameters, indentation: 4, room: Self.declarationRoom)
    }

    private var amountParameters: SwiftList {
        SwiftList(labels.parameters, indentation: 4, room: Self.amountRoom)
    }

    private var arguments: SwiftList { SwiftList(labels.arguments, indentation: 8, room: Self.callRoom) }

    private var nestedArguments: SwiftList { SwiftList(labels.arguments, indentation: 12, room: Self.callRoom) }

    private var labelNames: String {
        let room = "[]".utf8.count
        return SwiftList(metric.labels.map { SwiftText.literal($0.name) }, indentation: 8, room: room).elements
    }

    private var closedParameters: String {
        let parameters = labels.closedParameters + (hasStates ? ["_ state: State"] : [])
        return SwiftList(parameters, indentation: 4, room: "private func closedIndex() -> UInt32 {".utf8.count).text
    }

    private var closedSteps: [ClosedStepContext] {
        var steps = zip(labels.closedCounts, labels.closedIndexes).dropFirst().map { count, index in
            ClosedStepContext(count: count, index: index)
        }
        if hasStates { steps.append(ClosedStepContext(count: metric.states.count, index: "UInt32(state.index)")) }
        return steps
    }

    private var arity: String { labels.openValues.count > 4 ? "N" : String(labels.openValues.count) }

    private func seriesArguments(indentation: Int) -> String {
        var closed = labels.closedIndexes.first ?? "0"
        if labels.closedIndexes.count > 1 || hasStates {
            closed = "closedIndex(" + (labels.closedNames + (hasStates ? ["state"] : [])).joined(separator: ", ") + ")"
        }
        let open = labels.openValues
        guard open.count > 4 else {
            return SwiftList([closed] + open, indentation: indentation, room: Self.seriesRoom).text
        }
        let inline = SwiftList([closed, "[" + open.joined(separator: ", ") + "]"], indentation: indentation, room: Self.seriesRoom)
        guard inline.isWrapped else { return inline.text }
        let array = "[" + SwiftList(open, indentation: indentation + 4, room: "[]".utf8.count).elements + "]"
        return SwiftList([closed, array], indentation: indentation, room: Self.seriesRoom).text
    }

    // MARK: Registration

    private var buckets: String {
        SwiftList(metric.buckets.map(\.description), indentation: 12, room: "buckets: [],".utf8.count).elements
    }

    private var stateValues: String {
        let values: [String] = metric.states.map { SwiftText.literal($0.value) }
        return SwiftList(values, indentation: 12, room: "states: [],".utf8.count).elements
    }

    /// The breaks of `list.histogram("name", "help", …)`.
    private var registration: SwiftList {
        var arguments: [String] = [SwiftText.literal(metric.name), SwiftText.literal(metric.documentation)]
        arguments.append("unit: \(SwiftText.literal(metric.unit))")
        arguments.append("mode: .\(metric.multiprocessMode.rawValue)")
        arguments.append("maxSeries: \(SwiftText.integer(metric.maxSeries))")
        arguments.append("buckets: [\(metric.buckets.map(\.description).joined(separator: ", "))]")
        arguments.append("states: [\(metric.states.map { SwiftText.literal($0.value) }.joined(separator: ", "))]")
        return SwiftList(arguments, indentation: 8, room: "list.histogram()".utf8.count)
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

/// What registers one label.
struct LabelRegistrationContext: TemplateContext {
    private let name: String
    private let values: [String]?
    private let maxValues: Int?
    private let constant: String?

    init(_ label: ResolvedLabel) {
        name = label.name
        values = label.closedValues
        if case .open(_, let maxValues) = label.kind { self.maxValues = maxValues } else { maxValues = nil }
        constant = nil
    }

    init(constant label: ResolvedMetric.ConstantLabel) {
        name = label.name
        values = nil
        maxValues = nil
        constant = label.value
    }

    static let table = ContextTable<LabelRegistrationContext>([
        .text("labelLiteral", "the label's name as a string literal") { SwiftText.literal($0.name) },
        .flag("isOpen", "whether the label is open") { $0.values == nil && $0.constant == nil },
        .flag("isClosed", "whether the label is a closed set") { $0.values != nil },
        .optionalText("maxValues", "the bound on an open label's values") { $0.maxValues.map(SwiftText.integer) },
        .optionalText("constantLiteral", "the value of a constant label as a string literal") {
            $0.constant.map(SwiftText.literal)
        },
        .text("closedOpen", "the line break before the arguments of a closed set") { $0.closedList.open },
        .text("closedSeparator", "what stands between them") { $0.closedList.separator },
        .text("closedClose", "the line break after them") { $0.closedList.close },
        .text("closedValues", "the values of a closed set as elements of an array literal") { $0.closedValues },
    ])

    private var literals: [String] { (values ?? []).map(SwiftText.literal) }

    private var closedList: SwiftList {
        let array = "[" + literals.joined(separator: ", ") + "]"
        return SwiftList([SwiftText.literal(name), array], indentation: 8, room: "list.closedLabel()".utf8.count)
    }

    private var closedValues: String {
        guard !closedList.open.isEmpty else { return literals.joined(separator: ", ") }
        return SwiftList(literals, indentation: 12, room: "[]".utf8.count).elements
    }
}
