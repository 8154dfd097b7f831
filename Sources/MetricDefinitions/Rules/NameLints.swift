/// Conventions for the names of metrics.
package enum NameLints {
    package static let missingNamespace = Rule(
        "missing-namespace",
        .warning,
        "a name begins with the application that it belongs to",
        why: "All programs' metrics meet in one Prometheus. Give the file a 'namespace', or the name a first word.",
        bad: "metrics:\n  - {name: requests_total, type: counter, documentation: Requests answered}\n",
        good: "metrics:\n  - {name: shop_requests_total, type: counter, documentation: Requests answered}\n"
    )
    package static let standardPrefix = Rule(
        "standard-collector-prefix",
        .warning,
        "no name begins with process_, go_, python_, jvm_ or metrics_",
        why:
            "Those are the metrics of standard collectors, and metrics_ those of this runtime about itself; dashboards expect their meaning.",
        bad: "metrics:\n  - {name: process_jobs_total, type: counter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let scrapePrefix = Rule(
        "reserved-prefix-scrape",
        .warning,
        "no name begins with scrape_",
        why: "Prometheus adds such metrics to every scrape.",
        bad: "metrics:\n  - {name: scrape_jobs_total, type: counter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_scrape_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let reservedName = Rule(
        "reserved-name",
        .error,
        "no metric is called up, ALERTS or ALERTS_FOR_STATE",
        why: "Prometheus makes series of these names itself.",
        bad: "metrics:\n  - {name: up, type: gauge, documentation: Whether the shop is open}\n",
        good: "metrics:\n  - {name: shop_open, type: gauge, documentation: Whether customers can order}\n"
    )
    package static let camelCase = Rule(
        "camel-case",
        .warning,
        "names of metrics and labels are in snake_case",
        why: "One style for all names saves looking them up.",
        bad: "metrics:\n  - {name: shop_jobsDone_total, type: counter, documentation: Finished work}\n",
        good: "metrics:\n  - {name: shop_jobs_done_total, type: counter, documentation: Finished work}\n"
    )
    package static let snakeCase = Rule(
        "snake-case",
        .warning,
        "names are lower case words with one underscore between two",
        why: "One style for all names saves looking them up; doubled underscores are easily misread.",
        bad: "metrics:\n  - {name: shop__jobs_total, type: counter, documentation: Finished work}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Finished work}\n"
    )
    package static let typeInName = Rule(
        "type-in-name",
        .warning,
        "a name does not say the metric's type",
        why: "The type stands beside the name in every exposition, and may change while the meaning stays.",
        bad: "metrics:\n  - {name: shop_jobs_gauge, type: gauge, documentation: Jobs waiting}\n",
        good: "metrics:\n  - {name: shop_jobs_waiting, type: gauge, documentation: Length of the queue}\n"
    )
    package static let labelInName = Rule(
        "label-in-name",
        .warning,
        "a name does not repeat one of the metric's labels",
        why: "'requests_by_method' is wrong as soon as a query sums over the method.",
        bad:
            "metrics:\n  - {name: shop_jobs_by_queue_total, type: counter, documentation: Finished work, labels: [queue]}\n",
        good:
            "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Finished work, labels: [queue]}\n"
    )
    package static let similarName = Rule(
        "similar-name",
        .warning,
        "two names differ in more than underscores and a plural",
        why: "Such names are taken for one another in queries.",
        bad: """
            metrics:
              - {name: shop_job_size, type: gauge, documentation: Size of the last one}
              - {name: shop_jobs_size, type: gauge, documentation: Size of all, swift_name: AllJobsSize}
            """,
        good: """
            metrics:
              - {name: shop_last_job_size, type: gauge, documentation: Size of the last one}
              - {name: shop_all_jobs_size, type: gauge, documentation: Size of all}
            """
    )
    package static let redundantWord = Rule(
        "redundant-word",
        .note,
        "a name has no words that any metric could have",
        why: "metric, timer, stats, counter, value and the like say nothing about what is measured.",
        bad: "metrics:\n  - {name: shop_jobs_stats, type: gauge, documentation: Jobs waiting}\n",
        good: "metrics:\n  - {name: shop_jobs_waiting, type: gauge, documentation: Length of the queue}\n"
    )
    package static let procedural = Rule(
        "procedural-name",
        .note,
        "a number in a name that looks like a value is better a label",
        why: "'http_500_total' needs a sibling for every code; a label 'code' has them all.",
        bad: "metrics:\n  - {name: shop_answers_500_total, type: counter, documentation: Failed requests}\n",
        good: """
            metrics:
              - name: shop_answers_total
                type: counter
                documentation: Requests answered
                labels: [{name: code, type: int, max_values: 50}]
            """
    )
    package static let order = Rule(
        "name-order",
        .note,
        "the unit is the last word of a name, before _total",
        why: "Readers look for it there: 'received_bytes_total', not 'bytes_received_total'.",
        bad: "metrics:\n  - {name: shop_bytes_received_total, type: counter, documentation: Incoming data}\n",
        good:
            "metrics:\n  - {name: shop_received_bytes_total, type: counter, documentation: Incoming data, unit: bytes}\n"
    )

    package static let family = RuleFamily(
        title: "Conventions for names",
        rules: [
            missingNamespace, standardPrefix, scrapePrefix, reservedName, camelCase, snakeCase, typeInName, labelInName,
            similarName, redundantWord, procedural, order,
        ],
        checks: [
            checkNamespaces, RuleFamily.eachName(checkPrefix), RuleFamily.eachName(checkCase),
            RuleFamily.eachName(checkWords),
            checkSimilarNames,
        ]
    )

    private static let reservedNames: Set<String> = ["up", "ALERTS", "ALERTS_FOR_STATE"]
    private static let standardPrefixes: Set<String> = ["process", "go", "python", "jvm", "metrics"]
    private static let typeWords: Set<String> = ["counter", "gauge", "histogram", "summary", "stateset"]
    private static let emptyWords: Set<String> = [
        "metric", "metrics", "timer", "stats", "counter", "float64", "value", "prometheus", "openmetrics",
    ]

    private static func checkPrefix(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _ context: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name, let first = parts.words.first, NameRules.isName(name.value) else { return }
        if reservedNames.contains(name.value) {
            sink.report(
                reservedName,
                at: name.span,
                "'\(name.value)' is a series of Prometheus itself: choose another name"
            )
        } else if first == "scrape", parts.words.count > 1 {
            sink.report(scrapePrefix, at: name.span, "'scrape_' is the prefix of what Prometheus adds to a scrape")
        } else if standardPrefixes.contains(first), parts.words.count > 1 {
            let owner = first == "metrics" ? "this runtime's metrics about itself" : "a standard collector"
            sink.report(standardPrefix, at: name.span, "'\(first)_' is the prefix of \(owner)")
        }
    }

    /// One report a file, since one key mends them all.
    private static func checkNamespaces(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var reported: Set<SourceID> = []
        for (metric, parts) in zip(context.metrics, context.nameParts) {
            guard let name = metric.name, NameRules.isName(name.value), !reservedNames.contains(name.value),
                let first = parts.words.first, !standardPrefixes.contains(first), first != "scrape",
                parts.stem.count - (parts.unit == nil ? 0 : 1) <= 1,
                context.files[name.span.source.index].namespace == nil,
                reported.insert(name.span.source).inserted
            else { continue }
            let example = first == "shop" ? "store" : "shop"
            sink.report(
                missingNamespace,
                at: name.span,
                "the name '\(name.value)' does not say which application it belongs to",
                suggestion: "give the file a 'namespace', as '\(example)', and name it '\(example)_\(name.value)'"
            )
        }
    }

    private static func checkCase(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _ context: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        if let name = metric.name { checkCase(name, "the name", &sink) }
        for label in metric.labels {
            guard let name = label.name, context.labelSets.set(named: name.value) == nil else { continue }
            checkCase(name, "the label", &sink)
        }
        for label in metric.constantLabels { checkCase(label.name, "the constant label", &sink) }
    }

    /// Also called for label sets, where the name stands.
    static func checkCase(_ name: Located<String>, _ subject: String, _ sink: inout DiagnosticSink) {
        var previous = UInt8(ascii: "_")
        var hasHump = false
        var hasUpper = false
        var isDoubled = false
        for byte in name.value.utf8 {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            hasUpper = hasUpper || isUpper
            hasHump = hasHump || (isUpper && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(previous))
            isDoubled = isDoubled || (byte == UInt8(ascii: "_") && previous == byte)
            previous = byte
        }
        guard hasUpper || isDoubled || previous == UInt8(ascii: "_"), NameRules.isName(name.value) else { return }
        // A leading underscore is reserved, and reported as such.
        guard !name.value.hasPrefix("_") else { return }
        let words = name.value.split(separator: "_").map { SwiftCase.words(String($0)).joined(separator: "_") }
        let suggestion = "write '\(words.joined(separator: "_"))'"
        if hasHump {
            sink.report(
                camelCase,
                at: name.span,
                "\(subject) '\(name.value)' is in camelCase; names are in snake_case",
                suggestion: suggestion
            )
        } else {
            let message = "\(subject) '\(name.value)' should be lower case words with one underscore between two"
            sink.report(snakeCase, at: name.span, message, suggestion: suggestion)
        }
    }

    private static func checkWords(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _ context: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name else { return }
        for word in parts.words.dropFirst() {
            if typeWords.contains(word), metric.type?.value != .unknown {
                sink.report(typeInName, at: name.span, "the name '\(name.value)' says the type '\(word)': leave it out")
            } else if emptyWords.contains(word) {
                sink.report(redundantWord, at: name.span, "'\(word)' in '\(name.value)' says nothing: leave it out")
            } else if isNumberLike(word) {
                let message = "'\(word)' in '\(name.value)' looks like a value: make it a label"
                sink.report(procedural, at: name.span, message)
            }
        }
        // In a state set the name is a label.
        if metric.type?.value != .stateset {
            for label in metric.labels {
                guard let labelName = label.name?.value, parts.contains(context.labelNames.words(of: labelName)) else {
                    continue
                }
                let message = "the name '\(name.value)' repeats the label '\(labelName)'"
                sink.report(labelInName, at: name.span, message)
            }
        }
        if parts.unit == nil, metric.unit == nil, let unit = parts.stem.dropLast().first(where: isFullUnit) {
            let message = "the unit '\(unit)' is not the last word of '\(name.value)'"
            sink.report(order, at: name.span, message)
        }
    }

    private static func isFullUnit(_ word: String) -> Bool {
        guard let unit = UnitTable.word(word) else { return false }
        return unit.kind == .base || unit.kind == .derived
    }

    /// `500` and `5xx`.
    private static func isNumberLike(_ word: String) -> Bool {
        let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        return digits > 0 && (digits == word.utf8.count || word.dropFirst(digits).allSatisfy { $0 == "x" })
    }

    private static func checkSimilarNames(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: Located<String>] = [:]
        for (metric, parts) in zip(context.metrics, context.nameParts) {
            guard let name = metric.name else { continue }
            var key = ""
            for word in parts.words {
                let isPlural = word.utf8.last == UInt8(ascii: "s") && word.count > 3
                key += isPlural ? String(word.dropLast()) : word
            }
            if let other = first[key] {
                guard other.value != name.value else { continue }
                let note = Diagnostic.Note(message: "'\(other.value)' is defined here", span: other.span)
                let message = "the names '\(name.value)' and '\(other.value)' are easily confused"
                sink.report(similarName, at: name.span, message, notes: [note])
            } else {
                first[key] = name
            }
        }
    }
}
