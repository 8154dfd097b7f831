/// Changes inputs at random, the same way for the same seed.
struct Mutator {
    private var state: UInt64
    private let words: [[UInt8]]
    private let seeds: [[UInt8]]

    /// - Parameters:
    ///   - seeds: Inputs to begin with.
    ///   - words: What the readers look for, so that mutations get past their first lines.
    init(seed: UInt64, seeds: [[UInt8]], words: [String]) {
        state = seed
        self.seeds = seeds
        self.words = words.map { Array($0.utf8) }
    }

    /// The next input.
    mutating func next() -> [UInt8] {
        var bytes = seeds[number(below: seeds.count)]
        for _ in 0...number(below: 4) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = number(below: bytes.count + 1)
        switch number(below: 6) {
        case 0: bytes.insert(contentsOf: words[number(below: words.count)], at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + number(below: 8)))
        case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: number(below: 256)) }
        case 3:
            let line = lineRange(in: bytes)
            bytes.insert(contentsOf: Array(bytes[line]), at: lineRange(in: bytes).lowerBound)
        case 4: bytes.removeSubrange(lineRange(in: bytes))
        default:
            let other = seeds[number(below: seeds.count)]
            bytes.insert(contentsOf: other[lineRange(in: other)], at: lineRange(in: bytes).lowerBound)
        }
    }

    /// A line with its line feed, chosen at random.
    private mutating func lineRange(in bytes: [UInt8]) -> Range<Int> {
        let place = number(below: bytes.count + 1)
        let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        return start..<end
    }

    private mutating func number(below limit: Int) -> Int {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
    }
}
