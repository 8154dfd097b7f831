/// A limit that a request ran into, for servers that set such limits.
public enum WorkerLimitError: WorkerErrorConvertible, Hashable, CustomStringConvertible {
    /// The work was not done when its deadline passed.
    case deadlineExceeded(limit: Duration)
    /// More memory was wanted than is allowed or there; in bytes.
    case memoryExhausted(limit: Int)
    /// More processor time was taken than is allowed.
    case cpuTimeExceeded(limit: Duration)

    /// The type of the limit: a time-out, a memory error or a CPU error.
    public var workerErrorType: ErrorType {
        switch self {
        case .deadlineExceeded: .timeoutError
        case .memoryExhausted: .memoryError
        case .cpuTimeExceeded: .cpuError
        }
    }

    /// The limit in words.
    public var description: String {
        switch self {
        case .deadlineExceeded(let limit): "not done within \(limit)"
        case .memoryExhausted(let limit): "more than \(limit) bytes of memory wanted"
        case .cpuTimeExceeded(let limit): "more than \(limit) of processor time taken"
        }
    }
}
