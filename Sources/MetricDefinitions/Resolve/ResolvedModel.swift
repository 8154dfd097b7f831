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
    /// The type with the same cases that this one is another name for; `nil` for one that declares them.
    package var original: String?

    package init(
        swiftName: String,
        labelName: String,
        documentation: String?,
        cases: [Case],
        other: String?,
        access: AccessLevel,
        original: String? = nil
    ) {
        self.swiftName = swiftName
        self.labelName = labelName
        self.documentation = documentation
        self.cases = cases
        self.other = other
        self.access = access
        self.original = original
    }
}

/// One metric; a class, since contexts and checks hand it about much more often than one is made.
package final class ResolvedMetric: Sendable {
    package let name: String
    package let type: MetricType
    package let documentation: String
    package let unit: String
    package let labels: [ResolvedLabel]
    package let constantLabels: [ConstantLabel]
    /// The finite bounds of a histogram.
    package let buckets: [Double]
    /// The states of a state set.
    package let states: [ResolvedLabelType.Case]
    package let multiprocessMode: MultiprocessMode
    package let maxSeries: Int
    /// The number of label combinations, `__overflow__` included, where every label is bounded.
    package let combinations: Int?
    /// The combinations in which every open label reads `__overflow__`, which 'max_series' does not count.
    package let overflowSeries: Int
    package let swiftName: String
    /// The label under which libraries record the metric through swift-metrics.
    package let swiftMetricsLabel: String?
    package let stability: Stability?
    package let since: String?
    package let deprecation: Deprecation?
    package let access: AccessLevel
    /// Where the metric is defined.
    package let definedAt: SourceSpan

    init(
        name: String,
        type: MetricType,
        documentation: String,
        unit: String,
        labels: [ResolvedLabel],
        constantLabels: [ConstantLabel],
        buckets: [Double],
        states: [ResolvedLabelType.Case],
        multiprocessMode: MultiprocessMode,
        maxSeries: Int,
        combinations: Int?,
        overflowSeries: Int,
        swiftName: String,
        swiftMetricsLabel: String?,
        stability: Stability?,
        since: String?,
        deprecation: Deprecation?,
        access: AccessLevel,
        definedAt: SourceSpan
    ) {
        self.name = name
        self.type = type
        self.documentation = documentation
        self.unit = unit
        self.labels = labels
        self.constantLabels = constantLabels
        self.buckets = buckets
        self.states = states
        self.multiprocessMode = multiprocessMode
        self.maxSeries = maxSeries
        self.combinations = combinations
        self.overflowSeries = overflowSeries
        self.swiftName = swiftName
        self.swiftMetricsLabel = swiftMetricsLabel
        self.stability = stability
        self.since = since
        self.deprecation = deprecation
        self.access = access
        self.definedAt = definedAt
    }

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

/// One label of a metric; a class, as `ResolvedMetric` is.
package final class ResolvedLabel: Sendable {
    /// What values a label takes, and by which Swift type.
    package enum Kind: Sendable {
        /// A `String`, or an `Int` that is exposed in decimal.
        case open(isInt: Bool, maxValues: Int?)
        /// A `Bool`.
        case bool
        /// A case of a closed set.
        case closed(type: String, values: [String], other: String?)
    }

    package let name: String
    package let swiftName: String
    package let documentation: String?
    package let kind: Kind

    init(name: String, swiftName: String, documentation: String?, kind: Kind) {
        self.name = name
        self.swiftName = swiftName
        self.documentation = documentation
        self.kind = kind
    }

    /// The values of a closed set, those of a bool included; `nil` for an open label.
    package var closedValues: [String]? {
        switch kind {
        case .open: nil
        case .bool: ["false", "true"]
        case .closed(_, let values, _): values
        }
    }
}
