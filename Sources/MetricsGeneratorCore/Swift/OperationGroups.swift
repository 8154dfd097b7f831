internal import MetricDefinitions

/// Which metrics share their functions, over all files.
struct OperationGroups {
    /// Metrics of one type with the same labels.
    struct Group {
        var name: String
        /// The widest access of its metrics.
        var access: AccessLevel
        /// The file whose output declares it: that of its first metric.
        var file: Int
        /// Its first metric.
        var metric: ResolvedMetric
    }

    /// What makes two metrics the same to their callers.
    private struct Key: Hashable {
        struct Label: Hashable {
            var name: String
            var swiftName: String
            var type: LabelArguments.ParameterType
            /// How many values the label has; `nil` for an open one.
            var count: Int?
        }

        var kind: String
        var labels: [Label]
    }

    private static let nameLimit = 64

    private(set) var groups: [Group] = []
    /// The group of each metric, by file.
    private var indexes: [[Int]] = []

    init(_ model: ResolvedModel) {
        var known: [Key: Int] = [:]
        var taken: [String: Int] = [:]
        for (file, definitions) in model.files.enumerated() {
            indexes.append([])
            for metric in definitions.metrics {
                let key = Self.key(of: metric)
                if let index = known[key] {
                    groups[index].access = max(groups[index].access, metric.access)
                    indexes[file].append(index)
                    continue
                }
                let name = Self.name(of: metric)
                let count = taken[name, default: 0] + 1
                taken[name] = count
                known[key] = groups.count
                indexes[file].append(groups.count)
                // Labels of the same names may have other types; the name is no API.
                groups.append(
                    Group(
                        name: count == 1 ? name : "\(name)_\(count)",
                        access: metric.access,
                        file: file,
                        metric: metric
                    )
                )
            }
        }
    }

    /// The protocol that a metric of the model conforms to.
    func name(file: Int, metric: Int) -> String { groups[indexes[file][metric]].name }

    private static func key(of metric: ResolvedMetric) -> Key {
        Key(
            kind: kind(of: metric),
            labels: metric.labels.map { label in
                Key.Label(
                    name: label.name,
                    swiftName: label.swiftName,
                    type: LabelArguments.ParameterType(label),
                    count: label.closedValues?.count
                )
            }
        )
    }

    /// `_CounterByWorkerIDMethod`, or where that would be long, `_CounterBy2Labels`.
    private static func name(of metric: ResolvedMetric) -> String {
        let labels: String = metric.labels.map { SwiftCase.upperCamel($0.name) }.joined()
        let name = "_" + kind(of: metric) + (labels.isEmpty ? "WithoutLabels" : "By" + labels)
        return name.utf8.count <= nameLimit ? name : "_" + kind(of: metric) + "By\(metric.labels.count)Labels"
    }

    private static func kind(of metric: ResolvedMetric) -> String {
        switch metric.type {
        case .counter: "Counter"
        case .gauge: metric.isMostRecentGauge ? "MostRecentGauge" : "Gauge"
        case .histogram: metric.isTimed ? "TimedHistogram" : "Histogram"
        case .summary: metric.isTimed ? "TimedSummary" : "Summary"
        case .info: "Info"
        case .stateset: "StateSetOf\(metric.states.count)"
        case .unknown: "Unknown"
        }
    }
}
