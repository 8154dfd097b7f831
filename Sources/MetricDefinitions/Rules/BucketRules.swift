/// The buckets of histograms.
package enum BucketRules {
    package static let notIncreasing = Rule(
        "buckets-not-increasing",
        .error,
        "bucket bounds increase",
        why: "An observation is counted in the first bucket that it fits; bounds out of order would count it wrongly.",
        bad: example("[0.1, 1, 0.5, 5]"),
        good: example("[0.1, 0.5, 1, 5]")
    )
    package static let duplicate = Rule(
        "bucket-duplicate",
        .error,
        "no bucket bound stands twice",
        why: "Two series with the same 'le' make a scrape invalid.",
        bad: example("[0.1, 0.5, 0.5, 1]"),
        good: example("[0.1, 0.5, 1]")
    )
    package static let nan = Rule(
        "bucket-nan",
        .error,
        "a bucket bound is a number",
        why: "Nothing is less than or equal to NaN.",
        bad: example("[0.1, .nan]"),
        good: example("[0.1, 1]")
    )
    package static let infinityNotLast = Rule(
        "bucket-inf-not-last",
        .error,
        "+Inf is the last bound, -Inf is none",
        why: "+Inf is added where it is missing; a bound after it could never count anything.",
        bad: example("[0.1, +Inf, 1]"),
        good: example("[0.1, 1, +Inf]")
    )
    package static let onlyInfinity = Rule(
        "buckets-only-inf",
        .error,
        "a histogram has a finite bucket",
        why: "With +Inf alone it says no more than a summary: use that type.",
        bad: example("[+Inf]"),
        good: example("[1, +Inf]")
    )
    package static let generatorArguments = Rule(
        "bucket-generator-args",
        .error,
        "the arguments of a bucket generator make increasing, finite bounds",
        why:
            "linear: count ≥ 1, width > 0. exponential: count ≥ 1, start > 0, factor > 1. exponential_range: count ≥ 2, 0 < min < max.",
        bad: example("{exponential: {start: 0, factor: 2, count: 8}}"),
        good: example("{exponential: {start: 0.001, factor: 2, count: 8}}")
    )
    package static let tooMany = Rule(
        "too-many-buckets",
        .warning,
        "a histogram has at most 20 buckets",
        why: "Every bucket is a series for every combination of labels. More than 200 are an error.",
        bad: example("{linear: {start: 1, width: 1, count: 21}}"),
        good: example("{linear: {start: 1, width: 1, count: 20}}")
    )

    package static let family = RuleFamily(
        title: "Buckets",
        rules: [notIncreasing, duplicate, nan, infinityNotLast, onlyInfinity, generatorArguments, tooMany],
        checks: [RuleFamily.eachMetric(check)]
    )

    /// What follows "must be" in messages about the key.
    static let forms = "a list of numbers, a generator or a preset's name"
    static let limit = 200
    private static let advisedLimit = 20

    private static func check(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        guard let buckets = metric.buckets, metric.type?.value == .histogram else { return }
        switch buckets {
        case .list(let bounds, let span): checkList(bounds, span, &sink)
        case .preset(let name): checkPreset(name, &sink)
        case .generator(let generator, let arguments, let span):
            checkGenerator(generator, arguments, span, &sink)
        }
    }

    private static func checkPreset(_ name: Located<String>, _ sink: inout DiagnosticSink) {
        guard BucketPresets.bounds(of: name.value) == nil else { return }
        if let bounds = bounds(in: name.value) {
            let increases = zip(bounds, bounds.dropFirst()).allSatisfy { $0.number < $1.number }
            sink.report(
                KeyRules.wrongType,
                at: name.span,
                "'buckets' must be \(forms), found the text '\(name.value)'",
                suggestion: increases ? "write [" + bounds.map(\.text).joined(separator: ", ") + "]" : nil
            )
            return
        }
        let names: [String] = BucketPresets.names
        sink.report(
            KeyRules.unknownValue,
            at: name.span,
            "unknown bucket preset '\(name.value)'; presets are \(names.joined(separator: ", "))",
            suggestion: Suggestion.didYouMean(name.value, in: names)
        )
    }

    /// The numbers of a list that lacks its brackets, or stands in quotes; `nil` where there is anything else.
    private static func bounds(in text: String) -> [(text: String, number: Double)]? {
        let parts = text.split { $0.isWhitespace || $0 == "," || $0 == "[" || $0 == "]" }.map(String.init)
        let bounds = parts.compactMap { part in
            NodeReader.number(YAMLScalar(text: part, isPlain: true)).map { (part, $0) }
        }
        return bounds.isEmpty || bounds.count < parts.count ? nil : bounds
    }

    private static func checkList(_ bounds: [Located<Double>], _ span: SourceSpan, _ sink: inout DiagnosticSink) {
        if !bounds.contains(where: { $0.value.isFinite }), !bounds.contains(where: { $0.value.isNaN }) {
            sink.report(onlyInfinity, at: span, "'buckets' needs at least one finite bound")
            return
        }
        checkCount(bounds.count { $0.value != .infinity }, at: span, &sink)
        let sorted = bounds.map(\.value).filter { $0.isFinite }.sorted()
        let distinct = sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1] != $0.element }
        let fix = "write [" + distinct.map { ResolvedNumber.text($0.element) }.joined(separator: ", ") + "]"
        var previous: Located<Double>?
        for (index, bound) in bounds.enumerated() {
            if bound.value.isNaN {
                sink.report(nan, at: bound.span, "a bucket bound cannot be NaN", suggestion: fix)
                continue
            }
            if bound.value == -.infinity || (bound.value == .infinity && index < bounds.count - 1) {
                sink.report(
                    infinityNotLast,
                    at: bound.span,
                    "only the last bound may be infinite, and only +Inf",
                    suggestion: fix
                )
                continue
            }
            if let previous, bound.value == previous.value {
                sink.report(duplicate, at: bound.span, "the bound \(number(bound)) stands twice", suggestion: fix)
                continue
            }
            if let previous, bound.value < previous.value {
                let message = "buckets must increase: \(number(bound)) comes after \(number(previous))"
                sink.report(notIncreasing, at: bound.span, message, suggestion: fix)
            }
            previous = bound
        }
    }

    private static func checkGenerator(
        _ generator: BucketGenerator,
        _ arguments: [String: Located<Double>],
        _ span: SourceSpan,
        _ sink: inout DiagnosticSink
    ) {
        func require(_ name: String, _ condition: String, _ holds: (Double) -> Bool) -> Bool {
            guard let argument = arguments[name] else { return false }
            guard !argument.value.isFinite || !holds(argument.value) else { return true }
            let text = number(argument)
            sink.report(generatorArguments, at: argument.span, "'\(name)' is \(text); it must be \(condition)")
            return false
        }
        let least = generator == .exponentialRange ? 2.0 : 1.0
        var isValid = require("count", "a whole number from \(ResolvedNumber.text(least)) on") {
            $0 >= least && $0 == $0.rounded()
        }
        switch generator {
        case .linear:
            isValid = require("start", "finite") { _ in true } && isValid
            isValid = require("width", "greater than 0") { $0 > 0 } && isValid
        case .exponential:
            isValid = require("start", "greater than 0") { $0 > 0 } && isValid
            isValid = require("factor", "greater than 1") { $0 > 1 } && isValid
        case .exponentialRange:
            isValid = require("min", "greater than 0") { $0 > 0 } && isValid
            let minimum = arguments["min"]?.value ?? 0
            isValid = require("max", "greater than 'min'") { $0 > minimum } && isValid
        }
        guard isValid, let count = arguments["count"] else { return }
        // A number that no integer holds is too many in any case.
        checkCount(Int(exactly: count.value) ?? .max, at: count.span, &sink)
        guard count.value <= Double(limit) else { return }
        let bounds = BucketPresets.bounds(generator, arguments.mapValues(\.value))
        let increases = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
        guard increases, bounds.allSatisfy(\.isFinite) else {
            sink.report(
                generatorArguments,
                at: span,
                "these arguments make bounds that are infinite or do not increase"
            )
            return
        }
    }

    private static func checkCount(_ count: Int, at span: SourceSpan, _ sink: inout DiagnosticSink) {
        guard count > advisedLimit else { return }
        let isError = count > limit
        let text = isError ? "at most \(limit) are allowed" : "at most \(advisedLimit) are advised"
        sink.report(tooMany, at: span, "\(count) buckets; \(text)", severity: isError ? .error : .warning)
    }

    private static func number(_ bound: Located<Double>) -> String { ResolvedNumber.text(bound.value) }

    private static func example(_ buckets: String) -> RuleExample {
        .files([
            "example.yaml": """
            metrics:
              - name: shop_job_duration_seconds
                type: histogram
                documentation: How long a job took
                unit: seconds
                buckets: \(buckets)
            """
        ])
    }
}
