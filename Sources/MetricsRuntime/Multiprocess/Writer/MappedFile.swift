internal import CMetricsSupport
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A file of this process, with its cells mapped.
///
/// Invariants that make the unsafe code here safe:
/// - What is mapped is never unmapped, only replaced in place; so a cell's address is good for ever.
/// - Nothing at or past `capacity` is touched; everything before it has space on disk (`metrics_preallocate`), so a
///   store cannot meet a full disk.
/// - A later mapping begins at or before `used`, so each entry lies in one mapping whole.
/// - `used` in the header is stored with release after the bytes of the entries that it covers.
///
/// Guarded by `StructureLock`.
final class MappedFile: @unchecked Sendable {
    /// A part of the file under its own range of addresses.
    struct Mapping {
        let base: UnsafeMutableRawPointer
        let fileOffset: Int
        let length: Int
        /// The end of the entries when the mapping was made. It begins on a page that an earlier mapping has too; this
        /// decides which of the two is *the* place of an entry, which matters once a fork has made them differ.
        let firstEntry: Int
    }

    private static let firstCapacity = 16 << 10
    private static let largestStep = 4 << 20
    /// Offsets in the format are signed 32-bit numbers.
    private static let largestCapacity = Int(Int32.max) & ~0xFFFF

    let kind: FileKind
    private(set) var path: String
    private(set) var mappings: [Mapping] = []
    private(set) var used: Int
    private(set) var descriptor: Int32
    private var capacity: Int
    /// Entries of an earlier owner of the slot in which this process goes on, by key.
    private var inherited: [[UInt8]: Int]
    /// Where the values of removed series stand.
    private var removed: [Int] = []

    /// Makes the file of a slot, with what an earlier owner left in it.
    init(kind: FileKind, slot: Slot, directory: String) throws(MetricsStorageError) {
        self.kind = kind
        path = "\(directory)/\(kind.fileName(identity: slot.identity))"
        let legacy = try Self.readAll(path)
        var image = FileImage()
        inherited = [:]
        if let legacy {
            image = Self.fold(FileImage.entries(of: legacy), kind: kind, offsets: &inherited)
        }
        used = image.bytes.count
        capacity = 0
        descriptor = -1
        try publish(image, replacing: legacy != nil) { file throws(MetricsStorageError) in try file.mapTail() }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    // MARK: Entries

    /// Cells for keys, in their order: those of an earlier owner where this process goes on in them, else new entries
    /// with value 0 that readers see all at once.
    func cells(for keys: [[UInt8]]) throws(MetricsStorageError) -> (cells: [_CellPointer], isAdopted: Bool) {
        let known = keys.map { inherited[$0] }
        var entries: [UInt8] = []
        let offsets = zip(keys, known).map { key, offset in
            if let offset { return offset }
            let start = used + entries.count
            MultiprocessEntry.append(key: key, value: 0, timestamp: 0, to: &entries)
            return start + MultiprocessEntry.valueOffset(keyLength: key.count)
        }
        if !entries.isEmpty {
            try reserve(entries.count)
            entries.withUnsafeBytes { source in
                guard let start = source.baseAddress else { return }
                address(of: used).copyMemory(from: start, byteCount: source.count)
            }
            used += entries.count
            header.pointee.store(Int32(used), ordering: .releasing)
        }
        for key in keys { inherited[key] = nil }
        return (offsets.map(cell), entries.isEmpty)
    }

    /// Marks the series of a cell as removed: readers of ours pass over it. Its key and its space stay.
    func remove(_ cell: _CellPointer) {
        mark(cell)
        if let offset = offset(of: cell) { removed.append(offset) }
    }

    private func mark(_ cell: _CellPointer) {
        (cell + 1).pointee.store(
            kind.hasTimestamps ? 0 : MultiprocessEntry.tombstone,
            ordering: .releasing
        )
    }

    private func cell(at offset: Int) -> _CellPointer {
        address(of: offset).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    private var header: UnsafeMutablePointer<Atomic<Int32>> {
        address(of: 0).assumingMemoryBound(to: Atomic<Int32>.self)
    }

    private func address(of offset: Int) -> UnsafeMutableRawPointer {
        var mapping = mappings[0]
        for candidate in mappings where candidate.firstEntry <= offset { mapping = candidate }
        return mapping.base + (offset - mapping.fileOffset)
    }

    private func offset(of cell: _CellPointer) -> Int? {
        let address = UnsafeMutableRawPointer(cell)
        for mapping in mappings where mapping.base <= address && address < mapping.base + mapping.length {
            return mapping.fileOffset + (address - mapping.base)
        }
        return nil
    }

    // MARK: Growth

    private func reserve(_ size: Int) throws(MetricsStorageError) {
        guard used + size > capacity else { return }
        let step = max(min(capacity, Self.largestStep), used + size - capacity)
        let target = (capacity + step + 0xFFF) & ~0xFFF
        guard target <= Self.largestCapacity else {
            throw MetricsStorageError(.growFile, path: path, errorNumber: EFBIG)
        }
        let result = metrics_preallocate(descriptor, Int64(capacity), Int64(target - capacity))
        guard result == 0 else { throw MetricsStorageError(.growFile, path: path, errorNumber: result) }
        capacity = target
        try mapTail()
    }

    /// Maps the file from the page of `used` on, as memory whose address never changes.
    private func mapTail() throws(MetricsStorageError) {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = mappings.isEmpty ? 0 : used / pageSize * pageSize
        let length = capacity - start
        let base = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(start))
        guard let base, base != MAP_FAILED else {
            throw MetricsStorageError(.mapFile, path: path, errorNumber: errno)
        }
        guard metrics_region_add(base, length) else {
            munmap(base, length)
            throw MetricsStorageError(.mapFile, path: path, errorNumber: ENOMEM)
        }
        let firstEntry = mappings.isEmpty ? 0 : used
        mappings.append(Mapping(base: base, fileOffset: start, length: length, firstEntry: firstEntry))
    }

    // MARK: Publishing

    /// Writes a complete file beside `path`, lets `map` map it, and gives it its name.
    private func publish(
        _ image: FileImage,
        replacing: Bool,
        map: (MappedFile) throws(MetricsStorageError) -> Void
    ) throws(MetricsStorageError) {
        let temporary = path + ".new"
        let size = max(Self.firstCapacity, capacity, (image.bytes.count + 0xFFF) & ~0xFFF)
        let file = metrics_open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: -file) }
        let previous = (descriptor, capacity)
        descriptor = file
        capacity = size
        do throws(MetricsStorageError) {
            let room = metrics_preallocate(file, 0, Int64(size))
            guard room == 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: room) }
            let written = Self.writeAll(image.bytes, to: file)
            guard written == 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: written) }
            let result: Int32
            if replacing {
                result = rename(temporary, path) == 0 ? 0 : errno
            } else {
                result = metrics_publish_new(temporary, path)
            }
            guard result == 0 else { throw MetricsStorageError(.publishFile, path: path, errorNumber: result) }
            try map(self)
        } catch {
            unlink(temporary)
            close(file)
            (descriptor, capacity) = previous
            throw error
        }
        if previous.0 >= 0 { close(previous.0) }
    }

    /// What the next owner of a slot finds: one entry a key, without removed ones.
    private static func fold(
        _ entries: [FileImage.Entry],
        kind: FileKind,
        offsets: inout [[UInt8]: Int]
    ) -> FileImage {
        var order: [[UInt8]] = []
        var values: [[UInt8]: EntryValue] = [:]
        for entry in entries where entry.timestampBits != MultiprocessEntry.tombstone {
            if let value = values[entry.key] {
                values[entry.key] = kind.merge(value, entry.value)
            } else {
                order.append(entry.key)
                values[entry.key] = entry.value
            }
        }
        var image = FileImage()
        for key in order {
            let offset = image.append(key: key, value: values[key] ?? .zero)
            if kind.nextProcessContinues { offsets[key] = offset }
        }
        return image
    }

    // MARK: Leaving and forking

    /// Takes the cells out of the file: kept children go on in private memory that nobody reads.
    func detach() {
        for mapping in mappings where !metrics_region_detach(mapping.base, mapping.length) {
            // The pages stay those of the file; its next owner folds what a forgotten child may still add.
        }
        close(descriptor)
        descriptor = -1
    }

    /// In a forked child: gives the private memory under the kept handles a file of its own in a fresh slot.
    ///
    /// The file has the layout of the parent's, which is read through the inherited descriptor, with the values that
    /// the child has counted since the fork. Updates may go on meanwhile: the private pages are mapped a second time
    /// before the file takes their place, and what they gained is added afterwards.
    func settle(slot: Slot, directory: String) throws(MetricsStorageError) {
        let inheritedBytes = Self.read(descriptor, count: used)
        guard inheritedBytes.count == used else {
            throw MetricsStorageError(.readFile, path: path, errorNumber: EIO, hint: "The parent's file was cut short")
        }
        let parentPath = path
        path = "\(directory)/\(kind.fileName(identity: slot.identity))"
        let removedOffsets = Set(removed)
        var copies: [(mapping: Mapping, address: UnsafeMutableRawPointer)] = []
        defer { for copy in copies { munmap(copy.address, copy.mapping.length) } }
        for mapping in mappings {
            guard let copy = metrics_region_duplicate(mapping.base, mapping.length) else {
                path = parentPath
                throw MetricsStorageError(.mapFile, path: path, errorNumber: errno)
            }
            copies.append((mapping, copy))
        }
        let entries = FileImage.entries(of: inheritedBytes)
        var image = FileImage()
        var initial: [EntryValue] = []
        initial.reserveCapacity(entries.count)
        for entry in entries {
            var value = Self.load(entry.valueOffset, from: copies)
            if removedOffsets.contains(entry.valueOffset), !kind.hasTimestamps {
                value.timestamp = Double(bitPattern: MultiprocessEntry.tombstone)
            }
            initial.append(value)
            image.append(key: entry.key, value: value)
        }
        guard image.bytes.count == used else {
            path = parentPath
            throw MetricsStorageError(.readFile, path: path, errorNumber: EIO, hint: "The parent's file is damaged")
        }
        do throws(MetricsStorageError) {
            try publish(image, replacing: false) { file throws(MetricsStorageError) in
                for mapping in file.mappings {
                    let base = mmap(
                        mapping.base,
                        mapping.length,
                        PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_FIXED,
                        file.descriptor,
                        off_t(mapping.fileOffset)
                    )
                    guard base == mapping.base else {
                        throw MetricsStorageError(.mapFile, path: file.path, errorNumber: errno)
                    }
                }
            }
        } catch {
            path = parentPath
            throw error
        }
        for (entry, before) in zip(entries, initial) {
            let late = Self.load(entry.valueOffset, from: copies)
            guard late.value.bitPattern != before.value.bitPattern || late.timestamp > before.timestamp else {
                continue
            }
            carryOver(late, before: before, to: cell(at: entry.valueOffset))
        }
    }

    /// Brings an update that met the private page at the last moment into the file.
    private func carryOver(_ late: EntryValue, before: EntryValue, to cell: _CellPointer) {
        switch kind.values {
        case .counter, .histogram, .summary:
            cell._add(late.value - before.value)
        case .gauge:
            // A value that was set in the file in the meantime is newer.
            let (exchanged, _) = cell.pointee.compareExchange(
                expected: before.value.bitPattern,
                desired: late.value.bitPattern,
                ordering: .relaxed
            )
            if exchanged, kind.hasTimestamps { cell._timestamp = late.timestamp }
        }
    }

    private static func load(
        _ offset: Int,
        from copies: [(mapping: Mapping, address: UnsafeMutableRawPointer)]
    ) -> EntryValue {
        var source = copies[0]
        for copy in copies where copy.mapping.firstEntry <= offset { source = copy }
        let cell = (source.address + (offset - source.mapping.fileOffset))
            .assumingMemoryBound(to: Atomic<UInt64>.self)
        return EntryValue(value: cell._value, timestamp: cell._timestamp)
    }

    // MARK: Reading and writing whole files

    private static func readAll(_ path: String) throws(MetricsStorageError) -> [UInt8]? {
        let file = metrics_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0)
        if -file == ENOENT { return nil }
        guard file >= 0 else { throw MetricsStorageError(.readFile, path: path, errorNumber: -file) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MetricsStorageError(
                .readFile,
                path: path,
                errorNumber: 0,
                hint: "It is no regular file; remove it"
            )
        }
        return read(file, count: min(Int(status.st_size), largestCapacity))
    }

    private static func read(_ file: Int32, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(file, base + filled, count - filled, off_t(filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                filled += got
            }
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let base = buffer.baseAddress {
                let count = pwrite(file, base + written, buffer.count - written, off_t(written))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count == 0 ? EIO : errno }
                written += count
            }
            return 0
        }
    }
}
