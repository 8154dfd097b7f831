import Foundation
import MetricsRuntime
import Testing

@Suite("Collector")
struct MultiprocessCollectorTests {
    /// The samples of a folder, each as its text and value, in order.
    private func samples(_ collector: MultiprocessCollector) -> [String] {
        let text = ExpositionFormat.text.encode(collector.collect())
        return ExpositionLines.normalised(text).filter { !$0.hasPrefix("#") }
    }

    private func counters(_ values: [(String, Double)]) -> MultiprocessFileBytes {
        MultiprocessFileBytes { file in
            for (label, value) in values {
                file.add("c", sample: "c_total", [("l", label)], value: value)
            }
        }
    }

    @Test("No directory, an empty one, and one that appears later")
    func emptiness() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: "\(folder)/later")
            #expect(collector.collect().families.isEmpty)
            #expect(collector.faults.isEmpty)
            try FileManager.default.createDirectory(atPath: "\(folder)/later", withIntermediateDirectories: false)
            #expect(collector.collect().families.isEmpty)
            try counters([("a", 1)]).write("counter_1.db", in: "\(folder)/later")
            #expect(samples(collector) == [#"c_total{l="a"} 1.0"#])
            try FileManager.default.removeItem(atPath: "\(folder)/later")
            #expect(collector.collect().families.isEmpty)
            #expect(collector.faults.isEmpty)
        }
    }

    @Test("A path that is no directory is a fault, not an error")
    func notADirectory() throws {
        try TemporaryFolder.with { folder in
            try Data().write(to: URL(fileURLWithPath: "\(folder)/file"))
            let collector = MultiprocessCollector(directory: "\(folder)/file")
            #expect(collector.collect().families.isEmpty)
            #expect(collector.faults == [.unreadableDirectory: 1])
        }
    }

    @Test("Values are read at every scrape; keys that come later are found")
    func rescrape() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            try counters([("a", 1), ("b", 2)]).write("counter_1.db", in: folder)
            try counters([("b", 10), ("a", 20)]).write("counter_2.db", in: folder)
            #expect(samples(collector) == [#"c_total{l="a"} 21.0"#, #"c_total{l="b"} 12.0"#])
            try counters([("a", 2), ("b", 3)]).write("counter_1.db", in: folder)
            #expect(samples(collector) == [#"c_total{l="a"} 22.0"#, #"c_total{l="b"} 13.0"#])
            try counters([("a", 2), ("b", 3), ("new", 4)]).write("counter_1.db", in: folder)
            #expect(
                samples(collector) == [#"c_total{l="a"} 22.0"#, #"c_total{l="b"} 13.0"#, #"c_total{l="new"} 4.0"#]
            )
            #expect(collector.faults.isEmpty)
        }
    }

    @Test("A file with other keys under the old name, in the same inode or another, is read anew")
    func replacement() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            let path = "\(folder)/counter_1.db"
            try counters([("aa", 1), ("bb", 2)]).write("counter_1.db", in: folder)
            _ = collector.collect()
            // Equal lengths and another order: nothing but the bytes of the keys tells.
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.write(contentsOf: Data(counters([("bb", 20), ("aa", 10)]).bytes))
            try handle.close()
            #expect(samples(collector) == [#"c_total{l="bb"} 20.0"#, #"c_total{l="aa"} 10.0"#])
            try FileManager.default.removeItem(atPath: path)
            try counters([("cc", 5)]).write("counter_1.db", in: folder)
            #expect(samples(collector) == [#"c_total{l="cc"} 5.0"#])
            try FileManager.default.removeItem(atPath: path)
            #expect(samples(collector).isEmpty)
            try counters([("aa", 7)]).write("counter_1.db", in: folder)
            #expect(samples(collector) == [#"c_total{l="aa"} 7.0"#])
        }
    }

    @Test("Removed series are left out, and come back when they are written again")
    func tombstones() throws {
        let removed = Double(bitPattern: MultiprocessEntry.tombstone)
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            func write(_ stamps: [Double]) throws {
                try MultiprocessFileBytes { file in
                    for (index, stamp) in stamps.enumerated() {
                        file.add("c", sample: "c_total", [("l", "\(index)")], value: 1, timestamp: stamp)
                    }
                }.write("counter_1.db", in: folder)
                try MultiprocessFileBytes { file in
                    file.add("g", value: 3, timestamp: stamps[0].isNaN ? removed : 5)
                }.write("gauge_mostrecent_1.db", in: folder)
            }
            try write([removed, 0, removed])
            #expect(samples(collector) == [#"c_total{l="1"} 1.0"#])
            try write([0, removed, 0])
            #expect(samples(collector) == [#"c_total{l="0"} 1.0"#, #"c_total{l="2"} 1.0"#, "g 3.0"])
            try write([removed, removed, removed])
            #expect(collector.collect().families.isEmpty)
            // Another process still has the series.
            try counters([("1", 8)]).write("counter_2.db", in: folder)
            #expect(samples(collector) == [#"c_total{l="1"} 8.0"#])
        }
    }

    @Test("A histogram's buckets become cumulative and its count follows them")
    func histogram() throws {
        func file(_ values: [Double], labels: [(name: String, value: String)] = []) -> MultiprocessFileBytes {
            MultiprocessFileBytes { file in
                file.add("h", sample: "h_sum", labels, value: values[0])
                for (bound, value) in zip(["0.5", "1.0", "1e+06", "+Inf"], values.dropFirst()) {
                    file.add("h", sample: "h_bucket", labels + [("le", bound)], value: value)
                }
            }
        }
        try TemporaryFolder.with { folder in
            try file([2.5, 1, 2, 3, 4]).write("histogram_1.db", in: folder)
            try file([0.5, 10, 20, 30, 40], labels: [("k", "v"), ("z", "w")]).write("histogram_2.db", in: folder)
            try file([1, 1, 1, 1, 1]).write("histogram_3.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            #expect(
                samples(collector) == [
                    "h_sum 3.5", #"h_bucket{le="0.5"} 2.0"#, #"h_bucket{le="1.0"} 5.0"#, #"h_bucket{le="1e+06"} 9.0"#,
                    #"h_bucket{le="+Inf"} 14.0"#, "h_count 14.0",
                    #"h_sum{k="v",z="w"} 0.5"#, #"h_bucket{k="v",le="0.5",z="w"} 10.0"#,
                    #"h_bucket{k="v",le="1.0",z="w"} 30.0"#, #"h_bucket{k="v",le="1e+06",z="w"} 60.0"#,
                    #"h_bucket{k="v",le="+Inf",z="w"} 100.0"#, #"h_count{k="v",z="w"} 100.0"#,
                ]
            )
            let family = collector.collect().family("h")
            #expect(family?.type == .histogram)
            #expect(family?.value(#"h_bucket{le="1.0"}"#) == 5)
        }
    }

    @Test("Spellings of one bound are one bucket; what is no number is left out")
    func bounds() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                for bound in [
                    "10", "10.0", "1e1", " 1_0.0 ", "inf", "+Inf", "-1", "0.0", "-0.0", "ten", "0x1p3", "nan",
                ] {
                    file.add("h", sample: "h_bucket", [("le", bound)], value: 1)
                }
            }.write("histogram_1.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            #expect(
                samples(collector) == [
                    #"h_bucket{le="-1.0"} 1.0"#, #"h_bucket{le="0.0"} 3.0"#, #"h_bucket{le="10.0"} 7.0"#,
                    #"h_bucket{le="+Inf"} 9.0"#, "h_count 9.0",
                ]
            )
            #expect(collector.lastFaults.map(\.fault) == [.badBucket, .badBucket, .badBucket])
        }
    }

    @Test("Live gauges of dead processes are left out, and others stay")
    func liveness() throws {
        try TemporaryFolder.with { folder in
            for identity in ["dead", "alive"] {
                for mode in MultiprocessMode.allCases {
                    try MultiprocessFileBytes { file in
                        file.add("g_\(mode.rawValue)", value: identity == "dead" ? 5 : 4, timestamp: 5)
                    }.write("gauge_\(mode.rawValue)_\(identity).db", in: folder)
                }
            }
            let all = MultiprocessCollector(directory: folder)
            #expect(all.collect().value("g_livesum") == 9)
            #expect(all.collect().value(#"g_liveall{pid="dead"}"#) == 5)
            let living = MultiprocessCollector(directory: folder) { $0 == "alive" }
            let snapshot = living.collect()
            for mode in MultiprocessMode.allCases where mode.isLive {
                let sample = mode.isPerProcess ? #"g_liveall{pid="alive"}"# : "g_\(mode.rawValue)"
                #expect(snapshot.family("g_\(mode.rawValue)")?.values == [4], "\(mode)")
                #expect(snapshot.value(sample) == 4, "\(mode)")
            }
            #expect(snapshot.value("g_sum") == 9)
            #expect(snapshot.value("g_max") == 5)
            #expect(snapshot.value(#"g_all{pid="dead"}"#) == 5)
        }
    }

    @Test("Type and help are those of the first file, the mode is that of the last")
    func conflicts() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            try MultiprocessFileBytes { $0.add("x", help: "second", value: 1) }.write("gauge_max_1.db", in: folder)
            #expect(samples(collector) == ["x 1.0"])
            try MultiprocessFileBytes { $0.add("x", help: "third", value: 5) }.write("gauge_sum_2.db", in: folder)
            #expect(samples(collector) == ["x 6.0"])
            try MultiprocessFileBytes { $0.add("x", help: "first", value: 2) }.write("gauge_all_1.db", in: folder)
            #expect(samples(collector) == ["x 8.0"])
            #expect(collector.collect().family("x")?.documentation == "first")
            try MultiprocessFileBytes { $0.add("x", sample: "x_total", value: 3) }.write("counter_1.db", in: folder)
            #expect(
                samples(collector) == ["x_total 3.0", #"x{pid="1"} 3.0"#, #"x{pid="2"} 5.0"#]
            )
            #expect(collector.collect().family("x")?.type == .counter)
            try FileManager.default.removeItem(atPath: "\(folder)/counter_1.db")
            #expect(samples(collector) == ["x 8.0"])
        }
    }

    @Test("One key in files of several types: a gauge's entry has its process' pid, whoever came first")
    func sameKeyInSeveralTypes() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            for name in ["counter_1", "gauge_all_2", "summary_3"] {
                try MultiprocessFileBytes { $0.add("x", value: 1) }.write("\(name).db", in: folder)
            }
            #expect(samples(collector) == ["x 2.0", #"x{pid="2"} 1.0"#])
            try FileManager.default.removeItem(atPath: "\(folder)/counter_1.db")
            #expect(samples(collector) == [#"x{pid="2"} 1.0"#, "x 1.0"])
            try MultiprocessFileBytes { file in
                file.add("y", value: 2)
                file.add("x", value: 5)
            }.write("gauge_all_2.db", in: folder)
            #expect(samples(collector) == [#"y{pid="2"} 2.0"#, #"x{pid="2"} 5.0"#, "x 1.0"])
        }
    }

    @Test("A label called pid: the process' own in gauges for each process, dropped where they are merged")
    func pidLabel() throws {
        try TemporaryFolder.with { folder in
            let labels = [(name: "a", value: "1"), (name: "pid", value: "user"), (name: "z", value: "2")]
            for (name, sample) in [("gauge_all_7", "all"), ("gauge_sum_7", "sum"), ("counter_7", "c")] {
                try MultiprocessFileBytes { $0.add(sample, labels, value: 1) }.write("\(name).db", in: folder)
            }
            #expect(
                samples(MultiprocessCollector(directory: folder)) == [
                    #"c{a="1",pid="user",z="2"} 1.0"#, #"all{a="1",pid="7",z="2"} 1.0"#, #"sum{a="1",z="2"} 1.0"#,
                ]
            )
        }
    }

    @Test("Names that are exposed alike are one family, and no series comes twice")
    func collisions() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                file.add("a.b", sample: "a.b_total", [("l.l", "1")], value: 1)
                file.add("a_b", sample: "a_b_total", [("l_l", "1")], value: 2)
                file.add("x", sample: "x_total", value: 1)
            }.write("counter_1.db", in: folder)
            try MultiprocessFileBytes { $0.add("x_total", value: 5) }.write("gauge_sum_1.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            #expect(samples(collector) == [#"a_b_total{l_l="1"} 3.0"#, "x_total 1.0"])
            #expect(collector.faults == [.nameCollision: 2])
        }
    }

    @Test("Labels that are exposed alike would fail the scrape: such a series is left out")
    func labelCollision() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                file.add("c", sample: "c_total", [("l.l", "1"), ("l_l", "2")], value: 1)
                file.add("c", sample: "c_total", [("l_l", "3")], value: 1)
            }.write("counter_1.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            #expect(samples(collector) == [#"c_total{l_l="3"} 1.0"#])
            #expect(collector.faults == [.nameCollision: 1])
        }
    }

    @Test("Prefixes that only Python's collector knows are summed")
    func otherPrefixes() throws {
        try TemporaryFolder.with { folder in
            for process in 1...2 {
                try MultiprocessFileBytes { $0.add("b", sample: "b_info", [("v", "1")], value: 1) }
                    .write("info_\(process).db", in: folder)
                try MultiprocessFileBytes { $0.add("u", value: 2) }.write("untyped_\(process).db", in: folder)
                try MultiprocessFileBytes { file in
                    file.add("gh", sample: "gh_bucket", [("le", "+Inf")], value: 3)
                    file.add("gh", sample: "gh_gcount", value: 3)
                    file.add("gh", sample: "gh_gsum", value: 4)
                }.write("gaugehistogram_\(process).db", in: folder)
            }
            let collector = MultiprocessCollector(directory: folder)
            let text = String(decoding: ExpositionFormat.text.encode(collector.collect()), as: UTF8.self)
            #expect(
                text == """
                    # HELP gh help
                    # TYPE gh histogram
                    gh_bucket{le="+Inf"} 6
                    # HELP gh_gcount help
                    # TYPE gh_gcount gauge
                    gh_gcount 6
                    # HELP gh_gsum help
                    # TYPE gh_gsum gauge
                    gh_gsum 8
                    # HELP b_info help
                    # TYPE b_info gauge
                    b_info{v="1"} 2
                    # HELP u help
                    # TYPE u untyped
                    u 4

                    """
            )
        }
    }

    @Test("What a collector remembers doesn't grow with files that come and go")
    func churn() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            for round in 0..<40 {
                let values = (0..<400).map { ("r\(round)-\($0)", Double($0)) }
                try counters(values).write("counter_\(round).db", in: folder)
                if round > 0 { try FileManager.default.removeItem(atPath: "\(folder)/counter_\(round - 1).db") }
                #expect(samples(collector) == values.map { #"c_total{l="\#($0.0)"} \#($0.1)"# })
            }
        }
    }

    @Test("Scrapes of one collector from several threads agree")
    func concurrency() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for process in 0..<4 {
            try counters((0..<200).map { ("\($0)", 1) }).write("counter_\(process).db", in: folder)
        }
        let collector = MultiprocessCollector(directory: folder)
        let sums = await withTaskGroup(of: Double.self) { group in
            for _ in 0..<8 {
                group.addTask { collector.collect().families.reduce(0) { $0 + $1.values.reduce(0, +) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums == Array(repeating: 800, count: 8))
    }
}
