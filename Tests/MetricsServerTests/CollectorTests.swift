import Logging
import MetricsRuntime
import MetricsServer
import Synchronization
import Testing

@Suite("Collectors, errors and limits")
struct CollectorTests {
    struct Broken: Error, CustomStringConvertible {
        let description = "the queue is gone"
    }

    struct One: MetricCollector {
        var name = "queue_depth"
        var fails = false

        func collect() throws -> [MetricFamily] {
            if fails { throw Broken() }
            var family = MetricFamily(name: name, type: .gauge, documentation: "Jobs that wait")
            family.addSeries(labels: [("queue", "a")], value: 3)
            return [family]
        }
    }

    private func body(_ handler: MetricsHandler) async -> (status: Int, text: String) {
        let response = await handler.respond(to: MetricsRequest(target: "/metrics"))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test("Collectors of an app, and those of the process, stand beside its metrics")
    func collectors() async {
        let handler = MetricsHandler(logger: .silent, collectors: [One(), ProcessCollector()]) { .gauge("a") }
        let (status, text) = await body(handler)
        #expect(status == 200)
        #expect(text.contains("a{room=\"0\"} 0.5\n"))
        #expect(text.contains("queue_depth{queue=\"a\"} 3\n"))
        #expect(text.contains("metrics_scrapes_in_flight 1\n"))
        #if os(Linux)
            #expect(text.contains("\nprocess_resident_memory_bytes "))
        #endif
        let types = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
        #expect(Set(types).count == types.count)
    }

    @Test("Of two families of one name the first is exposed, and the other counted")
    func collisions() async {
        let handler = MetricsHandler(logger: .silent, collectors: [One(name: "a"), One(name: "b"), One(name: "b")]) {
            .gauge("a")
        }
        _ = await body(handler)
        let (_, text) = await body(handler)
        #expect(text.contains("a{room=\"0\"} 0.5\n"))
        #expect(!text.contains("a{queue"))
        #expect(text.split(separator: "\n").filter { $0 == "b{queue=\"a\"} 3" }.count == 1)
        #expect(text.contains("metrics_scrape_failures_total{reason=\"name_collision\"} 4\n"))
    }

    @Test("An error fails the scrape, or is left out of it, as the policy says")
    func policies() async {
        let collectors: [any MetricCollector] = [One(fails: true), One(name: "b")]
        let strict = MetricsHandler(logger: .silent, collectors: collectors) { .gauge("a") }
        let (status, text) = await body(strict)
        #expect(status == 500)
        #expect(text.contains("the queue is gone"))

        let lenient = MetricsHandler(logger: .silent, collectors: collectors, errorPolicy: .serveTheRest) {
            throw Broken()
        }
        let (lenientStatus, rest) = await body(lenient)
        #expect(lenientStatus == 200)
        #expect(rest.contains("b{queue=\"a\"} 3\n"))
        #expect(rest.contains("metrics_scrape_failures_total{reason=\"collecting\"} 2\n"))

        let nothing = MetricsHandler(logger: .silent, errorPolicy: .serveTheRest) { throw Broken() }
        #expect(await body(nothing).status == 500)
    }

    @Test("The endpoint tells how long scrapes took and how much they were")
    func selfMetrics() async {
        let handler = MetricsHandler(logger: .silent) { .gauge("a") }
        let (_, first) = await body(handler)
        #expect(first.contains("metrics_scrape_duration_seconds_count 0\n"))
        let (_, second) = await body(handler)
        #expect(second.contains("metrics_scrape_duration_seconds_count 1\n"))
        #expect(second.contains("metrics_scrape_size_bytes_sum \(first.utf8.count)\n"))
        #expect(second.contains("metrics_scrapes_refused_total{reason=\"in_flight\"} 0\n"))
    }

    @Test("Scrapes past the limit are refused at once, and those that run go on")
    func inFlight() async throws {
        let gate = Gate()
        var limits = MetricsEndpointLimits()
        limits.concurrentScrapes = 2
        let handler = MetricsHandler(logger: .silent, limits: limits) {
            await gate.pass()
            return .gauge("a")
        }
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<2 { group.addTask { await body(handler).status } }
            await gate.reached(by: 2)
            for _ in 0..<5 {
                let refused = await handler.respond(to: MetricsRequest(target: "/metrics"))
                #expect(refused.status == 503)
                #expect(refused.header("Retry-After") == "1")
            }
            #expect(await handler.respond(to: MetricsRequest(target: "/-/healthy")).status == 200)
            gate.open()
            for await status in group { #expect(status == 200) }
        }
        let (status, text) = await body(handler)
        #expect(status == 200)
        #expect(text.contains("metrics_scrapes_refused_total{reason=\"in_flight\"} 5\n"))
        #expect(text.contains("metrics_scrapes_in_flight 1\n"))
    }

    @Test("A collector that hangs is given up, and holds up nobody but itself")
    func hangs() async throws {
        let gate = Gate()
        let isFirst = Mutex(true)
        var limits = MetricsEndpointLimits()
        // Far more than the second scrape takes on a busy machine.
        limits.collectingTime = .seconds(4)
        limits.concurrentScrapes = 2
        let handler = MetricsHandler(logger: .silent, limits: limits) {
            if isFirst.withLock({ first in
                defer { first = false }
                return first
            }) {
                await gate.pass()
            }
            return .gauge("a")
        }
        let hanging = await handler.respond(to: MetricsRequest(target: "/metrics"))
        #expect(hanging.status == 503)
        #expect(hanging.header("Retry-After") == "1")
        let (status, text) = await body(handler)
        #expect(status == 200)
        // The one that hangs still counts: it holds what it holds.
        #expect(text.contains("metrics_scrapes_in_flight 2\n"))
        #expect(text.contains("metrics_scrapes_refused_total{reason=\"timeout\"} 1\n"))
        gate.open()
    }

    @Test("Text, OpenMetrics and protobuf alike hold the endpoint's own metrics")
    func formats() async {
        let handler = MetricsHandler(logger: .silent) { .gauge("a") }
        for format in ExpositionFormat.allCases {
            let request = MetricsRequest(target: "/metrics", accept: format.contentType)
            let response = await handler.respond(to: request)
            #expect(response.header("Content-Type")?.hasPrefix(format.contentType) == true)
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(text.contains("metrics_scrape_size_bytes"))
            #expect(text.hasSuffix("# EOF\n") == (format == .openMetrics))
        }
    }
}
