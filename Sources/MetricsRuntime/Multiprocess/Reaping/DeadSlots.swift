#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What is done about slots whose owners have died, under their leases.
///
/// Guarded by `StructureLock`.
///
/// Asking is enough to leave a file out; only who holds the slot's lease may remove or rewrite one.
enum DeadSlots {
    /// The numbers of all slots that ever had an owner, in order.
    static func numbers(in directory: String) -> [Int] {
        guard let names = try? DirectoryNames.all(in: directory) else { return [] }
        return names.compactMap { name in
            guard name.hasSuffix(".lock") else { return nil }
            return Slot.number(of: String(name.dropLast(".lock".count)))
        }.sorted()
    }

    /// Whether the process behind an identity in file names counts, as far as we can know.
    ///
    /// Of names that others chose, pids among them, we know nothing, and they count. The files of a dead slot's live
    /// gauges are removed, where this process may: Python's collector would go on showing them.
    static func counts(identity: String, in directory: String) -> Bool {
        guard let number = Slot.number(of: identity) else { return true }
        return StructureLock.withLock {
            if SlotLeases.isLive(number, in: directory) { return true }
            if let slot = try? SlotLeases.acquireDead(number, in: directory) {
                var report = ReapReport()
                removeLiveGauges(of: slot, in: directory, &report)
            }
            return false
        }
    }

    /// What is done about a slot whose owner is dead.
    enum Work {
        /// The live gauges go.
        case removal
        /// They go, and each other file is rewritten as few entries.
        case removalAndFolding
    }

    /// Does that about a slot, unless somebody owns it; where it cannot be done, tells so if there was anything to do.
    static func reap(_ number: Int, in directory: String, _ work: Work, _ report: inout ReapReport) {
        guard !SlotLeases.isLive(number, in: directory) else { return }
        do throws(MetricsStorageError) {
            // Where the next owner came first, the files are its own.
            guard let slot = try SlotLeases.acquireDead(number, in: directory) else { return }
            removeLiveGauges(of: slot, in: directory, &report)
            if work == .removalAndFolding { fold(slot, in: directory, &report) }
        } catch {
            let isThere = FileKind.all.contains { kind in
                kind.isLive
                    ? hasFile(kind, of: number, in: directory)
                    : work == .removalAndFolding && isFoldable(kind, of: number, in: directory)
            }
            if isThere, !SlotLeases.isLive(number, in: directory) { report.failures.append(error) }
        }
    }

    /// Whether a slot has a file of that kind.
    static func hasFile(_ kind: FileKind, of number: Int, in directory: String) -> Bool {
        FileIdentity(path: "\(directory)/\(kind.fileName(identity: Slot.identity(number)))") != nil
    }

    /// Removes the files of live gauges of a slot whose owner is dead, and what it left half made.
    private static func removeLiveGauges(
        of slot: SlotLeases.DeadSlot,
        in directory: String,
        _ report: inout ReapReport
    ) {
        for kind in FileKind.all {
            let path = "\(directory)/\(kind.fileName(identity: slot.identity))"
            unlink(path + ".new")
            if kind.isLive { report.remove(path) }
        }
    }

    /// Rewrites each file of a slot whose owner is dead as few entries, where that says the same in less or mends it.
    private static func fold(_ slot: SlotLeases.DeadSlot, in directory: String, _ report: inout ReapReport) {
        for kind in FileKind.all where !kind.isLive {
            let path = "\(directory)/\(kind.fileName(identity: slot.identity))"
            do throws(MetricsStorageError) {
                guard let image = try foldedImage(path, kind: kind) else { continue }
                try WholeFile.replace(path, by: image)
                report.foldedFiles.append(kind.fileName(identity: slot.identity))
            } catch {
                report.failures.append(error)
            }
        }
    }

    /// What a file should be; `nil` where it is, or is not there.
    private static func foldedImage(_ path: String, kind: FileKind) throws(MetricsStorageError) -> [UInt8]? {
        guard let bytes = try WholeFile.read(path, atMost: MappedFile.largestCapacity) else { return nil }
        let image = FileFolding.fold(FileImage.entries(of: bytes), kind: kind).image.bytes
        // The space that a living writer keeps in advance goes too; a file cut to nothing gets its header back.
        return image == bytes ? nil : image
    }

    private static func isFoldable(_ kind: FileKind, of number: Int, in directory: String) -> Bool {
        let path = "\(directory)/\(kind.fileName(identity: Slot.identity(number)))"
        do {
            return try foldedImage(path, kind: kind) != nil
        } catch {
            // Nobody can tell.
            return true
        }
    }
}
