/// The difference of two texts in the format of `diff -u`.
package enum UnifiedDiff {
    private static let contextLines = 3

    private enum Line {
        case same(String)
        case removed(String)
        case added(String)
    }

    /// The difference as a patch, or an empty text where there is none.
    package static func text(_ change: OutputChange, directory: String) -> String {
        let old = lines(change.old)
        let new = lines(change.new)
        let script = script(from: old, to: new)
        let path = FileSystem.join(directory, change.name)
        var text = change.old == nil ? "--- /dev/null\n" : "--- \(path)\n"
        text += change.new == nil ? "+++ /dev/null\n" : "+++ \(path)\n"
        for hunk in hunks(script) { text += self.text(of: hunk, in: script) }
        return text
    }

    /// The lines with their line breaks, so that a missing last one is a difference.
    private static func lines(_ bytes: [UInt8]?) -> [String] {
        guard let bytes else { return [] }
        var lines: [String] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
            lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end
        }
        return lines
    }

    private static func script(from old: [String], to new: [String]) -> [Line] {
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var script: [Line] = []
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            if removed.contains(oldIndex) {
                script.append(.removed(old[oldIndex]))
                oldIndex += 1
            } else if added.contains(newIndex) {
                script.append(.added(new[newIndex]))
                newIndex += 1
            } else {
                script.append(.same(old[oldIndex]))
                oldIndex += 1
                newIndex += 1
            }
        }
        return script
    }

    /// Ranges of the script: changes with the lines around them, joined where they touch.
    private static func hunks(_ script: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, line) in script.enumerated() {
            if case .same = line { continue }
            let start = max(0, index - contextLines)
            let end = min(script.count, index + contextLines + 1)
            if let last = hunks.last, start <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<end
            } else {
                hunks.append(start..<end)
            }
        }
        return hunks
    }

    private static func text(of hunk: Range<Int>, in script: [Line]) -> String {
        let before = count(script[..<hunk.lowerBound])
        let inside = count(script[hunk])
        var text = "@@ -\(range(before.old, inside.old)) +\(range(before.new, inside.new)) @@\n"
        for line in script[hunk] {
            switch line {
            case .same(let line): text += marked(" ", line)
            case .removed(let line): text += marked("-", line)
            case .added(let line): text += marked("+", line)
            }
        }
        return text
    }

    private static func count(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
        lines.reduce(into: (old: 0, new: 0)) { count, line in
            if case .added = line {} else { count.old += 1 }
            if case .removed = line {} else { count.new += 1 }
        }
    }

    /// `3,4`: the first line, counted from 1, and how many; an empty range names the line before it.
    private static func range(_ before: Int, _ count: Int) -> String {
        let start = count == 0 ? before : before + 1
        return count == 1 ? "\(start)" : "\(start),\(count)"
    }

    private static func marked(_ mark: String, _ line: String) -> String {
        line.hasSuffix("\n") ? mark + line : mark + line + "\n\\ No newline at end of file\n"
    }
}
