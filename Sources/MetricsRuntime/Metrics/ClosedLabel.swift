/// The values of a label that can take no others: one case a value, in the order of the definition.
///
/// Generated code conforms to it; the index of a case, not its text, finds a series.
public protocol ClosedLabel: Sendable, Hashable, CaseIterable {
    /// The value as it is exposed.
    var value: String { get }
    /// The position of the value in its set.
    var index: UInt8 { get }
}

extension ClosedLabel {
    /// All values as they are exposed, in the order of their indexes.
    public static var allValues: [String] { allCases.map(\.value) }
}
