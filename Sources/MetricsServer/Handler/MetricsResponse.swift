/// What a ``MetricsHandler`` answers, for any HTTP server to send.
public struct MetricsResponse: Sendable {
    /// The status code, such as 200.
    public var status: Int
    /// The header fields in the order in which they are sent, `Content-Length` included.
    public var headers: [(name: String, value: String)]
    /// The body; empty for an answer to `HEAD`, whose headers are those of the answer to `GET`.
    public var body: [UInt8]

    /// Creates a response as it stands.
    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, whatever its case; `nil` where there is none.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    /// A response with a body of that type; the length is filled in.
    static func content(
        status: Int = 200,
        type: String,
        _ body: [UInt8],
        headers: [(name: String, value: String)] = []
    ) -> Self {
        let fields = [("Content-Type", type), ("Content-Length", String(body.count))]
        return Self(status: status, headers: fields + headers, body: body)
    }

    /// A response of a line of text.
    static func text(status: Int = 200, _ text: String, headers: [(name: String, value: String)] = []) -> Self {
        content(status: status, type: "text/plain; charset=utf-8", Array("\(text)\n".utf8), headers: headers)
    }

    /// The response with further header fields.
    func adding(_ fields: [(name: String, value: String)]) -> Self {
        Self(status: status, headers: headers + fields, body: body)
    }

    /// The answer to `HEAD`: the same headers, no body.
    func withoutBody() -> Self {
        Self(status: status, headers: headers, body: [])
    }
}
