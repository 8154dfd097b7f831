import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

/// What the guide "Several processes" promises, event by event: each row of its table has a test of that name, which
/// holds for both readers what their columns say.
@Suite("Promises to operators", .blocking)
struct PromiseTests {
    /// Who reads a directory.
    enum Reader: String, CaseIterable, CustomTestStringConvertible {
        case ours = "our reader"
        case python = "Python's reader"

        var testDescription: String { rawValue }

        static let present = PythonPeer.isPresent ? allCases : [.ours]

        /// The lines of an exposition; one that begins with `EXCEPTION` where the scrape failed.
        func lines(_ folder: String) throws -> [String] {
            switch self {
            case .ours: DeadSlotsFixture.lines(folder)
            case .python: ExpositionLines.normalised(try PythonPeer.collect(folder))
            }
        }

        func value(_ sample: String, _ folder: String) throws -> Double? {
            try lines(folder).first { $0.hasPrefix(sample + " ") }.flatMap { Double($0.dropFirst(sample.count + 1)) }
        }
    }

    @Test("Each row of the guide's table is tested under its name, and none is tested that is not there")
    func table() throws {
        let guide = PeerData.packageRoot.appendingPathComponent("Documentation/SeveralProcesses.md")
        let text = String(decoding: try Data(contentsOf: guide), as: UTF8.self)
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| event | our reader | Python's reader |") }
            .dropFirst(2).prefix { $0.hasPrefix("|") }
            .map { $0.split(separator: "|")[0].trimmingCharacters(in: .whitespaces) }
        let source = String(decoding: try Data(contentsOf: URL(fileURLWithPath: #filePath)), as: UTF8.self)
        let tests = source.split(separator: "\n").compactMap { line -> String? in
            let line = line.trimmingCharacters(in: .whitespaces)
            let name = line.hasPrefix("@Test(") ? line.dropFirst("@Test(".count) : line[...]
            guard name.hasPrefix("\"a row: ") else { return nil }
            return String(name.dropFirst("\"a row: ".count).prefix { $0 != "\"" })
        }
        #expect(rows == tests)
    }

    @Test("a row: writer killed at any instruction", arguments: Reader.present)
    func writerKilled(reader: Reader) throws {
        // At random instructions: `KilledWriterTests`. Here in the middle of its work.
        try TemporaryFolder.with { folder in
            let writer = try ProbeRun.start("count-until-killed", folder)
            let gauges = try ProbeRun.start("serve-gauges", folder, "5")
            usleep(20_000)
            writer.kill()
            gauges.kill()
            let sum: () throws -> Double = {
                try reader.lines(folder).filter { $0.hasPrefix("probe_total{") }
                    .reduce(0) { $0 + (Double($1.split(separator: " ").last ?? "") ?? .nan) }
            }
            let before = try sum()
            #expect(before > 0)
            switch reader {
            case .ours:
                #expect(try reader.value("probe_gauge_livesum", folder) == nil)
            case .python:
                #expect(try reader.value("probe_gauge_livesum", folder) == 5, "they go when somebody reaps")
                _ = MultiprocessReaper(directory: folder).reapDeadSlots()
                #expect(try reader.value("probe_gauge_livesum", folder) == nil)
            }
            _ = try ProbeRun.play("count", folder, "3")
            #expect(try sum() == before + 3)
            #expect(try reader.value("probe_gauge_sum", folder) == 8)
        }
    }

    @Test("a row: slot adopted by the next process", arguments: Reader.present)
    func slotAdopted(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            for round in 1...4 {
                _ = try ProbeRun.play("count", folder, "7")
                #expect(try reader.value(#"probe_total{key="k"}"#, folder) == Double(7 * round))
                #expect(try reader.value(#"probe_seconds_count{key="h"}"#, folder) == Double(7 * round))
            }
        }
    }

    @Test("a row: damaged or foreign file", arguments: Reader.present)
    func damagedFile(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            _ = try ProbeRun.play("count", folder, "7")
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/counter_foreign.db"))
            switch reader {
            case .ours:
                let collector = MultiprocessCollector(directory: folder)
                #expect(collector.collect().value(#"probe_total{key="k"}"#) == 7)
                #expect(collector.faults[.tooShort] == 1)
            case .python:
                #expect(try reader.lines(folder).first?.hasPrefix("EXCEPTION") == true)
            }
        }
    }

    @Test("a row: dead slots folded inside their own file", arguments: Reader.present)
    func folded(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            for value in ["5", "9", "2"] { _ = try ProbeRun.play("count", folder, value) }
            // Live gauges go in any case; what is folded is the rest.
            _ = MultiprocessReaper(directory: folder).markProcessDead(pid: 1)
            let before = try reader.lines(folder)
            #expect(!MultiprocessReaper(directory: folder).reapDeadSlots().foldedFiles.isEmpty)
            #expect(try reader.lines(folder) == before)
        }
    }

    @Test("a row: archive across slots (`--sole-reader`, under a lock)", arguments: Reader.present)
    func archived(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(3, in: folder)
            let reaper = MultiprocessReaper(directory: folder)
            _ = reaper.reapDeadSlots()
            #expect(try !DeadSlotsFixture.files(in: folder).contains { $0.contains("archive") }, "off by default")
            guard reader == .ours else { return }
            let before = try Set(reader.lines(folder))
            #expect(!reaper.archiveDeadSlots().archivedFiles.isEmpty)
            #expect(try Set(reader.lines(folder)) == before)
        }
    }

    @Test(
        "a row: disk full",
        .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence),
        arguments: Reader.present
    )
    func diskFull(reader: Reader) throws {
        try SmallFileSystem.tmpfs(options: "size=128k").with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
            let known = CounterChild(family._child1(0, "known"))
            try SmallFileSystem.fill(folder + "/filler")
            let new = (0..<1000).map { CounterChild(family._child1(0, "a label value of some length \($0)")) }
            for child in new { child.inc() }
            known.inc(by: 9)
            #expect(try reader.value(#"jobs_total{key="known"}"#, folder) == 9)
            if reader == .ours {
                #expect(registry.collect().family("jobs")?.values.reduce(0, +) == 1009.0)
            }
        }
    }

    @Test("a row: series removed", arguments: Reader.present)
    func seriesRemoved(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
            let kept = CounterChild(family._child1(0, "a"))
            kept.inc(by: 2)
            family._remove1(0, "a")
            kept.inc()
            let value = try reader.value(#"jobs_total{key="a"}"#, folder)
            #expect(value == (reader == .ours ? nil : 3))
        }
    }

    @Test("a row: fork", .disabled(if: ProbeRun.isUnderThreadSanitizer), arguments: Reader.present)
    func fork(reader: Reader) throws {
        try TemporaryFolder.with { folder in
            // Three thousand series: 5 each in the parent, 14 in the child, which began from zero.
            let output = try ProbeRun.play("kept-children", folder)
            #expect(output == "ok\n")
            #expect(try reader.value(#"probe_total{key="key-500"}"#, folder) == 19)
            #expect(try reader.value(#"probe_seconds_count{key="h"}"#, folder) == 3)
        }
    }
}
