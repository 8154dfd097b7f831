/// An answer whose body may still be to be made.
struct PreparedResponse {
    enum Body {
        /// All of it.
        case bytes([UInt8])
        /// The first piece of a long one, and where the others come from.
        case pieces(first: [UInt8], ExpositionBody)
    }

    var status: Int
    var headers: [(name: String, value: String)]
    var body: Body
    /// Told when the answer is sent.
    var source: ExpositionBody?

    init(_ response: MetricsResponse, source: ExpositionBody? = nil) {
        status = response.status
        headers = response.headers
        body = .bytes(response.body)
        self.source = source
    }

    init(status: Int, headers: [(name: String, value: String)], first: [UInt8], _ rest: ExpositionBody) {
        self.status = status
        self.headers = headers
        body = .pieces(first: first, rest)
        source = rest
    }

    /// The answer with all of its body, and its length.
    func gathered() throws(ExpositionBody.Failed) -> MetricsResponse {
        switch body {
        case .bytes(let bytes): return MetricsResponse(status: status, headers: headers, body: bytes)
        case .pieces(let first, let rest):
            var all = first
            while let piece = try rest.next() { all += piece }
            let length = (name: "Content-Length", value: String(all.count))
            return MetricsResponse(status: status, headers: headers + [length], body: all)
        }
    }
}
