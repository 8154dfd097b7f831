/// Why a key isn't one: what is wrong, and at which byte of the key where that helps.
package enum MultiprocessKeyFailure: Error, Hashable, CustomStringConvertible {
    /// A byte that no UTF-8 text has at that place.
    case invalidUTF8(offset: Int)
    /// Not JSON from that byte on.
    case malformed(offset: Int)
    /// JSON, but not an array of four: family, sample, labels, help.
    case wrongShape(offset: Int)
    /// A number, list, object or constant where a text belongs.
    case notText(offset: Int)
    /// An empty name of a family, a sample or a label.
    case emptyName
    /// A label called `__name__`, which would rename the sample.
    case reservedLabelName
    /// Two labels whose names are the same once they are spelled in Prometheus' character set.
    case collidingLabelNames

    package var description: String {
        switch self {
        case .invalidUTF8(let offset): "the key isn't UTF-8 at byte \(offset)"
        case .malformed(let offset): "the key isn't JSON at byte \(offset)"
        case .wrongShape(let offset): "the key isn't [family, sample, {labels}, help] at byte \(offset)"
        case .notText(let offset): "the key holds something else than a text at byte \(offset)"
        case .emptyName: "the key holds an empty name"
        case .reservedLabelName: "the key holds a label called __name__"
        case .collidingLabelNames: "the key holds two labels that are exposed under one name"
        }
    }
}
