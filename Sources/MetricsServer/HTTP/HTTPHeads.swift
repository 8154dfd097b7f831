#if Server
    import NIOCore
    import NIOHTTP1

    extension MetricsRequest {
        init(_ head: HTTPRequestHead) {
            self.init(
                method: head.method.rawValue,
                target: head.uri,
                accept: head.headers.joined("Accept"),
                acceptEncoding: head.headers.joined("Accept-Encoding")
            )
        }
    }

    extension HTTPRequestHead {
        /// Whether the client holds its body back until it is told to go on.
        var waitsForContinue: Bool {
            version != .http1_0 && headers["Expect"].contains { $0.lowercased() == "100-continue" }
        }

        /// Whether what follows the request may be another protocol than HTTP/1.1.
        ///
        /// The parser takes nothing in after such a request, so its connection must end with the answer. Clients that
        /// offer HTTP/2 (`Upgrade: h2c`) are served like this too.
        var asksForAnotherProtocol: Bool {
            method == .CONNECT || headers.contains(name: "Upgrade")
        }
    }

    extension HTTPResponseHead {
        init(
            status: Int,
            _ fields: [(name: String, value: String)],
            to request: HTTPRequestHead,
            keepsAlive: Bool
        ) {
            var headers = HTTPHeaders()
            headers.reserveCapacity(fields.count + 2)
            for (name, value) in fields { headers.add(name: name, value: value) }
            headers.add(name: "Date", value: HTTPDate.now().description)
            if !keepsAlive {
                headers.add(name: "Connection", value: "close")
            } else if request.version == .http1_0 {
                // A client of HTTP/1.0 takes a connection for closed unless it is told otherwise.
                headers.add(name: "Connection", value: "keep-alive")
            }
            self.init(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        }
    }

    extension HTTPResponseHead {
        /// The answer to what cannot be read as a request; its connection ends with it.
        init(to error: HTTPParserError) {
            let status = error == .headerOverflow ? HTTPResponseStatus.requestHeaderFieldsTooLarge : .badRequest
            let headers: HTTPHeaders = [
                "Content-Length": "0", "Date": HTTPDate.now().description, "Connection": "close",
            ]
            self.init(version: .http1_1, status: status, headers: headers)
        }
    }

    extension HTTPHeaders {
        /// The fields of that name as one, or `nil` where there is none.
        fileprivate func joined(_ name: String) -> String? {
            let fields = self[name]
            return fields.isEmpty ? nil : fields.joined(separator: ", ")
        }
    }

    extension ChannelPipeline.SynchronousOperations {
        /// Sets a connection up: HTTP/1.1 with bounded heads, then our handler, which answers to what is no HTTP too.
        func configureMetricsConnection(_ handler: ConnectionHandler) throws {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = 16 * 1024
            limits.maxHeaderListSize = 64 * 1024
            limits.maxHeaderFieldCount = 100
            try configureHTTPServerPipeline(
                withPipeliningAssistance: true,
                withErrorHandling: false,
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits
            )
            try addHandler(handler)
        }
    }
#endif
