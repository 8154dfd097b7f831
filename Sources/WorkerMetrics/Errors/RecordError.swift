public import Logging
import MetricsRuntime

/// Where errors go that come without a logger.
private let errorLogger = Logger(label: "worker-metrics")

/// Counts an error that a worker handled, and logs its message.
///
/// The message never becomes a label: it would make a series of its own for every text. Never throws and never traps,
/// whatever the arguments are; safe to call from any thread.
///
/// - Parameters:
///   - worker: The value of the label `worker_id`.
///   - method: The request's method.
///   - endpoint: The template of the route, such as `/users/{id}`; never the raw path, which clients choose.
///   - errorType: What kind of error it was.
///   - message: What is to be known about this one error; for the log alone.
///   - logger: The log that the message goes to.
public func recordError(
    worker: String,
    method: Method,
    endpoint: String,
    errorType: ErrorType,
    message: @autoclosure () -> String,
    logger: Logger? = nil
) {
    WorkerErrorHandling.inc(workerID: worker, method: method, endpoint: endpoint, errorType: errorType)
    (logger ?? errorLogger).error(
        "\(message())",
        metadata: [
            "worker_id": "\(worker)",
            "method": "\(method.value)",
            "endpoint": "\(endpoint)",
            "error_type": "\(errorType.value)",
        ]
    )
}

/// Counts an error that a worker handled, and logs its message; the method comes as it stood in the request.
///
/// A method that is none of those defined counts as `OTHER`.
///
/// - Parameters:
///   - worker: The value of the label `worker_id`.
///   - method: The request's method in any spelling that the client chose.
///   - endpoint: The template of the route, such as `/users/{id}`; never the raw path, which clients choose.
///   - errorType: What kind of error it was.
///   - message: What is to be known about this one error; for the log alone.
///   - logger: The log that the message goes to.
public func recordError(
    worker: String,
    method: String,
    endpoint: String,
    errorType: ErrorType,
    message: @autoclosure () -> String,
    logger: Logger? = nil
) {
    recordError(
        worker: worker,
        method: Method(method),
        endpoint: endpoint,
        errorType: errorType,
        message: message(),
        logger: logger
    )
}

/// Counts an error of any type that a worker handled, and logs what it says of itself.
///
/// - Parameters:
///   - error: The error; `mapping` decides what it counts as.
///   - worker: The value of the label `worker_id`.
///   - method: The request's method in any spelling that the client chose.
///   - endpoint: The template of the route, such as `/users/{id}`; never the raw path, which clients choose.
///   - mapping: How the error becomes one of the types that are counted.
///   - logger: The log that the error's description goes to.
/// - Returns: What the error was counted as.
@discardableResult
public func recordError(
    _ error: any Error,
    worker: String,
    method: String,
    endpoint: String,
    mapping: ErrorTypeMapping = .standard,
    logger: Logger? = nil
) -> ErrorType {
    let errorType = mapping.errorType(of: error)
    recordError(
        worker: worker,
        method: method,
        endpoint: endpoint,
        errorType: errorType,
        message: "\(error)",
        logger: logger
    )
    return errorType
}
