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
        let result = DefinitionPipeline(registryName: registryName).run(sources)
        let report = isStrict ? result.report.warningsAsErrors() : result.report
        let diagnostics = DiagnosticRenderer.text(report, style: errorStyle)
        guard let model = result.model, !report.hasErrors else {
            return CommandOutcome(.invalid, standardError: diagnostics)
        }
        let library: TemplateLibrary
        do throws(TemplateLibrary.LoadError) {
            if let templates {
                library = try TemplateLibrary(overridesIn: templates)
            } else {
                library = TemplateLibrary()
            }
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
                let advice = "error: \(output) is stale: run 'metrics-generator generate' and commit what it writes\n"
                return CommandOutcome(.different, standardOutput: diff, standardError: advice)
            }
            try directory.apply(changes)
            return CommandOutcome(.success, standardOutput: Self.summary(changes, of: files, in: output))
        } catch {
            return CommandOutcome(.cannotWrite, standardError: "error: \(error)\n")
        }
    }

    private static func summary(_ changes: [OutputChange], of files: [OutputFile], in output: String) -> String {
        var text = ""
        for change in changes {
            text += "\(change.new == nil ? "removed" : "wrote") \(FileSystem.join(output, change.name))\n"
        }
        return text.isEmpty ? "\(output) is up to date\n" : text
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
