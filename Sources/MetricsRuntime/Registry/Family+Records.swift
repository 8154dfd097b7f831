internal import Synchronization

/// The fixed memory of a family's series. Nothing in it is freed or moved. Guarded by `StructureLock`.
extension Family {
    func lockedStrayChild() -> _SeriesHandle {
        state.countRefusal(of: descriptor.name)
        if let stray { return stray }
        let bucketCount = descriptor.type == .histogram ? descriptor.buckets.count + 1 : 0
        let cells = (0..<bucketCount + 2).map { _ in state.privateCell() }
        let buckets = storeBuckets(Array(cells.dropFirst()))
        let record = state.records.allocate(
            byteCount: MemoryLayout<_SeriesRecord>.size,
            alignment: MemoryLayout<_SeriesRecord>.alignment
        ).assumingMemoryBound(to: _SeriesRecord.self)
        record.initialize(
            to: _SeriesRecord(
                cell: cells[0],
                countCell: cells[1],
                bounds: bucketBounds.vectors,
                boundVectors: bucketBounds.count,
                buckets: buckets.cells,
                bucketCount: buckets.count,
                family: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()),
                closed: .max,
                openLabelsLength: 0,
                openLabels: UnsafeRawPointer(record),
                hash: 0,
                isStored: false,
                isAdopted: true
            )
        )
        let handle = _SeriesHandle(record: record)
        stray = handle
        return handle
    }

    func storeLabels(_ values: [[UInt8]]) -> (bytes: UnsafeRawPointer, length: UInt32) {
        let length = values.reduce(0) { $0 + 4 + $1.count }
        let bytes = state.records.allocate(byteCount: max(length, 1), alignment: 1)
        var end = bytes
        for value in values {
            end.storeBytes(of: UInt32(value.count), as: UInt32.self)
            end += 4
            value.withUnsafeBytes { source in
                guard let start = source.baseAddress else { return }
                end.copyMemory(from: start, byteCount: source.count)
            }
            end += value.count
        }
        return (UnsafeRawPointer(bytes), UInt32(length))
    }

    func storeBuckets(_ cells: [_CellPointer]) -> (cells: UnsafePointer<_CellPointer>, count: Int) {
        guard descriptor.type == .histogram else { return (UnsafePointer(state.noBuckets), 0) }
        let count = cells.count - 1
        let buckets = state.records.allocate(
            byteCount: MemoryLayout<_CellPointer>.stride * count,
            alignment: MemoryLayout<_CellPointer>.alignment
        ).assumingMemoryBound(to: _CellPointer.self)
        for index in 0..<count { (buckets + index).initialize(to: cells[index + 1]) }
        return (UnsafePointer(buckets), count)
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
