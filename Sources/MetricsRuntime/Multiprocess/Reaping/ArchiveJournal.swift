#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What an archiver is about to do, so that it may be killed at any instruction.
///
/// Order of an archiver: the new archive file complete beside the old one; the journal with the names of the files that
/// it replaces; the new archive in the place of the old one; the files removed; the journal removed. Nothing has happened
/// as long as another file than the new archive has its name; from then on, the files do not count.
enum ArchiveJournal {
    private static func path(in directory: String) -> String { "\(directory)/swift-archive.journal" }

    /// One undertaking: which file will be the archive, and what it replaces.
    private struct Plan {
        let archive: String
        /// The number of the new archive's inode.
        let inode: UInt64
        let files: [String]

        func isDone(in directory: String) -> Bool {
            FileIdentity(path: "\(directory)/\(archive)")?.inode == inode
        }
    }

    /// Writes the journal for an archive that is prepared.
    static func write(archive: String, replacing files: [String], in directory: String) throws(MetricsStorageError) {
        guard let prepared = FileIdentity(path: "\(directory)/\(archive).new") else {
            throw MetricsStorageError(.createFile, path: "\(directory)/\(archive).new", errorNumber: ENOENT)
        }
        let text = ([archive, "\(prepared.inode)"] + files).joined(separator: "\n")
        try WholeFile.replace(path(in: directory), by: Array(text.utf8))
    }

    /// Removes the journal.
    static func remove(in directory: String) {
        unlink(path(in: directory))
    }

    /// Whether an archiver is at work or was killed.
    static func exists(in directory: String) -> Bool {
        FileIdentity(path: path(in: directory)) != nil
    }

    /// The names of files that are there but do not count. The archive's lock must be held.
    static func filesLeftOver(in directory: String) -> Set<String> {
        guard let plan = read(in: directory), plan.isDone(in: directory) else { return [] }
        return Set(plan.files)
    }

    /// Brings what a killed archiver began to its end or back to its beginning.
    ///
    /// The archive's lock must be held for archiving. No slot whose files are named has an owner that began to use them:
    /// owners call this first.
    static func recover(in directory: String) {
        guard let plan = read(in: directory) else { return }
        if plan.isDone(in: directory) {
            for file in plan.files { unlink("\(directory)/\(file)") }
            remove(in: directory)
        } else {
            // Since the archiver's death somebody may have counted on in the files: what stands in the new one is old.
            remove(in: directory)
            unlink("\(directory)/\(plan.archive).new")
        }
    }

    private static func read(in directory: String) -> Plan? {
        guard let bytes = (try? WholeFile.read(path(in: directory), atMost: 1 << 24)) ?? nil else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count >= 2, let inode = UInt64(lines[1]) else { return nil }
        let files = Array(lines.dropFirst(2))
        // Names of our own making; anything else must not make us remove a file elsewhere.
        guard ([lines[0]] + files).allSatisfy({ !$0.contains("/") && $0.hasSuffix(".db") }) else { return nil }
        return Plan(archive: lines[0], inode: inode, files: files)
    }
}
