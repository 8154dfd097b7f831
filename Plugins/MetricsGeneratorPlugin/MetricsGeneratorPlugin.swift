import Foundation
import PackagePlugin

/// Makes the Swift code of a target's metric definitions while the target is built.
@main
struct MetricsGeneratorPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard let module = target as? any SourceModuleTarget,
            let definitions = try TargetDefinitions(module, isRequired: true)
        else { return [] }
        // The generator touches no file whose bytes would not change, so what depends on it is not compiled again.
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        // Files and folders: a folder's time tells of what was added or removed in it.
        let settings = definitions.folder.appending(path: TargetSettings.fileName)
        let hasSettings = FileManager.default.fileExists(atPath: settings.path)
        return [
            .buildCommand(
                displayName: "Generating metrics of \(target.name)",
                executable: try context.tool(named: "metrics-generator").url,
                arguments: definitions.arguments(output: output),
                inputFiles: definitions.files + definitions.templates + (hasSettings ? [settings] : []),
                outputFiles: definitions.outputNames.map { output.appending(path: $0) }
            )
        ]
    }
}
