/// One series of an info: its labels are the facts, its value is 1 from the moment it is set.
///
/// Copies are the same series. Any thread may use it at any time, for the life of the process.
@frozen public struct InfoChild: @unchecked Sendable {
    @usableFromInline let cell: _CellPointer

    /// No API: the child of a series.
    @inlinable @inline(__always)
    public init(_ series: _SeriesHandle) {
        cell = series.record.pointee.cell
    }

    /// States the facts: the series has the value 1 from here on.
    @inlinable @inline(__always)
    public func set() {
        cell._value = 1
    }

    /// Whether this process states the facts.
    public var isSet: Bool { cell._value == 1 }
}
