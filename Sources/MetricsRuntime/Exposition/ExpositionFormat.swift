/// A format in which metrics are handed to a scraper.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus' text format, version 0.0.4.
    case text

    /// The value of the header `Content-Type` of a response in this format.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        }
    }

    /// The snapshot in this format, as UTF-8.
    public func encode(_ snapshot: MetricSnapshot) -> [UInt8] {
        var bytes: [UInt8] = []
        encode(snapshot, into: &bytes)
        return bytes
    }

    /// Appends the snapshot in this format to `bytes`, as UTF-8.
    ///
    /// A buffer that is kept between scrapes (`removeAll(keepingCapacity: true)`) saves most of the time: new memory
    /// costs more than the writing.
    public func encode(_ snapshot: MetricSnapshot, into bytes: inout [UInt8]) {
        switch self {
        case .text: TextEncoder.encode(snapshot, into: &bytes)
        }
    }
}
