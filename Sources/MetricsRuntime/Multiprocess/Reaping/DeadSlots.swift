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
            var report = ReapReport()
            removeLiveGauges(of: number, in: directory, &report)
            return false
        }
    }

    /// Removes the files of live gauges of a slot whose owner is dead, and what it left half made.
    static func removeLiveGauges(of number: Int, in directory: String, _ report: inout ReapReport) {
        // Where the next owner came first, the files are its own.
        guard let slot = SlotLeases.acquireDead(number, in: directory) else { return }
        for kind in FileKind.all {
            let path = "\(directory)/\(kind.fileName(identity: slot.identity))"
            unlink(path + ".new")
            if kind.isLive { report.remove(path) }
        }
    }

    /// Rewrites each file of a slot whose owner is dead as few entries, where that says the same in less or mends it.
    static func fold(_ number: Int, in directory: String, _ report: inout ReapReport) {
        guard let slot = SlotLeases.acquireDead(number, in: directory) else { return }
        for kind in FileKind.all where !kind.isLive {
            let path = "\(directory)/\(kind.fileName(identity: slot.identity))"
            do throws(MetricsStorageError) {
                guard let bytes = try WholeFile.read(path, atMost: MappedFile.largestCapacity) else { continue }
                let image = FileFolding.fold(FileImage.entries(of: bytes), kind: kind).image.bytes
                // The space that a living writer keeps in advance goes too; a file cut to nothing gets its header back.
                guard image != bytes else { continue }
                try WholeFile.replace(path, by: image)
                report.foldedFiles.append(kind.fileName(identity: slot.identity))
            } catch {
                report.failures.append(error)
            }
        }
    }
}
