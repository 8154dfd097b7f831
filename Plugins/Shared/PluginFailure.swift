/// Why a plugin cannot work, and what to do about it.
enum PluginFailure: Error, CustomStringConvertible {
    case settings(file: String, reason: String)
    case noDefinitions(target: String, paths: [String])
    case missingPath(target: String, path: String)
    case unknownTarget(String, known: [String])
    case noTarget
    case generator(code: Int32)

    var description: String {
        switch self {
        case .settings(let file, let reason): "\(file): \(reason)"
        case .noDefinitions(let target, let paths):
            "the target '\(target)' has no metric definitions: put .yaml files into \(paths.joined(separator: ", ")), or "
                + "name others under \"definitions\" in its \(TargetSettings.fileName)"
        case .missingPath(let target, let path):
            "the target '\(target)' names \(path) in its \(TargetSettings.fileName), and there is nothing"
        case .unknownTarget(let name, let known):
            "there is no target '\(name)' with Swift sources; there are \(known.joined(separator: ", "))"
        case .noTarget:
            "no target has metric definitions: put .yaml files into a folder 'Definitions' of a target"
        case .generator(let code): "metrics-generator ended with \(code)"
        }
    }
}
