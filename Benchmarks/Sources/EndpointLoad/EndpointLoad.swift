internal import BenchmarkMetrics
internal import MetricsRuntime

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The directory of an app with many workers, and its workers at work.
///
///     endpoint-load prepare DIRECTORY FILES SERIES    makes as many files with as many series each
///     endpoint-load update DIRECTORY SERIES           takes a file over and updates its series at full speed; writes a
///                                                     line as soon as it does, ends with its standard input, and then
///                                                     prints updates and nanoseconds of the slowest one in a thousand
@main
struct EndpointLoad {
    static func main() {
        let arguments = CommandLine.arguments
        switch (arguments.dropFirst().first, arguments.count) {
        case ("prepare", 5): prepare(arguments[2], files: Int(arguments[3]) ?? 0, series: Int(arguments[4]) ?? 0)
        case ("update", 4): update(arguments[2], series: Int(arguments[3]) ?? 0)
        default: exit(64)
        }
    }

    private static func prepare(_ directory: String, files: Int, series: Int) {
        // Each registry has a slot, and a file, of its own, as a process has.
        let registries = (0..<files).map { _ in MetricsRegistry(storage: .directory(directory)) }
        for (number, registry) in registries.enumerated() {
            let requests = HTTPRequests(registry: registry)
            for index in 0..<series {
                requests.inc(by: Double(number + index), method: .get, path: "/api/v1/item/\(index)", code: "200")
            }
        }
        withExtendedLifetime(registries) {}
    }

    private static func update(_ directory: String, series: Int) {
        let registry = MetricsRegistry(storage: .directory(directory))
        let requests = HTTPRequests(registry: registry)
        let children = (0..<series).map { requests.labels(method: .get, path: "/api/v1/item/\($0)", code: "200") }
        // Counts of updates by nanoseconds; the last one is for all that took longer.
        var times = [Int](repeating: 0, count: 100_000)
        var updates = 0
        _ = write(1, "\n", 1)
        while !inputHasEnded() {
            // One in sixteen is timed: a clock costs more than an update.
            for _ in 0..<1024 {
                let start = nanoseconds()
                children[updates % series].inc()
                times[min(nanoseconds() - start, times.count - 1)] += 1
                for offset in 1..<16 { children[(updates + offset) % series].inc() }
                updates += 16
            }
        }
        var rest = updates / 16 / 1000
        let slow = times.indices.last { index in
            rest -= times[index]
            return rest <= 0
        }
        print("{\"updates\": \(updates), \"p999_ns\": \(slow ?? 0)}")
        withExtendedLifetime(registry) {}
    }

    private static func inputHasEnded() -> Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, 0) > 0
    }

    private static func nanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
