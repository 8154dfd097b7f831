/// Everything that is wrong with the environment variables, reported at once.
public struct MetricsEnvironmentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems, at least one, in the order of the documentation's table of variables.
    public let problems: [MetricsEnvironmentProblem]

    package init(problems: [MetricsEnvironmentProblem]) {
        self.problems = problems
    }

    /// All problems, one a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
