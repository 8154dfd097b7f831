/// One series of a counter. Keep it where the same labels are counted often: an update is one atomic operation.
///
/// Copies are the same series. Any thread may use it at any time, for the life of the process.
@frozen public struct CounterChild: @unchecked Sendable {
    @usableFromInline let cell: _CellPointer
    @usableFromInline let record: UnsafeMutablePointer<_SeriesRecord>

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        record = series.record
        cell = series.record.pointee.cell
    }

    /// Adds to the counter.
    ///
    /// - Parameter amount: At least 0. A negative amount or NaN is ignored and counted in
    ///   `metrics_updates_refused_total`.
    @inlinable @inline(__always)
    public func inc(by amount: Double = 1) {
        guard amount >= 0 else {
            record._refuse()
            return
        }
        record._add(amount, to: cell)
    }

    /// What this process has counted.
    public var value: Double { record._total(0) }
}

extension UnsafeMutablePointer<_SeriesRecord> {
    /// No API: counts an update that would have made a value wrong.
    @inline(never)
    public func _refuse() {
        let family = Unmanaged<Family>.fromOpaque(pointee.family).takeUnretainedValue()
        family.countRefusal()
    }
}
