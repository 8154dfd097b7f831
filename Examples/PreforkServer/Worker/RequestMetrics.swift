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
    /// additions in memory. `WithoutRecording` compiles all of it out, the reading of clocks included: the benchmarks ask
    /// what recording costs.
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

        /// The moment at which a request begins.
        static func begin() -> NIODeadline {
            #if WithoutRecording
                .uptimeNanoseconds(0)
            #else
                .now()
            #endif
        }

        /// Records a request that was handled, failed or not.
        ///
        /// To be called before its answer is sent: what a client has seen answered is counted then, even where the
        /// worker is killed a moment later.
        ///
        /// - Parameters:
        ///   - start: The moment at which the request began, of ``begin()``.
        ///   - requestBytes: The size of the request's body.
        ///   - responseBytes: The size of the answer's body.
        func handled(since start: NIODeadline, requestBytes: Int, responseBytes: Int) {
            #if !WithoutRecording
                requests.inc()
                duration.observe(Duration(NIODeadline.now() - start))
                requestSize.observe(Double(requestBytes))
                responseSize.observe(Double(responseBytes))
            #endif
        }

        /// Records that a request failed; answers what the error counts as.
        func failed(_ error: any Error, method: String, endpoint: String) -> ErrorType {
            let type = failedBeforeRequest(error, method: method, endpoint: endpoint)
            #if !WithoutRecording
                WorkerFailedRequests.inc(
                    workerID: workerID,
                    method: Method(method),
                    endpoint: endpoint,
                    errorType: type
                )
            #endif
            return type
        }

        /// Records an error that no request belongs to, such as bytes that are none.
        @discardableResult
        func failedBeforeRequest(_ error: any Error, method: String, endpoint: String) -> ErrorType {
            #if WithoutRecording
                mapping.errorType(of: error)
            #else
                recordError(
                    error,
                    worker: workerID,
                    method: method,
                    endpoint: endpoint,
                    mapping: mapping,
                    logger: logger
                )
            #endif
        }
    }
#endif
