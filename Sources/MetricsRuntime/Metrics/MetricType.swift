/// The type of a metric family, as it stands in a definition and in a `# TYPE` line.
///
/// Source: OpenMetrics 1.0, section "Metric Types".
public enum MetricType: String, Sendable, Hashable, CaseIterable {
    /// A value that only goes up, and starts again at zero with its process.
    case counter
    /// A value that goes up and down.
    case gauge
    /// Observations counted in buckets, with their sum.
    case histogram
    /// Observations as a count and a sum.
    case summary
    /// Facts about a process as labels; its value is always 1.
    case info
    /// Some states, each on (1) or off (0).
    case stateset
    /// A value whose meaning nobody declared.
    case unknown
}
