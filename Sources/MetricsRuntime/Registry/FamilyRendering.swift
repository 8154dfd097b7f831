/// What the expositions of one family share while no series comes or goes: the texts of its samples, and where their
/// numbers come from. A scrape then reads cells and makes nothing for any series.
///
/// Guarded by its own lock, so that scrapes at the same time share the work.
final class FamilyRendering: Sendable {
    /// Where a sample's number comes from.
    enum Reading {
        /// The cell itself.
        case value(_CellPointer)
        /// The sum of the cells of a value that has shards.
        case total([_CellPointer])
        /// The sum of these cells, one but for shards, and those of the buckets in front of them.
        case bucket(_CellPointer, shards: [_CellPointer])
        /// The sum of all buckets, which ends with it. So it agrees with the last bucket, whatever is observed meanwhile.
        case count
    }

    /// The samples of a family in order, as they are while its version stays.
    private struct Rendered {
        var version: Int
        /// Everything but the values.
        var template: MetricFamily
        var readings: [Reading] = []
    }

    private let lock = Lock()
    private nonisolated(unsafe) var rendered: Rendered?

    /// The family with its values as they are now.
    ///
    /// - Parameters:
    ///   - version: Changes with the family's series.
    ///   - needsTimestamp: Whether a sample without a timestamp was never set, and is left out.
    ///   - make: Makes the family without values, and its readings.
    func snapshot(
        version: Int,
        needsTimestamp: Bool,
        make: (_ append: (_ name: String, _ labels: [(name: String, value: String)], Reading) -> Void) -> Void,
        empty: () -> MetricFamily
    ) -> MetricFamily {
        let current = lock.withLock { () -> Rendered in
            if let rendered, rendered.version == version { return rendered }
            var new = Rendered(version: version, template: empty())
            make { name, labels, reading in
                new.template.append(sampleName: name, labels: labels, value: 0)
                new.readings.append(reading)
            }
            rendered = new
            return new
        }
        return needsTimestamp ? Self.withoutUnset(current) : Self.complete(current)
    }

    private static func complete(_ rendered: Rendered) -> MetricFamily {
        var family = rendered.template
        family.values = [Double](unsafeUninitializedCapacity: rendered.readings.count) { buffer, count in
            var sum = 0.0
            for reading in rendered.readings {
                let value: Double
                switch reading {
                case .value(let cell): value = cell._value
                case .total(let cells): value = cells.reduce(0) { $0 + $1._value }
                case .bucket(let cell, let shards):
                    sum += cell._value
                    for shard in shards { sum += shard._value }
                    value = sum
                case .count:
                    value = sum
                    sum = 0
                }
                buffer.initializeElement(at: count, to: value)
                count += 1
            }
        }
        return family
    }

    /// The same for gauges of which the value that was set last counts: what nobody has set is not there.
    private static func withoutUnset(_ rendered: Rendered) -> MetricFamily {
        let isComplete = rendered.readings.allSatisfy { reading in
            if case .value(let cell) = reading { cell._timestamp > 0 } else { true }
        }
        guard !isComplete else { return complete(rendered) }
        var family = rendered.template
        family.values = []
        family.sampleText = []
        family.sampleEnds = []
        for (index, reading) in rendered.readings.enumerated() {
            guard case .value(let cell) = reading, cell._timestamp > 0 else { continue }
            family.append(sampleText: rendered.template.text(at: index), value: cell._value)
        }
        return family
    }
}
