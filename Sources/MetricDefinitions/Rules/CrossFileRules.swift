/// What all files of a run must agree on.
package enum CrossFileRules {
    package static let duplicateMetric = Rule(
        "duplicate-metric",
        .error,
        "a metric is defined once, in all files together",
        why: "Two families of one name make a scrape invalid.",
        bad: .files([
            "master.yaml": "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n",
            "worker.yaml": "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n",
        ]),
        good: .files([
            "master.yaml": "metrics:\n  - {name: shop_master_jobs_total, type: counter, documentation: Jobs done}\n",
            "worker.yaml": "metrics:\n  - {name: shop_worker_jobs_total, type: counter, documentation: Jobs done}\n",
        ])
    )
    package static let sampleNameClash = Rule(
        "sample-name-clash",
        .error,
        "no two metrics can expose a sample of the same name",
        why:
            "A histogram 'x' exposes 'x_count', a counter 'x_total' also 'x_created': another metric of such a name would mix with it.",
        bad: """
            metrics:
              - {name: shop_job_size, type: summary, documentation: Size of a job}
              - {name: shop_job_size_count, type: gauge, documentation: Number of sizes}
            """,
        good: """
            metrics:
              - {name: shop_job_size, type: summary, documentation: Size of a job}
              - {name: shop_sizes_seen, type: gauge, documentation: Number of sizes}
            """
    )
    package static let familyNameClash = Rule(
        "family-name-clash",
        .warning,
        "no metric is called as a counter without _total, or as an info without _info",
        why:
            "In OpenMetrics the family of 'x_total' is called 'x', so two families of one name would stand in a scrape. The text format tells them apart.",
        bad: """
            metrics:
              - {name: shop_stock_bytes, type: gauge, documentation: Stored now, unit: bytes, swift_name: StockSize}
              - {name: shop_stock_bytes_total, type: counter, documentation: Ever stored, unit: bytes}
            """,
        good: """
            metrics:
              - {name: shop_stock_bytes, type: gauge, documentation: Stored now, unit: bytes}
              - {name: shop_received_bytes_total, type: counter, documentation: Ever stored, unit: bytes}
            """
    )
    package static let swiftMetricsLabelClash = Rule(
        "swift-metrics-label-clash",
        .error,
        "a label of swift-metrics belongs to one metric of each kind",
        why:
            "What a library records under the label goes to one metric: a counter, a gauge, or a histogram or summary, as the library asks for one. A second metric of that kind would stay empty.",
        bad: """
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders taken, swift_metrics_label: orders}
              - {name: shop_refunds_total, type: counter, documentation: Money returned, swift_metrics_label: orders}
            """,
        good: """
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders taken, swift_metrics_label: orders}
              - {name: shop_refunds_total, type: counter, documentation: Money returned, swift_metrics_label: refunds}
            """
    )
    package static let duplicateLabelSet = Rule(
        "duplicate-label-set",
        .error,
        "a label set is defined once, in all files together",
        why: "A label set is one Swift type for all files.",
        bad: .files([
            "master.yaml": "label_sets:\n  method: {values: [GET]}\n",
            "worker.yaml": "label_sets:\n  method: {values: [GET, POST]}\n",
        ]),
        good: .files([
            "master.yaml": "label_sets:\n  method: {values: [GET]}\n",
            "worker.yaml":
                "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: [method]}\n",
        ])
    )
    package static let outputNameClash = Rule(
        "output-name-clash",
        .error,
        "no two definition files have the same name",
        why:
            "Each makes a Swift file of its name, and a member of the registry. Case does not tell files apart everywhere.",
        bad: .files([
            "a/worker.yaml": "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders paid}\n",
            "b/worker.yaml": "metrics:\n  - {name: shop_refunds_total, type: counter, documentation: Money returned}\n",
        ]),
        good: .files([
            "a/worker.yaml": "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders paid}\n",
            "b/master.yaml": "metrics:\n  - {name: shop_refunds_total, type: counter, documentation: Money returned}\n",
        ])
    )

    package static let family = RuleFamily(
        title: "Across files",
        rules: [
            duplicateMetric, sampleNameClash, familyNameClash, swiftMetricsLabelClash, duplicateLabelSet,
            outputNameClash,
        ],
        checks: [checkMetrics, checkSwiftMetricsLabels, checkLabelSets, checkOutputs]
    )

    private static func checkMetrics(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var names: [String: SourceSpan] = [:]
        var samples: [String: Located<String>] = [:]
        var families: [String: Located<String>] = [:]
        names.reserveCapacity(context.metrics.count)
        families.reserveCapacity(context.metrics.count)
        samples.reserveCapacity(3 * context.metrics.count)
        for metric in context.metrics {
            guard let name = metric.name else { continue }
            if let first = names[name.value] {
                let note = Diagnostic.Note(message: "first defined here", span: first)
                sink.report(duplicateMetric, at: name.span, "'\(name.value)' is defined twice", notes: [note])
                continue
            }
            names[name.value] = name.span
            guard let type = metric.type?.value else { continue }
            let exposed = SampleNames.names(of: name.value, type: type)
            let family = SampleNames.family(of: name.value, type: type)
            let clash = exposed.first { samples[$0] != nil }
            if let sample = clash, let other = samples[sample] {
                let note = Diagnostic.Note(message: "'\(other.value)' is defined here", span: other.span)
                let message = "'\(name.value)' and '\(other.value)' would both expose '\(sample)'"
                sink.report(sampleNameClash, at: name.span, message, notes: [note])
            } else if let other = families[family] {
                let note = Diagnostic.Note(message: "'\(other.value)' is defined here", span: other.span)
                let message = "'\(name.value)' and '\(other.value)' are both the family '\(family)' in OpenMetrics"
                sink.report(familyNameClash, at: name.span, message, notes: [note])
            }
            families[family] = name
            for sample in exposed where clash == nil || samples[sample] == nil { samples[sample] = name }
        }
    }

    private static func checkSwiftMetricsLabels(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        struct Key: Hashable {
            var label: String
            var type: MetricType
        }
        var first: [Key: MetricDefinition] = [:]
        for metric in context.metrics {
            guard let label = metric.swiftMetricsLabel, let type = metric.type?.value else { continue }
            // A recorder is a histogram or a summary, whichever the definition says.
            let key = Key(label: label.value, type: type == .summary ? .histogram : type)
            guard let other = first[key], let span = other.swiftMetricsLabel?.span else {
                first[key] = metric
                continue
            }
            let name = other.name?.value ?? ""
            let note = Diagnostic.Note(message: "'\(name)' has it here", span: span)
            let message = "what is recorded as '\(label.value)' goes to '\(name)' already"
            sink.report(swiftMetricsLabelClash, at: label.span, message, notes: [note])
        }
    }

    private static func checkLabelSets(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: SourceSpan] = [:]
        for set in context.files.lazy.flatMap(\.labelSets) {
            guard let name = set.name else { continue }
            if let span = first[name.value] {
                let note = Diagnostic.Note(message: "first defined here", span: span)
                let message = "the label set '\(name.value)' is defined twice; one definition serves all files"
                sink.report(duplicateLabelSet, at: name.span, message, notes: [note])
            } else {
                first[name.value] = name.span
            }
        }
    }

    private static func checkOutputs(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: DefinitionFile] = [:]
        for file in context.files {
            let key = file.stem.lowercased()
            if let other = first[key] {
                let note = Diagnostic.Note(message: "the other file of that name", span: other.span)
                let message = "two definition files would both make '\(file.stem).swift': rename one"
                sink.report(outputNameClash, at: file.span, message, notes: [note])
            } else {
                first[key] = file
            }
        }
    }
}
