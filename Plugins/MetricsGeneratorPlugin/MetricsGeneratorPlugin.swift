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
        let text = try? String(contentsOf: settings, encoding: .utf8)
        // This plugin is not asked again when they change, but what it asks for runs again, and can tell.
        let planned = text.map { ["--planned-settings", settings.path, "--planned-settings-text=\($0)"] } ?? []
        return [
            .buildCommand(
                displayName: "Generating metrics of \(target.name)",
                executable: try context.tool(named: "metrics-generator").url,
                arguments: definitions.arguments(output: output) + planned,
                inputFiles: definitions.files + definitions.templates + (text == nil ? [] : [settings]),
                outputFiles: definitions.outputNames.map { output.appending(path: $0) }
            )
        ]
    }
}
