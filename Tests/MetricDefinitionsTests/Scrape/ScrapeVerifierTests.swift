import MetricDefinitions
import Testing

@Suite struct ScrapeVerifierTests {
    private static let definitions = """
        metrics:
          - name: app_jobs_total
            type: counter
            documentation: Jobs done
            labels: [{name: queue, values: [fast, slow], other: other}, {name: code, type: int}, {name: ok, type: bool}]
            constant_labels: {team: payments}
          - {name: app_load_ratio, type: gauge, documentation: Load of the app, unit: ratio}
          - {name: app_door, type: stateset, documentation: Position of the door, states: [open, shut]}
          - {name: app_build_info, type: info, documentation: Version of the app, labels: [version]}
          - {name: app_wait_seconds, type: histogram, documentation: Time until served, unit: seconds, buckets: [1, 2]}
          - {name: app_odd, type: unknown, documentation: Something of old}
        """

    private static let text = """
        # HELP app_jobs_total Jobs done
        # TYPE app_jobs_total counter
        app_jobs_total{team="payments",queue="fast",code="200",ok="true"} 1
        # HELP app_load_ratio Load of the app
        # TYPE app_load_ratio gauge
        app_load_ratio{pid="12"} 0.5
        # HELP app_door Position of the door
        # TYPE app_door gauge
        app_door{app_door="open"} 1
        app_door{app_door="shut"} 0
        # HELP app_build_info Version of the app
        # TYPE app_build_info gauge
        app_build_info{version="1"} 1
        # HELP app_wait_seconds Time until served
        # TYPE app_wait_seconds histogram
        app_wait_seconds_bucket{le="1.0"} 0
        app_wait_seconds_bucket{le="2.0"} 0
        app_wait_seconds_bucket{le="+Inf"} 0
        app_wait_seconds_sum 0
        app_wait_seconds_count 0
        # HELP app_odd Something of old
        # TYPE app_odd counter
        app_odd 1

        """

    private func verify(
        _ scrape: String,
        _ definitions: String = Self.definitions,
        ignoring: [String] = []
    ) throws -> ScrapeVerification {
        let result = DefinitionPipeline().run([SourceFile(path: "app.yaml", text: definitions)])
        let model = try #require(result.model, "\(result.text)")
        let read = readScrape(scrape)
        #expect(!read.report.hasErrors, "\(read.text)")
        return ScrapeVerifier.verify(read.scrape, against: model, ignoring: ignoring.map { FamilyPattern($0) })
    }

    @Test func whatAgreesHasNoFindings() throws {
        let verification = try verify(Self.text)
        #expect(verification.findings.map(\.message) == [])
        #expect((verification.defined, verification.seen) == (6, 6))
        #expect(verification.percent == 100)
    }

    struct Change: CustomTestStringConvertible {
        var old: String
        var new: String
        var rule: String
        var message: String

        var testDescription: String { "\(old) → \(new)" }
    }

    static let changes: [Change] = [
        Change(
            old: "queue=\"fast\"",
            new: "queue=\"odd\"",
            rule: "verify-values",
            message: "the label 'queue' of 'app_jobs_total' cannot be 'odd': it is one of fast, slow, other"
        ),
        Change(
            old: "code=\"200\"",
            new: "code=\"2xx\"",
            rule: "verify-values",
            message: "the label 'code' of 'app_jobs_total' cannot be '2xx': it is a whole number"
        ),
        Change(
            old: "ok=\"true\"",
            new: "ok=\"yes\"",
            rule: "verify-values",
            message: "the label 'ok' of 'app_jobs_total' cannot be 'yes': it is one of false, true"
        ),
        Change(
            old: "team=\"payments\"",
            new: "team=\"search\"",
            rule: "verify-values",
            message: "the label 'team' of 'app_jobs_total' cannot be 'search': it is always 'payments'"
        ),
        Change(
            old: ",ok=\"true\"",
            new: "",
            rule: "verify-labels",
            message: "the series of 'app_jobs_total' lack the label 'ok'"
        ),
        Change(
            old: "pid=\"12\"",
            new: "host=\"a\"",
            rule: "verify-labels",
            message: "'app_load_ratio' is defined without the label 'host', which one sample has"
        ),
        Change(
            old: "app_door=\"shut\"",
            new: "app_door=\"ajar\"",
            rule: "verify-values",
            message: "the label 'app_door' of 'app_door' cannot be 'ajar': it is one of open, shut"
        ),
        Change(
            old: "{version=\"1\"} 1",
            new: "{version=\"1\"} 2",
            rule: "verify-values",
            message: "'app_build_info' is an info, and its value is always 1"
        ),
        Change(
            old: "le=\"2.0\"",
            new: "le=\"4\"",
            rule: "verify-buckets",
            message: "the histogram 'app_wait_seconds' lacks the bucket 2, and has the bucket 4 besides"
        ),
        Change(
            old: "# TYPE app_load_ratio gauge",
            new: "# TYPE app_load_ratio untyped",
            rule: "verify-type",
            message: "'app_load_ratio' is defined as a gauge, and exposed as unknown"
        ),
        Change(
            old: "# HELP app_odd Something of old",
            new: "# HELP app_odd Something of new",
            rule: "verify-help",
            message: "the help of 'app_odd' is not its documentation 'Something of old'"
        ),
    ]

    @Test(arguments: changes)
    func oneDifferenceIsOneFinding(of change: Change) throws {
        let scrape = Self.text.replacing(change.old, with: change.new)
        let findings = try verify(scrape).findings
        #expect(findings.map(\.rule.text) == [change.rule])
        #expect(findings.map(\.message) == [change.message])
        #expect(findings.first?.notes.map(\.message).first?.hasSuffix("is defined here") == true)
    }

    @Test func whatIsMissingOrNotDefinedIsFoundAndCounted() throws {
        let scrape = Self.text.replacing("app_odd", with: "app_old")
        let verification = try verify(scrape + "metrics_series_folded_total 0\n# TYPE go_threads gauge\ngo_threads 1\n")
        #expect(verification.missing == ["app_odd"])
        #expect(verification.undeclared == ["app_old", "go_threads"])
        #expect(verification.ignored == 1)
        #expect((verification.defined, verification.seen) == (6, 5))
        let suggestion = verification.findings.first { $0.rule.text == "verify-undeclared" }?.suggestion
        #expect(suggestion == "did you mean 'app_odd'?")
        #expect(try verify(scrape, ignoring: ["go_*", "app_old"]).undeclared.isEmpty)
    }

    @Test func unitsAreComparedWhereTheScrapeHasThem() throws {
        let definitions = "metrics:\n  - {name: app_wait_seconds, type: gauge, documentation: Time until served}\n"
        let scrape = "# TYPE app_wait_seconds gauge\n# UNIT app_wait_seconds seconds\napp_wait_seconds 1\n# EOF\n"
        #expect(try verify(scrape, definitions).findings.map(\.rule.text) == ["verify-unit"])
        let silent = scrape.replacing("# UNIT app_wait_seconds seconds\n", with: "")
        #expect(try verify(silent, definitions).findings.isEmpty)
    }

    @Test func oneWrongTypeInOpenMetricsIsOneFinding() throws {
        let definitions = "metrics:\n  - {name: app_jobs_total, type: counter, documentation: Jobs done}\n"
        for scrape in ["# TYPE app_jobs gauge\napp_jobs 1\n# EOF\n", "app_jobs_total 1\n# EOF\n"] {
            #expect(try verify(scrape, definitions).findings.map(\.rule.text) == ["verify-type"])
        }
        #expect(try verify("# TYPE app_jobs counter\napp_jobs_total 1\n# EOF\n", definitions).findings.isEmpty)
    }

    @Test func bucketsMustStandInEverySeries() throws {
        let scrape = """
            # TYPE app_wait_seconds histogram
            app_wait_seconds_bucket{a="1",le="1"} 0
            app_wait_seconds_bucket{a="1",le="+Inf"} 0
            app_wait_seconds_bucket{a="2",le="+Inf"} 0

            """
        let definitions = """
            metrics:
              - name: app_wait_seconds
                type: histogram
                documentation: Time until served
                buckets: [1]
                labels: [a]
            """
        #expect(try verify(scrape, definitions).findings.map(\.rule.text) == ["verify-buckets"])
    }
}
