/// What a scrape must be to agree with definitions.
package enum VerifyRules {
    private static let definitions = "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting}\n"
    private static let scrape = "# HELP shop_jobs Jobs waiting\n# TYPE shop_jobs gauge\nshop_jobs 1\n"

    package static let missing = Rule(
        "verify-missing",
        .error,
        "every metric is in the scrape",
        why: "A metric that nobody exposes is dead, or its code was not reached before the scrape.",
        bad: .scrape("", against: definitions),
        good: .scrape(scrape, against: definitions)
    )
    package static let undeclared = Rule(
        "verify-undeclared",
        .error,
        "every family of the scrape is defined",
        why:
            "What is not defined is not documented, and nobody decided on its labels. Families of libraries can be left out with --ignore; the runtime's own (metrics_…) are.",
        bad: .scrape(scrape + "# TYPE shop_runs gauge\nshop_runs 1\n", against: definitions),
        good: .scrape(
            scrape + "# TYPE metrics_series_folded_total counter\nmetrics_series_folded_total 0\n",
            against: definitions
        )
    )
    package static let type = Rule(
        "verify-type",
        .error,
        "a family has the type of its definition",
        why:
            "Queries follow from the type. A definition of type unknown claims nothing; an info is a gauge of 1 in formats without infos, a state set a gauge with the state as a label.",
        bad: .scrape("# TYPE shop_jobs counter\nshop_jobs 1\n", against: definitions),
        good: .scrape(scrape, against: definitions)
    )
    package static let help = Rule(
        "verify-help",
        .error,
        "a HELP line says what the definition says",
        why:
            "Another text mostly means that the program was built from other definitions. A missing line is no difference.",
        bad: .scrape("# HELP shop_jobs Jobs done\n# TYPE shop_jobs gauge\nshop_jobs 1\n", against: definitions),
        good: .scrape("# TYPE shop_jobs gauge\nshop_jobs 1\n", against: definitions)
    )
    package static let unit = Rule(
        "verify-unit",
        .error,
        "a UNIT line says the unit of the definition",
        why: "Another unit changes what every query means. A missing line is no difference: many clients write none.",
        bad: .scrape(
            "# TYPE shop_wait_seconds gauge\n# UNIT shop_wait_seconds seconds\nshop_wait_seconds 1\n# EOF\n",
            against:
                "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Time spent in the queue, unit: wait_seconds}\n"
        ),
        good: .scrape(
            "# TYPE shop_wait_seconds gauge\n# UNIT shop_wait_seconds seconds\nshop_wait_seconds 1\n# EOF\n",
            against:
                "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Time spent in the queue, unit: seconds}\n"
        )
    )
    package static let labels = Rule(
        "verify-labels",
        .error,
        "series have the labels of the definition",
        why:
            "A label more or less makes other series, and breaks sums and joins. The label 'pid' of gauges in mode all and liveall is the merge's.",
        bad: .scrape("# TYPE shop_jobs gauge\nshop_jobs{queue=\"fast\"} 1\n", against: definitions),
        good: .scrape("# TYPE shop_jobs gauge\nshop_jobs{pid=\"12\"} 1\n", against: definitions)
    )
    package static let values = Rule(
        "verify-values",
        .error,
        "labels have values that the definition allows",
        why: "A closed set is closed: a value outside it comes from code that was built from other definitions.",
        bad: .scrape("# TYPE shop_jobs gauge\nshop_jobs{queue=\"odd\"} 1\n", against: closed),
        good: .scrape("# TYPE shop_jobs gauge\nshop_jobs{queue=\"fast\"} 1\n", against: closed)
    )
    package static let buckets = Rule(
        "verify-buckets",
        .error,
        "histograms have the buckets of the definition",
        why: "Histograms with other buckets cannot be added up.",
        bad: .scrape(histogram("2"), against: buckets("1")),
        good: .scrape(histogram("1"), against: buckets("1"))
    )

    package static let family = RuleFamily(
        title: "Verification",
        rules: [missing, undeclared, type, help, unit, labels, values, buckets]
    )

    private static let closed = """
        metrics:
          - name: shop_jobs
            type: gauge
            documentation: Jobs waiting
            labels: [{name: queue, values: [fast, slow]}]
        """

    private static func buckets(_ bound: String) -> String {
        "metrics:\n  - {name: shop_job_size, type: histogram, documentation: Size of a job, buckets: [\(bound)]}\n"
    }

    private static func histogram(_ bound: String) -> String {
        """
        # TYPE shop_job_size histogram
        shop_job_size_bucket{le="\(bound)"} 0
        shop_job_size_bucket{le="+Inf"} 0
        shop_job_size_sum 0
        shop_job_size_count 0

        """
    }
}
