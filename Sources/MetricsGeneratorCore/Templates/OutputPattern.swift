internal import MetricDefinitions

/// The file that a template makes, which its comment `{{! output: [file].swift }}` names.
struct OutputPattern: Sendable, Equatable {
    /// What stands for a part of the name.
    enum Placeholder: String, CaseIterable {
        /// The name of a definition file without its extension: the template is rendered for each.
        case file
        /// The name of the registry.
        case registry
        /// The name of the registry in snake case, as modules of Python are called.
        case module
    }

    var prefix: String
    var placeholder: Placeholder?
    var suffix: String

    /// The pattern of a template; `nil` where it makes no file and is there to be included.
    init?(template: [UInt8]) throws(InvalidPattern) {
        guard let name = Self.name(in: template) else { return nil }
        let parts = name.split(omittingEmptySubsequences: false) { $0 == "[" || $0 == "]" }.map { String($0) }
        switch parts.count {
        case 1: (prefix, placeholder, suffix) = (name, nil, "")
        case 3:
            guard let placeholder = Placeholder(rawValue: parts[1]) else { throw InvalidPattern(name: name) }
            (prefix, self.placeholder, suffix) = (parts[0], placeholder, parts[2])
        default: throw InvalidPattern(name: name)
        }
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else { throw InvalidPattern(name: name) }
    }

    /// What follows `output:` in the first comment that begins so.
    private static func name(in template: [UInt8]) -> String? {
        var index = 0
        while let start = template.firstIndex(of: Array("{{!".utf8), from: index) {
            guard let end = template.firstIndex(of: Array("}}".utf8), from: start) else { return nil }
            let comment = String(decoding: template[(start + 3)..<end], as: UTF8.self)
            let words = comment.split(whereSeparator: \.isWhitespace)
            if words.first == "output:" { return words.dropFirst().joined(separator: " ") }
            index = end + 2
        }
        return nil
    }

    /// The name of the file for what the placeholder stands for.
    func name(file: String, registry: String) -> String {
        switch placeholder {
        case .file: prefix + file + suffix
        case .registry: prefix + registry + suffix
        case .module: prefix + SwiftCase.words(registry).joined(separator: "_") + suffix
        case nil: prefix
        }
    }

    /// Whether a file may come from an earlier run of the template.
    func matches(_ name: String) -> Bool {
        guard placeholder != nil else { return name == prefix }
        return name.utf8.count > prefix.utf8.count + suffix.utf8.count && name.hasPrefix(prefix)
            && name.hasSuffix(suffix)
    }
}

/// A name of an output that cannot be one.
struct InvalidPattern: Error, CustomStringConvertible {
    var name: String

    var description: String {
        "'\(name)' cannot be the name of an output: write a file's name, in which [file], [registry] or [module] may "
            + "stand once, as in {{! output: [file].md }}"
    }
}
