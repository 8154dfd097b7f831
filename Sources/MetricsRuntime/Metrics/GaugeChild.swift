/// One series of a gauge. Keep it where the same labels are used often: an update is one atomic operation.
///
/// Copies are the same series. Any thread may use it at any time, for the life of the process.
@frozen public struct GaugeChild: @unchecked Sendable {
    @usableFromInline let cell: _CellPointer

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        cell = series.record.pointee.cell
    }

    /// Sets the gauge.
    @inlinable @inline(__always)
    public func set(_ value: Double) {
        cell._value = value
    }

    /// Adds to the gauge; a negative amount takes away.
    @inlinable @inline(__always)
    public func inc(by amount: Double = 1) {
        cell._add(amount)
    }

    /// Takes away from the gauge; a negative amount adds.
    @inlinable @inline(__always)
    public func dec(by amount: Double = 1) {
        cell._add(-amount)
    }

    /// Sets the gauge to Unix time, in seconds.
    public func setToCurrentTime() {
        set(SystemTime.unixSeconds())
    }

    /// Counts `body` as in progress while it runs, also where it throws.
    public func trackInProgress<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        inc()
        defer { dec() }
        return try body()
    }

    /// Counts `body` as in progress while it runs, also where it throws.
    public func trackInProgress<Result, Failure: Error>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        inc()
        defer { dec() }
        return try await body()
    }

    /// What this process has set.
    public var value: Double { cell._value }
}
