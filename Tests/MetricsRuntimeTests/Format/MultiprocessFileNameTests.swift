import MetricsRuntime
import Testing

@Suite("File names")
struct MultiprocessFileNameTests {
    @Test(
        "Names that count",
        arguments: [
            ("counter_101.db", MultiprocessFileName(kind: .counter, identity: "101")),
            ("counter_a_b.db", MultiprocessFileName(kind: .counter, identity: "a_b")),
            ("histogram_swift-0.db", MultiprocessFileName(kind: .histogram, identity: "swift-0")),
            ("summary_12345.t1.db", MultiprocessFileName(kind: .summary, identity: "12345.t1")),
            ("gauge_livesum_7.db", MultiprocessFileName(kind: .gauge, mode: .livesum, identity: "7")),
            ("gauge_all_worker_1.db", MultiprocessFileName(kind: .gauge, mode: .all, identity: "worker_1")),
            ("info_1.db", MultiprocessFileName(kind: .info, identity: "1")),
        ]
    )
    func accepted(name: String, expected: MultiprocessFileName) {
        #expect(MultiprocessFileName(Array(name.utf8)) == expected)
        #expect(expected.text == name)
    }

    @Test(
        "Names that don't",
        arguments: [
            "", ".db", "counter.db", "counter_.db", "counter_1", "counter_1.db.tmp", "Counter_1.db", "app.db",
            "app_1.db",
            "gauge_1.db", "gauge_max.db", "gauge_max_.db", "gauge_average_1.db", "_1.db", "counter1.db",
        ]
    )
    func refused(name: String) {
        #expect(MultiprocessFileName(Array(name.utf8)) == nil)
    }
}
