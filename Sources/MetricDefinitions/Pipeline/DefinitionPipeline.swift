/// Bytes to the resolved model, stage by stage: nodes, definitions, checks, model.
///
/// Every stage reports what it finds and hands on what it could make of the input, so one run shows every problem of
/// every file.
package struct DefinitionPipeline {
    /// What a run gave.
    package struct Result: Sendable {
        /// The model, or `nil` where an error was reported.
        package var model: ResolvedModel?
        package var report: DiagnosticReport
    }

    private let registryName: String
    private let isPedantic: Bool

    /// - Parameters:
    ///   - registryName: The Swift type of the registry, which no metric may take.
    ///   - isPedantic: Whether notes are reported too.
    package init(registryName: String = "GeneratedMetrics", isPedantic: Bool = false) {
        self.registryName = registryName
        self.isPedantic = isPedantic
    }

    /// Sources in the order in which they are read and named.
    static func ordered(_ sources: [SourceFile]) -> [SourceFile] {
        sources.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    }

    /// Runs all stages; the order of `sources` makes no difference.
    package func run(_ sources: [SourceFile]) -> Result {
        let (report, context) = check(sources)
        return Result(model: report.hasErrors ? nil : Resolver(context).resolve(), report: report)
    }

    /// Runs the stages that report, and makes no model; the order of `sources` makes no difference.
    package func report(_ sources: [SourceFile]) -> DiagnosticReport { check(sources).report }

    private func check(_ sources: [SourceFile]) -> (report: DiagnosticReport, context: CheckContext) {
        let sources = Self.ordered(sources)
        var sink = DiagnosticSink()
        var definitions = DefinitionReader()
        var files: [DefinitionFile] = []
        for (index, source) in sources.enumerated() {
            let id = SourceID(index: index)
            let document = YAMLReader.read(source, id: id, into: &sink)
            files.append(definitions.read(document, of: source, id: id))
        }
        sink.append(definitions.sink)

        let context = CheckContext(files: files, registryName: registryName)
        for check in RuleTable.families.lazy.flatMap(\.checks) { check(context, &sink) }

        // Notes count for 'allow' even where they are not shown.
        let remaining = Suppressions.apply(FollowUps.dropping(sink.diagnostics), files).filter {
            isPedantic || $0.severity != .note
        }
        return (DiagnosticReport(sources: sources, diagnostics: remaining), context)
    }
}
