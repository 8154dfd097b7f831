#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

#if Redis
    import MetricsRuntime
#endif

/// Uses Redis in a process of its own, for tests and measurements.
///
/// `RedisProbe count URL PREFIX LEASE-SECONDS COUNT`, `RedisProbe scrape URL INSTANCES SERIES` or
/// `RedisProbe cost REQUESTS NAME URL …`.
@main
struct RedisProbe {
    static func main() async throws {
        #if Redis
            let words = Array(CommandLine.arguments.dropFirst())
            let numbers = words.map { Int($0) ?? 0 }
            switch (words.first, words.count) {
            case ("count", 5):
                var settings = try RedisSettings(url: words[1])
                settings.keyPrefix = words[2]
                settings.lease = .seconds(numbers[3])
                try await Counting(settings: settings, count: numbers[4]).run()
            case ("scrape", 4):
                try await Measuring(settings: try RedisSettings(url: words[1]))
                    .scrape(instances: numbers[2], series: numbers[3])
            case ("cost", 4...) where words.count % 2 == 0:
                let others = try stride(from: 2, to: words.count, by: 2).map {
                    (name: words[$0], settings: try RedisSettings(url: words[$0 + 1]))
                }
                try await Measuring.cost(requests: numbers[1], others)
            default:
                say("usage: RedisProbe count|scrape|cost URL …\n")
                exit(64)
            }
        #endif
    }

    static func say(_ line: String) {
        _ = write(1, line, line.utf8.count)
    }
}
