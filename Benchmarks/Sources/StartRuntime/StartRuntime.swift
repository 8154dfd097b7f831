internal import BenchmarkMetrics
internal import MetricsRuntime

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A program that touches one metric, where the environment says.
@main
struct StartRuntime {
    static func main() {
        Plain.inc()
        // Lets the script read how much memory there is.
        if CommandLine.arguments.count > 1 {
            // Not with print, which keeps what goes into a pipe.
            _ = write(1, "\n", 1)
            _ = readLine()
        }
    }
}
