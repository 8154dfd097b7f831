/// The folder that generated files are written to.
package struct OutputDirectory: Sendable {
    private let path: String
    /// How far into a file the marker stands at most.
    private static let markerRange = 1024

    package init(_ path: String) { self.path = path }

    /// What differs from `files`: files to write, and stale ones of ours to remove; sorted by name.
    ///
    /// - Parameters:
    ///   - mayBeOurs: Whether a name is one that the target gives; only then, and only where the marker stands in the
    ///     file's beginning, it is removed.
    package func changes(
        to files: [OutputFile],
        mayBeOurs: (String) -> Bool
    ) throws(FileError) -> [OutputChange] {
        var changes: [OutputChange] = []
        for file in files {
            let old = try readIfPresent(file.name)
            if old != file.bytes { changes.append(OutputChange(name: file.name, old: old, new: file.bytes)) }
        }
        let kept = Set(files.map(\.name))
        for name in try names() where mayBeOurs(name) && !kept.contains(name) {
            guard let old = try readIfPresent(name), Self.hasMarker(old) else { continue }
            changes.append(OutputChange(name: name, old: old, new: nil))
        }
        return changes.sorted { $0.name < $1.name }
    }

    /// Makes the changes, all of them or none.
    package func apply(_ changes: [OutputChange]) throws(FileError) {
        guard !changes.isEmpty else { return }
        try FileSystem.makeDirectory(path)
        var transaction = OutputTransaction(in: path)
        try transaction.run(changes)
    }

    /// The first file that would be overwritten though somebody else wrote it.
    ///
    /// A template whose output has no marker gives nothing to tell by, so there every file counts as ours.
    package func foreignFile(in changes: [OutputChange]) -> String? {
        let foreign = changes.first { change in
            guard let old = change.old, let new = change.new else { return false }
            return Self.hasMarker(new) && !Self.hasMarker(old) && !old.isEmpty
        }
        return foreign.map { FileSystem.join(path, $0.name) }
    }

    private static func hasMarker(_ bytes: [UInt8]) -> Bool {
        bytes.firstIndex(of: Array(OutputTarget.marker.utf8), from: 0, to: markerRange) != nil
    }

    private func readIfPresent(_ name: String) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try read(name)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The bytes of a file.
    func read(_ name: String) throws(FileError) -> [UInt8] { try FileSystem.read(FileSystem.join(path, name)) }

    /// Whether a file says in its beginning that it is ours.
    func hasMarker(_ name: String) throws(FileError) -> Bool {
        Self.hasMarker(try FileSystem.read(FileSystem.join(path, name), limit: Self.markerRange))
    }

    /// The names in the folder, sorted; none where there is no folder.
    func names() throws(FileError) -> [String] {
        do throws(FileError) {
            return try FileSystem.names(in: path)
        } catch {
            if error.isMissing { return [] }
            throw error
        }
    }
}
