internal import BenchmarkMetrics
internal import MetricsRuntime

/// A program that touches one metric, where the environment says.
@main
struct StartRuntime {
    static func main() {
        Plain.inc()
        // Lets the script read how much memory there is.
        if CommandLine.arguments.count > 1 {
            print("done")
            _ = readLine()
        }
    }
}
