/// Rules about one subject, and the checks that find what breaks them.
///
/// A rule without a check is found where the input is read: there a value that breaks it cannot be represented.
package struct RuleFamily: Sendable {
    /// Looks through all definitions.
    package typealias Check = @Sendable (_ context: CheckContext, _ sink: inout DiagnosticSink) -> Void

    package let title: String
    package let rules: [Rule]
    package let checks: [Check]

    package init(title: String, rules: [Rule], checks: [Check] = []) {
        self.title = title
        self.rules = rules
        self.checks = checks
    }

    /// A check that looks at one metric at a time.
    package static func eachMetric(
        _ body: @escaping @Sendable (MetricDefinition, CheckContext, inout DiagnosticSink) -> Void
    ) -> Check {
        { context, sink in
            for metric in context.metrics { body(metric, context, &sink) }
        }
    }

    /// A check that looks at one metric at a time, and at what its name says.
    static func eachName(
        _ body: @escaping @Sendable (MetricDefinition, NameParts, CheckContext, inout DiagnosticSink) -> Void
    ) -> Check {
        { context, sink in
            for (metric, parts) in zip(context.metrics, context.nameParts) { body(metric, parts, context, &sink) }
        }
    }
}

/// What a check may look at.
package struct CheckContext: Sendable {
    /// The definitions in the order of their files' names; fields that could not be read are missing.
    package let files: [DefinitionFile]
    package let labelSets: LabelSetTable
    package let names: SwiftNameTable
    /// The Swift type of the registry.
    package let registryName: String

    /// All metrics in order.
    package let metrics: [MetricDefinition]
    /// What the metrics' names say, in the same order.
    let nameParts: [NameParts]
    let labelNames: LabelNames
    /// Whether every file was read to its end: else what is not found may stand in the unread rest.
    package let isComplete: Bool

    package init(files: [DefinitionFile], registryName: String) {
        self.files = files
        self.registryName = registryName
        labelSets = LabelSetTable(files)
        names = SwiftNameTable(files, labelSets: labelSets)
        metrics = files.flatMap(\.metrics)
        nameParts = files.flatMap { file in file.metrics.map { NameParts($0, namespace: file.namespace?.value) } }
        labelNames = LabelNames(metrics)
        isComplete = files.allSatisfy(\.isComplete)
    }
}
