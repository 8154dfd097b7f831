internal import CMetricsSupport
internal import Synchronization

/// The fixed memory of a family's series. Nothing in it is freed or moved. Guarded by `StructureLock`.
extension Family {
    func lockedStrayChild() -> _SeriesHandle {
        state.countRefusal(of: descriptor.name)
        if let stray { return stray }
        let handle = withCells { cells in
            cells.initialize(repeating: state.privateCell())
            return storeRecord(closed: .max, NoOpenLabels(), cells, isStored: false, isAdopted: true)
        }
        handle.record.pointee.contention.store(Contention.never, ordering: .relaxed)
        stray = handle
        return handle
    }

    /// How many cells a series has.
    var cellCount: Int {
        switch descriptor.type {
        case .histogram: descriptor.buckets.count + 2
        case .summary: 2
        case .counter, .gauge, .info, .stateset, .unknown: 1
        }
    }

    /// Calls `body` with room for the cells of a series, in the order of its keys.
    func withCells<Result>(_ body: (UnsafeMutableBufferPointer<_CellPointer>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: _CellPointer.self, capacity: cellCount, body)
    }

    /// Writes down the record of a series.
    func storeRecord(
        closed: UInt32,
        _ values: some OpenLabelValues,
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        isStored: Bool,
        isAdopted: Bool
    ) -> _SeriesHandle {
        var labelLength = 0
        _ = values.allSatisfy { value in
            labelLength += value.storedLength
            return true
        }
        let memory = state.records.allocate(
            byteCount: MemoryLayout<_SeriesRecord>.stride + labelLength,
            alignment: MemoryLayout<_SeriesRecord>.alignment
        )
        let record = memory.bindMemory(to: _SeriesRecord.self, capacity: 1)
        record.initialize(
            to: _SeriesRecord(
                cell: cells[0],
                observation: storeObservation(cells, isStored: isStored),
                shards: Atomic(0),
                contention: Atomic(0),
                family: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()),
                closed: closed,
                isStored: isStored,
                isAdopted: isAdopted
            )
        )
        var end = UnsafeMutableRawPointer(record + 1)
        _ = values.allSatisfy { value in
            value.store(at: end)
            end += value.storedLength
            return true
        }
        return _SeriesHandle(record: record)
    }

    private func storeObservation(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        isStored: Bool
    ) -> UnsafePointer<_ObservationRecord> {
        guard isObservation else { return UnsafePointer(state.noObservation) }
        let values = state.makeValues(cells.count, alignment: 64)
        var stored: UnsafeMutablePointer<_CellPointer>?
        if isStored {
            stored = state.records.allocate(
                byteCount: MemoryLayout<_CellPointer>.stride * cells.count,
                alignment: MemoryLayout<_CellPointer>.alignment
            ).bindMemory(to: _CellPointer.self, capacity: cells.count)
            for index in cells.indices {
                stored.map { ($0 + index).initialize(to: cells[index]) }
                // What an earlier owner of the slot counted.
                values[index].store(cells[index].pointee.load(ordering: .relaxed), ordering: .relaxed)
            }
        }
        let observation = state.records.allocate(
            byteCount: MemoryLayout<_ObservationRecord>.size,
            alignment: MemoryLayout<_ObservationRecord>.alignment
        ).bindMemory(to: _ObservationRecord.self, capacity: 1)
        observation.initialize(
            to: _ObservationRecord(
                bounds: bucketBounds.vectors,
                boundVectors: bucketBounds.count,
                ledger: _Ledger(values: values, cells: stored.map { UnsafePointer($0) }),
                count: cells.count
            )
        )
        return UnsafePointer(observation)
    }

    /// Whether a series counts in a ledger: one that has more than one value.
    private var isObservation: Bool { descriptor.type == .histogram || descriptor.type == .summary }

    /// Whether private memory holds the values themselves, so that a series in no file needs no cells.
    var keepsValues: Bool { isObservation }

    /// Gives the calling thread a shard of a series, under `StructureLock`; `nil` where there is no room for one.
    func lockedShard(of record: UnsafeMutablePointer<_SeriesRecord>) -> _Ledger? {
        let number = metrics_thread_number()
        guard number < METRICS_THREAD_NUMBERS else { return nil }
        state.settleAfterFork()
        let known = ShardTable(address: record.pointee.shards.load(ordering: .relaxed))
        if let shard = known?.shard(number) { return shard }
        guard record.pointee.contention.load(ordering: .relaxed) != Contention.never else { return nil }
        let made = state.makeShard(cellCount, kind: kind, isStored: record.pointee.isStored) { keys in
            keyTemplate.append(closed: record.pointee.closed, openLabels(of: record), isShard: true, to: &keys)
        }
        guard let made else {
            // There may be room later: asked again after as many meetings.
            record.pointee.contention.store(0, ordering: .relaxed)
            return nil
        }
        let table = known ?? ShardTable()
        table.add(made, for: number)
        record.pointee.shards.store(table.address, ordering: .releasing)
        noteChange()
        return made.pointee
    }

    static func makeBounds(
        _ descriptor: MetricDescriptor,
        arena: RecordArena
    ) -> (vectors: UnsafePointer<SIMD8<Double>>, count: Int) {
        let count = descriptor.type == .histogram ? (descriptor.buckets.count + 7) / 8 : 0
        let vectors = arena.allocate(byteCount: 64 * max(count, 1), alignment: 64)
            .assumingMemoryBound(to: SIMD8<Double>.self)
        for index in 0..<max(count, 1) {
            var vector = SIMD8<Double>(repeating: .infinity)
            for lane in 0..<8 where index * 8 + lane < descriptor.buckets.count {
                vector[lane] = descriptor.buckets[index * 8 + lane]
            }
            (vectors + index).initialize(to: vector)
        }
        return (UnsafePointer(vectors), count)
    }
}
