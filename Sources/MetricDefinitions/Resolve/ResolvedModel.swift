/// Definitions with everything decided: what templates and commands see.
package struct ResolvedModel: Sendable {
    /// The files in the order of their names.
    package var files: [ResolvedFile]

    /// All metrics in order.
    package var metrics: [ResolvedMetric] { files.flatMap(\.metrics) }
}

/// One definition file.
package struct ResolvedFile: Sendable {
    /// The name of the file: `worker.yaml`.
    package var name: String
    /// The name without its extension: `worker`.
    package var stem: String
    /// The member of the registry: `worker`.
    package var swiftName: String
    /// The type that registers the file's metrics: `_WorkerMetrics`.
    package var definitionsType: String
    package var namespace: String?
    package var access: AccessLevel
    package var labelTypes: [ResolvedLabelType]
    package var metrics: [ResolvedMetric]
}

/// A closed set of values as a Swift type.
package struct ResolvedLabelType: Sendable {
    package struct Case: Sendable {
        package var swiftName: String
        package var value: String
    }

    package var swiftName: String
    package var labelName: String
    package var documentation: String?
    /// The cases in the order of their indexes, `other` last.
    package var cases: [Case]
    /// The value of the case `other`, where there is one.
    package var other: String?
    package var access: AccessLevel

    package init(
        swiftName: String,
        labelName: String,
        documentation: String?,
        cases: [Case],
        other: String?,
        access: AccessLevel
    ) {
        self.swiftName = swiftName
        self.labelName = labelName
        self.documentation = documentation
        self.cases = cases
        self.other = other
        self.access = access
    }
}

/// One metric.
package struct ResolvedMetric: Sendable {
    package var name: String
    package var type: MetricType
    package var documentation: String
    package var unit: String
    package var labels: [ResolvedLabel]
    package var constantLabels: [ConstantLabel]
    /// The finite bounds of a histogram.
    package var buckets: [Double]
    /// The states of a state set.
    package var states: [ResolvedLabelType.Case]
    package var multiprocessMode: MultiprocessMode
    package var maxSeries: Int
    /// The number of label combinations, where every label is bounded.
    package var combinations: Int?
    package var swiftName: String
    /// The label under which libraries record the metric through swift-metrics.
    package var swiftMetricsLabel: String?
    package var stability: Stability?
    package var since: String?
    package var deprecation: Deprecation?
    package var access: AccessLevel
    /// Where the metric is defined.
    package var definedAt: SourceSpan

    package struct ConstantLabel: Sendable {
        package var name: String
        package var value: String
    }

    package struct Deprecation: Sendable {
        package var since: String?
        package var message: String?
        /// The exposed name of the metric to use instead.
        package var replacedBy: String?
        /// Its Swift type.
        package var replacementType: String?
    }
}

/// One label of a metric.
package struct ResolvedLabel: Sendable {
    /// What values a label takes, and by which Swift type.
    package enum Kind: Sendable {
        /// A `String`, or an `Int` that is exposed in decimal.
        case open(isInt: Bool, maxValues: Int?)
        /// A `Bool`.
        case bool
        /// A case of a closed set.
        case closed(type: String, values: [String], other: String?)
    }

    package var name: String
    package var swiftName: String
    package var documentation: String?
    package var kind: Kind

    /// The values of a closed set, those of a bool included; `nil` for an open label.
    package var closedValues: [String]? {
        switch kind {
        case .open: nil
        case .bool: ["false", "true"]
        case .closed(_, let values, _): values
        }
    }
}
