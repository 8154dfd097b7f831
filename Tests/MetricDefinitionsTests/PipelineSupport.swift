import MetricDefinitions

/// Runs the pipeline over texts.
func run(_ text: String) -> DefinitionPipeline.Result {
    run(["example.yaml": text])
}

func run(_ files: KeyValuePairs<String, String>) -> DefinitionPipeline.Result {
    DefinitionPipeline().run(files.map { SourceFile(path: $0.key, text: $0.value) })
}

extension DefinitionPipeline.Result {
    /// The rules that were broken, in the order of the report.
    var rules: [String] { report.diagnostics.map(\.rule.text) }

    /// `line:column rule` for each problem.
    var places: [String] {
        report.diagnostics.map { "\($0.span.start.line):\($0.span.start.column) \($0.rule)" }
    }

    var text: String { DiagnosticRenderer.text(report) }
}

/// A metric with further keys, one a line.
func counter(_ keys: String = "") -> String {
    """
    metrics:
      - name: shop_jobs_total
        type: counter
        documentation: Jobs done
        \(keys)
    """
}
