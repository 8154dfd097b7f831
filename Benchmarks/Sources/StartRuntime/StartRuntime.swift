internal import BenchmarkMetrics
internal import MetricsRuntime

/// A program that touches one metric, where the environment says.
@main
struct StartRuntime {
    static func main() {
        Plain.inc()
    }
}
