#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The files that hold what slots counted whose owners are dead, so that those slots need no files.
///
/// Only for a directory that nobody reads but this package: between the two steps of archiving, Python's collector would
/// see values twice or not at all.
enum SlotArchive {
    /// What stands for the archive in file names.
    static let identity = "swift-archive"
    /// How many slots at a time: each takes a descriptor.
    private static let batch = 64

    /// The kinds of file whose values mean the same without their slot.
    static let kinds = FileKind.all.filter { !$0.isLive && !$0.isPerProcess }

    /// Moves what all dead slots counted into the archive.
    static func archive(_ directory: String, _ report: inout ReapReport) {
        let numbers = StructureLock.withLock { DeadSlots.numbers(in: directory) }
        for start in stride(from: 0, to: numbers.count, by: batch) {
            let part = numbers[start..<min(start + batch, numbers.count)]
            do throws(MetricsStorageError) {
                try ArchiveLock.archiving(directory) {
                    ArchiveJournal.recover(in: directory)
                    StructureLock.withLock { archive(part, in: directory, &report) }
                }
            } catch {
                let isThere = StructureLock.withLock {
                    part.contains { hasFiles($0, in: directory) && !SlotLeases.isLive($0, in: directory) }
                }
                guard isThere || ArchiveJournal.exists(in: directory) else { continue }
                report.failures.append(error)
                return
            }
        }
    }

    /// Moves what those slots counted into the archive, as far as they are dead. Both locks must be held.
    private static func archive(_ numbers: ArraySlice<Int>, in directory: String, _ report: inout ReapReport) {
        var dead: [SlotLeases.DeadSlot] = []
        for number in numbers {
            do throws(MetricsStorageError) {
                if let slot = try SlotLeases.acquireDead(number, in: directory) { dead.append(slot) }
            } catch {
                if hasFiles(number, in: directory) { report.failures.append(error) }
            }
        }
        guard !dead.isEmpty else { return }
        // First, so that no value is in the archive whose type is not.
        let isDescribed = describe(dead, in: directory, &report)
        for kind in kinds { archive(kind, of: dead, in: directory, &report) }
        if isDescribed { removeDescriptions(of: dead, in: directory, &report) }
    }

    /// Whether a slot has files that could be in the archive.
    private static func hasFiles(_ number: Int, in directory: String) -> Bool {
        kinds.contains { DeadSlots.hasFile($0, of: number, in: directory) }
    }

    private static func archive(
        _ kind: FileKind,
        of dead: [SlotLeases.DeadSlot],
        in directory: String,
        _ report: inout ReapReport
    ) {
        let archive = kind.fileName(identity: identity)
        do throws(MetricsStorageError) {
            var entries = FoldedEntries(kind: kind)
            if let bytes = try read(archive, in: directory) { entries.add(FileImage.entries(of: bytes)) }
            var files: [String] = []
            for slot in dead {
                let name = kind.fileName(identity: slot.identity)
                guard let bytes = try read(name, in: directory) else { continue }
                entries.add(FileImage.entries(of: bytes))
                files.append(name)
            }
            guard !files.isEmpty else { return }
            try WholeFile.prepare("\(directory)/\(archive)", bytes: entries.image().image.bytes)
            try ArchiveJournal.write(archive: archive, replacing: files, in: directory)
            try WholeFile.publishPrepared("\(directory)/\(archive)")
            for file in files {
                report.remove("\(directory)/\(file)")
                report.archivedFiles.append(file)
            }
            ArchiveJournal.remove(in: directory)
        } catch {
            // Back to the beginning, or where the archive has its name, to the end.
            ArchiveJournal.recover(in: directory)
            unlink("\(directory)/\(archive).new")
            report.failures.append(error)
        }
    }

    // MARK: Side files

    /// Adds what the slots' side files say to that of the archive; whether it is all there.
    private static func describe(
        _ dead: [SlotLeases.DeadSlot],
        in directory: String,
        _ report: inout ReapReport
    ) -> Bool {
        let path = "\(directory)/\(FamilyTypes.fileName(identity: identity))"
        do throws(MetricsStorageError) {
            var lines = try wholeLines(path)
            let count = lines.count
            var known = Set(lines)
            for slot in dead {
                for line in try wholeLines("\(directory)/\(FamilyTypes.fileName(identity: slot.identity))")
                where known.insert(line).inserted { lines.append(line) }
            }
            guard lines.count > count else { return true }
            try WholeFile.replace(path, by: Array(lines.joined(separator: [newline])) + [newline])
            return true
        } catch {
            report.failures.append(error)
            return false
        }
    }

    private static let newline = UInt8(ascii: "\n")

    /// The lines of a side file, but for one that its writer could not finish.
    private static func wholeLines(_ path: String) throws(MetricsStorageError) -> [[UInt8]] {
        guard let bytes = try WholeFile.read(path, atMost: FamilyTypes.mostBytes),
            let end = bytes.lastIndex(of: newline)
        else { return [] }
        return bytes[..<end].split(separator: newline).map(Array.init)
    }

    /// Removes the side files of slots that have no other files any more.
    private static func removeDescriptions(
        of dead: [SlotLeases.DeadSlot],
        in directory: String,
        _ report: inout ReapReport
    ) {
        for slot in dead where Slot.hasNoFiles(slot.number, in: directory) {
            report.remove("\(directory)/\(FamilyTypes.fileName(identity: slot.identity))")
        }
    }

    private static func read(_ name: String, in directory: String) throws(MetricsStorageError) -> [UInt8]? {
        try WholeFile.read("\(directory)/\(name)", atMost: MappedFile.largestCapacity)
    }
}
