/// What a scrape must be to be read.
package enum ScrapeRules {
    package static let encoding = Rule(
        "scrape-encoding",
        .error,
        "a scrape is UTF-8 without a byte order mark",
        why: "Prometheus refuses the whole scrape where a label or a help text is not UTF-8.",
        bad: .scrapeBytes(Array("jobs{queue=\"".utf8) + [0xFF] + Array("\"} 1\n".utf8)),
        good: .scrape("jobs{queue=\"caf\u{E9}\"} 1\n")
    )
    package static let syntax = Rule(
        "scrape-syntax",
        .error,
        "a line is metadata or a sample as the format writes them",
        why:
            "One line that cannot be read costs Prometheus the whole scrape. OpenMetrics allows one blank between the parts of a line, no blank lines and no comments.",
        bad: .scrape("jobs{queue=\"fast\" 1\n"),
        good: .scrape("jobs{queue=\"fast\"} 1\n")
    )
    package static let name = Rule(
        "scrape-name",
        .error,
        "a metric's name matches [a-zA-Z_:][a-zA-Z0-9_:]*, or is quoted within the braces",
        why: "Other names can only be told from the rest of the line by their quotes.",
        bad: .scrape("jobs-done 1\n"),
        good: .scrape("{\"jobs-done\"} 1\n")
    )
    package static let label = Rule(
        "scrape-label",
        .error,
        "labels are name=\"value\", each name once",
        why:
            "A label's name matches [a-zA-Z_][a-zA-Z0-9_]*, or is quoted. Text 0.0.4 knows the escapes \\\\, \\\" and \\n alone.",
        bad: .scrape("jobs{queue=fast} 1\n"),
        good: .scrape("jobs{queue=\"fast\"} 1\n")
    )
    package static let value = Rule(
        "scrape-value",
        .error,
        "a sample has a value: a decimal number, an infinity or NaN",
        why: "Hexadecimal numbers, underscores and numbers beyond the range of a double are refused by Prometheus too.",
        bad: .scrape("jobs 0x1\n"),
        good: .scrape("jobs 1e3\n")
    )
    package static let timestamp = Rule(
        "scrape-timestamp",
        .error,
        "a timestamp is whole milliseconds in text 0.0.4, and finite seconds in OpenMetrics",
        why: "A fraction in text 0.0.4 is mostly one of seconds, and would be off by a factor of 1000.",
        bad: .scrape("jobs 1 1.5\n"),
        good: .scrape("jobs 1 1500\n")
    )
    package static let exemplar = Rule(
        "scrape-exemplar",
        .error,
        "an exemplar stands on a counter's total or a bucket, and has at most 128 characters in its labels",
        why: "OpenMetrics says so; elsewhere Prometheus refuses the scrape.",
        bad: .scrape("# TYPE jobs gauge\njobs 1 # {trace=\"a\"} 1\n# EOF\n"),
        good: .scrape("# TYPE jobs counter\njobs_total 1 # {trace=\"a\"} 1\n# EOF\n")
    )
    package static let metadata = Rule(
        "scrape-metadata",
        .error,
        "HELP, TYPE and UNIT stand once for a family and before its samples, with a type that the format has",
        why: "Metadata after samples, or twice, leaves it open which one counts.",
        bad: .scrape("jobs 1\n# TYPE jobs gauge\n"),
        good: .scrape("# TYPE jobs gauge\njobs 1\n")
    )
    package static let unit = Rule(
        "scrape-unit",
        .error,
        "a unit is the end of the family's name; infos and state sets have none",
        why: "OpenMetrics says so, and Prometheus refuses the scrape.",
        bad: .scrape("# TYPE jobs gauge\n# UNIT jobs seconds\njobs 1\n# EOF\n"),
        good: .scrape("# TYPE job_seconds gauge\n# UNIT job_seconds seconds\njob_seconds 1\n# EOF\n")
    )
    package static let family = Rule(
        "scrape-family",
        .error,
        "the lines of a family stand together, and no two families share a sample's name",
        why: "OpenMetrics is read in one pass: what comes back later would be another family of the same name.",
        bad: .scrape("# TYPE jobs_created gauge\n# TYPE jobs counter\n# EOF\n"),
        good: .scrape("# TYPE jobs_made gauge\n# TYPE jobs counter\n# EOF\n")
    )
    package static let series = Rule(
        "scrape-series",
        .error,
        "in OpenMetrics the samples of a series stand together, once, their timestamps in order",
        why: "A reader merges what belongs together as it comes; what comes twice would overwrite.",
        bad: .scrape("# TYPE jobs gauge\njobs{a=\"1\"} 1\njobs{a=\"2\"} 1\njobs{a=\"1\"} 1\n# EOF\n"),
        good: .scrape("# TYPE jobs gauge\njobs{a=\"1\"} 1\njobs{a=\"2\"} 1\n# EOF\n")
    )
    package static let sample = Rule(
        "scrape-sample",
        .error,
        "in OpenMetrics labels and value of a sample are what its family's type wants",
        why:
            "Buckets have 'le', quantiles 'quantile', states the family's name as a label; counts are not negative, counters not NaN, an info is 1, a state 0 or 1. In text 0.0.4 an 'le' or 'quantile' that is there must be a number, and a histogram's counts are not negative.",
        bad: .scrape("# TYPE jobs counter\njobs_total -1\n# EOF\n"),
        good: .scrape("# TYPE jobs counter\njobs_total 1\n# EOF\n")
    )
    package static let histogram = Rule(
        "scrape-histogram",
        .error,
        "in OpenMetrics a histogram's buckets increase and end in +Inf, which equals its count; count and sum come together",
        why:
            "Quantiles computed of such a histogram would be wrong without a sign. Text 0.0.4 asks for much of it too, but Prometheus takes what breaks it, so that is read.",
        bad: .scrape("# TYPE jobs histogram\njobs_bucket{le=\"1\"} 0\njobs_count 0\njobs_sum 0\n# EOF\n"),
        good: .scrape("# TYPE jobs histogram\njobs_bucket{le=\"+Inf\"} 0\njobs_count 0\njobs_sum 0\n# EOF\n")
    )
    package static let end = Rule(
        "scrape-end",
        .error,
        "an OpenMetrics scrape ends in '# EOF', and every line of text 0.0.4 in a line feed",
        why: "It is how a reader tells a whole scrape from one that was cut off.",
        bad: .scrape("jobs 1"),
        good: .scrape("jobs 1\n")
    )
    package static let duplicate = Rule(
        "scrape-duplicate",
        .warning,
        "a series stands once in a scrape",
        why: "Prometheus keeps the first sample and drops the others; which one that is, is chance.",
        bad: .scrape("jobs 1\njobs 2\n"),
        good: .scrape("jobs 1\n")
    )
    package static let interleaved = Rule(
        "scrape-interleaved",
        .warning,
        "the samples of a family stand together",
        why: "Text 0.0.4 asks for it; readers that work in one pass see several families of one name.",
        bad: .scrape("# TYPE jobs gauge\njobs{a=\"1\"} 1\nruns 1\njobs{a=\"2\"} 1\n"),
        good: .scrape("# TYPE jobs gauge\njobs{a=\"1\"} 1\njobs{a=\"2\"} 1\nruns 1\n")
    )

    package static let rules = RuleFamily(
        title: "Scrapes",
        rules: [
            encoding, syntax, name, label, value, timestamp, exemplar, metadata, unit, family, series, sample,
            histogram, end, duplicate, interleaved,
        ]
    )
}
