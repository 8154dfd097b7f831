import MetricDefinitions
import Testing

/// The mistakes that everyone makes, each found once, at its place, with a message that mends it.
@Suite struct MistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// The headings, without the file's name, each with its suggestion.
        var messages: [String]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ messages: String...) {
            (self.name, self.text, self.messages) = (name, text, messages)
        }
    }

    private static let orders =
        "  - name: shop_orders_total\n    type: counter\n    documentation: Orders that were paid\n"

    private static func buckets(_ text: String) -> String {
        "metrics:\n  - name: shop_wait_seconds\n    type: histogram\n    documentation: Time in the queue\n    unit: seconds\n    buckets: \(text)\n"
    }

    private static func conflict(_ place: String, _ mark: String) -> String {
        "\(place): error: '\(mark)' is the mark of a merge conflict that was not resolved [merge-conflict]"
            + " keep what is meant, and remove the lines of the marks"
    }

    static let mistakes = [
        Mistake(
            "1 a misspelt key",
            "metrics:\n  - name: shop_orders_total\n    type: counter\n    descripton: Orders that were paid\n",
            "4:5: error: 'descripton' is not a key of a metric [unknown-key] did you mean 'documentation'?"
        ),
        Mistake(
            "1 a misspelt required key",
            "metrics:\n  - name: shop_orders_total\n    type: counter\n    documentaton: Orders that were paid\n",
            "4:5: error: 'documentaton' is not a key of a metric [unknown-key] did you mean 'documentation'?"
        ),
        Mistake(
            "2 no documentation",
            "metrics:\n  - name: shop_orders_total\n    type: counter\n",
            "2:5: error: a metric needs the key 'documentation' [missing-key]"
        ),
        Mistake(
            "3 a misspelt type",
            "metrics:\n  - name: shop_orders_total\n    type: conter\n    documentation: Orders that were paid\n",
            "3:11: error: unknown metric type 'conter'; allowed: counter, gauge, histogram, summary, info, stateset, unknown [unknown-value] did you mean 'counter'?"
        ),
        Mistake(
            "4 a metric twice",
            "metrics:\n" + orders + orders,
            "5:11: error: 'shop_orders_total' is defined twice [duplicate-metric]"
        ),
        Mistake(
            "5 indented too deep",
            "metrics:\n  - name: shop_orders_total\n      type: counter\n",
            "3:11: error: ':' is not allowed here: quote a text that contains ': ', or mend the indentation of the line [yaml-syntax]"
        ),
        Mistake(
            "5 indented too little",
            "metrics:\n  - name: shop_orders_total\n   type: counter\n",
            "3:4: error: expected '-' here: the indentation differs from the items before it [yaml-syntax]"
        ),
        Mistake(
            "5 indented with a tab",
            "metrics:\n  - name: shop_orders_total\n\ttype: counter\n",
            "3:1: error: a tab in the indentation: YAML indents with spaces [yaml-tab-indent]"
        ),
        Mistake(
            "6 a misspelt word",
            "metrics:\n  - {name: shop_open, type: gauge, documentation: Orders not yet sent, multiprocess_mode: livsum}\n",
            "2:91: error: unknown multiprocess mode 'livsum'; allowed: all, liveall, min, livemin, max, livemax, sum, livesum, mostrecent, livemostrecent [unknown-value] did you mean 'livesum'?"
        ),
        Mistake(
            "7 a bad name",
            "metrics:\n  - {name: shop-orders_total, type: counter, documentation: Orders that were paid}\n",
            "2:12: error: the name 'shop-orders_total' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset] write 'shop_orders_total'"
        ),
        Mistake(
            "8 buckets out of order",
            "metrics:\n  - name: shop_wait_seconds\n    type: histogram\n    documentation: Time in the queue\n    unit: seconds\n    buckets: [0.1, 1, 0.5, 5]\n",
            "6:23: error: buckets must increase: 0.5 comes after 1 [buckets-not-increasing] write [0.1, 0.5, 1, 5]"
        ),
        Mistake(
            "9 five at once",
            """
            metrics:
              - name: shop_orders_total
                type: conter
                lables: [queue]
              - name: shop_wait_seconds
                type: histogram
                documentation: Time in the queue
                unit: bytes
                buckets: [1, 0.5]
              - name: shop_wait_seconds
                type: gauge
                documentation: Time in the queue
            """,
            "2:5: error: a metric needs the key 'documentation' [missing-key]",
            "3:11: error: unknown metric type 'conter'; allowed: counter, gauge, histogram, summary, info, stateset, unknown [unknown-value] did you mean 'counter'?",
            "4:5: error: 'lables' is not a key of a metric [unknown-key] did you mean 'labels'?",
            "8:11: error: the unit is 'bytes', but the name 'shop_wait_seconds' ends in 'seconds' [unit-mismatch] write 'seconds', or mend the name",
            "9:18: error: buckets must increase: 0.5 comes after 1 [buckets-not-increasing] write [0.5, 1]",
            "10:11: error: 'shop_wait_seconds' is defined twice [duplicate-metric]",
            "10:11: warning: the name ends in the unit 'seconds', but 'unit' is not given [unit-undeclared] add 'unit: seconds'"
        ),
        Mistake(
            "10 a name that is a type of Swift's",
            "namespace: shop\nmetrics:\n  - {name: shop_error_total, type: counter, documentation: Orders that failed}\n",
            "3:12: error: the Swift name 'Error' would hide a type of Swift or of the runtime [swift-name-reserved] give another 'swift_name', as 'ErrorMetric'"
        ),
        Mistake(
            "11 two names, one in Swift",
            "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Paid ones}\n  - {name: shop_orders_ratio, type: gauge, documentation: Paid part, unit: ratio}\n",
            "3:12: error: the metric 'shop_orders_ratio' gets the Swift name 'ShopOrders', as the metric 'shop_orders_total' does [swift-name-clash] give one of them another 'swift_name'"
        ),
        Mistake(
            "12 a key twice",
            "metrics:\n" + orders + "    type: gauge\n",
            "5:5: error: the key 'type' stands twice in this mapping [yaml-duplicate-key]"
        ),
        Mistake(
            "13 another format's head",
            "$schema: moz://metrics\nmetrics:\n" + orders,
            "1:1: error: '$schema' is not a key of a definition file; its keys are namespace, access, label_sets, metrics, allow [unknown-key]"
        ),
        Mistake("14 an empty file", "", "1:1: warning: the file defines no metric [empty-file]"),
        Mistake(
            "15 a word that was a boolean",
            "metrics:\n" + orders + "    labels: [{name: gift, values: [yes, no]}]\n",
            "5:36: warning: a value is the text 'yes', which other readers take for a boolean [yaml-implicit-bool] write \"yes\"",
            "5:41: warning: a value is the text 'no', which other readers take for a boolean [yaml-implicit-bool] write \"no\""
        ),
        Mistake(
            "a list written as a text",
            "metrics:\n" + orders + "    labels: queue\n",
            "5:13: error: 'labels' must be a list, found the text 'queue' [wrong-type] write [queue]"
        ),
        Mistake(
            "a misspelt label set",
            "label_sets:\n  method: {values: [card, cash]}\nmetrics:\n" + orders + "    labels: [methd]\n",
            "7:14: warning: no label set is called 'methd', so the label is open [label-set-unknown] did you mean 'method'?"
        ),
        Mistake(
            "a misspelt rule",
            "metrics:\n" + orders + "    allow: [{rule: series-budgte, reason: They are few}]\n",
            "5:20: warning: no rule is called 'series-budgte' [unknown-lint] did you mean 'series-budget'?"
        ),
        Mistake(
            "one bucket",
            "metrics:\n  - name: shop_wait_seconds\n    type: histogram\n    documentation: Time in the queue\n    unit: seconds\n    buckets: 5\n",
            "6:14: error: 'buckets' must be a list of numbers, a generator or a preset's name, found the number '5' [wrong-type] write [5]"
        ),
        Mistake(
            "no bucket",
            "metrics:\n  - name: shop_wait_seconds\n    type: histogram\n    documentation: Time in the queue\n    unit: seconds\n    buckets:\n",
            "6:13: error: 'buckets' must be a list of numbers, a generator or a preset's name, found nothing [wrong-type]"
        ),
        Mistake(
            "a number for a label",
            "metrics:\n" + orders + "    labels: [5]\n",
            "5:14: error: a label must be a name or a mapping, found the number '5' [wrong-type]"
        ),
        Mistake(
            "numbers for names",
            "metrics:\n  - {name: 5, type: gauge, documentation: Time in the queue}\n  - {name: shop_wait_seconds, unit: 5, type: gauge, documentation: 5}\n",
            "2:12: error: 'name' must be text, found the number '5' [wrong-type]",
            "3:37: error: 'unit' must be text, found the number '5' [wrong-type]",
            "3:68: error: 'documentation' must be text, found the number '5' [wrong-type] write \"5\""
        ),
        Mistake(
            "words that are no text for names",
            "metrics:\n  - {name: shop_open, type: gauge, documentation: Orders not yet sent, labels: [{name: true}]}\n",
            "2:88: error: 'name' must be text, found the boolean 'true' [wrong-type] write \"true\""
        ),
        Mistake(
            "a rule alone",
            "metrics:\n" + orders + "    allow: base-unit\n",
            "5:12: error: 'allow' must be a list, found the text 'base-unit' [wrong-type] write [{rule: base-unit, reason: …}]"
        ),
        Mistake(
            "a list of rules alone",
            "metrics:\n" + orders + "    allow: [base-unit]\n",
            "5:13: error: an entry of 'allow' must be a mapping, found the text 'base-unit' [wrong-type] write {rule: base-unit, reason: …}"
        ),
        Mistake(
            "a blank behind the name",
            "namespace: shop\nmetrics:\n  - {name: \"shop_orders_total \", type: counter, documentation: Orders that were paid}\n",
            "3:12: error: the name 'shop_orders_total ' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset] write 'shop_orders_total'"
        ),
        Mistake(
            "hyphens in the name",
            "namespace: shop\nmetrics:\n  - {name: shop-orders-total, type: counter, documentation: Orders that were paid}\n",
            "3:12: error: the name 'shop-orders-total' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset] write 'shop_orders_total'"
        ),
        Mistake(
            "blanks in the name",
            "namespace: shop\nmetrics:\n  - {name: shop orders total, type: counter, documentation: Orders that were paid}\n",
            "3:12: error: the name 'shop orders total' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset] write 'shop_orders_total'"
        ),
        Mistake(
            "a colon in the name",
            "namespace: shop\nmetrics:\n  - {name: shop:orders_total, type: counter, documentation: Orders that were paid}\n",
            "3:12: error: the name 'shop:orders_total' has a colon, which is for recording rules [metric-name-colon] write 'shop_orders_total'"
        ),
        Mistake(
            "three slips in the name",
            "namespace: shop\nmetrics:\n  - {name: store-orders, type: counter, documentation: Orders that were paid}\n",
            "3:12: warning: the name of the counter 'store-orders' should end in '_total' [counter-total] write 'store_orders_total'",
            "3:12: error: the name 'store-orders' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset] write 'store_orders'",
            "3:12: error: the name 'store-orders' must begin with the file's namespace 'shop_' [namespace-prefix] write 'shop_store_orders'"
        ),
        Mistake(
            "a label by its name",
            "metrics:\n" + orders + "    labels: [outcome: [a, b]]\n",
            "5:14: error: 'outcome' is not a key of a label; its keys are name, documentation, values, other, max_values, type [unknown-key] write 'name: outcome', and the other keys beside it"
        ),
        Mistake(
            "buckets on a gauge",
            "metrics:\n  - name: shop_open\n    type: gauge\n    documentation: Orders not yet sent\n    buckets:\n",
            "5:5: error: 'buckets' is not a key of a metric of type gauge; it belongs to a histogram [key-not-for-type]"
        ),
        Mistake(
            "no blank after the colon",
            "namespace:shop\nmetrics:\n" + orders,
            "2:8: error: ':' is not allowed here: quote a text that contains ': ', or mend the indentation of the line [yaml-syntax]"
        ),
        Mistake(
            "a conflict that was not merged",
            "<<<<<<< HEAD\nnamespace: shop\n=======\nnamespace: store\n>>>>>>> other\nmetrics:\n" + orders,
            conflict("1:1", "<<<<<<<")
        ),
        Mistake(
            "conflicts of which parts are left, with the ends of lines of Windows",
            "metrics:\r\n=======\r\n" + orders + ">>>>>>> other\r\n<<<<<<< HEAD\r\n||||||| base\r\n" + orders,
            conflict("2:1", "======="),
            conflict("7:1", "<<<<<<<")
        ),
        Mistake(
            "what only looks like a conflict",
            "metrics:\n" + orders + "# =======\n    labels: []\n    stability: stable # <<<<<<< HEAD\n========: 1\n",
            "8:1: error: '========' is not a key of a definition file; its keys are namespace, access, label_sets, metrics, allow [unknown-key]"
        ),
        Mistake(
            "buckets without brackets",
            buckets("0.1, 0.5"),
            "6:14: error: 'buckets' must be a list of numbers, a generator or a preset's name, found the text '0.1, 0.5' [wrong-type] write [0.1, 0.5]"
        ),
        Mistake(
            "buckets without brackets and commas",
            buckets("\"1  2.5 +Inf\""),
            "6:14: error: 'buckets' must be a list of numbers, a generator or a preset's name, found the text '1  2.5 +Inf' [wrong-type] write [1, 2.5, +Inf]"
        ),
        Mistake(
            "a list of buckets in quotes",
            buckets("\"[0.1, 5e-1]\""),
            "6:14: error: 'buckets' must be a list of numbers, a generator or a preset's name, found the text '[0.1, 5e-1]' [wrong-type] write [0.1, 5e-1]"
        ),
        Mistake(
            "a preset that is misspelt, with a number in it",
            buckets("byte_pow4"),
            "6:14: error: unknown bucket preset 'byte_pow4'; presets are prometheus, python, web, fast_ms, slow, bytes_pow4, count_pow2 [unknown-value] did you mean 'bytes_pow4'?"
        ),
    ]

    @Test(arguments: mistakes)
    func isFoundOnce(_ mistake: Mistake) {
        let report = run(mistake.text).report
        let messages = report.diagnostics.map { diagnostic in
            "\(diagnostic.span.start.line):\(diagnostic.span.start.column): \(diagnostic.severity): \(diagnostic.message)"
                + " [\(diagnostic.rule)]" + (diagnostic.suggestion.map { " \($0)" } ?? "")
        }
        #expect(messages == mistake.messages)
    }
}
