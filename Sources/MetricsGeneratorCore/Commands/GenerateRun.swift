package import MetricDefinitions

/// `metrics-generator generate`: definitions to files.
package struct GenerateRun: Sendable {
    /// Folders or files.
    package var definitions: [String]
    /// The output folder.
    package var output: String
    /// What to make: a target for which there are templates.
    package var target = OutputTarget.standardName
    /// The Swift type of the registry.
    package var registryName = GenerateRun.standardRegistryName
    /// A folder whose templates override the embedded ones.
    package var templates: String?
    /// Whether to compare only.
    package var isCheck = false
    /// Whether warnings count as errors.
    package var isStrict = false
    /// Whether diagnostics, which go to standard error, are coloured.
    package var errorStyle = TextStyle.plain
    /// What the user types to have the output written: a check that finds a difference says it.
    package var writingCommand = "metrics-generator generate"

    /// Where finished runs are remembered; `nil` for a run that does everything anew.
    package var finishedRuns: FinishedRuns?

    package static let standardRegistryName = "GeneratedMetrics"

    package init(definitions: [String], output: String) {
        self.definitions = definitions
        self.output = output
    }

    package func run() -> CommandOutcome {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(definitions)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        let overrides = Result { () throws(TemplateLibrary.LoadError) in
            try templates.map { path throws(TemplateLibrary.LoadError) in try TemplateLibrary.files(in: path) } ?? []
        }
        let memory = finishedRuns.flatMap { Memory($0, self, sources, overrides) }
        if let memory, memory.runs.isUpToDate(memory.inputs, in: OutputDirectory(output)) {
            return CommandOutcome(.success, standardOutput: isCheck ? "" : OutputChange.summary(of: [], in: output))
        }
        let result = DefinitionPipeline(registryName: registryName).run(sources)
        let report = isStrict ? result.report.warningsAsErrors() : result.report
        let diagnostics = DiagnosticRenderer.text(report, style: errorStyle)
        guard let model = result.model, !report.hasErrors else {
            return CommandOutcome(.invalid, standardError: diagnostics)
        }
        let library: TemplateLibrary
        do throws(TemplateLibrary.LoadError) {
            library = try TemplateLibrary(overrides: try overrides.get())
        } catch {
            return CommandOutcome(.noInput, standardError: diagnostics + "error: \(error)\n")
        }
        let target: OutputTarget
        do throws(OutputTargetError) {
            target = try OutputTarget(self.target, templates: library, registryName: registryName)
        } catch {
            return CommandOutcome(error.code, standardError: "error: \(error)\n")
        }
        let templateReport = target.checkTemplates()
        guard !templateReport.hasErrors else {
            return CommandOutcome(
                .invalid,
                standardError: diagnostics + DiagnosticRenderer.text(templateReport, style: errorStyle)
            )
        }
        let files: [OutputFile]
        do throws(TemplateError) {
            files = try target.render(model)
        } catch {
            return CommandOutcome(.invalid, standardError: diagnostics + "error: \(error)\n")
        }
        var outcome = write(files, of: target)
        outcome.standardError = diagnostics + outcome.standardError
        // What a run had to say, the next one says again.
        if let memory, outcome.code == .success, outcome.standardError.isEmpty {
            memory.runs.remember(memory.inputs, files, in: OutputDirectory(output), mayBeOurs: target.mayHaveWritten)
        }
        return outcome
    }

    private func write(_ files: [OutputFile], of target: OutputTarget) -> CommandOutcome {
        let directory = OutputDirectory(output)
        do throws(FileError) {
            let changes = try directory.changes(to: files, mayBeOurs: target.mayHaveWritten)
            if let foreign = directory.foreignFile(in: changes) {
                let message =
                    "error: \(foreign) was not written by metrics-generator, and is left alone: move it away, or name another folder with --output\n"
                return CommandOutcome(.cannotWrite, standardError: message)
            }
            if isCheck {
                guard !changes.isEmpty else { return CommandOutcome(.success) }
                let diff: String = changes.map { UnifiedDiff.text($0, directory: output) }.joined()
                let advice = "error: \(output) is stale: run '\(writingCommand)' and commit what it writes\n"
                return CommandOutcome(.different, standardOutput: diff, standardError: advice)
            }
            try directory.apply(changes)
            return CommandOutcome(.success, standardOutput: OutputChange.summary(of: changes, in: output))
        } catch {
            return CommandOutcome(.cannotWrite, standardError: "error: \(error)\n")
        }
    }
}

/// What a run needs to look itself up, and to remember itself.
private struct Memory {
    let runs: FinishedRuns
    let inputs: RunInputs

    init?(
        _ runs: FinishedRuns,
        _ run: GenerateRun,
        _ sources: [SourceFile],
        _ templates: Result<[SourceFile], TemplateLibrary.LoadError>
    ) {
        guard case .success(let templates) = templates,
            let inputs = RunInputs(run, sources: sources, templates: templates)
        else { return nil }
        self.runs = runs
        self.inputs = inputs
    }
}

extension OutputTargetError {
    fileprivate var code: CommandOutcome.Code {
        switch self {
        case .unknown: .usage
        case .invalidOutput: .invalid
        }
    }
}
