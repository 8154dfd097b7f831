/// How a body is packed for its way.
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    /// As it is.
    case identity
    /// Compressed in gzip's format.
    case gzip

    /// Chooses the coding for a request.
    ///
    /// `gzip` where the client names it with a `q` above 0 that is not below what it gives `identity`. A `*` alone is no
    /// wish for gzip, unless the client refuses `identity` beside it. Where nothing fits the body goes as it is.
    ///
    /// - Parameter acceptEncoding: The `Accept-Encoding` header; several are joined by commas.
    public init(acceptEncoding: String?) {
        guard let acceptEncoding, !acceptEncoding.isEmpty else {
            self = .identity
            return
        }
        var named: [String: Double] = [:]
        for clause in AcceptClause.parse(acceptEncoding) {
            named[clause.value] = max(named[clause.value] ?? 0, clause.quality)
        }
        let other = named["*"]
        let gzip = named["gzip"] ?? named["x-gzip"]
        if let gzip {
            self = gzip > 0 && gzip >= named["identity"] ?? 0 ? .gzip : .identity
        } else {
            self = (other ?? 0) > 0 && named["identity"] == 0 ? .gzip : .identity
        }
    }
}
