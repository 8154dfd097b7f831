import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Mending: dead slots' damaged files are whole again for Python's collector", .blocking)
struct MendingTests {
    enum Mender: String, CaseIterable {
        case reaper, nextOwner

        func mend(_ folder: String) {
            switch self {
            case .reaper: #expect(MultiprocessReaper(directory: folder).reapDeadSlots().failures == [])
            case .nextOwner: DeadSlotsFixture.fill(MetricsRegistry(storage: .directory(folder)), number: 0)
            }
        }

        /// How often the fixture's counter was counted up once this is done.
        var count: Double { self == .reaper ? 1 : 2 }
    }

    /// What one key looks like afterwards.
    enum Damage: CaseIterable {
        case zeros, noText, quotes, letters

        func overwrite(_ part: String, with count: Int, in path: String) throws {
            var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
            let start = try #require(bytes.indices.first { bytes[$0...].starts(with: part.utf8) }) + part.utf8.count
            let byte: UInt8 =
                switch self {
                case .zeros: 0
                case .noText: 0xff
                case .quotes: UInt8(ascii: "\"")
                case .letters: UInt8(ascii: "x")
                }
            bytes.replaceSubrange(start..<start + count, with: repeatElement(byte, count: count))
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test("One damaged key goes, the rest stays", arguments: Damage.allCases, Mender.allCases)
    func damagedKey(damage: Damage, mender: Mender) throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(1, in: folder)
            if damage != .letters {
                try damage.overwrite(#""key": "own"#, with: 3, in: folder + "/counter_swift-0.db")
            }
            // A number for Python too, so that letters fail it as well.
            try damage.overwrite(#""le": ""#, with: 2, in: folder + "/histogram_swift-0.db")
            if PythonPeer.isPresent {
                #expect(try PythonPeer.run(Self.judge, [folder]) == "False\n", "not damaged enough")
            }
            mender.mend(folder)
            #expect(MultiprocessCollector(directory: folder).collect().value(#"jobs_total{key="k"}"#) == mender.count)
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            #expect(collector.faults == [:])
            try PythonPeer.expectReadable(folder)
        }
    }

    @Test("A file cut to nothing, or in its header", arguments: [0, 3], Mender.allCases)
    func noHeader(length: Int, mender: Mender) throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(1, in: folder)
            truncate(folder + "/counter_swift-0.db", off_t(length))
            mender.mend(folder)
            #expect(MultiprocessCollector(directory: folder).collect().value("wait_seconds_count") == mender.count)
            try PythonPeer.expectReadable(folder)
        }
    }

    /// Whether Python's collector takes a directory, one line each.
    private static let judge = """
        import sys
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector
        for folder in sys.argv[1:]:
            try:
                list(MultiProcessCollector(None, folder).collect())
                print(True)
            except Exception:
                print(False)
        """

    /// Keys that a mad writer might write, and whether Python's collector takes them.
    private static let keys: [(text: String, isTaken: Bool)] = [
        (#"["a", "a_total", {}, "h"]"#, true),
        (#"["a", "a_total", {"n": 1, "m": -1.5e+3, "o": null, "p": NaN, "q": -Infinity, "r": true}, 7]"#, true),
        (#"["a", "a_total", {"__name__": "b"}, "h"]"#, true),
        (#"["a", "a_total", {"": "b"}, "h"]"#, true),
        (#"["a", "", {}, "h"]"#, true),
        (#"["a", "a_total", {"n": 01}, "h"]"#, false),
        (#"["a", "a_total", {"n": 1.}, "h"]"#, false),
        (#"["a", "a_total", {"n": nul}, "h"]"#, false),
        (#"["a", "a_total", {"n": [1]}, "h"]"#, false),
        (#"["a", "a_total", {1: "n"}, "h"]"#, false),
        (#"["a", "a_total", [], "h"]"#, false),
        (#"["a", "a_total", {}]"#, false),
        (#"["a", "a_total", {}, "h", "i"]"#, false),
        (#"["a", "a_total", {}, "h"] ]"#, false),
    ]

    @Test("What stays is what Python's collector takes")
    func judgement() throws {
        try TemporaryFolder.with { root in
            var folders: [String] = []
            for (index, key) in Self.keys.enumerated() {
                let folder = "\(root)/\(index)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                let file = MultiprocessFileBytes { $0.add(key: Array(key.text.utf8), value: 1) }
                try file.write("counter_swift-0.db", in: folder)
                try Data().write(to: URL(fileURLWithPath: folder + "/swift-0.lock"))
                folders.append(folder)
                #expect(MultiprocessReaper(directory: folder).reapDeadSlots().failures == [])
                let after = try Data(contentsOf: URL(fileURLWithPath: folder + "/counter_swift-0.db"))
                #expect((after.count > MultiprocessEntry.headerLength) == key.isTaken, "\(key.text)")
                // For Python's judgement on the key as it was.
                try file.write("counter_swift-0.db", in: folder)
            }
            guard PythonPeer.isPresent else { return }
            let verdicts = try PythonPeer.run(Self.judge, folders).split(separator: "\n").map { $0 == "True" }
            #expect(verdicts == Self.keys.map(\.isTaken))
        }
    }
}
