/// The number of a source file within one run.
package struct SourceID: Hashable, Sendable, Comparable {
    // Every node and every text has a place, so places are small.
    private let number: UInt32

    package var index: Int { Int(number) }

    package init(index: Int) { number = UInt32(clamping: index) }

    package static func < (left: SourceID, right: SourceID) -> Bool { left.index < right.index }
}

/// A place in a text: line and column count from 1, the column in characters (Unicode scalars).
package struct SourcePosition: Hashable, Sendable, Comparable {
    private var lineNumber: UInt32
    private var columnNumber: UInt32

    package var line: Int {
        get { Int(lineNumber) }
        set { lineNumber = UInt32(clamping: newValue) }
    }

    package var column: Int {
        get { Int(columnNumber) }
        set { columnNumber = UInt32(clamping: newValue) }
    }

    package init(line: Int, column: Int) {
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A part of a source file, from `start` up to and without `end`.
package struct SourceSpan: Hashable, Sendable {
    package var source: SourceID
    package var start: SourcePosition
    package var end: SourcePosition

    package init(source: SourceID, start: SourcePosition, end: SourcePosition) {
        self.source = source
        self.start = start
        self.end = end
    }

    /// Spans rarely begin at one place, so the rest need not be hashed.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(source.index &* 0x1_0000_0000 &+ start.line)
        hasher.combine(start.column)
    }

    /// Whether a place of the same file lies inside.
    package func contains(_ other: SourceSpan) -> Bool {
        source == other.source && start <= other.start && other.start < end
    }
}

/// A value together with the place it was read from.
package struct Located<Value: Sendable>: Sendable {
    package var value: Value
    package var span: SourceSpan

    package init(_ value: Value, _ span: SourceSpan) {
        self.value = value
        self.span = span
    }
}
