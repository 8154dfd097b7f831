/// The findings of promlint, the linter of Prometheus' Go client, in its own words.
///
/// promlint looks at a scrape, this at the definitions that such a scrape would come from: what a definition cannot
/// say (a family that stands twice in a scrape) shows as a metric that is defined twice.
package enum PromlintProfile {
    /// The rule of all findings: promlint has no names for them.
    package static let rule = Rule(
        "promlint",
        .warning,
        "promlint finds nothing",
        why:
            "The checks of Prometheus' Go client, word for word, under 'validate --profile promlint' alone; the rules of this table say more, and say it at the place.",
        bad: "metrics:\n  - {name: shop_orders, type: counter, documentation: Orders that were paid}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders that were paid}\n"
    )

    /// The report of promlint alone, besides what keeps the files from being read.
    package static func run(_ sources: [SourceFile]) -> DiagnosticReport {
        let sources = DefinitionPipeline.ordered(sources)
        var sink = DiagnosticSink()
        var files: [DefinitionFile] = []
        for (index, source) in sources.enumerated() {
            let id = SourceID(index: index)
            let document = YAMLReader.read(source, id: id, into: &sink)
            var reader = DefinitionReader()
            files.append(reader.read(document, of: source, id: id))
        }
        let sets = LabelSetTable(files)
        var seen: Set<String> = []
        for metric in files.lazy.flatMap(\.metrics) {
            guard let name = metric.name else { continue }
            for text in problems(of: metric, labelSets: sets, isRepeated: !seen.insert(name.value).inserted) {
                sink.report(rule, at: name.span, "\(name.value) \(text)")
            }
        }
        return DiagnosticReport(sources: sources, diagnostics: sink.diagnostics)
    }

    /// promlint's texts for one metric.
    static func problems(of metric: MetricDefinition, labelSets: LabelSetTable, isRepeated: Bool) -> [String] {
        guard let name = metric.name?.value else { return [] }
        let labels: [String] = metric.labels.compactMap(\.name?.value) + metric.constantLabels.map(\.name.value)
        var texts: [String] = []
        if metric.documentation?.value.isEmpty ?? true { texts.append("no help text") }
        if let unit = PromlintUnits.nonBaseUnit(in: name) {
            texts.append("use base unit \"\(unit.base)\" instead of \"\(unit.unit)\"")
        }
        texts += suffixProblems(name, metric.type?.value ?? .unknown, labels)
        let lowercased = name.lowercased()
        for type in ["counter", "gauge", "summary", "histogram", "gauge_histogram"] where has(type, in: lowercased) {
            texts.append("metric name should not include type '\(type)'")
        }
        if name.contains(":") { texts.append("metric names should not contain ':'") }
        if isCamelCase(name) { texts.append("metric names should be written in 'snake_case' not 'camelCase'") }
        for label in labels where isCamelCase(label) {
            texts.append("label names should be written in 'snake_case' not 'camelCase'")
        }
        for unit in PromlintUnits.abbreviations where has(unit, in: lowercased) {
            texts.append("metric names should not contain abbreviated units")
        }
        if isRepeated { texts.append("metric not unique") }
        return texts
    }

    private static func suffixProblems(_ name: String, _ type: MetricType, _ labels: [String]) -> [String] {
        guard type != .unknown else { return [] }
        var texts: [String] = []
        let isTotal = name.hasSuffix("_total")
        if type == .counter, !isTotal { texts.append("counter metrics should have \"_total\" suffix") }
        if type != .counter, isTotal { texts.append("non-counter metrics should not have \"_total\" suffix") }
        let isHistogram = type == .histogram
        let isSummary = type == .summary
        if !isHistogram, name.hasSuffix("_bucket") {
            texts.append("non-histogram metrics should not have \"_bucket\" suffix")
        }
        for suffix in ["_count", "_sum"] where !isHistogram && !isSummary && name.hasSuffix(suffix) {
            texts.append("non-histogram and non-summary metrics should not have \"\(suffix)\" suffix")
        }
        if !isHistogram, labels.contains("le") {
            texts.append("non-histogram metrics should not have \"le\" label")
        }
        if !isSummary, labels.contains("quantile") {
            texts.append("non-summary metrics should not have \"quantile\" label")
        }
        return texts
    }

    /// Whether a word stands in a name behind an underscore, up to another or the end.
    private static func has(_ word: String, in name: String) -> Bool {
        name.hasSuffix("_" + word) || TextSearch(name).contains("_\(word)_")
    }

    private static func isCamelCase(_ name: String) -> Bool {
        zip(name.utf8, name.utf8.dropFirst()).contains { left, right in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(left)
                && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(right)
        }
    }
}
