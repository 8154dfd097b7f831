/// One metric as it is written.
package struct MetricDefinition: Sendable {
    /// The whole mapping.
    package var span: SourceSpan
    /// The first key, where what is missing is reported.
    package var firstKey: SourceSpan
    /// Where each key stands.
    package var keys = KeySpans()

    package var name: Located<String>?
    package var type: Located<MetricType>?
    package var documentation: Located<String>?
    package var unit: Located<String>?
    package var labels: [LabelDefinition] = []
    package var constantLabels: [ConstantLabelDefinition] = []
    package var buckets: BucketDefinition?
    /// The states; `nil` where none are given, or one could not be read.
    package var states: [Located<String>]?
    package var multiprocessMode: Located<MultiprocessMode>?
    package var maxSeries: Located<Int>?
    package var swiftName: Located<String>?
    package var stability: Located<Stability>?
    package var since: Located<String>?
    package var deprecated: DeprecationDefinition?
    package var allow: [AllowDefinition] = []

    package init(span: SourceSpan, firstKey: SourceSpan) {
        self.span = span
        self.firstKey = firstKey
    }
}

/// Where the keys of a mapping stand: so few that searching them is faster than hashing.
package struct KeySpans: Sendable {
    private var spans: [(key: String, span: SourceSpan)] = []

    package mutating func add(_ key: Located<String>) { spans.append((key.value, key.span)) }

    package subscript(key: String) -> SourceSpan? { spans.first { $0.key == key }?.span }
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
