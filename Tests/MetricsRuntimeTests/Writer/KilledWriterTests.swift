import Foundation
import MetricsRuntime
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
            let stop = Stop()
            let executable = try ProbeRun.executable
            let ours = Task.detached { Self.scrape(folder, until: stop) }
            await withTaskGroup { group in
                for lane in 0..<Self.atATime {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &+ UInt64(lane))
                        for _ in 0..<(Self.isLong ? 5000 : 80) / Self.atATime {
                            let pid = Self.spawn(executable, ["count-until-killed", folder])
                            // Any moment will do: from before its first instruction to the middle of its work.
                            usleep(UInt32.random(in: 0...40_000, using: &random))
                            kill(pid, SIGKILL)
                            waitpid(pid, nil, 0)
                        }
                    }
                }
            }
            stop.set()
            let (scrapes, falls) = await ours.value
            #expect(scrapes > 0 && falls == [], "\(falls)")
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
            let stop = Stop()
            let ours = Task.detached { Self.scrape(folder, until: stop) }
            await withTaskGroup { group in
                for _ in 0..<Self.atATime {
                    group.addTask {
                        for _ in 0..<count / Self.atATime {
                            let pid = Self.spawn(executable, ["count", folder, "3"])
                            var status: Int32 = 0
                            #expect(waitpid(pid, &status, 0) == pid && status == 0)
                        }
                    }
                }
            }
            stop.set()
            let (scrapes, falls) = await ours.value
            #expect(scrapes > 0 && falls == [], "\(falls)")
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

    /// Collects until told to stop; what fell.
    private static func scrape(_ folder: String, until stop: Stop) -> (scrapes: Int, falls: [String]) {
        let collector = MultiprocessCollector(directory: folder)
        var last = 0.0
        var falls: [String] = []
        var scrapes = 0
        while !stop.isSet {
            let sum = collector.collect().family("probe")?.values.reduce(0, +) ?? 0
            if sum < last { falls.append("\(last) to \(sum)") }
            last = sum
            scrapes += 1
        }
        return (scrapes, falls)
    }

    /// Starts a program without waiting for anything.
    private static func spawn(_ executable: String, _ arguments: [String]) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, executable, &actions, nil, &words, environ)
        return result == 0 ? pid : -1
    }
}
