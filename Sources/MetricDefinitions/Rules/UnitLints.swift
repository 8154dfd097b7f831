/// Conventions for units.
package enum UnitLints {
    package static let undeclared = Rule(
        "unit-undeclared",
        .warning,
        "a name that ends in a unit has the key 'unit'",
        why: "Only what is declared reaches the exposition and the documentation.",
        bad: "metrics:\n  - {name: shop_basket_bytes, type: gauge, documentation: Size of the basket}\n",
        good: "metrics:\n  - {name: shop_basket_bytes, type: gauge, documentation: Size of the basket, unit: bytes}\n"
    )
    package static let mismatch = Rule(
        "unit-mismatch",
        .error,
        "the unit in the name is the one in 'unit'",
        why: "One of the two is wrong, and readers believe the name.",
        bad: "metrics:\n  - {name: shop_wait_milliseconds, type: gauge, documentation: Last wait, unit: seconds}\n",
        good: "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Last wait, unit: seconds}\n"
    )
    package static let baseUnit = Rule(
        "base-unit",
        .warning,
        "metrics are in base units: seconds, bytes, meters, grams, joules, volts, amperes, celsius",
        why: "Then no query has to convert, and dashboards scale by themselves.",
        bad: "metrics:\n  - {name: shop_basket_kilobytes, type: gauge, documentation: Size, unit: kilobytes}\n",
        good: "metrics:\n  - {name: shop_basket_bytes, type: gauge, documentation: Size of it, unit: bytes}\n"
    )
    package static let percent = Rule(
        "percent",
        .warning,
        "shares are ratios from 0 to 1, not percent",
        why: "Ratios multiply without a factor, and tools show them as percent.",
        bad: "metrics:\n  - {name: shop_disk_used_percent, type: gauge, documentation: Full part, unit: percent}\n",
        good: "metrics:\n  - {name: shop_disk_used_ratio, type: gauge, documentation: Full part, unit: ratio}\n"
    )
    package static let abbreviation = Rule(
        "unit-abbreviation",
        .warning,
        "units are written out",
        why: "'m' is meters, minutes or millions.",
        bad: "metrics:\n  - {name: shop_wait_ms, type: gauge, documentation: Last wait}\n",
        good: "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Last wait, unit: seconds}\n"
    )
    package static let singular = Rule(
        "unit-singular",
        .warning,
        "units are plural",
        why: "All names of one unit should end alike.",
        bad: "metrics:\n  - {name: shop_wait_second, type: gauge, documentation: Last wait, unit: second}\n",
        good: "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Last wait, unit: seconds}\n"
    )
    package static let unknown = Rule(
        "unit-unknown",
        .warning,
        "'unit' is a unit of measurement",
        why: "What is counted (requests, jobs) is no unit: say it in the name, and leave 'unit' out.",
        bad: "metrics:\n  - {name: shop_waiting_jobs, type: gauge, documentation: Queue length, unit: jobs}\n",
        good: "metrics:\n  - {name: shop_waiting_jobs, type: gauge, documentation: Queue length}\n"
    )
    package static let timestampSuffix = Rule(
        "timestamp-suffix",
        .warning,
        "a point in time ends in _timestamp_seconds",
        why: "It is in seconds since 1970, and 'time() - x' tells how long ago it was.",
        bad: "metrics:\n  - {name: shop_last_order_timestamp, type: gauge, documentation: When it came}\n",
        good:
            "metrics:\n  - {name: shop_last_order_timestamp_seconds, type: gauge, documentation: When it came, unit: seconds}\n"
    )
    package static let timeSince = Rule(
        "time-since",
        .warning,
        "a gauge says when something happened, not how long ago",
        why:
            "An age stands still when the program hangs; a timestamp does not need updates, and 'time() - x' is the age.",
        bad: "metrics:\n  - {name: shop_uptime_seconds, type: gauge, documentation: Time open, unit: seconds}\n",
        good:
            "metrics:\n  - {name: shop_start_timestamp_seconds, type: gauge, documentation: When it began, unit: seconds}\n"
    )
    package static let ratioName = Rule(
        "ratio-name",
        .note,
        "'ratio' is the last word of a name",
        why: "It is a unit. What is divided by what reads best as 'a_per_b'.",
        bad: "metrics:\n  - {name: shop_ratio_of_hits, type: gauge, documentation: Share of the cache}\n",
        good:
            "metrics:\n  - {name: shop_cache_hit_ratio, type: gauge, documentation: Share of the cache, unit: ratio}\n"
    )
    package static let power = Rule(
        "power-unit",
        .note,
        "energy is counted in joules; ratios need no decibels",
        why: "The rate of a counter of joules is the power in watts, whatever the interval of scrapes.",
        bad: "metrics:\n  - {name: shop_oven_watts, type: gauge, documentation: Power now, unit: watts}\n",
        good:
            "metrics:\n  - {name: shop_oven_joules_total, type: counter, documentation: Energy used, unit: joules}\n"
    )
    package static let kelvin = Rule(
        "kelvin",
        .note,
        "temperatures are in celsius",
        why: "Kelvin is for colour temperatures and science.",
        bad: "metrics:\n  - {name: shop_oven_kelvin, type: gauge, documentation: Heat now, unit: kelvin}\n",
        good: "metrics:\n  - {name: shop_oven_celsius, type: gauge, documentation: Heat now, unit: celsius}\n"
    )
    package static let durationGauge = Rule(
        "duration-gauge",
        .note,
        "durations are observed by a histogram",
        why: "A gauge keeps the last one alone; that is right for batch jobs and scrapes.",
        bad:
            "metrics:\n  - {name: shop_order_duration_seconds, type: gauge, documentation: Time taken, unit: seconds}\n",
        good:
            "metrics:\n  - {name: shop_order_duration_seconds, type: histogram, documentation: Time taken, unit: seconds}\n"
    )

    package static let family = RuleFamily(
        title: "Conventions for units",
        rules: [
            undeclared, mismatch, baseUnit, percent, abbreviation, singular, unknown, timestampSuffix, timeSince,
            ratioName, power, kelvin, durationGauge,
        ],
        checks: [
            RuleFamily.eachName(checkUnit), RuleFamily.eachName(checkWords), RuleFamily.eachName(checkTimes),
        ]
    )

    /// Whether the name's last word and the declared unit are two different units.
    static func isMismatch(_ unit: String, _ parts: NameParts) -> Bool {
        guard parts.unit != nil else { return false }
        let last = parts.lastWord
        return last != unit && !unit.hasSuffix("_" + last)
    }

    /// The one problem that a unit has: what is declared, or else what the name ends in.
    private static func checkUnit(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name, metric.type?.value != .info, metric.type?.value != .stateset else { return }
        let declared = metric.unit.flatMap { $0.value.allSatisfy(\.isWhitespace) ? nil : $0 }
        if let declared, isMismatch(declared.value, parts) {
            let message = "the unit is '\(declared.value)', but the name '\(name.value)' ends in '\(parts.lastWord)'"
            sink.report(mismatch, at: declared.span, message, suggestion: "write '\(parts.lastWord)', or mend the name")
            return
        }
        let text = declared?.value ?? parts.lastWord
        let place = declared?.span ?? name.span
        guard let unit = declared == nil ? parts.unit : UnitTable.word(text.lowercased()) else {
            if let declared, SwiftIdentifier.isValid(declared.value) {
                let message = "'\(declared.value)' is not a unit of measurement; what is counted belongs into the name"
                sink.report(unknown, at: declared.span, message)
            }
            return
        }
        switch unit.kind {
        case .base:
            if declared == nil, metric.keys["unit"] == nil {
                let hint = "add 'unit: \(text)'"
                sink.report(
                    undeclared,
                    at: place,
                    "the name ends in the unit '\(text)', but 'unit' is not given",
                    suggestion: hint
                )
            }
            if text == "watts" {
                sink.report(power, at: place, "count the energy in joules; its rate is the power")
            } else if text == "decibels" {
                sink.report(power, at: place, "a ratio needs no decibels")
            } else if text == "kelvin" {
                sink.report(kelvin, at: place, "temperatures are in celsius, colour temperatures aside")
            }
        case .derived: reportBaseUnit(text, unit, at: place, &sink)
        case .percent:
            let message = "use a ratio from 0 to 1 instead of '\(text)'"
            sink.report(percent, at: place, message, suggestion: "write 'ratio', and divide by 100")
        case .singular:
            sink.report(singular, at: place, "the unit '\(text)' is singular", suggestion: "write '\(unit.base)'")
        case .abbreviation: reportAbbreviation(text, unit, at: place, &sink)
        }
    }

    /// Units that stand elsewhere in a name.
    private static func checkWords(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name else { return }
        for (index, word) in parts.words.enumerated() where index != parts.stemEnd - 1 && index >= parts.stemStart {
            guard let unit = UnitTable.word(word) else { continue }
            switch unit.kind {
            case .derived: reportBaseUnit(word, unit, at: name.span, &sink)
            case .abbreviation where index > 0: reportAbbreviation(word, unit, at: name.span, &sink)
            case .base where word == "ratio":
                sink.report(ratioName, at: name.span, "'ratio' is not the last word of '\(name.value)'")
            default: break
            }
        }
    }

    private static func checkTimes(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name, metric.type?.value == .gauge else { return }
        let words = parts.words
        let isTimestamp = words.suffix(2).elementsEqual(["timestamp", "seconds"])
        let isTime = words.suffix(2).elementsEqual(["time", "seconds"])
        if !isTimestamp, !isTime {
            let help = metric.documentation.map { TextSearch($0.value) }
            let saysSo = help?.containsAny(of: ["unix time", "since epoch", "since the epoch", "since 1970"]) ?? false
            if words.dropFirst().contains("timestamp") || saysSo {
                let stem = words.filter { $0 != "timestamp" && $0 != "seconds" }.joined(separator: "_")
                sink.report(
                    timestampSuffix,
                    at: name.span,
                    "'\(name.value)' is a point in time, and should end in '_timestamp_seconds'",
                    suggestion: "write '\(stem)_timestamp_seconds'"
                )
            } else if words.contains("uptime") || words.contains("since")
                || (words.contains("age") && parts.unit?.base == "seconds")
            {
                let message =
                    "'\(name.value)' is how long ago something happened: expose when, as '…_timestamp_seconds'"
                sink.report(timeSince, at: name.span, message)
            }
        }
        if parts.unit?.base == "seconds", words.contains("duration") || words.contains("latency") {
            let message = "'\(name.value)' keeps the last duration alone; a histogram keeps all"
            sink.report(durationGauge, at: name.span, message)
        }
    }

    private static func reportBaseUnit(
        _ word: String,
        _ unit: UnitWord,
        at span: SourceSpan,
        _ sink: inout DiagnosticSink
    ) {
        sink.report(
            baseUnit,
            at: span,
            "use the base unit '\(unit.base)' instead of '\(word)'",
            suggestion: hint(unit)
        )
    }

    private static func reportAbbreviation(
        _ word: String,
        _ unit: UnitWord,
        at span: SourceSpan,
        _ sink: inout DiagnosticSink
    ) {
        let message = "'\(word)' abbreviates a unit: use '\(unit.base)'"
        sink.report(abbreviation, at: span, message, suggestion: hint(unit))
    }

    private static func hint(_ unit: UnitWord) -> String {
        switch unit.factor {
        case "", "1": "write '\(unit.base)'"
        default: "write '\(unit.base)', and multiply by \(unit.factor)"
        }
    }
}
