/// The keys of definition files: the one table that the reader, the JSON Schema and the messages are made from.
package enum DefinitionSchema {
    /// A definition file.
    package static let file = MappingShape(
        "a definition file",
        [
            KeyShape(
                "namespace",
                .name,
                "Every name in the file starts with it; Swift names leave it out.",
                otherNames: ["prefix", "subsystem"]
            ),
            KeyShape(
                "access",
                .choice(name: "access level", words: AccessLevel.allCases.map(\.rawValue)),
                "Who may use the generated code; public without it.",
                otherNames: ["visibility", "access_level", "access_modifier"]
            ),
            KeyShape(
                "label_sets",
                .dictionary(of: .mapping(labelSet), what: "a mapping by name"),
                "Labels that several metrics share, by name: one Swift type each.",
                otherNames: ["labels", "label_set", "attributes"]
            ),
            KeyShape("metrics", .list(of: .mapping(metric), item: "a metric"), "The metrics of the file."),
            allow,
        ]
    )

    /// One metric.
    package static let metric = MappingShape(
        "a metric",
        [
            KeyShape(
                "name",
                .name,
                "The full name as Prometheus shows it.",
                isRequired: true,
                otherNames: ["metric", "metric_name", "id"]
            ),
            KeyShape(
                "type",
                .choice(name: "metric type", words: MetricType.allCases.map(\.rawValue)),
                "What kind of metric it is.",
                isRequired: true,
                otherNames: ["kind", "instrument", "metric_type"]
            ),
            KeyShape(
                "documentation",
                .text,
                "What the metric means: help text, doc comment and docs page.",
                isRequired: true,
                otherNames: ["description", "help", "doc", "docs", "desc", "brief", "summary"]
            ),
            KeyShape("unit", .name, "The unit, with which the name ends (before _total).", otherNames: ["units"]),
            KeyShape(
                "labels",
                .list(
                    of: .byKind(scalar: .name, list: nil, mapping: .mapping(label), what: "a name or a mapping"),
                    item: "a label"
                ),
                "The labels in the order of the Swift arguments: names of label sets, plain names, or mappings.",
                otherNames: ["labelnames", "label_names", "attributes", "tags", "dimensions"]
            ),
            KeyShape(
                "constant_labels",
                .dictionary(of: .anyText, what: "a mapping"),
                "Labels that every series carries with the same value.",
                otherNames: ["const_labels", "static_labels"]
            ),
            KeyShape(
                "buckets",
                buckets,
                "The upper bounds of a histogram: a list, a generator, or the name of a preset.",
                types: [.histogram],
                otherNames: ["bounds", "boundaries", "bucket_bounds", "explicit_bounds"]
            ),
            KeyShape(
                "states",
                .list(of: .anyText, item: "a state"),
                "The states of a state set.",
                types: [.stateset],
                requiredFor: [.stateset]
            ),
            KeyShape(
                "multiprocess_mode",
                .choice(name: "multiprocess mode", words: MultiprocessMode.allCases.map(\.rawValue)),
                "How a gauge's values in several processes are merged.",
                types: [.gauge],
                otherNames: ["mode", "multiprocess", "multiproc_mode"]
            ),
            KeyShape(
                "max_series",
                .count,
                "The most label combinations that one process creates.",
                otherNames: ["max_cardinality", "series_limit", "cardinality"]
            ),
            KeyShape("swift_name", .name, "The Swift type, where the rule gives another name than wanted."),
            KeyShape(
                "swift_metrics_label",
                .text,
                "The label under which libraries record the metric through swift-metrics.",
                types: [.counter, .gauge, .histogram, .summary],
                otherNames: ["metrics_label", "swift_label"]
            ),
            KeyShape(
                "stability",
                .choice(name: "stability", words: Stability.allCases.map(\.rawValue)),
                "How much the metric may still change."
            ),
            KeyShape(
                "since",
                .anyText,
                "The version that brought the metric.",
                otherNames: ["added", "introduced", "version"]
            ),
            KeyShape(
                "deprecated",
                .mapping(deprecation),
                "That the metric should no longer be used.",
                otherNames: ["deprecation", "obsolete"]
            ),
            allow,
        ]
    )

    /// A label that stands in a metric.
    package static let label = MappingShape(
        "a label",
        [
            KeyShape(
                "name",
                .name,
                "The label's name as Prometheus shows it.",
                isRequired: true,
                otherNames: ["label", "key"]
            )
        ] + labelKeys
    )

    /// A label set: a label without its name, which is the key that it stands under.
    package static let labelSet = MappingShape("a label set", labelKeys)

    private static let labelKeys = [
        KeyShape(
            "documentation",
            .text,
            "What the label means.",
            otherNames: ["description", "help", "doc", "docs", "desc", "brief"]
        ),
        KeyShape(
            "values",
            .byKind(
                scalar: nil,
                list: .list(of: .anyText, item: "a value"),
                mapping: .dictionary(of: .anyText, what: "a mapping from Swift case to value"),
                what: "a list, or a mapping from Swift case to value"
            ),
            "The closed set of values, which becomes a Swift enum: a list, or a mapping from Swift case to value.",
            otherNames: ["enum", "members", "allowed", "allowed_values"]
        ),
        KeyShape(
            "other",
            .anyText,
            "The value that stands for everything outside 'values'.",
            otherNames: ["default", "fallback"]
        ),
        KeyShape(
            "max_values",
            .count,
            "How many values of an open label a process creates; more become __overflow__.",
            otherNames: ["max_cardinality", "limit"]
        ),
        KeyShape(
            "type",
            .choice(name: "label type", words: LabelType.allCases.map(\.rawValue)),
            "The Swift type of the argument; string without it."
        ),
    ]

    private static let deprecation = MappingShape(
        "'deprecated'",
        [
            KeyShape("since", .anyText, "The version from which on the metric is deprecated."),
            KeyShape("message", .text, "What to do instead.", otherNames: ["note", "reason"]),
            KeyShape(
                "replaced_by",
                .name,
                "The name of the metric to use instead.",
                otherNames: ["renamed_to", "replacement"]
            ),
        ]
    )

    private static let allow = KeyShape(
        "allow",
        .list(
            of: .mapping(
                MappingShape(
                    "an entry of 'allow'",
                    [
                        KeyShape("rule", .name, "The rule that is switched off.", isRequired: true),
                        KeyShape("reason", .text, "Why it does not apply here.", otherNames: ["because", "note"]),
                    ],
                    meaningOfText: { "{rule: \($0), reason: …}" }
                )
            ),
            item: "an entry of 'allow'"
        ),
        "Rules that are switched off here, each with a reason.",
        otherNames: ["no_lint", "ignore", "disable", "suppress"]
    )

    private static let buckets = ValueForm.byKind(
        scalar: .text,
        list: .list(of: .number, item: "a bucket"),
        mapping: .mapping(
            MappingShape(
                "'buckets'",
                BucketGenerator.allCases.map { generator in
                    KeyShape(
                        generator.rawValue,
                        .mapping(
                            MappingShape(
                                "'\(generator.rawValue)'",
                                generator.argumentNames.map { KeyShape($0, .number, "", isRequired: true) }
                            )
                        ),
                        generator.documentation
                    )
                },
                takesOneKey: true
            )
        ),
        what: BucketRules.forms
    )
}
