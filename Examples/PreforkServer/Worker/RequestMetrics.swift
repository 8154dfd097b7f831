#if Server
    import Logging
    import MetricsRuntime
    import NIOCore
    import WorkerMetrics

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// What a worker records of its requests.
    ///
    /// The children of the metrics that every request touches are looked up once and kept, so that a request costs a few
    /// additions in memory.
    struct RequestMetrics: Sendable {
        /// The name of the worker's place.
        let workerID: String

        private let requests: CounterChild
        private let duration: HistogramChild
        private let requestSize: HistogramChild
        private let responseSize: HistogramChild
        private let mapping: ErrorTypeMapping
        private let logger: Logger

        init(workerID: String, logger: Logger) {
            self.workerID = workerID
            self.logger = logger
            self.requests = WorkerRequests.labels(workerID: workerID)
            self.duration = WorkerRequestDuration.labels(workerID: workerID)
            self.requestSize = WorkerRequestSize.labels(workerID: workerID)
            self.responseSize = WorkerResponseSize.labels(workerID: workerID)
            // SwiftNIO reports failed system calls by an error of its own, which the standard mapping cannot know.
            self.mapping = ErrorTypeMapping.standard.adding { error in
                switch (error as? IOError)?.errnoCode {
                case ENOMEM: .memoryError
                case ETIMEDOUT: .timeoutError
                default: nil
                }
            }
        }

        /// Records a request that was handled, failed or not.
        ///
        /// To be called before its answer is sent: what a client has seen answered is counted then, even where the
        /// worker is killed a moment later.
        ///
        /// - Parameters:
        ///   - duration: The time from the request's first byte until the answer was there.
        ///   - requestBytes: The size of the request's body.
        ///   - responseBytes: The size of the answer's body.
        func handled(duration: Duration, requestBytes: Int, responseBytes: Int) {
            requests.inc()
            self.duration.observe(duration)
            requestSize.observe(Double(requestBytes))
            responseSize.observe(Double(responseBytes))
        }

        /// Records that a request failed; answers what the error counts as.
        func failed(_ error: any Error, method: String, endpoint: String) -> ErrorType {
            let type = failedBeforeRequest(error, method: method, endpoint: endpoint)
            WorkerFailedRequests.inc(workerID: workerID, method: Method(method), endpoint: endpoint, errorType: type)
            return type
        }

        /// Records an error that no request belongs to, such as bytes that are none.
        @discardableResult
        func failedBeforeRequest(_ error: any Error, method: String, endpoint: String) -> ErrorType {
            recordError(error, worker: workerID, method: method, endpoint: endpoint, mapping: mapping, logger: logger)
        }
    }
#endif
