#if Server
    import Logging
    import NIOCore
    import NIOHTTP1

    /// Makes the answers of all connections of one server, and sends them.
    struct ConnectionResponder: Sendable {
        let handler: MetricsHandler
        let executor: ScrapeExecutor
        /// Who may ask, where somebody says so.
        let access: AccessControl?
        let logger: Logger

        /// The answer to a request that needs neither metrics nor a password's check.
        func immediateAnswer(to head: HTTPRequestHead, from address: SocketAddress?) -> MetricsResponse? {
            guard access == nil else { return nil }
            switch handler.route(MetricsRequest(head)) {
            case .answer(let response): return response
            case .exposition: return nil
            }
        }

        /// Makes and sends the answer to a request.
        func answer(_ head: HTTPRequestHead, with writer: ResponseWriter) async {
            do {
                let headers: [(name: String, value: String)]
                switch await access?.check(head) {
                case nil: headers = []
                case .refused(var response)?:
                    handler.metrics.refused(.access)
                    if head.method == .HEAD { response = response.withoutBody() }
                    return try await writer.send(response)
                case .granted(let added)?: headers = added
                }
                let request = MetricsRequest(head)
                switch handler.route(request) {
                case .answer(let response): try await writer.send(response.adding(headers))
                case .exposition:
                    try await sendExposition(request, head, headers, writer)
                }
            } catch let error as ExpositionBody.Failed {
                // Without an end the client knows that it lacks something; the failure is counted where it was met.
                logger.error("a body was cut off", metadata: ["error": "\(error)"])
                writer.abort()
            } catch {
                handler.metrics.failed(.sending)
                logger.debug("an answer was not sent", metadata: ["error": "\(error)"])
                writer.abort()
            }
        }

        private func sendExposition(
            _ request: MetricsRequest,
            _ head: HTTPRequestHead,
            _ headers: [(name: String, value: String)],
            _ writer: ResponseWriter
        ) async throws {
            var prepared = await handler.prepare(request, on: executor)
            prepared.headers += headers
            // The length has to be known where there is no other mark of the body's end, and is told where nothing else is.
            let needsLength = head.version == .http1_0 || head.method == .HEAD
            switch prepared.body {
            case .pieces(let first, let rest) where !needsLength:
                try await writer.begin(status: prepared.status, headers: prepared.headers, piece: first)
                while let piece = try rest.next() { try await writer.append(piece) }
                try await writer.end()
            case .bytes, .pieces:
                let response: MetricsResponse
                do {
                    response = try prepared.gathered()
                } catch {
                    prepared.source = nil
                    response = handler.encodingFailed(error).adding(headers)
                }
                try await writer.send(head.method == .HEAD ? response.withoutBody() : response)
            }
            prepared.source?.finished()
        }
    }
#endif
