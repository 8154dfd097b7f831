import MetricsRuntime

@main
enum Shop {
    static func main() {
        MetricsRegistry.withIsolated { _ in
            Orders.inc(kind: .web)
            print(GeneratedMetrics.all.map(\.name).joined(separator: " "), Orders.value(kind: .web) ?? -1)
        }
    }
}
