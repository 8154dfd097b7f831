internal import BenchmarkMetrics
internal import MetricsRuntime

extension HotPathRow {
    /// Static calls with label values that only the running app knows, of series that exist.
    static let open: [HotPathRow] = [
        oneOpenLabel(
            "static call, 1 open label of up to 15 bytes",
            ["/users", "/items/new", "/health", "/orders/latest"]
        ),
        // The length is that of an ordinary route template; strings of more than 15 bytes live on the heap.
        oneOpenLabel(
            "static call, 1 open label of 26 bytes",
            [
                "/api/v1/users/{id}/details", "/api/v1/items/{id}/reviews", "/api/v1/carts/{id}/entries",
                "/api/v1/orders/{id}/status",
            ]
        ),
        HotPathRow("static call, 3 open labels, short", reference: keptOfSameSeries) {
            let routes = opaque(["/users", "/items/new", "/health", "/orders/latest"])
            let (first, second, third, fourth) = (routes[0], routes[1], routes[2], routes[3])
            let tenant = opaque(["acme", "initech"])[0]
            let plan = opaque(["business", "personal"])[0]
            return (
                increments(
                    ThreeOpen.labels(route: first, tenant: tenant, plan: plan),
                    ThreeOpen.labels(route: second, tenant: tenant, plan: plan),
                    ThreeOpen.labels(route: third, tenant: tenant, plan: plan),
                    ThreeOpen.labels(route: fourth, tenant: tenant, plan: plan)
                ),
                { count in
                    for _ in 0..<count / group {
                        ThreeOpen.inc(route: first, tenant: tenant, plan: plan)
                        ThreeOpen.inc(route: second, tenant: tenant, plan: plan)
                        ThreeOpen.inc(route: third, tenant: tenant, plan: plan)
                        ThreeOpen.inc(route: fourth, tenant: tenant, plan: plan)
                    }
                }
            )
        },
        HotPathRow("static call, open + closed + int label", reference: keptOfSameSeries) {
            let routes = opaque(["/users", "/items/new", "/health", "/orders/latest"])
            let (first, second, third, fourth) = (routes[0], routes[1], routes[2], routes[3])
            let method = opaque([Method.get, .post])[0]
            let shard = opaque([17, 4])[0]
            return (
                increments(
                    Mixed.labels(route: first, method: method, shard: shard),
                    Mixed.labels(route: second, method: method, shard: shard),
                    Mixed.labels(route: third, method: method, shard: shard),
                    Mixed.labels(route: fourth, method: method, shard: shard)
                ),
                { count in
                    for _ in 0..<count / group {
                        Mixed.inc(route: first, method: method, shard: shard)
                        Mixed.inc(route: second, method: method, shard: shard)
                        Mixed.inc(route: third, method: method, shard: shard)
                        Mixed.inc(route: fourth, method: method, shard: shard)
                    }
                }
            )
        },
    ]

    private static func oneOpenLabel(_ name: String, _ texts: [String]) -> HotPathRow {
        HotPathRow(name, reference: keptOfSameSeries) {
            // Made at run time, as a router's are: the text of a literal is in no heap and counts no references.
            let routes = opaque(texts.map { String(decoding: Array($0.utf8), as: UTF8.self) })
            let (first, second, third, fourth) = (routes[0], routes[1], routes[2], routes[3])
            return (
                increments(
                    OneOpen.labels(route: first),
                    OneOpen.labels(route: second),
                    OneOpen.labels(route: third),
                    OneOpen.labels(route: fourth)
                ),
                { count in
                    for _ in 0..<count / group {
                        OneOpen.inc(route: first)
                        OneOpen.inc(route: second)
                        OneOpen.inc(route: third)
                        OneOpen.inc(route: fourth)
                    }
                }
            )
        }
    }
}
