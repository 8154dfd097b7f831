public import Logging
public import MetricsRuntime

/// The endpoint without a server: takes a request, gives a response.
///
/// ``MetricsHTTPServer`` serves it on a port of its own. An app that has a server mounts it there:
///
/// ```swift
/// let handler = MetricsHandler { MetricsRegistry.shared.collect() }
/// router.get("/metrics") { request, _ in
///     let answer = await handler.exposition(for: MetricsRequest(target: request.uri.path))
///     // … send answer.status, answer.headers and answer.body
/// }
/// ```
///
/// | path | answer |
/// | --- | --- |
/// | `/metrics` | the exposition, in text format 0.0.4 |
/// | `/-/healthy`, `/-/ready` | 200 |
/// | `/` | a page that links to the exposition |
///
/// `GET` and `HEAD` are answered; other methods get 405, other paths 404. A handler may be used by any number of
/// tasks at once.
public struct MetricsHandler: Sendable {
    /// Where the metrics of one scrape come from.
    ///
    /// It may block and may be called by several tasks at once.
    public typealias Collect = @Sendable () async throws -> MetricSnapshot

    /// The path of the exposition.
    public static let metricsPath = "/metrics"

    private let landingPage: LandingPage
    private let logger: Logger
    private let collect: Collect

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - title: What the landing page calls the program.
    ///   - logger: Told of scrapes that fail.
    ///   - collect: Gives the metrics of one scrape. What it throws is answered with status 500 and logged.
    public init(
        title: String = "Metrics",
        logger: Logger = Logger(label: "MetricsServer"),
        collect: @escaping Collect
    ) {
        self.landingPage = LandingPage(title: title, metricsPath: Self.metricsPath)
        self.logger = logger
        self.collect = collect
    }

    /// The answer to a request, by its method and path.
    ///
    /// Collects in the calling task, on whatever executor that has; call it where blocking is allowed.
    public func respond(to request: MetricsRequest) async -> MetricsResponse {
        switch route(request) {
        case .answer(let response): response
        case .exposition: await exposition(for: request)
        }
    }

    /// The exposition, whatever the request's path: for a server that has its own routes.
    ///
    /// A method other than `GET` and `HEAD` is answered with 405, a failed collection with 500.
    public func exposition(for request: MetricsRequest) async -> MetricsResponse {
        guard let method = Method(request.method) else { return Self.methodNotAllowed(request) }
        return method.trim(await collectedExposition())
    }

    /// Answers at once what needs no metrics, so that a probe of the server's health never waits for a scrape.
    func route(_ request: MetricsRequest) -> Route {
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

    private func collectedExposition() async -> MetricsResponse {
        do {
            let snapshot = try await collect()
            // Whatever a client would rather have: this is the one format, and a scraper takes it over an error.
            let format = ExpositionFormat.text
            return .content(type: format.contentType, format.encode(snapshot))
        } catch is CancellationError {
            return .text(status: 503, "The scrape was cancelled.", headers: [("Retry-After", "1")])
        } catch {
            logger.error("collecting the metrics failed", metadata: ["error": "\(error)"])
            return .text(status: 500, "Collecting the metrics failed: \(error)")
        }
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
