/// One series of a metric whose meaning nobody declared: it can be set, and that is all.
@frozen public struct UnknownChild: @unchecked Sendable {
    @usableFromInline let cell: _CellPointer

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        cell = series.record.pointee.cell
    }

    /// Sets the value.
    @inlinable @inline(__always)
    public func set(_ value: Double) {
        cell._value = value
    }

    /// What this process has set.
    public var value: Double { cell._value }
}
