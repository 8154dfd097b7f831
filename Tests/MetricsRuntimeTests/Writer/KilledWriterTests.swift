import Foundation
import MetricsRuntime
import ProcessTesting
import Synchronization
import Testing

/// Writers that are killed at random moments, and workers that come and go, under readers that never stop.
///
/// A sample runs each time, with a seed that is printed; `LONG=1` runs the whole. One after the other: each keeps eight
/// processes at work, and two at once would leave the readers too little time to be in the middle of anything.
@Suite("Writers that are killed", .blocking, .serialized)
struct KilledWriterTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"
    private static let atATime = 8

    /// What only ever grows, whoever dies: samples of the probe that counts until it is killed.
    private static let sums = [
        "probe_total", "probe_seconds_count", "probe_seconds_sum", "probe_size_count", "probe_size_sum",
        "probe_busy_sum",
    ]

    @Test("No scrape fails, no sum falls, and no empty file is left")
    func killed() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        let count = Self.isLong ? 5000 : 80
        print("KilledWriterTests.killed: seed \(seed)")
        try await TemporaryFolder.withAsync { folder in
            let python = PythonPeer.isPresent ? try PythonScraper(folder, samples: Self.sums) : nil
            let executable = try ProbeRun.executable
            let failures = Mutex(0)
            let started = Mutex(0)
            await Threads.together(
                (0..<Self.atATime).map { lane in
                    {
                        var random = SeededGenerator(seed: seed &+ UInt64(lane))
                        for round in 0..<count / Self.atATime {
                            guard let output = try? DescriptorPipe(),
                                let writer = try? ChildProgram(
                                    executable,
                                    ["count-until-killed", folder],
                                    output: output.writing
                                )
                            else {
                                failures.withLock { $0 += 1 }
                                continue
                            }
                            output.closeWriting()
                            // Half of them in the middle of their work, whenever that begins; the others at any moment,
                            // also before their first instruction.
                            let isAtWork = round % 2 == 0 && !output.read(atMost: 1).isEmpty
                            if isAtWork { started.withLock { $0 += 1 } }
                            usleep(UInt32.random(in: 0...(isAtWork ? 20_000 : 60_000), using: &random))
                            writer.kill()
                        }
                    }
                },
                beside: [{ Self.scrape(folder, Self.sums, until: $0) }]
            )
            #expect(failures.withLock { $0 } == 0)
            if let python {
                let (scrapes, problem) = python.finish()
                #expect(scrapes > 0 && problem.trimmingCharacters(in: .whitespaces) == "", "\(problem)")
            }
            try Self.expectFewFiles(in: folder)
            let collector = MultiprocessCollector(directory: folder)
            let snapshot = collector.collect()
            #expect(collector.faults == [:])
            #expect(started.withLock { $0 } >= count / 2)
            #expect(snapshot.value(#"probe_total{key="started"}"#) ?? 0 >= Double(count / 2))
            #expect(snapshot.value("probe_busy_livesum") == nil, "nobody lives")
            if PythonPeer.isPresent {
                let ours = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
                let theirs = ExpositionLines.normalised(try PythonPeer.collect(folder))
                #expect(ours == theirs)
            }
        }
    }

    /// No more files of a kind than writers at a time, and none of them empty.
    private static func expectFewFiles(in folder: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".db") }
        #expect(!files.isEmpty)
        let kinds = ["counter_", "histogram_", "summary_"] + MultiprocessMode.allCases.map { "gauge_\($0.rawValue)_" }
        for kind in kinds { #expect(files.filter { $0.hasPrefix(kind) }.count <= atATime, "\(kind)") }
        for file in files {
            let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")[.size] as? Int
            #expect((size ?? 0) >= 8, "\(file)")
        }
    }

    @Test("Short-lived workers leave as many files as lived at a time, and their counts add up exactly")
    func shortLived() async throws {
        let count = Self.isLong ? 10_000 : 80
        try await TemporaryFolder.withAsync { folder in
            let executable = try ProbeRun.executable
            let failures = await Self.countInLanes(executable, folder, count: count)
            #expect(failures == 0)
            try Self.expectFewFiles(in: folder)
            let snapshot = MultiprocessCollector(directory: folder).collect()
            #expect(snapshot.value(#"probe_total{key="k"}"#) == Double(3 * count))
            #expect(snapshot.value(#"probe_seconds_count{key="h"}"#) == Double(3 * count))
            #expect(snapshot.value(#"probe_seconds_sum{key="h"}"#) == 1.5 * Double(count))
            #expect(snapshot.value("probe_gauge_sum") == Double(3 * count))
            if PythonPeer.isPresent {
                let theirs = try PythonPeer.collect(folder)
                #expect(theirs.contains("probe_total{key=\"k\"} \(Double(3 * count))\n"))
            }
        }
    }

    /// Runs workers that count three times each, some at a time; how many of them failed.
    private static func countInLanes(_ executable: String, _ folder: String, count: Int) async -> Int {
        let failures = Mutex(0)
        await Threads.together(
            (0..<atATime).map { _ in
                {
                    for _ in 0..<count / atATime {
                        let isWell = (try? ChildProgram(executable, ["count", folder, "3"]))?.wait() == 0
                        if !isWell { failures.withLock { $0 += 1 } }
                    }
                }
            },
            beside: [{ scrape(folder, ["probe_total", "probe_seconds_count", "probe_gauge_sum"], until: $0) }]
        )
        return failures.withLock { $0 }
    }

    /// Collects until told to stop, and watches sums of samples.
    private static func scrape(_ folder: String, _ samples: [String], until stop: Stop) {
        let collector = MultiprocessCollector(directory: folder)
        var last = [Double](repeating: 0, count: samples.count)
        repeat {
            let snapshot = collector.collect()
            let sums = samples.map(snapshot.sum)
            for (index, sample) in samples.enumerated() {
                #expect(sums[index] >= last[index], "\(sample)")
            }
            last = sums
        } while !stop.isSet
        #expect(collector.faults == [:])
    }
}
