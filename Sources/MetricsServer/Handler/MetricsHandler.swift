public import Logging
public import MetricsRuntime

/// The endpoint without a server: takes a request, gives a response.
///
/// ``MetricsHTTPServer`` serves it on a port of its own. An app that has a server mounts it there:
///
/// ```swift
/// let handler = MetricsHandler { MetricsRegistry.shared.collect() }
/// router.get("/metrics") { request, _ in
///     let answer = await handler.exposition(
///         for: MetricsRequest(
///             target: request.uri.string,
///             accept: request.headers[.accept],
///             acceptEncoding: request.headers[.acceptEncoding]
///         )
///     )
///     // … send answer.status, answer.headers and answer.body
/// }
/// ```
///
/// | path | answer |
/// | --- | --- |
/// | `/metrics` | the exposition, in the format that `Accept` asks for (`NegotiatedFormat`), compressed where `Accept-Encoding` wants that; `?name[]=` gives families by name |
/// | `/-/healthy`, `/-/ready` | 200 |
/// | `/` | a page that links to the exposition |
///
/// `GET` and `HEAD` are answered; other methods get 405, other paths 404. A handler may be used by any number of
/// tasks at once; copies share their limits and what they count.
public struct MetricsHandler: Sendable {
    /// Where the metrics of one scrape come from.
    ///
    /// It may block and may be called by several tasks at once.
    public typealias Collect = @Sendable () async throws -> MetricSnapshot

    /// The path of the exposition.
    public static let metricsPath = "/metrics"

    /// What the endpoint counts about itself.
    let metrics = EndpointMetrics()

    /// How many scrapes may run at the same time.
    var concurrentScrapes: Int { limits.concurrentScrapes }

    /// How many scrapes run, bodies that are still being sent among them.
    package var scrapesInFlight: Int { metrics.inFlight }

    private let landingPage: LandingPage
    private let logger: Logger
    private let collection: ScrapeCollection
    private let limits: MetricsEndpointLimits
    private let includesCreated: Bool

    /// Makes what packs one body.
    package var makeCompressor: @Sendable () throws -> any BodyCompressor = { try GzipStream() }

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - title: What the landing page calls the program.
    ///   - version: The program's version, for the landing page.
    ///   - logger: Told of scrapes that fail.
    ///   - collectors: What is measured at each scrape beside what `collect` gives, such as `ProcessCollector`. Of two
    ///     families of one name the first is exposed.
    ///   - errorPolicy: What becomes of a scrape when something that collects throws an error.
    ///   - limits: How much is done at once and for one request.
    ///   - exposesItself: Whether the endpoint's own metrics, which begin with `metrics_scrape`, are exposed too.
    ///   - includesCreated: Whether OpenMetrics gets `_created` samples, where the beginnings of series are known.
    ///   - collect: Gives the metrics of one scrape.
    public init(
        title: String = "Metrics",
        version: String? = nil,
        logger: Logger = Logger(label: "MetricsServer"),
        collectors: [any MetricCollector] = [],
        errorPolicy: CollectorErrorPolicy = .failScrape,
        limits: MetricsEndpointLimits = MetricsEndpointLimits(),
        exposesItself: Bool = true,
        includesCreated: Bool = false,
        collect: @escaping Collect
    ) {
        self.landingPage = LandingPage(title: title, version: version, metricsPath: Self.metricsPath)
        self.logger = logger
        self.limits = limits
        self.includesCreated = includesCreated
        collection = ScrapeCollection(
            collect: collect,
            collectors: collectors,
            errorPolicy: errorPolicy,
            exposesItself: exposesItself,
            metrics: metrics,
            logger: logger
        )
    }

    /// The answer to a request, by its method and path.
    ///
    /// Collects on Swift's shared threads, or where ``MetricsHTTPServer`` says.
    public func respond(to request: MetricsRequest) async -> MetricsResponse {
        switch route(request) {
        case .answer(let response): response
        case .exposition: await exposition(for: request)
        }
    }

    /// The exposition, whatever the request's path: for a server that has its own routes.
    ///
    /// A method other than `GET` and `HEAD` is answered with 405, a failed collection with 500, and 503 with `Retry-After`
    /// says that as many scrapes as may run are running, or that collecting took too long.
    public func exposition(for request: MetricsRequest) async -> MetricsResponse {
        guard let method = Method(request.method) else { return Self.methodNotAllowed(request) }
        let prepared = await prepare(request, on: nil)
        do {
            let response = try prepared.gathered()
            prepared.source?.finished()
            return method.trim(response)
        } catch {
            return method.trim(encodingFailed(error))
        }
    }

    /// Answers at once what needs no metrics, so that a probe of the server's health never waits for a scrape.
    func route(_ request: MetricsRequest) -> Route {
        guard request.targetLength <= limits.targetLength else {
            return .answer(.text(status: 414, "The request's target is longer than \(limits.targetLength) bytes."))
        }
        let page: MetricsResponse
        switch request.path {
        case Self.metricsPath:
            return Method(request.method) == nil ? .answer(Self.methodNotAllowed(request)) : .exposition
        case "/": page = landingPage.response
        case "/-/healthy": page = .text("Healthy.")
        case "/-/ready": page = .text("Ready.")
        default: page = .text(status: 404, "Not found; the metrics are at \(Self.metricsPath).")
        }
        guard let method = Method(request.method) else {
            return .answer(page.status == 404 ? page : Self.methodNotAllowed(request))
        }
        return .answer(method.trim(page))
    }

    /// The exposition as far as its first piece.
    ///
    /// - Parameters:
    ///   - request: The request; its method and path do not matter.
    ///   - executor: Where collecting runs.
    func prepare(_ request: MetricsRequest, on executor: (any TaskExecutor)?) async -> PreparedResponse {
        let start = ContinuousClock.now
        let names: Set<String>?
        switch NameFilter.parse(request.query, limit: limits.queryParameters) {
        case .all: names = nil
        case .names(let wanted): names = wanted
        case .malformed(let reason): return PreparedResponse(.text(status: 400, "Bad request: \(reason)."))
        }
        guard let permit = ScrapePermit(metrics, limit: limits.concurrentScrapes) else {
            return PreparedResponse(
                .text(
                    status: 503,
                    "Limit of concurrent scrapes reached (\(limits.concurrentScrapes)); try again later.",
                    headers: [("Retry-After", "1")]
                )
            )
        }
        let collection = collection
        let result = await CollectingRun.collect(within: limits.collectingTime, on: executor, permit: permit) {
            try await collection.snapshot()
        }
        do {
            var snapshot = try result.get()
            if let names { snapshot = snapshot.filtered(by: names) }
            return try response(to: request, snapshot, permit: permit, start: start)
        } catch {
            return failure(error)
        }
    }

    private func response(
        to request: MetricsRequest,
        _ snapshot: MetricSnapshot,
        permit: ScrapePermit,
        start: ContinuousClock.Instant
    ) throws -> PreparedResponse {
        let format = NegotiatedFormat(accept: request.accept)
        let coding = ContentCoding(acceptEncoding: request.acceptEncoding)
        let body = ExpositionBody(
            snapshot,
            format: format.format,
            includesCreated: includesCreated,
            compressor: try compressor(coding),
            permit: permit,
            metrics: metrics,
            start: start
        )
        var headers: [(name: String, value: String)] = [("Content-Type", format.contentType)]
        if coding == .gzip { headers.append(("Content-Encoding", "gzip")) }
        headers.append(("Vary", "Accept, Accept-Encoding"))
        let first = try body.next() ?? []
        guard body.isAtEnd else { return PreparedResponse(status: 200, headers: headers, first: first, body) }
        headers.append(("Content-Length", String(first.count)))
        return PreparedResponse(MetricsResponse(status: 200, headers: headers, body: first), source: body)
    }

    private func compressor(_ coding: ContentCoding) throws -> (any BodyCompressor)? {
        guard coding == .gzip else { return nil }
        do {
            return try makeCompressor()
        } catch {
            metrics.failed(.encoding)
            throw ExpositionBody.Failed(error: error)
        }
    }

    private func failure(_ error: any Error) -> PreparedResponse {
        let again = [(name: "Retry-After", value: "1")]
        switch error {
        case is CancellationError:
            return PreparedResponse(.text(status: 503, "The scrape was cancelled.", headers: again))
        case is CollectingRun.TimedOut:
            metrics.refused(.timeout)
            logger.error("collecting the metrics takes too long", metadata: ["limit": "\(limits.collectingTime)"])
            return PreparedResponse(
                .text(status: 503, "Collecting the metrics takes longer than \(limits.collectingTime).", headers: again)
            )
        case let failed as ExpositionBody.Failed: return PreparedResponse(encodingFailed(failed))
        default: return PreparedResponse(.text(status: 500, "\(error)"))
        }
    }

    /// The answer in the place of a body that could not be made, of which nothing is sent yet.
    func encodingFailed(_ error: ExpositionBody.Failed) -> MetricsResponse {
        logger.error("a scrape failed", metadata: ["error": "\(error)"])
        return .text(status: 500, "\(error)")
    }

    private static func methodNotAllowed(_ request: MetricsRequest) -> MetricsResponse {
        .text(status: 405, "Only GET and HEAD are answered here.", headers: [("Allow", "GET, HEAD")])
    }

    /// What becomes of a request.
    enum Route {
        case answer(MetricsResponse)
        case exposition
    }

    /// The methods that are answered.
    private enum Method: String {
        case get = "GET"
        case head = "HEAD"

        init?(_ name: String) {
            self.init(rawValue: name)
        }

        func trim(_ response: MetricsResponse) -> MetricsResponse {
            self == .head ? response.withoutBody() : response
        }
    }
}
