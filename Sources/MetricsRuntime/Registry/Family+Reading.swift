extension Family {
    /// All cells of a series in the order of its keys.
    func cells(of record: UnsafeMutablePointer<_SeriesRecord>) -> [_CellPointer] {
        switch descriptor.type {
        case .histogram:
            [record.pointee.cell] + buckets(of: record)
        case .summary:
            buckets(of: record) + [record.pointee.cell]
        case .counter, .gauge, .info, .stateset, .unknown:
            [record.pointee.cell]
        }
    }

    private func buckets(of record: UnsafeMutablePointer<_SeriesRecord>) -> [_CellPointer] {
        let observation = record.pointee.observation
        return (0..<observation.pointee.bucketCount).map { observation.pointee.buckets[$0] }
    }

    /// The label names and values of a series, sorted by name.
    func labels(of record: UnsafeMutablePointer<_SeriesRecord>) -> [SeriesText.Label] {
        text.sorted(layout.pairs(closed: record.pointee.closed, openLabels(of: record)))
    }

    /// The values of a series' open labels, in their order.
    func openLabels(of record: UnsafeMutablePointer<_SeriesRecord>) -> StoredLabels {
        StoredLabels(start: _SeriesRecord.openLabels(of: record), count: layout.openCount)
    }

    /// The keys of a series as they stand in a file.
    func keys(of record: UnsafeMutablePointer<_SeriesRecord>) -> [[UInt8]] {
        var keys = SeriesKeys()
        keyTemplate.append(closed: record.pointee.closed, openLabels(of: record), to: &keys)
        return keys.keys
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
