/// Which metric has which name, the names of its samples included: a gauge `x_count` cannot stand beside a histogram `x`.
///
/// One name may have several families that differ in their labels alone, where a metric's labels are not known
/// beforehand. Guarded by `StructureLock`.
struct FamilyNames {
    private struct Claim {
        let descriptor: MetricDescriptor
        let origin: String
    }

    /// The name of the metric that has a sample name.
    private var owners: [String: String] = [:]
    private var claims: [String: Claim] = [:]
    private var families: [String: [Family]] = [:]

    init() {
        // Exposed without being a family.
        for name in ["metrics_storage_faults", "metrics_entries_skipped"] {
            owners[name] = name + "_total"
            owners[name + "_total"] = name + "_total"
        }
        owners["metrics_storage_unstored_series"] = "metrics_storage_unstored_series"
    }

    /// What stands in the way of a new family, as words of a sentence; `nil` where nothing does.
    func conflict(with descriptor: MetricDescriptor) -> String? {
        let known = families[descriptor.name] ?? []
        if let claim = claims[descriptor.name] {
            let names = Set(descriptor.labelNames)
            if !claim.descriptor.isSameMetric(as: descriptor, ignoringLabels: true)
                || known.contains(where: { Set($0.descriptor.labelNames) == names })
            {
                return "\(claim.origin) was recorded under that name with another type, labels, mode or buckets"
            }
        } else if !known.isEmpty {
            return "it is defined twice with different types, labels or buckets"
        }
        for name in descriptor.reservedNames {
            guard let owner = owners[name], owner != descriptor.name else { continue }
            return "its sample '\(name)' would be mistaken for one of the metric '\(owner)'"
        }
        return nil
    }

    /// Notes a family that is exposed.
    mutating func add(_ family: Family) {
        families[family.descriptor.name, default: []].append(family)
        take(family.descriptor)
    }

    private mutating func take(_ descriptor: MetricDescriptor) {
        for name in descriptor.reservedNames where owners[name] == nil { owners[name] = descriptor.name }
    }

    /// The families of that name.
    func variants(of name: String) -> [Family] { families[name] ?? [] }

    /// What the families of that name have in common, where the name was claimed.
    func claimed(_ name: String) -> MetricDescriptor? { claims[name]?.descriptor }

    /// See `MetricsRegistry.claim`.
    mutating func claim(
        _ descriptor: MetricDescriptor,
        as types: [MetricType],
        for origin: String,
        known: MetricDescriptor?
    ) -> MetricNameClaim {
        if let claim = claims[descriptor.name] {
            guard types.contains(claim.descriptor.type) else {
                return .taken(by: "a \(claim.descriptor.type.rawValue)", isOtherType: true)
            }
            guard claim.origin == origin else { return .taken(by: claim.origin, isOtherType: false) }
            return .granted(claim.descriptor)
        }
        if let known {
            guard types.contains(known.type) else {
                return .taken(by: "a \(known.type.rawValue)", isOtherType: true)
            }
            claims[descriptor.name] = Claim(descriptor: known, origin: origin)
            return .granted(known)
        }
        for name in descriptor.reservedNames {
            if let owner = owners[name] { return .taken(by: "the metric '\(owner)'", isOtherType: true) }
        }
        claims[descriptor.name] = Claim(descriptor: descriptor, origin: origin)
        take(descriptor)
        return .granted(descriptor)
    }
}

/// Whether a metric can have a name.
package enum MetricNameClaim: Sendable {
    /// It can; all its families share this descriptor, but for labels.
    case granted(MetricDescriptor)
    /// Somebody else has the name: a metric of another type, or another origin.
    case taken(by: String, isOtherType: Bool)
}

extension MetricDescriptor {
    /// The names of the metric, its family and its samples; the same as Python's registry keeps apart.
    package var reservedNames: [String] {
        let text = SeriesText(self)
        let family = text.familyName
        return switch type {
        case .counter: [family, family + "_total", family + "_created"]
        case .summary: [family, family + "_sum", family + "_count", family + "_created"]
        case .histogram: [family, family + "_bucket", family + "_sum", family + "_count", family + "_created"]
        case .info: [family, text.exposedFamilyName]
        case .gauge, .stateset, .unknown: [family]
        }
    }
}
