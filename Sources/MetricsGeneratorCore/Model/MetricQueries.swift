internal import MetricDefinitions

/// A query, and what it tells.
struct QueryContext: TemplateContext {
    let title: String
    let expression: String

    static let table = ContextTable<QueryContext>([
        .rawText("queryTitle", "what the query tells") { $0.title },
        .rawText("expression", "the query in PromQL") { $0.expression },
    ])
}

/// PromQL over a metric.
enum MetricQueries {
    /// The name of the family's samples in text: with `_total` for a counter, `_info` for an info.
    static func sampleName(_ metric: ResolvedMetric) -> String {
        switch metric.type {
        case .counter: metric.name.hasSuffix("_total") ? metric.name : metric.name + "_total"
        case .info: metric.name.hasSuffix("_info") ? metric.name : metric.name + "_info"
        case .gauge, .histogram, .summary, .stateset, .unknown: metric.name
        }
    }

    /// The name without the suffix of its type, for names of rules.
    static func familyName(_ metric: ResolvedMetric) -> String {
        let name = sampleName(metric)
        return metric.type == .counter ? String(name.dropLast("_total".count)) : name
    }

    /// The label by which the merge tells processes apart, where it does.
    static func processLabel(_ metric: ResolvedMetric) -> String? {
        (metric.type == .gauge || metric.type == .unknown) && metric.multiprocessMode.addsProcessLabel ? "pid" : nil
    }

    /// How many label combinations a process can make, those of `__overflow__` included; `nil` where `max_series` is the
    /// bound, past which it folds open labels.
    static func labelBound(_ metric: ResolvedMetric) -> Int? {
        guard let combinations = metric.combinations else { return nil }
        let isFolded = metric.overflowSeries > 0 && combinations - metric.overflowSeries > metric.maxSeries
        return isFolded ? nil : combinations
    }

    /// The closed labels that can be grouped by.
    static func closedGroups(_ metric: ResolvedMetric) -> [String] {
        PromQL.groups(metric.labels.filter { $0.closedValues != nil }.map(\.name))
    }

    /// Labels to group by: the closed ones, or else the first open one.
    static func groups(_ metric: ResolvedMetric) -> [String] {
        let closed = closedGroups(metric)
        return closed.isEmpty ? Array(PromQL.groups(metric.labels.map(\.name)).prefix(1)) : closed
    }

    private static func by(_ labels: [String]) -> String {
        labels.isEmpty ? "" : " by (\(labels.joined(separator: ", ")))"
    }

    /// A quantile over all series of a histogram.
    static func quantile(_ quantile: String, _ name: String, selector: String = "", window: String, by: [String])
        -> String
    {
        let labels = (by + ["le"]).joined(separator: ", ")
        return "histogram_quantile(\(quantile), sum by (\(labels)) (rate(\(name)_bucket\(selector)[\(window)])))"
    }

    static func mean(_ name: String, window: String, by labels: [String]) -> String {
        let by = by(labels)
        return "sum\(by) (rate(\(name)_sum[\(window)])) / sum\(by) (rate(\(name)_count[\(window)]))"
    }

    /// What somebody who meets the metric asks first.
    static func examples(of metric: ResolvedMetric) -> [QueryContext] {
        let name = sampleName(metric)
        let series = PromQL.series(name)
        let groups = groups(metric)
        let by = by(groups)
        switch metric.type {
        case .counter:
            return [
                QueryContext(title: "Per second", expression: "sum\(by) (rate(\(name)[5m]))"),
                QueryContext(title: "In the last hour", expression: "sum\(by) (increase(\(name)[1h]))"),
            ]
        case .gauge:
            if metric.unit == "seconds", metric.name.hasSuffix("_timestamp_seconds") {
                return [QueryContext(title: "Seconds since", expression: "time() - \(series)")]
            }
            let function = metric.multiprocessMode == .sum || metric.multiprocessMode == .livesum ? "sum" : "max"
            return [
                QueryContext(title: "Now", expression: "\(function)\(by) (\(series))"),
                QueryContext(title: "Highest in an hour", expression: "max_over_time(\(series)[1h])"),
            ]
        case .histogram:
            return [
                QueryContext(title: "95th percentile", expression: quantile("0.95", name, window: "5m", by: groups)),
                QueryContext(title: "Mean", expression: mean(name, window: "5m", by: groups)),
                QueryContext(title: "Observations per second", expression: "sum\(by) (rate(\(name)_count[5m]))"),
            ]
        case .summary:
            return [
                QueryContext(title: "Mean", expression: mean(name, window: "5m", by: groups)),
                QueryContext(title: "Observations per second", expression: "sum\(by) (rate(\(name)_count[5m]))"),
            ]
        case .info: return [QueryContext(title: "How many of each", expression: "count\(by) (\(name) == 1)")]
        case .stateset:
            return [
                QueryContext(
                    title: "How many in each state",
                    expression: "sum\(Self.by(PromQL.groups([name]))) (\(series))"
                )
            ]
        case .unknown: return [QueryContext(title: "Now", expression: series)]
        }
    }
}
