internal import CMetricsSupport
public import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// How a series is added to: with one atomic operation on what all threads share, or without one in a shard of the
/// thread's own, once threads have met there often.
extension UnsafeMutablePointer<_SeriesRecord> {
    /// No API: adds to a counter, whose cell the caller has: loading it would have to wait for the update before.
    @inlinable @inline(__always)
    public func _add(_ amount: Double, to cell: _CellPointer) {
        if pointee.shards.load(ordering: .relaxed) == 0, cell._addUncontended(amount) { return }
        _addContended(amount)
    }

    /// No API: adds to two values of a histogram or a summary.
    @inlinable @inline(__always)
    public func _add(_ index: Int, _ amount: Double, _ otherIndex: Int, _ otherAmount: Double) {
        if pointee.shards.load(ordering: .relaxed) == 0 {
            let ledger = pointee.observation.pointee.ledger
            if ledger._tryLock() {
                ledger._add(index, amount)
                ledger._add(otherIndex, otherAmount)
                ledger._unlock()
                return
            }
        }
        _addContended(index, amount, otherIndex, otherAmount)
    }

    /// No API: adds to a counter where threads meet.
    @inline(never)
    public func _addContended(_ amount: Double) {
        if let shard = shardOfThisThread {
            shard._add(0, amount)
        } else if pointee.cell._addUncontended(amount) {
            moveIfBusy()
        } else if let shard = shardAfterMeeting() {
            shard._add(0, amount)
        } else {
            pointee.cell._add(amount)
        }
    }

    /// No API: adds to two values of a histogram or a summary where threads meet.
    @inline(never)
    public func _addContended(_ index: Int, _ amount: Double, _ otherIndex: Int, _ otherAmount: Double) {
        if let shard = shardOfThisThread {
            shard._add(index, amount)
            shard._add(otherIndex, otherAmount)
            return
        }
        let ledger = pointee.observation.pointee.ledger
        if !ledger._tryLock() {
            if let shard = shardAfterMeeting() {
                shard._add(index, amount)
                shard._add(otherIndex, otherAmount)
                return
            }
            ledger.lock()
        }
        ledger._add(index, amount)
        ledger._add(otherIndex, otherAmount)
        ledger._unlock()
        moveIfBusy()
    }

    @inline(__always)
    private var shardOfThisThread: _Ledger? {
        ShardTable(address: pointee.shards.load(ordering: .acquiring))?.shard(metrics_thread_number())
    }

    /// A shard for this thread, if it met another one at a series where that pays.
    @inline(never)
    private func shardAfterMeeting() -> _Ledger? {
        guard pointee.shards.load(ordering: .relaxed) != 0 || Contention.note(in: self) else { return nil }
        return _makeShard()
    }

    /// Where a series has shards, a thread that often updates what all share gets one too: it may be alone there by now,
    /// but each of its updates is an atomic one.
    @inline(__always)
    private func moveIfBusy() {
        if pointee.shards.load(ordering: .relaxed) != 0, metrics_thread_shares_often() { _ = _makeShard() }
    }

    /// Gives this thread a shard of its own; `nil` where there is no room for one.
    @discardableResult
    package func _makeShard() -> _Ledger? {
        guard pointee.contention.load(ordering: .relaxed) != Contention.never else { return nil }
        return Unmanaged<Family>.fromOpaque(pointee.family)._withUnsafeGuaranteedRef { $0.makeShard(of: self) }
    }

    // MARK: Reading

    /// All places of a value: what all threads share, and the shards.
    func places(_ index: Int) -> [_CellPointer] {
        let isObservation = pointee.observation.pointee.count > 0
        let shared = isObservation ? pointee.observation.pointee.ledger.cell(index) : pointee.cell
        return [shared] + shards.map { $0.cell(index) }
    }

    /// How many threads' shards there are.
    package var _shardCount: Int { shards.count }

    /// The shards of all threads.
    var shards: [_Ledger] { ShardTable(address: pointee.shards.load(ordering: .acquiring))?.all ?? [] }

    /// No API: one value, over all threads.
    public func _total(_ index: Int) -> Double { places(index).reduce(0) { $0 + $1._value } }

    /// Makes a counter have that value, as one that is reset: what others count meanwhile may be lost.
    package func _setTotal(_ value: Double) {
        pointee.cell._value = shards.reduce(value) { $0 - $1.cell(0)._value }
    }
}

extension _Ledger {
    /// Takes the lock, which others keep for a few instructions unless they lost their processor.
    func lock() {
        var attempts = 0
        while !_tryLock() {
            attempts += 1
            if attempts % 64 == 0 { sched_yield() } else { metrics_spin_hint() }
        }
    }
}
