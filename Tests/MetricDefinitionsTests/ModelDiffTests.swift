import MetricDefinitions
import Testing

/// What breaks whom.
@Suite struct ModelDiffTests {
    private static let base = """
        name: shop_orders_total, type: counter, documentation: Orders paid, labels: [{name: method, values: [card, cash]}]
        """

    struct Change: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var impact: ModelChange.Impact
        var text: String
        var testDescription: String { text }

        init(_ old: String, _ new: String, _ impact: ModelChange.Impact, _ text: String) {
            (self.old, self.new, self.impact, self.text) = (old, new, impact, text)
        }

        /// A change of one key of a gauge.
        static func gauge(_ old: String, _ new: String, _ impact: ModelChange.Impact, _ text: String) -> Change {
            let keys = "name: shop_x, documentation: Fill level"
            return Change("\(keys), type: gauge\(old)", "\(keys), type: gauge\(new)", impact, text)
        }
    }

    static let changes: [Change] = [
        .gauge("", ", multiprocess_mode: sum", .breaking, "~ multiprocess_mode: all -> sum"),
        .gauge("", ", labels: [shelf]", .breaking, "+ labels.shelf: label"),
        .gauge(", labels: [shelf]", "", .breaking, "- labels.shelf: label"),
        .gauge(", labels: [a, b]", ", labels: [b, a]", .breaking, "~ labels: a, b -> b, a"),
        .gauge("", ", constant_labels: {a: b}", .breaking, "+ constant_labels: {a: b}"),
        .gauge("", ", swift_name: Fill", .breaking, "~ swift_name: ShopX -> Fill"),
        .gauge("", ", swift_metrics_label: fill", .minor, "+ swift_metrics_label: fill"),
        .gauge(
            ", swift_metrics_label: fill",
            ", swift_metrics_label: x",
            .breaking,
            "~ swift_metrics_label: fill -> x"
        ),
        .gauge("", ", max_series: 20000", .minor, "~ max_series: 10000 -> 20000"),
        .gauge(", labels: [a]", ", labels: [a], max_series: 10", .breaking, "~ max_series: 10000 -> 10"),
        .gauge("", ", stability: stable", .minor, "+ stability: stable"),
        .gauge(
            ", labels: [{name: a, max_values: 9}]",
            ", labels: [{name: a, max_values: 9}], max_series: 9",
            .minor,
            "~ max_series: 10000 -> 9"
        ),
        .gauge(
            ", labels: [{name: a, max_values: 9}]",
            ", labels: [{name: a, max_values: 9}], max_series: 8",
            .breaking,
            "~ max_series: 10000 -> 8"
        ),
        // Nothing is folded where no label is open.
        .gauge(
            ", labels: [{name: a, values: [x, z]}]",
            ", labels: [{name: a, values: [x, z]}], max_series: 1",
            .minor,
            "~ max_series: 10000 -> 1"
        ),
        .gauge(", stability: stable", ", stability: beta", .breaking, "~ stability: stable -> beta"),
        .gauge("", ", since: \"2.0\"", .docs, "+ since: 2.0"),
        .gauge("", ", deprecated: {message: Use no shelf}", .minor, "+ deprecated: Use no shelf"),
        .gauge(
            ", labels: [{name: a, values: [x, z]}]",
            ", labels: [{name: a, values: [x]}]",
            .breaking,
            "- labels.a.values: \"z\""
        ),
        .gauge(
            ", labels: [{name: a, values: [x]}]",
            ", labels: [{name: a, values: [x, z]}]",
            .minor,
            "+ labels.a.values: \"z\""
        ),
        .gauge(
            ", labels: [{name: a, values: {web: WEB, phone: Phone call}}]",
            ", labels: [{name: a, values: {web: WEB, tel: Phone call}}]",
            .breaking,
            "~ labels.a.values.\"Phone call\".case: phone -> tel"
        ),
        .gauge(", labels: [a]", ", labels: [{name: a, type: int}]", .breaking, "~ labels.a.type: string -> int"),
        .gauge(", labels: [a]", ", labels: [{name: a, max_values: 3}]", .breaking, "+ labels.a.max_values: 3"),
        .gauge(
            ", labels: [{name: a, max_values: 3}]",
            ", labels: [{name: a, max_values: 4}]",
            .minor,
            "~ labels.a.max_values: 3 -> 4"
        ),
        Change(
            "name: shop_x, type: gauge, documentation: Fill level",
            "name: shop_x, type: summary, documentation: Fill level",
            .breaking,
            "~ type: gauge -> summary"
        ),
        Change(
            "name: shop_x, type: gauge, documentation: Fill level",
            "name: shop_x, type: gauge, documentation: Level",
            .docs,
            "~ documentation: \"Fill level\" -> \"Level\""
        ),
        Change(
            "name: shop_x, type: gauge, documentation: Fill level, stability: stable",
            "name: shop_x, type: gauge, documentation: Level, stability: stable",
            .minor,
            "~ documentation: \"Fill level\" -> \"Level\""
        ),
        Change(
            "name: shop_x, type: histogram, documentation: Fill level, buckets: [1, 2]",
            "name: shop_x, type: histogram, documentation: Fill level, buckets: [1, 3]",
            .breaking,
            "~ buckets: [1, 2] -> [1, 3]"
        ),
        Change(
            "name: shop_x, type: stateset, documentation: Door, states: [open, shut]",
            "name: shop_x, type: stateset, documentation: Door, states: [open]",
            .breaking,
            "- states: \"shut\""
        ),
        Change(
            "name: shop_x_info, type: info, documentation: Build of it, labels: [version]",
            "name: shop_x_info, type: info, documentation: Build of it, labels: [version, commit]",
            .minor,
            "+ labels.commit: label"
        ),
        Change(
            "name: shop_x_bytes, type: gauge, documentation: Size, swift_name: X",
            "name: shop_x_bytes, type: gauge, documentation: Size, swift_name: X, unit: bytes",
            .breaking,
            "+ unit: \"bytes\""
        ),
    ]

    private func diff(_ old: String, _ new: String) throws -> ModelDiff {
        let models = try [old, new].map { text in
            let result = run(text)
            return try #require(result.model, "\(result.text)")
        }
        return ModelDiff(old: models[0], new: models[1])
    }

    @Test(arguments: changes)
    func oneChange(_ change: Change) throws {
        let found = try diff("metrics:\n  - {\(change.old)}\n", "metrics:\n  - {\(change.new)}\n").changes
        #expect(found.map(\.text) == [change.text])
        #expect(found.map(\.impact) == [change.impact])
    }

    /// A set that metrics share is one type, whose case each of them loses.
    @Test func casesOfSharedSets() throws {
        let metrics = ["shop_x", "shop_y"].map {
            "  - {name: \($0), type: gauge, documentation: Fill level, labels: [way]}\n"
        }
        let files = ["a", "b"].map { name in
            "label_sets:\n  way: {values: {\(name): Phone call}}\nmetrics:\n" + metrics.joined()
        }
        #expect(
            try diff(files[0], files[1]).text == """
                breaking (2)
                  shop_x
                    ~ labels.way.values."Phone call".case: a -> b
                  shop_y
                    ~ labels.way.values."Phone call".case: a -> b

                """
        )
    }

    /// Equal sets are one type in Swift, so what is done to one of them is felt by the others.
    @Test func setsThatBecomeEqualOrCeaseToBe() throws {
        func sets(_ sets: [(String, String)]) -> String {
            let lines = sets.map { "  \($0.0): {values: [\($0.1)]}\n" }.joined()
            let metric = "{name: shop_x, type: gauge, documentation: Fill level, labels: [from, to]}"
            return "label_sets:\n\(lines)metrics:\n  - \(metric)\n"
        }
        let equal = sets([("from", "a, b"), ("to", "b, a")])
        let different = sets([("from", "a, b"), ("to", "a, b, c")])
        #expect(
            try diff(equal, different).text == """
                minor (2)
                  shop_x
                    + labels.to.values: "c"
                  (Swift)
                    ~ To: same as From -> a type of its own

                """
        )
        #expect(
            try diff(different, equal).text == """
                breaking (1)
                  shop_x
                    - labels.to.values: "c"
                minor (1)
                  (Swift)
                    ~ To: a type of its own -> same as From

                """
        )
        // Which of them declares the cases makes no difference.
        #expect(try diff(equal, sets([("to", "a, b"), ("from", "a, b")])).changes.isEmpty)
    }

    @Test func accessAndMetricsAndFiles() throws {
        let metric = "metrics:\n  - {name: shop_x, type: gauge, documentation: Fill level}\n"
        #expect(
            try diff(metric, "access: internal\n" + metric).text == """
                breaking (1)
                  shop_x
                    ~ access: public -> internal

                """
        )
        #expect(try diff("access: internal\n" + metric, metric).changes.map(\.impact) == [.minor])
        let more = metric + "  - {name: shop_y, type: gauge, documentation: Fill level}\n"
        let added = try diff(metric, more)
        #expect(added.text == "minor (1)\n  shop_y\n    + metric: gauge\n")
        #expect(!added.isBreaking)
        let removed = try diff(more, metric)
        #expect(removed.isBreaking)
        #expect(try diff(metric, metric).text == "no changes\n")
        #expect(
            removed.json.line == """
                {"breaking":true,"changes":[{"impact":"breaking","metric":"shop_y","field":"metric","old":"gauge"}]}
                """
        )
    }
}
