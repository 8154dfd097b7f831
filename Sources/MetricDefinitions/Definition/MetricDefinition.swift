/// One metric as it is written; a class, since checks hand it about much more often than one is made.
package final class MetricDefinition: Sendable {
    /// The whole mapping.
    package let span: SourceSpan
    /// The first key, where what is missing is reported.
    package let firstKey: SourceSpan
    /// Where each key stands.
    package let keys: MappingKeys

    package let name: Located<String>?
    package let type: Located<MetricType>?
    package let documentation: Located<String>?
    package let unit: Located<String>?
    package let labels: [LabelDefinition]
    package let constantLabels: [ConstantLabelDefinition]
    package let buckets: BucketDefinition?
    /// The states; `nil` where none are given, or one could not be read.
    package let states: [Located<String>]?
    package let multiprocessMode: Located<MultiprocessMode>?
    package let maxSeries: Located<Int>?
    package let swiftName: Located<String>?
    /// The label by which code that uses swift-metrics records the metric.
    package let swiftMetricsLabel: Located<String>?
    package let stability: Located<Stability>?
    package let since: Located<String>?
    package let deprecated: DeprecationDefinition?
    package let allow: [AllowDefinition]

    /// A metric with what its mapping says; `nil` where the node is no mapping.
    init?(_ node: YAMLNode) {
        guard case .mapping(let entries) = node.content else { return nil }
        let keys = MappingKeys(entries)
        self.keys = keys
        span = node.span
        firstKey = entries.first?.key.span ?? node.span
        name = keys.value("name").flatMap(NodeReader.text)
        type = keys.value("type").flatMap { NodeReader.choice($0, of: MetricType.self) }
        documentation = keys.value("documentation").flatMap(NodeReader.text)
        unit = keys.value("unit").flatMap(NodeReader.text)
        labels = keys.value("labels").map(NodeReader.items)?.compactMap(LabelDefinition.label) ?? []
        constantLabels =
            keys.value("constant_labels").map(NodeReader.entries)?.compactMap { entry in
                NodeReader.anyText(entry.value).map { ConstantLabelDefinition(name: entry.key, value: $0) }
            } ?? []
        buckets = keys.value("buckets").flatMap { BucketDefinition($0) }
        states = keys.value("states").flatMap(NodeReader.texts)
        multiprocessMode = keys.value("multiprocess_mode").flatMap { NodeReader.choice($0, of: MultiprocessMode.self) }
        maxSeries = keys.value("max_series").flatMap(NodeReader.count)
        swiftName = keys.value("swift_name").flatMap(NodeReader.text)
        swiftMetricsLabel = keys.value("swift_metrics_label").flatMap(NodeReader.text)
        stability = keys.value("stability").flatMap { NodeReader.choice($0, of: Stability.self) }
        since = keys.value("since").flatMap(NodeReader.anyText)
        deprecated = keys.value("deprecated").flatMap { DeprecationDefinition($0) }
        allow = keys.value("allow").map { AllowDefinition.read($0, scope: node.span) } ?? []
    }
}

/// The keys of a mapping: so few that searching them is faster than hashing.
package struct MappingKeys: Sendable {
    private let entries: [YAMLEntry]

    init(_ entries: [YAMLEntry]) { self.entries = entries }

    /// Where a key stands.
    package subscript(key: String) -> SourceSpan? { entries.first { $0.key.value == key }?.key.span }

    func value(_ key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }
}

/// The type of a metric.
package enum MetricType: String, Sendable, CaseIterable {
    case counter
    case gauge
    case histogram
    case summary
    case info
    case stateset
    case unknown
}

/// How a gauge's values in several processes are merged; the names are those of Python's client.
package enum MultiprocessMode: String, Sendable, CaseIterable {
    case all
    case liveall
    case min
    case livemin
    case max
    case livemax
    case sum
    case livesum
    case mostrecent
    case livemostrecent

    /// Whether only `set` has a meaning.
    package var isMostRecent: Bool { self == .mostrecent || self == .livemostrecent }
    /// Whether the merge tells processes apart by a label `pid`.
    package var addsProcessLabel: Bool { self == .all || self == .liveall }
}

/// How much a metric may still change.
package enum Stability: String, Sendable, CaseIterable {
    case stable
    case beta
    case alpha
    case development
}

/// A label that every series carries with the same value.
package struct ConstantLabelDefinition: Sendable {
    package var name: Located<String>
    package var value: Located<String>
}

/// That a metric should no longer be used.
package struct DeprecationDefinition: Sendable {
    package var span: SourceSpan
    package var since: Located<String>?
    package var message: Located<String>?
    package var replacedBy: Located<String>?
}
