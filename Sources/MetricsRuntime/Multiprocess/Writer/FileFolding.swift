/// What a file of a dead process says in as few entries as possible.
enum FileFolding {
    /// One entry a key, in the order of their first entries, without removed ones; and where their values stand.
    ///
    /// Any reader finds the same values in it as before, and none that fails it.
    static func fold(_ entries: [FileImage.Entry], kind: FileKind) -> (image: FileImage, offsets: [[UInt8]: Int]) {
        var folded = FoldedEntries(kind: kind)
        folded.add(entries)
        return folded.image()
    }
}

/// Entries of one kind as they are merged, over one file or several.
struct FoldedEntries {
    private let kind: FileKind
    private var order: [[UInt8]] = []
    private var values: [[UInt8]: EntryValue] = [:]
    private var scanner = MultiprocessKeyScanner()

    init(kind: FileKind) {
        self.kind = kind
    }

    /// Whether there is nothing in them.
    var isEmpty: Bool { order.isEmpty }

    /// Adds the entries of a file in their order, but those that say nothing to anybody.
    ///
    /// A damaged key is skipped by our readers and makes Python's fail as a whole. What Python's takes stays, even where
    /// ours do not.
    mutating func add(_ entries: [FileImage.Entry]) {
        for entry in entries where entry.timestampBits != kind.removalMark.bitPattern {
            let key = Self.withoutSpaces(entry.key)
            if let value = values[key] {
                values[key] = kind.merge(value, entry.value)
            } else if isReadable(key) {
                order.append(key)
                values[key] = entry.value
            }
        }
    }

    private mutating func isReadable(_ key: [UInt8]) -> Bool {
        guard scanner.isReadableInPython(key) else { return false }
        guard kind.values == .histogram,
            let bound = scanner.labels.last(where: { scanner.text[$0.name].elementsEqual("le".utf8) })
        else { return true }
        let text = scanner.text[bound.value]
        if BucketBound.parse(text) != nil { return true }
        // Python takes NaN for a bound, and digits of other scripts.
        let word = text.filter { $0 > 0x20 && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
        return word.contains { $0 >= 0x80 } || String(decoding: word, as: UTF8.self).lowercased() == "nan"
    }

    /// A key without the spaces that tell a shard of a series from the series.
    private static func withoutSpaces(_ key: [UInt8]) -> [UInt8] {
        guard key.last == UInt8(ascii: " ") else { return key }
        let end = key.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
        return Array(key[..<end])
    }

    /// The bytes of a file with these entries, and where the value of each key stands.
    func image() -> (image: FileImage, offsets: [[UInt8]: Int]) {
        var image = FileImage()
        var offsets: [[UInt8]: Int] = [:]
        for key in order { offsets[key] = image.append(key: key, value: values[key] ?? .zero) }
        return (image, offsets)
    }
}
