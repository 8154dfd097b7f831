import MetricsRuntime
import Testing

@Suite("Labels: how values find their series")
struct LabelTests {
    let registry = MetricsRegistry()

    @Test("Values decide byte by byte: texts that Swift calls equal are two series")
    func bytesDecide() {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        let values = [
            "", "a", "b", "e\u{301}", "\u{e9}", "a longer value than fits in fifteen bytes", "\u{1F600}", "a\0b",
        ]
        for (index, value) in values.enumerated() { CounterChild(family._child1(0, value)).inc(by: Double(index + 1)) }
        for (index, value) in values.enumerated() {
            #expect(CounterChild(family._child1(0, value)).value == Double(index + 1))
        }
        #expect(registry.collect().family("jobs")?.values.count == values.count)
    }

    @Test("A value finds its series in whatever form its text is held", arguments: 0...70)
    func forms(length: Int) {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        let text = String(repeating: "x", count: length)
        // Short texts stand in the string itself, unless it had room for more.
        var roomy = ""
        roomy.reserveCapacity(200)
        roomy += text
        let slice = String("--\(text)--".dropFirst(2).dropLast(2))
        for form in [text, roomy, slice] { CounterChild(family._child1(0, form)).inc() }
        CounterChild(family._childN(0, [roomy])).inc()
        #expect(CounterChild(family._child1(0, text)).value == 4)
        for place in 0..<length {
            var bytes = Array(text.utf8)
            bytes[place] = UInt8(ascii: "y")
            let other = String(decoding: bytes, as: UTF8.self)
            #expect(family._find1(0, other) == nil, "byte \(place) decides")
        }
        let snapshot = registry.collect()
        #expect(snapshot.value("jobs_total{key=\"\(text)\"}") == 4)
    }

    @Test("Neighbouring values do not run together")
    func boundaries() {
        let labels = [TestMetrics.open("a"), TestMetrics.open("b")]
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        CounterChild(family._child2(0, "ab", "c")).inc()
        CounterChild(family._child2(0, "a", "bc")).inc(by: 2)
        #expect(CounterChild(family._child2(0, "ab", "c")).value == 1)
        #expect(registry.collect().value(#"jobs_total{a="a",b="bc"}"#) == 2)
    }

    @Test("One to six open labels work alike", arguments: 1...6)
    func arities(count: Int) {
        let labels = (0..<count).map { TestMetrics.open("l\($0)") }
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        let values = (0..<count).map { "v\($0)" }
        let typed: _SeriesHandle =
            switch count {
            case 1: family._child1(0, values[0])
            case 2: family._child2(0, values[0], values[1])
            case 3: family._child3(0, values[0], values[1], values[2])
            case 4: family._child4(0, values[0], values[1], values[2], values[3])
            default: family._childN(0, values)
            }
        CounterChild(typed).inc()
        CounterChild(family._child(values: values)).inc()
        CounterChild(family._childN(0, values)).inc()
        let text = zip(labels, values).map { "\($0.name)=\"\($1)\"" }.joined(separator: ",")
        #expect(registry.collect().value("jobs_total{\(text)}") == 3)
    }

    @Test("Closed labels are an index, the first one the most significant")
    func closed() {
        let labels = [TestMetrics.closed("method", ["GET", "PUT"]), TestMetrics.closed("ok", ["no", "maybe", "yes"])]
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        for method in 0..<2 {
            for ok in 0..<3 { CounterChild(family._child0(UInt32(method * 3 + ok))).inc(by: Double(method * 10 + ok)) }
        }
        let snapshot = registry.collect()
        #expect(snapshot.value(#"jobs_total{method="PUT",ok="maybe"}"#) == 11)
        #expect(snapshot.value(#"jobs_total{method="GET",ok="yes"}"#) == 2)
        #expect(snapshot.family("jobs")?.values.count == 6)
    }

    @Test("Closed and open labels mix in any order")
    func mixed() {
        let labels = [TestMetrics.open("z"), TestMetrics.closed("m", ["x", "y"]), TestMetrics.open("a")]
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        CounterChild(family._child2(1, "first", "second")).inc()
        #expect(registry.collect().value(#"jobs_total{a="second",m="y",z="first"}"#) == 1)
        CounterChild(family._child(values: ["first", "y", "second"])).inc()
        #expect(registry.collect().value(#"jobs_total{a="second",m="y",z="first"}"#) == 2)
    }

    @Test("A product of closed sets too large for an array works through the table")
    func largeClosedProduct() {
        let set = (0..<40).map { "v\($0)" }
        let labels = (0..<4).map { TestMetrics.closed("l\($0)", set) }
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        CounterChild(family._child0(40 * 40 * 40 * 40 - 1)).inc()
        CounterChild(family._child0(0)).inc(by: 2)
        let snapshot = registry.collect()
        #expect(snapshot.value(#"jobs_total{l0="v39",l1="v39",l2="v39",l3="v39"}"#) == 1)
        #expect(snapshot.value(#"jobs_total{l0="v0",l1="v0",l2="v0",l3="v0"}"#) == 2)
    }

    @Test("Values that do not fit the labels give a child that nobody sees, and are counted")
    func misfits() {
        let labels = [TestMetrics.open("a"), TestMetrics.closed("m", ["x", "y"])]
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        CounterChild(family._child(values: ["only one"])).inc()
        CounterChild(family._child(values: ["one", "not in the set"])).inc()
        CounterChild(family._child1(7, "index out of range")).inc()
        let snapshot = registry.collect()
        #expect(snapshot.family("jobs")?.values.isEmpty ?? true)
        #expect(snapshot.value(#"metrics_updates_refused_total{metric="jobs_total"}"#) == 3)
    }

    @Test("A text outside a closed set falls to its other")
    func other() {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.closed("m", ["GET", "OTHER"])]))
        CounterChild(family._child(values: ["BREW"])).inc()
        #expect(registry.collect().value(#"jobs_total{m="OTHER"}"#) == 1)
    }

    @Test("Constant labels stand on every series")
    func constantLabels() {
        var descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")])
        descriptor.constantLabels = ["team": "payments"]
        CounterChild(registry.family(for: descriptor)._child1(0, "k")).inc()
        #expect(registry.collect().value(#"jobs_total{key="k",team="payments"}"#) == 1)
    }

    @Test("Past max_values new values become the overflow value; known ones go on")
    func maxValues() {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key", maxValues: 3)]))
        for index in 0..<100 { CounterChild(family._child1(0, "v\(index)")).inc() }
        CounterChild(family._child1(0, "v1")).inc()
        let snapshot = registry.collect()
        #expect(snapshot.family("jobs")?.values.count == 4)
        #expect(snapshot.value(#"jobs_total{key="v1"}"#) == 2)
        #expect(snapshot.value(#"jobs_total{key="__overflow__"}"#) == 97)
        #expect(snapshot.value(#"metrics_series_folded_total{metric="jobs_total"}"#) == 97)
    }

    @Test("Past max_series every open label becomes the overflow value, closed ones stay")
    func maxSeries() {
        let labels = [TestMetrics.open("key"), TestMetrics.closed("m", ["x", "y"])]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: 10))
        for index in 0..<1000 { CounterChild(family._child1(UInt32(index % 2), "v\(index)")).inc() }
        let snapshot = registry.collect()
        #expect(snapshot.family("jobs")?.values.count == 12)
        #expect(snapshot.value(#"jobs_total{key="__overflow__",m="x"}"#) == 495)
        #expect(snapshot.value(#"jobs_total{key="__overflow__",m="y"}"#) == 495)
    }

    @Test("Many series are found again, whatever threads make them")
    func manySeries() async {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for index in 0..<3000 { CounterChild(family._child1(0, "value \(index)")).inc() }
                }
            }
        }
        for index in 0..<3000 { #expect(CounterChild(family._child1(0, "value \(index)")).value == 4) }
        #expect(registry.collect().family("jobs")?.values.count == 3000)
    }
}
