internal import Synchronization

/// The fixed memory of a family's series. Nothing in it is freed or moved. Guarded by `StructureLock`.
extension Family {
    func lockedStrayChild() -> _SeriesHandle {
        state.countRefusal(of: descriptor.name)
        if let stray { return stray }
        let handle = withCells { cells in
            for index in cells.indices { cells.initializeElement(at: index, to: state.privateCell()) }
            return storeRecord(closed: .max, NoOpenLabels(), cells, isStored: false, isAdopted: true)
        }
        stray = handle
        return handle
    }

    /// How many cells a series has.
    private var cellCount: Int {
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
                // A summary's keys are count, then sum; a histogram's are sum, then buckets.
                cell: descriptor.type == .summary ? cells[1] : cells[0],
                observation: storeObservation(cells),
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
        _ cells: UnsafeMutableBufferPointer<_CellPointer>
    ) -> UnsafePointer<_ObservationRecord> {
        let counting: Slice<UnsafeMutableBufferPointer<_CellPointer>>
        switch descriptor.type {
        case .histogram: counting = cells[1...]
        case .summary: counting = cells[0..<1]
        case .counter, .gauge, .info, .stateset, .unknown: return UnsafePointer(state.noObservation)
        }
        let buckets = state.records.allocate(
            byteCount: MemoryLayout<_CellPointer>.stride * counting.count,
            alignment: MemoryLayout<_CellPointer>.alignment
        ).bindMemory(to: _CellPointer.self, capacity: counting.count)
        for (index, cell) in counting.enumerated() { (buckets + index).initialize(to: cell) }
        let observation = state.records.allocate(
            byteCount: MemoryLayout<_ObservationRecord>.size,
            alignment: MemoryLayout<_ObservationRecord>.alignment
        ).bindMemory(to: _ObservationRecord.self, capacity: 1)
        observation.initialize(
            to: _ObservationRecord(
                bounds: bucketBounds.vectors,
                boundVectors: bucketBounds.count,
                buckets: UnsafePointer(buckets),
                bucketCount: counting.count
            )
        )
        return UnsafePointer(observation)
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
