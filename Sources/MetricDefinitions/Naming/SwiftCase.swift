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
        var words: [String] = []
        var word = ""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard isLetter(scalar) || isDigit(scalar) else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            if isUpper(scalar), index > 0 {
                let previous = scalars[index - 1]
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                // `requestError` is cut before `E`; `CPUError` before `E` too, where an acronym ends.
                let startsHump = isLower(previous) || isDigit(previous)
                let endsAcronym = isUpper(previous) && next.map(isLower) == true
                // The `s` of `URLs` belongs to the acronym.
                let isPlural = next == "s" && (index + 2 == scalars.count || !isLower(scalars[index + 2]))
                if !word.isEmpty, startsHump || (endsAcronym && !isPlural) {
                    words.append(word)
                    word = ""
                }
            }
            word.unicodeScalars.append(scalar)
        }
        if !word.isEmpty { words.append(word) }
        return words.map { $0.lowercased() }
    }

    private static func capitalized(_ word: String) -> String {
        Acronyms.spelling(of: word) ?? word.prefix(1).uppercased() + word.dropFirst()
    }

    /// Digits that would run together are kept apart, and a name never begins with one.
    private static func join(_ words: [String]) -> String {
        var name = ""
        for word in words {
            if let last = name.unicodeScalars.last, isDigit(last), let first = word.unicodeScalars.first, isDigit(first)
            {
                name += "_"
            }
            name += word
        }
        if let first = name.unicodeScalars.first, isDigit(first) { return "_" + name }
        return name
    }

    private static func isLower(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }
    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { isLower(scalar) || isUpper(scalar) }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
