import Foundation
import PackagePlugin

/// What a target says about its metrics: `metrics-generator.json` in its folder, or the defaults.
///
/// It is JSON, since a plugin can use Foundation alone.
struct TargetSettings: Decodable {
    static let fileName = "metrics-generator.json"

    /// Folders or files with definitions, from the target's folder.
    var definitions: [String]
    /// The Swift type of the registry.
    var registry: String
    /// A folder of templates that override the embedded ones, from the target's folder.
    var templates: String?
    /// Where the command plugin writes to, from the target's folder.
    var output: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case definitions, registry, templates, output
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private init() {
        definitions = ["Definitions"]
        registry = "GeneratedMetrics"
        templates = nil
        output = "Generated"
    }

    init(from decoder: any Decoder) throws {
        let known = CodingKeys.allCases.map(\.rawValue)
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [key],
                    debugDescription: "unknown key '\(key.stringValue)'; there are \(known.joined(separator: ", "))"
                )
            )
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let defaults = TargetSettings()
        definitions = try container.decodeIfPresent([String].self, forKey: .definitions) ?? defaults.definitions
        registry = try container.decodeIfPresent(String.self, forKey: .registry) ?? defaults.registry
        templates = try container.decodeIfPresent(String.self, forKey: .templates)
        output = try container.decodeIfPresent(String.self, forKey: .output) ?? defaults.output
    }

    /// The settings of a target, and whether it has a file of them.
    static func read(in folder: URL) throws -> (settings: TargetSettings, isExplicit: Bool) {
        let file = folder.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { return (TargetSettings(), false) }
        do {
            return (try JSONDecoder().decode(TargetSettings.self, from: Data(contentsOf: file)), true)
        } catch let error as DecodingError {
            throw PluginFailure.settings(file: file.path, reason: error.reason)
        }
    }
}

extension DecodingError {
    fileprivate var reason: String {
        switch self {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return "\(self)"
        }
    }
}
