/// Which file of a slot a series stands in: one for each type, and for each mode of gauges.
struct FileKind: Hashable {
    /// The values that Python's file format knows.
    enum Values: Hashable {
        case counter
        case gauge(MultiprocessMode)
        case histogram
        case summary
    }

    let values: Values

    /// The kind of file for a metric.
    ///
    /// Types that the format lacks are gauges in it.
    init(_ descriptor: MetricDescriptor) {
        values =
            switch descriptor.type {
            case .counter: .counter
            case .gauge, .unknown: .gauge(descriptor.multiprocessMode)
            case .histogram: .histogram
            case .summary: .summary
            case .info: .gauge(.max)
            case .stateset: .gauge(.mostrecent)
            }
    }

    init(_ values: Values) {
        self.values = values
    }

    /// All kinds, in a fixed order.
    static let all: [FileKind] =
        [FileKind(.counter), FileKind(.histogram), FileKind(.summary)]
        + MultiprocessMode.allCases.map { FileKind(.gauge($0)) }

    /// The file's name for an identity, such as `gauge_livesum_swift-0.db`.
    func fileName(identity: String) -> String {
        switch values {
        case .counter: "counter_\(identity).db"
        case .histogram: "histogram_\(identity).db"
        case .summary: "summary_\(identity).db"
        case .gauge(let mode): "gauge_\(mode.rawValue)_\(identity).db"
        }
    }

    /// Whether the file says nothing once its process is dead.
    var isLive: Bool {
        if case .gauge(let mode) = values { mode.isLive } else { false }
    }

    /// Whether readers show the values of each process on their own, with its identity as a label.
    var isPerProcess: Bool {
        switch values {
        case .gauge(.all), .gauge(.liveall): true
        case .counter, .histogram, .summary, .gauge: false
        }
    }

    /// Whether the timestamps in the file are times at which values were set.
    var hasTimestamps: Bool {
        if case .gauge(let mode) = values { mode.isMostRecent } else { false }
    }

    /// Whether the next process of a slot goes on in the cells of the one before.
    ///
    /// Sums do, and so do values that the next process is meant to replace. A minimum, maximum or sum of gauges keeps
    /// what a dead process contributed, so there the next process gets a cell of its own beside it.
    var nextProcessContinues: Bool {
        switch values {
        case .counter, .histogram, .summary: true
        case .gauge(.all), .gauge(.mostrecent): true
        case .gauge: false
        }
    }

    /// Whether a value of 0 beside others changes nothing that is exposed.
    var zeroSaysNothing: Bool {
        switch values {
        case .counter, .histogram, .summary, .gauge(.sum), .gauge(.livesum): true
        // Never set, as long as the timestamp is 0 as well.
        case .gauge(.mostrecent), .gauge(.livemostrecent): true
        case .gauge: false
        }
    }

    /// What stands in the timestamp slot of a removed series.
    ///
    /// Where a timestamp means something, a removed value is one that was never set: a zero, but one that no clock
    /// gives, so that a kept child does not bring the series back.
    var removalMark: Double { hasTimestamps ? -0.0 : Double(bitPattern: MultiprocessEntry.tombstone) }

    /// The value that changes nothing beside others, as far as there is one.
    var neutralValue: Double {
        switch values {
        case .gauge(.min), .gauge(.livemin): .infinity
        case .gauge(.max), .gauge(.livemax): -.infinity
        case .counter, .histogram, .summary, .gauge: 0
        }
    }

    /// Two values of one series as one, as a reader would merge them.
    func merge(_ first: EntryValue, _ second: EntryValue) -> EntryValue {
        switch values {
        case .counter, .histogram, .summary, .gauge(.sum), .gauge(.livesum):
            EntryValue(value: first.value + second.value, timestamp: 0)
        case .gauge(.min), .gauge(.livemin):
            second.value < first.value ? second : first
        case .gauge(.max), .gauge(.livemax):
            second.value > first.value ? second : first
        case .gauge(.mostrecent), .gauge(.livemostrecent):
            second.timestamp > first.timestamp ? second : first
        case .gauge(.all), .gauge(.liveall):
            second
        }
    }
}

/// The 16 bytes after an entry's key.
struct EntryValue: Hashable {
    var value: Double
    var timestamp: Double

    static let zero = EntryValue(value: 0, timestamp: 0)
}
