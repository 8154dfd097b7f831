public import Synchronization

/// No API: a value as an aligned word in private memory or in a mapped file.
///
/// A cell is 16 bytes, as in the files of Python's client: the bits of a `Double`, then the bits of a timestamp. The
/// memory under a cell is never unmapped, so a pointer to it stays valid for the life of the process, whatever
/// becomes of its registry, its file or its series.
public typealias _CellPointer = UnsafeMutablePointer<Atomic<UInt64>>

extension UnsafeMutablePointer where Pointee == Atomic<UInt64> {
    /// No API: adds to the value, as one atomic operation.
    @inlinable @inline(__always)
    public func _add(_ amount: Double) {
        var current = pointee.load(ordering: .relaxed)
        while true {
            let sum = (Double(bitPattern: current) + amount).bitPattern
            let (exchanged, original) = pointee.weakCompareExchange(
                expected: current,
                desired: sum,
                ordering: .relaxed
            )
            if exchanged { return }
            current = original
        }
    }

    /// No API: the same, unless another thread is at it at this moment; whether it was done.
    @inlinable @inline(__always)
    public func _addUncontended(_ amount: Double) -> Bool {
        let current = pointee.load(ordering: .relaxed)
        let sum = (Double(bitPattern: current) + amount).bitPattern
        return pointee.compareExchange(expected: current, desired: sum, ordering: .relaxed).exchanged
    }

    /// No API: the value.
    @inlinable @inline(__always)
    public var _value: Double {
        get { Double(bitPattern: pointee.load(ordering: .relaxed)) }
        nonmutating set { pointee.store(newValue.bitPattern, ordering: .relaxed) }
    }

    /// No API: the timestamp beside the value, in Unix seconds, or the mark of a removed series.
    @inlinable @inline(__always)
    public var _timestamp: Double {
        get { Double(bitPattern: (self + 1).pointee.load(ordering: .relaxed)) }
        nonmutating set { (self + 1).pointee.store(newValue.bitPattern, ordering: .relaxed) }
    }

    /// No API: stores a value and then the time of it, in the order in which a reader may trust them: with the
    /// reverse order a process that is killed in between would show an old value as the newest.
    ///
    /// The timestamp of a removed series, a negative zero, stays: a kept child does not bring the series back.
    @inlinable
    public func _set(_ value: Double, at timestamp: Double) {
        pointee.store(value.bitPattern, ordering: .relaxed)
        var current = (self + 1).pointee.load(ordering: .relaxed)
        while current != (-0.0).bitPattern {
            let (exchanged, original) = (self + 1).pointee.weakCompareExchange(
                expected: current,
                desired: timestamp.bitPattern,
                ordering: .releasing
            )
            if exchanged { return }
            current = original
        }
    }
}
