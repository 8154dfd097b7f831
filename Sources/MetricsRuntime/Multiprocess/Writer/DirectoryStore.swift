internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The files of one registry in a multiprocess directory: a slot, and a file for each kind of metric in use.
///
/// Guarded by `StructureLock`.
final class DirectoryStore: @unchecked Sendable {
    let directory: String
    private(set) var slot: Slot?
    private var files: [FileKind: MappedFile] = [:]
    /// The files whose cells are still in private memory after a fork.
    private var unsettled: Set<FileKind> = []

    init(directory: String) {
        self.directory = directory
    }

    /// Makes the directory and takes a slot, if that is not done yet.
    @discardableResult
    func open() throws(MetricsStorageError) -> Slot {
        if let slot { return slot }
        try Self.makeDirectory(directory)
        let slot = try SlotLeases.acquire(in: directory, fresh: false)
        // What an earlier owner said about the living is not true of this one.
        for kind in FileKind.all where kind.isLive {
            unlink("\(directory)/\(kind.fileName(identity: slot.identity))")
        }
        self.slot = slot
        return slot
    }

    /// Cells for the keys of one series.
    func cells(
        for keys: [[UInt8]],
        kind: FileKind
    ) throws(MetricsStorageError) -> (cells: [_CellPointer], isAdopted: Bool) {
        if !unsettled.isEmpty { try settle() }
        let slot = try open()
        if let file = files[kind] { return try file.cells(for: keys) }
        let file = try MappedFile(kind: kind, slot: slot, directory: directory)
        files[kind] = file
        return try file.cells(for: keys)
    }

    /// Marks the cells of a series as removed.
    func remove(_ cells: [_CellPointer], kind: FileKind) {
        guard let file = files[kind] else { return }
        for cell in cells { file.remove(cell) }
    }

    /// Gives the slot up; kept children go on in memory that nobody reads.
    func close() {
        for file in files.values { file.detach() }
        files = [:]
        if let slot { SlotLeases.release(slot) }
        slot = nil
    }

    /// In a forked child: gives the child a slot and files of its own. Does nothing where the parent had none.
    func settleAfterFork() throws(MetricsStorageError) {
        slot = nil
        unsettled = Set(files.keys)
        if !unsettled.isEmpty { try settle() }
    }

    private func settle() throws(MetricsStorageError) {
        let slot: Slot
        if let current = self.slot { slot = current } else { slot = try freshSlot() }
        self.slot = slot
        for kind in FileKind.all where unsettled.contains(kind) {
            try files[kind]?.settle(slot: slot, directory: directory)
            unsettled.remove(kind)
        }
    }

    private func freshSlot() throws(MetricsStorageError) -> Slot {
        while true {
            let slot = try SlotLeases.acquire(in: directory, fresh: true)
            let isEmpty = FileKind.all.allSatisfy {
                FileIdentity(path: "\(directory)/\($0.fileName(identity: slot.identity))") == nil
            }
            if isEmpty { return slot }
            // Files without their lock file: somebody tidied up the wrong half. They are left for an heir.
            SlotLeases.release(slot)
        }
    }

    /// Makes a directory and those above it, as far as they are missing.
    private static func makeDirectory(_ path: String) throws(MetricsStorageError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw MetricsStorageError(.createDirectory, path: path, errorNumber: ENOTDIR)
            }
            return
        }
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)[...]
        var prefix = path.hasPrefix("/") ? "" : "."
        while let part = parts.popFirst() {
            prefix += "/" + (String(part) ?? "")
            if mkdir(prefix, 0o777) != 0, errno != EEXIST {
                // A directory above that exists but may not be written is no obstacle as long as it can be passed.
                let errorNumber = errno
                if stat(prefix, &status) == 0 { continue }
                throw MetricsStorageError(.createDirectory, path: path, errorNumber: errorNumber)
            }
        }
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw MetricsStorageError(.createDirectory, path: path, errorNumber: ENOTDIR)
        }
    }
}
