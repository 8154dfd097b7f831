#if Server
    import Synchronization

    /// One request on its way: in flight from the beginning on, and recorded once, at its end.
    ///
    /// A request that nobody ends, because its client or its task is gone, ends with its record.
    final class RequestRecord: Sendable {
        private struct State {
            var requestBytes = 0
            var responseBytes = 0
            var status: Int?
            var hasEnded = false
        }

        private let method: Method
        private let route: String
        private let start = ContinuousClock.now
        private let state = Mutex(State())

        /// Begins a request.
        ///
        /// - Parameters:
        ///   - method: The method; those that HTTP does not have become one value.
        ///   - route: The route's template, never the path: anybody can make up paths.
        init(method: String, route: String) {
            self.method = Method(method)
            self.route = route
            HTTPServerRequestsInFlight.inc(method: self.method)
        }

        deinit {
            end()
        }

        /// Notes bytes of the request's body.
        func received(_ bytes: Int) {
            state.withLock { $0.requestBytes += bytes }
        }

        /// Notes bytes of the answer's body.
        func sent(_ bytes: Int) {
            state.withLock { $0.responseBytes += bytes }
        }

        /// Notes the answer's status.
        func answered(status: Int) {
            state.withLock { $0.status = status }
        }

        /// Records the request, unless that is done.
        func end() {
            let ended = state.withLock { state -> State? in
                defer { state.hasEnded = true }
                return state.hasEnded ? nil : state
            }
            guard let ended else { return }
            let statusClass = StatusClass(status: ended.status)
            HTTPServerRequestsInFlight.dec(method: method)
            HTTPServerRequests.inc(method: method, route: route, statusClass: statusClass)
            HTTPServerRequestDuration.observe(
                ContinuousClock.now - start,
                method: method,
                route: route,
                statusClass: statusClass
            )
            HTTPServerRequestSize.observe(Double(ended.requestBytes), method: method, route: route)
            HTTPServerResponseSize.observe(Double(ended.responseBytes), method: method, route: route)
        }
    }

    extension StatusClass {
        /// The class of a status; `other` where there was no answer.
        init(status: Int?) {
            switch status {
            case .some(100..<200): self = .informational
            case .some(200..<300): self = .success
            case .some(300..<400): self = .redirection
            case .some(400..<500): self = .clientError
            case .some(500..<600): self = .serverError
            default: self = .other
            }
        }
    }
#endif
