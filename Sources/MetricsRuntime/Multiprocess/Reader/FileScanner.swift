#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads files of a multiprocess directory, which others may write, replace or cut meanwhile.
///
/// Bytes come by `pread` into own memory: a foreign file that is cut under a mapping kills the process. The header is
/// read on its own before the entries, so that every entry it counts is complete, and both the buffer's address and
/// the file's offset are multiples of eight, because the kernel then copies each double whole.
final class FileScanner {
    /// A key beyond this length is none: no series text of a mebibyte is of use to anybody.
    static let maximumKeyLength = 1 << 20

    /// Small enough to stay in the processor's cache between the kernel's copy and the comparison of keys.
    private static let bufferLength = 256 * 1024

    /// An entry whose key is `["a","a",{},""]`.
    private static let shortestEntry = MultiprocessEntry.length(keyLength: 15)

    private let buffer: UnsafeMutableRawPointer
    private let capacity: Int
    private let keys: KeyTable

    init(keys: KeyTable) {
        self.keys = keys
        capacity = Self.bufferLength + MultiprocessEntry.length(keyLength: Self.maximumKeyLength)
        // Never touched beyond `bufferLength` unless there is such a key, so it costs address space only.
        buffer = .allocate(byteCount: capacity, alignment: 4096)
    }

    deinit {
        buffer.deallocate()
    }

    /// What became of a scan.
    enum Outcome {
        /// The entries are in the file's memory, and so is what is wrong with the rest.
        case scanned
        /// The file was removed since the directory was listed.
        case vanished
        /// Nothing could be read; the code is `errno` or 0.
        case unreadable(fault: MultiprocessFault, code: Int32)
    }

    /// Reads all entries of a file in the directory of that descriptor.
    ///
    /// - Parameter model: A file of the same kind, whose keys a file that wasn't read before is likely to have too.
    func scan(_ file: SourceFile, in directory: Int32, like model: SourceFile?) -> Outcome {
        let descriptor = open(file.name, in: directory)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return .vanished
            case ELOOP, ENXIO: return .unreadable(fault: .notRegularFile, code: errno)
            default: return .unreadable(fault: .unreadableFile, code: errno)
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .unreadable(fault: .unreadableFile, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable(fault: .notRegularFile, code: 0) }
        file.beginScan()
        defer { file.endScan() }
        return scanEntries(file, input: .file(descriptor), size: Int(status.st_size), like: model)
    }

    /// Reads all entries of a file that is in memory.
    func scan(_ file: SourceFile, bytes: [UInt8]) {
        file.beginScan()
        defer { file.endScan() }
        bytes.withUnsafeBytes { bytes in
            _ = scanEntries(file, input: .memory(bytes), size: bytes.count, like: nil)
        }
    }

    /// Where the bytes of a file come from.
    private enum Input {
        case file(Int32)
        case memory(UnsafeRawBufferPointer)
    }

    private func open(_ name: [UInt8], in directory: Int32) -> Int32 {
        // Not blocking: a pipe in the place of a file must not stop the scrape before its type is known.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { path in
            for (index, byte) in name.enumerated() { path[index] = CChar(bitPattern: byte) }
            path[name.count] = 0
            guard let start = path.baseAddress else { return -1 }
            while true {
                let descriptor = openat(directory, start, flags)
                if descriptor >= 0 || errno != EINTR { return descriptor }
            }
        }
    }

    /// Reads up to `length` bytes; fewer at the end of the file, `nil` after an error.
    private func read(_ input: Input, at offset: Int, into target: UnsafeMutableRawPointer, length: Int) -> Int? {
        let descriptor: Int32
        switch input {
        case .file(let file): descriptor = file
        case .memory(let bytes):
            let part = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(offset).prefix(length))
            if let start = part.baseAddress { target.copyMemory(from: start, byteCount: part.count) }
            return part.count
        }
        var got = 0
        while got < length {
            let result = pread(descriptor, target + got, length - got, off_t(offset + got))
            if result < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if result == 0 { break }
            got += result
        }
        return got
    }

    private func scanEntries(
        _ file: SourceFile,
        input: Input,
        size: Int,
        like model: SourceFile?
    ) -> Outcome {
        guard let headerLength = read(input, at: 0, into: buffer, length: MultiprocessEntry.headerLength) else {
            return .unreadable(fault: .unreadableFile, code: errno)
        }
        guard headerLength == MultiprocessEntry.headerLength else {
            file.damage.append((.tooShort, 0))
            return .scanned
        }
        let used = Int(buffer.load(as: Int32.self))
        // 0 is a file whose writer has got no further than its creation.
        if used == 0 || used == MultiprocessEntry.headerLength { return .scanned }
        guard used > MultiprocessEntry.headerLength else {
            file.damage.append((.badHeader, 0))
            return .scanned
        }
        var window = Window(used: used, end: min(used, size))
        // No more than the file has room for, whatever the model's length.
        if let model, file.hintCount == 0 { file.takeHints(from: model, atMost: window.end / Self.shortestEntry) }
        while window.position < window.end {
            let wanted = min(window.end - window.filled, Self.bufferLength)
            let target = buffer + (window.filled - window.start)
            guard let got = read(input, at: window.filled, into: target, length: wanted) else {
                file.damage.append((.unreadableFile, window.position))
                return .scanned
            }
            window.filled += got
            // Cut while we were reading.
            if got < wanted { window.end = window.filled }
            switch takeEntries(file, &window) {
            case .needsMore:
                let rest = window.filled - window.position
                buffer.copyMemory(from: buffer + (window.position - window.start), byteCount: rest)
                window.start = window.position
            case .skips(let next):
                file.damage.append((.keyTooLong, window.position))
                window.position = next
                window.start = next
                window.filled = next
            case .endsQuietly:
                return .scanned
            case .isDamaged(let fault):
                file.damage.append((fault, window.position))
                return .scanned
            }
        }
        if window.end < window.used { file.damage.append((.truncated, window.end)) }
        return .scanned
    }

    /// Which part of a file the buffer holds; all numbers are offsets in the file.
    private struct Window {
        /// What the header says.
        let used: Int
        /// Where the entries end: at `used`, or where the file does.
        var end: Int
        /// The buffer's first byte.
        var start = MultiprocessEntry.headerLength
        /// The first byte that isn't in the buffer.
        var filled = MultiprocessEntry.headerLength
        /// The next entry.
        var position = MultiprocessEntry.headerLength
    }

    /// Why entries can't be taken further from the buffer.
    private enum Stop {
        /// The next entry isn't in the buffer yet as a whole, or there is none.
        case needsMore
        /// The next entry's key is too long; the entry behind it begins there.
        case skips(to: Int)
        /// Zeros: a writer has announced an entry that isn't visible yet.
        case endsQuietly
        /// The next entry can't be.
        case isDamaged(MultiprocessFault)
    }

    private func takeEntries(_ file: SourceFile, _ window: inout Window) -> Stop {
        while true {
            takeExpectedEntries(file, &window)
            if let stop = takeEntry(file, &window) { return stop }
        }
    }

    /// Takes entries as long as they have the keys that they had in the last scan.
    private func takeExpectedEntries(_ file: SourceFile, _ window: inout Window) {
        let records = keys.texts.records
        let texts = keys.texts.bytes
        let expected = file.keys
        let values = file.values
        let timestamps: UnsafeMutablePointer<Double>? = file.hasTimestamps ? file.timestamps : nil
        let expectedCount = file.hintCount
        let limit = window.filled - window.start
        var offset = window.position - window.start
        var index = file.count
        while index < expectedCount, offset + 4 <= limit {
            let record = records[Int(expected[index])]
            guard Int(buffer.load(fromByteOffset: offset, as: Int32.self)) == record.length else { break }
            let valueOffset = offset + MultiprocessEntry.valueOffset(keyLength: record.length)
            guard valueOffset + 16 <= limit,
                memcmp(buffer + (offset + 4), texts + record.offset, record.length) == 0
            else { break }
            values[index] = buffer.load(fromByteOffset: valueOffset, as: Double.self)
            let timestamp = buffer.load(fromByteOffset: valueOffset + 8, as: UInt64.self)
            if timestamp == MultiprocessEntry.tombstone { file.removed.append(index) }
            if let timestamps { timestamps[index] = Double(bitPattern: timestamp) }
            index += 1
            offset = valueOffset + 16
        }
        file.confirm(upTo: index)
        window.position = window.start + offset
    }

    /// Takes one entry, whatever its key; `nil` where it did.
    private func takeEntry(_ file: SourceFile, _ window: inout Window) -> Stop? {
        let offset = window.position - window.start
        let available = window.filled - window.position
        let left = window.end - window.position
        if left <= 0 { return .needsMore }
        if left < 4 { return .isDamaged(window.end < window.used ? .truncated : .badEntry) }
        if available < 4 { return .needsMore }
        let keyLength = Int(buffer.load(fromByteOffset: offset, as: Int32.self))
        guard keyLength > 0 else {
            // The least that an entry takes.
            let shortest = min(MultiprocessEntry.length(keyLength: 0), available)
            let bytes = UnsafeRawBufferPointer(start: buffer + offset, count: shortest)
            return bytes.allSatisfy { $0 == 0 } ? .endsQuietly : .isDamaged(.badEntry)
        }
        let length = MultiprocessEntry.length(keyLength: keyLength)
        guard length <= left else {
            return .isDamaged(length <= window.used - window.position ? .truncated : .badEntry)
        }
        guard keyLength <= Self.maximumKeyLength else { return .skips(to: window.position + length) }
        guard length <= available else { return .needsMore }

        let text = UnsafeRawBufferPointer(start: buffer + (offset + 4), count: keyLength)
        let predecessor = file.count > 0 ? file.keys[file.count - 1] : nil
        let valueOffset = offset + MultiprocessEntry.valueOffset(keyLength: keyLength)
        let timestamp = buffer.load(fromByteOffset: valueOffset + 8, as: UInt64.self)
        if timestamp == MultiprocessEntry.tombstone { file.removed.append(file.count) }
        file.append(
            key: keys.number(of: text, after: predecessor),
            value: buffer.load(fromByteOffset: valueOffset, as: Double.self),
            timestamp: Double(bitPattern: timestamp)
        )
        window.position += length
        return nil
    }
}
