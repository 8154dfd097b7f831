/// What the last runs of `generate` read and wrote, in a folder outside of the project: a run that would read and write
/// the same ends at once.
///
/// A record holds whole files, not their times or digests, so nothing that differs in any byte is taken for the same.
/// The folder holds a fixed number of records; which one a run has follows from its output folder and its target, and
/// two that meet at one record forget each other's. What cannot be read or written is as if there were no record.
package struct FinishedRuns: Sendable {
    /// Names the folder; set to nothing, no run is remembered.
    package static let variable = "METRICS_GENERATOR_CACHE"
    static let recordCount = 256
    /// Records above this many bytes are not written: reading them would take as long as it saves.
    private static let sizeLimit = 1 << 26

    private let folder: String
    /// What tells this build of the generator from any other.
    private let program: [UInt8]

    /// - Parameters:
    ///   - folder: The folder of the records, which the first run makes.
    ///   - program: What tells this build of the generator from any other.
    package init(folder: String, program: [UInt8]) {
        self.folder = folder
        self.program = program
    }

    /// The records of this user.
    ///
    /// - Parameters:
    ///   - version: The version of the generator.
    ///   - variable: A variable of the environment.
    /// - Returns: `nil` where no run is to be remembered, or there is no place for it.
    package init?(version: String, environment variable: (String) -> String?) {
        guard let folder = Self.folder(variable), let identity = ProgramIdentity.current() else { return nil }
        self.init(folder: folder, program: Array(version.utf8) + [0] + identity)
    }

    static func folder(_ variable: (String) -> String?) -> String? {
        if let named = variable(Self.variable) { return named.isEmpty ? nil : named }
        if let caches = variable("XDG_CACHE_HOME"), caches.hasPrefix("/") {
            return FileSystem.join(caches, "metrics-generator")
        }
        // Some accounts have a home that does not exist.
        guard let home = variable("HOME"), home.hasPrefix("/"), (try? FileSystem.kind(of: home))?.kind == .directory
        else { return nil }
        return FileSystem.join(home, ".cache/metrics-generator")
    }

    /// Whether the last run with these inputs left just what stands in the output folder.
    func isUpToDate(_ inputs: RunInputs, in directory: OutputDirectory) -> Bool {
        do throws(FileError) {
            var record = SectionReader(try FileSystem.read(path(of: inputs), limit: Self.sizeLimit))
            guard record.next(equals: program), record.next(equals: inputs.bytes), let names = record.names(),
                let candidates = record.names(), let others = record.names(),
                (names + candidates + others).sorted() == (try directory.names())
            else { return false }
            for name in names {
                guard record.next(equals: try directory.read(name)) else { return false }
            }
            for name in candidates where try directory.hasMarker(name) { return false }
            return record.isAtEnd
        } catch {
            return false
        }
    }

    /// Remembers a run that had nothing to say but that all is well.
    ///
    /// - Parameters:
    ///   - files: What it made of its inputs.
    ///   - mayBeOurs: Whether a name is one that the target gives.
    func remember(
        _ inputs: RunInputs,
        _ files: [OutputFile],
        in directory: OutputDirectory,
        mayBeOurs: (String) -> Bool
    ) {
        do throws(FileError) {
            let names = Set(files.map(\.name))
            let rest = try directory.names().filter { !names.contains($0) }
            let candidates = rest.filter(mayBeOurs)
            // Somebody put another stale file there meanwhile.
            for name in candidates where try directory.hasMarker(name) { return }
            var record = SectionWriter()
            record.append(program)
            record.append(inputs.bytes)
            record.append(names: files.map(\.name))
            record.append(names: candidates)
            record.append(names: rest.filter { !mayBeOurs($0) })
            for file in files { record.append(file.bytes) }
            guard record.count < Self.sizeLimit else { return }
            try write(record.pieces, to: path(of: inputs))
        } catch {
            return
        }
    }

    /// Two runs at once stage their records under one name, so that a kill leaves no more than that. Whoever finds the
    /// other's removes it and writes none: a record, whole or cut short, comes from one run.
    private func write(_ record: [[UInt8]], to path: String) throws(FileError) {
        let staged = path + ".new"
        do throws(FileError) {
            try FileSystem.makeDirectory(folder, isPrivate: true)
            try FileSystem.write(record, to: staged, isNew: true)
        } catch {
            try FileSystem.remove(staged)
            return
        }
        try FileSystem.rename(staged, to: path)
    }

    private func path(of inputs: RunInputs) -> String {
        FileSystem.join(folder, String(inputs.key % UInt64(Self.recordCount)))
    }
}
