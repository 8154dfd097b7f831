/// A format in which metrics are handed to a scraper.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus' text format, version 0.0.4.
    case text
    /// OpenMetrics 1.0.
    case openMetrics
    /// Prometheus' protobuf format: messages `io.prometheus.client.MetricFamily`, each behind its length.
    case protobuf

    /// The value of the header `Content-Type` of a response in this format.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        case .protobuf:
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        }
    }

    /// The snapshot in this format: UTF-8 in the text formats.
    public func encode(_ snapshot: MetricSnapshot) -> [UInt8] {
        var bytes: [UInt8] = []
        encode(snapshot, into: &bytes)
        return bytes
    }

    /// Appends the snapshot in this format to `bytes`.
    ///
    /// A buffer that is kept between scrapes (`removeAll(keepingCapacity: true)`) saves most of the time: new memory
    /// costs more than the writing.
    public func encode(_ snapshot: MetricSnapshot, into bytes: inout [UInt8]) {
        if self != .protobuf { bytes.reserveCapacity(bytes.count + TextEncoder.estimatedLength(snapshot)) }
        var encoder = ExpositionEncoder(snapshot, format: self)
        while encoder.append(to: &bytes, atLeast: .max) {}
    }
}
