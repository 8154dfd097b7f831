/// No API: the definitions of one generated file, by index.
public protocol _MetricDefinitions {
    /// Adds the definitions to a list, in their order.
    static func define(_ list: inout _MetricDefinitionList)
}

/// No API: what generated code describes its metrics to, as one text; calls do the same by hand.
public struct _MetricDefinitionList: Sendable {
    private var descriptors: [MetricDescriptor] = []

    /// The descriptors of a generated file.
    public static func descriptors(_ file: any _MetricDefinitions.Type) -> [MetricDescriptor] {
        StructureLock.withLock { lockedDescriptors(of: file) }
    }

    /// Descriptors by generated file.
    ///
    /// `nonisolated(unsafe)`: touched under the structure lock alone.
    nonisolated(unsafe) private static var known: [ObjectIdentifier: [MetricDescriptor]] = [:]

    static func lockedDescriptors(of file: any _MetricDefinitions.Type) -> [MetricDescriptor] {
        if let descriptors = known[ObjectIdentifier(file)] { return descriptors }
        var list = _MetricDefinitionList()
        file.define(&list)
        known[ObjectIdentifier(file)] = list.descriptors
        return list.descriptors
    }

    /// A counter.
    public mutating func counter(_ name: String, _ documentation: String, unit: String, maxSeries: Int) {
        append(name, documentation, .counter, unit: unit, maxSeries: maxSeries)
    }

    /// A gauge.
    public mutating func gauge(
        _ name: String,
        _ documentation: String,
        unit: String,
        mode: MultiprocessMode,
        maxSeries: Int
    ) {
        append(name, documentation, .gauge, unit: unit, maxSeries: maxSeries)
        descriptors[descriptors.count - 1].multiprocessMode = mode
    }

    /// A histogram with finite, increasing upper bounds.
    public mutating func histogram(
        _ name: String,
        _ documentation: String,
        unit: String,
        buckets: [Double],
        maxSeries: Int
    ) {
        append(name, documentation, .histogram, unit: unit, maxSeries: maxSeries)
        descriptors[descriptors.count - 1].buckets = buckets
    }

    /// A summary.
    public mutating func summary(_ name: String, _ documentation: String, unit: String, maxSeries: Int) {
        append(name, documentation, .summary, unit: unit, maxSeries: maxSeries)
    }

    /// An info.
    public mutating func info(_ name: String, _ documentation: String, maxSeries: Int) {
        append(name, documentation, .info, unit: "", maxSeries: maxSeries)
    }

    /// A stateset.
    ///
    /// Its states are its last label, a closed one with the name of the metric.
    public mutating func stateset(_ name: String, _ documentation: String, states: [String], maxSeries: Int) {
        append(name, documentation, .stateset, unit: "", maxSeries: maxSeries)
        descriptors[descriptors.count - 1].labels = [MetricDescriptor.Label(name: name, values: states)]
    }

    /// A metric whose meaning nobody declared.
    public mutating func unknown(_ name: String, _ documentation: String, unit: String, maxSeries: Int) {
        append(name, documentation, .unknown, unit: unit, maxSeries: maxSeries)
    }

    /// An open label of the metric declared last.
    public mutating func label(_ name: String) {
        add(MetricDescriptor.Label(name: name))
    }

    /// An open label with a bound on its values.
    public mutating func label(_ name: String, maxValues: Int) {
        add(MetricDescriptor.Label(name: name, maxValues: maxValues))
    }

    /// A label that takes these values and no others.
    public mutating func closedLabel(_ name: String, _ values: [String]) {
        add(MetricDescriptor.Label(name: name, values: values))
    }

    /// A label with one value on every series of the metric declared last.
    public mutating func constantLabel(_ name: String, _ value: String) {
        guard !descriptors.isEmpty else { return }
        descriptors[descriptors.count - 1].constantLabels[name] = value
    }

    /// The swift-metrics label under which libraries record the metric declared last.
    public mutating func swiftMetricsLabel(_ label: String) {
        guard !descriptors.isEmpty else { return }
        descriptors[descriptors.count - 1].swiftMetricsLabel = label
    }

    /// A metric of which nothing is said yet.
    mutating func begin(_ name: String, _ type: MetricType) {
        append(name, "", type, unit: "", maxSeries: 10_000)
        guard type == .stateset else { return }
        descriptors[descriptors.count - 1].labels = [MetricDescriptor.Label(name: name, values: [])]
    }

    /// One more thing about the metric declared last.
    mutating func describe(_ word: Substring, _ value: @autoclosure () -> String) {
        guard !descriptors.isEmpty else { return }
        let last = descriptors.count - 1
        switch word {
        case "help": descriptors[last].documentation = value()
        case "unit": descriptors[last].unit = value()
        case "mode": descriptors[last].multiprocessMode = MultiprocessMode(rawValue: value()) ?? .all
        case "buckets": descriptors[last].buckets = value().split(separator: " ").compactMap { Double($0) }
        case "max_series": descriptors[last].maxSeries = Int(value()) ?? descriptors[last].maxSeries
        case "swift_metrics_label": descriptors[last].swiftMetricsLabel = value()
        case "state":
            guard descriptors[last].type == .stateset, !descriptors[last].labels.isEmpty else { return }
            descriptors[last].labels[descriptors[last].labels.count - 1].values?.append(value())
        default: return
        }
    }

    private mutating func append(
        _ name: String,
        _ documentation: String,
        _ type: MetricType,
        unit: String,
        maxSeries: Int
    ) {
        descriptors.append(
            MetricDescriptor(name: name, documentation: documentation, type: type, unit: unit, maxSeries: maxSeries)
        )
    }

    /// Adds a label; before the states of a stateset, which stay last.
    private mutating func add(_ label: MetricDescriptor.Label) {
        guard !descriptors.isEmpty else { return }
        let last = descriptors.count - 1
        if descriptors[last].type == .stateset {
            descriptors[last].labels.insert(label, at: descriptors[last].labels.count - 1)
        } else {
            descriptors[last].labels.append(label)
        }
    }
}
