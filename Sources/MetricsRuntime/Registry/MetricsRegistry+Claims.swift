/// What a bridge from another metrics API needs: metrics that nobody defined, whose labels may differ from call to call.
extension MetricsRegistry {
    /// Takes a name for a metric whose labels are not known beforehand.
    ///
    /// Where a definition has the name, its help, buckets, unit and mode hold, not those of `descriptor`.
    ///
    /// - Parameters:
    ///   - descriptor: The metric as it is to be if nobody has its name.
    ///   - types: What its type may be where somebody has the name.
    ///   - origin: What the name was made from; another origin does not get the same name.
    package func claim(_ descriptor: MetricDescriptor, as types: [MetricType], for origin: String) -> MetricNameClaim {
        StructureLock.withLock { state.claim(descriptor, as: types, for: origin) }
    }

    /// The family with exactly these labels, in any order, under a name that was claimed.
    ///
    /// Its descriptor says in which order values are wanted. Answers `nil` for a name that was not claimed, and where
    /// as many sets of labels have the name as there may be.
    package func family(named name: String, labels: [String], atMost limit: Int) -> _MetricFamilyHandle? {
        let family = StructureLock.withLock { state.family(named: name, labels: labels, atMost: limit) }
        return family.map { _MetricFamilyHandle(core: $0.core) }
    }

    /// The family for what is past that limit. It has that one label, and a single series.
    package func overflowFamily(named name: String, label: String) -> _MetricFamilyHandle? {
        let family = StructureLock.withLock { state.overflowFamily(named: name, label: label) }
        return family.map { _MetricFamilyHandle(core: $0.core) }
    }

    /// What somebody keeps with this registry, made if there is none yet.
    ///
    /// - Parameters:
    ///   - key: Whose it is; the attachment must keep that object alive.
    ///   - make: Makes it. Must not use a registry.
    package func attachment<Attachment: AnyObject & Sendable>(
        for key: ObjectIdentifier,
        _ make: () -> Attachment
    ) -> Attachment {
        StructureLock.withLock {
            if let known = state.attachments[key] as? Attachment { return known }
            let made = make()
            state.attachments[key] = made
            return made
        }
    }
}

extension _MetricFamilyHandle {
    /// Takes a series out of expositions, unless it is gone already or others share it because a bound was reached.
    package func remove(_ series: _SeriesHandle) {
        Unmanaged<Family>.fromOpaque(core.pointee.family)._withUnsafeGuaranteedRef { $0.remove(series) }
    }
}

extension MetricFamily {
    /// The families in the order of their names, those of one name as one.
    static func joined(_ families: [MetricFamily]) -> [MetricFamily] {
        var joined: [MetricFamily] = []
        var places: [String: Int] = [:]
        for family in families {
            guard let place = places[family.name] else {
                places[family.name] = joined.count
                joined.append(family)
                continue
            }
            let offset = joined[place].values.count
            for index in family.values.indices {
                joined[place].append(sampleText: family.text(at: index), value: family.values[index])
            }
            for (index, detail) in family.details { joined[place].details[offset + index] = detail }
            if family.hasNegativeBounds { joined[place].hasNegativeBounds = true }
            if family.isExposedWhenEmpty { joined[place].isExposedWhenEmpty = true }
        }
        return joined.sorted { $0.name < $1.name }
    }
}
