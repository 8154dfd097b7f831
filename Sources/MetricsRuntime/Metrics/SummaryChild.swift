/// One series of a summary: a count and a sum, without quantiles, which cannot be merged over processes.
///
/// Copies are the same series. Any thread may use it at any time, for the life of the process.
@frozen public struct SummaryChild: @unchecked Sendable {
    @usableFromInline let record: UnsafeMutablePointer<_SeriesRecord>

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        record = series.record
    }

    /// Counts a value and adds it to the sum.
    ///
    /// NaN is ignored and counted in `metrics_updates_refused_total`: it would spoil the sum for good.
    @inlinable @inline(__always)
    public func observe(_ value: Double) {
        guard !value.isNaN else {
            record._refuse()
            return
        }
        record._add(0, 1, 1, value)
    }

    /// Observes a duration in seconds. A negative one, which a clock that was set back can make, counts as 0.
    @inlinable
    public func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        observe(max(0, Double(seconds) + Double(attoseconds) * 1e-18))
    }

    /// Observes how long `body` takes, in seconds, also where it throws.
    public func time<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let start = SystemTime.monotonicSeconds()
        defer { observe(SystemTime.monotonicSeconds() - start) }
        return try body()
    }

    /// Observes how long `body` takes, in seconds, also where it throws.
    public func time<Result, Failure: Error>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let start = SystemTime.monotonicSeconds()
        defer { observe(SystemTime.monotonicSeconds() - start) }
        return try await body()
    }

    /// How many values this process has observed.
    public var count: Double { record._total(0) }

    /// The sum of the values that this process has observed.
    public var sum: Double { record._total(1) }
}
