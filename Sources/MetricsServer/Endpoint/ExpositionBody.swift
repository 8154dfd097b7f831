import MetricsRuntime

/// The body of one exposition, made piece by piece while it is sent.
final class ExpositionBody {
    /// How many bytes of the exposition make a piece: enough that handing it on costs nothing beside making it.
    static let pieceLength = 128 * 1024

    private var encoder: ExpositionEncoder
    private let permit: ScrapePermit
    private let metrics: EndpointMetrics
    private let start: ContinuousClock.Instant
    private var plain: [UInt8] = []
    private var length = 0
    private var isComplete = false
    private let compressor: (any BodyCompressor)?

    init(
        _ snapshot: MetricSnapshot,
        format: ExpositionFormat,
        includesCreated: Bool,
        compressor: (any BodyCompressor)?,
        permit: ScrapePermit,
        metrics: EndpointMetrics,
        start: ContinuousClock.Instant
    ) {
        encoder = ExpositionEncoder(snapshot, format: format, includesCreated: includesCreated)
        self.permit = permit
        self.metrics = metrics
        self.start = start
        self.compressor = compressor
    }

    /// The body cannot be made to its end.
    struct Failed: Error, CustomStringConvertible {
        let error: any Error
        var description: String { "encoding the metrics failed: \(error)" }
    }

    /// The next piece; `nil` at the end. A piece may be empty while compression gathers bytes.
    ///
    /// After an error the body has no end: what was sent of it must not be given one.
    func next() throws(Failed) -> [UInt8]? {
        guard !isComplete else { return nil }
        plain.removeAll(keepingCapacity: true)
        let isMore = encoder.append(to: &plain, atLeast: Self.pieceLength)
        length += plain.count
        isComplete = !isMore
        guard let compressor else { return plain }
        var packed: [UInt8] = []
        do {
            try compressor.compress(plain, isLast: !isMore, to: &packed)
        } catch {
            metrics.failed(.encoding)
            throw Failed(error: error)
        }
        return packed
    }

    /// Whether the piece that was given last was the last one.
    var isAtEnd: Bool { isComplete }

    /// Says that the last byte is on its way.
    func finished() {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        metrics.finished(seconds: Double(seconds) + Double(attoseconds) * 1e-18, bytes: length)
    }
}
