internal import CMetricsSupport
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What a process does about a file of its own that somebody else removed, replaced or cut short.
///
/// Nothing here may touch such a file through its mapping but by the cells' addresses, under which the handler of
/// SIGBUS has put private memory where the file has no more pages.
extension MappedFile {
    /// One entry of a series that this process made or asked for.
    struct KnownEntry {
        let key: [UInt8]
        let cell: _CellPointer
        /// Where the value itself is kept: the cell, or private memory.
        let value: _CellPointer
    }

    /// Whether the file still stands under its name with all its space.
    var isIntact: Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return FileIdentity(status) == identity && Int(status.st_size) >= capacity
    }

    /// Whether readers of the directory find the file, whole or not.
    var isUnderItsName: Bool { FileIdentity(path: path) == identity }

    /// What is in the file, whatever stands under its name: the descriptor keeps it.
    var bytes: [UInt8] { WholeFile.read(descriptor, count: used) }

    /// What can be told of that for less, as each new series asks: whether the file has a name and all its space.
    ///
    /// The name is looked up too, ten times a second at most: a file that somebody moved away keeps a name.
    func seemsIntact() -> Bool {
        let now = SystemTime.monotonicSeconds()
        if now >= nextLook {
            nextLook = now + 0.1
            return isIntact
        }
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink > 0 && Int(status.st_size) >= capacity
    }

    /// How many pages somebody cut off under a store.
    var lostPages: UInt64 { mappings.reduce(0) { $0 + metrics_region_lost_pages($1.base) } }

    /// Writes the file anew, with the same layout and the values that this process still has, and maps it in place.
    ///
    /// The layout comes from memory, so it does not matter what is left of the old file. Values that went with the
    /// pages somebody cut off start again from zero.
    func restore(_ known: [KnownEntry], slot: Slot, directory: String) throws(MetricsStorageError) {
        let formerPath = path
        path = "\(directory)/\(kind.fileName(identity: slot.identity))"
        let former = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        defer { if former >= 0 { close(former) } }
        // Cells whose updates still go to pages of the old file, where they can be read again afterwards.
        let survivingLength = former < 0 ? 0 : WholeFile.read(former, count: used).count
        var values: [(offset: Int, before: EntryValue)] = []
        var kept: [Int: _CellPointer] = [:]
        for entry in known where entry.value != entry.cell {
            if let offset = offset(of: entry.cell) { kept[offset] = entry.value }
        }
        do throws(MetricsStorageError) {
            let image = try layout(known, kept, values: &values)
            let isReplacing = FileIdentity(path: path) != nil
            try publish(image, replacing: isReplacing) { file throws(MetricsStorageError) in try file.mapAgain() }
        } catch {
            path = formerPath
            throw error
        }
        let late = former < 0 ? [] : WholeFile.read(former, count: survivingLength)
        late.withUnsafeBytes { bytes in
            for (offset, before) in values {
                if let value = kept[offset] {
                    carryOver(EntryValue(value: value._value, timestamp: 0), before: before, to: offset)
                    continue
                }
                guard offset + 16 <= bytes.count else { continue }
                let value = Double(bitPattern: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let timestamp = Double(bitPattern: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
                carryOver(EntryValue(value: value, timestamp: timestamp), before: before, to: offset)
            }
        }
    }

    /// Gives the file its name in another slot of this process, which has no files yet.
    func move(to slot: Slot, directory: String) throws(MetricsStorageError) {
        let next = "\(directory)/\(kind.fileName(identity: slot.identity))"
        guard rename(path, next) == 0 else { throw MetricsStorageError(.publishFile, path: next, errorNumber: errno) }
        path = next
    }

    /// The file as it must be for the cells to keep their places.
    private func layout(
        _ known: [KnownEntry],
        _ kept: [Int: _CellPointer],
        values: inout [(offset: Int, before: EntryValue)]
    ) throws(MetricsStorageError) -> FileImage {
        var keys = removed
        for (key, offset) in inherited { keys[offset] = key }
        for entry in known {
            if let offset = offset(of: entry.cell) { keys[offset] = entry.key }
        }
        var image = FileImage()
        for (offset, key) in keys.sorted(by: { $0.key < $1.key }) {
            let cell = cell(at: offset)
            var value = EntryValue(value: (kept[offset] ?? cell)._value, timestamp: cell._timestamp)
            values.append((offset, value))
            if removed[offset] != nil { value.timestamp = kind.removalMark }
            guard image.append(key: key, value: value) == offset else {
                throw MetricsStorageError(
                    .keepFile,
                    path: path,
                    errorNumber: 0,
                    hint: "Its layout is lost; restart the process to have its metrics stored again"
                )
            }
        }
        return image
    }

    /// Puts the file that was just written under the addresses of the former one.
    func mapAgain() throws(MetricsStorageError) {
        for mapping in mappings {
            let base = mmap(
                mapping.base,
                mapping.length,
                PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_FIXED,
                descriptor,
                off_t(mapping.fileOffset)
            )
            guard base == mapping.base else {
                throw MetricsStorageError(.mapFile, path: path, errorNumber: errno)
            }
        }
    }

    /// Brings an update that met the former page at the last moment into the file.
    func carryOver(_ late: EntryValue, before: EntryValue, to offset: Int) {
        guard late.value.bitPattern != before.value.bitPattern || late.timestamp > before.timestamp else { return }
        let cell = cell(at: offset)
        switch kind.values {
        case .counter where !isMirror(offset):
            cell._add(late.value - before.value)
        case .counter, .histogram, .summary, .gauge:
            // A value that was set in the file in the meantime is newer.
            let (exchanged, _) = cell.pointee.compareExchange(
                expected: before.value.bitPattern,
                desired: late.value.bitPattern,
                ordering: .relaxed
            )
            if exchanged, kind.hasTimestamps { cell._timestamp = late.timestamp }
        }
    }
}
