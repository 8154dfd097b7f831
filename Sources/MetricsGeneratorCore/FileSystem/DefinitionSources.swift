package import MetricDefinitions

/// Why there is nothing to read.
package enum DefinitionSourceError: Error, CustomStringConvertible, Sendable {
    /// A file or folder that was named could not be read.
    case unreadable(FileError)
    /// Nothing that was named holds a definition file.
    case empty([String])

    package var description: String {
        switch self {
        case .unreadable(let error):
            error.isMissing
                ? "no definitions: \(error.path) does not exist; name a folder or file with --definitions"
                : error.description
        case .empty(let paths):
            "no definitions: there is no .yaml or .yml file in \(paths.joined(separator: ", "))"
        }
    }
}

/// Finds and reads definition files.
package enum DefinitionSources {
    /// The files at `paths`: files as they are, folders with all `.yaml` and `.yml` files below them.
    ///
    /// Hidden files and folders are left out, and a file that is reached twice is read once.
    package static func read(_ paths: [String]) throws(DefinitionSourceError) -> [SourceFile] {
        var seen: Set<FileSystem.Identity> = []
        var sources: [SourceFile] = []
        do throws(FileError) {
            for path in paths {
                let (kind, identity) = try FileSystem.kind(of: path)
                guard seen.insert(identity).inserted else { continue }
                switch kind {
                case .file:
                    sources.append(try file(path))
                case .directory: try readFolder(path, &seen, &sources)
                }
            }
        } catch {
            throw .unreadable(error)
        }
        guard !sources.isEmpty else { throw .empty(paths) }
        return sources
    }

    /// One file; of one that is too large, no more than shows that it is.
    private static func file(_ path: String) throws(FileError) -> SourceFile {
        SourceFile(path: path, bytes: try FileSystem.read(path, limit: FileRules.sizeLimit + 1))
    }

    private static func readFolder(
        _ folder: String,
        _ seen: inout Set<FileSystem.Identity>,
        _ sources: inout [SourceFile]
    ) throws(FileError) {
        for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
            let path = FileSystem.join(folder, name)
            let (kind, identity) = try FileSystem.kind(of: path)
            guard kind == .directory || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
            guard seen.insert(identity).inserted else { continue }
            switch kind {
            case .file:
                sources.append(try file(path))
            case .directory: try readFolder(path, &seen, &sources)
            }
        }
    }
}
