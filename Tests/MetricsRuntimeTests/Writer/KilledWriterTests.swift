import Foundation
import MetricsRuntime
import Synchronization
import Testing

/// Writers that are killed at random moments, and workers that come and go, under readers that never stop.
///
/// A sample runs each time, with a seed that is printed; `LONG=1` runs the whole.
@Suite("Writers that are killed", .serialized)
struct KilledWriterTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"
    private static let atATime = 8

    @Test("No scrape fails, no sum falls, and no empty file is left")
    func killed() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("KilledWriterTests.killed: seed \(seed)")
        try await TemporaryFolder.withAsync { folder in
            let python = PythonPeer.isPresent ? try PythonScraper(folder, sample: "probe_total") : nil
            let executable = try ProbeRun.executable
            await Threads.together(
                (0..<Self.atATime).map { lane in
                    {
                        var random = SeededGenerator(seed: seed &+ UInt64(lane))
                        for _ in 0..<(Self.isLong ? 5000 : 80) / Self.atATime {
                            guard let pid = Self.spawn(executable, ["count-until-killed", folder]) else { continue }
                            // Any moment will do: from before its first instruction to the middle of its work.
                            usleep(UInt32.random(in: 0...100_000, using: &random))
                            kill(pid, SIGKILL)
                            waitpid(pid, nil, 0)
                        }
                    }
                },
                beside: [{ Self.scrape(folder, until: $0) }]
            )
            if let python {
                let (scrapes, problem) = python.finish()
                #expect(scrapes > 0 && problem.trimmingCharacters(in: .whitespaces) == "", "\(problem)")
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".db") }
            #expect(!files.isEmpty && files.count <= Self.atATime)
            for file in files {
                let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")[.size] as? Int
                #expect((size ?? 0) >= 8, "\(file)")
            }
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            #expect(collector.faults == [:])
            if PythonPeer.isPresent {
                let ours = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
                let theirs = ExpositionLines.normalised(try PythonPeer.collect(folder))
                #expect(ours == theirs)
            }
        }
    }

    @Test("Short-lived workers leave as many files as lived at a time, and their counts add up exactly")
    func shortLived() async throws {
        let count = Self.isLong ? 10_000 : 80
        try await TemporaryFolder.withAsync { folder in
            let executable = try ProbeRun.executable
            let failures = await Self.countInLanes(executable, folder, count: count)
            #expect(failures == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".db") }
            for prefix in ["counter_", "histogram_"] + MultiprocessMode.allCases.map({ "gauge_\($0.rawValue)_" }) {
                #expect(files.filter { $0.hasPrefix(prefix) }.count <= Self.atATime, "\(prefix)")
            }
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
                        guard let pid = spawn(executable, ["count", folder, "3"]) else {
                            failures.withLock { $0 += 1 }
                            continue
                        }
                        var status: Int32 = 0
                        if waitpid(pid, &status, 0) != pid || status != 0 { failures.withLock { $0 += 1 } }
                    }
                }
            },
            beside: [{ scrape(folder, until: $0) }]
        )
        return failures.withLock { $0 }
    }

    /// Collects until told to stop, and watches the sum.
    private static func scrape(_ folder: String, until stop: Stop) {
        let collector = MultiprocessCollector(directory: folder)
        var last = 0.0
        while !stop.isSet {
            let sum = collector.collect().family("probe")?.values.reduce(0, +) ?? 0
            #expect(sum >= last)
            last = sum
        }
        #expect(collector.faults == [:])
    }

    /// Starts a program without waiting for anything; `nil` where the system refuses.
    private static func spawn(_ executable: String, _ arguments: [String]) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, executable, &actions, nil, &words, environ)
        // A signal to a number that is no process's may go to all of them.
        return result == 0 && pid > 0 ? pid : nil
    }
}
