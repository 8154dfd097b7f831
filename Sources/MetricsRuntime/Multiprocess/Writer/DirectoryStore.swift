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
    private(set) var unsettled: Set<FileKind> = []
    private var types = FamilyTypesWriter()

    /// A relative path is one from the working directory of this moment: a server that changes it later keeps its files.
    init(directory: String) {
        self.directory = Self.absolute(directory)
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let bytes = getcwd(nil, 0) else { return path }
        defer { free(bytes) }
        guard let current = String(validatingCString: bytes) else { return path }
        return current + "/" + path
    }

    /// Makes the directory and takes a slot, if that is not done yet.
    @discardableResult
    func open() throws(MetricsStorageError) -> Slot {
        try settle()
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

    /// Makes the cells of one series; the value of new ones is `initially`. Whether all were there already.
    func makeCells(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        for keys: SeriesKeys,
        kind: FileKind,
        initially value: Double
    ) throws(MetricsStorageError) -> Bool {
        let slot = try open()
        if let file = files[kind] { return try file.makeCells(cells, for: keys, initially: value) }
        let file = try MappedFile(kind: kind, slot: slot, directory: directory)
        files[kind] = file
        return try file.makeCells(cells, for: keys, initially: value)
    }

    /// Makes the cells of a shard of a series that is in the file of that kind.
    func makeShard(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        for keys: SeriesKeys,
        kind: FileKind
    ) throws(MetricsStorageError) {
        try settle()
        try files[kind]?.makeShard(cells, for: keys)
    }

    /// Writes down what the files cannot say about a family, for whoever reads the directory.
    func describe(_ descriptor: MetricDescriptor, family: String) {
        if let slot { types.add(descriptor, family: family, slot: slot, in: directory) }
    }

    /// Marks the cells of a series as removed.
    func remove(_ entries: [MappedFile.KnownEntry], kind: FileKind) {
        guard let file = files[kind] else { return }
        for entry in entries { file.remove(entry.cell, key: entry.key) }
    }

    // MARK: Damage by others

    /// Whether the file for that kind, if there is one, still stands under its name with all its space.
    func isIntact(_ kind: FileKind) -> Bool {
        unsettled.contains(kind) || files[kind]?.isIntact ?? true
    }

    /// What each new series asks instead, since it costs less; a moved file is noticed a moment later.
    func seemsIntact(_ kind: FileKind) -> Bool {
        unsettled.contains(kind) || files[kind]?.seemsIntact() ?? true
    }

    /// Whether the slot and all files are still there.
    var isIntact: Bool {
        (slot?.isOwned(in: directory) ?? true) && files.keys.allSatisfy(isIntact)
    }

    /// The files of this process that do not stand under their names any more, as far as they can still be read.
    var lostFiles: [MultiprocessSource] {
        FileKind.all.compactMap { kind in
            guard let slot, !unsettled.contains(kind), let file = files[kind] else { return nil }
            return file.isUnderItsName
                ? nil : MultiprocessSource(name: kind.fileName(identity: slot.identity), bytes: file.bytes)
        }
    }

    /// The kinds whose series no reader of the directory finds, though they are in files for this process.
    var missingKinds: Set<FileKind> { unsettled.union(files.filter { !$0.value.isUnderItsName }.keys) }

    /// How many pages of the files went under this process's stores.
    var lostPages: UInt64 { files.values.reduce(0) { $0 + $1.lostPages } }

    /// Takes a slot again where its lock file is gone, and writes the files anew that are.
    func repair(_ known: (FileKind) -> [MappedFile.KnownEntry]) throws(MetricsStorageError) {
        try settle()
        guard let lost = slot else { return }
        try Self.makeDirectory(directory)
        if !lost.isOwned(in: directory) {
            let next: Slot
            if let same = try SlotLeases.acquire(lost.number, in: directory) {
                next = same
            } else {
                next = try freshSlot()
            }
            SlotLeases.release(lost)
            slot = next
        }
        guard let slot else { return }
        types.write(slot: slot, in: directory)
        for kind in FileKind.all {
            guard let file = files[kind] else { continue }
            if !file.isIntact {
                try file.restore(known(kind), slot: slot, directory: directory)
            } else if slot.number != lost.number {
                try file.move(to: slot, directory: directory)
            }
        }
    }

    /// Gives the slot up; kept children go on in memory that nobody reads.
    func close() {
        for file in files.values { file.detach() }
        files = [:]
        if let slot { SlotLeases.release(slot) }
        slot = nil
    }

    /// In a forked child: the slot and the files are the parent's.
    func forgetParent() {
        slot = nil
        unsettled = Set(files.keys)
    }

    /// In a forked child: gives the child a slot and files of its own, where its parent had files.
    func settle() throws(MetricsStorageError) {
        guard !unsettled.isEmpty else { return }
        let slot: Slot
        if let current = self.slot {
            slot = current
        } else {
            try Self.makeDirectory(directory)
            slot = try freshSlot()
        }
        self.slot = slot
        for kind in FileKind.all where unsettled.contains(kind) {
            try files[kind]?.settle(slot: slot, directory: directory)
            unsettled.remove(kind)
        }
        types.write(slot: slot, in: directory)
    }

    private func freshSlot() throws(MetricsStorageError) -> Slot {
        try SlotLeases.acquire(in: directory, fresh: true)
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
