/// Makes definitions of a scrape.
///
/// What is made is always valid: it is checked by the rules of definitions, and what they refuse is given another form,
/// or left out with a warning.
package struct ScrapeImporter {
    /// What stands for a help text that the scrape does not have.
    package static let placeholder = "No help text was exposed; say what this measures"

    private let scrape: Scrape
    private var sink = DiagnosticSink()

    private init(_ scrape: Scrape) { self.scrape = scrape }

    /// The text of a definition file, and warnings about what it does not say.
    package static func definitions(of scrape: Scrape) -> (text: String, warnings: DiagnosticSink) {
        var importer = ScrapeImporter(scrape)
        var metrics = importer.metrics()
        let text = importer.settle(&metrics)
        return (text, importer.sink)
    }

    // MARK: From families to metrics

    private mutating func metrics() -> [ImportedMetric] {
        let companions = ScrapeNames.createdCompanions(in: scrape)
        var metrics: [ImportedMetric] = []
        for family in scrape.families {
            if companions.contains(family.name) {
                warn(ImportRules.derived, family, "'\(family.name)' says when series began, and is passed over")
            } else if let metric = metric(of: family) {
                metrics.append(metric)
            }
        }
        return metrics
    }

    private mutating func metric(of family: ScrapeFamily) -> ImportedMetric? {
        // Help for a metric that never comes is no metric.
        if family.type == nil, family.samples.isEmpty { return nil }
        let shape = ScrapeShape(family, in: scrape)
        guard let type = type(of: family, shape) else { return nil }
        var metric = ImportedMetric(
            name: ScrapeNames.metricName(of: family, in: scrape.format),
            type: type,
            documentation: documentation(of: family),
            place: family.place
        )
        metric.unit = family.unit?.value ?? Self.unit(in: metric.name, type)
        metric.labels = labels(of: family, shape, type)
        metric.states = shape.states
        if type == .histogram, !shape.bounds.isEmpty {
            metric.buckets = shape.bounds.map(\.bound).filter(\.isFinite)
            if !shape.hasEqualBounds {
                warn(
                    ImportRules.series,
                    family,
                    "the buckets of '\(family.name)' differ between series; all are written"
                )
            }
        }
        if shape.hasQuantiles {
            warn(ImportRules.quantiles, family, "the quantiles of '\(family.name)' are passed over")
        }
        if family.samples.isEmpty {
            let unknown = type == .histogram ? "labels and buckets" : "labels"
            warn(
                ImportRules.series,
                family,
                "'\(family.name)' has no series yet, so nothing is known of its \(unknown)"
            )
        }
        if shape.seriesCount > SeriesBudget.standardLimit {
            metric.maxSeries = Self.roundedUp(shape.seriesCount)
        }
        return metric
    }

    private mutating func type(of family: ScrapeFamily, _ shape: ScrapeShape) -> MetricType? {
        switch family.resolvedType {
        case .counter: return .counter
        case .gauge:
            return family.name.hasSuffix("_info") && shape.isAlwaysOne && !family.samples.isEmpty ? .info : .gauge
        case .histogram:
            guard !family.samples.isEmpty, !shape.bounds.contains(where: { $0.bound.isFinite }) else {
                return .histogram
            }
            warn(ImportRules.type, family, "the histogram '\(family.name)' has no finite bucket, and is left out")
            return nil
        case .gaugeHistogram:
            warn(ImportRules.type, family, "'\(family.name)' is a gauge histogram, which definitions do not have")
            return nil
        case .summary: return .summary
        case .info: return .info
        case .stateset: return family.samples.isEmpty ? nil : .stateset
        case .unknown: return .unknown
        }
    }

    private mutating func documentation(of family: ScrapeFamily) -> String {
        let help = family.help?.value ?? ""
        guard help.allSatisfy(\.isWhitespace) else { return help }
        warn(ImportRules.help, family, "'\(family.name)' has no help text; a placeholder is written")
        return Self.placeholder
    }

    private mutating func labels(of family: ScrapeFamily, _ shape: ScrapeShape, _ type: MetricType) -> [String] {
        var labels: [String] = []
        for label in shape.labels {
            let name = scrape.labelNames[Int(label.number)]
            if name == "pid", type == .gauge {
                let message = "the label 'pid' of '\(family.name)' is taken for the one that merging processes adds"
                warn(ImportRules.derived, family, message)
                continue
            }
            labels.append(name)
            guard label.samples < shape.sampleCount else { continue }
            let message = "not all series of '\(family.name)' have the label '\(name)'"
            warn(ImportRules.series, family, message)
        }
        return labels
    }

    /// The units that names are told by: Prometheus' base units.
    private static let units = [
        "seconds", "bytes", "meters", "grams", "joules", "volts", "amperes", "celsius", "ratio", "hertz",
    ]

    private static func unit(in name: String, _ type: MetricType) -> String? {
        guard type != .info, type != .stateset else { return nil }
        let stem = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
        return units.first { stem.hasSuffix("_" + $0) }
    }

    /// The next of 1, 2, 5, 10, 20, … × 10000 with room to grow.
    private static func roundedUp(_ count: Int) -> Int {
        var limit = SeriesBudget.standardLimit
        for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000] where limit < count {
            limit = SeriesBudget.standardLimit * factor
        }
        return max(limit, count)
    }

    private mutating func warn(_ rule: Rule, _ family: ScrapeFamily, _ message: String) {
        sink.report(rule, at: scrape.span(family.place), message)
    }

    // MARK: From metrics to valid definitions

    /// Writes the metrics, and gives way to rules until none is broken.
    private mutating func settle(_ metrics: inout [ImportedMetric]) -> String {
        var namespace = Self.commonNamespace(metrics)
        while true {
            let (text, firstLines) = write(metrics, namespace)
            let result = DefinitionPipeline().run([SourceFile(path: "imported.yaml", text: text)])
            guard result.report.hasErrors else { return text }
            var broken: [Int: Diagnostic] = [:]
            for diagnostic in result.report.diagnostics where diagnostic.severity == .error {
                let line = diagnostic.span.start.line
                guard let index = Self.metric(at: line, firstLines), broken[index] == nil else { continue }
                broken[index] = diagnostic
            }
            // A rule about the whole file can only be about its namespace.
            guard !broken.isEmpty else {
                guard namespace != nil else { return text }
                namespace = nil
                continue
            }
            var dropped: Set<Int> = []
            for (index, diagnostic) in broken.sorted(by: { $0.key < $1.key }) {
                if !repair(&metrics[index], diagnostic) { dropped.insert(index) }
            }
            metrics = metrics.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
        }
    }

    /// The number of the metric whose definition has that line.
    private static func metric(at line: Int, _ firstLines: [Int]) -> Int? {
        var low = 0
        var high = firstLines.count
        while low < high {
            let middle = (low + high) / 2
            if firstLines[middle] <= line { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }

    /// Gives the metric another form, or says that there is none.
    private mutating func repair(_ metric: inout ImportedMetric, _ problem: Diagnostic) -> Bool {
        metric.repairs += 1
        let isAboutSwift = SwiftNameRules.family.rules.contains { $0.id == problem.rule }
        let fullName = SwiftCase.upperCamel(metric.name)
        if isAboutSwift, metric.repairs <= 3 {
            let endings = ["", "Metric", "Metric\(metric.place.start)"]
            metric.swiftName = fullName + endings[metric.repairs - 1]
            return true
        }
        if !isAboutSwift, metric.type == .counter || metric.type == .gauge || metric.type == .info {
            let message = "'\(metric.name)' becomes a metric of type unknown: \(problem.message)"
            sink.report(ImportRules.type, at: scrape.span(metric.place), message)
            metric.type = .unknown
            return true
        }
        let message = "'\(metric.name)' is left out: \(problem.message) [\(problem.rule.text)]"
        sink.report(ImportRules.refused, at: scrape.span(metric.place), message)
        return false
    }

    private func write(_ metrics: [ImportedMetric], _ namespace: String?) -> (text: String, firstLines: [Int]) {
        var lines = [
            "# Imported from a scrape in the format \(scrape.format.title). What a scrape cannot say is for you to add:",
            "# 'values' or 'max_values' of labels, 'multiprocess_mode' of gauges.",
        ]
        if let namespace { lines.append("namespace: \(YAMLText.scalar(namespace))") }
        var firstLines: [Int] = []
        if metrics.isEmpty {
            lines.append("metrics: []")
        } else {
            lines.append("metrics:")
        }
        for (index, metric) in metrics.enumerated() {
            if index > 0 { lines.append("") }
            firstLines.append(lines.count + 1)
            lines += metric.lines
        }
        return (lines.joined(separator: "\n") + "\n", firstLines)
    }

    /// The first word of all names, where they have it in common and there is more than one.
    private static func commonNamespace(_ metrics: [ImportedMetric]) -> String? {
        guard metrics.count > 1, let first = metrics.first?.name,
            let end = first.utf8.firstIndex(of: UInt8(ascii: "_")), end > first.startIndex
        else { return nil }
        let namespace = String(first[..<end])
        return metrics.allSatisfy { $0.name.hasPrefix(namespace + "_") } ? namespace : nil
    }
}
