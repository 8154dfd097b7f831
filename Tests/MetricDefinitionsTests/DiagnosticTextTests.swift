import MetricDefinitions
import Testing

/// What a user reads, character by character.
@Suite struct DiagnosticTextTests {
    @Test func everyProblemOfEveryFileInOneRun() {
        let result = run([
            "Definitions/worker.yaml": """
            metrics:
              - name: shop_jobs_total
                type: conter
                documentation: Jobs done
                lables: [queue]
              - name: shop_job_size_bytes
                type: histogram
                documentation: Size of a job
                unit: bytes
                buckets: [0.1, 1, 0.5, 5]
            """,
            "Definitions/master.yaml": """
            metrics:
              - type: counter
                documentation: Orders
                name: shop_jobs_total
            """,
        ])
        #expect(
            result.text == """
                Definitions/worker.yaml:2:11: error: 'shop_jobs_total' is defined twice [duplicate-metric]
                 2 |   - name: shop_jobs_total
                   |           ^~~~~~~~~~~~~~~
                Definitions/master.yaml:4:11: note: first defined here
                 4 |     name: shop_jobs_total
                   |           ^~~~~~~~~~~~~~~
                Definitions/worker.yaml:3:11: error: unknown metric type 'conter'; allowed: counter, gauge, histogram, \
                summary, info, stateset, unknown [unknown-value]
                 3 |     type: conter
                   |           ^~~~~~ did you mean 'counter'?
                Definitions/worker.yaml:5:5: error: 'lables' is not a key of a metric [unknown-key]
                 5 |     lables: [queue]
                   |     ^~~~~~ did you mean 'labels'?
                Definitions/worker.yaml:10:23: error: buckets must increase: 0.5 comes after 1 [buckets-not-increasing]
                 10 |     buckets: [0.1, 1, 0.5, 5]
                    |                       ^~~ write [0.1, 0.5, 1, 5]
                4 errors in 2 files

                """
        )
    }

    @Test func aCaretStandsUnderTheCharacterAfterTabsAndWideText() {
        let result = run("metrics:\n  - {name: \"é日\\tx\", type: gaug, documentation: Ü}\n")
        #expect(
            result.text.contains(
                """
                 2 |   - {name: "é日\\tx", type: gaug, documentation: Ü}
                   |                           ^~~~ did you mean 'gauge'?
                """
            ),
            "\(result.text)"
        )
    }

    @Test func aMessageNeverBreaksItsLine() throws {
        let result = run("metrics:\n  - {name: \"a\\nb error c\\e[31m\", type: gauge, documentation: Text}\n")
        let heading = try #require(result.text.split(separator: "\n").first)
        #expect(
            heading
                == "example.yaml:2:12: error: the name 'a b error c [31m' must match [a-zA-Z_][a-zA-Z0-9_]* [metric-name-charset]"
        )
    }

    @Test func aSpanOverSeveralLinesIsMarkedToTheEndOfItsFirst() {
        let result = run(
            "metrics:\n  - name: shop_jobs_total\n    type: counter\n    documentation:\n      a: 1\n      b: 2\n"
        )
        #expect(
            result.text.hasPrefix(
                """
                example.yaml:5:7: error: 'documentation' must be text, found a mapping [wrong-type]
                 5 |       a: 1
                   |       ^~~~
                """
            ),
            "\(result.text)"
        )
    }

    @Test func strictRaisesWarnings() {
        let report = run("# nothing\n").report
        #expect(!report.hasErrors)
        #expect(report.warningsAsErrors().hasErrors)
        #expect(DiagnosticRenderer.summary(report) == "1 warning in 1 file")
    }
}
