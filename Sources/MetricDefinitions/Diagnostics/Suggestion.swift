/// Finds the word that was probably meant.
package enum Suggestion {
    /// The candidate nearest to `word` by Damerau-Levenshtein distance, if it is near enough to be a slip of the hand.
    ///
    /// At most two edits, and fewer for short words: most letters must be right. Among equals the first wins.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().unicodeScalars)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != word {
            let other = Array(candidate.lowercased().unicodeScalars)
            let limit = min(best.map { $0.distance - 1 } ?? 2, (max(letters.count, other.count) - 1) / 2)
            guard limit >= 0, abs(letters.count - other.count) <= limit else { continue }
            let distance = damerauDistance(letters, other)
            if distance <= limit { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// `did you mean 'counter'?` for the nearest candidate, or `nil`.
    package static func didYouMean(_ word: String, in candidates: some Sequence<String>) -> String? {
        nearest(to: word, in: candidates).map { "did you mean '\($0)'?" }
    }

    /// How many letters must be inserted, deleted, replaced or swapped with their neighbour.
    static func damerauDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(
                    previous[column + 1] + 1,
                    current[column] + 1,
                    previous[column] + (letter == other ? 0 : 1)
                )
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
