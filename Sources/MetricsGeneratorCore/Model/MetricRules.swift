internal import MetricDefinitions

/// A recording rule.
struct RecordingContext: TemplateContext {
    let record: String
    let expression: String

    static let table = ContextTable<RecordingContext>([
        .rawText("record", "the name of what is recorded: level, metric and operations") { $0.record },
        .rawText("expression", "the query in PromQL") { $0.expression },
    ])
}

/// An alerting rule.
struct AlertContext: TemplateContext {
    let alert: String
    let expression: String
    let duration: String
    let severity: String
    let summary: String

    static let table = ContextTable<AlertContext>([
        .rawText("alert", "the name of the alert") { $0.alert },
        .rawText("expression", "the query in PromQL") { $0.expression },
        .text("duration", "how long the query must hold") { $0.duration },
        .text("severity", "how bad it is: `info` or `warning`") { $0.severity },
        .rawText("summary", "what is the matter") { $0.summary },
    ])
}

/// Rules of Prometheus for a metric.
enum MetricRules {
    /// Named by Prometheus' convention `level:metric:operations`.
    static func recordings(of metric: ResolvedMetric) -> [RecordingContext] {
        let name = MetricQueries.sampleName(metric)
        let family = MetricQueries.familyName(metric)
        let labels = ["job"] + MetricQueries.closedGroups(metric).filter { $0 != "job" }
        let level = labels.joined(separator: "_")
        let by = "sum by (\(labels.joined(separator: ", ")))"
        switch metric.type {
        case .counter:
            return [RecordingContext(record: "\(level):\(family):rate5m", expression: "\(by) (rate(\(name)[5m]))")]
        case .histogram:
            let quantiles = [("p50", "0.5"), ("p95", "0.95"), ("p99", "0.99")].map { suffix, quantile in
                RecordingContext(
                    record: "\(level):\(family):\(suffix)_5m",
                    expression: MetricQueries.quantile(quantile, name, window: "5m", by: labels)
                )
            }
            return quantiles + observations(level, by, name, labels)
        case .summary: return observations(level, by, name, labels)
        case .gauge, .info, .stateset, .unknown: return []
        }
    }

    private static func observations(
        _ level: String,
        _ by: String,
        _ name: String,
        _ labels: [String]
    ) -> [RecordingContext] {
        [
            RecordingContext(record: "\(level):\(name)_count:rate5m", expression: "\(by) (rate(\(name)_count[5m]))"),
            RecordingContext(
                record: "\(level):\(name):mean5m",
                expression: MetricQueries.mean(name, window: "5m", by: labels)
            ),
        ]
    }

    /// What a definition alone says is wrong: too many series, and use of what is deprecated.
    static func alerts(of metric: ResolvedMetric) -> [AlertContext] {
        var alerts: [AlertContext] = []
        let sample = MetricQueries.sampleName(metric)
        let name = metric.type == .histogram || metric.type == .summary ? sample + "_count" : PromQL.series(sample)
        if MetricQueries.labelBound(metric) == nil { alerts.append(nearLimit(metric, name)) }
        if let deprecation = metric.deprecation {
            let advice: String = deprecation.replacedBy.map { "; use \($0)" } ?? ""
            alerts.append(
                AlertContext(
                    alert: "DeprecatedMetricExposed",
                    expression: "count by (job) (\(name)) > 0",
                    duration: "1h",
                    severity: "info",
                    summary: "\(metric.name) is deprecated\(advice)"
                )
            )
        }
        return alerts
    }

    /// The bound is that of one process. Where the merge keeps processes apart, so does the query; elsewhere there is only
    /// what they made together, which no process exceeds.
    private static func nearLimit(_ metric: ResolvedMetric, _ name: String) -> AlertContext {
        // A tenth below the bound, and at least one.
        let limit = max(1, metric.maxSeries - max(1, metric.maxSeries / 10))
        let counted: String
        let expression: String
        if let process = MetricQueries.processLabel(metric) {
            counted = "of one process"
            expression = "max by (job, instance) (count by (job, instance, \(process)) (\(name))) > \(limit)"
        } else {
            counted = "on one instance, counted over all its processes"
            expression = "count by (job, instance) (\(name)) > \(limit)"
        }
        return AlertContext(
            alert: "MetricSeriesNearLimit",
            expression: expression,
            duration: "15m",
            severity: "warning",
            summary: "\(metric.name) has more than \(limit) series \(counted); new ones read __overflow__ once a "
                + "process has made \(metric.maxSeries)"
        )
    }
}
