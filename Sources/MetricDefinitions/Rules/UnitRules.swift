/// Units.
package enum UnitRules {
    package static let notSuffix = Rule(
        "unit-not-suffix",
        .error,
        "the unit is the end of the name, before _total",
        why: "OpenMetrics requires it, so that a name alone says what is measured.",
        bad: "metrics:\n  - {name: shop_job_duration, type: gauge, documentation: Last run, unit: seconds}\n",
        good: "metrics:\n  - {name: shop_job_duration_seconds, type: gauge, documentation: Last run, unit: seconds}\n"
    )
    package static let charset = Rule(
        "unit-charset",
        .error,
        "a unit matches [a-zA-Z][a-zA-Z0-9_]*",
        why: "It is part of a metric's name.",
        bad: "metrics:\n  - {name: shop_job_load, type: gauge, documentation: Load, unit: \"%\"}\n",
        good: "metrics:\n  - {name: shop_job_load_ratio, type: gauge, documentation: Load, unit: ratio}\n"
    )
    package static let onInfoOrStateSet = Rule(
        "unit-on-info-stateset",
        .error,
        "infos and state sets have no unit",
        why: "They measure nothing; OpenMetrics requires their unit to be empty.",
        bad: "metrics:\n  - {name: shop_build_info, type: info, documentation: The build, unit: info}\n",
        good: "metrics:\n  - {name: shop_build_info, type: info, documentation: The build}\n"
    )

    package static let family = RuleFamily(
        title: "Units",
        rules: [notSuffix, charset, onInfoOrStateSet],
        checks: [RuleFamily.eachMetric(check)]
    )

    private static func check(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        guard let unit = metric.unit, !unit.value.allSatisfy(\.isWhitespace) else { return }
        if let type = metric.type?.value, type == .info || type == .stateset {
            let message = "a metric of type \(type.rawValue) has no unit"
            sink.report(onInfoOrStateSet, at: metric.keys["unit"] ?? unit.span, message)
            return
        }
        guard SwiftIdentifier.isValid(unit.value), !unit.value.hasPrefix("_") else {
            sink.report(charset, at: unit.span, "the unit '\(unit.value)' must match [a-zA-Z][a-zA-Z0-9_]*")
            return
        }
        guard metric.name != nil else { return }
        let parts = NameParts(metric, namespace: nil)
        // Where the name ends in another unit, 'unit-mismatch' says it better.
        guard !UnitLints.isMismatch(unit.value, parts) else { return }
        let name = parts.name
        let stem = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
        guard !stem.hasSuffix("_" + unit.value) else { return }
        let isTotal = stem.utf8.count < name.utf8.count
        sink.report(
            notSuffix,
            at: unit.span,
            "the name '\(name)' must end in the unit '\(unit.value)'\(isTotal ? " before '_total'" : "")",
            suggestion: "name it '\(stem)_\(unit.value)\(isTotal ? "_total" : "")', or mend the unit"
        )
    }
}
