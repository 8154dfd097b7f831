/// What an import warns of: what the scrape does not say, and what definitions cannot say.
package enum ImportRules {
    package static let help = Rule(
        "import-help",
        .warning,
        "a family has a HELP line",
        why: "Definitions require a documentation. A placeholder is written: replace it.",
        bad: .scrape("# TYPE jobs gauge\njobs 1\n"),
        good: .scrape("# HELP jobs Jobs waiting\n# TYPE jobs gauge\njobs 1\n")
    )
    package static let type = Rule(
        "import-type",
        .warning,
        "a family's type is one that definitions have under its name",
        why:
            "There are no gauge histograms, and no histograms without buckets: they are left out. A gauge that is always 1 and ends in _info is an info. A name whose ending belongs to another type is of type unknown, which claims nothing.",
        bad: .scrape(
            "# HELP jobs Jobs\n# TYPE jobs gaugehistogram\njobs_bucket{le=\"+Inf\"} 1\njobs_gcount 1\njobs_gsum 1\n# EOF\n"
        ),
        good: .scrape("# HELP jobs Jobs\n# TYPE jobs gauge\njobs 1\n# EOF\n")
    )
    package static let quantiles = Rule(
        "import-quantiles",
        .warning,
        "a summary has no quantiles",
        why: "Quantiles of several processes cannot be merged, so summaries here have a count and a sum alone.",
        bad: .scrape(
            "# HELP jobs Jobs\n# TYPE jobs summary\njobs{quantile=\"0.5\"} 1\njobs_sum 1\njobs_count 1\n"
        ),
        good: .scrape("# HELP jobs Jobs\n# TYPE jobs summary\njobs_sum 1\njobs_count 1\n")
    )
    package static let series = Rule(
        "import-series",
        .warning,
        "a family has series, all with the same labels and buckets",
        why:
            "Labels and buckets are taken from the series that the scrape shows. Where they differ, all that any series has are written.",
        bad: .scrape("# HELP jobs Jobs\n# TYPE jobs gauge\n"),
        good: .scrape("# HELP jobs Jobs\n# TYPE jobs gauge\njobs 1\n")
    )
    package static let derived = Rule(
        "import-derived",
        .warning,
        "families and labels that a client adds by itself are not defined",
        why:
            "'…_created' families say when series began, and the label 'pid' of a gauge says which process it is of; both come from the client, not from a definition.",
        bad: .scrape("# HELP jobs Jobs\n# TYPE jobs gauge\njobs{pid=\"12\"} 1\n"),
        good: .scrape("# HELP jobs Jobs\n# TYPE jobs gauge\njobs{worker=\"12\"} 1\n")
    )
    package static let refused = Rule(
        "import-refused",
        .warning,
        "a family can be defined",
        why: "What a rule of definitions refuses is left out; the message is that of the rule.",
        bad: .scrape("# HELP job:rate Jobs\n# TYPE job:rate gauge\njob:rate 1\n"),
        good: .scrape("# HELP job_rate Jobs\n# TYPE job_rate gauge\njob_rate 1\n")
    )

    package static let family = RuleFamily(
        title: "Imports",
        rules: [help, type, quantiles, series, derived, refused]
    )
}
