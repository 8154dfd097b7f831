package import MetricDefinitions

/// `metrics-generator templates eject`: the embedded templates as files, to change what outputs say.
package struct EjectRun: Sendable {
    /// The folder to write to.
    package var output: String
    /// The target whose templates to write; all where it is `nil`.
    package var target: String?

    package init(output: String) { self.output = output }

    package func run() -> CommandOutcome {
        let library = TemplateLibrary()
        let files = library.sources.filter { file in
            target.map { file.name.hasPrefix($0 + "-") || file.name.hasPrefix($0 + ".") } ?? true
        }
        guard !files.isEmpty else {
            return CommandOutcome(.usage, standardError: "error: no template makes the target '\(target ?? "")'\n")
        }
        do throws(FileError) {
            let directory = OutputDirectory(output)
            let changes = try directory.changes(to: files) { _ in false }
            // What somebody changed is not taken back.
            if let changed = changes.first(where: { $0.old != nil }) {
                let path = FileSystem.join(output, changed.name)
                return CommandOutcome(
                    .cannotWrite,
                    standardError: "error: \(path) exists and differs: move it away, or eject into another folder\n"
                )
            }
            try directory.apply(changes)
            return CommandOutcome(.success, standardOutput: OutputChange.summary(of: changes, in: output))
        } catch {
            return CommandOutcome(.cannotWrite, standardError: "error: \(error)\n")
        }
    }
}

/// `metrics-generator templates context`: everything that templates see, as JSON.
package struct ContextRun: Sendable {
    /// Folders or files.
    package var definitions: [String]
    package var registryName = GenerateRun.standardRegistryName
    /// Whether diagnostics, which go to standard error, are coloured.
    package var errorStyle = TextStyle.plain

    package init(definitions: [String]) { self.definitions = definitions }

    package func run() -> CommandOutcome {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(definitions)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        let result = DefinitionPipeline(registryName: registryName).run(sources)
        guard let model = result.model else {
            return CommandOutcome(.invalid, standardError: DiagnosticRenderer.text(result.report, style: errorStyle))
        }
        let context = ModelContext(model, registryName: registryName)
        return CommandOutcome(.success, standardOutput: ContextJSON.text(of: context) + "\n")
    }
}
