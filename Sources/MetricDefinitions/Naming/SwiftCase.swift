/// Makes Swift names of the words in a text.
package enum SwiftCase {
    /// `worker_cpu` gives `WorkerCPU`.
    package static func upperCamel(_ text: String) -> String { join(words(text).map(capitalized)) }

    /// `worker_id` gives `workerID`, `URLPath` gives `urlPath`.
    package static func lowerCamel(_ text: String) -> String {
        let words = words(text)
        guard let first = words.first else { return "" }
        return join([first] + words.dropFirst().map(capitalized))
    }

    /// The words of a text in lower case: cut at everything but ASCII letters and digits, and at camel humps.
    package static func words(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        let lowercased = bytes.map { isUpper($0) ? $0 | 0x20 : $0 }
        var words: [String] = []
        var start = 0
        func endWord(before end: Int) {
            if end > start { words.append(String(decoding: lowercased[start..<end], as: UTF8.self)) }
            start = end
        }
        for (index, byte) in bytes.enumerated() {
            if isLower(byte) || isDigit(byte) { continue }
            guard isUpper(byte) else {
                endWord(before: index)
                start = index + 1
                continue
            }
            if index > 0 {
                let previous = bytes[index - 1]
                let next = index + 1 < bytes.count ? bytes[index + 1] : nil
                // `requestError` is cut before `E`; `CPUError` before `E` too, where an acronym ends.
                let startsHump = isLower(previous) || isDigit(previous)
                let endsAcronym = isUpper(previous) && next.map(isLower) == true
                // The `s` of `URLs` belongs to the acronym.
                let isPlural = next == UInt8(ascii: "s") && (index + 2 == bytes.count || !isLower(bytes[index + 2]))
                if startsHump || (endsAcronym && !isPlural) { endWord(before: index) }
            }
        }
        endWord(before: bytes.count)
        return words
    }

    private static func capitalized(_ word: String) -> String {
        if let acronym = Acronyms.spelling(of: word) { return acronym }
        var bytes = Array(word.utf8)
        if let first = bytes.first, isLower(first) { bytes[0] = first & ~0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Digits that would run together are kept apart, and a name never begins with one.
    private static func join(_ words: [String]) -> String {
        var name = ""
        for word in words {
            if let last = name.utf8.last, isDigit(last), let first = word.utf8.first, isDigit(first) { name += "_" }
            name += word
        }
        if let first = name.utf8.first, isDigit(first) { return "_" + name }
        return name
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
