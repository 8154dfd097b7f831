/// What a ``MetricsHandler`` needs to know of an HTTP request.
public struct MetricsRequest: Sendable, Hashable {
    /// The request's method in upper case, such as `GET`.
    public var method: String
    /// The path of the request's target, without its query, as it was sent.
    public var path: String
    /// What follows the `?` of the request's target, as it was sent; `nil` where there is none.
    public var query: String?
    /// How many bytes the request's target has, as it was sent.
    public private(set) var targetLength: Int
    /// The request's `Accept` header, or `nil`; several headers are joined by commas.
    public var accept: String?
    /// The request's `Accept-Encoding` header, or `nil`; several headers are joined by commas.
    public var acceptEncoding: String?

    /// Creates a request from its parts.
    ///
    /// - Parameters:
    ///   - method: The method, such as `GET`.
    ///   - target: The request's target as it stands in the request line: a path with an optional query, or a
    ///     whole URL as proxies send it.
    ///   - accept: The `Accept` header.
    ///   - acceptEncoding: The `Accept-Encoding` header.
    public init(method: String = "GET", target: String, accept: String? = nil, acceptEncoding: String? = nil) {
        self.method = method
        self.accept = accept
        self.acceptEncoding = acceptEncoding
        targetLength = target.utf8.count
        let target = Self.withoutOrigin(target)
        if let mark = target.firstIndex(of: "?") {
            path = String(target[..<mark])
            query = String(target[target.index(after: mark)...])
        } else {
            path = String(target)
        }
    }

    /// The path and query of a target: an absolute target (RFC 9112, section 3.2.2) loses its scheme and host.
    private static func withoutOrigin(_ target: String) -> Substring {
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            let rest = target.dropFirst(scheme.count)
            guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
            return rest[end] == "/" ? rest[end...] : "/" + rest[end...]
        }
        return target[...]
    }
}
