import Foundation
import PackagePlugin

/// The definitions of one target, as the generator will find them.
struct TargetDefinitions {
    let target: String
    let folder: URL
    let settings: TargetSettings
    /// What the settings name, as absolute paths.
    let paths: [URL]
    /// All definition files in it.
    let files: [URL]
    /// All templates that override the embedded ones.
    let templates: [URL]

    /// - Parameters:
    ///   - isRequired: Whether a target without definitions is an error.
    /// - Returns: `nil` for a target that has no definitions and says nothing about any.
    init?(_ target: any SourceModuleTarget, isRequired: Bool) throws {
        let (settings, isExplicit) = try TargetSettings.read(in: target.directoryURL)
        let folder = target.directoryURL
        self.target = target.name
        self.folder = folder
        self.settings = settings
        paths = settings.definitions.map { URL(filePath: $0, relativeTo: folder).absoluteURL.standardizedFileURL }
        for path in paths where isExplicit && !FileManager.default.fileExists(atPath: path.path) {
            throw PluginFailure.missingPath(target: target.name, path: path.path)
        }
        files = paths.flatMap { Self.files(at: $0) { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } }
        templates =
            settings.templates.map { templates in
                let path = URL(filePath: templates, relativeTo: folder).absoluteURL.standardizedFileURL
                return Self.files(at: path) { $0.hasSuffix(".mustache") }
            } ?? []
        guard files.isEmpty else { return }
        guard !isExplicit, !isRequired else {
            throw PluginFailure.noDefinitions(target: target.name, paths: paths.map(\.path))
        }
        return nil
    }

    /// The Swift files that the generator makes of these definitions, in the order of their names.
    var outputNames: [String] {
        let stems = files.map { $0.deletingPathExtension().lastPathComponent }
        return Set(stems.map { $0 + ".swift" } + [settings.registry + ".swift"]).sorted()
    }

    /// The arguments of the generator.
    func arguments(output: URL) -> [String] {
        var arguments = ["generate", "--definitions"] + paths.map(\.path)
        // A sandbox keeps the generator from remembering anything.
        arguments += ["--output", output.path, "--registry", settings.registry, "--no-cache"]
        if let templates = settings.templates {
            let path = URL(filePath: templates, relativeTo: folder).absoluteURL.standardizedFileURL
            arguments += ["--templates", path.path]
        }
        return arguments
    }

    /// A file itself, or all files below a folder as the generator finds them: links are followed, also those to folders,
    /// what is hidden is left out, and what is reached twice counts once.
    private static func files(at path: URL, where isWanted: (String) -> Bool) -> [URL] {
        var seen: Set<String> = []
        return files(at: path, isNamed: true, &seen, where: isWanted)
    }

    private static func files(at path: URL, isNamed: Bool, _ seen: inout Set<String>, where isWanted: (String) -> Bool)
        -> [URL]
    {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue || isNamed || isWanted(path.lastPathComponent) else { return [] }
        guard seen.insert(path.resolvingSymlinksInPath().path).inserted else { return [] }
        guard isFolder.boolValue else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") }.flatMap {
            files(at: path.appending(path: $0), isNamed: false, &seen, where: isWanted)
        }
    }
}
