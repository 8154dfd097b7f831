import MetricDefinitions
import Testing

/// Where a problem is reported: at the key, the value or the element at fault.
@Suite struct PlacementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var places: [String]
        var testDescription: String { places.joined(separator: ", ") }
    }

    static let cases = [
        // A missing key: at the mapping's first key.
        Case(text: "metrics:\n  - documentation: Jobs done\n    type: counter\n", places: ["2:5 missing-key"]),
        Case(text: counter("labels: [{values: [a]}]"), places: ["5:15 missing-key"]),
        Case(
            text: "metrics:\n  - {type: stateset, name: shop_door, documentation: Text}\n",
            places: ["2:6 missing-key"]
        ),
        // An unknown or misplaced key: at that key.
        Case(text: counter("colour: red"), places: ["5:5 unknown-key"]),
        Case(text: counter("buckets: [1]"), places: ["5:5 key-not-for-type"]),
        Case(text: counter("multiprocess_mode: max"), places: ["5:5 key-not-for-type"]),
        Case(text: counter("states: [a]"), places: ["5:5 key-not-for-type"]),
        Case(text: counter("labels: [{name: a, colour: red}]"), places: ["5:24 unknown-key"]),
        Case(text: "colour: red\n" + counter(), places: ["1:1 unknown-key"]),
        Case(
            text: "metrics:\n  - name: shop_x_info\n    type: info\n    documentation: Text\n    unit: bytes\n",
            places: ["5:5 unit-on-info-stateset"]
        ),
        // A wrong value, a unit too: at the value.
        Case(text: counter("unit: seconds"), places: ["5:11 unit-not-suffix"]),
        Case(text: counter("max_series: many"), places: ["5:17 wrong-type"]),
        Case(text: counter("max_series: -1"), places: ["5:17 out-of-range"]),
        Case(text: counter("stability: solid"), places: ["5:16 unknown-value"]),
        Case(text: counter("swift_name: 9Jobs"), places: ["5:17 swift-name-invalid"]),
        Case(text: counter("deprecated: {replaced_by: jobs}"), places: ["5:31 renamed-to-unknown"]),
        Case(text: "namespace: store\n" + counter(), places: ["3:11 namespace-prefix"]),
        Case(text: "access: private\n" + counter(), places: ["1:9 unknown-value"]),
        // A bad element: at the element.
        Case(text: counter("labels: [queue, __reserved]"), places: ["5:21 label-reserved-dunder"]),
        Case(text: counter("labels: [queue, 12]"), places: ["5:21 wrong-type"]),
        Case(text: counter("labels: [{name: a, values: [x, z, x]}]"), places: ["5:39 enum-duplicate-value"]),
        Case(
            text: "metrics:\n  - {name: shop_x, type: histogram, documentation: Text, buckets: [1, 2, x, 3]}\n",
            places: ["2:74 wrong-type"]
        ),
        Case(
            text:
                "metrics:\n  - {name: shop_x, type: histogram, documentation: Text, buckets: {linear: {start: 1, width: 0, count: 3}}}\n",
            places: ["2:94 bucket-generator-args"]
        ),
        Case(
            text: "metrics:\n  - {name: shop_x, type: histogram, documentation: Text, buckets: {liner: {start: 1}}}\n",
            places: ["2:68 unknown-key"]
        ),
        Case(
            text: "metrics:\n  - {name: shop_x, type: histogram, documentation: Text, buckets: prometeus}\n",
            places: ["2:67 unknown-value"]
        ),
        // A duplicate or a clash: at the later one.
        Case(text: counter("labels: [queue, queue]"), places: ["5:21 duplicate-label"]),
        Case(text: counter("labels: [a_b, a__b]"), places: ["5:19 swift-name-clash"]),
        Case(text: counter("labels: [{name: a, values: [x-y, x_y]}]"), places: ["5:38 swift-name-clash"]),
        Case(
            text:
                "metrics:\n  - {name: shop_x, type: summary, documentation: Text}\n  - {name: shop_x_count, type: gauge, documentation: Text}\n",
            places: ["3:12 sample-name-clash"]
        ),
        Case(text: counter("swift_metrics_label: \"\""), places: ["5:26 empty-text"]),
        Case(
            text:
                "metrics:\n  - {name: shop_x_info, type: info, documentation: Text, swift_metrics_label: x}\n",
            places: ["2:58 key-not-for-type"]
        ),
    ]

    /// More than six labels are a warning; more than 30, which storage of others refuses, an error.
    @Test(arguments: [(6, nil), (7, "5:5 warning"), (30, "5:5 warning"), (31, "5:5 error")])
    func tooManyLabels(count: Int, expected: String?) {
        let labels = (1...count).map { "{name: part\($0), max_values: 1}" }.joined(separator: ", ")
        let found = run(counter("labels: [\(labels)]")).report.diagnostics.filter { $0.rule.text == "too-many-labels" }
        #expect(
            found.map { "\($0.span.start.line):\($0.span.start.column) \($0.severity)" } == [expected].compactMap { $0 }
        )
    }

    @Test(arguments: cases)
    func place(_ example: Case) {
        let result = run(example.text)
        #expect(result.places == example.places, "\(result.text)")
    }
}
