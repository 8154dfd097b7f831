internal import Logging

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What went wrong with a directory: counted by what was being done, logged once until it is mended.
struct StorageFaults {
    /// How long to leave a directory alone after a fault, in seconds.
    private static let pause = 1.0

    private var countByOperation: [MetricsStorageError.Operation: Double] = [:]
    private var nextAttempt = 0.0
    private var isFailing = false

    /// Whether it is time to try the directory again.
    var allowsAttempt: Bool { !isFailing || SystemTime.monotonicSeconds() >= nextAttempt }

    mutating func report(_ error: MetricsStorageError) {
        countByOperation[error.operation, default: 0] += 1
        nextAttempt = SystemTime.monotonicSeconds() + Self.pause
        if isFailing { return }
        isFailing = true
        Logger(label: "metrics").error(
            "Metrics stay in this process's memory and are exposed by it alone. \(error.description)"
        )
    }

    /// Counts what was mended at once; logged the first time.
    mutating func note(_ error: MetricsStorageError) {
        countByOperation[error.operation, default: 0] += 1
        if countByOperation[error.operation] == 1 { Logger(label: "metrics").warning("\(error.description)") }
    }

    mutating func recovered() {
        guard isFailing else { return }
        isFailing = false
        Logger(label: "metrics").notice(
            "New series are stored in the multiprocess directory again; those made meanwhile stay in this process's memory."
        )
    }

    /// How often each operation failed; stores to pages that are gone are counted by the handler of SIGBUS.
    func counts(lostPages: UInt64) -> [(operation: String, count: Double)] {
        var counts = countByOperation
        if lostPages > 0 { counts[.storePage] = Double(lostPages) }
        return counts.map { ("\($0.key)", $0.value) }.sorted { $0.0 < $1.0 }
    }
}
