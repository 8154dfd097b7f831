/// No API: what a child handle points to: where the values of one series live.
///
/// A record is written once, before its pointer is published, and never freed or moved; only its cells change.
@frozen public struct _SeriesRecord: ~Copyable {
    /// The value of a counter or a gauge, the sum of a histogram or a summary.
    public let cell: _CellPointer
    /// The number of observations of a summary; elsewhere the same as `cell`.
    public let countCell: _CellPointer
    /// The upper bounds of a histogram, padded with infinity to whole vectors.
    public let bounds: UnsafePointer<SIMD8<Double>>
    /// How many vectors `bounds` has; 0 for everything but a histogram.
    public let boundVectors: Int
    /// The cells of the buckets, `+Inf` last.
    public let buckets: UnsafePointer<_CellPointer>

    /// How many buckets there are, `+Inf` counted.
    let bucketCount: Int
    /// The `Family`, which lives as long as the process.
    let family: UnsafeRawPointer
    /// The index over the closed labels.
    let closed: UInt32
    /// The length of `openLabels`.
    let openLabelsLength: UInt32
    /// The values of the open labels, each a 4-byte length and its UTF-8.
    let openLabels: UnsafeRawPointer
    /// The hash of `closed` and the open labels.
    let hash: UInt64
    /// Whether the cells are in a file, so that scrapes of the directory see them.
    let isStored: Bool
    /// Whether the series stood in an adopted file, so that it does not count against `max_series`.
    let isAdopted: Bool
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
