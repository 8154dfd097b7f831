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
///
/// No update waits for a thread that lost its processor: where the holder of a ledger's lock does not come back, the
/// update goes into a shard. Only where there is no room for one does it wait; see `_addContended`.
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
    ///
    /// Waits for another thread only where this one can have no shard: more threads than have numbers
    /// (`METRICS_THREAD_NUMBERS`) meet, the series was removed, or the disk is full.
    @inline(never)
    public func _addContended(_ index: Int, _ amount: Double, _ otherIndex: Int, _ otherAmount: Double) {
        if let shard = shardOfThisThread {
            shard._add(index, amount)
            shard._add(otherIndex, otherAmount)
            return
        }
        let ledger = pointee.observation.pointee.ledger
        if !ledger._tryLock() {
            if let shard = shardAfterMeeting() ?? lockOrShard(ledger) {
                shard._add(index, amount)
                shard._add(otherIndex, otherAmount)
                return
            }
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
        return shardWithoutWaiting()
    }

    /// Takes the lock of a ledger that another thread had, and gives `nil`; or a shard for this thread, where the other
    /// has it for longer than the few instructions that it takes while its thread runs.
    ///
    /// Tries both by turns, since what making a shard needs may be held by a thread that does not run, too.
    @inline(never)
    private func lockOrShard(_ ledger: _Ledger) -> _Ledger? {
        var attempts = 0
        while !ledger._tryLock() {
            attempts += 1
            if attempts % 256 != 0 {
                metrics_spin_hint()
            } else if let shard = shardWithoutWaiting() {
                return shard
            } else {
                sched_yield()
            }
        }
        return nil
    }

    /// Where a series has shards, a thread that often updates what all share gets one too: it may be alone there by now,
    /// but each of its updates is an atomic one.
    @inline(__always)
    private func moveIfBusy() {
        if pointee.shards.load(ordering: .relaxed) != 0, metrics_thread_shares_often() { _ = shardWithoutWaiting() }
    }

    /// Gives this thread a shard of its own; `nil` where there is no room for one.
    @discardableResult
    package func _makeShard() -> _Ledger? {
        guard pointee.contention.load(ordering: .relaxed) != Contention.never else { return nil }
        return StructureLock.withLock { makeShard() }
    }

    /// The same for an update; `nil` also where another thread makes something at this moment.
    private func shardWithoutWaiting() -> _Ledger? {
        guard pointee.contention.load(ordering: .relaxed) != Contention.never else { return nil }
        return StructureLock.ifFree { makeShard() }
    }

    /// Under `StructureLock`.
    private func makeShard() -> _Ledger? {
        Unmanaged<Family>.fromOpaque(pointee.family)._withUnsafeGuaranteedRef { $0.lockedShard(of: self) }
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
