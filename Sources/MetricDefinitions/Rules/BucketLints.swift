/// Conventions for buckets.
package enum BucketLints {
    package static let negative = Rule(
        "bucket-negative",
        .warning,
        "bucket bounds are not negative",
        why: "Negative observations make the sum fall, so that no rate of it, and no average, can be computed.",
        bad: example("shop_balance", unit: nil, "[-10, 0, 10]"),
        good: example("shop_balance", unit: nil, "[0, 10, 100]")
    )
    package static let implausible = Rule(
        "bucket-unit-plausible",
        .warning,
        "bucket bounds fit the unit",
        why: "Bounds of 100 seconds and more are mostly milliseconds that were copied.",
        bad: example("shop_wait_seconds", unit: "seconds", "[100, 250, 500, 1000]"),
        good: example("shop_wait_seconds", unit: "seconds", "[0.1, 0.25, 0.5, 1]")
    )
    package static let standardForOthers = Rule(
        "default-buckets-for-non-seconds",
        .warning,
        "a histogram of something else than seconds says its buckets",
        why: "Without 'buckets' it gets bounds for durations: 5 ms to 10 s.",
        bad: example("shop_basket_bytes", unit: "bytes", nil),
        good: example("shop_basket_bytes", unit: "bytes", "bytes_pow4")
    )

    package static let family = RuleFamily(
        title: "Conventions for buckets",
        rules: [negative, implausible, standardForOthers],
        checks: [RuleFamily.eachName(check)]
    )

    private static func check(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard metric.type?.value == .histogram else { return }
        let unit = metric.unit?.value ?? (parts.unit?.kind == .base ? parts.lastWord : nil)
        switch metric.buckets {
        case nil:
            // Buckets that could not be read are there.
            guard metric.keys["buckets"] == nil, unit != "seconds", let type = metric.type else { return }
            reportStandard("without 'buckets' the histogram gets", at: type.span, &sink)
        case .preset(let preset):
            guard unit != "seconds", BucketPresets.areSeconds(preset.value) else { return }
            reportStandard("the preset '\(preset.value)' has", at: preset.span, &sink)
        case .list(let bounds, let span):
            if let bound = bounds.first(where: { $0.value < 0 && $0.value > -.infinity }) {
                let text = ResolvedNumber.text(bound.value)
                sink.report(negative, at: bound.span, "the bound \(text) is negative: the sum can then fall")
            }
            let finite = bounds.filter { $0.value.isFinite }
            if unit == "seconds", finite.count > 1, finite.allSatisfy({ $0.value >= 100 }) {
                let message = "all bounds are 100 seconds or more: are they milliseconds?"
                sink.report(implausible, at: span, message)
            }
        case .generator(_, let arguments, let span):
            if let start = arguments["start"], start.value < 0 {
                let text = ResolvedNumber.text(start.value)
                sink.report(negative, at: start.span, "the bound \(text) is negative: the sum can then fall")
            }
            let least = arguments["start"] ?? arguments["min"]
            if unit == "seconds", let least, least.value >= 100 {
                sink.report(implausible, at: span, "all bounds are 100 seconds or more: are they milliseconds?")
            }
        }
    }

    private static func reportStandard(_ subject: String, at span: SourceSpan, _ sink: inout DiagnosticSink) {
        let others: [String] = BucketPresets.names.filter { !BucketPresets.areSeconds($0) }
        sink.report(
            standardForOthers,
            at: span,
            "\(subject) bounds for seconds, but that is not its unit",
            suggestion: "give 'buckets': a list, a generator or a preset (\(others.joined(separator: ", ")))"
        )
    }

    private static func example(_ name: String, unit: String?, _ buckets: String?) -> RuleExample {
        var text = "metrics:\n  - name: \(name)\n    type: histogram\n    documentation: What was measured\n"
        if let unit { text += "    unit: \(unit)\n" }
        if let buckets { text += "    buckets: \(buckets)\n" }
        return .files(["example.yaml": text])
    }
}
