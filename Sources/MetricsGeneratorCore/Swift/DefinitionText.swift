internal import MetricDefinitions

/// The definitions of a file as the runtime reads them: lines of a text literal in Swift source.
///
/// `_MetricDefinitionList.add` of the runtime says what they mean.
enum DefinitionText {
    /// How deep the lines are indented.
    private static let margin = String(repeating: " ", count: 12)

    static func lines(of file: ResolvedFile) -> [String] {
        var lines: [String] = []
        var sets: Set<String> = []
        for label in file.metrics.lazy.flatMap(\.labels) {
            guard case .closed(let type, let values, _) = label.kind, sets.insert(type).inserted else { continue }
            append("set", type, to: &lines)
            for value in values { append("value", value, to: &lines) }
        }
        for metric in file.metrics { append(metric, to: &lines) }
        return lines
    }

    private static func append(_ metric: ResolvedMetric, to lines: inout [String]) {
        append(metric.type.rawValue, metric.name, to: &lines)
        append("help", metric.documentation, to: &lines)
        if !metric.unit.isEmpty { append("unit", metric.unit, to: &lines) }
        if metric.type == .gauge, metric.multiprocessMode != .all {
            append("mode", metric.multiprocessMode.rawValue, to: &lines)
        }
        if metric.type == .histogram {
            append("buckets", metric.buckets.map(\.description).joined(separator: " "), to: &lines)
        }
        for state in metric.states { append("state", state.value, to: &lines) }
        if metric.maxSeries != SeriesBudget.standardLimit { append("max_series", String(metric.maxSeries), to: &lines) }
        if let label = metric.swiftMetricsLabel { append("swift_metrics_label", label, to: &lines) }
        for label in metric.labels {
            switch label.kind {
            case .open(_, nil): append("label", label.name, to: &lines)
            case .open(_, .some(let limit)): append("bounded", "\(label.name) \(limit)", to: &lines)
            case .bool: append("bool", label.name, to: &lines)
            case .closed(let type, _, _): append("closed", "\(label.name) \(type)", to: &lines)
            }
        }
        for label in metric.constantLabels { append("constant", "\(label.name) \(label.value)", to: &lines) }
    }

    /// One statement: a line of the text, in Swift source perhaps several.
    private static func append(_ word: String, _ value: String, to lines: inout [String]) {
        var statement = word + " " + SwiftText.literalContent(escaped(value))
        // Blanks at the end of a line are easily lost.
        if statement.hasSuffix(" ") { statement = String(statement.dropLast()) + "\\u{20}" }
        let width = SwiftText.lineWidth - margin.utf8.count
        guard statement.utf8.count > width else { return lines.append(margin + statement) }
        var rest = statement[...]
        while rest.unicodeScalars.count > width, let cut = lineEnd(in: rest, width: width - 1) {
            lines.append("\(margin)\(rest[..<cut])\\")
            rest = rest[cut...]
        }
        lines.append("\(margin)\(rest)")
    }

    /// Where a line that would be too long may be cut: before a word, since blanks at its beginning are easily lost too.
    private static func lineEnd(in line: Substring, width: Int) -> String.Index? {
        let scalars = line.unicodeScalars
        var count = 0
        var found: String.Index?
        var previous: Unicode.Scalar = "x"
        for index in scalars.indices {
            if previous == " ", scalars[index] != " ", index != scalars.startIndex {
                if count > width, found != nil { break }
                found = index
                if count > width { break }
            }
            previous = scalars[index]
            count += 1
        }
        return found
    }

    /// What the runtime takes for one line.
    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x0D }) else { return value }
        var text = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": text.append(contentsOf: "\\n".unicodeScalars)
            case "\r": text.append(contentsOf: "\\r".unicodeScalars)
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}
