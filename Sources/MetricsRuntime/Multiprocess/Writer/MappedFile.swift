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
        /// The end of the entries when the mapping was made.
        ///
        /// It begins on a page that an earlier mapping has too; this decides which of the two is *the* place of an
        /// entry, which matters once a fork has made them differ.
        let firstEntry: Int
    }

    private static let firstCapacity = 16 << 10
    private static let largestStep = 4 << 20
    /// Offsets in the format are signed 32-bit numbers.
    static let largestCapacity = Int(Int32.max) & ~0xFFFF

    let kind: FileKind
    /// The file's name; another one once the process has another slot.
    var path: String
    private(set) var mappings: [Mapping] = []
    private(set) var used: Int
    private(set) var descriptor: Int32
    private(set) var capacity: Int
    /// Which file it is, whatever stands under its name now.
    private(set) var identity: FileIdentity?
    /// When a new series looks the name up again; see `seemsIntact`.
    var nextLook = 0.0
    /// Where the values of an earlier owner's entries stand that nobody here has asked for, by key.
    var inherited: [[UInt8]: Int]
    /// Where the values of shards stand.
    private var shards: Set<Int> = []
    /// The keys of removed series by the place of their values.
    private(set) var removed: [Int: [UInt8]] = [:]

    /// Makes the file of a slot, with what an earlier owner left in it.
    init(kind: FileKind, slot: Slot, directory: String) throws(MetricsStorageError) {
        self.kind = kind
        path = "\(directory)/\(kind.fileName(identity: slot.identity))"
        let legacy = try WholeFile.read(path, atMost: Self.largestCapacity)
        let (image, offsets) = FileFolding.fold(legacy.map(FileImage.entries) ?? [], kind: kind)
        inherited = offsets
        used = image.bytes.count
        capacity = 0
        descriptor = -1
        try publish(image, replacing: legacy != nil) { file throws(MetricsStorageError) in try file.mapTail() }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    // MARK: Entries

    /// Makes the cells for keys, in their order: those of an earlier owner where this process goes on in them, else new
    /// entries with that first value, which readers see all at once. Whether all were there already.
    func makeCells(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        for keys: SeriesKeys,
        initially value: Double
    ) throws(MetricsStorageError) -> Bool {
        let known = adopt(keys)
        let length = try append(keys, except: known, value, to: cells)
        if known != nil {
            for key in keys.keys { inherited[key] = nil }
        }
        return length == 0
    }

    /// Makes the cells of a shard: more entries with the keys of a series, which readers add up.
    func makeShard(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        for keys: SeriesKeys
    ) throws(MetricsStorageError) {
        _ = try append(keys, except: nil, 0, to: cells)
        for cell in cells {
            if let offset = offset(of: cell) { shards.insert(offset) }
        }
    }

    /// Whether a value is written by one thread, which keeps it in private memory too and stores it here whole.
    func isMirror(_ offset: Int) -> Bool {
        switch kind.values {
        case .histogram, .summary: true
        case .counter, .gauge: shards.contains(offset)
        }
    }

    /// Appends entries for the keys that are not known; how many bytes they take.
    private func append(
        _ keys: SeriesKeys,
        except known: [Int?]?,
        _ value: Double,
        to cells: UnsafeMutableBufferPointer<_CellPointer>
    ) throws(MetricsStorageError) -> Int {
        var length = 0
        for (index, range) in keys.ranges.enumerated() where known?[index] == nil {
            length += MultiprocessEntry.length(keyLength: range.count)
        }
        try reserve(length)
        var end = used
        for (index, range) in keys.ranges.enumerated() {
            if let offset = known?[index] {
                cells.initializeElement(at: index, to: cell(at: offset))
                continue
            }
            // All of it lies in the last mapping: see above.
            let entry = address(of: used) + (end - used)
            MultiprocessEntry.store(keys.bytes[range], value: value, at: entry)
            let place = entry + MultiprocessEntry.valueOffset(keyLength: range.count)
            cells.initializeElement(at: index, to: place.assumingMemoryBound(to: Atomic<UInt64>.self))
            end += MultiprocessEntry.length(keyLength: range.count)
        }
        if end > used {
            used = end
            header.pointee.store(Int32(used), ordering: .releasing)
        }
        return length
    }

    /// Where an earlier owner's values stand by key, if this process goes on in them.
    private func adopt(_ keys: SeriesKeys) -> [Int?]? {
        guard kind.nextProcessContinues, !inherited.isEmpty else { return nil }
        return keys.keys.map { inherited[$0] }
    }

    /// Marks the series of a cell as removed: readers of ours pass over it.
    ///
    /// Its key and its space stay.
    func remove(_ cell: _CellPointer, key: [UInt8]) {
        (cell + 1).pointee.store(kind.removalMark.bitPattern, ordering: .releasing)
        if let offset = offset(of: cell) { removed[offset] = key }
    }

    func cell(at offset: Int) -> _CellPointer {
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

    func offset(of cell: _CellPointer) -> Int? {
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
        metrics_guard_mapped_files()
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
    func publish(
        _ image: FileImage,
        replacing: Bool,
        map: (MappedFile) throws(MetricsStorageError) -> Void
    ) throws(MetricsStorageError) {
        let temporary = path + ".new"
        let size = max(Self.firstCapacity, capacity, (image.bytes.count + 0xFFF) & ~0xFFF)
        let file = WholeFile.createTemporary(temporary)
        guard file >= 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: -file) }
        let previous = (descriptor, capacity)
        defer { identity = FileIdentity(descriptor: descriptor) }
        descriptor = file
        capacity = size
        do throws(MetricsStorageError) {
            let room = metrics_preallocate(file, 0, Int64(size))
            guard room == 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: room) }
            let written = WholeFile.write(image.bytes, to: file)
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

    // MARK: Leaving

    /// Takes the cells out of the file: kept children go on in private memory that nobody reads.
    func detach() {
        for mapping in mappings where !metrics_region_detach(mapping.base, mapping.length) {
            // The pages stay those of the file; its next owner folds what a forgotten child may still add.
        }
        close(descriptor)
        descriptor = -1
    }
}
