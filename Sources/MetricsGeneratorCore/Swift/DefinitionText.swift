internal import MetricDefinitions

/// The definitions of a file as the runtime reads them: lines of a text literal in Swift source.
///
/// `_MetricDefinitionList.add` of the runtime says what they mean.
enum DefinitionText {
    /// How deep the lines are indented.
    private static let margin = String(repeating: " ", count: 12)

    /// What a line begins with.
    private struct Word {
        let text: String
        /// The word on a line of its own, up to the value.
        let start: String

        init(_ text: String) {
            self.text = text
            start = margin + text + " "
        }

        static let set = Word("set")
        static let value = Word("value")
        static let help = Word("help")
        static let unit = Word("unit")
        static let mode = Word("mode")
        static let buckets = Word("buckets")
        static let state = Word("state")
        static let maxSeries = Word("max_series")
        static let swiftMetricsLabel = Word("swift_metrics_label")
        static let label = Word("label")
        static let bounded = Word("bounded")
        static let bool = Word("bool")
        static let closed = Word("closed")
        static let constant = Word("constant")
        static let types = Dictionary(uniqueKeysWithValues: MetricType.allCases.map { ($0, Word($0.rawValue)) })
    }

    static func text(of file: ResolvedFile) -> String {
        var text = ""
        var sets: Set<String> = []
        for metric in file.metrics {
            for label in metric.labels {
                guard case .closed(let type, let values, _) = label.kind, sets.insert(type).inserted else { continue }
                append(.set, type, to: &text)
                for value in values { append(.value, value, to: &text) }
            }
        }
        for metric in file.metrics { append(metric, to: &text) }
        if !text.isEmpty { text.unicodeScalars.removeLast() }
        return text
    }

    private static func append(_ metric: ResolvedMetric, to text: inout String) {
        append(Word.types[metric.type] ?? Word(metric.type.rawValue), metric.name, to: &text)
        append(.help, metric.documentation, to: &text)
        if !metric.unit.isEmpty { append(.unit, metric.unit, to: &text) }
        if metric.type == .gauge, metric.multiprocessMode != .all {
            append(.mode, metric.multiprocessMode.rawValue, to: &text)
        }
        if metric.type == .histogram {
            append(.buckets, metric.buckets.map(\.description).joined(separator: " "), to: &text)
        }
        for state in metric.states { append(.state, state.value, to: &text) }
        if metric.maxSeries != SeriesBudget.standardLimit { append(.maxSeries, String(metric.maxSeries), to: &text) }
        if let label = metric.swiftMetricsLabel { append(.swiftMetricsLabel, label, to: &text) }
        for label in metric.labels {
            switch label.kind {
            case .open(_, nil): append(.label, label.name, to: &text)
            case .open(_, .some(let limit)): append(.bounded, label.name + " " + String(limit), to: &text)
            case .bool: append(.bool, label.name, to: &text)
            case .closed(let type, _, _): append(.closed, label.name + " " + type, to: &text)
            }
        }
        for label in metric.constantLabels { append(.constant, label.name + " " + label.value, to: &text) }
    }

    /// One statement: a line of the text, in Swift source perhaps several.
    private static func append(_ word: Word, _ value: String, to text: inout String) {
        let width = SwiftText.lineWidth - margin.utf8.count
        // Most are a few plain words.
        if word.text.utf8.count + 1 + value.utf8.count <= width, SwiftText.isPlainLiteral(value),
            value.utf8.last != UInt8(ascii: " ")
        {
            text += word.start
            text += value
            text += "\n"
            return
        }
        var statement = word.text + " " + SwiftText.literalContent(escaped(value))
        // Blanks at the end of a line are easily lost.
        if statement.hasSuffix(" ") { statement = String(statement.dropLast()) + "\\u{20}" }
        var rest = statement[...]
        if statement.utf8.count > width {
            while rest.unicodeScalars.count > width, let cut = lineEnd(in: rest, width: width - 1) {
                text += "\(margin)\(rest[..<cut])\\\n"
                rest = rest[cut...]
            }
        }
        text += "\(margin)\(rest)\n"
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
