public import Synchronization

/// No API: values that one thread at a time adds to, with plain instructions.
///
/// Who may add is either the holder of a lock (`_tryLock`) or, in a shard, the thread with its number. The values stand
/// in private memory, in which a forked child finds zeros. Where they belong to a file, each is stored to its cell there
/// too, whole, so that whatever takes the place of the file's pages has it again with the next update.
@frozen public struct _Ledger {
    /// The values; the word in front of them is the lock.
    public let values: UnsafeMutablePointer<Atomic<UInt64>>
    /// The cells in a file, in the order of the values; `nil` where there is none.
    public let cells: UnsafePointer<_CellPointer>?

    /// No API: adds to one value. Only for the one who may.
    @inlinable @inline(__always)
    public func _add(_ index: Int, _ amount: Double) {
        let value = values + index
        let sum = (Double(bitPattern: value.pointee.load(ordering: .relaxed)) + amount).bitPattern
        value.pointee.store(sum, ordering: .relaxed)
        if let cells { cells[index].pointee.store(sum, ordering: .relaxed) }
    }

    /// No API: takes the lock, unless another thread has it.
    @inlinable @inline(__always)
    public func _tryLock() -> Bool {
        (values - 1).pointee.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged
    }

    /// No API: gives the lock back.
    @inlinable @inline(__always)
    public func _unlock() {
        (values - 1).pointee.store(0, ordering: .releasing)
    }

    /// Where readers find a value: its cell in the file, else the value itself.
    func cell(_ index: Int) -> _CellPointer {
        cells.map { $0[index] } ?? values + index
    }
}
