/// What the file keys of a family's series have in common, made once: a new series adds its values alone.
///
/// The keys are those of ``MultiprocessKey``.
struct SeriesKeyTemplate {
    private enum Piece {
        case text([UInt8])
        case open(Int)
        case closed(label: Int)
    }

    /// The pieces of each sample's key, in the order in which the cells of a series are made.
    private let samples: [[Piece]]
    private let layout: LabelLayout

    init(_ descriptor: MetricDescriptor, text: SeriesText, layout: LabelLayout) {
        self.layout = layout
        var values: [Piece] = descriptor.constantLabels.map { Self.constant($0.value) }
        var names = descriptor.constantLabels.map(\.key)
        var open = 0
        for (index, label) in layout.labels.enumerated() {
            names.append(label.name)
            if label.values == nil {
                values.append(.open(open))
                open += 1
            } else {
                values.append(.closed(label: index))
            }
        }
        samples = text.samples.map { sample in
            var names = names
            var values = values
            if let bound = sample.bound {
                names.append("le")
                values.append(Self.constant(FloatText.string(bound, .python)))
            }
            let order = MultiprocessKey.sortedByCodePoint(names.enumerated().map { ($0.element, "\($0.offset)") })
            var key = MultiprocessKey.head(family: text.familyName, sample: sample.name)
            var pieces: [Piece] = []
            for (position, label) in order.enumerated() {
                key += MultiprocessKey.labelHead(label.name, isFirst: position == 0)
                guard case .text(let constant) = values[Int(label.value) ?? 0] else {
                    pieces += [.text(key), values[Int(label.value) ?? 0]]
                    key = []
                    continue
                }
                key += constant
            }
            key += MultiprocessKey.tail(help: descriptor.documentation)
            return pieces + [.text(key)]
        }
    }

    private static func constant(_ value: String) -> Piece {
        var text: [UInt8] = []
        MultiprocessKey.appendText(value, to: &text)
        return .text(text)
    }

    /// How long the first key of a shard is at least: so its values stand two cache lines behind any other's.
    private static let shortestOfShard = 116

    /// Appends the keys of a series.
    ///
    /// A shard has the keys of its series, the first one filled up with spaces, which JSON allows behind a text; readers
    /// add up the entries of equal keys.
    func append(closed: UInt32, _ values: some OpenLabelValues, isShard: Bool, to keys: inout SeriesKeys) {
        values.withList { values in
            for sample in samples {
                for piece in sample {
                    switch piece {
                    case .text(let text): keys.bytes.append(contentsOf: text)
                    case .open(let index):
                        values.values[index].withBytes { MultiprocessKey.appendText(utf8: $0, to: &keys.bytes) }
                    case .closed(let label):
                        MultiprocessKey.appendText(layout.closedValue(of: label, closed: closed), to: &keys.bytes)
                    }
                }
                if isShard, keys.ends.isEmpty {
                    // At least one, which tells a shard from what all threads share.
                    keys.bytes.append(UInt8(ascii: " "))
                    while keys.bytes.count < Self.shortestOfShard { keys.bytes.append(UInt8(ascii: " ")) }
                }
                keys.ends.append(keys.bytes.count)
            }
        }
    }
}

/// The keys of one series, one behind the other.
struct SeriesKeys {
    var bytes: [UInt8] = []
    /// Where each key ends.
    var ends: [Int] = []

    /// Empties it, and keeps its memory for the next series.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Where each key stands, in order.
    var ranges: [Range<Int>] { ends.indices.map { ($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0] } }

    /// The keys on their own.
    var keys: [[UInt8]] { ranges.map { Array(bytes[$0]) } }
}
