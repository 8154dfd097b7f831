/// One series of a histogram. Keep it where the same labels are observed often: an observation is one atomic operation.
///
/// Copies are the same series. Any thread may use it at any time, for the life of the process.
@frozen public struct HistogramChild: @unchecked Sendable {
    @usableFromInline let record: UnsafeMutablePointer<_SeriesRecord>

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        record = series.record
    }

    /// Counts a value in the first bucket whose upper bound is not below it, and adds it to the sum.
    ///
    /// NaN is ignored and counted in `metrics_updates_refused_total`: it would spoil the sum for good.
    @inlinable @inline(__always)
    public func observe(_ value: Double) {
        guard !value.isNaN else {
            record._refuse()
            return
        }
        // Comparing with all bounds at once and counting beats a search, whose branches nobody can predict.
        var below = SIMD8<Int64>.zero
        let observation = record.pointee.observation
        for index in 0..<observation.pointee.boundVectors {
            below.replace(with: below &+ 1, where: observation.pointee.bounds[index] .< value)
        }
        record._add(1 + Int(below.wrappedSum()), 1, 0, value)
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
    public var count: Double {
        (1..<record.pointee.observation.pointee.count).reduce(0) { $0 + record._total($1) }
    }

    /// The sum of the values that this process has observed.
    public var sum: Double { record._total(0) }
}
