import Benchmark
import Measurement
import MetricsRuntime

/// The merge of a directory, for the first time and later, beside reading its bytes.
enum CollectionBenchmarks {
    /// Enough for one file of the largest directory.
    private static let bufferSize = 256 << 20

    static func register() {
        register("collection of 64 files x 10 000 series, first", files: 64, series: 10_000, isFirst: true)
        register("collection of 64 files x 10 000 series, later", files: 64, series: 10_000, isFirst: false)
    }

    /// Registers one row; a collector is made anew each time for `isFirst`, else kept.
    static func register(_ name: String, files: Int, series: Int, isFirst: Bool, iterations: Int = 15) {
        nonisolated(unsafe) var prepared: (ScrapeDirectory, MultiprocessCollector, UnsafeMutableRawBufferPointer)?
        Benchmark(
            name,
            configuration: Row.configuration(
                name,
                [.subject, .reference, .ratio, .allocations],
                iterations: iterations
            )
        ) { benchmark in
            if prepared == nil, let directory = ScrapeDirectory(files: files, series: series) {
                let collector = MultiprocessCollector(directory: directory.path)
                blackHole(collector.collect())
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 4096)
                _ = directory.readAll(into: buffer)
                prepared = (directory, collector, buffer)
            }
            guard let (directory, kept, buffer) = prepared else {
                benchmark.error("the directory of \(files) files cannot be made")
                return
            }
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in blackHole(directory.readAll(into: buffer)) },
                subject: { _ in
                    let collector = isFirst ? MultiprocessCollector(directory: directory.path) : kept
                    blackHole(collector.collect())
                }
            )
        }
    }
}
