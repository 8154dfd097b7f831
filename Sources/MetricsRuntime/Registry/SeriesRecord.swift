public import Synchronization

/// No API: what a child handle points to: where the values of one series live.
///
/// A record is written once, before its pointer is published, and never freed or moved; only its cells, its shards and
/// its contention change. Behind it stand the values of its open labels (`LabelValue.store`).
@frozen public struct _SeriesRecord: ~Copyable {
    /// The value of a counter or a gauge.
    public let cell: _CellPointer
    /// Where a histogram or a summary counts; for the rest a record that is never read.
    public let observation: UnsafePointer<_ObservationRecord>
    /// The address of a `ShardTable`, or 0 as long as threads do not get in each other's way.
    public let shards: Atomic<UInt>

    /// How often threads met here lately; see `Contention`.
    let contention: Atomic<UInt64>
    /// The `Family`, which lives as long as the process.
    let family: UnsafeRawPointer
    /// The index over the closed labels.
    let closed: UInt32
    /// Whether the cells are in a file, so that scrapes of the directory see them.
    let isStored: Bool
    /// Whether the series stood in an adopted file, so that it does not count against `max_series`.
    let isAdopted: Bool

    /// Where the values of the open labels stand.
    @inline(__always)
    static func openLabels(of record: UnsafePointer<_SeriesRecord>) -> UnsafeRawPointer {
        UnsafeRawPointer(record + 1)
    }
}

/// No API: where a histogram or summary counts. Written once, never freed or moved.
@frozen public struct _ObservationRecord: ~Copyable {
    /// The upper bounds of a histogram, padded with infinity to whole vectors.
    public let bounds: UnsafePointer<SIMD8<Double>>
    /// How many vectors `bounds` has; 0 for a summary.
    public let boundVectors: Int
    /// The values in the order of the keys: a histogram's sum and buckets, a summary's count and sum.
    public let ledger: _Ledger
    /// How many values there are.
    let count: Int
}

/// No API: a pointer to a series' record, handed from generated code to a child.
@frozen public struct _SeriesHandle: @unchecked Sendable {
    /// The record; never freed.
    public let record: UnsafeMutablePointer<_SeriesRecord>

    @inlinable @inline(__always)
    package init(record: UnsafeMutablePointer<_SeriesRecord>) { self.record = record }

    /// The record at that address, which must not be 0.
    @inlinable @inline(__always)
    init?(address: UInt) {
        guard let record = UnsafeMutablePointer<_SeriesRecord>(bitPattern: address) else { return nil }
        self.record = record
    }
}
