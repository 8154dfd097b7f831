/// Compares a scrape with definitions.
package struct ScrapeVerifier {
    /// Families of this prefix come from the runtime itself.
    package static let ownPrefix = "metrics_"

    private let metrics: [ResolvedMetric]
    private let scrape: Scrape
    private let ignored: [FamilyPattern]
    private var sink = DiagnosticSink()

    private init(_ metrics: [ResolvedMetric], _ scrape: Scrape, ignoring ignored: [FamilyPattern]) {
        self.metrics = metrics
        self.scrape = scrape
        self.ignored = ignored
    }

    /// What differs between the two, with places in both.
    package static func verify(
        _ scrape: Scrape,
        against model: ResolvedModel,
        ignoring ignored: [FamilyPattern] = []
    ) -> ScrapeVerification {
        var verifier = ScrapeVerifier(model.metrics, scrape, ignoring: ignored)
        return verifier.run()
    }

    private mutating func run() -> ScrapeVerification {
        var verification = ScrapeVerification()
        verification.defined = metrics.count
        let pairs = match()
        let companions = ScrapeNames.createdCompanions(in: scrape)
        for (index, family) in scrape.families.enumerated() {
            if let metric = pairs[index] {
                compare(family, metrics[metric])
            } else if isPassedOver(family, companions) {
                verification.ignored += 1
            } else if family.type != nil || !family.samples.isEmpty {
                verification.undeclared.append(family.name)
                let message = "'\(family.name)' (\(family.resolvedType.rawValue)) is not defined"
                sink.report(
                    VerifyRules.undeclared,
                    at: scrape.span(family.place),
                    message,
                    suggestion: verification.undeclared.count <= Self.suggestionLimit
                        ? Suggestion.didYouMean(family.name, in: metrics.lazy.map(\.name)) : nil
                )
            }
        }
        let matched = Set(pairs.values)
        for (index, metric) in metrics.enumerated() where !matched.contains(index) {
            verification.missing.append(metric.name)
            let message = "'\(metric.name)' (\(metric.type.rawValue)) is not in the scrape"
            sink.report(VerifyRules.missing, at: metric.definedAt, message)
        }
        verification.findings = sink.diagnostics
        return verification
    }

    /// Looking for near names takes the product of both numbers.
    private static let suggestionLimit = 20

    private func isPassedOver(_ family: ScrapeFamily, _ companions: Set<String>) -> Bool {
        family.name.hasPrefix(Self.ownPrefix) || companions.contains(family.name)
            || ignored.contains { $0.matches(family.name) }
    }

    // MARK: Pairs

    /// The metric of each family, both by index.
    ///
    /// First by the names that the format gives; then what is left by names that another type would have, so that one
    /// wrong type is one difference, and not a missing metric and one that is not defined.
    private func match() -> [Int: Int] {
        var indexes: [String: Int] = [:]
        for (index, metric) in metrics.enumerated() { indexes[metric.name] = index }
        var pairs: [Int: Int] = [:]
        var taken: Set<Int> = []
        for names in [firstNames, otherNames] {
            for (index, family) in scrape.families.enumerated() where pairs[index] == nil {
                let metric = names(family).lazy.compactMap { indexes[$0] }.first { !taken.contains($0) }
                guard let metric else { continue }
                pairs[index] = metric
                taken.insert(metric)
            }
        }
        return pairs
    }

    private func firstNames(_ family: ScrapeFamily) -> [String] {
        let name = ScrapeNames.metricName(of: family, in: scrape.format)
        // A counter whose definition does not end in `_total` gets it in every exposition.
        guard family.resolvedType == .counter, name.hasSuffix("_total") else { return [name] }
        return [name, String(name.dropLast("_total".count))]
    }

    private func otherNames(_ family: ScrapeFamily) -> [String] {
        guard scrape.format == .openMetrics else { return [] }
        return [family.name, family.name + "_total", family.name + "_info"]
    }

    // MARK: One family

    private mutating func compare(_ family: ScrapeFamily, _ metric: ResolvedMetric) {
        let notes = [Diagnostic.Note(message: "'\(metric.name)' is defined here", span: metric.definedAt)]
        guard Self.isType(family.resolvedType, of: metric.type) else {
            let span = family.type?.span ?? scrape.span(family.place)
            let message =
                "'\(metric.name)' is defined as a \(metric.type.rawValue), and exposed as \(family.resolvedType.rawValue)"
            sink.report(VerifyRules.type, at: span, message, notes: notes)
            return
        }
        if let help = family.help, !help.value.isEmpty, !Self.isSameHelp(help.value, metric.documentation) {
            let message = "the help of '\(metric.name)' is not its documentation '\(metric.documentation)'"
            sink.report(VerifyRules.help, at: help.span, message, notes: notes)
        }
        if let unit = family.unit, unit.value != metric.unit {
            let defined = metric.unit.isEmpty ? "no unit" : "the unit '\(metric.unit)'"
            let message = "'\(metric.name)' is defined with \(defined), and exposed with '\(unit.value)'"
            sink.report(VerifyRules.unit, at: unit.span, message, notes: notes)
        }
        guard !family.samples.isEmpty else { return }
        var series = SeriesComparison(metric, family, scrape)
        series.compare(notes, into: &sink)
        compareBuckets(family, metric, notes)
    }

    /// Whether a family of a type can be what a metric of a type is exposed as.
    private static func isType(_ exposed: ScrapeType, of defined: MetricType) -> Bool {
        switch defined {
        case .counter: exposed == .counter
        case .gauge: exposed == .gauge
        case .histogram: exposed == .histogram
        case .summary: exposed == .summary
        // Formats without these types, and clients without them, write gauges.
        case .info: exposed == .info || exposed == .gauge
        case .stateset: exposed == .stateset || exposed == .gauge
        // Nothing is claimed but that there is one value.
        case .unknown: exposed == .unknown || exposed == .gauge || exposed == .counter
        }
    }

    /// Leading blanks cannot be told from the one that separates help from the name.
    private static func isSameHelp(_ exposed: String, _ documentation: String) -> Bool {
        func trimmed(_ text: String) -> Substring { text.drop { $0 == " " || $0 == "\t" } }
        return trimmed(exposed) == trimmed(documentation)
    }

    private mutating func compareBuckets(_ family: ScrapeFamily, _ metric: ResolvedMetric, _ notes: [Diagnostic.Note]) {
        guard metric.type == .histogram else { return }
        let shape = ScrapeShape(family, in: scrape)
        let exposed = Set(shape.bounds.map(\.bound))
        let defined = Set(metric.buckets + [.infinity])
        let added = exposed.subtracting(defined)
        let lacking = defined.subtracting(exposed)
        var differences: [String] = []
        if !lacking.isEmpty { differences.append("lacks \(Self.list(lacking))") }
        if !added.isEmpty { differences.append("has \(Self.list(added)) besides") }
        if differences.isEmpty, !shape.hasEqualBounds { differences.append("has not all buckets in every series") }
        guard !differences.isEmpty,
            let first = family.samples.first(where: { $0.part == .bucket }) ?? family.samples.first
        else { return }
        let message = "the histogram '\(metric.name)' \(differences.joined(separator: ", and "))"
        sink.report(VerifyRules.buckets, at: scrape.span(first.place), message, notes: notes)
    }

    private static func list(_ bounds: Set<Double>) -> String {
        let shown = bounds.sorted().prefix(8).map(ResolvedNumber.text).joined(separator: ", ")
        return (bounds.count == 1 ? "the bucket " : "the buckets ") + shown + (bounds.count > 8 ? ", …" : "")
    }
}
