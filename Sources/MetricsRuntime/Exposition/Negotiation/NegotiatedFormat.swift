/// The format of one response, as it came of the request's `Accept` header.
///
/// Clauses are looked at from the most wanted to the least (`q`, 1 where it is missing, and their order); `q=0` is never
/// taken. `*/*` and `text/*` mean text 0.0.4. A type or version that is not offered passes to the next clause, and where
/// nothing fits, or there is no header, the answer is text 0.0.4: an answer in the wrong format tells a person more than
/// status 406.
public struct NegotiatedFormat: Sendable, Hashable {
    /// The format.
    public let format: ExpositionFormat
    /// The value of the header `Content-Type`.
    public let contentType: String

    /// Chooses the format for a request.
    ///
    /// - Parameters:
    ///   - accept: The `Accept` header; several are joined by commas.
    ///   - offered: The formats that may be chosen. Text 0.0.4 is answered even where it is not among them and nothing
    ///     else fits.
    ///   - defaultEscaping: What is told back where the client asks for no escaping scheme, or for one that is unknown.
    public init(
        accept: String?,
        offering offered: [ExpositionFormat] = ExpositionFormat.allCases,
        defaultEscaping: EscapingScheme = .underscores
    ) {
        guard let accept, !accept.isEmpty else {
            self.init(.text, ExpositionFormat.text.contentType)
            return
        }
        for clause in AcceptClause.preferred(accept) {
            guard let (format, contentType) = Self.match(clause), offered.contains(format) else { continue }
            let escaping = clause.parameter("escaping").flatMap(EscapingScheme.init) ?? defaultEscaping
            self.init(format, "\(contentType); escaping=\(escaping.rawValue)")
            return
        }
        self.init(.text, "\(ExpositionFormat.text.contentType); escaping=\(defaultEscaping.rawValue)")
    }

    private init(_ format: ExpositionFormat, _ contentType: String) {
        self.format = format
        self.contentType = contentType
    }

    /// The format that a clause asks for, with the content type that names its version.
    private static func match(_ clause: AcceptClause) -> (ExpositionFormat, String)? {
        let version = clause.parameter("version")
        switch clause.value {
        case "*/*", "text/*":
            return (.text, ExpositionFormat.text.contentType)
        case "text/plain":
            guard version == nil || version == "0.0.4" else { return nil }
            return (.text, ExpositionFormat.text.contentType)
        case "application/openmetrics-text":
            switch version {
            case nil, "1.0.0": return (.openMetrics, ExpositionFormat.openMetrics.contentType)
            // The same text under the name that the client knows.
            case "0.0.1": return (.openMetrics, "application/openmetrics-text; version=0.0.1; charset=utf-8")
            default: return nil
            }
        case "application/vnd.google.protobuf":
            guard clause.parameter("proto") == "io.prometheus.client.MetricFamily",
                clause.parameter("encoding") == "delimited"
            else { return nil }
            return (.protobuf, ExpositionFormat.protobuf.contentType)
        default:
            return nil
        }
    }
}
