/// One row of the hot path's table: a call, and what it is compared with.
///
/// Both run in turns in one process, so that whatever slows the machine slows both.
public struct HotPathRow: Sendable {
    /// A loop that does its operation so many times; a multiple of ``group``.
    public typealias Loop = (_ count: Int) -> Void

    /// Loops repeat groups of calls with different arguments; a count must be a multiple of this.
    public static let group = 4

    /// The row's name in all reports.
    public let name: String
    /// What it is compared with.
    public let reference: String
    /// Makes the series, and gives both loops.
    public let prepare: @Sendable () -> (reference: Loop, subject: Loop)

    init(
        _ name: String,
        reference: String,
        prepare: @escaping @Sendable () -> (reference: Loop, subject: Loop)
    ) {
        self.name = name
        self.reference = reference
        self.prepare = prepare
    }
}

extension HotPathRow {
    /// All rows.
    public static let all: [HotPathRow] = kept + closed + open

    /// The row with that name.
    public static func named(_ name: String) -> HotPathRow? { all.first { $0.name == name } }
}
