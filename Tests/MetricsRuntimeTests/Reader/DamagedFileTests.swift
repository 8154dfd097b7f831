import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Damaged and foreign files", .blocking)
struct DamagedFileTests {
    /// What a folder gives beside a good file, which must come out whatever the others are.
    private func collect(_ build: (String) throws -> Void) throws -> (samples: [String], faults: [MultiprocessFault]) {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { $0.add("good", sample: "good_total", value: 1) }.write(
                "counter_1.db",
                in: folder
            )
            try build(folder)
            let collector = MultiprocessCollector(directory: folder)
            let lines = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
            let samples = lines.filter { !$0.hasPrefix("#") }
            let faults = collector.lastFaults.map(\.fault)
            // Once more, now that the collector knows the files.
            #expect(ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect())) == lines)
            #expect(collector.lastFaults.map(\.fault) == faults)
            #expect(samples.first == "good_total 1.0")
            return (Array(samples.dropFirst()), faults)
        }
    }

    private func collect(
        _ build: (inout MultiprocessFileBytes) -> Void
    ) throws -> (samples: [String], faults: [MultiprocessFault]) {
        var file = MultiprocessFileBytes()
        file.add("a", sample: "a_total", value: 1)
        file.add("b", sample: "b_total", value: 2)
        build(&file)
        return try collect { try file.write("counter_2.db", in: $0) }
    }

    private let both = ["a_total 1.0", "b_total 2.0"]

    @Test("Files cut at every length keep the entries in front of the cut", arguments: 0..<98)
    func cut(length: Int) throws {
        let result = try collect { $0.cut(to: length) }
        let entry = MultiprocessEntry.length(keyLength: 28)
        let whole = 2 * entry + 8
        #expect(whole == 120)
        let samples = Array(both.prefix(max(0, length - 8) / entry))
        #expect(result.samples == samples)
        #expect(result.faults == [length < 8 ? .tooShort : .truncated])
    }

    @Test(
        "Headers that can't be, and headers of files without entries",
        arguments: [
            (0, nil), (8, nil), (1, .badHeader), (7, .badHeader), (-1, .badHeader), (Int(Int32.min), .badHeader),
        ] as [(Int, MultiprocessFault?)]
    )
    func headers(used: Int, fault: MultiprocessFault?) throws {
        let result = try collect { $0.setUsed(used) }
        #expect(result.samples == [])
        #expect(result.faults == (fault.map { [$0] } ?? []))
    }

    @Test("A header that counts more than the file has")
    func tooMuchUsed() throws {
        #expect(try collect { $0.setUsed(Int(Int32.max)) } == (both, [.truncated]))
        #expect(try collect { $0.setUsed(121) } == (both, [.truncated]))
    }

    @Test("Four gibibytes used are a negative number")
    func fourGibibytes() throws {
        #expect(try collect { $0.setUsed(0xffff_ffff) } == ([], [.badHeader]))
    }

    @Test("A header that ends within an entry")
    func usedWithinEntry() throws {
        for used in 65..<120 {
            #expect(try collect { $0.setUsed(used) } == (["a_total 1.0"], [.badEntry]))
        }
    }

    @Test("What stands behind the used part doesn't count")
    func junkBehind() throws {
        #expect(try collect { $0.addUncounted(Array("junk that nobody counts".utf8)) } == (both, []))
    }

    @Test("Zeros that are counted already are entries to come")
    func announcedZeros() throws {
        #expect(try collect { $0.add(raw: [UInt8](repeating: 0, count: 4096)) } == (both, []))
        #expect(try collect { $0.add(raw: [UInt8](repeating: 0, count: 8)) } == (both, []))
    }

    @Test("Lengths that can't be", arguments: [-1, -24, Int32.min, 1 << 20, Int32.max, 0])
    func badLength(length: Int32) throws {
        let result = try collect { file in
            file.add(raw: MultiprocessFileBytes.native(length) + [UInt8](repeating: 1, count: 60))
            file.add("later", sample: "later_total", value: 3)
        }
        #expect(result == (both, [.badEntry]))
    }

    @Test("An entry with a bad key is stepped over", arguments: ["", "{}", "[1]", "\u{0}\u{0}\u{0}\u{0}", "null"])
    func badKey(key: String) throws {
        let result = try collect { file in
            file.add(key: Array((key + "    ").utf8), value: 1)
            file.add("later", sample: "later_total", value: 3)
        }
        #expect(result == (both + ["later_total 3.0"], [.badKey]))
    }

    @Test("Long label values come out, and a key beyond all reason is stepped over")
    func longKeys() throws {
        let long = String(repeating: "x", count: 700_000)
        let tooLong = String(repeating: "y", count: 1_100_000)
        let result = try collect { file in
            file.add("l", sample: "l_total", [("v", long)], value: 5)
            file.add("t", sample: "t_total", [("v", tooLong)], value: 6)
            file.add("later", sample: "later_total", value: 3)
        }
        #expect(result == (both + ["l_total{v=\"\(long)\"} 5.0", "later_total 3.0"], [.keyTooLong]))
    }

    @Test("Entries across the ends of the reader's buffer", arguments: [0, 1, 5, 13])
    func manyEntries(extra: Int) throws {
        let result = try collect { file in
            for index in 0..<9_000 {
                file.add("m", sample: "m_total", [("i", String(repeating: "p", count: extra) + "\(index)")], value: 1)
            }
        }
        #expect(result.samples.count == 9_002)
        #expect(result.faults == [])
    }

    @Test("A sparse file of the largest size that a header can count")
    func sparse() throws {
        let result = try collect { folder in
            var file = MultiprocessFileBytes { $0.add("a", sample: "a_total", value: 1) }
            file.setUsed(Int(Int32.max))
            try file.write("counter_2.db", in: folder)
            #expect(truncate("\(folder)/counter_2.db", off_t(Int32.max)) == 0)
            try file.write("counter_3.db", in: folder)
            #expect(truncate("\(folder)/counter_3.db", off_t(1) << 33) == 0)
        }
        #expect(result == (["a_total 2.0"], []))
    }

    @Test(
        "Files that claim to be large take no memory for it",
        .disabled(if: ProbeRun.isUnderThreadSanitizer, "ThreadSanitizer needs an address space of its own")
    )
    func claims() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { $0.add("good", sample: "good_total", value: 1) }.write(
                "counter_1.db",
                in: folder
            )
            let lengths: [Int32] = [.max, .max - 40, 1 << 30, (1 << 20) - 1]
            for (number, length) in lengths.enumerated() {
                var file = MultiprocessFileBytes { $0.add("a", sample: "a_total", value: 1) }
                file.add(raw: MultiprocessFileBytes.native(length) + [UInt8](repeating: 0x20, count: 200))
                file.setUsed(Int(Int32.max))
                try file.write("counter_\(number + 2).db", in: folder)
                try file.write("gauge_all_\(number + 2).db", in: folder)
                // The same with as much space as they claim, none of it on disk.
                try file.write("histogram_\(number + 2).db", in: folder)
                #expect(truncate("\(folder)/histogram_\(number + 2).db", off_t(Int32.max)) == 0)
            }
            let text = try ProbeRun.play("collect-in-little-memory", folder)
            #expect(text.contains("\ngood_total 1\n") && text.contains("\na_total 8\n"), "\(text)")
        }
    }

    @Test("Links, directories and pipes in the place of files, and foreign names")
    func foreign() throws {
        let result = try collect { folder in
            #expect(symlink("\(folder)/counter_1.db", "\(folder)/counter_2.db") == 0)
            #expect(symlink("/dev/zero", "\(folder)/counter_3.db") == 0)
            #expect(symlink("\(folder)/nowhere", "\(folder)/counter_4.db") == 0)
            #expect(mkdir("\(folder)/counter_5.db", 0o755) == 0)
            #expect(mkfifo("\(folder)/counter_6.db", 0o644) == 0)
            for name in ["app.db", "counter.db", "gauge_max.db", "gauge_mean_1.db", "other_1.db"] {
                try MultiprocessFileBytes { $0.add("x", value: 9) }.write(name, in: folder)
            }
            // Nobody looks at these.
            for name in [".counter_9.db", "counter_9.db.tmp", "counter_9.lock", "notes.txt"] {
                try MultiprocessFileBytes { $0.add("x", value: 9) }.write(name, in: folder)
            }
        }
        #expect(result.samples == [])
        let expected =
            Array(repeating: MultiprocessFault.notRegularFile, count: 5) + Array(repeating: .foreignName, count: 5)
        #expect(Set(result.faults) == Set(expected))
        #expect(result.faults.count == expected.count)
    }

    @Test("Reports name the file, the place and the remedy")
    func reports() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                file.add("a", sample: "a_total", value: 1)
                file.add(key: Array("[1, 2, 3, 4]".utf8), value: 1)
                file.add(raw: MultiprocessFileBytes.native(Int32(-5)) + [UInt8](repeating: 0, count: 60))
            }.write("counter_7.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            #expect(
                collector.lastFaults.map(\.description) == [
                    "counter_7.db, byte 104: the entry's length can't be; everything in front of it is served; "
                        + "remove the file when no process uses it any more",
                    "counter_7.db, byte 64: the entry's key can't be read (the key holds something else than a text at "
                        + "byte 1); the entry is left out; find out who writes it",
                ]
            )
            _ = collector.collect()
            #expect(collector.faults == [.badEntry: 2, .badKey: 2])
            #expect(collector.lastFaults.count == 2)
        }
    }

    @Test("A registry's own scrapes count what they leave out, and serve the rest")
    func registry() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            registry.counter().inc()
            #expect(registry.collect().family("metrics_entries_skipped") == nil, "nothing is left out yet")
            try Data([1, 2]).write(to: URL(fileURLWithPath: "\(folder)/counter_1.db"))
            for round in 1...3 {
                let snapshot = registry.collect()
                let skipped = #"metrics_entries_skipped_total{reason="\#(MultiprocessFault.tooShort.rawValue)"}"#
                #expect(snapshot.value(skipped) == Double(round))
                #expect(snapshot.value("jobs_total") == 1)
            }
        }
    }

    @Test("A fault is new once for each file, and again after it was mended")
    func newFaults() {
        var known = KnownFaults()
        let short = MultiprocessFaultReport(fault: .tooShort, file: "counter_1.db", offset: 0)
        let cut = [8, 40].map { MultiprocessFaultReport(fault: .badKey, file: "counter_1.db", offset: $0) }
        let other = MultiprocessFaultReport(fault: .badKey, file: "counter_2.db", offset: 8)
        #expect(known.new(among: [short] + cut) == [short, cut[0]])
        #expect(known.new(among: [short, cut[1], other]) == [other])
        #expect(known.new(among: [other]) == [])
        #expect(known.new(among: [short, other]) == [short])
    }

    @Test("Counts go on where reports stop")
    func manyFaults() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                for index in 0..<500 { file.add(key: Array("bad \(index)".utf8), value: 1) }
            }.write("counter_7.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            #expect(collector.faults == [.badKey: 500])
            #expect(collector.lastFaults.count == 100)
        }
    }
}
