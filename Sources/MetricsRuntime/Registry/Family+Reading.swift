extension Family {
    /// All cells of a series in the order of its keys.
    func cells(of record: UnsafeMutablePointer<_SeriesRecord>) -> [_CellPointer] {
        switch descriptor.type {
        case .histogram:
            [record.pointee.cell] + (0..<record.pointee.bucketCount).map { record.pointee.buckets[$0] }
        case .summary:
            [record.pointee.countCell, record.pointee.cell]
        case .counter, .gauge, .info, .stateset, .unknown:
            [record.pointee.cell]
        }
    }

    /// The label names and values of a series, sorted by name.
    func labels(of record: UnsafeMutablePointer<_SeriesRecord>) -> [SeriesText.Label] {
        text.sorted(layout.pairs(closed: record.pointee.closed, openValues(of: record)))
    }

    /// The values of a series' open labels, in their order.
    func openValues(of record: UnsafeMutablePointer<_SeriesRecord>) -> [[UInt8]] {
        var values: [[UInt8]] = []
        var position = record.pointee.openLabels
        for _ in 0..<layout.openCount {
            let length = Int(position.loadUnaligned(as: UInt32.self))
            values.append([UInt8](UnsafeRawBufferPointer(start: position + 4, count: length)))
            position += 4 + length
        }
        return values
    }

    /// The keys of a series as they stand in a file.
    func keys(of record: UnsafeMutablePointer<_SeriesRecord>) -> [[UInt8]] {
        text.samples(sortedLabels: labels(of: record)).keys
    }

    /// The keys and cells of a series, in the order of its samples.
    func entries(of record: UnsafeMutablePointer<_SeriesRecord>) -> [MappedFile.KnownEntry] {
        zip(keys(of: record), cells(of: record)).map { (key: $0, cell: $1) }
    }

    /// The keys and cells of all series that are in a file.
    var storedEntries: [MappedFile.KnownEntry] {
        series.lazy.filter { $0.record.pointee.isStored }.flatMap { self.entries(of: $0.record) }
    }

    /// What stands for the process in file names; `nil` where values do not live in a directory.
    var slotIdentity: String? { state.directory == nil ? nil : state.slotIdentity }

    /// The kind of file that holds the family's values.
    var fileKind: FileKind { kind }
    /// The names of the family and its samples.
    var names: SeriesText { text }
}
