public import Synchronization

/// No API: what generated code finds first: where the series of one family are.
@frozen public struct _FamilyCore: ~Copyable {
    /// Series by the index over the closed labels; one place for a metric without labels; none with open ones.
    public let dense: UnsafeMutablePointer<Atomic<UInt>>
    /// How many places `dense` has.
    public let denseCount: Int
    /// The address of a `ChildTable` for the series that `dense` has no place for, or 0.
    let table: Atomic<UInt>
    /// The `Family`, which lives as long as the process.
    let family: UnsafeRawPointer
    /// Whether a text may be read as the words that it is: `LabelValue.readsStrings`.
    let readsStrings: Bool

    /// The series with these labels, if the table has it.
    ///
    /// Takes no lock and touches no reference count.
    @inline(__always)
    func find(closed: UInt32, _ values: some OpenLabelValues) -> _SeriesHandle? {
        guard let table = ChildTable(address: table.load(ordering: .acquiring)) else { return nil }
        let record = table.find(hash: values.hash(closed: closed)) { record in
            values.matches(record.assumingMemoryBound(to: _SeriesRecord.self), closed: closed)
        }
        return record.map { _SeriesHandle(record: $0.assumingMemoryBound(to: _SeriesRecord.self)) }
    }
}
