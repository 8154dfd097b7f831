internal import Synchronization

extension Family {
    /// Takes a series out of expositions for good.
    ///
    /// Somebody may still hold its child; it stays harmless.
    func remove(closed: UInt32, _ values: some OpenLabelValues) {
        StructureLock.withLock {
            state.settleAfterFork()
            guard values.count == layout.openCount, Int(closed) < layout.closedCount,
                let handle = lockedFind(closed, values)
            else { return }
            lockedRemove(handle)
            series.removeAll { $0.record == handle.record }
        }
    }

    /// Takes that series out, unless it is gone already, or others share it because a bound was reached.
    func remove(_ handle: _SeriesHandle) {
        StructureLock.withLock {
            state.settleAfterFork()
            guard Int(handle.record.pointee.closed) < layout.closedCount else { return }
            let values = openLabels(of: handle.record)
            guard values.allSatisfy({ !($0 == SeriesBounds.overflowValue) }),
                lockedFind(handle.record.pointee.closed, values)?.record == handle.record
            else { return }
            lockedRemove(handle)
            series.removeAll { $0.record == handle.record }
        }
    }

    /// Takes all series out of expositions for good.
    func removeAll() {
        StructureLock.withLock {
            state.settleAfterFork()
            for handle in series { lockedRemove(handle) }
            series = []
        }
    }

    private func lockedRemove(_ handle: _SeriesHandle) {
        let record = handle.record
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            core.pointee.dense[Int(record.pointee.closed)].store(0, ordering: .releasing)
        } else {
            let hash = openLabels(of: record).hash(closed: record.pointee.closed)
            currentTable?.remove(UnsafeMutableRawPointer(record), hash: hash)
        }
        bounds.release(openLabels(of: record), isAdopted: record.pointee.isAdopted)
        record.pointee.contention.store(Contention.never, ordering: .relaxed)
        if record.pointee.isStored { state.remove(entries(of: record), kind: kind) }
    }
}
