/// What the name of a multiprocess file says: the type of its families, a gauge's mode and whose file it is.
///
/// `<type>_<identity>.db`, and `gauge_<mode>_<identity>.db` for gauges. The identity is the process id where Python
/// wrote the file, or any other text that only one process uses at a time.
package struct MultiprocessFileName: Sendable, Hashable {
    /// The word in front of the first underscore.
    ///
    /// Python's client writes the first four. Its collector takes the others too and adds their values up.
    package enum Kind: String, Sendable, CaseIterable {
        case counter, gauge, histogram, summary
        case gaugehistogram, info, stateset, unknown, untyped
    }

    /// The type of the file's families.
    package var kind: Kind
    /// How the processes' values are merged; `nil` for everything but a gauge.
    package var mode: MultiprocessMode?
    /// Whose file it is: UTF-8 bytes as they stand in the name.
    package var identity: [UInt8]

    /// The end of every name that readers look at.
    package static let suffix: [UInt8] = Array(".db".utf8)

    /// A name for the files of one process.
    package init(kind: Kind, mode: MultiprocessMode? = nil, identity: String) {
        self.kind = kind
        self.mode = mode
        self.identity = Array(identity.utf8)
    }

    /// Reads a name, such as `gauge_livesum_4711.db`; `nil` where it isn't one of ours or Python's.
    package init?(_ name: [UInt8]) {
        guard name.count > Self.suffix.count, name.suffix(Self.suffix.count).elementsEqual(Self.suffix) else {
            return nil
        }
        let parts = name.dropLast(Self.suffix.count).split(
            separator: UInt8(ascii: "_"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, let kind = Kind(rawValue: String(decoding: parts[0], as: UTF8.self)) else { return nil }
        var identity = parts[1]
        var mode: MultiprocessMode?
        if kind == .gauge {
            let rest = identity.split(separator: UInt8(ascii: "_"), maxSplits: 1, omittingEmptySubsequences: false)
            guard rest.count == 2, let named = MultiprocessMode(rawValue: String(decoding: rest[0], as: UTF8.self))
            else {
                return nil
            }
            mode = named
            identity = rest[1]
        }
        guard !identity.isEmpty else { return nil }
        self.kind = kind
        self.mode = mode
        self.identity = Array(identity)
    }

    /// The file's name.
    package var text: String {
        let prefix = mode.map { "\(kind.rawValue)_\($0.rawValue)" } ?? kind.rawValue
        return "\(prefix)_\(String(decoding: identity, as: UTF8.self)).db"
    }
}
