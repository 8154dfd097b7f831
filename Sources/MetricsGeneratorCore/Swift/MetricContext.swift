internal import MetricDefinitions

/// One metric: its type, and its registration.
struct MetricContext: TemplateContext {
    /// What the context holds; a class of its own, so that the context is one word, which Mustache looks at many times.
    private final class Content: Sendable {
        let metric: ResolvedMetric
        let index: Int
        let definitionsType: String
        /// The protocol that holds the metric's functions.
        let conformance: String
        let states: [LabelTypeContext]
        let sharedStates: String?

        init(
            _ metric: ResolvedMetric,
            index: Int,
            definitionsType: String,
            groupName: String,
            stateTypes: StateTypes
        ) {
            self.metric = metric
            self.index = index
            self.definitionsType = definitionsType
            conformance = groupName
            sharedStates = stateTypes.sharedType(of: metric)
            states = metric.type == .stateset && sharedStates == nil ? [MetricContext.states(of: metric)] : []
        }
    }

    private let content: Content
    private var metric: ResolvedMetric { content.metric }

    init(_ metric: ResolvedMetric, index: Int, definitionsType: String, groupName: String, stateTypes: StateTypes) {
        content = Content(
            metric,
            index: index,
            definitionsType: definitionsType,
            groupName: groupName,
            stateTypes: stateTypes
        )
    }

    static let table = ContextTable<MetricContext>([
        .rawText("name", "the exposed name") { $0.metric.name },
        .text("anchor", "the name of the metric's place in a page") { "metric-" + $0.metric.name },
        .rawText("help", "the help text") { $0.metric.documentation },
        .text("type", "the metric's type: counter, gauge, histogram, summary, info, stateset or unknown") {
            $0.metric.type.rawValue
        },
        .rawText("unit", "the unit, where there is one") { $0.metric.unit },
        .rawText("stability", "how much the metric may still change, where that is said") {
            $0.metric.stability?.rawValue ?? ""
        },
        .rawText("since", "the version that brought the metric, where that is said") { $0.metric.since ?? "" },
        .list("labels", "the labels in the order of their definition") {
            $0.metric.labels.map { LabelContext(label: $0) }
        },
        .list("constantLabels", "the labels that every series carries with the same value") {
            $0.metric.constantLabels.map { ConstantLabelContext(label: $0) }
        },
        .texts("bounds", "the bounds of a histogram's buckets, the infinite one left out") {
            $0.metric.buckets.map(ResolvedNumber.text)
        },
        .optionalText("bucketText", "the bounds of a histogram's buckets with the infinite one, in a line") {
            let bounds: [String] = ($0.metric.buckets + [.infinity]).map(ResolvedNumber.text)
            return $0.metric.type == .histogram ? bounds.joined(separator: ", ") : nil
        },
        .list("stateNames", "the states of a state set") { $0.metric.states.map { ValueContext(value: $0.value) } },
        .list("deprecation", "that the metric is deprecated: one element, or none") {
            [$0.metric.deprecation].compactMap { $0.map { DeprecationContext(deprecation: $0) } }
        },
        .optionalText("combinations", "how many combinations of label values there can be, where that is bounded") {
            $0.metric.combinations.map { $0 == .max ? "countless" : String($0) }
        },
        .text("seriesLimit", "how many label combinations a process makes at most") { String($0.metric.maxSeries) },
        .optionalText("labelBound", "how many its labels allow, where that is what bounds them") {
            MetricQueries.labelBound($0.metric).map { String($0) }
        },
        .flag("hasOpenLabels", "whether a label takes any text or number") {
            $0.metric.labels.contains { $0.closedValues == nil }
        },
        .list("queries", "queries to start from, each with what it tells") { MetricQueries.examples(of: $0.metric) },
        .list("recordings", "recording rules") { MetricRules.recordings(of: $0.metric) },
        .list("alerts", "alerting rules") { MetricRules.alerts(of: $0.metric) },
        .list("python", "the metric as a class of Python: one element") { [PythonContext($0.metric)] },
        .text("swiftName", "the Swift type") { SwiftIdentifier.escaped($0.metric.swiftName) },
        .text("access", "the access level of its file, with a space after it") { $0.metric.access.modifier },
        .flag("isPublic", "whether other modules see the metric") { $0.metric.access == .public },
        .text("conformance", "the protocol that the type conforms to") { $0.content.conformance },
        .text("index", "the metric's place in its file") { String($0.content.index) },
        .text("familyArguments", "the arguments that find the family: the type that registers it, and its place there")
        {
            $0.content.definitionsType + ".self, " + String($0.content.index)
        },
        .text("nameLiteral", "the exposed name as a string literal") { SwiftText.literal($0.metric.name) },
        .text("documentationLiteral", "the help text as a string literal") {
            SwiftText.literal($0.metric.documentation)
        },
        .text("docComment", "the doc comment of the Swift type") { $0.docComment },
        .optionalText("availability", "the arguments of @available where the metric is deprecated") { $0.availability },
        .list("states", "the type of the states of a state set: one element, or none") { $0.content.states },
        .optionalText("sharedStates", "the type of the states of a state set, where another one declares it") {
            $0.content.sharedStates
        },
        .flag("isCounter", "the metric's type") { $0.metric.type == .counter },
        .flag("isGauge", "the metric's type") { $0.metric.type == .gauge },
        .flag("isHistogram", "the metric's type") { $0.metric.type == .histogram },
        .flag("isSummary", "the metric's type") { $0.metric.type == .summary },
        .flag("isInfo", "the metric's type") { $0.metric.type == .info },
        .flag("isStateSet", "the metric's type") { $0.metric.type == .stateset },
        .flag("isUnknown", "the metric's type") { $0.metric.type == .unknown },
        .rawText("swiftMetricsLabel", "the label under which swift-metrics records it, where there is one") {
            $0.metric.swiftMetricsLabel ?? ""
        },
        .text("mode", "the multiprocess mode") { $0.metric.multiprocessMode.rawValue },
        .text("maxSeries", "the bound on label combinations") { SwiftText.integer($0.metric.maxSeries) },
    ])

    // MARK: Documentation

    private var docComment: String {
        var comment = DocComment(indentation: 0)
        comment.addSummary(metric.documentation)
        MetricSummary.add(metric, to: &comment)
        return comment.text
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

    private static func states(of metric: ResolvedMetric) -> LabelTypeContext {
        let type = ResolvedLabelType(
            swiftName: "State",
            labelName: metric.name,
            documentation: "The states of \(SwiftText.code(metric.name)).",
            cases: metric.states,
            other: nil,
            access: metric.access
        )
        return LabelTypeContext(type, indentation: 4)
    }
}
