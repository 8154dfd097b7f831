import Foundation
import MetricsRuntime
import ProcessTesting
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Files that change while they are read", .blocking)
struct ChangingFileTests {
    /// Runs `writer` and scrapes until it ends; `check` sees every scrape.
    private func scrape(
        _ folder: String,
        during writer: @escaping @Sendable () throws -> Void,
        check: (MetricSnapshot) -> Void
    ) async {
        // A thread of its own: both sides never suspend, and the tasks of a small machine share one or two threads.
        let writing = Flag()
        Thread.detachNewThread {
            do {
                try writer()
            } catch {
                Issue.record(error)
            }
            writing.isDone.store(true, ordering: .releasing)
        }
        let collector = MultiprocessCollector(directory: folder)
        repeat {
            check(collector.collect())
            await Task.yield()
        } while !writing.isDone.load(ordering: .acquiring)
        check(collector.collect())
    }

    private final class Flag: Sendable {
        let isDone = Atomic<Bool>(false)
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test("A writer that appends entries as Python's does: sums never fall, series never vanish")
    func appending() async throws {
        try await inFolder { folder in
            try MultiprocessFileBytes().write("counter_1.db", in: folder)
            let path = "\(folder)/counter_1.db"
            var (lastCount, lastSum) = (0, 0.0)
            await scrape(folder) {
                let descriptor = open(path, O_RDWR)
                defer { close(descriptor) }
                var used = MultiprocessEntry.headerLength
                for index in 0..<3_000 {
                    var entry: [UInt8] = []
                    let key = MultiprocessKey.encode(
                        family: "c",
                        sample: "c_total",
                        labels: [("i", "\(index)")],
                        help: "h"
                    )
                    MultiprocessEntry.append(key: key, value: 1, timestamp: 0, to: &entry)
                    #expect(pwrite(descriptor, entry, entry.count, off_t(used)) == entry.count)
                    used += entry.count
                    let header = MultiprocessFileBytes.native(UInt32(used))
                    #expect(pwrite(descriptor, header, 4, 0) == 4)
                }
            } check: { snapshot in
                let values = snapshot.family("c")?.values ?? []
                let sum = values.reduce(0, +)
                #expect(values.count >= lastCount)
                #expect(sum >= lastSum)
                #expect(sum == Double(values.count))
                (lastCount, lastSum) = (values.count, sum)
            }
            #expect(lastCount == 3_000)
        }
    }

    @Test("A file that is cut, rewritten, removed and put back: what comes out was in it at some time")
    func shrinking() async throws {
        try await inFolder { folder in
            try MultiprocessFileBytes { $0.add("good", sample: "good_total", value: 1) }.write(
                "counter_1.db",
                in: folder
            )
            let path = "\(folder)/counter_2.db"
            await scrape(folder) {
                var random = SeededGenerator(seed: 9)
                for round in 0..<60 {
                    let file = MultiprocessFileBytes { file in
                        for index in 0..<600 {
                            file.add("c", sample: "c_total", [("i", "\(index)"), ("r", "\(round % 2)")], value: 7)
                        }
                    }
                    try file.write("counter_2.db", in: folder)
                    switch round % 3 {
                    case 0: #expect(truncate(path, off_t(Int.random(in: 0...file.bytes.count, using: &random))) == 0)
                    case 1: #expect(unlink(path) == 0)
                    default: break
                    }
                }
            } check: { snapshot in
                #expect(snapshot.value("good_total") == 1)
                // Cutting a file writes zeros behind the cut up to the end of the page.
                #expect(snapshot.family("c")?.values.allSatisfy { $0 == 7 || $0 == 0 } ?? true)
            }
        }
    }
}
