import Foundation
import PackagePlugin

/// `swift package generate-metrics [--target NAME]… [--check]`: writes the Swift code of definitions into the package.
@main
struct GenerateMetricsCommand: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        var extractor = ArgumentExtractor(arguments)
        let names = extractor.extractOption(named: "target")
        let isCheck = extractor.extractFlag(named: "check") > 0
        let isStrict = extractor.extractFlag(named: "strict") > 0
        if let unknown = extractor.remainingArguments.first {
            Diagnostics.error(
                "unknown argument '\(unknown)': swift package generate-metrics [--target NAME] [--check] [--strict]"
            )
            return
        }
        let modules = context.package.targets.compactMap { $0 as? any SourceModuleTarget }
        for name in names where !modules.contains(where: { $0.name == name }) {
            throw PluginFailure.unknownTarget(name, known: modules.map(\.name))
        }
        let generator = try context.tool(named: "metrics-generator").url
        let typed = ["swift package generate-metrics"] + arguments.filter { $0 != "--check" }
        var count = 0
        var failure: Int32 = 0
        for module in modules where names.isEmpty || names.contains(module.name) {
            guard let definitions = try TargetDefinitions(module, isRequired: !names.isEmpty) else { continue }
            count += 1
            let output = URL(filePath: definitions.settings.output, relativeTo: definitions.folder).absoluteURL
            var arguments = definitions.arguments(output: output.standardizedFileURL)
            if isCheck { arguments += ["--check", "--writing-command", typed.joined(separator: " ")] }
            if isStrict { arguments.append("--strict") }
            let process = Process()
            process.executableURL = generator
            process.arguments = arguments
            try process.run()
            process.waitUntilExit()
            failure = max(failure, process.terminationStatus)
        }
        guard count > 0 else { throw PluginFailure.noTarget }
        // What is wrong stands above, with its place.
        if failure != 0 { throw PluginFailure.generator(code: failure) }
    }
}
