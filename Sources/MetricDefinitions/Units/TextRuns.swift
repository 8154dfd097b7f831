extension String {
    /// The longest stretches of bytes that meet a condition, as texts; through the bytes in place, where `split` takes
    /// several times as long.
    func runs(where isPart: (UInt8) -> Bool) -> [String] {
        func runs(in bytes: some RandomAccessCollection<UInt8>) -> [String] {
            var runs: [String] = []
            var start = bytes.startIndex
            for index in bytes.indices where !isPart(bytes[index]) {
                if index > start { runs.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
                start = bytes.index(after: index)
            }
            if start < bytes.endIndex { runs.append(String(decoding: bytes[start...], as: UTF8.self)) }
            return runs
        }
        return utf8.withContiguousStorageIfAvailable { runs(in: $0) } ?? runs(in: Array(utf8))
    }
}
