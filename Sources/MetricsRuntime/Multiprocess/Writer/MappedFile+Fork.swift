internal import CMetricsSupport
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension MappedFile {
    /// In a forked child: gives the private memory under the kept handles a file of its own in a fresh slot.
    ///
    /// The file has the layout of the parent's, which is read through the inherited descriptor, with the values that
    /// the child has counted since the fork. What an earlier owner of the parent's slot left is the parent's. Updates may go on meanwhile: the private pages are mapped a second time
    /// before the file takes their place, and what they gained is added afterwards.
    func settle(slot: Slot, directory: String) throws(MetricsStorageError) {
        let inheritedBytes = WholeFile.read(descriptor, count: used)
        guard inheritedBytes.count == used else {
            throw MetricsStorageError(.readFile, path: path, errorNumber: EIO, hint: "The parent's file was cut short")
        }
        let parentPath = path
        path = "\(directory)/\(kind.fileName(identity: slot.identity))"
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
            let isAbandoned = inherited[entry.key] == entry.valueOffset && !kind.zeroSaysNothing
            if isAbandoned { value.value = kind.neutralValue }
            if isAbandoned || removed[entry.valueOffset] != nil { value.timestamp = kind.removalMark }
            initial.append(value)
            image.append(key: entry.key, value: value)
        }
        guard image.bytes.count == used else {
            path = parentPath
            throw MetricsStorageError(.readFile, path: path, errorNumber: EIO, hint: "The parent's file is damaged")
        }
        do throws(MetricsStorageError) {
            try publish(image, replacing: false) { file throws(MetricsStorageError) in try file.mapAgain() }
        } catch {
            path = parentPath
            throw error
        }
        if !kind.zeroSaysNothing { inherited = [:] }
        for (entry, before) in zip(entries, initial) {
            let late = Self.load(entry.valueOffset, from: copies)
            carryOver(late, before: before, to: entry.valueOffset)
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
}
