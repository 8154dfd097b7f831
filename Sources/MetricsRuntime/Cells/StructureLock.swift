internal import CMetricsSupport

/// The one lock over all structures of all registries in the process: families, series, files and slots.
///
/// An update of a known series never waits for it: where threads meet, it is tried, and the update goes on without.
/// One lock rather than one a registry, because `fork()` must find every structure whole: the C side takes it before a
/// fork and gives it back on both sides.
package enum StructureLock {
    /// Runs `body` with the lock held.
    ///
    /// Not reentrant.
    package static func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result
    {
        metrics_structure_lock()
        defer { metrics_structure_unlock() }
        return try body()
    }

    /// The same, unless another thread has the lock; `nil` then.
    package static func ifFree<Result>(_ body: () -> Result?) -> Result? {
        guard metrics_structure_try_lock() else { return nil }
        defer { metrics_structure_unlock() }
        return body()
    }
}
