/// Writes a snapshot piece by piece, so that a body of any size needs the memory of one piece.
///
/// ```swift
/// var encoder = ExpositionEncoder(snapshot, format: .openMetrics)
/// var piece: [UInt8] = []
/// while encoder.append(to: &piece, atLeast: 65_536) {
///     // … send the piece …
///     piece.removeAll(keepingCapacity: true)
/// }
/// // … send what is left in the piece …
/// ```
public struct ExpositionEncoder: Sendable {
    private enum Writer: Sendable {
        case text(TextEncoder)
        case protobuf(ProtobufEncoder)
    }

    private var writer: Writer

    /// Creates an encoder that stands at the beginning.
    ///
    /// - Parameters:
    ///   - snapshot: What is written.
    ///   - format: The format.
    ///   - includesCreated: Whether OpenMetrics gets a `_created` sample for each series whose beginning is known. Off
    ///     by default: a Prometheus that is not told what they are stores them as series of their own. Text 0.0.4 has
    ///     none, and protobuf always has them, where they cost nothing.
    public init(_ snapshot: MetricSnapshot, format: ExpositionFormat, includesCreated: Bool = false) {
        writer =
            switch format {
            case .text: .text(TextEncoder(snapshot, dialect: .text, includesCreated: false))
            case .openMetrics: .text(TextEncoder(snapshot, dialect: .openMetrics, includesCreated: includesCreated))
            case .protobuf: .protobuf(ProtobufEncoder(snapshot))
            }
    }

    /// Appends what comes next, until `bytes` holds at least that many or everything is written.
    ///
    /// A piece ends behind a sample, so it may be longer by one sample than what was asked for.
    ///
    /// - Returns: Whether something is left to be written.
    public mutating func append(to bytes: inout [UInt8], atLeast count: Int) -> Bool {
        switch writer {
        case .text(var encoder):
            defer { writer = .text(encoder) }
            return encoder.append(to: &bytes, atLeast: count)
        case .protobuf(var encoder):
            defer { writer = .protobuf(encoder) }
            return encoder.append(to: &bytes, atLeast: count)
        }
    }
}
