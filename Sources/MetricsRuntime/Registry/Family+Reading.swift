extension Family {
    /// Where the values of a series stand, in the order of its keys: each in one place, and one more for each shard.
    func places(of record: UnsafeMutablePointer<_SeriesRecord>) -> [[_CellPointer]] {
        (0..<cellCount).map { record.places($0) }
    }

    /// The label names and values of a series, sorted by name.
    func labels(of record: UnsafeMutablePointer<_SeriesRecord>) -> [SeriesText.Label] {
        text.sorted(layout.pairs(closed: record.pointee.closed, openLabels(of: record)))
    }

    /// The values of a series' open labels, in their order.
    func openLabels(of record: UnsafeMutablePointer<_SeriesRecord>) -> StoredLabels {
        StoredLabels(start: _SeriesRecord.openLabels(of: record), count: layout.openCount)
    }

    /// The keys and cells of a series, in the order of its samples, those of its shards behind.
    func entries(of record: UnsafeMutablePointer<_SeriesRecord>) -> [MappedFile.KnownEntry] {
        let observation = record.pointee.observation
        let ledgers = (observation.pointee.count > 0 ? [observation.pointee.ledger] : []) + record.shards
        let keys = keys(of: record)
        var entries: [MappedFile.KnownEntry] = []
        if observation.pointee.count == 0 {
            let cell = record.pointee.cell
            entries.append(MappedFile.KnownEntry(key: keys[0], cell: cell, value: cell))
        }
        for (position, ledger) in ledgers.enumerated() {
            let isShard = position > 0 || observation.pointee.count == 0
            for (index, key) in (isShard ? self.keys(of: record, isShard: true) : keys).enumerated() {
                entries.append(
                    MappedFile.KnownEntry(key: key, cell: ledger.cell(index), value: ledger.values + index)
                )
            }
        }
        return entries
    }

    /// The keys of a series, or of one of its shards, as they stand in a file.
    func keys(of record: UnsafeMutablePointer<_SeriesRecord>, isShard: Bool = false) -> [[UInt8]] {
        var keys = SeriesKeys()
        keyTemplate.append(closed: record.pointee.closed, openLabels(of: record), isShard: isShard, to: &keys)
        return keys.keys
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
