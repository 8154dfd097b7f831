import Hummingbird
import MetricsRuntime
import MetricsServer

/// A web app whose metrics are served by its own Hummingbird server.
@main
struct App {
    static func main() async throws {
        let application = Application(
            router: makeRouter(registry: .shared),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 8080))
        )
        try await application.runService()
    }

    /// The app's routes, whose requests are recorded, and the metrics.
    static func makeRouter(registry: MetricsRegistry) -> Router<BasicRequestContext> {
        let router = Router()
        let started = ContinuousClock.now
        router.add(middleware: HTTPMetricsMiddleware())
        router.get("/hello") { _, _ in "Hello." }
        router.get("/users/{id}") { _, context in
            let id = try context.parameters.require("id", as: Int.self)
            guard id < 100 else { throw HTTPError(.notFound, message: "There is no such user.") }
            return "User \(id)."
        }
        router.post("/echo") { request, _ in Response(status: .ok, body: ResponseBody(asyncSequence: request.body)) }
        router.metrics(
            "/metrics",
            MetricsHandler(collectors: [ProcessCollector(), UptimeCollector(started: started)]) { registry.collect() }
        )
        return router
    }
}

/// Something that is measured when somebody asks.
struct UptimeCollector: MetricCollector {
    let started: ContinuousClock.Instant

    func collect() -> [MetricFamily] {
        var uptime = MetricFamily(
            name: "app_uptime_seconds",
            type: .gauge,
            documentation: "How long the app runs",
            unit: "seconds"
        )
        uptime.addSeries(value: Double((ContinuousClock.now - started).components.seconds))
        return [uptime]
    }
}
