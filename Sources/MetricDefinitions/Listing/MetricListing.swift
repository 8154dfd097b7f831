/// The resolved metrics for people and for programs.
package enum MetricListing {
    /// A table: name, type, labels, series, place.
    package static func table(_ model: ResolvedModel, sources: [SourceFile]) -> String {
        var rows = [["NAME", "TYPE", "LABELS", "SERIES", "DEFINED AT"]]
        for metric in model.metrics {
            rows.append([
                metric.name,
                metric.type.rawValue,
                metric.labels.isEmpty ? "-" : metric.labels.map(label).joined(separator: " "),
                series(metric),
                place(metric.definedAt, sources),
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    /// An array of objects with everything that was decided.
    package static func json(_ model: ResolvedModel, sources: [SourceFile]) -> JSONValue {
        .array(model.metrics.map { object($0, sources) })
    }

    /// `method{3}`: so many values; `path{≤200}`: a bound; `queue{*}`: any.
    private static func label(_ label: ResolvedLabel) -> String {
        switch label.kind {
        case .open(_, let maxValues): "\(label.name){\(maxValues.map { "≤\($0)" } ?? "*")}"
        case .bool, .closed: "\(label.name){\(label.closedValues?.count ?? 0)}"
        }
    }

    /// The series that one process may make: combinations times samples, as far as the definition bounds them.
    private static func series(_ metric: ResolvedMetric) -> String {
        let budget = seriesBudget(metric)
        return budget.isExact ? "\(budget.series)" : "≤\(budget.series)"
    }

    private static func seriesBudget(_ metric: ResolvedMetric) -> (series: Int, isExact: Bool) {
        let isOpen = metric.labels.contains { $0.closedValues == nil }
        // What is declared over 'max_series' is folded into the overflow series, which come on top. Closed labels fold nothing.
        let most = isOpen ? metric.maxSeries.addingReportingOverflow(metric.overflowSeries) : (.max, false)
        let combinations = min(metric.combinations ?? .max, most.overflow ? .max : most.partialValue)
        let (series, overflow) = combinations.multipliedReportingOverflow(by: samples(metric))
        return (overflow ? .max : series, !isOpen)
    }

    /// The samples of one combination of labels; the states of a state set are combinations already.
    private static func samples(_ metric: ResolvedMetric) -> Int {
        switch metric.type {
        case .histogram: metric.buckets.count + 3
        case .summary: 2
        case .counter, .gauge, .info, .stateset, .unknown: 1
        }
    }

    private static func place(_ span: SourceSpan, _ sources: [SourceFile]) -> String {
        "\(sources[span.source.index].path):\(span.start.line):\(span.start.column)"
    }

    private static func object(_ metric: ResolvedMetric, _ sources: [SourceFile]) -> JSONValue {
        .members([
            "name": .string(metric.name),
            "type": .string(metric.type.rawValue),
            "documentation": .string(metric.documentation),
            "unit": metric.unit.isEmpty ? nil : .string(metric.unit),
            "swiftName": .string(metric.swiftName),
            "swiftMetricsLabel": metric.swiftMetricsLabel.map { .string($0) },
            "access": .string(metric.access.rawValue),
            "labels": .array(metric.labels.map(object)),
            "constantLabels": metric.constantLabels.isEmpty
                ? nil : .object(JSONMembers(metric.constantLabels.map { ($0.name, .string($0.value)) })),
            "buckets": metric.type == .histogram ? .array(metric.buckets.map { .number($0) }) : nil,
            "states": metric.type == .stateset ? .strings(metric.states.map(\.value)) : nil,
            "multiprocessMode": metric.type == .gauge ? .string(metric.multiprocessMode.rawValue) : nil,
            "maxSeries": .int(metric.maxSeries),
            "series": .members([
                "count": .int(seriesBudget(metric).series), "isExact": .bool(seriesBudget(metric).isExact),
            ]),
            "stability": metric.stability.map { .string($0.rawValue) },
            "since": metric.since.map { .string($0) },
            "deprecated": metric.deprecation.map { deprecation in
                .members([
                    "since": deprecation.since.map { .string($0) },
                    "message": deprecation.message.map { .string($0) },
                    "replacedBy": deprecation.replacedBy.map { .string($0) },
                ])
            },
            "definedAt": .members([
                "file": .string(sources[metric.definedAt.source.index].path),
                "line": .int(metric.definedAt.start.line),
                "column": .int(metric.definedAt.start.column),
            ]),
        ])
    }

    private static func object(_ label: ResolvedLabel) -> JSONValue {
        var kind = "closed"
        var maxValues: Int?
        if case .open(let isInt, let bound) = label.kind {
            kind = isInt ? "int" : "string"
            maxValues = bound
        } else if case .bool = label.kind {
            kind = "bool"
        }
        return .members([
            "name": .string(label.name),
            "swiftName": .string(label.swiftName),
            "documentation": label.documentation.map { .string($0) },
            "type": .string(kind),
            "values": label.closedValues.map { .strings($0) },
            "maxValues": maxValues.map { .int($0) },
        ])
    }
}
