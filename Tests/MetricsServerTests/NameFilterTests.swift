import Logging
import MetricsRuntime
import MetricsServer
import Testing

@Suite("Families by name")
struct NameFilterTests {
    private let handler = MetricsHandler(exposesItself: false) {
        var families: [MetricFamily] = []
        for (name, type) in [
            ("test_counter", MetricType.counter), ("test_gauge", .gauge), ("test_histogram", .histogram),
        ] {
            var family = MetricFamily(name: name, type: type, documentation: name)
            if type == .histogram { family.addHistogram(buckets: [], sum: 0) } else { family.addSeries(value: 1) }
            families.append(family)
        }
        return MetricSnapshot(families: families)
    }

    private func names(_ target: String) async -> [String] {
        let response = await handler.respond(to: MetricsRequest(target: "/metrics" + target))
        return String(decoding: response.body, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("# TYPE") }.map { String($0.split(separator: " ")[2]) }
    }

    @Test(
        arguments: [
            ("", ["test_counter_total", "test_gauge", "test_histogram"]),
            ("?name[]=test_counter_total", ["test_counter_total"]),
            ("?name[]=test_counter", ["test_counter_total"]), ("?name%5B%5D=test_gauge", ["test_gauge"]),
            ("?name[]=test_counter&name[]=test_gauge", ["test_counter_total", "test_gauge"]),
            ("?name[]=test_histogram_bucket", ["test_histogram"]), ("?name[]=test%5fgauge", ["test_gauge"]),
            ("?name[]=nothing", []), ("?name[]=", []),
            ("?x=test_gauge", ["test_counter_total", "test_gauge", "test_histogram"]),
            ("?", ["test_counter_total", "test_gauge", "test_histogram"]), ("?&&name[]=test_gauge&", ["test_gauge"]),
        ] as [(String, [String])]
    )
    func filters(query: String, expected: [String]) async {
        #expect(await names(query) == expected)
    }

    @Test("Queries beyond the limits are refused")
    func limits() async {
        let most = Array(repeating: "name[]=test_gauge", count: 1024).joined(separator: "&")
        #expect(await names("?" + most) == ["test_gauge"])
        #expect(await handler.respond(to: MetricsRequest(target: "/metrics?\(most)&a=b")).status == 400)
        #expect(await handler.respond(to: MetricsRequest(target: "/metrics?name[]=%4")).status == 400)
        #expect(await handler.respond(to: MetricsRequest(target: "/metrics?name[]=%ff")).status == 400)
        let long = String(repeating: "a", count: 70_000)
        #expect(await handler.respond(to: MetricsRequest(target: "/metrics?" + long)).status == 414)
    }
}
