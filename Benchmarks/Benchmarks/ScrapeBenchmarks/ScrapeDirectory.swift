import BenchmarkMetrics
import MetricsRuntime

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A directory as so many processes would leave it, each with the same series of a counter with three labels.
struct ScrapeDirectory {
    let path: String
    let files: [String]

    /// The directory with that many files and series, made by whoever needs it first; `nil` where that fails.
    ///
    /// The script that starts all benchmarks gives them a temporary folder, and shows Python the same directory.
    init?(files count: Int, series: Int) {
        let parent = getenv("METRICS_BENCHMARK_FOLDER").map { String(cString: $0) } ?? "/tmp"
        path = "\(parent)/scrape-\(count)x\(series)"
        if !Self.exists(path + ".complete") {
            guard Self.make(path, files: count, series: series) else { return nil }
            guard let marker = fopen(path + ".complete", "w") else { return nil }
            fclose(marker)
        }
        let folder = path
        files = (0..<count).map { "\(folder)/counter_swift-\($0).db" }
        guard files.allSatisfy(Self.exists) else { return nil }
    }

    /// Several registries stand for several processes: each has a slot, and files, of its own.
    private static func make(_ path: String, files: Int, series: Int) -> Bool {
        let registries = (0..<files).map { _ in MetricsRegistry(storage: .directory(path)) }
        for (number, registry) in registries.enumerated() {
            guard (try? registry.prepare()) != nil else { return false }
            let requests = HTTPRequests(registry: registry)
            for index in 0..<series {
                requests.inc(by: Double(number + index), method: .get, path: "/api/v1/item/\(index)", code: "200")
            }
        }
        return withExtendedLifetime(registries) { true }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The floor: reads what is used of every file into a buffer that is kept.
    func readAll(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var total = 0
        for file in files {
            let descriptor = open(file, O_RDONLY)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var header: (UInt32, UInt32) = (0, 0)
            guard pread(descriptor, &header, 8, 0) == 8 else { continue }
            let used = min(Int(header.0), buffer.count)
            total += max(0, pread(descriptor, buffer.baseAddress, used, 0))
        }
        return total
    }
}
