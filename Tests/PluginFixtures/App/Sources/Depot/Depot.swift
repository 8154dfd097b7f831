import MetricsRuntime

@main
enum Depot {
    static func main() {
        MetricsRegistry.withIsolated { _ in
            Parcels.set(3)
            print(DepotMetrics.all.map(\.name).joined(separator: " "), Parcels.value() ?? -1)
        }
    }
}
