/// An error that says itself how it is counted in `gunicorn_worker_error_handling_total`.
///
/// ```swift
/// struct QueryTooSlow: WorkerErrorConvertible {
///     var workerErrorType: ErrorType { .timeoutError }
/// }
/// ```
public protocol WorkerErrorConvertible: Error {
    /// The type that this error counts as.
    var workerErrorType: ErrorType { get }
}
