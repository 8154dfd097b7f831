/// One series of a gauge of which the value that was set last, over all processes, is exposed.
///
/// It cannot be incremented: the last of several processes to set it says what it is, not their sum. Each `set` reads
/// the clock. Copies are the same series; any thread may use it at any time, for the life of the process.
@frozen public struct MostRecentGaugeChild: @unchecked Sendable {
    @usableFromInline let cell: _CellPointer

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        cell = series.record.pointee.cell
    }

    /// Sets the gauge, as of now.
    public func set(_ value: Double) {
        cell._set(value, at: SystemTime.unixSeconds())
    }

    /// Sets the gauge to Unix time, in seconds.
    public func setToCurrentTime() {
        let now = SystemTime.unixSeconds()
        cell._set(now, at: now)
    }

    /// What this process has set.
    public var value: Double { cell._value }
}
