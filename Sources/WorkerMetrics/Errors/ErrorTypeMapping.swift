/// How any error becomes one of the error types that are counted.
///
/// ``standard`` knows errors of the system and of Foundation: a deadline that passed is a `TimeoutError`, memory that
/// is out a `MemoryError`, everything else a `RequestError`. An error that conforms to ``WorkerErrorConvertible``
/// decides for itself, and rules for the errors of a library are added:
///
/// ```swift
/// let mapping = ErrorTypeMapping.standard
///     .adding(PoolTimeout.self, as: .timeoutError)
///     .adding { error in (error as? IOError)?.errnoCode == ENOMEM ? .memoryError : nil }
/// recordError(error, worker: "worker_1", method: "GET", endpoint: "/users/{id}", mapping: mapping)
/// ```
///
/// A mapping is a value: adding a rule makes another one.
public struct ErrorTypeMapping: Sendable {
    /// A rule: the type of an error, or `nil` where the rule does not know the error.
    public typealias Rule = @Sendable (_ error: any Error) -> ErrorType?

    /// The mapping without rules of an application.
    public static let standard = ErrorTypeMapping()

    private var rules: [Rule] = []

    /// Creates a mapping without rules of an application.
    public init() {}

    /// This mapping with one more rule, which is asked before all others.
    public func adding(_ rule: @escaping Rule) -> ErrorTypeMapping {
        var mapping = self
        mapping.rules.append(rule)
        return mapping
    }

    /// This mapping with a rule for every error of one type.
    public func adding<Failure: Error>(_ type: Failure.Type, as errorType: ErrorType) -> ErrorTypeMapping {
        adding { error in error is Failure ? errorType : nil }
    }

    /// What an error counts as.
    public func errorType(of error: any Error) -> ErrorType {
        for rule in rules.reversed() {
            if let type = rule(error) { return type }
        }
        if let error = error as? any WorkerErrorConvertible { return error.workerErrorType }
        return SystemFailure(error)?.errorType ?? .requestError
    }
}
