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
            for file in context.files {
                for metric in file.metrics { body(metric, context, &sink) }
            }
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

    /// Whether every file was read to its end: else what is not found may stand in the unread rest.
    package var isComplete: Bool { files.allSatisfy(\.isComplete) }

    /// All metrics in order.
    package var metrics: [MetricDefinition] { files.flatMap(\.metrics) }
}
