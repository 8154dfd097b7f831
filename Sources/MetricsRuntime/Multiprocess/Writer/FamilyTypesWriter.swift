internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Keeps the side file of a slot: what Python's format cannot say about this process's families.
///
/// Guarded by `StructureLock`. Never fails: without the file such families are exposed as what they are stored as, which is
/// no reason to keep their values from anybody.
struct FamilyTypesWriter {
    /// All lines of this process's families, in the order in which they came.
    private var lines: [String] = []
    /// What stands in the file of `path`.
    private var written: Set<String> = []
    private var path: String?

    /// Adds a family's lines, and writes those that the file lacks.
    mutating func add(_ descriptor: MetricDescriptor, family: String, slot: Slot, in directory: String) {
        let added = FamilyTypes.lines(family: family, type: descriptor.type, unit: descriptor.unit)
        guard !added.isEmpty else { return }
        lines += added
        write(slot: slot, in: directory)
    }

    /// Writes what the slot's file lacks: after a fork, and when somebody took the slot away, that is another file.
    mutating func write(slot: Slot, in directory: String) {
        guard !lines.isEmpty else { return }
        let path = "\(directory)/\(FamilyTypes.fileName(identity: slot.identity))"
        let file = metrics_open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0o666)
        guard file >= 0 else { return }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        if path != self.path || status.st_size == 0 {
            // What an earlier owner wrote stays true of its values, which stay too.
            self.path = path
            let bytes = WholeFile.read(file, count: min(Int(status.st_size), FamilyTypes.mostBytes))
            written = Set(bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
        }
        let missing = lines.filter { !written.contains($0) }
        guard !missing.isEmpty else { return }
        // The line feed in front ends what an earlier owner could not finish.
        let bytes = Array("\n\(missing.joined(separator: "\n"))\n".utf8)
        let count = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
        if count == bytes.count { written.formUnion(missing) } else { self.path = nil }
    }
}

/// `write` of the C library; inside the type, its own method would be meant.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, bytes, count)
}
