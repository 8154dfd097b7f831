internal import CMetricsSupport

/// The one lock over all structures of all registries in the process: families, series, files and slots.
///
/// It is never taken by an update of a known series. One lock rather than one a registry, because `fork()` must find
/// every structure whole: the C side takes it before a fork and gives it back on both sides.
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
}
