internal import Logging

extension MetricsRegistry {
    /// Everything that this registry exposes now.
    ///
    /// Where values live in a directory, the merge of all its processes; else this process's own values. Families are
    /// in a fixed order. May be called while other threads update and make series; takes no time from them.
    public func collect() -> MetricSnapshot {
        let (collector, families, lost, unsettled) = StructureLock.withLock {
            state.settleAfterFork()
            let lost = state.repairBeforeScrape()
            return (state.collector(), state.order, lost, state.unsettledKinds)
        }
        var snapshot: MetricSnapshot
        if let collector {
            snapshot = collector.collect(with: lost + families.compactMap { $0.unstoredEntries(without: unsettled) })
            // What came into files meanwhile would count twice.
            guard StructureLock.withLock({ state.unsettledKinds == unsettled }) else { return collect() }
            report(collector, in: &snapshot)
        } else {
            snapshot = MetricSnapshot(families: MetricFamily.joined(families.map(\.snapshot)))
        }
        snapshot.append(storageFamilies)
        return snapshot
    }

    /// What went wrong with the directory, and what has not come into it since; nothing until the first fault.
    private var storageFamilies: [MetricFamily] {
        let (faults, unstored) = StructureLock.withLock {
            let faults = state.storageFaults
            guard !faults.isEmpty else { return (faults, 0) }
            let missing = state.missingKinds
            return (faults, state.order.reduce(0) { $0 + $1.unstoredCount(missing: missing) })
        }
        guard !faults.isEmpty else { return [] }
        var counts = MetricFamily(
            name: "metrics_storage_faults",
            type: .counter,
            documentation: "Attempts to use the multiprocess directory that failed, by what was attempted"
        )
        for fault in faults {
            counts.append(
                sampleName: "metrics_storage_faults_total",
                labels: [(name: "operation", value: fault.operation)],
                value: fault.count
            )
        }
        var memory = MetricFamily(
            name: "metrics_storage_unstored_series",
            type: .gauge,
            documentation:
                "Series of this process that are not in the multiprocess directory: no other process exposes them"
        )
        memory.addSeries(value: Double(unstored))
        return [counts, memory]
    }

    /// Counts what the scrapes of this process left out, by the reasons that there were, and logs what is new.
    private func report(_ collector: MultiprocessCollector, in snapshot: inout MetricSnapshot) {
        let last = collector.lastFaults
        for fault in StructureLock.withLock({ state.knownFaults.new(among: last) }) {
            Logger(label: "metrics").warning("Left out of a scrape: \(fault)")
        }
        let counts = collector.faults.sorted { $0.key.rawValue < $1.key.rawValue }
        guard !counts.isEmpty else { return }
        snapshot.families.append(SkippedEntriesCollector.family(of: counts.map { ($0.key, $0.value) }))
    }
}

extension Family {
    /// The family's own values, for a registry in private memory.
    var snapshot: MetricFamily {
        let (version, exposed) = exposedSeries
        let rendering = StructureLock.withLock { self.rendering }
        return rendering.snapshot(version: version, needsTimestamp: fileKind.hasTimestamps) { append in
            for handle in exposed { render(handle, append) }
        } empty: {
            MetricFamily(
                name: names.exposedFamilyName,
                type: descriptor.type,
                documentation: descriptor.documentation,
                unit: descriptor.unit
            )
        }
    }

    /// Gives all samples of a series: names, labels and where the values are.
    private func render(
        _ handle: _SeriesHandle,
        _ append: (String, [(name: String, value: String)], FamilyRendering.Reading) -> Void
    ) {
        let labels = labels(of: handle.record)
        let places = places(of: handle.record)
        let plain = SeriesText.insert(nil, into: labels)
        let samples = zip(names.samples, places)
        func reading(_ cells: [_CellPointer]) -> FamilyRendering.Reading {
            cells.count == 1 ? .value(cells[0]) : .total(cells)
        }
        guard descriptor.type == .histogram else {
            for (sample, cells) in samples { append(sample.name, plain, reading(cells)) }
            return
        }
        // Of a histogram's cells the sum is the first one, and is exposed behind the buckets.
        for (sample, cells) in samples.dropFirst() {
            let bucket = FamilyRendering.Reading.bucket(cells[0], shards: Array(cells.dropFirst()))
            append(sample.name, SeriesText.insert(sample.bound, into: labels), bucket)
        }
        for (sample, cells) in samples.prefix(1) { append(sample.name, plain, reading(cells)) }
        append(names.familyName + "_count", plain, .count)
    }

    /// The bytes of a file with the series that are in no file, because there was no room; `nil` where all are.
    ///
    /// Files of the kinds in `missing` are the parent's still.
    func unstoredEntries(without missing: Set<FileKind>) -> MultiprocessSource? {
        let isMissing = missing.contains(fileKind)
        let unstored = exposedSeries.series.filter { isMissing || !$0.record.pointee.isStored }
        guard !unstored.isEmpty, let identity = StructureLock.withLock({ slotIdentity }) else { return nil }
        var image = FileImage()
        for handle in unstored {
            for entry in entries(of: handle.record) {
                let timestamp = fileKind.hasTimestamps ? entry.cell._timestamp : 0
                image.append(key: entry.key, value: EntryValue(value: entry.cell._value, timestamp: timestamp))
            }
        }
        return MultiprocessSource(name: fileKind.fileName(identity: identity), bytes: image.bytes)
    }

    /// How many series are in no file that others find; under the structure lock.
    fileprivate func unstoredCount(missing: Set<FileKind>) -> Int {
        guard isExposed else { return 0 }
        return missing.contains(fileKind) ? series.count : series.count { !$0.record.pointee.isStored }
    }

    /// The series of an exposed family, a copy that stays as it is, and what tells it from other states.
    private var exposedSeries: (version: Int, series: [_SeriesHandle]) {
        isExposed ? StructureLock.withLock { (seriesVersion, series) } : (0, [])
    }
}
