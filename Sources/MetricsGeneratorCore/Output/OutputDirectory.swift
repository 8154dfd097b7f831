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
        for name in try namesIfPresent() where mayBeOurs(name) && !kept.contains(name) {
            guard let old = try readIfPresent(name), Self.hasMarker(old) else { continue }
            changes.append(OutputChange(name: name, old: old, new: nil))
        }
        return changes.sorted { $0.name < $1.name }
    }

    /// Makes the changes.
    ///
    /// Every new file is complete beside its target before the first is put in place.
    package func apply(_ changes: [OutputChange]) throws(FileError) {
        guard !changes.isEmpty else { return }
        try FileSystem.makeDirectory(path)
        var written: [(temporary: String, target: String)] = []
        do throws(FileError) {
            for change in changes {
                guard let new = change.new else { continue }
                let temporary = FileSystem.join(path, ".\(change.name).\(FileSystem.processID)")
                try FileSystem.write(new, to: temporary)
                written.append((temporary, FileSystem.join(path, change.name)))
            }
            for (temporary, target) in written { try FileSystem.rename(temporary, to: target) }
            for change in changes where change.new == nil {
                try FileSystem.remove(FileSystem.join(path, change.name))
            }
        } catch {
            for (temporary, _) in written { try? FileSystem.remove(temporary) }
            throw error
        }
    }

    private static func hasMarker(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(markerRange), as: UTF8.self).contains(OutputTarget.marker)
    }

    private func readIfPresent(_ name: String) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try FileSystem.read(FileSystem.join(path, name))
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    private func namesIfPresent() throws(FileError) -> [String] {
        do throws(FileError) {
            return try FileSystem.names(in: path)
        } catch {
            if error.isMissing { return [] }
            throw error
        }
    }
}
