/// What is wrong with one environment variable, and how to mend it.
public struct MetricsEnvironmentProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The variable's name, such as `PROMETHEUS_METRICS_PORT`.
    public let variable: String
    /// The variable's value, or `nil` where it is not set.
    public let value: String?
    /// What is wrong.
    public let reason: String
    /// What to do about it.
    public let remedy: String

    package init(_ variable: EnvironmentVariable, value: String?, reason: String, remedy: String) {
        self.variable = variable.rawValue
        self.value = value
        self.reason = reason
        self.remedy = remedy
    }

    /// The problem in one line: variable, value, what is wrong and how to mend it.
    public var description: String {
        guard let value else { return "\(variable) \(reason); \(remedy)" }
        // A value is quoted with its control characters escaped, and cut: it may be anything, and this goes to a log.
        let limit = 200
        let shown = value.count > limit ? String(value.prefix(limit)).debugDescription + "…" : value.debugDescription
        return "\(variable)=\(shown) \(reason); \(remedy)"
    }
}
