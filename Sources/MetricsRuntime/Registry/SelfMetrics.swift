/// What the runtime counts about itself.
///
/// A series appears with its first fault.
enum SelfMetrics {
    /// Updates of label combinations past a bound, which went to an overflow series.
    static let folded = MetricDescriptor(
        name: "metrics_series_folded_total",
        documentation: "Look-ups of label values past max_values or max_series, answered by an overflow series",
        type: .counter,
        labels: [MetricDescriptor.Label(name: "metric")],
        maxSeries: .max
    )
    /// Updates that would have made a value wrong.
    static let refused = MetricDescriptor(
        name: "metrics_updates_refused_total",
        documentation: "Updates that were ignored: negative or NaN increments, NaN observations, wrong labels",
        type: .counter,
        labels: [MetricDescriptor.Label(name: "metric")],
        maxSeries: .max
    )
}
